"""The corrector as a whole, on made-up pages with a lexicon alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corrigenda.correct.corrector import Options, correct
from corrigenda.edition.collate import Collation, Difference
from corrigenda.values import Corrected, CorrectionKind, FlagKind, Span

PLAIN = (
    "the harbour was closed for winter and government letter which will be under again in a to by with of is it "
    "mission has been told that grain ships sent not come from office consul new street memorandum dear"
)
COUNTS = {
    "which": 90000,
    "will": 90000,
    "quarantine": 90,
    "Kuznetsov": 400,
    "Honorable": 900,
    "Embassy": 900,
    "long-term": 90,
    "longterm": 5,
    "fiancé": 90,
    "mareček": 90,
}


@pytest.fixture(scope="session")
def corrected(make_document, make_words):
    """Correct a made-up page with a made-up lexicon."""
    words = make_words(PLAIN, COUNTS)

    def corrected_text(text: str | bytes, **options: float) -> Corrected:
        return correct(make_document(text), words, options=Options(**options), signature="made up")

    return corrected_text


def test_a_misspelt_word_is_corrected_with_evidence(corrected):
    """The text, the correction and its reasons are all there, and the signature is handed on."""
    made = corrected("The harbour was closed by the govemment for winter.")
    assert made.text == "The harbour was closed by the government for winter."
    (correction,) = made.corrections
    assert (correction.before, correction.after, correction.kind) == (
        "govemment",
        "government",
        CorrectionKind.CHARACTER,
    )
    assert correction.span.start == made.text.index("government")
    assert [e.rule for e in correction.evidence][:3] == ["doubt", "lexicon", "channel"]
    assert correction.evidence[1].figure == 1000.0
    assert (made.document_id, made.signature, made.flags) == ("page", "made up", ())


@pytest.mark.parametrize(
    ("page", "clean", "kind"),
    [
        ("the qua rantine was closed", "the quarantine was closed", CorrectionKind.SPACING),
        ("the quaran-\ntine was closed.", "the quarantine\nwas closed.", CorrectionKind.HYPHEN),
        ("the quaran-\ntine was\nclosed.", "the quarantine\nwas\nclosed.", CorrectionKind.HYPHEN),
        ("the quaran-\ntine.\nThe harbour", "the quarantine.\nThe harbour", CorrectionKind.HYPHEN),
    ],
)
def test_spaces_and_hyphens_are_mended(corrected, page: str, clean: str, kind: CorrectionKind):
    """Lost and added spaces, and words broken at a line's end, whose line break goes after the whole word."""
    made = corrected(page)
    assert made.text == clean
    assert [c.kind for c in made.corrections] == [kind]


def test_a_word_broken_at_the_end_of_a_dos_line_is_joined(corrected):
    """The line break keeps both of its characters."""
    assert corrected("the quaran-\r\ntine was closed.").text == "the quarantine\r\nwas closed."


def test_a_broken_word_before_a_redaction_is_joined(corrected):
    """The redaction after it is no reason to leave the word in halves."""
    assert corrected("the harbour and the quaran-\ntine b(1) was closed.").text.startswith(
        "the harbour and the quarantine"
    )


def test_a_compound_at_a_lines_end_keeps_its_hyphen(corrected):
    """`long-term` is the commoner form, so the hyphen is the typist's."""
    page = "the letter of a long-\nterm mission was sent."
    assert corrected(page).text == page


@pytest.mark.parametrize(
    "word", ["Fraenkel", "Govemment", "K-23's", "ABC-23", "w1nter", "Kuznctsov", "GOVEMMENT", "O'Nei1l", "25OO"]
)
def test_unknown_names_designators_and_figures_are_flagged_and_stay(corrected, word: str):
    """Inside a sentence a capital may be a name's; what only an edition can tell is shown to a reader."""
    page = f"The letter of the mission to {word} was sent by the office."
    made = corrected(page, threshold=0.0)
    assert made.text == page
    assert [(f.span.of(page), f.kind) for f in made.flags] == [(word, FlagKind.DOUBTFUL)]


def test_a_flag_offers_the_likely_reading(corrected):
    """A reader sees what the name may have been."""
    (flag,) = corrected("The letter to Kuznctsov was sent.").flags
    assert [s.text for s in flag.suggestions] == ["Kuznetsov"]
    assert flag.why == "a name or capitals that the lexicon does not know"


def test_a_name_is_not_merged_with_the_word_after_it(corrected):
    """Wi nter is no winter where a Mr. Wi was meant."""
    page = "The letter of Mr. Wi nter was sent, and Mr. Qua rantine was told."
    assert corrected(page).text == page


@pytest.mark.parametrize("word", ["colour", "organised", "elephants", "Harbour's", "letter", "1963", "5,000"])
def test_what_is_right_is_left_alone(corrected, word: str):
    """British spellings, everyday words and figures are neither changed nor flagged."""
    page = f"The letter with the {word} was sent by the office."
    made = corrected(page, threshold=0.0)
    assert (made.text, made.corrections, made.flags) == (page, (), ())


LETTER = """SECRET GOVEMMENT

DECLASSIFIED govemment

The Honorable
John Smythe,
12 Strret Govemment,
New York.

Dear govemment:

The harbour was closed by the govemment for winter b(1) govemment.

- 2 -

cc: the govemment

AB:CD:govemment
"""


def test_only_body_heading_and_address_are_touched(corrected, make_document):
    """The same misreading stays in marks, greetings, copy lines and wherever else."""
    made = corrected(LETTER)
    assert len(made.corrections) >= 2
    document = make_document(LETTER)
    kinds = {s.kind.value for s in document.segments for c in made.corrections if s.span.covers(c.span)}
    assert kinds == {"body"}
    assert made.text.replace("government", "govemment") == LETTER
    stamped = [s for s in document.segments if s.kind.value in {"salutation", "copy", "stamp"}]
    assert len(stamped) >= 3
    assert all(not s.span.overlaps(f.span) for s in stamped for f in made.flags)


def test_a_lost_space_is_offered_only(corrected):
    """Typists ran words together as often as machines lose a space, so two words are a suggestion."""
    made = corrected("the letter whichwill be sent")
    assert made.corrections == ()
    assert [s.text for f in made.flags for s in f.suggestions] == ["which will"]


def test_a_heading_is_corrected(corrected, make_document):
    """The subject of a memorandum is text that the machine misread as well."""
    page = "SUBJECT: Harbour closed by the govemment\n\nThe harbour was closed."
    assert make_document(page).segments[0].kind.value == "heading"
    assert "by the government" in corrected(page).text


def test_a_letter_that_the_files_encoding_lacks_is_flagged_instead(corrected):
    """A Windows-1252 file could not be written with č; é it has."""
    page = "The letter of the fiané and the mareéek was sent by señor."
    made = corrected(page.encode("cp1252"), threshold=0.0)
    assert "fiancé" in made.text
    (flag,) = [f for f in made.flags if f.span.of(page) == "mareéek"]
    assert "windows-1252, lacks a letter" in flag.why
    assert [s.text for s in flag.suggestions] == ["mareček"]
    assert "mareček" in corrected(page.encode(), threshold=0.0).text


def test_nothing_above_the_threshold_changes_nothing(corrected):
    """What was a correction is a flag then, with the reading as suggestion."""
    page = "The harbour was closed by the govemment for winter."
    made = corrected(page, threshold=1.0)
    assert (made.text, made.corrections) == (page, ())
    (flag,) = made.flags
    assert [s.text for s in flag.suggestions] == ["government"]


def test_the_default_is_cautious(corrected):
    """Nine in ten, and words are put back: what the documentation says."""
    assert Options() == Options(threshold=0.9, restore=True)
    page = "The letter was sent to tbe harbour."
    probability = corrected(page, threshold=0.0).corrections[0].probability
    assert corrected(page).text == (page if probability < 0.9 else page.replace("tbe", "the"))


def test_corrections_and_flags_are_in_the_order_of_the_page(corrected):
    """Several on one page, none over another."""
    page = "The govemment was told that the qua rantine of Fraenkel by thc govemment."
    made = corrected(page)
    starts = [c.span.start for c in made.corrections]
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert all(a.span.end <= b.span.start for a, b in pairwise(made.corrections))


def test_of_two_corrections_of_one_place_the_second_is_a_flag(make_document, make_words):
    """Whatever an edition's differences are, no correction is made over another."""
    page = "The letter was sent by Sumner Wells to the mission."
    start = page.index("Sumner")

    def difference(begin: int, end: int, edition: str) -> Difference:
        return Difference(
            span=Span(start=begin, end=end),
            page=page[begin:end],
            edition=edition,
            words=(1, 1),
            agreement=1.0,
            firm=True,
            paragraph=1,
        )

    clash = (difference(start, start + 6, "Kuznetsov"), difference(start + 4, start + 12, "Honorable"))
    collation = Collation(citation="FRUS", agreed=(), differences=clash)
    made = correct(make_document(page), make_words(PLAIN, COUNTS), collation=collation, signature="s")
    assert made.text == page.replace("Sumner", "Kuznetsov")
    (flag,) = [f for f in made.flags if f.citation]
    assert [s.text for s in flag.suggestions] == ["Honorable"]


def test_a_typists_slip_is_likelier_to_stay(corrected):
    """With the same frequency and the same number of edits a slip is less probable than a misreading."""

    def probability(page: str) -> float:
        return corrected(page, threshold=0.0).corrections[0].probability

    assert probability("the harobur was closed") < probability("the harboux was closed")
