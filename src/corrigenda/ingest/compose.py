"""From the words of a layout format to one text that knows where each of them stands.

ALTO, PAGE and hOCR say the same in three ways: pages hold blocks, blocks hold lines, lines hold words with boxes. The
readers hand those over as nested tuples, and here they become a `Document`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from corrigenda.ingest.segment import segment, whole_text
from corrigenda.values import Box, Document, Source, Span, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

__all__ = ["Block", "Line", "Page", "Read", "box", "compose", "fraction", "lines_of", "tidy"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What an engine read at one place: a word, or a whole line where the file tells no words apart (`is_line`).

    `elements` are those of the file that it was read from, by which whoever corrects the file finds them again.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()
    elements: tuple[etree._Element, ...] = ()
    is_line: bool = False


Line = tuple[Read, ...]
Block = tuple[Line, ...]
Page = tuple[Block, ...]

_LINE_BREAK = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*")


def tidy(text: str) -> str:
    r"""`text` as it may stand in a line: no white space around it, no line breaks in it.

    >>> tidy("\n  of the\n  House ")
    'of the House'
    """
    return _LINE_BREAK.sub(" ", text.strip())


def fraction(value: str | None, *, of: float = 1.0) -> float | None:
    """The confidence that `value` states out of `of`, from 0 to 1; None where it states none.

    >>> fraction("96", of=100), fraction("0.5"), fraction("75"), fraction("high")
    (0.96, 0.5, None, None)
    """
    try:
        share = float(value or "") / of
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def box(left: float, top: float, right: float, bottom: float) -> Box | None:
    """The box with these edges in pixels, rounded; None where they make none."""
    if not all(map(isfinite, (left, top, right, bottom))) or left > right or top > bottom:
        return None
    return Box(left=round(left), top=round(top), right=round(right), bottom=round(bottom))


def compose(
    pages: Sequence[Page], *, data: bytes, path: str, document_id: str, engine: str | None, whole: bool
) -> Document:
    r"""The document that `pages` make up: words parted by blanks, lines by "\n", blocks by "\n\n", pages by "\f".

    `data` is the file, for its hash. `whole` takes all but marks for body (`segment.whole_text`).
    """
    text = ""
    words: list[Word] = []
    spans: list[Span] = []
    for number, page in enumerate(pages, start=1):
        own, found = _laid_out(page, at=len(text))
        words += found
        own += "\f" * (number < len(pages))
        spans.append(Span(start=len(text), end=len(text) + len(own)))
        text += own
    # The text was put together here, so the encoding and the line ends of the XML say nothing of it.
    source = Source(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="utf-8",
        bom=False,
        line_ends="lf" if "\n" in text else "none",
        engine=engine,
    )
    found_pages = tuple(spans) or (Span(start=0, end=0),)
    return Document(
        id=document_id,
        text=text,
        pages=found_pages,
        words=tuple(words),
        segments=whole_text(text) if whole else segment(text, found_pages),
        source=source,
    )


def lines_of(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines of all pages with what was read on each: one read for each word of the document, in its order."""
    for page in pages:
        for block in page:
            for line in block:
                if read := tuple(read for read in line if read.text):
                    yield read


def _laid_out(page: Page, *, at: int) -> tuple[str, list[Word]]:
    """The text of `page` and its words with their places, the page beginning at offset `at`."""
    parts: list[str] = []
    words: list[Word] = []
    for before, read in _in_order(page):
        parts.append(before)
        at += len(before)
        words.append(
            Word(
                text=read.text,
                span=Span(start=at, end=at + len(read.text)),
                box=read.box,
                confidence=read.confidence,
                alternatives=read.alternatives,
            )
        )
        parts.append(read.text)
        at += len(read.text)
    return "".join(parts), words


def _in_order(page: Page) -> Iterable[tuple[str, Read]]:
    """Each word of `page` with what parts it from the one before; words, lines and blocks without text are left out."""
    before = ""
    for block in page:
        for line in block:
            for read in line:
                if read.text:
                    yield before, read
                    before = " "
            before = "\n" if before == " " else before
        before = "\n\n" if before == "\n" else before
