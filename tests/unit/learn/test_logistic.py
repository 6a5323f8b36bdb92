"""A regression finds what rows tell of what is right."""

from __future__ import annotations

import numpy as np
import pytest

from corrigenda.learn.logistic import fit


def table(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of three columns, the first of which makes right likelier and the second less likely, the third neither."""
    random = np.random.default_rng(1962)
    columns = random.normal(size=(rows, 3))
    odds = 0.5 + 2 * columns[:, 0] - columns[:, 1]
    return columns, (random.random(rows) < 1 / (1 + np.exp(-odds))).astype(float)


def test_weights_are_those_that_made_the_answers():
    """Of many rows bias and weights come out as they went in."""
    rows, right = table(20_000)
    found = fit(rows, right, np.ones(len(rows)), ridge=0.0)
    assert (found.bias, *found.weights) == pytest.approx((0.5, 2.0, -1.0, 0.0), abs=0.1)


def test_probabilities_say_what_they_mean():
    """Of what is said to be right in seven of ten about seven of ten are."""
    rows, right = table(20_000)
    told = fit(rows, right, np.ones(len(rows)), ridge=1.0).probabilities(rows)
    near = (told > 0.65) & (told < 0.75)
    assert right[near].mean() == pytest.approx(0.7, abs=0.03)


def test_a_ridge_draws_weights_to_nothing():
    """Few rows and a strong ridge say little more than the share that is right."""
    rows, right = table(50)
    weak, strong = (fit(rows, right, np.ones(50), ridge=r) for r in (0.1, 1000.0))
    assert max(map(abs, strong.weights)) < 0.1 < max(map(abs, weak.weights))


def test_a_row_counts_as_much_as_its_importance():
    """A row of importance 2 is as good as two."""
    rows, right = table(40)
    twice = fit(np.vstack([rows, rows[:5]]), [*right, *right[:5]], np.ones(45), ridge=1.0)
    once = fit(rows, right, [2.0] * 5 + [1.0] * 35, ridge=1.0)
    # The ridge is told in standard deviations, which the rows that come twice change a little.
    assert once.weights == pytest.approx(twice.weights, rel=0.1, abs=0.05)


def test_what_is_known_already_is_only_added_to():
    """With the log-odds of two columns given, the third is weighed and the bias is what they lack."""
    rows, right = table(20_000)
    known = 2 * rows[:, 0] + 3.0
    found = fit(rows[:, 1:2], right, np.ones(len(rows)), ridge=0.0, known=known.tolist())
    assert (found.bias, *found.weights) == pytest.approx((-2.5, -1.0), abs=0.1)
