"""Gradient boosting of oblivious trees for a yes-or-no question, in numpy.

Newton boosting of the logistic loss with histograms (Chen and Guestrin 2016), the levels of a tree shared by its
branches. It is our own so that `corrigenda train` needs no compiled learner, and gives the same trees everywhere.
docs/decisions/011-gate.md sets it beside LightGBM.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corrigenda.correct.trees import Trees

__all__ = ["Boosting", "boost"]

_BINS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Boosting:
    """How trees are grown: how many, how deep, how fast, on what share of rows and features, and how smooth."""

    trees: int = 200
    depth: int = 5
    rate: float = 0.07
    rows: float = 0.35
    features: float = 0.4
    smoothing: float = 3.0
    seed: int = 1


def boost(
    rows: npt.NDArray[np.float32],
    right: npt.NDArray[np.bool_],
    weights: npt.NDArray[np.float64],
    settings: Boosting,
) -> Trees:
    """Learn from `rows` (N, F) which are `right` (N), each counting by its weight (N)."""
    edges = [_edges(rows[:, f]) for f in range(rows.shape[1])]
    binned = np.stack([np.searchsorted(e, rows[:, f], side="left") for f, e in enumerate(edges)]).astype(np.uint8)
    random = np.random.default_rng(settings.seed)
    share = float(np.average(right, weights=weights))
    bias = float(np.log(share / (1 - share)))
    odds = np.full(len(rows), bias)
    grown = []
    for _ in range(settings.trees):
        chance = 1 / (1 + np.exp(-odds))
        slope, curve = weights * (right - chance), weights * chance * (1 - chance)
        chosen = np.flatnonzero(random.random(len(rows)) < settings.rows)
        asked = np.sort(random.permutation(rows.shape[1])[: max(1, round(settings.features * rows.shape[1]))])
        levels = _grow(binned[:, chosen], slope[chosen], curve[chosen], asked, edges, settings)
        leaf = np.zeros(len(rows), dtype=np.int64)
        for feature, cut in levels:
            leaf = 2 * leaf + (binned[feature] > cut)
        size = 2**settings.depth
        up = np.bincount(leaf[chosen], slope[chosen], size)
        down = np.bincount(leaf[chosen], curve[chosen], size)
        values = settings.rate * up / (down + settings.smoothing)
        odds += values[leaf]
        grown.append((levels, values))
    return Trees(
        features=np.array([[f for f, _ in levels] for levels, _ in grown], dtype=np.int16),
        thresholds=np.array([[edges[f][c] for f, c in levels] for levels, _ in grown], dtype=np.float32),
        leaves=np.array([values for _, values in grown], dtype=np.float32),
        bias=bias,
    )


def _edges(column: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Up to `_BINS` - 1 values that part the column into shares of like size."""
    values = np.unique(column)
    if len(values) > _BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[1:-1]))
        return values.astype(np.float32)
    return ((values[1:] + values[:-1]) / 2 if len(values) > 1 else values).astype(np.float32)


def _grow(
    binned: npt.NDArray[np.uint8],
    slope: npt.NDArray[np.float64],
    curve: npt.NDArray[np.float64],
    asked: npt.NDArray[np.int64],
    edges: list[npt.NDArray[np.float32]],
    settings: Boosting,
) -> list[tuple[int, int]]:
    """The feature and the bin that each level asks for: what parts the leaves of the level before best."""
    leaf = np.zeros(binned.shape[1], dtype=np.int64)
    levels: list[tuple[int, int]] = []
    for level in range(settings.depth):
        best, found = -np.inf, (int(asked[0]), 0)
        for feature in asked:
            cuts = len(edges[feature])
            where = leaf * _BINS + binned[feature]
            size = 2**level * _BINS
            up = np.bincount(where, slope, size).reshape(-1, _BINS).cumsum(axis=1)
            down = np.bincount(where, curve, size).reshape(-1, _BINS).cumsum(axis=1)
            left = up**2 / (down + settings.smoothing)
            right = (up[:, -1:] - up) ** 2 / (down[:, -1:] - down + settings.smoothing)
            gain = (left + right).sum(axis=0)[:cuts]
            at = int(np.argmax(gain))
            if gain[at] > best:
                best, found = float(gain[at]), (int(feature), at)
        levels.append(found)
        leaf = 2 * leaf + (binned[found[0]] > found[1])
    return levels
