"""Files as programs write them: encodings, lines without words, tags that nobody closes, what stood in a word."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.report.layout.write import corrected_layout, restored_layout

PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def alto(strings: str, head: str = "") -> str:
    """An ALTO file with one line."""
    return (
        f"{head}<alto><Layout><Page><PrintSpace><TextBlock><TextLine>{strings}</TextLine></TextBlock></PrintSpace>"
        "</Page></Layout></alto>"
    )


def page(inner: str) -> bytes:
    """A PAGE file with one region."""
    return f'<PcGts xmlns="{PAGE}"><Page><TextRegion id="r">{inner}</TextRegion></Page></PcGts>'.encode()


@pytest.fixture
def through(read_page, correct_page):
    """Correct a file: what comes out, after the kept readings gave its own text again."""

    def correct(data, *changes, **options):
        document = read_page(data)
        made = corrected_layout(data, document, correct_page(document, *changes, **options))[1]
        assert read_page(restored_layout(made, path="page")).text == document.text
        return made

    return correct


@pytest.mark.parametrize(
    ("encoding", "declared", "bom"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "UTF-8", b"\xef\xbb\xbf"),
        ("iso-8859-1", "ISO-8859-1", b""),
        ("utf-16-le", "UTF-16", b"\xff\xfe"),
        ("utf-16-be", "UTF-16", b"\xfe\xff"),
    ],
)
def test_the_encoding_of_the_file_stays(through, encoding, declared, bom):
    """A letter that it lacks becomes a character reference, and all before and after is as it was."""
    text = alto(
        '<String CONTENT="Señor"/><SP/><String CONTENT="Karadzic"/>', f'<?xml version="1.0" encoding="{declared}"?>'
    )
    made = through(bom + text.encode(encoding), ("Karadzic", "Karadzic", "Karadžić"))
    letters = "Karad&#382;i&#263;" if encoding == "iso-8859-1" else "Karadžić"
    kept = f'CONTENT="{letters}"><ALTERNATIVE PURPOSE="original">Karadzic</ALTERNATIVE></String>'
    assert made == bom + text.replace('CONTENT="Karadzic"/>', kept).encode(encoding)


def test_windows_1252_in_hocr_stays(through, read_page):
    """hOCR declares nothing that could be believed; its bytes tell, and are written so again."""
    data = "<div class='ocr_page'><span class='ocr_line'><span class='ocrx_word'>Señor</span></span></div>"
    made = through(data.encode("cp1252"), ("Señor", "Señor", "Señoř"))
    assert b"Se\xf1o&#345;" in made
    assert read_page(made).text == "Señoř"


def test_what_else_a_word_of_alto_holds_stays(through):
    """Shape, other alternatives and glyphs keep their order; character confidences go where they no longer fit."""
    inner = "<Shape><Polygon POINTS=''/></Shape><ALTERNATIVE>barb</ALTERNATIVE><Glyph CONTENT='t'/>"
    data = alto(f"<!-- <String CONTENT='no'> --><String CC='12' CONTENT='tb' STYLE='bold'>{inner}</String>").encode()
    kept = '</Shape><ALTERNATIVE PURPOSE="original">tb</ALTERNATIVE><ALTERNATIVE>barb'
    same = through(data, ("tb", "tb", "to")).decode()
    assert same == data.decode().replace("'tb'", "'to'").replace("</Shape><ALTERNATIVE>barb", kept)
    longer = through(data, ("tb", "tb", "the")).decode()
    assert "<String CONTENT='the' STYLE='bold'>" in longer


def test_words_of_alto_in_two_tags_stay_so(read_page, correct_page):
    """A file is put back in its own way of writing what is empty."""
    data = alto('<String CONTENT="tbe"></String><SP></SP><String CONTENT="day"></String>').encode()
    document = read_page(data)
    made = corrected_layout(data, document, correct_page(document, ("tbe", "tbe", "the")))[1]
    assert restored_layout(made, path="page") == data


def test_lines_of_page_without_words_stay_lines(through):
    """A split leaves one line, and words that move up over its end take nothing but their letters with them."""
    rows = ("He came tbe quiet-", "est day oncemore", "oncemore")
    lines = "".join(
        f'<TextLine id="l{i}"><TextEquiv><Unicode>{row}</Unicode></TextEquiv></TextLine>' for i, row in enumerate(rows)
    )
    made = through(
        page(lines), ("quiet-\nest day", "quiet-\nest ", "quietest\n"), ("oncemore\n", "oncemore", "once more")
    )
    assert made.count(b"<TextLine") == 3
    assert b'<Unicode>He came tbe quietest</Unicode></TextEquiv><TextEquiv index="1"' in made
    assert b"<Unicode>day once more</Unicode>" in made


def test_regions_of_page_without_lines_keep_their_rows(through):
    """Of the text of a region the rows that a correction touches change, and blank ones stay."""
    data = page("<TextEquiv><Unicode>He came\n\ntbe day\nafter</Unicode></TextEquiv>")
    made = through(data, ("tbe", "tbe", "the"), ("after", "after", "later"), flags=[("He", "odd")])
    assert b'<TextEquiv index="0"><Unicode>He came\n\nthe day\nlater</Unicode>' in made
    assert b'comments="original"><Unicode>He came\n\ntbe day\nafter</Unicode>' in made


def test_lines_of_hocr_without_words_stay_lines(through):
    """They are one stretch of text, in which words are put in as well."""
    data = b"<div class='ocr_page'><p class='ocr_line' title='bbox 0 0 90 9'>tbe day</p></div>"
    made = through(data, ("tbe", "tbe", "in the"), ("day", "", "very "))
    assert b"<p class='ocr_line' title='bbox 0 0 90 9; x_original \"tbe day\"'>in the very day</p>" in made


def test_hocr_that_nobody_closes(through, read_page):
    """An element ends where what holds it ends, as browsers have it."""
    first = b"<div class='ocr_page'><p class=ocr_par><span class=ocr_line><span class=ocrx_word>R&D<br></span>"
    loose = first + b" <b class=ocrx_word>tbe"
    assert read_page(through(loose, ("tbe", "tbe", "the"))).text == "R&D the"


def test_letters_in_several_tags_become_one_text(through):
    """Where engines mark letters one by one nobody can say which of them the new ones are."""
    inner = b"<span class='ocrx_cinfo'>t</span><i>be</i>"
    data = b"<div class='ocr_page'><span class='ocrx_word' title='x'>" + inner + b"</span></div>"
    assert b'x_original "tbe"\'>the</span></div>' in through(data, ("tbe", "tbe", "the"))


def test_hocr_in_which_parsers_disagree_is_refused(read_page, correct_page):
    """Whether there are tags in a frame of its own is read in two ways; then what stands where cannot be told."""
    data = b"<div class='ocr_page'>tbe<iframe><i class=a></i></iframe></div>"
    document = read_page(data)
    with pytest.raises(BadInputError, match="so damaged"):
        corrected_layout(data, document, correct_page(document, ("tbe", "tbe", "the")))


def test_readings_that_were_there_before_keep_their_rank(through):
    """The original comes behind all others."""
    data = page(
        '<TextLine id="l"><Word id="w"><TextEquiv index="3"><Unicode>tbc</Unicode></TextEquiv>'
        '<TextEquiv index="1"><PlainText>tbe</PlainText><Unicode>tbe</Unicode></TextEquiv></Word></TextLine>'
    )
    made = through(data, ("tbe", "tbe", "the")).decode()
    assert '<TextEquiv index="1"><PlainText>the</PlainText><Unicode>the</Unicode></TextEquiv>' in made
    assert '<TextEquiv index="4" comments="original"><Unicode>tbe</Unicode></TextEquiv></Word>' in made


@pytest.mark.parametrize("data", [b"<alto><Layout></alto>", b'<!DOCTYPE a [<!ENTITY b "c">]><alto/>', b"<svg/>"])
def test_what_no_reader_takes_is_not_put_back_either(data):
    """Entities, broken XML and XML of another kind are refused as when they are read."""
    with pytest.raises(BadInputError):
        restored_layout(data, path="page")
