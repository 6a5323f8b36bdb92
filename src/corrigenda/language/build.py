"""Estimating a language model from editions, read one at a time."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from corrigenda.errors import BadInputError
from corrigenda.language.characters import SPELLING_ORDER, SpellingModel, spelling_tables
from corrigenda.language.kneser_ney import WORD_BITS, count_ngrams, estimate, prune
from corrigenda.language.model import About, LanguageModel, TextSource, tables
from corrigenda.language.words import BEGIN, END, SPECIAL, token_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from corrigenda.ingest.frus_text import Edition

__all__ = ["LEAST", "LEAST_OF_A_WORD", "SPELLING_THRESHOLD", "THRESHOLDS", "build_language"]

_ORDER = 3
LEAST_OF_A_WORD = 2
"""A word met once is to the model an unknown one: so it learns how often, and after what, unknown words come."""
LEAST = (1, 2)
"""How often bigrams and trigrams must have been met."""
THRESHOLDS = (0.4, 0.7)
"""What bigrams and trigrams must be worth (see `kneser_ney.prune`)."""
SPELLING_THRESHOLD = 0.6
"""What an n-gram of letters must be worth."""

_MOST_WORDS = (1 << WORD_BITS) - len(SPECIAL)
# No white-space token looks so: it stands where one paragraph ends and the next begins.
_BREAK = "\n"


class _Numbers(dict[str, int]):
    """Numbers tokens as they come."""

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        return number


def build_language(
    editions: Iterable[Edition],
    *,
    name: str,
    version: str,
    created: str,
    least: tuple[int, int] = LEAST,
    thresholds: tuple[float, float] = THRESHOLDS,
    spelling_threshold: float = SPELLING_THRESHOLD,
) -> LanguageModel:
    """Estimate a trigram model of the words of `editions` and a model of how they are spelled.

    Titles, paragraphs and notes are each one sequence. Of equally frequent words those first in the alphabet get the
    lower ids. Raises `BadInputError` where there is so little text that no three words stand together twice.
    """
    numbers = _Numbers()
    streams, given = [], []
    for edition in editions:
        streams.append(_numbered(edition, numbers))
        given.append((edition.name, edition.sha256))
    if not numbers.keys() - {_BREAK}:
        raise _too_little(name)
    words = [token_words(token) for token in numbers]
    lengths = np.array([len(some) for some in words])
    counts = _counts(words, streams)
    vocabulary = _vocabulary(counts)
    ids = {word: i for i, word in enumerate(vocabulary)}
    ids_of_tokens = [[ids.get(word, 0) for word in some] for some in words]
    ids_of_tokens[numbers[_BREAK]] = [ids[END], ids[BEGIN]]
    counted = count_ngrams(_ids(streams, ids_of_tokens), _ORDER)
    levels = prune(estimate(counted, len(vocabulary)), least=least, thresholds=thresholds)
    if not all(len(level.keys) for level in levels):
        raise _too_little(name)
    return LanguageModel(
        vocabulary=vocabulary,
        tables=tables(levels),
        spelling=SpellingModel(spelling_tables(counts.keys() - set(SPECIAL), threshold=spelling_threshold)),
        about=About(
            name=name,
            version=version,
            created=created,
            ngrams=tuple(len(level.keys) for level in levels),
            discounts=tuple(level.discounts for level in levels),
            least=least,
            thresholds=thresholds,
            spelling_order=SPELLING_ORDER,
            spelling_threshold=spelling_threshold,
            sources=tuple(
                TextSource(name=edition, sha256=sha256, words=int(lengths[stream].sum()))
                for (edition, sha256), stream in zip(given, streams, strict=True)
            ),
        ),
    )


def _too_little(name: str) -> BadInputError:
    return BadInputError(
        where=name,
        what="there is too little text for a language model",
        remedy="Give several pages of text at least; a volume and more is better",
    )


def _numbered(edition: Edition, numbers: _Numbers) -> NDArray[np.uint32]:
    """The tokens of an edition by number, every sequence between two breaks."""
    tokens = [_BREAK]
    for document in edition.documents:
        for text in (document.title, *document.paragraphs, document.source_note or "", *document.footnotes):
            if here := text.split():
                tokens += here
                tokens.append(_BREAK)
    return np.fromiter(map(numbers.__getitem__, tokens), np.uint32, len(tokens))


def _counts(words: list[tuple[str, ...]], streams: list[NDArray[np.uint32]]) -> Counter[str]:
    """How often each of the model's words stands in the streams; `words` are those of each token."""
    tokens = sum(np.bincount(stream, minlength=len(words)) for stream in streams)
    counts: Counter[str] = Counter()
    for some, number in zip(words, np.asarray(tokens).tolist(), strict=True):
        for word in some:
            counts[word] += number
    return counts


def _vocabulary(counts: Mapping[str, int]) -> list[str]:
    frequent = [word for word, number in counts.items() if number >= LEAST_OF_A_WORD and word not in SPECIAL]
    frequent.sort(key=lambda word: (-counts[word], word))
    return [*SPECIAL, *frequent[:_MOST_WORDS]]


def _ids(streams: Iterable[NDArray[np.uint32]], ids_of_tokens: list[list[int]]) -> Iterator[NDArray[np.uint16]]:
    """Each stream in the model's ids: for every token the ids of its words."""
    lengths = np.array([len(ids) for ids in ids_of_tokens])
    starts = np.cumsum(lengths) - lengths
    flat = np.fromiter(chain.from_iterable(ids_of_tokens), np.uint16, lengths.sum())
    for stream in streams:
        length = lengths[stream]
        begins = np.cumsum(length) - length
        ids = flat[np.repeat(starts[stream] - begins, length) + np.arange(length.sum())]
        # The first break ends nothing, and the last begins nothing.
        yield ids[1:-1]
