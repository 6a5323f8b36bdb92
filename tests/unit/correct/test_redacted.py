"""Filling redactions from the edition: only when asked, in brackets, and to be taken back."""

from __future__ import annotations

import pytest

from corrigenda.correct.apply import apply, inverted
from corrigenda.correct.corrector import Options, correct
from corrigenda.edition.collate import collate
from corrigenda.edition.redaction import redactions
from corrigenda.values import Corrected, CorrectionKind, FlagKind

PRINTED = "The harbour was closed for winter, and the mission of the “consul” went home with grain in the winter."
PAGE = PRINTED.replace("the “consul”", "[redacted]")


@pytest.fixture(scope="module")
def corrected(make_document, make_edition, make_engine):
    """Correct a made-up page with its edition."""
    engine = make_engine(PRINTED.replace("“", "").replace("”", "").lower())

    def corrected_page(page: str | bytes, printed: str = PRINTED, **options: bool) -> Corrected:
        document = make_document(page)
        found = collate(document, make_edition(printed))
        hidden = redactions(document, found)
        return correct(
            document, engine, collation=found, hidden=hidden, options=Options(**options), signature="made up"
        )

    return corrected_page


def test_a_mark_stays_unless_it_is_to_be_filled(corrected):
    """Without the option the text keeps its mark and the ledger says nothing of it."""
    made = corrected(PAGE)
    assert made.text == PAGE
    assert made.corrections == ()


def test_a_filled_mark_is_a_correction_of_its_own_kind_in_brackets_with_its_citation(corrected):
    """Nobody can take the words for the page's own, and the ledger cites where they stand."""
    made = corrected(PAGE, fill_redactions=True)
    cited = "FRUS 1951 vol. IX, document 7, paragraph 1"
    assert made.text == PAGE.replace("[redacted]", f"[{cited}: the “consul”]")
    (one,) = made.corrections
    assert (one.kind, one.before) == (CorrectionKind.REDACTION, "[redacted]")
    assert [(e.rule, e.citation) for e in one.evidence] == [("edition", cited)]
    assert apply(made.text, inverted(made.corrections)) == PAGE


def test_words_between_two_marks_are_never_overwritten(corrected):
    """What stands among the marks is the page's, and is not made to vanish under the edition's words."""
    page = PRINTED.replace("the “consul” went home", "b(1) rnlxt b(3)")
    assert "b(1) rnlxt b(3)" in corrected(page, fill_redactions=True).text


def test_a_letter_that_the_encoding_lacks_is_flagged(corrected):
    """A file that is not UTF-8 keeps its mark where the edition's words cannot be written into it."""
    page = PAGE.replace("closed for", "closed – for").encode("cp1252")
    made = corrected(page, PRINTED.replace("“consul”", "Łódź"), fill_redactions=True)
    assert "[redacted]" in made.text
    (flag,) = (f for f in made.flags if f.kind is FlagKind.DOUBTFUL)
    assert "windows-1252, lacks a letter" in flag.why
