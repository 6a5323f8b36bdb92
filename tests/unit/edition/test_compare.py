"""Two releases of one record: what one hides, told from what a machine lost, moved or made up."""

from __future__ import annotations

import pytest

from corrigenda.edition.compare import Comparison, compare
from corrigenda.edition.standing import Standing
from corrigenda.errors import PairingError

LINES = (
    "The harbour was closed for the whole winter, and the old mission of the consul",
    "went home with all the grain that the office had bought from the farmers in spring.",
    "Nobody told the new clerk of it before the ships were sent to the other coast, and",
    "his letter about the money was never answered by the people who had asked for it.",
    "When the ice broke in April the first steamer brought the answer of the ministry,",
    "which was that the account would be paid as soon as the books were in good order.",
)
RELEASED = "\n".join(LINES)
NAMES = {"Odessa": 90, "Bonn": 90, "Venezuelan": 90, "Harlan": 90, "April": 90}


@pytest.fixture(scope="module")
def compared(make_document, make_words):
    """Compare two made-up releases with a lexicon that knows their words."""
    words = make_words(RELEASED.lower().replace(",", "").replace(".", "") + " station chief in at from met", NAMES)

    def found(first: str, second: str) -> Comparison:
        return compare(make_document(first), make_document(second), words)

    return found


def told(comparison: Comparison, *standings: Standing) -> list[tuple[str, str]]:
    """Which release shows which stretch, of these standings."""
    return [("AB"[f.shown_in], " ".join(f.text.split())) for f in comparison.of(*standings)]


def hidden(name: str, after: str) -> str:
    """A release that shows `name` behind the words `after`."""
    assert after in RELEASED
    return RELEASED.replace(after, f"{after} {name}")


def test_two_equal_releases_have_no_findings(compared):
    """Nothing is shown by only one of them, and every word is in both."""
    same = compared(RELEASED, RELEASED)
    assert same.findings == ()
    assert same.words == (same.shared, same.shared)


@pytest.mark.parametrize("mark", ["", "[redacted]", "b(1)", "ee", "{ |!"])
def test_a_name_that_one_release_hides_is_released(compared, mark: str):
    """Whatever the machine made of the gap, the name between words that agree is found, with its place and context."""
    first = hidden(mark, "old mission") if mark else RELEASED
    second = hidden("Station in Odessa", "old mission")
    comparison = compared(first, second)
    (found,) = comparison.of(Standing.RELEASED)
    assert second[found.span.start : found.span.end] == found.text == "Station in Odessa"
    assert (found.shown_in, found.page) == (1, 1)
    assert (found.before[-11:], found.after[:13]) == ("old mission", "of the consul")
    assert found.place.of(first).strip() == mark
    assert ("the other text has the mark of a redaction there" in found.why) == (mark in {"[redacted]", "b(1)"})


def test_either_release_may_be_the_one_that_hides(compared):
    """A name that the first shows and the second hides is shown in A."""
    assert told(compared(hidden("Harlan", "new clerk"), RELEASED), Standing.RELEASED) == [("A", "Harlan")]


def test_two_readings_of_the_same_words_are_no_release(compared):
    """Misread letters, torn and glued words, other line ends and other quotes hide nothing."""
    second = RELEASED.replace("harbour", "harhour").replace("old mission", "oldmission").replace("farmers", "far mers")
    second = second.replace("\n", "\n\n").replace("answered by", "answored\nhy")
    assert told(compared(RELEASED, second), Standing.RELEASED, Standing.POSSIBLE) == []


def test_a_name_of_which_the_other_has_the_rest_is_misread(compared):
    """`Ven` is what a machine has left of the word, not what stands beside a black bar."""
    comparison = compared(hidden("Ven", "old mission"), hidden("Venezuelan", "old mission"))
    assert ("B", "Venezuelan") in told(comparison, Standing.MISREAD)
    assert told(comparison, Standing.RELEASED, Standing.POSSIBLE) == []


def test_what_a_machine_made_of_a_stamp_is_misread(compared):
    """Letters that are no words are nobody's text."""
    comparison = compared(RELEASED, hidden("xZrq wvvk rnlht", "old mission"))
    assert told(comparison, Standing.MISREAD) == [("B", "xZrq wvvk rnlht")]


def test_a_line_read_elsewhere_is_moved(compared):
    """Columns and margins are read in another order by every machine."""
    second = "\n".join((*LINES[:2], *LINES[3:5], LINES[2], LINES[5]))
    comparison = compared(RELEASED, second)
    assert told(comparison, Standing.RELEASED, Standing.POSSIBLE) == []
    assert {one.standing for one in comparison.findings} <= {Standing.MOVED, Standing.MISREAD}
    assert comparison.of(Standing.MOVED)


def test_a_whole_line_is_only_possibly_hidden(compared):
    """A machine loses lines, so a missing one is told apart from a gap inside a line."""
    comparison = compared("\n".join((*LINES[:2], *LINES[3:])), RELEASED)
    ((side, text),) = told(comparison, Standing.POSSIBLE)
    assert (side, text) == ("B", LINES[2])
    assert "it holds a whole line" in comparison.of(Standing.POSSIBLE)[0].why[-1]


def test_a_line_of_names_is_released(compared):
    """A list of names is what is hidden, even where it fills a line."""
    second = "\n".join((*LINES[:2], "Harlan, Odessa, Bonn", *LINES[2:]))
    assert told(compared(RELEASED, second), Standing.RELEASED) == [("B", "Harlan, Odessa, Bonn")]


def test_words_without_a_name_are_only_possibly_hidden(compared):
    """What a machine loses has seldom a name in it; what is hidden nearly always has."""
    comparison = compared(RELEASED, hidden("chief station", "old mission"))
    assert told(comparison, Standing.POSSIBLE) == [("B", "chief station")]


def test_where_a_machine_loses_words_a_single_name_is_not_believed(compared):
    """The name may have been lost like the words, so it is possible only, and the reason says so."""
    second = hidden("chief station", "old mission").replace("new clerk", "new clerk and Harlan")
    comparison = compared(RELEASED, second)
    assert told(comparison, Standing.POSSIBLE) == [("B", "chief station"), ("B", "and Harlan")]
    assert comparison.findings[1].why[-1] == (
        "but the machine that read the other text has perhaps lost it: one place where nothing is named is missing "
        "there too"
    )


def test_one_or_two_lost_places_do_not_tell_against_known_names(compared):
    """Nothing but names of the lexicon in a gap is what is hidden; where three places are lost, it is doubted too."""
    second = hidden("chief station", "old mission").replace("new clerk", "new clerk Harlan")
    assert told(compared(RELEASED, second), Standing.RELEASED) == [("B", "Harlan")]
    more = second.replace("answer of", "answer from the station of")
    assert told(compared(RELEASED, more), Standing.RELEASED) == [("B", "Harlan")]
    most = more.replace("account would", "account from office would")
    comparison = compared(RELEASED, most)
    assert told(comparison, Standing.RELEASED) == []
    (doubted,) = [one for one in comparison.of(Standing.POSSIBLE) if one.text == "Harlan"]
    assert doubted.why[-1].endswith("3 places where nothing is named are missing there too")


def test_a_capital_that_a_sentence_set_is_no_name(compared):
    """A word that is written small as well is none, whatever it begins with."""
    assert told(compared(RELEASED, hidden("The Chief", "old mission")), Standing.RELEASED) == []


def test_among_capitals_only_a_known_name_is_one(compared):
    """In a telegram every word is in capitals, and an unknown one may be a misreading."""
    first, shouted = RELEASED.upper(), hidden("Harlan", "new clerk").upper()
    assert told(compared(first, shouted), Standing.RELEASED) == [("B", "HARLAN")]
    unknown = hidden("Qarlam", "new clerk").upper()
    assert told(compared(first, unknown), Standing.RELEASED) == []


def test_nothing_is_said_where_the_words_around_were_read_otherwise(compared):
    """Beside words that do not agree nobody can tell a gap from a misreading."""
    first = RELEASED.replace("the old mission of the consul", "tne o1cl rnissicn cf tbe ccnsu1")
    assert told(compared(first, hidden("Harlan", "old mission")), Standing.RELEASED) == []


def test_a_cover_sheet_and_a_cut_end_are_extent(compared):
    """What only one has before the first or after the last words of both is no release."""
    sheet = "Chief of the Odessa station met Harlan\nin Bonn at the office.\n"
    comparison = compared("\n".join(LINES[:5]), sheet + RELEASED)
    assert {found.standing for found in comparison.findings} == {Standing.EXTENT}
    assert told(comparison, Standing.EXTENT)[-1] == ("B", LINES[5])


def test_a_page_that_one_release_lacks_is_extent(compared):
    """A page may be withheld or have been left out by whoever scanned it; only its absence is certain."""
    page = "The chief of the station in Odessa met Harlan at the office in Bonn.\n"
    first = "\n".join(LINES[:3]) + "\n\f" + "\n".join(LINES[3:])
    second = "\n".join(LINES[:3]) + "\n\f" + page + "\f" + "\n".join(LINES[3:])
    comparison = compared(first, second)
    (found,) = comparison.of(Standing.EXTENT)
    assert found.why == ("page 2 stands in this text alone",)
    assert found.page == 2


def test_stamps_and_markings_are_not_compared(compared):
    """The stamp of a later release and a marking that one machine read are no text of the record."""
    second = f"SECRET\n{LINES[0]}\n{LINES[1]}\nRETURN TO CIA\nBackground Use Only\nDo Not Reproduce\n" + "\n".join(
        LINES[2:]
    )
    assert compared(RELEASED, second).findings == ()


def test_the_order_of_the_releases_changes_nothing_but_the_side(compared):
    """What is released is the same from either side."""
    first, second = hidden("Harlan", "new clerk"), hidden("Odessa", "old mission")
    there, back = compared(first, second), compared(second, first)
    assert told(there, Standing.RELEASED) == [("A", "Harlan"), ("B", "Odessa")]
    assert told(back, Standing.RELEASED) == [("A", "Odessa"), ("B", "Harlan")]


def test_another_record_is_refused(compared):
    """Two texts that share no more than any two have nothing to compare."""
    other = "Forty barrels of salted fish lay on a quay where seven customs men counted them twice daily."
    with pytest.raises(PairingError, match="does not look like another release"):
        compared(RELEASED, other)
