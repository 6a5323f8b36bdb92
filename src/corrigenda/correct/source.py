"""What the corrector needs to know of words: a protocol, so that it depends on no index and no lexicon format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

__all__ = ["Near", "WordCounts", "WordSource"]


class WordCounts(Protocol):
    """How often a word stands in the lexicon's sources, by case, and in how many documents and volumes."""

    @property
    def total(self) -> int:
        """How often in all."""

    @property
    def lower(self) -> int:
        """How often in lower case."""

    @property
    def documents(self) -> int:
        """In how many documents."""

    @property
    def volumes(self) -> int:
        """In how many volumes."""


class Near(Protocol):
    """A word of the lexicon within a few edits of another."""

    @property
    def term(self) -> str:
        """The word, as the lexicon keeps it."""

    @property
    def count(self) -> int:
        """How often it stands in the sources."""

    @property
    def distance(self) -> int:
        """How many edits away it is."""


class WordSource(Protocol):
    """A lexicon that can be asked for a word, and for the words near it."""

    def entry(self, word: str) -> WordCounts | None:
        """The counts of `word` in any case and with any quotes, or None."""

    def count(self, word: str) -> int:
        """How often `word` stands in the sources, 0 where it does not."""

    def near(self, word: str, distance: int) -> Sequence[Near]:
        """Words within `distance` edits (Damerau-Levenshtein), nearest and most frequent first."""

    def general(self, word: str) -> bool:
        """Whether a broad list of English has the word, though the lexicon's sources may not."""

    def with_edge(self, part: str, *, at_end: bool) -> Sequence[str]:
        """Longer words that begin with `part`, or end with it where letters are missing before; most frequent first."""
