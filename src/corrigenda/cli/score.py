"""`corrigenda score`: how good an OCR text is, and whether a correction of it helped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from corrigenda.cli import tables
from corrigenda.cli.options import read_intake
from corrigenda.cli.output import echo_json
from corrigenda.errors import BadInputError
from corrigenda.files.inputs import Input, read_bytes
from corrigenda.ingest import rawtext
from corrigenda.report.scores import score_record
from corrigenda.score.compare import as_corrected
from corrigenda.score.corpus import corpus
from corrigenda.score.evaluate import evaluate
from corrigenda.values import Intake

__all__ = ["score"]


@click.command()
@click.argument("ocr", metavar="OCR")
@click.argument("truth", metavar="[TRUTH]", required=False)
@click.option("--corrected", metavar="FILE", help="A correction of the same text, by corrigenda or by anything else.")
@click.option("--json", "as_json", is_flag=True, help="The whole evaluation as JSON on standard output.")
def score(ocr: str, truth: str | None, corrected: str | None, *, as_json: bool) -> None:
    """Measure the accuracy of an OCR text against a human transcription.

    TRUTH may be left out where the transcription follows TRANSCRIBED PAGES FOLLOW in the OCR file, or lies beside
    it as x.gt.txt. With --corrected every change is judged: fixed, improved, still wrong, harmed.

    \b
    Examples:
        corrigenda score letter.txt letter.gt.txt
        corrigenda score letter.txt letter.gt.txt --corrected out/letter.corrected.txt
    """  # fmt: skip
    intake = _intake(ocr, truth)
    document, transcript = intake.document, intake.transcript
    if transcript is None:
        raise BadInputError(
            where=ocr, what="has no transcription to be scored against", remedy="Name it: corrigenda score OCR TRUTH"
        )
    other = document.text
    if corrected:
        other = rawtext.read(read_bytes(corrected), path=corrected, document_id=document.id).document.text
    judged = evaluate(document, as_corrected(document, other, signature="scored as given"), transcript)
    if as_json:
        echo_json(score_record(corpus([judged], corrected=corrected is not None, signature=judged.signature)), indent=1)
    else:
        tables.show(tables.evaluation(judged))


def _intake(ocr: str, truth: str | None) -> Intake:
    intake = read_intake(Input(path=ocr, id=Path(ocr).stem))
    if truth is None:
        return intake
    transcript = rawtext.read_transcript(read_bytes(truth), path=truth, document_id=intake.document.id)
    return replace(intake, transcript=transcript)
