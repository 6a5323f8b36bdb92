"""Intervals of micro averages, and two systems compared."""

from __future__ import annotations

import itertools
import math
import random
import statistics

import numpy as np
import pytest

from corrigenda.score.resample import METHOD, RESAMPLES, SEED, Interval, compare, intervals

PAGES = [(59, 2055), (19, 2371), (83, 2498), (77, 1812), (420, 622), (40, 1480), (18, 1462), (14, 1553), (37, 1522)]
ERRORS = [[float(e)] for e, _ in PAGES]
BASES = [[float(b)] for _, b in PAGES]


def slow_interval(pages, resamples: int = 20_000) -> tuple[float, float]:
    """The bootstrap-t interval of a ratio as a textbook has it, page by page, with random numbers of its own."""
    dice = random.Random(4)

    def ratio(chosen) -> tuple[float, float]:
        errors, bases = sum(e for e, _ in chosen), sum(b for _, b in chosen)
        return errors / bases, math.sqrt(sum((e - errors / bases * b) ** 2 for e, b in chosen)) / bases

    rate, error = ratio(pages)
    t = []
    for _ in range(resamples):
        again, its_error = ratio(dice.choices(pages, k=len(pages)))
        t.append((again - rate) / its_error if its_error else math.copysign(math.inf, again - rate))
    t.sort()
    return rate - t[int(0.975 * resamples)] * error, rate - t[int(0.025 * resamples)] * error


def of(errors, bases) -> Interval:
    """The interval of a single measure."""
    (interval,) = intervals(errors, bases)
    assert interval
    return interval


def test_a_slow_bootstrap_gives_the_same_interval():
    """Blocks and matrix products are only a faster way to the textbook's figures."""
    pages = [(20 + 7 * i % 60, 1000 + 371 * i % 900) for i in range(25)]
    low, high = slow_interval(pages)
    fast = of([[e] for e, _ in pages], [[b] for _, b in pages])
    assert fast.low == pytest.approx(low, rel=0.03)
    assert fast.high == pytest.approx(high, rel=0.03)


def test_the_longer_side_is_where_terrible_pages_pull():
    """One page of nine lost: the interval reaches far above the rate, less far below, as the textbook's does."""
    low, high = slow_interval(PAGES)
    fast = of(ERRORS, BASES)
    rate = sum(e for e, _ in PAGES) / sum(b for _, b in PAGES)
    assert fast.high - rate > 2 * (rate - fast.low) > 0
    assert fast.low == pytest.approx(low, abs=0.1 * rate)
    assert fast.high == pytest.approx(high, rel=0.15)


def test_many_even_groups_give_the_normal_interval():
    """With 2,000 alike groups the limits are those of the normal distribution."""
    generator = np.random.default_rng(2)
    errors = generator.poisson(50, size=(2000, 1))
    interval = of(errors, np.full((2000, 1), 1000))
    rate, error = errors.mean() / 1000, errors.std() / 1000 / math.sqrt(2000)
    assert interval.low == pytest.approx(rate - 1.96 * error, abs=0.1 * error)
    assert interval.high == pytest.approx(rate + 1.96 * error, abs=0.1 * error)


def test_measures_share_their_resamples():
    """A measure has the same interval alone and beside others, up to rounding, and twice the same run twice."""
    generator = np.random.default_rng(3)
    bases = generator.integers(500, 3000, size=(30, 4))
    errors = generator.poisson(bases * 0.05)
    together = intervals(errors, bases)
    assert together == intervals(errors, bases)
    for column, interval in enumerate(together):
        assert interval
        alone = of(errors[:, [column]], bases[:, [column]])
        assert (alone.low, alone.high) == pytest.approx((interval.low, interval.high), rel=1e-9)


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch):
    """How many resamples are held at once changes nothing."""
    whole = of(ERRORS, BASES)
    monkeypatch.setattr("corrigenda.score.resample._WEIGHTS", 700)
    in_blocks = of(ERRORS, BASES)
    assert (in_blocks.low, in_blocks.high) == pytest.approx((whole.low, whole.high), rel=1e-9)


def test_the_interval_scales_with_its_counts():
    """Rates per thousand characters have a thousand times the interval of rates per character."""
    one, thousand = of(ERRORS, BASES), of(ERRORS, [[b / 1000] for (b,) in BASES])
    assert (thousand.low, thousand.high) == pytest.approx((1000 * one.low, 1000 * one.high), rel=1e-9)


def test_one_group_has_no_interval():
    """A single group says nothing of how groups differ."""
    assert intervals([[3, 4]], [[100, 100]]) == (None, None)


def test_a_measure_without_base_has_no_interval():
    """It leaves the others alone."""
    nothing, some = intervals([[0, 3], [0, 5], [0, 4]], [[0, 100], [0, 100], [0, 90]])
    assert nothing is None
    assert some
    assert some.low < 12 / 290 < some.high


def test_no_error_at_all_leaves_the_limit_of_a_poisson_count():
    """The exact limit of a count of none is -log(0.025)."""
    interval = of([[0], [0], [0]], [[1000], [2000], [3000]])
    assert interval.low == 0
    assert interval.high == pytest.approx(-math.log(0.025) / 6000, rel=0.01)


@pytest.mark.parametrize(("wrong", "limits"), [(1, (0.025, 5.572)), (2, (0.242, 7.225)), (3, (0.619, 8.767))])
def test_single_errors_in_few_groups_have_the_limit_of_a_poisson_count(wrong: int, limits):
    """Resamples mostly lack the error; the tabled upper limits of counts of 1 to 3 stand in, the lower is careful."""
    errors = [[1.0]] * wrong + [[0.0]] * (40 - wrong)
    interval = of(errors, [[500]] * 40)
    assert 0 <= interval.low <= limits[0] / 20_000
    assert interval.high == pytest.approx(limits[1] / 20_000, rel=0.01)


def test_groups_that_are_all_alike_have_an_interval_that_is_no_point():
    """Two pages with the same rate do not make it certain."""
    interval = of([[5], [10]], [[100], [200]])
    assert interval.low == 0
    assert 2 * 0.05 < interval.high < 1


def test_a_group_without_base_counts_with_its_errors():
    """A page with an empty truth has insertions only."""
    pages = [*zip(ERRORS, BASES, strict=True), ([30.0], [0.0])]
    interval = of([e for e, _ in pages], [b for _, b in pages])
    rate = (sum(e for e, _ in PAGES) + 30) / sum(b for _, b in PAGES)
    assert 0 <= interval.low < rate < interval.high < math.inf


@pytest.mark.parametrize(
    ("errors", "bases", "says"),
    [
        ([1, 2], [3, 4], "errors is no matrix"),
        (np.zeros((0, 1)), np.zeros((0, 1)), "errors is no matrix"),
        ([[1], [2]], [[3]], "differ in shape"),
        ([[1], [-2]], [[3], [4]], "errors holds a count that is negative"),
        ([[1], [2]], [[3], [math.nan]], "bases holds a count that is negative or not finite"),
    ],
)
def test_matrices_that_are_none_are_refused(errors, bases, says: str):
    """The message names the matrix."""
    with pytest.raises(ValueError, match=says):
        intervals(errors, bases)


def test_the_method_names_all_that_it_depends_on():
    """A signature must let others make the same interval."""
    assert str(RESAMPLES) in METHOD
    assert str(SEED) in METHOD


def test_exchanges_of_few_groups_are_all_tried():
    """The p-value is that of counting by hand."""
    a, b = [9, 4, 7, 12, 6, 8], [7, 4, 6, 9, 7, 5]
    (found,) = compare([[e] for e in a], [[100]] * 6, [[e] for e in b], [[100]] * 6)
    differences = [y - x for x, y in zip(a, b, strict=True)]
    as_far = sum(
        abs(sum(s * d for s, d in zip(signs, differences, strict=True))) >= abs(sum(differences))
        for signs in itertools.product((-1, 1), repeat=6)
    )
    assert found.p == as_far / 64
    assert found.difference == pytest.approx(sum(differences) / 600)


def test_random_exchanges_come_near_all_exchanges():
    """A sign test in disguise: of 16 groups 13 speak for b, which has an exact binomial probability."""
    b = [[9]] * 13 + [[11]] * 3
    (found,) = compare([[10]] * 16, [[100]] * 16, b, [[100]] * 16)
    exact = 2 * sum(math.comb(16, k) for k in range(4)) / 2**16
    assert found.p == pytest.approx(exact, rel=0.15)


def test_p_is_never_zero():
    """So many random exchanges cannot show a probability below one in as many."""
    (found,) = compare([[50]] * 100, [[100]] * 100, [[1]] * 100, [[100]] * 100)
    assert found.p == 1 / (RESAMPLES + 1)


def test_p_is_uniform_without_a_difference():
    """Systems that are exchangeable are told apart at 0.05 in about one case of twenty."""
    generator = np.random.default_rng(11)
    rates = generator.gamma(1, 0.05, size=(20, 400))
    bases = np.full(rates.shape, 1000.0)
    a, b = generator.poisson(bases * rates), generator.poisson(bases * rates)
    found = [c.p for c in compare(a, bases, b, bases, resamples=999)]
    assert 0.02 <= statistics.mean(p <= 0.05 for p in found) <= 0.08
    assert statistics.mean(found) == pytest.approx(0.5, abs=0.06)


def test_exchanging_the_systems_turns_the_comparison_round():
    """The difference changes its sign, the interval its ends, and p stays."""
    b = [[max(0.0, e - 10)] for (e,) in ERRORS]
    (there,), (back,) = compare(ERRORS, BASES, b, BASES), compare(b, BASES, ERRORS, BASES)
    assert there.interval
    assert back.interval
    assert back.difference == pytest.approx(-there.difference)
    assert (back.interval.low, back.interval.high) == pytest.approx((-there.interval.high, -there.interval.low))
    assert back.p == there.p


def test_a_difference_has_an_interval_as_long_to_either_side():
    """Half of it is the 95% quantile of the studentised resamples, here near that of t with 59 degrees of freedom."""
    generator = np.random.default_rng(9)
    a, b = generator.poisson(50, size=(60, 1)), generator.poisson(40, size=(60, 1))
    (found,) = compare(a, np.full((60, 1), 1000), b, np.full((60, 1), 1000))
    assert found.interval
    half = (found.interval.high - found.interval.low) / 2
    assert found.difference == pytest.approx(found.interval.low + half)
    assert half == pytest.approx(2.001 * (b - a).std(ddof=1) / math.sqrt(60) / 1000, rel=0.05)


def test_a_pair_is_surer_than_its_systems():
    """What makes a page bad for both cancels."""
    generator = np.random.default_rng(6)
    bases = np.full((40, 1), 2000.0)
    rates = generator.gamma(1, 0.05, size=(40, 1))
    a = generator.poisson(bases * rates)
    b = generator.binomial(a, 0.9)
    (found,) = compare(a, bases, b, bases)
    alone = of(a, bases)
    assert found.interval
    assert found.interval.low < found.difference < found.interval.high < 0
    assert found.interval.high - found.interval.low < (alone.high - alone.low) / 5
    assert found.p < 0.01


def test_equal_systems_differ_by_less_than_a_few_errors():
    """No difference on these pages does not make it certain that there is none."""
    (found,) = compare(ERRORS, BASES, ERRORS, BASES)
    total = sum(b for _, b in PAGES)
    assert (found.difference, found.p) == (0, 1)
    assert found.interval
    assert found.interval.high == pytest.approx(3.69 / total, rel=0.01)
    assert found.interval.low == -found.interval.high


def test_one_group_compares_without_interval():
    """The difference is known, and p says that one group can show nothing."""
    (found,) = compare([[10]], [[100]], [[5]], [[100]])
    assert (found.interval, found.p) == (None, 1)
    assert found.difference == pytest.approx(-0.05)


def test_a_system_without_base_cannot_be_compared():
    """Its rate is not known."""
    with pytest.raises(ValueError, match="nothing to count on"):
        compare([[1], [2]], [[0], [0]], [[1], [2]], [[10], [10]])
