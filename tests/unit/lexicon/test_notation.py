"""Short forms and what they stand for; words written in more than one way; neighbours worth telling."""

from __future__ import annotations

import pytest

from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.entries import Compound
from corrigenda.lexicon.notation import compounds, expands


def counts(text: str):
    """The counts of a text of one stretch."""
    return count([read_edition(text, name="v")])


@pytest.mark.parametrize(
    ("short", "words", "does"),
    [
        ("CIA", "Central Intelligence Agency", True),
        ("DOD", "Department of Defense", True),
        ("DOD", "Department Defense", False),
        ("Embtel", "Embassy telegram", True),
        ("HICOG", "High Commissioner for Germany", True),
        ("CIA", "the Central Intelligence Agency", False),
        ("CIA", "Central Intelligence", False),
        ("NATO", "North Atlantic Council", False),
    ],
)
def test_a_short_form_is_made_of_beginnings(short: str, words: str, does: bool):
    """Each word but the small ones must be in the short form, in order, and nothing else."""
    assert expands(short, words.split()) is does


def test_the_text_explains_its_short_forms():
    """What stands before a bracket, or behind a comma, twice or more is what the form stands for."""
    text = (
        "He told the Central Intelligence Agency (CIA) so. The Central Intelligence Agency (CIA) knew. "
        "FOA, Foreign Operations Administration FOA, Foreign Operations Administration. A Polish Army (PA) once."
    )
    found = counts(text)
    told = found.notation.abbreviations(found.forms, is_general=lambda _: False)
    assert told["cia"].expansion == "Central Intelligence Agency"
    assert (told["cia"].explained, told["foa"].expansion) == (2, "Foreign Operations Administration")
    assert "pa" not in told


def test_forms_that_keep_their_full_stop_are_short():
    """What nearly always has a full stop is short for something, unless it is a longer word that ends sentences."""
    found = counts("Ibid. and see ibid. again ibid. or ibid. or ibid. then. A panacea. " * 5 + "we met. met we")
    told = found.notation.abbreviations(found.forms, is_general={"panacea"}.__contains__)
    assert told["ibid"].dotted == told["ibid"].total == 25
    assert set(told) == {"ibid", "then"}


def test_ways_of_writing_a_compound_are_counted():
    """In one word, with a hyphen, and apart; a compound that is only ever written one way is not told."""
    found = counts("cease-fire cease-fire Cease fire ceasefire ceasefire red-hot red-hot red-hot red-hot red-hot")
    assert compounds(found.compounds, found.forms, found.bigrams) == {"cease-fire": Compound(2, 2, 1)}


def test_telling_neighbours_are_above_chance():
    """A neighbour that stands everywhere tells less than one that stands nowhere else; rare pairs are left out."""
    text = "the naval base the naval base the naval base the man the dog the cat the naval yard a the a the"
    found = counts(text).bigrams
    told = found.telling(2, 2)[found.index["naval"]]
    assert told.left == (("the", 4),)
    assert told.right == (("base", 3),)
