"""The files that a run leaves for one document."""

from __future__ import annotations

import json

from corrigenda.ingest.decode import encode
from corrigenda.report import html, ledger, scores
from corrigenda.score.corpus import corpus
from corrigenda.score.corrections import correction_scores
from corrigenda.score.values import Evaluation
from corrigenda.values import Corrected, Intake

__all__ = ["correction_files", "run_files"]


def correction_files(intake: Intake, corrected: Corrected) -> dict[str, bytes]:
    """Corrected text (in the encoding of the source), ledger and flags, by the ending of the file's name."""
    source = intake.document.source
    flags = "".join(
        json.dumps(ledger.flag_record(f, intake.document.text), ensure_ascii=False) + "\n" for f in corrected.flags
    )
    return {
        ".corrected.txt": encode(corrected.text, encoding=source.encoding, bom=source.bom),
        ".corrections.jsonl": ledger.dump(intake, corrected).encode(),
        ".flags.jsonl": flags.encode(),
    }


def run_files(
    intake: Intake, corrected: Corrected, evaluation: Evaluation | None, *, lexicon_note: str
) -> dict[str, bytes]:
    """All of `correction_files`, the report, and the scores where there are any."""
    files = correction_files(intake, corrected)
    files[".report.html"] = html.render(intake, corrected, evaluation, lexicon_note=lexicon_note).encode()
    if evaluation:
        whole = corpus([evaluation], corrected=True, signature=evaluation.signature)
        record = scores.score_record(whole, correction_scores(whole.documents))
        files[".score.json"] = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    return files
