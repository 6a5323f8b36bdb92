"""Small pages of our own in each layout format, and their corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pytest

from corrigenda.correct.apply import apply
from corrigenda.ingest import formats
from corrigenda.values import Corrected, Correction, CorrectionKind, Document, Flag, Span

LETTER, HEIGHT, LINE = 10, 18, 20
Lines = Sequence[Sequence[str]]


def places(words: Sequence[str]) -> list[tuple[int, int]]:
    """Left and right of each word of a line, ten pixels a letter and a blank."""
    found, at = [], 0
    for word in words:
        found.append((at, at + LETTER * len(word)))
        at += LETTER * (len(word) + 1)
    return found


def _alto(lines: Lines, version: int = 3) -> bytes:
    rows = ""
    for n, words in enumerate(lines):
        strings = []
        for i, (word, (left, right)) in enumerate(zip(words, places(words), strict=True)):
            hyphen = i == len(words) - 1 and len(word) > 1 and word.endswith("-")
            content = escape(word[:-1] if hyphen else word)
            strings.append(
                f'<String  ID="s{n}_{i}" HPOS="{left}" VPOS="{n * LINE}" WIDTH="{right - left - 10 * hyphen}" '
                f'HEIGHT="{HEIGHT}" WC="0.8" CONTENT="{content}"/>'
                + f'<HYP CONTENT="-" HPOS="{right - 10}" VPOS="{n * LINE}" WIDTH="10"/>'
                * hyphen
            )
        blank = f'<SP WIDTH="10" VPOS="{n * LINE}"/>\n'
        rows += (
            f'<TextLine ID="l{n}" HPOS="0" VPOS="{n * LINE}" WIDTH="900" HEIGHT="{HEIGHT}">'
            f"{blank.join(strings)}</TextLine>\n"
        )
    space = 'HPOS="0" VPOS="0" WIDTH="900" HEIGHT="900"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- é, kept -->\n'
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"><Description>'
        f"<MeasurementUnit>pixel</MeasurementUnit></Description><Layout>"
        f'<Page ID="p" PHYSICAL_IMG_NR="1" HEIGHT="900" WIDTH="900"><PrintSpace {space}>'
        f'<TextBlock ID="b" {space}>{rows}</TextBlock></PrintSpace></Page></Layout></alto>\n'
    ).encode()


def _hocr(lines: Lines) -> bytes:
    rows = ""
    for n, words in enumerate(lines):
        top = n * LINE
        spans = "\n   ".join(
            f"<span class='ocrx_word' id='w_{n}_{i}' title='bbox {left} {top} {right} {top + HEIGHT}; x_wconf 80'>"
            f"<strong>{escape(word)}</strong></span>"
            for i, (word, (left, right)) in enumerate(zip(words, places(words), strict=True))
        )
        rows += f"<span class='ocr_line' id='l_{n}' title=\"bbox 0 {top} 900 {top + HEIGHT}\">\n   {spans}\n  </span>\n"
    return (
        "<!DOCTYPE html>\n<html><head><title>a &amp; b</title><meta name='ocr-system' content='made up'></head>"
        f"<body><div class=ocr_page title='bbox 0 0 900 900'><p class='ocr_par'>{rows}</p></div></body></html>\n"
    ).encode()


def _page(lines: Lines, year: int = 2019) -> bytes:
    rows = ""
    for n, words in enumerate(lines):
        top, bottom = n * LINE, n * LINE + HEIGHT
        inner = "".join(
            f'<pc:Word id="w{n}_{i}" custom="readingOrder {{index:{i};}}">'
            f'<pc:Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>'
            f'<pc:TextEquiv conf="0.8"><pc:Unicode>{escape(word)}</pc:Unicode></pc:TextEquiv></pc:Word>\n'
            for i, (word, (left, right)) in enumerate(zip(words, places(words), strict=True))
        )
        rows += (
            f'<pc:TextLine id="l{n}"><pc:Coords points="0,{top} 900,{top} 900,{bottom} 0,{bottom}"/>{inner}'
            f"<pc:TextEquiv><pc:Unicode>{escape(' '.join(words))}</pc:Unicode></pc:TextEquiv></pc:TextLine>\n"
        )
    whole = escape("\n".join(map(" ".join, lines)))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<pc:PcGts xmlns:pc="http://schema.primaresearch.org/PAGE/gts/pagecontent/{year}-07-15"><pc:Metadata>'
        "<pc:Creator>made up</pc:Creator><pc:Created>2020-01-01T00:00:00</pc:Created>"
        "<pc:LastChange>2020-01-01T00:00:00</pc:LastChange></pc:Metadata>"
        '<pc:Page imageFilename="a.png" imageWidth="900" imageHeight="900"><pc:TextRegion id="r">'
        f'<pc:Coords points="0,0 900,0 900,900 0,900"/>{rows}'
        f"<pc:TextEquiv><pc:Unicode>{whole}</pc:Unicode></pc:TextEquiv></pc:TextRegion></pc:Page></pc:PcGts>"
    ).encode()


FORMATS: dict[str, Callable[[Lines], bytes]] = {
    "ALTO 2": lambda lines: _alto(lines, 2),
    "ALTO 3": _alto,
    "ALTO 4": lambda lines: _alto(lines, 4),
    "hOCR": _hocr,
    "PAGE 2013": lambda lines: _page(lines, 2013),
    "PAGE 2019": _page,
}


@pytest.fixture(scope="session")
def pages() -> dict[str, Callable[[Lines], bytes]]:
    """A maker of a page from lines of words for each format: ten pixels a letter, lines twenty apart."""
    return FORMATS


@pytest.fixture(scope="session", params=FORMATS)
def make_page(request) -> Callable[[Lines], bytes]:
    """One of the makers of `pages`; the test runs with each."""
    return FORMATS[request.param]


def read(data: bytes) -> Document:
    """The document in a page."""
    return formats.read(data, path="page", document_id="page", whole=True).document


def _corrected(document: Document, *changes: tuple[str, str, str], flags: Sequence[tuple[str, str]] = ()) -> Corrected:
    corrections = sorted(
        (
            Correction(
                span=Span(start=at, end=at + len(before)),
                before=before,
                after=after,
                kind=CorrectionKind.CHARACTER,
                probability=0.9,
                evidence=(),
            )
            for where, before, after in changes
            for at in [document.text.index(where) + where.index(before)]
        ),
        key=lambda c: c.span,
    )
    return Corrected(
        document_id=document.id,
        text=apply(document.text, corrections),
        corrections=tuple(corrections),
        flags=tuple(
            Flag(span=Span(start=at, end=at + len(text)), kind="doubtful", why=why)
            for text, why in flags
            for at in [document.text.index(text)]
        ),
        signature="made up",
    )


@pytest.fixture(scope="session")
def read_page() -> Callable[[bytes], Document]:
    """Read a page."""
    return read


@pytest.fixture(scope="session")
def correct_page() -> Callable[..., Corrected]:
    """Correct a document: of each change where it is, what of that goes, and what comes."""
    return _corrected
