"""What was offered at the wrong places, as the competitions on post-OCR correction of ICDAR 2017 and 2019 score it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Offered", "Within"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """At how many wrong places the truth is among the first `candidates`."""

    candidates: int
    places: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """Character distances to the truth, summed over the wrong `places`.

    `before` is that of the OCR, `best` that of the most probable candidate of each place, `weighted` the mean over its
    candidates, weighted by their probabilities.
    """

    places: int
    before: int
    best: int
    weighted: float
    within: tuple[Within, ...]

    @property
    def best_improvement(self) -> float | None:
        """By what fraction the distance falls if the best candidate is taken ("fully automated", top-1)."""
        return 1 - self.best / self.before if self.before else None

    @property
    def weighted_improvement(self) -> float | None:
        """By what fraction the weighted distance lies below that of the OCR ("semi-automated", ranked)."""
        return 1 - self.weighted / self.before if self.before else None
