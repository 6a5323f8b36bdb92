"""Learning a model: from readings beside their truth to channels, a gate and a vote, in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from corrigenda.correct.channel import Channel, ChannelCosts
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import Gate
from corrigenda.correct.lineup import beside
from corrigenda.correct.model import BASE
from corrigenda.correct.readings import OtherText, line_up
from corrigenda.correct.spellings import Speller
from corrigenda.correct.vote import VOTE_FEATURES
from corrigenda.language.model import LanguageModel
from corrigenda.learn.boosting import Boosting
from corrigenda.learn.channel import learn_channel
from corrigenda.learn.examples import Example, examples
from corrigenda.learn.forgetting import forget
from corrigenda.learn.gate import FOLDS, Studied, folds, learn_gate
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.partners import other_readings
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Profile, join_broken_words, normalise, tokens, unify

__all__ = ["Lesson", "learn"]

_FARTHEST = 0.5
_OWN_WEIGHT = 3
_SHORT = 3


def learn(
    lessons: Sequence[Lesson],
    words: WordIndex,
    language: LanguageModel,
    *,
    settings: Boosting | None = None,
    rendered_weight: float = 1.0,
    on_step: Callable[[str], None] | None = None,
) -> tuple[dict[str, Channel], Gate, Gate | None]:
    """Channels (`BASE`, and one for each engine), a gate, and a vote where pages have two readings each.

    Both learn from places as the corrector will meet them: proposed by a channel that never saw the text.
    """
    lessons = list(dict.fromkeys(lessons))
    stretches = [list(_stretches(lesson)) for lesson in lessons]
    fold = folds([(lesson.group, len(lesson.reading)) for lesson in lessons])
    studied: dict[Lesson, Studied] = {}
    voted: list[Studied] = []
    others = other_readings(lessons, stretches)
    gapped_words, gapped_language = forget(words, language)
    for number in range(FOLDS):
        if on_step:
            on_step(f"part {number + 1} of {FOLDS}")
        seen = [s for lesson, s in zip(lessons, stretches, strict=True) if fold[lesson.group] != number]
        costs = ChannelCosts(learn_channel((p for s in seen for p in s), name=BASE))
        speller, gapped = Speller(words, costs), Speller(gapped_words, costs)
        for lesson in lessons:
            if fold[lesson.group] == number:
                weight = rendered_weight if lesson.rendered else 1.0
                by = (gapped_words, gapped, gapped_language) if lesson.rendered else (words, speller, language)
                studied[lesson] = study(lesson, *by, weight=weight)
                if lesson in others:
                    voted.append(study(lesson, *by, weight=weight, other=others[lesson]))
    if on_step:
        on_step("trees")
    settings = settings or Boosting()
    gate = learn_gate(without_shared(studied), settings)
    return _channels(lessons, stretches), gate, _vote(voted, settings)


def _vote(voted: Sequence[Studied], settings: Boosting) -> Gate | None:
    """The gate of two readings; None where too few texts that belong together have two."""
    if len({one.group for one in voted if one.judged}) < FOLDS:
        return None
    return learn_gate(voted, settings, (*FEATURES, *VOTE_FEATURES))


def study(
    lesson: Lesson,
    words: WordIndex,
    speller: Speller,
    language: LanguageModel,
    *,
    weight: float = 1.0,
    other: OtherText | None = None,
) -> Studied:
    """The places of a lesson with the reading that is right, and how many of its words are.

    With an `other` reading, the places that it has something for, as the vote meets them.
    """
    run = list(tokens(lesson.reading))
    heard = [line_up(lesson.reading, [run], other, where=lesson.group)] if other else None
    found, lined = examples(lesson.reading, [run], lesson.truth, words, speller, language, heard)
    right = 0
    for start, end in lined.groups():
        truth = lined.of(start, end)
        read = " ".join(lined.words[start:end])
        if truth and normalise(truth, Profile.HIPE) == normalise(read, Profile.HIPE):
            right += len(truth.split())
    return Studied(
        group=lesson.group,
        examples=tuple(found),
        right_words=right,
        weight=weight,
        judged=not lesson.rendered,
    )


def without_shared(studied: dict[Lesson, Studied]) -> list[Studied]:
    """The lessons without the places where two engines read alike what the truth does not have.

    The page very likely has what they read, and the edition's editors changed it: such a place is no error, and
    teaches nothing.
    """
    readers: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for lesson, one in studied.items():
        for example in one.examples:
            readers[_place(lesson, example)].add(lesson.engine)
    kept = []
    for lesson, one in studied.items():
        own = [e for e in one.examples if e.right[0] or not e.around or len(readers[_place(lesson, e)]) < 2]
        kept.append(replace(one, examples=tuple(own)))
    return kept


def _place(lesson: Lesson, example: Example) -> tuple[object, ...]:
    """What two readings have in common that read the same at the same place of the same text."""
    return lesson.group, example.around, example.truth, normalise(example.place.keep.text, Profile.HIPE)


def _stretches(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Words of the truth with what was read for them, each with the blank behind; what is unlike is left out."""
    lined = beside(unify(join_broken_words(lesson.reading)).split(), unify(lesson.truth))
    for start, end in lined.groups():
        truth, read = lined.of(start, end), " ".join(lined.words[start:end])
        if truth and (len(truth) <= _SHORT or Levenshtein.normalized_distance(truth, read) <= _FARTHEST):
            yield f"{truth} ", f"{read} "


def _channels(lessons: Sequence[Lesson], stretches: Sequence[Sequence[tuple[str, str]]]) -> dict[str, Channel]:
    """One channel for all engines, and one for each in which its own readings count several times."""
    everything = [pair for found in stretches for pair in found]
    channels = {BASE: learn_channel(everything, name=BASE)}
    for engine in sorted({lesson.engine for lesson in lessons} - {BASE}):
        own = [p for lesson, found in zip(lessons, stretches, strict=True) if lesson.engine == engine for p in found]
        channels[engine] = learn_channel(everything + own * _OWN_WEIGHT, name=engine)
    return channels
