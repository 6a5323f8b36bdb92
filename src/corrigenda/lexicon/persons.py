"""Persons of the series: who is called so, and in which years' volumes they occur."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corrigenda.errors import BadInputError
from corrigenda.lexicon.sources import read_source
from corrigenda.lexicon.years import volume_years
from corrigenda.text import word_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["NearName", "Person", "Persons", "read_persons"]

_COLUMNS = ("id", "preferred", "variants", "volumes")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['-][^\W\d_]+)*")
_MOST = 10
# What the list has in the place of a given name, or beside a name, and nobody is called.
_NO_NAME = frozenset({
    "jr", "sr", "ii", "iii", "general", "colonel", "major", "captain", "lieutenant", "admiral", "marshal", "brigadier",
    "president", "minister", "prime", "sir", "lord", "lady", "count", "baron", "prince", "princess", "king", "queen",
    "the", "of", "and", "dr", "mr", "mrs", "miss", "air", "vice", "rear", "secretary", "ambassador", "governor",
    "chief", "de",
    "du", "la", "le", "van", "von", "der", "den", "el", "al", "duke", "earl", "viscount", "field", "group",
    "commander", "professor", "bishop", "cardinal", "pope", "father", "reverend", "senator", "justice", "judge",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody whom volumes of the series list: the name, other forms of it, and the years of those volumes.

    `first` and `last` are 0 where no volume is told; `volumes` is their number.
    """

    name: str
    variants: tuple[str, ...]
    first: int
    last: int
    volumes: int

    @property
    def surname(self) -> str:
        """What stands before the comma; a name without one is all surname."""
        return self.name.partition(",")[0].strip()

    @property
    def given(self) -> str:
        """What stands behind the comma, with ranks and particles."""
        return self.name.partition(",")[2].strip()

    def years_from(self, year: int) -> int:
        """How many years `year` lies outside the volumes that list the person; 0 where it lies inside."""
        return max(self.first - year, year - self.last, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class NearName:
    """A surname within some edits (optimal string alignment) of the word asked for, and who bears it."""

    surname: str
    distance: int
    persons: tuple[Person, ...]


class Persons:
    """Persons by name; the same persons give the same answers in the same order."""

    def __init__(self, persons: Iterable[Person]) -> None:
        """`persons` are kept in the order of their names."""
        self.all = tuple(sorted(persons, key=lambda p: (p.name, p.first, p.last, p.variants)))

    def of(self, word: str, *, year: int | None = None) -> tuple[Person, ...]:
        """Who has `word` as a surname, in any case and with its possessive s.

        If a `year` is given those of that time come first; then the best known.
        """
        form = word_form(word)
        found = self._by_surname.get(form) or self._by_surname.get(form.removesuffix("'s").removesuffix("'"), ())
        return tuple(sorted(found, key=lambda p: (p.years_from(year) if year else 0, -p.volumes, p.name)))

    def near(self, word: str, distance: int, *, year: int | None = None) -> tuple[NearName, ...]:
        """The surnames within `distance` edits of `word`, itself not among them, at most ten.

        Nearest first; then, if a `year` is given, those whose bearers are of that time; then the best known.
        """
        form = word_form(word).removesuffix("'s")
        hits = process.extract(form, self._surnames, scorer=OSA.distance, score_cutoff=distance, limit=None)
        found = [
            NearName(surname=surname, distance=int(edits), persons=self.of(surname, year=year))
            for surname, edits, _ in hits
            if edits
        ]
        found.sort(key=lambda n: (n.distance, _era(n, year), -sum(p.volumes for p in n.persons), n.surname))
        return tuple(found[:_MOST])

    def is_name(self, form: str) -> bool:
        """Whether a form in lower case is part of anybody's name."""
        return form in self._parts

    @cached_property
    def _by_surname(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {}
        for person in self.all:
            for key in _surname_keys(person):
                found.setdefault(key, []).append(person)
        return {key: tuple(persons) for key, persons in found.items()}

    @cached_property
    def _surnames(self) -> tuple[str, ...]:
        return tuple(sorted(self._by_surname))

    @cached_property
    def _parts(self) -> frozenset[str]:
        words = (word_form(word) for p in self.all for name in (p.name, *p.variants) for word in _WORD.findall(name))
        return frozenset(words) - _NO_NAME


def _era(near: NearName, year: int | None) -> int:
    return min((p.years_from(year) for p in near.persons), default=0) if year else 0


def _surname_keys(person: Person) -> Iterator[str]:
    """The surname as a whole and each of its words, for "Bethmann Hollweg" and names without a comma."""
    whole = word_form(person.surname)
    words = [word_form(word) for word in _WORD.findall(person.surname)]
    yield from dict.fromkeys((whole, *(word for word in words if word not in _NO_NAME)))


def read_persons(path: Path) -> tuple[Person, ...]:
    """Read a table of persons, plain or packed as .xz or .gz: id, preferred, variants, volumes, parted by tabs.

    Variants are parted by ` | `, volumes by blanks; a volume's name tells its years. Raises `BadInputError` for
    another table.
    """
    rows = list(csv.reader(read_source(path).text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise BadInputError(
            where=f"{path}, line 1",
            what=f"is not the header {', '.join(_COLUMNS)}",
            remedy="Give a table of persons with these columns, parted by tabs",
        )
    persons = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(_COLUMNS):
            raise BadInputError(
                where=f"{path}, line {number}",
                what=f"has {len(row)} columns",
                remedy=f"Write {len(_COLUMNS)}: {', '.join(_COLUMNS)}",
            )
        persons.append(_person(row[1], row[2], row[3].split()))
    return tuple(persons)


def _person(preferred: str, variants: str, volumes: list[str]) -> Person:
    years = [found for volume in volumes if (found := volume_years(volume))]
    others = dict.fromkeys(v.strip(" ,") for v in variants.split(" | "))
    return Person(
        name=preferred.strip(),
        variants=tuple(v for v in others if v and v != preferred.strip()),
        first=min((first for first, _ in years), default=0),
        last=max((last for _, last in years), default=0),
        volumes=len(volumes),
    )
