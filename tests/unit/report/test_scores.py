"""Scores as JSON has them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from corrigenda.correct.apply import apply
from corrigenda.report.scores import score_record, summary_record
from corrigenda.score.corpus import corpus
from corrigenda.score.evaluate import evaluate
from corrigenda.score.metrics import MEASURES
from corrigenda.score.values import Disputed, Evaluation, Outcome, Verdict
from corrigenda.values import Corrected, Flag, FlagKind, SegmentKind, Span

SCHEMA = Path(__file__).parents[3] / "docs" / "score.schema.json"
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
    return told(evaluation)


def told(*evaluations: Evaluation, corrected: bool = True) -> dict:
    """What JSON has of documents."""
    return json.loads(
        json.dumps(score_record(corpus(evaluations, corrected=corrected, signature="sig")), allow_nan=False)
    )


def test_the_keys_are_these(record):
    """Programs read them; a change here is a change of the format."""
    assert record["format"] == "corrigenda score 1"
    for side in (record, record["corrected"]):
        assert list(side["profiles"]) == ["strict", "folded", "hipe"]
        for measures in side["profiles"].values():
            assert list(measures) == list(MEASURES)
            for figure in measures.values():
                assert list(figure) == [
                    *("micro", "macro", "median", "low", "high", "exact"),
                    *("hits", "substitutions", "deletions", "insertions"),
                ]
    assert list(record["corrected"]["change"]["folded"]["cer"]) == [
        *("difference", "low", "high", "p", "improved", "worsened", "same", "preference", "relative_gain"),
    ]


def test_the_record_is_as_the_schema_says(record, evaluation):
    """The published schema holds for one document and several, corrected and not, and names every key."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    several = told(evaluation, replace(evaluation, document_id="other", group="other"), corrected=False)
    for one in (record, several):
        jsonschema.validate(one, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**record, "unheard of": 1}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({key: value for key, value in record.items() if key != "signature"}, schema)


def test_the_figures_are_those_of_the_evaluation(record, evaluation):
    """Two of nine words wrong before and after; every outcome is named, also those that did not occur."""
    wer = record["profiles"]["folded"]["wer"]
    assert wer == {
        **dict.fromkeys(("micro", "macro", "median"), 2 / 9),
        **dict.fromkeys(("low", "high")),
        "exact": True,
        "hits": 7,
        "substitutions": 2,
        "deletions": 0,
        "insertions": 0,
    }
    assert record["corrected"]["profiles"]["folded"]["wer"]["micro"] == 2 / 9
    (document,) = record["per_document"]
    for side in (record, document):
        assert side["outcomes"] == {
            "fixed": 1,
            "improved": 0,
            "still_wrong": 0,
            "harmed": 1,
            "unscorable": 0,
            "missed": 1,
        }
        assert (side["right_words"], side["harmed_words"]) == (7, 1)
        assert side["not_compared"] == {}
    assert document["harm"] == evaluation.harm == 1 / 7
    assert (document["document_id"], record["signature"]) == ("page", "sig")


def test_several_documents_have_an_interval(evaluation):
    """Two documents that are alike: the interval is there and holds the average."""
    cer = told(evaluation, replace(evaluation, document_id="other", group="other"))["profiles"]["folded"]["cer"]
    assert cer["low"] <= cer["micro"] == evaluation.before.score("cer", "folded").value <= cer["high"]


def test_a_verdict_names_place_texts_outcome_and_kind(record):
    """A missed error has no correction, so neither kind nor probability."""
    first, _, missed = record["per_document"][0]["verdicts"]
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
    place = Disputed(
        span=Span(start=4, end=7), ocr="a", reading="b", siglum="other", transcription="c", others=(("two", "c"),)
    )
    assert told(replace(evaluation, disputed=(place,)))["per_document"][0]["disputed_truth"] == [
        {
            "start": 4,
            "end": 7,
            "ocr": "a",
            "reading": "b",
            "siglum": "other",
            "transcription": "c",
            "others": [{"siglum": "two", "reading": "c"}],
        }
    ]


def test_harm_counts_words_and_is_never_a_division_by_nothing(evaluation):
    """A merge of two right words broke two; words put back wrongly count one; without right words there is no rate."""

    def harmed(before: str) -> Verdict:
        broken = max(1, len(before.split()))
        place = Span(start=0, end=0)
        return Verdict(span=place, before=before, after="x", truth="y", outcome=Outcome.HARMED, broken=broken)

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
    assert list(summary["folded"]) == list(MEASURES)
    assert summary["folded"]["wer"] == {"before": 2 / 9, "after": 2 / 9}
    assert summary["outcomes"]["missed"] == 1
    assert summary["harm"] == evaluation.harm


def test_an_evaluation_of_nothing_is_still_json(make_document, make_transcript):
    """A page and a transcription of which nothing can be compared give zeros, never NaN."""
    document = make_document("Dear Mr. Smythe:\n\nb(1)")
    nothing = Corrected(document_id="page", text=document.text, corrections=(), flags=(), signature="s")
    found = evaluate(document, nothing, make_transcript("Dear Mr. Smythe:"))
    written = told(found)
    assert written["profiles"]["folded"]["cer"]["micro"] == 0.0
    assert written["per_document"][0]["harm"] == 0.0
    assert written["not_compared"] == {SegmentKind.SALUTATION: 3}
