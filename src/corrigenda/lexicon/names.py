"""Places and agencies, mined from how a text uses capitalised words."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corrigenda.lexicon.entries import Abbreviation, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from corrigenda.lexicon.bigrams import Bigrams

__all__ = ["Name", "NameKind", "agencies", "places"]


class NameKind(StrEnum):
    """What a name is of."""

    PLACE = "place"
    AGENCY = "agency"


class Name(NamedTuple):
    """A name that is not a person's: its kind, how often it was met, and the short form of it, if it has one."""

    kind: NameKind
    total: int
    short: str


_LEAST = 20
_LEAST_PAIR = 10
_LEAST_SURNAME = 500
"""Paris and Berlin are surnames too, but no person is met so often behind "in"."""
_NAMED = 0.95
_WHERE = ("in", "at", "to", "from", "near", "outside")
_MOSTLY_WHERE = 0.22
"""Which share of a name's places "in", "at", "to" and the like must make; a person's name seldom has a tenth."""
_LEAST_IN = 0.06
"""A person is written to and heard from, but one is in a place."""
_TIMES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer",
    "autumn", "fall", "winter", "annex", "appendix", "article", "chapter", "congress", "english", "french", "german",
    "italian", "parliament", "part", "russian", "section", "spanish", "tab",
})  # fmt: skip


def places(forms: Mapping[str, Entry], bigrams: Bigrams, *, is_surname: Callable[[str], bool]) -> dict[str, Name]:
    """Words, and pairs of words, that nearly always are capitalised and often stand behind "in", "at" or "from"."""
    found = {
        form: Name(NameKind.PLACE, entry.total, "")
        for form, entry in forms.items()
        if _is_named(form, entry)
        and entry.total >= (_LEAST_SURNAME if is_surname(form) else _LEAST)
        and _is_where(form, entry, bigrams)
    }
    found |= _pairs(forms, bigrams)
    return dict(sorted(found.items()))


def _is_named(form: str, entry: Entry) -> bool:
    return form.isalpha() and len(form) > 2 and form not in _TIMES and entry.capital >= _NAMED * entry.total


def _is_where(form: str, entry: Entry, bigrams: Bigrams) -> bool:
    where = sum(bigrams.together(word, form) for word in _WHERE)
    inside = bigrams.together("in", form) + bigrams.together("at", form)
    return where >= _MOSTLY_WHERE * entry.total and inside >= _LEAST_IN * entry.total


def _pairs(forms: Mapping[str, Entry], bigrams: Bigrams) -> dict[str, Name]:
    """Pairs whose first word mostly stands before the second: Buenos Aires, Hong Kong."""
    found = {}
    for form, entry in forms.items():
        if not _is_named(form, entry) or entry.total < _LEAST_PAIR or not _is_where(form, entry, bigrams):
            continue
        second, number = bigrams.after(bigrams.index[form])
        if not len(number):
            continue
        best = int(np.argmax(number))
        other = bigrams.names[second[best]]
        if number[best] >= max(_LEAST_PAIR, entry.total / 2) and _is_named(other, forms[other]):
            found[f"{form} {other}"] = Name(NameKind.PLACE, int(number[best]), "")
    return found


_BODIES = re.compile(
    r"\b(?:administration|agency|army|association|authority|bank|board|bureau|command|commission|committee|community"
    r"|conference|congress|corporation|corps|council|department|division|federation|force|forces|foundation|fund|group"
    r"|headquarters|institute|league|ministry|mission|navy|office|organi[sz]ation|party|secretariat|service|staff|union)\b",
    re.IGNORECASE,
)


def agencies(abbreviations: Mapping[str, Abbreviation]) -> dict[str, Name]:
    """The bodies that the text names in full with their short form: Central Intelligence Agency (CIA)."""
    found = {
        told.expansion: Name(NameKind.AGENCY, told.explained, form.upper())
        for form, told in sorted(abbreviations.items())
        if told.expansion[:1].isupper() and _BODIES.search(told.expansion)
    }
    return dict(sorted(found.items()))
