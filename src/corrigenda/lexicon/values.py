"""The values of a lexicon: what is known of one word form, and the whole with where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corrigenda.lexicon.tables import Tables

__all__ = [
    "Abbreviation",
    "Compound",
    "Entry",
    "Exclusion",
    "Lexicon",
    "LexiconSource",
    "Neighbours",
    "Reason",
    "Rejected",
    "words_sha256",
    "words_text",
]


class Entry(NamedTuple):
    """How often a word form was met, how it was written, in how many documents and volumes, and from when to when.

    `first` and `last` are the years of its earliest and latest document, or of their volumes; 0 is not known.

    A named tuple because a lexicon holds tens of thousands of them, all made at opening, and frozen
    dataclasses take four times as long.
    """

    total: int
    lower: int
    capital: int
    upper: int
    documents: int
    volumes: int
    first: int = 0
    last: int = 0

    def plus(self, other: Entry) -> Entry:
        """This and what another lexicon knows of the same word."""
        added = Entry._make(map(sum, zip(self, other, strict=True)))
        first = min(filter(None, (self.first, other.first)), default=0)
        return added._replace(first=first, last=max(self.last, other.last))

    @property
    def mixed(self) -> int:
        """How often in any other case (`non-Communist`, `McCloy`)."""
        return self.total - self.lower - self.capital - self.upper


class Abbreviation(NamedTuple):
    """A short form: how often met, how often with a full stop, what the text says it stands for, and how often."""

    total: int
    dotted: int
    expansion: str
    explained: int


class Compound(NamedTuple):
    """How often a word of two parts was written as one, with a hyphen, and apart (coordinate, co-ordinate)."""

    closed: int
    hyphened: int
    apart: int


class Neighbours(NamedTuple):
    """The words that most tellingly stand before and behind a word, each with how often."""

    left: tuple[tuple[str, int], ...]
    right: tuple[tuple[str, int], ...]


class Reason(StrEnum):
    """Why a form that was met is not in the lexicon."""

    ONCE = "met once"
    MISREAD = "misread"
    MISPRINT = "misprint"
    RUN_TOGETHER = "run together"
    NOTE_DIGIT = "footnote digit"


class Rejected(NamedTuple):
    """A form that is not believed: how often and in how many volumes it was met, and the word that it stands for."""

    total: int
    volumes: int
    reason: Reason
    instead: str


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
