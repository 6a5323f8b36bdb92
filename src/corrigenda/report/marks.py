"""What the HTML report marks, and where: every correction, flag and missed error, numbered in the order of the page.

Corrections never overlap, but a flag may lie over a correction, and a missed error over a flag. One place gets one
mark, or the reader would have to find the second explanation beneath the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corrigenda.values import Corrected, Correction, Evaluation, Flag, FlagKind, Outcome, Span, Verdict

__all__ = ["MEANINGS", "Mark", "Style", "marks"]


class Style(StrEnum):
    """How a mark looks: the outcome of a correction, or what else stands at the place.

    Colour, line and sign of each are in `report.css`, under these names.
    """

    FIXED = "fixed"
    IMPROVED = "improved"
    STILL_WRONG = "still_wrong"
    HARMED = "harmed"
    UNSCORABLE = "unscorable"
    CORRECTED = "corrected"
    MISSED = "missed"
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
    Style.DOUBTFUL: "Not changed, but worth a look; suggestions where there are any.",
    Style.VARIANT: "Page and published edition differ; the page stands.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One marked stretch of the OCR text with everything that is known of it; `number` counts from 1."""

    number: int
    span: Span
    style: Style
    correction: Correction | None = None
    verdicts: tuple[Verdict, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def doubted(self) -> bool:
        """Whether a doubtful flag lies here."""
        return any(f.kind is FlagKind.DOUBTFUL for f in self.flags)

    @property
    def label(self) -> str:
        """What the mark says of its place, in two or three words."""
        if self.style is Style.MISSED and self.doubted:
            return "missed, but flagged"
        return self.style.label


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """What stands at one span: a correction with its verdict, or flags and missed errors that overlap."""

    span: Span
    correction: Correction | None = None
    verdicts: tuple[Verdict, ...] = ()
    flags: tuple[Flag, ...] = ()


def marks(corrected: Corrected, evaluation: Evaluation | None) -> tuple[Mark, ...]:
    """The marks of a report, in the order of the page; no two overlap."""
    verdicts = evaluation.verdicts if evaluation else ()
    judged = {v.correction: v for v in verdicts if v.correction}
    loose = [_Place(span=v.span, verdicts=(v,)) for v in verdicts if v.outcome is Outcome.MISSED]
    over: dict[Correction, list[Flag]] = {}
    ends = [c.span.end for c in corrected.corrections]
    for flag in corrected.flags:
        # The first correction that ends after the flag's start; if it does not overlap the flag, none does.
        for c in corrected.corrections[(at := bisect_right(ends, flag.span.start)) : at + 1]:
            if c.span.overlaps(flag.span):
                over.setdefault(c, []).append(flag)
                break
        else:
            loose.append(_Place(span=flag.span, flags=(flag,)))
    places = list(_merged(sorted(loose, key=_order)))
    for c in corrected.corrections:
        verdict = (judged[c],) if c in judged else ()
        places.append(_Place(span=c.span, correction=c, verdicts=verdict, flags=tuple(over.get(c, ()))))
    return tuple(_mark(n, place) for n, place in enumerate(sorted(places, key=_order), 1))


def _order(place: _Place) -> tuple[int, int]:
    return place.span.start, place.span.end


def _merged(places: Iterable[_Place]) -> Iterator[_Place]:
    """Places that share a letter as one; they come in order."""
    held: _Place | None = None
    for place in places:
        if held and (held.span == place.span or held.span.overlaps(place.span)):
            held = _Place(
                span=Span(start=held.span.start, end=max(held.span.end, place.span.end)),
                verdicts=held.verdicts + place.verdicts,
                flags=held.flags + place.flags,
            )
        else:
            if held:
                yield held
            held = place
    if held:
        yield held


def _mark(number: int, place: _Place) -> Mark:
    return Mark(
        number=number,
        span=place.span,
        style=_style(place),
        correction=place.correction,
        verdicts=place.verdicts,
        flags=place.flags,
    )


def _style(place: _Place) -> Style:
    if place.verdicts:
        return Style(place.verdicts[0].outcome.value)
    if place.correction:
        return Style.CORRECTED
    if any(f.kind is FlagKind.DOUBTFUL for f in place.flags):
        return Style.DOUBTFUL
    return Style.VARIANT
