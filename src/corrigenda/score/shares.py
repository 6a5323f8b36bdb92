"""Shares and net gains of summed counts, each with an interval over groups that holds up at both of its ends.

`resample` takes care of few errors: where no group has any, it says how many there may be all the same. A share near 1
(all corrections right) has few of the other sort, so there the other sort is what the interval is made of.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corrigenda.score.resample import Interval, Z, compare, intervals

__all__ = ["Gain", "Share", "gains", "shares", "wilson"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """`count` of `of`, and the 95% interval of that share: None for one group alone, or where there is no share."""

    count: int
    of: int
    interval: Interval | None

    @property
    def value(self) -> float | None:
        """The share as a fraction; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Gain:
    """What was `gained` less what was `lost` as a share of `of`, all that could be gained, with its 95% interval.

    The interval is None for one group alone, or where there was nothing to gain.
    """

    gained: float
    lost: float
    of: int
    interval: Interval | None

    @property
    def value(self) -> float | None:
        """From 1, all is gained, through 0 to below 0, more is lost than gained; None where nothing could be gained."""
        return (self.gained - self.lost) / self.of if self.of else None


def shares(measures: Sequence[Sequence[tuple[int, int]]]) -> tuple[Share, ...]:
    """For each measure the share that its pairs (count, of), one a group and at most 1, come to.

    All measures have the same groups in the same order, sorted by name. The interval is that of `resample.intervals`:
    of the count where it is the lesser part, else of what is missing to the whole.
    """
    totals = [(sum(count for count, _ in pairs), sum(of for _, of in pairs)) for pairs in measures]
    # More words may be broken on a page than were right there, where words were put in: then nothing is missing.
    scarce = [2 * n <= of or any(c > o for c, o in pairs) for (n, of), pairs in zip(totals, measures, strict=True)]
    counts = [
        [(count if few else of - count, of) for count, of in pairs] for pairs, few in zip(measures, scarce, strict=True)
    ]
    return tuple(
        Share(count=n, of=of, interval=_at_most_1(interval) if few else _mirrored(_at_most_1(interval)))
        for (n, of), few, interval in zip(totals, scarce, _intervals(counts), strict=True)
    )


def gains(measures: Sequence[Sequence[tuple[float, float, int]]]) -> tuple[Gain, ...]:
    """For each measure the net gain that its triples (gained, lost, of), one a group, come to.

    Of a group no more is gained than there was to gain. The interval is that of the difference of two ratios, gained
    and lost, on the same groups; where most is gained, it is that of what is left.
    """
    totals = [
        (sum(g for g, _, _ in triples), sum(n for _, n, _ in triples), sum(o for _, _, o in triples))
        for triples in measures
    ]
    most = [2 * (gained - lost) > of for gained, lost, of in totals]
    left = iter(_intervals([[(o - g + n, o) for g, n, o in t] for t, m in zip(measures, most, strict=True) if m]))
    some = [t for t, m, (_, _, of) in zip(measures, most, totals, strict=True) if of and not m]
    differences = iter(_differences(some))
    found: list[Gain] = []
    for (gained, lost, of), m in zip(totals, most, strict=True):
        interval = _mirrored(next(left)) if m else _at_most_1(next(differences)) if of else None
        found.append(Gain(gained=gained, lost=lost, of=of, interval=interval))
    return tuple(found)


def wilson(count: int, of: int) -> Interval:
    """Wilson's 95% interval of the share `count` of `of`, which is not 0: as if each fell independently (Wilson 1927).

    >>> round(wilson(0, 10).high, 3)
    0.278
    """
    square = Z**2
    middle = (count + square / 2) / (of + square)
    half = Z / (of + square) * math.sqrt(count * (of - count) / of + square / 4)
    # The ends of none and of all are 0 and 1, which rounding may miss.
    return Interval(low=middle - half if count else 0.0, high=middle + half if count < of else 1.0)


def _intervals(measures: Sequence[Iterable[tuple[float, float]]]) -> tuple[Interval | None, ...]:
    rows = list(zip(*measures, strict=True))
    if not rows:
        return (None,) * len(measures)
    return intervals([[n for n, _ in row] for row in rows], [[of for _, of in row] for row in rows])


def _differences(measures: Sequence[Sequence[tuple[float, float, int]]]) -> list[Interval | None]:
    """For each measure the interval of gained / of less lost / of."""
    rows = list(zip(*measures, strict=True))
    if len(rows) < 2:
        return [None] * len(measures)
    gained, lost, of = ([[triple[at] for triple in row] for row in rows] for at in range(3))
    return [one.interval for one in compare(lost, of, gained, of)]


def _at_most_1(interval: Interval | None) -> Interval | None:
    return interval and Interval(low=min(interval.low, 1.0), high=min(interval.high, 1.0))


def _mirrored(interval: Interval | None) -> Interval | None:
    return interval and Interval(low=1 - interval.high, high=1 - interval.low)
