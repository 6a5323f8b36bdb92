"""The decision about a doubtful place: correct it, or flag it and leave it.

A first form: the candidates of a place share its probability with the reading that stands there, by frequency and
misreading cost. docs/decisions/001-lexical-correction.md has the constants' measurements.
"""

from __future__ import annotations

from corrigenda.correct.candidates import Candidate, Slot
from corrigenda.text import shown
from corrigenda.values import Correction, CorrectionKind, Evidence, Flag, FlagKind, Suggestion

__all__ = ["decide"]

_FREQUENCY_POWER = 0.6
_DECADES_PER_EDIT = 2.5
_KEEP = 3.0
_KEEP_PER_LETTER = 0.35
_MOST_SUGGESTIONS = 3
_LEAST_SUGGESTED = 0.02
_MOST = 0.999


def decide(slot: Slot, threshold: float) -> Correction | Flag:
    """A correction where the best candidate reaches `threshold` and the place is not guarded, else a flag."""
    ranked = sorted(zip(_probabilities(slot), slot.candidates, strict=True), key=lambda pc: (-pc[0], pc[1].after))
    if ranked and not slot.guarded and not ranked[0][1].guarded and ranked[0][0] >= threshold:
        probability, best = ranked[0]
        return Correction(
            span=best.span,
            before=best.before,
            after=best.after,
            kind=best.kind,
            probability=probability,
            evidence=_evidence(slot, best, ranked[1:2]),
        )
    suggestions = tuple(
        Suggestion(text=c.after, probability=p) for p, c in ranked[:_MOST_SUGGESTIONS] if p >= _LEAST_SUGGESTED
    )
    return Flag(span=slot.span, kind=FlagKind.DOUBTFUL, why=slot.why, suggestions=suggestions)


def _probabilities(slot: Slot) -> list[float]:
    """The share of each candidate, in order; what is missing to 1 is the share of the reading that stands there."""
    weights = [_weight(c) for c in slot.candidates]
    # A long string is seldom a word that the lexicon happens to lack and yet one letter from a word that it has.
    keep = 10 ** (_KEEP - _DECADES_PER_EDIT - _KEEP_PER_LETTER * len(slot.before)) + slot.count**_FREQUENCY_POWER
    total = sum(weights) + keep
    # Rounded here, so that the figure that is compared is the figure that is shown; and nothing is certain.
    return [min(_MOST, round(w / total, 3)) for w in weights]


def _weight(candidate: Candidate) -> float:
    return float(candidate.count**_FREQUENCY_POWER * 10 ** (-_DECADES_PER_EDIT * candidate.cost))


def _evidence(slot: Slot, best: Candidate, runner_up: list[tuple[float, Candidate]]) -> tuple[Evidence, ...]:
    says = {
        CorrectionKind.HYPHEN: "the two halves of a word broken at the line's end",
        CorrectionKind.SPACING: "a space lost or added",
    }.get(best.kind, "a likely misreading")
    found = [
        Evidence(rule="doubt", says=f"{shown(slot.before)}: {slot.why}"),
        Evidence(
            rule=best.rule,
            says=f"{shown(best.after)} is counted {best.count} times in the lexicon",
            figure=float(best.count),
        ),
        Evidence(rule="channel", says=f"{says}, cost {best.cost:g}", figure=best.cost),
    ]
    if runner_up:
        probability, second = runner_up[0]
        found.append(Evidence(rule="runner-up", says=shown(second.after), figure=probability))
    return tuple(found)
