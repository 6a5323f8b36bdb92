"""What confidences and alternatives are worth is found from pages that have them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from corrigenda.correct.confidence import Trust
from corrigenda.correct.engine import Engine
from corrigenda.correct.model import BASE
from corrigenda.learn.confidence import learn_confidence
from corrigenda.learn.lessons import Lesson

PLAIN = (
    "the harbour was closed for winter and government letter under again in a to by with of is it mission has been "
    "told that grain ships sent not come from office consul new statement old answer had guidance will which be"
)
_MISREAD = {"harbour": "harbcur", "government": "govemment", "letter": "lettcr", "ships": "shlps"}
_STRANGE = ("Karbour", "lotter", "govermant", "shipa")
"""Words that the page has and the lexicon does not, each near to one that it knows."""


def lesson(seed: int, *, telling: bool, confidences: bool = True) -> Lesson:
    """A page with misread and with strange words; `telling` confidences are low for the misread, others for any."""
    chance = random.Random(seed)
    truth, read, sure = [], [], []
    for _ in range(60):
        truth += ["the", chance.choice((*_MISREAD, *_STRANGE)), "was", "sent", "by", "the", "mission."]
    for word in truth:
        wrong = word in _MISREAD and chance.random() < 0.5
        read.append(_MISREAD[word] if wrong else word)
        low = chance.random() < (0.1 if telling and not wrong else 0.6)
        sure.append(chance.uniform(0.2, 0.9) if low else chance.uniform(0.85, 0.97))
    return Lesson(
        group=str(seed),
        engine="scanner",
        reading=" ".join(read),
        truth=" ".join(truth),
        confidences=tuple(sure) if confidences else (),
    )


@pytest.fixture(scope="module")
def engine(make_engine) -> Engine:
    """An engine that believes its lattice."""
    return make_engine(PLAIN)


def learned(engine: Engine, lessons: list[Lesson]) -> dict[str, Trust]:
    """What is learned with the engine's own parts."""
    channels = {**engine.model.channels, "scanner": engine.model.channels[BASE]}
    return learn_confidence(lessons, engine.words, engine.language, channels, engine.model.gate)


def test_confidences_that_tell_right_from_wrong_get_weight(engine):
    """Where misread words are the unsure ones the weight is high; where any may be, it is next to nothing."""
    telling = learned(engine, [lesson(i, telling=True) for i in range(20)])["scanner"]
    idle = learned(engine, [lesson(i, telling=False) for i in range(20)])["scanner"]
    assert telling.weight > 1.0
    assert abs(idle.weight) < 0.3


_NEAR = {"harbcur": "harbaur", "Karbour": "harbour", "lotter": "letter", "shipa": "ships"}


def with_alternatives(one: Lesson, *, telling: bool) -> Lesson:
    """The page with what else each word may be: of misread ones what they are, if `telling`, else anything near."""
    meant = {read: word for word, read in _MISREAD.items()}
    others = {**_NEAR, **meant} if telling else _NEAR
    alternatives = tuple((others[word],) if word in others else () for word in one.reading.split())
    return replace(one, alternatives=alternatives)


def test_alternatives_that_are_often_right_get_log_odds(engine):
    """Many where they are what the page has for misread words, below none where they are right for no word at all.

    What confidences are worth is the same with them and without.
    """
    lessons = [lesson(i, telling=True) for i in range(20)]
    without, telling, wrong = (
        learned(engine, given)["scanner"]
        for given in (
            lessons,
            [with_alternatives(one, telling=True) for one in lessons],
            [with_alternatives(one, telling=False) for one in lessons],
        )
    )
    assert without.alternative == 0.0
    assert telling.alternative > 1.0
    assert wrong.alternative < -1.0
    assert replace(telling, alternative=0.0) == replace(wrong, alternative=0.0) == without


def test_what_confidence_told_already_is_not_told_again(engine):
    """An engine that has alternatives only where it is unsure tells little by them; without what was told it is 2.8."""

    def where_unsure(one: Lesson) -> Lesson:
        every = with_alternatives(one, telling=True).alternatives
        told = zip(every, one.confidences, strict=True)
        return replace(
            one, alternatives=tuple(others if sure is not None and sure < 0.85 else () for others, sure in told)
        )

    found = learned(engine, [where_unsure(lesson(i, telling=True)) for i in range(20)])["scanner"]
    assert 0.0 < found.alternative < 1.5


def test_of_few_alternatives_nothing_is_learned(engine):
    """One page has enough of them for no figure, though all are right; confidences are weighed all the same."""
    lessons = [lesson(i, telling=True) for i in range(20)]
    few = learned(engine, [with_alternatives(lessons[0], telling=True), *lessons[1:]])["scanner"]
    assert (few.alternative, few.weight > 1.0) == (0.0, True)


def test_nothing_is_learned_of_few_places_or_of_pages_without_confidences(engine):
    """Neither of one page, nor of many that say nothing, nor of an engine that is unknown or unnamed."""
    many = [lesson(i, telling=True) for i in range(20)]
    assert learned(engine, many[:1]) == {}
    assert learned(engine, [lesson(i, telling=True, confidences=False) for i in range(20)]) == {}
    for unknown in ("unheard-of", BASE):
        assert learned(engine, [replace(one, engine=unknown) for one in many]) == {}
