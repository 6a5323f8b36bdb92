"""From features to probabilities, and from a limit of harm to a threshold."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from corrigenda.correct.gate import CONFIDENCE, LEAST, NOTHING, USUAL_LIMIT, Bar, Gate, HarmPoint, likeliest, most_harm
from corrigenda.correct.trees import Trees

# One question, whether the only feature is above 0.5; then log-odds of -1 or 3.
STEP = Trees(
    features=np.zeros((1, 1), dtype=np.int16),
    thresholds=np.array([[0.5]], dtype=np.float32),
    leaves=np.array([[-1.0, 3.0]], dtype=np.float32),
    bias=0.0,
)


def gate(*harm: tuple[float, int, int], scores=(-1.0, 3.0), chances=(0.2, 0.8)) -> Gate:
    """A gate of one question, with a table of harm."""
    points = tuple(HarmPoint(bar=Bar(threshold=t), broken=b, words=w) for t, b, w in harm)
    return Gate(features=("only",), trees=STEP, scores=scores, chances=chances, harm=points)


def test_log_odds_become_probabilities_by_the_calibration():
    """Between its points the line is drawn, beyond them it goes on level."""
    assert gate().probabilities([[0.0], [1.0]]) == pytest.approx([0.2, 0.8], abs=1e-3)
    other = gate(scores=(-3.0, 1.0), chances=(0.0, 0.8))
    assert other.probabilities([[0.0], [1.0]]) == pytest.approx([0.4, 0.8], abs=1e-3)


def test_readings_that_are_calibrated_alike_keep_their_order():
    """Where the calibration is level the trees still tell two readings of a place apart."""
    low, high = gate(chances=(0.5, 0.5)).probabilities([[0.0], [1.0]])
    assert low < high
    assert high - low < 0.001


def test_nothing_is_certain():
    """Whatever the calibration says, a probability stays below one, so that a limit may always be set above it."""
    (sure,) = gate(chances=(0.2, 1.0)).probabilities([[1.0]])
    assert 0.99 < sure < 1.0 < NOTHING


def test_no_rows_have_no_probabilities():
    """A page without a doubtful place asks nothing."""
    assert gate().probabilities([]) == []


TABLE = ((0.9, 0, 10_000), (0.8, 3, 10_000), (0.7, 20, 10_000), (0.5, 10, 10_000), (0.4, 500, 10_000))


def test_the_threshold_falls_as_more_harm_is_allowed():
    """From one that nothing reaches, down to the lowest that was measured."""
    found = [gate(*TABLE).bar(harm).threshold for harm in (0.0, 0.02, 0.03, 0.1, 0.5, 3.0, 6.0, 100.0)]
    assert found == sorted(found, reverse=True)
    assert (found[0], found[1], found[-1]) == (NOTHING, NOTHING, LEAST)
    assert set(found) <= {NOTHING, 0.9, 0.8, LEAST}


def test_the_first_threshold_that_cannot_be_vouched_for_ends_the_search():
    """A lower one that broke fewer by chance is not taken: who tries on until it fits has no confidence left."""
    at = most_harm(10, 10_000) * 100 + 0.001
    assert at < most_harm(20, 10_000) * 100
    assert gate(*TABLE).bar(at).threshold == 0.8


def test_a_limit_that_is_just_kept_is_kept():
    """At the very rate that can be vouched for the threshold is taken, a little below it is not."""
    rate = most_harm(0, 10_000) * 100
    assert gate(*TABLE).bar(rate).threshold == 0.9
    assert gate(*TABLE).bar(rate - 1e-6).threshold == NOTHING


def test_without_a_table_nothing_can_be_vouched_for():
    """A gate that was never judged changes nothing, even if all harm is allowed; nor does one judged on no words."""
    assert gate().bar(100.0).threshold == NOTHING
    assert gate((0.9, 0, 0)).bar(99.0).threshold == NOTHING


def eased(broken: int) -> Gate:
    """A gate that breaks nothing while its guards hold whole, and `broken` of 50,000 words where they are eased."""
    bars = ((Bar(threshold=0.9), 0), (Bar(threshold=LEAST), 0), (Bar(threshold=LEAST, ease=0.5), broken))
    return replace(gate(), harm=tuple(HarmPoint(bar=bar, broken=b, words=50_000) for bar, b in bars))


def test_guards_are_eased_only_where_more_harm_than_usual_is_allowed():
    """They hold whole though easing them broke nothing; half of it is left midway, if what that broke is allowed."""
    assert eased(0).bar(USUAL_LIMIT) == Bar(threshold=LEAST)
    assert eased(0).bar(0.29) == Bar(threshold=LEAST)
    assert eased(0).bar(0.3) == Bar(threshold=LEAST, ease=0.5)
    assert eased(200).bar(0.3) == Bar(threshold=LEAST)


def test_an_eased_guard_asks_for_less_but_what_it_never_allows_stays():
    """At the full ease nothing is left of it but the least that is ever asked for."""
    bar = Bar(threshold=LEAST, ease=1.0)
    assert bar.least(0.95) == bar.least(1.0) == pytest.approx(LEAST)
    assert bar.least(1.01) == 1.01
    assert Bar(threshold=LEAST).least(0.95) == 0.95
    assert Bar(threshold=LEAST, ease=0.5).least(0.0) == 0.0


def _tail(broken: int, mean: float) -> float:
    """The chance of at most `broken`, where `mean` are expected, summed term by term."""
    term = total = math.exp(-mean)
    for i in range(1, broken + 1):
        term *= mean / i
        total += term
    return total


@pytest.mark.parametrize("words", [100, 3000, 250_000])
@pytest.mark.parametrize("broken", [0, 1, 2, 5, 17, 60])
def test_most_harm_is_the_exact_upper_limit(broken: int, words: int):
    """Were it the true rate, so few would be seen just once in twenty times; a greater rate is less believable yet."""
    rate = most_harm(broken, words)
    if rate == 1.0:
        assert _tail(broken, float(words)) > 1 - CONFIDENCE
        return
    assert _tail(broken, rate * words) == pytest.approx(1 - CONFIDENCE, abs=1e-6)
    assert rate > broken / words


def test_more_words_narrow_the_limit():
    """The same rate of broken words is vouched for more closely where more were seen."""
    rates = [most_harm(n, 1000 * n) for n in (1, 3, 10, 100)]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == pytest.approx(0.001, rel=0.25)


@pytest.mark.parametrize(("broken", "words"), [(0, 0), (0, 1), (5, 5), (900, 1000)])
def test_a_rate_is_never_above_one(broken: int, words: int):
    """Where hardly any words were seen all of them may be broken."""
    assert most_harm(broken, words) == (1.0 if words < 1000 else pytest.approx(0.95, abs=0.01))


@pytest.mark.parametrize(
    ("values", "best"), [((0.5,), 0), ((0.2, 0.5, 0.4), 1), ((0.5, 0.5), 0), ((0.1, 0.5, 0.5), 1), ((0.0, 0.0), 0)]
)
def test_what_stands_there_wins_a_tie(values: tuple[float, ...], best: int):
    """The first is what stands there: another reading must be likelier, not as likely."""
    assert likeliest(values) == best
