"""Learning the gate: trees for what is right, probabilities that mean what they say, and what each threshold breaks.

Probabilities and harm are taken from examples that the trees which judged them never saw: the examples are cut into
folds by group (a record, a cluster of readings of one text), and each fold is judged by trees grown on the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import LEAST, Bar, Gate, HarmPoint, most_harm
from corrigenda.learn.boosting import Boosting, boost
from corrigenda.learn.examples import Example

__all__ = ["FOLDS", "Studied", "folds", "isotonic", "learn_gate", "reaches"]

FOLDS = 5
_BARS = (
    *(Bar(threshold=round(0.99 - 0.01 * n, 2)) for n in range(50)),
    *(Bar(threshold=LEAST, ease=round(0.1 * n, 1)) for n in range(1, 11)),
)
"""From the most cautious to the boldest; the thresholds end at `LEAST`."""
_FEWEST_IN_STEP = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Studied:
    """A text whose truth is known: its places, how many of its words are right, and how much it weighs.

    Texts of one `group` are never parted. `judged` says that the text is of the kind that the gate is for, so that
    probabilities are told from it; others (rendered pages, read with words forgotten) help to grow trees, and tell
    what is broken where the lexicon has gaps.
    """

    group: str
    examples: tuple[Example, ...]
    right_words: int
    weight: float = 1.0
    judged: bool = True


def folds(groups: Sequence[tuple[str, int]], count: int = FOLDS) -> dict[str, int]:
    """A fold for each group, the folds of like size; `groups` has the size of every text and its group."""
    sizes: Counter[str] = Counter()
    for group, size in groups:
        sizes[group] += size
    load = [0] * count
    fold: dict[str, int] = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        lightest = load.index(min(load))
        fold[group] = lightest
        load[lightest] += size
    return fold


def learn_gate(texts: Sequence[Studied], settings: Boosting, features: tuple[str, ...] = FEATURES) -> Gate:
    """Grow the trees on all of `texts`, whose rows have these `features`, and calibrate them by folds."""
    fold = folds([(t.group, len(t.examples)) for t in texts])
    odds: dict[int, npt.NDArray[np.float64]] = {}
    for number in range(FOLDS):
        seen = [t for t in texts if fold[t.group] != number]
        held = [i for i, t in enumerate(texts) if fold[t.group] == number]
        trees = boost(*_table(seen, len(features)), settings)
        for i in held:
            odds[i] = trees.log_odds(_rows(texts[i].examples, len(features)))
    judged = [(texts[i], odds[i]) for i in sorted(odds) if texts[i].judged]
    others = [(texts[i], odds[i]) for i in sorted(odds) if not texts[i].judged]
    scores, chances = _calibration(judged)
    return Gate(
        features=features,
        trees=boost(*_table(texts, len(features)), settings),
        scores=scores,
        chances=chances,
        harm=_worse(_harm(judged, scores, chances), _harm(others, scores, chances)),
    )


def _rows(examples: Sequence[Example], width: int) -> npt.NDArray[np.float32]:
    rows = [row for e in examples for row in e.rows]
    return np.array(rows, dtype=np.float32).reshape(-1, width)


def _table(
    texts: Sequence[Studied], width: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    rows = np.concatenate([_rows(t.examples, width) for t in texts])
    right = np.array([r for t in texts for e in t.examples for r in e.right], dtype=np.bool_)
    weights = np.array([t.weight for t in texts for e in t.examples for _ in e.right], dtype=np.float64)
    return rows, right, weights


def _best(text: Studied, odds: npt.NDArray[np.float64]) -> list[tuple[Example, int, float, float]]:
    """For each place the likeliest reading other than what stands there, its log-odds, and those of keeping."""
    found, at = [], 0
    for example in text.examples:
        here = odds[at : at + len(example.rows)]
        at += len(example.rows)
        if len(here) > 1:
            best = 1 + int(np.argmax(here[1:]))
            found.append((example, best, float(here[best]), float(here[0])))
    return found


def _calibration(
    judged: Sequence[tuple[Studied, npt.NDArray[np.float64]]],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Log-odds of the likeliest readings, rising, and the share of them that was right."""
    told = [(score, e.right[best]) for t, odds in judged for e, best, score, _ in _best(t, odds)]
    scores = np.array([s for s, _ in told])
    right = np.array([float(r) for _, r in told])
    return isotonic(scores, right)


def isotonic(
    scores: npt.NDArray[np.float64], right: npt.NDArray[np.float64]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The rising steps that fit `right` over `scores` best (pool adjacent violators), as points to draw lines between.

    Steps of fewer than 25 are pooled as well, and each leans a little to one half, so that nothing is ever certain.
    """
    levels, at, times = np.unique(scores, return_inverse=True, return_counts=True)
    rights = np.bincount(at, right, len(levels))
    steps: list[list[float]] = []
    for level, r, n in zip(levels.tolist(), rights.tolist(), times.tolist(), strict=True):
        steps.append([level * n, r, float(n)])
        while len(steps) > 1 and (
            steps[-2][2] < _FEWEST_IN_STEP or steps[-1][1] / steps[-1][2] <= steps[-2][1] / steps[-2][2]
        ):
            s2, r2, n2 = steps.pop()
            steps[-1] = [steps[-1][0] + s2, steps[-1][1] + r2, steps[-1][2] + n2]
    points = [(s / n, (r + 0.5) / (n + 1)) for s, r, n in steps]
    kept = [points[0]]
    for point in points[1:]:
        if point[0] > kept[-1][0] and point[1] >= kept[-1][1]:
            kept.append(point)
    return tuple(round(s, 4) for s, _ in kept), tuple(round(c, 4) for _, c in kept)


def _harm(
    judged: Sequence[tuple[Studied, npt.NDArray[np.float64]]], scores: tuple[float, ...], chances: tuple[float, ...]
) -> tuple[HarmPoint, ...]:
    words = sum(t.right_words for t, _ in judged)
    wrong: list[tuple[float, float, int]] = []
    for text, odds in judged:
        for example, best, score, keeps in _best(text, odds):
            if score > keeps and example.right[0] and not example.right[best]:
                chance = float(np.interp(score, scores, chances))
                wrong.append((chance, example.least[best], example.place.end - example.place.start))
    return tuple(
        HarmPoint(bar=bar, broken=sum(n for c, guarded, n in wrong if reaches(c, guarded, bar)), words=words)
        for bar in _BARS
    )


def reaches(chance: float, guarded: float, bar: Bar) -> bool:
    """Whether a reading is put in at a bar that is as likely as `chance`, if a guard asks for `guarded`."""
    return chance >= bar.threshold and chance >= bar.least(guarded)


def _worse(own: tuple[HarmPoint, ...], others: tuple[HarmPoint, ...]) -> tuple[HarmPoint, ...]:
    """At each bar what is vouched for least: harm to texts of the kind itself, or to the others, if any.

    A limit of harm is to hold on a text of another field too, where more right words are unknown.
    """
    if not any(point.words for point in others):
        return own
    return tuple(max(pair, key=lambda p: most_harm(p.broken, p.words)) for pair in zip(own, others, strict=True))
