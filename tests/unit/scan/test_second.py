"""RapidOCR's lines as a page: from what it read once (tests/scans/make.py), and, where it is installed, itself."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.ingest.compose import Zone, text_of
from corrigenda.scan import read as reading
from corrigenda.scan import second, tesseract
from corrigenda.scan.geometry import Affine
from corrigenda.scan.pages import PageFailure, PageImage
from corrigenda.scan.prepare import Prepared, Upright
from corrigenda.scan.read import Settings, read_page, scan_of
from corrigenda.scan.second import Row, page_of
from corrigenda.values import Box

BLANK = np.full((300, 400), 255, np.uint8)


def recorded_rows(scans: Path, name: str) -> list[Row]:
    """What RapidOCR read on a page, in the order in which it gave it."""
    return [Row(**row) for row in json.loads((scans / f"{name}.rapidocr.json").read_text(encoding="utf-8"))]


def row(text: str, *, left: float = 0, top: float = 0, right: float = 100, fall: float = 0) -> Row:
    """A line 20 pixels high, which falls by so many pixels on its way, with the 5 that detection adds at its ends."""
    left, right = left - 5, right + 5
    corners = (left, top), (right, top + fall), (right, top + fall + 20), (left, top + 20)
    return Row(text=text, confidence=0.9, corners=corners)


@pytest.mark.parametrize("name", ["letter", "report"])
@pytest.mark.parametrize("order", [1, -1])
def test_lines_are_in_reading_order(scans, truth, name: str, order: int):
    """However RapidOCR gives them, from the foot as well; a stamp, specks and the page number are no text."""
    page = page_of(recorded_rows(scans, name)[::order])
    assert text_of(page).splitlines() == truth(name)
    assert any(isinstance(part, Zone) for part in page)


def test_words_share_out_the_place_of_their_line():
    """By their letters, the blanks between them included, and down the slope of a line that falls."""
    ((line,),) = page_of([row("ab cde fgh", fall=10)])
    assert [(read.text, read.box) for read in line] == [
        ("ab", Box(left=0, top=0, right=20, bottom=22)),
        ("cde", Box(left=30, top=3, right=60, bottom=26)),
        ("fgh", Box(left=70, top=7, right=100, bottom=30)),
    ]
    assert {read.confidence for read in line} == {0.9}


def test_marks_of_another_script_are_those_that_look_alike():
    """A network that knows Chinese reads a wide comma, a ring for a full stop, and a round zero."""
    assert text_of(page_of([row("Oct。 5， 193〇")])) == "Oct. 5, 1930"


def test_a_line_beyond_the_edge_ends_there():
    """Detection may put a corner outside of the image; no box begins below zero."""
    ((((read,)),),) = page_of([row("edge", left=-4, top=-3, right=40)])
    assert read.box == Box(left=0, top=0, right=40, bottom=17)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    """And exits with 4, as everything that is not installed."""
    monkeypatch.setattr(second, "find_spec", lambda _: None)
    with pytest.raises(MissingToolError, match=r'rapidocr, onnxruntime\. Run pip install "corrigenda\[scan,witness\]"'):
        second.check()


def test_a_page_that_it_fails_on_is_named(monkeypatch):
    """Whatever it raises."""

    def fails(_: object) -> None:
        msg = "no memory"
        raise RuntimeError(msg)

    monkeypatch.setattr(second, "_engine", lambda: fails)
    with pytest.raises(BadInputError, match=r"a\.png, page 1: RapidOCR fails on it: no memory"):
        second.read(BLANK, where="a.png, page 1")


def test_an_empty_page_is_an_empty_reading(monkeypatch):
    """It hands back None where it finds no line."""
    monkeypatch.setattr(second, "_engine", lambda: lambda _: SimpleNamespace(boxes=None, txts=None, scores=None))
    assert second.read(BLANK, where="a") == ()


@pytest.fixture
def readings(monkeypatch):
    """Both engines read one line each on every page, which is prepared by being moved and then made twice as large."""
    moved = Affine.move(7, 0)
    upright = Upright(image=BLANK, back=moved)
    prepared = Prepared(image=BLANK, dpi=300.0, steps=(), back=Affine.scale(0.5, 0.5).then(moved), upright=upright)
    monkeypatch.setattr(reading, "prepare", lambda *_, **__: prepared)
    monkeypatch.setattr(tesseract, "read", lambda *_, **__: page_of([row("the harb0ur")]))
    monkeypatch.setattr(tesseract, "find", lambda: tesseract.Tesseract(program="t", languages=None, version="5.0.0"))
    monkeypatch.setattr(second, "rows_of", lambda *_, **__: (row("the harbour"),))


@pytest.mark.usefixtures("readings")
def test_both_readings_are_of_the_same_pixels():
    """Each engine reads the page as it is prepared for it, and the boxes of both go back to the file's image."""
    image = PageImage(number=1, image=Image.new("L", (200, 150)), dpi=None, text=None)
    found = read_page(image, Settings(second=True), where="a")
    assert found.second is not None
    boxes = [part[0][-1].box for page in (found.page, found.second) for part in page]
    assert boxes == [Box(left=25, top=0, right=57, bottom=10), Box(left=43, top=0, right=107, bottom=20)]
    assert read_page(image, Settings(), where="a").second is None


@pytest.mark.usefixtures("readings")
def test_the_second_reading_of_a_file_has_all_of_its_pages():
    """One that failed is empty, so that the others stay where they are; without a second reading there is no text."""
    image = PageImage(number=1, image=Image.new("L", (200, 150)), dpi=None, text=None)
    failed = PageFailure(number=2, error=BadInputError(where="a.tif, page 2", what="cut off", remedy="Scan it again"))

    def others(settings: Settings) -> tuple[tuple[str, str], ...]:
        pages = [read_page(image, settings, where="a"), failed, read_page(image, settings, where="a")]
        return scan_of(pages, settings, data=b"", path="a.tif", document_id="a").others

    assert others(Settings(second=True)) == (("rapidocr", "the harbour\f\fthe harbour"),)
    assert others(Settings()) == ()


def test_rapidocr_itself_reads_a_page(scans, truth):
    """The real engine, with the networks of its wheel."""
    try:
        second.check()
    except MissingToolError as error:
        pytest.skip(str(error))
    page = second.read(np.asarray(Image.open(scans / "report.png")), where="report.png")
    assert text_of(page).splitlines() == truth("report")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("In l94l, on June l2 and 2l.", "In 1941, on June 12 and 21."),
        ("all of l4 men, No. 2-l", "all of 14 men, No. 2-l"),
        ("the 2nd hall, 3lbs, lst", "the 2nd hall, 3lbs, lst"),
        ("May l4th, l,00o men, 1O9", "May 14th, 1,000 men, 109"),
        ("hall1 at 5o'clock, No", "hall1 at 5o'clock, No"),
    ],
)
def test_letters_among_figures_are_figures(read, text):
    """Typewriters wrote an L for a one, and noughts look like an O; where other letters or no figure are, they stay."""
    row = Row(text=read, confidence=0.9, corners=((0, 0), (600, 0), (600, 20), (0, 20)))
    (block,) = page_of([row])
    assert " ".join(word.text for line in block for word in line) == text
