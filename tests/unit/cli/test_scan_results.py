"""From a scan to its results on the command line, with an engine that is only pretended: it reads what is drawn."""

from __future__ import annotations

import io
import re

import pytest
from click.testing import CliRunner

pytest.importorskip("pytesseract", reason="scans need the extra scan")

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from corrigenda.cli import cli
from corrigenda.errors import BadInputError, OutputError, PartialFailureError
from corrigenda.ingest.compose import Page, Read
from corrigenda.scan import tesseract
from corrigenda.values import Box

# Plain typed prose with misreadings that the shipped lexicon is sure to mend; no record says this.
LINES = (
    "The Counselor of the Embassy has rcceived the draft of the note and will wait",
    "until the Department hopes that the agrecment will be signed in due course.",
)
LETTER, LINE, SIZE = 12, 40, (1000, 1300)


def read() -> Page:
    """The lines as an engine gives them: twelve pixels a letter, lines forty apart."""
    rows = []
    for number, line in enumerate(LINES):
        top = 100 + LINE * number
        rows.append(
            tuple(
                Read(
                    text=found[0],
                    box=Box(
                        left=20 + LETTER * found.start(), top=top, right=20 + LETTER * found.end(), bottom=top + 24
                    ),
                    confidence=0.9,
                    alternatives=(found[0].replace("c", "e"),) * found[0].startswith(("rcc", "agr")),
                )
                for found in re.finditer(r"\S+", line)
            )
        )
    return (tuple(rows),)


@pytest.fixture(autouse=True)
def pretended(monkeypatch):
    """Every page is read as these lines; one that is black cannot be."""

    def read_page(image, *, where: str, **_) -> Page:
        if image.max() == 0:
            raise BadInputError(where=where, what="too dark", remedy="Scan it again")
        return read()

    monkeypatch.setattr(tesseract, "read", read_page)
    monkeypatch.setattr(tesseract, "check_language", lambda _: None)
    engine = tesseract.Tesseract(program="t", languages=None, version="5.0.0")
    monkeypatch.setattr(tesseract, "find", lambda: engine)


def page(shade: int = 255) -> Image.Image:
    """A page of one shade."""
    return Image.new("L", SIZE, shade)


def call(*args: object):
    """Run a verb; pages are read in this process and as they are."""
    return CliRunner().invoke(cli, [*map(str, args), "-j", "1", "--prep", "none", "-q"], catch_exceptions=False)


def place(data: bytes, word: str, number: int = 0) -> list[int]:
    """Left and right edge of a word on a page of a PDF, in pixels of the image."""
    opened = pdfium.PdfDocument(data)[number]
    text = opened.get_textpage()
    at, count = text.search(word, match_case=True).get_next()
    boxes = [text.get_charbox(i) for i in range(at, at + count)]
    scale = SIZE[0] / opened.get_width()
    return [round(min(b[0] for b in boxes) * scale), round(max(b[2] for b in boxes) * scale)]


def edges(word: str) -> list[int]:
    """Left and right edge of the word that was read."""
    (box,) = [read.box for block in read() for line in block for read in line if read.text == word]
    return [box.left, box.right]


def test_one_command_from_a_tiff_to_a_corrected_pdf_and_a_report(tmp_path):
    """Both pages have the corrected words in the place of what was read; the report shows pieces of the scan."""
    page().save(tmp_path / "letter.tif", save_all=True, append_images=[page(250)], dpi=(150, 150))
    assert call("run", tmp_path / "letter.tif", "-o", tmp_path / "out").exit_code == 0
    made = (tmp_path / "out" / "letter.corrected.pdf").read_bytes()
    assert [page.get_size() for page in pdfium.PdfDocument(made)] == [(480, 624)] * 2
    for number in (0, 1):
        assert place(made, "received", number) == edges("rcceived")
        assert place(made, "agreement", number) == edges("agrecment")
    report = (tmp_path / "out" / "letter.report.html").read_text()
    assert report.count('<img src="data:image/jpeg;base64,') == report.count('<li id="n') >= 4


def test_the_corrected_hocr_leads_back_to_what_was_read(tmp_path):
    """It is the page that `ocr` writes with the corrections in it."""
    page().save(tmp_path / "letter.png", dpi=(150, 150))
    assert call("ocr", tmp_path / "letter.png", "-o", tmp_path / "read").exit_code == 0
    assert call("run", tmp_path / "letter.png", "-o", tmp_path / "out").exit_code == 0
    corrected, before = tmp_path / "out" / "letter.corrected.hocr", tmp_path / "letter.hocr"
    assert '<ins class="alt">received</ins>' in corrected.read_text()
    ledger = str(tmp_path / "out" / "letter.corrections.jsonl")
    done = CliRunner().invoke(cli, ["undo", ledger, str(corrected), "-o", str(before)], catch_exceptions=False)
    assert done.exit_code == 0
    assert before.read_bytes() == (tmp_path / "read" / "letter.hocr").read_bytes()


def test_a_jpeg_and_a_pdf_go_into_the_result_as_they_are(tmp_path):
    """The bytes of the one, the pages of the other."""
    held = io.BytesIO()
    page().save(held, "JPEG", dpi=(150, 150))
    (tmp_path / "a.jpg").write_bytes(held.getvalue())
    source = pikepdf.new()
    source.add_blank_page(page_size=(480, 624)).Contents = source.make_stream(b"9 9 9 9 re f")
    source.save(tmp_path / "b.pdf")
    assert call("ocr", tmp_path / "a.jpg", tmp_path / "b.pdf", "-o", tmp_path / "out").exit_code == 0
    assert held.getvalue() in (tmp_path / "out" / "a.pdf").read_bytes()
    made = pikepdf.open(tmp_path / "out" / "b.pdf")
    drawn = b"".join(part.read_bytes() for part in made.pages[0].Contents)
    assert b"9 9 9 9 re" in drawn
    assert b"/Im0" not in drawn
    assert "rcceived" in pdfium.PdfDocument(tmp_path / "out" / "b.pdf")[0].get_textpage().get_text_range()


def test_a_page_that_fails_stands_in_the_pdf_without_words(tmp_path):
    """Page numbers stay those of the scan, and the exit code tells of it."""
    page().save(tmp_path / "letter.tif", save_all=True, append_images=[page(0), page()], dpi=(150, 150))
    with pytest.raises(PartialFailureError, match="1 of 3 pages failed"):
        call("run", tmp_path / "letter.tif", "-o", tmp_path / "out")
    made = pdfium.PdfDocument(tmp_path / "out" / "letter.corrected.pdf")
    assert [bool(page.get_textpage().get_text_range().strip()) for page in made] == [True, False, True]


def test_ocr_never_writes_over_the_scan(tmp_path):
    """The PDF of a PDF has its name, so that --force would take the scan's place."""
    source = pikepdf.new()
    source.add_blank_page(page_size=(480, 624))
    source.save(tmp_path / "b.pdf")
    before = (tmp_path / "b.pdf").read_bytes()
    with pytest.raises(OutputError, match="is a scan, and the PDF made of it would have this name"):
        call("ocr", tmp_path / "b.pdf", "-o", tmp_path, "--force")
    assert (tmp_path / "b.pdf").read_bytes() == before
