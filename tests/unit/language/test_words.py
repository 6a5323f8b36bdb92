"""What counts as a word of the model."""

from __future__ import annotations

import pytest

from corrigenda.language.words import model_words, token_words


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("Soviets", ["soviets"]),
        ("Khrushchev’s", ["khrushchev", "'s"]),
        ("Soviets’,", ["soviets", ","]),
        ("don't", ["don't"]),
        ("d’affaires", ["d'affaires"]),
        ("(bomber-quarantine)", ["bomber", "quarantine"]),
        ("quarantine--we", ["quarantine", "we"]),
        ("Soviets—and", ["soviets", "and"]),
        ("and/or", ["and", "or"]),
        ("“peace.”", ["peace", "."]),
        ("...", ["."]),
        ("?!", ["?", "!"]),
        ("—", []),
        ("(“", []),
        ("U.S.", ["u.s."]),
        ("anti-U.S.", ["anti", "u.s."]),
        ("U.S.’s", ["u.s.", "'s"]),
        ("p.m.,", ["p.m.", ","]),
        ("F.", ["f."]),
        ("Mr.", ["mr."]),
        ("Mr", ["mr"]),
        ("said.He", ["said", ".", "he"]),
        ("1962.", ["<num>", "."]),
        ("$1,000.50", ["<num>"]),
        ("1961–63", ["<num>", "<num>"]),
        ("12:30", ["<num>"]),
        ("IL–28’s", ["<code>", "'s"]),
        ("IL-28s", ["<code>"]),
        ("U-2", ["<code>"]),
        ("20th-century", ["<code>", "century"]),
        ("1960s", ["<code>"]),
        ("th1s", ["th1s"]),
        ("l962", ["l962"]),
        ("mid-1953", ["mid", "<num>"]),
        ("re\u00admained", ["remained"]),
        ("cafe\u0301", ["café"]),
    ],
)
def test_a_token_is_taken_apart(token: str, words: list[str]):
    """One case for each kind of token; figures misread into a word, or letters into a number, make no code."""
    assert list(token_words(token)) == words


def test_a_text_has_the_words_of_its_tokens():
    """No token looks at its neighbours, so that a decoder may put them together as it likes."""
    text = "At 8:30 p.m. the\nAmbassador—who had not—left:  “Peace,” he said. . ."
    assert model_words(text) == tuple(word for token in text.split() for word in token_words(token))
    assert model_words(" \n") == ()


def test_special_words_cannot_be_written():
    """A page that spells out the name of a special word does not get it."""
    assert model_words("<s> <unk> </s>") == ("s", "unk", "s")
