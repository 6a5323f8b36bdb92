"""How many documents must be transcribed for an error rate to be known well enough, and which ones.

A pilot of scored documents shows how much error rates differ between documents, which is what makes a micro average
unsure; the length of the documents hardly matters. From it follows how many documents give an interval of the wanted
width (Cochran 1977, chapters 4 and 6: the linearised variance of a ratio). The documents are then drawn by
stratum. Transcribing what was easy to find instead of what was drawn makes every figure here void.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from corrigenda.score.resample import FEW_GROUPS, SEED

__all__ = ["PilotDocument", "Plan", "allocate", "deviations", "draw", "half_width", "plan", "t_quantile"]

_CONFIDENCE = 0.975
_RESAMPLES = 2_000
# A pilot of which one document makes up so much of the variance says little of the others.
_ONE_DOCUMENT = 0.5
_ENOUGH_IN_STRATUM = 2
# Numbers held at once for one block of resamples.
_BLOCK = 500_000

_Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class PilotDocument:
    """A scored document of the pilot: its errors, what they are counted on (`base`), and its stratum."""

    errors: float
    base: float
    stratum: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What must be transcribed so that the 95% interval of `rate` is at most `wanted` to either side.

    `rate`, `expected` (the half-width at the size of the pilot) and `wanted` are fractions. `needed` counts the pilot
    in, `more` does not. `needed_low` and `needed_high` are the needs that the pilot's own uncertainty leaves open (95%
    by bootstrap); `needed_high` is None where it sets no limit. `table` has pairs of a number of documents and the
    half-width to expect from it. `small` says that the pilot is too small to be trusted.
    """

    pilot: int
    rate: float
    wanted: float
    expected: float
    needed: int
    needed_low: int
    needed_high: int | None
    more: int
    table: tuple[tuple[int, float], ...]
    small: bool


def plan(pilot: Sequence[PilotDocument], *, wanted: float, pages: int | None = None) -> Plan:
    """The plan for a half-width of `wanted` (a fraction) of the micro average of the documents that `pilot` stands for.

    `pages` is the number of documents in the whole collection, of which the pilot is part, if it is known: the more of
    them are transcribed, the less is left to chance. Strata are not counted on: a stratified sample is a little better
    than planned. A pilot without differences between its documents is planned for as though one of them had one error
    more. The pilot is `small` where it has fewer documents than `FEW_GROUPS`, or one of them makes up half of its
    variance. Raises ValueError for a pilot of fewer than two documents or without anything to count on, a `wanted` that
    is not above 0, and a collection smaller than its pilot.
    """
    errors, bases = _checked(pilot, wanted, pages)
    rate, spread = _spread(errors, bases)
    squares = (errors - rate * bases) ** 2
    low, high = _spread_range(errors, bases, spread)
    needed = _needed(spread, wanted, pages)
    sizes = sorted({len(pilot), 2 * len(pilot), 4 * len(pilot), max(2, needed // 2), needed, 2 * needed})
    return Plan(
        pilot=len(pilot),
        rate=rate,
        wanted=wanted,
        expected=half_width(len(pilot), spread, pages),
        needed=needed,
        needed_low=_needed(min(spread, low), wanted, pages),
        needed_high=_most_needed(max(spread, high), wanted, pages),
        more=max(0, needed - len(pilot)),
        table=tuple((n, half_width(n, spread, pages)) for n in sizes if pages is None or n <= pages),
        small=len(pilot) < FEW_GROUPS or bool(np.max(squares) >= _ONE_DOCUMENT * np.sum(squares)),
    )


def half_width(documents: int, spread: float, pages: int | None = None) -> float:
    """Half of the 95% interval to expect of a micro average over so many documents, out of `pages` if that is known.

    `spread` is the standard deviation of a document's errors about the average rate, divided by the mean base. Raises
    ValueError for fewer than two documents.
    """
    left = 1.0 if pages is None else max(0.0, 1 - documents / pages)
    return t_quantile(_CONFIDENCE, documents - 1) * spread * math.sqrt(left / documents)


def t_quantile(probability: float, freedom: int) -> float:
    """The quantile of Student's t: exact for 1 and 2 degrees of freedom, else by expansion, good to 0.2% at 0.975.

    The expansion is that of Cornish and Fisher (Abramowitz and Stegun 26.7.5). Raises ValueError for `freedom` below 1.

    >>> round(t_quantile(0.975, 9), 3)
    2.262
    """
    if freedom < 1:
        raise ValueError("a quantile of t needs a degree of freedom, and so two documents")
    if freedom == 1:
        return math.tan(math.pi * (probability - 0.5))
    if freedom == 2:
        return (2 * probability - 1) * math.sqrt(2 / (4 * probability * (1 - probability)))
    z = NormalDist().inv_cdf(probability)
    terms: tuple[float, ...] = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return math.fsum(term / math.pow(freedom, power) for power, term in enumerate(terms))


def deviations(pilot: Sequence[PilotDocument]) -> dict[str, float]:
    """For each stratum with two documents or more: the standard deviation of a document's errors, at its own rate.

    The strata are ordered by name. They tell `allocate` where documents differ most.
    """
    strata: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for document in pilot:
        strata[document.stratum].append((document.errors, document.base))
    found = {}
    for name in sorted(strata):
        errors, bases = np.array(strata[name], dtype=np.float64).T
        if len(errors) >= _ENOUGH_IN_STRATUM and bases.sum() > 0:
            rate = errors.sum() / bases.sum()
            found[name] = float(np.std(errors - rate * bases, ddof=1))
    return found


def allocate(needed: int, strata: Mapping[str, int], deviations: Mapping[str, float] | None = None) -> dict[str, int]:
    """How many of `needed` documents to draw from each stratum of so many pages, by name of the stratum.

    In proportion to the pages, or, where `deviations` are known, to pages times deviation (Neyman). Each stratum gets
    at least two documents or all that it has, so that its own spread can be told. The deviation of a stratum that the
    pilot does not know is taken to be the largest known; one of 0 is chance, and taken to be the smallest above it.
    Raises ValueError where `needed` is more than there is, or fewer than the strata's least.
    """
    least = {name: min(_ENOUGH_IN_STRATUM, pages) for name, pages in strata.items()}
    if not sum(least.values()) <= needed <= sum(strata.values()):
        raise ValueError(
            f"{needed} documents cannot be drawn: the strata have {sum(strata.values())}, "
            f"and need {sum(least.values())} so that each has {_ENOUGH_IN_STRATUM}"
        )
    weights = _weights(strata, deviations or {})
    names = sorted(strata)
    exact = _filled(needed, [weights[n] for n in names], [least[n] for n in names], [strata[n] for n in names])
    shares = dict(zip(names, exact, strict=True))
    given = {name: math.floor(share) for name, share in shares.items()}
    by_rest = sorted(names, key=lambda name: (given[name] - shares[name], name))
    short = needed - sum(given.values())
    for name in [name for name in by_rest if given[name] < strata[name]][:short]:
        given[name] += 1
    return given


def draw(
    items: Mapping[str, Iterable[str]], allocation: Mapping[str, int], *, seed: int = SEED
) -> dict[str, list[str]]:
    """A random sample of so many ids from each stratum, both in the order of their names.

    Every id has a rank that comes from the seed, its stratum and itself alone. So the order in which ids are given does
    not matter, and a larger sample of the same seed holds the smaller one: a pilot that was drawn so stays part of what
    is drawn later. Raises ValueError for an id that comes twice and for a stratum with fewer ids than allocated.
    """
    drawn = {}
    for stratum in sorted(allocation):
        ids = list(items.get(stratum, ()))
        if len(set(ids)) < len(ids):
            twice = min(i for i in set(ids) if ids.count(i) > 1)
            raise ValueError(f"stratum {stratum!r} has the id {twice!r} more than once")
        if len(ids) < allocation[stratum]:
            raise ValueError(
                f"stratum {stratum!r} has {len(ids)} ids, fewer than the {allocation[stratum]} to be drawn"
            )
        ranked = sorted(ids, key=lambda item: _rank(seed, stratum, item))
        drawn[stratum] = sorted(ranked[: allocation[stratum]])
    return drawn


def _rank(seed: int, stratum: str, item: str) -> bytes:
    # repr keeps the parts apart, whatever characters they hold.
    return sha256(repr((seed, stratum, item)).encode()).digest()


def _checked(pilot: Sequence[PilotDocument], wanted: float, pages: int | None) -> tuple[_Vector, _Vector]:
    errors = np.array([d.errors for d in pilot], dtype=np.float64)
    bases = np.array([d.base for d in pilot], dtype=np.float64)
    if len(pilot) < 2 or not bases.sum() > 0:
        raise ValueError("a pilot needs two documents, and something to count errors on")
    if not wanted > 0:
        raise ValueError(f"the wanted half-width must be above 0, not {wanted}")
    if pages is not None and pages < len(pilot):
        raise ValueError(f"the collection has {pages} pages, fewer than the {len(pilot)} of the pilot")
    return errors, bases


def _spread(errors: _Vector, bases: _Vector) -> tuple[float, float]:
    """The micro average, and the standard deviation of a document's errors about it over the mean base."""
    rate = float(errors.sum() / bases.sum())
    squares = float(((errors - rate * bases) ** 2).sum())
    # Errors are whole: documents that do not differ at all would differ by one if there were one more.
    deviation = math.sqrt((squares if squares > 0 else 1.0) / (len(errors) - 1))
    return rate, deviation / float(bases.mean())


def _spread_range(errors: _Vector, bases: _Vector, spread: float) -> tuple[float, float]:
    """The 95% interval of the spread, by bootstrap-t over documents on the scale of its logarithm.

    The standard error of the logarithm of a variance comes from the fourth moment. A percentile interval holds the true
    need far too seldom, since a small pilot mostly lacks the few documents that make up the variance.
    """
    generator = np.random.default_rng(SEED)
    found = [_log_variance(errors[None], bases[None])]
    rows = max(1, _BLOCK // len(errors))
    for start in range(0, _RESAMPLES, rows):
        drawn = generator.integers(0, len(errors), size=(min(rows, _RESAMPLES - start), len(errors)))
        found.append(_log_variance(errors[drawn], bases[drawn]))
    value, error = np.concatenate(found, axis=1)
    usable = np.isfinite(value[1:]) & (error[1:] > 0)
    if not np.isfinite(value[0]) or np.mean(~usable) > 1 - _CONFIDENCE:
        return 0.0, math.inf
    t = (value[1:][usable] - value[0]) / error[1:][usable]
    low, high = np.quantile(t, (1 - _CONFIDENCE, _CONFIDENCE))
    return spread * math.exp(-high * error[0] / 2), spread * math.exp(-low * error[0] / 2)


def _log_variance(errors: _Vector, bases: _Vector) -> _Vector:
    """For each row: the logarithm of the squared spread, and its standard error (2, rows); not finite without any."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = errors.sum(axis=1, keepdims=True) / bases.sum(axis=1, keepdims=True)
        squares = (errors - rate * bases) ** 2
        second, fourth = squares.mean(axis=1), (squares**2).mean(axis=1)
        value = np.log(second / bases.mean(axis=1) ** 2)
        return np.stack([value, np.sqrt((fourth / second**2 - 1) / errors.shape[1])])


def _most_needed(spread: float, wanted: float, pages: int | None) -> int | None:
    return pages if math.isinf(spread) else _needed(spread, wanted, pages)


def _needed(spread: float, wanted: float, pages: int | None) -> int:
    """The fewest documents, two at least, whose half-width is at most `wanted`; the whole collection if none is."""
    low, high = 1, 2
    while half_width(high, spread, pages) > wanted:
        low, high = high, 2 * high
        if pages is not None and high >= pages:
            high = pages
            break
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if half_width(middle, spread, pages) <= wanted else (middle, high)
    return high


def _weights(strata: Mapping[str, int], deviations: Mapping[str, float]) -> dict[str, float]:
    known = [deviations[name] for name in strata if deviations.get(name, 0) > 0]
    if not known:
        return {name: float(pages) for name, pages in strata.items()}
    return {name: pages * max(deviations.get(name, max(known)), min(known)) for name, pages in strata.items()}


def _filled(needed: int, weights: Sequence[float], least: Sequence[int], most: Sequence[int]) -> list[float]:
    """Shares in proportion to the weights as far as the limits of each let them, which sum up to `needed`."""

    def shares(level: float) -> list[float]:
        return [min(max(level * w, a), b) for w, a, b in zip(weights, least, most, strict=True)]

    low, high = 0.0, max((b / w for w, b in zip(weights, most, strict=True) if w > 0), default=0.0)
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(shares(middle)) < needed else (low, middle)
    return shares(low)
