"""Text is told from stamps, handwriting and specks, and in doubt it stays text."""

from __future__ import annotations

import pytest

from corrigenda.ingest.compose import Block, Line, Page, Read, Zone
from corrigenda.scan.zones import zoned
from corrigenda.values import Box

PITCH, HEIGHT, STEP, LEFT = 20, 30, 50, 300
LINES = (
    "The grain ships came into the harbour on Monday,",
    "and the consul was told that none of them would",
    "be unloaded before the government had answered",
    "the note. He asked who had signed it. The old",
    "letter was closed with a new statement, and the",
    "mission had been told to wait until the winter",
)


def read(text: str, left: int, top: int, confidence: float = 0.95, *, height: int = HEIGHT, width: int = 0) -> Read:
    """A word as a typewriter places it."""
    right = left + (width or PITCH * len(text))
    return Read(text=text, box=Box(left=left, top=top, right=right, bottom=top + height), confidence=confidence)


def line(text: str, row: float, confidence: float = 0.95, *, left: int = LEFT) -> Line:
    """A typed line in a row of the page."""
    reads, at = [], left
    for word in text.split():
        reads.append(read(word, at, round(200 + row * STEP), confidence))
        at += PITCH * (len(word) + 1)
    return tuple(reads)


def body(*replaced: tuple[int, Line]) -> list[Line]:
    """The typed lines of the page, some of them replaced."""
    other = dict(replaced)
    return [other.get(n, line(text, n)) for n, text in enumerate(LINES)]


def texts(page: Page) -> list[str]:
    """The lines of what is text."""
    return [" ".join(r.text for r in each) for part in page if not isinstance(part, Zone) for each in part]


def apart(page: Page) -> list[tuple[str, str, str]]:
    """What was set apart: kind, text, why."""
    return [
        (part.kind.value, " ".join(r.text for r in each), part.why)
        for part in page
        if isinstance(part, Zone)
        for each in part.block
    ]


def one_block(*lines: Line) -> Page:
    """A page of one block."""
    block: Block = tuple(lines)
    return (block,)


def test_on_a_drawn_page_the_stamp_goes_and_the_text_is_whole(recorded, truth):
    """Tesseract put the stamp, read without a fault, above the text."""
    page = zoned(recorded("letter"))
    assert [kind_text[:2] for kind_text in apart(page)] == [
        ("stamp", "ASSISTANT SECRETARY"),
        ("stamp", "RECEIVED JAN 5"),
    ]
    assert [text.removesuffix(" °") for text in texts(page)] == truth("letter")


def test_on_a_drawn_page_what_was_written_by_hand_goes(recorded, truth):
    """And no typed line with it."""
    page = zoned(recorded("report"))
    assert [kind for kind, _, _ in apart(page)] == ["handwriting"]
    assert texts(page) == truth("report")


@pytest.mark.parametrize(
    ("strange", "kind", "why"),
    [
        (line("Pepee hor", 2.2, 0.3, left=1500), "handwriting", "hardly read, and beyond the margin"),
        (line("| .", 2, 0.7, left=1500), "noise", "specks beyond the margin"),
        (
            (read("Pepeehor", 500, 900, 0.2, height=80),),
            "handwriting",
            "hardly read, and of another size than the text",
        ),
        (line("oo ee,", 1.5, 0.3, left=700), "handwriting", "hardly read, and without a word between the lines"),
        (line("ee ;", 9, 0.3, left=810), "handwriting", "hardly read, and neither a word nor at a margin"),
        ((read("RECEIVED", 100, 300, 0.96, height=160, width=30),), "stamp", "lettering at right angles to the page"),
        (line("~2—", -2, 0.4, left=740), "page_number", "short and between dashes, in the middle over or under all "),
    ],
)
def test_what_two_signs_show_is_set_apart(strange, kind, why):
    """Each sign with the word of the report; the text stays as it was."""
    page = zoned(one_block(strange, *body()))
    assert texts(page) == list(LINES)
    ((found, text, reason),) = apart(page)
    assert (found, text) == (kind, " ".join(r.text for r in strange))
    assert reason.startswith(why)


@pytest.mark.parametrize(
    "strange",
    [
        line("tne ensua vas talc", 6, 0.4),  # a line read badly, of words
        line("1939 - 1945.", 6, 0.4),  # the last line of a paragraph
        line("W. C. 1.", 7.5, 0.3, left=500),  # a place in an address, with nothing over or under it
        line("oLR:", 8, 0.2),  # a greeting, at the margin
        line("Geneva", 2, 0.95, left=1500),  # read well beyond the margin
        line("ye", 6, 0.3),  # a last word, under the line that it ends
    ],
)
def test_what_only_one_sign_speaks_against_stays(strange):
    """Each stands for a case met on real pages, where the text would have been lost."""
    page = zoned(one_block(*body(), strange))
    assert apart(page) == []
    assert sorted(" ".join(texts(page)).split()) == sorted([*" ".join(LINES).split(), *(r.text for r in strange)])


def test_specks_at_the_ends_of_a_line_go_and_the_line_stays():
    """What a line runs out into beyond the margin, and marks far from its last word."""
    whole = (read("‘oe", 100, 310, 0.3), *line(LINES[2], 2), read("fe", 1400, 300, 0.3), read("|", 1500, 295, 0.5))
    page = zoned(one_block(*body((2, whole))))
    assert texts(page) == list(LINES)
    assert sorted(text for _, text, _ in apart(page)) == ["fe", "|", "‘oe"]


def test_a_torn_word_at_the_end_of_a_line_stays():
    """It is as far from the others as specks are and as hard to read, but of the size and height of the line."""
    torn = (*line("be unloaded before the", 2), read("gov.", LEFT + 520, 300, 0.2), read("ent", 940, 300, 0.5))
    page = zoned(one_block(*body((2, torn))))
    assert apart(page) == []
    assert texts(page)[2] == "be unloaded before the gov. ent"


def test_the_number_of_a_paragraph_stays_however_badly_it_was_read():
    """It stands by itself before a line that is indented, as specks may."""
    numbered = (read("2.", LEFT, 350, 0.21), *line("letter was closed with a new", 3, left=LEFT + 140))
    page = zoned(one_block(*body((3, numbered))))
    assert apart(page) == []
    assert texts(page)[3] == "2. letter was closed with a new"


def test_a_figure_far_from_its_line_stays():
    """A table has them in a column of their own."""
    row = (*line("The Secretary of State,", 7), read("46,O00", 1100, 550, 0.3))
    assert apart(zoned(one_block(*body(), row))) == []


def test_marks_inside_a_line_stay():
    """Only the ends of a line can be no part of it."""
    inside = (*line("be unloaded", 2), read("*", 640, 310, 0.2), *line("the government", 2, left=760))
    page = zoned(one_block(*body((2, inside))))
    assert texts(page)[2] == "be unloaded * the government"


def test_a_page_with_little_on_it_is_left_as_it_is():
    """Three lines do not tell where the margins are."""
    page = one_block(*body()[:3], line("ee ;", 9, 0.1, left=1500))
    assert zoned(page) == page


def test_a_page_on_its_side_is_left_as_it_is():
    """All its words are higher than wide, and none of them is a stamp for that."""
    turned = one_block(
        *(
            tuple(read(r.text, r.box.top, r.box.left, width=HEIGHT, height=r.box.right - r.box.left) for r in reads)
            for reads in body()
        )
    )
    assert zoned(turned) == turned


def test_scraps_very_far_from_a_short_line_go():
    """As beside an address that ends in the middle of the page; nearer they may be shreds of a word."""
    far = (*line("The Secretary of State,", 7), read("ae", 1100, 548, 0.3))
    near = (*line("The Secretary of State,", 7), read("ae", 880, 548, 0.3))
    assert [text for _, text, _ in apart(zoned(one_block(*body(), far)))] == ["ae"]
    assert apart(zoned(one_block(*body(), near))) == []
