"""ALTO of every version: the text, and where each word of it stands."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.errors import BadInputError
from corrigenda.ingest.alto import read
from corrigenda.values import Box, SegmentKind, Span

SCANS = Path(__file__).parents[4] / "shared/data/scans-ehri"
NAMESPACES = [
    "",
    "http://schema.ccs-gmbh.com/ALTO",
    *(f"http://www.loc.gov/standards/alto/ns-v{version}#" for version in (2, 3, 4)),
]
PIXEL = "<MeasurementUnit>pixel</MeasurementUnit>"


def string(text: str, more: str = "") -> str:
    """A String element."""
    return f"<String CONTENT={quoteattr(text)} {more}/>"


def block(*lines: str) -> str:
    """A TextBlock of lines."""
    return f"<TextBlock>{''.join(f'<TextLine>{line}</TextLine>' for line in lines)}</TextBlock>"


def alto(*pages: str, description: str = PIXEL, namespace: str = "") -> bytes:
    """An ALTO file whose pages hold these print spaces."""
    laid_out = "".join(f"<Page><PrintSpace>{page}</PrintSpace></Page>" for page in pages)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="{namespace}">'
        f"<Description>{description}</Description><Layout>{laid_out}</Layout></alto>"
    ).encode()


def document(data: bytes, **options):
    """The document in `data`, whose words are all where they say."""
    found = read(data, path="a.xml", document_id="a", **options)
    assert all(word.span.of(found.text) == word.text for word in found.words)
    return found


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_lines_blocks_and_pages_are_parted_as_in_raw_text(namespace):
    """Lines by a line break, blocks by a blank line, pages by a form feed, in every namespace and in none."""
    one = block(string("Tbe") + "<SP/>" + string("harbour"), string("was"))
    found = document(alto(one + block(string("closed.")), block(string("It opened.")), namespace=namespace))
    assert found.text == "Tbe harbour\nwas\n\nclosed.\fIt opened."
    assert [page.of(found.text) for page in found.pages] == ["Tbe harbour\nwas\n\nclosed.\f", "It opened."]
    assert [word.text for word in found.words] == ["Tbe", "harbour", "was", "closed.", "It opened."]


def test_strings_are_parted_also_where_no_space_is_given():
    """Some programs write no SP, others two."""
    assert document(alto(block(string("one") + string("two") + "<SP/><SP/>" + string("three")))).text == "one two three"


def test_box_confidence_and_alternatives_come_with_the_word():
    """Figures may have decimals; the box has edges, not width and height."""
    place = 'HPOS="10.4" VPOS="20" WIDTH="30" HEIGHT="5.2" WC="0.75"'
    content = f'<String CONTENT="barbour" {place}><ALTERNATIVE PURPOSE="x"> harbour </ALTERNATIVE></String>'
    (word,) = document(alto(block(content))).words
    assert (word.box, word.confidence) == (Box(left=10, top=20, right=40, bottom=25), 0.75)
    assert word.alternatives == ("harbour",)


@pytest.mark.parametrize(
    "place",
    [
        'HPOS="1" VPOS="1" WIDTH="1"',
        'HPOS="1" VPOS="1" WIDTH="-4" HEIGHT="1"',
        'HPOS="1" VPOS="x" WIDTH="1" HEIGHT="1"',
        'HPOS="1" VPOS="1" WIDTH="nan" HEIGHT="1"',
        'HPOS="1" VPOS="1e999" WIDTH="1" HEIGHT="1"',
    ],
)
def test_a_word_whose_place_makes_no_sense_has_no_box(place):
    """The word itself is read all the same, and a confidence above one is none."""
    (word,) = document(alto(block(string("one", place + ' WC="97"')))).words
    assert (word.text, word.box, word.confidence) == ("one", None, None)


@pytest.mark.parametrize(
    "unit", ["<MeasurementUnit>mm10</MeasurementUnit>", "<MeasurementUnit>inch1200</MeasurementUnit>", ""]
)
def test_without_pixels_there_are_no_boxes(unit):
    """ALTO does not state the resolution that millimetres and inches would need."""
    (word,) = document(alto(block(string("one", 'HPOS="1" VPOS="1" WIDTH="1" HEIGHT="1"')), description=unit)).words
    assert word.box is None


@pytest.mark.parametrize(
    ("content", "hyphen", "text"), [("air", "-", "air-"), ("air", "\xad", "air\xad"), ("air-", "-", "air-")]
)
def test_a_broken_word_gets_its_hyphen_back(content, hyphen, text):
    """The hyphen is an element of its own in ALTO; on the page it belongs to the word, once."""
    place = 'HPOS="{}" VPOS="5" WIDTH="30" HEIGHT="9"'
    first = string("the") + string(content, place.format(10) + ' SUBS_TYPE="HypPart1" SUBS_CONTENT="aircraft" WC="0.5"')
    first += f'<HYP CONTENT="{hyphen}" HPOS="41" VPOS="9" WIDTH="4" HEIGHT="1"/>'
    found = document(alto(block(first, string("craft", 'SUBS_TYPE="HypPart2" SUBS_CONTENT="aircraft"'))))
    assert found.text == f"the {text}\ncraft"
    assert found.words[1].confidence == 0.5
    box = found.words[1].box
    assert box is not None
    assert (box.left, box.top, box.bottom) == (10, 5, 14)
    assert box.right == (40 if content.endswith("-") else 45)


def test_a_string_that_holds_a_line_is_one_word():
    """Transcription tools write a line as one String; its box is of the line, so it is not cut."""
    (word,) = document(alto(block(string(" My despatch  on\nthe  subject ")))).words
    assert word.text == "My despatch  on the  subject"


def test_what_holds_no_text_leaves_no_trace_but_its_page():
    """Empty strings, lines and blocks add no blank or blank line; an empty page keeps the count of pages."""
    blocks = block("", string("")) + block(string("one"), "", string("") + string("two")) + block()
    found = document(alto(blocks, "", block(string("three"))))
    assert found.text == "one\ntwo\f\fthree"
    assert len(found.pages) == 3


def test_the_margins_stand_around_the_print_space():
    """The schema has all margins first, the foot of the page among them."""
    parts = [f"<{name}>{block(string(name))}</{name}>" for name in ("TopMargin", "BottomMargin", "PrintSpace")]
    data = f"<alto><Layout><Page>{''.join(parts)}</Page></Layout></alto>".encode()
    assert document(data).text == "TopMargin\n\nPrintSpace\n\nBottomMargin"


def test_blocks_inside_composed_blocks_are_read_in_order():
    """Columns and articles are blocks of blocks."""
    inner = (
        f"<ComposedBlock>{block(string('one'))}<ComposedBlock>{block(string('two'))}</ComposedBlock></ComposedBlock>"
    )
    assert document(alto(inner + block(string("three")))).text == "one\n\ntwo\n\nthree"


@pytest.mark.parametrize(
    ("description", "engine"),
    [
        ("<OCRProcessing><ocrProcessingStep>{}</ocrProcessingStep></OCRProcessing>", "tesseract 5.3.0"),
        ("<Processing>{}</Processing>", "tesseract 5.3.0"),
        ("", None),
    ],
)
def test_the_engine_is_named_with_its_version(description, engine):
    """Version 4 of ALTO moved the program to another element."""
    software = "<softwareName>tesseract</softwareName><softwareVersion>5.3.0</softwareVersion>"
    data = alto(
        block(string("one")), description=description.format(f"<processingSoftware>{software}</processingSoftware>")
    )
    assert document(data).source.engine == engine


def test_pages_are_taken_apart_as_raw_text_is_unless_they_are_to_be_whole():
    """A marking is no body, but a passage has none of those."""
    data = alto(block(string("SECRET")) + block(string("The harbour was closed on Tuesday.")))
    assert [part.kind for part in document(data).segments] == [SegmentKind.MARKING, SegmentKind.BODY]
    assert [part.kind for part in document(data, whole=True).segments] == [SegmentKind.BODY]


def test_a_file_without_pages_is_an_empty_document():
    """It has one page, with nothing on it."""
    found = document(alto())
    assert (found.text, found.pages, found.words, found.segments) == ("", (Span(start=0, end=0),), (), ())


def test_what_is_no_xml_is_refused():
    """The error is that of the XML reader, with the line."""
    with pytest.raises(BadInputError, match=r"a\.xml, line 2"):
        read(alto(block(string("one")))[:-9], path="a.xml", document_id="a")


# What XML can hold in an attribute, line breaks and odd blanks included.
ANY = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\x85\u2028"), max_size=8)


@given(st.lists(st.lists(st.lists(st.lists(ANY, max_size=3), max_size=3), max_size=3), max_size=3))
def test_the_text_is_its_words_in_order(pages):
    """Whatever the strings hold: each word is where its span says, only white space is between, and no page is lost."""
    found = document(
        alto(*("".join(block(*("".join(map(string, line)) for line in b)) for b in page) for page in pages))
    )
    strings = [text for page in pages for b in page for line in b for text in line]
    assert "".join(found.text.split()) == "".join("".join(strings).split())
    assert found.text.count("\f") == max(0, len(pages) - 1)
    assert "\n\n\n" not in found.text
    assert "".join(page.of(found.text) for page in found.pages) == found.text
    ends = [0, *(word.span.end for word in found.words)]
    starts = [*(word.span.start for word in found.words), len(found.text)]
    assert all(a <= b and not found.text[a:b].strip() for a, b in zip(ends, starts, strict=True))


@pytest.mark.skipif(not SCANS.is_dir(), reason="the scans with ALTO are not in this checkout")
def test_line_level_alto_of_real_scans_is_the_transcription():
    """Twenty-five pages as a transcription tool exports them: each line is a word with a box, and none is lost."""
    files = sorted(SCANS.glob("*.alto.xml"))
    assert len(files) == 25
    for file in files:
        found = document(file.read_bytes())
        truth = file.with_name(file.name.replace(".alto.xml", ".gt.txt")).read_text(encoding="utf-8")
        assert found.text.split() == truth.split()
        assert all(word.box for word in found.words)
        assert any(" " in word.text for word in found.words)
