"""Two readings of a page are put together line by line."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.compose import Page, Read, Zone, text_of
from corrigenda.scan import second
from corrigenda.scan.better import from_better
from corrigenda.scan.read import ReadPage, Scan, Settings, scan_of
from corrigenda.scan.values import PageFailure
from corrigenda.values import Box, SegmentKind

SOUND = "The harbour is closed until the ice has gone"
BAD = "The harhour is c1osed untii thc ice has gonc"
NEXT = "and no ship may leave the port before then"
POOR = "end no shlp mey leave tne port befcre tnen"
FIGURES = "on 9 May of 1949 about 300 ships came in"


def page(*lines: str, sure: float = 0.97) -> Page:
    """Lines of words, each with a place, one under the other."""
    return (tuple(line(text, top=10 + 60 * n, sure=sure) for n, text in enumerate(lines)),)


def line(text: str, *, top: int, left: int = 0, high: int = 30, sure: float = 0.97) -> tuple[Read, ...]:
    """Words of one line, letters 20 pixels wide."""
    reads, at = [], left
    for word in text.split():
        box = Box(left=at, top=top, right=at + 20 * len(word), bottom=top + high)
        reads.append(Read(text=word, box=box, confidence=sure))
        at = box.right + 20
    return tuple(reads)


def read(number: int, first: Page, again: Page | None) -> ReadPage:
    """A page as it was read, and read again."""
    return ReadPage(number=number, page=first, size=(900, 100), psm=3, steps=(), layer=None, second=again)


def scan(*pages: ReadPage | PageFailure) -> Scan:
    """A file of these pages."""
    return scan_of(pages, Settings(), data=b"", path="x.tif", document_id="x")


def together(first: Page, again: Page) -> Scan:
    """A file of one page, put together of two readings."""
    return from_better(scan(read(1, first, again)), knows)


def text(found: Scan) -> list[str]:
    """The lines of the one page that are text."""
    return text_of(found.read[0].page).split("\n")


def apart(found: Scan) -> list[str]:
    """The words of the one page that are no text."""
    zones = [part for part in found.read[0].page if isinstance(part, Zone)]
    return [one.text for zone in zones for row in zone.block for one in row]


def knows(word: str) -> bool:
    """Whether a word is one of the sound text."""
    return word.lower() in f"{SOUND} {NEXT}".lower().split()


@pytest.fixture(autouse=True)
def _engines(monkeypatch):
    monkeypatch.setattr(Settings, "engine", property(lambda _: "tesseract 5, eng"))
    monkeypatch.setattr(second, "name", lambda: "rapidocr 3")


def test_of_each_line_the_better_reading_is_taken_and_the_other_one_kept():
    """One engine read the first line, the other one the second; the texts of both are kept whole, and line by line."""
    found = together(page(BAD, NEXT), page(SOUND, POOR))
    assert text(found) == [SOUND, NEXT]
    assert found.document.source.engine == "tesseract 5, eng; and rapidocr 3, line by line the better one"
    assert found.others == (("rapidocr", f"{SOUND}\n{POOR}"), ("tesseract", f"{BAD}\n{NEXT}"))
    assert found.other == (f"{BAD}\n{POOR}\n", ((0, "tesseract"), (len(BAD) + 1, "rapidocr")))


def test_what_was_lost_counts():
    """Half a line without a mistake is worse than a whole one with one."""
    whole = SOUND.replace("until", "untii")
    assert text(together(page(whole), page(SOUND[:21]))) == [whole]


def test_where_lines_are_alike_good_the_page_tells():
    """Of figures the lexicon knows nothing; the engine that reads the page better is likelier to have them right."""
    other = FIGURES.replace("9 ", "9, ")
    assert text(together(page(FIGURES, BAD), page(other, SOUND)))[0] == other
    assert text(together(page(FIGURES, SOUND), page(other, BAD)))[0] == FIGURES


def test_a_doubted_word_gives_way():
    """Both have a word that is none; Tesseract says that it hardly read its own."""
    ours, theirs = SOUND.replace("ice", "lce"), SOUND.replace("ice", "ioe")
    assert text(together(page(ours), page(theirs))) == [ours]
    assert text(together(page(ours, sure=0.5), page(theirs))) == [theirs]


def test_words_run_together_are_parted_where_the_other_reading_has_a_blank():
    """Their letters were read, so that they count as words, and each half gets its share of the place."""
    found = together(page(BAD), page(SOUND.replace("has gone", "hasgone")))
    assert text(found) == [SOUND]
    (*_, has, gone) = found.document.words
    assert has.box
    assert gone.box
    assert has.box.right == gone.box.left


def test_what_one_engine_alone_has_and_is_no_word_is_set_apart():
    """A stroke of a pen within a line, and a line of them; a line of words that the other lost stays."""
    found = together(
        ((line(f"{SOUND} Xq", top=10, sure=0.6), line(NEXT, top=70)), (line("yrwq zd", top=200, sure=0.7),)),
        page(SOUND),
    )
    assert text(found) == [SOUND, NEXT]
    assert apart(found) == ["Xq", "yrwq", "zd"]


def test_a_figure_or_a_letter_that_one_engine_alone_read_surely_stays():
    """Numbers of paragraphs, labels and *I* are words of one letter; what is unsure of them is no text."""
    with_it = f"3 {SOUND} I"
    assert text(together(page(with_it), page(SOUND))) == [with_it]
    assert text(together(page(with_it, sure=0.9), page(SOUND, sure=0.9))) == [SOUND]


def test_of_the_line_that_is_not_taken_nothing_is_lost():
    """What the better reading has nothing for stands apart."""
    found = together(page(f"{BAD} “gectemier i4, 1942"), page(SOUND))
    assert text(found) == [SOUND]
    assert apart(found) == ["“gectemier", "i4,", "1942"]


def test_figures_speak_for_an_engine_only_where_it_has_them():
    """RapidOCR reads figures better; where it lost them, it has not."""
    lost = FIGURES.replace("300 ", "")
    assert text(together(page(FIGURES), page(lost))) == [FIGURES]
    other = FIGURES.replace("300", "800")
    assert text(together(page(FIGURES, sure=0.8), page(other, sure=0.8))) == [other]


def test_what_both_read_in_two_ways_beyond_the_margin_is_set_apart():
    """A signature down the margin stands at the ends of typed lines; a number there that both have alike stays."""
    lines = [SOUND, NEXT] * 3
    typed = [line(text, top=60 * n, left=400) for n, text in enumerate(lines)]
    first = ((*typed[:2], line("Stmper", top=120, left=200) + typed[2], line("12", top=180, left=300) + typed[3]),)
    again = ((*typed[:2], line("uStfald", top=120, left=200) + typed[2], line("12", top=180, left=300) + typed[3]),)
    found = together((*first, tuple(typed[4:])), (*again, tuple(typed[4:])))
    assert text(found) == [*lines[:3], f"12 {lines[3]}", "", *lines[4:]]
    assert apart(found) == ["Stmper"]


def test_lettering_much_higher_than_the_page_is_set_apart():
    """A stamp that one engine alone reads is no line of a letter, however well it is read."""
    lines = [SOUND, NEXT, SOUND, NEXT]
    first = page(*lines)
    again = (*page(*lines), (line("PORT CLOSED", top=400, high=90, sure=1.0),))
    found = together(first, again)
    assert text(found) == lines
    assert apart(found) == ["PORT", "CLOSED"]


def test_a_zone_of_one_reading_that_the_other_has_as_text_is_no_zone():
    """What stands in the text stands nowhere else."""
    zone = Zone(kind=SegmentKind.NOISE, why="hardly read", block=(line("no sbip", top=70),))
    found = together((*page(SOUND), zone), page(SOUND, NEXT))
    assert text(found) == [SOUND, NEXT]
    assert apart(found) == []


def test_pages_that_were_read_once_stay_as_they_are():
    """Without a second reading nothing is put together."""
    given = scan(read(1, page(SOUND), None))
    assert from_better(given, knows) is given
    assert given.other is None


def test_each_page_has_its_own_lines_of_the_other_reading():
    """A page that failed has none, and pages are parted by form feeds."""
    failed = PageFailure(number=2, error=BadInputError(where="x.tif, page 2", what="is spoilt", remedy="Scan it anew"))
    pages = read(1, page(SOUND), page(BAD)), failed, read(3, page(BAD), page(SOUND))
    found = from_better(scan(*pages), knows)
    assert found.document.text == f"{SOUND}\f\f{SOUND}"
    assert found.other == (f"{BAD}\n\f\f{BAD}\n", ((0, "rapidocr"), (len(BAD) + 3, "tesseract")))
