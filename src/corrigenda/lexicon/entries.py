"""What is known of one word form: how it was met, what stood beside it, and why it may not be believed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from corrigenda.lexicon.years import YEARS_AROUND

__all__ = ["Abbreviation", "Compound", "Entry", "Neighbours", "Reason", "Rejected"]


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
    def is_name(self) -> bool:
        """Whether it was hardly ever written without a capital."""
        return self.lower * 10 < self.total

    def was_used_about(self, year: int) -> bool:
        """Whether it was met within three years of `year`, or nothing is known of when it was met."""
        return not self.first or self.first - YEARS_AROUND <= year <= self.last + YEARS_AROUND

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
