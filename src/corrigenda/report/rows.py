"""The page in rows for reading side by side: OCR, corrected text and transcription of each segment, cut at the marks.

Nothing is lost by the cutting: the pieces of a column, one after the other, are its text. Only the white space
between rows is left to the layout.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from corrigenda.align import align
from corrigenda.report.marks import Mark
from corrigenda.score.comparable import COMPARED
from corrigenda.text import key, tokens
from corrigenda.values import Document, Segment, SegmentKind, Span, Transcript

__all__ = ["Piece", "Row", "page_of", "rows"]

_REDACTED = "\0"
_ALL = frozenset(SegmentKind)
# Below this likeness two words that the aligner paired are strangers, and do not tell which row a word belongs to.
_LEAST_LIKENESS = 0.5
_PARAGRAPH = re.compile(r"\r?\n[ \t]*\r?\n\s*")
# A longer row would leave its reader alone with two columns of text; a third of a screen is still seen at once.
_LONGEST_ROW, _SHORTEST_ROW = 600, 250
# Where a long row is cut, the best place first: between paragraphs, sentences, lines, words.
_SEAMS = (_PARAGRAPH, re.compile(r"(?<=[.!?])[\"')\]”’]*(\s+)"), re.compile(r"\s*\n\s*"), re.compile(r"\s+"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a column's text, in a mark or not; `first` says that the mark's account goes with this piece."""

    text: str
    mark: Mark | None = None
    first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One segment, or a part of a long one, in all columns.

    `continues` says that the segment began in the row before; `opens_page` is the number of the page that begins here.
    """

    kind: SegmentKind
    why: str
    ocr: tuple[Piece, ...]
    corrected: tuple[Piece, ...]
    truth: tuple[Piece, ...]
    continues: bool
    opens_page: int | None


def rows(document: Document, transcript: Transcript | None, marks: Sequence[Mark]) -> tuple[Row, ...]:
    """The rows of `document` in the order of the page, each with its stretch of `transcript`."""
    parts = list(_parts(document, marks))
    ocr = _cut(document.text, parts, marks)
    clean = [tuple(_corrected(pieces)) for pieces in ocr]
    truths = _truths(parts, clean, transcript) if transcript else [()] * len(ocr)
    begun = {segment.span.start for segment in document.segments}
    opened: set[int] = {1} if len(document.pages) < 2 else set()
    found: list[Row] = []
    for segment, before, after, truth in zip(parts, ocr, clean, truths, strict=True):
        page = page_of(document, segment.span)
        found.append(
            Row(
                kind=segment.kind,
                why=segment.why,
                ocr=before,
                corrected=after,
                truth=tuple(truth),
                continues=segment.span.start not in begun,
                opens_page=None if page in opened else page,
            )
        )
        opened.add(page)
    return tuple(found)


def _parts(document: Document, marks: Sequence[Mark]) -> Iterator[Segment]:
    """The segments; those that are longer than a row in several parts, none of which cuts a mark."""
    marked = sorted(part for mark in marks for part in mark.parts)
    for segment in document.segments:
        start, end = segment.span.start, segment.span.end
        while end - start > _LONGEST_ROW and (seam := _seam(document.text, start, marked)):
            yield replace(segment, span=Span(start=start, end=seam.start))
            start = seam.end
        yield replace(segment, span=Span(start=start, end=end))


def _seam(text: str, start: int, marked: Sequence[Span]) -> Span | None:
    """The white space at which a row that begins at `start` ends best, if it must end somewhere."""
    for seam in _SEAMS:
        for found in reversed(list(seam.finditer(text, start + _SHORTEST_ROW, start + _LONGEST_ROW))):
            span = Span(start=found.start(found.lastindex or 0), end=found.end())
            if not any(span.overlaps(part) for part in marked[_near(marked, span)]):
                return span
    return None


def _near(marked: Sequence[Span], span: Span) -> slice:
    """Which of `marked`, which do not overlap, may overlap `span`."""
    return slice(
        max(0, bisect_right(marked, span.start, key=lambda m: m.start) - 1),
        bisect_right(marked, span.end, key=lambda m: m.start),
    )


def page_of(document: Document, span: Span) -> int:
    """The number, from 1, of the page on which `span` begins."""
    return max(1, bisect_right(document.pages, span.start, key=lambda page: page.start))


def _cut(text: str, segments: Sequence[Segment], marks: Sequence[Mark]) -> list[tuple[Piece, ...]]:
    """The OCR text of each segment, cut at the marks; a part over several segments is cut into one piece in each."""
    starts = [segment.span.start for segment in segments]
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
        tuple(_pieces(text, segment.span, sorted(inside, key=lambda one: one[0])))
        for segment, inside in zip(segments, held, strict=True)
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """The words of all rows by key, the row and the mark of each, and the marks where words are missing before one."""

    keys: list[str]
    rows: list[int]
    marks: list[Mark | None]
    missing: Mapping[int, Mark]


def _truths(
    segments: Sequence[Segment], clean: Sequence[Sequence[Piece]], transcript: Transcript
) -> Iterator[list[Piece]]:
    """The stretch of the transcription that stands against each row; together they are all of it, in order."""
    ours = _row_words(segments, clean)
    theirs, spans = _truth_words(transcript)
    cuts = [0] * (len(clean) + 1)
    row, end = 0, 0
    for i, j in align(ours.keys, theirs):
        if i is None or j is None or not _alike(ours.keys[i], theirs[j]):
            continue
        if ours.rows[i] > row:
            # What precedes the first word that is placed goes with that word.
            cut = _between(transcript.text, end, spans[j].start) if end else 0
            cuts[row + 1 : ours.rows[i] + 1] = [cut] * (ours.rows[i] - row)
            row = ours.rows[i]
        end = spans[j].end
    cuts[row + 1 :] = [len(transcript.text)] * (len(clean) - row)
    marked = _marked_truth(segments, clean, transcript)
    for start, stop in pairwise(cuts):
        yield list(_truth_pieces(transcript.text, start, stop, marked))


def _row_words(
    segments: Sequence[Segment], clean: Sequence[Sequence[Piece]], kinds: Container[SegmentKind] = _ALL
) -> _Words:
    """The words of the columns that the transcription is laid beside; a redaction is one, whatever stands on it.

    Of segments that are not of `kinds` no words are taken.
    """
    keys: list[str] = []
    rows: list[int] = []
    marks: list[Mark | None] = []
    missing: dict[int, Mark] = {}
    for row, (segment, pieces) in enumerate(zip(segments, clean, strict=True)):
        if segment.kind is SegmentKind.REDACTION:
            found: list[tuple[str, Mark | None]] = [(_REDACTED, None)]
        elif segment.kind in kinds:
            found = _with_marks(pieces, len(keys), missing)
        else:
            found = []
        keys += [word for word, _ in found]
        marks += [mark for _, mark in found]
        rows += [row] * len(found)
    return _Words(keys=keys, rows=rows, marks=marks, missing=missing)


def _with_marks(pieces: Sequence[Piece], before: int, missing: dict[int, Mark]) -> list[tuple[str, Mark | None]]:
    """The words of a row that follows `before` others, each with its mark; `missing` gets the marks without words."""
    words = list(tokens("".join(piece.text for piece in pieces)))
    marks: list[Mark | None] = [None] * len(words)
    starts, ends = [w.span.start for w in words], [w.span.end for w in words]
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        if piece.mark and piece.text:
            inside = range(bisect_right(ends, at), bisect_left(starts, end))
            marks[inside.start : inside.stop] = [piece.mark] * len(inside)
        elif piece.mark:
            missing.setdefault(before + bisect_left(starts, at), piece.mark)
        at = end
    return [(key(word.text), mark) for word, mark in zip(words, marks, strict=True)]


def _marked_truth(
    segments: Sequence[Segment], clean: Sequence[Sequence[Piece]], transcript: Transcript
) -> list[tuple[Span, Mark]]:
    """What stands in the transcription against each mark; words without a partner go with the marks beside them.

    Only what is compared is aligned here, as it was when the errors were found.
    """
    ours = _row_words(segments, clean, COMPARED)
    theirs, spans = _truth_words(transcript, COMPARED)
    found: list[tuple[Span, Mark]] = []
    at, last = 0, None
    for i, j in align(ours.keys, theirs):
        at = at if i is None else i + 1
        if j is None:
            continue
        mark = ours.marks[i] if i is not None else _beside(ours, at)
        if mark and mark is last:
            found[-1] = Span(start=found[-1][0].start, end=spans[j].end), mark
        elif mark:
            found.append((spans[j], mark))
        last = mark
    return found


def _beside(ours: _Words, at: int) -> Mark | None:
    """The mark that a word of the transcription belongs to that the rows lack before their word `at`."""
    if at in ours.missing:
        return ours.missing[at]
    near = [ours.marks[n] for n in (at - 1, at) if 0 <= n < len(ours.marks)]
    return next((mark for mark in near if mark and mark.verdicts), None)


def _truth_pieces(text: str, start: int, end: int, marked: Sequence[tuple[Span, Mark]]) -> Iterator[Piece]:
    """`text[start:end]` without the white space at its edges, cut at what is marked in it."""
    words = text[start:end].strip()
    at = start + len(text[start:end]) - len(text[start:end].lstrip())
    end = at + len(words)
    first = bisect_right(marked, at, key=lambda one: one[0].end)
    for n in range(first, len(marked)):
        span, mark = marked[n]
        if span.start >= end:
            break
        if span.start > at:
            yield Piece(text=text[at : span.start])
        yield Piece(text=text[max(at, span.start) : min(end, span.end)], mark=mark)
        at = min(end, span.end)
    if at < end:
        yield Piece(text=text[at:end])


def _truth_words(transcript: Transcript, kinds: Container[SegmentKind] = _ALL) -> tuple[list[str], list[Span]]:
    words: list[str] = []
    spans: list[Span] = []
    for segment in transcript.segments:
        if segment.kind is SegmentKind.REDACTION:
            words.append(_REDACTED)
            spans.append(segment.span)
            continue
        for token in tokens(transcript.text, segment.span) if segment.kind in kinds else ():
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
