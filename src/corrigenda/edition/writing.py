"""Writing an index of an edition: volumes go in one by one, and the file is put in place when it is whole."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corrigenda.edition.index import APPLICATION, BLOCK, FORMAT, WINDOW, damaged, open_index
from corrigenda.edition.words import joined, telling_words
from corrigenda.errors import EditionError, OutputError
from corrigenda.ingest.frus_volume import Volume

__all__ = ["IndexWriter", "writing"]

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {FORMAT};
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE volumes (
  id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  characters INTEGER NOT NULL, words INTEGER NOT NULL, documents INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, glued INTEGER NOT NULL
);
CREATE TABLE parts (
  volume INTEGER, start INTEGER, end INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT, title TEXT NOT NULL, date TEXT,
  pages TEXT NOT NULL, PRIMARY KEY (volume, start)
) WITHOUT ROWID;
CREATE TABLE windows (id INTEGER PRIMARY KEY, volume INTEGER NOT NULL, start INTEGER NOT NULL);
CREATE TABLE blocks (volume INTEGER, start INTEGER, text BLOB NOT NULL, PRIMARY KEY (volume, start)) WITHOUT ROWID;
CREATE VIRTUAL TABLE pairs USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
"""
# Between the windows of two volumes, so that no run of windows goes from one into the other.
_APART = 1000


class IndexWriter:
    """An index that is being written; `known` has the hash of each volume's file by the volume's name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write to an open `connection` that has the tables."""
        self._connection = connection
        self.known: dict[str, str] = dict(connection.execute("SELECT name, sha256 FROM volumes").fetchall())
        self.changed = False

    def put(self, volume: Volume, *, file: str, sha256: str, size: int) -> None:
        """Add a volume, in the place of what the index had under its name."""
        self._drop(volume.name)
        (highest,) = self._connection.execute("SELECT max(last) FROM volumes").fetchone()
        first = (highest or 0) + _APART
        windows = list(_windows(volume.text))
        cursor = self._connection.execute(
            "INSERT INTO volumes (name, file, sha256, size, characters, words, documents, first, last, glued) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (volume.name, file, sha256, size, len(volume.text), len(volume.text.split()), volume.documents, first,
             first + len(windows) - 1, volume.glued),
        )  # fmt: skip
        number = cursor.lastrowid
        self._connection.executemany(
            "INSERT INTO pairs (rowid, words) VALUES (?, ?)", ((first + n, text) for n, (_, text) in enumerate(windows))
        )
        self._connection.executemany(
            "INSERT INTO windows VALUES (?, ?, ?)", ((first + n, number, start) for n, (start, _) in enumerate(windows))
        )
        self._connection.executemany(
            "INSERT INTO blocks VALUES (?, ?, ?)",
            ((number, at, zlib.compress(volume.text[at : at + BLOCK].encode(), 6)) for at in _steps(volume.text)),
        )
        self._connection.executemany(
            "INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((number, p.span.start, p.span.end, p.kind, p.number, p.title, p.date, json.dumps(p.pages))
             for p in volume.parts),
        )  # fmt: skip
        self.known[volume.name] = sha256
        self.changed = True

    def _drop(self, name: str) -> None:
        row = self._connection.execute("SELECT id, first FROM volumes WHERE name = ?", (name,)).fetchone()
        if row is None:
            return
        number, first = row
        blocks = self._connection.execute("SELECT text FROM blocks WHERE volume = ? ORDER BY start", (number,))
        text = "".join(zlib.decompress(block).decode() for (block,) in blocks)
        # A table without content forgets a row only when it is told what was in it.
        self._connection.executemany(
            "INSERT INTO pairs (pairs, rowid, words) VALUES ('delete', ?, ?)",
            ((first + n, words) for n, (_, words) in enumerate(_windows(text))),
        )
        for table in ("parts", "windows", "blocks"):
            self._connection.execute(f"DELETE FROM {table} WHERE volume = ?", (number,))  # noqa: S608
        self._connection.execute("DELETE FROM volumes WHERE id = ?", (number,))

    def finish(self, version: str) -> None:
        """Note the `version` of corrigenda that wrote it, and put the index in order."""
        self._connection.execute("INSERT OR REPLACE INTO manifest VALUES ('corrigenda', ?)", (version,))
        self._connection.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")
        self._connection.commit()


def _steps(text: str) -> range:
    return range(0, len(text), BLOCK)


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Where each window begins, and its pairs; a text of a word has one window without pairs."""
    telling, starts = telling_words(text)
    made = joined(telling)
    for at in range(0, max(len(made), 1), WINDOW):
        yield starts[at] if starts else 0, " ".join(made[at : at + WINDOW])


@contextmanager
def writing(path: Path, *, version: str) -> Iterator[IndexWriter]:
    """An index at `path` to be written to, which takes what stands there and is put in its place at the end.

    The earlier index stays as it is until then, and where anything fails, or nothing was changed. Raises OutputError
    where something else is in the way or nothing can be written, EditionError where the index there is damaged.
    """
    if path.exists():
        _refuse_foreign(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            if path.exists():
                shutil.copyfile(path, fresh)
            connection = sqlite3.connect(fresh)
            try:
                # Nobody else sees the file before it is whole, so that a journal would save nothing.
                connection.executescript("PRAGMA journal_mode = off; PRAGMA synchronous = off;")
                if not path.exists():
                    connection.executescript(_SCHEMA)
                writer = IndexWriter(connection)
                yield writer
                if writer.changed:
                    writer.finish(version)
            finally:
                connection.close()
            if writer.changed:
                with fresh.open("rb+") as file:
                    os.fsync(file.fileno())
                fresh.replace(path)
    except zlib.error as error:
        raise damaged(str(path), f"a text in it cannot be unpacked: {error}") from error
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            raise damaged(str(path), error) from error
        raise OutputError(
            where=str(path),
            what=f"cannot be written ({error})",
            remedy="Name a file in a place that you may write to and that has room",
        ) from error


def _refuse_foreign(path: Path) -> None:
    """Raise OutputError where what stands at `path` is no index that could be added to."""
    try:
        open_index(path).close()
    except EditionError as error:
        raise OutputError(
            where=str(path),
            what=f"is in the way: {error.what}",
            remedy="Name another file, or move this one away",
        ) from error
