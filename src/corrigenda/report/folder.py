"""The report on many documents as files of one folder: JSON, CSV, the summary and a page for each of the worst."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from corrigenda.report import html, summary
from corrigenda.report.scores import score_record
from corrigenda.score.corpus import Corpus
from corrigenda.score.corrections import correction_scores
from corrigenda.score.values import Evaluation, Outcome
from corrigenda.values import Corrected, Intake

__all__ = ["MOST_PAGES", "folder_files"]

_PAGES = "pages"
MOST_PAGES = 200
"""How many documents get a page of their own where nobody says otherwise: those with the most errors."""


def folder_files(
    corpus: Corpus, texts: Sequence[tuple[Intake, Corrected]], *, pages: int = MOST_PAGES
) -> dict[str, bytes]:
    """The files of the report by their path in its folder; `texts` are those of the documents, in the same order."""
    corrections = correction_scores(corpus.documents) if corpus.after else None
    worst = sorted(corpus.documents, key=lambda d: (-_errors(d, corpus.headline), d.document_id))[:pages]
    named = summary.page_names(d.document_id for d in worst)
    names = {one: f"{_PAGES}/{name}" for one, name in named.items()}
    record = score_record(corpus, corrections)
    files = {
        "index.html": summary.render(corpus, corrections, names).encode(),
        "score.json": (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode(),
        "scores.csv": _csv(_score_rows(corpus)),
        "documents.csv": _csv(_document_rows(corpus)),
        "corrections.csv": _csv(_verdict_rows(corpus), _VERDICT),
    }
    for evaluation, (intake, corrected) in zip(corpus.documents, texts, strict=True):
        name = names.get(evaluation.document_id)
        if name:
            files[name] = html.render(intake, corrected, evaluation, index="../index.html").encode()
    return files


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_VERDICT = ("document_id", "start", "end", "before", "after", "truth", "outcome", "kind", "probability")


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula: OCR text is not to be run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _errors(evaluation: Evaluation, profile: str) -> int:
    return evaluation.after.score("cer", profile).counts.errors


def _csv(rows: Iterable[dict[str, Any]], names: Sequence[str] = ()) -> bytes:
    """Rows as CSV with a byte order mark, without which spreadsheets take UTF-8 for something else.

    `names` are those of the columns where there may be no row.
    """
    table = list(rows)
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, fieldnames=names or list(table[0]))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in table)
    return held.getvalue().encode("utf-8-sig")


def _score_rows(corpus: Corpus) -> Iterable[dict[str, Any]]:
    """A row for each text (OCR, corrected), profile and measure."""
    for name, side in (("ocr", corpus.before), ("corrected", corpus.after)):
        for f in side.figures if side else ():
            yield {
                "text": name,
                "profile": f.profile,
                "measure": f.name,
                "micro": f.micro,
                "low": f.interval.low if f.interval else None,
                "high": f.interval.high if f.interval else None,
                "macro": f.macro,
                "median": f.median,
                "hits": f.counts.hits,
                "substitutions": f.counts.substitutions,
                "deletions": f.counts.deletions,
                "insertions": f.counts.insertions,
            }


def _document_rows(corpus: Corpus) -> Iterable[dict[str, Any]]:
    """A row a document: its rates in the headline profile, and its outcomes."""
    for d in corpus.documents:
        row: dict[str, Any] = {"document_id": d.document_id, "group": d.group, "profile": corpus.headline}
        for name, measured in (("ocr", d.before), *((("corrected", d.after),) if corpus.after else ())):
            for score in measured.scores:
                if score.profile == corpus.headline:
                    row[f"{name}_{score.name}"] = score.value
        row["characters"] = d.before.score("cer", corpus.headline).counts.reference
        yield (
            row
            | {o.value: d.count(o) for o in Outcome}
            | {"right_words": d.right_words, "harm": d.harm, "marks": d.marks, "set_aside_words": d.set_aside}
            | {"not_compared_words": sum(count for _, count in d.left_out)}
        )


def _verdict_rows(corpus: Corpus) -> Iterable[dict[str, Any]]:
    """A row for each correction, and each error that none touched."""
    for d in corpus.documents:
        for v in d.verdicts:
            yield {
                "document_id": d.document_id,
                "start": v.span.start,
                "end": v.span.end,
                "before": v.before,
                "after": v.after,
                "truth": v.truth,
                "outcome": v.outcome.value,
                "kind": v.correction.kind.value if v.correction else None,
                "probability": v.correction.probability if v.correction else None,
            }
