"""What the HTML report marks, and where: every correction, flag and missed error, in the order of the page.

A correction is known by its id in the ledger, which `corrigenda undo --only id=3` takes; flags and missed errors are
counted apart from it, each kind by itself, so that no other number can be mistaken for an id.

Corrections never overlap, but a flag may lie over a correction, and a missed error over a flag. One place gets one
mark, or the reader would have to find the second explanation beneath the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corrigenda.score.comparable import COMPARED
from corrigenda.score.values import Evaluation, Outcome, Verdict
from corrigenda.values import Corrected, Correction, Document, Flag, FlagKind, Span

__all__ = ["MEANINGS", "Mark", "Style", "marks"]


class Style(StrEnum):
    """How a mark looks: the outcome of a correction, or what else stands at the place.

    Where nothing was corrected an error of the OCR is no missed one, but an `error`.

    Colour, line and sign of each are in `report.css`, under these names.
    """

    FIXED = "fixed"
    IMPROVED = "improved"
    STILL_WRONG = "still_wrong"
    HARMED = "harmed"
    UNSCORABLE = "unscorable"
    CORRECTED = "corrected"
    MISSED = "missed"
    ERROR = "error"
    DOUBTFUL = "doubtful"
    VARIANT = "variant"

    @property
    def label(self) -> str:
        """The name that a reader sees."""
        return "edition variant" if self is Style.VARIANT else self.value.replace("_", " ")


MEANINGS = {
    Style.FIXED: "The OCR was wrong here; the corrected text agrees with the transcription.",
    Style.IMPROVED: "Nearer to the transcription than the OCR was, but not yet the same.",
    Style.STILL_WRONG: "The OCR was wrong here, and the correction is no nearer.",
    Style.HARMED: "The OCR was right here, and the correction broke it.",
    Style.UNSCORABLE: "Corrected where the transcription is silent or cannot tell the two readings apart.",
    Style.CORRECTED: "Corrected; no transcription tells whether rightly.",
    Style.MISSED: "An error of the OCR that was left as it is.",
    Style.ERROR: "The OCR differs from the transcription.",
    Style.DOUBTFUL: "Not changed, but worth a look; suggestions where there are any.",
    Style.VARIANT: "Page and published edition differ; the page stands.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One marked place of the OCR text with everything that is known of it.

    `parts` are its stretches, in order: a missed error is only marked where a transcription can judge. `number` is
    the id in the ledger for a correction, and else counts the marks of this style from 1.
    """

    number: int
    parts: tuple[Span, ...]
    style: Style
    correction: Correction | None = None
    verdicts: tuple[Verdict, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def title(self) -> str:
        """The name by which a reader calls it; no two marks of a report share one."""
        return f"{'correction' if self.correction else self.style.label} {self.number}"

    @property
    def anchor(self) -> str:
        """The same for links on the page."""
        return str(self.number) if self.correction else f"{self.style.value}-{self.number}"

    @property
    def doubted(self) -> bool:
        """Whether a doubtful flag lies here."""
        return any(f.kind is FlagKind.DOUBTFUL for f in self.flags)

    @property
    def label(self) -> str:
        """What the mark says of its place, in two or three words."""
        if self.style is Style.MISSED and self.doubted:
            return "missed, but flagged"
        if self.style is Style.ERROR and self.doubted:
            return "error, and flagged"
        return self.style.label


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """What stands at one place: a correction with its verdict, or flags and missed errors that overlap."""

    parts: tuple[Span, ...]
    correction: Correction | None = None
    id: int = 0
    verdicts: tuple[Verdict, ...] = ()
    flags: tuple[Flag, ...] = ()


def marks(document: Document, corrected: Corrected, evaluation: Evaluation | None) -> tuple[Mark, ...]:
    """The marks of a report, in the order of the page; no two overlap."""
    verdicts = evaluation.verdicts if evaluation else ()
    judged = {v.correction: v for v in verdicts if v.correction}
    compared = [s.span for s in document.segments if s.kind in COMPARED]
    loose = [
        _Place(parts=_visible(v.span, compared, corrected.corrections), verdicts=(v,))
        for v in verdicts
        if v.outcome is Outcome.MISSED
    ]
    over: dict[Correction, list[Flag]] = {}
    ends = [c.span.end for c in corrected.corrections]
    for flag in corrected.flags:
        # The first correction that ends after the flag's start; if it does not overlap the flag, none does.
        for c in corrected.corrections[(at := bisect_right(ends, flag.span.start)) : at + 1]:
            if c.span.overlaps(flag.span):
                over.setdefault(c, []).append(flag)
                break
        else:
            loose.append(_Place(parts=(flag.span,), flags=(flag,)))
    places = list(_merged(loose))
    for n, c in enumerate(corrected.corrections, 1):
        verdict = (judged[c],) if c in judged else ()
        places.append(_Place(parts=(c.span,), correction=c, id=n, verdicts=verdict, flags=tuple(over.get(c, ()))))
    missed = Style.MISSED if corrected.corrections else Style.ERROR
    return tuple(_numbered(sorted(places, key=lambda place: place.parts[0]), missed))


def _visible(span: Span, compared: Sequence[Span], corrections: Sequence[Correction]) -> tuple[Span, ...]:
    """The stretches of a missed error to mark: those in compared segments that no correction stands in."""
    near = bisect_left(compared, span.start, key=lambda s: s.end)
    parts: list[Span] = []
    for segment in compared[near : bisect_right(compared, span.end, key=lambda s: s.start)]:
        start, end = max(span.start, segment.start), min(span.end, segment.end)
        if start < end or span.start == span.end:
            parts.append(Span(start=start, end=end))
    near_by = slice(
        bisect_left(corrections, span.start, key=lambda c: c.span.end),
        bisect_right(corrections, span.end, key=lambda c: c.span.start),
    )
    for c in corrections[near_by]:
        parts = [rest for part in parts for rest in _without(part, c.span)]
    if parts or not compared:
        return tuple(parts[: 1 if span.start == span.end else None]) or (span,)
    # A word that was lost between or behind the compared segments is missed at the end of the one before.
    end = compared[max(0, near - 1)].end
    return (Span(start=end, end=end),)


def _without(part: Span, hole: Span) -> Iterator[Span]:
    if not part.overlaps(hole):
        yield part
        return
    if part.start < hole.start:
        yield Span(start=part.start, end=hole.start)
    if hole.end < part.end:
        yield Span(start=hole.end, end=part.end)


def _merged(places: Sequence[_Place]) -> Iterator[_Place]:
    """Places that share a letter as one."""
    group = [{n} for n in range(len(places))]
    joined: list[tuple[Span, int]] = []
    for part, n in sorted((part, n) for n, place in enumerate(places) for part in place.parts):
        held, m = joined[-1] if joined else (None, n)
        if held and (held == part or held.overlaps(part)):
            joined[-1] = (Span(start=held.start, end=max(held.end, part.end)), m)
            group[m] |= group[n]
            for other in group[m]:
                group[other] = group[m]
        else:
            joined.append((part, n))
    for members in {min(g): g for g in group}.values():
        inside = sorted((places[n] for n in members), key=lambda place: place.parts[0])
        yield _Place(
            parts=tuple(part for part, n in joined if n in members),
            verdicts=tuple(v for place in inside for v in place.verdicts),
            flags=tuple(f for place in inside for f in place.flags),
        )


def _numbered(places: Iterable[_Place], missed: Style) -> Iterator[Mark]:
    others: Counter[Style] = Counter()
    for place in places:
        style = _style(place, missed)
        others[style] += not place.correction
        yield Mark(
            number=place.id if place.correction else others[style],
            parts=place.parts,
            style=style,
            correction=place.correction,
            verdicts=place.verdicts,
            flags=place.flags,
        )


def _style(place: _Place, missed: Style) -> Style:
    if place.verdicts:
        outcome = place.verdicts[0].outcome
        return missed if outcome is Outcome.MISSED else Style(outcome.value)
    if place.correction:
        return Style.CORRECTED
    if any(f.kind is FlagKind.DOUBTFUL for f in place.flags):
        return Style.DOUBTFUL
    return Style.VARIANT
