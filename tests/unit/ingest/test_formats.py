"""Formats are told apart by what a file holds."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.errors import BadInputError
from corrigenda.ingest.formats import read, read_transcript
from corrigenda.values import SegmentKind

BODY = "The harbour was closed."
ALTO = (
    "<alto xmlns='urn:alto'><Layout><Page><PrintSpace><TextBlock><TextLine>"
    f"<String CONTENT='{BODY}'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
)
PAGE = f"<PcGts><Page><TextRegion><TextEquiv><Unicode>{BODY}</Unicode></TextEquiv></TextRegion></Page></PcGts>"
HOCR = f"<html><body><div class='ocr_page'><p class='ocr_line'>{BODY}</p></div></body></html>"
FRAGMENT = f"<div class='ocr_page'><p class='ocr_line'>{BODY}</p></div>"
DECLARED = "<?xml version='1.0'?>\n<!-- <html> -->\n"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        ALTO,
        PAGE,
        HOCR,
        FRAGMENT,
        DECLARED + ALTO,
        DECLARED + PAGE,
        DECLARED + HOCR,
        "\ufeff" + ALTO,
        "\n <!DOCTYPE html>" + HOCR,
        ALTO.replace("<", "<a:").replace("<a:/", "</a:").replace("xmlns=", "xmlns:a="),
    ],
)
def test_document_and_transcription_are_read_from_every_format(text):
    """Both are the same text, with the hash of the file; a layout format sets nothing aside."""
    data = text.encode()
    intake = read(data, path="a.dat", document_id="a")
    assert (intake.document.id, intake.document.text) == ("a", BODY)
    assert (intake.transcript, intake.aside) == (None, "")
    assert intake.document.source.sha256 == hashlib.sha256(data).hexdigest()
    transcript = read_transcript(data, path="a.gt.dat", document_id="a")
    assert (transcript.document_id, transcript.text) == ("a", BODY)
    assert transcript.segments == intake.document.segments
    assert transcript.source.path == "a.gt.dat"


def test_xml_in_utf_16_is_read():
    """Some programs of Windows write it; raw text in it is refused with the way out."""
    assert read(f"<?xml version='1.0'?>{ALTO}".encode("utf-16"), path="a", document_id="a").document.text == BODY
    with pytest.raises(BadInputError, match="UTF-16LE"):
        read(BODY.encode("utf-16"), path="a", document_id="a")


@pytest.mark.parametrize(
    "text", ["<< SECRET >>\n\nThe harbour was closed.", "<a blot> The harbour was closed.", "< The harbour"]
)
def test_text_that_begins_with_an_angle_is_text(text):
    """Engines read specks and frame lines so."""
    assert read(text.encode(), path="a.txt", document_id="a").document.text == text


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<?xml version='1.0'?>\n<mets/>", "mets"),
        ("<project name='x'>\n</project>\n", "project"),
        ("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "TEI"),
    ],
)
def test_xml_of_another_kind_is_refused_with_what_is_read(text, root):
    """The error says what was found, and what would do."""
    for reader in (read, read_transcript):
        with pytest.raises(BadInputError, match=f"root is <{root}>") as caught:
            reader(text.encode(), path="box/a.xml", document_id="a")
        assert caught.value.where.startswith("box/a.xml, line ")
        assert all(name in caught.value.remedy for name in ("text", "ALTO", "PAGE", "hOCR"))


@pytest.mark.parametrize("text", [ALTO[:-20], DECLARED + PAGE[:-5], HOCR[:-10]])
def test_a_file_that_is_cut_off_is_refused_in_its_own_format(text):
    """It is not taken for text because its markup is broken."""
    with pytest.raises(BadInputError, match=r"not well-formed|cut off"):
        read(text.encode(), path="a", document_id="a")


NOTHING = [ALTO.replace(BODY, ""), PAGE.replace(BODY, " "), HOCR.replace(BODY, "")]


@pytest.mark.parametrize("text", NOTHING)
def test_pages_without_a_word_are_refused_unless_taken_whole(text):
    """A page where nothing was read is no page to correct, but it can be scored."""
    with pytest.raises(BadInputError, match="without a word"):
        read(text.encode(), path="a", document_id="a")
    with pytest.raises(BadInputError, match="no transcription"):
        read_transcript(text.encode(), path="a", document_id="a")
    assert read(text.encode(), path="a", document_id="a", whole=True).document.segments == ()
    assert read_transcript(text.encode(), path="a", document_id="a", whole=True).text == ""


@pytest.mark.parametrize("text", ["SECRET", ALTO.replace(BODY, "SECRET")])
def test_marks_alone_are_body_only_in_a_text_taken_whole(text):
    """Nothing is cut from a passage; of a page the marking is not its text."""
    with pytest.raises(BadInputError, match="no body"):
        read(text.encode(), path="a", document_id="a")
    (part,) = read(text.encode(), path="a", document_id="a", whole=True).document.segments
    assert part.kind is SegmentKind.BODY


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n"])
def test_an_empty_file_can_be_taken_whole(data):
    """OCR that read nothing, and a page on which a human found nothing, are scored like others."""
    with pytest.raises(BadInputError):
        read(data, path="a", document_id="a")
    document = read(data, path="a", document_id="a", whole=True).document
    assert document.text == data.decode("utf-8-sig")
    assert (document.segments, document.words) == ((), ())
    assert document.source.bom == data.startswith(b"\xef")
    assert document.source.line_ends == {b"": "none", b"\n": "lf", b"\xef\xbb\xbf": "none"}.get(data, "crlf")
    assert read_transcript(data, path="a", document_id="a", whole=True).text == document.text


def test_an_empty_ocr_before_the_marker_can_be_taken_whole():
    """A transcription that follows nothing is scored against nothing; one that is missing is still refused."""
    text = f"TRANSCRIBED PAGES FOLLOW\n{BODY}"
    intake = read(text.encode(), path="a", document_id="a", whole=True)
    assert intake.document.text == ""
    assert intake.transcript is not None
    assert intake.transcript.text == BODY
    with pytest.raises(BadInputError, match="no transcription"):
        read_transcript(b"One.\nTRANSCRIBED PAGES FOLLOW\n", path="a", document_id="a", whole=True)


@given(st.binary(max_size=60) | st.text("<>alto/ hm?!-='x\n", max_size=40).map(str.encode))
def test_no_file_makes_a_reader_fail_otherwise_than_with_a_reason(data):
    """Whatever the bytes are: a document whose words are where they say, or an error that names the file."""
    try:
        document = read(data, path="box/a", document_id="a", whole=True).document
    except BadInputError as error:
        where = error.where
    else:
        where = document.source.path
        assert all(word.span.of(document.text) == word.text for word in document.words)
    assert where.startswith("box/a")
