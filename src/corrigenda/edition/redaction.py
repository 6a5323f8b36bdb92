"""What the edition prints where a release is redacted, side by side.

The edition's words are shown, never slipped in: a reader must see what the release hides and what a book says stood
there. They are shown only where the words of the page on both sides of the mark stand in the edition too, and where
several marks stand between two such words they are shown as one, since nobody can tell which of them hid what.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.edition.collate import Collation, Covered
from corrigenda.ingest.marks import GIVEN_UP, marks_in
from corrigenda.text import Token, tokens
from corrigenda.values import Document, SegmentKind, Span

__all__ = ["Redaction", "redactions"]

# The address stands between the pages of a letter, and no edition prints it there.
_TEXT = frozenset({SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.SALUTATION, SegmentKind.CLOSING})
_NEIGHBOURS = 4
_LEAST_AGREED = 3
_CONTEXT = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Redaction:
    """A place where the release or the edition hides words.

    `release` is what the page has there: its marks, and what stands between them; `edition` what the edition prints,
    or None, and `why` then says why nothing can be told. `in_edition` tells that it is the edition that hides words.
    `agreement` is the share of the eight words around that stand in both; `before` and `after` are those of the page.
    """

    span: Span
    release: str
    edition: str | None
    in_edition: bool
    before: str
    after: str
    agreement: float
    citation: str
    why: str | None
    only_marks: bool

    @property
    def is_fillable(self) -> bool:
        """Whether the edition's words may be set in the place of the marks: nothing of the page stands among them."""
        return self.edition is not None and not self.in_edition and self.only_marks and not _withholds(self.edition)


def redactions(document: Document, collation: Collation) -> tuple[Redaction, ...]:
    """The redactions of `document` and of its edition in the order of the page; marks of what was unreadable are none.

    Where the edition has no text there, or the words beside the marks do not agree, `edition` is None.
    """
    around = _Around.of(document, collation)
    found = [_redaction(document, collation.citation, one, around) for one in collation.covered if _hides(one, around)]
    return tuple(sorted(found, key=lambda r: r.span))


def _hides(one: Covered, around: _Around) -> bool:
    """Whether the marks say that somebody hid the words, on the page or in the edition."""
    if one.withheld:
        return bool(one.page.strip()) and _withholds(one.edition)
    return bool(around.marks_in(one.span))


def _withholds(printed: str) -> bool:
    return any(m.kind is SegmentKind.REDACTION and m.why not in GIVEN_UP for m in marks_in(printed))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Around:
    """The words of the page that an edition prints, whether this one has each of them, and the page's own marks.

    All are in the order of the page, with the places of the words apart, so that what stands beside one of many marks
    is looked up and not gone through.
    """

    words: tuple[Token, ...]
    agreed: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[Span, ...]

    @classmethod
    def of(cls, document: Document, collation: Collation) -> _Around:
        """The words of `document` beside what was collated."""
        home = sorted(s.span for s in document.segments if s.kind in _TEXT)
        words = tuple(t for span in home for t in tokens(document.text, span) if t.core)
        marks = (s.span for s in document.segments if s.kind is SegmentKind.REDACTION and s.why not in GIVEN_UP)
        shared = sorted(r.span for r in collation.agreed)
        ends = [s.end for s in shared]

        def is_agreed(word: Token) -> bool:
            at = bisect_left(ends, word.core_span.end)
            return at < len(shared) and shared[at].covers(word.core_span)

        return cls(
            words=words,
            agreed=tuple(map(is_agreed, words)),
            starts=tuple(w.span.start for w in words),
            ends=tuple(w.span.end for w in words),
            marks=tuple(sorted(marks)),
        )

    def edges(self, span: Span) -> tuple[int, int]:
        """How many words end before `span`, and the number of the first that begins behind it."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def beside(self, span: Span) -> tuple[Sequence[bool], Sequence[bool]]:
        """Whether the four nearest words on either side of `span` agree, from left to right."""
        before, after = self.edges(span)
        return self.agreed[max(0, before - _NEIGHBOURS) : before], self.agreed[after : after + _NEIGHBOURS]

    def shown(self, span: Span) -> tuple[str, str]:
        """The words of the page before and after `span`."""
        before, after = self.edges(span)
        shown = self.words[max(0, before - _CONTEXT) : before], self.words[after : after + _CONTEXT]
        left, right = (" ".join(w.text for w in near) for near in shown)
        return left, right

    def marks_in(self, span: Span) -> list[Span]:
        """The marks of the page, where somebody hid words, that stand in `span`."""
        first = bisect_left(self.marks, span.start, key=lambda mark: mark.start)
        last = bisect_right(self.marks, span.end, key=lambda mark: mark.start)
        return [mark for mark in self.marks[first:last] if span.covers(mark)]


def _redaction(document: Document, citation: str, one: Covered, around: _Around) -> Redaction:
    left, right = around.beside(one.span)
    before, after = around.shown(one.span)
    why = _doubt(one, left, right)
    bare = one.page
    for mark in around.marks_in(one.span):
        bare = bare.replace(mark.of(document.text), "")
    return Redaction(
        span=one.span,
        release=one.page,
        edition=None if why else one.edition,
        in_edition=one.withheld,
        before=before,
        after=after,
        agreement=(sum(left) + sum(right)) / (2 * _NEIGHBOURS),
        citation=f"{citation}, paragraph {one.paragraph}" if one.paragraph else citation,
        why=why,
        only_marks=not bare.strip(),
    )


def _doubt(one: Covered, left: Sequence[bool], right: Sequence[bool]) -> str | None:
    """Why it cannot be told what the edition prints there, or None."""
    if not one.edition:
        return "the edition prints nothing there"
    for name, near in (("before", left[::-1]), ("after", right)):
        if not near or not near[0] or sum(near) < _LEAST_AGREED:
            return f"the words {name} it do not agree with the edition's"
    return None
