"""Volumes in TEI: documents, their notes apart, pages and gaps; and files that must be refused."""

from __future__ import annotations

import pytest
from lxml import etree

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_tei import read_tei
from corrigenda.ingest.frus_text import PageBreak

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"><text>'
DOCUMENT = """
<div type="document" xml:id="d7" n="7" frus:doc-dateTime-min="1951-05-04T00:00:00-05:00">
  <head>7. Letter From the Consul <persName corresp="#p_AB1">Abel</persName><note n="0" type="source">Source: Harbour
    files. Secret.</note></head>
  <dateline><placeName>Trieste</placeName>, <date when="1951-05-04">May 4, 1951</date>.</dateline>
  <p>The harbour was closed<note n="1">See <ref>document 6</ref>.</note> on
     <hi rend="italic">Monday</hi>. Grain was to be un<pb n="12"/>loaded again. [<hi>1 line not declassified</hi>]</p>
  <pb n="13"/>
  <list><label>1.</label><item>Coal</item><item>Salt and sand</item></list>
  <p>Mr.<persName>Baker</persName> left. <gap reason="not declassified" extent="5 lines"/> He came back.</p>
</div>
"""


def volume(body: str, front: str = "") -> bytes:
    """A volume with what is given in it."""
    return f"{HEAD}<front>{front}</front><body>{body}</body></text></TEI>".encode()


def documents(data: bytes):
    """All that is read in a volume."""
    return list(read_tei(data, work="FRUS 1951 vol. IX", path="frus1951v09.xml"))


@pytest.fixture(scope="module")
def letter():
    """The one document of a small volume, which begins on page 11."""
    before = '<pb n="11"/>'
    (found,) = documents(volume(f'<div type="compilation"><head>Trieste</head>{before}{DOCUMENT}</div>'))
    return found


def test_what_the_mark_up_tells(letter):
    """Id, number, title without its number, date, places and persons are fields; the citation names the volume."""
    assert (letter.id, letter.number, letter.title) == ("d7", "7", "Letter From the Consul Abel")
    assert (letter.date, letter.places, letter.persons) == ("1951-05-04", ("Trieste",), ("p_AB1", "Baker"))
    assert letter.citation == "FRUS 1951 vol. IX, document 7, Letter From the Consul Abel"


def test_notes_stand_apart_from_the_text(letter):
    """No word of a note is in a paragraph, and what follows a note is; the source note is none of the footnotes."""
    assert letter.source_note == "Source: Harbour files. Secret."
    assert letter.footnotes == ("See document 6.",)
    assert letter.paragraphs == (
        "Trieste, May 4, 1951.",
        "The harbour was closed on Monday. Grain was to be unloaded again. [1 line not declassified]",
        "1. Coal",
        "Salt and sand",
        "Mr.Baker left. [5 lines not declassified] He came back.",
    )


def test_pages_begin_where_the_printed_ones_do(letter):
    """The page before the document, one inside a word, which stays whole, and one between paragraphs."""
    inside = letter.paragraphs[1].index("loaded")
    assert letter.pages == (
        PageBreak(paragraph=0, offset=0, page="11"),
        PageBreak(paragraph=1, offset=inside, page="12"),
        PageBreak(paragraph=2, offset=0, page="13"),
    )


def test_sections_are_read_without_a_number():
    """A preface has a title and no number; what holds documents is no section of its own."""
    preface = '<div type="section" xml:id="preface"><head>Preface</head><p>The series.</p></div>'
    found = documents(volume(f'<div type="chapter"><head>Ports</head>{DOCUMENT}</div>', front=preface))
    assert [(one.number, one.title) for one in found] == [(None, "Preface"), ("7", "Letter From the Consul Abel")]


def test_divs_within_a_document_belong_to_it():
    """An attachment in a div of its own is text of the document."""
    inner = '<div type="attachment"><head>Attachment</head><p>The list of ships.</p></div></div>'
    (found,) = documents(volume(DOCUMENT.replace("</div>", inner)))
    assert found.paragraphs[-2:] == ("Attachment", "The list of ships.")


def test_a_volume_is_read_as_a_stream():
    """The first document is handed out before the place where the file breaks off is reached."""
    data = volume(DOCUMENT * 2)
    reading = read_tei(data[:-40], work="FRUS", path="cut.xml")
    assert next(reading).number == "7"
    with pytest.raises(BadInputError, match=r"cut\.xml, line \d+: the XML is not well-formed"):
        list(reading)


@pytest.mark.parametrize(("chapters", "each", "paragraphs"), [(100, 1, 200), (1, 5000, 1), (50, 20, 20)])
def test_what_was_read_is_let_go(monkeypatch, chapters: int, each: int, paragraphs: int):
    """Of a large volume there is never more than a tenth in memory, whether chapters or documents make it large."""
    held: list[int] = []
    real = etree.iterparse

    def counted(*args: object, **options: object):
        for n, (event, element) in enumerate(real(*args, **options)):
            if n % 40 == 0:
                held.append(sum(1 for _ in element.getroottree().iter()))
            yield event, element

    monkeypatch.setattr(etree, "iterparse", counted)
    # Long words, since the parser reads on in blocks of bytes.
    body = f"<p>{'Grain' * 20}</p>" * paragraphs
    letter = f'<div type="document" n="1"><head>1. Letter</head>{body}</div>'
    found = documents(volume(f'<div type="compilation">{letter * each}</div>' * chapters))
    assert len(found) == chapters * each
    elements = chapters * each * (paragraphs + 2)
    assert max(held) < elements / 10


def test_entities_are_refused():
    """A few lines that would grow to gigabytes, or read a file, are refused with their line."""
    bomb = b'<!DOCTYPE TEI [\n<!ENTITY a "aaaaaaaaaa">\n]>' + volume(DOCUMENT)
    with pytest.raises(BadInputError, match="line 2: the XML declares entities"):
        documents(bomb)
