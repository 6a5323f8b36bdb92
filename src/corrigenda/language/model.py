"""A word trigram model that is asked many questions at once.

The tables are flat arrays that can lie in mapped files: sorted keys, found by bisection, and one byte for each
probability, which numbers an entry of a code book. Two words that begin no trigram need no more than that, so the
histories (pairs of words that do) have a table of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from corrigenda.language.kneser_ney import WORD_BITS, log_probabilities
from corrigenda.language.words import SPECIAL, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from corrigenda.language.characters import SpellingModel
    from corrigenda.language.kneser_ney import Level

__all__ = ["ARRAYS", "CODES", "About", "LanguageModel", "Tables", "TextSource", "tables"]

_UNKNOWN_ID = SPECIAL.index(UNKNOWN)
_BITS = np.uint32(WORD_BITS)
_TWO_WORDS = np.uint64(WORD_BITS)
CODES = 256
"""How many different probabilities the n-grams of one order can have: one byte for each n-gram."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tables:
    """The arrays of a model, of V words, B bigrams, H histories and T trigrams; logarithms are natural.

    - `word_log`, `word_rest` (V, float32): log-probability; log of what the word leaves to the unigrams as a history
    - `bigram_key` (B, uint32): first word * 65536 + second, ascending; `bigram_code` (B): in `bigram_book`
    - `history_key` (H, uint32), `history_code` (H): in `history_book`, what is left to the bigrams; `history_start`
      (H + 1, uint32): where the history's trigrams begin
    - `trigram_word` (T, uint16): third words, ascending within a history; `trigram_code` (T): in `trigram_book`
    """

    word_log: NDArray[np.float32]
    word_rest: NDArray[np.float32]
    bigram_key: NDArray[np.uint32]
    bigram_code: NDArray[Any]
    bigram_book: NDArray[np.float32]
    history_key: NDArray[np.uint32]
    history_code: NDArray[Any]
    history_book: NDArray[np.float32]
    history_start: NDArray[np.uint32]
    trigram_word: NDArray[np.uint16]
    trigram_code: NDArray[Any]
    trigram_book: NDArray[np.float32]


ARRAYS = tuple(field.name for field in fields(Tables))
"""The names of the arrays of `Tables`."""


def _coded(values: NDArray[np.float64], codes: int) -> tuple[NDArray[Any], NDArray[np.float32]]:
    """Numbers of code book entries for `values`, and the book: the means of `codes` steps from least to greatest.

    Where `codes` values suffice to tell all, nothing is lost.
    """
    kind = np.uint8 if codes <= CODES else np.uint32
    distinct, place = np.unique(values.astype(np.float32), return_inverse=True)
    if len(distinct) <= codes:
        return place.astype(kind), distinct
    step = (values - np.min(values)) * (codes / np.ptp(values))
    code = np.minimum(step.astype(np.int64), codes - 1)
    filled = np.maximum(np.bincount(code, minlength=codes), 1)
    return code.astype(kind), (np.bincount(code, values, codes) / filled).astype(np.float32)


def tables(levels: Sequence[Level], codes: int = CODES) -> Tables:
    """The tables of the three levels of a trigram model, with `codes` different probabilities for each order."""
    words, bigrams, trigrams = levels
    word_log, bigram_log, trigram_log = log_probabilities(levels)
    history = trigrams.keys >> _TWO_WORDS
    history_key, first = np.unique(history, return_index=True)
    rest = bigrams.rest[np.searchsorted(bigrams.keys, history_key)]
    bigram_code, bigram_book = _coded(bigram_log, codes)
    history_code, history_book = _coded(np.log(rest), codes)
    trigram_code, trigram_book = _coded(trigram_log, codes)
    result = Tables(
        word_log=word_log.astype(np.float32),
        word_rest=np.log(words.rest).astype(np.float32),
        bigram_key=bigrams.keys.astype(np.uint32),
        bigram_code=bigram_code,
        bigram_book=bigram_book,
        history_key=history_key.astype(np.uint32),
        history_code=history_code,
        history_book=history_book,
        history_start=np.append(first, len(history)).astype(np.uint32),
        trigram_word=trigrams.keys.astype(np.uint16),
        trigram_code=trigram_code,
        trigram_book=trigram_book,
    )
    for name in ARRAYS:
        getattr(result, name).setflags(write=False)
    return result


@dataclass(frozen=True, kw_only=True, slots=True)
class TextSource:
    """A text that the model was estimated from: hash of its UTF-8 as it was read, words as the model counts them."""

    name: str
    sha256: str
    words: int


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a model was made of and how: `ngrams` that it holds by order, discounts for counts of 1, 2, 3 and more.

    `least` and `thresholds` are what bigrams and trigrams were pruned by, `spelling_threshold` what the letters were.
    """

    name: str
    version: str
    created: str
    ngrams: tuple[int, ...]
    discounts: tuple[tuple[float, ...], ...]
    least: tuple[int, ...]
    thresholds: tuple[float, ...]
    spelling_order: int
    spelling_threshold: float
    sources: tuple[TextSource, ...]


@dataclass(frozen=True, slots=True, init=False)
class LanguageModel:
    """Natural logarithms of the probabilities of words after two others.

    Words are those of `model_words`; in arrays of ids a word outside the vocabulary is 0, and to its probability
    belongs that of its spelling (`spelling.log_probability`). `sha256` tells a stored model from every other, and is
    empty for one that never was stored.
    """

    vocabulary: tuple[str, ...]
    tables: Tables
    spelling: SpellingModel
    about: About
    sha256: str
    _ids: Mapping[str, int]

    def __init__(
        self, *, vocabulary: Sequence[str], tables: Tables, spelling: SpellingModel, about: About, sha256: str = ""
    ) -> None:
        """Put the parts together; the words stand in the order of their ids, and begin with those of `SPECIAL`."""
        object.__setattr__(self, "vocabulary", tuple(vocabulary))
        object.__setattr__(self, "tables", tables)
        object.__setattr__(self, "spelling", spelling)
        object.__setattr__(self, "about", about)
        object.__setattr__(self, "sha256", sha256)
        object.__setattr__(self, "_ids", {word: i for i, word in enumerate(vocabulary)})

    def id(self, word: str) -> int:
        """The id of a word, 0 if it is unknown."""
        return self._ids.get(word, _UNKNOWN_ID)

    def ids(self, words: Iterable[str]) -> NDArray[np.uint16]:
        """The ids of words, 0 for those that are unknown."""
        return np.array([self._ids.get(word, _UNKNOWN_ID) for word in words], np.uint16)

    def known(self, word: str) -> bool:
        """Whether a word is in the vocabulary."""
        return word in self._ids

    def log_probability(
        self, first: NDArray[np.uint16], second: NDArray[np.uint16], word: NDArray[np.uint16]
    ) -> NDArray[np.float32]:
        """The log-probability of each `word` after `first second`; arrays of ids of one length, or that broadcast.

        At the beginning of a paragraph both are `<s>`, and `first` is still `<s>` one word later. That is also the best
        there is in the midst of a text, where the words before are not known.
        """
        first, second, word = np.broadcast_arrays(first, second, word)
        t = self.tables
        history = _key(first, second)
        place, known = _find(t.history_key, history)
        trigram, found = _within(t.trigram_word, t.history_start[place], t.history_start[place + 1], word)
        found &= known
        result = t.trigram_book[t.trigram_code[np.where(found, trigram, 0)]]
        rest = np.where(known, t.history_book[t.history_code[place]], np.float32(0))
        return np.where(found, result, rest + self._after_one(second, word))

    def _after_one(self, second: NDArray[np.uint16], word: NDArray[np.uint16]) -> NDArray[np.float32]:
        t = self.tables
        place, found = _find(t.bigram_key, _key(second, word))
        return np.where(found, t.bigram_book[t.bigram_code[place]], t.word_rest[second] + t.word_log[word])


def _key(first: NDArray[np.uint16], second: NDArray[np.uint16]) -> NDArray[np.uint32]:
    # One kind of number on both sides, or the look-up would first convert the whole table.
    return first.astype(np.uint32) << _BITS | second.astype(np.uint32)


def _find(keys: NDArray[np.uint32], wanted: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where in ascending `keys` each wanted one stands, and whether it does; a place that is none is still inside."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted


def _within(
    words: NDArray[np.uint16], start: NDArray[np.uint32], end: NDArray[np.uint32], wanted: NDArray[np.uint16]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where in `words`, which ascend from `start` to `end`, each wanted one stands, and whether it does.

    All are bisected at once. A place that is none may be the end of its range.
    """
    low, high = start.astype(np.intp), end.astype(np.intp)
    while (low < high).any():
        middle = (low + high) >> 1
        # Where a search is over, its middle is where it ended, which may be beyond the last word.
        less = (words[np.minimum(middle, len(words) - 1)] < wanted) & (low < high)
        low, high = np.where(less, middle + 1, low), np.where(less, high, middle)
    inside = low < end
    return low, inside & (words[np.where(inside, low, 0)] == wanted)
