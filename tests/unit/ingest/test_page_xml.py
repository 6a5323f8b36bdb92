"""PAGE: the reading order, and the level that the text is taken from."""

import pytest

from corrigenda.ingest.page_xml import read
from corrigenda.values import Box

NAMESPACES = [
    "",
    *(
        f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{date}"
        for date in ("2013-07-15", "2016-07-15", "2017-07-15", "2018-07-15", "2019-07-15")
    ),
]


def equiv(text: str, more: str = "") -> str:
    """A TextEquiv element."""
    return f"<TextEquiv {more}><Unicode>{text}</Unicode></TextEquiv>"


def region(name: str, content: str | None = None, kind: str = "TextRegion") -> str:
    """A region that has its name for text, unless it has other content."""
    line = f"<TextLine>{equiv(name)}</TextLine>"
    return f'<{kind} id="{name}">{line if content is None else content}</{kind}>'


def page(content: str, order: str = "", metadata: str = "", namespace: str = "") -> bytes:
    """A PAGE file."""
    return (
        f'<?xml version="1.0"?>\n<PcGts xmlns="{namespace}"><Metadata>{metadata}</Metadata>'
        f"<Page>{order and f'<ReadingOrder>{order}</ReadingOrder>'}{content}</Page></PcGts>"
    ).encode()


def document(data: bytes):
    """The document in `data`, whose words are all where they say."""
    found = read(data, path="a.xml", document_id="a")
    assert all(word.span.of(found.text) == word.text for word in found.words)
    return found


def order_of(content: str, order: str) -> list[str]:
    """The blocks of the text."""
    return document(page(content, order)).text.split("\n\n")


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_words_are_read_with_box_confidence_and_other_readings(namespace):
    """The reading of the lowest index is the text; the box is around the polygon."""
    coords = '<Coords points="10,20 50,18 52,30 9,31"/>'
    readings = equiv("barbour", 'index="2" conf="0.1"') + equiv("harbour", 'index="1" conf="0.9"')
    words = f"<Word>{equiv('The')}</Word><Word>{coords}{readings}</Word>"
    found = document(page(region("r", f"<TextLine>{words}{equiv('Tke harbour')}</TextLine>"), namespace=namespace))
    assert found.text == "The harbour"
    assert found.words[0].box is None
    word = found.words[1]
    assert (word.box, word.confidence) == (Box(left=9, top=18, right=52, bottom=31), 0.9)
    assert word.alternatives == ("barbour",)


def test_without_an_index_the_first_reading_is_the_text():
    """An index, where only some have one, comes before none."""
    readings = equiv("one") + equiv("two") + equiv("two")
    assert document(page(region("r", f"<TextLine>{readings}</TextLine>"))).words[0].alternatives == ("two",)
    later = equiv("one") + equiv("two", 'index="5"')
    assert document(page(region("r", f"<TextLine>{later}</TextLine>"))).text == "two"


def test_a_line_whose_words_have_no_text_is_one_word():
    """Engines for lines leave the words out, or leave them empty; the box is that of the line."""
    line = f'<TextLine><Coords points="1,2 3,4"/><Word/>{equiv("The harbour was")}</TextLine>'
    (word,) = document(page(region("r", line))).words
    assert (word.text, word.box) == ("The harbour was", Box(left=1, top=2, right=3, bottom=4))


def test_a_region_whose_lines_have_no_text_gives_its_own():
    """The text of a region has line breaks; only that of a single line has the region's box."""
    coords = '<Coords points="1,2 3,4"/>'
    found = document(page(region("r", coords + "<TextLine/>" + equiv("The harbour\nwas closed.", 'conf="0.5"'))))
    assert found.text == "The harbour\nwas closed."
    assert [(word.box, word.confidence) for word in found.words] == [(None, 0.5), (None, 0.5)]
    assert document(page(region("r", coords + equiv("One line")))).words[0].box is not None


def test_plain_text_stands_in_for_unicode():
    """The schema knows both; the second is optional and often empty."""
    line = "<TextLine><TextEquiv><PlainText>plain</PlainText><Unicode/></TextEquiv></TextLine>"
    assert document(page(region("r", line))).text == "plain"


def test_lines_and_regions_are_parted():
    """Lines by a line break, regions by a blank line, pages by a form feed."""
    lines = "".join(f"<TextLine>{equiv(text)}</TextLine>" for text in ("a", "b"))
    one, two = region("r", lines) + region("c"), region("d")
    data = f"<PcGts><Page>{one}</Page><Page>{two}</Page></PcGts>".encode()
    assert document(data).text == "a\nb\n\nc\fd"


def test_lines_that_state_their_place_go_by_it():
    """Those that do not come after them, as the file has them."""
    places = {"x": "", "b": 'index="1"', "a": 'index="0"'}
    lines = "".join(f"<TextLine {place}>{equiv(name)}</TextLine>" for name, place in places.items())
    assert document(page(region("r", lines))).text == "a\nb\nx"


def test_an_ordered_group_goes_by_its_index():
    """Not by how the file lists regions or references; 10 is after 9."""
    references = "".join(f'<RegionRefIndexed index="{i}" regionRef="{r}"/>' for i, r in ((10, "c"), (9, "b"), (0, "a")))
    assert order_of(region("c") + region("a") + region("b"), f"<OrderedGroup>{references}</OrderedGroup>") == [
        "a",
        "b",
        "c",
    ]


def test_groups_are_followed_to_any_depth():
    """An ordered group in an unordered one in an ordered one; a group may stand for a region itself."""
    members = "".join(f'<RegionRefIndexed index="{i}" regionRef="{r}"/>' for i, r in ((1, "d"), (0, "c")))
    inner = f'<OrderedGroup regionRef="b">{members}</OrderedGroup>'
    middle = f'<UnorderedGroupIndexed index="1"><RegionRef regionRef="e"/>{inner}</UnorderedGroupIndexed>'
    order = f'<OrderedGroup>{middle}<RegionRefIndexed index="0" regionRef="a"/></OrderedGroup>'
    assert order_of("".join(map(region, "abcdef")), order) == ["a", "e", "b", "c", "d", "f"]


def test_what_the_order_forgets_comes_last_and_what_it_names_twice_comes_once():
    """No text is lost or doubled, and a reference to nothing is passed over."""
    order = "".join(f'<RegionRef regionRef="{r}"/>' for r in ("c", "x", "c"))
    assert order_of("".join(map(region, "abc")), f"<UnorderedGroup>{order}</UnorderedGroup>") == ["c", "a", "b"]


def test_regions_inside_others_follow_them_unless_the_order_has_them_elsewhere():
    """The cells of a table are regions in a region; the text of the outer one repeats theirs."""
    table = region("t", region("a") + region("b"), kind="TableRegion")
    outer = region("o", region("c") + equiv("c"))
    content = table + outer + region("z")
    assert order_of(content, "") == ["a", "b", "c", "z"]
    assert order_of(
        content, '<UnorderedGroup><RegionRef regionRef="b"/><RegionRef regionRef="t"/></UnorderedGroup>'
    ) == ["b", "a", "c", "z"]


@pytest.mark.parametrize(
    ("metadata", "engine"),
    [
        ("<Creator> PyLaia\n1.2 </Creator>", "PyLaia 1.2"),
        (
            '<Creator>me</Creator><MetadataItem type="processingStep" name="recognition/text" value="reader 2.0"/>',
            "reader 2.0",
        ),
        ('<Creator>a person</Creator><MetadataItem type="processingStep" name="layout" value="cutter"/>', "a person"),
        ("", None),
    ],
)
def test_the_engine_is_that_of_the_recognition_step(metadata, engine):
    """The creator stands in for it where no step is named."""
    assert document(page(region("r"), metadata=metadata)).source.engine == engine
