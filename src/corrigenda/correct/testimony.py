"""How likely the edition's reading is to be what the page has, by weights that were learned of known passages.

docs/decisions/021-collation.md has their form and what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corrigenda.correct.gate import HarmPoint, threshold
from corrigenda.correct.grounds import GROUNDS

__all__ = ["LEARNED", "Testimony"]

_MOST = 0.999


@dataclass(frozen=True, kw_only=True, slots=True)
class Testimony:
    """A logistic regression: natural log-odds are `bias` and one of `weights` for each unit of a ground.

    `harm` has what each threshold broke, from the highest to the lowest.
    """

    bias: float
    weights: tuple[float, ...]
    harm: tuple[HarmPoint, ...]

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The probability, for each row of `GROUNDS`, that the page has what the edition prints; never quite 1."""
        if not rows:
            return []
        odds = self.bias + np.array(rows) @ np.array(self.weights)
        chances: list[float] = np.minimum(1 / (1 + np.exp(-odds)), _MOST).tolist()
        return chances

    def least(self, max_harm: float) -> float:
        """The lowest probability that is put in where `max_harm` per cent of right words may be broken."""
        return threshold(self.harm, max_harm)


# Learned of 250 readings of the archive pairs; `scripts/bench edition use --learn` prints them anew.
_WEIGHTS = {
    "alike": 1.323,
    "channel": 0.798,
    "page unknown": -0.725,
    "edition unknown": -4.251,
    "page count": -0.363,
    "edition count": -0.319,
    "general": -0.145,
    "language gain": 0.952,
    "edition only": -1.174,
    "words": 0.329,
    "longer": 2.169,
    "one stem": 0.763,
    "compound": -1.309,
    "name": -1.803,
    "figure": -1.443,
    "agreement": -1.311,
    "firm": -0.536,
    "noise": 0.769,
    "editors": -5.718,
    "repeated": 2.641,
    "reading on page": 1.033,
    "short": 0.671,
    "alike unknown": 1.964,
    "unlike known": 0.545,
}
_WORDS = 25_225
_BROKEN = (
    (0.99, 5),
    (0.95, 6),
    (0.9, 8),
    (0.85, 8),
    (0.8, 10),
    (0.75, 11),
    (0.7, 14),
    (0.65, 18),
    (0.6, 18),
)

LEARNED = Testimony(
    bias=6.12,
    weights=tuple(_WEIGHTS[name] for name in GROUNDS),
    harm=tuple(HarmPoint(threshold=at, broken=broken, words=_WORDS) for at, broken in _BROKEN),
)
"""What corrigenda asks where nothing else is said."""
