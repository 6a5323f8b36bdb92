"""What each line of a page is, once its neighbours are heard.

The rules run in turn, each over all lines, and only name lines that no rule before has named: first what a line is
by itself, then scraps beside stamps, page numbers, the parts of a letter, titles, noise. What is left is body.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from corrigenda.ingest import letter
from corrigenda.ingest.marks import Found, recognise
from corrigenda.ingest.words import (
    ends_in_hyphen,
    ends_sentence,
    is_continuation,
    is_scrap,
    is_small_words,
    is_title_like,
    plausible_words,
)
from corrigenda.values import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from corrigenda.ingest.layout import Line

__all__ = ["classify", "is_double_spaced", "is_enumerator"]

_Named = list[Found | None]

_STAMP_SCRAP = re.compile(r"\W*(?:\d{1,4}|[A-Z]{1,2})\W*")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{2,4})[.)]")
_LOWER_WORD = re.compile(r"(?<![^\W_])[a-z]{2,}(?![^\W_])")
_HEAD_LINES = 12
# The last line of a paragraph is short and has none of the signs that specks are read as.
_LAST_LINE = re.compile(r"(?=.{2,30}\Z)[\w(\"“‘'$][\w .,;:'’\"”()/&$%-]*")
# A figure, in which letters may be misread figures (3O, l2), and what names an aircraft or the like.
_FIGURE = r"(?=\S*\d)[$£]?[\dOIlSB][\dOIlSB.,/-]*%?"
_DESIGNATOR = r"[A-Z]{1,4}-\d{1,3}[A-Z]?(?:['’]?s)?"
_CELL = rf"\s+(?:{_FIGURE}|{_DESIGNATOR}|-+)"
_ROW = re.compile(rf"(?:{_DESIGNATOR}(?:{_CELL})+|(?:{_FIGURE}|[A-Z]{{2,6}})(?:{_CELL}){{2,}})")
_ADDRESS_LINES = 7
_SIGNATURE_LINES = 4


def classify(lines: Sequence[Line]) -> list[Found]:
    """What each of `lines` is, and why."""
    named: _Named = [_by_itself(line) for line in lines]
    for rule in (_scraps_beside_stamps, _page_numbers, _letter_parts, _signatures, _copy_items, _addresses):
        rule(lines, named)
    for rule in (_addresses_in_one, _letterheads, _addresses_above_salutations, _private_letterhead, _titles, _noise):
        rule(lines, named)
    body = Found(kind=SegmentKind.BODY, why="running text")
    return [found or body for found in named]


def is_enumerator(line: str) -> bool:
    """Whether `line` is only the number of a paragraph, which an engine may put on a line of its own."""
    return _ENUMERATOR.fullmatch(line) is not None


def is_double_spaced(lines: Iterable[Line]) -> bool:
    """Whether a blank line stands between nearly all typed lines, as some engines write: it then parts nothing.

    A page of paragraphs that are one long line each looks the same but for its long lines.
    """
    found = [line for line in lines if line.text]
    if len(found) < 4:
        return False
    gaps = sum(line.gap for line in found[1:])
    long = sum(len(line.text) > 110 for line in found)
    return gaps >= 0.8 * (len(found) - 1) and long <= 0.05 * len(found)


def _by_itself(line: Line) -> Found | None:
    if line.cut and not any(letter_.isalnum() for letter_ in line.text):
        return Found(kind=SegmentKind.NOISE, why="specks beside a redaction")
    return recognise(line.text)


def _scraps_beside_stamps(lines: Sequence[Line], named: _Named) -> None:
    """Digits and single letters next to a stamp belong to it: the number of a copy, a box that was ticked."""
    why = "scrap beside a stamp"
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for i in order:
            beside = named[i - order.step]
            if named[i] is None and beside and beside.kind is SegmentKind.STAMP:
                text = lines[i].text
                if _STAMP_SCRAP.fullmatch(text) and not is_enumerator(text):
                    named[i] = Found(kind=SegmentKind.STAMP, why=why)


def _page_numbers(lines: Sequence[Line], named: _Named) -> None:
    """A bare number that is the first or the last text of its page."""
    for _, group in groupby(range(len(lines)), key=lambda i: lines[i].page):
        free = [i for i in group if named[i] is None]
        if len(free) < 2:
            continue
        ends = {free[0]}
        if lines[free[-1]].gap or ends_sentence(lines[free[-2]].text):
            ends.add(free[-1])
        for i in ends:
            if _BARE_NUMBER.fullmatch(lines[i].text):
                named[i] = Found(kind=SegmentKind.PAGE_NUMBER, why="number alone at the edge of a page")


def _letterheads(lines: Sequence[Line], named: _Named) -> None:
    """Names of agencies and embassies among the first lines of a page, and the city below them."""
    for _, group in groupby(range(len(lines)), key=lambda i: lines[i].page):
        head = [i for i in group if named[i] is None][:_HEAD_LINES]
        above = False
        for i in head:
            text = lines[i].text
            above = letter.is_letterhead(text) or (above and letter.goes_on_letterhead(text))
            if above:
                named[i] = Found(kind=SegmentKind.LETTERHEAD, why="printed head of the paper")


_PARTS: tuple[tuple[SegmentKind, str, Callable[[Line], bool]], ...] = (
    (SegmentKind.SALUTATION, "greeting", lambda line: letter.is_salutation(line.text, cut=line.cut)),
    (SegmentKind.CLOSING, "courtesy before the signature", lambda line: letter.is_closing(line.text)),
    (SegmentKind.COPY, "who else got it", lambda line: letter.is_copy_line(line.text)),
    (SegmentKind.HEADING, "head of a memorandum", lambda line: letter.is_heading(line.text)),
    (SegmentKind.DRAFTING, "offices and initials of the drafters", lambda line: letter.is_drafting_line(line.text)),
)


def _letter_parts(lines: Sequence[Line], named: _Named) -> None:
    """The parts of a letter that a line shows by its wording."""
    for i, line in enumerate(lines):
        if named[i] is None:
            named[i] = next((Found(kind=kind, why=why) for kind, why, fits in _PARTS if fits(line)), None)
    for i, line in enumerate(lines):
        if named[i] is not None or not letter.is_date(line.text):
            continue
        # A name or a place above leaves no sentence open.
        if not _is_open(lines, named, i - 1) or is_title_like(lines[i - 1].text):
            named[i] = Found(kind=SegmentKind.HEADING, why="date")


def _is_open(lines: Sequence[Line], named: _Named, i: int) -> bool:
    """Whether line `i` is, so far, text whose sentence goes on."""
    return i >= 0 and named[i] is None and not ends_sentence(lines[i].text)


def _signatures(lines: Sequence[Line], named: _Named) -> None:
    """Names and titles after the closing; the specks of the handwritten signature between them are passed over."""
    for i in [i for i, found in enumerate(named) if found and found.kind is SegmentKind.CLOSING]:
        for j in range(i + 1, min(len(lines), i + 1 + _SIGNATURE_LINES)):
            text = lines[j].text
            if named[j] is not None or text.endswith(":") or letter.is_address_opening(text):
                break
            if is_title_like(text) and plausible_words(text):
                named[j] = Found(kind=SegmentKind.SIGNATURE, why="name or title after the closing")
            elif not is_scrap(text):
                break


def _copy_items(lines: Sequence[Line], named: _Named) -> None:
    """The entries of a distribution list."""
    for i in range(1, len(lines)):
        above = named[i - 1]
        if above and above.kind is SegmentKind.COPY and named[i] is None and letter.is_copy_item(lines[i].text):
            named[i] = above


def _run(lines: Sequence[Line], named: _Named, start: int) -> list[int]:
    """The lines from `start` that may be one address: short lines of names and numbers, on one page."""
    run: list[int] = []
    for i in range(start, min(len(lines), start + _ADDRESS_LINES)):
        if named[i] is not None or lines[i].page != lines[start].page:
            break
        if not is_title_like(lines[i].text) and not (run and _goes_on_address(lines, i)):
            break
        run.append(i)
    return run


def _goes_on_address(lines: Sequence[Line], i: int) -> bool:
    """Whether line `i` is the rest of what line `i - 1` of an address has begun."""
    return i > 0 and letter.goes_on_address(lines[i].text, above=lines[i - 1].text)


def _addresses(lines: Sequence[Line], named: _Named) -> None:
    """An address that opens with a person's title, at the head or the foot of a letter."""
    for i, line in enumerate(lines):
        if named[i] is not None or not letter.is_address_opening(line.text):
            continue
        if not line.gap and _is_open(lines, named, i - 1):
            continue
        run = _run(lines, named, i)
        # Two titles are a list of those present, not an address.
        titles = sum(letter.is_address_opening(lines[j].text) for j in run)
        if len(run) >= (2 if letter.is_high_address(line.text) else 3) and titles <= 2 and len(run) > titles:
            for j in run:
                named[j] = Found(kind=SegmentKind.ADDRESS, why="name with title, office and place")


def _addresses_in_one(lines: Sequence[Line], named: _Named) -> None:
    """An address on one line of its own, below the signature or above the greeting."""
    for i, line in enumerate(lines):
        if named[i] is not None or not letter.is_address_in_one(line.text):
            continue
        above, below = named[i - 1] if i else None, named[i + 1] if i + 1 < len(lines) else None
        alone = (i == 0 or line.gap) and (i + 1 == len(lines) or lines[i + 1].gap)
        signed = above is not None and above.kind in {SegmentKind.SIGNATURE, SegmentKind.CLOSING}
        greeted = below is not None and below.kind is SegmentKind.SALUTATION
        if alone and (signed or greeted):
            named[i] = Found(kind=SegmentKind.ADDRESS, why="name with title, office and place, on one line")


def _addresses_above_salutations(lines: Sequence[Line], named: _Named) -> None:
    """Short lines of names and numbers just above the greeting."""
    for i in [i for i, found in enumerate(named) if found and found.kind is SegmentKind.SALUTATION]:
        run: list[int] = []
        for j in range(i - 1, max(-1, i - 1 - _ADDRESS_LINES), -1):
            if named[j] is not None or not (is_title_like(lines[j].text) or _goes_on_address(lines, j)):
                break
            run.append(j)
            if lines[j].gap and len(run) > 1 and not lines[i - 1].gap:
                break
        while run and not is_title_like(lines[run[-1]].text):
            run.pop()
        if sum(bool(plausible_words(lines[j].text)) for j in run) > 1:
            for j in run:
                named[j] = Found(kind=SegmentKind.ADDRESS, why="short lines above the greeting")


def _private_letterhead(lines: Sequence[Line], named: _Named) -> None:
    """Names and places at the very top of a letter, above its date: printed paper of a person or a society."""
    run = _run(lines, named, 0)
    after = named[len(run)] if run and len(run) < len(lines) else None
    below = named[len(run) : len(run) + _HEAD_LINES]
    greeted = any(found and found.kind is SegmentKind.SALUTATION for found in below)
    if after and after.why == "date" and greeted:
        for i in run:
            named[i] = Found(kind=SegmentKind.LETTERHEAD, why="names and places above the date")


def _titles(lines: Sequence[Line], named: _Named) -> None:
    """Short lines of capitalised words, standing alone where no sentence is open."""
    for _, group in groupby(range(len(lines)), key=lambda i: lines[i].page):
        page = list(group)
        spaced = is_double_spaced(lines[i] for i in page)
        capitals = sum(lines[i].text.isupper() for i in page) * 2 > len(page)
        for i in page:
            text = lines[i].text
            alone = lines[i].gap and (i + 1 == len(lines) or lines[i + 1].gap)
            if named[i] is not None or not alone or text[-1:] in ".,;-" or not is_title_like(text):
                continue
            if spaced and (capitals or not text.isupper()):
                continue
            if plausible_words(text) and not is_scrap(text) and not _is_open(lines, named, i - 1):
                named[i] = Found(kind=SegmentKind.HEADING, why="title standing alone")


def _noise(lines: Sequence[Line], named: _Named) -> None:
    """Lines that are mostly not words, unless the paragraph they stand in needs them or they are rows of a table."""
    for i, line in enumerate(lines):
        if named[i] is not None or not is_scrap(line.text) or _belongs_to_text(lines, named, i):
            continue
        if any(letter_.isalpha() for letter_ in line.text):
            if _is_row(line.text):
                continue
            named[i] = Found(kind=SegmentKind.HANDWRITING, why="letters that make no words, as handwriting is read")
        else:
            named[i] = Found(kind=SegmentKind.NOISE, why="specks or figures without words")


def _is_row(line: str) -> bool:
    """Whether `line` is a row of a table: two or more figures behind an acronym, or designators and figures.

    >>> [_is_row(line) for line in ("IL-28  42  3O", "GDR  12  3O", "IL-28 42", "W/ 12", "OP 2, 011", "IL-28 42 xq")]
    [True, True, True, False, False, False]
    """
    cells = [cell.strip(".,") for cell in line.split()]
    return _ROW.fullmatch(line) is not None and all(len(cell) > 1 for cell in cells[:2])


def _belongs_to_text(lines: Sequence[Line], named: _Named, i: int) -> bool:
    """Whether scrap `i` is the number of a paragraph, a part of a sentence, or what a redaction left of it."""
    line = lines[i]
    if is_enumerator(line.text):
        return i + 1 < len(lines) and named[i + 1] is None and not is_scrap(lines[i + 1].text)
    if ends_in_hyphen(line.text):
        return i + 1 < len(lines) and named[i + 1] is None and lines[i + 1].text[:1].islower()
    if line.cut:
        return not line.gap or _LOWER_WORD.search(line.text) is not None
    # Without a blank line between, a short line ends the paragraph above it, and its small words may begin a sentence.
    under_text = not line.gap and i > 0 and named[i - 1] is None and len(plausible_words(lines[i - 1].text)) > 2
    ends_paragraph = _is_open(lines, named, i - 1) and _LAST_LINE.fullmatch(line.text)
    if under_text and (is_small_words(line.text) or ends_paragraph):
        return True
    figures = not line.gap and not any(letter_.isalpha() for letter_ in line.text)
    return (figures or is_continuation(line.text)) and _is_open(lines, named, i - 1)
