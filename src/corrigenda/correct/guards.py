"""What must not be changed without an edition's witness, or only where another reading is very likely.

Each guard is a small predicate; `guard` names the strictest that holds. The place is flagged then, and the reading
offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corrigenda.correct.known import COMMON, FEWEST_SEEN, known
from corrigenda.correct.places import Choice, Place
from corrigenda.correct.slips import is_slip
from corrigenda.correct.surroundings import Scene, in_foreign_passage, is_spoken, starts_sentence
from corrigenda.correct.variants import is_typists_slip
from corrigenda.lexicon.designators import is_designator
from corrigenda.lexicon.english import american
from corrigenda.lexicon.entries import Entry, Reason
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, word_form

__all__ = [
    "ACCENT",
    "FIGURE",
    "HARDLY_EVER",
    "MISSPELT",
    "NAME",
    "NEVER",
    "Guard",
    "guard",
    "heard",
    "makes_figure",
    "unaccented",
]

NEVER = 1.01
"""A probability that nothing reaches."""
HARDLY_EVER = 1.0
"""Nothing reaches it either, but where the user allows more harm than usual it is eased (`gate.Bar`)."""
FIGURE, ACCENT, MISSPELT, NAME = "a figure", "an accent", "a typist's spelling", "a name"
"""Why numbers and designators are guarded, words that would lose their accents, what the typist misspelt, and names."""
_LIKELY = 0.7
_MORE_LIKELY = 0.8
_VERY_LIKELY = 0.85
_ALL_BUT_SURE = 0.93
_SURE = 0.98
_HOUSEHOLD = 1000
"""A word met so often is no stranger's name."""
_EVERYDAY = 30_000
"""Rarer ones are French as well, or Spanish: défense, général."""
_SELDOM = 50

# "1n" and "1t" are words of which a letter was read as a figure; "2d" and "1a" may be an ordinal and a label.
_LOOKALIKE = re.compile(r"1[nst]|[il]5|0[fnr]")
_IN_BRACKETS = re.compile(r"\[\w{1,3}\]\w|\w\[\w+\]")
_OTHER_LETTERS = frozenset("æœøłđß")
_PARTS_VOWELS = re.compile(r"[aeiou][aeiou]\u0308")
_FOREIGN_ENDING = re.compile(r"\w{3}(?:cion(?:es)?|zione|ungen|keit|heit|schaft|tät)\Z")
_OPENS_QUOTE, _ENDS_QUOTE = ('"', "“"), ('"', "”")
_NOT_HEARD = re.compile(r"[aeiouyjh'-]|(.)(?=\1)")
_HEARD = str.maketrans("ckqzsvw", "kkkssff")
_WRITTEN_OTHERWISE = "yjwf"
# Prefixes that typists set off: re-sew, co-respondent.
_PREFIXES = frozenset({"re", "co", "de", "un", "ex"})
# What older hands write in two words: there fore, some thing, how ever, him self.
_TYPED_APART = frozenset({
    "any", "every", "no", "some", "here", "there", "where", "how", "what", "when", "who", "her", "him", "it", "my",
    "our", "them", "your", "in", "on", "out", "up", "with",
})  # fmt: skip
_FROM_THESE = frozenset({
    "body", "thing", "time", "times", "where", "ever", "so", "self", "selves", "after", "by", "fore", "from", "in",
    "of", "on", "out", "to", "up", "upon", "with",
})  # fmt: skip
_FEW_LETTERS = 3
_FEW_CAPITALS = 5
_SHORT = 4
_OFTEN = 3
_NEAR = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """Why a reading may not simply be put in, and the `least` probability that it must have all the same."""

    why: str
    least: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """A reading of a place, beside the words that stand there: `kept`, of the tokens `parts`, and `forms` of both.

    `solid`: no letter changes, but only marks, blanks and capitals.
    """

    place: Place
    run: Sequence[Token]
    scene: Scene
    words: WordIndex
    parts: Sequence[Token]
    kept: str
    reading: str
    forms: tuple[str, str]
    entry: Entry | None
    solid: bool

    @classmethod
    def of(cls, place: Place, choice: Choice, run: Sequence[Token], scene: Scene, words: WordIndex) -> _Look:
        parts = run[place.start : place.end]
        kept, reading = " ".join(t.core for t in parts), choice.option.core
        return cls(
            place=place,
            run=run,
            scene=scene,
            words=words,
            parts=parts,
            kept=kept,
            reading=reading,
            forms=(word_form(kept), word_form(reading)),
            entry=words.entry(reading),
            solid=_letters(kept) == _letters(reading),
        )

    @property
    def one(self) -> bool:
        """Whether a single word stands there."""
        return len(self.parts) == 1

    @property
    def alters(self) -> bool:
        """Whether a letter of a single word changes."""
        return self.one and not self.solid


_Holds = Callable[[_Look], bool]
_Least = float | Callable[[_Look], float]


def _of_household(look: _Look) -> float:
    """CLA and Secrotary very likely stand for what everybody knew."""
    return _VERY_LIKELY if look.entry and look.entry.total >= _HOUSEHOLD else HARDLY_EVER


# The tables are those of docs/decisions/014-guards.md.
_NEVER: dict[str, _Holds] = {
    FIGURE: lambda a: _is_figure(a.kept, a.reading),
    "a foreign passage": lambda a: in_foreign_passage(a.run, a.place.start),
    "spaced letters": lambda a: (not a.one or not a.reading) and _is_spaced(a.place, a.run, joins=not a.one),
    "an editor's bracket": lambda a: a.one and _IN_BRACKETS.search(a.parts[0].text) is not None,
    "speech as it is spoken": lambda a: a.alters and is_spoken(a.run, a.place.start),
    "a foreign ending": lambda a: a.alters and _FOREIGN_ENDING.search(a.forms[0]) is not None,
    "a British spelling": lambda a: _is_made_american(*a.forms),
    "used again and again": lambda a: a.alters and _is_used_often(a.kept, a.scene),
    "a word of the user's list": lambda a: a.one and a.words.is_listed(a.kept),
    "words that stand apart": lambda a: not a.one and _stand_apart(a.parts, a.reading, a.words),
    "a name of another time": lambda a: not a.solid and _is_of_another_time(a.entry, a.scene),
}
_HARDLY_EVER: dict[str, _Holds] = {
    MISSPELT: lambda a: a.alters and (is_slip(a.kept, a.words) or is_typists_slip(*a.forms)),
    "a name in several words": lambda a: not a.one and a.solid and _is_titled(a.parts) and _is_name(a.entry),
    "a hyphen of the typist's": lambda a: a.one and _gains_a_hyphen(a.kept, a.reading),
    "the name of a person": lambda a: a.alters and _is_person(a.kept, a.words),
    "a compound of known words": lambda a: a.alters and _is_compound(a.kept, a.words),
    "a letter that may be a sign or a label": lambda a: not a.reading and _is_no_speck(a),
    "words run together by habit": lambda a: a.one and _may_be_hyphened(a.reading, a.words),
}
_FROM: dict[str, tuple[_Least, _Holds]] = {
    ACCENT: (lambda a: _without_accent(a.kept, a.reading, a.entry), lambda a: _loses_accent(a.kept, a.reading)),
    "another spelling of a name": (
        lambda a: HARDLY_EVER if _is_named(a.reading, a.words) else _of_household(a),
        lambda a: a.one and _sounds_alike(a.kept, a.reading, a.entry),
    ),
    "a word with an accent": (_SURE, lambda a: _is_of_another_language(a.kept, a.reading)),
    "a word of general English": (_SURE, lambda a: a.alters and _is_general(a.place, a.kept, a.words, short=False)),
    "an abbreviation": (_SURE, lambda a: not a.place.known and _may_have_abbreviation(a)),
    "a name for a name": (
        _ALL_BUT_SURE,
        lambda a: a.alters and a.kept[:1].isupper() and _is_named(a.reading, a.words),
    ),
    "a word in quotes": (_ALL_BUT_SURE, lambda a: a.alters and _is_quoted(a.parts[0])),
    "an apostrophe inside": (
        # Between two words it is a speck; in one it stands for letters that are not spoken.
        lambda a: _MORE_LIKELY if " " in a.reading else _ALL_BUT_SURE,
        lambda a: a.one and "'" in a.forms[0].removesuffix("'s"),
    ),
    "capitals that may be initials": (
        _of_household,
        lambda a: not a.solid and _may_be_initials(a.place, a.run, a.kept),
    ),
    "a word by itself": (_VERY_LIKELY, lambda a: a.alters and a.place.known),
    "letters that may be a label": (
        lambda a: _MORE_LIKELY if a.place.at_edge else _VERY_LIKELY,
        lambda a: not a.reading,
    ),
    "a figure in a word": (
        lambda a: _MORE_LIKELY if len(a.kept) > _FEW_LETTERS else _VERY_LIKELY,
        lambda a: a.one and any(c.isdigit() for c in a.kept),
    ),
    "a short word of general English": (
        _MORE_LIKELY,
        lambda a: a.alters and _is_general(a.place, a.kept, a.words, short=True),
    ),
    NAME: (_LIKELY, lambda a: not a.solid and _may_be_name(a.place, a.run, a.kept)),
    "a name where a sentence opens": (
        _LIKELY,
        lambda a: not a.solid and not a.place.known and a.kept[:1].isupper(),
    ),
}


def guard(place: Place, choice: Choice, run: Sequence[Token], scene: Scene, words: WordIndex) -> Guard | None:
    """What speaks most against putting `choice` in the place of what stands there, or None."""
    look = _Look.of(place, choice, run, scene, words)
    forbids = next((why for why, holds in _NEVER.items() if holds(look)), None)
    if forbids:
        return Guard(why=forbids, least=NEVER)
    held = [Guard(why=why, least=HARDLY_EVER) for why, holds in _HARDLY_EVER.items() if holds(look)]
    for why, (least, holds) in _FROM.items():
        if holds(look):
            held.append(Guard(why=why, least=least(look) if callable(least) else least))
    return max(held, key=lambda one: one.least, default=None)


def _is_spaced(place: Place, run: Sequence[Token], *, joins: bool) -> bool:
    """Whether a word is typed with a blank behind each letter: S E C R E T; a letter alone has such neighbours."""
    around = 0 if joins else 1
    parts = run[max(0, place.start - around) : place.end + around]
    return sum(len(t.core) == 1 and t.core.isupper() for t in parts) > 1


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).lower()


def _is_figure(kept: str, reading: str) -> bool:
    """Whether a number or a designator would be made, unmade or changed; one1y and 1isten are misread words."""
    before, after = _digits(kept), _digits(reading)
    if not before and not after:
        return False
    if " " in kept and before != after:
        return len(after) > len(before) or any(_is_figure(part, "") for part in kept.split())
    letters = sum(c.isalpha() for c in kept)
    if after or is_designator(kept):
        # 6017c, 12b and 1950s are other numbers without their letters.
        loses = letters > 0 and not any(c.isalpha() for c in reading)
        return before != after or loses or is_designator(kept)
    if letters < _FEW_LETTERS:
        return not _LOOKALIKE.fullmatch(kept)
    return letters <= len(before)


def _may_be_hyphened(reading: str, words: WordIndex) -> bool:
    """Whether the two words of a reading are also written with a hyphen, so that somebody may run them together."""
    return " " in reading and words.count(reading.replace(" ", "-")) >= FEWEST_SEEN


def makes_figure(word: str, reading: str) -> bool:
    """Whether `reading` is a number or an ordinal where `word` is none; 1isten is a misread word."""
    return not _digits(word) and bool(_digits(reading)) and _is_figure(reading, word)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _stand_apart(parts: Sequence[Token], reading: str, words: WordIndex) -> bool:
    """Whether a typist sets the parts apart by habit (any one, can not), so that no blank was read into a word."""
    first, last = word_form(parts[0].core), word_form(parts[-1].core)
    if last == "cent" and word_form(reading) == "percent" and "-" not in parts[-2].trail:
        return True
    if " " in reading or any(t.trail for t in parts[:-1]):
        return False
    if first in _TYPED_APART and last in _FROM_THESE and first + last == word_form(reading):
        return True
    rarest = min(words.count(t.core) for t in parts)
    return rarest >= COMMON and rarest * 10 >= words.count(reading)


def _without_accent(kept: str, reading: str, entry: Entry | None) -> float:
    """Machines see accents on *the* and *there*; who writes *coöperation*, *défense* or *employé* means them."""
    everyday = entry is not None and entry.lower >= _EVERYDAY
    parts_vowels = _PARTS_VOWELS.search(unicodedata.normalize("NFD", kept.lower()))
    same = unaccented(kept) == unaccented(reading)
    return _VERY_LIKELY if same and everyday and not parts_vowels else NEVER


def unaccented(word: str) -> str:
    """`word` in small letters, without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _may_have_abbreviation(look: _Look) -> bool:
    """Whether a full stop stands behind a short unknown word though no sentence ends: genr. running, hf. mor."""
    following = look.run[look.place.start + 1 : look.place.end + 1]
    return any(
        token.trail.startswith(".")
        and len(token.core) <= _FEW_CAPITALS
        and (after.core[:1].islower() or after.core[:1].isdigit())
        and not known(token.core, look.words)
        for token, after in zip(look.parts, following, strict=False)
    )


def _is_made_american(kept: str, reading: str) -> bool:
    return reading.removesuffix("'s") in american(kept.removesuffix("'s"))


def _is_quoted(token: Token) -> bool:
    """Whether the word is quoted by itself, and so is what somebody called something: names in "ich" and "sky"."""
    return token.lead.endswith(_OPENS_QUOTE) and token.trail.startswith(_ENDS_QUOTE)


def _gains_a_hyphen(kept: str, reading: str) -> bool:
    """Whether the reading is the same word with a hyphen, which is a habit: socalled, so-called."""
    return "-" in reading and reading.replace("-", "").lower() == kept.lower()


def _is_used_often(kept: str, scene: Scene) -> bool:
    """A misreading seldom comes out the same three times; a word that the typist used does."""
    form = word_form(kept).removesuffix("'s")
    return len(form) > _FEW_LETTERS and scene.forms[form] + scene.forms[form + "'s"] >= _OFTEN


def _is_no_speck(look: _Look) -> bool:
    """Whether it is x, or a capital that stands by itself again near by: 4 x 6, the boats O 23 and O 24.

    Specks look like small letters, and at the edges of lines, where pages are dirty, like all of them.
    """
    again = look.kept.isupper() and sum(t.core == look.kept for t in look.run) > 1
    return not look.place.at_edge and (again or look.kept == "x")


def _is_name(entry: Entry | None) -> bool:
    return entry is not None and entry.is_name


def _is_titled(parts: Sequence[Token]) -> bool:
    """Whether each part begins with a capital and goes on in small letters (Viet Nam); pieces of a name do not."""
    return all(t.core[:1].isupper() and t.core[1:].islower() for t in parts)


def _is_person(kept: str, words: WordIndex) -> bool:
    """Whether the edition's lists of persons have the name, though its text hardly has."""
    form = word_form(kept).removesuffix("'s")
    rare = words.count(form) < _SELDOM
    return kept[:1].isupper() and len(form) > _FEW_LETTERS and rare and words.tables.persons.is_name(form)


def _is_named(reading: str, words: WordIndex) -> bool:
    """Whether the reading is the name of somebody whom the edition lists, or of a place."""
    form = word_form(reading).removesuffix("'s")
    entry = words.entry(form)
    return entry is not None and entry.is_name and (words.tables.persons.is_name(form) or form in words.tables.names)


def _is_compound(kept: str, words: WordIndex) -> bool:
    """Whether all parts of a hyphenated word are words, if rare ones, or prefixes: bee-sting, re-sew, not fer-ment."""
    first, *others = kept.lower().split("-")
    parts = others if first in _PREFIXES else [first, *others]
    return bool(others) and all(len(p) >= _FEW_LETTERS and (known(p, words) or words.general(p)) for p in parts)


def _loses_accent(kept: str, reading: str) -> bool:
    """Whether the reading is the word without its accents, or an English word for a foreign one (employé, employee)."""
    same = unaccented(kept) == unaccented(reading)
    return _is_accented(kept) and not _is_accented(reading) and (same or kept.lower().endswith("é"))


def _is_of_another_language(kept: str, reading: str) -> bool:
    return _is_accented(kept) and not _is_accented(reading) and unaccented(kept) != unaccented(reading)


def _is_accented(word: str) -> bool:
    """Whether a letter has an accent or is one of another language: élan, mediæval."""
    return unaccented(word) != word.lower() or not _OTHER_LETTERS.isdisjoint(word.lower())


def _is_general(place: Place, kept: str, words: WordIndex, *, short: bool) -> bool:
    """Whether general English has a word that the lexicon lacks; short ones come about by accident."""
    rejected = words.rejected(kept)
    # That the edition has a word but once says nothing against it.
    doubted = rejected is not None and rejected.reason is not Reason.ONCE
    return not place.known and (len(kept) <= _SHORT) is short and not doubted and words.general(kept)


def _sounds_alike(kept: str, reading: str, entry: Entry | None) -> bool:
    """Whether only letters that are heard alike or hardly differ: Fraenkel, Frankel; Faysal, Faisal; Zhukof, Zhukov.

    One vowel for another is as likely misread (Kennody). In a word in capitals only where the reading is a name.
    """
    a, b = word_form(kept), word_form(reading)
    may_be_name = kept[:1].isupper() and (not kept.isupper() or (entry is not None and entry.is_name))
    unlike = a != b and (len(a) != len(b) or any(c in a + b for c in _WRITTEN_OTHERWISE))
    return may_be_name and unlike and heard(a) == heard(b)


def heard(form: str) -> str:
    """What is heard of a word in small letters: its consonants, those that sound alike as one."""
    return _NOT_HEARD.sub("", form.translate(_HEARD))


def _may_be_initials(place: Place, run: Sequence[Token], kept: str) -> bool:
    """Whether a few capitals stand in a text that is not in capitals: FKR, ZPU, ATGM are names, whoever lacks them."""
    if not kept.isupper() or not 1 < len(_letters(kept)) <= _FEW_CAPITALS:
        return False
    around = [t.core for t in (*run[max(0, place.start - _NEAR) : place.start], *run[place.end : place.end + _NEAR])]
    words = [w for w in around if len(w) > 1 and w.isalpha()]
    return 2 * sum(w.isupper() for w in words) <= len(words)


def _is_of_another_time(entry: Entry | None, scene: Scene) -> bool:
    """Whether the reading is a name that the lexicon met only years before or after the document was written."""
    return scene.year is not None and entry is not None and entry.is_name and not entry.was_used_about(scene.year)


def _may_be_name(place: Place, run: Sequence[Token], kept: str) -> bool:
    """Whether what stands there may be a name that the reading would alter: it has a capital in mid-sentence."""
    return kept[:1].isupper() and not kept.isupper() and not starts_sentence(run, place.start)
