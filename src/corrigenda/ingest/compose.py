"""From the words of a layout format to one text that knows where each of them stands.

ALTO, PAGE and hOCR say the same in three ways: pages hold blocks, blocks hold lines, lines hold words with boxes. The
readers hand those over as nested tuples, and here they become a `Document`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING

from corrigenda.ingest.segment import segment, whole_text
from corrigenda.values import Box, Document, Segment, SegmentKind, Source, Span, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

__all__ = ["Block", "Line", "Page", "Read", "Zone", "box", "compose", "fraction", "lines_of", "text_of", "tidy"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What an engine read at one place: a word, or a whole line where the file tells no words apart (`is_line`).

    `elements` are those of the file that it was read from, by which whoever corrects the file finds them again; two
    that say the same are equal whatever file they are from.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()
    elements: tuple[etree._Element, ...] = field(default=(), compare=False)
    is_line: bool = False


Line = tuple[Read, ...]
Block = tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """A block that its place on the page shows to be no text of it: what it is, and the signs that say so."""

    kind: SegmentKind
    why: str
    block: Block


Page = tuple[Block | Zone, ...]

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

    `data` is the file, for its hash. `whole` takes all but marks for body (`segment.whole_text`). A `Zone` is a segment
    of its kind and the rest is taken apart as if it were not there, since a stamp ends no sentence.
    """
    text = ""
    words: list[Word] = []
    spans: list[Span] = []
    zones: list[Segment] = []
    for number, page in enumerate(pages, start=1):
        own, found, apart = _laid_out(page, at=len(text))
        words += found
        zones += apart
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
    bare = _without(text, zones)
    return Document(
        id=document_id,
        text=text,
        pages=found_pages,
        words=tuple(words),
        segments=_with_zones(text, whole_text(bare) if whole else segment(bare, found_pages), zones),
        source=source,
    )


def lines_of(pages: Iterable[Page]) -> Iterator[Line]:
    """The lines of all pages with what was read on each: one read for each word of the document, in its order."""
    for page in pages:
        for part in page:
            for line in _lines(part):
                if read := tuple(read for read in line if read.text):
                    yield read


def text_of(page: Page) -> str:
    """The text of a page, without its zones."""
    blocks = (part for part in page if not isinstance(part, Zone))
    return "\n\n".join("\n".join(" ".join(read.text for read in line) for line in block) for block in blocks)


def _lines(part: Block | Zone) -> Block:
    return part.block if isinstance(part, Zone) else part


def _without(text: str, zones: Sequence[Segment]) -> str:
    """`text` with blanks where the zones are, so that every other letter stays where it was."""
    parts: list[str] = []
    done = 0
    for zone in zones:
        parts += (text[done : zone.span.start], " " * len(zone.span))
        done = zone.span.end
    return "".join((*parts, text[done:]))


def _with_zones(text: str, segments: Sequence[Segment], zones: Sequence[Segment]) -> tuple[Segment, ...]:
    """Segments and zones in order; a paragraph that goes on behind a zone is cut in two there."""
    found = list(zones)
    starts = [zone.span.start for zone in zones]
    for one in segments:
        start = one.span.start
        for zone in zones[bisect_left(starts, start) : bisect_left(starts, one.span.end)]:
            found += _stripped(text, start, zone.span.start, one)
            start = zone.span.end
        found += _stripped(text, start, one.span.end, one)
    return tuple(sorted(found, key=lambda segment: segment.span))


def _stripped(text: str, start: int, end: int, like: Segment) -> Iterator[Segment]:
    """`[start, end)` without white space at its ends, as a segment `like` the one that it is a piece of."""
    if bare := text[start:end].strip():
        start = text.index(bare, start)
        yield Segment(span=Span(start=start, end=start + len(bare)), kind=like.kind, why=like.why)


def _laid_out(page: Page, *, at: int) -> tuple[str, list[Word], list[Segment]]:
    """The text of `page`, its words and zones with their places, the page beginning at offset `at`."""
    parts: list[str] = []
    words: list[Word] = []
    zones: list[Segment] = []
    last: Zone | None = None
    for before, read, zone in _in_order(page):
        parts.append(before)
        at += len(before)
        span = Span(start=at, end=at + len(read.text))
        words.append(
            Word(
                text=read.text,
                span=span,
                box=read.box,
                confidence=read.confidence,
                alternatives=read.alternatives,
            )
        )
        if zone:
            start = zones.pop().span.start if zone is last else span.start
            zones.append(Segment(span=Span(start=start, end=span.end), kind=zone.kind, why=zone.why))
        last = zone
        parts.append(read.text)
        at = span.end
    return "".join(parts), words, zones


def _in_order(page: Page) -> Iterable[tuple[str, Read, Zone | None]]:
    """Each word of `page` with what parts it from the one before, and its zone if it is in one.

    Words, lines and blocks without text are left out.
    """
    before = ""
    for part in page:
        zone = part if isinstance(part, Zone) else None
        for line in _lines(part):
            for read in line:
                if read.text:
                    yield before, read, zone
                    before = " "
            before = "\n" if before == " " else before
        before = "\n\n" if before == "\n" else before
