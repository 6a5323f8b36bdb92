"""What the scan shows at the marks of a report."""

from __future__ import annotations

import base64
import io

import pytest

from corrigenda.report.html import render
from corrigenda.report.marks import Mark, Style, marks
from corrigenda.report.snippets import snippets
from corrigenda.values import Box, Corrected, Document, Flag, FlagKind, Intake, Source, Span, Word

Image = pytest.importorskip("PIL.Image", reason="the extra `scan` is not installed")

from corrigenda.scan.values import PageImage  # noqa: E402

TEXT = "one two\nthree\f\nfour"
PLACES = {"one": (100, 100), "two": (240, 100), "three": (100, 160), "four": (300, 500)}
WIDTH, HEIGHT = 100, 30


def box_of(word: str) -> Box:
    """Where a word stands on its page."""
    left, top = PLACES[word]
    return Box(left=left, top=top, right=left + WIDTH, bottom=top + HEIGHT)


DOCUMENT = Document(
    id="a",
    text=TEXT,
    pages=(Span(start=0, end=14), Span(start=14, end=len(TEXT))),
    words=tuple(
        Word(text=word, span=Span(start=TEXT.index(word), end=TEXT.index(word) + len(word)), box=box_of(word))
        for word in PLACES
    ),
    segments=(),
    source=Source(path="a.tif", sha256="", encoding="utf-8", bom=False, line_ends="lf"),
)


def page(number: int, **shades: int) -> PageImage:
    """A white page with words as blocks of a shade."""
    image = Image.new("L", (800, 1000), 255)
    for word, shade in shades.items():
        box = box_of(word)
        image.paste(shade, (box.left, box.top, box.right, box.bottom))
    return PageImage(number=number, image=image, dpi=300.0, text=None)


PAGES = (page(1, one=40, two=90, three=140), page(2, four=190))


def mark(words: str, *, number: int = 1) -> Mark:
    """A doubtful place."""
    start = TEXT.index(words)
    return Mark(number=number, parts=(Span(start=start, end=start + len(words)),), style=Style.DOUBTFUL)


def shades(uri: str) -> tuple[int, int]:
    """The shades in the middle and at the left edge of a snippet."""
    image = Image.open(io.BytesIO(base64.b64decode(uri.removeprefix("data:image/jpeg;base64,"))))
    assert image.height <= 72
    return image.getpixel((image.width // 2, image.height // 2)), image.getpixel((1, image.height // 2))


@pytest.mark.parametrize(("words", "shade"), [("one", 40), ("two", 90), ("three", 140), ("four", 190)])
def test_a_mark_shows_its_word_and_a_little_around_it(words, shade):
    """On whichever page it stands."""
    (one,) = snippets(PAGES, DOCUMENT, [mark(words)]).of["doubtful-1"]
    middle, edge = shades(one.uri)
    assert abs(middle - shade) < 8
    assert edge > 240 or words == "two"
    assert (one.width, one.height) == (round(190 * 36 / 50), 36)


def test_a_mark_over_two_lines_shows_both():
    """Each in a snippet of its own, since lines are as wide as the page."""
    first, second = snippets(PAGES, DOCUMENT, [mark("two\nthree")]).of["doubtful-1"]
    assert [abs(shades(one.uri)[0] - shade) < 8 for one, shade in ((first, 90), (second, 140))] == [True, True]


def test_a_gap_shows_what_stands_on_both_sides():
    """Words that were not read have no place of their own."""
    gap = Mark(number=1, parts=(Span(start=4, end=4),), style=Style.CORRECTED)
    (one,) = snippets(PAGES, DOCUMENT, [gap]).of["corrected-1"]
    assert one.width > snippets(PAGES, DOCUMENT, [mark("one")]).of["doubtful-1"][0].width


def test_what_cannot_be_shown_is_left_out():
    """Pages without an image, words without a box or beside the page, documents that are no scans."""
    assert not snippets([None, None], DOCUMENT, [mark("one")]).of
    assert not snippets([], DOCUMENT, [mark("one")]).of
    small = PageImage(number=1, image=Image.new("L", (50, 50)), dpi=None, text=None)
    assert not snippets([small], DOCUMENT, [mark("one")]).of


def test_all_together_keep_to_a_limit_of_size():
    """First they are made smaller; then the last ones are left out, and counted."""
    marked = [mark("one", number=number) for number in range(1, 9)]
    usual = snippets(PAGES, DOCUMENT, marked).of
    smaller = snippets(PAGES, DOCUMENT, marked, most=30_000)
    room = 4 * len(smaller.of["doubtful-1"][0].uri)
    few = snippets(PAGES, DOCUMENT, marked, most=room)
    assert len(usual["doubtful-1"][0].uri) > len(smaller.of["doubtful-1"][0].uri)
    assert (len(smaller.of), smaller.left_out) == (8, 0)
    assert (list(few.of), few.left_out) == ([f"doubtful-{number}" for number in range(1, 5)], 4)


def test_the_report_has_them_in_its_list():
    """One for the flag, of the size that it is shown in; a document that is no scan has none."""
    flag = Flag(span=Span(start=0, end=3), kind=FlagKind.DOUBTFUL, why="odd")
    corrected = Corrected(document_id="a", text=TEXT, corrections=(), flags=(flag,), signature="s")
    intake = Intake(document=DOCUMENT, transcript=None, aside="")
    (one,) = snippets(PAGES, DOCUMENT, marks(DOCUMENT, corrected, None)).of["doubtful-1"]
    report = render(intake, corrected, None, images=PAGES)
    assert f'<img src="{one.uri}" width="{one.width}" height="36" alt="the scan at this place">' in report
    assert "The pictures are cut from the scan.</p>" in report
    assert "<img" not in render(intake, corrected, None)
