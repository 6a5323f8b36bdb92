"""The gate: how likely each reading of a place is to be right, and how likely one must be to be put in.

The trees and the calibration are learned (`learn.gate`); so is the table of what each threshold broke in texts that
nothing here was learned from, which is what a limit of harm is kept by.
docs/decisions/011-gate.md and docs/decisions/012-harm-limit.md have form and measurements.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corrigenda.correct.trees import Trees

__all__ = [
    "CONFIDENCE",
    "LEAST",
    "NOTHING",
    "USUAL_LIMIT",
    "Bar",
    "Gate",
    "HarmPoint",
    "apportioned",
    "likeliest",
    "most_harm",
]

CONFIDENCE = 0.95
"""How sure it is that a limit of harm is kept, on texts like those that the gate was calibrated on."""
NOTHING = 1.01
"""A threshold that no probability reaches."""
LEAST = 0.5
"""What is likelier wrong than right is never put in, whatever harm is allowed."""
USUAL_LIMIT = 0.1
"""The limit of harm, in per cent of right words, up to which the guards ask for all that they ask for."""
_FREE_LIMIT = 0.5
"""The limit from which on they may ask for nothing more than others: between the two they are eased by and by."""
_MOST = 0.999
_TIE = 1e-4


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """What a reading must reach to be put in: the `threshold`, and what a guard asks for, eased by `ease` (0 to 1)."""

    threshold: float
    ease: float = 0.0

    def least(self, guarded: float) -> float:
        """What is left of the least probability that a guard asks for; what it never allows stays so.

        >>> [round(Bar(threshold=0.5, ease=ease).least(0.9), 2) for ease in (0.0, 0.5, 1.0)]
        [0.9, 0.7, 0.5]
        """
        above = guarded - LEAST
        return guarded if guarded > 1 or above < 0 else guarded - self.ease * above

    def stricter(self, other: Bar) -> Bar:
        """What reaches this bar and the `other` one."""
        return Bar(threshold=max(self.threshold, other.threshold), ease=min(self.ease, other.ease))


@dataclass(frozen=True, kw_only=True, slots=True)
class HarmPoint:
    """Of `words` right words, `broken` were changed for the worse where all was put in that reached `bar`."""

    bar: Bar
    broken: int
    words: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """Trees over the features named, and how their log-odds become probabilities: `scores` rising, with `chances`.

    `harm` has the thresholds from the highest to the lowest, and then the lowest with guards eased more and more.
    """

    features: tuple[str, ...]
    trees: Trees
    scores: tuple[float, ...]
    chances: tuple[float, ...]
    harm: tuple[HarmPoint, ...]

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The probability of each row's reading to be right, never quite 1."""
        if not rows:
            return []
        odds = self.trees.log_odds(np.array(rows, dtype=np.float32))
        # Where the calibration is flat the odds still tell two readings of a place apart.
        order = _TIE * (1 / (1 + np.exp(-odds)) - 0.5)
        chances: list[float] = np.clip(np.interp(odds, self.scores, self.chances) + order, 0.0, _MOST).tolist()
        return chances

    def bar(self, max_harm: float) -> Bar:
        """The lowest bar that breaks at most `max_harm` per cent of right words, with `CONFIDENCE`.

        Bars are tried from the highest down, and the first that cannot be vouched for ends the search, so that
        trying many costs no confidence (fixed sequence testing, as in Learn then Test, Angelopoulos et al. 2021).
        Guards are eased for limits above the usual one alone, in proportion: they stand for other fields than the gate
        was tried on, where more is broken.
        """
        found = Bar(threshold=NOTHING)
        boldest = round(max(0.0, (max_harm - USUAL_LIMIT) / (_FREE_LIMIT - USUAL_LIMIT)), 6)
        for point in self.harm:
            if point.bar.ease > boldest or most_harm(point.broken, point.words) * 100 > max_harm:
                break
            found = Bar(threshold=max(point.bar.threshold, LEAST), ease=point.bar.ease)
        return found


def apportioned(values: Sequence[float]) -> tuple[float, ...]:
    """The probabilities of the readings of a place, each told by itself, as shares: the others share what is left.

    >>> [round(p, 3) for p in apportioned((0.1, 0.8, 0.3))], apportioned((0.2, 0.5))
    ([0.05, 0.8, 0.15], (0.2, 0.5))
    """
    best = likeliest(values)
    others, left = sum(values) - values[best], 1 - values[best]
    scale = min(1.0, left / others) if others else 1.0
    return tuple(p if i == best else p * scale for i, p in enumerate(values))


def likeliest(values: Sequence[float]) -> int:
    """Which reading of a place is the likeliest; what stands there, the first, where another is only as likely."""
    return max(range(len(values)), key=lambda i: (values[i], -i))


@lru_cache(maxsize=1024)
def most_harm(broken: int, words: int) -> float:
    """The highest rate of broken words that still goes with `broken` of `words`, at `CONFIDENCE` (Poisson, exact).

    >>> round(most_harm(0, 3000), 4), round(most_harm(10, 20000), 5)
    (0.001, 0.00085)
    """
    if words == 0:
        return 1.0
    low, high = float(broken), broken + 10 * math.sqrt(broken + 1) + 10
    for _ in range(60):
        middle = (low + high) / 2
        # The chance of seeing no more than were broken, if `middle` were to be expected.
        chance = sum(math.exp(i * math.log(middle) - middle - math.lgamma(i + 1)) for i in range(broken + 1))
        low, high = (middle, high) if chance > 1 - CONFIDENCE else (low, middle)
    return min(1.0, high / words)
