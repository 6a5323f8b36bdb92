"""British spellings and regular forms of the words of a list."""

from __future__ import annotations

import pytest

from corrigenda.lexicon.english import american, is_general, stems

LISTED = frozenset(
    [
        "organize",
        "organization",
        "analyze",
        "color",
        "favorable",
        "labor",
        "center",
        "theater",
        "travel",
        "traveled",
        "traveling",
        "counselor",
        "defense",
        "program",
        "gray",
        "judgment",
        "fulfill",
        "dissemination",
        "subsidiary",
        "forget",
        "arrest",
        "conclusive",
        "observe",
        "address",
        "immediate",
    ]
)


@pytest.mark.parametrize(
    "word",
    [
        "organise", "organisation", "analyse", "colour", "favourable", "labour", "centre", "centres", "theatre",
        "travelled", "travelling", "counsellor", "defence", "programme", "programmes", "grey", "judgement", "fulfil",
    ],
)  # fmt: skip
def test_british_spellings_of_listed_words_are_general(word: str):
    """A list of American English knows a word in its British spelling."""
    assert word not in LISTED
    assert is_general(word, LISTED)


@pytest.mark.parametrize(
    "word", ["disseminations", "subsidiaries", "forgetting", "conclusively", "addresses", "observing", "counsellors"]
)
def test_regular_forms_of_listed_words_are_general(word: str):
    """Plurals, third persons, -ing forms and adverbs go with their word, also with a British one."""
    assert is_general(word, LISTED)


@pytest.mark.parametrize(
    "word",
    ["immediated", "arresteds", "colouur", "hour", "centrc", "labous", "cen", "organisc", "travellcd", "grays", "cols"],
)
def test_misread_and_cut_words_are_not(word: str):
    """Neither rule takes in a damaged word, an adjective with -ed, or a regular form of a short word."""
    assert not is_general(word, LISTED)


def test_rules_are_silent_on_american_words():
    """A word that is spelt in no British way has no other spelling, and a bare word is no form of another."""
    assert list(american("quarantine")) == []
    assert list(american("hours")) == []
    assert list(american("promise")) == ["promize"]  # which no list has
    assert list(stems("quarantine")) == []
