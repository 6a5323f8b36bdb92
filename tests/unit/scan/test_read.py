"""From a page image to a document."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from corrigenda.errors import BadInputError
from corrigenda.ingest.compose import Page, Read
from corrigenda.scan import read as reading
from corrigenda.scan import tesseract
from corrigenda.scan.geometry import IDENTITY, Affine
from corrigenda.scan.pages import PageFailure, PageImage
from corrigenda.scan.prepare import Prepared, Upright
from corrigenda.scan.read import ReadPage, Settings, read_page, scan_of
from corrigenda.values import Box, SegmentKind

IMAGE = PageImage(number=1, image=Image.new("L", (400, 300)), dpi=300.0, text=None)
BROKEN = PageFailure(number=2, error=BadInputError(where="a.tif, page 2", what="cut off", remedy="Scan it again"))


def page(text: str, confidence: float = 0.95) -> Page:
    """One line of words."""
    box = Box(left=10, top=20, right=110, bottom=40)
    return ((tuple(Read(text=word, box=box, confidence=confidence) for word in text.split()),),)


@pytest.fixture
def pretended(monkeypatch):
    """Pretend that Tesseract reads a page of its own in each mode, and tell the modes asked for."""

    def pretend(**by_mode: Page) -> list[int]:
        asked: list[int] = []

        def read(_image, *, psm: int, **_) -> Page:
            asked.append(psm)
            return by_mode[f"psm{psm}"]

        monkeypatch.setattr(tesseract, "read", read)
        monkeypatch.setattr(
            tesseract, "find", lambda: tesseract.Tesseract(program="t", languages=None, version="5.0.0")
        )
        return asked

    return pretend


def words(found: ReadPage) -> list[str]:
    """The words of a page."""
    return [read.text for block in found.page for line in block for read in line]


def test_a_page_that_reads_well_is_read_once(pretended):
    """Each reading costs seconds."""
    asked = pretended(psm3=page("the harbour was closed"))
    assert read_page(IMAGE, Settings(), where="a").psm == 3
    assert asked == [3]


@pytest.mark.parametrize(
    ("again", "taken"), [("the harbour was closed", 4), ("xx yy zz", 3)], ids=["the better", "the first, no worse"]
)
def test_a_page_that_reads_badly_is_read_once_more_and_the_better_reading_kept(pretended, again, taken):
    """Better is what has more letters in words that were surely read."""
    first = ((*page("tne hbour vvas", 0.3)[0], *page("closed")[0]),)
    asked = pretended(psm3=first, psm4=page(again))
    assert read_page(IMAGE, Settings(), where="a").psm == taken
    assert asked == [3, 4]


def test_a_mode_that_was_asked_for_is_the_only_one(pretended):
    """Who chooses a mode knows the page."""
    asked = pretended(psm6=page("tne hbour", 0.1))
    assert read_page(IMAGE, Settings(psm=6), where="a").psm == 6
    assert asked == [6]


def test_a_white_page_is_an_empty_page(pretended):
    """It is read once more, since a page that reads as nothing may read badly, and nothing it stays."""
    pretended(psm3=(), psm4=())
    assert words(read_page(IMAGE, Settings(), where="a")) == []


def test_boxes_are_those_of_the_image_that_came_in(pretended, monkeypatch):
    """However the page was turned, cut and scaled on the way to the engine."""
    back = Affine(a=0.5, b=0, c=30, d=0, e=0.5, f=7)
    image = np.zeros((9, 9), dtype=np.uint8)
    upright = Upright(image=image, back=IDENTITY)
    prepared = Prepared(image=image, dpi=300.0, steps=("scale",), back=back, upright=upright)
    monkeypatch.setattr(reading, "prepare", lambda *_, **__: prepared)
    pretended(psm3=page("harbour"))
    found = read_page(IMAGE, Settings(), where="a")
    assert found.page[0][0][0].box == Box(left=35, top=17, right=85, bottom=27)
    assert (found.size, found.steps) == ((400, 300), ("scale",))


def read_as(text: str, number: int) -> ReadPage:
    """A page that was read."""
    return ReadPage(number=number, page=page(text), size=(400, 300), psm=3, steps=(), layer=None)


def test_pages_are_one_document_and_one_that_failed_is_empty_in_it(pretended):
    """So that page 3 is still the third."""
    pretended()
    pages = [read_as("the first", 1), BROKEN, read_as("the third", 3)]
    scan = scan_of(pages, Settings(steps=()), data=b"x", path="a.tif", document_id="a")
    assert scan.document.text == "the first\f\fthe third"
    assert [span.of(scan.document.text) for span in scan.document.pages] == ["the first\f", "\f", "the third"]
    assert scan.failures == (BROKEN,)
    assert scan.document.source.engine == "tesseract 5.0.0, eng, psm 3 or 4, not prepared, zones"


def test_a_file_of_which_no_page_could_be_read_is_an_error(pretended):
    """The first page says why."""
    pretended()
    with pytest.raises(BadInputError, match="page 2: cut off"):
        scan_of([BROKEN], Settings(), data=b"x", path="a.tif", document_id="a")
    with pytest.raises(BadInputError, match=r"a\.tif: no page"):
        scan_of([], Settings(), data=b"x", path="a.tif", document_id="a")


def test_a_recorded_page_becomes_a_document_with_its_stamp_set_apart(pretended, recorded, truth):
    """The whole way but for the engine: words with boxes and confidences, zones as segments, the text as body."""
    pretended(psm3=recorded("letter"))
    read = read_page(IMAGE, Settings(steps=()), where="a")
    document = scan_of([read], Settings(steps=()), data=b"x", path="a.png", document_id="a").document
    kinds = [segment.kind for segment in document.segments]
    assert kinds == [SegmentKind.BODY, SegmentKind.STAMP, SegmentKind.STAMP]
    assert document.segments[0].span.of(document.text).replace(" °", "").split("\n") == truth("letter")
    assert all(word.box and 0 <= word.confidence <= 1 for word in document.words)
    assert any(word.alternatives for word in document.words)
