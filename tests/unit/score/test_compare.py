"""A corrected text that somebody else made, as corrections."""

from __future__ import annotations

import pytest

from corrigenda.correct.apply import apply, inverted
from corrigenda.score.compare import as_corrected
from corrigenda.values import CorrectionKind

TEXT = "The harbuor was clo sed for winter\nby the the consul.\n"


def test_each_run_of_changed_words_is_a_correction(make_document):
    """Replaced, merged, dropped and added words; the rest is untouched."""
    document = make_document(TEXT)
    made = as_corrected(document, "The harbour was closed for the winter\nby the consul.\n", signature="s")
    assert [(c.before, c.after) for c in made.corrections] == [
        ("harbuor", "harbour"),
        ("clo sed", "closed"),
        (" ", " the "),
        ("the", ""),
    ]
    assert [c.kind for c in made.corrections] == [
        CorrectionKind.CHARACTER,
        CorrectionKind.CHARACTER,
        CorrectionKind.RESTORATION,
        CorrectionKind.CHARACTER,
    ]
    assert {c.probability for c in made.corrections} == {1.0}
    assert made.text.split() == ["The", "harbour", "was", "closed", "for", "the", "winter", "by", "the", "consul."]
    assert (made.document_id, made.signature, made.flags) == ("page", "s", ())


def test_the_corrections_are_those_of_the_text(make_document):
    """They can be applied and taken back like any others."""
    made = as_corrected(
        make_document(TEXT), TEXT.replace("harbuor", "harbour").replace("winter", "a winter"), signature="s"
    )
    assert apply(TEXT, made.corrections) == made.text
    assert apply(made.text, inverted(made.corrections)) == TEXT


def test_an_equal_text_has_no_correction(make_document):
    """Other line breaks are no change of words."""
    made = as_corrected(make_document(TEXT), TEXT.replace("\n", " "), signature="s")
    assert (made.corrections, made.text) == ((), TEXT)


def test_words_added_at_the_end_are_not_glued_to_the_last(make_document):
    """The last sentence of a text may have been lost."""
    text = "The harbour was closed"
    made = as_corrected(make_document(text), f"{text} for winter", signature="s")
    assert made.text.split() == [*text.split(), "for", "winter"]


@pytest.mark.parametrize("text", ["The harbour—and the port was closed.", "The harbour was closed--we think."])
def test_dashes_that_were_added_stand_as_given(make_document, text: str):
    """The measures must be those of the text that was given."""
    page = text.replace("—", " ").replace("--", " ")
    assert as_corrected(make_document(page), text, signature="s").text == text


def test_words_taken_out_are_changes_of_their_own(make_document):
    """A text that lacks its end has lost each of those words, and each was right or wrong by itself."""
    changes = as_corrected(make_document("the harbour was closed for winter"), "the harbour was", signature="s")
    assert [(c.before, c.after) for c in changes.corrections] == [("closed", ""), ("for", ""), ("winter", "")]
