"""Making corrections and taking them back."""

from __future__ import annotations

import pytest

from corrigenda.correct.apply import apply, inverted, moved
from corrigenda.values import Span

TEXT = "Tbe harbour is clo sed for winter."
CLEAN = "The harbour is closed for the winter."


@pytest.fixture
def changes(make_change):
    """Three corrections: one of the same length, one shorter, one that puts a word back."""
    return (
        make_change(TEXT, "Tbe", "The"),
        make_change(TEXT, "clo sed", "closed"),
        make_change(TEXT, "", "the ", at=TEXT.index("winter")),
    )


def test_corrections_are_made_and_the_rest_is_left(changes):
    """All of them give the clean text, none the text itself, one just its own change."""
    assert apply(TEXT, changes) == CLEAN
    assert apply(TEXT, ()) == TEXT
    assert apply(TEXT, changes[1:2]) == "Tbe harbour is closed for winter."


def test_inverted_corrections_lead_back(changes):
    """Their spans are places of the corrected text, so all or any one can be taken back there."""
    back = inverted(changes)
    assert [c.span.of(CLEAN) for c in back] == ["The", "closed", "the "]
    assert apply(CLEAN, back) == TEXT
    assert apply(CLEAN, back[:1]) == "Tbe harbour is closed for the winter."
    assert apply(CLEAN, back[2:]) == "The harbour is closed for winter."
    assert inverted(back) == changes


def test_a_correction_for_another_text_is_refused(changes):
    """A ledger is never applied where something else stands."""
    with pytest.raises(ValueError, match="at 0 stands 'The', not 'Tbe'"):
        apply(CLEAN, changes)


@pytest.mark.parametrize("order", [(1, 0), (1, 1)])
def test_corrections_out_of_order_or_overlapping_are_refused(changes, order):
    """No correction is made twice or over another."""
    with pytest.raises(ValueError, match="overlap or are out of order"):
        apply(TEXT, [changes[i] for i in order])


def test_corrections_side_by_side_do_not_overlap(make_change):
    """One may begin where the other ends, and words may be put back between them."""
    text = "abcd"
    three = [make_change(text, "ab", "x"), make_change(text, "", "-", at=2), make_change(text, "cd", "y")]
    assert apply(text, three) == "x-y"
    assert apply("x-y", inverted(three)) == text


def test_a_span_moves_with_the_corrections_before_it(changes):
    """A segment is found again in the corrected text, longer or shorter by what was changed in it."""

    def at(word: str) -> Span:
        start = TEXT.index(word)
        return Span(start=start, end=start + len(word))

    assert moved(at("harbour"), changes).of(CLEAN) == "harbour"
    assert moved(at("clo sed"), changes).of(CLEAN) == "closed"
    assert moved(Span(start=0, end=len(TEXT)), changes).of(CLEAN) == CLEAN
    assert moved(at("winter."), changes).of(CLEAN) == "winter."
