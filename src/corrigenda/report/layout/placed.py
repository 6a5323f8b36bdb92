"""The corrected words of a page with the places on its image where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from corrigenda.ingest.compose import Read
from corrigenda.report.layout.changes import Change, changes, share
from corrigenda.values import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corrigenda.values import Corrected, Document, Word

__all__ = ["Placed", "placed_words"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A word, or words of which only one was read, and the rectangle on the page image that is theirs."""

    text: str
    box: Box


def placed_words(document: Document, corrected: Corrected) -> tuple[tuple[tuple[Placed, ...], ...], ...]:
    """For each page of `document` its lines, and for each line its corrected words; words without a box are left out.

    A word that was broken at a line's end stands as a whole in the place of its first half, as in the corrected text.
    """
    lines = list(_lines(document))
    reads = [tuple(Read(text=word.text, box=word.box) for word in line) for line in lines]
    spans = [word.span for word in document.words]
    made = changes(document.text, spans, reads, corrected.corrections)
    words = _corrected([read for line in reads for read in line], made)
    pages: list[list[tuple[Placed, ...]]] = [[] for _ in document.pages]
    first, page = 0, 0
    for line in lines:
        while page + 1 < len(pages) and line[0].span.start >= document.pages[page].end:
            page += 1
        placed = tuple(one for number in range(first, first + len(line)) for one in words[number])
        if placed:
            pages[page].append(placed)
        first += len(line)
    return tuple(map(tuple, pages))


def _lines(document: Document) -> Iterator[tuple[Word, ...]]:
    """The words of each line, by the line breaks of the text."""
    ends = [i for i, letter in enumerate(document.text) if letter in "\n\r\f"]
    at = 0
    numbered: list[tuple[int, Word]] = []
    for word in document.words:
        while at < len(ends) and ends[at] < word.span.start:
            at += 1
        numbered.append((at, word))
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield tuple(word for _, word in group)


def _corrected(reads: Sequence[Read], made: Iterable[Change]) -> list[list[Placed]]:
    """What stands in the place of each word: one, none or several."""
    words = [[Placed(text=read.text, box=read.box)] if read.box else [] for read in reads]
    for change in made:
        if change.first == change.stop:
            number = change.first if change.before else change.first - 1
            own, put = words[number], " ".join(change.texts)
            # There is no room for a word that was not read; it shares that of its neighbour.
            words[number] = [
                Placed(text=f"{put} {one.text}" if change.before else f"{one.text} {put}", box=one.box) for one in own
            ]
        elif change.divide:
            words[change.first : change.stop] = [[] for _ in range(change.first, change.stop)]
            words[change.first] = _divided(reads[change.first : change.stop], change.texts)
        else:
            for i, text in enumerate(change.texts):
                whole = change.half.whole * change.half.first if change.half else text
                box = reads[change.first + i].box
                words[change.first + i] = [Placed(text=whole, box=box)] if whole and box else []
    return words


def _divided(reads: Sequence[Read], texts: Sequence[str]) -> list[Placed]:
    boxes = [read.box for read in reads if read.box]
    if not boxes:
        return []
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    edges = share(min(b.left for b in boxes), max(b.right for b in boxes), texts)
    return [
        Placed(text=text, box=Box(left=round(left), top=top, right=round(right), bottom=bottom))
        for text, (left, right) in zip(texts, edges, strict=True)
    ]
