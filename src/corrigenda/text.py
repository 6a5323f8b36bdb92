"""Normalisation profiles, and a tokeniser that never loses an offset.

Normalised text is for comparing and looking up, never for writing back: the profiles return `Normalised`, a type of
its own, so that it cannot be handed on as the page's text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NewType

import regex

from corrigenda.values import Span

__all__ = [
    "TITLES",
    "Normalised",
    "Profile",
    "Token",
    "broken_word",
    "graphemes",
    "join_broken_words",
    "key",
    "line_column",
    "normalise",
    "normalised_lines",
    "page_style",
    "shown",
    "tokens",
    "unify",
    "word_form",
]

Normalised = NewType("Normalised", str)


class Profile(StrEnum):
    """How far two texts are brought together before they are compared (defined in `docs/metrics.md`)."""

    STRICT = "strict"
    FOLDED = "folded"
    HIPE = "hipe"


APOSTROPHES = "'‘’‚‛ʼʹ′`´"
QUOTES = '"“”„‟«»″'
HYPHENS = "-‐‑‒–−"
DASHES = HYPHENS + "—―"

_UNIFY = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(QUOTES, '"'), **dict.fromkeys(DASHES, "-")})
# What the HIPE-OCRepair scorer rewrites before it drops all but letters and digits; \u0364 is a small e above a letter.
_HIPE_REWRITES = {
    "ß": "ss", "ꝛ": "r", "œ": "oe", "æ": "ae", "a\u0364": "ä", "o\u0364": "ö", "u\u0364": "ü", "—\n": "", "¬\n": "",
}  # fmt: skip
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# Soft hyphens, marks of direction and the like, which nobody sees; those that join letters (U+200C, U+200D) are kept.
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF))
_NO_LETTER = re.compile(r"[\W_]+")


def unify(text: str) -> str:
    r"""`text` with quotes, apostrophes and dashes in their typewriter forms; one code point stays one code point.

    >>> unify("IL–28’s")
    "IL-28's"
    """
    return text.translate(_UNIFY)


def normalise(text: str, profile: Profile) -> Normalised:
    """`text` as `profile` compares it: NFC, white space collapsed, then what the profile folds.

    >>> normalise("the  “Soviets”", Profile.FOLDED)
    'the "Soviets"'
    >>> normalise("Cæsar's ﬁnal—IL-28", Profile.HIPE)
    'caesar s ﬁnal il 28'
    """
    return _collapsed(_rewritten(text, profile), profile)


def normalised_lines(text: str, profile: Profile) -> list[Normalised]:
    r"""The lines of `text` as `profile` compares them, without empty ones; joined by blanks they are its `normalise`.

    >>> normalised_lines("the Air\n\n Force", Profile.HIPE)
    ['the air', 'force']
    """
    lines = _rewritten(text, profile).splitlines()
    return [line for one in lines if (line := _collapsed(one, profile))]


def _rewritten(text: str, profile: Profile) -> str:
    text = unicodedata.normalize("NFC", text)
    if profile is Profile.FOLDED:
        return unify(text).translate(_LIGATURES).translate(_UNSEEN)
    if profile is Profile.HIPE:
        text = text.lower()
        for written, compared in _HIPE_REWRITES.items():
            text = text.replace(written, compared)
    return text


def _collapsed(text: str, profile: Profile) -> Normalised:
    if profile is Profile.HIPE:
        text = _NO_LETTER.sub(" ", text)
    return Normalised(" ".join(text.split()))


def graphemes(text: str) -> list[str]:
    """The extended grapheme clusters of `text` (UAX #29): the characters of every character error rate."""
    return regex.findall(r"\X", text)


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """What of a word is compared when texts are aligned: letters and digits, lower case, accents kept.

    A word without letters or digits is its own key, so that a lone dash still matches a dash.

    >>> key("IL–28’s,")
    'il28s'
    """
    # Unified first: ʼ (U+02BC), an apostrophe in some editions, is a letter to Unicode.
    letters = "".join(c for c in unify(unicodedata.normalize("NFC", word)).lower() if c.isalnum())
    return letters or unify(word)


def word_form(word: str) -> str:
    """The form under which a lexicon counts a word: typewriter quotes and dashes, lower case, no soft hyphens.

    >>> word_form("Soviet’s")
    "soviet's"
    """
    if word.isascii():
        # Most words by far, in a quarter of the time; of ASCII the grave accent alone has another typewriter form.
        return word.lower().replace("`", "'")
    return unify(unicodedata.normalize("NFC", word)).lower().replace("\u00ad", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A white-space word, cut into leading punctuation, the core, and trailing punctuation."""

    text: str
    span: Span
    core: str
    core_span: Span

    @property
    def lead(self) -> str:
        """The punctuation before the core."""
        return self.text[: self.core_span.start - self.span.start]

    @property
    def trail(self) -> str:
        """The punctuation after the core."""
        return self.text[self.core_span.end - self.span.start :]


# A dash between words separates them ("Soviets—and", "quarantine--we"); a hyphen inside a word does not.
_TOKEN = re.compile(r"(?:(?!--)[^\s—―])+|--+|[—―]+")
# A combining mark belongs to the letter before it.
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?[\u0300-\u036f]*", re.DOTALL)


def tokens(text: str, span: Span | None = None) -> Iterator[Token]:
    """The tokens of `text` (or of the stretch `span` of it) in order, with offsets into `text`.

    >>> [(t.lead, t.core, t.trail) for t in tokens('("Adlai," he said')]
    [('("', 'Adlai', ',"'), ('', 'he', ''), ('', 'said', '')]
    """
    begin, end = (span.start, span.end) if span else (0, len(text))
    for match in _TOKEN.finditer(text, begin, end):
        core = _CORE.search(match.group())
        start = match.start() + (core.start() if core else 0)
        stop = match.start() + (core.end() if core else 0)
        yield Token(
            text=match.group(),
            span=Span(start=match.start(), end=match.end()),
            core=text[start:stop],
            core_span=Span(start=start, end=stop),
        )


TITLES = frozenset({
    "mr", "mrs", "ms", "messrs", "dr", "prof", "st", "gen", "col", "maj", "capt", "lt", "sgt", "adm", "amb", "sen",
    "rep", "gov", "mme", "no",
})  # fmt: skip
"""Words whose full stop ends no sentence, and belongs to them."""

_BREAK = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010][ \t]*(?:\r\n?|\n)\s*(?=[^\W\d_])")


def broken_word(text: str, first: Token, second: Token) -> bool:
    r"""Whether two neighbouring tokens are the halves of one word that was broken at a line's end.

    A capital after the break speaks for a compound name (Anglo-\nAmerican), which keeps its hyphen; a telegram is in
    capitals throughout (CONTRO-\nVERSIAL), and tells the two apart no better than small letters do.
    """
    gap = _BREAK.search(text, max(0, first.span.end - 2), second.span.start + 1)
    goes_on = second.core[:1].islower() or (first.core.isupper() and second.core[:2].isupper())
    return gap is not None and gap.end() == second.span.start and goes_on


def join_broken_words(text: str) -> str:
    r"""`text` with every word that was broken at a line's end in one piece, for comparing only.

    >>> join_broken_words("the air-\ncraft re-\nmained")
    'the aircraft remained'
    """
    return _BREAK.sub("", text)


@lru_cache(maxsize=4)
def _habits(page: str) -> Mapping[str, str]:
    """For every quote and hyphen the form of it that `page` uses most."""
    habits: dict[str, str] = {}
    for class_, plain in ((APOSTROPHES, "'"), (QUOTES, '"'), (HYPHENS, "-")):
        used = Counter(c for c in page if c in class_)
        favourite = max(sorted(used), key=used.__getitem__) if used else plain
        habits.update(dict.fromkeys(class_, favourite))
    return habits


def page_style(reading: str, page: str) -> str:
    """`reading` with the quotes and hyphens that `page` itself uses.

    An edition prints IL–28’s where the typist wrote IL-28's; the page's habit is kept. Where the page has no
    apostrophe or hyphen at all the typewriter's own form is taken.

    >>> page_style("IL–28’s", "the Soviet's bomber-quarantine deal")
    "IL-28's"
    """
    habits = _habits(page)
    return "".join(habits.get(c, c) for c in reading)


def shown(text: str) -> str:
    r"""`text` in quotes for a sentence that people read, with line breaks to be seen.

    >>> shown("techni-\ncally ")
    "'techni-⏎cally'"
    """
    return "'" + re.sub(r"\s*[\r\n]\s*", "⏎", text.strip()) + "'"


def line_column(text: str, offset: int) -> tuple[int, int]:
    r"""Line and column of `offset`, both counted from 1, for messages.

    >>> line_column("ab\ncd", 4)
    (2, 2)
    """
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1
