"""Looking words up: what the lexicon knows of one, and what is near it.

The only module that knows symspellpy. Importing that attaches a log handler which writes to standard error on its
own; a library must not, so it is taken off here.
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
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from corrigenda.lexicon.entries import Entry, Rejected
    from corrigenda.lexicon.values import Lexicon

__all__ = ["MAX_DISTANCE", "MIN_CANDIDATE", "Near", "WordIndex", "general_words"]

symspellpy_logging.logger.removeHandler(symspellpy_logging.handler)

MAX_DISTANCE = 3
"""Three edits reach many words, so that they are worth asking for only where a word is long."""
_INDEXED_DISTANCE = 1
"""Beyond one edit going through the words by their letters answers five to thirty times as soon as the index."""
MIN_CANDIDATE = 8
"""A word met less often is known, so it is left alone, but it is not offered: the edition's own misprints are among
the rare forms. On the archive pairs 361 of 370 right words are in reach at 8 as at 3, with a third fewer words to
search; from 12 on, words get lost."""
_LIMIT = 80
_LAST = "\U0010ffff"
_OFTEN_MET, _SHORT_WORD = 30, 3
_PREFIX = 5
"""Symspellpy deletes in so many first letters: 7, its default, takes longer to build and answers little sooner."""
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


def _other_forms(form: str) -> Iterator[str]:
    """What `form` may be known by beside itself: with the dot its core lost, without possessive s."""
    if "." in form:
        yield f"{form}."  # "U.S" is what is left of "U.S." when the punctuation around a word is cut off.
    for ending in ("'s", "'"):
        if form.endswith(ending) and form != ending:
            yield form.removesuffix(ending)


def _forms(word: str) -> Iterator[str]:
    """The forms that `word` may be known by."""
    form = word_form(word)
    yield form
    yield from _other_forms(form)


def _letters(form: str) -> int:
    """The letters of `form` as 64 bits: for each one that it is there, and one that it is there again.

    Letters of other alphabets fall together with one of these.
    """
    bits = 0
    for letter in form:
        bit = 1 << ((ord(letter) - 97) & 31)
        bits |= bit << 32 if bits & bit else bit
    return bits


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shapes:
    """The words that may be offered, by length: `letters` and `lengths` of each, `ranks` from the most frequent on."""

    terms: NDArray[Any]
    letters: NDArray[np.uint64]
    lengths: NDArray[np.int64]
    ranks: NDArray[np.int64]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> _Shapes:
        """The shapes of words that were counted."""
        terms = sorted(counts, key=lambda term: (len(term), -counts[term], term))
        frequent = sorted(range(len(terms)), key=lambda at: (-counts[terms[at]], terms[at]))
        ranks = np.empty(len(terms), dtype=np.int64)
        ranks[frequent] = np.arange(len(terms))
        return cls(
            terms=np.array(terms, dtype=object),
            letters=np.fromiter(map(_letters, terms), dtype=np.uint64, count=len(terms)),
            lengths=np.fromiter(map(len, terms), dtype=np.int64, count=len(terms)),
            ranks=ranks,
        )

    def near(self, form: str, distance: int, most: int) -> tuple[list[str], list[int]]:
        """Up to `most` words within `distance` edits of `form`, and how many; nearest first, then the most frequent."""
        first, last = self.lengths.searchsorted((len(form) - distance, len(form) + distance + 1))
        # A letter that is another changes two of the bits, one that is lost or added one bit and the length.
        unlike = np.bitwise_count(self.letters[first:last] ^ np.uint64(_letters(form)))
        few = np.flatnonzero(unlike <= 2 * distance)
        alike = first + few[unlike[few] + abs(self.lengths[first + few] - len(form)) <= 2 * distance]
        if not len(alike):
            return [], []
        terms = self.terms[alike]
        edits = process.cdist([form], terms, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
        near = np.flatnonzero(edits <= distance)
        best = near[np.lexsort((self.ranks[alike[near]], edits[near]))][:most]
        return terms[best].tolist(), edits[best].tolist()


class WordIndex:
    """A lexicon made ready for questions; the same lexicon gives the same answers in the same order."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Costs nothing: the index of near words is built when it is first asked."""
        self.lexicon = lexicon

    def entry(self, word: str) -> Entry | None:
        """What is known of `word` in any case and with any quotes, or of it without its possessive s."""
        entries = self.lexicon.entries
        form = word_form(word)
        found = entries.get(form)
        if found is None and not form.isalpha():
            found = next((entries[other] for other in _other_forms(form) if other in entries), None)
        # Answers are not kept: most questions are of letters that are no word.
        return found

    def count(self, word: str) -> int:
        """How often the lexicon met `word`; 0 where it is unknown."""
        entry = self.entry(word)
        return entry.total if entry else 0

    def is_listed(self, word: str) -> bool:
        """Whether a word list of the user's has `word`, in any case, or what it is the possessive of."""
        return any(form in self.lexicon.listed for form in _forms(word)) if self.lexicon.listed else False

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
        if distance <= _INDEXED_DISTANCE:
            return self._indexed(word_form(word), distance)
        return self.alike(word, distance, _LIMIT)

    def alike(self, word: str, distance: int, most: int) -> tuple[Near, ...]:
        """At most so many words within a `distance` that may be half of the word; in the order of `near`."""
        entries = self.lexicon.entries
        terms, edits = self._shapes.near(word_form(word), distance, most)
        return tuple(Near(term=t, count=entries[t].total, distance=n) for t, n in zip(terms, edits, strict=True))

    def _indexed(self, form: str, distance: int) -> tuple[Near, ...]:
        found = self._symspell.lookup(form, Verbosity.ALL, max_edit_distance=distance)
        # Symspellpy has them in this order but for those that are alike in both.
        found.sort(key=lambda item: (item.distance, -item.count, item.term))
        return tuple(Near(term=item.term, count=item.count, distance=item.distance) for item in found[:_LIMIT])

    @cached_property
    def _symspell(self) -> SymSpell:
        symspell = SymSpell(
            max_dictionary_edit_distance=_INDEXED_DISTANCE,
            prefix_length=_PREFIX,
            distance_comparer=EditDistance(DistanceAlgorithm.USER_PROVIDED, _Distance()),
        )
        for word in self._offered:
            symspell.create_dictionary_entry(word, self.lexicon.entries[word].total)
        return symspell

    @cached_property
    def _shapes(self) -> _Shapes:
        return _Shapes.of({term: self.lexicon.entries[term].total for term in self._offered})

    @property
    def _offered(self) -> Sequence[str]:
        """The words that may be offered."""
        return [w for w, e in self.lexicon.entries.items() if e.total >= MIN_CANDIDATE and _CANDIDATE.fullmatch(w)]

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
        terms = self._offered
        return sorted(w[::-1] for w in terms), sorted(terms)

    def general(self, word: str) -> bool:
        """Whether general English has `word`, in American or British spelling, or what it is a regular form of.

        Its absence from government prose is then no sign of error.
        """
        return any(is_general(form, general_words()) for form in _forms(word))

    def knows(self, word: str) -> bool:
        """Whether the lexicon or general English has `word`."""
        return self.entry(word) is not None or self.general(word)

    def familiar(self, word: str) -> bool:
        """Whether `word` is known, and one of three letters at most is met often: specks and torn words look rare.

        Of the words that machines make of dirt most are short, and general English has nearly every short one.
        """
        return self.count(word) >= _OFTEN_MET if len(word) <= _SHORT_WORD else self.knows(word)

    @property
    def tables(self) -> Tables:
        """What the lexicon tells beside the counts; empty tables where it tells nothing."""
        return self.lexicon.tables or Tables({})

    def rejected(self, word: str) -> Rejected | None:
        """Why `word`, though it was met, is not known; None for a word that is known or was never met."""
        if self.entry(word):
            return None
        return next((found for form in _forms(word) if (found := self.tables.rejected.get(form))), None)
