"""`corrigenda edition collate`: a page beside its edition, every difference with its class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from corrigenda.cli.jobs import each
from corrigenda.cli.options import NAME, Talk, read_witness, say_encoding, setup, talking
from corrigenda.cli.output import echo_json
from corrigenda.correct import store as models
from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.corrector import Options
from corrigenda.correct.witness import apparatus
from corrigenda.edition.collate import collate as lay_beside
from corrigenda.edition.match import best_match
from corrigenda.files.inputs import Input, discover, read_bytes
from corrigenda.files.other_texts import other_texts
from corrigenda.ingest import formats
from corrigenda.lexicon import store
from corrigenda.report.apparatus import apparatus_record
from corrigenda.text import line_column, shown
from corrigenda.values import Document, Flag

__all__ = ["collate"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=NAME, metavar="PAGE...")
@click.option(
    "--witness", required=True, type=NAME, metavar="FILE", help="The clean published edition of this very document."
)
@click.option(
    "--reading",
    "readings",
    type=NAME,
    metavar="FILE|DIR",
    multiple=True,
    help="Another engine's text of the same page or record, or a folder of such; repeatable.",
)
@click.option("--lexicon", "lexicons", metavar="NAME|DIR|FILE,...", default=store.DEFAULT, show_default=True)
@click.option("--model", metavar="NAME|DIR", default=models.DEFAULT, show_default=True)
@click.option(
    "--max-harm",
    type=click.FloatRange(0, 100),
    default=Options().max_harm,
    show_default=True,
    metavar="PERCENT",
    help="How many right words in a hundred may be broken by what is taken for an error of the OCR.",
)
@talking
def collate(
    inputs: tuple[str, ...],
    witness: str,
    *,
    readings: tuple[str, ...],
    lexicons: str,
    model: str,
    max_harm: float,
    talk: Talk,
) -> None:
    """Lay pages beside their published edition, and tell of every difference whose it is.

    PAGE is a text (.txt, .md), ALTO, PAGE or hOCR, a folder of them, or - for standard input. Nothing is changed;
    `run` and `correct` put in what is told to be an error of the OCR.

    \b
    Examples:
        corrigenda edition collate letter.txt --witness edition.txt
        corrigenda edition collate letter.txt --witness edition.txt --json > letter.apparatus.json
    """  # fmt: skip
    job = setup(talk, lexicons=lexicons, model=model, witness=None, other_readings=bool(readings), max_harm=max_harm)

    edition = read_witness(witness)

    def work(one: Input) -> None:
        document = formats.read(read_bytes(one.path), path=one.path, document_id=one.id).document
        say_encoding(document.source, talk)
        collation = lay_beside(document, best_match(document, edition))
        told = apparatus(document, collation, job.engine, max_harm=max_harm, readings=other_texts(readings, one))
        if talk.as_json:
            echo_json(apparatus_record(document, collation, told))
        else:
            click.echo("\n".join(_lines(one.path, document, collation.citation, told)))

    each(discover(inputs), work, talk=talk)


def _lines(path: str, document: Document, citation: str, told: Sequence[Entry]) -> Iterator[str]:
    counts = {kind: sum(entry.class_ is kind for entry in told) for kind in DifferenceClass}
    yield f"{path}: {citation}"
    yield "    " + (", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count) or "no difference")
    for entry in told:
        line, column = line_column(document.text, entry.span.start)
        yield f"{line}:{column} {entry.class_.value}: {_side(entry.page)} | {_side(entry.edition)}  ({_why(entry)})"
        yield from (f"    {siglum} has {_side(text)}" for siglum, text in entry.others)


def _side(text: str) -> str:
    return shown(text) if text else "nothing"


def _why(entry: Entry) -> str:
    sure = "" if entry.probability is None else f", {entry.probability:.3f}"
    stands = ", flagged" if isinstance(entry.finding, Flag) and entry.class_ is DifferenceClass.DISPUTED else ""
    return f"{entry.why}{sure}{stands}"
