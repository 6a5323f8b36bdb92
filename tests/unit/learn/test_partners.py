"""Of which lessons there is another reading, and what is made up where there is none."""

from __future__ import annotations

import random

import pytest

from corrigenda.correct.channel import Channel
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.misreading import misread
from corrigenda.learn.partners import other_readings

TRUTH = "The harbour was closed by the government for winter and the consul had been told that grain ships would come."


def lesson(engine: str, reading: str = TRUTH, *, group: str = "g", rendered: bool = False) -> Lesson:
    """A lesson of one passage."""
    return Lesson(group=group, engine=engine, reading=reading, truth=TRUTH, rendered=rendered)


def partners(*lessons: Lesson) -> dict[Lesson, str]:
    """The texts of the other readings."""
    stretches = [[("closed ", "c1osed "), ("harbour ", "barbour ")] * 30 for _ in lessons]
    return {one: other.text for one, other in other_readings(lessons, stretches).items()}


def test_the_likest_reading_of_another_engine_is_taken():
    """Of two of another engine the one with more of the same words; one of the same engine only for want of better."""
    ours, near, far, own = (
        lesson("a", TRUTH.replace("closed", "c1osed")),
        lesson("b", TRUTH.replace("consul", "c0nsul")),
        lesson("b", TRUTH.replace("consul", "c0nsul").replace("harbour", "barbour")),
        lesson("a", TRUTH.replace("grain", "gra1n")),
    )
    assert partners(ours, near, far, own)[ours] == near.reading
    assert partners(ours, own)[ours] == own.reading


@pytest.mark.parametrize(
    "other",
    [
        lesson("b", group="another passage"),
        lesson("b", "Nothing of all this has ever stood upon the sheet that we were given to read."),
        lesson("b", TRUTH.replace(" ", "  ")),
    ],
)
def test_what_is_no_other_reading_of_the_passage_is_none(other: Lesson):
    """Another group, another text, and the very same reading teach nothing of a vote."""
    ours = lesson("a")
    assert ours not in partners(ours, other)


def test_a_rendered_page_gets_a_reading_made_up_of_other_engines_misreadings():
    """The truth as the other engine may have read it, the same each time; without another engine there is none."""
    made = lesson("a", TRUTH.replace("grain", "gra1n"), group="rendered", rendered=True)
    found = partners(made, lesson("b"))[made]
    assert found == partners(made, lesson("b"))[made]
    assert found != made.reading
    assert made not in partners(made, lesson("a", group="other"))


def test_misreadings_come_as_often_as_the_channel_says():
    """Of a thousand letters about a fifth are misread; at half the rate half of these, and nothing else changes."""
    channel = Channel(name="made-up", edits={("e", "c"): 1.609, ("rn", "m"): 1.609}, stays={}, other=9.0, stay=0.0)
    chance = random.Random(3)
    assert misread("e" * 1000, channel, chance).count("c") == pytest.approx(200, abs=40)
    assert misread("e" * 1000, channel, chance, rate=0.5).count("c") == pytest.approx(100, abs=30)
    assert misread("rn" * 1000, channel, chance).count("m") == pytest.approx(200, abs=40)
    assert misread("xyz " * 50, channel, chance) == "xyz " * 50


def test_marks_are_read_into_a_text():
    """What stands for nothing comes between letters, about as often as the channel says."""
    channel = Channel(name="made-up", edits={("", "'"): 1.609}, stays={}, other=9.0, stay=0.0)
    assert misread("a" * 1000, channel, random.Random(3)).count("'") == pytest.approx(200, abs=40)
