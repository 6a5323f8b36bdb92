"""What holds of every input: nothing is lost on the way in, and nothing but a clear error comes of bad bytes."""

from hypothesis import given
from hypothesis import strategies as st

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import decode, encode
from corrigenda.ingest.rawtext import read
from corrigenda.ingest.segment import pages, segment

PAGE_LINES = st.sampled_from(
    [
        "", " ", "\f", "SECRET", "- 2 -", "## Page 3", "---", "2", "298", "E", "1.", "b(1)", "[?]", "█ █", "~ |",
        "DECLASSIFIED", "DEPARTMENT OF STATE", "WASHINGTON", "The Honorable", "John Smythe,", "12 Quay Street",
        "Dear Mr. [redacted]:", "Sincerely,", "cc: The Consul", "1 - DDP", "AB:CD", "SUBJECT: Boats", "May 4, 1951",
        "The harbour was clo-", "sed (b)(1) by", "the [1 line", "not declassified] mission.", "it.", "HARBOUR CLOSED",
        "TRANSCRIBED PAGES FOLLOW", "a [name not declas-", "sified] boat.",
    ]
)  # fmt: skip
PAGES = st.lists(st.tuples(PAGE_LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\f"]))).map(
    lambda lines: "".join(line + end for line, end in lines)
)
BYTES = st.one_of(
    st.binary(),
    st.text().map(str.encode),
    st.text().map(lambda text: b"\xef\xbb\xbf" + text.encode()),
    st.text(st.sampled_from("The harbour\r\n\té”ñ\x1a")).map(lambda text: text.encode("cp1252")),
    PAGES.map(str.encode),
)


def outcome(data):
    """What `read` makes of `data`, or the error that it raises."""
    try:
        return read(data, path="a.txt", document_id="a")
    except BadInputError as error:
        return error


@given(BYTES)
def test_what_decodes_encodes_to_the_same_bytes(data):
    """Undoing gives the file back, byte for byte, so decoding may lose nothing."""
    try:
        found = decode(data, path="a.txt")
    except BadInputError:
        return
    assert encode(found.text, encoding=found.encoding, bom=found.bom) == data


@given(st.one_of(st.text(), PAGES))
def test_pages_are_the_whole_text(text):
    """Page after page, without gap or overlap."""
    assert "".join(page.of(text) for page in pages(text)) == text


@given(st.one_of(st.text(), PAGES))
def test_segments_cover_every_letter_once(text):
    """Disjoint, in order, without white space at their ends, and nothing but white space between them."""
    end = 0
    for part in segment(text, pages(text)):
        stretch = part.span.of(text)
        assert part.span.start >= end
        assert stretch
        assert stretch == stretch.strip()
        assert not text[end : part.span.start].strip()
        assert part.why
        end = part.span.end
    assert not text[end:].strip()


@given(BYTES)
def test_reading_gives_all_the_text_or_a_clear_error(data):
    """No bytes make `read` raise anything else, and document and rest are the whole file."""
    result = outcome(data)
    if isinstance(result, BadInputError):
        assert result.where.startswith("a.txt")
        assert result.remedy
    else:
        assert result.document.text + result.aside == decode(data, path="a.txt").text
