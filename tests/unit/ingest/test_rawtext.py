"""Raw text in: the document, the transcription that follows it, and nothing lost between them."""

import hashlib
from pathlib import Path

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import encode
from corrigenda.ingest.rawtext import read, read_transcript

SEED = Path(__file__).parents[3] / "seeds" / "002_d2941e0c2a04d3b9.txt"
OCR = "Tbe harbour was closed.\r\n\r\n"
TRUTH = "The harbour was closed.\r\n"


@pytest.mark.parametrize(
    "marker",
    [
        "TRANSCRIBED PAGES FOLLOW",
        "transcribed pages follow:",
        "  **Transcribed Pages Follow**  ",
        "__TRANSCRIBED PAGES FOLLOW__.",
    ],
)
def test_the_marker_line_parts_document_and_transcription(marker):
    """The document ends where the marker line starts; the rest is set aside as it is."""
    intake = read(f"{OCR}{marker}\r\n{TRUTH}".encode(), path="a.txt", document_id="a")
    assert intake.document.text == OCR
    assert intake.aside == f"{marker}\r\n{TRUTH}"
    assert intake.transcript is not None
    assert intake.transcript.text == TRUTH
    assert [part.span.of(TRUTH) for part in intake.transcript.segments] == [TRUTH.strip()]


def test_the_marker_inside_a_sentence_parts_nothing():
    """Only a line of its own is the marker."""
    text = "The clerk wrote that transcribed pages follow in a box."
    intake = read(text.encode(), path="a.txt", document_id="a")
    assert (intake.document.text, intake.transcript, intake.aside) == (text, None, "")


def test_a_marker_with_nothing_after_it_gives_no_transcription():
    """An empty truth must not be scored against."""
    intake = read(f"{OCR}TRANSCRIBED PAGES FOLLOW\n\n".encode(), path="a.txt", document_id="a")
    assert intake.transcript is None
    assert intake.document.text + intake.aside == f"{OCR}TRANSCRIBED PAGES FOLLOW\n\n"


def test_document_and_aside_of_the_seed_are_the_file():
    """Byte for byte, with the hash of the whole file."""
    data = SEED.read_bytes()
    intake = read(data, path=str(SEED), document_id="seed")
    source = intake.document.source
    assert encode(intake.document.text + intake.aside, encoding="utf-8", bom=source.bom) == data
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert intake.transcript is not None
    assert intake.transcript.text.startswith("Dear John:")


def test_what_follows_the_marker_does_not_change_the_document():
    """Pages, words and segments of the document are those of its own text."""
    one = read(f"{OCR}TRANSCRIBED PAGES FOLLOW\n{TRUTH}".encode(), path="a.txt", document_id="a").document
    two = read(
        f"{OCR}TRANSCRIBED PAGES FOLLOW\nSECRET\n\n- 2 -\n\nElse".encode(), path="a.txt", document_id="a"
    ).document
    assert (one.text, one.pages, one.words, one.segments) == (two.text, two.pages, two.words, two.segments)


def test_every_word_has_its_place():
    """The words are all tokens between white space, with offsets into the text."""
    document = read(b"Tbe  harbour,\r\nwas.", path="a.txt", document_id="a").document
    assert [word.text for word in document.words] == ["Tbe", "harbour,", "was."]
    assert all(word.span.of(document.text) == word.text for word in document.words)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\n\nTRANSCRIBED PAGES FOLLOW\n\nThe harbour.", "only a transcription"),
        ("TRANSCRIBED PAGES FOLLOW", "only a transcription"),
        ("SECRET\n\nDECLASSIFIED\n\nb(1)\n\n- 2 -\n\n~~ |", "no body"),
    ],
)
def test_a_file_with_nothing_to_correct_is_refused(text, what):
    """The error names the file and a remedy."""
    with pytest.raises(BadInputError, match=what) as caught:
        read(text.encode(), path="box/a.txt", document_id="a")
    assert caught.value.where.startswith("box/a.txt")
    assert caught.value.remedy


def test_a_truth_file_of_its_own_is_read_whole():
    """A sidecar needs no marker."""
    transcript = read_transcript(TRUTH.encode(), path="a.gt.txt", document_id="a")
    assert (transcript.document_id, transcript.text) == ("a", TRUTH)


def test_a_truth_file_with_the_marker_is_read_from_there():
    """A seed-like file may serve as truth: its OCR is not truth."""
    transcript = read_transcript(f"{OCR}TRANSCRIBED PAGES FOLLOW\n{TRUTH}".encode(), path="t.txt", document_id="a")
    assert transcript.text == TRUTH


def test_a_truth_file_that_ends_at_the_marker_is_refused():
    """There is nothing to score against."""
    with pytest.raises(BadInputError, match="no transcription"):
        read_transcript(f"{OCR}TRANSCRIBED PAGES FOLLOW\n".encode(), path="t.txt", document_id="a")
