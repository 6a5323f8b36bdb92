"""The habits of an edition's editors: differences that are theirs, so that the page stands.

Each habit is a small predicate on the words of page and edition; `habit` names the first that explains a difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from rapidfuzz.distance import OSA, Hamming

from corrigenda.correct.known import COMMON, FEWEST_SEEN, all_known
from corrigenda.correct.slips import is_misspelling
from corrigenda.edition.collate import Difference
from corrigenda.lexicon.english import american
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import key, unify
from corrigenda.values import Span

__all__ = [
    "editorial",
    "entangled",
    "habit",
    "has_own_stop",
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
_STUCK = re.compile(r"\w[.,;:)][A-Z][a-z]")
_INNER_CAPITAL = re.compile(r"\w*[a-z][A-Z][a-z]+\Z")
_FAMILY = re.compile(r"(?:Ma?c|Fitz|D[aeiu]|Des|L[aeo]|V[ao]n)[A-Z][a-z]+")
_PUNCTUATION = re.compile(r"[^\w\s]*")
_CORE = re.compile(r"^[\W_]*(.*?)[\W_]*$", re.DOTALL)
_PREFIXES = (
    "re", "un", "in", "im", "dis", "pre", "non", "over", "under", "counter", "mis", "inter", "sub", "de", "co",
)  # fmt: skip
_SUFFIXES = frozenset({
    "", "s", "es", "'s", "s'", "d", "ed", "ing", "ly", "er", "ers", "or", "ion", "ions", "al", "ment", "ments", "y",
    "ies", "e", "ation",
})  # fmt: skip
_LONGEST_ABBREVIATION = 5
_MISSPELT = 3
_VOWELS = frozenset("aeiouy")
_LEAST_RESPELLED = 6
_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
})  # fmt: skip


def habit(
    page: str, edition: str, words: WordIndex, *, at_label: bool, stopped: tuple[bool, bool] = (False, False)
) -> str | None:
    """The name of the editors' habit that explains the difference, or None.

    `page` and `edition` come without outer punctuation; `at_label` says that on the page the punctuation of a list
    label stands around, `stopped` that page or edition has a full stop behind them that the other one lacks.
    """
    solid = unify("".join(page.split())).lower(), unify("".join(edition.split())).lower()
    one_word = len(page.split()) == len(edition.split()) == 1
    habits: dict[str, Callable[[], bool]] = {
        "punctuation": lambda: not any(c.isalnum() for c in page + edition),
        "list label": lambda: at_label and is_label(page + ".") and is_label(edition + "."),
        "form of a date": lambda: _is_turned(page, edition) and any(key(w) in _MONTHS for w in page.split()),
        "order of words": lambda: _is_turned(page, edition),
        "compound": lambda: _unhyphened(solid[0]) == _unhyphened(solid[1]) and _stands_apart(page, solid[1], words),
        "spacing of an abbreviation": lambda: _is_respaced(page, edition),
        "form of a number": lambda: _same_number(page, edition) or _same_number(edition, page),
        "accents": lambda: solid[0] != solid[1] and solid[0].isascii() and solid[0] == _unaccented(solid[1]),
        "abbreviation": lambda: (
            _abbreviates(page, edition, words, stopped=stopped[0])
            or _abbreviates(edition, page, words, stopped=stopped[1])
        ),
        "spelling": lambda: (
            one_word and (is_typists_slip(*solid) or _other_vowel(*solid, words) or _misspells(page, edition, words))
        ),
    }
    return next((name for name, explains in habits.items() if explains()), None)


def editorial(difference: Difference, text: str, words: WordIndex) -> str | None:
    """The name of the editors' habit that explains `difference`, or None; `text` is that of the page."""
    page, edition = difference.span.of(text), difference.edition
    if not (page and edition):
        return None
    explained = habit(
        page,
        edition,
        words,
        at_label=_at_label(text, difference.span),
        stopped=(has_own_stop(difference, text), _closing(text, difference.span) + "." == difference.closing),
    )
    if explained or any(c.isalnum() for c in page):
        return explained
    return "list label" if _is_letter(edition) else "punctuation" if len(edition.split()) > 1 else None


def has_own_stop(difference: Difference, text: str) -> bool:
    """Whether the words of the page have a full stop behind them that the edition lacks, as an abbreviation has."""
    own = not difference.edition.endswith(".") and _closing(text, difference.span) == "." + difference.closing
    return bool(difference.page) and own


def _closing(text: str, span: Span) -> str:
    """The punctuation right behind a word of the page."""
    return _PUNCTUATION.match(text, span.end).group()  # type: ignore[union-attr]  # it matches the empty string too


def entangled(difference: Difference, words: WordIndex) -> str | None:
    """What of the printed page, and not of the text, has come into the edition's words, or None."""
    page, edition = difference.page, difference.edition
    if any(is_label(w) for w in (*page.split(), *edition.split())):
        return "the edition numbers the list otherwise"
    if _STUCK.search(edition) or _has_stuck_heading(edition, words) or not all(map(_is_clean, edition.split())):
        return "the edition's word has a note or a figure stuck to it"
    if page.isdigit() and edition.isdigit() and (page.startswith(edition) or edition.startswith(page)):
        # A number of a note has stuck to a figure, or was taken off one that had none.
        return "the edition's figure has a note's stuck to it, or has lost one"
    return None


def _has_stuck_heading(edition: str, words: WordIndex) -> bool:
    """Whether a capital inside the last word begins another one: talksDocument, but not McCloy or what is counted."""
    inner = _INNER_CAPITAL.search(edition)
    return inner is not None and not _FAMILY.fullmatch(inner[0]) and words.count(inner[0]) < FEWEST_SEEN


def _is_letter(text: str) -> bool:
    """Whether `text` is a single letter that is no word."""
    return len(text.strip(".)")) == 1 and text.strip(".)") not in {"a", "A", "I"}


def _at_label(text: str, span: Span) -> bool:
    """Whether the punctuation of a list label stands around."""
    before = text[: span.start].rstrip("( \t")[-1:]
    return text[span.end : span.end + 1] in {".", ")"} and before in {"", "\n", ".", ":", ";"}


def _is_clean(word: str) -> bool:
    return not any(c.isdigit() for c in word) or _CLEAN_FIGURE.fullmatch(unify(word)) is not None


def _misspells(page: str, edition: str, words: WordIndex) -> bool:
    """Whether `page` is a common misspelling of what the edition prints (seperate); the two are then much alike."""
    return is_misspelling(page, words) and OSA.distance(unify(page).lower(), unify(edition).lower()) <= _MISSPELT


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


def _is_turned(page: str, edition: str) -> bool:
    """Whether both have the same words in another order, which no machine makes: 15 June, June 15."""
    ours, theirs = ([_ORDINAL.sub("", key(w)) for w in text.split()] for text in (page, edition))
    return ours != theirs and sorted(ours) == sorted(theirs)


def _abbreviates(short: str, full: str, words: WordIndex, *, stopped: bool) -> bool:
    """Whether `short` stands for `full`: U.S., United States; Dept, Department; wld, would; FonMin, Foreign Minister.

    A full stop of its own (`stopped`), the lack of any vowel or the lexicon's list tell an abbreviation whatever it
    counts. Else what is damaged may look like one, so the lexicon must know both.
    """
    s, f = key(short), key(full)
    if " " in short or not s.isalpha() or not all_known(full, words):
        return False
    if " " in full:
        return len(s) > 1 and ((_usual(short, words) and s == _initials(full)) or _is_of_parts(short, full))
    if len(s) < 2 or len(s) > len(f) - 2 or s[0] != f[0] or not _in_order(s, f):
        return False
    told = stopped or _lacks_vowels(s, f) or (s in words.tables.abbreviations and s[-1] == f[-1])
    if told or len(s) > min(_LONGEST_ABBREVIATION, len(f) - 3):
        return told
    if f.startswith(s):
        return _usual(short, words)
    # Dept and Govt are in lists of general English too.
    return s[-1] == f[-1] and (_usual(short, words) or words.count(short) >= COMMON)


def _usual(short: str, words: WordIndex) -> bool:
    """Whether `short` is written or counted as abbreviations are."""
    marked = "." in short or short.isupper() or (words.count(short) >= COMMON and not words.general(short))
    return marked and words.count(short) >= FEWEST_SEEN


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(c in rest for c in short)


def _lacks_vowels(short: str, full: str) -> bool:
    """Whether `short` has the last consonant of `full`, and no vowel but for the first letter: wld, chmn, mtg."""
    consonants = [c for c in full if c not in _VOWELS]
    return len(short) > 2 and not _VOWELS & set(short[1:]) and [short[-1]] == consonants[-1:]


def _initials(full: str) -> str:
    return "".join(w[:1].lower() for w in full.split())


def _is_of_parts(short: str, full: str) -> bool:
    """Whether each part of `short` that a capital begins is the beginning and other letters of a word of `full`."""
    parts, wholes = re.findall(r"[A-Z][a-z]+", short), [key(w) for w in full.split()]
    if "".join(parts) != short.strip(".") or len(parts) != len(wholes):
        return False
    return all(p[0].lower() == w[0] and _in_order(p.lower(), w) for p, w in zip(parts, wholes, strict=True))


def _other_vowel(page: str, edition: str, words: WordIndex) -> bool:
    """Whether one vowel is another in two words of general English (despatched), or in a name that nobody counted.

    In both the page's spelling is as good as the edition's, by all that is known.
    """
    if len(page) < _LEAST_RESPELLED or len(page) != len(edition) or Hamming.distance(page, edition) != 1:
        return False
    ((a, b),) = [(a, b) for a, b in zip(page, edition, strict=True) if a != b]
    as_good = words.general(page) if words.general(edition) else not words.count(edition)
    return a in _VOWELS and b in _VOWELS and as_good


def _spelled_otherwise(a: str, b: str) -> bool:
    """Whether two words are one but for a letter doubled or single (Carribean, committment) or British spelling."""
    if b in american(a) or a in american(b):
        return True
    # Where a single letter is another, it was misread, whatever it doubles: impreesion, impression.
    misread = len(a) == len(b) and Hamming.distance(a, b) == 1
    return a == b or (_undoubled(a) == _undoubled(b) and not misread)


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])
