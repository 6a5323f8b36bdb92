"""Persons by surname, by likeness, and by era; places and agencies."""

from __future__ import annotations

from pathlib import Path

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.entries import Abbreviation
from corrigenda.lexicon.names import NameKind, agencies, places
from corrigenda.lexicon.persons import Persons, read_persons

HEADER = "id\tpreferred\tvariants\tvolumes\n"
ROWS = (
    "1\tBundy, McGeorge\tBundy, Mac | Bundy, McGeorge\tfrus1961-63v10 frus1964-68v12\n"
    "2\tBundy, William P.\t\tfrus1961-63v10 frus1969-76ve01 frus1969-76v02\n"
    "3\tBandy, Ann\t\tfrus1945Berlinv01\n"
    "4\tLon Nol\tMarshal\t\n"
)


@pytest.fixture
def persons(tmp_path: Path) -> Persons:
    """Four made-up entries of a table of persons."""
    path = tmp_path / "people.tsv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return Persons(read_persons(path))


def test_persons_have_the_years_of_their_volumes(persons: Persons):
    """The first and last year of all volumes that list somebody; 0 where none does."""
    by_name = {person.name: person for person in persons.all}
    assert (by_name["Bundy, McGeorge"].first, by_name["Bundy, McGeorge"].last) == (1961, 1968)
    assert by_name["Bundy, McGeorge"].variants == ("Bundy, Mac",)
    assert (by_name["Lon Nol"].first, by_name["Lon Nol"].volumes) == (0, 0)
    assert (by_name["Bundy, William P."].surname, by_name["Bundy, William P."].given) == ("Bundy", "William P.")


def test_namesakes_come_by_era_and_renown(persons: Persons):
    """Without a year the most listed comes first; with one, those of its time."""
    assert [p.given for p in persons.of("BUNDY’s")] == ["William P.", "McGeorge"]
    assert [p.given for p in persons.of("Bundy", year=1975)] == ["William P.", "McGeorge"]
    assert [p.given for p in persons.of("Bundy", year=1958)] == ["William P.", "McGeorge"]
    assert persons.of("Nol")[0].name == "Lon Nol"
    assert persons.of("Nobody") == ()


def test_near_names_are_weighed_by_era(persons: Persons):
    """Of surnames that are as near, those whose bearers are of the year come first."""
    assert [n.surname for n in persons.near("Bindy", 1)] == ["bundy", "bandy"]
    assert [n.surname for n in persons.near("Bindy", 1, year=1945)] == ["bandy", "bundy"]
    assert [n.surname for n in persons.near("Bundy", 1)] == ["bandy"]
    assert persons.near("Bundy", 1)[0].distance == 1


def test_every_part_of_a_name_is_one_but_ranks(persons: Persons):
    """Given names and variants are names; "Marshal" is nobody's."""
    assert persons.is_name("mcgeorge")
    assert persons.is_name("mac")
    assert not persons.is_name("marshal")


@pytest.mark.parametrize(("text", "line"), [("name\tyears\n", 1), ("", 1), (HEADER + "1\tBundy\n", 2)])
def test_another_table_is_refused(text: str, line: int, tmp_path: Path):
    """A table without the columns is refused with the line that shows it."""
    path = tmp_path / "people.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=f"people.tsv, line {line}: .*columns|line {line}: is not the header"):
        read_persons(path)


def test_places_stand_behind_in_and_at():
    """A capitalised word that is mostly "in", "at" or "to" somewhere is a place; persons and months are none."""
    text = (
        "he lived in Quorle and she in Quorle at Quorle to Quorle from Quorle " * 5
        + "in May in May to May in May " * 6
        + "to Bundy from Bundy said Bundy to Bundy Bundy knew " * 6
    )
    found = count([read_edition(text, name="v")])
    told = places(found.forms, found.bigrams, is_surname=lambda _: False)
    assert {name: (str(place.kind), place.total) for name, place in told.items()} == {"quorle": ("place", 25)}
    assert places(found.forms, found.bigrams, is_surname={"quorle"}.__contains__) == {}


def test_agencies_are_bodies_with_a_short_form():
    """A capitalised expansion that names a body is an agency; another is not."""
    told = agencies(
        {"cia": Abbreviation(9, 0, "Central Intelligence Agency", 4), "cy": Abbreviation(9, 0, "calendar year", 4)}
    )
    assert [(name, body.kind, body.short) for name, body in told.items()] == [
        ("Central Intelligence Agency", NameKind.AGENCY, "CIA")
    ]
