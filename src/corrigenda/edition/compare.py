"""Two releases of one record side by side: what one shows and the other hides.

Neither text is the truth, and each was read by a machine that loses lines, reads columns in another order and makes
letters of stamps and handwriting. So a stretch that only one of them has counts as released only where the words on
both sides of it stand in both, the lines around were read alike, nothing like it is left over elsewhere in the other
text, and it reads as words. All else is set aside with the reason, and nothing is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corrigenda.align import align, blocks, likeness
from corrigenda.edition.standing import NO_NAME, Judge, Standing, Verdict
from corrigenda.edition.surplus import Side, Surplus, only_in_one
from corrigenda.errors import BadInputError, PairingError
from corrigenda.lexicon.words import WordIndex
from corrigenda.values import Document, Span

__all__ = ["Comparison", "Finding", "compare"]

_CONTEXT = 8
_MOST_LOST = 2
_FEW_LOST = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A stretch that only one of the two texts has: `shown_in` is 0 for the first of them, 1 for the second.

    `span` covers it in the text that has it, `place` what stands in its stead in the other: `instead`, which may be
    nothing. `before` and `after` are the words around it. `page` counts from 1 in the text that shows it.
    """

    shown_in: int
    span: Span
    text: str
    place: Span
    instead: str
    before: str
    after: str
    page: int
    standing: Standing
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two releases: how many words both have in the same order, of how many, and what only one of them has."""

    ids: tuple[str, str]
    shared: int
    words: tuple[int, int]
    findings: tuple[Finding, ...]

    def of(self, *standings: Standing) -> tuple[Finding, ...]:
        """The findings of these standings, those of the first text before those of the second."""
        return tuple(f for f in self.findings if f.standing in standings)


def compare(first: Document, second: Document, words: WordIndex) -> Comparison:
    """Tell what one release shows and the other hides.

    Raises BadInputError where one of them holds no word, PairingError where the two share no more longer words than any
    two texts of the time do.
    """
    sides = (Side.of(first), Side.of(second))
    ours, theirs = sides[0].keys, sides[1].keys
    for side in sides:
        _refuse_empty(side)
    pairs = align(ours, theirs)
    alike = likeness(pairs, ours, theirs)
    if not alike.alike:
        raise PairingError(
            where=second.source.path,
            what=f"does not look like another release of {first.source.path}: {alike.shared} of {alike.of} longer "
            "words agree",
            remedy="Give two releases of the same record",
        )
    found = blocks(pairs, ours, theirs)
    surplus = [one for block in found if not block.equal for one in only_in_one(block, sides)]
    judge = Judge.of(sides, found, surplus, words)
    made = [_finding(one, sides, judge.verdict(one)) for one in surplus]
    findings = _weighed(made, [judge.is_clean_name(one) for one in surplus])
    return Comparison(
        ids=(first.id, second.id),
        shared=sum(len(block.a) for block in found if block.equal),
        words=(len(ours), len(theirs)),
        findings=tuple(sorted(findings, key=lambda f: (f.shown_in, f.span))),
    )


def _refuse_empty(side: Side) -> None:
    if not side.keys:
        raise BadInputError(
            where=side.document.source.path,
            what="is empty: it holds no word that could be compared",
            remedy="Check that OCR ran on this release",
        )


def _finding(one: Surplus, sides: tuple[Side, Side], verdict: Verdict) -> Finding:
    ours, theirs = sides[one.side], sides[1 - one.side]
    units = ours.words(one.run)
    span = Span(start=units[0].span.start, end=units[-1].span.end)
    standing, why = verdict
    return Finding(
        shown_in=one.side,
        span=span,
        text=span.of(ours.document.text),
        place=theirs.between(one.instead),
        instead=theirs.text(one.instead),
        before=ours.text(range(one.run.start - _CONTEXT, one.run.start)),
        after=ours.text(range(one.run.stop, one.run.stop + _CONTEXT)),
        page=ours.pages[one.run.start],
        standing=standing,
        why=why,
    )


def _weighed(findings: Sequence[Finding], clean: Sequence[bool]) -> Iterator[Finding]:
    """The findings, with doubt about all that a text hides where it lacks more that is no name.

    What a machine loses it loses whatever it says; a censor takes out names. A single name is not believed where
    anything else of the kind is lacking, unless it is `clean`, nothing but known names in a gap, and little is lacking.
    """
    lost = Counter(f.shown_in for f in findings if f.why[-1] == NO_NAME)
    named = Counter(f.shown_in for f in findings if f.standing is Standing.RELEASED)
    for f, is_clean in zip(findings, clean, strict=True):
        missing = lost[f.shown_in]
        allowed = max(_MOST_LOST * (named[f.shown_in] - 1), _FEW_LOST if is_clean else 0)
        if f.standing is Standing.RELEASED and missing > allowed:
            yield replace(f, standing=Standing.POSSIBLE, why=(*f.why, _doubt(missing)))
        else:
            yield f


def _doubt(missing: int) -> str:
    """Why a name is only possibly hidden where the other text lacks so many places without one."""
    places = "one place" if missing == 1 else f"{missing} places"
    return (
        f"but the machine that read the other text has perhaps lost it: {places} where nothing is named "
        f"{'is' if missing == 1 else 'are'} missing there too"
    )
