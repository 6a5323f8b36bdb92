"""The corrector as a whole, on made-up pages with a made-up engine."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from corrigenda.correct.corrector import Options, correct
from corrigenda.edition.collate import Collation, Difference, collate
from corrigenda.values import Corrected, CorrectionKind, FlagKind, Span

PLAIN = (
    "the harbour was closed for winter and government letter under again in a to by with of is it mission has been "
    "told that grain ships sent not come from office consul new street memorandum dear statement old answer had "
    "guidance"
)
COUNTS = {
    "which": 90000,
    "will": 90000,
    "the": 90000,
    "quarantine": 290,
    "Kuznetsov": 400,
    "Honorable": 900,
    "Embassy": 900,
    "long-term": 90,
    "longterm": 5,
    "fiancé": 90,
    "mareček": 90,
}
BOLD = 100.0


@pytest.fixture(scope="session")
def engine(make_engine):
    """An engine that believes its lattice."""
    return make_engine(PLAIN, COUNTS, ["The fiancé was sent to the mareček by the office."] * 9)


@pytest.fixture(scope="session")
def corrected(make_document, engine):
    """Correct a made-up page, as boldly as can be where nothing else is said."""

    def corrected_text(text: str | bytes, **options: float) -> Corrected:
        chosen = Options(**{"max_harm": BOLD, **options})
        return correct(make_document(text), engine, options=chosen, signature="made up")

    return corrected_text


def test_a_misspelt_word_is_corrected(corrected):
    """The text, the correction and its reasons are all there, and the signature is handed on."""
    made = corrected("The harbour was closed by the govemment for winter.")
    assert made.text == "The harbour was closed by the government for winter."
    (correction,) = made.corrections
    assert (correction.before, correction.after) == ("govemment", "government")
    assert correction.kind is CorrectionKind.CHARACTER
    assert correction.span.start == made.text.index("government")
    assert (made.document_id, made.signature, made.flags) == ("page", "made up", ())


@pytest.mark.parametrize(
    ("page", "clean", "kind"),
    [
        ("the qua rantine was closed", "the quarantine was closed", CorrectionKind.SPACING),
        ("the letter whichwill be sent", "the letter which will be sent", CorrectionKind.SPACING),
        ("the office ofth e harbour", "the office of the harbour", CorrectionKind.SPACING),
        ("the quaran-\ntine was closed.", "the quarantine\nwas closed.", CorrectionKind.HYPHEN),
        ("the quaran-\ntine was\nclosed.", "the quarantine\nwas\nclosed.", CorrectionKind.HYPHEN),
        ("the quaran-\ntine.\nThe harbour", "the quarantine.\nThe harbour", CorrectionKind.HYPHEN),
        ("the quaran-\ntine, (and)\nthe", "the quarantine,\n(and)\nthe", CorrectionKind.HYPHEN),
    ],
)
def test_spaces_and_hyphens_are_mended(corrected, page: str, clean: str, kind: CorrectionKind):
    """Lost, added and moved spaces, and words broken at a line's end, whose line break goes after the whole word."""
    made = corrected(page)
    assert made.text == clean
    assert [c.kind for c in made.corrections] == [kind]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_broken_word_is_joined_with_any_line_end(corrected, end: str):
    """The line break keeps all of its characters."""
    assert corrected(f"the quaran-{end}tine was closed.").text == f"the quarantine{end}was closed."


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_word_whose_hyphen_was_lost_at_the_lines_end_is_joined(corrected, end: str):
    """Lines stay lines there too."""
    assert corrected(f"the gover{end}nment was closed.").text == f"the government{end}was closed."


def test_a_broken_word_before_a_redaction_is_joined(corrected):
    """The redaction after it is no reason to leave the word in halves, and stands as it stood."""
    made = corrected("the harbour and the quaran-\ntine b(1) was closed.")
    assert made.text.startswith("the harbour and the quarantine")
    assert made.text.endswith("b(1) was closed.")


def test_a_compound_at_a_lines_end_keeps_its_hyphen(corrected):
    """`long-term` is the commoner form, so the hyphen is the typist's."""
    page = "the letter of a long-\nterm mission was sent."
    assert corrected(page).text == page


@pytest.mark.parametrize(
    ("page", "clean"),
    [
        ("by the (govemment), which", "by the (government), which"),
        ("by the “govemment.”", "by the “government.”"),
        ("by the govemment's letter", "by the government's letter"),
    ],
)
def test_punctuation_is_no_part_of_a_correction(corrected, page: str, clean: str):
    """What stands around a word is neither changed nor told as changed."""
    made = corrected(page)
    assert made.text == clean
    assert [(c.before, c.after) for c in made.corrections] in (
        [("govemment", "government")],
        [("govemment's", "government's")],
    )


@pytest.mark.parametrize("word", ["K-23's", "ABC-23", "25OO", "NATX"])
def test_designators_and_figures_stay(corrected, word: str):
    """What only an edition can tell is not guessed at."""
    page = f"The letter of the mission to {word} was sent by the office."
    made = corrected(page)
    assert (made.text, made.corrections) == (page, ())


def test_a_figure_that_looks_like_a_word_is_flagged(corrected):
    """The reader is shown what may have stood there, and the page stays."""
    page = "The harbour was closed by t0e consul of wi11 1ts is the 0f for winter."
    made = corrected(page)
    flags = {f.span.of(page): f for f in made.flags}
    assert flags["0f"].kind is FlagKind.DOUBTFUL
    assert "a figure" in flags["0f"].why
    assert [s.text for s in flags["0f"].suggestions][:1] == ["of"]
    assert "0f" in made.text


@pytest.mark.parametrize("word", ["letter", "Harbour's", "Kuznetsov", "co-office", "long-term"])
def test_what_is_right_is_left_alone(corrected, word: str):
    """Known words, names, possessives and compounds are neither changed nor flagged."""
    page = f"The letter with the {word} was sent by the office."
    made = corrected(page)
    assert (made.text, made.corrections, made.flags) == (page, (), ())


LETTER = """SECRET GOVEMMENT

DECLASSIFIED govemment

The Honorable
John Smythe,
12 Strret,
New York.

Dear govemment:

The harbour was closed by the govemment for winter b(1) and the lettcr was sent.

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
    assert kinds <= {"body", "heading", "address"}
    aside = [s for s in document.segments if s.kind.value in {"salutation", "copy", "stamp", "redaction", "marking"}]
    assert len(aside) >= 3
    assert all(not s.span.overlaps(f.span) for s in aside for f in (*made.flags, *made.corrections))
    assert all(s.span.of(LETTER) in made.text for s in aside)


def test_a_heading_is_corrected(corrected, make_document):
    """The subject of a memorandum is text that the machine misread as well."""
    page = "SUBJECT: Harbour closed by the govemment\n\nThe govemment was told."
    assert make_document(page).segments[0].kind.value == "heading"
    assert "by the government" in corrected(page).text


def test_a_letter_that_the_files_encoding_lacks_is_flagged_instead(corrected):
    """A Windows-1252 file could not be written with č; é it has."""
    page = "The letter of the fianc and the mareéek was sent by señor."
    made = corrected(page.encode("cp1252"))
    assert "fiancé" in made.text
    (flag,) = [f for f in made.flags if f.span.of(page) == "mareéek"]
    assert "windows-1252, lacks a letter" in flag.why
    assert [s.text for s in flag.suggestions] == ["mareček"]
    assert "mareček" in corrected(page.encode()).text


def test_without_harm_nothing_is_changed(corrected):
    """Where no right word may be broken, what was a correction is a flag, with the reading as suggestion."""
    page = "The harbour was closed by the govemment for winter."
    made = corrected(page, max_harm=0.0)
    assert (made.text, made.corrections) == (page, ())
    (flag,) = made.flags
    assert [s.text for s in flag.suggestions] == ["government"]


def test_the_default_is_cautious():
    """One right word in a thousand, and words are put back: what the documentation says."""
    assert Options() == Options(max_harm=0.1, restore=True)


def test_corrections_and_flags_are_in_the_order_of_the_page(corrected):
    """Several on one page, none over another."""
    page = "The govemment was told that the qua rantine of Fraenkel by thc govemment."
    made = corrected(page)
    starts = [c.span.start for c in made.corrections]
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert all(a.span.end <= b.span.start for a, b in pairwise(made.corrections))
    flags = [f.span.start for f in made.flags]
    assert flags == sorted(flags)


PAGE = "The letter was sent by Sumner Wells to the mission."


def difference(page: str, begin: int, end: int, edition: str) -> Difference:
    """A place where a made-up edition reads otherwise."""
    return Difference(
        span=Span(start=begin, end=end),
        page=page[begin:end],
        edition=edition,
        closing="",
        words=(1, 1),
        stretch=1,
        agreement=1.0,
        alike=0.0,
        firm=True,
        barred=False,
        before=(),
        after=(),
        paragraph=1,
    )


def test_of_two_corrections_of_one_place_the_second_is_a_flag(make_document, engine):
    """Whatever an edition's differences are, no correction is made over another."""
    start = PAGE.index("Sumner")
    clash = (
        difference(PAGE, start, start + 6, "Kuznetsov"),
        difference(PAGE, start + 4, start + 12, "Honorable"),
    )
    collation = Collation(citation="FRUS", agreed=(), differences=clash)
    made = correct(make_document(PAGE), engine, collation=collation, signature="s")
    assert made.text == PAGE.replace("Sumner", "Kuznetsov")
    (flag,) = [f for f in made.flags if f.citation]
    assert [s.text for s in flag.suggestions] == ["Honorable"]


def test_what_the_edition_confirms_has_the_case_that_it_prints(make_document, engine):
    """Lexicon and edition ask for the same letters: the evidence says how the edition has them, and so they are put."""
    page = "The harbour was closed by the govemment for winter."
    start = page.index("govemment")
    disputed = replace(difference(page, start, start + 9, "Government"), barred=True)
    collation = Collation(citation="FRUS", agreed=(), differences=(disputed,))
    made = correct(make_document(page), engine, collation=collation, options=Options(max_harm=BOLD), signature="s")
    assert made.text == page.replace("govemment", "Government")
    (correction,) = made.corrections
    assert correction.evidence[-1].says == "the edition prints 'Government'"


def test_what_the_edition_has_settled_is_not_doubted(make_document, make_edition, engine):
    """A word that the edition prints as well stands, however odd, and is no flag; the engine mends the others."""
    page = "The harbour was closed by the govemment for winter and the lettcr was sent to the mission by ships."
    document = make_document(page)
    printed = page.replace("lettcr", "letter")
    made = correct(
        document,
        engine,
        collation=collate(document, make_edition(printed)),
        options=Options(max_harm=BOLD),
        signature="s",
    )
    assert made.text == printed
    assert made.flags == ()
    (correction,) = made.corrections
    assert correction.evidence[0].rule == "edition"


def test_the_engine_mends_what_the_edition_has_not(make_document, make_edition, engine):
    """Where the edition is silent the engine speaks, with an edition as without."""
    page = (
        "The harbour was closed by the government for winter and the letter was sent to the mission by ships.\n\n"
        "The old govemment has been told that the grain ships come from the office of the consul."
    )
    document = make_document(page)
    collation = collate(document, make_edition(page.partition("\n\n")[0]))
    made = correct(document, engine, collation=collation, options=Options(max_harm=BOLD), signature="s")
    assert "The old government" in made.text
