"""Boosted trees as tables: every level of a tree asks one question of one feature, the same in all its branches.

Such oblivious trees (Kohavi 1994; used for boosting by CatBoost, Prokhorenkova et al. 2018) are told apart by as many
bits as they have levels, so that numpy takes thousands of rows through hundreds of trees at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Trees"]

_ROWS_AT_ONCE = 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class Trees:
    """T trees of depth D: the feature and the threshold of each level (T, D), and the values of the leaves (T, 2**D).

    `bias` is what a row has before any tree is asked; values are natural log-odds.
    """

    features: npt.NDArray[np.int16]
    thresholds: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.float32]
    bias: float

    def log_odds(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """The log-odds of each of the rows (N, number of features)."""
        parts = [self._some(rows[at : at + _ROWS_AT_ONCE]) for at in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _some(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        columns = np.ascontiguousarray(rows.T)
        trees, depth = self.features.shape
        leaf = np.zeros((trees, rows.shape[0]), dtype=np.uint8)
        for level in range(depth):
            leaf <<= 1
            leaf |= columns[self.features[:, level]] > self.thresholds[:, level, None]
        values = np.take_along_axis(self.leaves, leaf.astype(np.intp), axis=1)
        odds: npt.NDArray[np.float64] = self.bias + values.sum(axis=0, dtype=np.float64)
        return odds
