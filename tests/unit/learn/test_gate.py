"""Learning the gate: folds, a calibration that rises, and the harm that every threshold did."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import LEAST, Bar
from corrigenda.correct.places import KEPT, Choice, Place
from corrigenda.correct.spellings import Option
from corrigenda.learn import gate as learning
from corrigenda.learn.boosting import Boosting
from corrigenda.learn.examples import Example
from corrigenda.learn.gate import FOLDS, Studied, folds, isotonic, learn_gate
from corrigenda.values import CorrectionKind

OPTION = Option(text="x", core="x", cost=0.0, count=0, kind=CorrectionKind.CHARACTER, rule=KEPT)
KEEP = Choice(text="x", option=OPTION, posterior=0.5, total=0.0, language=0.0, cost=0.0, on_best=True)
TELLS = FEATURES.index("posterior")


def example(
    *, tells: float, right: bool, words: int = 1, least: float = 0.0, keep_right: bool | None = None
) -> Example:
    """A place with what stands there and one other reading; only the column `posterior` tells anything."""
    keep, other = [0.0] * len(FEATURES), [0.0] * len(FEATURES)
    keep[0], keep[TELLS], other[TELLS] = 1.0, 1.0 - tells, tells
    return Example(
        place=Place(start=0, end=words, keep=KEEP, others=(KEEP,), known=False, at_edge=False),
        rows=(tuple(keep), tuple(other)),
        right=(not right if keep_right is None else keep_right, right),
        least=(0.0, least),
        truth="x",
        around=(),
    )


def texts(chance: random.Random, *, count: int = 20, **fields) -> list[Studied]:
    """Texts of forty places; the higher the telling column, the more often the other reading is right."""
    made = []
    for number in range(count):
        shares = [chance.random() for _ in range(40)]
        places = tuple(example(tells=s, right=chance.random() < s, **fields) for s in shares)
        made.append(Studied(group=f"text {number}", examples=places, right_words=400))
    return made


SETTINGS = Boosting(trees=25, depth=2, rate=0.2)


def test_folds_are_of_like_size_and_part_no_group():
    """Whatever is of one group has one fold, and the folds hold about as much."""
    chance = random.Random(2)
    sizes = [(f"g{chance.randrange(40)}", chance.randrange(1, 30)) for _ in range(200)]
    fold = folds(sizes, 5)
    assert set(fold) == {group for group, _ in sizes}
    load = [sum(size for group, size in sizes if fold[group] == n) for n in range(5)]
    assert max(load) - min(load) <= max(sum(s for g, s in sizes if g == name) for name in fold)
    assert fold == folds(sizes[::-1], 5)


def test_fewer_groups_than_folds_leave_folds_empty():
    """Two groups are two folds."""
    assert sorted(folds([("a", 5), ("b", 3)], 5).values()) == [0, 1]


def _least_squares(right: list[float]) -> list[float]:
    """The rising steps nearest to `right`: of all ways to cut it into runs of one value, the best that rises."""
    best, found = float("inf"), list(right)
    for cuts in itertools.product((False, True), repeat=len(right) - 1):
        edges = [0, *(i + 1 for i, cut in enumerate(cuts) if cut), len(right)]
        means = [sum(right[a:b]) / (b - a) for a, b in itertools.pairwise(edges)]
        if means != sorted(means):
            continue
        fitted = [m for m, (a, b) in zip(means, itertools.pairwise(edges), strict=True) for _ in range(b - a)]
        error = sum((f - r) ** 2 for f, r in zip(fitted, right, strict=True))
        if error < best:
            best, found = error, fitted
    return found


@pytest.mark.parametrize("seed", range(12))
def test_isotonic_is_the_best_rising_fit(seed: int, monkeypatch):
    """Against all ways to cut up to nine answers, with steps of any size let stand."""
    monkeypatch.setattr(learning, "_FEWEST_IN_STEP", 1)
    chance = random.Random(seed)
    right = [float(chance.random() < 0.5) for _ in range(chance.randrange(1, 10))]
    scores, chances = isotonic(np.arange(len(right), dtype=np.float64), np.array(right))
    # Each step leans to one half by half an answer, and lies at the middle of its scores.
    fitted = _least_squares(right)
    steps = [list(group) for _, group in itertools.groupby(enumerate(fitted), key=lambda item: round(item[1], 9))]
    wanted = [((sum(step_at for step_at, _ in s) / len(s)), (s[0][1] * len(s) + 0.5) / (len(s) + 1)) for s in steps]
    rising = [wanted[0]]
    for at, value in wanted[1:]:
        if value >= rising[-1][1]:
            rising.append((at, value))
    assert list(scores) == pytest.approx([at for at, _ in rising], abs=1e-3)
    assert list(chances) == pytest.approx([value for _, value in rising], abs=1e-3)


def test_isotonic_rises_and_is_never_certain():
    """Twenty thousand answers that follow their scores: the line rises, and is about right everywhere."""
    random_ = np.random.default_rng(1)
    scores = random_.normal(size=20_000) * 2
    right = (random_.random(20_000) < 1 / (1 + np.exp(-scores))).astype(np.float64)
    points, chances = isotonic(scores, right)
    assert list(points) == sorted(set(points))
    assert list(chances) == sorted(chances)
    assert 0 < chances[0] < chances[-1] < 1
    for at in (-2.0, -1.0, 0.0, 1.0, 2.0):
        assert np.interp(at, points, chances) == pytest.approx(1 / (1 + np.exp(-at)), abs=0.06)


def test_isotonic_of_few_answers_is_one_step():
    """Fewer than 25 answers are no step of their own, and one half speaks with them."""
    assert isotonic(np.array([1.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0])) == ((2.0,), (0.375,))


def test_a_gate_is_calibrated_and_its_harm_counted():
    """What is as likely as its column says comes out about so likely, and lower thresholds break no less."""
    made = learn_gate(texts(random.Random(7), count=60), SETTINGS)
    assert made.features == FEATURES
    rows = [list(example(tells=s, right=True).rows[1]) for s in (0.1, 0.5, 0.9)]
    assert made.probabilities(rows) == pytest.approx([0.1, 0.5, 0.9], abs=0.15)
    broken = [p.broken for p in made.harm]
    assert broken == sorted(broken)
    assert broken[-1] > broken[0]
    assert [p.bar.threshold for p in made.harm] == sorted((p.bar.threshold for p in made.harm), reverse=True)
    assert [p.bar.ease for p in made.harm] == sorted(p.bar.ease for p in made.harm)
    assert {p.words for p in made.harm} == {60 * 400}
    assert made.harm[-1].bar == Bar(threshold=LEAST, ease=1.0)


def test_the_same_texts_give_the_same_gate():
    """Folds, trees and steps hang on nothing but the texts and the settings."""
    first, second = (learn_gate(texts(random.Random(7)), SETTINGS) for _ in "ab")
    assert first.trees.leaves.tobytes() == second.trees.leaves.tobytes()
    assert (first.scores, first.chances, first.harm) == (second.scores, second.chances, second.harm)


def test_what_a_guard_holds_back_is_no_harm():
    """A reading that a guard forbids was never put in, so that it broke nothing."""
    free = learn_gate(texts(random.Random(7)), SETTINGS)
    held = learn_gate(texts(random.Random(7), least=1.01), SETTINGS)
    assert free.harm[-1].broken > 0
    assert [p.broken for p in held.harm] == [0] * len(held.harm)


def test_what_a_guard_asks_for_counts_as_harm_once_it_is_eased():
    """What a guard all but forbids breaks nothing while it holds whole, and all that it held back at the full ease."""
    free = learn_gate(texts(random.Random(7)), SETTINGS)
    held = learn_gate(texts(random.Random(7), least=1.0), SETTINGS)
    assert {p.broken for p in held.harm if not p.bar.ease} == {0}
    assert held.harm[-1] == free.harm[-1]


@pytest.mark.parametrize(("keeps", "broken"), [(1.0, 0), (0.0, 300)])
def test_where_keeping_is_likelier_still_nothing_is_broken(keeps: float, broken: int):
    """Seven of ten such readings are right, and the others are put in only where what stands there looks no better."""
    wrong = example(tells=0.5, right=False)
    kept = tuple(keeps if at == TELLS else value for at, value in enumerate(wrong.rows[0]))
    places = (_plainly_misread(),) * 7 + (replace(wrong, rows=(kept, wrong.rows[1])),) * 3
    made = learn_gate([Studied(group=f"g{n}", examples=places, right_words=400) for n in range(100)], SETTINGS)
    assert made.probabilities([wrong.rows[1]]) == pytest.approx([0.7], abs=0.05)
    assert made.harm[-1].broken == broken


def _plainly_misread() -> Example:
    """A place whose other reading is right, and where what stands there tells of being wrong."""
    one = example(tells=0.5, right=True)
    return replace(one, rows=(tuple(0.0 if at == TELLS else v for at, v in enumerate(one.rows[0])), one.rows[1]))


def test_a_place_of_two_words_breaks_two():
    """Harm is counted in words, as the limit is."""
    one = learn_gate(texts(random.Random(7)), SETTINGS)
    two = learn_gate(texts(random.Random(7), words=2), SETTINGS)
    assert [p.broken for p in two.harm] == [2 * p.broken for p in one.harm]


def test_a_word_that_was_wrong_already_is_not_broken():
    """Where neither what stands there nor the other reading is right, putting it in makes nothing worse."""
    made = learn_gate(texts(random.Random(7), keep_right=False), SETTINGS)
    assert [p.broken for p in made.harm] == [0] * len(made.harm)


def test_harm_to_pages_with_forgotten_words_counts_where_it_is_worse():
    """Of the two kinds of text, at each threshold the one is told that less can be vouched for."""
    chance = random.Random(7)
    real = texts(chance)
    harmed, spared = (
        [replace(t, group=f"r{n}", right_words=words, judged=False) for n, t in enumerate(texts(chance, **fields))]
        for words, fields in ((400, {}), (100_000, {"least": 1.01}))
    )
    own = learn_gate(real, SETTINGS)
    assert {p.words for p in learn_gate([*real, *spared], SETTINGS).harm} == {p.words for p in own.harm}
    with_others = learn_gate([*real, *(replace(t, right_words=40) for t in harmed)], SETTINGS)
    assert {p.words for p in with_others.harm} == {20 * 40}


def test_every_text_is_judged_by_trees_that_never_saw_it(monkeypatch):
    """Each text is asked for once, of trees grown on others and on none of its group; the last have seen all."""
    made = [replace(t, group=f"pair {n // 2}") for n, t in enumerate(texts(random.Random(7), count=20))]
    whose = {row: n for n, t in enumerate(made) for e in t.examples for row in map(tuple, np.float32(e.rows).tolist())}
    grown: list[set[int]] = []
    judged: list[tuple[set[int], set[int]]] = []
    grow = learning.boost

    def texts_in(rows) -> set[int]:
        return {whose[row] for row in map(tuple, rows.tolist())}

    def watched(rows, right, weights, settings):
        trees, seen = grow(rows, right, weights, settings), texts_in(rows)
        grown.append(seen)

        def log_odds(asked):
            judged.append((texts_in(asked), seen))
            return trees.log_odds(asked)

        return SimpleNamespace(log_odds=log_odds)

    monkeypatch.setattr(learning, "boost", watched)
    learn_gate(made, SETTINGS)
    every = set(range(len(made)))
    assert sorted(n for asked, _ in judged for n in asked) == sorted(every)
    for asked, seen in judged:
        groups = {made[n].group for n in asked}
        assert not {n for n in seen if made[n].group in groups}
    assert all(len(seen) == len(every) * (FOLDS - 1) // FOLDS for seen in grown[:-1])
    assert (len(grown), grown[-1]) == (FOLDS + 1, every)


def test_equal_scores_are_one_step_in_any_order():
    """A hundred answers at one score, seventy of them right, have a chance of .7, whichever come first."""
    scores = np.repeat([0.0, 1.0], [50, 100])
    answers = np.concatenate([np.zeros(50), np.repeat([0.0, 1.0], [30, 70])])
    assert isotonic(scores, answers) == isotonic(scores, np.concatenate([answers[:50], answers[50:][::-1]]))
    assert isotonic(scores, answers)[1][-1] == pytest.approx(0.7, abs=0.01)
