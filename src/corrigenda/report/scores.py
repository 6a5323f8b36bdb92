"""Scores and summaries as JSON has them."""

from __future__ import annotations

from typing import Any

from corrigenda.values import Corrected, Evaluation, FlagKind, Outcome, Score, Verdict

__all__ = ["score_record", "summary_record"]


def score_record(evaluation: Evaluation) -> dict[str, Any]:
    """One document's evaluation; rates are fractions, defined in docs/metrics.md."""
    profiles: dict[str, dict[str, Any]] = {}
    for before, after in zip(evaluation.before, evaluation.after, strict=True):
        measure = {"before": _figure(before), "after": _figure(after)}
        profiles.setdefault(before.profile, {})[before.name] = measure
    return {
        "document_id": evaluation.document_id,
        "signature": evaluation.signature,
        "profiles": profiles,
        "outcomes": {outcome.value: evaluation.count(outcome) for outcome in Outcome},
        "right_words": evaluation.right_words,
        "harm": evaluation.harm,
        "verdicts": [_verdict(v) for v in evaluation.verdicts],
        "disputed_truth": [
            {
                "start": d.span.start,
                "end": d.span.end,
                "ocr": d.ocr,
                "edition": d.edition,
                "transcription": d.transcription,
            }
            for d in evaluation.disputed
        ],
        "not_compared": {kind.value: words for kind, words in evaluation.left_out},
    }


def summary_record(corrected: Corrected, evaluation: Evaluation | None) -> dict[str, Any]:
    """One document on one line: how much was changed and flagged, and the headline rates where there is a truth."""
    record: dict[str, Any] = {
        "document_id": corrected.document_id,
        "corrections": len(corrected.corrections),
        "flags": sum(f.kind is FlagKind.DOUBTFUL for f in corrected.flags),
        "edition_variants": sum(f.kind is FlagKind.EDITION_VARIANT for f in corrected.flags),
        "signature": corrected.signature,
    }
    if evaluation:
        record["folded"] = {
            before.name: {"before": before.value, "after": after.value}
            for before, after in zip(evaluation.before, evaluation.after, strict=True)
            if before.profile == "folded"
        }
        record["outcomes"] = {outcome.value: evaluation.count(outcome) for outcome in Outcome}
        record["harm"] = evaluation.harm
    return record


def _figure(score: Score) -> dict[str, Any]:
    of = score.counts
    return {
        "value": score.value,
        "hits": of.hits,
        "substitutions": of.substitutions,
        "deletions": of.deletions,
        "insertions": of.insertions,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "start": verdict.span.start,
        "end": verdict.span.end,
        "before": verdict.before,
        "after": verdict.after,
        "truth": verdict.truth,
        "outcome": verdict.outcome.value,
        "kind": verdict.correction.kind.value if verdict.correction else None,
        "probability": verdict.correction.probability if verdict.correction else None,
    }
