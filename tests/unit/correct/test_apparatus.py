"""Every difference between a page and its edition has the class of whose it is; the cases are those of real pages."""

from __future__ import annotations

import pytest

from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.readings import OtherText
from corrigenda.correct.witness import apparatus
from corrigenda.edition.collate import collate
from corrigenda.values import Correction, FlagKind

PLAIN = (
    "the harbour was closed for winter and letter of sent to mission by ships that one two any men it old grain again "
    "clear is not us will be from first new our may can no with their he concluded affairs have is submission list "
    "series paper make two three four"
)
COUNTS = {
    "Ambassador": 5000, "Amb": 500, "Caribbean": 900, "Department": 900, "Bureau": 900, "Secretary": 5000,
    "intensify": 300, "intensity": 300, "statement": 900, "restatement": 40, "CIA": 900,
}  # fmt: skip
FRAME = "The harbour was closed for winter and the letter of %s was sent to the mission by ships."


@pytest.fixture(scope="session")
def told(make_document, make_edition, make_engine):
    """The apparatus of a made-up page beside a made-up edition."""
    engine = make_engine(PLAIN, COUNTS)

    def entries(page: str, *paragraphs: str, readings: tuple[str, ...] = ()) -> tuple[Entry, ...]:
        document = make_document(page)
        others = [OtherText(siglum=f"{at}.txt", text=text) for at, text in enumerate(readings)]
        return apparatus(document, collate(document, make_edition(*paragraphs)), engine, max_harm=0.1, readings=others)

    return entries


@pytest.fixture(scope="session")
def framed(told):
    """The one entry of a page that differs from its edition in one place."""

    def entry(page: str, edition: str, *readings: str) -> Entry:
        (only,) = told(FRAME % page, FRAME % edition, readings=tuple(FRAME % one for one in readings))
        return only

    return entry


@pytest.mark.parametrize(
    ("page", "edition"),
    [
        ("submiasion", "submission"),
        ("th at", "that"),
        ("affai.rs", "affairs"),
        ("s_erie's", "series"),
        ("Durcau", "Bureau"),
        ("ClA", "CIA"),
        ("OUr", "our"),
        ("affa-\nirs", "affairs"),
    ],
)
def test_an_error_of_the_ocr(framed, page: str, edition: str):
    """Letters misread, blanks and marks read into a word or lost, capitals that nobody types, a broken line."""
    entry = framed(page, edition)
    assert entry.class_ is DifferenceClass.OCR_ERROR
    assert isinstance(entry.finding, Correction)
    assert entry.finding.after.strip() == edition


@pytest.mark.parametrize(
    ("page", "edition", "why"),
    [
        ("LETTER", "Letter", "case"),
        ("grain,", "grain;", "punctuation"),
        ("Amb.", "Ambassador", "abbreviation"),
        ("Carribean", "Caribbean", "spelling"),
        ("labour", "labor", "spelling"),
        ("any one", "anyone", "compound"),
        ("four", "4", "form of a number"),
        ("naivete", "naiveté", "accents"),
    ],
)
def test_a_variant_of_the_edition(framed, page: str, edition: str, why: str):
    """What editors normalise: the page stands, and a reader may see it."""
    entry = framed(page, edition)
    assert (entry.class_, entry.why) == (DifferenceClass.VARIANT, why)
    assert entry.finding.kind is FlagKind.EDITION_VARIANT


def test_the_label_of_a_list_is_a_variant(told):
    """Editors number the points of a list in their own way."""
    rest = "The harbour was closed for winter and the letter was sent to the mission."
    before = "The old grain was sent to the mission by ships."
    (entry,) = told(f"{before}\n\nb. {rest}", before, f"15. {rest}")
    assert (entry.class_, entry.why) == (DifferenceClass.VARIANT, "list label")


def test_an_omission_by_the_edition(framed):
    """Words of a sentence between words that both have; nothing is done with them."""
    entry = framed("men he concluded", "men")
    assert entry.class_ is DifferenceClass.OMISSION
    assert (entry.page, entry.edition, entry.finding) == ("he concluded", "", None)


def test_what_the_release_covers(framed):
    """The edition's words stand beside the mark, and do not come onto the page."""
    entry = framed("men b(1) again", "men of the old mission again")
    assert entry.class_ is DifferenceClass.REDACTED
    assert (entry.page, entry.edition, entry.finding) == ("b(1)", "of the old mission", None)
    assert entry.citation == "FRUS 1951 vol. IX, document 7, paragraph 1"


def test_what_the_edition_covers(framed):
    """A later release may show what the edition had to withhold."""
    entry = framed("men of the old mission again", "men [1 line not declassified] again")
    assert entry.class_ is DifferenceClass.WITHHELD
    assert (entry.page, entry.edition) == ("of the old mission", "[1 line not declassified]")


def test_what_only_the_page_has(told):
    """An address before the letter begins is no part of what the edition prints."""
    body = FRAME % "men"
    (entry,) = told(f"The Honorable\nJohn J. White,\nNew York, New York.\n\n{body}", body)
    assert entry.class_ is DifferenceClass.PAGE_ONLY
    assert entry.finding is None


@pytest.mark.parametrize(("page", "edition"), [("statement", "restatement"), ("paper", "list"), ("letter", "list")])
def test_what_is_disputed(framed, page: str, edition: str):
    """Two known words, either of which may have stood there: a reader decides."""
    entry = framed(page, edition)
    assert entry.class_ is DifferenceClass.DISPUTED
    assert entry.finding.kind is FlagKind.DOUBTFUL
    assert 0 < entry.probability < 0.75


def test_a_mark_between_words_that_differ_by_a_letter_from_it_is_told_apart(told):
    """What stands next to a redaction is no part of it, and nothing is put in beside it."""
    entries = told(FRAME % "b(1) wos", FRAME % "old grain was")
    assert [(e.class_, e.page) for e in entries] == [
        (DifferenceClass.REDACTED, "b(1)"),
        (DifferenceClass.DISPUTED, "wos"),
    ]


@pytest.mark.parametrize(("page", "edition"), [("submiasion", "submission"), ("Durcau", "Bureau"), ("", "old")])
def test_what_another_reading_has_like_the_page_stands(framed, page: str, edition: str):
    """Two engines against the edition: what both read is on the page, however odd it looks."""
    entry = framed(page, edition, page)
    assert entry.class_ is DifferenceClass.VARIANT
    assert entry.why == "0.txt reads as the page does"


@pytest.mark.parametrize(("page", "edition"), [("make", "that"), ("Carribean", "Caribbean"), ("men", "men old")])
def test_what_another_reading_has_like_the_edition_is_adopted(framed, page: str, edition: str):
    """Edition and another engine against this one, which alone read otherwise."""
    entry = framed(page, edition, edition)
    assert entry.class_ is DifferenceClass.OCR_ERROR
    assert entry.probability == 0.99
    assert isinstance(entry.finding, Correction)


def test_a_reading_with_a_third_word_settles_nothing(framed):
    """It is told of, and the edition is weighed as if it were alone."""
    entry = framed("paper", "list", "grain")
    assert entry.class_ is DifferenceClass.DISPUTED
    assert entry.others == (("0.txt", "grain"),)
    assert entry.probability == framed("paper", "list").probability
