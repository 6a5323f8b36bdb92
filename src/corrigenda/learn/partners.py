"""The other reading of a lesson's page, from which a vote is learned: that of another engine, or one made up."""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Sequence

from corrigenda.correct.readings import OtherText, line_up
from corrigenda.errors import PairingError
from corrigenda.learn.channel import learn_channel
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.misreading import misread
from corrigenda.text import tokens

__all__ = ["other_readings"]

_LEAST_ALIKE = 0.6
"""Of two readings of one passage fewer words are seldom the same; of neighbouring passages none are."""
_SPREAD = 0.8
"""How unlike pages are: the standard deviation of the logarithm of how often a machine errs on them."""


def other_readings(
    lessons: Sequence[Lesson], stretches: Sequence[Sequence[tuple[str, str]]]
) -> dict[Lesson, OtherText]:
    """For each lesson another reading of its text, where there is one; for one that was rendered one made up.

    Of the readings of its group the one that agrees with most of its words is taken, another engine's before one of
    the same. What is made up comes from the channel of the engines that did not read the page, as learned from
    `stretches`, the words of the truth beside what was read for them.
    """
    groups: defaultdict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        groups[lesson.group].append(lesson)
    found: dict[Lesson, OtherText] = {}
    for lesson in lessons:
        if not lesson.rendered:
            other = _likest(lesson, groups[lesson.group])
            if other:
                found[lesson] = OtherText(siglum=other.engine, text=other.reading)
    return {**found, **_made_up(lessons, stretches)}


def _agreement(lesson: Lesson, other: OtherText) -> float:
    """The share of the lesson's words that the other reading has too."""
    run = list(tokens(lesson.reading))
    try:
        [said] = line_up(lesson.reading, [run], other, where=lesson.group)
    except PairingError:
        return 0.0
    return sum(said.agrees) / max(1, len(run))


def _likest(lesson: Lesson, group: Sequence[Lesson]) -> Lesson | None:
    best: tuple[bool, float] = (False, _LEAST_ALIKE)
    likest: Lesson | None = None
    for other in group:
        if other.reading.split() == lesson.reading.split():
            continue
        share = _agreement(lesson, OtherText(siglum=other.engine, text=other.reading))
        if share >= _LEAST_ALIKE and (other.engine != lesson.engine, share) > best:
            best, likest = (other.engine != lesson.engine, share), other
    return likest


def _made_up(lessons: Sequence[Lesson], stretches: Sequence[Sequence[tuple[str, str]]]) -> dict[Lesson, OtherText]:
    """Readings of the rendered pages by engines that did not read them."""
    found: dict[Lesson, OtherText] = {}
    for engine in sorted({lesson.engine for lesson in lessons if lesson.rendered}):
        seen = [s for one, s in zip(lessons, stretches, strict=True) if not one.rendered and one.engine != engine]
        if not seen:
            continue
        channel = learn_channel((pair for s in seen for pair in s), name="another engine")
        for lesson in lessons:
            if lesson.rendered and lesson.engine == engine:
                chance = random.Random(zlib.crc32(lesson.truth.encode()))  # noqa: S311  # Nothing here is secret.
                text = misread(lesson.truth, channel, chance, rate=chance.lognormvariate(0.0, _SPREAD))
                other = OtherText(siglum=channel.name, text=text)
                if _agreement(lesson, other):
                    found[lesson] = other
    return found
