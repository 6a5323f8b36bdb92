"""Word alignment: the one aligner that collation with an edition and scoring against a transcription share.

Two word sequences are first anchored on triples of words that occur once in each (the longest chain of anchors that
agrees in order, as in patience diff), then every stretch between anchors is aligned with affine gaps. Affine gaps
matter: an edition prints whole paragraphs that a release has cut, and a plain edit distance would scatter the words
of such a paragraph over the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat

from rapidfuzz.distance import Levenshtein

__all__ = ["Block", "Likeness", "Pair", "align", "blocks", "likeness", "longest_rising"]

Pair = tuple[int | None, int | None]
"""Indices of two words that stand for each other; None on one side where the other has a word too many."""

_ANCHOR_WORDS = 3
# Above this many cells the quadratic alignment of one stretch would take seconds; a plain edit distance, which runs
# in C, takes over there. It happens only where two texts share no rare triple for thousands of words.
_MAX_CELLS = 250_000
_GAP_OPEN = -2.0
_GAP_EXTEND = -0.05
# Of 425 pages beside documents that they are no copy of, none of forty longer words or more shared a fifth of them,
# but three of about twenty shared four in ten. So the share that is asked for falls from seven in ten for a single
# word to a little over a fifth for a long page, and damaged readings of the same page stay above it.
_SHARE_OF_LONG, _SHARE_MORE_IF_SHORT, _SHORT = 0.22, 0.5, 12


def align(a: Sequence[str], b: Sequence[str]) -> tuple[Pair, ...]:
    """Pairs of indices into the word keys `a` and `b`, in order, each index exactly once.

    >>> align(["for", "the", "K23s", "now"], ["for", "that", "the", "IL28s", "now"])
    ((0, 0), (None, 1), (1, 2), (2, 3), (3, 4))
    """
    pairs: list[Pair] = []
    at_a = at_b = 0
    for start_a, start_b, length in [*_anchored_runs(a, b), (len(a), len(b), 0)]:
        pairs += _between(a, b, range(at_a, start_a), range(at_b, start_b))
        pairs += [(start_a + i, start_b + i) for i in range(length)]
        at_a, at_b = start_a + length, start_b + length
    return tuple(pairs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A maximal run of pairs that are all equal, or all not: words `a` of one text against words `b` of the other."""

    equal: bool
    a: range
    b: range


def blocks(pairs: Iterable[Pair], a: Sequence[str], b: Sequence[str]) -> tuple[Block, ...]:
    """The pairs grouped into runs of agreement and of difference, which alternate and cover both texts."""
    found: list[Block] = []
    at_a = at_b = 0
    for i, j in pairs:
        equal = i is not None and j is not None and a[i] == b[j]
        end_a, end_b = at_a + (i is not None), at_b + (j is not None)
        if found and found[-1].equal == equal:
            last = found.pop()
            found.append(Block(equal=equal, a=range(last.a.start, end_a), b=range(last.b.start, end_b)))
        else:
            found.append(Block(equal=equal, a=range(at_a, end_a), b=range(at_b, end_b)))
        at_a, at_b = end_a, end_b
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How many longer words two aligned texts share, of as many as the shorter has; and whether that is enough.

    `alike` is false where they share no more than any two texts of the time do.
    """

    shared: int
    of: int
    alike: bool


def likeness(pairs: Iterable[Pair], a: Sequence[str], b: Sequence[str]) -> Likeness:
    """Whether two aligned texts look like two readings of one page."""

    # Short words agree by chance in any two English texts, so only longer ones count as shared.
    def telling(word: str) -> bool:
        return len(word) > 3 and word.isalnum()

    shared = sum(a[i] == b[j] and telling(a[i]) for i, j in pairs if i is not None and j is not None)
    of = min(sum(map(telling, a)), sum(map(telling, b)))
    asked = _SHARE_OF_LONG + _SHARE_MORE_IF_SHORT * _SHORT / (of + _SHORT)
    return Likeness(shared=shared, of=of, alike=of > 0 and shared >= asked * of)


def _anchored_runs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal words (start in a, start in b, length) around anchors, disjoint and in order in both."""
    in_a, in_b = _unique_grams(a), _unique_grams(b)
    shared = sorted((in_a[gram], in_b[gram]) for gram in in_a.keys() & in_b.keys())
    runs: list[tuple[int, int, int]] = []
    end_a = end_b = 0
    for anchor in longest_rising(shared):
        i, j = anchor
        if i < end_a or j < end_b:
            continue  # the run before has grown over this anchor
        while i > end_a and j > end_b and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
        length = 0
        while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
            length += 1
        runs.append((i, j, length))
        end_a, end_b = i + length, j + length
    return runs


def _unique_grams(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    grams = [tuple(words[i : i + _ANCHOR_WORDS]) for i in range(len(words) - _ANCHOR_WORDS + 1)]
    count = Counter(grams)
    return {gram: i for i, gram in enumerate(grams) if count[gram] == 1}


def longest_rising(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of `points` (sorted by the first coordinate) whose second coordinate rises."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int | None] = []
    for at, (_, j) in enumerate(points):
        place = bisect_left(tails, j)
        before.append(tail_at[place - 1] if place else None)
        tails[place : place + 1] = [j]
        tail_at[place : place + 1] = [at]
    chain: list[tuple[int, int]] = []
    step = tail_at[-1] if tail_at else None
    while step is not None:
        chain.append(points[step])
        step = before[step]
    return chain[::-1]


def _between(a: Sequence[str], b: Sequence[str], in_a: range, in_b: range) -> list[Pair]:
    if not in_a or not in_b:
        return [(i, None) for i in in_a] + [(None, j) for j in in_b]
    part_a, part_b = [a[i] for i in in_a], [b[j] for j in in_b]
    small = len(part_a) * len(part_b) <= _MAX_CELLS
    local = _affine(part_a, part_b) if small else _plain(part_a, part_b)
    return [(None if i is None else i + in_a.start, None if j is None else j + in_b.start) for i, j in local]


def _plain(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for op in Levenshtein.opcodes(a, b):
        ours, theirs = range(op.src_start, op.src_end), range(op.dest_start, op.dest_end)
        if op.tag in {"equal", "replace"}:
            pairs += zip(ours, theirs, strict=True)
        else:
            pairs += [(i, None) for i in ours] + [(None, j) for j in theirs]
    return pairs


@lru_cache(maxsize=1 << 16)
def _likeness(x: str, y: str) -> float:
    """Score of pairing two words: agreement on a short word is worth less, since it may be chance."""
    if x == y:
        return 2.0 if len(x) > 2 else 1.2
    return 2 * Levenshtein.normalized_similarity(x, y) - 1.2


_PAIRED, _ONLY_A, _ONLY_B = range(3)
_LOWEST = float("-inf")


def _affine(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    """Gotoh's global alignment: three tables (paired, a alone, b alone), gaps dear to open and cheap to extend.

    It is written out, without a function for the best of three, since most of the time of a scoring is spent here.
    """
    if len(a) == len(b) == 1:
        return [(0, 0)]
    width = len(b) + 1
    paired, only_a = [_LOWEST] * width, [_LOWEST] * width
    only_b = [_LOWEST, *accumulate(repeat(_GAP_EXTEND, len(b) - 1), initial=_GAP_OPEN)]
    paired[0] = 0.0
    back = [(bytearray(width), bytearray(width), bytearray([_PAIRED, _PAIRED, *[_ONLY_B] * (width - 2)]))]
    for word in a:
        trace = (bytearray(width), bytearray(width), bytearray(width))
        row_paired, row_a, row_b = [_LOWEST] * width, [_LOWEST] * width, [_LOWEST] * width
        for j in range(width):
            one, two, three = paired[j] + _GAP_OPEN, only_a[j] + _GAP_EXTEND, only_b[j] + _GAP_OPEN
            row_a[j], trace[_ONLY_A][j] = (
                (one, _PAIRED) if one >= two and one >= three else (two, _ONLY_A) if two >= three else (three, _ONLY_B)
            )
            if not j:
                continue
            one, two, three = paired[j - 1], only_a[j - 1], only_b[j - 1]
            best, trace[_PAIRED][j] = (
                (one, _PAIRED) if one >= two and one >= three else (two, _ONLY_A) if two >= three else (three, _ONLY_B)
            )
            row_paired[j] = best + _likeness(word, b[j - 1])
            one, two, three = row_paired[j - 1] + _GAP_OPEN, row_a[j - 1] + _GAP_OPEN, row_b[j - 1] + _GAP_EXTEND
            row_b[j], trace[_ONLY_B][j] = (
                (one, _PAIRED) if one >= two and one >= three else (two, _ONLY_A) if two >= three else (three, _ONLY_B)
            )
        paired, only_a, only_b = row_paired, row_a, row_b
        back.append(trace)
    return _traced(back, (paired[-1], only_a[-1], only_b[-1]), len(a), len(b))


def _traced(back: Sequence[Sequence[bytearray]], last: Sequence[float], i: int, j: int) -> list[Pair]:
    state = max((_PAIRED, _ONLY_A, _ONLY_B), key=lambda s: last[s])
    pairs: list[Pair] = []
    while i or j:
        came = back[i][state][j]
        if state != _ONLY_B:
            i -= 1
        if state != _ONLY_A:
            j -= 1
        pairs.append((None if state == _ONLY_B else i, None if state == _ONLY_A else j))
        state = came
    return pairs[::-1]
