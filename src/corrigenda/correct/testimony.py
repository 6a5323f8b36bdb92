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
    "alike": -0.442,
    "channel": 0.331,
    "page unknown": 0.795,
    "edition unknown": -1.158,
    "page count": -0.247,
    "edition count": -0.023,
    "general": -0.403,
    "language gain": 0.663,
    "edition only": -2.702,
    "words": -0.514,
    "longer": 1.825,
    "one stem": 0.899,
    "name": -0.506,
    "figure": -0.631,
    "agreement": -0.517,
    "firm": -0.174,
    "noise": 0.626,
    "editors": -4.696,
    "repeated": 0.875,
    "reading on page": 0.494,
    "short": -0.111,
    "alike unknown": 0.534,
    "unlike known": -0.677,
}
_WORDS = 24_488
# It ends where what is put in would be other text as often: docs/decisions/021-collation.md.
_BROKEN = (
    (0.99, 2),
    (0.95, 7),
    (0.9, 7),
    (0.85, 8),
    (0.8, 11),
)

LEARNED = Testimony(
    bias=3.58,
    weights=tuple(_WEIGHTS[name] for name in GROUNDS),
    broken=_BROKEN,
    words=_WORDS,
)
"""What corrigenda asks where nothing else is said."""
