"""The page in rows for reading side by side: OCR, corrected text and transcription of each segment, cut at the marks.

Nothing is lost by the cutting: the pieces of a column, one after the other, are its text. Only the white space
between segments is left to the layout.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from corrigenda.align import align
from corrigenda.report.marks import Mark
from corrigenda.text import key, tokens
from corrigenda.values import Document, Segment, SegmentKind, Span, Transcript

__all__ = ["Piece", "Row", "page_of", "rows"]

_REDACTED = "\0"
# Below this likeness two words that the aligner paired are strangers, and do not tell which row a word belongs to.
_LEAST_LIKENESS = 0.5
_PARAGRAPH = re.compile(r"\r?\n[ \t]*\r?\n\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a column's text, in a mark or not; `first` says that the mark's account goes with this piece."""

    text: str
    mark: Mark | None = None
    first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One segment in all columns; `opens_page` is the number of the page that begins with it."""

    kind: SegmentKind
    why: str
    ocr: tuple[Piece, ...]
    corrected: tuple[Piece, ...]
    truth: str
    opens_page: int | None


def rows(document: Document, transcript: Transcript | None, marks: Sequence[Mark]) -> tuple[Row, ...]:
    """The rows of `document` in the order of the page, each with its stretch of `transcript`."""
    ocr = _cut(document, marks)
    clean = [tuple(_corrected(pieces)) for pieces in ocr]
    truths = _stretches(document.segments, clean, transcript) if transcript else [""] * len(ocr)
    opened: set[int] = {1} if len(document.pages) < 2 else set()
    found: list[Row] = []
    for segment, before, after, truth in zip(document.segments, ocr, clean, truths, strict=True):
        page = page_of(document, segment.span)
        found.append(
            Row(
                kind=segment.kind,
                why=segment.why,
                ocr=before,
                corrected=after,
                truth=truth,
                opens_page=None if page in opened else page,
            )
        )
        opened.add(page)
    return tuple(found)


def page_of(document: Document, span: Span) -> int:
    """The number, from 1, of the page on which `span` begins."""
    return max(1, bisect_right(document.pages, span.start, key=lambda page: page.start))


def _cut(document: Document, marks: Sequence[Mark]) -> list[tuple[Piece, ...]]:
    """The OCR text of each segment, cut at the marks; a part over several segments is cut into one piece in each."""
    starts = [segment.span.start for segment in document.segments]
    if not starts:
        return []
    held: list[list[tuple[Span, Mark, bool]]] = [[] for _ in starts]
    for mark in marks:
        for part in mark.parts:
            row = max(0, bisect_right(starts, part.start) - 1)
            held[row].append((part, mark, part is mark.parts[0]))
            while row + 1 < len(starts) and starts[row + 1] < part.end:
                row += 1
                held[row].append((part, mark, False))
    return [
        tuple(_pieces(document.text, segment.span, sorted(inside, key=lambda one: one[0])))
        for segment, inside in zip(document.segments, held, strict=True)
    ]


def _pieces(text: str, span: Span, marked: Iterable[tuple[Span, Mark, bool]]) -> Iterator[Piece]:
    at = span.start
    for part, mark, first in marked:
        # A lost word may be missed in the white space after a segment; its mark then stands at the segment's end.
        start, end = (max(at, min(offset, span.end)) for offset in (part.start, part.end))
        if start > at:
            yield Piece(text=text[at:start])
        yield Piece(text=text[start:end], mark=mark, first=first)
        at = end
    if at < span.end:
        yield Piece(text=text[at : span.end])


def _corrected(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same pieces after correction; white space at the edges of a reading stays outside its mark."""
    for piece in pieces:
        if not (piece.mark and piece.mark.correction):
            yield piece
            continue
        after = piece.mark.correction.after if piece.first else ""
        word = after.strip()
        lead, _, trail = after.partition(word) if word else ("", "", "")
        if lead:
            yield Piece(text=lead)
        yield Piece(text=word or after, mark=piece.mark, first=piece.first)
        if trail:
            yield Piece(text=trail)


def _stretches(segments: Sequence[Segment], clean: Sequence[Sequence[Piece]], transcript: Transcript) -> list[str]:
    """The stretch of the transcription that stands against each row; together they are all of it, in order."""
    ours, row_of = _row_words(segments, clean)
    theirs, spans = _truth_words(transcript)
    cuts = [0] * (len(clean) + 1)
    row, end = 0, 0
    for i, j in align(ours, theirs):
        if i is None or j is None or not _alike(ours[i], theirs[j]):
            continue
        if row_of[i] > row:
            # What precedes the first word that is placed goes with that word.
            cut = _between(transcript.text, end, spans[j].start) if end else 0
            cuts[row + 1 : row_of[i] + 1] = [cut] * (row_of[i] - row)
            row = row_of[i]
        end = spans[j].end
    cuts[row + 1 :] = [len(transcript.text)] * (len(clean) - row)
    return [transcript.text[a:b].strip() for a, b in pairwise(cuts)]


def _row_words(segments: Sequence[Segment], clean: Sequence[Sequence[Piece]]) -> tuple[list[str], list[int]]:
    """The word keys of all rows, and the row of each; a redaction is one word, whatever stands on it."""
    words: list[str] = []
    row_of: list[int] = []
    for row, (segment, pieces) in enumerate(zip(segments, clean, strict=True)):
        text = "".join(piece.text for piece in pieces)
        keys = [_REDACTED] if segment.kind is SegmentKind.REDACTION else [key(token.text) for token in tokens(text)]
        words += keys
        row_of += [row] * len(keys)
    return words, row_of


def _truth_words(transcript: Transcript) -> tuple[list[str], list[Span]]:
    words: list[str] = []
    spans: list[Span] = []
    for segment in transcript.segments:
        if segment.kind is SegmentKind.REDACTION:
            words.append(_REDACTED)
            spans.append(segment.span)
            continue
        for token in tokens(transcript.text, segment.span):
            words.append(key(token.text))
            spans.append(token.span)
    return words, spans


def _alike(a: str, b: str) -> bool:
    return a == b or (_REDACTED not in (a, b) and Levenshtein.normalized_similarity(a, b) >= _LEAST_LIKENESS)


def _between(text: str, start: int, end: int) -> int:
    """Where to cut `text[start:end]`, which follows one row's last word and precedes the next row's first.

    Words without a partner go with the paragraph that they stand in.
    """
    found = _PARAGRAPH.search(text, start, end)
    if found:
        return found.end()
    line = text.find("\n", start, end)
    return end if line < 0 else line + 1
