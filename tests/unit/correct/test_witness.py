"""What an edition's reading does to the page: adopted, noted as a variant, flagged, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.correct.corrector import Options, correct
from corrigenda.edition.collate import collate
from corrigenda.values import Corrected, CorrectionKind, FlagKind

PLAIN = (
    "the harbour was closed for winter and letter of sent to mission by ships that one two any men it old grain again "
    "statement clear is not us will be from first new our it's may can no us with their"
)
COUNTS = {
    "Kuznetsov": 400,
    "Khrushchev": 4000,
    "Adlai": 90,
    "Alistair": 9,
    "Caribbean": 900,
    "restatement": 40,
    "shift": 400,
    "shifts": 90,
    "Amb": 500,
    "Ambassador": 5000,
    "anyone": 900,
    "four": 900,
    "IL-28": 90,
    "U.S.": 900,
    "United": 900,
    "States": 900,
    "government": 900,
    "department": 900,
    "dept": 300,
    "would": 900,
    "Foreign": 900,
    "Minister": 900,
    "understanding": 900,
    "under": 900,
    "standing": 900,
    "June": 900,
    "advisers": 900,
    "advisors": 300,
    "dispatched": 300,
    "McCloy": 90,
    "MacArthur": 90,
    "FitzGerald": 90,
}
# The words around the place that differs; %s stands for it.
FRAME = "The harbour was closed for winter and the letter of %s was sent to the mission by ships."
# What a machine made up, and what the edition has, on a page that goes on with nothing misread.
BEFORE = "The ships sent %s men of %s to the %s again."
MADE_UP, PRINTED = ("U-2", "Khrushchev", "XI-10"), ("IL-28", "Kuznetsov", "K-23")


@pytest.fixture(scope="session")
def witnessed(make_document, make_edition, make_engine):
    """Correct a made-up page with its edition."""
    engine = make_engine(PLAIN, COUNTS)

    def corrected(page: str, *paragraphs: str, restore: bool = True) -> Corrected:
        document = make_document(page)
        collation = collate(document, make_edition(*paragraphs))
        options = Options(restore=restore)
        return correct(document, engine, collation=collation, options=options, signature="s")

    return corrected


@pytest.fixture(scope="session")
def fluent(witnessed):
    """Correct a page that differs from its edition in one place, after a sentence with a name and weapons made up.

    Such a page was read by a machine that makes up words.
    """

    def corrected(page: str, edition: str, **options: bool) -> Corrected:
        ours, theirs = BEFORE % MADE_UP, BEFORE % PRINTED
        made = witnessed(f"{ours} {FRAME % page}", f"{theirs} {FRAME % edition}", **options)
        assert made.text.startswith(theirs)
        return replace(made, text=made.text.removeprefix(f"{theirs} "), corrections=made.corrections[3:])

    return corrected


@pytest.fixture(scope="session")
def framed(witnessed):
    """Correct a page that differs from its edition in one place."""

    def corrected(page: str, edition: str, **options: bool) -> Corrected:
        return witnessed(FRAME % page, FRAME % edition, **options)

    return corrected


@pytest.mark.parametrize(
    ("page", "edition", "kind"),
    [
        ("Khrushchev", "Kuznetsov", CorrectionKind.NAME),
        ("Alistair", "Adlai", CorrectionKind.NAME),
        ("K-23's", "IL-28's", CorrectionKind.NUMBER),
        ("24", "42", CorrectionKind.NUMBER),
        ("770", "799", CorrectionKind.NUMBER),
        ("lettcr", "letter", CorrectionKind.CHARACTER),
        ("win ter", "winter", CorrectionKind.SPACING),
    ],
)
def test_a_reading_is_adopted_between_words_that_agree(framed, page: str, edition: str, kind: CorrectionKind):
    """Names, numbers and words that the machine misread take the edition's reading, and the document is cited."""
    made = framed(page, edition)
    assert made.text == FRAME % edition
    (correction,) = made.corrections
    assert (correction.before, correction.after, correction.kind) == (page, edition, kind)
    assert correction.evidence[0].rule == "edition"
    assert correction.evidence[0].citation == "FRUS 1951 vol. IX, document 7, paragraph 1"
    assert correction.evidence[0].figure == 1.0
    assert 0.9 <= correction.probability < 1


@pytest.mark.parametrize(
    ("page", "edition", "expected"),
    [
        ("K-23's", "IL–28’s", "IL-28's"),
        ("K-23's it’s our’s", "IL–28’s it’s our’s", "IL-28’s it’s our’s"),
        ("“Sumner” and “our”", '"Adlai" and "our"', "“Adlai” and “our”"),
        ("(Sumner),", "Adlai", "(Adlai),"),
        ("Sumner", "“Adlai,”", "Adlai"),
    ],
)
def test_the_page_keeps_its_own_quotes_hyphens_and_punctuation(framed, page: str, edition: str, expected: str):
    """The word is the edition's; the marks in and around it are those that the page uses."""
    assert framed(page, edition).text == FRAME % expected


def test_the_full_stop_of_an_abbreviation_is_not_doubled(framed):
    """Page `U.K.` and edition `U.S.` differ in one letter."""
    assert framed("U.K.", "U.S.").text == FRAME % "U.S."


def test_an_abbreviation_brings_its_full_stop_where_the_page_has_none(framed):
    """Else the stop that the edition vouches for would be lost."""
    assert framed("U5", "U.S.").text == FRAME % "U.S."


def test_a_page_typed_in_capitals_stays_in_capitals(witnessed):
    """Of a telegram the reading is adopted, not the edition's case."""
    page, edition = (FRAME % "Sumner").upper(), FRAME % "Adlai"
    made = witnessed(page, edition)
    assert made.text == (FRAME % "Adlai").upper()


@pytest.mark.parametrize(
    ("page", "edition", "why"),
    [
        ("grain,", "grain", "punctuation"),
        ("grain", "grain;", "punctuation"),
        ("first-", "first", "punctuation"),
        ("Grain", "grain", "case"),
        ("GRAIN", "Grain", "case"),
        ("Carribean", "Caribbean", "spelling"),
        ("seperate", "separate", "spelling"),
        ("labour", "labor", "spelling"),
        ("organise", "organize", "spelling"),
        ("U.S", "United States", "abbreviation"),
        ("United States", "U.S.", "abbreviation"),
        ("Amb", "Ambassador", "abbreviation"),
        ("Dept. of", "Department of", "abbreviation"),
        ("Dept", "Department", "abbreviation"),
        ("Depmt.", "Department", "abbreviation"),
        ("wld", "would", "abbreviation"),
        ("FonMin", "Foreign Minister", "abbreviation"),
        ("despatched", "dispatched", "spelling"),
        ("advisors", "advisers", "spelling"),
        ("Pitsunda", "Pitsunde", "spelling"),
        ("15 June", "June 15", "form of a date"),
        ("any one", "anyone", "compound"),
        ("4", "four", "form of a number"),
        ("four", "4", "form of a number"),
    ],
)
def test_what_the_editors_normalise_stands_as_the_page_has_it(framed, page: str, edition: str, why: str):
    """A difference that is the editors' habit is labelled and changes nothing."""
    made = framed(page, edition)
    assert made.text == FRAME % page
    assert made.corrections == ()
    assert {f.kind for f in made.flags} == {FlagKind.EDITION_VARIANT}
    assert made.flags[-1].why.startswith(f"{why}: the edition prints ")
    assert made.flags[-1].citation.startswith("FRUS 1951 vol. IX, document 7")


def test_a_variant_is_noted_once(framed):
    """`any one` against `anyone` is a compound, and not a matter of punctuation as well."""
    assert [f.why for f in framed("any one", "anyone").flags] == ["compound: the edition prints 'anyone'"]


def test_the_label_of_a_list_stands(witnessed):
    """The editors may number the points otherwise."""
    rest = "The harbour was closed for winter and the letter was sent to the mission."
    page = f"The old grain was sent to the mission by ships.\n\n2. {rest}"
    made = witnessed(page, "The old grain was sent to the mission by ships.", f"3. {rest}")
    assert made.text == page
    assert [f.why for f in made.flags] == ["list label: the edition prints '3'"]


def test_odd_capitals_are_mended(framed):
    """No typist sets `OUr`; the edition's case is taken."""
    made = framed("OUr", "our")
    assert made.text == FRAME % "our"
    assert [c.kind for c in made.corrections] == [CorrectionKind.CASE]
    assert made.corrections[0].evidence[0].citation


@pytest.mark.parametrize(("page", "edition"), [("statement", "restatement"), ("shifts", "shift"), ("shift", "shifts")])
def test_two_known_words_of_one_stem_are_left_to_a_reader(framed, page: str, edition: str):
    """Both may be right, so the page stands and the edition's word is offered."""
    made = framed(page, edition)
    assert made.text == FRAME % page
    (flag,) = made.flags
    assert flag.kind is FlagKind.DOUBTFUL
    assert "both may be right" in flag.why
    assert [s.text for s in flag.suggestions] == [edition]
    assert flag.citation == "FRUS 1951 vol. IX, document 7, paragraph 1"


@pytest.mark.parametrize(("page", "edition"), [("grain", "men"), ("men", "men old"), ("statement", "restatement")])
def test_a_known_word_for_another_is_left_to_a_reader(framed, page: str, edition: str):
    """On a clean page the editors may have had another text; a machine that reads letters makes no such errors."""
    made = framed(page, edition)
    assert made.text == FRAME % page
    assert made.corrections == ()


@pytest.mark.parametrize(("page", "edition"), [("grain", "men"), ("first", "old grain"), ("old again", "men")])
def test_known_words_are_adopted_on_a_page_with_names_and_figures_made_up(fluent, page: str, edition: str):
    """No editor prints one weapon for another, so that a machine did, and then its other words are its own as well."""
    made = fluent(page, edition)
    assert made.text == FRAME % edition
    (correction,) = made.corrections
    assert (correction.before, correction.after, correction.kind) == (page, edition, CorrectionKind.REAL_WORD)
    assert 0.9 <= correction.probability < 1


def test_a_word_of_the_same_stem_is_left_to_a_reader_on_such_a_page_too(fluent):
    """Statement and restatement are as likely two versions of a text as a misreading."""
    assert fluent("statement", "restatement").text == FRAME % "statement"


@pytest.mark.parametrize("lost", ["old", "old grain", "old grain again"])
def test_up_to_three_lost_words_are_put_back(fluent, lost: str):
    """Between two neighbours that agree; they are a kind of their own, and less sure than a reading."""
    made = fluent("men", f"men {lost}")
    assert made.text == FRAME % f"men {lost}"
    (correction,) = made.corrections
    assert (correction.before, correction.after, correction.kind) == ("", f"{lost} ", CorrectionKind.RESTORATION)
    assert correction.evidence[0].citation == "FRUS 1951 vol. IX, document 7, paragraph 1"
    assert 0.9 <= correction.probability < fluent("grain", "men").corrections[0].probability


def test_four_lost_words_are_never_put_back(fluent):
    """So many words may be a cut that the release does not show."""
    made = fluent("men", "men old grain again first")
    assert made.text == FRAME % "men"
    assert made.corrections == ()


def test_without_restore_nothing_is_put_back(fluent):
    """Readings are adopted still."""
    assert fluent("men", "men old grain", restore=False).corrections == ()
    assert len(fluent("grain", "men", restore=False).corrections) == 1


@pytest.mark.parametrize(
    ("page", "edition"),
    [
        ("men b(1)", "men old grain"),
        ("b(1) men", "old grain men"),
        ("[redacted]", "old grain"),
        ("b(1)", "old"),
        ("b(1)", "men"),
        ("men [?] again", "men old again"),
    ],
)
def test_nothing_is_put_back_at_a_redaction(fluent, page: str, edition: str):
    """What was taken out stays out, though the edition prints it."""
    made = fluent(page, edition)
    assert made.text == FRAME % page
    assert made.corrections == ()


def test_no_bracket_of_the_edition_comes_onto_the_page(framed):
    """Remarks and additions of the editors are theirs."""
    assert framed("men", "men [old]").text == FRAME % "men"
    assert framed("men", "men [2 words not declassified]").text == FRAME % "men"


def test_nothing_is_put_back_over_a_paragraphs_end(witnessed):
    """It cannot be told to which of the two paragraphs the words belong."""
    first, second = "The harbour was closed for winter.", "The letter was sent to the mission by ships."
    page = f"{first}\n\n{second}"
    assert witnessed(page, first.replace(".", " again."), second).text == page
    assert witnessed(page, first, f"Again {second}").text == page


@pytest.mark.parametrize("edition", ["Dear Sirs: {}", "Again {}", "{} Sincerely yours, Rusk", "{} again"])
def test_nothing_is_put_back_before_the_first_or_after_the_last_word(witnessed, edition: str):
    """There is no neighbour on one side; a greeting or a signature of the edition would come onto the page."""
    page = FRAME % "men"
    assert witnessed(page, edition.format(page)).text == page


@pytest.mark.parametrize("lost", ["(1)", "b.", "1963", "IL-28", "—"])
def test_labels_figures_and_marks_are_not_put_back(fluent, lost: str):
    """The editors number and punctuate, and a figure is never made up."""
    assert fluent("men", f"men {lost}").text == FRAME % "men"


def test_words_that_the_edition_lacks_stay(framed):
    """The page stands where the edition has nothing."""
    made = framed("men again", "men")
    assert made.text == FRAME % "men again"
    assert made.corrections == ()


def test_a_difference_over_many_words_is_flagged(fluent):
    """Five words against five may be another sentence; a reader is told."""
    made = fluent("old grain again first new", "ships that men will be from it")
    assert made.corrections == ()
    assert any("over 7 words" in flag.why for flag in made.flags)


def test_misread_neighbours_that_are_alike_are_no_hindrance(witnessed):
    """On a page that is badly read each word still stands for the one that it is like."""
    edition = (
        "The harbour was closed for winter and the letter of Adlai was sent to the mission by ships that men will."
    )
    page = edition.replace("and the letter of Adlai was sent", "amd tbe lettcr of Adlni was semt")
    assert witnessed(page, edition).text == edition


@pytest.mark.parametrize("edition", ["1963Document", "Adlai.Source"])
def test_a_note_stuck_to_the_editions_word_is_not_adopted(framed, edition: str):
    """What the edition's own making ran together is flagged."""
    made = framed("1968" if edition[0] == "1" else "Sumner", edition)
    assert made.corrections == ()
    assert any("stuck" in flag.why for flag in made.flags)


@pytest.mark.parametrize(("page", "edition"), [("62", "6"), ("196", "1961")])
def test_a_figure_with_a_digit_more_or_less_is_not_adopted(framed, page: str, edition: str):
    """It may be the number of a note, which an edition's text has glued to figures, and which is cleared away."""
    made = framed(page, edition)
    assert made.corrections == ()
    assert any("note" in flag.why for flag in made.flags)


def test_what_the_edition_confirms_is_not_doubted(framed, witnessed):
    """A name that the lexicon does not know is no doubt where the edition prints it."""
    assert framed("Fraenkel", "Fraenkel").flags == ()
    assert witnessed(FRAME % "Fraenkel lettcr", FRAME % "Fraenkel letter").flags == ()


def test_a_broken_word_is_joined_with_an_edition_too(framed):
    """The lexicon alone joins it; the edition, which prints it whole, is no reason against that."""
    assert framed("gra-\nin", "grain").text == FRAME.replace("%s ", "grain\n")


def test_an_address_and_a_salutation_are_collated_but_the_greeting_stays(witnessed):
    """Only body, heading and address are corrected; the edition's Dear John is not adopted."""
    body = FRAME % "men"
    made = witnessed(f"Dear Jchn:\n\n{body}", "Dear John:", body)
    assert made.text == f"Dear Jchn:\n\n{body}"
    assert made.corrections == ()


@pytest.mark.parametrize(
    ("page", "edition"),
    [("Mr. Kuznetsov", "the Ambassador"), ("Dr. Adlai and Mr. Khrushchev", "the men and the ships")],
)
def test_a_title_leaves_no_full_stop_behind(framed, page, edition):
    """The stop after a title is the title's: where the edition has another word, the place is flagged, not garbled."""
    made = framed(page, edition)
    assert "the." not in made.text
    assert "Mr." in made.text


@pytest.mark.parametrize(
    ("page", "edition"), [("statemment", "statement"), ("wintter", "winter"), ("harbuor", "harbour")]
)
def test_a_typists_slip_stays_with_an_edition_too(framed, page, edition):
    """A letter doubled or two exchanged are the typist's; the edition's spelling is noted."""
    made = framed(page, edition)
    assert made.corrections == ()
    assert [f.kind for f in made.flags] == [FlagKind.EDITION_VARIANT]


@pytest.mark.parametrize(
    ("page", "edition"), [("departrnent.", "department"), ("govemment.", "government"), ("lettcr.", "letter")]
)
def test_a_full_stop_that_the_edition_lacks_goes_with_the_misread_word(framed, page, edition):
    """Else the stop would stay behind the edition's word, in mid-sentence."""
    (correction,) = framed(page, edition).corrections
    assert (correction.before, correction.after) == (page, edition)


def test_a_full_stop_that_both_have_stays(framed):
    """The stop at the end of a sentence is the page's own, and is not part of the correction."""
    (correction,) = framed("departrnent.", "department.").corrections
    assert (correction.before, correction.after) == ("departrnent", "department")


def test_a_misread_abbreviation_keeps_its_full_stop(framed):
    """What is shorter by far and has a stop of its own may abbreviate the edition's word, though letters are wrong."""
    made = framed("Depf.", "Department")
    assert made.text == FRAME % "Depf."
    assert [f.kind for f in made.flags] == [FlagKind.DOUBTFUL]


@pytest.mark.parametrize(
    ("page", "edition"), [("McGloy", "McCloy"), ("MacArtbur", "MacArthur"), ("FitzGera1d", "FitzGerald")]
)
def test_names_with_a_capital_inside_are_adopted(framed, page, edition):
    """Their capital is no heading that has stuck to a word."""
    assert framed(page, edition).text == FRAME % edition


@pytest.mark.parametrize(("edition", "stuck"), [("McNally", False), ("letterDocument", True), ("IlyuShin", True)])
def test_a_capital_inside_is_a_heading_only_where_no_name_has_it(framed, edition, stuck):
    """A name that the lexicon does not count is told by how it begins."""
    (flag,) = framed("Sumncr", edition).flags
    assert (flag.why == "the edition's word has a note or a figure stuck to it") is stuck


def test_a_title_stuck_to_its_name_is_parted_from_it(framed):
    """Some volumes print Mr.Castro without a blank; the name is adopted, and the page keeps its blank."""
    made = framed("Mr. Kuznetsow", "Mr.Kuznetsov")
    assert made.text == FRAME % "Mr. Kuznetsov"


def test_a_lost_word_comes_with_the_mark_behind_it(fluent):
    """A sentence that ends with a word lost at a line's end has its full stop back."""
    made = fluent("grain was\nthe ships", "grain was old. The ships")
    assert "grain was\nold. the ships" in made.text


def test_a_lost_word_comes_without_a_comma(fluent):
    """Commas are the editors' own as often as not."""
    made = fluent("grain was the ships", "grain was old, the ships")
    assert "grain was old the ships" in made.text


def test_nothing_is_put_behind_the_full_stop_that_follows_it_in_the_edition(fluent):
    """Where the page still has the stop, the lost word belongs before it, and is not put back behind it."""
    made = fluent("grain was.\nThe ships", "grain was old. The ships")
    assert "grain was.\nThe ships" in made.text


@pytest.mark.parametrize(("page", "mended"), [("under\nstanding was", "understanding\nwas"), ("any\none", "anyone")])
def test_a_word_that_lost_its_hyphen_at_a_lines_end_is_joined(framed, page, mended):
    """The edition has it whole, and only a line's end parts it; the line break goes behind it, as with a hyphen."""
    made = framed(page, " ".join(mended.split()))
    assert mended in made.text
    assert [c.kind for c in made.corrections] == [CorrectionKind.HYPHEN]
