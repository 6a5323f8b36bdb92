"""An index of an edition: one SQLite file that finds places by pairs of words, and has the text to lay beside a page.

The file says what it was made of: every volume with the hash of its file. Windows of `WINDOW` pairs are found by
FTS5 without positions, which needs no more than SQLite itself; the text lies beside them in compressed blocks.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import weakref
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corrigenda.errors import EditionError
from corrigenda.ingest.frus_text import EditionDocument, without_apparatus, work_of
from corrigenda.ingest.frus_volume import Part
from corrigenda.values import Span

__all__ = [
    "APPLICATION",
    "BLOCK",
    "FORMAT",
    "WINDOW",
    "EditionIndex",
    "IndexedVolume",
    "damaged",
    "identity",
    "open_index",
]

APPLICATION = 0x436F7272
"""What marks a SQLite file as one of ours, in its header."""
FORMAT = 1
WINDOW = 32
"""Pairs in a window: about 75 words of running text."""
_GOES_ON = 200
"""Characters in another document from which on a stretch is of that one too: more than a heading and a date."""
BLOCK = 32_768
"""Characters of text in a block."""
_MAKE = "corrigenda edition index FRUS... -o INDEX"
_REMEDY = f"Make the index again: {_MAKE}"
_MEND = f"Make it anew under another name, or delete it first: {_MAKE}"
# With what every file of SQLite begins.
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexedVolume:
    """A volume in an index: the file that it was read from, and what was found in it.

    `first` and `last` are the numbers of its windows; `glued` as in `Volume`.
    """

    id: int
    name: str
    file: str
    sha256: str
    size: int
    characters: int
    words: int
    documents: int
    first: int
    last: int
    glued: bool


def identity(volumes: dict[str, str]) -> str:
    """The SHA-256 of an index of volumes with these names and hashes, in whatever order they were read."""
    told = json.dumps([FORMAT, WINDOW, sorted(volumes.items())])
    return hashlib.sha256(told.encode()).hexdigest()


class EditionIndex:
    """An index that is open for reading; `name` is that of its file, `sha256` stands for what is in it."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Take over a `connection` to the file at `path`, which `open_index` has checked."""
        self._connection = connection
        # Nobody need close it: what holds an index is let go of when a job ends.
        weakref.finalize(self, connection.close)
        self.path = path
        self.name = Path(path).stem
        columns = ", ".join(IndexedVolume.__slots__)
        rows = connection.execute(f"SELECT {columns} FROM volumes ORDER BY name").fetchall()  # noqa: S608
        made = (IndexedVolume(**dict(zip(IndexedVolume.__slots__, row, strict=True))) for row in rows)
        self.volumes = {volume.id: volume for volume in made}
        self.sha256 = identity({volume.name: volume.sha256 for volume in self.volumes.values()})

    @property
    def words(self) -> int:
        """How many words all volumes have."""
        return sum(volume.words for volume in self.volumes.values())

    @property
    def documents(self) -> int:
        """How many documents were told apart in all volumes."""
        return sum(volume.documents for volume in self.volumes.values())

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def version(self) -> str:
        """The version of corrigenda that wrote the index last."""
        (version,) = self._connection.execute("SELECT value FROM manifest WHERE name = 'corrigenda'").fetchone()
        return str(version)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise damaged(self.path, error) from error

    def windows_with(self, pair: str, *, most: int) -> list[int]:
        """The windows in which a pair of words stands; none where it stands in more than `most`."""
        rows = self._rows("SELECT rowid FROM pairs WHERE pairs MATCH ? LIMIT ?", f'"{pair}"', most + 1)
        return [row[0] for row in rows] if len(rows) <= most else []

    def volume_of(self, window: int) -> IndexedVolume:
        """The volume that a window is of."""
        rows = self._rows("SELECT volume FROM windows WHERE id = ?", window)
        volume = self.volumes.get(rows[0][0]) if rows else None
        if volume is None:
            raise damaged(self.path, f"window {window} is of no volume")
        return volume

    def stretch(self, volume: IndexedVolume, first: int, last: int) -> Span:
        """Where the windows from `first` to `last` stand in the text of their volume, as far as it reaches."""
        ends = (max(first, volume.first), min(last, volume.last) + 1)
        rows = self._rows("SELECT start FROM windows WHERE id IN (?, ?) AND volume = ? ORDER BY id", *ends, volume.id)
        if not rows:
            raise damaged(self.path, f"{volume.name} lacks its windows {first} to {last}")
        return Span(start=rows[0][0], end=rows[1][0] if len(rows) > 1 else volume.characters)

    def text(self, volume: IndexedVolume, span: Span) -> str:
        """The characters `span` of a volume's text."""
        begins = span.start - span.start % BLOCK
        rows = self._rows(
            "SELECT text FROM blocks WHERE volume = ? AND start BETWEEN ? AND ? ORDER BY start",
            volume.id,
            begins,
            max(span.end - 1, begins),
        )
        try:
            text = "".join(zlib.decompress(row[0]).decode() for row in rows)
        except (zlib.error, UnicodeDecodeError) as error:
            raise damaged(self.path, f"the text of {volume.name} cannot be unpacked: {error}") from error
        return text[span.start - begins : span.end - begins]

    def part_at(self, volume: IndexedVolume, span: Span) -> Part | None:
        """The part of a volume in which most of a stretch of its text stands; None where it stands in none.

        A stretch that goes on into the next document is of both: the number is then "7 to 8".
        """
        rows = self._rows(
            "SELECT kind, number, title, start, end, date, pages FROM parts WHERE volume = ? AND start < ? AND end > ? "
            "ORDER BY start",
            volume.id,
            span.end,
            span.start,
        )
        parts = [
            Part(
                kind=kind,
                number=number,
                title=title,
                span=Span(start=start, end=end),
                date=date,
                pages=tuple((at, page) for at, page in json.loads(pages)),
            )
            for kind, number, title, start, end, date, pages in rows
        ]
        most = max(parts, key=lambda p: _common(p.span, span), default=None)
        among = [p.number for p in parts if p is most or _common(p.span, span) >= _GOES_ON]
        if most is None or len(among) < 2 or not (among[0] and among[-1]):
            return most
        return replace(most, number=f"{among[0]} to {among[-1]}")

    def document(self, volume: IndexedVolume, part: Part | None, span: Span) -> EditionDocument:
        """The stretch `span` of a volume's text as a document of the edition, cited by its `part` and its page."""
        text = self.text(volume, span)
        pieces = (piece.strip() for piece in text.splitlines())
        before = (
            self.text(volume, Span(start=part.span.start, end=span.start))
            if part and part.span.start <= span.start
            else ""
        )
        return EditionDocument(
            number=part.number if part else None,
            title=part.title if part else "",
            paragraphs=tuple(filter(None, (without_apparatus(p) if volume.glued else p for p in pieces))),
            source_note=None,
            footnotes=(),
            citation=_citation(volume, part, span),
            date=part.date if part else None,
            first_paragraph=max(1, _paragraphs(before) + (part is not None and part.kind == "notes")),
        )


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _paragraphs(text: str) -> int:
    """The number of the paragraph that goes on or begins where `text` ends, which is a heading and what follows it."""
    whole = sum(1 for line in text.splitlines() if line.strip())
    return whole - (not text.endswith("\n"))


def _citation(volume: IndexedVolume, part: Part | None, span: Span) -> str:
    work = work_of(volume.name)
    work = volume.name if work == "FRUS" else work
    if part is None:
        return f"{work}, characters {span.start} to {span.end}"
    told = [work]
    if part.number:
        told.append(part.number if "/" in part.number else f"document {part.number}")
    if part.title:
        told.append(part.title)
    if part.kind == "notes":
        told.append("notes")
    pages = [page for at, page in part.pages if at < span.end]
    first = next((n for n in reversed(range(len(pages))) if part.pages[n][0] <= span.start), 0)
    if pages[first:]:
        among = pages[first:]
        told.append(f"p. {among[0]}" if len(among) == 1 else f"pp. {among[0]}–{among[-1]}")
    return ", ".join(told)


def open_index(path: Path) -> EditionIndex:
    """Open the index at `path` for reading. Raises EditionError that says what is wrong with the file."""
    if not path.is_file():
        what = "is a folder, not a file" if path.is_dir() else "there is no such file"
        raise EditionError(where=str(path), what=what, remedy=f"Check the name, or make the index: {_MAKE}")
    try:
        _refuse_text(path)
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    except (OSError, sqlite3.Error) as error:
        raise damaged(str(path), error) from error
    try:
        _check(connection, path)
        return EditionIndex(connection, str(path))
    except sqlite3.Error as error:
        connection.close()
        raise damaged(str(path), error) from error
    except EditionError:
        connection.close()
        raise


def _refuse_text(path: Path) -> None:
    """Raise EditionError where the file is of another kind altogether, such as the text of the edition."""
    with path.open("rb") as file:
        begins = file.read(len(_MAGIC))
    if begins != _MAGIC:
        raise EditionError(
            where=str(path),
            what="is no index of an edition",
            remedy=f"Give the edition of this very document with --witness, or make an index of volumes: {_MAKE}",
        )


def damaged(path: str, why: object) -> EditionError:
    """The error that tells of a file that is no index, or is not what was once written: `why` says how one knows."""
    return EditionError(where=path, what=f"is no index of an edition, or a damaged one ({why})", remedy=_MEND)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise EditionError where a file of SQLite is no index, or of another format."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise EditionError(where=str(path), what="is a database, but no index of an edition", remedy=_REMEDY)
    if version != FORMAT:
        raise EditionError(
            where=str(path),
            what=f"has format version {version}, and this corrigenda reads {FORMAT}",
            remedy=f"Remove it. {_REMEDY}",
        )
    # Every volume tells how much there must be of it; what was lost since would be found by nobody.
    for table, asked in (("windows", "last - first + 1"), ("blocks", f"(characters + {BLOCK} - 1) / {BLOCK}")):
        query = f"SELECT (SELECT count(*) FROM {table}), (SELECT total({asked}) FROM volumes)"  # noqa: S608
        there, told = connection.execute(query).fetchone()
        if there != told:
            raise damaged(str(path), f"{there} of {told:.0f} {table} of text are there")
