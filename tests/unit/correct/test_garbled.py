"""What a word may be of which half was misread: when that is asked, and what the neighbours have to say."""

from __future__ import annotations

import pytest

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.garbled import Garbled, guesses, is_garbled
from corrigenda.correct.spellings import EDGE_RULE, Option, Speller
from corrigenda.language.model import LanguageModel
from corrigenda.text import Token, tokens
from corrigenda.values import CorrectionKind

PLAIN = "the harbour was closed by government for winter ships letter latter better butter setter litter"


def token(text: str) -> Token:
    """The only token of a text."""
    (found,) = tokens(text)
    return found


def option(cost: float, rule: str = "lexicon") -> Option:
    """A reading that the channel asks so much for."""
    return Option(text="ship", core="ship", cost=cost, count=90, kind=CorrectionKind.CHARACTER, rule=rule)


@pytest.fixture(scope="module")
def speller(make_words, make_channel) -> Speller:
    """Spellings from a made-up lexicon."""
    return Speller(make_words(PLAIN), ChannelCosts(make_channel()))


@pytest.mark.parametrize(
    ("text", "options", "garbled"),
    [
        ("gxvxxnmxnt", [], True),
        ("gxvxxnmxnt", [option(30.0)], True),
        ("gxvxxnmxnt", [option(30.0), option(9.0)], False),
        ("gxvxxnmxnt", [option(7.0, EDGE_RULE)], True),
        ("ng", [], False),
        ("1962-73a", [], False),
        ("x" * 21, [], False),
    ],
    ids=["no reading", "a dear one", "a cheap one", "cut off at the edge", "two letters", "figures", "too long"],
)
def test_what_nothing_explains_is_garbled(text: str, options: list[Option], garbled: bool):
    """A word of letters without a likely reading is; that letters may be missing at the edge is no reading."""
    assert is_garbled(token(text), options) is garbled


def test_a_word_misread_in_half_its_letters_is_guessed(speller: Speller, harbour_language: LanguageModel):
    """Five wrong letters of ten are more than are looked for by spelling; marks and capital stay."""
    assert "Government," not in {o.text for o in speller.options("Gxvxxnxxnt,", doubted=True)}
    around = (*harbour_language.ids(["by", "the"]).tolist(), *harbour_language.ids(["for", "winter"]).tolist())
    ((first, *_),) = guesses([Garbled(token("Gxvxxnxxnt,"), around)], speller, harbour_language)
    assert (first.text, first.core, first.rule) == ("Government,", "Government", "lexicon")
    assert first.cost == speller.costs.cost("Government", "Gxvxxnxxnt")
    assert first.count == speller.words.count("government")


def test_of_words_alike_those_that_fit_are_guessed(make_language, make_words, make_channel):
    """`wxtxer` may be winter or waiter, two letters off both; what stands around it decides."""
    language = make_language(["they came in winter again", "he asked the waiter for tea"] * 40)
    speller = Speller(make_words("winter waiter"), ChannelCosts(make_channel()))
    places = {
        "winter": ("came", "in", "again", "</s>"),
        "waiter": ("asked", "the", "for", "tea"),
    }
    for meant, around in places.items():
        ids = tuple(language.ids(around).tolist())
        ((first, *rest),) = guesses([Garbled(token("wxxtxr"), ids)], speller, language)
        assert (first.text, len(rest)) == (meant, 1)


def test_many_are_guessed_as_each_by_itself(speller: Speller, harbour_language: LanguageModel):
    """That the language model is asked once for all changes nothing, whether one or two words stand behind."""
    ids = harbour_language.ids(["by", "the", "was", "closed"]).tolist()
    asked = [
        Garbled(token("gxvxxnxxnt"), tuple(ids)),
        Garbled(token("qqqqqqqqq"), tuple(ids)),
        Garbled(token("hxxbxxr"), tuple(ids[:3])),
        Garbled(token("wxxtxr"), tuple(ids)),
    ]
    together = guesses(asked, speller, harbour_language)
    assert together == [guesses([one], speller, harbour_language)[0] for one in asked]
    assert [bool(found) for found in together] == [True, False, True, True]
    assert guesses([], speller, harbour_language) == []


def test_few_are_guessed_and_never_the_word_itself(make_language, make_words, make_channel):
    """Of eight words that are alike four are offered, all of them other words."""
    near = "letter latter better butter setter litter bitter matter"
    language = make_language([near] * 5)
    speller = Speller(make_words(near), ChannelCosts(make_channel()))
    around = tuple(language.ids(["better", "butter", "setter", "litter"]).tolist())
    (found,) = guesses([Garbled(token("letter"), around)], speller, language)
    assert len(found) == 4
    assert "letter" not in {o.text for o in found}
