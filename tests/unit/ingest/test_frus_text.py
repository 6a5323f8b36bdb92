"""Reading clean editions: the seed, made-up volumes, and one real volume where it is at hand."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import WINDOW, read_edition

REPOSITORY = Path(__file__).resolve().parents[3]
SEED = REPOSITORY / "seeds" / "000_d80e272d72bc0c77.txt"
VOLUME = REPOSITORY.parent / "shared/data/frus/frus1961-63v05.documents-1-234.txt.xz"

MADE_UP_VOLUME = """

7. Paper on GrainSource


Rome, May 3, 1955.

1. The first paragraph of a paper has a number.

8. So has this one, which even continues the sequence of documents.

The paper ends.2 Nothing follows.



* * *



* Source: Made up. Secret.

2 A note which quotes:

“a paragraph of its own.”





8. Telegram on Barley


Barley is scarce.





12. An enclosure, set apart like a document

It is no document.
"""


def body(text: str) -> str:
    """The paragraph that is read from `text` as the body of a document."""
    return read_edition(f"1. Title\n{text}", name="made-up").documents[0].paragraphs[0]


def test_seed_is_one_document_with_its_number_title_and_source_note():
    """The seed's shape: heading on the first line, notes at the end; the glued footnote digit is off the title."""
    (document,) = read_edition(SEED.read_text(encoding="utf-8"), name=SEED.stem).documents
    assert (document.number, document.title) == ("539", "Letter from Rusk to McCloy, November 17")
    assert document.citation == "FRUS, document 539, Letter from Rusk to McCloy, November 17"
    assert len(document.paragraphs) == 10
    assert document.paragraphs[-1] == "Sincerely,"
    assert document.source_note is not None
    assert document.source_note.startswith("Guidance for McCloy’s meeting")
    assert document.source_note.endswith("11–1762.")


def test_seed_has_no_page_marks_left():
    """Page marks are taken out without leaving or losing a space."""
    (document,) = read_edition(SEED.read_text(encoding="utf-8"), name=SEED.stem).documents
    text = "\n".join(document.paragraphs)
    assert "Page" not in text
    assert "\n4. If Kuznetsov" in text
    assert "in order to get Mikoyan" in text


def test_numbered_paragraphs_and_enclosures_are_no_documents():
    """A heading must stand alone and continue the sequence; either alone is not enough."""
    documents = read_edition(MADE_UP_VOLUME, name="made-up").documents
    assert [document.number for document in documents] == ["7", "8"]
    assert documents[1].paragraphs == (
        "Barley is scarce.",
        "12. An enclosure, set apart like a document",
        "It is no document.",
    )


def test_notes_of_a_volume_are_set_apart_with_their_continuations():
    """What follows the rule is the source note and the footnotes, and a quotation in a note stays with it."""
    first = read_edition(MADE_UP_VOLUME, name="made-up").documents[0]
    assert first.title == "Paper on Grain"
    assert first.paragraphs[-1] == "The paper ends. Nothing follows."
    assert first.source_note == "Source: Made up. Secret."
    assert first.footnotes == ("A note which quotes: “a paragraph of its own.”",)


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("Letter of November 171 to Bonn", "Letter of November 17 to Bonn"),
        ("Note of April 41, 1956", "Note of April 4, 1956"),
        ("signed on October 3, 19611 in Rome", "signed on October 3, 1961 in Rome"),
        ("proposed in 19557 was", "proposed in 1955 was"),
        ("his speech3 there", "his speech there"),
        ("the CPSU1 was", "the CPSU was"),
        ("a note.1 In reply", "a note. In reply"),
        ("(Telegram 1706).1 When", "(Telegram 1706). When"),
        ("and ended in 1954.8 That is", "and ended in 1954. That is"),
        ("he “agreed.”2", "he “agreed.”"),
    ],
)
def test_glued_footnote_digits_come_off(printed: str, clean: str):
    """A digit goes where the number would be impossible, or where a word or a sentence has just ended."""
    assert body(printed) == clean


@pytest.mark.parametrize(
    "text",
    [
        "In November 1962 and on May 31",
        "the year 1962, and 19557 tons",
        "IL–28’s, the U-2, a TU104 and SA-2 sites",
        "a rise of 1.5 percent at 7:30 and again at 3.2 Mr. Hart",
        "See No.5 and p.12 below",
        "Embtel 1958 of May 3, files 611.61/5–1861",
        "[1 line of source text not declassified]",
    ],
)
def test_real_numbers_and_redactions_stay(text: str):
    """Dates, years, designators, references, figures and the editors' own brackets are text."""
    assert body(text) == text


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("xxx [Typeset Page 1452] get", "xxx get"),
        ("[Facsimile Page 2]4. If", "4. If"),
        ("quali[Page 3]fied", "qualified"),
    ],
)
def test_page_marks_leave_the_words_as_they_were(printed: str, clean: str):
    """A mark between words leaves one space, a mark inside a word or at its front none."""
    assert body(printed) == clean


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("frus1961-63v05.documents-1-234", "FRUS 1961-63 vol. V"),
        ("frus1958-60v10p1", "FRUS 1958-60 vol. X, part 1"),
        ("frus1949v03", "FRUS 1949 vol. III"),
        ("000_abc", "FRUS"),
    ],
)
def test_citation_names_the_volume_where_the_file_does(name: str, work: str):
    """A file named after a volume is cited as that volume; any other name says nothing and is left out."""
    assert read_edition("12. Title\nText.", name=name).documents[0].citation == f"{work}, document 12, Title"


def test_running_text_becomes_stretches_that_lose_no_word():
    """A volume without headings is cut into windows, each word once and in order."""
    words = [f"w{i}x" for i in range(2 * WINDOW + 7)]
    documents = read_edition(" ".join(words), name="frus1946v06").documents
    assert [len(document.paragraphs[0].split()) for document in documents] == [WINDOW, WINDOW, 7]
    assert [word for document in documents for word in document.paragraphs[0].split()] == words
    assert {(document.number, document.title) for document in documents} == {(None, "")}


def test_a_letter_without_heading_keeps_its_paragraphs():
    """Short text without a heading is one document whose paragraphs stand."""
    (document,) = read_edition("Dear Ann,\n\nAll is well.\n", name="letter").documents
    assert document.paragraphs == ("Dear Ann,", "All is well.")


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_text_without_a_document_is_refused(text: str):
    """Nothing to read is an error that names the file and the remedy, never an empty edition."""
    with pytest.raises(BadInputError, match="made-up: holds no document"):
        read_edition(text, name="made-up")


@pytest.mark.skipif(not VOLUME.is_file(), reason="the shared FRUS volumes are not beside this checkout")
def test_real_volume_has_its_234_documents():
    """All documents of a real volume are found, in order, and no title has kept its glued 'Source'."""
    with lzma.open(VOLUME, "rt", encoding="utf-8") as file:
        documents = read_edition(file.read(), name=VOLUME.name.split(".txt")[0]).documents
    assert [document.number for document in documents] == [str(n) for n in range(1, 235)]
    assert not [document.title for document in documents if document.title.endswith("Source")]
    assert sum(document.source_note is not None for document in documents) == 143
