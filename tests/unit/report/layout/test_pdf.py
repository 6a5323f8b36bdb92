"""Searchable PDFs: the corrected words are found where they stand, whatever their letters, and nobody sees them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.values import Document, Source, Span, Word

Image = pytest.importorskip("PIL.Image", reason="the extra `scan` is not installed")
pikepdf = pytest.importorskip("pikepdf", reason="the extra `scan` is not installed")
pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2, which reads the PDFs here, is not installed")

from corrigenda.report.layout import glyphless  # noqa: E402
from corrigenda.report.layout.pdf import searchable_copy, searchable_pdf  # noqa: E402
from corrigenda.report.layout.placed import placed_words  # noqa: E402
from corrigenda.scan.values import PageImage  # noqa: E402

LINES = [["The", "harbour", "was", "tbe", "quiet-"], ["est", "of", "oncemore", "Karadzic"]]
CHANGES = [
    ("tbe", "tbe", "the"),
    ("quiet-\nest of", "quiet-\nest ", "quietest\n"),
    ("oncemore", "oncemore", "once more"),
    ("Karadzic", "Karadzic", "Karadžić𝔸"),
]
DPI = 144.0
SIZE = (400, 60)


@pytest.fixture(scope="module")
def document(pages, read_page) -> Document:
    """A page with boxes, ten pixels a letter."""
    return read_page(pages["hOCR"](LINES))


@pytest.fixture(scope="module")
def corrected(document, correct_page):
    """The page corrected."""
    return correct_page(document, *CHANGES)


def drawn(mode: str = "L"):
    """A picture of a page: white, black in its upper left corner."""
    image = Image.new(mode, SIZE, "white")
    image.paste("black", (0, 0, 100, 20))
    return image


def picture_of(image, *, dpi: float | None, jpeg: bytes | None = None) -> PageImage:
    """The image as a page of a file."""
    return PageImage(number=1, image=image, dpi=dpi, text=None, jpeg=jpeg)


def jpeg(image, **options) -> bytes:
    """The image as a JPEG."""
    held = io.BytesIO()
    image.save(held, "JPEG", **options)
    return held.getvalue()


def find(data: bytes, word: str, page: int = 0):
    """Left, right, top and bottom of a word in pixels of the page image, as a reader of PDFs finds it."""
    opened = pdfium.PdfDocument(data)[page]
    text = opened.get_textpage()
    at, count = text.search(word, match_case=True).get_next()
    boxes = [text.get_charbox(i) for i in range(at, at + count)]
    scale, height = DPI / 72, opened.get_height()
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    top, bottom = max(b[3] for b in boxes), min(b[1] for b in boxes)
    return [round(side * scale) for side in (left, right, height - top, height - bottom)]


@pytest.mark.parametrize("picture", ["jpeg", "grey", "colour", "fax"])
def test_corrected_words_are_found_where_they_stand(document, corrected, picture):
    """The box of a word is that of its line in height; a split shares the room; a broken word is whole."""
    image = drawn("RGB" if picture == "colour" else "L") if picture != "grey" else drawn().point(lambda v: v // 2)
    file = jpeg(image) if picture == "jpeg" else None
    made = searchable_pdf([picture_of(image, dpi=DPI, jpeg=file)], document, corrected)
    assert find(made, "the") == [160, 190, 0, 18]
    assert find(made, "more")[:2] == [114, 150]
    assert find(made, "quietest")[2:] == [0, 18]
    assert pdfium.PdfDocument(made)[0].get_size() == (200, 30)
    text = pdfium.PdfDocument(made)[0].get_textpage().get_text_range()
    assert text.split() == corrected.text.split()


def test_letters_beyond_latin_1_are_found(document, corrected):
    """Also those that take two codes in UTF-16."""
    made = searchable_pdf([picture_of(drawn(), dpi=DPI)], document, corrected)
    assert find(made, "Karadžić")[0] == 160
    assert "Karadžić𝔸" in pdfium.PdfDocument(made)[0].get_textpage().get_text_range()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_pdftotext_finds_the_words_as_well(document, corrected, tmp_path):
    """Another reader, with the left and right edges of each word."""
    file = tmp_path / "page.pdf"
    file.write_bytes(searchable_pdf([picture_of(drawn(), dpi=DPI)], document, corrected))
    said = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', said)
    found = {word: tuple(round(float(side) * 2) for side in sides) for *sides, word in words}
    assert [word for *_, word in words] == corrected.text.split()
    assert found["the"] == (160, 0, 190)
    assert found["Karadžić𝔸"] == (160, 20, 240)


def test_the_picture_is_that_of_the_file_and_nothing_is_drawn_over_it(document, corrected):
    """A JPEG is in it byte for byte; other pictures come out pixel for pixel, a fax with one bit for each."""
    colour = drawn("RGB")
    data = jpeg(colour, quality=60)
    made = searchable_pdf([picture_of(colour, dpi=DPI, jpeg=data)], document, corrected)
    assert data in made
    for image in (drawn(), drawn("RGB"), drawn().point(lambda value: value // 2)):
        made = searchable_pdf([picture_of(image, dpi=72)], document, corrected)
        page = pdfium.PdfDocument(made)[0]
        assert page.render(scale=1).to_pil().convert(image.mode).tobytes() == image.tobytes()
        assert b"/BitsPerComponent 1 " in made or image.mode == "RGB" or image.getextrema() != (0, 255)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_that_a_camera_took_sideways_stands_upright(document, corrected, orientation):
    """The file itself stays as it is; the page turns it as every viewer does."""
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = orientation
    data = jpeg(drawn(), exif=exif, quality=95)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    made = searchable_pdf([picture_of(upright, dpi=72, jpeg=data)], document, corrected)
    shown = pdfium.PdfDocument(made)[0].render(scale=1).to_pil().convert("L")
    assert shown.size == upright.size
    corners = [(9, 9), (upright.width - 9, 9), (9, upright.height - 9), (upright.width - 9, upright.height - 9)]
    assert [shown.getpixel(c) > 128 for c in corners] == [upright.getpixel(c) > 128 for c in corners]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_pdf_keeps_its_pages(document, corrected, turned):
    """Words come over the page as it is seen, also a turned one whose box does not begin at nought."""
    source = pikepdf.new()
    wide, tall = (200, 30) if turned in (0, 180) else (30, 200)
    page = source.add_blank_page(page_size=(wide, tall))
    page.MediaBox = [7, 11, 7 + wide, 11 + tall]
    page.Rotate = turned
    page.Contents = source.make_stream(b"2 0 0 2 12 15 cm 0 0 8 4 re f")
    held = io.BytesIO()
    source.save(held)
    made = searchable_copy(held.getvalue(), document, corrected, sizes=[SIZE])
    before, shown = (pdfium.PdfDocument(data)[0] for data in (held.getvalue(), made))
    picture = shown.render(scale=1).to_pil()
    assert picture.tobytes() == before.render(scale=1).to_pil().tobytes()
    assert picture.convert("L").getextrema() == (0, 255)
    text = shown.get_textpage()
    assert text.get_text_range().split() == corrected.text.split()
    at, _ = text.search("the", match_case=True).get_next()
    left, low, *_ = text.get_charbox(at)
    expected = {0: (7 + 80, 11 + 21), 90: (7 + 0, 11 + 80), 180: (7 + 115, 11 + 0), 270: (7 + 21, 11 + 115)}
    assert (round(left), round(low)) == expected[turned]


@pytest.mark.parametrize("in_a_form", [False, True])
def test_hidden_text_of_an_earlier_recognition_goes(document, corrected, in_a_form):
    """Else each word would be found twice, once as it was misread."""
    first = searchable_pdf([picture_of(drawn(), dpi=DPI)], document, corrected)
    if in_a_form:
        source, held = pikepdf.open(io.BytesIO(first)), io.BytesIO()
        page = source.pages[0]
        form = source.make_stream(page.Contents.read_bytes())
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, page.MediaBox
        form.Resources = page.Resources
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
        page.Contents = source.make_stream(b"/Fm0 Do")
        source.save(held)
        first = held.getvalue()
        assert pdfium.PdfDocument(first)[0].get_textpage().get_text_range().split() == corrected.text.split()
    again = searchable_copy(first, document, corrected, sizes=[SIZE])
    assert pdfium.PdfDocument(again)[0].get_textpage().get_text_range().split() == corrected.text.split()


def test_several_pages_and_the_same_bytes(document, correct_page):
    """Each page has its own words, a page without words has none, and nothing in the file is by chance."""
    words = tuple(
        Word(text=text, span=Span(start=at, end=at + len(text)), box=document.words[0].box)
        for text, at in (("one", 0), ("three", 5))
    )
    pages = (Span(start=0, end=4), Span(start=4, end=5), Span(start=5, end=10))
    source = Source(path="a.tif", sha256="", encoding="utf-8", bom=False, line_ends="none")
    several = Document(id="a", text="one\f\fthree", pages=pages, words=words, segments=(), source=source)
    corrected = correct_page(several, ("three", "three", "tree"))
    pictures = [picture_of(drawn(), dpi=None)] * 3
    made = searchable_pdf(pictures, several, corrected)
    texts = [page.get_textpage().get_text_range().strip() for page in pdfium.PdfDocument(made)]
    assert texts == ["one", "", "tree"]
    assert searchable_pdf(pictures, several, corrected) == made
    with pytest.raises(BadInputError, match="2 images for 3 pages"):
        searchable_pdf(pictures[:2], several, corrected)


def test_a_page_without_an_image_is_empty(document, correct_page):
    """As large as the one before it, so that the pages after it keep their numbers."""
    pages = (Span(start=0, end=0), Span(start=0, end=0), Span(start=0, end=len(document.text)))
    made = searchable_pdf(
        [None, picture_of(drawn(), dpi=DPI), None], replace(document, pages=pages), correct_page(document)
    )
    opened = pdfium.PdfDocument(made)
    assert [page.get_size() for page in opened] == [(612, 792), (200, 30), (200, 30)]
    assert not opened[2].get_textpage().get_text_range()
    with pytest.raises(BadInputError, match="4 images for 3 pages"):
        searchable_pdf([None] * 4, replace(document, pages=pages), correct_page(document))


def test_words_put_in_share_the_place_of_their_neighbour(document, correct_page):
    """They were not read, so that nothing on the page is theirs alone."""
    made = placed_words(document, correct_page(document, ("was", "", "never "), ("est of", " of", "")))
    assert [word.text for word in made[0][0]][1:4] == ["harbour", "never was", "tbe"]
    assert [word.text for word in made[0][1]][:2] == ["est", "oncemore"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing"])
def test_what_is_no_pdf_is_refused(document, corrected, data):
    """With the name of the file."""
    with pytest.raises(BadInputError, match="cannot be opened as a PDF"):
        searchable_copy(data, document, corrected, sizes=[SIZE])


def test_a_pdf_with_a_password_is_refused(document, corrected):
    """It says what to do."""
    source, held = pikepdf.new(), io.BytesIO()
    source.add_blank_page()
    source.save(held, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(BadInputError, match="without a password"):
        searchable_copy(held.getvalue(), document, corrected, sizes=[SIZE])


def test_without_the_extra_its_name_is_told(document, corrected, monkeypatch):
    """The package itself runs without it."""
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(MissingToolError, match=r"corrigenda\[scan\]"):
        searchable_pdf([picture_of(drawn(), dpi=DPI)], document, corrected)


def test_the_font_is_small_and_sums_to_what_truetype_asks():
    """A reader that checks the sum over the whole file finds the constant of the format."""
    data = glyphless.font_file()
    assert len(data) < 1024
    assert sum(int.from_bytes(data[i : i + 4], "big") for i in range(0, len(data), 4)) % 2**32 == 0xB1B0AFBA
