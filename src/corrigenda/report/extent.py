"""How much of a document was open to correction, and how much of that a reader is asked to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corrigenda.text import Token, tokens
from corrigenda.values import Corrected, Document, FlagKind, SegmentKind

__all__ = ["Extent", "extent"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Extent:
    """White-space words with a letter or a figure in what may be corrected, and those that a doubtful flag touches."""

    words: int
    flagged: int


def extent(document: Document, corrected: Corrected) -> Extent:
    """Count the words of `document`, and those of them that `corrected` flags as doubtful."""
    flags = sorted(flag.span for flag in corrected.flags if flag.kind is FlagKind.DOUBTFUL)
    words = flagged = at = 0
    for word in _words(document):
        while at < len(flags) and flags[at].end <= word.span.start:
            at += 1
        words += 1
        flagged += at < len(flags) and flags[at].overlaps(word.span)
    return Extent(words=words, flagged=flagged)


def _words(document: Document) -> Iterator[Token]:
    for segment in document.segments:
        if segment.kind in SegmentKind.correctable():
            yield from (token for token in tokens(document.text, segment.span) if any(map(str.isalnum, token.core)))
