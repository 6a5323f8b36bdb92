"""Which of two readings of a page is corrected."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.compose import Page, Read, text_of
from corrigenda.scan import second
from corrigenda.scan.better import from_better
from corrigenda.scan.read import ReadPage, Scan, Settings, scan_of
from corrigenda.scan.values import PageFailure
from corrigenda.values import Box

SOUND = "The harbour is closed until the ice has gone"
BAD = "The harhour is c1osed untii thc ice has gonc"


def page(text: str) -> Page:
    """A line of words, each with a place."""
    reads = (
        Read(text=word, box=Box(left=90 * i, top=10, right=90 * i + 80, bottom=40))
        for i, word in enumerate(text.split())
    )
    return ((tuple(reads),),)


def read(number: int, first: str, again: str | None) -> ReadPage:
    """A page as it was read, and read again."""
    other = None if again is None else page(again)
    return ReadPage(number=number, page=page(first), size=(900, 100), psm=3, steps=(), layer=None, second=other)


def scan(*pages: ReadPage | PageFailure) -> Scan:
    """A file of these pages."""
    return scan_of(pages, Settings(), data=b"", path="x.tif", document_id="x")


def knows(word: str) -> bool:
    """Whether a word is one of the sound text."""
    return word in SOUND.split()


@pytest.fixture(autouse=True)
def _engines(monkeypatch):
    monkeypatch.setattr(Settings, "engine", property(lambda _: "tesseract 5, eng"))
    monkeypatch.setattr(second, "name", lambda: "rapidocr 3")


def test_the_better_reading_is_taken_and_the_other_one_kept():
    """RapidOCR lost nothing where Tesseract did: its words and boxes are the document's, and it is named first."""
    given = scan(read(1, BAD, SOUND))
    found = from_better(given, knows)
    assert found.document.text == SOUND
    assert found.document.source.engine == "rapidocr 3; before it tesseract 5, eng"
    assert found.others == (("tesseract", BAD),)
    assert [word.box for word in found.document.words] == [word.box for word in given.document.words]


def test_what_was_lost_counts():
    """Half a line without a mistake is worse than a whole one with one."""
    found = from_better(scan(read(1, SOUND.replace("until", "untii"), SOUND[:21])), knows)
    assert found.document.text == SOUND.replace("until", "untii")


@pytest.mark.parametrize("again", [SOUND, BAD, None])
def test_what_is_as_good_or_better_stays(again):
    """Where the second reading is no better, or was never made, all stays as it is."""
    given = scan(read(1, SOUND, again))
    assert from_better(given, knows) is given


def test_each_page_is_judged_by_itself():
    """Of two pages one is exchanged; either engine's other text has its own page alone, and a page that failed none."""
    failed = PageFailure(number=3, error=BadInputError(where="x.tif, page 3", what="is spoilt", remedy="Scan it anew"))
    found = from_better(scan(read(1, SOUND, BAD), read(2, BAD, SOUND), failed), knows)
    assert found.document.text == f"{SOUND}\f{SOUND}\f"
    assert found.others == (("rapidocr", f"{BAD}\f\f"), ("tesseract", f"\f{BAD}\f"))
    assert found.document.source.engine == "tesseract 5, eng; on page 2 rapidocr 3"
    assert [text_of(page) for page, _ in found.layout] == [SOUND, SOUND, ""]
