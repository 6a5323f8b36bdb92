"""What the edition prints under a redaction: shown where both sides of it are sure, and else nothing."""

from __future__ import annotations

import time

import pytest

from corrigenda.edition.collate import collate
from corrigenda.edition.redaction import Redaction, redactions

PRINTED = (
    "The harbour was closed for the whole winter, and the old mission of the consul in Odessa went home with grain. "
    "Nobody told the office of it."
)


@pytest.fixture(scope="session")
def hidden(make_document, make_edition):
    """The redactions of a made-up page beside a made-up edition."""

    def found(page: str, *paragraphs: str) -> tuple[Redaction, ...]:
        document = make_document(page)
        return redactions(document, collate(document, make_edition(*(paragraphs or (PRINTED,)))))

    return found


@pytest.mark.parametrize("mark", ["b(1)", "[redacted]", "25X1", "████"])
def test_the_words_under_a_mark_are_shown_with_their_citation(hidden, mark: str):
    """Release, edition, the words around and the paragraph stand together, and the mark alone may be filled."""
    page = PRINTED.replace("the consul in Odessa", mark)
    (one,) = hidden(page)
    assert one.span.of(page) == one.release == mark
    assert (one.edition, one.why, one.agreement) == ("the consul in Odessa", None, 1.0)
    assert (one.before.split()[-2:], one.after.split()[:2]) == (["mission", "of"], ["went", "home"])
    assert one.citation == "FRUS 1951 vol. IX, document 7, paragraph 1"
    assert one.is_fillable
    assert not one.in_edition


def test_a_page_without_redactions_has_none(hidden):
    """Differences of reading are none, and neither is what somebody could not read."""
    assert hidden(PRINTED.replace("consul", "cansul")) == ()
    assert hidden(PRINTED.replace("consul", "[illegible]")) == ()


def test_two_marks_between_words_that_agree_are_shown_as_one(hidden):
    """Nobody can tell which mark hid what, so the words between stay and nothing may be filled."""
    page = PRINTED.replace("the consul in Odessa went home", "b(1) xqv zkk b(3)")
    (one,) = hidden(page)
    assert one.release == "b(1) xqv zkk b(3)"
    assert one.edition == "the consul in Odessa went home"
    assert not one.is_fillable


def test_marks_with_nothing_between_are_one_redaction(hidden):
    """Two codes beside one another hide one stretch, which may be filled as a whole."""
    (one,) = hidden(PRINTED.replace("the consul in Odessa", "[redacted] b(1)"))
    assert (one.release, one.edition) == ("[redacted] b(1)", "the consul in Odessa")
    assert one.is_fillable


@pytest.mark.parametrize(
    ("misread", "side"), [(("mission of", "rnissiom 0f"), "before"), (("went home", "vvemt hcme"), "after")]
)
def test_nothing_is_shown_where_the_words_beside_the_mark_do_not_agree(hidden, misread: tuple[str, str], side: str):
    """A word beside the mark that the edition does not have may be part of what it hides."""
    (one,) = hidden(PRINTED.replace("the consul in Odessa", "b(1)").replace(*misread))
    assert (one.edition, one.is_fillable) == (None, False)
    assert one.why == f"the words {side} it do not agree with the edition's"


def test_a_mark_at_the_end_of_the_page_has_one_side_only(hidden):
    """Where the page ends nobody knows how far the hidden words go."""
    (one,) = hidden(PRINTED.replace("told the office of it.", "[redacted]"))
    assert one.edition is None


def test_a_mark_that_hides_nothing_of_the_edition_says_so(hidden):
    """The editors may have left out what the release hides, as they do with names in an address."""
    (one,) = hidden(PRINTED.replace("went home", "went [redacted] home"))
    assert (one.edition, one.why) == (None, "the edition prints nothing there")


def test_what_both_hide_is_never_filled(hidden):
    """The edition's own gap is shown beside the mark, but no word is set in its place."""
    printed = PRINTED.replace("the consul in Odessa", "[name not declassified] in Odessa")
    (one,) = hidden(PRINTED.replace("the consul in Odessa", "b(1)"), printed)
    assert one.edition == "[name not declassified] in Odessa"
    assert not one.is_fillable


def test_what_the_edition_hides_and_the_release_shows_is_told_too(hidden):
    """The gap is the edition's, and there is nothing to fill on the page; an editor's `[sic]` hides nothing."""
    (one,) = hidden(PRINTED, PRINTED.replace("the consul in Odessa", "[text not declassified]"))
    assert one.in_edition
    assert (one.release, one.edition) == ("the consul in Odessa", "[text not declassified]")
    assert not one.is_fillable
    assert hidden(PRINTED, PRINTED.replace("old mission", "old [sic] mission")) == ()


def test_the_address_between_two_pages_does_not_part_the_mark_from_its_text(hidden):
    """A letter's address stands at the foot of its first page, and the sentence goes on behind it."""
    page = PRINTED.replace(
        "consul in Odessa",
        "\n\nb(1)\n\nThe Honorable\nJohn Smith,\nUnited States Mission,\nNew York, New York.\n\n- 2 -\n\n",
    )
    (one,) = hidden(page)
    assert one.edition == "consul in Odessa"


@pytest.mark.parametrize("far", [("and the", "old"), ("with", "grain")])
def test_three_of_the_four_nearest_words_must_agree(hidden, far: tuple[str, str]):
    """Where only the two nearest do they may by chance, and nothing is shown."""
    page = PRINTED.replace("the consul in Odessa", "b(1)")
    page = page.replace(far[1], "qxzv")
    (one,) = hidden(page)
    assert one.edition == "the consul in Odessa"
    (other,) = hidden(page.replace(far[0], "kkjw"))
    assert other.edition is None


def test_many_marks_take_no_longer_each_than_few(hidden):
    """A long record with a mark in every line is done in a second, not in a minute."""
    letters = "abcdefghijklmnopqrst"
    words = ["".join(letters[n // 20**k % 20] for k in (0, 3, 1, 2)) + "ing" for n in range(40_000)]
    page = [word if n % 20 != 7 else "b(1)" for n, word in enumerate(words)]
    start = time.process_time()
    found = hidden(" ".join(page), " ".join(words))
    assert sum(one.edition is not None for one in found) > 1900
    assert time.process_time() - start < 8
