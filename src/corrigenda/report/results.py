"""The files that a run leaves for one document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corrigenda.edition.redaction import Redaction
from corrigenda.ingest.decode import encode
from corrigenda.report import html, ledger, scores
from corrigenda.report.layout.write import corrected_layout
from corrigenda.report.redactions import redaction_record
from corrigenda.report.scans import engine_texts, scan_pdf
from corrigenda.score.corpus import corpus
from corrigenda.score.corrections import correction_scores
from corrigenda.score.values import Evaluation
from corrigenda.values import Corrected, Intake

if TYPE_CHECKING:
    from corrigenda.scan.read import Scan

__all__ = ["correction_files", "run_files"]


def correction_files(data: bytes, intake: Intake, corrected: Corrected) -> dict[str, bytes]:
    """Corrected text (in the encoding of the source), ledger and flags, by the ending of the file's name.

    `data` is the file that `intake` was read from; where it is ALTO, PAGE or hOCR it is given back corrected, too.
    """
    source = intake.document.source
    flags = "".join(
        json.dumps(ledger.flag_record(f, intake.document.text), ensure_ascii=False) + "\n" for f in corrected.flags
    )
    layout = corrected_layout(data, intake.document, corrected)
    return {
        ".corrected.txt": encode(corrected.text, encoding=source.encoding, bom=source.bom),
        ".corrections.jsonl": ledger.dump(intake, corrected).encode(),
        ".flags.jsonl": flags.encode(),
        **({layout[0]: layout[1]} if layout else {}),
    }


def run_files(
    data: bytes,
    intake: Intake,
    corrected: Corrected,
    evaluation: Evaluation | None,
    *,
    notes: Iterable[tuple[str, str]],
    redactions: Sequence[Redaction] = (),
    scan: Scan | None = None,
) -> dict[str, bytes]:
    """All of `correction_files`, the report, and scores and redactions where there are any.

    `notes` are rows for the head of the report (`html.render`). `scan` is what the document was read from, if it was;
    `data` is then its hOCR, and there is a PDF as well.
    """
    files = correction_files(data, intake, corrected)
    if scan:
        files[".corrected.pdf"] = scan_pdf(scan, corrected)
        files |= engine_texts(scan)
    images = scan.images() if scan else ()
    report = html.render(
        intake,
        corrected,
        evaluation,
        notes=notes,
        redactions=redactions,
        images=images,
    )
    files[".report.html"] = report.encode()
    if redactions:
        files[".redactions.json"] = _json(redaction_record(corrected, redactions))
    if evaluation:
        whole = corpus([evaluation], corrected=True, signature=evaluation.signature)
        record = scores.score_record(whole, correction_scores(whole.documents))
        files[".score.json"] = _json(record)
    return files


def _json(record: object) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
