"""Learning what a neural language model's word is worth beside the gate's, from pages that no tree was grown from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corrigenda.correct.channel import Channel, ChannelCosts
from corrigenda.correct.gate import Gate, apportioned
from corrigenda.correct.model import BASE
from corrigenda.correct.neural import NEURAL_FEATURES, Asked, NeuralModel, rows_of
from corrigenda.correct.spellings import Speller
from corrigenda.language.model import LanguageModel
from corrigenda.learn.boosting import Boosting
from corrigenda.learn.examples import Example
from corrigenda.learn.forgetting import forget
from corrigenda.learn.gate import FOLDS, Studied, learn_gate
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.model import study
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import tokens

__all__ = ["learn_neural"]

_SETTINGS = Boosting(trees=120, depth=3, features=0.7)
"""Ten figures of some thousand readings bear fewer and lower trees than the gate's."""


def learn_neural(
    lessons: Sequence[Lesson],
    words: WordIndex,
    language: LanguageModel,
    channels: Mapping[str, Channel],
    gate: Gate,
    neural: NeuralModel,
) -> Gate | None:
    """The gate of what both say, with `NEURAL_FEATURES`; None where the lessons are of too few groups.

    As for the gate itself, lessons whose pages were made for learning are worked with words forgotten.
    """
    if len({lesson.group for lesson in lessons}) < FOLDS:
        return None
    gapped_words, gapped_language = forget(words, language)
    studied: list[Studied] = []
    for lesson in lessons:
        known, read = (gapped_words, gapped_language) if lesson.rendered else (words, language)
        speller = Speller(known, ChannelCosts(channels.get(lesson.engine, channels[BASE])))
        studied.append(_reread(lesson, study(lesson, known, speller, read), gate, neural))
    return learn_gate(studied, _SETTINGS, NEURAL_FEATURES)


def _reread(lesson: Lesson, studied: Studied, gate: Gate, neural: NeuralModel) -> Studied:
    """What was studied, with the places that the neural model is asked of and the rows of what both say."""
    asked = [_asked(example, gate) for example in studied.examples]
    made = rows_of(neural, [t.text for t in tokens(lesson.reading)], asked)
    again = [_with(example, one, rows) for example, one, rows in zip(studied.examples, asked, made, strict=True)]
    # Made-up pages are all that this is learned from, so that they have to calibrate it, too.
    return replace(studied, examples=tuple(e for e in again if e.rows), judged=True)


def _asked(example: Example, gate: Gate) -> Asked:
    place = example.place
    return Asked(
        start=place.start,
        end=place.end,
        readings=tuple(c.text for c in (place.keep, *place.others))[: len(example.rows)],
        probabilities=apportioned(gate.probabilities(example.rows)),
    )


def _with(example: Example, asked: Asked, rows: Sequence[Sequence[float]]) -> Example:
    return replace(
        example,
        rows=tuple(map(tuple, rows)),
        right=tuple(example.right[i] for i in asked.doubted),
        least=tuple(example.least[i] for i in asked.doubted),
    )
