"""Collation: the words of a page beside the words of its published edition, each difference with its surroundings.

Collating states facts and decides nothing: whether a difference is an error of the OCR or a variant of the edition is
for `correct.witness`, which knows the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corrigenda.align import Block, align, blocks, likeness
from corrigenda.edition.pieces import ALIKE, BARRIERS, Piece, exchanged, pieces
from corrigenda.errors import PairingError
from corrigenda.ingest.frus_text import EditionDocument
from corrigenda.text import TITLES, Token, broken_word, key, tokens
from corrigenda.values import EDITION, Document, Reading, SegmentKind, Span

__all__ = ["Collation", "Covered", "Difference", "collate"]

# The kinds that an edition prints; stamps, markings and drafting lines are the page's own.
_COLLATED = SegmentKind.correctable() | {SegmentKind.SALUTATION, SegmentKind.CLOSING}
# What stands in square brackets is the editors' own (a cut, an insertion, "[sic]"), never a reading of the page.
_EDITORIAL = re.compile(r"\[[^\]]{1,300}\]")
_GLUED_TITLE = re.compile(rf"\b(?:{'|'.join(sorted(title.capitalize() for title in TITLES))})\.(?=[A-Z][a-z])")
_PAGE_BARRIER, _EDITION_BARRIER = BARRIERS
_NEIGHBOURS = 4
_CONTEXT = 2
# What the edition prints before the page begins and after it ends is no difference; a few words of it may be, where
# the page's own first or last words were misread.
_MARGIN = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A place where page and edition have other words.

    `span` covers the cores of the page's words (empty where the page lacks them: the place before the next word),
    `page` and `edition` are the words without outer punctuation, `closing` the punctuation right behind the edition's,
    but for a full stop that is among them, `words` how many of each there are, `stretch` how many words of the page
    stand together that are all unlike the edition's, `alike` the share of their letters that they have in common.
    `agreement` tells how far the eight nearest words of the page (four a side) stand in the edition too, from 0 to 1;
    `firm` says that the nearest one on each side does or is much like it, with no redaction and no other part of the
    page between. `barred`: a mark that covers text stands next to it, it goes over the edge of a part of the page, or
    words unlike each other stand at the edge of what was collated, so that it cannot be said whether they stand for
    each other. `before` and `after` are the edition's two words on either side.
    """

    span: Span
    page: str
    edition: str
    closing: str
    words: tuple[int, int]
    stretch: int
    alike: float
    agreement: float
    firm: bool
    barred: bool
    paragraph: int
    before: tuple[str, ...]
    after: tuple[str, ...]


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
    page, printed = _page_units(document), _edition_units(edition.paragraphs)
    page_keys, printed_keys = [u.key for u in page], [u.key for u in printed]
    pairs = align(page_keys, printed_keys)
    alike = likeness(pairs, page_keys, printed_keys)
    if not alike.alike:
        raise PairingError(
            where=document.source.path,
            what=f"does not look like a copy of {edition.citation}: {alike.shared} of {alike.of} longer words agree",
            remedy="Give the clean edition of this very document as the witness, or none",
        )
    sides = _Sides(page=page, printed=printed)
    cut = (
        piece for block in blocks(pairs, page_keys, printed_keys) for piece in _pieces(block, page_keys, printed_keys)
    )
    found = exchanged(cut, page_keys, printed_keys)
    agrees = [0.0] * len(page)
    for piece in found:
        for i in piece.a:
            agrees[i] = piece.alike
    return Collation(
        citation=edition.citation,
        agreed=tuple(_agreed(sides, piece) for piece in found if sides.same(piece)),
        differences=tuple(
            _difference(sides, piece, agrees) for piece in found if not (piece.marked or sides.same(piece))
        ),
        covered=tuple(_covered(document.text, sides, piece) for piece in found if piece.marked),
    )


def _pieces(block: Block, page: Sequence[str], printed: Sequence[str]) -> Iterator[Piece]:
    """The pieces of a block, without what only the edition has before the page's first and after its last word."""
    if block.equal:
        for i, j in zip(block.a, block.b, strict=True):
            yield Piece(a=range(i, i + 1), b=range(j, j + 1), alike=1.0, stretch=range(i, i + 1))
        return
    opens, closes = block.a.start == 0, block.a.stop == len(page)
    b, reach = block.b, _MARGIN + len(block.a)
    covers = _PAGE_BARRIER in page[block.a.start : block.a.stop]
    if opens and not covers:
        b = range(max(b.start, b.stop - reach), b.stop)
    if closes and not covers:
        b = range(b.start, min(b.stop, b.start + reach))
    found = pieces(page[block.a.start : block.a.stop], printed[b.start : b.stop])
    for number, piece in enumerate(found):
        first, last = opens and number == 0, closes and number == len(found) - 1
        inner = piece.b
        if (first or last) and not piece.marked and len(inner) > len(piece.a) and piece.alike < ALIKE:
            inner = (
                range(inner.stop - len(piece.a), inner.stop)
                if first
                else range(inner.start, inner.start + len(piece.a))
            )
        if piece.a or inner:
            yield replace(
                piece,
                a=_from(piece.a, block.a.start),
                b=_from(inner, b.start),
                stretch=_from(piece.stretch, block.a.start),
            )


def _from(which: range, start: int) -> range:
    return range(which.start + start, which.stop + start)


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


# A record of many pages is one document of the edition.
@lru_cache(maxsize=4)
def _edition_units(paragraphs: tuple[str, ...]) -> tuple[_Unit, ...]:
    units: list[_Unit] = []
    for number, printed in enumerate(paragraphs, start=1):
        # Some volumes have no blank behind titles ("Mr.Smith").
        paragraph = _GLUED_TITLE.sub(r"\g<0> ", printed)
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
    return tuple(units)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sides:
    """The words of both sides."""

    page: Sequence[_Unit]
    printed: Sequence[_Unit]

    def of(self, piece: Piece) -> tuple[Sequence[_Unit], Sequence[_Unit]]:
        """The words of a piece."""
        return self.page[piece.a.start : piece.a.stop], self.printed[piece.b.start : piece.b.stop]

    def same(self, piece: Piece) -> bool:
        """Whether one word of the page is one of the edition."""
        ours, theirs = self.of(piece)
        return len(ours) == len(theirs) == 1 and ours[0].key == theirs[0].key


def _agreed(sides: _Sides, piece: Piece) -> Reading:
    ours, theirs = sides.of(piece)
    span = Span(start=ours[0].span.start, end=ours[-1].span.end)
    return Reading(span=span, text=" ".join(u.text for u in theirs), siglum=EDITION)


def _covered(text: str, sides: _Sides, piece: Piece) -> Covered:
    ours, theirs = sides.of(piece)
    place = _place(sides.page, piece.a.start)
    span = Span(start=ours[0].span.start, end=ours[-1].span.end) if ours else Span(start=place, end=place)
    return Covered(
        span=span,
        page=span.of(text),
        edition=" ".join(u.text for u in theirs),
        withheld=not any(u.key == _PAGE_BARRIER for u in ours),
        paragraph=theirs[0].home if theirs else 0,
    )


def _place(page: Sequence[_Unit], at: int) -> int:
    return page[at].span.start if at < len(page) else page[-1].span.end


def _difference(sides: _Sides, piece: Piece, agrees: Sequence[float]) -> Difference:
    page, printed = sides.page, sides.printed
    ours, theirs = sides.of(piece)
    before, after = piece.stretch.start, piece.stretch.stop
    near = [*range(max(0, before - _NEIGHBOURS), before), *range(after, min(len(page), after + _NEIGHBOURS))]
    place = _place(page, piece.a.start)
    span = Span(start=ours[0].core_span.start, end=ours[-1].core_span.end) if ours else Span(start=place, end=place)
    printed_words = _bare(theirs)
    return Difference(
        span=span,
        page=_bare(ours),
        edition=printed_words,
        closing=_closing(theirs, printed_words),
        words=(len(piece.a), len(piece.b)),
        stretch=len(piece.stretch),
        alike=piece.alike,
        agreement=sum(agrees[i] for i in near) / (2 * _NEIGHBOURS),
        firm=_firm(sides, piece, agrees),
        barred=_barred(sides, piece),
        paragraph=theirs[0].home if theirs else 0,
        before=tuple(u.text for u in printed[max(0, piece.b.start - _CONTEXT) : piece.b.start]),
        after=tuple(u.text for u in printed[piece.b.stop : piece.b.stop + _CONTEXT]),
    )


def _firm(sides: _Sides, piece: Piece, agrees: Sequence[float]) -> bool:
    """Whether the words on both sides agree, or are much alike.

    The first and the last word of both texts have a neighbour on one side only, which is enough if they are as many.
    """
    page = sides.page
    left, right = piece.stretch.start - 1, piece.stretch.stop
    even, alike = len(piece.a) == len(piece.b), piece.alike >= ALIKE
    opens = even and left < 0 and (alike or piece.b.start == 0)
    closes = even and right == len(page) and (alike or piece.b.stop == len(sides.printed))
    if not (opens or (left >= 0 and agrees[left] >= ALIKE)) or not (
        closes or (right < len(page) and agrees[right] >= ALIKE)
    ):
        return False
    # Words that go back between two neighbours must have one place to go: not across a mark or a paragraph's end.
    inner = page[max(0, left) : right + 1] if not piece.a else page[piece.a.start : piece.a.stop]
    return len({u.home for u in inner}) == 1


def _barred(sides: _Sides, piece: Piece) -> bool:
    page, printed = sides.page, sides.printed
    left, right = piece.a.start - 1, piece.a.stop
    if piece.alike < ALIKE and (left < 0 or right == len(page)) and (piece.b.start > 0 or piece.b.stop < len(printed)):
        return True
    beside = (*page[max(0, left) : left + 1], *page[right : right + 1])
    beside += (*printed[max(0, piece.b.start - 1) : piece.b.start], *printed[piece.b.stop : piece.b.stop + 1])
    return any(u.key in BARRIERS for u in beside) or len({u.home for u in page[piece.a.start : piece.a.stop]}) > 1


def _closing(units: Sequence[_Unit], bare: str) -> str:
    """The punctuation behind the words, but for the stop that `bare` has."""
    if not units:
        return ""
    trail = units[-1].text[len(units[-1].text) - (units[-1].span.end - units[-1].core_span.end) :]
    stopped = bare.endswith(".") and trail.startswith(".")
    return trail.removeprefix(".") if stopped else trail


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
