"""Files of clean text, and the stretches of them that must not be learnt from.

What is measured on a page is worth nothing if the page's own published text was counted, so a list of stretches
says what to leave out of every volume. Lexicon and language model read their text through here, and the same list
given to both leaves the same text out.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError
from corrigenda.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Exclusions", "SourceText", "excluded", "read_exclusions", "read_source", "stem"]

_PARAGRAPH_BREAK = "\n\n"
_OPENERS = {".xz": lzma.decompress, ".gz": gzip.decompress}
_COLUMNS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceText:
    """A file of clean text as decoded, without its byte order mark; `sha256` is of the file's own bytes."""

    file: str
    sha256: str
    text: str

    @property
    def name(self) -> str:
        """The file's name without endings: `frus1961-63v10`."""
        return stem(self.file)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusions:
    """Stretches to leave out, by the stem of a file's name; `sha256` is of the list's own bytes."""

    sha256: str
    spans: Mapping[str, tuple[Span, ...]]

    def of(self, file: str) -> tuple[Span, ...]:
        """The stretches to leave out of the file of that name, with or without its endings."""
        return self.spans.get(stem(file), ())


def stem(file: str) -> str:
    """The name of a volume's file without its endings.

    >>> stem("frus1961-63v10.txt.xz"), stem("frus1961-63v05.documents-1-234.txt")
    ('frus1961-63v10', 'frus1961-63v05.documents-1-234')
    """
    return file.split(".txt", maxsplit=1)[0]


def read_source(path: Path) -> SourceText:
    """Read a text file (`.txt`, `.txt.xz`, `.txt.gz`); `BadInputError` where it cannot be read as UTF-8."""
    data = _bytes(path, "Give a text file of the edition that exists and that you may read")
    try:
        text = _OPENERS.get(path.suffix, bytes)(data).decode("utf-8-sig")
    except (lzma.LZMAError, EOFError, OSError, zlib.error, UnicodeDecodeError) as error:
        raise BadInputError(
            where=str(path),
            what=f"is not UTF-8 text as its name says ({error})",
            remedy="Give UTF-8 text, plain or packed as .xz or .gz",
        ) from error
    return SourceText(file=path.name, sha256=hashlib.sha256(data).hexdigest(), text=text)


def _bytes(path: Path, remedy: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(where=str(path), what=f"cannot be read ({error.strerror})", remedy=remedy) from error


def read_exclusions(path: Path) -> Exclusions:
    """Read a list of stretches: a file's name (or its stem), first character, and end, parted by tabs.

    Characters are code points of the decoded text without a byte order mark, counted from 0; the end is the first
    character that stays. Empty lines and lines that begin with `#` say nothing. Stretches may touch and overlap.
    """
    data = _bytes(path, "Give a table of stretches that exists and that you may read")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise _bad_line(str(path), f"is not UTF-8 ({error})") from error
    spans: dict[str, list[Span]] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            name, span = _stretch(line, f"{path}, line {number}")
            spans.setdefault(name, []).append(span)
    return Exclusions(
        sha256=hashlib.sha256(data).hexdigest(),
        spans={name: _merged(found) for name, found in spans.items()},
    )


def _stretch(line: str, where: str) -> tuple[str, Span]:
    fields = line.split("\t")
    if len(fields) != _COLUMNS or not all(f.strip().isdecimal() for f in fields[1:]):
        raise _bad_line(where, "is not a file name and two numbers")
    start, end = int(fields[1]), int(fields[2])
    if start >= end:
        raise _bad_line(where, f"ends at {end}, not after its first character {start}")
    return stem(fields[0].strip()), Span(start=start, end=end)


def _bad_line(where: str, what: str) -> BadInputError:
    return BadInputError(where=where, what=what, remedy="Write: file name, tab, first character, tab, end")


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def excluded(text: str, spans: Iterable[Span], *, where: str) -> str:
    r"""`text` without the stretches `spans`, each replaced by a paragraph break, so that nothing joins across it.

    Raises `BadInputError` that names `where` if a stretch ends behind the text: the list is then of another text.

    >>> excluded("We met him. He left. It rained.", [Span(start=11, end=20)], where="diary")
    'We met him.\n\n It rained.'
    """
    kept: list[str] = []
    at = 0
    for span in _merged(spans):
        if span.end > len(text):
            raise BadInputError(
                where=where,
                what=f"has {len(text)} characters, and characters {span.start} to {span.end} are to be left out",
                remedy="Give the text that the list of stretches was made for",
            )
        kept.append(text[at : span.start])
        at = span.end
    return _PARAGRAPH_BREAK.join((*kept, text[at:]))
