"""Trees are grown from examples: what they can learn, and that they are the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from corrigenda.correct.trees import Trees
from corrigenda.learn.boosting import Boosting, boost

SETTINGS = Boosting(trees=60, depth=3, rate=0.2, features=1.0)


def table(rows: int, columns: int = 4, seed: int = 1) -> np.ndarray:
    """Columns between 0 and 1."""
    return np.random.default_rng(seed).random((rows, columns)).astype(np.float32)


def grown(rows: np.ndarray, right: np.ndarray, settings: Boosting = SETTINGS, weights=None) -> Trees:
    """Trees from rows that weigh the same, unless told otherwise."""
    return boost(rows, right, np.ones(len(rows)) if weights is None else weights, settings)


def test_what_no_column_tells_alone_is_learned():
    """Whether just one of two columns is above a half, seen on rows that were not learned from."""
    rows, unseen = table(1500), table(400, seed=2)

    def either(columns: np.ndarray) -> np.ndarray:
        return (columns[:, 0] > 0.5) ^ (columns[:, 1] > 0.5)

    odds = grown(rows, either(rows)).log_odds(unseen)
    assert ((odds > 0) == either(unseen)).mean() > 0.95


def test_log_odds_are_those_of_the_share_that_is_right():
    """Where nothing tells right from wrong every row has the share of all."""
    rows = table(4000)
    right = np.random.default_rng(3).random(4000) < 0.2
    odds = grown(rows, right, Boosting(trees=5, depth=2, rate=0.1)).log_odds(table(200, seed=4))
    assert (1 / (1 + np.exp(-odds))).mean() == pytest.approx(right.mean(), abs=0.05)


def test_weights_count():
    """A row that weighs nothing has nothing to say: what the others say is learned."""
    rows = table(1000)
    right = rows[:, 0] > 0.5
    muddled = right.copy()
    muddled[:400] = ~muddled[:400]
    weights = np.array([1e-9] * 400 + [1.0] * 600)
    odds = grown(rows, muddled, weights=weights).log_odds(rows)
    assert ((odds > 0) == right).mean() > 0.97


def test_the_same_seed_gives_the_same_trees():
    """To the bit; and another seed gives others, so that the seed is used."""
    rows = table(500)
    right = rows[:, 0] + rows[:, 1] > 1
    some = Boosting(trees=10, depth=3, features=0.5)
    first, second = grown(rows, right, some), grown(rows, right, some)
    for name in ("features", "thresholds", "leaves"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    other = grown(rows, right, Boosting(trees=10, depth=3, features=0.5, seed=2))
    assert other.leaves.tobytes() != first.leaves.tobytes()


def test_shapes_are_those_that_were_asked_for():
    """As many trees as wanted, of the depth that was wanted, even where a column is the same everywhere."""
    rows = table(200)
    rows[:, 2] = 7.0
    trees = grown(rows, rows[:, 0] > 0.5, Boosting(trees=4, depth=5, features=1.0))
    assert trees.features.shape == trees.thresholds.shape == (4, 5)
    assert trees.leaves.shape == (4, 32)
    assert np.isfinite(trees.leaves).all()


def test_thresholds_part_what_was_seen():
    """A threshold lies between two values that were met, so that rows on either side are told apart when asked."""
    rows = np.repeat(np.array([[0.0], [1.0]], dtype=np.float32), 50, axis=0)
    trees = grown(rows, rows[:, 0] > 0.5, Boosting(trees=20, depth=1, rate=0.5, features=1.0))
    assert set(trees.thresholds.ravel().tolist()) == {0.5}
    low, high = trees.log_odds(np.array([[0.49], [0.51]], dtype=np.float32))
    assert low < -1 < 1 < high
