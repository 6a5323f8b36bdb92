"""What kind of correction a reading would be, and of which a neural model knows too little."""

from __future__ import annotations

from collections.abc import Sequence

from corrigenda.correct.guards import NAME
from corrigenda.correct.places import Choice, Place
from corrigenda.correct.surroundings import starts_sentence
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token
from corrigenda.values import CorrectionKind

__all__ = ["asked_of_the_gate", "kind_of"]

_STOPPED = "a full stop between its parts"


def kind_of(place: Place, choice: Choice, run: Sequence[Token], words: WordIndex) -> CorrectionKind:
    """What putting `choice` in the place of what stands there is called."""
    if choice.option.kind is not CorrectionKind.CHARACTER:
        return choice.option.kind
    entry = words.entry(choice.option.core)
    first = run[place.start]
    is_capital = first.core[:1].isupper() and not first.core.isupper()
    if (entry and entry.is_name) or (is_capital and not starts_sentence(run, place.start)):
        return CorrectionKind.NAME
    return CorrectionKind.REAL_WORD if place.known else CorrectionKind.CHARACTER


def asked_of_the_gate(place: Place, choice: Choice, run: Sequence[Token], words: WordIndex) -> str:
    """Why the gate must find a reading likely by itself; empty where a neural model's word is good enough.

    It knows many a name that would fit, and many a word for two that stand for others (sw. und, in. dia.), and nothing
    of what a machine may make of them.
    """
    entries = map(words.entry, choice.option.core.split())
    if kind_of(place, choice, run, words) is CorrectionKind.NAME or any(entry and entry.is_name for entry in entries):
        return NAME
    pieces = run[place.start : place.end - 1]
    return _STOPPED if any(t.trail.startswith(".") for t in pieces) else ""
