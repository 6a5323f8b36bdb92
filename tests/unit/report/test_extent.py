"""How many words may be corrected, and how many are flagged."""

from __future__ import annotations

from collections.abc import Callable

from corrigenda.report.extent import Extent, extent
from corrigenda.values import Corrected, Document, Flag, FlagKind, SegmentKind, Span

LINES = "The naval quarantlne of the har bour — and the mis-\nsion near Quorle were told."
PAGE = f"SECRET\n\n{LINES}\n"


def flagged(document: Document, *words: str, kind: FlagKind = FlagKind.DOUBTFUL) -> Corrected:
    """The page with a flag on each of these stretches."""
    starts = [document.text.index(word) for word in words]
    spans = [Span(start=at, end=at + len(word)) for at, word in zip(starts, words, strict=True)]
    flags = tuple(Flag(span=span, kind=kind, why="made up") for span in spans)
    return Corrected(document_id="page", text=document.text, corrections=(), flags=flags, signature="made up")


def test_words_of_what_may_be_corrected_are_counted(make_document: Callable[[str], Document]):
    """Neither a marking nor a dash between words is one; a word broken at a line's end is two."""
    document = make_document(PAGE)
    assert SegmentKind.MARKING in {segment.kind for segment in document.segments}
    assert extent(document, flagged(document)) == Extent(words=15, flagged=0)


def test_a_flag_counts_for_each_word_that_it_touches(make_document: Callable[[str], Document]):
    """One over two words is two words to look at, and two on one word are one."""
    document = make_document(PAGE)
    two = flagged(document, "quarantlne", "har bour", "Quo", "orle")
    assert extent(document, two) == Extent(words=15, flagged=4)


def test_variants_of_an_edition_are_no_doubts(make_document: Callable[[str], Document]):
    """Where the editors differ from the page nothing need be looked at."""
    document = make_document(PAGE)
    assert extent(document, flagged(document, "naval", kind=FlagKind.EDITION_VARIANT)).flagged == 0
