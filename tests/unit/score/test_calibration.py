"""Calibration and the abstention curve, on made-up verdicts."""

from __future__ import annotations

import pytest

from corrigenda.score.calibration import abstention, calibration
from corrigenda.score.values import Outcome, Verdict
from corrigenda.values import Correction, CorrectionKind, Span


def verdict(probability: float, outcome: Outcome, before: str = "word") -> Verdict:
    """The verdict on a made-up correction."""
    broken = len(before.split()) if outcome is Outcome.HARMED else 0
    span = Span(start=0, end=len(before))
    made = Correction(
        span=span, before=before, after="x", kind=CorrectionKind.CASE, probability=probability, evidence=()
    )
    return Verdict(span=span, before=before, after="x", truth="x", outcome=outcome, correction=made, broken=broken)


def many(probability: float, fixed: int, wrong: int) -> list[Verdict]:
    """Corrections of one probability."""
    return [verdict(probability, Outcome.FIXED)] * fixed + [verdict(probability, Outcome.STILL_WRONG)] * wrong


def test_bins_error_and_brier_by_hand():
    """Two probabilities of forty corrections each: 30 and 38 fixed."""
    found = calibration([*many(0.9, 38, 2), *many(0.8, 30, 10)])
    assert [(b.low, b.high, b.corrections, b.fixed) for b in found.bins] == [(0.8, 0.8, 40, 30), (0.9, 0.9, 40, 38)]
    assert [b.probability for b in found.bins] == pytest.approx([0.8, 0.9])
    assert [b.share for b in found.bins] == [0.75, 0.95]
    assert found.expected_error == pytest.approx(0.05)
    assert found.brier == pytest.approx((38 * 0.01 + 2 * 0.81 + 30 * 0.04 + 10 * 0.64) / 80)


def test_bins_are_of_equal_mass_and_never_part_a_probability():
    """Ten bins at most, twenty corrections or more in each of them where no probability is shared."""
    spread = calibration([v for i in range(400) for v in many(i / 400, 1, 0)])
    assert [b.corrections for b in spread.bins] == [40] * 10
    heaped = calibration([*many(0.999, 300, 0), *(v for i in range(100) for v in many(i / 100, 1, 0))])
    assert sum(b.corrections for b in heaped.bins) == 400
    assert [b.corrections for b in heaped.bins if b.high == 0.999] == [300]
    assert len(calibration(many(0.5, 10, 9)).bins) == 1


def test_a_right_probability_has_no_error():
    """As many fixed as were promised: ECE 0, though Brier is not."""
    found = calibration(many(0.75, 30, 10))
    assert found.expected_error == pytest.approx(0)
    assert found.brier == pytest.approx(0.75 * 0.25)


def test_what_the_truth_is_silent_on_is_left_out():
    """Unscorable corrections and missed errors are in no bin and on no curve."""
    missed = Verdict(span=Span(start=0, end=1), before="a", after="a", truth="b", outcome=Outcome.MISSED)
    silent = [verdict(0.9, Outcome.UNSCORABLE), missed]
    assert calibration(silent).bins == ()
    assert abstention(silent, wrong=1, right_words=1) == ()
    assert calibration([*silent, *many(0.7, 1, 0)]) == calibration(many(0.7, 1, 0))


def test_the_curve_by_hand():
    """Each threshold keeps what is at least as probable; a broken phrase counts its words."""
    told = [
        verdict(0.9, Outcome.FIXED),
        verdict(0.9, Outcome.STILL_WRONG),
        verdict(0.8, Outcome.HARMED, before="two words"),
        verdict(0.7, Outcome.FIXED),
    ]
    found = abstention(told, wrong=4, right_words=100)
    assert [(k.threshold, k.corrections, k.fixed, k.harmed_words) for k in found] == [
        (0.7, 4, 2, 2),
        (0.8, 3, 1, 2),
        (0.9, 2, 1, 0),
    ]
    assert [(k.precision, k.recall, k.harm) for k in found] == [
        (0.5, 0.5, 0.02),
        (pytest.approx(1 / 3), 0.25, 0.02),
        (0.5, 0.25, 0.0),
    ]


def test_nothing_to_count_on_is_none():
    """A curve of harm alone has no recall, one without right words no harm."""
    (found,) = abstention([verdict(0.9, Outcome.HARMED)], wrong=0, right_words=0)
    assert (found.precision, found.recall, found.harm) == (0.0, None, None)


def test_a_long_curve_is_thinned_and_keeps_its_ends():
    """A hundred points of a thousand, in order, each once."""
    found = abstention([v for i in range(1000) for v in many(i / 1000, 1, 0)], wrong=1000, right_words=1)
    thresholds = [k.threshold for k in found]
    assert len(set(thresholds)) == 100
    assert thresholds == sorted(thresholds)
    assert (thresholds[0], thresholds[-1], found[0].corrections) == (0.0, 0.999, 1000)
