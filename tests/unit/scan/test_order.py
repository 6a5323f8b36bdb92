"""Lines in the order in which they are read."""

from __future__ import annotations

from corrigenda.ingest.compose import Block, Read
from corrigenda.scan.order import Placed, ordered
from corrigenda.scan.typed import Area, around
from corrigenda.values import Box

TYPED = Area(pitch=20, height=30, left=300, right=1300, step=50)


def placed(text: str, left: int, top: int, block: int = 0, *, slope: float = 0) -> Placed:
    """Words of one line; `slope` is how far it falls a pixel."""
    reads, at = [], left
    for word in text.split():
        y = round(top + slope * (at - left))
        reads.append(Read(text=word, box=Box(left=at, top=y, right=at + 20 * len(word), bottom=y + 30)))
        at += 20 * (len(word) + 1)
    return Placed(reads=tuple(reads), block=block)


def shown(blocks: tuple[Block, ...]) -> list[list[str]]:
    """The lines of each block."""
    return [[" ".join(read.text for read in line) for line in block] for block in blocks]


def test_a_line_that_was_cut_in_two_is_one_again():
    """The halves are in blocks of their own, the right one first, as Tesseract leaves them around a stamp."""
    lines = (
        placed("The situation was then", 960, 250, 1),
        placed("conditions affecting the lot", 300, 200, 0),
        placed("this country up to that date.", 300, 252, 2),
        placed("summed up as follows:", 300, 300, 2),
    )
    assert shown(ordered(lines, TYPED)) == [
        [
            "conditions affecting the lot",
            "this country up to that date. The situation was then",
            "summed up as follows:",
        ]
    ]


def test_a_page_that_is_askew_keeps_its_rows():
    """The end of a line may be lower than the beginning of the next one."""
    lines = tuple(
        placed(f"{n} the lot of those who came into the harbour", 300, 200 + 50 * n, 0, slope=0.06) for n in range(5)
    )
    cut = (*lines[1:], placed("and left", 1260, 258, 1), lines[0])
    found = shown(ordered(cut, TYPED))
    assert [line[0] for block in found for line in block] == list("01234")
    assert found[0][0].endswith("harbour and left")


def test_columns_are_read_one_after_the_other():
    """Side by side they look like rows, so many that no stamp has cut them all."""
    left = [placed(f"a{n} in the town", 300, 200 + 50 * n, 0) for n in range(6)]
    right = [placed(f"b{n} at the port", 900, 200 + 50 * n, 1) for n in range(6)]
    found = shown(ordered([*left, *right], TYPED))
    assert [[line[:2] for line in block] for block in found] == [
        [f"a{n}" for n in range(6)],
        [f"b{n}" for n in range(6)],
    ]


def test_a_paragraph_ends_where_the_next_is_indented_or_far_below():
    """Blocks of the engine alone part nothing, since every stamp makes new ones."""
    lines = (
        placed("the note was signed.", 300, 200, 0),
        placed("The consul asked for it", 380, 250, 1),
        placed("on the same day.", 300, 300, 2),
        placed("Respectfully yours,", 300, 420, 3),
    )
    assert shown(ordered(lines, TYPED)) == [
        ["the note was signed."],
        ["The consul asked for it", "on the same day."],
        ["Respectfully yours,"],
    ]


def test_what_stands_beside_the_column_is_on_no_row_of_it():
    """The title of a picture on the page to the left, and a note on the right."""
    lines = (
        placed("River scene", 20, 250, 0),
        placed("and stopped for the night", 1320, 250, 1),
        placed("the lot of those", 300, 200, 2),
        placed("who came into the harbour", 300, 250, 2),
    )
    assert shown(ordered(lines, TYPED)) == [
        ["River scene"],
        ["the lot of those", "who came into the harbour"],
        ["and stopped for the night"],
    ]


def test_what_was_written_high_into_a_line_does_not_move_it():
    """The words decide together how high a row is, not the box around them."""
    tall = Placed(reads=(Read(text="Fep", box=Box(left=180, top=120, right=290, bottom=280)),), block=1)
    lines = (
        placed("were brought back to the families", 300, 200, 0),
        placed("whereas the gentleman and four other", 300, 250, 0),
        tall,
    )
    low = Placed(reads=(*tall.reads, *lines[1].reads), block=0)
    found = shown(ordered((lines[0], low), TYPED))
    assert found[0][0].startswith("were brought")


def test_a_list_beside_a_letter_is_read_to_its_foot():
    """The lines of the two are not on one row, though they begin at the same places, and one line runs over both."""
    above = placed("the name of a society that fills the whole width of", 300, 100, 0)
    left = [placed(f"a{n} in town", 300, 200 + 50 * n, n) for n in range(8)]
    right = [placed(f"b{n} of the letter", 900, 200 + 62 * n, 20 + n) for n in range(6)]
    mixed = sorted([above, *left, *right], key=lambda line: around(line.reads).top)
    found = [line[:2] for block in shown(ordered(mixed, TYPED)) for line in block]
    assert found == ["th", *(f"a{n}" for n in range(8)), *(f"b{n}" for n in range(6))]


def test_a_line_that_an_engine_ran_over_both_columns_is_cut():
    """Its second half begins where the letter does, and lines of the letter stand over and under it."""
    left = [placed(f"a{n} in town", 300, 200 + 50 * n, n) for n in range(14) if n != 3]
    right = [placed(f"b{n} of the letter", 900, 212 + 62 * n, 20 + n) for n in range(9) if n != 2]
    both = Placed(reads=(*placed("a3 in town", 300, 350).reads, *placed("b2 of the letter", 900, 350).reads), block=40)
    mixed = sorted([*left, *right, both], key=lambda line: around(line.reads).top)
    found = [line[:2] for block in shown(ordered(mixed, TYPED)) for line in block]
    assert found == [*(f"a{n}"[:2] for n in range(14)), *(f"b{n}" for n in range(9))]


def test_lines_that_an_engine_tore_up_are_no_columns():
    """Many lines run on where others were torn at one of their blanks."""
    torn = [placed(f"a{n} of all the harbours of", 300, 200 + 60 * n, 2 * n) for n in range(5)]
    torn += [placed(f"b{n} the kingdom", 900, 214 + 60 * n, 2 * n + 1) for n in range(5)]
    whole = [placed(f"c{n} which were closed until the ice has gone away", 300, 230 + 60 * n, 30 + n) for n in range(4)]
    given = [*torn, *whole]
    assert shown(ordered(given, TYPED)) == [[" ".join(r.text for r in line.reads)] for line in given]
