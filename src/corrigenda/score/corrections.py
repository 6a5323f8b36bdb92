"""What the corrections of many documents are worth: found, mended, broken, and how sure each of these figures is.

Everything is a sum of what `evaluate` judged place by place; docs/metrics.md defines the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from corrigenda.score.calibration import Calibration, Kept
from corrigenda.score.candidates import Offered
from corrigenda.score.resample import Interval

__all__ = ["CorrectionScores", "Gain", "PrecisionRecall", "Share", "Tally"]


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
class PrecisionRecall:
    """How much of what was pointed at was sought, how much of what was sought was pointed at, and F1 of the two.

    `f1` is the share 2 x hits of (pointed at + sought), which is the harmonic mean of the other two.
    """

    precision: Share
    recall: Share
    f1: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Gain:
    """The net share of the wrong places that corrections did away with: (fixed - harmed) / wrong."""

    fixed: int
    harmed: int
    wrong: int
    interval: Interval | None

    @property
    def value(self) -> float | None:
        """From 1, all is mended, through 0 to below 0, more is broken than mended; None where nothing was wrong."""
        return (self.fixed - self.harmed) / self.wrong if self.wrong else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """The corrections of one kind or of one rule of evidence by outcome; `precision` is fixed of scorable."""

    name: str
    fixed: int
    improved: int
    still_wrong: int
    harmed: int
    unscorable: int
    precision: Share

    @property
    def made(self) -> int:
        """All of them."""
        return self.precision.of + self.unscorable


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionScores:
    """All that the verdicts on the corrections of many documents come to.

    `made` corrections, of which the truth says nothing of `unscorable`; `wrong` places of the OCR. `detection` is of
    the corrections alone, `detection_with_flags` of corrections and doubtful flags together. `kinds` and `rules` are
    ordered by how many corrections they have; a correction counts for each rule that its evidence names.
    """

    groups: int
    made: int
    unscorable: int
    wrong: int
    detection: PrecisionRecall
    detection_with_flags: PrecisionRecall
    correction: PrecisionRecall
    harm: Share
    gain: Gain
    kinds: tuple[Tally, ...]
    rules: tuple[Tally, ...]
    calibration: Calibration
    abstention: tuple[Kept, ...]
    offered: Offered
