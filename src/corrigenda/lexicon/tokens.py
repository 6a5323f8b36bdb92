"""Text cut into words for counting: what is a word, and what of the edition's own accidents comes off it.

A printed edition brings its own accidents: footnote digits glued to words ("policy2"), words run together
where two elements met ("StateWashington"), hyphens left over from a line's end. What can be told apart here is
mended before it counts; `corrigenda.lexicon.clean` finds the rest by the light of the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from corrigenda.text import unify, word_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corrigenda.ingest.frus_text import EditionDocument

__all__ = ["CASES", "DIGIT", "case", "readings", "surfaces", "texts", "without_note_digit", "words"]

CASES = ("lower", "capital", "upper", "mixed")
"""How a word can be written, in the order of the columns of a case count."""

# "U.S.", "a.m."; else letters and digits with inner apostrophes and hyphens ("anti-U.S." is "anti" and "U.S.").
_WORD = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}|[^\W_]+(?:['-](?!(?:[^\W\d_]\.){2})[^\W_]+)*")
# An em dash parts words and an en dash may join them ("IL–28"), so the one goes before dashes are unified.
_PARTING_DASH = re.compile("[—―]")
_DIGITS_BEHIND = re.compile(r"(.*[^\W\d_]{3}(?:'s)?)\d{1,3}")
_DIGITS_BEFORE = re.compile(r"\d+-?([^\W\d_]{3}.*)")
DIGIT = re.compile(r"\d")
# "IL-28's", "U-2", "Tu-104", "19th", "1960s", "3d". Longer runs are file numbers, 710n is a page and its note, and
# the edition has l970 and I960 where it means a year.
_DESIGNATOR = re.compile(
    r"(?![IlO]\d)[A-Z][A-Za-z]{0,3}-?\d{1,4}(?:-?[A-Z]{1,2})?(?:'?s)?"
    r"|\d{1,3}(?:st|nd|rd|th|d|mm|cm|km|kt|mt)|\d{2,4}'?s"
)


@cache
def readings(surface: str) -> tuple[str, ...]:
    """Read a run of letters and digits as words: itself, mended, then the parts if it is a compound.

    >>> readings("bomber-quarantine"), readings("policy2"), readings("IL-28"), readings("1962")
    (('bomber-quarantine', 'bomber', 'quarantine'), ('policy',), ('IL-28',), ())
    """
    for glued in (_DIGITS_BEHIND, _DIGITS_BEFORE):
        if found := glued.fullmatch(surface):
            surface = found[1]
    if not any(map(str.isalpha, surface)) or _DESIGNATOR.fullmatch(surface):
        return (surface,) if _DESIGNATOR.fullmatch(surface) else ()
    parts = surface.split("-")
    words = tuple(part for part in parts if len(part) > 1 and not DIGIT.search(part))
    if DIGIT.search(surface):  # "noon-2" and "mid-1953" are no words, "20th-century" holds one.
        return words if len(parts) > 1 else ()
    return (surface, *words) if len(parts) > 1 else (surface,)


def without_note_digit(surface: str) -> str | None:
    """The word that a footnote's digits are stuck to; None where that is not what `surface` is.

    >>> without_note_digit("policy2"), without_note_digit("mid-1953"), without_note_digit("IL-28")
    ('policy', None, None)
    """
    found = _DIGITS_BEHIND.fullmatch(surface)
    return found[1] if found and readings(surface)[:1] == (found[1],) else None


def texts(document: EditionDocument) -> Iterator[str]:
    """All that stands in a document, with typewriter quotes and hyphens; dashes that part words are blanks."""
    for text in (document.title, *document.paragraphs, document.source_note or "", *document.footnotes):
        yield unify(_PARTING_DASH.sub(" ", unicodedata.normalize("NFC", text)))


def surfaces(text: str) -> list[str]:
    """The runs of letters and digits in a text as `texts` gives it, in order; numbers are among them."""
    return _WORD.findall(text)


def case(surface: str) -> str:
    """Which of `CASES` a spelling counts in; a possessive s tells nothing of the case."""
    word = surface.removesuffix("'s")
    if word == word.lower():
        return "lower"
    # One capital letter alone (an initial, "A") is a capitalised word, but U-2 is in capitals.
    if word == word.upper() and sum(map(str.isalnum, word)) > 1:
        return "upper"
    parts = re.split("['-]", word)  # "Anglo-American", "Commander-in-Chief", "I'm"
    return "capital" if word[0].isupper() and all(p in (p.lower(), p.capitalize()) for p in parts) else "mixed"


_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{4})")
# "ReDeptel", "AmEmbassy", "LtCol", "DeGaulle" were typed so; no element of the edition ends with such a beginning.
_TELEGRAPHIC = re.compile(r"[A-Z][a-z]{1,2}[A-Z]")
_FAR_MORE = 10
"""How much more frequent the words must be than what looks like an accident with them."""
_LONG = 5


def _unglued(word: str, number: int, alone: Mapping[str, int]) -> tuple[str, ...]:
    """The words that were run together in `word`, or itself where it is a word of its own.

    Halves of five letters and more (StateSource, which stands at every heading) need only be as frequent as the
    whole; short ones far more, or McCloy, MacArthur and SecState would come apart.
    """
    pieces = _SEAM.split(word)
    least = number * (1 if min(map(len, pieces)) >= _LONG else _FAR_MORE)
    if _TELEGRAPHIC.match(word):
        return (word,)
    if len(pieces) > 1 and all(alone[word_form(piece)] >= least for piece in pieces):
        return tuple(pieces)
    return (word,)


_TAIL = 50
"""A tail fifty times rarer than the joined word is no word: -ance beside assistance, not -lateral."""


def _rejoined(compound: str, number: int, alone: Mapping[str, int]) -> str | None:
    """The word that a hyphen left over from a line's end cut in two ("assist-ance"), if it is that."""
    joined, tail = compound.replace("-", ""), compound.rpartition("-")[2]
    known = alone[word_form(joined)]
    return joined if known >= _FAR_MORE * number and known > _TAIL * alone[word_form(tail)] else None


def words(surface: str, number: int, alone: Mapping[str, int]) -> Iterator[str]:
    """The words to count for a surface met `number` times, once the whole text tells what is an accident.

    `alone` has how often each form stands by itself or as a whole compound.
    """
    found = readings(surface)
    if len(found) == 3 and (joined := _rejoined(found[0], number, alone)):
        yield joined
        return
    for reading in found:
        yield from _unglued(reading, number, alone)
