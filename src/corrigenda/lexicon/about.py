"""All that a lexicon tells of one word, and which words of a text it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from corrigenda.lexicon.designators import Designator, Met, classify, normal
from corrigenda.lexicon.entries import Reason, Rejected
from corrigenda.lexicon.tokens import without_note_digit
from corrigenda.lexicon.words import MIN_CANDIDATE
from corrigenda.text import Token, broken_word, line_column, tokens, unify, word_form

if TYPE_CHECKING:
    from corrigenda.lexicon.entries import Abbreviation, Compound, Entry, Neighbours
    from corrigenda.lexicon.names import Name
    from corrigenda.lexicon.persons import NearName, Person
    from corrigenda.lexicon.words import Near, WordIndex

__all__ = ["About", "Pair", "Unknown", "about", "pair", "unknown_words"]

_NEAR = 8
_NEAREST = 3
_DISTANCE = 2
_NUMBER = re.compile(r"[^\w\s]*\d[\d\W]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a lexicon knows of `word`; `entry` is None where it is not known, and `rejected` then may say why.

    `instead` is the entry of what a rejected word stands for. `compounds` are the ways in which it is written as one
    word, with a hyphen, and apart. Of a `number` without letters nothing is kept, nor of a designator whose kind is not
    `kept`, such as dates; near a number are no words, and near a designator are designators of any kind.
    """

    word: str
    lexicon: str
    entry: Entry | None
    general: bool
    rejected: Rejected | None
    instead: Entry | None
    neighbours: Neighbours | None
    number: bool
    near: tuple[Near, ...]
    persons: tuple[Person, ...]
    near_persons: tuple[NearName, ...]
    designator: Designator | None
    met: Met | None
    kept: bool
    near_designators: tuple[tuple[str, Met], ...]
    abbreviation: Abbreviation | None
    names: tuple[tuple[str, Name], ...]
    compounds: tuple[tuple[str, Compound], ...]


def about(word: str, index: WordIndex, *, year: int | None = None) -> About:
    """Ask everything; persons of the `year`, if one is given, come first."""
    counted, tables = _as_counted(word, index), index.tables
    form = word_form(counted)
    forms = {word_form(word), form}
    entry = index.entry(counted)
    rejected = None if entry else _why_not(counted, index)
    persons = tables.persons.of(counted, year=year)
    named = word[:1].isupper() or bool(persons)
    designator, met = classify(word), tables.designators.get(normal(word))
    number = not (entry or met) and bool(_NUMBER.fullmatch(word))
    has_near = bool(form) and not number and designator is None
    return About(
        word=word,
        lexicon=index.lexicon.name,
        entry=entry,
        general=index.general(counted),
        rejected=rejected,
        instead=index.entry(rejected.instead) if rejected else None,
        neighbours=tables.neighbours.get(form),
        number=number,
        near=tuple(n for n in index.near(counted, _DISTANCE) if n.distance)[:_NEAR] if has_near else (),
        persons=persons,
        near_persons=tables.persons.near(counted, 1, year=year) if named else (),
        designator=designator,
        met=met,
        kept=any(other.kind is designator for other in tables.designators.values()),
        near_designators=_near_designators(normal(word), index) if designator else (),
        abbreviation=tables.abbreviations.get(form) or tables.abbreviations.get(form.rstrip(".")),
        names=tuple((name, told) for name, told in tables.names.items() if forms & _called(name, told)),
        compounds=tuple(
            (name, told) for name, told in tables.compounds.items() if form in (name, name.replace("-", ""))
        ),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two words side by side: how often they were met so, and how often written as one, with a hyphen, and apart.

    A lexicon keeps the count of the words alone that stand most tellingly beside another, so that `count` is None for
    all other pairs, met or not; `written` is None where they never were one word.
    """

    left: str
    right: str
    count: int | None
    written: Compound | None


def pair(left: str, right: str, index: WordIndex) -> Pair:
    """Ask for `right` behind `left`."""
    before, behind = (word_form(_as_counted(word, index)) for word in (left, right))
    neighbours = index.tables.neighbours
    after_left = dict(neighbours[before].right) if before in neighbours else {}
    before_right = dict(neighbours[behind].left) if behind in neighbours else {}
    return Pair(
        left=left,
        right=right,
        count=after_left.get(behind, before_right.get(before)),
        written=index.tables.compounds.get(f"{before}-{behind}"),
    )


def _near_designators(name: str, index: WordIndex) -> tuple[tuple[str, Met], ...]:
    """The designators that are one edit from `name`, which is in normal form; those met most often first."""
    known = index.tables.designators.items()
    found = [(other, met) for other, met in known if OSA.distance(name, other, score_cutoff=1) == 1]
    return tuple(sorted(found, key=lambda one: (-one[1].total, one[0]))[:_NEAR])


def _as_counted(word: str, index: WordIndex) -> str:
    """`word` as the lexicon counts it: without a full stop behind it, if it is not known with one."""
    bare = word.rstrip(".")
    return word if index.entry(word) or not bare else bare


def _called(name: str, told: Name) -> set[str]:
    return {word_form(name), told.short.lower()}


def _why_not(word: str, index: WordIndex) -> Rejected | None:
    """Why a word that is not known is not, if it was met at all; its digits may be a footnote's."""
    found = index.rejected(word)
    if found:
        return found
    whole = without_note_digit(unify(word))
    return Rejected(0, 0, Reason.NOTE_DIGIT, word_form(whole)) if whole and index.count(whole) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """A word of a text that a lexicon does not know: how often it stands there, where first (line from 1), and why.

    `near` are the nearest words that it knows, what the word was rejected for first, then surnames.
    """

    word: str
    count: int
    line: int
    rejected: Rejected | None
    near: tuple[str, ...]


def unknown_words(text: str, index: WordIndex) -> tuple[Unknown, ...]:
    """The words of `text` that neither the lexicon nor general English knows, in the order in which they first stand.

    A word that was broken at a line's end is one word, a compound is known if its parts are, and numbers and
    designators are no words, unless the figures in one look like the letters of a word (MOSC0W).
    """
    first: dict[str, tuple[str, int]] = {}
    count: dict[str, int] = {}
    for word, at in _words(text):
        form = word_form(word)
        if form not in first:
            first[form] = (word, at)
        count[form] = count.get(form, 0) + 1
    return tuple(
        Unknown(
            word=word,
            count=count[form],
            line=line_column(text, at)[0],
            rejected=_why_not(word, index),
            near=_nearest(word, index),
        )
        for form, (word, at) in first.items()
        if not _is_known(word, index)
    )


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The words of `text` with where they begin; the halves of one broken at a line's end are joined."""
    held: Token | None = None
    for token in tokens(text):
        if held and broken_word(text, held, token):
            yield held.core + token.core, held.core_span.start
            held = None
            continue
        if held:
            yield held.core, held.core_span.start
        held = token if any(map(str.isalpha, token.core)) else None
    if held:
        yield held.core, held.core_span.start


_PARTS = re.compile(r"[-‐–/.&]")


def _is_known(word: str, index: WordIndex) -> bool:
    if index.count(word) or index.general(word) or index.count(f"{word}."):
        return True
    if classify(word):
        return not _read_as_letters(word, index)
    parts = [part for part in _PARTS.split(word) if part]
    return len(parts) > 1 and all(p.isdigit() or index.count(p) or index.general(p) for p in parts)


_LOOK_LIKE = {"0": "o", "1": "il", "2": "z", "5": "s", "6": "bg", "8": "b"}


def _read_as_letters(word: str, index: WordIndex) -> tuple[str, ...]:
    """The words that `word` is with its few figures taken for letters; none for a designator that was ever met."""
    figures = sum(map(str.isdigit, word))
    name = normal(word)
    # Whether a type is written with its hyphen is a matter of taste: IL28, IL-28.
    met = {name, re.sub(r"(?<=[A-Z])(?=\d)", "-", name, count=1)} & index.tables.designators.keys()
    if not word.isalnum() or not 0 < figures < len(word) - figures or met:
        return ()
    readings = map("".join, product(*(_LOOK_LIKE.get(letter, letter) for letter in word_form(word))))
    return tuple(reading for reading in readings if index.count(reading) >= MIN_CANDIDATE)


def _nearest(word: str, index: WordIndex) -> tuple[str, ...]:
    rejected = _why_not(word, index)
    found = [*_read_as_letters(word, index)]
    found += [rejected.instead] if rejected and rejected.instead else []
    found += [n.term for n in index.near(word, _DISTANCE) if n.distance][:_NEAREST]
    if word[0].isupper():
        found += [n.surname for n in index.tables.persons.near(word, 1)][:_NEAREST]
    return tuple(dict.fromkeys(found))
