"""Examples for the gate: the places of readings whose truth is known, and which reading of each is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corrigenda.correct.features import rows
from corrigenda.correct.guards import guard
from corrigenda.correct.lineup import Beside, beside
from corrigenda.correct.places import KEPT, Choice, Place, places
from corrigenda.correct.readings import Said
from corrigenda.correct.spellings import Speller
from corrigenda.correct.surroundings import Scene
from corrigenda.correct.vote import is_contested, offers, relaxed, speaks, votes
from corrigenda.language.model import LanguageModel
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Profile, Token, normalise, unify

__all__ = ["Example", "examples"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A place with a row of features for each reading, and whether each is what the truth has.

    `least` is the least probability that a guard asks of each reading, 0 where none does.
    """

    place: Place
    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]
    least: tuple[float, ...]
    truth: str
    around: tuple[str, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The readings that have a row, what stands there first."""
        return (self.place.keep, *self.place.others)[: len(self.rows)]


def examples(
    text: str,
    runs: Sequence[Sequence[Token]],
    truth: str,
    words: WordIndex,
    speller: Speller,
    language: LanguageModel,
    heard: Sequence[Sequence[Said]] | None = None,
) -> tuple[list[Example], Beside]:
    """The places of a text beside its truth, without those at an end of which the truth has no blank.

    What such a place stands for cannot be told, so that nothing is learned from it. With what other readings have for
    each run, `heard`, only the places where one of them has something else, for the vote.
    """
    scene = Scene.of(runs, words, language)
    flat = [t for run in runs for t in run]
    lined = beside([t.text for t in flat], truth)
    found: list[Example] = []
    first = 0
    for run, said in zip(runs, heard or [()] * len(runs), strict=True):
        for place in places(text, run, words, speller, language, offers(text, run, said, words, speller)):
            start, end = first + place.start, first + place.end
            stands = lined.of(start, end)
            if stands is None:
                continue
            choices, made = rows(place, run, scene, words, language)
            right = _right([c.text for c in choices], stands)
            here = speaks(place, said)
            if heard is not None and not is_contested(place, here):
                continue
            if heard is not None:
                added = votes(place, choices, run, said, words, speller)
                made = [own + more for own, more in zip(made, added, strict=True)]
            found.append(
                Example(
                    place=place,
                    rows=tuple(map(tuple, made)),
                    right=right,
                    least=tuple(_least(place, c, run, scene, words, here) for c in choices),
                    truth=stands,
                    around=_around(lined, start, end),
                )
            )
        first += len(run)
    return found, lined


def _right(readings: Sequence[str], truth: str) -> tuple[bool, ...]:
    """Which readings have the letters of the truth, and of these the ones whose marks and capitals come nearest.

    What stands there, the first, is right by its letters alone: editors change marks and capitals.
    """
    meant = normalise(truth, Profile.HIPE)
    letters = [normalise(r, Profile.HIPE) == meant for r in readings]
    away = [Levenshtein.distance(unify(r), unify(truth)) for r in readings]
    least = min((a for a, same in zip(away, letters, strict=True) if same), default=0)
    return tuple(same and (i == 0 or a == least) for i, (a, same) in enumerate(zip(away, letters, strict=True)))


def _least(
    place: Place,
    choice: Choice,
    run: Sequence[Token],
    scene: Scene,
    words: WordIndex,
    here: Sequence[tuple[str, str]],
) -> float:
    held = guard(place, choice, run, scene, words) if choice.option.rule != KEPT else None
    held = relaxed(held, choice, place.keep.option.core, here)
    return held.least if held else 0.0


def _around(lined: Beside, start: int, end: int) -> tuple[str, ...]:
    """Two words of the truth on either side, which tell whether two readings stand at the same place of it."""
    first, last = lined.cuts[start], lined.cuts[end]
    if first is None or last is None:
        return ()
    before = normalise(lined.truth[max(0, first - 60) : first], Profile.HIPE).split()[-2:]
    behind = normalise(lined.truth[last : last + 60], Profile.HIPE).split()[:2]
    return (*before, "|", *behind)
