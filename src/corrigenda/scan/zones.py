"""What of a page is no text of it, told by place, size, shape and confidence: stamps, handwriting, specks.

The words alone decide, no image is needed. What is set apart is never corrected and never read as text, so a line goes
only where two signs at least agree, and in doubt it stays: the rules for text (`ingest.segment`) look at it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from corrigenda.ingest.compose import Line, Page, Read, Zone
from corrigenda.ingest.words import is_scrap, plausible_words
from corrigenda.scan.order import Placed, ordered
from corrigenda.scan.typed import Area, area, around, is_sure, is_turned, letters, sureness
from corrigenda.values import Box, SegmentKind

__all__ = ["zoned"]

_UNSURE, _READ = 0.6, 0.8
# What is no word and yet typed: a figure of two digits, initials.
_SHORT = re.compile(r"\d{2}|(?:\b\w{1,2}\. ?){2}")
_LOW = re.compile(r"[acemnorsuvwxz]+")
# Widths of a letter: typed words are 1 to 1.7 apart; two that are 2.5 apart need not belong together, and where one is
# torn up, its shreds are up to 7 away from the last word. A typist overruns the margin by three letters, and a page
# that is askew shows as much.
_GAP, _FAR, _OVERRUN = 2.5, 8.0, 3.0
# Shares of the height of a typed word, the second of one without a letter that reaches up or down.
_LARGE, _LARGE_LOW, _SMALL = 1.8, 1.3, 0.5
_NEXT = 1.6
"""Steps from line to line, within which one is next to another; a greeting stands two below the address."""
_NEAR = 1.1
"""Heights of a typed word between two lines that are nearer than any two of a typewriter, which are 1.5 apart."""

_NUMBER = re.compile(r"\W*[-–—~=_]\W*\w{0,2}\W*|\W*\w{1,2}\W*[-–—~=_]\W*")
_TURNED = "lettering at right angles to the page"
_PAGE_NUMBER = "short and between dashes, in the middle over or under all lines of text"


def zoned(page: Page) -> Page:
    """`page` with its text in reading order, and behind it, as zones, what is no text of it.

    A page on which too little was surely read, or which lies on its side, is as it was.
    """
    lines = list(_lines(page))
    typed = area([line.reads for line in lines])
    if typed is None:
        return page
    body = [_box(line) for line in lines if sum(map(is_sure, line.reads)) > 1]
    text: list[Placed] = []
    apart: list[tuple[Placed, str]] = []
    for line in lines:
        kept: list[Read] = []
        for run, why in _judged(line, typed, body):
            if why:
                apart.append((Placed(reads=run, block=line.block), why))
            else:
                kept += run
        if kept:
            text.append(Placed(reads=tuple(kept), block=line.block))
    return (*ordered(text, typed), *_zones(apart))


def _lines(page: Page) -> Iterator[Placed]:
    """The lines with words that have a place, each with the number of its block."""
    for number, block in enumerate(page):
        for line in () if isinstance(block, Zone) else block:
            if reads := tuple(read for read in line if read.text and read.box):
                yield Placed(reads=reads, block=number)


def _judged(line: Placed, typed: Area, body: Sequence[Box]) -> Iterator[tuple[Line, str | None]]:
    """The runs of `line` in order, each with why it is no text, if it is none.

    Lettering at right angles is none, however well read. A line without a word that was surely read may go as a whole;
    of others only what stands at an end.
    """
    if is_turned(line.reads):
        yield line.reads, _TURNED
        return
    runs = _runs(line.reads, typed)
    sure = [around([read]) for read in line.reads if is_sure(read)]
    if sure:
        judged = [_at_end(runs, i, typed, sure) for i in range(len(runs))]
    else:
        others = [box for box in body if box != _box(line)]
        if why := _no_text(line.reads, typed, others):
            yield line.reads, why
            return
        judged = [_no_text(run, typed, others) for run in runs]
    kept = [i for i, why in enumerate(judged) if not why] or [0, len(runs) - 1]
    yield from ((run, None if kept[0] <= i <= kept[-1] else judged[i]) for i, run in enumerate(runs))


def _runs(reads: Line, typed: Area) -> list[Line]:
    """The words of a line parted at wide gaps, and where the margin is."""
    runs: list[list[Read]] = [[reads[0]]]
    for before, read in pairwise(reads):
        gap = _left(read) - _right(before)
        beside = _OVERRUN * typed.pitch
        crosses = _left(read) > typed.right + beside or _right(before) < typed.left - beside
        if gap > _GAP * typed.pitch or crosses:
            runs.append([])
        runs[-1].append(read)
    return [tuple(run) for run in runs]


def _at_end(runs: Sequence[Line], at: int, typed: Area, sure: Sequence[Box]) -> str | None:
    """Why a run at the end of a line of text, whose `sure` words are here, does not belong to it."""
    run, box = runs[at], around(runs[at])
    text, unsure = _text(run), sureness(run) < _UNSURE
    wordless = not plausible_words(text) and not _SHORT.search(text)
    if any(map(is_sure, run)) or sureness(run) >= _READ:
        return None
    if _is_outside(box, typed) and (unsure or wordless):
        return "beyond the margin, and hardly read"
    if not unsure or any((read.confidence or 0) >= _READ and letters(read.text) > 1 for read in run):
        return None
    # A word that was torn up is as hard to read, but it is on the line, of its size and not too far from the others.
    # The line may be askew, so the nearest word tells where it runs.
    nearest = min(sure, key=lambda other: abs(other.left - box.left))
    strange = _is_odd(run, typed) or abs(_middle(box) - _middle(nearest)) > typed.height / 2
    gaps = [_left(b[0]) - _right(a[-1]) for a, b in pairwise(runs[max(0, at - 1) : at + 2])]
    far = wordless and min(gaps, default=0) > _FAR * typed.pitch
    marks = not any(map(str.isalnum, text))
    return "far from the words of its line, and hardly read" if strange or far or marks else None


def _no_text(reads: Line, typed: Area, body: Sequence[Box]) -> str | None:
    """Why a line is no text of the page: two signs of it, in words."""
    box, text = around(reads), _text(reads)
    if _is_page_number(reads, typed, body):
        return _PAGE_NUMBER
    wordless, outside = is_scrap(text) and not _SHORT.search(text), _is_outside(box, typed)
    if sureness(reads) >= _UNSURE:
        return "specks beyond the margin" if outside and wordless else None
    flush = abs(box.left - typed.left) <= typed.pitch or any(_is_flush(box, other, typed) for other in body)
    signs = {
        "beyond the margin": outside,
        "of another size than the text": _is_odd(reads, typed),
        "without a word between the lines": wordless and any(_crosses(box, other, typed) for other in body),
        "neither a word nor at a margin": wordless and not flush,
    }
    return next((f"hardly read, and {sign}" for sign, shown in signs.items() if shown), None)


def _zones(apart: Sequence[tuple[Placed, str]]) -> Iterator[Zone]:
    """What was set apart, lines of one block and one kind together."""
    known = [(line, _kind(line.reads, why), why) for line, why in apart]
    for (_, kind), group in groupby(known, key=lambda one: (one[0].block, one[1])):
        members = list(group)
        yield Zone(kind=kind, why=members[0][2], block=tuple(line.reads for line, _, _ in members))


def _kind(reads: Line, why: str) -> SegmentKind:
    """What a line is that is no text."""
    text = _text(reads)
    if why == _PAGE_NUMBER:
        return SegmentKind.PAGE_NUMBER
    capitals = sum(character.isupper() for character in text)
    if why == _TURNED or (capitals > 3 and 2 * capitals > letters(text)):
        return SegmentKind.STAMP
    return SegmentKind.HANDWRITING if letters(text) > 1 else SegmentKind.NOISE


def _is_page_number(reads: Line, typed: Area, body: Sequence[Box]) -> bool:
    """Whether a line is what the number of a page is read as; what was read well the rules for text know."""
    box, text = around(reads), _text(reads).replace(" ", "")
    middle, third = (box.left + box.right) / 2, (typed.right - typed.left) / 3
    at_edge = all(box.bottom < other.bottom for other in body) or all(box.top > other.top for other in body)
    return at_edge and third < middle - typed.left < 2 * third and _NUMBER.fullmatch(text) is not None


def _is_odd(reads: Line, typed: Area) -> bool:
    """Whether the words are much larger or smaller than typed ones; marks alone are always small."""
    text = _text(reads)
    height = sorted(map(_height, reads))[len(reads) // 2]
    largest = _LARGE_LOW if _LOW.fullmatch(text) else _LARGE
    return letters(text) > 1 and not _SMALL * typed.height < height < largest * typed.height


def _is_outside(box: Box, typed: Area) -> bool:
    """Whether a place lies beyond the column's edges, or so much of it that no typist wrote it."""
    middle, beside = (box.left + box.right) / 2, _OVERRUN * typed.pitch
    whole = box.left > typed.right + typed.pitch / 2 or box.right < typed.left - typed.pitch / 2
    return whole or not typed.left - beside <= middle <= typed.right + beside


def _is_flush(box: Box, other: Box, typed: Area) -> bool:
    """Whether a line begins under or over another one, and next to it, as the last line of a paragraph does."""
    apart = abs(box.bottom - other.bottom)
    return abs(box.left - other.left) <= typed.pitch and apart < _NEXT * typed.step


def _crosses(box: Box, other: Box, typed: Area) -> bool:
    """Whether a line runs under or over `box` so near that no typewriter can have made both."""
    across = min(box.right, other.right) - max(box.left, other.left)
    return across > 0 and abs(_middle(box) - _middle(other)) < _NEAR * typed.height


def _box(line: Placed) -> Box:
    return around(line.reads)


def _text(reads: Line) -> str:
    return " ".join(read.text for read in reads)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _left(read: Read) -> int:
    return read.box.left if read.box else 0


def _right(read: Read) -> int:
    return read.box.right if read.box else 0


def _height(read: Read) -> int:
    return read.box.bottom - read.box.top if read.box else 0
