"""`corrigenda edition`: index volumes, find what a page is a copy of, lay both side by side; compare releases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from corrigenda.cli.edition_collate import collate
from corrigenda.cli.edition_compare import compare
from corrigenda.cli.jobs import each
from corrigenda.cli.options import NAME, PATH, Talk, say_passed_over, talking
from corrigenda.cli.output import echo_json
from corrigenda.edition.index import open_index
from corrigenda.edition.match import Match, matches
from corrigenda.errors import PartialFailureError
from corrigenda.files.editions import Indexed, index_volumes, volume_files
from corrigenda.files.inputs import Input, discover, read_bytes
from corrigenda.ingest import formats

__all__ = ["edition"]


@click.group()
def edition() -> None:
    """Index a published edition, find what a page is a copy of, lay both side by side; compare releases of a record.

    \b
    Examples:
        corrigenda edition index volumes/ -o frus.index
        corrigenda edition match letter.txt --edition frus.index
        corrigenda run letter.txt --edition frus.index -o out
    """  # fmt: skip


edition.add_command(collate)
edition.add_command(compare)


@edition.command()
@click.argument("given", nargs=-1, required=True, type=PATH, metavar="FRUS...")
@click.option(
    "-o", "--output", required=True, type=PATH, metavar="INDEX", help="The index: a new one, or one to add to."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def index(given: tuple[Path, ...], output: Path, *, quiet: bool) -> None:
    """Index volumes of FRUS: TEI (.xml), text (.txt), either of them packed (.xz, .gz), or folders of such.

    An index that is there takes volumes that it lacks, and those whose file has changed; it stays as it was until all
    are in. A file that cannot be read is told of, and the others go in.

    \b
    Examples:
        corrigenda edition index frus1961-63v06.xml -o frus.index
        corrigenda edition index volumes/ -o frus.index
    """  # fmt: skip
    told = None if quiet else lambda path: click.echo(f"indexing {path}", err=True)
    done = index_volumes(volume_files(given), output, on_file=told)
    if len(done.failed) == 1 and not (done.read or done.known):
        raise done.failed[0]
    for error in done.failed:
        click.echo(f"failed: {error}", err=True)
    for path in () if quiet else done.bare:
        click.echo(f"{path}: no document was told apart in it; what is found there is cited by characters", err=True)
    if not quiet and (done.read or done.known):
        click.echo(_made(done, output), err=True)
    if done.failed:
        raise PartialFailureError(
            where=f"{len(done.failed)} of {len(done.failed) + len(done.read) + len(done.known)} files",
            what="could not be read, for the reasons above"
            + ("; the others are in the index" if done.read or done.known else ""),
            remedy="Mend or leave out those files and run again: what is in the index is not read again",
        )


def _made(done: Indexed, output: Path) -> str:
    made = open_index(output)
    counts = f"{len(made.volumes)} volumes, {made.documents:,} documents told apart, {made.words:,} words"
    size = output.stat().st_size / 1e6
    made.close()
    return f"{output}: {counts}, {size:.1f} MB; {len(done.read)} read now, {len(done.known)} known already"


@edition.command()
@click.argument("inputs", nargs=-1, required=True, type=NAME, metavar="INPUT...")
@click.option("--edition", "index_path", required=True, type=PATH, metavar="INDEX", help="The index to look in.")
@talking
def match(inputs: tuple[str, ...], index_path: Path, *, talk: Talk) -> None:
    """Find what of a published edition each text is a copy of: volume, document and place, and how likely.

    INPUT is a text (.txt, .md), ALTO, PAGE or hOCR, a folder of them, or - for standard input. A text may be a copy of
    several documents, of a part of one, or, as most are, of none.

    \b
    Examples:
        corrigenda edition match letter.txt --edition frus.index
        corrigenda edition match box12/ --edition frus.index --json > found.jsonl
    """  # fmt: skip
    opened = open_index(index_path)
    texts = discover(inputs)
    say_passed_over(inputs, texts, talk)

    def work(one: Input) -> None:
        document = formats.read(read_bytes(one.path), path=one.path, document_id=one.id).document
        found = matches(document.text, opened)
        if talk.as_json:
            echo_json({"id": one.id, "matches": [_record(match) for match in found]})
        else:
            click.echo("\n".join(_lines(one.path, found)))

    each(texts, work, talk=talk)


def _lines(path: str, found: Sequence[Match]) -> list[str]:
    if not found:
        return [f"{path}: none"]
    lines: list[str] = []
    for one in found:
        agree = f"{one.words} words, of which {100 * one.agreement:.0f}% agree"
        lines.append(f"{path}: {one.citation}")
        lines.append(f"    characters {one.page.start} to {one.page.end}: {agree}; probability {one.probability:.3f}")
        lines += [f"    also {citation}" for citation in one.also]
    return lines


def _record(one: Match) -> dict[str, Any]:
    return {
        "volume": one.volume,
        "document": one.edition.number,
        "title": one.edition.title,
        "date": one.edition.date,
        "citation": one.citation,
        "span": [one.span.start, one.span.end],
        "page": [one.page.start, one.page.end],
        "words": one.words,
        "agreement": one.agreement,
        "probability": one.probability,
        "also": list(one.also),
    }
