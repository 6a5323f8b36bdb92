"""`corrigenda run`: the whole way, from raw OCR text to corrected text, ledger, score and report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corrigenda import pipeline
from corrigenda.cli import tables
from corrigenda.cli.jobs import each
from corrigenda.cli.options import (
    NAME,
    PATH,
    Talk,
    TruthPattern,
    correcting,
    read_intake,
    say_encoding,
    say_passed_over,
    setup,
    talking,
)
from corrigenda.cli.output import echo_json
from corrigenda.cli.reading import READING, Scans, reading, refuse_failed_pages
from corrigenda.correct.readings import OtherText
from corrigenda.edition.index import EditionIndex
from corrigenda.edition.match import Match
from corrigenda.errors import PairingError
from corrigenda.files.inputs import SCANS, TEXTS, TRUTH_PATTERN, Input, discover, is_scan, read_bytes, unpaired_truths
from corrigenda.files.other_texts import other_texts, refuse_witness
from corrigenda.files.outputs import prepare_folder, write_results
from corrigenda.pipeline import Setup
from corrigenda.report.extent import Extent, extent
from corrigenda.report.results import run_files
from corrigenda.report.scans import scan_hocr
from corrigenda.report.scores import summary_record
from corrigenda.report.witnesses import heard, not_used
from corrigenda.score.values import Evaluation
from corrigenda.values import Corrected, Intake

if TYPE_CHECKING:
    from corrigenda.scan.read import Scan

__all__ = ["run"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=NAME, metavar="INPUT...")
@click.option("-o", "--output", required=True, type=PATH, metavar="DIR", help="Where results go.")
@click.option(
    "--truth-pattern",
    type=TruthPattern(),
    default=TRUTH_PATTERN,
    show_default=True,
    help="The name of the transcription beside {stem}.txt.",
)
@reading
@correcting
@talking
def run(
    inputs: tuple[str, ...],
    output: Path,
    truth_pattern: str,
    *,
    talk: Talk,
    force: bool,
    **chosen: Any,
) -> None:
    """Correct, score where a transcription exists, and report.

    INPUT is a raw OCR text (.txt, .md), ALTO, PAGE or hOCR, a scan (.png, .jpg, .jp2, .tif, .pdf), a folder of them,
    or - for standard input. A transcription is taken from x.gt.txt beside x.txt or x.jpg, or from what follows
    TRANSCRIBED PAGES FOLLOW in the file.

    \b
    Examples:
        corrigenda run letter.txt -o out
        corrigenda run letter.txt --witness frus-document.txt -o out
        corrigenda run letter.txt --edition frus.index -o out
        corrigenda run letter.txt --reading letter.vision.txt -o out
        corrigenda run scans/box12/ -o cleaned/box12
        corrigenda run despatch.tif --second-reading -o out
    """  # fmt: skip
    found = discover(inputs, truth_pattern=truth_pattern, endings=(*TEXTS, *SCANS))
    if chosen["second_reading"] and not any(is_scan(one.path) for one in found):
        talk.note("--second-reading: nothing is read a second time, since no scan is given")
    scans = Scans([one for one in found if is_scan(one.path)], **{name: chosen.pop(name) for name in READING})
    given, witness = chosen.pop("readings"), chosen["witness"]
    prepare_folder(output)
    say_passed_over(inputs, found, talk, truth_pattern=truth_pattern)
    _say_unpaired(unpaired_truths(inputs, found, truth_pattern), talk)
    job = setup(talk, other_readings=bool(given or scans.are_read_twice), **chosen)
    done: list[_Done] = []

    def work(one: Input) -> None:
        refuse_witness(witness, one)
        scan = scans.take(job.engine.words.familiar) if is_scan(one.path) else None
        data = scan_hocr(scan) if scan else read_bytes(one.path)
        intake = read_intake(one, data, truth_pattern, scan.document if scan else None)
        say_encoding(intake.document.source, talk)
        result = _result(intake, job, other_texts(given, one), scan.other if scan else None, talk)
        files = _files(data, result, job, scan)
        signature = result.corrected.signature
        write_results(output, one.id, files, signature=signature, source=intake.document.source, force=force)
        done.append(_Done.of(result, tuple(files)))
        if talk.as_json:
            echo_json(summary_record(result.corrected, result.evaluation))
        if scan:
            refuse_failed_pages(scan)

    try:
        each(found, work, talk=talk)
    finally:
        if done and not talk.as_json and not talk.quiet:
            _tell(done, job, (*given, *(("RapidOCR",) if scans.are_read_twice else ())), output)


def _say_unpaired(truths: Sequence[str], talk: Talk) -> None:
    """Tell the user of transcriptions that belong to nothing that was found."""
    if truths:
        talk.note(f"{len(truths)} transcriptions belong to no text (see --truth-pattern), such as {truths[0]}")


def _files(data: bytes, result: pipeline.Result, job: Setup, scan: Scan | None) -> dict[str, bytes]:
    """What is written of a result, by the ending of its name."""
    note = job.engine.words.lexicon.note
    told = heard(result.collation, edition=job.edition, index=job.index, found=result.found, readings=result.readings)
    return run_files(
        data,
        result.intake,
        result.corrected,
        result.evaluation,
        notes=(("Lexicon", note), *told),
        redactions=result.redactions,
        scan=scan,
    )


def _result(
    intake: Intake,
    job: Setup,
    given: Sequence[OtherText],
    second: tuple[str, tuple[tuple[int, str], ...]] | None,
    talk: Talk,
) -> pipeline.Result:
    """What the pipeline makes of a document with the readings that were given and those that a scan came with.

    A text that was given is perhaps of another page. A second reading is of the same, and where the two have next to
    nothing in common, one of them failed.
    """
    own = [OtherText.of_parts(*second)] if second else []
    try:
        return pipeline.run(intake, job, (*given, *own))
    except PairingError as error:
        if error.where not in {one.siglum for one in own}:
            raise
        talk.note(f"{intake.document.source.path}: {error.where} reads another text there, and is not listened to")
        return pipeline.run(intake, job, given)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Done:
    """What the end of a run tells of a document; `files` are the endings of its files.

    `unused` are the copies of other documents on it, which it was not corrected by.
    """

    corrected: Corrected
    evaluation: Evaluation | None
    extent: Extent
    citation: str | None
    unused: tuple[Match, ...]
    files: tuple[str, ...]

    @classmethod
    def of(cls, result: pipeline.Result, files: tuple[str, ...]) -> _Done:
        """What is told of a result whose files are written."""
        told = extent(result.intake.document, result.corrected)
        citation = result.collation.citation if result.collation else None
        return cls(
            corrected=result.corrected,
            evaluation=result.evaluation,
            extent=told,
            citation=citation,
            unused=result.found[1:] if citation else (),
            files=files,
        )


def _tell(done: Sequence[_Done], job: Setup, readings: Sequence[str], output: Path) -> None:
    """Print what was made of each document, and where it lies."""
    if any(one.evaluation for one in done):
        tables.show(tables.summary([(one.corrected, one.evaluation) for one in done]))
    else:
        tables.show(tables.made([(one.corrected, one.extent) for one in done]))
        click.echo(_by(job, readings))
    if job.index:
        click.echo(_in_edition(done, job.index))
        for one in done:
            for match in one.unused:
                click.echo(f"Also on {one.corrected.document_id}: {not_used(match)}")
    name = done[0].corrected.document_id if len(done) == 1 else "*"
    endings = dict.fromkeys(ending for one in done for ending in one.files)
    click.echo(f"Results in {output}: " + ", ".join(f"{name}{ending}" for ending in endings))


def _in_edition(done: Sequence[_Done], index: EditionIndex) -> str:
    """What of the documents was found in the index of an edition."""
    cited = [one.citation for one in done if one.citation]
    told = f"Looked for in the edition {index.name} ({len(index.volumes)} volumes): "
    if not cited:
        return told + "none found"
    return told + (cited[0] if len(done) == 1 else f"{len(cited)} of {len(done)} documents found")


def _by(job: Setup, readings: Sequence[str]) -> str:
    engine, options = job.engine, job.options
    return ", ".join((
        f"Corrected by lexicon {engine.words.lexicon.name}",
        f"model {engine.model.name}",
        f"engine {options.engine}" if options.engine else "engine as the text tells",
        *((f"neural model {job.engine.neural.name}",) if job.engine.neural else ()),
        *((f"year {options.year}",) if options.year else ()),
        f"witness {job.edition.name}" if job.edition else f"edition {job.index.name}" if job.index else "no witness",
        *((f"other readings {', '.join(readings)}",) if readings else ()),
        f"max harm {options.max_harm:g}%",
    ))  # fmt: skip
