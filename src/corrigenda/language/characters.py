"""How likely a spelling is, for the words that the word model does not know.

A Kneser-Ney model of letters, estimated from all words of the text, each counted once: what a word looks like that was
never met is told by the many that were met a few times, and no more by *the* than by one of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from corrigenda.language.kneser_ney import BEGIN_ID, count_ngrams, estimate, log_probabilities, prune

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["SPELLING_ORDER", "SpellingModel", "SpellingTables", "spelling_tables"]

SPELLING_ORDER = 6
"""Letters in an n-gram of the model of spelling."""
_BITS = 8
_OTHER_ID = 0
_END_ID = 2
_FIRST_LETTER_ID = 3
_MOST_LETTERS = (1 << _BITS) - _FIRST_LETTER_ID
# A letter of a few words in tens of thousands tells nothing of spelling; all such letters are one symbol.
_LEAST_OF_A_LETTER = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class SpellingTables:
    """The letters, whose ids begin at 3; of each n-gram its key, its log-probability, and what it leaves as a history.

    A key has a 1 before the ids of its symbols, 8 bits each, so that keys of all orders stand in one table. Arrays of
    equal length: `key` uint64 ascending, `log` and `rest` float16, natural logarithms.
    """

    letters: str
    key: NDArray[np.uint64]
    log: NDArray[np.float16]
    rest: NDArray[np.float16]


def spelling_tables(words: Iterable[str], *, threshold: float) -> SpellingTables:
    """Estimate a model of spelling from `words`, each counted once; n-grams worth less than `threshold` are dropped."""
    words = sorted(set(words))
    counts = Counter(letter for word in words for letter in word)
    common = [letter for letter, n in counts.most_common(_MOST_LETTERS) if n >= _LEAST_OF_A_LETTER]
    letters = "".join(sorted(common))
    ids = {letter: i for i, letter in enumerate(letters, _FIRST_LETTER_ID)}
    stream: list[int] = []
    for word in words:
        stream += (BEGIN_ID, *(ids.get(letter, _OTHER_ID) for letter in word), _END_ID)
    counted = count_ngrams([np.array(stream, np.uint16)], SPELLING_ORDER, _BITS)
    levels = estimate(counted, len(letters) + _FIRST_LETTER_ID, _BITS)
    longer = SPELLING_ORDER - 1
    levels = prune(levels, least=[1] * longer, thresholds=[threshold] * longer)
    return SpellingTables(
        letters=letters,
        key=np.concatenate([level.keys | np.uint64(1 << _BITS * level.order) for level in levels]),
        log=np.concatenate(log_probabilities(levels)).astype(np.float16),
        rest=np.log(np.concatenate([level.rest for level in levels])).astype(np.float16),
    )


@dataclass(frozen=True, slots=True, init=False)
class SpellingModel:
    """Gives the natural logarithm of the probability that a word is spelled so, its end included.

    `log_probability` keeps what it was asked last. Words are taken as `model_words` gives them, in lower case.
    """

    tables: SpellingTables
    log_probability: Callable[[str], float]

    def __init__(self, tables: SpellingTables) -> None:
        """Take the tables into dictionaries, which are faster than arrays where one word is asked for at a time."""
        keys = tables.key.tolist()
        log = dict(zip(keys, tables.log.tolist(), strict=True))
        rest = {key: left for key, left in zip(keys, tables.rest.tolist(), strict=True) if left}
        ids = {letter: i for i, letter in enumerate(tables.letters, _FIRST_LETTER_ID)}
        object.__setattr__(self, "tables", tables)
        object.__setattr__(self, "log_probability", lru_cache(maxsize=1 << 16)(_question(ids, log, rest)))


_ONES = tuple(1 << _BITS * n for n in range(SPELLING_ORDER + 1))
_MASKS = tuple(one - 1 for one in _ONES)


def _question(ids: Mapping[str, int], log: Mapping[int, float], rest: Mapping[int, float]) -> Callable[[str], float]:
    left = rest.get

    def log_probability(word: str) -> float:
        total = 0.0
        history, length = _ONES[1] | BEGIN_ID, 1
        for symbol in (*(ids.get(letter, _OTHER_ID) for letter in word), _END_ID):
            while (key := history << _BITS | symbol) not in log:
                total += left(history, 0.0)
                length -= 1
                history = history & _MASKS[length] | _ONES[length]
            total += log[key]
            history, length = key, length + 1
            if length == SPELLING_ORDER:
                length -= 1
                history = history & _MASKS[length] | _ONES[length]
        return total

    return log_probability
