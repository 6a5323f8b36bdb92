"""The hOCR of what was read on a scan."""

from __future__ import annotations

from lxml import etree

from corrigenda.ingest import hocr as reader
from corrigenda.ingest.compose import Read, Zone
from corrigenda.report.hocr import dump
from corrigenda.values import Box, SegmentKind


def read(text: str, left: int, *alternatives: str) -> Read:
    """A word with a box and a confidence."""
    box = Box(left=left, top=10, right=left + 40, bottom=30)
    return Read(text=text, box=box, confidence=0.87, alternatives=alternatives)


STAMP = Zone(kind=SegmentKind.STAMP, why='lettering "at" right angles', block=((read("RECEIVED", 1),),))
PAGES = (
    ((((read("tlie", 10, "the", "tlic"), read("<AT&T>", 60)), (read('"note"', 10),)), STAMP), (400, 300)),
    ((), (0, 0)),
    ((((read("again.", 10),),),), (400, 300)),
)


def test_what_was_written_is_what_is_read_back():
    """Words, boxes, confidences, alternatives, lines, blocks, empty pages, and zones with their kind and reason."""
    text = dump(PAGES, title="a & b.tif", engine="tesseract 5.0.0, eng")
    root = reader.parse(text.encode(), path="a.hocr")
    first, second, third = reader.pages_of(root)
    told = Zone(kind=SegmentKind.STAMP, why="lettering 'at' right angles", block=STAMP.block)
    assert first == (PAGES[0][0][0], told)
    assert [read.text for block in second for line in block for read in line] == [""]
    assert third == PAGES[2][0]
    document = reader.document_of(root, data=text.encode(), path="a.hocr", document_id="a", whole=False)
    assert document.source.engine == "tesseract 5.0.0, eng"


def test_it_is_well_formed():
    """XHTML, as Tesseract's own is; a page knows its size and number."""
    root = etree.fromstring(dump(PAGES, title="a & b.tif", engine="t").encode())
    titles = [e.get("title") for e in root.iter("{*}div") if e.get("class") == "ocr_page"]
    assert titles[0] == "bbox 0 0 400 300; ppageno 0"
    assert len({e.get("id") for e in root.iter() if e.get("id")}) == sum(1 for e in root.iter() if e.get("id"))
