"""Where the pairs of a page lead in an index: trails of windows that follow each other as the page's own words do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corrigenda.edition.index import WINDOW, EditionIndex
from corrigenda.edition.words import pairs

__all__ = ["Trail", "trails"]

# docs/decisions/020-edition-index.md has the reasons for these.
_MOST_WINDOWS = 64
_LEAST_PAIRS = 2
_LONGEST_GAP = 4
_SHADOW = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """Windows of the index in order, with pairs of the text in the same order: `pairs` of them.

    `windows` and `offsets` are the first and the last window, and where in the text the first and the last pair is.
    """

    windows: tuple[int, int]
    offsets: tuple[int, int]
    pairs: int

    def is_shadow_of(self, other: Trail) -> bool:
        """Whether it lies within the text of `other` and has far fewer pairs: a phrase that is used elsewhere too."""
        inside = other.offsets[0] <= self.offsets[0] and self.offsets[1] <= other.offsets[1]
        return inside and self.pairs < _SHADOW * other.pairs


def trails(text: str, index: EditionIndex) -> list[Trail]:
    """Where the pairs of `text` lead, the trail of most pairs first."""
    looked_up = pairs(text)
    hits = sorted(
        (window, number)
        for number, pair in enumerate(looked_up)
        for window in index.windows_with(pair.text, most=_MOST_WINDOWS)
    )
    found = [
        Trail(
            windows=(chain[0][0], chain[-1][0]),
            offsets=(looked_up[chain[0][1]].start, looked_up[chain[-1][1]].start),
            pairs=len(chain),
        )
        for run in _runs(hits)
        for chain in _chains(run)
        if len(chain) >= _LEAST_PAIRS
    ]
    return sorted(found, key=lambda trail: (-trail.pairs, trail.windows))


_Hits = list[tuple[int, int]]


def _runs(hits: _Hits) -> Iterator[_Hits]:
    """Hits whose windows follow each other closely."""
    start = 0
    for n, (before, after) in enumerate(pairwise(hits), start=1):
        if after[0] - before[0] > _LONGEST_GAP:
            yield hits[start:n]
            start = n
    if hits:
        yield hits[start:]


def _chains(run: _Hits) -> Iterator[_Hits]:
    """The hits of a run cut into chains that go on in page and edition at the same pace, the longest first."""
    left = run
    while len(left) >= _LEAST_PAIRS:
        chain = _longest_increasing(left)
        if len(chain) < _LEAST_PAIRS:
            return
        start = 0
        for n, (before, after) in enumerate(pairwise(chain), start=1):
            if abs(after[1] - before[1] - WINDOW * (after[0] - before[0])) > WINDOW * _LONGEST_GAP:
                yield chain[start:n]
                start = n
        yield chain[start:]
        taken = set(chain)
        left = [hit for hit in left if hit not in taken]


def _longest_increasing(hits: _Hits) -> _Hits:
    """The longest chain of hits, sorted by window, in which the numbers of the pairs increase."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, number) in enumerate(hits):
        at = bisect_left(ends, number)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [number]
        last[at : at + 1] = [n]
    chain: _Hits = []
    n = last[-1]
    while n >= 0:
        chain.append(hits[n])
        n = before[n]
    return chain[::-1]
