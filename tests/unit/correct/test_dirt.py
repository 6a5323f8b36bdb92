"""Dirt that was read as letters is taken out where the edition, and whoever else has read the page, has nothing."""

from __future__ import annotations

import pytest

from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.readings import OtherText
from corrigenda.correct.witness import apparatus
from corrigenda.edition.collate import collate
from corrigenda.values import Correction, CorrectionKind

PLAIN = (
    "the harbour was closed for winter and letter of men sent to mission by ships that it in no will be from first new "
    "old grain again"
)
PAGE = "The harbour was closed for the winter%s and the letter of men was sent to the mission by ships."


@pytest.fixture(scope="session")
def beside(make_document, make_edition, make_engine):
    """What becomes of something that the page has behind *winter*, and of the page's text."""
    engine = make_engine(PLAIN)

    def told(dirt: str, *readings: str, max_harm: float = 0.1) -> tuple[Entry, str]:
        document = make_document(PAGE % dirt)
        others = [OtherText(siglum=f"{at}.txt", text=PAGE % text) for at, text in enumerate(readings)]
        collation = collate(document, make_edition(PAGE % ""))
        (entry,) = apparatus(document, collation, engine, max_harm=max_harm, readings=others)
        found, text = entry.finding, document.text
        if isinstance(found, Correction):
            text = text[: found.span.start] + found.after + text[found.span.end :]
        return entry, text

    return told


@pytest.mark.parametrize(
    ("dirt", "left"),
    [
        ("\ni", "\n"),
        (" j\n", "\n "),
        ("\nj\n", "\n "),
        ("\n  ve", "\n  "),
        ("\r\nilq", "\r\n"),
        (" h\r\n", "\r\n "),
    ],
)
def test_a_few_letters_at_a_lines_end_go(beside, dirt: str, left: str):
    """With the blanks beside them; the line break stays, but for that of a line that has nothing else."""
    entry, text = beside(dirt)
    assert (entry.class_, entry.finding.kind) == (DifferenceClass.OCR_ERROR, CorrectionKind.DELETION)
    assert text == PAGE.replace("%s and", f"{left}and")
    assert entry.finding.evidence[0].citation == entry.citation


@pytest.mark.parametrize(
    "dirt",
    [
        " j",
        "\n7",
        "\nJH",
        "\nJ",
        "\nKy",
        "\n(b)",
        "\nb.",
        "\n1)",
        "\na",
        "\nI",
        "\nno",
        "\nold",
        "\ngnu",
        "\nqwrtz",
        "\nj q",
    ],
    ids=[
        "inside a line",
        "figure",
        "initials",
        "capital",
        "name",
        "label",
        "stop",
        "number",
        "article",
        "I",
        "word",
        "known",
        "general",
        "long",
        "two",
    ],
)
def test_what_may_be_something_stays(beside, dirt: str):
    """The edition alone does not say that it is dirt."""
    entry, text = beside(dirt)
    assert not isinstance(entry.finding, Correction)
    assert text == PAGE % dirt


@pytest.mark.parametrize("dirt", [" j", "\nJ", "\nqwrtz", "\nj q", "\nVe"])
def test_two_witnesses_that_have_nothing_take_it_out(beside, dirt: str):
    """Edition and another reading."""
    entry, text = beside(dirt, "")
    assert entry.finding.kind is CorrectionKind.DELETION
    assert text.split() == (PAGE % "").split()
    assert [e.rule for e in entry.finding.evidence] == ["edition", "reading"]


@pytest.mark.parametrize("dirt", [" old", "\nno", "\na", "\nI", "\n7", "\nJH", "\nJ.", "\n(b)", "\ngnu"])
def test_words_stay_though_nobody_else_has_them(beside, dirt: str):
    """An editor leaves out words and labels, and another engine loses them."""
    entry, text = beside(dirt, "")
    assert (entry.class_, entry.finding, text) == (DifferenceClass.OMISSION, None, PAGE % dirt)


def test_what_another_reading_has_as_well_stays(beside):
    """It is on the page."""
    entry, text = beside("\nj", "\nj")
    assert (entry.class_, entry.finding, text) == (DifferenceClass.DISPUTED, None, PAGE % "\nj")


def test_a_smaller_limit_of_harm_leaves_it(beside):
    """What is taken out is as likely as what is put in must be."""
    assert isinstance(beside("\nj", max_harm=0.1)[0].finding, Correction)
    assert beside("\nj", max_harm=0.0)[0].finding is None
