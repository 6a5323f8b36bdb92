"""What corrections are worth, as JSON has it; docs/metrics.md defines the figures."""

from __future__ import annotations

from typing import Any

from corrigenda.score.calibration import Bin, Kept
from corrigenda.score.corrections import CorrectionScores, PrecisionRecall, Tally
from corrigenda.score.resample import Interval
from corrigenda.score.shares import Gain, Share

__all__ = ["correction_record", "limits"]


def correction_record(scores: CorrectionScores) -> dict[str, Any]:
    """All figures of the corrections; shares are fractions, with their counts. Figures that do not exist are null."""
    return {
        "groups": scores.groups,
        "made": scores.made,
        "unscorable": scores.unscorable,
        "wrong_places": scores.wrong,
        "detection": _precision_recall(scores.detection),
        "detection_with_flags": _precision_recall(scores.detection_with_flags),
        "correction": _precision_recall(scores.correction),
        "harm": _share(scores.harm),
        "gain": _gain(scores.gain),
        "by_kind": {tally.name: _tally(tally) for tally in scores.kinds},
        "by_rule": {tally.name: _tally(tally) for tally in scores.rules},
        "calibration": {
            "expected_error": scores.calibration.expected_error,
            "brier": scores.calibration.brier,
            "bins": [_bin(one) for one in scores.calibration.bins],
        },
        "abstention": [_kept(one) for one in scores.abstention],
        "offered": {
            "places": scores.offered.places,
            "best": _gain(scores.offered.best),
            "weighted": _gain(scores.offered.weighted),
            "truth_within_first": {str(first): places for first, places in scores.offered.within},
        },
    }


def _precision_recall(found: PrecisionRecall) -> dict[str, Any]:
    return {"precision": _share(found.precision), "recall": _share(found.recall), "f1": _share(found.f1)}


def _share(share: Share) -> dict[str, Any]:
    return {"value": share.value, **limits(share.interval), "count": share.count, "of": share.of}


def _gain(gain: Gain) -> dict[str, Any]:
    return {"value": gain.value, **limits(gain.interval), "gained": gain.gained, "lost": gain.lost, "of": gain.of}


def limits(interval: Interval | None) -> dict[str, float | None]:
    """An interval as JSON has it: null on both sides where there is none."""
    return {"low": interval.low, "high": interval.high} if interval else {"low": None, "high": None}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "made": tally.made,
        "fixed": tally.fixed,
        "improved": tally.improved,
        "still_wrong": tally.still_wrong,
        "harmed": tally.harmed,
        "unscorable": tally.unscorable,
        "precision": _share(tally.precision),
    }


def _bin(one: Bin) -> dict[str, Any]:
    return {
        "least": one.low,
        "greatest": one.high,
        "corrections": one.corrections,
        "probability": one.probability,
        "fixed": one.fixed,
        "share": one.share,
        **limits(one.interval),
    }


def _kept(one: Kept) -> dict[str, Any]:
    return {
        "threshold": one.threshold,
        "corrections": one.corrections,
        "fixed": one.fixed,
        "harmed_words": one.harmed_words,
        "precision": one.precision,
        "recall": one.recall,
        "harm": one.harm,
    }
