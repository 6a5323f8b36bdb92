"""The values of a lexicon: the whole with where it came from, and its words as they are stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corrigenda.lexicon.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corrigenda.lexicon.tables import Tables

__all__ = ["Entry", "Exclusion", "Lexicon", "LexiconSource", "words_sha256", "words_text"]


@dataclass(frozen=True, kw_only=True, slots=True)
class LexiconSource:
    """A file that was counted. A hyphenated compound is one of its `words`."""

    file: str
    sha256: str
    words: int
    documents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusion:
    """What was left unread: the hash of the list that said so, and how many stretches and characters it was."""

    sha256: str
    spans: int
    characters: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """Words counted from clean text. `sha256` is of the words as stored, so it names the content exactly.

    `parameters` are the thresholds it was built with and `totals` its size; both say what was cut. `version`
    is that of the corrigenda which built it, `created` an ISO date; `exclusion` is None where all was read.
    `listed` are the forms of a user's own word lists, which are right by their say.
    `tables` is what else it tells, read when asked for; None for a lexicon that was put together by hand.
    """

    name: str
    version: str
    created: str
    parameters: Mapping[str, int]
    totals: Mapping[str, int]
    sources: tuple[LexiconSource, ...]
    entries: Mapping[str, Entry]
    sha256: str
    exclusion: Exclusion | None = None
    listed: frozenset[str] = frozenset()
    tables: Tables | None = field(default=None, compare=False, repr=False)

    @property
    def note(self) -> str:
        """What this lexicon is in a sentence, for reports; a few sources are named, so that none is used unsaid."""
        named = ", ".join(s.file for s in self.sources) if len(self.sources) <= _FEW else ""
        return f"{self.name}: {len(self.entries):,} words counted from " + (named or f"{len(self.sources)} files")


_FEW = 5
_HEADER = "\t".join(("word", *Entry._fields))


def words_text(entries: Mapping[str, Entry]) -> str:
    """The words as a table for people and programs: a header, then a line a word, sorted by code point.

    >>> words_text({"embtel": Entry(7, 2, 5, 0, 4, 1, 1961, 1963)}).splitlines()[1].split()
    ['embtel', '7', '2', '5', '0', '4', '1', '1961', '1963']
    """
    rows = ("\t".join((word, *map(str, entries[word]))) for word in sorted(entries))
    return "\n".join((_HEADER, *rows)) + "\n"


def words_sha256(entries: Mapping[str, Entry]) -> str:
    """The hash of the words as they are stored."""
    return hashlib.sha256(words_text(entries).encode()).hexdigest()
