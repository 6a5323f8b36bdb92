"""A page beside its edition: each difference where it stands, and nothing across what was cut."""

from __future__ import annotations

import pytest

from corrigenda.edition.collate import Collation, collate
from corrigenda.errors import PairingError

PRINTED = "The harbour was closed for the winter, and the mission of the consul went home with grain."


@pytest.fixture(scope="session")
def collated(make_document, make_edition):
    """Collate a made-up page with the paragraphs of a made-up edition."""

    def collate_texts(page: str, *paragraphs: str) -> tuple[Collation, list[tuple[str, str]]]:
        document = make_document(page)
        found = collate(document, make_edition(*(paragraphs or (PRINTED,))))
        return found, [(d.span.of(document.text), d.edition) for d in found.differences]

    return collate_texts


def test_a_page_like_its_edition_has_no_difference(collated):
    """Typographic quotes and other line breaks are none; every word is agreed on."""
    page = PRINTED.replace(", and", ",\nand")
    found, differences = collated(page)
    assert differences == []
    assert [r.span.of(page) for r in found.agreed] == page.split()
    assert found.citation == "FRUS 1951 vol. IX, document 7"


def test_a_difference_covers_the_words_without_their_punctuation(collated):
    """The page's own comma stays outside the span, and the edition's outside its reading."""
    found, differences = collated(PRINTED.replace("winter,", "(wimter),"))
    assert differences == [("wimter", "winter")]
    (difference,) = found.differences
    assert (difference.page, difference.words, difference.paragraph) == ("wimter", (1, 1), 1)
    assert (difference.firm, difference.agreement) == (True, 1.0)


def test_neighbouring_differences_of_the_same_number_of_words_are_told_apart(collated):
    """Two misread words in a row are two differences, each with its own reading."""
    _, differences = collated(PRINTED.replace("consul went", "cansul wemt"))
    assert differences == [("cansul", "consul"), ("wemt", "went")]


def test_a_difference_in_number_is_one(collated):
    """Where a space was lost it cannot be said which word stands for which."""
    found, differences = collated(PRINTED.replace("the consul went", "theconsulwent"))
    assert differences == [("theconsulwent", "the consul went")]
    assert found.differences[0].words == (1, 3)


def test_what_the_page_lacks_has_its_place_before_the_next_word(collated):
    """An empty span at the start of the following word says where the words would go."""
    page = PRINTED.replace("of the consul ", "")
    found, differences = collated(page)
    assert differences == [("", "of the consul")]
    assert page[found.differences[0].span.start :].startswith("went home")


def test_what_the_edition_lacks_is_a_difference_without_reading(collated):
    """Words that only the page has are listed, with nothing against them."""
    _, differences = collated(PRINTED.replace("went", "surely went"))
    assert differences == [("surely", "")]


@pytest.mark.parametrize("mark", ["b(1)", "[redacted]", "(b)(1)", "1.3(a)(5)"])
def test_nothing_is_said_of_words_that_a_redaction_covers(collated, mark: str):
    """What the edition prints under the page's redaction is no difference, and nothing beside it is firm."""
    found, differences = collated(PRINTED.replace("for the winter, and", f"{mark} amd"))
    assert all(mark not in page for page, _ in differences)
    assert not any(d.firm for d in found.differences)
    assert not any("winter" in edition for _, edition in differences)


def test_a_redaction_beside_a_difference_makes_it_infirm(collated):
    """The word before the redaction has no neighbour on that side that agrees."""
    found, _ = collated(PRINTED.replace("the consul went", "the cansul b(1)"))
    assert not any(d.firm for d in found.differences)


@pytest.mark.parametrize("bracket", ["[2 lines not declassified]", "[the ships]", "[sic]"])
def test_what_the_editors_put_in_brackets_is_no_reading(collated, bracket: str):
    """A cut, an addition or a remark of the editors is never a difference, and is a barrier."""
    found, differences = collated(PRINTED, PRINTED.replace("the mission", f"the {bracket} mission"))
    assert differences == []
    assert all("[" not in r.text for r in found.readings)


def test_a_word_broken_at_a_lines_end_is_one_word(collated):
    """The edition prints it whole, so its halves are no difference; misread, the difference covers both."""
    _, same = collated(PRINTED.replace("mission", "mis-\nsion"))
    assert same == []
    _, misread = collated(PRINTED.replace("mission", "mis-\nsiom"))
    assert misread == [("mis-\nsiom", "mission")]


def test_a_word_broken_at_the_end_of_a_dos_line_is_one_word(collated):
    """Files with CRLF are collated like any other."""
    _, same = collated(PRINTED.replace("mission", "mis-\r\nsion"))
    assert same == []


def test_marks_that_interrupt_a_sentence_are_passed_over(collated):
    """A page break with markings inside a sentence is not in the edition, and its neighbours still agree."""
    page = PRINTED.replace("mission of", "mission\n\nSECRET\n\nSECRET\n\n- 2 -\n\nof")
    found, differences = collated(page)
    assert differences == []
    assert all("SECRET" not in r.span.of(page) for r in found.readings)


def test_words_lost_at_a_page_break_are_not_firm(collated):
    """It cannot be said on which side of the marks they belong."""
    page = PRINTED.replace("mission of the consul", "mission\n\nSECRET\n\n- 2 -\n\nconsul")
    found, differences = collated(page)
    assert differences == [("", "of the")]
    assert not found.differences[0].firm


def test_words_lost_at_a_paragraphs_end_are_not_firm(collated):
    """Neighbours in two paragraphs leave two places for the words between them."""
    found, differences = collated(
        "The harbour was closed for winter.\n\nThe mission of the consul went home.",
        "The harbour was closed for winter at last.",
        "The mission of the consul went home.",
    )
    assert differences == [("", "at last")]
    assert not found.differences[0].firm


def test_agreement_is_the_share_of_eight_neighbours(collated):
    """What is misread counts by the letters that it has in common; both ends of a text lack some."""
    found, _ = collated(PRINTED.replace("mission", "missiom").replace("and", "amd").replace("home", "hcme"))
    by_word = {d.edition: d for d in found.differences}
    assert by_word["mission"].agreement == pytest.approx((7 + 2 / 3) / 8)
    assert by_word["and"].agreement == pytest.approx((7 + 6 / 7) / 8)
    assert by_word["home"].agreement == pytest.approx(6 / 8)
    assert all(d.firm for d in found.differences)


def test_the_first_and_the_last_word_are_firm_with_one_neighbour(collated):
    """Where both texts begin or end with the difference nothing can be missing beside it."""
    for page in (PRINTED.replace("The", "Tbe"), PRINTED.replace("grain", "grxin")):
        (difference,) = collated(page)[0].differences
        assert (difference.agreement, difference.firm) == (0.5, True)


@pytest.mark.parametrize("printed", [("Dear Sirs:", PRINTED), (f"It is said. {PRINTED}",)])
def test_what_the_edition_has_before_the_page_is_no_difference(collated, printed: tuple[str, ...]):
    """A greeting or a sentence that the page lacks does not come onto it with the misread first word."""
    _, differences = collated(PRINTED.replace("The", "Tbe"), *printed)
    assert differences == [("Tbe", "The")]


@pytest.mark.parametrize("printed", [("Dear Sirs:", PRINTED), (f"It is said. {PRINTED}",)])
def test_an_unlike_first_word_is_barred_where_the_edition_has_more(collated, printed: tuple[str, ...]):
    """It cannot be told which of the edition's words it stands for."""
    (difference,) = collated(PRINTED.replace("The", "Xyz"), *printed)[0].differences
    assert difference.barred
    assert not difference.firm


def test_the_paragraph_of_the_edition_is_counted_from_one(collated):
    """The citation names it."""
    found, _ = collated("The ships came.\n\n" + PRINTED.replace("grain", "grxin"), "The ships came.", PRINTED)
    assert [d.paragraph for d in found.differences] == [2]


def test_readings_hold_what_the_edition_has_everywhere(collated):
    """Equal words and differences alike, so that a disputed truth can be looked up."""
    page = PRINTED.replace("grain", "grxin")
    found, _ = collated(page)
    at = {r.span.of(page): r.text for r in found.readings}
    assert (at["harbour"], at["grxin"]) == ("harbour", "grain")
    assert {r.siglum for r in found.readings} == {"edition"}


def test_stamps_signatures_and_drafting_lines_are_not_collated(collated):
    """They are the page's own."""
    page = f"DECLASSIFIED\n\nDear Sir:\n\n{PRINTED}\n\nSincerely yours,\n\nJohn Smythe\n\nAB:CD:EF"
    found, differences = collated(page, "Dear Sir:", PRINTED, "Sincerely yours,")
    assert differences == []
    assert not {"DECLASSIFIED", "John", "AB:CD:EF"} & {r.span.of(page) for r in found.readings}


def test_the_full_stop_of_an_abbreviation_belongs_to_the_reading(collated):
    """U.S. is not U.S; at a word's end any other stop is the sentence's."""
    _, differences = collated(
        PRINTED.replace("the consul", "the U5 consul"), PRINTED.replace("the consul", "the U.S. consul")
    )
    assert differences == [("U5", "U.S.")]


@pytest.mark.parametrize(
    "page",
    ["Every apple falls from some tree before autumn comes around again.", "It is as it was, so be it and go."],
)
def test_an_unrelated_text_is_refused(collated, page: str):
    """Short words agree by chance; a witness of another page is an error that says what to do."""
    with pytest.raises(PairingError, match="does not look like a copy of FRUS 1951") as caught:
        collated(page)
    assert caught.value.exit_code == 3
    assert "very document" in caught.value.remedy


def test_a_page_of_marks_beside_its_edition_is_refused(collated):
    """Where no word can be compared nothing speaks for the pairing."""
    with pytest.raises(PairingError, match="0 of 0"):
        collated("Dear Sir:\n\nb(1)", "It is so.")
