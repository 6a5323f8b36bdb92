"""Order-free alignment: how much of a page was read right, in whatever order it was read.

After C. Clausner, S. Pletschacher and A. Antonacopoulos, "Flexible character accuracy measure for
reading-order-independent evaluation", Pattern Recognition Letters 131 (2020), 390-397, in what is measured: stretches
of the truth find their like anywhere in what was read, moving a stretch costs nothing, and all the rest is deleted or
inserted. The search is another one (docs/decisions/006-order-free.md): it starts from strings of characters that both
texts have, not from the longest line, so that it needs no line ends and no coefficients.

The method, in the order of this file:

1. Lines that are equal on both sides are each other's partners.
2. Strings of characters that both texts share (`seeds.py`) are chained where they follow each other on both sides.
   The longest chain takes its place first; of the others, what it leaves.
3. Lines, and rests of lines, that have no place yet are compared whole, the likest first.
4. Stretches that are neighbours on both sides become one, with all that lies between them, and each is aligned at the
   least edit distance. Where nothing was moved this is the strict alignment.

All this is done for two ways of chaining, and the better result counts.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from corrigenda.score.seeds import Chaining, Match, chains, length, reach
from corrigenda.score.values import Counts

__all__ = ["order_free"]

# The figures behind all of these are in docs/decisions/006-order-free.md.
# Long strings first; short ones then find their like in what is left.
_SEEDS = (12, 4)
# No part of a line that is shorter than this is moved: shorter ones are found on any page of the language.
_LEAST = 8
# Once with long chains, which hold a badly read page together, and once with short ones, which follow narrow columns.
_CHAININGS = (Chaining(short=8, alike=0.5), Chaining(short=2, alike=0.7))
# A chain is followed this far beyond its ends at most.
_REACH = 80
# A longer word is a line of a script that sets no blanks, and may be cut anywhere.
_LONGEST_WORD = 24
# Lines that share no string: how like they must be, and how many are compared on each side at most (the longest).
_LINE_ALIKE, _MOST_LINES = 0.5, 2_000


def order_free(read: Sequence[str], truth: Sequence[str], strict: Counts) -> Counts:
    """Characters of the lines `read` against the lines `truth`, moved stretches being no error.

    One code point is one character: who counts grapheme clusters maps each to one code point first. White space is
    collapsed and lines are joined by one blank, as for `cer`, so that a line end costs what a blank costs and N and
    the number of characters read are the same as there. `strict` are the counts of the strict alignment of the same
    texts; they are returned where no other arrangement has fewer errors, so that the errors are never above them.
    Raises ValueError if they cannot be counts of these texts.

    >>> strict = Counts(hits=15, substitutions=0, deletions=8, insertions=8)
    >>> order_free(["the second line", "a first"], ["a first", "the second line"], strict).errors
    0
    """
    ours, theirs = _Side.of(read), _Side.of(truth)
    if strict.reference != len(theirs.text) or strict.hits + strict.substitutions + strict.insertions != len(ours.text):
        raise ValueError("the strict counts given are not those of these lines")
    if not (strict.errors and ours.text and theirs.text):
        return strict
    found = (_counted(_arranged(ours, theirs, chaining), strict) for chaining in _CHAININGS)
    return min(strict, *found, key=lambda c: c.errors)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """One of the two texts: where its lines lie, and a mark for each character that has found its place."""

    text: str
    lines: tuple[tuple[int, int], ...]
    taken: bytearray

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Side:
        clean = [c for c in (" ".join(line.split()) for line in lines) if c]
        places, at = [], 0
        for line in clean:
            places.append((at, at + len(line)))
            at += len(line) + 1
        text = " ".join(clean)
        return cls(text=text, lines=tuple(places), taken=bytearray(len(text)))

    def untouched(self) -> _Side:
        """The same text with no character marked."""
        return replace(self, taken=bytearray(len(self.text)))

    def free(self, start: int, end: int) -> bool:
        """Whether nothing between the two offsets has found its place."""
        return self.taken.find(1, start, end) < 0

    def masked(self, mark: str) -> str:
        """The text with `mark` for every character that has found its place."""
        return "".join(mark if taken else c for c, taken in zip(self.text, self.taken, strict=True))

    def rests(self) -> list[tuple[int, int]]:
        """Where no line, or a part of one that is long enough to be told, has found its place; the longest first."""
        found = []
        for start, end in self.lines:
            for run in re.finditer(rb"\x00+", self.taken[start:end]):
                a, b = self.lstrip(start + run.start()), self.rstrip(start + run.end())
                if b - a >= _LEAST or (a, b) == (start, end):
                    found.append((a, b))
        return sorted(found, key=lambda place: (place[0] - place[1], place))[:_MOST_LINES]

    def gaps(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """What lies before, between and after `places`, without blanks around it."""
        ends = [(0, 0), *places, (len(self.text), len(self.text))]
        return [(self.lstrip(a[1]), max(self.lstrip(a[1]), self.rstrip(b[0]))) for a, b in pairwise(ends)]

    def lstrip(self, at: int) -> int:
        """`at`, or the first character after it if a blank stands there."""
        return at + (self.text[at : at + 1] == " ")

    def rstrip(self, at: int) -> int:
        """`at`, or one less if a blank stands before it."""
        return at - (self.text[at - 1 : at] == " ")

    def word(self, at: int) -> tuple[int, int]:
        """Start and end of the word that the character at `at` belongs to, looking no farther than words are long."""
        low, high = max(0, at - _LONGEST_WORD), min(len(self.text), at + _LONGEST_WORD)
        start, end = self.text.rfind(" ", low, at), self.text.find(" ", at, high)
        return (start + 1 if start >= 0 else low), (end if end >= 0 else high)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class _Stretch:
    """A stretch of the truth and the stretch that was read for it; half-open offsets."""

    start: int
    end: int
    read_start: int
    read_end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """Both texts, and the stretches that have found each other so far."""

    truth: _Side
    read: _Side
    chaining: Chaining
    stretches: list[_Stretch] = field(default_factory=list)

    def ends(self) -> tuple[_Stretch, _Stretch]:
        """Empty stretches at both ends of the page, neighbours of what stands first or last on both sides."""
        end, read_end = len(self.truth.text), len(self.read.text)
        return (
            _Stretch(start=0, end=0, read_start=0, read_end=0),
            _Stretch(start=end, end=end, read_start=read_end, read_end=read_end),
        )

    def take(self, stretch: _Stretch) -> None:
        """Enter `stretch`; nothing else may have its characters."""
        self.stretches.append(stretch)
        self.truth.taken[stretch.start : stretch.end] = b"\x01" * (stretch.end - stretch.start)
        self.read.taken[stretch.read_start : stretch.read_end] = b"\x01" * (stretch.read_end - stretch.read_start)


def _arranged(read: _Side, truth: _Side, chaining: Chaining) -> _Page:
    page = _Page(truth=truth.untouched(), read=read.untouched(), chaining=chaining)
    _take_equal_lines(page)
    for seed in _SEEDS:
        _take_chains(page, seed)
    _take_like_lines(page)
    return page


def _take_equal_lines(page: _Page) -> None:
    """The first of several equal lines belongs to the first, the second to the second."""
    waiting: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in reversed(page.read.lines):
        waiting[page.read.text[start:end]].append((start, end))
    for start, end in page.truth.lines:
        if places := waiting.get(page.truth.text[start:end]):
            read_start, read_end = places.pop()
            page.take(_Stretch(start=start, end=end, read_start=read_start, read_end=read_end))


def _take_chains(page: _Page, seed: int) -> None:
    """The longest chain of seeds takes its place first; what is left of the others is tried again."""
    truth, read = page.truth.masked("\x00"), page.read.masked("\x01")
    found = chains(truth, read, shortest=seed, chaining=page.chaining)
    heap = [(-length(c), c) for c in found]
    heapq.heapify(heap)
    while heap:
        _, chain = heapq.heappop(heap)
        parts = [p for p in _free_parts(chain, page) if length(p) >= _LEAST]
        if parts == [chain]:
            if stretch := _whole_words(_followed(chain, page), page):
                page.take(stretch)
        else:
            for part in parts:
                heapq.heappush(heap, (-length(part), part))


def _free_parts(chain: Sequence[Match], page: _Page) -> list[list[Match]]:
    """What of `chain` lies where nothing has its place yet, in pieces between which nothing has."""
    parts: list[list[Match]] = []
    for match in (m for whole in chain for m in _free_pieces(whole, page)):
        if parts:
            start, read_start, size = parts[-1][-1]
            if page.truth.free(start + size, match[0]) and page.read.free(read_start + size, match[1]):
                parts[-1].append(match)
                continue
        parts.append([match])
    return parts


def _free_pieces(match: Match, page: _Page) -> Iterator[Match]:
    start, read_start, size = match
    if page.truth.free(start, start + size) and page.read.free(read_start, read_start + size):
        yield match
        return
    either = bytes(
        a | b
        for a, b in zip(
            page.truth.taken[start : start + size], page.read.taken[read_start : read_start + size], strict=True
        )
    )
    for run in re.finditer(rb"\x00{%d,}" % _LEAST, either):
        yield start + run.start(), read_start + run.start(), run.end() - run.start()


def _followed(chain: Sequence[Match], page: _Page) -> _Stretch:
    """`chain` from end to end, and as far to both sides as the texts go on alike and are free."""
    (start, read_start, _), (end, read_end, size) = chain[0], chain[-1]
    end, read_end = end + size, read_end + size
    gap = page.chaining.short
    before, read_before = _free_before(page.truth, start), _free_before(page.read, read_start)
    back, read_back = reach(before[::-1], read_before[::-1], gap)
    on, read_on = reach(_free_after(page.truth, end), _free_after(page.read, read_end), gap)
    return _Stretch(start=start - back, end=end + on, read_start=read_start - read_back, read_end=read_end + read_on)


def _free_before(side: _Side, end: int) -> str:
    start = max(0, end - _REACH)
    return side.text[max(start, side.taken.rfind(1, start, end) + 1) : end]


def _free_after(side: _Side, start: int) -> str:
    end = min(len(side.text), start + _REACH)
    stop = side.taken.find(1, start, end)
    return side.text[start : stop if stop >= 0 else end]


def _whole_words(stretch: _Stretch, page: _Page) -> _Stretch | None:
    """`stretch` with whole words at both ends; None if too little is left on a side.

    A word that is cut goes in whole if it is like its partner, and else stays out whole, on both sides.
    """
    end, read_end = page.truth.rstrip(stretch.end), page.read.rstrip(stretch.read_end)
    start, read_start = page.truth.lstrip(stretch.start), page.read.lstrip(stretch.read_start)
    last, read_last = page.truth.word(end - 1), page.read.word(read_end - 1)
    if (end, read_end) != (last[1], read_last[1]) and not _no_words(last, read_last):
        if _belong(last, read_last, page) and page.truth.free(end, last[1]) and page.read.free(read_end, read_last[1]):
            end, read_end = last[1], read_last[1]
        else:
            end, read_end = page.truth.rstrip(last[0]), page.read.rstrip(read_last[0])
    first, read_first = page.truth.word(start), page.read.word(read_start)
    if (start, read_start) != (first[0], read_first[0]) and not _no_words(first, read_first):
        free = page.truth.free(first[0], start) and page.read.free(read_first[0], read_start)
        if free and _belong(first, read_first, page):
            start, read_start = first[0], read_first[0]
        else:
            start, read_start = page.truth.lstrip(first[1]), page.read.lstrip(read_first[1])
    if min(end - start, read_end - read_start) < _LEAST:
        return None
    return _Stretch(start=start, end=end, read_start=read_start, read_end=read_end)


def _no_words(*words: tuple[int, int]) -> bool:
    """Whether these are lines of a script without blanks rather than words."""
    return any(end - start > _LONGEST_WORD for start, end in words)


def _belong(word: tuple[int, int], read: tuple[int, int], page: _Page) -> bool:
    alike = Levenshtein.normalized_similarity(page.truth.text[slice(*word)], page.read.text[slice(*read)])
    return alike >= page.chaining.alike


def _neighbours(stretches: Sequence[_Stretch]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """Pairs of stretches that follow each other on both sides, in the order of the truth."""
    by_read = sorted(stretches, key=lambda s: (s.read_start, s.read_end))
    rank = {s: i for i, s in enumerate(by_read)}
    for first, second in pairwise(sorted(stretches)):
        if rank[second] == rank[first] + 1:
            yield first, second


def _take_like_lines(page: _Page) -> None:
    """Rests of lines without a seed, the likest pair first."""
    rests, read_rests = page.truth.rests(), page.read.rests()
    if not (rests and read_rests):
        return
    table = cdist(
        [page.truth.text[a:b] for a, b in rests],
        [page.read.text[a:b] for a, b in read_rests],
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=_LINE_ALIKE,
        dtype=np.float32,
    )
    pairs = sorted((-float(table[i, j]), int(i), int(j)) for i, j in np.argwhere(table))
    done: set[int] = set()
    read_done: set[int] = set()
    for _, i, j in pairs:
        if i not in done and j not in read_done:
            done.add(i)
            read_done.add(j)
            (start, end), (read_start, read_end) = rests[i], read_rests[j]
            page.take(_Stretch(start=start, end=end, read_start=read_start, read_end=read_end))


def _counted(page: _Page, strict: Counts) -> Counts:
    """The counts of all stretches, neighbours taken together, and of what lies between them.

    Two stretches that are no neighbours on the other side are parted by a blank as by a line end. It is a hit as
    often as both sides have one. A page that is one stretch has the `strict` counts.
    """
    stretches = _widened(_joined(page), page)
    if len(stretches) == 1:
        return strict
    substitutions = deletions = insertions = 0
    for s in stretches:
        ops = Levenshtein.editops(page.truth.text[s.start : s.end], page.read.text[s.read_start : s.read_end])
        tags = [op.tag for op in ops]
        substitutions += tags.count("replace")
        deletions += tags.count("delete")
        insertions += tags.count("insert")
    rest, blanks = _between(page.truth.text, [(s.start, s.end) for s in stretches])
    read_rest, read_blanks = _between(page.read.text, sorted((s.read_start, s.read_end) for s in stretches))
    both = min(blanks, read_blanks)
    deletions += rest - both
    return Counts(
        hits=len(page.truth.text) - substitutions - deletions,
        substitutions=substitutions,
        deletions=deletions,
        insertions=insertions + read_rest - both,
    )


def _joined(page: _Page) -> list[_Stretch]:
    """The stretches of `page`, neighbours and what lies between them as one, in the order of the truth."""
    everything = sorted([*page.stretches, *page.ends()])
    close = {second: first for first, second in _neighbours(everything)}
    joined: list[_Stretch] = []
    for s in everything:
        if s in close:
            a = joined[-1]
            joined[-1] = _Stretch(start=a.start, end=s.end, read_start=a.read_start, read_end=s.read_end)
        else:
            joined.append(s)
    return [s for s in joined if s.start < s.end or s.read_start < s.read_end]


def _widened(stretches: Sequence[_Stretch], page: _Page) -> list[_Stretch]:
    """`stretches`, each with what is left over beside it on both sides: damaged words at the ends of a line.

    What lies between two stretches goes to the one where it saves more errors, as a whole.
    """
    by_read = sorted(range(len(stretches)), key=lambda i: stretches[i].read_start)
    rank = {i: r for r, i in enumerate(by_read)}
    gaps = page.truth.gaps([(s.start, s.end) for s in stretches])
    read_gaps = page.read.gaps([(stretches[i].read_start, stretches[i].read_end) for i in by_read])
    claims = []
    for i in range(len(stretches)):
        for side in (0, 1):
            a, b = page.truth.text[slice(*gaps[i + side])], page.read.text[slice(*read_gaps[rank[i] + side])]
            if a and b:
                claims.append((Levenshtein.distance(a, b) - len(a) - len(b), i, side))
    wide = list(stretches)
    for _, i, side in sorted(claims):
        (start, end), (read_start, read_end) = gaps[i + side], read_gaps[rank[i] + side]
        if start < end and read_start < read_end:
            gaps[i + side] = read_gaps[rank[i] + side] = (0, 0)
            if side:
                wide[i] = replace(wide[i], end=end, read_end=read_end)
            else:
                wide[i] = replace(wide[i], start=start, read_start=read_start)
    return wide


def _between(text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many characters of `text` lie in no place, and how many blanks part two places."""
    ends = [(0, 0), *places, (len(text), len(text))]
    rest = sum(b[0] - a[1] for a, b in pairwise(ends))
    blanks = sum(" " in (text[a[1] : a[1] + 1], text[b[0] - 1 : b[0]]) for a, b in pairwise(places) if a[1] < b[0])
    return rest, blanks
