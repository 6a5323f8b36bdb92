"""Counting clean text, and making a lexicon of the counts.

A printed edition brings its own accidents: footnote digits glued to words ("policy2"), words run together
where two elements met ("StateWashington"), letters misread when the edition itself was digitised. A word list
made without care would bless them, and a blessed error is never corrected. What can be told apart is mended
before it counts; of the rest, a form met only once is not believed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corrigenda.ingest.frus_text import WINDOW
from corrigenda.lexicon.values import Entry, Lexicon, LexiconSource, words_sha256
from corrigenda.text import unify, word_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corrigenda.ingest.frus_text import Edition, EditionDocument

__all__ = ["MINIMUM", "MINIMUM_WITH_DIGITS", "Counts", "VolumeCount", "build", "count"]

MINIMUM = 2
"""A form met once is as likely an accident of the edition as a word."""
MINIMUM_WITH_DIGITS = 1
"""Designators (IL-28, 19th) are rare each, and their shape has been checked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VolumeCount:
    """How much one edition held; a hyphenated compound is one word, a pure number none."""

    name: str
    words: int
    documents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Every word form that was met, nothing cut yet, and the editions it was met in."""

    forms: Mapping[str, Entry]
    volumes: tuple[VolumeCount, ...]


# "U.S.", "a.m."; else letters and digits with inner apostrophes and hyphens ("anti-U.S." is "anti" and "U.S.").
_WORD = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}|[^\W_]+(?:['-](?!(?:[^\W\d_]\.){2})[^\W_]+)*")
# An em dash parts words and an en dash may join them ("IL–28"), so the one goes before dashes are unified.
_PARTING_DASH = re.compile("[—―]")
_DIGITS_BEHIND = re.compile(r"(.*[^\W\d_]{3}(?:'s)?)\d{1,3}")
_DIGITS_BEFORE = re.compile(r"\d+-?([^\W\d_]{3}.*)")
_DIGIT = re.compile(r"\d")
# "IL-28's", "U-2", "Tu-104", "19th", "1960s", "3d". Longer runs are file numbers, 710n is a page and its note, and
# the edition has l970 and I960 where it means a year.
_DESIGNATOR = re.compile(
    r"(?![IlO]\d)[A-Z][A-Za-z]{0,3}-?\d{1,4}(?:-?[A-Z]{1,2})?(?:'?s)?"
    r"|\d{1,3}(?:st|nd|rd|th|d|mm|cm|km|kt|mt)|\d{2,4}'?s"
)


@cache
def _readings(surface: str) -> tuple[str, ...]:
    """Read a run of letters and digits as words: itself, mended, then the parts if it is a compound.

    >>> _readings("bomber-quarantine"), _readings("policy2"), _readings("IL-28"), _readings("1962")
    (('bomber-quarantine', 'bomber', 'quarantine'), ('policy',), ('IL-28',), ())
    """
    for glued in (_DIGITS_BEHIND, _DIGITS_BEFORE):
        if found := glued.fullmatch(surface):
            surface = found[1]
    if not any(map(str.isalpha, surface)) or _DESIGNATOR.fullmatch(surface):
        return (surface,) if _DESIGNATOR.fullmatch(surface) else ()
    parts = surface.split("-")
    words = tuple(part for part in parts if len(part) > 1 and not _DIGIT.search(part))
    if _DIGIT.search(surface):  # "noon-2" and "mid-1953" are no words, "20th-century" holds one.
        return words if len(parts) > 1 else ()
    return (surface, *words) if len(parts) > 1 else (surface,)


def _surfaces(document: EditionDocument) -> Iterator[str]:
    texts = (document.title, *document.paragraphs, document.source_note or "", *document.footnotes)
    for text in texts:
        yield from _WORD.findall(unify(_PARTING_DASH.sub(" ", unicodedata.normalize("NFC", text))))


@cache
def _forms(surface: str) -> frozenset[str]:
    return frozenset(map(word_form, _readings(surface)))


def _case(surface: str) -> str:
    """Which of the fields of `Entry` a spelling counts in; a possessive s tells nothing of the case."""
    word = surface.removesuffix("'s")
    if word == word.lower():
        return "lower"
    # One capital letter alone (an initial, "A") is a capitalised word, but U-2 is in capitals.
    if word == word.upper() and sum(map(str.isalnum, word)) > 1:
        return "upper"
    parts = re.split("['-]", word)  # "Anglo-American", "Commander-in-Chief", "I'm"
    return "capital" if word[0].isupper() and all(p in (p.lower(), p.capitalize()) for p in parts) else "mixed"


_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{4})")
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


def _words(readings: tuple[str, ...], number: int, alone: Mapping[str, int]) -> Iterator[str]:
    """The words to count for a surface met `number` times, once the whole text tells what is an accident."""
    if len(readings) == 3 and (joined := _rejoined(readings[0], number, alone)):
        yield joined
        return
    for reading in readings:
        yield from _unglued(reading, number, alone)


def _tally(surfaces: Mapping[str, int]) -> dict[str, Counter[str]]:
    """Each form with how often it was written in which case."""
    alone: Counter[str] = Counter()
    for surface, number in surfaces.items():
        for reading in _readings(surface)[:1]:
            alone[word_form(reading)] += number
    tally: dict[str, Counter[str]] = {}
    for surface, number in surfaces.items():
        for word in _words(_readings(surface), number, alone):
            tally.setdefault(word_form(word), Counter())[_case(word)] += number
    return tally


def count(editions: Iterable[Edition]) -> Counts:
    """Count the words of `editions`, one at a time, so that a folder of volumes need not fit in memory.

    The total of a part of a compound includes its use in compounds. What was mended by the light of the whole
    text (words run together, hyphens of a line's end) adds to the totals, not to the documents: the difference
    is far below what documents are used for.
    """
    surfaces: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    volumes: Counter[str] = Counter()
    sizes: list[VolumeCount] = []
    for edition in editions:
        met: set[str] = set()
        words = 0
        for document in edition.documents:
            found = Counter(_surfaces(document))
            surfaces.update(found)
            words += sum(number for surface, number in found.items() if _forms(surface))
            forms = frozenset().union(*map(_forms, found))
            documents.update(forms)
            met |= forms
        volumes.update(met)
        sizes.append(VolumeCount(name=edition.name, words=words, documents=len(edition.documents)))
    return Counts(
        forms={
            form: Entry(
                total=cases.total(),
                lower=cases["lower"],
                capital=cases["capital"],
                upper=cases["upper"],
                documents=min(documents[form], cases.total()),
                volumes=min(volumes[form], cases.total()),
            )
            for form, cases in _tally(surfaces).items()
        },
        volumes=tuple(sizes),
    )


def build(counts: Counts, *, name: str, version: str, created: str, sources: tuple[LexiconSource, ...]) -> Lexicon:
    """Make the lexicon that ships: the forms met often enough, and in `totals` what was cut."""
    kept = {
        form: entry
        for form, entry in counts.forms.items()
        if entry.total >= (MINIMUM_WITH_DIGITS if _DIGIT.search(form) else MINIMUM)
    }
    return Lexicon(
        name=name,
        version=version,
        created=created,
        parameters={
            "minimum_count": MINIMUM,
            "minimum_count_with_digits": MINIMUM_WITH_DIGITS,
            "window_words": WINDOW,
        },
        totals={
            "volumes": len(counts.volumes),
            "documents": sum(volume.documents for volume in counts.volumes),
            "words": sum(volume.words for volume in counts.volumes),
            "forms": len(kept),
            "forms_cut": len(counts.forms) - len(kept),
        },
        sources=sources,
        entries=dict(sorted(kept.items())),
        sha256=words_sha256(kept),
    )
