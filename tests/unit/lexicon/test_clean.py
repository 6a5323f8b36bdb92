"""The lexicon cleans itself: what stands for another word is found, and what is only rare is left."""

from __future__ import annotations

import pytest

from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.clean import rejected
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.entries import Reason, Rejected

GENERAL = frozenset({"foe", "farce", "force", "be", "will", "necessary", "common", "the", "of", "to", "it", "and"})
NAMES = frozenset({"faisal", "feisal"})


def judged(usual: str, odd: str) -> dict[str, Rejected]:
    """The verdicts on a text that says `usual` 600 times in each of two volumes, and `odd` in one of them."""
    texts = (" ".join([usual] * 600 + [odd]), " ".join([usual] * 600))
    counts = count(read_edition(text, name=f"v{i}") for i, text in enumerate(texts))
    return rejected(counts, is_general=GENERAL.__contains__, is_name=NAMES.__contains__)


def test_a_word_of_the_language_in_the_places_of_another_is_misread():
    """The word foe where "be" stands a thousand times is "be", though there is such a word."""
    found = judged("it will be necessary", "it will foe necessary it will foe necessary")
    assert found["foe"] == Rejected(2, 1, Reason.MISREAD, "be")


def test_a_word_of_the_language_in_its_own_places_stays():
    """The word foe where "be" never stands is a foe."""
    assert "foe" not in judged("it will be necessary", "friend or foe friend or foe")


def test_words_whose_letters_do_not_look_alike_are_not_confused():
    """Two words of the language a letter apart in like places stay two words, however rare the one."""
    assert "farce" not in judged("the use of force it", "the use of farce it the use of farce it")


def test_a_form_that_is_no_word_is_misread_for_what_fits():
    """A damaged form stands for the word that its letters look like and its neighbours have beside them."""
    found = judged("talks with the ministers", "talks with tbe ministers talks with tbe ministers")
    assert found["tbe"] == Rejected(2, 1, Reason.MISREAD, "the")


def test_a_misprint_is_told_from_a_misreading():
    """A letter lost is no confusion of shapes."""
    found = judged("the opposition party", "the oppostion party the oppostion party")
    assert found["oppostion"] == Rejected(2, 1, Reason.MISPRINT, "opposition")


def test_a_rare_word_near_a_frequent_one_stays_in_its_own_places():
    """One letter is not enough: what stands beside it must fit too."""
    assert "oppostion" not in judged("the opposition party", "green oppostion cheese green oppostion cheese")


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("the present regime fell", "the present régime fell the present régime fell"),
        ("they agreed on talks", "they agrees on talks they agrees on talks"),
        ("the evaluated plan", "the reevaluated plan the reevaluated plan"),
        ("King Faisal said", "King Feisal said King Feisal said"),
        ("chapter XIII of it", "chapter XLII of it chapter XLII of it"),
    ],
)
def test_variants_inflections_names_and_numerals_stay(usual: str, odd: str):
    """An accent, an ending, a beginning, a name that somebody has, a Roman numeral: none is a misprint."""
    assert judged(usual, odd) == {}


def test_words_that_ran_together_come_apart():
    """Two frequent words in one, in the places where the two stand, are listed as the two."""
    found = judged("policy toward which they turned", "policy towardwhich they turned policy towardwhich they turned")
    assert found["towardwhich"] == Rejected(2, 1, Reason.RUN_TOGETHER, "toward which")


def test_a_compound_in_other_places_is_a_word():
    """A word that could be cut in two, and stands elsewhere than the two, is one word."""
    assert "towardwhich" not in judged("policy toward which they turned", "a towardwhich moon a towardwhich moon")


def test_nothing_counted_is_no_error():
    """No text has no misprints."""
    assert rejected(count([]), is_general=bool, is_name=bool) == {}
