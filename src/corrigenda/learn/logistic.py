"""Logistic regression with a ridge, for where there are too few examples for trees (Hoerl and Kennard 1970)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Logistic", "fit"]

_MOST_STEPS = 100
_LONGEST_STEP = 2.0
_SMALL = 1e-8
_EPSILON = 1e-9


@dataclass(frozen=True, kw_only=True, slots=True)
class Logistic:
    """Natural log-odds as a sum: `bias` and one of `weights` for each unit of a column."""

    bias: float
    weights: tuple[float, ...]

    def probabilities(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The probability of each of the rows (N, number of weights)."""
        odds = self.bias + rows @ np.array(self.weights)
        chances: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return chances


def fit(
    rows: npt.NDArray[np.float64],
    right: Sequence[float],
    importance: Sequence[float],
    *,
    ridge: float,
    known: Sequence[float] | None = None,
) -> Logistic:
    """The likeliest regression of `right` (1 or 0) on the rows (N, columns), each as important as it says.

    `known` has log-odds of each row that are told already, to which the regression only adds. `ridge` draws the weights
    of the columns, measured in standard deviations, to 0.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + _EPSILON
    table = np.column_stack([np.ones(len(rows)), (rows - mean) / spread])
    truth, weight = np.array(right, float), np.array(importance, float)
    penalty = np.diag([_EPSILON, *[ridge] * rows.shape[1]])
    told = np.zeros(len(rows)) if known is None else np.array(known, float)
    found = np.zeros(table.shape[1])
    for _ in range(_MOST_STEPS):
        chance = 1 / (1 + np.exp(-(told + table @ found)))
        slope = table.T @ (weight * (truth - chance)) - penalty @ found
        bend = (table * (weight * chance * (1 - chance))[:, None]).T @ table + penalty
        # Far off, where all chances are near 0 or 1, Newton's own step goes beyond the mark and never comes back.
        step = np.clip(np.linalg.solve(bend, slope), -_LONGEST_STEP, _LONGEST_STEP)
        found += step
        if np.abs(step).max() < _SMALL:
            break
    scaled = found[1:] / spread
    return Logistic(bias=float(found[0] - scaled @ mean), weights=tuple(float(w) for w in scaled))
