"""The words of a text side by side with those of its transcription, and what of the two can be compared at all.

A mark on either side stands for any number of words, none among them: a redaction, a reading that was given up, what
a volunteer says of the margin. What stands against it is neither right nor wrong, and is counted as set aside.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corrigenda.align import Block, Pair, align, blocks
from corrigenda.score.comparable import COMPARED, Piece, pieces
from corrigenda.score.metrics import Stretch
from corrigenda.values import Segment, Span

__all__ = ["Lineup", "Page", "stretches"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One text with its segments and its compared words and marks: a document, corrected or not, or a transcription."""

    text: str
    segments: tuple[Segment, ...]
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text: str, segments: Sequence[Segment]) -> Page:
        """The page that `text` with its `segments` makes."""
        return cls(text=text, segments=tuple(segments), pieces=tuple(pieces(text, segments)))

    def compared(self, words: range) -> str:
        """The compared text from the first of `words` to the last, without the parts between that are not compared."""
        if not words:
            return ""
        start, end = self.pieces[words.start].whole.start, self.pieces[words.stop - 1].whole.end
        inside = (s.span for s in self.segments if s.kind in COMPARED and s.span.start < end and s.span.end > start)
        return "\n".join(self.text[max(s.start, start) : min(s.end, end)] for s in inside)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lineup:
    """The words of one text aligned with the truth: for each its partner, whether it is right, and its block.

    `aside` has the words of the text that stand against a mark of the truth, and the marks themselves; `truth_aside`
    the same of the truth.
    """

    page: Page
    truth: Page
    pairs: tuple[Pair, ...]
    partner: tuple[int | None, ...]
    right: tuple[bool, ...]
    aside: frozenset[int]
    truth_aside: frozenset[int]
    blocks: tuple[Block, ...]
    block_of: tuple[int, ...]

    @classmethod
    def of(cls, page: Page, truth: Page) -> Lineup:
        """Align the words of `page` with those of `truth`."""
        words = page.pieces
        ours, theirs = [w.key for w in words], [t.key for t in truth.pieces]
        pairs = align(ours, theirs)
        found = blocks(pairs, ours, theirs)
        partner: list[int | None] = [None] * len(words)
        for i, j in pairs:
            if i is not None:
                partner[i] = j
        aside = _aside(pairs, words, truth.pieces)
        return cls(
            page=page,
            truth=truth,
            pairs=pairs,
            partner=tuple(partner),
            right=tuple(j is not None and _same(words[i], truth.pieces[j]) for i, j in enumerate(partner)),
            aside=frozenset(i for i, _ in aside if i is not None),
            truth_aside=frozenset(j for _, j in aside if j is not None),
            blocks=found,
            block_of=tuple(n for n, block in enumerate(found) for _ in block.a),
        )

    def touched(self, span: Span) -> range:
        """The words that share a letter with `span`; where none does, the empty range before the next word."""
        first = bisect_right(self.page.pieces, span.start, key=lambda w: w.span.end)
        last = bisect_left(self.page.pieces, span.end, key=lambda w: w.span.start)
        return range(first, max(first, last))

    def seamless(self, words: range) -> bool:
        """Whether `words` and their neighbours stand in the truth one after the other, and `words` are right."""
        if not all(self.right[i] for i in words):
            return False
        # At an empty place the two neighbours tell whether the truth has anything between them.
        around = words or range(max(0, words.start - 1), min(len(self.partner), words.stop + 1))
        partners = [self.partner[i] for i in around]
        return all(p is not None and q is not None and q == p + 1 for p, q in pairwise(partners))

    def truth_at(self, words: range) -> list[Piece]:
        """The words of the truth that stand against `words`, with those of their block that have no other partner."""
        partners = [j for j in (self.partner[i] for i in words) if j is not None]
        for n in {self.block_of[i] for i in words}:
            block = self.blocks[n]
            if not block.equal and all(i in words for i in block.a):
                partners += block.b
        if not words:
            partners += [j for b in self.blocks if not b.a and b.a.start == words.start for j in b.b]
        return list(self.truth.pieces[min(partners) : max(partners) + 1]) if partners else []


def stretches(lineup: Lineup) -> Iterator[Stretch]:
    """The compared texts, parted at the marks and at what stands against them; one stretch where there is no mark."""
    if not (lineup.aside or lineup.truth_aside):
        page, truth = lineup.page, lineup.truth
        yield Stretch(read=_whole(page), truth=_whole(truth))
        return
    start = start_truth = stop = stop_truth = 0
    for i, j in (*lineup.pairs, (None, None)):
        at_mark = i in lineup.aside or j in lineup.truth_aside or (i is None and j is None)
        if at_mark and (stop > start or stop_truth > start_truth):
            yield Stretch(
                read=lineup.page.compared(range(start, stop)),
                truth=lineup.truth.compared(range(start_truth, stop_truth)),
            )
        stop, stop_truth = stop + (i is not None), stop_truth + (j is not None)
        if at_mark:
            start, start_truth = stop, stop_truth


def _whole(page: Page) -> str:
    return "\n".join(s.span.of(page.text) for s in page.segments if s.kind in COMPARED)


def _aside(pairs: Sequence[Pair], words: Sequence[Piece], truth: Sequence[Piece]) -> list[Pair]:
    """The pairs of marks, and the words beside them that have no other partner."""
    found: list[Pair] = []
    for at, (i, j) in enumerate(pairs):
        ours, theirs = i is not None and words[i].barrier, j is not None and truth[j].barrier
        if not (ours or theirs):
            continue
        found.append((i, j))
        if ours and theirs:
            continue
        for step in (-1, 1):
            found += _unpaired(pairs, at, step, of_truth=ours)
    return found


def _unpaired(pairs: Sequence[Pair], at: int, step: int, *, of_truth: bool) -> Iterator[Pair]:
    """The words next to the pair `at`, in the direction of `step`, that have no partner."""
    while 0 <= (at := at + step) < len(pairs):
        i, j = pairs[at]
        if (i is not None) if of_truth else (j is not None):
            return
        yield pairs[at]


def _same(word: Piece, truth: Piece) -> bool:
    # A word broken at a line's end is as the page has it only where the transcription breaks it too.
    return word.key == truth.key and word.core == truth.core and (truth.broken or not word.broken)
