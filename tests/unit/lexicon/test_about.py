"""All that a lexicon tells of a word, and the words of a text that it does not know."""

from __future__ import annotations

import pytest

from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.about import about, pair, unknown_words
from corrigenda.lexicon.build import build
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.entries import Reason
from corrigenda.lexicon.persons import Person
from corrigenda.lexicon.words import WordIndex

TEXT = (
    "The quarantine of Quorle began. They met in Quorle and the naval quarantine of Quorle held. U-2 flights. "
    "The ministers met Dr. Bundy and Bundy spoke of the statement and of the treaty. "
)
PERSONS = (
    Person(name="Bundy, McGeorge", variants=(), first=1961, last=1968, volumes=2),
    Person(name="Bundy, Old", variants=(), first=1931, last=1938, volumes=9),
)


@pytest.fixture(scope="module")
def index() -> WordIndex:
    """An index over ten times the same made-up text, a word met once, and two persons."""
    counts = count([read_edition(TEXT * 10 + "heffalump policy12 policy policy", name="frus1961-63v05")])
    return WordIndex(build(counts, name="l", version="1", created="", sources=(), persons=PERSONS))


def test_a_known_word_is_told_with_its_company(index: WordIndex):
    """Entry, years, telling neighbours, and what is near."""
    told = about("quarantine", index)
    assert told.entry is not None
    assert (told.entry.total, told.entry.first, told.entry.last) == (20, 1961, 1963)
    assert told.neighbours is not None
    assert ("naval", 10) in told.neighbours.left
    assert told.neighbours.right[0] == ("of", 20)
    assert told.rejected is None


def test_persons_come_with_their_years(index: WordIndex):
    """Who is called so, those of the year asked for first, and surnames that are near."""
    assert [p.given for p in about("Bundy", index).persons] == ["Old", "McGeorge"]
    assert [p.given for p in about("Bundy", index, year=1962).persons] == ["McGeorge", "Old"]
    assert [n.surname for n in about("Bandy", index).near_persons] == ["bundy"]


def test_a_designator_is_told_with_what_was_met_of_it(index: WordIndex):
    """Its kind is known by its shape, and how often it was met by the lexicon."""
    told = about("U–2’s", index)
    assert told.designator == "weapon"
    assert told.met is not None
    assert (told.met.total, told.met.first) == (10, 1961)
    assert about("IL-28", index).met is None


def test_near_a_designator_are_designators(index: WordIndex):
    """One edit away, in any form; words are near words alone."""
    assert about("U-20’s", index).near_designators == (("U-2", about("U-2", index).met),)
    assert about("U-20", index).near == ()
    assert about("U-2", index).near_designators == ()
    assert about("Quorlc", index).near_designators == ()


def test_of_numbers_and_dates_nothing_is_kept(index: WordIndex):
    """Nobody is told that 68 or the 19th was never met, nor that `of` is near; of a weapon it can be told."""
    for word, number, kept in (("68", True, False), ("$1,500.50", True, False), ("19th", False, False)):
        told = about(word, index)
        assert (told.number, told.kept, told.near) == (number, kept, ())
    assert (about("U-20", index).number, about("U-20", index).kept) == (False, True)
    assert not about("Quorle", index).number


def test_the_full_stop_of_an_abbreviation_does_not_matter(index: WordIndex):
    """`Dr.` is what was counted as `dr`, by itself and in a pair; a word that is known with its stop keeps it."""
    told = about("Dr.", index)
    assert told.entry is not None
    assert (told.word, told.entry.total) == ("Dr.", 10)
    assert told.neighbours == about("Dr", index).neighbours
    assert pair("Dr.", "Bundy.", index).count == pair("Dr", "Bundy", index).count == 10


def test_why_a_word_is_not_in_is_told(index: WordIndex):
    """Met once, a footnote's digit, or never met."""
    once, digit, never = (about(word, index).rejected for word in ("heffalump", "policy12", "woozle"))
    assert once is not None
    assert once.reason is Reason.ONCE
    assert digit is not None
    assert (digit.reason, digit.instead) == (Reason.NOTE_DIGIT, "policy")
    assert never is None
    assert not about("woozle", index).general
    assert about("organising", index).general


def test_a_pair_is_told_where_it_tells(index: WordIndex):
    """How often the one stood behind the other, from whichever side it was kept; of no other pair is a count known."""
    assert pair("naval", "quarantine", index).count == 10
    assert pair("Bundy", "spoke", index).count == 10
    assert pair("quarantine", "naval", index).count is None
    assert pair("woozle", "heffalump", index).count is None


def test_a_pair_that_is_also_one_word_is_told_so():
    """In which of the three ways it was written, and how often."""
    text = "The co-ordinate was coordinate. Such co ordinate. " * 5
    counts = count([read_edition(text, name="frus1961-63v05")])
    both = WordIndex(build(counts, name="l", version="1", created="", sources=()))
    assert pair("co", "ordinate", both).written == (5, 5, 5)
    assert pair("was", "coordinate", both).written is None


def test_unknown_words_are_listed_with_place_and_nearest(index: WordIndex):
    """Each once, with its count, its first line and what it may be; known, general and broken words are not."""
    text = "The quaran-\ntine of Quorlc held;\nthe treatise, U-2 and heffalump, Quorlc!\nnaval-quarantine in 1962."
    found = unknown_words(text, index)
    assert [(one.word, one.count, one.line) for one in found] == [("Quorlc", 2, 2), ("heffalump", 1, 3)]
    assert found[0].near == ("quorle",)
    assert found[1].rejected is not None
    assert found[1].rejected.reason is Reason.ONCE


def test_figures_among_letters_are_listed_where_they_make_a_word():
    """MOSC0W has the shape of a designator; one that was met, in whatever form, or makes no word, is none."""
    text = "Moscow was now cordial. The Moss of SA-2. " * 10
    counts = count([read_edition(text, name="frus1961-63v05")])
    index = WordIndex(build(counts, name="l", version="1", created="", sources=()))
    found = unknown_words("MOSC0W N0W CORD1AL M0SS. SA2, SA-2, IL-28's, MIG15, F84F and TO5", index)
    assert [(one.word, one.near[0]) for one in found[:4]] == [
        ("MOSC0W", "moscow"), ("N0W", "now"), ("CORD1AL", "cordial"), ("M0SS", "moss"),
    ]  # fmt: skip
    assert found[4:] == ()


def test_a_clean_text_has_none(index: WordIndex):
    """A text of known words, and an empty one, list nothing."""
    assert unknown_words("The naval quarantine of Quorle’s ministers.", index) == ()
    assert unknown_words("", index) == ()
