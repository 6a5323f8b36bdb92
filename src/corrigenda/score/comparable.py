"""The words and marks of a page, and which of them a transcription can judge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from corrigenda.ingest.marks import BAR, GIVEN_UP
from corrigenda.text import Profile, Token, broken_word, key, normalise, tokens
from corrigenda.values import Segment, SegmentKind, Span

__all__ = ["COMPARED", "Piece", "pieces"]

# Transcribers leave stamps, marks and drafting lines out and lay addresses out anew, so only the letter itself counts.
COMPARED = frozenset({SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.CLOSING})
_BARRIER = "\0"
# What a transcriber notes ([*Photo*], [signature], [crossed out]) stands for what he did not transcribe, and the OCR
# may have read it; the number of a page stands for nothing.
_NOTE = re.compile(r"\[(?!\s?(?:(?:Facsimile|Typeset)\s)?Page\b)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A word of a segment of some `kind`, or (`barrier`) a mark, which equals any other mark and no word.

    `core` is the word without outer punctuation as the profile `folded` compares it; `span` is its place, and `whole`
    that of the word with its punctuation. `broken` says that the word stands in two halves, broken at a line's end. A
    black bar hides `most` words at most, one for each of its characters, since one of them alone may be dirt.
    """

    key: str
    core: str
    span: Span
    whole: Span
    kind: SegmentKind
    broken: bool = False
    most: int | None = None

    @property
    def compared(self) -> bool:
        """Whether words of this kind are compared, as far as the page alone can say; marks always are looked at."""
        return self.barrier or self.kind in COMPARED

    @property
    def barrier(self) -> bool:
        """Whether this is a mark: a redaction, or what the transcriber says of a place."""
        return self.key == _BARRIER


def pieces(text: str, segments: Iterable[Segment], *, of_truth: bool) -> list[Piece]:
    """All words of `text` with their places, and the marks between them.

    A reading that was given up is a mark where a human gave it up. An engine that gave up has read nothing there, or it
    would do better than one that tries.
    """
    found: list[Piece] = []
    for segment in segments:
        if segment.why in GIVEN_UP and not of_truth:
            span = segment.span
            found.append(Piece(key=span.of(text), core="", span=span, whole=span, kind=SegmentKind.NOISE))
        elif segment.kind is SegmentKind.REDACTION or _is_note(text, segment):
            found.append(_mark(text, segment))
        else:
            found += _words(text, segment)
    return _with_what_touches(found)


def _mark(text: str, segment: Segment) -> Piece:
    covered = segment.span.of(text)
    bar = len(covered) if set(covered) <= BAR else None
    return Piece(key=_BARRIER, core="", span=segment.span, whole=segment.span, kind=segment.kind, most=bar)


def _is_note(text: str, segment: Segment) -> bool:
    return segment.kind is SegmentKind.MARKING and _NOTE.match(text, segment.span.start) is not None


def _with_what_touches(found: Iterable[Piece]) -> list[Piece]:
    """The pieces, those that touch a mark ("Kuz[?]", "[?].") made part of it: they are no words of their own.

    A word that touches a bar is one, since the bar may be dirt.
    """
    joined: list[Piece] = []
    for piece in found:
        last = joined[-1] if joined else None
        mark = next((one for one in (last, piece) if one and one.barrier and one.most is None), None)
        if last and mark and last.whole.end == piece.whole.start:
            joined[-1] = replace(mark, whole=Span(start=last.whole.start, end=piece.whole.end))
        else:
            joined.append(piece)
    return joined


# The same words come again and again, and folding them is most of the work on a page.
@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return normalise(word, Profile.FOLDED)


def _words(text: str, segment: Segment) -> list[Piece]:
    found: list[Piece] = []
    before: Token | None = None
    for token in tokens(text, segment.span):
        piece = Piece(
            key=key(_folded(token.text)),
            core=_folded(token.core or token.text),
            span=token.core_span if token.core else token.span,
            whole=token.span,
            kind=segment.kind,
        )
        if before and broken_word(text, before, token):
            half = found.pop()
            piece = Piece(
                key=half.key + piece.key,
                core=half.core + piece.core,
                span=Span(start=half.span.start, end=piece.span.end),
                whole=Span(start=half.whole.start, end=piece.whole.end),
                kind=segment.kind,
                broken=True,
            )
        found.append(piece)
        before = token
    return found
