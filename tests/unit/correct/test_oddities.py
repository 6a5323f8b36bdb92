"""What a reader should look at though no reading of it is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from corrigenda.correct.confidence import EngineWords
from corrigenda.correct.oddities import oddities, unsure_figures
from corrigenda.lexicon.entries import Abbreviation
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import tokens
from corrigenda.values import FlagKind, Span, Word

PLAIN = "the letter of was sent to mission"
COUNTS = {"Kuznetsov": 400, "Sumner": 10, "Pinar": 40, "IL-28": 1, "gantry": 10}


@pytest.fixture(scope="module")
def odd(make_words) -> Callable[[str], list[tuple[str, str]]]:
    """What of a text is flagged, and why."""
    words = make_words(PLAIN, COUNTS)

    def look(text: str) -> list[tuple[str, str]]:
        flags = list(oddities(list(tokens(text)), words))
        assert {flag.kind for flag in flags} <= {FlagKind.DOUBTFUL}
        return [(flag.span.of(text), flag.why) for flag in flags]

    return look


def test_a_name_that_the_lexicon_hardly_knows_is_flagged(odd):
    """Met ten times it may be a misreading of a better known one; forty times is enough to be somebody."""
    assert odd("the letter of Sumner was sent") == [("Sumner", "a name that the lexicon hardly knows")]
    assert odd("the letter of Pinar was sent to Kuznetsov") == []


@pytest.mark.parametrize(
    "text",
    ["Sumner was sent to the mission.", "the gantry was sent", "the Gantry was sent", "the letter of Xqzk was sent"],
    ids=["opens a sentence", "no capital", "no name", "unknown"],
)
def test_no_other_word_is_flagged_for_being_rare(odd, text: str):
    """A sentence gives any word a capital, small words are no names, and the unknown is doubted elsewhere."""
    assert odd(text) == []


def test_an_abbreviation_is_no_name(make_words, make_tables):
    """CINCPAC was met as seldom as Sumner, and is explained."""
    tables = make_tables(abbreviations={"sumner": Abbreviation(10, 1, "Summary of News Reports", 4)})
    words = WordIndex(replace(make_words(PLAIN, COUNTS).lexicon, tables=tables))
    assert list(oddities(list(tokens("the letter of Sumner was sent")), words)) == []


def test_a_designator_that_the_lexicon_does_not_know_is_flagged(odd):
    """Once met is enough to be known; the punctuation around it is not part of the place."""
    found = odd("the (K-23), and the IL-28 was sent")
    assert found == [("K-23", "a designator that the lexicon does not know")]


def test_figures_of_which_the_engine_was_not_sure_are_flagged():
    """Of a number nothing else can tell; words have a lexicon and neighbours, and sure figures stand."""
    text = "on May 21, with 30 of 1,200 ships"
    sure = {"21,": 0.95, "30": 0.41, "1,200": 0.8}
    stands = [(word, text.index(word)) for word in text.split()]
    words = [
        Word(text=word, span=Span(start=at, end=at + len(word)), confidence=sure.get(word, 0.2)) for word, at in stands
    ]
    flags = list(unsure_figures(list(tokens(text)), EngineWords(words)))
    assert [(f.span.of(text), f.why) for f in flags] == [("30", "a figure of which the engine was not sure (41%)")]
    assert list(unsure_figures(list(tokens(text)), EngineWords(()))) == []


def test_with_an_unsure_figure_the_figures_that_the_engine_thought_of_are_offered():
    """As they would stand in its place, without punctuation; how likely they are is open, and words are none."""
    word = Word(
        text="(1,280)",
        span=Span(start=3, end=10),
        confidence=0.5,
        alternatives=("(1,230)", "(l,2B0)", "(lost)", "(1,280."),
    )
    (flag,) = unsure_figures(list(tokens("of (1,280) ships")), EngineWords([word]))
    assert [(s.text, s.probability) for s in flag.suggestions] == [("1,230", None), ("l,2B0", None)]
