"""Collation: the words of a page beside the words of its published edition, each difference with its surroundings.

Collating states facts and decides nothing: whether a difference is an error of the OCR or a variant of the edition is
for `correct.witness`, which knows the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.align import Block, align, blocks, likeness
from corrigenda.errors import PairingError
from corrigenda.ingest.frus_text import EditionDocument
from corrigenda.text import TITLES, Token, broken_word, key, tokens
from corrigenda.values import EDITION, Document, Reading, SegmentKind, Span

__all__ = ["Collation", "Covered", "Difference", "collate"]

# The kinds that an edition prints; stamps, markings and drafting lines are the page's own.
_COLLATED = SegmentKind.correctable() | {SegmentKind.SALUTATION, SegmentKind.CLOSING}
# Keys of barriers: no word has them, and the two never equal each other.
_PAGE_BARRIER, _EDITION_BARRIER = "\0page", "\0edition"
# What stands in square brackets is the editors' own (a cut, an insertion, "[sic]"), never a reading of the page.
_EDITORIAL = re.compile(r"\[[^\]]{1,300}\]")
_NEIGHBOURS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A place where page and edition have other words.

    `span` covers the cores of the page's words (empty where the page lacks them: the place before the next word),
    `page` and `edition` are the words without outer punctuation. `agreement` is the share of the eight nearest words
    of the page (four a side) that stand in the edition too; `firm` says that the nearest one on each side does, with
    no redaction and no other part of the page between.
    """

    span: Span
    page: str
    edition: str
    words: tuple[int, int]
    agreement: float
    firm: bool
    paragraph: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """A place where a mark stands for words: the page's own redaction, or `withheld` by the edition.

    `page` is what the page has there, its marks among it, `edition` what the edition has; both as they stand.
    """

    span: Span
    page: str
    edition: str
    withheld: bool
    paragraph: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Collation:
    """A page beside its edition: the words that both have, the places where they differ, and what marks cover."""

    citation: str
    agreed: tuple[Reading, ...]
    differences: tuple[Difference, ...]
    covered: tuple[Covered, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What the edition has at every collated place, in the order of the page."""
        differing = [Reading(span=d.span, text=d.edition, siglum=EDITION) for d in self.differences]
        return tuple(sorted([*self.agreed, *differing], key=lambda r: (r.span.start, r.span.end)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """One word of either text: a token, or two tokens of the page that a line-end hyphen holds together."""

    key: str
    text: str
    core: str
    span: Span
    core_span: Span
    home: int


def collate(document: Document, edition: EditionDocument) -> Collation:
    """Collate the typed text of `document` with the paragraphs of `edition`.

    Raises PairingError where the two share no more longer words than any two texts of the time do.
    """
    page, printed = _page_units(document), _edition_units(edition)
    page_keys, printed_keys = [u.key for u in page], [u.key for u in printed]
    pairs = align(page_keys, printed_keys)
    alike = likeness(pairs, page_keys, printed_keys)
    if not alike.alike:
        raise PairingError(
            where=document.source.path,
            what=f"does not look like a copy of {edition.citation}: {alike.shared} of {alike.of} longer words agree",
            remedy="Give the clean edition of this very document as the witness, or none",
        )
    matched = [False] * len(page)
    for i, j in pairs:
        if i is not None and j is not None:
            matched[i] = page_keys[i] == printed_keys[j]
    differences: list[Difference] = []
    agreed: list[Reading] = []
    covered: list[Covered] = []
    for block in blocks(pairs, page_keys, printed_keys):
        ours, theirs = [page[i] for i in block.a], [printed[j] for j in block.b]
        if block.equal:
            agreed += [Reading(span=u.span, text=v.text, siglum=EDITION) for u, v in zip(ours, theirs, strict=True)]
            continue
        if any(u.key in {_PAGE_BARRIER, _EDITION_BARRIER} for u in (*ours, *theirs)):
            covered.append(_covered(document.text, page, ours, theirs, block.a.start))
            continue  # what stands under a redaction is not a difference of reading
        differences += [_difference(page, printed, block, part, matched) for part in _parts(block)]
    return Collation(
        citation=edition.citation, agreed=tuple(agreed), differences=tuple(differences), covered=tuple(covered)
    )


def _covered(text: str, page: Sequence[_Unit], ours: Sequence[_Unit], theirs: Sequence[_Unit], at: int) -> Covered:
    """What the marks of a block stand for; the page's words before its first mark and after its last are its own."""
    marks = [i for i, u in enumerate(ours) if u.key == _PAGE_BARRIER]
    inner = ours[marks[0] : marks[-1] + 1] if marks else ours
    place = page[at].span.start if at < len(page) else page[-1].span.end
    span = Span(start=inner[0].span.start, end=inner[-1].span.end) if inner else Span(start=place, end=place)
    return Covered(
        span=span,
        page=span.of(text),
        edition=" ".join(u.text for u in theirs),
        withheld=not marks,
        paragraph=theirs[0].home if theirs else 0,
    )


def _page_units(document: Document) -> list[_Unit]:
    """The collated words of the page in order, with a barrier for each redaction.

    Markings, stamps and page numbers that interrupt a sentence are passed over: the sentence goes on after them.
    """
    units: list[_Unit] = []
    for home, segment in enumerate(document.segments):
        if segment.kind is SegmentKind.REDACTION:
            units.append(
                _Unit(key=_PAGE_BARRIER, text="", core="", span=segment.span, core_span=segment.span, home=home)
            )
        elif segment.kind in _COLLATED:
            units += _words(document.text, segment.span, home)
    return units


def _edition_units(edition: EditionDocument) -> list[_Unit]:
    units: list[_Unit] = []
    for number, paragraph in enumerate(edition.paragraphs, start=1):
        at = 0
        for mark in [*_EDITORIAL.finditer(paragraph), None]:
            end = mark.start() if mark else len(paragraph)
            units += _words(paragraph, Span(start=at, end=end), number)
            if mark:
                place = Span(start=mark.start(), end=mark.end())
                units.append(
                    _Unit(key=_EDITION_BARRIER, text=mark.group(), core="", span=place, core_span=place, home=number)
                )
                at = mark.end()
    return units


def _words(text: str, span: Span, home: int) -> list[_Unit]:
    """The words of a stretch; the halves of a word broken at a line's end are one, as the edition prints them."""
    units: list[_Unit] = []
    before: Token | None = None
    for token in tokens(text, span):
        unit = _Unit(
            key=key(token.text),
            text=token.text,
            core=token.core or token.text,
            span=token.span,
            core_span=token.core_span if token.core else token.span,
            home=home,
        )
        if before and broken_word(text, before, token):
            unit = _whole(units.pop(), unit)
        units.append(unit)
        before = token
    return units


def _whole(first: _Unit, second: _Unit) -> _Unit:
    return _Unit(
        key=first.key + second.key,
        text=first.text[:-1] + second.text,
        core=first.core + second.core,
        span=Span(start=first.span.start, end=second.span.end),
        core_span=Span(start=first.core_span.start, end=second.core_span.end),
        home=second.home,
    )


def _parts(block: Block) -> list[Block]:
    """The pieces in which a difference is judged: word by word where both sides have as many, else as a whole."""
    if len(block.a) != len(block.b):
        return [block]
    return [Block(equal=False, a=range(i, i + 1), b=range(j, j + 1)) for i, j in zip(block.a, block.b, strict=True)]


def _difference(
    page: Sequence[_Unit], printed: Sequence[_Unit], block: Block, part: Block, matched: Sequence[bool]
) -> Difference:
    ours, theirs = [page[i] for i in part.a], [printed[j] for j in part.b]
    before, after = block.a.start, block.a.stop
    near = [*range(max(0, before - _NEIGHBOURS), before), *range(after, min(len(page), after + _NEIGHBOURS))]
    place = page[before].span.start if before < len(page) else page[-1].span.end
    span = Span(start=ours[0].core_span.start, end=ours[-1].core_span.end) if ours else Span(start=place, end=place)
    return Difference(
        span=span,
        page=_bare(ours),
        edition=_bare(theirs),
        words=(len(block.a), len(block.b)),
        agreement=sum(matched[i] for i in near) / (2 * _NEIGHBOURS),
        firm=_firm(page, block, matched, ends=len(printed)),
        paragraph=theirs[0].home if theirs else 0,
    )


def _firm(page: Sequence[_Unit], block: Block, matched: Sequence[bool], *, ends: int) -> bool:
    """Whether the words on both sides agree; `ends` is the number of words that the edition has.

    The first and the last word of both texts have a neighbour on one side only, which is enough if they are as many.
    """
    left, right = block.a.start - 1, block.a.stop
    even = len(block.a) == len(block.b)
    opens, closes = even and left < 0 and block.b.start == 0, even and right == len(page) and block.b.stop == ends
    if not ((left >= 0 and matched[left]) or opens) or not ((right < len(page) and matched[right]) or closes):
        return False
    # Words that go back between two neighbours must have one place to go: not across a mark or a paragraph's end.
    inner = page[left : right + 1] if not block.a else page[block.a.start : block.a.stop]
    return len({u.home for u in inner}) == 1


def _bare(units: Sequence[_Unit]) -> str:
    """The words without the punctuation around them, but with the full stop of an abbreviation at the end."""
    if not units:
        return ""
    text = " ".join(u.text for u in units)
    first, last = units[0], units[-1]
    lead = first.core_span.start - first.span.start
    trail = last.span.end - last.core_span.end
    bare = text[lead : len(text) - trail]
    abbreviated = "." in last.core or last.core.lower() in TITLES
    return bare + "." * (abbreviated and text[len(text) - trail :].startswith("."))
