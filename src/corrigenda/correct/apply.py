"""Applying corrections to a text, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corrigenda.values import Correction, Span

__all__ = ["MisfitError", "apply", "inverted", "moved"]


class MisfitError(ValueError):
    """A correction does not fit the text: `index` is its place among those that were to be applied."""

    def __init__(self, index: int, what: str) -> None:
        """`what` says how it does not fit."""
        super().__init__(what)
        self.index = index


def apply(text: str, corrections: Sequence[Correction]) -> str:
    """`text` with every correction made; they must be in order and must not overlap.

    Raises MisfitError where a correction's `before` does not stand at its span, so that a ledger is never applied
    to another text than the one that it was written for.
    """
    pieces: list[str] = []
    at = 0
    for index, c in enumerate(corrections):
        if c.span.start < at:
            raise MisfitError(index, f"corrections overlap or are out of order at {c.span.start}")
        if c.span.of(text) != c.before:
            raise MisfitError(index, f"at {c.span.start} stands {c.span.of(text)!r}, not {c.before!r}")
        pieces += [text[at : c.span.start], c.after]
        at = c.span.end
    return "".join([*pieces, text[at:]])


def inverted(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections that lead back, with spans in the corrected text: `apply(apply(t, cs), inverted(cs)) == t`.

    Any selection of them, in order, may be applied to the corrected text to take just those back.
    """
    back: list[Correction] = []
    shift = 0
    for c in corrections:
        start = c.span.start + shift
        back.append(replace(c, span=Span(start=start, end=start + len(c.after)), before=c.after, after=c.before))
        shift += len(c.after) - len(c.before)
    return tuple(back)


def moved(span: Span, corrections: Sequence[Correction]) -> Span:
    """Where `span` of the document lies in the corrected text; words put back at its very start come to lie before it.

    Where a correction reaches over an edge, the edge comes to lie in its replacement, as far in as it was.
    """

    def shift(offset: int) -> int:
        by = sum(len(c.after) - len(c.before) for c in corrections if c.span.end <= offset)
        over = next((c for c in corrections if c.span.start < offset < c.span.end), None)
        inside = min(0, len(over.after) - (offset - over.span.start)) if over else 0
        return offset + by + inside

    return Span(start=shift(span.start), end=shift(span.end))
