"""How far the probabilities of corrections can be believed, and what leaving the doubtful ones out would give."""

from __future__ import annotations

from dataclasses import dataclass

from corrigenda.score.resample import Interval

__all__ = ["Bin", "Calibration", "Kept"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """Corrections of like probability, from `low` to `high`, both reached: how many, their mean probability, how many fixed.

    `interval` is Wilson's 95% interval of the share that is fixed.
    """

    low: float
    high: float
    corrections: int
    probability: float
    fixed: int
    interval: Interval

    @property
    def share(self) -> float:
        """The share of the corrections that are fixed."""
        return self.fixed / self.corrections


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """The scorable corrections by probability; the two errors are None where there is no scorable correction.

    `expected_error` (ECE) is the mean distance of share fixed and mean probability over the bins, weighted by their
    corrections; `brier` the mean square of probability less outcome (1 fixed, else 0).
    """

    bins: tuple[Bin, ...]
    expected_error: float | None
    brier: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One point of the abstention curve: only corrections with a probability of at least `threshold` are made.

    `corrections` counts the scorable ones among them; `harmed_words` of `right_words` are broken.
    `precision`, `recall` and `harm` are None where there is nothing to count on.
    """

    threshold: float
    corrections: int
    fixed: int
    harmed_words: int
    precision: float | None
    recall: float | None
    harm: float | None
