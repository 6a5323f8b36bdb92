"""The habits of an edition's editors: differences that are theirs, so that the page stands.

Each habit is a small predicate on the words of page and edition; `habit` names the first that explains a difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from rapidfuzz.distance import OSA, Hamming

from corrigenda.correct.known import COMMON, FEWEST_SEEN, all_known
from corrigenda.edition.collate import Difference
from corrigenda.lexicon.english import american
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import key, unify
from corrigenda.values import Span

__all__ = [
    "editorial",
    "entangled",
    "habit",
    "is_label",
    "is_torn",
    "is_typists_slip",
    "odd_capitals",
    "one_stem",
]

_LABEL = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.)]{1,2}|\((?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})")
_NUMERALS = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
})  # fmt: skip
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|d|th)\Z")
# A figure of the edition to which a footnote or a heading has stuck ("1961Document") is no reading of it.
_CLEAN_FIGURE = re.compile(
    r"\W*(?:[^\W\d_]{1,5}[-./]?)?\d[\d.,:/-]*(?:st|nd|rd|th|[ap]\.?m|'?s|-?[a-z])?\W*", re.IGNORECASE
)
_STUCK = re.compile(r"\w[.,;:)][A-Z][a-z]|[a-z][A-Z][a-z]+\Z")
_CORE = re.compile(r"^[\W_]*(.*?)[\W_]*$", re.DOTALL)
_PREFIXES = (
    "re", "un", "in", "im", "dis", "pre", "non", "over", "under", "counter", "mis", "inter", "sub", "de", "co",
)  # fmt: skip
_SUFFIXES = frozenset({
    "", "s", "es", "'s", "s'", "d", "ed", "ing", "ly", "er", "ers", "or", "ion", "ions", "al", "ment", "ments", "y",
    "ies", "e", "ation",
})  # fmt: skip
_LONGEST_ABBREVIATION = 5


def habit(page: str, edition: str, words: WordIndex, *, at_label: bool) -> str | None:
    """The name of the editors' habit that explains the difference, or None.

    `page` and `edition` come without outer punctuation; `at_label` says that on the page the punctuation of a list
    label stands around.
    """
    solid = unify("".join(page.split())).lower(), unify("".join(edition.split())).lower()
    one_word = len(page.split()) == len(edition.split()) == 1
    habits: dict[str, Callable[[], bool]] = {
        "punctuation": lambda: not any(c.isalnum() for c in page + edition),
        "list label": lambda: at_label and is_label(page + ".") and is_label(edition + "."),
        "compound": lambda: _unhyphened(solid[0]) == _unhyphened(solid[1]) and _stands_apart(page, solid[1], words),
        "spacing of an abbreviation": lambda: _is_respaced(page, edition),
        "form of a number": lambda: _same_number(page, edition) or _same_number(edition, page),
        "accents": lambda: solid[0] != solid[1] and solid[0].isascii() and solid[0] == _unaccented(solid[1]),
        "abbreviation": lambda: _abbreviates(page, edition, words) or _abbreviates(edition, page, words),
        "spelling": lambda: one_word and is_typists_slip(*solid),
    }
    return next((name for name, explains in habits.items() if explains()), None)


def editorial(difference: Difference, text: str, words: WordIndex) -> str | None:
    """The name of the editors' habit that explains `difference`, or None; `text` is that of the page."""
    page, edition = difference.span.of(text), difference.edition
    if not (page and edition):
        return None
    explained = habit(page, edition, words, at_label=_at_label(text, difference.span))
    if explained or any(c.isalnum() for c in page):
        return explained
    return "list label" if _is_letter(edition) else "punctuation" if len(edition.split()) > 1 else None


def entangled(difference: Difference) -> str | None:
    """What of the printed page, and not of the text, has come into the edition's words, or None."""
    page, edition = difference.page, difference.edition
    if any(is_label(w) for w in (*page.split(), *edition.split())):
        return "the edition numbers the list otherwise"
    if _STUCK.search(edition) or not all(map(_is_clean, edition.split())):
        return "the edition's word has a note or a figure stuck to it"
    if page.isdigit() and edition.isdigit() and (page.startswith(edition) or edition.startswith(page)):
        # A number of a note has stuck to a figure, or was taken off one that had none.
        return "the edition's figure has a note's stuck to it, or has lost one"
    return None


def _is_letter(text: str) -> bool:
    """Whether `text` is a single letter that is no word."""
    return len(text.strip(".)")) == 1 and text.strip(".)") not in {"a", "A", "I"}


def _at_label(text: str, span: Span) -> bool:
    """Whether the punctuation of a list label stands around."""
    before = text[: span.start].rstrip("( \t")[-1:]
    return text[span.end : span.end + 1] in {".", ")"} and before in {"", "\n", ".", ":", ";"}


def _is_clean(word: str) -> bool:
    return not any(c.isdigit() for c in word) or _CLEAN_FIGURE.fullmatch(unify(word)) is not None


def is_label(token: str) -> bool:
    """Whether `token` numbers an item of a list: 4. b) (iii)"""
    return _LABEL.fullmatch(token) is not None


def one_stem(a: str, b: str) -> bool:
    """Whether two words differ in a prefix or an ending alone: statement, restatement; shift, shifts."""
    short, long = sorted((unify(a).lower(), unify(b).lower()), key=len)
    if any(long == prefix + short for prefix in _PREFIXES):
        return True
    common = 0
    while common < len(short) and short[common] == long[common]:
        common += 1
    return any(short[n:] in _SUFFIXES and long[n:] in _SUFFIXES for n in range(max(3, common - 2), common + 1))


def is_typists_slip(page: str, word: str) -> bool:
    """Whether `page` is `word` with two neighbours exchanged (beleive), or spelled otherwise (Carribean)."""
    exchanged = Hamming.distance(page, word) == OSA.distance(page, word) + 1 and sorted(page) == sorted(word)
    return page.isalpha() and (exchanged or _spelled_otherwise(page, word))


def is_torn(page: str, edition: str, words: WordIndex) -> bool:
    """Whether marks were read into a word of the edition, so that the lexicon does not know it: affai.rs, affairs.

    What both print with marks inside (U.S., e.g.) is none, nor are hyphens, which editors put in and take out.
    """
    ours, theirs = (_CORE.sub(r"\1", unify(text)) for text in (page, edition))
    return (
        theirs.isalpha()
        and not ours.isalpha()
        and "-" not in ours
        and ours.lower() not in {theirs.lower(), f"{theirs.lower()}'s"}
        and not words.count(ours)
        and words.count(theirs) >= FEWEST_SEEN
        and len(theirs) > 1
    )


def odd_capitals(word: str) -> bool:
    """Whether a part of `word` is neither lower case nor capitalised nor all capitals, as in OUr."""
    parts = re.findall(r"[^\W\d_]+", word)
    return any(p[1:] != p[1:].lower() and p != p.upper() for p in parts)


def _stands_apart(page: str, solid: str, words: WordIndex) -> bool:
    """Whether the parts are words that a typist sets apart (any one, can not), not pieces of one (pre sent)."""
    rarest = min(words.count(w) for w in _parts(page))
    return rarest >= COMMON and rarest * 10 >= words.count(solid)


def _unhyphened(word: str) -> str:
    return word.replace("-", "")


def _is_respaced(page: str, edition: str) -> bool:
    """Whether both have the same initials, with other blanks and stops: U. S., U.S.; but "th at" is a torn word."""
    initials = all(len(w) <= 2 for w in re.findall(r"\w+", page))
    return initials and key(page) == key(edition) and not (edition.isalpha() and edition.islower())


def _parts(text: str) -> list[str]:
    return [p for p in re.split(r"[-‐–/\s]+", text) if p] or [text]


def _same_number(figures: str, other: str) -> bool:
    """Whether a number stands in figures on one side, and in words or with another ending on the other."""
    bare = _ORDINAL.sub("", figures.lower())
    if not bare.isdigit():
        return False
    return _ORDINAL.sub("", other.lower()) == bare or all(w in _NUMERALS for w in _parts(other.lower()))


def _unaccented(word: str) -> str:
    """`word` without accents, which few American typewriters had: Senor, Señor."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _abbreviates(short: str, full: str, words: WordIndex) -> bool:
    """Whether `short` stands for `full`: U.S., United States; Dept, Department; govt, government.

    What is damaged is no abbreviation, so the lexicon must know both.
    """
    s, f = key(short), key(full)
    usual = "." in short or short.isupper() or (words.count(short) >= COMMON and not words.general(short))
    if " " in short or not s.isalpha() or not usual or words.count(short) < FEWEST_SEEN or not all_known(full, words):
        return False
    if " " in full:
        return len(s) > 1 and s == "".join(w[:1].lower() for w in full.split())
    if not 2 <= len(s) <= min(_LONGEST_ABBREVIATION, len(f) - 3) or s[0] != f[0]:
        return False
    rest = iter(f)
    return all(c in rest for c in s) and (f.startswith(s) or s[-1] == f[-1])


def _spelled_otherwise(a: str, b: str) -> bool:
    """Whether two words are one but for a letter doubled or single (Carribean, committment) or British spelling."""
    if b in american(a) or a in american(b):
        return True
    # Where a single letter is another, it was misread, whatever it doubles: impreesion, impression.
    misread = len(a) == len(b) and Hamming.distance(a, b) == 1
    return a == b or (_undoubled(a) == _undoubled(b) and not misread)


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])
