"""Scores as JSON has them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corrigenda.correct.apply import apply
from corrigenda.report.scores import score_record, summary_record
from corrigenda.score.evaluate import evaluate
from corrigenda.values import Corrected, Disputed, Evaluation, Flag, FlagKind, Outcome, SegmentKind, Span, Verdict

PAGE = "Tbe harbour was closed for winter by the cansul. b(1)"
TRUTH = "The harbour was closed for winter by the consul. [Excised]"


@pytest.fixture
def corrected(make_change) -> Corrected:
    """One correction right, one wrong; one flag of each kind."""
    changes = (make_change(PAGE, "Tbe", "The"), make_change(PAGE, "winter", "wintry"))
    place = Span(start=0, end=3)
    flags = tuple(Flag(span=place, kind=kind, why="made up") for kind in FlagKind)
    return Corrected(document_id="page", text=apply(PAGE, changes), corrections=changes, flags=flags, signature="sig")


@pytest.fixture
def evaluation(corrected, make_document, make_transcript) -> Evaluation:
    """What the transcription says of them."""
    return evaluate(make_document(PAGE), corrected, make_transcript(TRUTH))


@pytest.fixture
def record(evaluation) -> dict:
    """The record, once through JSON."""
    return json.loads(json.dumps(score_record(evaluation), allow_nan=False))


def test_the_keys_are_these(record):
    """Programs read them; a change here is a change of the format."""
    assert list(record) == [
        "document_id",
        "signature",
        "profiles",
        "outcomes",
        "right_words",
        "harm",
        "verdicts",
        "disputed_truth",
        "not_compared",
    ]
    assert list(record["profiles"]) == ["strict", "folded", "hipe"]
    for measures in record["profiles"].values():
        assert list(measures) == ["cer", "cmer", "wer", "wmer", "wer_ws"]
        for sides in measures.values():
            assert list(sides) == ["before", "after"]
            for figure in sides.values():
                assert list(figure) == ["value", "hits", "substitutions", "deletions", "insertions"]


def test_the_figures_are_those_of_the_evaluation(record, evaluation):
    """Two of nine words wrong before and after; every outcome is named, also those that did not occur."""
    wer = record["profiles"]["folded"]["wer"]
    assert wer["before"] == {"value": 2 / 9, "hits": 7, "substitutions": 2, "deletions": 0, "insertions": 0}
    assert wer["after"]["value"] == 2 / 9
    assert record["outcomes"] == {
        "fixed": 1,
        "improved": 0,
        "still_wrong": 0,
        "harmed": 1,
        "unscorable": 0,
        "missed": 1,
    }
    assert record["right_words"] == 7
    assert record["harm"] == evaluation.harm == 1 / 7
    assert record["not_compared"] == {"redaction": 1}
    assert (record["document_id"], record["signature"]) == ("page", "sig")


def test_a_verdict_names_place_texts_outcome_and_kind(record):
    """A missed error has no correction, so neither kind nor probability."""
    first, _, missed = record["verdicts"]
    assert first == {
        "start": 0,
        "end": 3,
        "before": "Tbe",
        "after": "The",
        "truth": "The",
        "outcome": "fixed",
        "kind": "character",
        "probability": 0.95,
    }
    assert (missed["outcome"], missed["kind"], missed["probability"]) == ("missed", None, None)
    assert (missed["before"], missed["truth"]) == ("cansul", "consul")


def test_a_disputed_place_has_all_readings(evaluation):
    """OCR, edition and transcription side by side."""
    place = Disputed(span=Span(start=4, end=7), ocr="a", edition="b", transcription="c")
    assert score_record(replace(evaluation, disputed=(place,)))["disputed_truth"] == [
        {"start": 4, "end": 7, "ocr": "a", "edition": "b", "transcription": "c"}
    ]


def test_harm_counts_words_and_is_never_a_division_by_nothing(evaluation):
    """A merge of two right words broke two; words put back wrongly count one; without right words there is no rate."""

    def harmed(before: str) -> Verdict:
        return Verdict(span=Span(start=0, end=0), before=before, after="x", truth="y", outcome=Outcome.HARMED)

    one = replace(evaluation, verdicts=(harmed("was closed"), harmed("")), right_words=10)
    assert one.harm == 0.3
    assert replace(one, right_words=0).harm == 0.0


def test_a_summary_without_a_transcription_has_counts_only(corrected):
    """Nothing is said of what was not measured."""
    assert summary_record(corrected, None) == {
        "document_id": "page",
        "corrections": 2,
        "flags": 1,
        "edition_variants": 1,
        "signature": "sig",
    }


def test_a_summary_with_a_transcription_has_the_headline_rates(corrected, evaluation):
    """The folded profile, the outcomes and the harm."""
    summary = json.loads(json.dumps(summary_record(corrected, evaluation), allow_nan=False))
    assert list(summary["folded"]) == ["cer", "cmer", "wer", "wmer", "wer_ws"]
    assert summary["folded"]["wer"] == {"before": 2 / 9, "after": 2 / 9}
    assert summary["outcomes"]["missed"] == 1
    assert summary["harm"] == evaluation.harm


def test_an_evaluation_of_nothing_is_still_json(make_document, make_transcript):
    """A page and a transcription of which nothing can be compared give zeros, never NaN."""
    document = make_document("Dear Mr. Smythe:\n\nb(1)")
    nothing = Corrected(document_id="page", text=document.text, corrections=(), flags=(), signature="s")
    found = evaluate(document, nothing, make_transcript("Dear Mr. Smythe:"))
    written = json.loads(json.dumps(score_record(found), allow_nan=False))
    assert written["profiles"]["folded"]["cer"]["before"]["value"] == 0.0
    assert written["harm"] == 0.0
    assert written["not_compared"] == {SegmentKind.REDACTION: 1, SegmentKind.SALUTATION: 3}
