"""Readings beside their truth become examples, and examples a model."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import Gate
from corrigenda.correct.model import BASE
from corrigenda.correct.spellings import Speller
from corrigenda.learn import model as learning
from corrigenda.learn.boosting import Boosting
from corrigenda.learn.examples import Example, examples
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.model import learn, study, without_shared
from corrigenda.text import tokens

PLAIN = (
    "the harbour was closed by government mission consul office of old letter new statement grain ships that told has "
    "sent will not come to which be had been from under is answer for winter again in with guidance and quarantine mr "
    "embassy kuznetsov 1962"
)
COUNTS = {"the": 90_000, "of": 50_000}


@pytest.fixture(scope="module")
def words(make_words):
    """A lexicon of the harbour's words."""
    return make_words(PLAIN, COUNTS)


@pytest.fixture(scope="module")
def speller(words, make_channel) -> Speller:
    """Spellings from it."""
    return Speller(words, ChannelCosts(make_channel()))


@pytest.fixture(scope="module")
def studied(words, speller, harbour_language):
    """A reading beside its truth, studied."""

    def look(reading: str, truth: str) -> list[Example]:
        found, _ = examples(reading, [list(tokens(reading))], truth, words, speller, harbour_language)
        return found

    return look


def right(one: Example) -> list[str]:
    """The readings of a place that are what the truth has, what stands there first."""
    texts = [one.place.keep.text, *(c.text for c in one.place.others)]
    return [text for text, good in zip(texts, one.right, strict=False) if good]


@pytest.mark.parametrize(
    ("reading", "truth", "good"),
    [
        ("the harbour was closed by the govemment", "the harbour was closed by the government", "government"),
        ("the qua rantine was closed", "the quarantine was closed", "quarantine"),
        ("the ships whichwill come", "the ships which will come", "which will"),
        ("the quaran-\ntine was closed", "the quarantine was closed", "quarantine"),
        ("the Xqzk was closed", "the Xqzk was closed", "Xqzk"),
        ("the “govemment,” was", "the \"Government\" was", "“government,”"),
    ],
)  # fmt: skip
def test_the_reading_that_the_truth_has_is_right(studied, reading: str, truth: str, good: str):
    """Whatever the case and the punctuation, and no other reading is."""
    (one,) = studied(reading, truth)
    assert right(one) == [good]
    assert len(one.rows) == len(one.right) == len(one.least)
    assert all(len(row) == len(FEATURES) for row in one.rows)


def test_what_the_truth_lacks_has_no_right_reading(studied):
    """Where the page says something else again, what stands there is wrong and so is every other reading."""
    (one,) = studied("the govemment was closed", "the consulate was closed")
    assert not any(one.right)
    assert one.truth == "consulate"


def test_where_the_truth_has_no_blank_nothing_is_learned(studied):
    """Half a word stands for nothing that could be told; where the truth parts the two it does."""
    assert studied("the govem mentxx was closed", "the governmentxx was closed") == []
    assert studied("the govem mentxx was closed", "the govern mentxx was closed")


def test_of_two_readings_with_the_letters_of_the_truth_the_nearer_is_right(studied):
    """A reading that mends the letters and keeps a stray mark is not as good as one that drops it."""
    (one,) = studied("the harbour was ;losed", "the harbour was closed")
    readings = [one.place.keep.text, *(c.text for c in one.place.others)]
    assert {"closed", ";closed"} <= set(readings)
    assert right(one) == ["closed"]


def test_guards_are_told_with_the_examples(studied):
    """The harm of a reading that a guard holds back is not counted, so that its limit stands with it."""
    (one,) = studied("y que la mision con el govemment por favor", "y que la mision con el govemment por favor")[-1:]
    assert one.least[0] == 0.0
    assert max(one.least[1:], default=1.01) > 1


def _damaged(text: str, chance: random.Random) -> str:
    for right_, wrong, share in (("e", "c", 0.06), ("rn", "m", 0.5), ("h", "b", 0.04)):
        pieces = text.split(right_)
        text = pieces[0] + "".join((wrong if chance.random() < share else right_) + piece for piece in pieces[1:])
    return text


@pytest.fixture(scope="module")
def lessons(harbour_sentences) -> list[Lesson]:
    """Thirty made-up pages of four sentences, read by two engines."""
    chance = random.Random(8)
    made = []
    for page in range(30):
        truth = " ".join(harbour_sentences[4 * page : 4 * page + 4])
        made += [Lesson(group=f"page {page}", engine=e, reading=_damaged(truth, chance), truth=truth) for e in "ab"]
    return made


@pytest.fixture(scope="module")
def learned(lessons, words, harbour_language):
    """Channels and gate of them."""
    return learn(lessons, words, harbour_language, settings=Boosting(trees=20, depth=3, rate=0.2))


def test_a_model_is_learned_in_one_go(learned, lessons):
    """One channel for all engines and one for each; the planted misreadings are in all of them."""
    channels, gate, _ = learned
    assert set(channels) == {BASE, "a", "b"}
    assert {name: channel.name for name, channel in channels.items()} == {name: name for name in channels}
    assert all(("e", "c") in channel.edits for channel in channels.values())
    assert isinstance(gate, Gate)
    assert gate.features == FEATURES
    whole = sum(len(lesson.truth.split()) for lesson in lessons)
    assert 0.5 * whole < gate.harm[0].words < whole


def test_the_learned_gate_tells_right_from_wrong(learned, words, harbour_language, lessons):
    """Of the readings that it saw, those that are right are likelier by far."""
    channels, gate, _ = learned
    speller = Speller(words, ChannelCosts(channels[BASE]))
    chances: dict[bool, list[float]] = {True: [], False: []}
    for lesson in lessons:
        for one in study(lesson, words, speller, harbour_language).examples:
            for chance, good in zip(gate.probabilities(one.rows), one.right, strict=True):
                chances[good].append(chance)
    means = {good: sum(found) / len(found) for good, found in chances.items()}
    assert means[True] > means[False] + 0.4


def test_learning_again_gives_the_same(learned, lessons, words, harbour_language):
    """To the last cost: the same lessons are the same model, and one given twice counts once."""
    channels, gate, vote = learn(
        [*lessons, lessons[0]], words, harbour_language, settings=Boosting(trees=20, depth=3, rate=0.2)
    )
    assert {n: c.edits for n, c in channels.items()} == {n: c.edits for n, c in learned[0].items()}
    assert gate.trees.leaves.tobytes() == learned[1].trees.leaves.tobytes()
    assert vote is not None
    assert vote.trees.leaves.tobytes() == learned[2].trees.leaves.tobytes()


def test_a_text_is_studied_with_a_channel_that_never_saw_it(lessons, words, harbour_language, monkeypatch):
    """The places of each group are those of a channel learned of the others, to the last cost, and of no other."""
    groups = sorted({lesson.group for lesson in lessons})[:5]
    few = [lesson for lesson in lessons if lesson.group in groups]
    told = []
    monkeypatch.setattr(learning, "learn_gate", lambda texts, _: told.append(texts))

    def channel_of(some: list[Lesson]) -> Speller:
        channels, _ = learn(some, words, harbour_language)
        return Speller(words, ChannelCosts(channels[BASE]))

    everything = channel_of(few)
    (studied,) = told
    assert len(studied) == len(few)
    for group in groups:
        unseen = channel_of([lesson for lesson in few if lesson.group != group])
        own = [lesson for lesson in few if lesson.group == group]
        found = [text.examples for text in studied if text.group == group]
        assert found == [study(lesson, words, unseen, harbour_language).examples for lesson in own]
        assert found != [study(lesson, words, everything, harbour_language).examples for lesson in own]


def test_right_words_are_counted(words, speller, harbour_language):
    """Of five words of the truth four were read right; a rendered page helps to grow trees alone."""
    lesson = Lesson(
        group="g", engine="e", reading="the govemment was closed again", truth="The government was closed, again."
    )
    found = study(lesson, words, speller, harbour_language, weight=0.5)
    assert (found.right_words, found.weight, found.judged, found.group) == (4, 0.5, True, "g")
    assert not study(replace(lesson, rendered=True), words, speller, harbour_language).judged


def test_what_two_engines_read_alike_against_the_truth_is_left_out(words, speller, harbour_language):
    """The page very likely has it, and the edition's editors changed it; what one of them reads alone teaches."""
    truth = "the harbour was closed by the government for winter and the letter was sent"
    both, one = truth.replace("closed", "clozed"), truth.replace("closed", "clozed").replace("letter", "lettcr")
    lessons = [Lesson(group="g", engine=e, reading=r, truth=truth) for e, r in (("a", both), ("b", one))]
    told = {lesson: study(lesson, words, speller, harbour_language) for lesson in lessons}
    kept = without_shared(told)
    assert [[e.place.keep.text for e in t.examples] for t in told.values()] == [["clozed"], ["clozed", "lettcr"]]
    assert [[e.place.keep.text for e in t.examples] for t in kept] == [[], ["lettcr"]]
