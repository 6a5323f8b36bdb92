"""What a limit of harm stands for, told in words and to programs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corrigenda.correct.gate import LEAST, NOTHING, Bar, Gate, HarmPoint
from corrigenda.correct.trees import Trees
from corrigenda.report.harm import harm_in_words, harm_record, lowest_limit


def gate(words: int, *broken: tuple[float, int]) -> Gate:
    """A gate that broke so many of so many words at each threshold; its trees are not asked."""
    no_trees = Trees(
        features=np.zeros((0, 1), dtype=np.int16),
        thresholds=np.zeros((0, 1), dtype=np.float32),
        leaves=np.zeros((0, 2), dtype=np.float32),
        bias=0.0,
    )
    points = tuple(HarmPoint(bar=Bar(threshold=t), broken=b, words=words) for t, b in broken)
    return Gate(features=(), trees=no_trees, scores=(0.0,), chances=(0.5,), harm=points)


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        (
            0.05,
            "at --max-harm 0.05 corrections from 0.9 up are made; of 20,000 right words that they were tried on 2 were",
        ),
        (
            0.2,
            "at --max-harm 0.2 corrections from 0.7 up are made; of 20,000 right words that they were tried on 9 were",
        ),
        (
            0.01,
            "at --max-harm 0.01 nothing is corrected; the pairs have 20,000 right words, and to vouch for it takes 29",
        ),
        (
            0.02,
            "at --max-harm 0.02 nothing is corrected; the pairs have 20,000 right words, and even the surest broke mor",
        ),
    ],
)
def test_a_limit_is_told_with_its_threshold_and_what_was_broken_there(limit: float, says: str):
    """Or why nothing is corrected: too little to vouch for it, or the surest corrections are not sure enough."""
    assert harm_in_words(gate(20000, (0.9, 2), (0.8, 5), (0.7, 9)), limit).startswith(says)


def test_eased_guards_are_told():
    """Who allows so much harm that guards yield is told by how much, and what was broken there."""
    bars = ((Bar(threshold=LEAST), 2), (Bar(threshold=LEAST, ease=0.3), 7), (Bar(threshold=LEAST, ease=0.4), 900))
    eased = replace(gate(20000), harm=tuple(HarmPoint(bar=b, broken=n, words=20000) for b, n in bars))
    assert harm_in_words(eased, 0.5) == (
        "at --max-harm 0.5 corrections from 0.5 up are made, guards eased by 30%; "
        "of 20,000 right words that they were tried on 7 were broken"
    )


def test_programs_are_told_the_same():
    """No threshold is null, not a number that no probability reaches."""
    assert harm_record(gate(20000, (0.9, 2)), 0.05) == {
        "max_harm": 0.05,
        "threshold": 0.9,
        "ease": 0.0,
        "broken": 2,
        "right_words": 20000,
    }
    assert harm_record(gate(20000, (0.9, 2)), 0.01)["threshold"] is None


@pytest.mark.parametrize(("words", "broken"), [(22685, 0), (20000, 2), (29957, 0), (100, 0), (99, 41), (3, 0)])
def test_the_lowest_limit_is_one_that_can_be_asked_for(words: int, broken: int):
    """As it is told it corrects something, and three parts in a hundred less is too little."""
    made = gate(words, (0.9, broken), (0.8, broken + 1))
    lowest = lowest_limit(made)
    assert lowest is not None
    assert made.bar(lowest).threshold == (0.8 if lowest == 100 else 0.9)
    assert made.bar(lowest * 0.97).threshold == NOTHING or lowest == 100


@pytest.mark.parametrize("points", [(), ((0.9, 0),)])
def test_a_gate_that_was_never_tried_has_no_lowest_limit(points):
    """No table, or one of no words, vouches for nothing."""
    assert lowest_limit(gate(0, *points)) is None
