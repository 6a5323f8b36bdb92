"""The words of a text as the index and its search see them: all of them in order, and pairs of those that tell.

A pair is two long words that follow each other with nothing between but short and common ones: it stands in few
places of an edition of 22 million words, survives the misreading of what is between, and of a page of which every
third word is misread a third is left, which is plenty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Pair", "Words", "joined", "pairs", "telling_words", "words"]

# Words of every page: a pair with one of them tells less than one that steps over it.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after also been before being both could does each even ever from have here into made many more "
        "most much must only other over said same shall should since some such than that their them then there these "
        "they this those under until upon very were what when where whether which while will with would your",
    )
)
_LONG = re.compile(r"[^\W\d_]{4,}")
# The halves of a word broken at a line's end are one word, as the edition prints it.
_BROKEN = r"(?:(?<=[^\W\d_])[-\u00ad\u2010][ \t]*(?:\r\n?|\n)\s*(?=[^\W\d_]))"
_PAGE_LONG = re.compile(rf"[^\W\d_]+(?:{_BROKEN}[^\W\d_]+)*")
_WORD = re.compile(rf"[^\W_]+(?:{_BROKEN}[^\W_]+)*")
_NO_LETTER = re.compile(r"[\W_]+")
_LEAST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """All words of a text, lower case and without marks, with where each begins and ends in the text."""

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def number_at(self, offset: int) -> int:
        """The number of the last word that begins at `offset` or before; 0 where none does."""
        return max(0, bisect_right(self.starts, offset) - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two telling words that follow each other; `number` counts the telling words, `start` is a place in the text."""

    text: str
    number: int
    start: int


def _lowered(text: str) -> str:
    """`text` in lower case with every letter in its place, as `str.lower` does not promise: İ becomes two.

    The apostrophe of some volumes, ʼ (U+02BC), is a letter to Unicode and would join what others part.
    """
    text = text.replace("ʼ", "'")
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def telling_words(text: str) -> tuple[list[str], list[int]]:
    """The telling words of an edition's `text`, and where each begins.

    >>> telling_words("They spoke of the missiles that were in Cuba.")
    (['spoke', 'missiles', 'cuba'], [5, 18, 40])
    """
    found = [(m.group(), m.start()) for m in _LONG.finditer(_lowered(text))]
    kept = [one for one in found if one[0] not in _COMMON]
    return [word for word, _ in kept], [start for _, start in kept]


def pairs(text: str) -> list[Pair]:
    r"""The pairs of a page's `text`; a word broken at a line's end is one.

    >>> [pair.text for pair in pairs("They spoke of the mis-\nsiles in Cuba.")]
    ['spokemissiles', 'missilescuba']
    """
    found = [(_NO_LETTER.sub("", m.group()), m.start()) for m in _PAGE_LONG.finditer(_lowered(text))]
    telling = [(word, start) for word, start in found if len(word) >= _LEAST and word not in _COMMON]
    return [
        Pair(text=word + after, number=number, start=start)
        for number, ((word, start), (after, _)) in enumerate(pairwise(telling))
    ]


def words(text: str) -> Words:
    r"""All words of `text`.

    >>> words("The IL-28's of\nCu-\nba").keys
    ('the', 'il', '28', 's', 'of', 'cuba')
    """
    found = [(_NO_LETTER.sub("", m.group()), m.start(), m.end()) for m in _WORD.finditer(_lowered(text))]
    keys, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Words(keys=tuple(keys), starts=tuple(starts), ends=tuple(ends))


def joined(telling: Sequence[str]) -> list[str]:
    """The pairs of telling words in order, each written as one."""
    return list(map(str.__add__, telling, telling[1:]))
