"""All that a lexicon tells of one word, and which words of a text it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corrigenda.lexicon.designators import Designator, Met, classify, normal
from corrigenda.lexicon.entries import Reason, Rejected
from corrigenda.lexicon.tokens import without_note_digit
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


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a lexicon knows of `word`; `entry` is None where it is not known, and `rejected` then may say why.

    `instead` is the entry of what a rejected word stands for. `compounds` are the ways in which it is written as one
    word, with a hyphen, and apart.
    """

    word: str
    lexicon: str
    entry: Entry | None
    general: bool
    rejected: Rejected | None
    instead: Entry | None
    neighbours: Neighbours | None
    near: tuple[Near, ...]
    persons: tuple[Person, ...]
    near_persons: tuple[NearName, ...]
    designator: Designator | None
    met: Met | None
    abbreviation: Abbreviation | None
    names: tuple[tuple[str, Name], ...]
    compounds: tuple[tuple[str, Compound], ...]


def about(word: str, index: WordIndex, *, year: int | None = None) -> About:
    """Ask everything; persons of the `year`, if one is given, come first."""
    form, tables = word_form(word), index.tables
    entry = index.entry(word)
    rejected = None if entry else _why_not(word, index)
    persons = tables.persons.of(word, year=year)
    named = word[:1].isupper() or bool(persons)
    return About(
        word=word,
        lexicon=index.lexicon.name,
        entry=entry,
        general=index.general(word),
        rejected=rejected,
        instead=index.entry(rejected.instead) if rejected else None,
        neighbours=tables.neighbours.get(form),
        near=tuple(n for n in index.near(word, _DISTANCE) if n.distance)[:_NEAR] if form else (),
        persons=persons,
        near_persons=tables.persons.near(word, 1, year=year) if named else (),
        designator=classify(word),
        met=tables.designators.get(normal(word)),
        abbreviation=tables.abbreviations.get(form) or tables.abbreviations.get(form.rstrip(".")),
        names=tuple((name, told) for name, told in tables.names.items() if form in _called(name, told)),
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
    before, behind = word_form(left), word_form(right)
    neighbours = index.tables.neighbours
    after_left = dict(neighbours[before].right) if before in neighbours else {}
    before_right = dict(neighbours[behind].left) if behind in neighbours else {}
    return Pair(
        left=left,
        right=right,
        count=after_left.get(behind, before_right.get(before)),
        written=index.tables.compounds.get(f"{before}-{behind}"),
    )


def _called(name: str, told: Name) -> tuple[str, str]:
    return word_form(name), told.short.lower()


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
    designators are no words.
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
    if index.count(word) or index.general(word) or index.count(f"{word}.") or classify(word):
        return True
    parts = [part for part in _PARTS.split(word) if part]
    return len(parts) > 1 and all(p.isdigit() or index.count(p) or index.general(p) for p in parts)


def _nearest(word: str, index: WordIndex) -> tuple[str, ...]:
    rejected = _why_not(word, index)
    found = [rejected.instead] if rejected and rejected.instead else []
    found += [n.term for n in index.near(word, _DISTANCE) if n.distance][:_NEAREST]
    if word[0].isupper():
        found += [n.surname for n in index.tables.persons.near(word, 1)][:_NEAREST]
    return tuple(dict.fromkeys(found))
