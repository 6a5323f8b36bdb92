"""How sure a micro average is: intervals by bootstrap over groups, and two systems compared in pairs.

Everything starts from counts that were summed over the documents of each group (a cluster, a volume; else a document
is its own group), so no text is aligned again. Matrices have one row a group and one column a measure; `errors` holds
numerators (characters wrong, right words broken), `bases` what they are counted on (characters of the truth, right
words). The random numbers go by the order of the rows: sort groups by name to get the same interval from the same
groups.

The interval is the bootstrap-t (Efron and Tibshirani 1993, chapter 12) of a ratio with its linearised standard error,
and for a difference the symmetric one (Hall 1992, chapter 3); `docs/decisions/005-intervals.md` says why, and from how
many groups on it can be relied on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["FEW_GROUPS", "METHOD", "RESAMPLES", "SEED", "Comparison", "Interval", "Z", "compare", "intervals"]

SEED = 20_260_101
"""Seed of every resample: equal counts give equal intervals."""

RESAMPLES = 10_000
"""Resamples of an interval, and random exchanges of a test."""

FEW_GROUPS = 40
"""Below so many groups an interval is to be shown with a warning (docs/decisions/005-intervals.md)."""

METHOD = f"95% intervals by bootstrap-t over groups, {RESAMPLES} resamples, seed {SEED}"
"""What a signature says of the intervals."""

_Matrix = npt.NDArray[np.float64]
_Statistic = Callable[[_Matrix], tuple[_Matrix, _Matrix]]

_TAIL = 0.025
Z = 1.959964
"""The quantile of the normal distribution that leaves 2.5% above it."""
# Up to here all exchanges of two systems are tried, which are fewer than the random ones.
_EXACT_GROUPS = 12
# Where more resamples than this share have no spread (none of them has an error, or all are of one group), those that
# nearly have none make up the tail of t, and it says nothing.
_WITHOUT_SPREAD = 0.001
# Numbers held at once for one block of resamples, 32 MB of weights and 8 MB of sums: sums are many matrices of one
# size, and larger ones are slower, since each is mapped and unmapped again.
_WEIGHTS, _SUMS = 4_000_000, 1_000_000
# Differences below this share of what they are differences of are rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """The 95% interval `[low, high]` of a rate or of a difference of two rates, as fractions."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """System b against system a: `difference` is b's micro average less a's, so below 0 b makes fewer errors.

    `p` is the two-sided probability of a difference as large as this if the systems were exchangeable in each group.
    """

    difference: float
    interval: Interval | None
    p: float


def intervals(
    errors: npt.ArrayLike, bases: npt.ArrayLike, *, resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[Interval | None, ...]:
    """The 95% interval of `sum(errors) / sum(bases)` for each measure; all measures share the resamples.

    Both matrices have the shape (groups, measures). None where there is only one group, or nothing to count on. Where
    no group has an error the interval is [0, 3.7 / sum(bases)]: what the rate may be if errors fall singly (Poisson).
    Where they fall in clusters it may be higher, but without an error nobody knows how large the clusters are. Raises
    ValueError for matrices of other shapes and for counts that are negative or not finite.
    """
    of, on = _matrix(errors, "errors"), _matrix(bases, "bases")
    _check_shapes(of, on)
    total = on.sum(axis=0)
    known = (total > 0) & (len(of) > 1)
    if not known.any():
        return tuple(None for _ in known)
    of, on, total = of[:, known], on[:, known], total[known]
    rate = of.sum(axis=0) / total
    # Centred on the estimate, sums of squares lose no digits.
    low, high = _bootstrap_t(np.stack([of - rate * on, on]), _ratio, symmetric=False, resamples=resamples, seed=seed)
    high = np.where(np.isfinite(high), rate + high, _most(of / total, one=1 / total))
    limits = iter(_intervals(np.maximum(rate + low, 0.0), high))
    return tuple(next(limits) if k else None for k in known)


def compare(
    errors_a: npt.ArrayLike,
    bases_a: npt.ArrayLike,
    errors_b: npt.ArrayLike,
    bases_b: npt.ArrayLike,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[Comparison, ...]:
    """Systems a and b on the same groups, in the same order: for each measure the difference of the micro averages.

    Four matrices of the shape (groups, measures). The interval is by symmetric bootstrap-t over groups, None where
    there is only one. The p-value is by approximate randomisation (Noreen 1989): the counts of a group are exchanged
    between the systems or not, at random; up to 12 groups all exchanges are tried. Raises ValueError as `intervals`
    does, and where a system has nothing to count on.
    """
    a, on_a = _matrix(errors_a, "errors_a"), _matrix(bases_a, "bases_a")
    b, on_b = _matrix(errors_b, "errors_b"), _matrix(bases_b, "bases_b")
    _check_shapes(a, on_a, b, on_b)
    total_a, total_b = on_a.sum(axis=0), on_b.sum(axis=0)
    if not (np.all(total_a > 0) and np.all(total_b > 0)):
        raise ValueError("a measure has nothing to count on in one of the systems")
    rate_a, rate_b = a.sum(axis=0) / total_a, b.sum(axis=0) / total_b
    difference = rate_b - rate_a
    p = _p_values(np.stack([a, on_a, b, on_b]), resamples=resamples, seed=seed)
    found: tuple[Interval | None, ...] = (None,) * len(difference)
    if len(a) > 1:
        centred = np.stack([a - rate_a * on_a, on_a, b - rate_b * on_b, on_b])
        low, high = _bootstrap_t(centred, _difference, symmetric=True, resamples=resamples, seed=seed)
        share, one = b / total_b - a / total_a, 1 / np.minimum(total_a, total_b)
        low = np.where(np.isfinite(low), difference + low, -_most(-share, one=one))
        high = np.where(np.isfinite(high), difference + high, _most(share, one=one))
        found = _intervals(low, high)
    return tuple(
        Comparison(difference=float(d), interval=i, p=float(q)) for d, i, q in zip(difference, found, p, strict=True)
    )


def _intervals(low: _Matrix, high: _Matrix) -> tuple[Interval, ...]:
    return tuple(Interval(low=float(a), high=float(b)) for a, b in zip(low, high, strict=True))


def _matrix(values: npt.ArrayLike, name: str) -> _Matrix:
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2 or not len(matrix):
        raise ValueError(f"{name} is no matrix of groups and measures: its shape is {matrix.shape}")
    if not np.all(np.isfinite(matrix)) or np.any(matrix < 0):
        raise ValueError(f"{name} holds a count that is negative or not finite")
    return matrix


def _check_shapes(first: _Matrix, *others: _Matrix) -> None:
    for other in others:
        if other.shape != first.shape:
            raise ValueError(f"matrices differ in shape: {first.shape} and {other.shape}")


def _ratio(totals: _Matrix) -> tuple[_Matrix, _Matrix]:
    """The ratio of the two totals, and its derivative by each; 0 where a resample has nothing to count on."""
    numerator, denominator = totals
    value = np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)
    per = np.divide(1.0, denominator, out=np.zeros_like(numerator), where=denominator > 0)
    return value, np.stack([per, -value * per])


def _difference(totals: _Matrix) -> tuple[_Matrix, _Matrix]:
    """The second ratio of four totals less the first, and its derivative by each total."""
    (first, by_first), (second, by_second) = _ratio(totals[:2]), _ratio(totals[2:])
    return second - first, np.concatenate([-by_first, by_second])


def _bootstrap_t(
    counts: _Matrix, statistic: _Statistic, *, symmetric: bool, resamples: int, seed: int
) -> tuple[_Matrix, _Matrix]:
    """How far the limits of the interval lie from the estimate, by measure; infinite where resamples set no limit.

    `counts` has the shape (variables, groups, measures) and is centred so that the statistic of all groups is 0. The
    interval has equal tails, or is as long to either side (`symmetric`).
    """
    variables, groups, measures = counts.shape
    pairs = [(i, j) for i in range(variables) for j in range(i, variables)]
    columns = np.concatenate([*counts, *(counts[i] * counts[j] for i, j in pairs)], axis=1)
    t, row = np.empty((resamples, measures)), 0
    below, above = np.zeros(measures), np.zeros(measures)
    for weights in _resampled(groups, columns.shape[1], resamples=resamples, seed=seed):
        value, error = _linearised(weights @ columns, variables, pairs, statistic)
        below += np.sum((error == 0) & (value <= 0), axis=0)
        above += np.sum((error == 0) & (value >= 0), axis=0)
        with np.errstate(divide="ignore"):
            t[row : row + len(value)] = np.divide(value, error, out=np.zeros_like(value), where=value != 0)
        row += len(value)
    if symmetric:
        below = above = below + above
    error = _linearised(np.ones((1, groups)) @ columns, variables, pairs, statistic)[1][0]
    least, most = _quantiles(t, symmetric=symmetric)
    with np.errstate(invalid="ignore"):
        low, high = -most * error, -least * error
    return (
        np.where(above > _WITHOUT_SPREAD * resamples, -np.inf, low),
        np.where(below > _WITHOUT_SPREAD * resamples, np.inf, high),
    )


def _quantiles(t: _Matrix, *, symmetric: bool) -> tuple[_Matrix, _Matrix]:
    """The limits between which 95% of each column lie, with equal tails or as far from 0 on either side."""
    resamples = len(t)
    if symmetric:
        at = resamples - max(1, int(2 * _TAIL * (resamples + 1)))
        most = np.partition(np.abs(t), at, axis=0)[at]
        return -most, most
    at = max(1, int(_TAIL * (resamples + 1))) - 1
    t = np.partition(t, (at, resamples - 1 - at), axis=0)
    return t[at], t[resamples - 1 - at]


def _resampled(groups: int, columns: int, *, resamples: int, seed: int) -> Iterator[_Matrix]:
    """How often each resample has each group, in blocks of resamples that fit into memory."""
    generator = np.random.default_rng(seed)
    block = _block(groups, columns)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = generator.integers(0, groups, size=(rows, groups), dtype=np.int64)
        drawn += np.arange(rows, dtype=np.int64)[:, None] * groups
        yield np.bincount(drawn.ravel(), minlength=rows * groups).reshape(rows, groups).astype(np.float64)


def _block(groups: int, columns: int) -> int:
    return max(1, min(_WEIGHTS // groups, _SUMS // columns))


def _linearised(
    sums: _Matrix, variables: int, pairs: list[tuple[int, int]], statistic: _Statistic
) -> tuple[_Matrix, _Matrix]:
    """The statistic of each resample and its standard error by the delta method, both (resamples, measures).

    The error leaves out the factor of n / (n - 1), since it scales resamples and sample alike.
    """
    parts = np.stack(np.split(sums, variables + len(pairs), axis=1))
    totals, products = parts[:variables], parts[variables:]
    value, by = statistic(totals)
    terms = [(1 if i == j else 2) * by[i] * by[j] * q for (i, j), q in zip(pairs, products, strict=True)]
    variance: _Matrix = np.sum(terms, axis=0)
    scale: _Matrix = np.sum(np.abs(terms), axis=0)
    variance = np.where(variance > _ROUNDING * scale, variance, 0.0)
    return value, np.sqrt(variance)


def _most(shares: _Matrix, *, one: _Matrix) -> _Matrix:
    """How much the positive shares of the groups may come to, if clusters of their typical size fall at random.

    `shares` has the shape (groups, measures) and sums up to the estimate; `one` is what a single error comes to, and
    the size of a cluster where no group has any. The limit of a Poisson count is Wilson and Hilferty's. It stands in
    where so few groups have an error that some resamples have none, and bootstrap-t sets no limit.
    """
    positive = np.maximum(shares, 0.0)
    total, squares = positive.sum(axis=0), (positive**2).sum(axis=0)
    size = np.divide(squares, total, out=one.copy(), where=total > 0)
    clusters = total / size + 1
    limit: _Matrix = size * clusters * (1 - 1 / (9 * clusters) + Z / (3 * np.sqrt(clusters))) ** 3
    return limit


def _p_values(counts: _Matrix, *, resamples: int, seed: int) -> _Matrix:
    """For each measure the share of exchanges whose difference is at least as far from 0 as the one found."""
    a, b = counts[:2], counts[2:]
    groups, measures = a.shape[1:]
    change = np.concatenate([*(b - a)], axis=1)
    all_a, all_b = a.sum(axis=1), b.sum(axis=1)
    found = np.abs(all_b[0] / all_b[1] - all_a[0] / all_a[1])
    # Exchanges that give the same difference in other words must not fall short of it by rounding.
    enough = found - _ROUNDING * (all_b[0] / all_b[1] + all_a[0] / all_a[1])
    as_far, tried = np.zeros(measures), 0
    for exchanged in _exchanges(groups, 2 * measures, resamples=resamples, seed=seed):
        moved = (exchanged @ change).reshape(len(exchanged), 2, measures).transpose(1, 0, 2)
        (of_a, on_a), (of_b, on_b) = all_a[:, None] + moved, all_b[:, None] - moved
        # An exchange that leaves a system nothing to count on counts as far: that makes the test careful.
        with np.errstate(divide="ignore", invalid="ignore"):
            as_far += np.sum(~(np.abs(of_b / on_b - of_a / on_a) < enough), axis=0)
        tried += len(exchanged)
    if groups <= _EXACT_GROUPS:
        return as_far / tried
    return (as_far + 1) / (tried + 1)


def _exchanges(groups: int, columns: int, *, resamples: int, seed: int) -> Iterator[_Matrix]:
    """Blocks of rows that say which groups are exchanged: all there are, or random ones."""
    if groups <= _EXACT_GROUPS:
        yield ((np.arange(2**groups)[:, None] >> np.arange(groups)) & 1).astype(np.float64)
        return
    generator = np.random.default_rng(seed)
    block = _block(groups, columns)
    bits = math.ceil(groups / 8)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = generator.integers(0, 256, size=(rows, bits), dtype=np.uint8)
        yield np.unpackbits(drawn, axis=1, count=groups).astype(np.float64)
