"""Trees as tables: the same answers as going through them one by one."""

from __future__ import annotations

import numpy as np
import pytest

from corrigenda.correct import trees
from corrigenda.correct.trees import Trees


def random_trees(count: int, depth: int, features: int) -> Trees:
    """Trees that ask at random, on a grid so that some rows lie exactly on a threshold."""
    chance = np.random.default_rng(3)
    return Trees(
        features=chance.integers(0, features, (count, depth)).astype(np.int16),
        thresholds=(chance.integers(-4, 5, (count, depth)) / 4).astype(np.float32),
        leaves=chance.normal(size=(count, 2**depth)).astype(np.float32),
        bias=-0.25,
    )


def one_by_one(model: Trees, row: np.ndarray) -> float:
    """The log-odds of one row by a walk down every tree: a one for each yes, the first level the highest bit."""
    total = model.bias
    for asked, above, leaves in zip(model.features, model.thresholds, model.leaves, strict=True):
        leaf = 0
        for feature, threshold in zip(asked, above, strict=True):
            leaf = 2 * leaf + int(row[feature] > threshold)
        total += float(leaves[leaf])
    return total


@pytest.mark.parametrize(("count", "depth"), [(1, 1), (7, 3), (40, 6), (3, 8)])
def test_tables_give_what_a_walk_gives(count: int, depth: int):
    """Whatever number and depth, with values on, above and below the thresholds."""
    model = random_trees(count, depth, 5)
    rows = (np.random.default_rng(4).integers(-6, 7, (60, 5)) / 4).astype(np.float32)
    assert model.log_odds(rows).tolist() == pytest.approx([one_by_one(model, row) for row in rows], abs=1e-5)


def test_many_rows_are_the_same_as_few(monkeypatch):
    """Rows are gone through in parts, and no row is lost or moved where one part ends."""
    model = random_trees(5, 3, 4)
    rows = np.random.default_rng(5).normal(size=(23, 4)).astype(np.float32)
    whole = model.log_odds(rows)
    monkeypatch.setattr(trees, "_ROWS_AT_ONCE", 4)
    assert model.log_odds(rows).tolist() == whole.tolist()


def test_no_rows_have_no_log_odds():
    """An empty table is no error."""
    assert random_trees(2, 2, 3).log_odds(np.zeros((0, 3), dtype=np.float32)).shape == (0,)
