"""Which stretches of an edition a page is a copy of, if of any.

Pairs of telling words lead to windows of the index; windows that follow each other as the page's own words do are a
trail; and the text along the best trails is laid beside the page word for word, which gives the stretch exactly, and
with the share of words that agree the probability that the one is a copy of the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corrigenda.edition.index import EditionIndex, IndexedVolume
from corrigenda.edition.place import Place, place
from corrigenda.edition.trails import Trail, trails
from corrigenda.edition.words import Words, words
from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import Edition, EditionDocument
from corrigenda.text import key, tokens
from corrigenda.values import Document, Span

__all__ = ["Copy", "Match", "best_match", "candidates", "matches", "of_match", "probability"]

# docs/decisions/020-edition-index.md has the reasons for these.
_LEAST_WORDS = 8
_MOST_TRAILS = 24
_MARGIN = 80
_SAME = 0.8
# Characters of the edition and words of the page between two stretches of one copy: two printed pages, half a typed
# one.
_MOST_CUT, _MOST_INSERTED = 8000, 150
_LEAST_PROBABILITY = 0.5
_WEIGHTS = (-15.2, 5.9, 2.8)

# Words in a run when a page is paired with the documents of a file that is its edition.
_WORDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A stretch `page` of a text that is a copy of the stretch `span` of a volume's text, as likely as `probability`.

    `agreement` is the share of the page's `words` in it that the edition has too. `also` cites the places where the
    edition prints the same once more. `edition` is that stretch of the edition, as collation takes it.
    """

    page: Span
    volume: str
    span: Span
    probability: float
    agreement: float
    words: int
    edition: EditionDocument
    also: tuple[str, ...]

    @property
    def citation(self) -> str:
        """Volume, document and page, as far as they are known."""
        return self.edition.citation


def matches(text: str, index: EditionIndex) -> tuple[Match, ...]:
    """The stretches of the edition that `text` is a copy of, in the order of the text; most texts have none.

    No word of the text is in two of them.
    """
    page = words(text)
    copies = (copy for copy in candidates(text, page, index) if _is_likely(copy.place, copy.place.words))
    kept = _apart(page, copies, index)
    return tuple(_match(page, one, index) for one in _in_order(kept))


def candidates(text: str, page: Words, index: EditionIndex) -> Iterator[Copy]:
    """The places that a `text` of the words `page` may be a copy of, however little they agree; the likeliest first."""
    seen: list[Trail] = []
    if len(page.keys) < _LEAST_WORDS:
        return
    for trail in trails(text, index)[:_MOST_TRAILS]:
        copy = None if any(trail.is_shadow_of(other) for other in seen) else _copy(page, trail, index)
        if copy:
            yield copy
            seen += [trail] if _is_likely(copy.place, copy.place.words) else []


def probability(found: Place, *, of: int) -> float:
    """How likely a place tells of a copy, by how many words agree, and what share it has of `of` words of the page.

    A short stretch that is all of a text is a copy of it; in a long text it is a quotation, or a phrase.
    """
    bias, of_score, of_share = _WEIGHTS
    odds = bias + of_score * math.log(max(found.score, 1)) + of_share * math.log(found.words / of)
    return 1 / (1 + math.exp(-odds))


def _is_likely(found: Place, of: int) -> bool:
    return probability(found, of=of) >= _LEAST_PROBABILITY


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A trail whose text was laid beside the page: `start` and `printed` are that text's place and its words."""

    trail: Trail
    volume: IndexedVolume
    start: int
    printed: Words
    place: Place

    @property
    def span(self) -> Span:
        """Where in the volume's text it stands."""
        first, last = self.place.edition
        return Span(start=self.start + self.printed.starts[first], end=self.start + self.printed.ends[last - 1])

    def goes_on_from(self, other: Copy) -> bool:
        """Whether it stands a little after `other` in page and edition alike."""
        gap = self.span.start - other.span.end
        skipped = self.place.page[0] - other.place.page[1]
        return self.volume.id == other.volume.id and 0 <= gap <= _MOST_CUT and skipped <= _MOST_INSERTED

    def is_at(self, other: Copy) -> bool:
        """Whether it stands at the same place of the same volume."""
        return self.volume.id == other.volume.id and self.span.overlaps(other.span)


def _copy(page: Words, trail: Trail, index: EditionIndex, free: tuple[int, int] | None = None) -> Copy | None:
    """Lay the text of a trail beside the page, of which only the words `free` may be taken."""
    low, high = free or (0, len(page.keys))
    first = max(low, page.number_at(trail.offsets[0]) - _MARGIN)
    last = min(high, page.number_at(trail.offsets[1]) + _MARGIN)
    volume = index.volume_of(trail.windows[0])
    stretch = index.stretch(volume, trail.windows[0] - 1, trail.windows[1] + 1)
    printed = words(index.text(volume, stretch))
    found = place(page.keys[first:last], printed.keys)
    if found is None:
        return None
    moved = replace(found, page=(found.page[0] + first, found.page[1] + first))
    return Copy(trail=trail, volume=volume, start=stretch.start, printed=printed, place=moved)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    """A copy that is a match, with those that print the same elsewhere; `of` as in `probability`."""

    copy: Copy
    of: int
    others: list[Copy]


def _apart(page: Words, copies: Iterable[Copy], index: EditionIndex) -> list[_Kept]:
    """The best copies that share no word of the page, each with those that print the same elsewhere."""
    kept: list[_Kept] = []
    for copy in sorted(copies, key=lambda copy: -copy.place.score):
        over = [one for one in kept if _shared(copy, one.copy)]
        nearest = max(over, key=lambda one: _shared(copy, one.copy), default=None)
        if nearest and 2 * _shared(copy, nearest.copy) >= copy.place.words:
            held = nearest.copy
            if _SAME * held.place.words <= _shared(copy, held) and not copy.is_at(held):
                nearest.others.append(copy)
            continue
        rest = _copy(page, copy.trail, index, _free(copy, over)) if over else copy
        of = len(page.keys) - sum(one.copy.place.words for one in kept)
        if rest and _is_likely(rest.place, of):
            kept.append(_Kept(copy=rest, of=of, others=[]))
    return kept


def _free(copy: Copy, held: Iterable[_Kept]) -> tuple[int, int]:
    """The longest stretch of the page's words of `copy` that none of `held` has."""
    taken = sorted(one.copy.place.page for one in held)
    first, last = copy.place.page
    edges = [first, *(n for one in taken for n in one), last]
    return max(zip(edges[::2], edges[1::2], strict=True), key=lambda one: one[1] - one[0])


def _shared(one: Copy, other: Copy) -> int:
    (a, b), (c, d) = one.place.page, other.place.page
    return max(0, min(b, d) - max(a, c))


def _in_order(kept: Iterable[_Kept]) -> list[list[_Kept]]:
    """What was kept in the order of the page; neighbours that go on in one place of the edition belong together.

    Where a release has lost half a page to a black bar, what is before it and what is after it are found one by one.
    """
    found: list[list[_Kept]] = []
    for one in sorted(kept, key=lambda one: one.copy.place.page):
        if found and one.copy.goes_on_from(found[-1][-1].copy):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _match(page: Words, kept: Sequence[_Kept], index: EditionIndex) -> Match:
    copies = [one.copy for one in kept]
    volume, span = copies[0].volume, Span(start=copies[0].span.start, end=copies[-1].span.end)
    length = sum(copy.place.words for copy in copies)
    also = (other for one in kept for other in one.others)
    return Match(
        page=Span(start=page.starts[copies[0].place.page[0]], end=page.ends[copies[-1].place.page[1] - 1]),
        volume=volume.name,
        span=span,
        probability=round(max(probability(one.copy.place, of=one.of) for one in kept), 4),
        agreement=round(sum(copy.place.same for copy in copies) / length, 4),
        words=length,
        edition=_printed(volume, span, index),
        also=tuple(dict.fromkeys(_printed(other.volume, other.span, index).citation for other in also)),
    )


def _printed(volume: IndexedVolume, span: Span, index: EditionIndex) -> EditionDocument:
    return index.document(volume, index.part_at(volume, span), span)


def of_match(document: Document, match: Match) -> Document:
    """`document` with no more of its segments than `match` covers, so that they are collated with it alone."""
    cut = (
        replace(one, span=Span(start=max(one.span.start, match.page.start), end=min(one.span.end, match.page.end)))
        for one in document.segments
        if one.span.overlaps(match.page)
    )
    return replace(document, segments=tuple(cut))


def best_match(document: Document, edition: Edition) -> EditionDocument:
    """The document of `edition` that shares the most four-word runs with the page, the first among equals.

    A text without numbered documents is one document as a whole. Whether it really is the page's is for collating
    to tell. Raises BadInputError where the edition holds none.
    """
    if not edition.documents:
        raise BadInputError(
            where=edition.name, what="holds no document", remedy="Give the clean text of an edition as the witness"
        )
    numbered = [printed for printed in edition.documents if printed.number]
    if not numbered:
        return _whole(edition)
    page = _runs([document.text])
    return max(numbered, key=lambda printed: len(page & _runs(printed.paragraphs)))


def _whole(edition: Edition) -> EditionDocument:
    return EditionDocument(
        number=None,
        title="",
        paragraphs=tuple(p for stretch in edition.documents for p in stretch.paragraphs),
        source_note=None,
        footnotes=(),
        citation=edition.documents[0].citation,
    )


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    keys = [key(t.text) for text in texts for t in tokens(text)]
    return frozenset(tuple(keys[i : i + _WORDS]) for i in range(len(keys) - _WORDS + 1))
