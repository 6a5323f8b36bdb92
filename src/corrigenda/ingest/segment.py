"""Take a page apart: its text, and what was stamped, typed, written and printed around it.

Only body, headings and addresses are ever corrected, so a mark that is taken for text may be "corrected", and text
that is taken for a mark is lost to correction and score. In doubt a line is body.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING

from corrigenda.ingest.layout import Line, lines, pages
from corrigenda.ingest.marks import marks_in
from corrigenda.ingest.parts import classify, is_double_spaced, is_enumerator
from corrigenda.ingest.words import ends_in_hyphen, ends_sentence, is_continuation
from corrigenda.values import Segment, SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corrigenda.ingest.marks import Found

__all__ = ["pages", "segment", "whole_text"]

# Lines of these kinds that follow each other are one thing; a stamp or a heading is a thing of its own.
_RUNS = frozenset(
    {
        SegmentKind.ADDRESS,
        SegmentKind.COPY,
        SegmentKind.HANDWRITING,
        SegmentKind.LETTERHEAD,
        SegmentKind.NOISE,
        SegmentKind.SIGNATURE,
    }
)
# A line that reaches this share of the page's width was broken by the margin, not by the end of a paragraph. Where
# blank lines part nothing the shorter lines count too. A list has lines of fewer than 40 letters, and where a whole
# paragraph is one line there is no margin.
_FULL_LINE, _FULL_LINE_SPACED, _NARROWEST, _WIDEST = 0.85, 0.7, 40, 110


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A stretch of one line; `full` is the length from which a line of its page counts as full."""

    span: Span
    kind: SegmentKind
    why: str
    line: Line
    full: float


def segment(text: str, pages: Sequence[Span]) -> tuple[Segment, ...]:
    r"""The segments of `text`: disjoint, in order, together covering every character that is not white space.

    >>> text = "SECRET\n\nDear Sir:\n\nI have the let-\n\nter, b(1) and thank you."
    >>> [(s.kind.value, s.span.of(text)) for s in segment(text, (Span(start=0, end=len(text)),))][2:]
    [('body', 'I have the let-\n\nter,'), ('redaction', 'b(1)'), ('body', 'and thank you.')]
    """
    found = list(lines(text, pages))
    segments: list[Segment] = []
    before: _Part | None = None
    for part in _parts(found, classify(found)):
        if before and _continues(before, part):
            start = segments.pop().span.start
            part_span = Span(start=start, end=part.span.end)
            segments.append(Segment(span=part_span, kind=before.kind, why=before.why))
        else:
            segments.append(Segment(span=part.span, kind=part.kind, why=part.why))
        before = part
    return tuple(segments)


def whole_text(text: str) -> tuple[Segment, ...]:
    """The segments of a passage that has no page around it: all is body but redactions and editorial marks.

    >>> text = "SECRET talks with [redacted] in Bonn"
    >>> [(s.kind.value, s.span.of(text)) for s in whole_text(text)]
    [('body', 'SECRET talks with'), ('redaction', '[redacted]'), ('body', 'in Bonn')]
    """
    segments: list[Segment] = []
    done = 0
    for mark in marks_in(text):
        segments += _body_between(text, done, mark.span.start)
        segments.append(Segment(span=mark.span, kind=mark.kind, why=mark.why))
        done = mark.span.end
    return (*segments, *_body_between(text, done, len(text)))


def _body_between(text: str, start: int, end: int) -> Iterator[Segment]:
    """`[start, end)` as body, without the white space at its ends; nothing where there is nothing else."""
    if bare := text[start:end].strip():
        start = text.index(bare, start)
        yield Segment(span=Span(start=start, end=start + len(bare)), kind=SegmentKind.BODY, why="a text taken whole")


def _parts(found: Sequence[Line], kinds: Sequence[Found]) -> Iterator[_Part]:
    """The lines cut at their redactions and marks."""
    fulls = _full_lengths(found)
    for line, named in zip(found, kinds, strict=True):
        full = fulls[line.page]
        parts = [_Part(span=span, kind=named.kind, why=named.why, line=line, full=full) for span in line.pieces]
        parts += [_Part(span=m.span, kind=m.kind, why=m.why, line=line, full=full) for m in line.marks]
        yield from sorted(parts, key=lambda part: part.span.start)


def _full_lengths(found: Sequence[Line]) -> dict[int, float]:
    """For each page the length from which a line is full; beyond all measure where paragraphs are one line each."""
    fulls: dict[int, float] = {}
    for page, group in groupby(found, key=lambda line: line.page):
        members = list(group)
        lengths = sorted(len(line.text) for line in members)
        width = max(_NARROWEST, lengths[len(lengths) * 9 // 10])
        share = _FULL_LINE_SPACED if is_double_spaced(members) else _FULL_LINE
        fulls[page] = width * share if width <= _WIDEST else inf
    return fulls


def _continues(before: _Part, part: _Part) -> bool:
    """Whether `part`, the next thing on the page, goes on with what `before` began."""
    if part.kind is not before.kind or part.line is before.line:
        return False
    if part.kind is not SegmentKind.BODY:
        return part.kind in _RUNS and part.line.page == before.line.page
    return not part.line.gap or _paragraph_goes_on(before, part)


def _paragraph_goes_on(before: _Part, part: _Part) -> bool:
    """Whether a paragraph runs over a blank line or a page break.

    Some engines leave a blank line after every line, others after some. A hyphen at the end, or a sentence left
    open that goes on in lower case or broke off at the right margin, is a sign that it does.
    """
    above, below = before.line.text, part.line.text
    if ends_in_hyphen(above) or is_enumerator(above):
        return True
    if ends_sentence(above):
        return False
    return below[:1].islower() or is_continuation(below) or len(above) >= before.full
