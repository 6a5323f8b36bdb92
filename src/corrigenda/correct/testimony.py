"""How likely the edition's reading is to be what the page has, by weights that were learned of known passages.

docs/decisions/021-collation.md has their form and what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corrigenda.correct.gate import NOTHING, most_harm
from corrigenda.correct.grounds import GROUNDS

__all__ = ["LEARNED", "Testimony"]

_MOST = 0.999


@dataclass(frozen=True, kw_only=True, slots=True)
class Testimony:
    """A logistic regression: natural log-odds are `bias` and one of `weights` for each unit of a ground.

    `broken` has, for thresholds from the highest to the lowest, how many of `words` right words were changed for the
    worse where all was put in from there up.
    """

    bias: float
    weights: tuple[float, ...]
    broken: tuple[tuple[float, int], ...]
    words: int

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The probability, for each row of `GROUNDS`, that the page has what the edition prints; never quite 1."""
        if not rows:
            return []
        odds = self.bias + np.array(rows) @ np.array(self.weights)
        chances: list[float] = np.minimum(1 / (1 + np.exp(-odds)), _MOST).tolist()
        return chances

    def least(self, max_harm: float) -> float:
        """The lowest probability that is put in where `max_harm` per cent of right words may be broken."""
        found = NOTHING
        for threshold, broken in self.broken:
            if most_harm(broken, self.words) * 100 > max_harm:
                break
            found = threshold
        return found


# Learned of 250 readings of the archive pairs; `scripts/bench edition use --learn` prints them anew.
_WEIGHTS = {
    "alike": -1.739,
    "channel": 0.450,
    "page unknown": 0.462,
    "edition unknown": -2.624,
    "page count": -0.401,
    "edition count": -0.124,
    "general": 0.099,
    "language gain": 0.911,
    "edition only": -4.416,
    "words": 0.131,
    "longer": 2.772,
    "one stem": 1.342,
    "name": -0.609,
    "figure": -1.108,
    "agreement": -0.199,
    "firm": -0.905,
    "noise": 0.770,
    "editors": -5.429,
    "repeated": 2.163,
    "reading on page": 1.034,
    "short": 0.027,
    "alike unknown": 0.259,
    "unlike known": -0.973,
}
_WORDS = 24_488
_BROKEN = (
    (0.99, 6),
    (0.95, 9),
    (0.9, 9),
    (0.85, 11),
    (0.8, 11),
    (0.75, 13),
    (0.7, 13),
    (0.65, 14),
    (0.6, 16),
)

LEARNED = Testimony(
    bias=5.96,
    weights=tuple(_WEIGHTS[name] for name in GROUNDS),
    broken=_BROKEN,
    words=_WORDS,
)
"""What corrigenda asks where nothing else is said."""
