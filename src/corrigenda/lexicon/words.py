"""Looking words up: what the lexicon knows of one, and what is near it.

The only module that knows symspellpy. Importing that attaches a log handler which writes to standard error on
its own; a library must not, so it is taken off here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from symspellpy import SymSpell, Verbosity  # type: ignore[import-untyped]
from symspellpy import logging as symspellpy_logging
from symspellpy.abstract_distance_comparer import AbstractDistanceComparer  # type: ignore[import-untyped]
from symspellpy.editdistance import DistanceAlgorithm, EditDistance  # type: ignore[import-untyped]

from corrigenda.lexicon.english import is_general
from corrigenda.lexicon.tables import Tables
from corrigenda.text import word_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corrigenda.lexicon.entries import Entry, Rejected
    from corrigenda.lexicon.values import Lexicon

__all__ = ["MAX_DISTANCE", "MIN_CANDIDATE", "Near", "WordIndex", "general_words"]

symspellpy_logging.logger.removeHandler(symspellpy_logging.handler)

MAX_DISTANCE = 3
"""Three edits reach many words, so that they are worth asking for only where a word is long."""
_INDEXED_DISTANCE = 2
"""An index of all deletions of three letters would take seconds to build; beyond two, words are gone through."""
MIN_CANDIDATE = 8
"""A word met less often is known, so it is left alone, but it is not offered: the edition's own misprints are among
the rare forms. On the archive pairs 361 of 370 right words are in reach at 8 as at 3, with a third fewer words to
search; from 12 on, words get lost."""
_LIMIT = 80
_MOST_KEPT = 300_000
_LAST = "\U0010ffff"
_PREFIX = 7
_CANDIDATE = re.compile(r"[^\W\d_]{2,}(?:['-][^\W\d_]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A word of the lexicon within some edits (optimal string alignment) of the word asked for."""

    term: str
    count: int
    distance: int


@cache
def general_words() -> frozenset[str]:
    """The words of symspellpy's list of general English: 82,765 in lower case, some of them British."""
    listed = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    text = listed.read_text(encoding="utf-8-sig")
    return frozenset(line.split(" ", 1)[0] for line in text.splitlines())


class _Distance(AbstractDistanceComparer):  # type: ignore[misc]
    """Symspellpy's own distance is written in Python; this one is compiled and gives the same figures."""

    def distance(self, string_1: str | None, string_2: str | None, max_distance: int) -> int:
        edits = OSA.distance(string_1 or "", string_2 or "", score_cutoff=max_distance)
        return edits if edits <= max_distance else -1


def _forms(word: str) -> Iterator[str]:
    """The forms that `word` may be known by: as it is, with the dot its core lost, without possessive s."""
    form = word_form(word)
    yield form
    if "." in form:
        yield f"{form}."  # "U.S" is what is left of "U.S." when the punctuation around a word is cut off.
    for ending in ("'s", "'"):
        if form.endswith(ending) and form != ending:
            yield form.removesuffix(ending)


def _letters(form: str) -> np.uint32:
    """The set of letters of `form`, one bit for each letter of the alphabet and for what falls together with it."""
    bits = 0
    for letter in form:
        bits |= 1 << ((ord(letter) - 97) & 31)
    return np.uint32(bits)


class WordIndex:
    """A lexicon made ready for questions; the same lexicon gives the same answers in the same order."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Costs nothing: the index of near words is built when it is first asked."""
        self.lexicon = lexicon
        self._found: dict[str, Entry | None] = {}

    def entry(self, word: str) -> Entry | None:
        """What is known of `word` in any case and with any quotes, or of it without its possessive s."""
        try:
            return self._found[word]
        except KeyError:
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            entries = self.lexicon.entries
            found = self._found[word] = next((entries[form] for form in _forms(word) if form in entries), None)
            return found

    def count(self, word: str) -> int:
        """How often the lexicon met `word`; 0 where it is unknown."""
        entry = self.entry(word)
        return entry.total if entry else 0

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year of the lexicon's sources; (0, 0) where they tell none."""
        known = [(e.first, e.last) for e in self.lexicon.entries.values() if e.first]
        return min((first for first, _ in known), default=0), max((last for _, last in known), default=0)

    def near(self, word: str, distance: int) -> tuple[Near, ...]:
        """The words within `distance` edits, nearest first, then the most frequent; at most the best 80."""
        if not 1 <= distance <= MAX_DISTANCE:
            msg = f"distance must be 1 to {MAX_DISTANCE}, not {distance}"
            raise ValueError(msg)
        near = self._indexed(word, distance) if distance <= _INDEXED_DISTANCE else self._gone_through(word, distance)
        return tuple(sorted(near, key=lambda item: (item.distance, -item.count, item.term))[:_LIMIT])

    def _indexed(self, word: str, distance: int) -> Iterator[Near]:
        found = self._symspell.lookup(word_form(word), Verbosity.ALL, max_edit_distance=distance)
        return (Near(term=item.term, count=item.count, distance=item.distance) for item in found)

    def _gone_through(self, word: str, distance: int) -> Iterator[Near]:
        """Words of like length that share most letters are measured one by one, in compiled code."""
        form = word_form(word)
        terms, letters, lengths = self._shapes
        # An edit changes at most two letters of the set that a word is made of.
        alike = (np.bitwise_count(letters ^ _letters(form)) <= 2 * distance) & (abs(lengths - len(form)) <= distance)
        candidates = terms[alike]
        edits = process.cdist([form], candidates, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
        for at in np.flatnonzero(edits <= distance):
            term = candidates[at]
            yield Near(term=term, count=self.lexicon.entries[term].total, distance=int(edits[at]))

    @cached_property
    def _shapes(self) -> tuple[Any, Any, Any]:
        """The words that may be offered, with the set of letters of each as bits, and its length."""
        terms = [w for w, e in self.lexicon.entries.items() if e.total >= MIN_CANDIDATE and _CANDIDATE.fullmatch(w)]
        return (
            np.array(terms, dtype=object),
            np.fromiter(map(_letters, terms), dtype=np.uint32, count=len(terms)),
            np.fromiter(map(len, terms), dtype=np.int32, count=len(terms)),
        )

    def with_edge(self, part: str, *, at_end: bool) -> tuple[str, ...]:
        """Longer words that begin with `part`, or, where it is not `at_end` that letters are missing, end with it."""
        key = word_form(part) if at_end else word_form(part)[::-1]
        listed = self._edges[at_end]
        found = listed[bisect_left(listed, key) : bisect_left(listed, key + _LAST)]
        words = (w if at_end else w[::-1] for w in found if w != key)
        return tuple(sorted(words, key=lambda w: (-self.lexicon.entries[w].total, w))[:_LIMIT])

    @cached_property
    def _edges(self) -> tuple[list[str], list[str]]:
        """The words that may be offered, sorted from behind, and sorted."""
        terms = [w for w, e in self.lexicon.entries.items() if e.total >= MIN_CANDIDATE and _CANDIDATE.fullmatch(w)]
        return sorted(w[::-1] for w in terms), sorted(terms)

    def general(self, word: str) -> bool:
        """Whether general English has `word`, in American or British spelling, or what it is a regular form of.

        Its absence from government prose is then no sign of error.
        """
        return any(is_general(form, general_words()) for form in _forms(word))

    @property
    def tables(self) -> Tables:
        """What the lexicon tells beside the counts; empty tables where it tells nothing."""
        return self.lexicon.tables or Tables({})

    def rejected(self, word: str) -> Rejected | None:
        """Why `word`, though it was met, is not known; None for a word that is known or was never met."""
        if self.entry(word):
            return None
        return next((found for form in _forms(word) if (found := self.tables.rejected.get(form))), None)

    @cached_property
    def _symspell(self) -> SymSpell:
        symspell = SymSpell(
            max_dictionary_edit_distance=_INDEXED_DISTANCE,
            prefix_length=_PREFIX,
            distance_comparer=EditDistance(DistanceAlgorithm.USER_PROVIDED, _Distance()),
        )
        for word, entry in self.lexicon.entries.items():
            if entry.total >= MIN_CANDIDATE and _CANDIDATE.fullmatch(word):
                symspell.create_dictionary_entry(word, entry.total)
        return symspell
