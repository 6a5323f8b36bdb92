"""`corrigenda edition collate`: a page beside its edition, every difference with its class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from corrigenda.cli.jobs import each
from corrigenda.cli.options import NAME, PATH, Talk, say_encoding, say_passed_over, setup, talking
from corrigenda.cli.output import echo_json
from corrigenda.correct import store as models
from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.corrector import Options
from corrigenda.correct.witness import apparatus
from corrigenda.files.inputs import Input, discover, read_bytes
from corrigenda.files.other_texts import other_texts
from corrigenda.ingest import formats
from corrigenda.lexicon import store
from corrigenda.pipeline import beside_edition
from corrigenda.report.apparatus import apparatus_record
from corrigenda.text import line_column, shown
from corrigenda.values import Document, Flag

__all__ = ["collate"]

_AT_EITHER_END = 12


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=NAME, metavar="PAGE...")
@click.option("--witness", type=NAME, metavar="FILE", help="The clean published edition of this very document.")
@click.option(
    "--edition",
    "index",
    type=PATH,
    metavar="INDEX",
    help="Look for the published edition of each page in an index made by `edition index`.",
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
def collate(inputs: tuple[str, ...], *, readings: tuple[str, ...], talk: Talk, **chosen: Any) -> None:
    """Lay pages beside their published edition, and tell of every difference whose it is.

    PAGE is a text (.txt, .md), ALTO, PAGE or hOCR, a folder of them, or - for standard input. Nothing is changed;
    `run` and `correct` put in what is told to be an error of the OCR.

    \b
    Examples:
        corrigenda edition collate letter.txt --witness edition.txt
        corrigenda edition collate box12/ --edition frus.index --json > box12.apparatus.jsonl
    """  # fmt: skip
    if not chosen["witness"] and not chosen["index"]:
        raise click.UsageError("Name the edition with --witness, or the index to look for it in with --edition")
    found = discover(inputs)
    say_passed_over(inputs, found, talk)
    job = setup(talk, other_readings=bool(readings), **chosen)

    def work(one: Input) -> None:
        document = formats.read(read_bytes(one.path), path=one.path, document_id=one.id).document
        say_encoding(document.source, talk)
        beside = beside_edition(document, job)
        collation = beside.collation
        if collation is None:
            _say_none(one, talk)
            return
        for match in beside.found[1:]:
            talk.note(f"{one.path}: also on the page: {match.citation}; not laid beside it, since another is longer")
        told = apparatus(
            document, collation, job.engine, max_harm=job.options.max_harm, readings=other_texts(readings, one)
        )
        if talk.as_json:
            echo_json(apparatus_record(document, collation, told))
        else:
            click.echo("\n".join(_lines(one.path, document, collation.citation, told)))

    each(found, work, talk=talk)


def _say_none(one: Input, talk: Talk) -> None:
    if talk.as_json:
        echo_json({"id": one.id, "citation": None, "agreed": 0, "entries": []})
    else:
        click.echo(f"{one.path}: no edition was found")


def _lines(path: str, document: Document, citation: str, told: Sequence[Entry]) -> Iterator[str]:
    counts = {kind: sum(entry.class_ is kind for entry in told) for kind in DifferenceClass}
    yield f"{path}: {citation}"
    yield "    " + (", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count) or "no difference")
    for entry in told:
        line, column = line_column(document.text, entry.span.start)
        yield f"{line}:{column} {entry.class_.value}: {_side(entry.page)} | {_side(entry.edition)}  ({_why(entry)})"
        yield from (f"    {siglum} has {_side(text)}" for siglum, text in entry.others)


def _side(text: str) -> str:
    words = text.split()
    between = len(words) - 2 * _AT_EITHER_END
    if between > 1:
        # A passage that the page skips may be all of a document.
        text = " ".join([*words[:_AT_EITHER_END], f"[{between} more words]", *words[-_AT_EITHER_END:]])
    return shown(text) if text else "nothing"


def _why(entry: Entry) -> str:
    sure = "" if entry.probability is None else f", {entry.probability:.3f}"
    stands = ", flagged" if isinstance(entry.finding, Flag) and entry.class_ is DifferenceClass.DISPUTED else ""
    return f"{entry.why}{sure}{stands}"
