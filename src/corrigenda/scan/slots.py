"""Two readings of a page line by line: what either has in the place of every line, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rapidfuzz.distance import LCSseq

from corrigenda.ingest.compose import Line, Page, Read, Zone
from corrigenda.scan.typed import around
from corrigenda.values import Box

__all__ = ["Slot", "slots"]

_LEVEL = 0.4
_COLUMN, _APART = 4, 3
"""So many lines of one reading lie over lines of the other that are more than so many lines apart: over two columns."""
_FAR = 4.0
"""Heights of a word between two of a line, from which on they may be of two columns."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """The place of one line: what the first reading has there, and what the second one; either may have nothing.

    `block` is the paragraph of the reading whose order it is, None where only the other one has the line; `begins` says
    whether it begins a paragraph of that one.
    """

    block: int | None
    first: Line
    second: Line
    begins: bool


@dataclass(kw_only=True, slots=True)
class _Place:
    """A slot while it is filled: the line of the base, words of the other reading, and the numbers of their lines."""

    block: int | None
    base: Line = ()
    reads: list[Read] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    begins: bool = False

    def slot(self) -> Slot:
        """The slot with the base as the first reading."""
        other = sorted(self.reads, key=lambda read: read.box.left if read.box else 0)
        return Slot(block=self.block, first=self.base, second=tuple(other), begins=self.begins)

    @property
    def box(self) -> Box:
        """Where the line is."""
        return around(self.base or self.reads)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """Words of the line number `at` of the other reading, and the place that they belong to."""

    at: int
    place: _Place | None
    reads: Line

    @property
    def likeness(self) -> float:
        """The share of its letters that the line of the base has too."""
        base = " ".join(read.text for read in self.place.base) if self.place else ""
        own = " ".join(read.text for read in self.reads)
        return LCSseq.similarity(own.lower(), base.lower()) / len(own)


def slots(first: Page, second: Page) -> list[Slot]:
    """The lines of `first` in their order with the words that `second` has in their places, and its other lines.

    Where lines of the first reading run across columns of the second, the order is the second one's. A line that one
    alone has comes after the one that stands over it.
    """
    found, across = _laid_on(first, second)
    if across < _COLUMN:
        return found
    found, _ = _laid_on(second, first)
    return [replace(slot, first=slot.second, second=slot.first) for slot in found]


def _laid_on(base: Page, other: Page) -> tuple[list[Slot], int]:
    """The lines of `base` with the words of `other` in their places; and on how many lie lines that are far apart."""
    found = [_Place(block=number, base=line) for number, line in _lines(base)]
    runs: list[_Run] = []
    for at, (_, line) in enumerate(_lines(other)):
        runs += (_Run(at=at, place=place, reads=run) for place, run in _assigned(line, found))
    alone: list[_Run] = []
    # Where two lines of the other reading lie over one of the base, that has lost one: the likest stays.
    for run in sorted(runs, key=lambda one: -one.likeness):
        if run.place is None or any(_covered(run.reads, run.place.reads)):
            alone.append(run)
        else:
            run.place.reads += run.reads
            run.place.lines.append(run.at)
    across = sum(max(place.lines) - min(place.lines) > _APART for place in found if place.lines)
    blocks = [block for block, _ in _lines(other)]
    for run in sorted(alone, key=lambda one: one.at):
        begins = run.at == 0 or blocks[run.at - 1] != blocks[run.at]
        _insert(found, _Place(block=None, reads=list(run.reads), begins=begins))
    return [place.slot() for place in found], across


def _covered(run: Line, reads: Sequence[Read]) -> Iterator[bool]:
    """For each word of a run whether one of `reads` covers half of it from left to right."""
    for read in run:
        for other in reads:
            if read.box and other.box:
                across = min(read.box.right, other.box.right) - max(read.box.left, other.box.left)
                yield 2 * across > min(read.box.right - read.box.left, other.box.right - other.box.left)


def _lines(page: Page) -> Iterator[tuple[int, Line]]:
    for number, block in enumerate(page):
        for line in () if isinstance(block, Zone) else block:
            if reads := tuple(read for read in line if read.text and read.box):
                yield number, reads


def _assigned(line: Line, places: Sequence[_Place]) -> Iterator[tuple[_Place | None, Line]]:
    """The runs of a line with the slot that each belongs to.

    A word over which the first reading has none goes with its neighbour in its line, unless they are far apart.
    """
    own = _on_one_row([_slot_of(read, places, beside=False) for read in line])
    for order in (range(1, len(line)), range(len(line) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            if own[i] is None and not _far(line[i], line[i + step]):
                own[i] = own[i + step]
    if not any(own):
        own = _on_one_row([_slot_of(read, places, beside=True) for read in line])
    for _, group in groupby(range(len(line)), key=lambda i: id(own[i])):
        at = list(group)
        yield own[at[0]], line[at[0] : at[-1] + 1]


def _on_one_row(own: Sequence[_Place | None]) -> list[_Place | None]:
    """The slots of a line's words without those that stand over or under one that more of them belong to."""
    found = {id(slot): slot for slot in own if slot}
    times = Counter(id(slot) for slot in own if slot)
    row: list[_Place] = []
    for key, _ in times.most_common():
        box = found[key].box
        if all(_across(box, other.box) > -_height(box) for other in row):
            row.append(found[key])
    kept = {id(slot) for slot in row}
    return [slot if id(slot) in kept else None for slot in own]


def _slot_of(read: Read, places: Sequence[_Place], *, beside: bool) -> _Place | None:
    """The line that has a word over this one, or `beside` it at its height; of several the nearest."""
    if read.box is None:
        return None
    best: tuple[float, _Place | None] = _FAR * _height(read.box), None
    for place in places:
        for other in place.base:
            if other.box and _level(read.box, other.box) and (beside or _across(read.box, other.box) < 0):
                gap = _gap(read.box, other.box)
                if gap < best[0]:
                    best = gap, place
    return best[1]


def _level(a: Box, b: Box) -> bool:
    """Whether `b` is at the height of `a`: lines may overlap, and a word lie over the foot of the one above it."""
    return abs(a.top + a.bottom - b.top - b.bottom) < 2 * _LEVEL * _height(a)


def _across(a: Box, b: Box) -> int:
    return max(a.left, b.left) - min(a.right, b.right)


def _gap(a: Box, b: Box) -> float:
    """How far apart two words are; of two that lie over one, as where lines touch, the one whose middle is nearer."""
    return max(0, _across(a, b)) + abs(a.top + a.bottom - b.top - b.bottom) / 4


def _far(read: Read, other: Read) -> bool:
    if read.box is None or other.box is None:
        return False
    return _across(read.box, other.box) > _FAR * _height(read.box)


def _height(box: Box) -> int:
    return box.bottom - box.top


def _insert(found: list[_Place], place: _Place) -> None:
    """Put a line after the one over it, else before the one under it, else behind all."""
    own = place.box
    over = [i for i, one in enumerate(found) if _stands_over(one.box, own)]
    under = [i for i, one in enumerate(found) if _stands_over(own, one.box)]
    if over:
        found.insert(max(over, key=lambda i: found[i].box.bottom) + 1, place)
    elif under:
        found.insert(min(under, key=lambda i: found[i].box.top), place)
    else:
        found.append(place)


def _stands_over(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and one.top + one.bottom < other.top + other.bottom
