"""How far the edition is believed."""

from __future__ import annotations

import pytest

from corrigenda.correct import testimony as learned
from corrigenda.correct.gate import NOTHING
from corrigenda.correct.grounds import GROUNDS


@pytest.fixture
def testimony():
    """One that asks whether the letters are alike, and broke more words the bolder it was."""
    weights = tuple(4.0 if name == "alike" else 0.0 for name in GROUNDS)
    return learned.Testimony(bias=-2.0, weights=weights, broken=((0.9, 2), (0.7, 20), (0.6, 21)), words=20_000)


def row(alike: float) -> list[float]:
    """The grounds of a difference of which nothing is known but how much the words are alike."""
    return [alike if name == "alike" else 0.0 for name in GROUNDS]


def test_a_probability_is_the_sum_of_what_speaks_for_it(testimony):
    """Log-odds of -2, 0 and 2; no rows have none."""
    assert testimony.probabilities([row(0.0), row(0.5), row(1.0)]) == pytest.approx([0.119, 0.5, 0.881], abs=1e-3)
    assert testimony.probabilities([]) == []


def test_nothing_is_ever_quite_sure(testimony):
    """However much speaks for it."""
    assert testimony.probabilities([row(100.0)]) == [0.999]


@pytest.mark.parametrize(("limit", "asked"), [(0.0, NOTHING), (0.05, 0.9), (0.1, 0.9), (0.2, 0.6)])
def test_a_limit_of_harm_asks_for_a_probability(testimony, limit: float, asked: float):
    """The lowest at which no more was broken than is allowed, with certainty enough."""
    assert testimony.least(limit) == asked


def test_the_usual_limit_leaves_room_for_the_edition():
    """With what is learned nine in ten are asked for at most; that was measured to be kept."""
    assert learned.LEARNED.least(0.1) <= 0.9
    assert len(learned.LEARNED.weights) == len(GROUNDS)
