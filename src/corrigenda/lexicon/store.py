"""Lexicons on disk: a folder with `words.tsv` and `manifest.json`, checked when it is opened.

The table is plain text, not compressed: it can be searched and compared as it stands, opens without a
decoder, and both git and the wheel compress it anyway.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda.errors import LexiconError
from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.build import build
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.entries import Entry
from corrigenda.lexicon.folder import MANIFEST, FolderKind, shipped_folder
from corrigenda.lexicon.sources import excluded, read_source
from corrigenda.lexicon.tables import TABLES, Tables
from corrigenda.lexicon.values import Exclusion, Lexicon, LexiconSource, words_text
from corrigenda.lexicon.word_list import read_word_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from corrigenda.ingest.frus_text import Edition
    from corrigenda.lexicon.persons import Person
    from corrigenda.lexicon.sources import Exclusions
    from corrigenda.values import Span

__all__ = [
    "DEFAULT",
    "LANGUAGE",
    "Volume",
    "build_from_files",
    "combine",
    "creation_date",
    "find",
    "load",
    "refuse_foreign",
    "save",
    "shipped",
    "volumes",
]

DEFAULT = "frus-1945-68"
"""The lexicon taken where none is named."""
LANGUAGE = "language"
"""The folder of a language model, inside that of the lexicon which was counted from the same text."""

_KIND = FolderKind(name="a lexicon", format="corrigenda lexicon", version=1, mend="Build the lexicon again")
_WORDS = "words.tsv"
_FILES = frozenset({_WORDS, MANIFEST, *(f"{table}.tsv" for table in TABLES)})


def shipped() -> tuple[str, ...]:
    """The names of the lexicons that came with this installation."""
    folder = shipped_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{_WORDS}")))


def find(name_or_path: str = DEFAULT) -> Path:
    """The folder of a shipped lexicon, or the folder or word list that a path names.

    A shipped name wins over a folder of the same name in the current one, so that a run means the same
    everywhere; `./NAME` takes the folder.
    """
    if name_or_path in shipped():
        return shipped_folder() / name_or_path
    path = Path(name_or_path)
    try:
        if path.is_dir() or path.is_file():
            return path
    except OSError as error:
        raise LexiconError(
            where=name_or_path,
            what=f"cannot be looked into ({error.strerror})",
            remedy="Name a shipped lexicon, or a folder or word list that you may read",
        ) from error
    known = ", ".join(shipped()) or "none"
    raise LexiconError(
        where=name_or_path,
        what="is neither a folder nor the name of a shipped lexicon, and no word list",
        remedy=f"Shipped with this installation: {known}. Build one with 'corrigenda lexicon build'",
    )


def load(folder: Path) -> Lexicon:
    """Open the lexicon in `folder`; its format is checked, and that its words are those it was saved with.

    A file is read as a word list (`corrigenda.lexicon.word_list`).
    """
    if folder.is_file():
        return read_word_list(folder)
    manifest = _KIND.manifest(folder)
    data = _KIND.held(folder / _WORDS, manifest.get("words_sha256"))
    try:
        return Lexicon(
            name=manifest["name"],
            version=manifest["corrigenda"],
            created=manifest["created"],
            parameters=manifest["parameters"],
            totals=manifest["totals"],
            sources=tuple(LexiconSource(**source) for source in manifest["sources"]),
            entries=_entries(data.decode()),
            sha256=manifest["words_sha256"],
            exclusion=Exclusion(**manifest["excluded"]) if "excluded" in manifest else None,
            tables=_tables(folder, manifest.get("tables", {})),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _KIND.damaged(folder / MANIFEST, f"does not describe its words ({error})") from error


def _tables(folder: Path, hashes: Mapping[str, str]) -> Tables:
    """The tables beside the words; each is checked when it is read."""

    def text(table: str) -> str:
        return _KIND.held(folder / f"{table}.tsv", hashes[table]).decode()

    return Tables({table: partial(text, table) for table in TABLES if table in hashes})


def _entries(table: str) -> dict[str, Entry]:
    """The entries of a table of words, read by columns, since each start of corrigenda waits for it."""
    header, _, rows = table.partition("\n")
    width = header.count("\t") + 1
    cells = rows.split()
    if len(cells) != width * rows.count("\n"):
        msg = "a row has not as many columns as the header"
        raise ValueError(msg)
    columns = (list(map(int, cells[i::width])) for i in range(1, width))
    return dict(zip(cells[::width], map(Entry, *columns), strict=True))


def save(lexicon: Lexicon, folder: Path, *, save_language: Callable[[Path], None] | None = None) -> None:
    """Write `lexicon` as `folder`, whole or not at all; only an earlier lexicon there is replaced.

    `save_language` writes the language model of the same text to the folder that it is given, `LANGUAGE` inside the
    lexicon's; without it the lexicon has none, whatever the earlier one had.
    """
    refuse_foreign(folder)

    def fill(fresh: Path) -> dict[str, Any]:
        (fresh / _WORDS).write_bytes(words_text(lexicon.entries).encode())
        texts = {table: text.encode() for table, text in lexicon.tables.texts().items()} if lexicon.tables else {}
        for table, data in texts.items():
            (fresh / f"{table}.tsv").write_bytes(data)
        if save_language:
            save_language(fresh / LANGUAGE)
        return _manifest(lexicon, texts)

    _KIND.write(folder, fill)


def refuse_foreign(folder: Path) -> None:
    """Raise `OutputError` where something stands at `folder` that is no lexicon, perhaps with a language model."""
    _KIND.refuse_foreign(folder, _is_ours)


def _is_ours(path: Path) -> bool:
    """Whether a path in a lexicon's folder is part of it; of a language model its own manifest says what it has."""
    if path.name != LANGUAGE:
        return path.name in _FILES
    try:
        named = set(json.loads((path / MANIFEST).read_bytes())["files"])
        return {file.name for file in path.iterdir()} <= {MANIFEST, *named}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _manifest(lexicon: Lexicon, tables: Mapping[str, bytes]) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "name": lexicon.name,
        "corrigenda": lexicon.version,
        "created": lexicon.created,
        "words_sha256": lexicon.sha256,
        "tables": {table: hashlib.sha256(data).hexdigest() for table, data in tables.items()},
        "parameters": dict(lexicon.parameters),
        "totals": dict(lexicon.totals),
        "sources": [
            {"file": s.file, "sha256": s.sha256, "words": s.words, "documents": s.documents} for s in lexicon.sources
        ],
    }
    if lexicon.exclusion:
        manifest["excluded"] = asdict(lexicon.exclusion)
    return manifest


def combine(lexicons: Sequence[Lexicon]) -> Lexicon:
    """One lexicon with the counts of all added up; named `a+b`, its hash made of theirs."""
    if len(lexicons) == 1:
        return lexicons[0]
    hashes = [lexicon.sha256 for lexicon in lexicons]
    if not lexicons or len(set(hashes)) < len(hashes):
        raise LexiconError(
            where=", ".join(lexicon.name for lexicon in lexicons) or "lexicons",
            what="the same lexicon is given twice" if lexicons else "none is given",
            remedy="Name each lexicon once",
        )
    entries: dict[str, Entry] = dict(lexicons[0].entries)
    totals: dict[str, int] = dict(lexicons[0].totals)
    for lexicon in lexicons[1:]:
        for word, entry in lexicon.entries.items():
            here = entries.get(word)
            entries[word] = here.plus(entry) if here else entry
        for key, number in lexicon.totals.items():
            totals[key] = totals.get(key, 0) + number
    return Lexicon(
        name="+".join(lexicon.name for lexicon in lexicons),
        version="+".join(sorted({lexicon.version for lexicon in lexicons})),
        created=max(lexicon.created for lexicon in lexicons),
        parameters=_shared(lexicons),
        totals={**totals, "forms": len(entries)},
        sources=tuple(source for lexicon in lexicons for source in lexicon.sources),
        entries=entries,
        sha256=hashlib.sha256("+".join(hashes).encode()).hexdigest(),
        listed=frozenset[str]().union(*(lexicon.listed for lexicon in lexicons)),
        tables=Tables.together([lexicon.tables for lexicon in lexicons if lexicon.tables]),
    )


def _shared(lexicons: Sequence[Lexicon]) -> dict[str, int]:
    """The parameters that all were built with alike; where they differ, no figure is true of the whole."""
    first, *others = [lexicon.parameters for lexicon in lexicons if lexicon.parameters] or [{}]
    return {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """A file of an edition as it is learnt from, its hash, and the stretches of its text that were left out."""

    file: str
    sha256: str
    cut: tuple[Span, ...]
    edition: Edition


def volumes(
    paths: Iterable[Path], *, exclusions: Exclusions | None = None, on_file: Callable[[Path], None] | None = None
) -> Iterator[Volume]:
    """Read edition files (`.txt`, `.txt.xz`, `.txt.gz`), one in memory at a time, without what `exclusions` name.

    The files are taken in the order of their names, so that nothing hangs on the order given. `on_file` is called
    before each file is read.
    """
    for path in sorted(paths, key=lambda path: (path.name, path)):
        if on_file:
            on_file(path)
        source = read_source(path)
        spans = exclusions.of(source.file) if exclusions else ()
        edition = read_edition(excluded(source.text, spans, where=str(path)), name=source.name)
        yield Volume(file=source.file, sha256=source.sha256, cut=spans, edition=edition)


def build_from_files(
    paths: Iterable[Path],
    *,
    name: str,
    version: str,
    created: str,
    exclusions: Exclusions | None = None,
    persons: tuple[Person, ...] = (),
    on_file: Callable[[Path], None] | None = None,
) -> Lexicon:
    """Build a lexicon from edition files, read as `volumes` reads them.

    The stretches of `exclusions` are not read; `persons` are names that are none of its misprints.
    """
    read: list[tuple[str, str, tuple[Span, ...]]] = []

    def editions() -> Iterator[Edition]:
        for volume in volumes(paths, exclusions=exclusions, on_file=on_file):
            read.append((volume.file, volume.sha256, volume.cut))
            yield volume.edition

    counts = count(editions())
    sources = tuple(
        LexiconSource(file=file, sha256=sha256, words=counted.words, documents=counted.documents)
        for (file, sha256, _), counted in zip(read, counts.volumes, strict=True)
    )
    lexicon = build(counts, name=name, version=version, created=created, sources=sources, persons=persons)
    if exclusions is None:
        return lexicon
    cut = [span for _, _, spans in read for span in spans]
    left_out = Exclusion(sha256=exclusions.sha256, spans=len(cut), characters=sum(map(len, cut)))
    return replace(lexicon, exclusion=left_out)


def creation_date() -> str:
    """Today, or the day of SOURCE_DATE_EPOCH, so that a rebuild can be identical to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return now.date().isoformat()
