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
from corrigenda.language.words import BEGIN, END, SPECIAL, UNKNOWN, token_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from corrigenda.ingest.frus_text import Edition

__all__ = ["LEAST", "LEAST_OF_A_WORD", "SPELLING_THRESHOLD", "THRESHOLDS", "TooLittleTextError", "build_language"]

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
_BREAK_NUMBER = 0


class TooLittleTextError(BadInputError):
    """The text is so short that no three words stand together twice: a lexicon can be made of it, no model."""


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
    without: Collection[str] = (),
    least: tuple[int, int] = LEAST,
    thresholds: tuple[float, float] = THRESHOLDS,
) -> LanguageModel:
    """Estimate a trigram model of the words of `editions` and a model of how they are spelled.

    Titles, paragraphs and notes are each one sequence. What stands in `without`, such as the forms that a lexicon
    rejects as misprints, is an unknown word however often it was met. Of equally frequent words those first in the
    alphabet get the lower ids. Raises `TooLittleTextError` where no three words stand together twice.
    """
    numbers = _Numbers({_BREAK: _BREAK_NUMBER})
    read = [(edition.name, edition.sha256, _numbered(edition, numbers)) for edition in editions]
    if len(numbers) == 1:
        raise _too_little(name)
    words = [token_words(token) for token in numbers]
    streams = [stream for _, _, stream in read]
    counts = _counts(words, streams)
    vocabulary = _vocabulary(counts, {*SPECIAL, *without})
    levels = estimate(count_ngrams(_ids(streams, words, vocabulary), _ORDER), len(vocabulary))
    levels = prune(levels, least=least, thresholds=thresholds)
    if not all(len(level.keys) for level in levels):
        raise _too_little(name)
    lengths = np.array([len(some) for some in words])
    return LanguageModel(
        vocabulary=vocabulary,
        tables=tables(levels),
        spelling=SpellingModel(spelling_tables(counts.keys() - {*SPECIAL, *without}, threshold=SPELLING_THRESHOLD)),
        about=About(
            name=name,
            version=version,
            created=created,
            ngrams=tuple(len(level.keys) for level in levels),
            discounts=tuple(level.discounts for level in levels),
            least=least,
            thresholds=thresholds,
            spelling_order=SPELLING_ORDER,
            spelling_threshold=SPELLING_THRESHOLD,
            sources=tuple(
                TextSource(name=edition, sha256=sha256, words=int(lengths[stream].sum()))
                for edition, sha256, stream in read
            ),
        ),
    )


def _too_little(name: str) -> TooLittleTextError:
    return TooLittleTextError(
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


def _counts(words: Sequence[tuple[str, ...]], streams: Iterable[NDArray[np.uint32]]) -> Counter[str]:
    """How often each of the model's words stands in the streams; `words` are those of each token."""
    tokens = sum(np.bincount(stream, minlength=len(words)) for stream in streams)
    counts: Counter[str] = Counter()
    for some, number in zip(words, np.asarray(tokens).tolist(), strict=True):
        for word in some:
            counts[word] += number
    return counts


def _vocabulary(counts: Mapping[str, int], without: Collection[str]) -> list[str]:
    frequent = [word for word, number in counts.items() if number >= LEAST_OF_A_WORD and word not in without]
    frequent.sort(key=lambda word: (-counts[word], word))
    return [*SPECIAL, *frequent[:_MOST_WORDS]]


def _ids(
    streams: Iterable[NDArray[np.uint32]], words: Sequence[tuple[str, ...]], vocabulary: Sequence[str]
) -> Iterator[NDArray[np.uint16]]:
    """Each stream in the model's ids: for every token those of its words, for a break the end and the beginning."""
    number = {word: i for i, word in enumerate(vocabulary)}
    ids = [[number.get(word, number[UNKNOWN]) for word in some] for some in words]
    ids[_BREAK_NUMBER] = [number[END], number[BEGIN]]
    lengths = np.array([len(some) for some in ids])
    starts = np.cumsum(lengths) - lengths
    flat = np.fromiter(chain.from_iterable(ids), np.uint16, lengths.sum())
    for stream in streams:
        length = lengths[stream]
        begins = np.cumsum(length) - length
        # The first break ends nothing, and the last begins nothing.
        yield flat[np.repeat(starts[stream] - begins, length) + np.arange(length.sum())][1:-1]
