"""Spellings that people make: which are taken for such, and which are not."""

from __future__ import annotations

import pytest

from corrigenda.correct.slips import is_slip
from corrigenda.lexicon.words import WordIndex


@pytest.fixture(scope="module")
def words(make_words) -> WordIndex:
    """A lexicon of two common words and a rare one."""
    return make_words("", {"the": 90_000, "field": 5000, "freight": 300})


@pytest.mark.parametrize("kept", ["recieve", "Recieve", "recieve's", "recieves", "recieved"])
def test_a_common_misspelling_is_a_slip_with_any_ending(words, kept: str):
    """Its possessive, its plural and its past tense are spelled by the same hand."""
    assert is_slip(kept, words)


@pytest.mark.parametrize(
    ("kept", "slip"),
    [("hte", True), ("teh", True), ("feild", True), ("frieght", False), ("eth", False)],
)
def test_two_letters_exchanged_are_a_slip_of_a_common_word(words, kept: str, *, slip: bool):
    """Of the commonest words everybody types some so; in a rare one a machine as easily read what is not there."""
    assert is_slip(kept, words) is slip


def test_a_word_as_it_should_be_is_no_slip(words):
    """Nothing is exchanged in a word that the lexicon has, and another letter is no exchange."""
    assert not is_slip("the", words)
    assert not is_slip("tbe", words)
