"""Learning what an engine's confidences and alternatives are worth, from pages with them whose truth is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corrigenda.correct.channel import Channel, ChannelCosts
from corrigenda.correct.confidence import EngineWords, Trust, certainty, log_odds
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
_FEWEST_THOUGHT_OF = 100
"""The same of readings that are among the alternatives."""
_RIDGE = 1.0
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What gate and engine say of a place's readings, what stands there first, and which of them are right.

    `thought_of` has which the engine had as alternatives.
    """

    probabilities: tuple[float, ...]
    confidence: float
    thought_of: tuple[bool, ...]
    right: tuple[bool, ...]


def learn_confidence(
    lessons: Sequence[Lesson],
    words: WordIndex,
    language: LanguageModel,
    channels: Mapping[str, Channel],
    gate: Gate,
) -> dict[str, Trust]:
    """What confidences and alternatives are worth, for every engine with enough places among the lessons.

    Asked is by how much the engine's confidence moves what the gate thinks of a doubtful place as it stands, and then
    how much likelier than thought another reading is that the engine had as well. Lessons whose pages were made for
    learning are worked with words forgotten, as for the gate; those without confidences tell nothing.
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
        np.array([[certainty(one.confidence)] for one in told]),
        [float(one.right[0]) for one in told],
        [1.0] * len(told),
        ridge=_RIDGE,
        known=[log_odds(one.probabilities[0]) for one in told],
    )
    trust = Trust(weight=learned.weights[0], bias=learned.bias)
    return replace(trust, alternative=_alternative(told, trust))


def _alternative(told: Sequence[_Told], trust: Trust) -> float:
    """What it adds to the log-odds of a reading other than what stands there to be among the alternatives."""
    chances = [p for one in told for p in trust.revised(one.probabilities, one.confidence)[1:]]
    thought_of = [is_one for one in told for is_one in one.thought_of[1:]]
    if sum(thought_of) < _FEWEST_THOUGHT_OF:
        return 0.0
    # The bias, which is what the gate is wrong by in the other readings, is none of the alternatives' matter.
    learned = fit(
        np.array([[float(is_one)] for is_one in thought_of]),
        [float(right) for one in told for right in one.right[1:]],
        [1.0] * len(chances),
        ridge=_RIDGE,
        known=list(map(log_odds, chances)),
    )
    return learned.weights[0]


def _places(lesson: Lesson, words: WordIndex, speller: Speller, language: LanguageModel, gate: Gate) -> Iterator[_Told]:
    """The doubtful places of a lesson that do not go over a line's end, where the corrector asks no engine."""
    run = list(tokens(lesson.reading))
    read = EngineWords(_words(lesson))
    speller.tidy()
    for example in study(lesson, words, speller, language).examples:
        place = example.place
        span = Span(start=run[place.start].span.start, end=run[place.end - 1].span.end)
        least = None if "\n" in span.of(lesson.reading) else read.least(span)
        if least is not None:
            yield _Told(
                probabilities=apportioned(gate.probabilities(example.rows)),
                confidence=least,
                thought_of=read.thought_of(span, (c.option.core for c in example.choices)),
                right=example.right,
            )


def _words(lesson: Lesson) -> Iterator[Word]:
    stands = _WORD.finditer(lesson.reading)
    others = lesson.alternatives or [()] * len(lesson.confidences)
    for match, confidence, alternatives in zip(stands, lesson.confidences, others, strict=True):
        span = Span(start=match.start(), end=match.end())
        yield Word(text=match[0], span=span, confidence=confidence, alternatives=alternatives)
