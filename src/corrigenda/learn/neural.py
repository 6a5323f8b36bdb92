"""Learning what a neural language model's word is worth beside the gate's, from pages that no tree was grown from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corrigenda.correct.channel import Channel, ChannelCosts
from corrigenda.correct.gate import LEAST, Gate, HarmPoint, apportioned, likeliest
from corrigenda.correct.guards import NEVER
from corrigenda.correct.kinds import asked_of_the_gate
from corrigenda.correct.model import BASE
from corrigenda.correct.neural import NEURAL_FEATURES, Asked, NeuralModel, rows_of
from corrigenda.correct.spellings import Speller
from corrigenda.language.model import LanguageModel
from corrigenda.learn.boosting import Boosting
from corrigenda.learn.confidence import FEWEST_PLACES
from corrigenda.learn.examples import Example
from corrigenda.learn.forgetting import forget
from corrigenda.learn.gate import FOLDS, Studied, learn_gate, reaches
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.model import study
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, tokens

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
    """The gate of what both say, with `NEURAL_FEATURES`; None where too few places are in doubt to learn from.

    As for the gate itself, lessons whose pages were made for learning are worked with words forgotten. The harm of what
    is learned is that of the whole corrector: where the model is not asked, `gate` decides.
    """
    gapped_words, gapped_language = forget(words, language)
    costs = {engine: ChannelCosts(channels.get(engine, channels[BASE])) for engine in {one.engine for one in lessons}}
    spellers = {
        (engine, rendered): Speller(gapped_words if rendered else words, costs[engine])
        for engine, rendered in {(one.engine, one.rendered) for one in lessons}
    }
    asked: list[Studied] = []
    broken: list[_Broken] = []
    for lesson in lessons:
        known, read = (gapped_words, gapped_language) if lesson.rendered else (words, language)
        studied = study(lesson, known, spellers[lesson.engine, lesson.rendered], read)
        places = [_asked(example, gate) for example in studied.examples]
        asked.append(_reread(lesson, studied, places, neural, known))
        broken += _broken(studied, places)
    if sum(len(one.examples) for one in asked) < FEWEST_PLACES or sum(bool(one.examples) for one in asked) < FOLDS:
        return None
    learned = learn_gate(asked, _SETTINGS, NEURAL_FEATURES)
    return replace(learned, harm=tuple(_with_all(point, broken) for point in learned.harm))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Broken:
    """So many right `words` that a reading would break which is as likely as `chance` and guarded by `least`."""

    chance: float
    least: float
    words: int


def _asked(example: Example, gate: Gate) -> Asked:
    return Asked(
        start=example.place.start,
        end=example.place.end,
        readings=tuple(c.text for c in example.choices),
        probabilities=apportioned(gate.probabilities(example.rows)),
    )


def _reread(
    lesson: Lesson, studied: Studied, places: Sequence[Asked], neural: NeuralModel, words: WordIndex
) -> Studied:
    """The places that the neural model is asked of, with the rows of what both say."""
    run = list(tokens(lesson.reading))
    made = rows_of(neural, [t.text for t in run], places)
    again = [
        _with(example, one, rows, _least(example, one, run, words))
        for example, one, rows in zip(studied.examples, places, made, strict=True)
    ]
    # Made-up pages are all that this is learned from, so that they have to calibrate it, too.
    return replace(studied, examples=tuple(e for e in again if e.rows), judged=True)


def _least(example: Example, asked: Asked, run: Sequence[Token], words: WordIndex) -> tuple[float, ...]:
    """What guards ask of each reading; what the gate by itself finds unlikely is never put in where it is asked."""
    return tuple(
        NEVER if number and chance < LEAST and asked_of_the_gate(example.place, choice, run, words) else least
        for number, (choice, least, chance) in enumerate(
            zip(example.choices, example.least, asked.probabilities, strict=True)
        )
    )


def _with(example: Example, asked: Asked, rows: Sequence[Sequence[float]], least: Sequence[float]) -> Example:
    return replace(
        example,
        rows=tuple(map(tuple, rows)),
        right=tuple(example.right[i] for i in asked.doubted),
        least=tuple(least[i] for i in asked.doubted),
    )


def _broken(studied: Studied, places: Sequence[Asked]) -> Iterator[_Broken]:
    """What the first gate would break where the model is not asked."""
    for example, place in zip(studied.examples, places, strict=True):
        best = likeliest(place.probabilities)
        if best and not place.doubted and example.right[0] and not example.right[best]:
            yield _Broken(chance=place.probabilities[best], least=example.least[best], words=place.end - place.start)


def _with_all(point: HarmPoint, broken: Sequence[_Broken]) -> HarmPoint:
    more = sum(one.words for one in broken if reaches(one.chance, one.least, point.bar))
    return replace(point, broken=point.broken + more)
