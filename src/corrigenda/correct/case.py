"""A place that was weighed: its readings with their probabilities, the edit that one of them asks for, and its flag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.correct.dirt import without
from corrigenda.correct.lines import rejoined
from corrigenda.correct.places import Choice, Place
from corrigenda.correct.vote import same_word
from corrigenda.text import Token
from corrigenda.values import Flag, FlagKind, Span, Suggestion

__all__ = ["MOST_SUGGESTIONS", "Case", "edit", "flagged"]

MOST_SUGGESTIONS = 3
"""So many readings are offered for what is flagged."""
_LEAST_SUGGESTED = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A place of a run with its readings, what stands there first, and the probability of each.

    `here` has what other readings of the page have there, with their sigla; `confidence` how sure the OCR engine was of
    what stands there, None where that was not weighed; `thought_of` which readings were among its alternatives, empty
    where none was; `gains` by how much each is likelier for a neural language model than what stands there, as natural
    logarithms, and `alone` the probabilities before that, both empty where none was asked.
    """

    place: Place
    run: Sequence[Token]
    choices: tuple[Choice, ...]
    here: tuple[tuple[str, str], ...]
    probabilities: tuple[float, ...]
    confidence: float | None = None
    thought_of: tuple[bool, ...] = ()
    gains: tuple[float, ...] = ()
    alone: tuple[float, ...] = ()

    @property
    def span(self) -> Span:
        """Where its words stand in the text, with the marks beside them."""
        first, last = self.run[self.place.start], self.run[self.place.end - 1]
        return Span(start=first.span.start, end=last.span.end)

    @property
    def core_span(self) -> Span:
        """The same without the marks at both ends."""
        first, last = self.run[self.place.start], self.run[self.place.end - 1]
        return Span(start=first.core_span.start, end=max(first.core_span.start, last.core_span.end))


def edit(text: str, case: Case, choice: Choice) -> tuple[Span, str]:
    """The span to replace and what to put there; punctuation that stays is left out, and lines stay lines."""
    span = case.span
    if not choice.text:
        within = Span(start=case.run[0].span.start, end=case.run[-1].span.end)
        return without(text, span, within), ""
    before = span.of(text)
    if "\n" in before or "\r" in before:
        return rejoined(text, case.core_span, choice.option.core, last=case.place.end == len(case.run))
    after = choice.text
    lead = _same_marks(before, after)
    trail = _same_marks(before[lead:][::-1], after[lead:][::-1])
    return Span(start=span.start + lead, end=span.end - trail), after[lead : len(after) - trail]


def flagged(case: Case, why: str) -> Flag:
    """What may be wrong there, with the likeliest other readings."""
    ranked = sorted(zip(case.probabilities[1:], case.choices[1:], strict=True), key=lambda pc: (-pc[0], pc[1].text))
    offered = [
        Suggestion(text=c.option.core, probability=round(p, 3))
        for p, c in ranked[:MOST_SUGGESTIONS]
        if p >= _LEAST_SUGGESTED and c.text
    ]
    otherwise = [siglum for siglum, text in case.here if not same_word(text, case.choices[0].text)]
    return Flag(
        span=case.core_span,
        kind=FlagKind.DOUBTFUL,
        why="; ".join((why, *(f"{siglum} reads otherwise" for siglum in otherwise))),
        suggestions=tuple(offered),
        citation=otherwise[0] if otherwise else None,
    )


def _same_marks(a: str, b: str) -> int:
    """How many marks that are neither letter nor figure both begin with."""
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same] and not a[same].isalnum():
        same += 1
    return same
