"""The lines of one reading laid on those of another by their places."""

from __future__ import annotations

from corrigenda.ingest.compose import Line, Page, Read
from corrigenda.scan.slots import slots
from corrigenda.values import Box


def line(text: str, left: int, top: int, *, slope: float = 0) -> Line:
    """Words of letters 20 pixels wide; `slope` is how far the line falls a pixel."""
    reads, at = [], left
    for word in text.split():
        y = round(top + slope * (at - left))
        reads.append(Read(text=word, box=Box(left=at, top=y, right=at + 20 * len(word), bottom=y + 30)))
        at += 20 * (len(word) + 1)
    return tuple(reads)


def page(*lines: Line) -> Page:
    """Lines in one paragraph."""
    return (lines,)


def found(first: Page, second: Page) -> list[tuple[str, str]]:
    """What either has in the place of each line."""
    return [(text(slot.first), text(slot.second)) for slot in slots(first, second)]


def text(words: Line) -> str:
    """The words of a line."""
    return " ".join(read.text for read in words)


def test_lines_are_found_by_their_place_however_they_read():
    """Lines askew by more than their height have each other's words, in the order of the first reading."""
    ours = [line(f"the harbour of {name} is closed for winter", 0, 100 * n, slope=0.06) for n, name in enumerate("abc")]
    theirs = [
        line(f"tbe harb0ur 0f {name} ls c1osed f0r wlnter", 4, 100 * n, slope=0.06) for n, name in enumerate("abc")
    ]
    assert found(page(*ours), page(*reversed(theirs))) == [
        (text(a), text(b)) for a, b in zip(ours, theirs, strict=True)
    ]


def test_a_line_that_one_alone_has_comes_after_the_one_over_it():
    """Either may have lost a line, the first one of the page as well."""
    a, b, c = (line(f"the {n} line of the page", 0, 60 * i) for i, n in enumerate("abc"))
    assert found(page(a, c), page(a, b, c)) == [(text(a), text(a)), ("", text(b)), (text(c), text(c))]
    assert found(page(b, c), page(a, b)) == [("", text(a)), (text(b), text(b)), (text(c), "")]


def test_words_that_the_first_lost_stay_with_their_line():
    """The end of a line has no word of the other over it, but one beside it."""
    short, whole = line("the harbour is", 0, 0), line("the harbour is closed for winter", 0, 0)
    assert found(page(short, line("and so on", 0, 60)), page(whole, line("and so on", 0, 60)))[0] == (
        text(short),
        text(whole),
    )


def test_of_two_lines_over_one_the_likest_stays():
    """The first reading lost a line, and the words of it lie within the height of the next."""
    ours = page(line("and the port is closed", 0, 20))
    theirs = page(line("all ships were told", 0, 8), line("and the port is c1osed", 0, 22))
    assert found(ours, theirs) == [("", "all ships were told"), ("and the port is closed", "and the port is c1osed")]


def test_where_lines_run_across_columns_the_order_is_that_of_the_columns():
    """One engine reads a list and the letter beside it as rows, the other one tells them apart."""
    left = [line(f"name {n}", 0, 60 * n) for n in range(6)]
    right = [line(f"words of a letter {n}", 400, 60 * n) for n in range(6)]
    rows = page(*((*a, *b) for a, b in zip(left, right, strict=True)))
    expected = [text(one) for one in (*left, *right)]
    assert [b for _, b in found(rows, page(*left, *right))] == expected
    assert [a for a, _ in found(rows, page(*left, *right))] == expected


def test_columns_of_the_first_reading_stay():
    """Rows of the other one are cut, and each half laid on its column."""
    left = [line(f"name {n}", 0, 60 * n) for n in range(6)]
    right = [line(f"words of a letter {n}", 400, 60 * n) for n in range(6)]
    rows = page(*((*a, *b) for a, b in zip(left, right, strict=True)))
    assert found(page(*left, *right), rows) == [(text(one), text(one)) for one in (*left, *right)]
