"""How good a line reads, told without a transcription: letters in words that are known, and in what is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corrigenda.ingest.compose import Read
from corrigenda.text import Token, tokens

__all__ = ["Knows", "halves", "is_known", "worth"]

Knows = Callable[[str], bool]
"""Whether the lexicon or general English has a word."""

_MISREAD = 0.7
"""The share of its letters that an unknown word costs: most of them were read, which is better than none."""
_LOST_BLANK = 2
"""What a blank that was lost costs, in letters: of two words run together all letters were read."""
_LEAST_RUN_TOGETHER, _LEAST_PART = 6, 2
# Numbers, dates and file numbers, with what typists write at them: 1,950; 13th; 661.00/1-3161; C-1.
_FIGURE = re.compile(r"\d[\d.,:/-]*(?:st|nd|rd|th|d|s)?|\w{1,2}\d{1,2}")
_PARTS = re.compile(r"[-/.]")
_PLAIN = frozenset("-–—.,\"'():;&!?$£%/[]*…“”‘’`")
_LABELS = frozenset("aIA")


def worth(reads: Sequence[Read], knows: Knows) -> float:
    """Letters in words that `knows` calls words less most of those in what it does not, and marks no typewriter has.

    Words that only lost their blank are words; figures tell nothing. What was lost counts as well as what was misread.
    """
    return sum(_worth(token, knows) for token in tokens(" ".join(read.text for read in reads)))


def is_known(word: str, knows: Knows) -> bool:
    """Whether `word`, or each part of it where a hyphen holds it together, is known."""
    parts = [part for part in _PARTS.split(word) if part]
    return all(map(knows, parts))


def halves(word: str, knows: Knows) -> bool:
    """Whether `word` is two known words run together."""
    if not word.isalpha() or len(word) < _LEAST_RUN_TOGETHER:
        return False
    return any(knows(word[:i]) and knows(word[i:]) for i in range(_LEAST_PART, len(word) - _LEAST_PART + 1))


def _worth(token: Token, knows: Knows) -> float:
    word = token.core
    odd = sum(mark not in _PLAIN for mark in (token.lead + token.trail if word else token.text))
    return (_worth_of_word(word, knows) if word else 0) - odd


def _worth_of_word(word: str, knows: Knows) -> float:
    length = len(word)
    if length == 1:
        return 0 if word in _LABELS or word.isdigit() else -1
    if any(map(str.isdigit, word)):
        return 0 if _FIGURE.fullmatch(word) else -_MISREAD * length
    parts = [part for part in _PARTS.split(word) if part]
    if is_known(word, knows):
        return length - _LOST_BLANK * ("." in word)
    if len(parts) > 1:
        of_parts = (len(part) if knows(part) else -_MISREAD * len(part) for part in parts if len(part) > 1)
        return sum(of_parts) - _LOST_BLANK
    return length - _LOST_BLANK if halves(word, knows) else -_MISREAD * length
