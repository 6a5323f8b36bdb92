"""What is offered for names, designators and numbers that nothing can be weighed of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.correct.alike import alike
from corrigenda.correct.channel import ChannelCosts
from corrigenda.lexicon.designators import Designator, Met
from corrigenda.lexicon.words import WordIndex


@pytest.fixture(scope="module")
def words(make_words, make_tables) -> WordIndex:
    """A lexicon that met the IL-28, and lists a Zorin until 1965 and a Zorina until 1950."""
    met = {"IL-28": Met(Designator.WEAPON, 900, 1955, 1968)}
    told = make_tables(("Zorin, Valerian", 1945, 1965), ("Zorina, Anna", 1945, 1950), designators=met)
    return WordIndex(replace(make_words("the letter").lexicon, tables=told))


@pytest.fixture(scope="module")
def offered(words, make_channel):
    """What is offered for a word on a page with these words."""
    costs = ChannelCosts(make_channel())

    def look(core: str, *page: str, year: int | None = None) -> tuple[str, ...]:
        return alike(core, page, words, costs, year=year)

    return look


@pytest.mark.parametrize(("read", "number"), [("1l53", "1153"), ("2O", "20"), ("l962", "1962"), ("1,O0l", "1,001")])
def test_letters_that_look_like_figures_make_a_number(offered, read: str, number: str):
    """Where each letter of it looks like a figure, the number is offered."""
    assert number in offered(read)


@pytest.mark.parametrize("read", ["1962", "20", "w1nter", "K-23", "S12", "B-71", "G-2's"])
def test_a_number_and_a_word_are_offered_nothing(offered, read: str):
    """What is a number already has no other, and a word with a figure in it is none."""
    assert offered(read) == ()


def test_a_known_designator_is_offered(offered):
    """IL-2S is the IL-28 of the lexicon; SA-Z is the SA-2 of the page, if that has it."""
    assert offered("IL-2S") == ("IL-28",)
    assert offered("lL-28") == ("IL-28",)
    assert offered("CA-6OO9", "CA-6009") == ("CA-6009",)
    assert offered("SA-22") == ()
    assert offered("SA-Z2", "SA-22") == ("SA-22",)


def test_a_name_of_the_page_is_offered(offered):
    """A name that stands on the page as well, one letter away, two in a long one; never the word itself."""
    assert offered("Kuznetsoy", "Kuznetsov", "Kuznetsoy", "Castro") == ("Kuznetsov",)
    assert offered("Khrushchsw", "Khrushchev") == ("Khrushchev",)
    assert offered("Phourni", "Phoumi") == ("Phoumi",)
    assert offered("Castzz", "Castro") == ()
    assert offered("kuznetsoy", "Kuznetsov") == ()


def test_a_person_of_the_time_is_offered(offered):
    """Who is listed about the year of the document; in an undated one whoever is listed."""
    assert offered("Zorim", year=1962) == ("Zorin",)
    assert offered("Zorinc", year=1962) == ("Zorin",)
    assert set(offered("Zorinc")) == {"Zorin", "Zorina"}
