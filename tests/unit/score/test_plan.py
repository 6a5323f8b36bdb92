"""How many documents are needed, and which."""

from __future__ import annotations

import math
import random

import pytest

from corrigenda.score.plan import PilotDocument, allocate, deviations, draw, half_width, plan, t_quantile
from corrigenda.score.resample import FEW_GROUPS


def pilot_of(size: int, seed: int = 1) -> list[PilotDocument]:
    """Documents of 1,000 to 3,000 characters with 0 to 10% of errors."""
    dice = random.Random(seed)
    bases = [dice.randint(1000, 3000) for _ in range(size)]
    return [PilotDocument(errors=round(b * dice.uniform(0, 0.1)), base=b) for b in bases]


@pytest.mark.parametrize(
    ("freedom", "tabled"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (19, 2.093), (30, 2.042), (120, 1.980)],
)
def test_quantiles_of_t_are_the_tabled_ones(freedom: int, tabled: float):
    """Two per mille are far less than what a pilot tells."""
    assert t_quantile(0.975, freedom) == pytest.approx(tabled, rel=0.002)


def test_quantiles_of_t_are_symmetric():
    """Also where they are exact."""
    assert [t_quantile(0.025, f) for f in (1, 2, 7)] == pytest.approx([-t_quantile(0.975, f) for f in (1, 2, 7)])


def test_a_mean_of_equal_pages_has_the_textbook_width():
    """With equal bases the ratio is a mean, whose interval is t s / sqrt(n)."""
    errors = [10, 14, 8, 20, 12, 6, 11, 9]
    found = plan([PilotDocument(errors=e, base=200) for e in errors], wanted=0.01)
    deviation = math.sqrt(sum((e - 11.25) ** 2 for e in errors) / 7)
    assert found.rate == pytest.approx(11.25 / 200)
    assert found.expected == pytest.approx(2.365 * deviation / math.sqrt(8) / 200, rel=0.001)


def test_the_need_is_the_smallest_that_does():
    """One document fewer is not enough, and the table says so too."""
    found = plan(pilot_of(50), wanted=0.005)
    widths = dict(found.table)
    spread = found.expected * math.sqrt(50) / t_quantile(0.975, 49)
    assert widths[found.needed] <= 0.005 < half_width(found.needed - 1, spread)
    assert widths[50] == found.expected
    assert found.more == found.needed - 50
    assert list(widths.values()) == sorted(widths.values(), reverse=True)


def test_a_small_collection_needs_less():
    """By the correction for finite populations; a wish beyond all pages is met by all pages."""
    endless = plan(pilot_of(50), wanted=0.005)
    finite = plan(pilot_of(50), wanted=0.005, pages=200)
    assert finite.needed == pytest.approx(endless.needed / (1 + endless.needed / 200), abs=2)
    assert plan(pilot_of(50), wanted=1e-9, pages=200).needed == 200
    assert all(documents <= 200 for documents, _ in finite.table)


def test_a_pilot_that_is_enough_needs_no_more():
    """The need may be less than what is there."""
    found = plan(pilot_of(50), wanted=0.2)
    assert (found.needed <= 50, found.more) == (True, 0)


def test_the_need_has_a_range():
    """The more documents a pilot has, the closer it is known."""
    few, many = plan(pilot_of(20), wanted=0.003), plan(pilot_of(400), wanted=0.003)
    assert few.needed_high
    assert many.needed_high
    assert few.needed_low < few.needed < few.needed_high
    assert many.needed_high / many.needed_low < few.needed_high / few.needed_low
    assert plan(pilot_of(20), wanted=0.003) == few


def test_two_documents_set_no_limit_to_the_need():
    """Unless the collection does."""
    assert plan(pilot_of(2), wanted=0.01).needed_high is None
    assert plan(pilot_of(2), wanted=0.01, pages=90).needed_high == 90


def test_a_pilot_is_small_for_two_reasons():
    """It has few documents, or one of them rules it."""
    assert plan(pilot_of(FEW_GROUPS - 1), wanted=0.01).small
    assert not plan(pilot_of(FEW_GROUPS), wanted=0.01).small
    assert plan([*pilot_of(100), PilotDocument(errors=2500, base=2600)], wanted=0.01).small


def test_a_pilot_without_error_still_needs_documents():
    """One error more would make one document differ: that much may be true."""
    found = plan([PilotDocument(errors=0, base=100)] * 5, wanted=0.002)
    assert (found.rate, found.small) == (0, True)
    assert found.expected == pytest.approx(2.776 * math.sqrt(1 / 4) / math.sqrt(5) / 100, rel=0.002)
    assert found.needed > 5


@pytest.mark.parametrize(
    ("pilot", "wanted", "pages", "says"),
    [
        (pilot_of(1), 0.01, None, "two documents"),
        ([PilotDocument(errors=1, base=0)] * 3, 0.01, None, "something to count"),
        (pilot_of(5), 0.0, None, "above 0, not 0.0"),
        (pilot_of(5), 0.01, 4, "4 pages, fewer than the 5"),
    ],
)
def test_what_cannot_be_planned_is_refused(pilot, wanted: float, pages: int | None, says: str):
    """The message says what is missing."""
    with pytest.raises(ValueError, match=says):
        plan(pilot, wanted=wanted, pages=pages)


def test_deviations_are_of_each_stratum_about_its_own_rate():
    """A stratum that is evenly bad has none, and one with a single document is not known."""
    pilot = [
        PilotDocument(errors=50, base=100, stratum="worn"),
        PilotDocument(errors=100, base=200, stratum="worn"),
        PilotDocument(errors=10, base=100, stratum="typed"),
        PilotDocument(errors=30, base=100, stratum="typed"),
        PilotDocument(errors=1, base=100, stratum="letters"),
    ]
    assert deviations(pilot) == pytest.approx({"typed": math.sqrt(200), "worn": 0})


def test_documents_are_allocated_in_proportion():
    """And the rest goes to the largest fractions."""
    assert allocate(10, {"a": 500, "b": 300, "c": 200}) == {"a": 5, "b": 3, "c": 2}
    assert allocate(11, {"a": 500, "b": 330, "c": 170}) == {"a": 5, "b": 4, "c": 2}


def test_small_strata_have_two_documents_or_all():
    """Their own spread can be told, and none gets more than it has."""
    assert allocate(20, {"a": 10_000, "b": 30, "c": 1}) == {"a": 17, "b": 2, "c": 1}
    assert allocate(43, {"a": 40, "b": 2, "c": 1}) == {"a": 40, "b": 2, "c": 1}
    assert allocate(5, {"a": 40, "b": 2, "c": 1}) == {"a": 2, "b": 2, "c": 1}


def test_known_deviations_draw_documents():
    """Neyman: pages times deviation; an unknown stratum counts as the worst, one without spread as the best."""
    assert allocate(40, {"a": 100, "b": 100}, {"a": 3, "b": 1}) == {"a": 30, "b": 10}
    assert allocate(50, {"a": 100, "b": 100, "c": 100}, {"a": 2, "b": 1}) == {"a": 20, "b": 10, "c": 20}
    assert allocate(30, {"a": 100, "b": 100, "c": 100}, {"a": 4, "b": 1, "c": 0}) == {"a": 20, "b": 5, "c": 5}


def test_an_allocation_sums_up_and_keeps_its_limits():
    """Whatever the strata and the need."""
    dice = random.Random(8)
    for _ in range(300):
        strata = {f"s{i}": dice.choice([1, 2, 5, 40, 3000]) for i in range(dice.randint(1, 8))}
        known = {name: dice.choice([0.0, 0.5, 30.0]) for name in strata if dice.random() < 0.7}
        least = sum(min(2, pages) for pages in strata.values())
        needed = dice.randint(least, sum(strata.values()))
        given = allocate(needed, strata, known)
        assert sum(given.values()) == needed
        assert all(min(2, pages) <= given[name] <= pages for name, pages in strata.items())


@pytest.mark.parametrize("needed", [3, 61])
def test_what_cannot_be_allocated_is_refused(needed: int):
    """Fewer than two a stratum, or more than there are."""
    with pytest.raises(ValueError, match=f"{needed} documents cannot be drawn: the strata have 60, and need 4"):
        allocate(needed, {"a": 50, "b": 10})


def test_a_sample_does_not_depend_on_the_order_of_its_items():
    """Nor on that of the strata; another seed gives another sample."""
    items = {"a": [f"a{i}" for i in range(100)], "b": [f"b{i}" for i in range(50)]}
    turned = {name: reversed(ids) for name, ids in reversed(items.items())}
    drawn = draw(items, {"a": 10, "b": 5}, seed=7)
    assert drawn == draw(turned, {"b": 5, "a": 10}, seed=7)
    assert {name: len(set(ids) & set(items[name])) for name, ids in drawn.items()} == {"a": 10, "b": 5}
    assert drawn != draw(items, {"a": 10, "b": 5}, seed=8)


def test_a_larger_sample_holds_the_smaller():
    """So what a pilot has transcribed goes on counting."""
    items = {"a": [f"a{i}" for i in range(100)]}
    assert set(draw(items, {"a": 10})["a"]) < set(draw(items, {"a": 30})["a"])


def test_every_item_is_as_likely_as_any_other():
    """Over many seeds each of ten ids is drawn about three times in ten."""
    drawn = [i for seed in range(2000) for i in draw({"a": "0123456789"}, {"a": 3}, seed=seed)["a"]]
    assert all(drawn.count(i) == pytest.approx(600, abs=90) for i in "0123456789")


@pytest.mark.parametrize(("ids", "says"), [(["x", "y", "x"], "'x' more than once"), (["x"], "has 1 ids, fewer than")])
def test_what_cannot_be_drawn_is_refused(ids: list[str], says: str):
    """The message names the stratum."""
    with pytest.raises(ValueError, match=f"stratum 'a' .*{says}"):
        draw({"a": ids}, {"a": 2})
