"""What a neural language model's word is worth is found from pages whose truth is known."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from corrigenda.correct.engine import Engine
from corrigenda.correct.gate import Bar, Gate, HarmPoint
from corrigenda.correct.guards import NEVER
from corrigenda.correct.neural import NEURAL_FEATURES, Asked, weighed
from corrigenda.correct.spellings import Speller
from corrigenda.learn import neural as module
from corrigenda.learn.gate import Studied
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.model import study
from corrigenda.learn.neural import learn_neural
from corrigenda.text import tokens

PLAIN = (
    "the harbour was closed for winter and government letter under again in a to by with of is it mission has been "
    "told that grain ships sent not come from office consul new statement old answer had guidance will which be"
)
_MISREAD = {"harbour": "harbcur", "government": "govemment", "letter": "lettcr", "ships": "shlps"}
_STRANGE = ("Karbour", "lotter", "govermant", "shipa")
"""Words that the page has and the lexicon does not, each near to one that it knows."""


def lesson(seed: int) -> Lesson:
    """A page with misread and with strange words."""
    chance = random.Random(seed)
    truth = [
        word
        for _ in range(60)
        for word in ("the", chance.choice((*_MISREAD, *_STRANGE)), "was", "sent", "by", "the", "mission.")
    ]
    read = [_MISREAD[word] if word in _MISREAD and chance.random() < 0.5 else word for word in truth]
    return Lesson(group=str(seed), engine="scanner", reading=" ".join(read), truth=" ".join(truth))


@pytest.fixture(scope="module")
def engine(make_engine) -> Engine:
    """An engine that believes its lattice."""
    return make_engine(PLAIN)


def learned(engine: Engine, lessons: list[Lesson], model) -> Gate | None:
    """The gate of what both say, with the engine's own parts."""
    return learn_neural(lessons, engine.words, engine.language, engine.model.channels, engine.model.gate, model)


def chance(gate: Gate, model, readings: str) -> float:
    """How likely the second of two readings is that are even without the model."""
    place = Asked(start=1, end=2, readings=tuple(readings.split("|")), probabilities=(0.5, 0.5))
    ((probabilities, _),) = weighed(model, gate, ["the", "x", "was", "sent"], [place])
    return probabilities[1]


def test_a_model_that_knows_the_words_of_the_page_is_believed(engine, make_reader):
    """It expects what the pages have and nothing that was misread; one that expects anything tells nothing."""
    lessons = [lesson(i) for i in range(12)]
    truth = {word for one in lessons for word in one.truth.split()}
    knowing, idle = make_reader(truth.__contains__).model, make_reader(lambda _: True).model

    by_knowing, by_idle = learned(engine, lessons, knowing), learned(engine, lessons, idle)

    assert by_knowing.features == NEURAL_FEATURES
    assert chance(by_knowing, knowing, "shlps|ships") > 0.8
    assert chance(by_knowing, knowing, "shipa|shlps") < 0.2
    assert chance(by_idle, idle, "shlps|ships") == pytest.approx(chance(by_idle, idle, "shipa|shlps"), abs=0.2)


def test_every_limit_of_harm_has_what_it_broke(engine, make_reader):
    """Counted over all right words of the pages, as the other gates have it."""
    lessons = [lesson(i) for i in range(12)]
    gate = learned(engine, lessons, make_reader(lambda _: True).model)
    assert {point.words for point in gate.harm} == {sum(len(one.reading.split()) for one in lessons) - _wrong(lessons)}


def _wrong(lessons: list[Lesson]) -> int:
    pairs = [pair for one in lessons for pair in zip(one.reading.split(), one.truth.split(), strict=True)]
    return sum(read != true for read, true in pairs)


def test_of_too_few_doubtful_places_nothing_is_learned(engine, make_reader):
    """Neither of fewer groups than the folds by which it is judged, nor of pages without a doubtful word."""
    model = make_reader(lambda _: True).model
    clean = [replace(lesson(i), reading="the mission was sent.", truth="the mission was sent.") for i in range(8)]
    assert learned(engine, [lesson(i) for i in range(4)], model) is None
    assert learned(engine, clean, model) is None


@pytest.mark.parametrize(
    ("chances", "right", "counted"),
    [
        ((0.005, 0.995), (True, False), [0, 2, 2]),
        ((0.005, 0.995), (False, True), [0, 0, 0]),
        ((0.4, 0.6), (True, False), [0, 0, 0]),
        ((0.995, 0.005), (True, False), [0, 0, 0]),
    ],
    ids=["broken", "mended", "asked about", "kept"],
)
def test_what_the_first_gate_breaks_alone_is_in_the_harm(engine, chances, right, counted):
    """Of what it is all but sure of the model is not asked; each bar that such a correction reaches has it."""
    (example, *_) = study(lesson(1), engine.words, Speller(engine.words, engine.costs), engine.language).examples
    guarded = replace(example, right=right, least=(0.0, 0.98))
    place = Asked(start=2, end=4, readings=("a b", "ab"), probabilities=chances)
    studied = Studied(group="1", examples=(guarded,), right_words=9)
    bars = (Bar(threshold=0.999), Bar(threshold=0.99), Bar(threshold=0.5))

    broken = list(module._broken(studied, [place]))

    points = [module._with_all(HarmPoint(bar=bar, broken=0, words=9), broken) for bar in bars]
    assert [point.broken for point in points] == counted


@pytest.mark.parametrize(
    ("chance", "guarded", "least"), [(0.49, 0.7, NEVER), (0.5, 0.7, 0.7), (0.5, 0.0, 0.0)], ids=["no", "guarded", "yes"]
)
def test_a_name_that_the_gate_finds_unlikely_does_no_harm(
    make_engine, make_reader, chance: float, guarded: float, least: float
):
    """It is not put in, whatever the model says; what guards ask is asked of the rest."""
    engine = make_engine(PLAIN, {"Kuznetsov": 400})
    one = Lesson(group="1", engine="scanner", reading="by Kuznctsov for winter", truth="by Kuznetsov for winter")
    (example,) = study(one, engine.words, Speller(engine.words, engine.costs), engine.language).examples
    guards = (0.0, *(guarded for _ in example.choices[1:]))
    place = Asked(
        start=1,
        end=2,
        readings=tuple(c.text for c in example.choices),
        probabilities=(0.3, *(chance for _ in example.choices[1:])),
    )
    guarded = replace(example, least=guards)
    found = module._least(guarded, place, list(tokens(one.reading)), engine.words)
    assert dict(zip(place.readings, found, strict=True))["Kuznetsov"] == least
    assert found[0] == 0.0

    studied = Studied(group="1", examples=(guarded,), right_words=3)
    again = module._reread(one, studied, [place], make_reader(lambda _: True).model, engine.words)
    assert again.examples[0].least == tuple(found[i] for i in place.doubted)
