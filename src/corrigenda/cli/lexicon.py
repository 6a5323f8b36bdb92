"""`corrigenda lexicon`: build one, and ask what it knows of a word."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import click

from corrigenda.cli.output import echo_json
from corrigenda.errors import BadInputError
from corrigenda.lexicon import store
from corrigenda.lexicon.sources import read_exclusions, stem
from corrigenda.lexicon.words import WordIndex

__all__ = ["lexicon"]


@click.group()
def lexicon() -> None:
    """Build lexicons from clean FRUS text, and look words up.

    \b
    Examples:
        corrigenda lexicon build volumes/*.txt.xz -o my-lexicon
        corrigenda lexicon show quarantine
    """  # fmt: skip


@lexicon.command()
@click.argument("files", nargs=-1, required=True, metavar="FRUS...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The lexicon's folder; its name is the lexicon's.",
)
@click.option(
    "--exclude",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Stretches to leave unread, a line each: file name, first character and end, parted by tabs.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def build(files: tuple[Path, ...], output: Path, exclude: Path | None, *, quiet: bool) -> None:
    """Count the words of clean FRUS texts (.txt, .txt.xz, .txt.gz, or folders of them) into a lexicon.

    \b
    Examples:
        corrigenda lexicon build frus1961-63v05.txt -o volume-5
        corrigenda lexicon build volumes -o held-apart --exclude measured.tsv
        corrigenda run letter.txt --lexicon frus-1945-68,volume-5 -o out
    """  # fmt: skip
    paths = [p for given in files for p in _texts(given)]
    exclusions = read_exclusions(exclude) if exclude else None
    built = store.build_from_files(
        paths,
        name=output.name,
        version=metadata.version("corrigenda"),
        created=store.creation_date(),
        exclusions=exclusions,
        on_file=None if quiet else lambda path: click.echo(f"counting {path}", err=True),
    )
    store.save(built, output)
    if quiet:
        return
    if exclusions and built.exclusion:
        for name in sorted(exclusions.spans.keys() - {stem(path.name) for path in paths}):
            click.echo(f"{exclude}: {name} is none of the files, so nothing was cut from it", err=True)
        left_out = built.exclusion
        click.echo(f"{exclude}: {left_out.spans} stretches of {left_out.characters} characters left out", err=True)
    click.echo(f"{output}: {len(built.entries)} words from {len(paths)} files", err=True)


@lexicon.command()
@click.argument("word")
@click.option(
    "--lexicon", "lexicons", metavar="NAME|DIR,...", default=store.DEFAULT, show_default=True, help="Lexicons to ask."
)
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
def show(word: str, lexicons: str, *, as_json: bool) -> None:
    """What a lexicon knows of WORD, and which words are near it.

    \b
    Examples:
        corrigenda lexicon show quarantine
        corrigenda lexicon show restatment --json
    """  # fmt: skip
    index = WordIndex(store.combine([store.load(store.find(name.strip())) for name in lexicons.split(",")]))
    entry = index.entry(word)
    near = [n for n in index.near(word, 2) if n.distance][:8]
    if as_json:
        record = {
            "word": word,
            "lexicon": index.lexicon.name,
            "entry": entry._asdict() if entry else None,
            "near": [{"word": n.term, "count": n.count, "distance": n.distance} for n in near],
        }
        echo_json(record)
        return
    if entry is None:
        click.echo(f"{word}: not in {index.lexicon.name}" + ("; in general English" if index.general(word) else ""))
    else:
        click.echo(
            f"{word}: {entry.total} times in {entry.documents} documents of {entry.volumes} volumes "
            f"(lower case {entry.lower}, capitalised {entry.capital}, capitals {entry.upper})"
        )
    click.echo("near: " + (", ".join(f"{n.term} ({n.count})" for n in near) or "nothing"))


def _texts(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = sorted(p for p in given.iterdir() if p.name.endswith((".txt", ".txt.xz", ".txt.gz")))
    if not found:
        raise BadInputError(
            where=str(given), what="the folder holds no .txt, .txt.xz or .txt.gz file", remedy="Name the FRUS texts"
        )
    return found
