"""`corrigenda correct`: text in, corrected text out; for pipes and for jobs that need no score."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from corrigenda import pipeline
from corrigenda.cli.explain import explain
from corrigenda.cli.jobs import each
from corrigenda.cli.options import NAME, PATH, Talk, correcting, say_encoding, say_passed_over, setup, talking
from corrigenda.cli.output import echo_json
from corrigenda.files.inputs import Input, discover, read_bytes
from corrigenda.files.other_texts import other_texts, refuse_witness
from corrigenda.files.outputs import STDOUT, prepare_folder, write_bytes, write_results
from corrigenda.ingest import formats
from corrigenda.report.extent import extent
from corrigenda.report.layout.write import ENDINGS
from corrigenda.report.ledger import correction_record, flag_record
from corrigenda.report.results import correction_files
from corrigenda.report.witnesses import not_used
from corrigenda.values import Corrected, Intake

__all__ = ["correct"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=NAME, metavar="INPUT...")
@click.option(
    "-o", "--output", type=PATH, metavar="DIR",
    help="Where texts, ledgers and flags go.  [default: the text to standard output]",
)  # fmt: skip
@click.option(
    "--explain", "explained", is_flag=True, help="Every correction and flag with its evidence, on standard error."
)
@correcting
@talking
def correct(
    inputs: tuple[str, ...],
    output: Path | None,
    *,
    explained: bool,
    talk: Talk,
    force: bool,
    **chosen: Any,
) -> None:
    """Correct raw OCR text.

    INPUT is a text (.txt, .md), ALTO, PAGE or hOCR, a folder of them, or - for standard input; what comes in as a
    layout format goes out as one. No transcription is read: what follows TRANSCRIBED PAGES FOLLOW is set aside.

    \b
    Examples:
        corrigenda correct letter.txt > letter.clean.txt
        pdftotext scan.pdf - | corrigenda correct - --explain | less
        corrigenda correct page.alto.xml > page.clean.alto.xml
        corrigenda correct box12/ -o cleaned
    """  # fmt: skip
    found = discover(inputs)
    output = None if str(output) == STDOUT else output
    if output is None and len(found) > 1:
        raise click.UsageError(f"{len(found)} texts cannot share standard output; name a folder with -o")
    if output:
        prepare_folder(output)
    say_passed_over(inputs, found, talk)
    given, witness = chosen.pop("readings"), chosen["witness"]
    job = setup(talk, other_readings=bool(given), **chosen)

    def work(one: Input) -> None:
        refuse_witness(witness, one)
        data = read_bytes(one.path)
        intake = formats.read(data, path=one.path, document_id=one.id)
        say_encoding(intake.document.source, talk)
        others = other_texts(given, one)
        result = pipeline.run(replace(intake, transcript=None), job, others)
        corrected = result.corrected
        files = correction_files(data, intake, corrected)
        if output:
            source = intake.document.source
            write_results(output, one.id, files, signature=corrected.signature, source=source, force=force)
        if talk.as_json:
            echo_json(_record(intake, corrected))
        elif not output:
            write_bytes(STDOUT, next((files[ending] for ending in ENDINGS if ending in files), files[".corrected.txt"]))
        if job.index:
            _say_edition(one, result, talk)
        if not (output or talk.as_json):
            talk.note(_made(one.path, intake, corrected, explained=explained))
        if explained and (corrected.corrections or corrected.flags):
            click.echo(explain(intake.document, corrected), err=True)

    each(found, work, talk=talk)


def _say_edition(one: Input, result: pipeline.Result, talk: Talk) -> None:
    """Tell the user on standard error what of the edition was found on a text."""
    talk.note(f"{one.path}: in the edition: {result.collation.citation if result.collation else 'none found'}")
    for match in result.found[1:] if result.collation else ():
        talk.note(f"{one.path}: also in the edition: {not_used(match)}")


def _made(path: str, intake: Intake, corrected: Corrected, *, explained: bool) -> str:
    """What was done to a text that goes to standard output, where nothing else tells of it."""
    if not corrected.corrections and not corrected.flags:
        words = extent(intake.document, corrected).words
        return (
            f"{path}: nothing corrected, nothing flagged; of {words:,} words that may be corrected none looks misread"
        )
    made = f"{path}: {len(corrected.corrections)} corrections made, {len(corrected.flags)} places flagged"
    return f"{made}; to keep their ledger name a folder with -o" + ("" if explained else ", to see them add --explain")


def _record(intake: Intake, corrected: Corrected) -> dict[str, Any]:
    return {
        "id": corrected.document_id,
        "corrected": corrected.text,
        "corrections": [correction_record(n, c) for n, c in enumerate(corrected.corrections, start=1)],
        "flags": [flag_record(f, intake.document.text) for f in corrected.flags],
        "signature": corrected.signature,
    }
