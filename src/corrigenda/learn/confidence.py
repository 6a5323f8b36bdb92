"""Learning what an engine's confidences are worth, from pages that have them and whose truth is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corrigenda.correct.channel import Channel, ChannelCosts
from corrigenda.correct.confidence import Confidences, Trust, certainty, log_odds
from corrigenda.correct.gate import Gate, apportioned
from corrigenda.correct.model import BASE
from corrigenda.correct.spellings import Speller
from corrigenda.language.model import LanguageModel
from corrigenda.learn.forgetting import forget
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.logistic import fit
from corrigenda.learn.model import study
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import tokens
from corrigenda.values import Span, Word

__all__ = ["FEWEST_PLACES", "learn_confidence"]

FEWEST_PLACES = 500
"""An engine with fewer doubtful places has figures that hang on the pages they come from."""
_RIDGE = 1.0
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What gate (log-odds) and engine (`certainty`) say of what stands at a place, and whether it is right."""

    gate: float
    engine: float
    right: bool


def learn_confidence(
    lessons: Sequence[Lesson],
    words: WordIndex,
    language: LanguageModel,
    channels: Mapping[str, Channel],
    gate: Gate,
) -> dict[str, Trust]:
    """What confidences are worth, for every engine of which enough places with them are among the lessons.

    Asked is by how much the engine's confidence moves what the gate thinks of a doubtful place as it stands. Lessons
    whose pages were made for learning are worked with words forgotten, as for the gate; those without confidences tell
    nothing.
    """
    gapped_words, gapped_language = forget(words, language)
    found = {}
    # What nobody named may be several engines, whose confidences mean several things.
    for engine in sorted({lesson.engine for lesson in lessons if lesson.confidences} & (channels.keys() - {BASE})):
        costs = ChannelCosts(channels[engine])
        speller, gapped = Speller(words, costs), Speller(gapped_words, costs)
        told: list[_Told] = []
        for lesson in lessons:
            if lesson.engine == engine and lesson.confidences:
                by = (gapped_words, gapped, gapped_language) if lesson.rendered else (words, speller, language)
                told += _places(lesson, *by, gate)
        if len(told) >= FEWEST_PLACES:
            found[engine] = _trust(told)
    return found


def _trust(told: Sequence[_Told]) -> Trust:
    learned = fit(
        np.array([[one.engine] for one in told]),
        [float(one.right) for one in told],
        [1.0] * len(told),
        ridge=_RIDGE,
        known=[one.gate for one in told],
    )
    return Trust(weight=learned.weights[0], bias=learned.bias)


def _places(lesson: Lesson, words: WordIndex, speller: Speller, language: LanguageModel, gate: Gate) -> Iterator[_Told]:
    """The doubtful places of a lesson that do not go over a line's end, where the corrector asks no confidence."""
    run = list(tokens(lesson.reading))
    confidences = Confidences(_words(lesson))
    speller.tidy()
    for example in study(lesson, words, speller, language).examples:
        place = example.place
        span = Span(start=run[place.start].span.start, end=run[place.end - 1].span.end)
        least = None if "\n" in span.of(lesson.reading) else confidences.least(span)
        if least is not None:
            keeps = apportioned(gate.probabilities(example.rows))[0]
            yield _Told(gate=log_odds(keeps), engine=certainty(least), right=example.right[0])


def _words(lesson: Lesson) -> Iterator[Word]:
    stands = _WORD.finditer(lesson.reading)
    for match, confidence in zip(stands, lesson.confidences, strict=True):
        yield Word(text=match[0], span=Span(start=match.start(), end=match.end()), confidence=confidence)
