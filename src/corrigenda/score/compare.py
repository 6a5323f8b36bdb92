"""Two texts of one page, compared: what was changed between them, whoever changed it."""

from __future__ import annotations

from corrigenda.align import Block, Pair, align, blocks, likeness
from corrigenda.correct.apply import apply
from corrigenda.errors import PairingError
from corrigenda.ingest.segment import pages, segment, whole_text
from corrigenda.text import Token, tokens
from corrigenda.values import Corrected, Correction, CorrectionKind, Document, Evidence, Reading, Span

__all__ = ["as_corrected", "readings_of"]

# In a text of a few words one changed word is many, and says nothing about the page.
_ENOUGH = 20


def as_corrected(
    document: Document, text: str, *, signature: str, whole: bool = False, trusted: bool = False
) -> Corrected:
    """`text` as a correction of `document`: a correction for each run of words in which the two differ.

    Words that were changed one for one are a correction each. `whole` takes the text as a passage with no page around
    it. Of a change found so neither reason nor probability is known; it is entered as certain. Raises PairingError
    where the two do not look like one page, unless they are `trusted` to be.
    """
    before, after, pairs = _aligned(document, text, "the corrected text that was given", trusted=trusted)
    ours, theirs = [t.text for t in before], [t.text for t in after]
    found = [
        _change(document.text, text, before, after, block)
        for run in blocks(pairs, ours, theirs)
        for block in _pieces(run)
        if not block.equal
    ]
    made = apply(document.text, found)
    return Corrected(
        document_id=document.id,
        text=made,
        corrections=tuple(found),
        flags=(),
        signature=signature,
        segments=whole_text(made) if whole else segment(made, pages(made)),
    )


def readings_of(document: Document, text: str, *, siglum: str) -> tuple[Reading, ...]:
    """What the other reading `text` of the page has against each word of `document`, in the order of the page.

    Raises PairingError where the two do not look like one page.
    """
    before, after, pairs = _aligned(document, text, f"the other reading {siglum}")
    return tuple(
        Reading(span=before[i].span, text=after[j].text, siglum=siglum)
        for i, j in pairs
        if i is not None and j is not None
    )


def _aligned(
    document: Document, text: str, other: str, *, trusted: bool = False
) -> tuple[list[Token], list[Token], tuple[Pair, ...]]:
    """The words of both texts, and which stand for each other. Raises PairingError."""
    before, after = list(tokens(document.text)), list(tokens(text))
    ours, theirs = [t.text for t in before], [t.text for t in after]
    pairs = align(ours, theirs)
    alike = likeness(pairs, ours, theirs)
    if not (trusted or alike.alike) and alike.of >= _ENOUGH:
        raise PairingError(
            where=document.source.path,
            what=f"and {other} do not look like the same page",
            remedy="Check that the two belong together; corrigenda score has --trust-pairing for those that do",
        )
    return before, after, pairs


def _pieces(block: Block) -> list[Block]:
    """A difference as it is judged: words taken out, or changed one for one, each for itself."""
    if block.equal or (block.b and len(block.a) != len(block.b)):
        return [block]
    if not block.b:
        return [Block(equal=False, a=range(i, i + 1), b=block.b) for i in block.a]
    return [Block(equal=False, a=range(i, i + 1), b=range(j, j + 1)) for i, j in zip(block.a, block.b, strict=True)]


def _change(text: str, other: str, before: list[Token], after: list[Token], block: Block) -> Correction:
    # Words that were added stand in a gap of the text; the gaps are compared whole, so that spacing comes out as given.
    gap = not block.a
    span = _place(text, before, block.a, gap=gap)
    return Correction(
        span=span,
        before=span.of(text),
        after=_place(other, after, block.b, gap=gap).of(other),
        kind=CorrectionKind.RESTORATION if gap else CorrectionKind.CHARACTER,
        probability=1.0,
        evidence=(Evidence(rule="comparison", says="the corrected text that was given reads so"),),
    )


def _place(text: str, words: list[Token], block: range, *, gap: bool) -> Span:
    """The words of `block`; with `gap` also the white space around them, up to the words on either side."""
    if not gap:
        inside = words[block.start : block.stop]
        return Span(start=inside[0].span.start, end=inside[-1].span.end) if inside else Span(start=0, end=0)
    start = words[block.start - 1].span.end if block.start else 0
    return Span(start=start, end=words[block.stop].span.start if block.stop < len(words) else len(text))
