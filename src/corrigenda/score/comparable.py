"""Which parts of a page a transcription can judge, and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corrigenda.text import Token, broken_word, key, tokens, unify
from corrigenda.values import Segment, SegmentKind, Span

__all__ = ["COMPARED", "Piece", "left_out", "pieces", "running_text"]

# Transcribers leave stamps, marks and drafting lines out and lay addresses out anew, so only the letter itself counts.
COMPARED = frozenset({SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.CLOSING})
_BARRIER = "\0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A compared word, or (`barrier`) a redaction, which equals any other redaction and no word.

    `broken` says that the word stands in two halves, broken at a line's end.
    """

    key: str
    core: str
    span: Span
    broken: bool = False

    @property
    def barrier(self) -> bool:
        """Whether this stands for a redaction."""
        return self.key == _BARRIER


def pieces(text: str, segments: Iterable[Segment]) -> list[Piece]:
    """The compared words of `text` with their places, and the redactions between them."""
    found: list[Piece] = []
    for segment in segments:
        if segment.kind is SegmentKind.REDACTION:
            found.append(Piece(key=_BARRIER, core="", span=segment.span))
        elif segment.kind in COMPARED:
            found += _words(text, segment.span)
    return found


def _words(text: str, span: Span) -> list[Piece]:
    found: list[Piece] = []
    before: Token | None = None
    for token in tokens(text, span):
        piece = Piece(
            key=key(token.text),
            core=unify(token.core or token.text),
            span=token.core_span if token.core else token.span,
        )
        if before and broken_word(text, before, token):
            half = found.pop()
            piece = Piece(
                key=half.key + piece.key,
                core=half.core + piece.core,
                span=Span(start=half.span.start, end=piece.span.end),
                broken=True,
            )
        found.append(piece)
        before = token
    return found


def running_text(text: str, segments: Iterable[Segment]) -> str:
    """The compared parts of `text`, one after the other, redactions cut."""
    return "\n".join(s.span.of(text) for s in segments if s.kind in COMPARED)


def left_out(text: str, segments: Sequence[Segment]) -> tuple[tuple[SegmentKind, int], ...]:
    """How many white-space words of each kind of segment are not compared."""
    words: Counter[SegmentKind] = Counter()
    for segment in segments:
        if segment.kind not in COMPARED:
            words[segment.kind] += len(segment.span.of(text).split())
    return tuple(sorted(words.items()))
