"""Of two readings of a page, line by line the one to begin from: which is better is told without a transcription."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from rapidfuzz.distance import Levenshtein

from corrigenda.ingest.compose import Block, Line, Page, Read, Zone, compose
from corrigenda.scan import second, tesseract
from corrigenda.scan.read import ReadPage, Scan
from corrigenda.scan.slots import Slot, slots
from corrigenda.scan.typed import Area, area, letters, sureness
from corrigenda.scan.worth import Knows, is_known, worth
from corrigenda.values import Box, SegmentKind

__all__ = ["from_better"]

_PRIOR = 0.5
"""How much of what one reading is better on the whole page counts on each line of it."""
_EVEN, _DOUBT = 0.8, 4.0
"""Tesseract's confidence at which neither is likelier, and how many letters a word is worth by which it is doubted."""
_OF_FIGURES = 1.0
"""For RapidOCR where figures differ, of which the words around tell nothing: it has 20 of 25 right."""
_SURELY = 0.95
_HARDLY = 0.6
_WORD = 3
_ALIKE = 0.5
_LARGE, _HEADING = 1.35, 3
_ALONE = "read by one of two engines alone"


def from_better(scan: Scan, knows: Knows) -> Scan:
    """`scan` with every line of a page that was read twice begun from the better of its readings, the other beside it.

    Better is the one with more letters in words that `knows` calls words, less those in words that it does not, by the
    line and by the page. What one engine alone has, and is no word, is set apart.
    """
    knows = functools.cache(knows)
    pages = tuple(_from_better(page, knows) if isinstance(page, ReadPage) else page for page in scan.pages)
    if all(page.beside is None for page in pages if isinstance(page, ReadPage)):
        return scan
    source = scan.document.source
    document = compose(
        [page.page if isinstance(page, ReadPage) else () for page in pages],
        data=scan.data,
        path=source.path,
        document_id=scan.document.id,
        engine=f"{source.engine}; and {second.name()}, line by line the better one",
        whole=False,
    )
    return replace(scan, document=document, pages=pages)


def _from_better(page: ReadPage, knows: Knows) -> ReadPage:
    if page.second is None:
        return page
    found = slots(page.page, page.second)
    ahead = _ahead(found, knows)
    typed = _typed(page.page), _typed(page.second)
    chosen = [_chosen(slot, ahead, typed, knows) for slot in found]
    text = _blocks(found, [one.line for one in chosen])
    reads = [read for block in text for line in block for read in line]
    zones = _zones(page.page, page.second, reads, [read for one in chosen for read in one.apart])
    beside = tuple((one.siglum, one.other) for one in chosen)
    return replace(page, page=(*text, *zones), first=page.page, beside=beside)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    """A line of the better reading, what the `other` engine (`siglum`) has there, and words that are no text."""

    line: Line
    other: Line
    siglum: str
    apart: Line


def _ahead(found: Sequence[Slot], knows: Knows) -> float:
    """By how much the second reading is better than the first on the whole page, by letter of the first."""
    gain = sum(worth(slot.second, knows) - worth(slot.first, knows) for slot in found)
    return gain / max(1, sum(_length(slot.first) for slot in found))


def _length(reads: Line) -> int:
    return sum(len(read.text) for read in reads)


def _typed(page: Page) -> Area | None:
    """How the page is typed by this reading; None where too little was surely read."""
    return area([line for block in page if not isinstance(block, Zone) for line in block])


def _chosen(slot: Slot, ahead: float, typed: tuple[Area | None, Area | None], knows: Knows) -> _Chosen:
    first, again = slot.first, slot.second
    if not first or not again:
        alone, by = (first, typed[0]) if first else (again, typed[1])
        keeps = _is_text(alone, knows) and not (by and _is_stamped(alone, by, knows))
        return _Chosen(line=alone if keeps else (), other=(), siglum=second.SIGLUM, apart=() if keeps else alone)
    (first, first_apart), (again, again_apart) = (
        _without_noise(first, again, typed[0], knows),
        _without_noise(again, first, typed[1], knows),
    )
    first, again = _spaced(first, again, knows), _spaced(again, first, knows)
    gain = worth(again, knows) - worth(first, knows) + _PRIOR * ahead * _length(first) + _leaning(first, again)
    if gain > 0:
        apart = (*again_apart, *first_apart, *_unheard(first, again))
        return _Chosen(line=again, other=first, siglum=tesseract.SIGLUM, apart=apart)
    apart = (*first_apart, *again_apart, *_unheard(again, first))
    return _Chosen(line=first, other=again, siglum=second.SIGLUM, apart=apart)


def _unheard(other: Line, taken: Line) -> Line:
    """The words of the line that was not taken that the one that was has neither there nor alike: none may be lost."""
    boxes = [read.box for read in taken if read.box]

    def is_heard(read: Read) -> bool:
        alike = (Levenshtein.normalized_similarity(read.text.lower(), one.text.lower()) for one in taken)
        return _lies_on(read, boxes) or max(alike, default=0.0) >= _ALIKE

    return tuple(read for read in other if not is_heard(read))


def _leaning(first: Line, again: Line) -> float:
    """What speaks for RapidOCR's reading of a line beside its words, in letters.

    It is Tesseract's doubt of what it has otherwise, since RapidOCR has one confidence for a whole line; and figures.
    """
    own, theirs = _otherwise(first, again), _otherwise(again, first)
    figures = all(any(map(str.isdigit, _text(side))) for side in (own, theirs))
    return (_DOUBT * (_EVEN - sureness(own)) if own else 0.0) + figures * _OF_FIGURES


def _otherwise(reads: Line, other: Line) -> list[Read]:
    """The words of a line that the other reading of it lacks."""
    theirs = {read.text.lower() for read in other}
    return [read for read in reads if read.text.lower() not in theirs]


def _is_text(reads: Line, knows: Knows) -> bool:
    """Whether words that one engine alone has are text: surely read, or known and not hardly read, or several known."""
    sure, size = sureness(reads), sum(map(str.isalnum, _text(reads)))
    # A figure, a label or "I" is of one letter, and text where it was surely read.
    if size > 0 and sure >= _SURELY:
        return True
    if size < _WORD - 1:
        return False
    if _known_words(reads, knows) >= _HEADING:
        return True
    told = reads if sure >= _EVEN else [read for read in reads if len(read.text) >= _WORD]
    return sure >= _HARDLY and worth(told, knows) > 0


def _known_words(reads: Line, knows: Knows) -> int:
    return sum(len(read.text) >= _WORD and is_known(read.text, knows) for read in reads)


def _is_stamped(reads: Line, typed: Area, knows: Knows) -> bool:
    """Whether words are much higher than typed ones, and too few to be the heading of a page."""
    heights = [read.box.bottom - read.box.top for read in reads if read.box]
    if not heights or median(heights) <= _LARGE * typed.height:
        return False
    return _known_words(reads, knows) < _HEADING


def _without_noise(reads: Line, other: Line, typed: Area | None, knows: Knows) -> tuple[Line, Line]:
    """The words of a line but for what is no text of it, and that."""
    lone = _lone(reads, other)
    noise = {i for run in lone if not _is_text(tuple(reads[i] for i in run), knows) for i in run}
    if typed:
        noise |= _in_margin(reads, other, typed, knows)
    if len(noise) == len(reads):
        return reads, ()
    return tuple(r for i, r in enumerate(reads) if i not in noise), tuple(r for i, r in enumerate(reads) if i in noise)


def _in_margin(reads: Line, other: Line, typed: Area, knows: Knows) -> set[int]:
    """The words beyond the column at either end of a line that are no words and that the other reading has otherwise.

    It is handwriting: signatures down a margin are read at the ends of typed lines, and surely by RapidOCR, which has
    one confidence for both.
    """
    theirs = {read.text.lower() for read in other}

    def is_strange(read: Read) -> bool:
        return letters(read.text) > 1 and read.text.lower() not in theirs and worth([read], knows) <= 0

    found: set[int] = set()
    for order, is_left in ((range(len(reads)), True), (range(len(reads) - 1, -1, -1), False)):
        for i in order:
            box = reads[i].box
            outside = box is not None and (box.right <= typed.left if is_left else box.left >= typed.right)
            if not outside or not is_strange(reads[i]):
                break
            found.add(i)
    return found


def _lone(reads: Line, other: Line) -> list[list[int]]:
    """The runs of words of which no letter has a counterpart in the other reading of the line."""
    ours, theirs = _text(reads), _text(other)
    owner = [i for i, read in enumerate(reads) for _ in f"{read.text} "]
    met: set[int] = set()
    for op in Levenshtein.opcodes(ours.lower(), theirs.lower()):
        if op.tag in ("equal", "replace"):
            met |= {owner[at] for at in range(op.src_start, op.src_end) if ours[at] != " "}
    alone = [i not in met for i in range(len(reads))]
    runs = [(is_alone, list(group)) for is_alone, group in groupby(range(len(reads)), key=lambda i: alone[i])]
    return [run for is_alone, run in runs if is_alone]


def _spaced(reads: Line, other: Line, knows: Knows) -> Line:
    """The line with words cut in two where the other reading has a blank and both halves are words."""
    ours, theirs = _text(reads), _text(other)
    blanks = {
        op.src_start
        for op in Levenshtein.opcodes(ours.lower(), theirs.lower())
        if op.tag == "insert" and theirs[op.dest_start : op.dest_end] == " "
    }
    found: list[Read] = []
    at = 0
    for read in reads:
        found += _cut(read, sorted(b - at for b in blanks if at < b < at + len(read.text)), knows)
        at += len(read.text) + 1
    return tuple(found)


def _cut(read: Read, blanks: Sequence[int], knows: Knows) -> Line:
    for at in blanks:
        parts = _part(read, 0, at), _part(read, at, len(read.text))
        if worth(parts, knows) > worth([read], knows):
            return (parts[0], *_cut(parts[1], [b - at for b in blanks if b > at], knows))
    return (read,)


def _part(read: Read, start: int, end: int) -> Read:
    """A part of a word, with its share of the word's place."""
    box = read.box
    if box:
        width = (box.right - box.left) / len(read.text)
        box = replace(box, left=round(box.left + start * width), right=round(box.left + end * width))
    return Read(text=read.text[start:end], box=box, confidence=read.confidence)


def _blocks(found: Sequence[Slot], lines: Sequence[Line]) -> tuple[Block, ...]:
    """The lines in the paragraphs of the first reading; of lines that it lacks the second one tells."""
    blocks: list[list[Line]] = []
    last: int | None = None
    for i, (slot, line) in enumerate(zip(found, lines, strict=True)):
        goes_on = slot.block == last if slot.block is not None else _goes_on(found, i)
        if not goes_on or not blocks:
            blocks.append([])
        if line:
            blocks[-1].append(line)
        last = last if slot.block is None and goes_on else slot.block
    return tuple(tuple(block) for block in blocks if block)


def _goes_on(found: Sequence[Slot], at: int) -> bool:
    """Whether a line that the first reading lacks stands within a paragraph."""
    around = [[s.block for s in side if s.block is not None] for side in (found[:at], found[at:])]
    within = bool(around[0] and around[1]) and around[0][-1] == around[1][0]
    return within or not found[at].begins


def _zones(first: Page, again: Page, text: Sequence[Read], apart: Sequence[Read]) -> list[Zone]:
    """What is no text of the page by either reading, once, and where neither has text."""
    taken = [read.box for read in text if read.box]
    found: list[Zone] = []
    for page in (first, again):
        for zone in page:
            if isinstance(zone, Zone):
                block = tuple(kept for line in zone.block if (kept := tuple(r for r in line if not _lies_on(r, taken))))
                if block:
                    found.append(replace(zone, block=block))
        taken = taken + [r.box for zone in found for line in zone.block for r in line if r.box]
    left: list[Read] = []
    for read in apart:
        # What both engines read there, each in its own way, stands apart once.
        if not _lies_on(read, taken):
            left.append(read)
            taken = [*taken, *((read.box,) if read.box else ())]
    if left:
        kind = SegmentKind.HANDWRITING if any(map(str.isalpha, _text(left))) else SegmentKind.NOISE
        found.append(Zone(kind=kind, why=_ALONE, block=(tuple(left),)))
    return found


def _lies_on(read: Read, boxes: Sequence[Box]) -> bool:
    """Whether the middle of a word is on one of the boxes."""
    if read.box is None:
        return False
    across, down = (read.box.left + read.box.right) / 2, (read.box.top + read.box.bottom) / 2
    return any(b.left <= across <= b.right and b.top <= down <= b.bottom for b in boxes)


def _text(reads: Sequence[Read]) -> str:
    return " ".join(read.text for read in reads)
