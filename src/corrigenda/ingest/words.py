"""Does a line read like words? Judged by its letters alone: taking a page apart needs no lexicon.

The judge errs towards words: noise is never corrected and never scored, so text called noise is lost.
"""

from __future__ import annotations

import re

__all__ = [
    "CONNECTIVES",
    "MONTH",
    "ends_in_hyphen",
    "ends_sentence",
    "is_continuation",
    "is_scrap",
    "is_small_words",
    "is_title_like",
    "plausible_words",
]

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
# "25th of May", "28 Feb", "October": no handwriting is read as one. A short name needs its day, "mar" may be specks.
_DATED = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}|{MONTH}[ -]\d{{1,4}})(?![^\W_])"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b\d{1,3}(?:st|nd|rd|th)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_CORE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]", re.IGNORECASE)
# Six consonants in a row ("catchphrase" has five), or a letter three times, is a reading of specks.
_JUMBLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}|([a-z])\1\1", re.IGNORECASE)
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")
_NAME_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Van|Von|Fitz)[A-Z]")
_SMALL = re.compile(
    "a|a[mnst]|be|by|do|go|he|i|i[fnst]|me|my|no|o[fnr]|so|to|u[ps]|we",
    re.IGNORECASE,
)
_CONTINUATION = re.compile(r"[a-z]{1,3}|[A-Z]{2,6}|\W{0,2}\d[\d,./-]*%?")
_HYPHEN = re.compile(r"[^\W\d_][-\xad¬]\Z")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]*]*\Z")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
CONNECTIVES = frozenset(("of", "the", "to", "and", "for", "in", "at", "on", "by", "de", "du", "la", "von", "c/o", "a"))


def plausible_words(line: str) -> list[str]:
    """The words of three letters or more in `line` that could be of a language.

    >>> plausible_words("a ay — W/ 12 xQvbRt the guidance")
    ['the', 'guidance']
    """
    # Not by white space: engines drop the space after a comma, and put dots into words ("ef.fort").
    return [word for word in _CORE.findall(line) if _is_plausible(word)]


def _is_plausible(word: str) -> bool:
    if len(word) < 3 or not _VOWEL.search(word) or _JUMBLE.search(word):
        return False
    # Engines mix the cases of long words they read badly ("COMMissIOn"); of a short one nothing would be left.
    return len(word) > 4 or not _CAPITAL_INSIDE.search(word) or _NAME_PREFIX.match(word) is not None


def is_scrap(line: str) -> bool:
    """Whether `line` is mostly not words: specks, frame lines, handwriting as an engine reads it.

    Two plausible words save a line; one does where it is most of the line or stands beside an ordinal, and three
    small ones or the name of a month do as well.

    >>> [is_scrap(line) for line in ("W/ 12", "a ay —", "if it is", "Azores.", "~ . the |+ J8 ¢ ]) _=")]
    [True, True, False, False, True]
    >>> [is_scrap(line) for line in ("25th of May.", "OA - 28 Feb 1955.", "on the 3rd.")]
    [False, False, False]
    """
    words = plausible_words(line)
    if len(words) >= 2 or _DATED.search(line) or (words and _ORDINAL.search(line)):
        return False
    marks = sum(not (mark.isspace() or mark.isdigit()) for mark in line)
    if words:
        return 2 * len(words[0]) < marks
    small = [word for word in _LETTERS.findall(line) if _SMALL.fullmatch(word)]
    return len(small) < 3 or 2 * sum(map(len, small)) < marks


def is_small_words(line: str) -> bool:
    """Whether `line` has only words so small that they alone do not save it from being a scrap: `In`, `of a`.

    A letter by itself is a speck more often than a word.
    """
    words = line.rstrip(".,;:").split()
    return len("".join(words)) > 1 and all(_SMALL.fullmatch(word) for word in words)


def is_continuation(line: str) -> bool:
    """Whether `line` could be the short last line of a paragraph: one small word, acronym or figure.

    >>> [is_continuation(line) for line in ("it.", "NSC.", "$1,200.", "W/ 12", "E")]
    [True, True, True, False, False]
    """
    return _CONTINUATION.fullmatch(line.rstrip(".,;:)\"'”’")) is not None


def ends_in_hyphen(line: str) -> bool:
    """Whether the last word of `line` is cut by the margin (typed, soft, or read as a not sign)."""
    return _HYPHEN.search(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether `line` closes a sentence, or opens a list with a colon."""
    return _SENTENCE_END.search(line) is not None


def is_title_like(line: str, *, joined: bool = False) -> bool:
    """Whether `line` is a short line of names and titles: all words but the connecting ones have a capital.

    A line `joined` to one above may also begin with one of those.

    >>> [is_title_like(line) for line in ("Chief of the Eastern Desk,", "770 W. Plaza,", "the Eastern desk")]
    [True, True, False]
    """
    words = _LETTERS.findall(line)
    if not words or len(line) > 60 or (line[0].islower() and not joined and not line.startswith("c/o")):
        return False
    named = [word for word in words if word not in CONNECTIVES]
    return bool(named) and all(word[0].isupper() or len(word) == 1 or word in _ORDINALS for word in named)
