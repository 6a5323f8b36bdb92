"""Two texts of one page, compared: what was changed between them, whoever changed it."""

from __future__ import annotations

from corrigenda.align import Block, align, blocks
from corrigenda.correct.apply import apply
from corrigenda.text import Token, tokens
from corrigenda.values import Corrected, Correction, CorrectionKind, Document, Evidence, Span

__all__ = ["as_corrected"]


def as_corrected(document: Document, text: str, *, signature: str) -> Corrected:
    """`text` as a correction of `document`: a correction for each run of words in which the two differ.

    Of a change found so neither reason nor probability is known; it is entered as certain.
    """
    before, after = list(tokens(document.text)), list(tokens(text))
    ours, theirs = [t.text for t in before], [t.text for t in after]
    found = [
        _change(document.text, text, before, after, block)
        for block in blocks(align(ours, theirs), ours, theirs)
        if not block.equal
    ]
    return Corrected(
        document_id=document.id,
        text=apply(document.text, found),
        corrections=tuple(found),
        flags=(),
        signature=signature,
    )


def _change(text: str, other: str, before: list[Token], after: list[Token], block: Block) -> Correction:
    span, replacement = _place(text, before, block.a), _place(other, after, block.b).of(other)
    if not block.a and replacement:
        replacement += " "
    return Correction(
        span=span,
        before=span.of(text),
        after=replacement,
        kind=CorrectionKind.RESTORATION if not block.a else CorrectionKind.CHARACTER,
        probability=1.0,
        evidence=(Evidence(rule="comparison", says="the corrected text that was given reads so"),),
    )


def _place(text: str, words: list[Token], block: range) -> Span:
    if block:
        return Span(start=words[block.start].span.start, end=words[block.stop - 1].span.end)
    place = words[block.start].span.start if block.start < len(words) else len(text)
    return Span(start=place, end=place)
