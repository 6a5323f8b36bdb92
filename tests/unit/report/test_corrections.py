"""What corrections are worth, as JSON has it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corrigenda.correct.apply import apply
from corrigenda.report.corrections import correction_record
from corrigenda.score.corrections import CorrectionScores, correction_scores
from corrigenda.score.evaluate import evaluate
from corrigenda.values import Corrected, Flag, FlagKind, Span, Suggestion

PAGE = "Tbe harbour was closed fcr winter by the cansul."
TRUTH = "The harbour was closed for winter by the consul."


@pytest.fixture
def scores(make_document, make_transcript, make_change) -> CorrectionScores:
    """Three pages: a word fixed, one broken, and a flag on a third."""
    changes = (make_change(PAGE, "Tbe", "The"), make_change(PAGE, "winter", "wintry"))
    offered = (Suggestion(text="consul", probability=0.5),)
    doubt = Flag(span=Span(start=41, end=47), kind=FlagKind.DOUBTFUL, why="made up", suggestions=offered)
    corrected = Corrected(
        document_id="page", text=apply(PAGE, changes), corrections=changes, flags=(doubt,), signature="sig"
    )
    judged = evaluate(make_document(PAGE), corrected, make_transcript(TRUTH))
    return correction_scores([replace(judged, group=name) for name in "abc"])


def told(scores: CorrectionScores) -> dict:
    """The record, once through JSON that takes no NaN."""
    return json.loads(json.dumps(correction_record(scores), allow_nan=False))


def test_the_keys_are_these(scores):
    """Programs read them; a change here is a change of the format."""
    record = told(scores)
    assert list(record) == [
        "groups",
        "made",
        "unscorable",
        "wrong_places",
        "detection",
        "detection_with_flags",
        "correction",
        "harm",
        "gain",
        "by_kind",
        "by_rule",
        "calibration",
        "abstention",
        "offered",
    ]
    for name in ("detection", "detection_with_flags", "correction"):
        assert list(record[name]) == ["precision", "recall", "f1"]
        assert list(record[name]["f1"]) == ["value", "low", "high", "count", "of"]
    assert list(record["gain"]) == ["value", "low", "high", "gained", "lost", "of"]


def test_the_figures_are_those_of_the_scores(scores):
    """Nothing is lost, mixed up or recomputed on the way."""
    record = told(scores)
    assert (record["groups"], record["made"], record["wrong_places"]) == (3, 6, 9)
    assert (record["harm"]["count"], record["harm"]["of"]) == (3, 18)
    assert record["harm"]["low"] == scores.harm.interval.low
    assert record["detection_with_flags"]["recall"]["count"] == 6
    assert record["detection"]["recall"]["count"] == record["correction"]["recall"]["count"] == 3
    character = record["by_kind"]["character"]
    assert (character["made"], character["fixed"], character["harmed"]) == (6, 3, 3)
    assert record["by_rule"]["lexicon"]["precision"]["value"] == 0.5
    (one,) = record["calibration"]["bins"]
    assert (one["corrections"], one["fixed"], one["share"], one["least"]) == (6, 3, 0.5, 0.95)
    assert record["calibration"]["expected_error"] == pytest.approx(0.45)
    (kept,) = record["abstention"]
    assert (kept["threshold"], kept["corrections"], kept["harmed_words"]) == (0.95, 6, 3)
    assert record["offered"]["truth_within_first"] == {"1": 6, "3": 6, "5": 6}
    assert (record["offered"]["best"]["gained"], record["offered"]["best"]["lost"]) == (6, 6)


def test_figures_that_do_not_exist_are_null():
    """Of nothing at all, JSON has counts of 0 and no number that is none."""
    record = told(correction_scores([]))
    assert record["harm"] == {"value": None, "low": None, "high": None, "count": 0, "of": 0}
    assert record["gain"]["value"] is None
    assert record["calibration"] == {"expected_error": None, "brier": None, "bins": []}
    assert (record["by_kind"], record["abstention"]) == ({}, [])
