"""Words that one of two texts has and the other lacks, whatever machine read either of them.

Words are lined up first; where they differ, letters decide. A word is lacking where less than half of its letters stand
opposite in runs of three, so that a misread word, a lost blank or a split one is no difference.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from corrigenda.align import Block
from corrigenda.text import Token, key, tokens
from corrigenda.values import Document, SegmentKind, Span

__all__ = ["AGREES", "SILENT", "Side", "Surplus", "agreements", "only_in_one"]

_SET_APART = frozenset({
    SegmentKind.MARKING, SegmentKind.STAMP, SegmentKind.REDACTION, SegmentKind.PAGE_NUMBER,
})  # fmt: skip
_RUN = 3
"""Letters in a row that must be the same to count as read in both: single ones agree by chance."""
_ALIKE = 0.75
AGREES, SILENT = b"\1", b"\2"
"""What `agreements` has for a word: that the other text has it, or that it has nothing in its stead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two texts: its words that are not stamps, markings or page numbers, with their keys and pages."""

    document: Document
    units: tuple[Token, ...]
    keys: tuple[str, ...]
    pages: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> Side:
        """The words of `document`; marks without a letter or figure are none."""
        units = tuple(
            t
            for segment in document.segments
            if segment.kind not in _SET_APART
            for t in tokens(document.text, segment.span)
            if t.core
        )
        ends = [page.end for page in document.pages]
        return cls(
            document=document,
            units=units,
            keys=tuple(key(t.text) for t in units),
            pages=tuple(bisect_right(ends, t.span.start) + 1 for t in units),
        )

    def words(self, run: range) -> tuple[Token, ...]:
        """The words of `run`."""
        return self.units[max(0, run.start) : run.stop]

    def text(self, run: range) -> str:
        """The words of `run` as the document has them, on one line."""
        return " ".join(unit.text for unit in self.words(run))

    def letters(self, run: range) -> str:
        """The letters of the words of `run`."""
        return "".join(self.keys[run.start : run.stop])

    def between(self, run: range) -> Span:
        """The stretch of the text between the words around `run`."""
        start = self.units[run.start - 1].span.end if run.start else 0
        end = self.units[run.stop].span.start if run.stop < len(self.units) else len(self.document.text)
        return Span(start=start, end=max(start, end))


@dataclass(frozen=True, kw_only=True, slots=True)
class Surplus:
    """Words `run` of side `side` that the other side lacks.

    `instead` are the words that the other has there, of which `left_over` letters stand for nothing else.
    """

    side: int
    run: range
    instead: range
    left_over: int


def only_in_one(block: Block, sides: tuple[Side, Side]) -> Iterator[Surplus]:
    """The words of a differing block, of either side, whose letters the other side does not have there."""
    runs = (block.a, block.b)
    for side in (0, 1):
        mine, other = runs[side], runs[1 - side]
        ours = sides[side].keys[mine.start : mine.stop]
        theirs = sides[1 - side].keys[other.start : other.stop]
        for run, instead, letters in _lacking(ours, theirs):
            yield Surplus(
                side=side,
                run=range(mine.start + run.start, mine.start + run.stop),
                instead=range(other.start + instead.start, other.start + instead.stop),
                left_over=letters,
            )


def _lacking(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[range, range, int]]:
    """Runs of `ours` that `theirs` lacks, the words of `theirs` in their stead, and the letters left over of those.

    >>> list(_lacking(["in", "Bonn", "they", "met"], ["they", "met"]))
    [(range(0, 2), range(0, 0), 0)]
    """
    mine, other = "".join(ours), "".join(theirs)
    same = [o for o in Levenshtein.opcodes(mine, other) if o.tag == "equal" and o.src_end - o.src_start >= _RUN]
    covered = bytearray(len(mine))
    for op in same:
        covered[op.src_start : op.src_end] = AGREES * (op.src_end - op.src_start)
    ends, their_ends = list(accumulate(map(len, ours))), list(accumulate(map(len, theirs)))
    starts = [0, *ends]
    lacks = [2 * sum(covered[s:e]) < e - s for s, e in zip(starts, ends, strict=False)]
    at = 0
    while at < len(ours):
        stop = at
        while stop < len(ours) and lacks[stop]:
            stop += 1
        if stop > at:
            before = max((o.dest_end for o in same if o.src_start < starts[at]), default=0)
            after = min((o.dest_start for o in same if o.src_end > ends[stop - 1]), default=len(other))
            first = bisect_right(their_ends, before)
            last = bisect_right(their_ends, after - 1) + 1 if after > before else first
            yield range(at, stop), range(first, min(last, len(theirs))), max(0, after - before)
        at = max(stop, at + 1)


def agreements(
    found: Sequence[Block], surplus: Sequence[Surplus], sides: tuple[Side, Side]
) -> tuple[bytearray, bytearray]:
    """For each word of either side whether the other has it in the same place, misread letters allowed for.

    Words in whose stead the other has nothing at all are `SILENT`: they tell nothing of how the two were read.
    """
    marks = (bytearray(len(sides[0].keys)), bytearray(len(sides[1].keys)))
    for block in found:
        if block.equal:
            marks[0][block.a.start : block.a.stop] = AGREES * len(block.a)
            marks[1][block.b.start : block.b.stop] = AGREES * len(block.b)
        elif len(block.a) == len(block.b):
            for i, j in zip(block.a, block.b, strict=True):
                same = Levenshtein.normalized_similarity(sides[0].keys[i], sides[1].keys[j]) >= _ALIKE
                marks[0][i] = marks[1][j] = same
    for one in surplus:
        if not one.left_over:
            marks[one.side][one.run.start : one.run.stop] = SILENT * len(one.run)
    return marks
