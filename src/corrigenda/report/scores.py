"""Scores and summaries as JSON has them; docs/score.schema.json describes the shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from corrigenda.report.corrections import correction_record, limits
from corrigenda.score.corpus import Change, Corpus, Figure, NotScored, Side
from corrigenda.score.corrections import CorrectionScores
from corrigenda.score.paired import Paired
from corrigenda.score.plan import Plan
from corrigenda.score.resample import FEW_GROUPS
from corrigenda.score.values import ClassCounts, Counts, Evaluation, Measured, Outcome, Verdict
from corrigenda.values import Corrected, FlagKind

__all__ = ["FORMAT", "paired_record", "plan_record", "score_record", "summary_record"]

FORMAT = "corrigenda score 1"
_MOST_CONFUSIONS = 200


def score_record(corpus: Corpus, corrections: CorrectionScores | None = None) -> dict[str, Any]:
    """All that was measured; rates are fractions, defined in docs/metrics.md. Figures that do not exist are null."""
    documents = corpus.documents
    right, harmed = sum(d.right_words for d in documents), sum(d.harmed_words for d in documents)
    return {
        "format": FORMAT,
        "signature": corpus.signature,
        "headline": corpus.headline,
        "documents": len(documents),
        "groups": corpus.groups,
        "few_groups": corpus.groups < FEW_GROUPS,
        **_side(corpus.before),
        "confidence": [
            {"low": c.low, "high": c.high, "words": c.words, "right": c.right, "confidence": c.confidence}
            for c in corpus.certain
        ],
        "corrected": {**_side(corpus.after), "change": _changes(corpus.changes)} if corpus.after else None,
        "corrections": correction_record(corrections) if corrections else None,
        "harm": harmed / right if right else 0.0,
        "outcomes": {o.value: sum(d.count(o) for d in documents) for o in Outcome},
        "right_words": right,
        "harmed_words": harmed,
        "marks": sum(d.marks for d in documents),
        "set_aside_words": sum(d.set_aside for d in documents),
        "not_compared": _left_out(documents),
        "not_scored": _not_scored(corpus.not_scored),
        "per_document": [_document(d) for d in documents],
    }


def paired_record(told: Paired) -> dict[str, Any]:
    """Two systems over the same documents; each difference is b less a, so below 0 b is better."""
    sides = {(f.profile, f.name): (f, told.side_b.figure(f.name, f.profile)) for f in told.side_a.figures}
    return {
        "format": "corrigenda comparison 1",
        "signature": told.signature,
        "headline": told.headline,
        "a": told.a,
        "b": told.b,
        "documents": len(told.documents),
        "groups": told.groups,
        "few_groups": told.groups < FEW_GROUPS,
        "profiles": _profiles(
            told.changes,
            lambda c: {
                "a": _figure(sides[c.profile, c.name][0]),
                "b": _figure(sides[c.profile, c.name][1]),
                **_change(c),
            },
        ),
        "not_scored": _not_scored(told.not_scored),
    }


def plan_record(made: Plan, measure: str, profile: str, drawn: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A plan, and the documents drawn by stratum; rates and half-widths are fractions."""
    return {
        "format": "corrigenda plan 1",
        "measure": measure,
        "profile": profile,
        "pilot": made.pilot,
        "rate": made.rate,
        "wanted": made.wanted,
        "expected": made.expected,
        "needed": made.needed,
        "needed_low": made.needed_low,
        "needed_high": made.needed_high,
        "more": made.more,
        "small": made.small,
        "table": [{"documents": n, "half_width": width} for n, width in made.table],
        "drawn": {name: list(ids) for name, ids in drawn.items()},
    }


def _not_scored(given: NotScored) -> dict[str, Any]:
    return {"repeats": given.repeats, "without_partner": list(given.lone), "failed": list(given.failed)}


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
        record[evaluation.headline] = {
            before.name: {"before": before.value, "after": after.value}
            for before, after in zip(evaluation.before.scores, evaluation.after.scores, strict=True)
            if before.profile == evaluation.headline
        }
        record["outcomes"] = _outcomes(evaluation)
        record["harm"] = evaluation.harm
    return record


def _side(side: Side) -> dict[str, Any]:
    return {
        "profiles": _profiles(side.figures, _figure),
        "confusions": [
            {"truth": c.truth, "read": c.read, "count": c.count} for c in side.confusions[:_MOST_CONFUSIONS]
        ],
        "characters": _classes(side.characters),
        "words": _classes(side.words),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "micro": figure.micro,
        "macro": figure.macro,
        "median": figure.median,
        **limits(figure.interval),
        "exact": figure.exact,
        **_counts(figure.counts),
    }


def _changes(changes: Iterable[Change]) -> dict[str, Any]:
    return _profiles(changes, _change)


def _change(change: Change) -> dict[str, Any]:
    return {
        "difference": change.comparison.difference,
        **limits(change.comparison.interval),
        "p": change.comparison.p,
        "improved": change.improved,
        "worsened": change.worsened,
        "same": change.same,
        "preference": change.preference,
        "relative_gain": change.relative_gain,
    }


def _document(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "document_id": evaluation.document_id,
        "group": evaluation.group,
        "signature": evaluation.signature,
        "before": _measured(evaluation.before),
        "after": _measured(evaluation.after),
        "outcomes": _outcomes(evaluation),
        "right_words": evaluation.right_words,
        "harmed_words": evaluation.harmed_words,
        "harm": evaluation.harm,
        "marks": evaluation.marks,
        "set_aside_words": evaluation.set_aside,
        "not_compared": _left_out([evaluation]),
        "verdicts": [_verdict(v) for v in evaluation.verdicts],
        "disputed_truth": [
            {
                "start": d.span.start,
                "end": d.span.end,
                "ocr": d.ocr,
                "reading": d.reading,
                "siglum": d.siglum,
                "transcription": d.transcription,
                "others": [{"siglum": siglum, "reading": text} for siglum, text in d.others],
            }
            for d in evaluation.disputed
        ],
    }


def _left_out(documents: Iterable[Evaluation]) -> dict[str, int]:
    words: Counter[str] = Counter()
    for document in documents:
        words.update({kind.value: count for kind, count in document.left_out})
    return dict(sorted(words.items()))


def _measured(measured: Measured) -> dict[str, Any]:
    return _profiles(measured.scores, lambda s: {"value": s.value, "exact": s.exact, **_counts(s.counts)})


def _profiles(figures: Iterable[Any], told: Callable[[Any], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """`profiles.<profile>.<measure>` of anything that has a profile and a name."""
    found: dict[str, dict[str, Any]] = {}
    for figure in figures:
        found.setdefault(figure.profile, {})[figure.name] = told(figure)
    return found


def _classes(classes: Sequence[ClassCounts]) -> dict[str, Any]:
    return {c.name: _counts(c.counts) for c in classes}


def _counts(of: Counts) -> dict[str, int]:
    return {
        "hits": of.hits,
        "substitutions": of.substitutions,
        "deletions": of.deletions,
        "insertions": of.insertions,
    }


def _outcomes(evaluation: Evaluation) -> dict[str, int]:
    return {outcome.value: evaluation.count(outcome) for outcome in Outcome}


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
