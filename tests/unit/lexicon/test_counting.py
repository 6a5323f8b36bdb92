"""What is counted beside the words: years, and which word stood next to which."""

from __future__ import annotations

from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.counting import Counts, count
from corrigenda.lexicon.entries import Entry
from corrigenda.lexicon.years import volume_years


def counts(**volumes: str) -> Counts:
    """The counts of volumes by name."""
    return count(read_edition(text, name=name.replace("_", "-")) for name, text in volumes.items())


def test_a_volumes_name_tells_its_years():
    """One year or several, and none for what is no volume of the series."""
    assert volume_years("frus1961-63v05.documents-1-234") == (1961, 1963)
    assert volume_years("frus1945v03") == (1945, 1945)
    assert volume_years("diary1962") is None


def test_a_word_has_the_years_of_its_volumes():
    """The first year is that of the earliest volume with the word, the last that of the latest, in any order."""
    found = counts(frus1961_63v05="peace talks", frus1945v03="peace").forms
    assert (found["peace"].first, found["peace"].last) == (1945, 1963)
    assert (found["talks"].first, found["talks"].last) == (1961, 1963)
    assert (counts(diary="peace").forms["peace"].first, counts(diary="peace").forms["peace"].last) == (0, 0)


def test_a_documents_own_date_is_nearer_than_the_volumes():
    """A heading's date within the volume's years counts for its document; one outside is something else's."""
    text = "\n\n\n1. Telegram\n\n\nMoscow, May 3, 1962.\n\nPeace.\n\n\n\n2. Letter, May 4, 1922\n\n\nTalks go on."
    found = counts(frus1961_63v05=text).forms
    assert (found["peace"].first, found["peace"].last) == (1962, 1962)
    assert (found["talks"].first, found["talks"].last) == (1961, 1963)


def test_documents_and_volumes_are_counted_once_each():
    """A word that a document has in two spellings stands in one document."""
    found = counts(a="Peace peace PEACE\n\n\n", b="peace").forms["peace"]
    assert found == Entry(total=4, lower=2, capital=1, upper=1, documents=2, volumes=2)


def test_neighbours_are_counted_within_a_paragraph():
    """Pairs hold any case together; a paragraph's end, and a number, part them; a compound is one neighbour."""
    found = counts(
        a="The naval quarantine. the Naval quarantine", b="naval\n\nquarantine the 3 naval pro-naval"
    ).bigrams
    assert found.together("naval", "quarantine") == 2
    assert found.together("the", "naval") == 2
    assert found.together("naval", "pro-naval") == 1
    assert found.together("quarantine", "the") == 2
    assert found.together("quarantine", "nothing") == 0
    assert found.total == sum(found.number.tolist()) == 7


def test_neighbours_can_be_asked_from_both_sides():
    """What stood before and behind a form comes with its counts."""
    found = counts(a="red tape red flag blue tape red tape").bigrams
    names, number = found.after(found.index["red"])
    assert {found.names[i]: n for i, n in zip(names, number, strict=True)} == {"tape": 2, "flag": 1}
    names, number = found.before(found.index["tape"])
    assert {found.names[i]: n for i, n in zip(names, number, strict=True)} == {"red": 2, "blue": 1}
    assert found.as_left[found.index["red"]] == 3


def test_nothing_counted_is_no_error():
    """No edition gives no forms and no pairs."""
    empty = count([])
    assert (dict(empty.forms), empty.volumes, empty.bigrams.total) == ({}, (), 0)
    assert empty.bigrams.together("a", "b") == 0
