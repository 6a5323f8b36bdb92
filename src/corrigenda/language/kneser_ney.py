"""Estimating an interpolated modified Kneser-Ney model, with numpy alone.

After S. F. Chen and J. Goodman, *An empirical study of smoothing techniques for language modeling*, Computer Speech and
Language 13 (1999), section 4.2.1. Of the count of an n-gram a discount is taken, one for counts of one, of two, and of
three and more; what the discounts free goes to the shorter history. Shorter n-grams count not how often they stand in
the text but after how many different words; those that begin a sequence, which stand after nothing, are
plainly counted.

What is counted are symbols (words, letters) in sequences (paragraphs, words). An n-gram is one number: the ids of its
symbols, so many bits each, the last symbol lowest. So sorting puts the n-grams of a history side by side, a shift gives
the history, and a mask what is left when the first symbol is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from corrigenda.language.words import BEGIN, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Floats = NDArray[np.float64]
    Counted = tuple[Keys, NDArray[np.int64]]

__all__ = ["BEGIN_ID", "WORD_BITS", "Level", "count_ngrams", "discounts", "estimate", "log_probabilities", "prune"]

WORD_BITS = 16
"""Bits for the id of a word: 65,536 ids, and four words in one number."""
BEGIN_ID = SPECIAL.index(BEGIN)
"""The id of the symbol that opens a sequence, of words as of letters."""
# Where counts of counts do not give discounts (a text of a few pages), these do no harm.
_PLAIN_DISCOUNTS = (0.5, 1.0, 1.5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """The n-grams of one order, sorted.

    `counts` are as Kneser and Ney count them. `mass` is the share of its history's occurrences that an n-gram has after
    the discount; `rest` is what, as a history itself, it leaves to the shorter one (1 where nothing was seen after it).
    The probability of an n-gram is its mass and the rest of its history times the probability of its shorter form.
    """

    order: int
    bits: int
    keys: Keys
    counts: NDArray[np.int64]
    discounts: tuple[float, float, float]
    mass: Floats
    rest: Floats


def _history(keys: Keys, bits: int) -> Keys:
    """The n-grams without their last symbols."""
    return keys >> np.uint64(bits)


def _suffix(keys: Keys, bits: int, order: int) -> Keys:
    """The last `order` symbols of n-grams."""
    return keys & np.uint64((1 << bits * order) - 1)


def _packed(ids: NDArray[np.uint16], order: int, bits: int) -> Keys:
    """Every n-gram of `order` within the sequences of `ids`, as it comes."""
    if len(ids) < order:
        return np.empty(0, np.uint64)
    windows = len(ids) - order + 1
    keys = ids[:windows].astype(np.uint64)
    within = np.ones(windows, np.bool_)
    for place in range(1, order):
        word = ids[place : place + windows]
        keys = keys << np.uint64(bits) | word
        within &= word != BEGIN_ID
    return keys[within]


def _merged(parts: Sequence[Counted]) -> Counted:
    """The sum of counts from several places, sorted by key."""
    keys = np.concatenate([part[0] for part in parts])
    counts = np.concatenate([part[1] for part in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = _first_of_run(keys)
    return keys[first], np.add.reduceat(counts, first) if len(first) else counts


def _first_of_run(keys: NDArray[Any]) -> NDArray[np.intp]:
    """Where in sorted `keys` each new value begins."""
    return np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.intp)


def count_ngrams(streams: Iterable[NDArray[np.uint16]], order: int, bits: int = WORD_BITS) -> list[Counted]:
    """Count the n-grams of `streams` for the orders 1 to `order` as Kneser and Ney do; ids have `bits` bits.

    A stream holds sequences, each begun by `BEGIN_ID`; several make up one text, and only one need be in memory.
    Returns, by order, sorted keys and counts; the unigrams are those that were met, without `BEGIN_ID`.
    """
    if not 2 <= order <= 64 // bits:
        msg = f"n-grams of 2 to {64 // bits} symbols can be counted, not of {order}"
        raise ValueError(msg)
    whole: list[Counted] = []
    opening: list[list[Counted]] = [[] for _ in range(order)]
    for ids in streams:
        whole.append(_unique(_packed(ids, order, bits)))
        for shorter in range(2, order):
            keys = _packed(ids, shorter, bits)
            opening[shorter].append(_unique(keys[_history(keys, bits * (shorter - 1)) == BEGIN_ID]))
    levels = [_merged(whole)]
    for shorter in range(order - 1, 0, -1):
        # The longer level holds each n-gram once, so what ends alike in it stands after that many different symbols.
        continued = _unique(_suffix(levels[0][0], bits, shorter))
        levels.insert(0, _merged([continued, *opening[shorter]]))
    return levels


def _unique(keys: Keys) -> Counted:
    unique, counts = np.unique(keys, return_counts=True)
    return unique, counts.astype(np.int64)


def discounts(counts: NDArray[np.int64]) -> tuple[float, float, float]:
    """What is taken off counts of 1, of 2, and of 3 and more, by Chen and Goodman's formulas from counts of counts.

    Where these give none (a count that never occurs, a discount that is not between 0 and its count) plain ones.
    """
    n1, n2, n3, n4 = (int((counts == k).sum()) for k in (1, 2, 3, 4))
    if not all((n1, n2, n3, n4)):
        return _PLAIN_DISCOUNTS
    y = n1 / (n1 + 2 * n2)
    found = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    return found if all(0 < d < k for k, d in enumerate(found, 1)) else _PLAIN_DISCOUNTS


def _taken(counts: NDArray[np.int64], off: tuple[float, float, float]) -> Floats:
    return np.array([0.0, *off])[np.minimum(counts, 3)]


def estimate(counted: Sequence[Counted], symbols: int, bits: int = WORD_BITS) -> list[Level]:
    """Estimate the levels of a model from `count_ngrams`; ids run from 0 to `symbols` - 1.

    What is taken off the unigrams is spread over all symbols but `BEGIN_ID`, which nothing predicts.
    """
    levels = [_unigrams(*counted[0], symbols, bits)]
    for keys, counts in counted[1:]:
        off = discounts(counts)
        taken = _taken(counts, off)
        history = _history(keys, bits)
        first = _first_of_run(history)
        run = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(keys))))
        totals = np.add.reduceat(counts, first).astype(np.float64)
        rest = np.ones(len(levels[-1].keys))
        rest[np.searchsorted(levels[-1].keys, history[first])] = np.add.reduceat(taken, first) / totals
        levels[-1] = replace(levels[-1], rest=rest)
        levels.append(
            Level(
                order=levels[-1].order + 1,
                bits=bits,
                keys=keys,
                counts=counts,
                discounts=off,
                mass=(counts - taken) / totals[run],
                rest=np.ones(len(keys)),
            )
        )
    return levels


def _unigrams(keys: Keys, counts: NDArray[np.int64], size: int, bits: int) -> Level:
    off = discounts(counts)
    taken = _taken(counts, off)
    every = np.zeros(size, np.int64)
    every[keys] = counts
    mass = np.zeros(size)
    mass[keys] = (counts - taken) / counts.sum()
    mass += taken.sum() / counts.sum() / (size - 1)
    mass[BEGIN_ID] = 0.0
    return Level(
        order=1,
        bits=bits,
        keys=np.arange(size, dtype=np.uint64),
        counts=every,
        discounts=off,
        mass=mass,
        rest=np.ones(size),
    )


def _rest_of_history(level: Level, shorter: Level) -> Floats:
    return shorter.rest[np.searchsorted(shorter.keys, _history(level.keys, level.bits))]


def _lower(level: Level, levels: Sequence[Level], probabilities: Sequence[Floats]) -> Floats:
    """The probability that the shorter history gives the last symbol of each n-gram of `level`."""
    lower = np.ones(len(level.keys))
    found = np.zeros(len(level.keys), np.bool_)
    for order in range(level.order - 1, 0, -1):
        shorter = levels[order - 1]
        suffix = _suffix(level.keys, level.bits, order)
        place = np.minimum(np.searchsorted(shorter.keys, suffix), len(shorter.keys) - 1)
        here = ~found & (shorter.keys[place] == suffix)
        lower[here] *= probabilities[order - 1][place[here]]
        found |= here
        if order > 1:
            lower[~found] *= _rest_where_known(levels[order - 2], _history(suffix[~found], level.bits))
    return lower


def _rest_where_known(level: Level, history: Keys) -> Floats:
    place = np.minimum(np.searchsorted(level.keys, history), len(level.keys) - 1)
    return np.where(level.keys[place] == history, level.rest[place], 1.0)


def log_probabilities(levels: Sequence[Level]) -> list[Floats]:
    """By order the natural logarithm of the probability of every n-gram; that of `BEGIN_ID` is minus infinity."""
    probabilities = [levels[0].mass]
    for level in levels[1:]:
        lower = _lower(level, levels, probabilities)
        probabilities.append(level.mass + _rest_of_history(level, levels[level.order - 2]) * lower)
    with np.errstate(divide="ignore"):
        return [np.log(probability) for probability in probabilities]


def prune(levels: Sequence[Level], *, least: Sequence[int], thresholds: Sequence[float]) -> list[Level]:
    """Drop n-grams that were met less often than `least` or that the shorter history predicts nearly as well.

    Both are given for the orders from 2 on. What an n-gram is worth is its count after the discount (what it may be
    expected to occur in another text of the length) times the log-probability that is lost without it: the weighted
    difference of K. Seymore and R. Rosenfeld, *Scalable backoff language models* (1996). The mass of what is dropped
    goes to the rest of its history, so that each history's probabilities still add up to one. The history of a longer
    n-gram that stays is kept.
    """
    kept = list(levels)
    for order in range(len(levels), 1, -1):
        level, shorter = kept[order - 1], kept[order - 2]
        lower = _lower(level, kept, [np.exp(p) for p in log_probabilities(kept[: order - 1])])
        loss = np.log(level.mass + _rest_of_history(level, shorter) * lower)
        loss -= np.log((level.mass + _rest_of_history(level, shorter)) * lower)
        expected = level.counts - _taken(level.counts, level.discounts)
        keep = (level.counts >= least[order - 2]) & (expected * loss >= thresholds[order - 2])
        if order < len(levels):
            keep[np.searchsorted(level.keys, _history(kept[order].keys, level.bits))] = True
        history = np.searchsorted(shorter.keys, _history(level.keys, level.bits))
        freed = np.bincount(history[~keep], level.mass[~keep], len(shorter.keys))
        kept[order - 2] = replace(shorter, rest=shorter.rest + freed)
        kept[order - 1] = replace(
            level,
            keys=level.keys[keep],
            counts=level.counts[keep],
            mass=level.mass[keep],
            rest=level.rest[keep],
        )
    return kept
