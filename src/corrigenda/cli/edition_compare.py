"""`corrigenda edition compare`: what one release of a record shows and another hides."""

from __future__ import annotations

from pathlib import Path

import click

from corrigenda.cli.options import NAME
from corrigenda.cli.output import echo_json
from corrigenda.edition import compare as releases
from corrigenda.files.engines import open_words
from corrigenda.files.inputs import read_bytes
from corrigenda.ingest import formats
from corrigenda.lexicon import store
from corrigenda.report.releases import comparison_lines, comparison_record
from corrigenda.values import Document

__all__ = ["compare"]


@click.command()
@click.argument("release_a", type=NAME, metavar="RELEASE_A")
@click.argument("release_b", type=NAME, metavar="RELEASE_B")
@click.option("--possible", is_flag=True, help="List what may as well have been lost by a machine, too.")
@click.option(
    "--lexicon", "lexicons", metavar="NAME|DIR|FILE,...", default=store.DEFAULT, show_default=True,
    help="The lexicons that tell words and names from what a machine made up.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="All that only one of them has, and what it is thought to be.")
def compare(release_a: str, release_b: str, lexicons: str, *, possible: bool, as_json: bool) -> None:
    """Tell what one release of a record shows and the other hides.

    RELEASE_A and RELEASE_B are OCR texts of the same record, raw, ALTO, PAGE or hOCR, by any two engines. What a
    machine misread, lost, or read in another order is told from what was redacted, as far as the texts alone can tell.

    \b
    Examples:
        corrigenda edition compare record.2018.txt record.2025.txt
        corrigenda edition compare record.2018.txt record.2025.txt --json > record.releases.json
    """  # fmt: skip
    names = (release_a, release_b)
    found = releases.compare(_read(release_a), _read(release_b), open_words(lexicons))
    if as_json:
        echo_json(comparison_record(found, names), indent=1)
        return
    for line in comparison_lines(found, names, possible=possible):
        click.echo(line)


def _read(path: str) -> Document:
    return formats.read(read_bytes(path), path=path, document_id=Path(path).stem, blank=True).document
