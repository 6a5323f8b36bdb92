"""Pages in layout formats, corrected and put back: what is touched, what is not, and what is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corrigenda.correct.apply import apply
from corrigenda.errors import BadInputError
from corrigenda.report.layout.write import corrected_layout, restored_layout
from corrigenda.values import Corrected, Correction, CorrectionKind, Span

SCHEMAS = Path(__file__).parents[3] / "schemas"
LINES = [
    ["The", "harbour", "was", "tbe", "quiet-"],
    ["est", "of", "all", "oncemore", "techni", "cally"],
    ["th", "erest", "is", "lost", "|", "here"],
]
CHANGES = [
    ("tbe", "tbe", "the"),
    ("quiet-\nest of", "quiet-\nest ", "quietest\n"),
    ("oncemore", "oncemore", "once more"),
    ("techni cally", " ", ""),
    ("th erest", "th erest", "the rest"),
    ("lost |", " |", ""),
]


@pytest.fixture
def corrected(make_page, read_page, correct_page):
    """A page, the same corrected, and its document."""
    data = make_page(LINES)
    document = read_page(data)
    return data, corrected_layout(data, document, correct_page(document, *CHANGES))[1], document


def boxes(document):
    """The words of a document with edges of their boxes."""
    return [(w.text, w.box.left, w.box.right) for w in document.words]


def test_words_have_their_corrected_texts_and_boxes(corrected, read_page):
    """A split shares the room by letters, a merge takes all of it, a moved blank moves the edge; the rest stays."""
    found = boxes(read_page(corrected[1]))
    assert ("the", 160, 190) in found
    assert [one for one in found if one[0] in ("once", "more")] == [("once", 110, 146), ("more", 154, 190)]
    assert ("technically", 200, 320) in found
    assert [one for one in found if one[0] in ("the", "rest")][1:] == [("the", 0, 30), ("rest", 40, 80)]
    untouched = [("is", 90, 110), ("lost", 120, 160), ("here", 190, 230)]
    assert found[-3:] == untouched


def test_broken_words_stay_on_their_lines(corrected, read_page):
    """A joined word keeps its halves, and the second line begins with the second one."""
    first, second, _ = (line.replace("\xad", "-") for line in read_page(corrected[1]).text.split("\n"))
    assert first.endswith("the quiet-")
    assert second == "est of all once more technically"
    assert b"quietest" in corrected[1]


def test_what_is_kept_gives_the_original_text(corrected, read_page):
    """Nothing but the corrected file is asked."""
    assert read_page(restored_layout(corrected[1], path="page")).text == corrected[2].text


def test_a_page_without_corrections_is_the_file_itself(make_page, read_page, correct_page):
    """Declaration, comments, quotes and blanks between attributes are those of the file."""
    data = make_page(LINES)
    document = read_page(data)
    assert corrected_layout(data, document, correct_page(document))[1] == data


def test_undoing_words_that_stay_words_gives_the_file_itself(make_page, read_page, correct_page):
    """Where nothing is split or merged the way back leads to the same bytes, but for the rank of a PAGE reading."""
    data = make_page(LINES)
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, CHANGES[0], CHANGES[1]))[1]
    assert made != data
    assert restored_layout(made, path="page").replace(b' index="0"', b"") == data


def test_raw_text_is_no_layout(make_document, correct_page):
    """There is nothing to write, and nothing that was kept."""
    document = make_document("The harbour.")
    assert corrected_layout(b"The harbour.", document, correct_page(document)) is None
    with pytest.raises(BadInputError, match="no layout format"):
        restored_layout(b"The harbour.", path="a.txt")


def test_another_file_is_refused(make_page, read_page, correct_page):
    """Corrections are put only into the words that they were made for."""
    document = read_page(make_page(LINES))
    with pytest.raises(BadInputError, match="not those that were corrected"):
        corrected_layout(make_page(LINES[1:]), document, correct_page(document))


def test_a_word_put_in_stands_in_the_gap(make_page, read_page, correct_page):
    """It has no confidence, since no engine has read it, and its neighbours keep their boxes."""
    data = make_page([["He", "come"]])
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, ("come", "", "will ")))[1]
    found = read_page(made)
    assert boxes(found) == [("He", 0, 20), ("will", 20, 30), ("come", 30, 70)]
    assert [w.confidence for w in found.words] == [0.8, None, 0.8]
    assert restored_layout(made, path="page") == data


@pytest.mark.parametrize("taken_out", ["| all", " |", "|\n"], ids=["begins a line", "ends a line", "a line of its own"])
def test_dirt_that_is_taken_out_goes_and_comes_back(make_page, read_page, correct_page, taken_out: str):
    """Wherever it stands on its line: the words around it keep their boxes, and what is kept gives it back."""
    lines = {"| all": [["He", "was"], ["|", "all"]], " |": [["was", "|"], ["all"]], "|\n": [["was"], ["|"], ["all"]]}
    data = make_page(lines[taken_out])
    document = read_page(data)
    gone = taken_out.removesuffix("all")
    made = corrected_layout(data, document, correct_page(document, (taken_out, gone, "")))[1]
    found = read_page(made)
    assert [w.text for w in found.words] == [w.text for w in document.words if w.text != "|"]
    assert [one for one in boxes(document) if one[0] != "|"] == boxes(found)
    assert read_page(restored_layout(made, path="page")).text == document.text


def test_flags_say_why_where_the_format_has_room(pages, read_page, correct_page):
    """Marks that would end the property are written in another way."""
    for name, data in ((name, make(LINES)) for name, make in pages.items()):
        document = read_page(data)
        made = corrected_layout(data, document, correct_page(document, flags=[("lost", 'a "name"; so {it} seems')]))[1]
        assert (made == data) == name.startswith("ALTO")
        if made != data:
            assert b"a %22name%22%3B so" in made or b"a &quot;name&quot;%3B so %7Bit%7D" in made
        assert restored_layout(made, path="page") == data


@pytest.mark.parametrize("year", [2013, 2019])
def test_page_is_valid(pages, read_page, correct_page, year):
    """By the schema of its version, corrected and put back."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "page" / f"{year}-07-15.xsd"))
    data = pages[f"PAGE {year}"](LINES)
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, *CHANGES, flags=[("here", "odd")]))[1]
    for one in (data, made, restored_layout(made, path="page")):
        schema.assertValid(etree.fromstring(one))


def test_lines_and_regions_of_page_repeat_the_corrected_words(pages, read_page, correct_page):
    """Whoever reads the text of the line or of the region alone gets the corrections, too, and loses them again."""
    data = pages["PAGE 2019"](LINES)
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, *CHANGES))[1].decode()
    assert "<pc:Unicode>est of all once more technically</pc:Unicode>" in made
    assert "<pc:Unicode>The harbour was the quiet-\nest of all once more technically\nthe rest is lost here<" in made
    assert " ".join(LINES[2]) in restored_layout(made.encode(), path="page").decode()


_TEXT_LINE = re.compile(r"(Shape )?(String (SP )?)+(HYP )?\Z")
_STRING = re.compile(r"(Shape )?(ALTERNATIVE )*(Glyph )*\Z")
_OF_STRING = {
    "ID", "HPOS", "VPOS", "WIDTH", "HEIGHT", "WC", "CC", "CONTENT", "STYLE", "STYLEREFS", "SUBS_TYPE", "SUBS_CONTENT",
}  # fmt: skip


@pytest.mark.parametrize("version", [2, 3, 4])
def test_alto_is_built_as_the_schema_has_it(pages, read_page, correct_page, version):
    """In a line strings and blanks take turns, a word has nothing but alternatives, and ids are told once."""
    data = pages[f"ALTO {version}"](LINES)
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, *CHANGES, ("is lost", "", "now ")))[1]
    root = etree.fromstring(made)
    for element in root.iter("{*}TextLine", "{*}String"):
        children = "".join(f"{etree.QName(child).localname} " for child in element)
        assert (_STRING if element.tag.endswith("String") else _TEXT_LINE).match(children)
    for string in root.iter("{*}String"):
        assert string.get("CONTENT") is not None
        assert set(string.keys()) <= _OF_STRING
        assert string.get("SUBS_TYPE") in (None, "HypPart1", "HypPart2")
        assert [float(string.get(side)) for side in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    halves = [(s.get("CONTENT"), s.get("SUBS_TYPE"), s.get("SUBS_CONTENT")) for s in root.iter("{*}String")]
    assert ("quiet", "HypPart1", "quietest") in halves
    assert ("est", "HypPart2", "quietest") in halves


def test_hocr_is_built_as_its_specification_has_it(pages, read_page, correct_page):
    """Every title is properties by semicolons with a box of four numbers, ours begin with x_, ids are told once."""
    data = pages["hOCR"](LINES)
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, *CHANGES, flags=[("here", "so; odd")]))[1]
    root = etree.HTML(made.decode())
    words = root.xpath("//span[@class='ocrx_word']")
    for word in words:
        properties = [one.split()[0] for one in word.get("title").split(";")]
        assert properties[0] == "bbox"
        assert all(name.startswith("x_") for name in properties[1:])
        assert re.match(r"bbox( \d+){4}(;|\Z)", word.get("title"))
        assert word.getparent().get("class") == "ocr_line"
    assert len({word.get("id") for word in words}) == len(words)
    assert "quiet\xad" in [word[0].text for word in words if len(word)]


# A correction of any stretch: letters, blanks and hyphens go and come, also over the end of a line.
_WORD = st.text("ab-é<&", min_size=1, max_size=4)
_AFTER = st.text("xy -é&'\"", max_size=5)


@settings(max_examples=150, deadline=None)
@given(
    lines=st.lists(st.lists(_WORD, min_size=1, max_size=4), min_size=1, max_size=4),
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), _AFTER), max_size=4),
    name=st.sampled_from(["ALTO 2", "ALTO 3", "ALTO 4", "hOCR", "PAGE 2013", "PAGE 2019"]),
)
def test_words_outside_of_corrections_are_untouched(lines, cuts, name, pages, read_page):
    """Other words keep text, box and confidence, and the way back gives the original text, whatever is corrected.

    The letters are those of the corrected text.
    """
    data = pages[name](lines)
    document = read_page(data)
    text = document.text
    corrections, at = [], 0
    for start, length, after in sorted(cuts):
        first, end = max(at, min(start, len(text))), min(max(at, start) + length, len(text))
        # Without letters on one side at least there is nothing to put into a page.
        if first <= end and (text[first:end].strip() or after.strip()):
            corrections.append(
                Correction(
                    span=Span(start=first, end=end), before=text[first:end], after=after,
                    kind=CorrectionKind.CHARACTER, probability=0.9, evidence=(),
                )
            )  # fmt: skip
            at = end + 1
    whole = apply(text, corrections)
    corrected = Corrected(document_id="page", text=whole, corrections=tuple(corrections), flags=(), signature="")
    made = corrected_layout(data, document, corrected)[1]
    found = read_page(made)
    near = [Span(start=max(0, c.span.start - 1), end=c.span.end + 1) for c in corrections]
    stay = [(w.text, w.box, w.confidence) for w in document.words if not any(w.span.overlaps(n) for n in near)]
    left = iter([(w.text, w.box, w.confidence) for w in found.words])
    assert all(word in left for word in stay)
    assert bare(found.text) == bare(whole)
    assert read_page(restored_layout(made, path="page")).text == text


def bare(text):
    """The letters of a text without blanks, and without hyphens, which a broken word has on the page alone."""
    return re.sub(r"[\s\xad-]", "", text)
