"""`corrigenda lexicon`: build one, ask what it knows of a word, and which words of a text it does not know."""

from __future__ import annotations

from importlib import metadata
from itertools import pairwise
from pathlib import Path

import click

from corrigenda.cli.lexicon_show import about_json, about_lines, pair_json, pair_lines, unknown_json
from corrigenda.cli.options import NAME, PATH
from corrigenda.cli.output import echo_json
from corrigenda.errors import BadInputError
from corrigenda.files.engines import open_words
from corrigenda.files.inputs import read_bytes
from corrigenda.files.lexicons import language_of, save_lexicon
from corrigenda.files.outputs import prepare_folder
from corrigenda.ingest.decode import decode
from corrigenda.language.model import LanguageModel
from corrigenda.lexicon import store
from corrigenda.lexicon.about import about, pair, unknown_words
from corrigenda.lexicon.persons import read_persons
from corrigenda.lexicon.sources import read_exclusions, stem

__all__ = ["lexicon"]


@click.group()
def lexicon() -> None:
    """Build lexicons from clean FRUS text, and look words up.

    \b
    Examples:
        corrigenda lexicon build volumes/*.txt.xz -o my-lexicon
        corrigenda lexicon show quarantine
        corrigenda lexicon check letter.txt
    """  # fmt: skip


@lexicon.command()
@click.argument("files", nargs=-1, required=True, metavar="FRUS...", type=PATH)
@click.option(
    "-o",
    "--output",
    required=True,
    type=PATH,
    metavar="DIR",
    help="The lexicon's folder; its name is the lexicon's.",
)
@click.option(
    "--exclude",
    type=PATH,
    metavar="FILE",
    help="Stretches to leave unread, a line each: file name, first character and end, parted by tabs.",
)
@click.option(
    "--persons",
    type=PATH,
    metavar="FILE",
    help="A table of persons: id, preferred, variants, volumes, parted by tabs.",
)
@click.option(
    "--language/--no-language",
    default=True,
    show_default=True,
    help="Make the language model of the same text too, which corrections are weighed with.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def build(
    files: tuple[Path, ...], output: Path, exclude: Path | None, persons: Path | None, *, language: bool, quiet: bool
) -> None:
    """Make a lexicon and a language model of clean FRUS texts (.txt, .txt.xz, .txt.gz, or folders of them).

    The language model lies in DIR/language. An earlier lexicon in DIR is replaced by the new one when that is whole.

    \b
    Examples:
        corrigenda lexicon build frus1961-63v05.txt -o volume-5
        corrigenda lexicon build volumes -o held-apart --exclude measured.tsv
        corrigenda run letter.txt --lexicon frus-1945-68,volume-5 -o out
    """  # fmt: skip
    store.refuse_foreign(output)
    prepare_folder(output.parent)
    paths = [p for given in files for p in _texts(given)]
    exclusions = read_exclusions(exclude) if exclude else None
    built = store.build_from_files(
        paths,
        name=output.name,
        version=metadata.version("corrigenda"),
        created=store.creation_date(),
        exclusions=exclusions,
        persons=read_persons(persons) if persons else (),
        on_file=None if quiet else lambda path: click.echo(f"counting {path}", err=True),
    )
    told = None if quiet else lambda path: click.echo(f"reading {path} for the language model", err=True)
    model = language_of(built, paths, exclusions=exclusions, on_file=told) if language else None
    save_lexicon(built, model, output)
    if quiet:
        return
    if exclusions and built.exclusion:
        for name in sorted(exclusions.spans.keys() - {stem(path.name) for path in paths}):
            click.echo(f"{exclude}: {name} is none of the files, so nothing was cut from it", err=True)
        left_out = built.exclusion
        click.echo(f"{exclude}: {left_out.spans} stretches of {left_out.characters} characters left out", err=True)
    click.echo(f"{output}: {len(built.entries)} words from {len(paths)} files", err=True)
    if language:
        click.echo(f"{output / store.LANGUAGE}: {_of_language(model)}", err=True)


def _of_language(model: LanguageModel | None) -> str:
    if model is None:
        return (
            "no language model, the text is too little for one; corrections with this lexicon use the shipped one. "
            "Give several pages of text at least to have its own"
        )
    words, pairs, threes = model.about.ngrams
    return f"a language model of {words:,} words, {pairs:,} pairs of them and {threes:,} threes"


_LEXICONS = click.option(
    "--lexicon",
    "lexicons",
    metavar="NAME|DIR|FILE,...",
    default=store.DEFAULT,
    show_default=True,
    help="Lexicons to ask: shipped ones, folders, and your own word lists (one word a line), which alone add to the "
    "shipped one.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")


@lexicon.command()
@click.argument("word")
@_LEXICONS
@click.option("--year", type=click.IntRange(1), help="The year of your document: persons of that time come first.")
@_JSON
def show(word: str, lexicons: str, year: int | None, *, as_json: bool) -> None:
    """What a lexicon knows of WORD, from when, who is called so, what is near it; or why it is not in.

    Several words in quotes are told of one by one, and how often each pair was met.

    \b
    Examples:
        corrigenda lexicon show Kuznetsov --year 1962
        corrigenda lexicon show IL-28
        corrigenda lexicon show "Soviet Union"
        corrigenda lexicon show foe --json
    """  # fmt: skip
    words = word.split()
    if not words:
        raise BadInputError(where="WORD", what="is empty", remedy="Give a word, or some in quotes: 'Soviet Union'")
    index = open_words(lexicons)
    told = [about(one, index, year=year) for one in words]
    pairs = [pair(left, right, index) for left, right in pairwise(words)]
    if as_json:
        records = list(map(about_json, told))
        echo_json({"words": records, "pairs": list(map(pair_json, pairs))} if pairs else records[0])
        return
    lines = list(pair_lines(about(" ".join(words), index), pairs)) if pairs else []
    for one in told:
        lines += about_lines(one)
    click.echo("\n".join(lines))


@lexicon.command()
@click.argument("file", type=NAME, metavar="FILE")
@_LEXICONS
@_JSON
def check(file: str, lexicons: str, *, as_json: bool) -> None:
    """List the words of FILE (- for standard input) that neither the lexicon nor general English knows.

    Each comes with how often it stands there, the line where it first does, and the nearest known words.

    \b
    Examples:
        corrigenda lexicon check letter.txt
        corrigenda lexicon check letter.txt --lexicon my-words.txt --json
    """  # fmt: skip
    text = decode(read_bytes(file), path=file).text
    found = unknown_words(text, open_words(lexicons))
    if as_json:
        echo_json({"file": file, "unknown": [unknown_json(one) for one in found]})
        return
    for one in found:
        why = f" [{one.rejected.reason}]" if one.rejected else ""
        click.echo(f"{one.line}\t{one.count}\t{one.word}{why}\t{', '.join(one.near)}")


def _texts(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = sorted(p for p in given.iterdir() if p.name.endswith((".txt", ".txt.xz", ".txt.gz")))
    if not found:
        raise BadInputError(
            where=str(given), what="the folder holds no .txt, .txt.xz or .txt.gz file", remedy="Name the FRUS texts"
        )
    return found
