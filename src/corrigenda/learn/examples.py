"""Examples for the gate: the places of readings whose truth is known, and which reading of each is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.correct.features import rows
from corrigenda.correct.guards import guard
from corrigenda.correct.places import KEPT, Choice, Place, places
from corrigenda.correct.spellings import Speller
from corrigenda.correct.surroundings import Scene
from corrigenda.language.model import LanguageModel
from corrigenda.learn.lineup import Beside, beside
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Profile, Token, normalise

__all__ = ["Example", "examples"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A place with a row of features for each reading, and whether each is what the truth has.

    `least` is the least probability that a guard asks of each reading, 0 where none does. `truth` is None where the
    truth has no blank at an end of the place, so that no reading can be right.
    """

    place: Place
    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]
    least: tuple[float, ...]
    truth: str | None
    around: tuple[str, ...]


def examples(
    text: str,
    runs: Sequence[Sequence[Token]],
    truth: str,
    words: WordIndex,
    speller: Speller,
    language: LanguageModel,
) -> tuple[list[Example], Beside]:
    """The places of a text beside its truth."""
    scene = Scene.of(runs, words, language)
    flat = [t for run in runs for t in run]
    lined = beside([t.text for t in flat], truth)
    found: list[Example] = []
    first = 0
    for run in runs:
        for place in places(text, run, words, speller, language):
            choices, made = rows(place, run, scene, words, language)
            start, end = first + place.start, first + place.end
            stands = lined.of(start, end)
            folded = None if stands is None else normalise(stands, Profile.HIPE)
            found.append(
                Example(
                    place=place,
                    rows=tuple(map(tuple, made)),
                    right=tuple(folded is not None and normalise(c.text, Profile.HIPE) == folded for c in choices),
                    least=tuple(_least(place, c, run, scene, words) for c in choices),
                    truth=stands,
                    around=_around(lined, start, end),
                )
            )
        first += len(run)
    return found, lined


def _least(place: Place, choice: Choice, run: Sequence[Token], scene: Scene, words: WordIndex) -> float:
    held = guard(place, choice, run, scene, words) if choice.option.rule != KEPT else None
    return held.least if held else 0.0


def _around(lined: Beside, start: int, end: int) -> tuple[str, ...]:
    """Two words of the truth on either side, which tell whether two readings stand at the same place of it."""
    first, last = lined.cuts[start], lined.cuts[end]
    if first is None or last is None:
        return ()
    before = normalise(lined.truth[max(0, first - 60) : first], Profile.HIPE).split()[-2:]
    behind = normalise(lined.truth[last : last + 60], Profile.HIPE).split()[:2]
    return (*before, "|", *behind)
