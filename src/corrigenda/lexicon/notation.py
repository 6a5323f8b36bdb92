"""How a text abbreviates and hyphenates: full stops that belong to a word, what short forms stand for, compounds."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corrigenda.lexicon.entries import Abbreviation, Compound
from corrigenda.text import word_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corrigenda.lexicon.bigrams import Bigrams
    from corrigenda.lexicon.entries import Entry

__all__ = ["Notation", "compounds", "expands"]

_DOTTED = re.compile(r"(?<![\w.'-])([^\W\d_]{1,10})\.")
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z/&-]{1,9})\)")
_BEFORE_COMMA = re.compile(r"(?<![\w'-])((?=[a-z]*[A-Z])([A-Za-z])[A-Za-z]{1,9}), (?=(?i:\2))")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SMALL = frozenset({"a", "an", "and", "at", "by", "de", "for", "in", "la", "of", "on", "the", "to"})
_REACH = 120
_MOST_WORDS = 9
_LEAST_GLOSSES = 2
_LEAST_DOTTED = 5
_LONGEST_SHORT = 4
_MOSTLY_DOTTED = 0.7


def expands(short: str, words: Sequence[str]) -> bool:
    """Whether `short` is made of the beginnings of `words` in order; small words need not be in it, first ones must.

    >>> expands("CIA", ["Central", "Intelligence", "Agency"]), expands("Embtel", ["Embassy", "telegram"])
    (True, True)
    >>> expands("DOD", ["Department", "of", "Defense"]), expands("CIA", ["the", "Central", "Intelligence", "Agency"])
    (True, False)
    """
    if not words or words[0].lower() in _SMALL or words[-1].lower() in _SMALL:
        return False
    return _made_of("".join(filter(str.isalpha, short)).lower(), [word.lower() for word in words])


def _made_of(letters: str, words: Sequence[str]) -> bool:
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    longest = next(
        (i for i, (a, b) in enumerate(zip(letters, word, strict=False)) if a != b), min(len(letters), len(word))
    )
    least = 0 if word in _SMALL else 1
    return any(_made_of(letters[taken:], rest) for taken in range(longest, least - 1, -1))


class Notation:
    """Reads texts one after the other, and then tells their short forms."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._dotted: Counter[str] = Counter()
        self._glosses: dict[str, Counter[str]] = {}

    def take(self, text: str) -> None:
        """Read one text, with typewriter quotes and hyphens."""
        self._dotted.update(_DOTTED.findall(text))
        for short, gloss in self._glosses_in(text):
            self._glosses.setdefault(word_form(short), Counter())[gloss] += 1

    def _glosses_in(self, text: str) -> Iterator[tuple[str, str]]:
        for found in _IN_BRACKETS.finditer(text):
            before = _WORD.findall(text[max(0, found.start() - _REACH) : found.start()])[-_MOST_WORDS:]
            for first in range(len(before) - 2, -1, -1):
                if expands(found[1], before[first:]):
                    yield found[1], " ".join(before[first:])
                    break
        for found in _BEFORE_COMMA.finditer(text):
            behind = _WORD.findall(text[found.end() : found.end() + _REACH])[:_MOST_WORDS]
            for last in range(2, len(behind) + 1):
                if expands(found[1], behind[:last]):
                    yield found[1], " ".join(behind[:last])
                    break

    def abbreviations(
        self, forms: Mapping[str, Entry], *, is_general: Callable[[str], bool]
    ) -> dict[str, Abbreviation]:
        """The short forms: those that the text explains twice or more, and those that nearly always have a full stop.

        `total` counts the form however it is written, `dotted` with a full stop; the expansion is the commonest.
        A longer word of general English (`is_general`) that ends sentences is none.
        """
        dotted: Counter[str] = Counter()
        for surface, number in self._dotted.items():
            dotted[word_form(surface)] += number
        found = {}
        for form in {*dotted, *self._glosses} & forms.keys():
            total, with_stop = forms[form].total, min(dotted[form], forms[form].total)
            gloss, times = _commonest(self._glosses.get(form, Counter()))
            word = len(form) > _LONGEST_SHORT and is_general(form)
            stopped = not word and with_stop >= _LEAST_DOTTED and with_stop >= _MOSTLY_DOTTED * total
            if stopped or times >= _LEAST_GLOSSES:
                expansion = gloss if times >= _LEAST_GLOSSES else ""
                found[form] = Abbreviation(total, with_stop, expansion, times if expansion else 0)
        return dict(sorted(found.items()))


def _commonest(glosses: Counter[str]) -> tuple[str, int]:
    """The gloss met most often in any case, as it was written most often, and how often."""
    together: dict[str, Counter[str]] = {}
    for gloss, number in glosses.items():
        if gloss.isupper():  # "EUR/RA" stands for itself
            continue
        together.setdefault(word_form(gloss), Counter())[gloss] += number
    if not together:
        return "", 0
    best = min(together.values(), key=lambda spellings: (-spellings.total(), min(spellings)))
    return min(best, key=lambda spelling: (-best[spelling], spelling)), best.total()


_LEAST_COMPOUND = 5


def compounds(hyphened: Mapping[str, int], forms: Mapping[str, Entry], bigrams: Bigrams) -> dict[str, Compound]:
    """Words of two parts that the text writes in more than one way: in one, with a hyphen, apart.

    `hyphened` has how often each form with a hyphen was met. The key is the form with the hyphen.
    """
    found = {}
    for form, number in sorted(hyphened.items()):
        left, _, right = form.partition("-")
        if "-" in right or number < _LEAST_GLOSSES:
            continue
        joined = forms.get(left + right)
        # What a healed hyphen added to the joined word is no use of it.
        closed = max(0, joined.total - (0 if form in forms else number)) if joined else 0
        apart = bigrams.together(left, right)
        if closed + apart >= 1 and closed + apart + number >= _LEAST_COMPOUND:
            found[form] = Compound(closed, number, apart)
    return found
