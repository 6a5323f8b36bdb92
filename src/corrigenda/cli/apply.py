"""`corrigenda apply` and `corrigenda undo`: replay corrections from a ledger, or take them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import click

from corrigenda.cli.options import NAME
from corrigenda.correct import apply as applying
from corrigenda.errors import BadInputError
from corrigenda.files.inputs import read_bytes
from corrigenda.files.outputs import STDOUT, write_bytes
from corrigenda.ingest import formats
from corrigenda.ingest.decode import decode_as, encode
from corrigenda.ingest.formats import layout_of
from corrigenda.report.layout.write import corrected_layout, restored_layout
from corrigenda.report.ledger import Ledger, load
from corrigenda.report.selection import Choice, selected
from corrigenda.values import Corrected, Correction, Document

__all__ = ["apply", "undo"]

F = TypeVar("F", bound=Callable[..., Any])


class _Choice(click.ParamType[Choice]):
    name = "KEY=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Choice:
        try:
            return Choice.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _choosing(function: F) -> F:
    chosen = "with this id, kind, rule or (at least) probability"
    for option in reversed(
        (
            click.argument("ledger", type=NAME, metavar="LEDGER"),
            click.argument("text", type=NAME, metavar="[TEXT]", required=False),
            click.option(
                "-o",
                "--output",
                type=NAME,
                default=STDOUT,
                metavar="FILE",
                help="Where the text goes, instead of to stdout.",
            ),
            click.option("--only", multiple=True, type=_Choice(), help=f"Only corrections {chosen}; may be repeated."),
            click.option("--without", multiple=True, type=_Choice(), help=f"No correction {chosen}; may be repeated."),
            click.option("--force", is_flag=True, help="Replace the file that -o names."),
        )
    ):
        function = option(function)
    return function


@click.command()
@_choosing
def apply(
    ledger: str, text: str | None, output: str, only: tuple[Choice, ...], without: tuple[Choice, ...], *, force: bool
) -> None:
    """Make the corrections of a ledger again.

    LEDGER is an x.corrections.jsonl; TEXT is the raw OCR file that it was made from, by default the file that the
    ledger names. A page in ALTO, PAGE or hOCR comes out as one.

    \b
    Examples:
        corrigenda apply out/letter.corrections.jsonl -o letter.clean.txt
        corrigenda apply out/letter.corrections.jsonl --without kind=restoration
        corrigenda apply out/letter.corrections.jsonl --only probability=0.97
    """  # fmt: skip
    book = _open(ledger)
    path = text or _source(book, ledger)
    data = read_bytes(path)
    if layout_of(data, path=path):
        write_bytes(output, _applied_to_page(book, data, path, (only, without), ledger), force=force)
        return
    body = data.removesuffix(encode(book.aside, encoding=book.source.encoding, bom=False)) if book.aside else data
    _check(body, book.original_sha256, text or book.source.path, "the raw text that this ledger was made from")
    chosen = _chosen(book, only, without, ledger)
    corrected = _applied(book, body, book.corrections, chosen, ledger)
    _check_whole(book, corrected, chosen, book.corrected_sha256, ledger)
    write_bytes(output, corrected, force=force)


@click.command()
@_choosing
def undo(
    ledger: str, text: str | None, output: str, only: tuple[Choice, ...], without: tuple[Choice, ...], *, force: bool
) -> None:
    """Take the corrections of a ledger back; all of them give the original file, byte for byte.

    LEDGER is an x.corrections.jsonl; TEXT is the corrected file, by default the x.corrected.txt beside it. A
    transcription that followed in the original file is put back behind the text. A page in ALTO, PAGE or hOCR has kept
    what it was, and comes out as one.

    \b
    Examples:
        corrigenda undo out/letter.corrections.jsonl -o letter.txt
        corrigenda undo out/page.corrections.jsonl out/page.corrected.alto.xml -o page.alto.xml
        corrigenda undo out/letter.corrections.jsonl --only kind=name --only kind=number
        corrigenda undo out/letter.corrections.jsonl --only id=7
    """  # fmt: skip
    book = _open(ledger)
    path = text or ledger.removesuffix(".corrections.jsonl") + ".corrected.txt"
    body = read_bytes(path)
    if layout_of(body, path=path):
        write_bytes(output, _undone_on_page(book, body, path, (only, without), ledger), force=force)
        return
    _check(body, book.corrected_sha256, path, "the corrected text that this ledger belongs to")
    chosen = _chosen(book, only, without, ledger)
    original = _applied(book, body, applying.inverted(book.corrections), chosen, ledger)
    _check_whole(book, original, chosen, book.original_sha256, ledger)
    aside = encode(book.aside, encoding=book.source.encoding, bom=False)
    write_bytes(output, original + aside, force=force)


def _open(path: str) -> Ledger:
    data = read_bytes(path)
    try:
        return load(data.decode(), where=path)
    except UnicodeDecodeError as error:
        raise BadInputError(
            where=path, what="is no ledger, which is UTF-8 text", remedy="Give the x.corrections.jsonl of a run"
        ) from error


def _chosen(book: Ledger, only: tuple[Choice, ...], without: tuple[Choice, ...], ledger: str) -> tuple[int, ...]:
    """The corrections that the options choose. Raises BadInputError for an id that the ledger lacks."""
    highest = len(book.corrections)
    for choice in (*only, *without):
        if choice.key == "id" and not 1 <= int(choice.value) <= highest:
            ids = f"ids run from 1 to {highest}" if highest else "the ledger is empty"
            raise BadInputError(where=ledger, what=f"no correction has the id {choice.value}", remedy=f"Here {ids}")
    chosen = selected(book.corrections, only=only, without=without)
    if not chosen and highest:
        click.echo(f"{ledger}: none of the {highest} corrections is chosen; the text stays as it is", err=True)
    return chosen


def _applied_to_page(
    book: Ledger, data: bytes, path: str, choices: tuple[tuple[Choice, ...], tuple[Choice, ...]], ledger: str
) -> bytes:
    """ALTO, PAGE or hOCR with the chosen corrections in it."""
    document = formats.read(data, path=path, document_id=book.document_id, whole=True).document
    _check(document.text.encode(), book.original_sha256, path, "the page that this ledger was made from")
    return _page_with(data, document, book, _chosen(book, *choices, ledger), ledger)


def _undone_on_page(
    book: Ledger, data: bytes, path: str, choices: tuple[tuple[Choice, ...], tuple[Choice, ...]], ledger: str
) -> bytes:
    """ALTO, PAGE or hOCR without the chosen corrections, by the readings that it has kept."""
    bare = restored_layout(data, path=path)
    document = formats.read(bare, path=path, document_id=book.document_id, whole=True).document
    what = "the corrected page that this ledger belongs to"
    _check(document.text.encode(), book.original_sha256, path, what)
    whole = _page_with(bare, document, book, range(len(book.corrections)), ledger)
    if _words(whole, path) != _words(data, path):
        raise _misfit(path, what)
    chosen = set(_chosen(book, *choices, ledger))
    left = [number for number in range(len(book.corrections)) if number not in chosen]
    return _page_with(bare, document, book, left, ledger) if left else bare


def _page_with(data: bytes, document: Document, book: Ledger, chosen: Sequence[int], ledger: str) -> bytes:
    corrections = tuple(book.corrections[i] for i in chosen)
    text = _applied(book, document.text.encode(), book.corrections, chosen, ledger).decode()
    corrected = Corrected(
        document_id=book.document_id, text=text, corrections=corrections, flags=(), signature=book.signature
    )
    made = corrected_layout(data, document, corrected)
    return made[1] if made else data


def _words(data: bytes, path: str) -> list[str]:
    return [w.text for w in formats.read(data, path=path, document_id="", whole=True).document.words]


def _source(book: Ledger, ledger: str) -> str:
    """The file that the ledger names: from here, or from the ledger's own folder."""
    named, folder = Path(book.source.path), Path(ledger).parent
    places = (named, folder / named, folder / named.name)
    return str(next((place for place in places if place.is_file()), named))


def _check(body: bytes, expected: str, path: str, what: str) -> None:
    if sha256(body).hexdigest() != expected:
        raise _misfit(path, what)


def _misfit(path: str, what: str) -> BadInputError:
    return BadInputError(
        where=path,
        what=f"is not {what}, or was edited since",
        remedy="Name that file after the ledger. To take several back at once repeat --only (--only id=1 --only "
        "id=2); for another choice start from the raw text: corrigenda apply LEDGER --without id=1",
    )


def _applied(book: Ledger, body: bytes, corrections: Sequence[Correction], chosen: Sequence[int], ledger: str) -> bytes:
    source = book.source
    text = decode_as(body, encoding=source.encoding, bom=source.bom)
    try:
        result = applying.apply(text, [corrections[i] for i in chosen])
        return encode(result, encoding=source.encoding, bom=source.bom)
    except applying.MisfitError as error:
        # The first line of a ledger is its header, so correction 0 is on line 2.
        raise _altered(f"{ledger}, line {chosen[error.index] + 2}", str(error)) from error
    except UnicodeEncodeError as error:
        raise _altered(ledger, f"a correction brings in a letter that {source.encoding} lacks") from error


def _check_whole(book: Ledger, result: bytes, chosen: Sequence[int], expected: str, ledger: str) -> None:
    """All corrections together lead to one text, and the ledger has its hash."""
    if len(chosen) == len(book.corrections) and sha256(result).hexdigest() != expected:
        raise _altered(ledger, "its corrections do not lead to the text that it was written for")


def _altered(where: str, what: str) -> BadInputError:
    return BadInputError(where=where, what=what, remedy="The ledger was altered; make it again with corrigenda run")
