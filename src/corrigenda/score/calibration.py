"""How far the probabilities of corrections can be believed, and what leaving the doubtful ones out would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum

from corrigenda.score.resample import Interval
from corrigenda.score.shares import wilson
from corrigenda.score.values import Outcome, Verdict

__all__ = ["Bin", "Calibration", "Kept", "abstention", "calibration"]

# Ten bins of twenty corrections or more: with fewer in a bin, chance alone would pass for a calibration error.
_MOST_BINS = 10
_LEAST_IN_BIN = 20
_MOST_POINTS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """Corrections of like probability: how many, and how many of them are fixed.

    `low` and `high` are the least and the greatest probability among them, `probability` is their mean. `interval` is
    Wilson's 95% interval of the share that is fixed, which takes each correction as independent of the others.
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

    `corrections` counts the scorable ones among them. `recall` is None where no place is wrong, `harm` where no word
    is right.
    """

    threshold: float
    corrections: int
    fixed: int
    harmed_words: int
    precision: float
    recall: float | None
    harm: float | None


def calibration(verdicts: Sequence[Verdict]) -> Calibration:
    """The calibration of the corrections that have a scorable verdict; right is what is fixed.

    The bins are of equal mass, as nearly as can be: corrections of the same probability stay together. Most
    probabilities lie close to 1, where bins of equal width would hold nearly all in one.
    """
    told = sorted(_told(verdicts), key=lambda one: one[0])
    if not told:
        return Calibration(bins=(), expected_error=None, brier=None)
    bins = tuple(_bins(told))
    return Calibration(
        bins=bins,
        expected_error=fsum(b.corrections * abs(b.share - b.probability) for b in bins) / len(told),
        brier=fsum((p - (v.outcome is Outcome.FIXED)) ** 2 for p, v in told) / len(told),
    )


def abstention(verdicts: Sequence[Verdict], *, wrong: int, right_words: int) -> tuple[Kept, ...]:
    """What each threshold would keep of the corrections, from the lowest, which keeps all, to the highest.

    `wrong` places and `right_words` of the OCR are what recall and harm are counted on. A correction that is left out
    leaves its error as missed, or its right words whole. That supposes that corrections act each for itself: none is
    right only because another beside it was made. At most 100 of the thresholds are told, evenly by rank, the lowest
    and the highest among them.
    """
    told = sorted(_told(verdicts), key=lambda one: -one[0])
    found: list[Kept] = []
    corrections = fixed = harmed_words = 0
    for threshold, members in groupby(told, key=lambda one: one[0]):
        for _, verdict in members:
            corrections += 1
            fixed += verdict.outcome is Outcome.FIXED
            harmed_words += verdict.broken
        found.append(
            Kept(
                threshold=threshold,
                corrections=corrections,
                fixed=fixed,
                harmed_words=harmed_words,
                precision=fixed / corrections,
                recall=fixed / wrong if wrong else None,
                harm=harmed_words / right_words if right_words else None,
            )
        )
    return tuple(reversed(_thinned(found)))


def _told(verdicts: Sequence[Verdict]) -> Iterator[tuple[float, Verdict]]:
    """The corrections of which the truth says something, with their probabilities."""
    for verdict in verdicts:
        if verdict.correction and verdict.outcome is not Outcome.UNSCORABLE:
            yield verdict.correction.probability, verdict


def _bins(told: Sequence[tuple[float, Verdict]]) -> Iterator[Bin]:
    number = min(_MOST_BINS, max(1, len(told) // _LEAST_IN_BIN))
    # A bin may end only where the probability changes: of these places, those nearest to equal parts.
    ends = [at for at in range(1, len(told)) if told[at - 1][0] != told[at][0]] + [len(told)]
    chosen = {min(ends, key=lambda end: abs(end * number - part * len(told))) for part in range(1, number)}
    for start, end in pairwise((0, *sorted(chosen - {len(told)}), len(told))):
        yield _bin(told[start:end])


def _bin(told: Sequence[tuple[float, Verdict]]) -> Bin:
    fixed = sum(v.outcome is Outcome.FIXED for _, v in told)
    return Bin(
        low=told[0][0],
        high=told[-1][0],
        corrections=len(told),
        probability=fsum(p for p, _ in told) / len(told),
        fixed=fixed,
        interval=wilson(fixed, len(told)),
    )


def _thinned(points: Sequence[Kept]) -> list[Kept]:
    if len(points) <= _MOST_POINTS:
        return list(points)
    return [points[i * (len(points) - 1) // (_MOST_POINTS - 1)] for i in range(_MOST_POINTS)]
