"""Shares and net gains with intervals that hold at both ends."""

from __future__ import annotations

import random

import pytest

from corrigenda.score.resample import Interval, intervals
from corrigenda.score.shares import gains, shares, wilson


def draw(chance: float, groups: int = 60) -> list[tuple[int, int]]:
    """Counts of made-up groups of unlike size."""
    dice = random.Random(7)
    sizes = [dice.randint(5, 30) for _ in range(groups)]
    return [(sum(dice.random() < chance for _ in range(size)), size) for size in sizes]


def test_a_share_and_what_is_missing_to_it_have_one_interval():
    """What holds of the errors holds of the rest, mirrored, and both are what `intervals` says of the lesser."""
    few = draw(0.2)
    lesser, greater = shares([few, [(of - count, of) for count, of in few]])
    assert lesser.interval == intervals([[c] for c, _ in few], [[of] for _, of in few])[0]
    assert greater.interval == Interval(low=1 - lesser.interval.high, high=1 - lesser.interval.low)
    assert lesser.interval.low < lesser.value < lesser.interval.high


def test_where_all_are_right_not_all_need_be():
    """The interval of a share of 1 reaches as far below 1 as that of none above 0."""
    all_, none = shares([[(10, 10)] * 50, [(0, 10)] * 50])
    assert (all_.value, all_.interval.high) == (1.0, 1.0)
    assert 1 - all_.interval.low == pytest.approx(none.interval.high)
    assert 0.99 < all_.interval.low < 1.0


@pytest.mark.parametrize("pairs", [[], [(1, 2)], [(0, 0), (0, 0)]], ids=["no group", "one group", "nothing"])
def test_no_interval_of_what_cannot_have_one(pairs):
    """None, as of one group alone, and no value of nothing."""
    (found,) = shares([pairs])
    assert found.interval is None
    assert found.value == (0.5 if pairs == [(1, 2)] else None)
    (gain,) = gains([[(n, 0, of) for n, of in pairs]])
    assert (gain.value, gain.interval) == (found.value, None)


def test_more_broken_than_there_was_is_told_all_the_same():
    """Words put in where nothing was right: the share is above 1/2, and no count below 0 comes of it."""
    (found,) = shares([[(3, 2), (1, 2), (2, 2)]])
    assert found.value == 1.0


def test_a_gain_is_gained_less_lost():
    """The interval lies around the difference, and below 0 where more is lost than gained."""
    won, lost = gains([[(5, i % 2, 10) for i in range(50)], [(i % 2, 5, 10) for i in range(50)]])
    assert (won.value, lost.value) == (0.45, -0.45)
    assert won.interval.low < 0.45 < won.interval.high
    assert lost.interval.low < -0.45 < lost.interval.high < 0


@pytest.mark.parametrize("chance", [0.2, 0.35, 0.48])
def test_both_ways_to_an_interval_of_a_gain_agree(chance: float):
    """Up to a half it comes of the difference of two ratios, above of what is left: the two hardly differ."""
    groups = [(gained, int(i % 3 == 0), of) for i, (gained, of) in enumerate(draw(chance))]
    (found,) = gains([groups])
    (left,) = intervals([[of - g + n] for g, n, of in groups], [[of] for _, _, of in groups])
    assert found.value < 0.5
    assert found.interval.low == pytest.approx(1 - left.high, abs=0.003)
    assert found.interval.high == pytest.approx(1 - left.low, abs=0.003)


def test_what_is_mostly_gained_is_told_by_what_is_left():
    """Above a half the interval is exactly that of the errors that remain, mirrored."""
    groups = [(gained, int(i % 3 == 0), of) for i, (gained, of) in enumerate(draw(0.8))]
    (found,) = gains([groups])
    (left,) = intervals([[of - g + n] for g, n, of in groups], [[of] for _, _, of in groups])
    assert (found.interval.low, found.interval.high) == (1 - left.high, 1 - left.low)


def test_all_gained_in_every_group_is_not_sure_for_all_pages():
    """The gain is 1, and its interval goes below 1 by what may have been missed."""
    (found,) = gains([[(10, 0, 10)] * 50])
    assert found.value == 1.0
    assert 0.99 < found.interval.low < found.interval.high == 1.0


def test_wilson_against_the_textbook():
    """Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29, to four digits."""
    for count, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        found = wilson(count, of)
        assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert wilson(20, 20).high == 1.0
