"""The words of a text side by side with those of its transcription, and what of the two can be compared at all.

A mark on either side stands for any number of words, none among them: a redaction, a reading that was given up, what
a volunteer says of the margin. What stands against it is neither right nor wrong, and is counted as set aside.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz.distance import Levenshtein

from corrigenda.align import Block, Pair, align, blocks
from corrigenda.score.comparable import Piece, pieces
from corrigenda.score.metrics import Stretch
from corrigenda.values import Segment, SegmentKind, Span

__all__ = ["Lineup", "Page", "stretches"]


# Less like than this, two words that were aligned are strangers, and a word is what its own page makes of it.
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One text with all its words and marks (`everything`), and those that are compared (`pieces`).

    `homes` has the place of each piece among all words; `left_out` counts the words that are not compared by what they
    are.
    """

    text: str
    segments: tuple[Segment, ...]
    everything: tuple[Piece, ...]
    homes: tuple[int, ...]
    pieces: tuple[Piece, ...]
    left_out: tuple[tuple[SegmentKind, int], ...]

    @classmethod
    def of(cls, text: str, segments: Sequence[Segment], truth: Page | None = None) -> Page:
        """The page that `text` with its `segments` makes: a transcription, or, with its `truth`, a reading of it.

        The truth decides what is compared, since a misread letter may make body of a signature: a word goes with the
        word of the truth that it was aligned with and is like. What else there is, is compared if it looks like text.
        """
        everything = tuple(pieces(text, segments, of_truth=truth is None))
        kinds: list[SegmentKind | None] = [None if piece.compared else piece.kind for piece in everything]
        if truth and (any(kinds) or truth.left_out):
            kinds = _kinds_beside(everything, truth.everything)
        cut = Counter(kind for kind in kinds if kind)
        homes = tuple(home for home, kind in enumerate(kinds) if kind is None)
        return cls(
            text=text,
            segments=tuple(segments),
            everything=everything,
            homes=homes,
            pieces=tuple(everything[home] for home in homes),
            left_out=tuple(sorted(cut.items())),
        )

    def compared(self, words: range) -> str:
        """The text of the compared `words`, a line for each run of them with nothing left out between."""
        runs: list[list[int]] = []
        for home in self.homes[words.start : words.stop]:
            if runs and runs[-1][1] == home - 1:
                runs[-1][1] = home
            else:
                runs.append([home, home])
        spans = ((self.everything[first].whole, self.everything[last].whole) for first, last in runs)
        return "\n".join(self.text[first.start : last.end] for first, last in spans)


def _kinds_beside(words: Sequence[Piece], truth: Sequence[Piece]) -> list[SegmentKind | None]:
    """What each of `words` is where it is not compared, else None."""
    kinds: list[SegmentKind | None] = [None if word.compared else word.kind for word in words]
    for i, j in align([w.key for w in words], [t.key for t in truth]):
        if i is None or j is None or words[i].barrier or truth[j].barrier:
            continue
        if Levenshtein.normalized_similarity(words[i].key, truth[j].key) >= _LEAST_LIKENESS:
            kinds[i] = None if truth[j].compared else kinds[i] or truth[j].kind
    return kinds


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
        if words:
            partners = [self.partner[i] for i in words]
        else:
            # At an empty place the two neighbours tell whether the truth has anything between them; the edges of the
            # page have those of the truth for partners.
            left = self.partner[words.start - 1] if words.start else -1
            right = self.partner[words.start] if words.start < len(self.partner) else len(self.truth.pieces)
            partners = [left, right]
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
        mark = words[i] if ours and i is not None else truth[j] if j is not None else None
        left = len(pairs) if mark is None or mark.most is None else mark.most - (i is not None and j is not None)
        for step in (-1, 1):
            beside = list(islice(_unpaired(pairs, at, step, of_truth=ours), max(0, left)))
            found += beside
            left -= len(beside)
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
