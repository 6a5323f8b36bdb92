"""What a neural language model is asked, and what becomes of its answers."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

from corrigenda.correct.engine import Engine
from corrigenda.correct.gate import Bar, Gate, HarmPoint
from corrigenda.correct.neural import NEURAL_FEATURES, Asked, NeuralModel, rows_of, weighed
from corrigenda.correct.trees import Trees
from corrigenda.values import Correction, Document, Flag


@pytest.fixture
def reader(make_reader):
    """Finds words in small letters likely, and notes what it reads and is asked."""
    return make_reader(str.islower)


@pytest.fixture
def model(reader) -> NeuralModel:
    """A model that reads with it."""
    return reader.model


@pytest.fixture
def gate() -> Gate:
    """A gate that believes the model alone: what gains nothing has 1 in 10, what gains 1 or more 9 in 10."""
    asks = np.array([[NEURAL_FEATURES.index("gain")]], dtype=np.int16)
    trees = Trees(
        features=asks,
        thresholds=np.array([[1.0]], dtype=np.float32),
        leaves=np.array([[-1.0, 1.0]], dtype=np.float32),
        bias=0.0,
    )
    return Gate(features=NEURAL_FEATURES, trees=trees, scores=(-1.0, 1.0), chances=(0.1, 0.9), harm=())


def asked(start: int, readings: str, *probabilities: float, end: int | None = None) -> Asked:
    """A place of one word, or up to `end`; readings are parted by bars."""
    return Asked(start=start, end=end or start + 1, readings=tuple(readings.split("|")), probabilities=probabilities)


RUN = ["the", "shlps", "were", "SENT", "to", "the", "harb", "or", "by", "noon"]


def test_a_reading_that_the_model_finds_likelier_gets_the_place(model, gate):
    """The gate gives it what it has learned; the others share what is left."""
    place = asked(3, "SENT|sent|Bent", 0.6, 0.3, 0.1)

    ((probabilities, gains),) = weighed(model, gate, RUN, [place])

    assert probabilities == pytest.approx((0.05, 0.9, 0.05), abs=1e-3)
    assert gains == pytest.approx((0, log(50), 0))


def test_a_place_in_no_doubt_is_not_asked_about(model, gate, reader):
    """Neither what is nearly sure to be misread nor what is nearly sure to be right."""
    places = [asked(1, "shlps|ships", 0.01, 0.99), asked(3, "SENT|sent", 0.98, 0.02), asked(4, "to", 1.0)]

    assert list(weighed(model, gate, RUN, places)) == [(place.probabilities, ()) for place in places]
    assert reader.read_so_far == []


def test_what_stands_around_is_read_as_the_gate_has_it(model, reader):
    """What is likelier wrong than right stands for itself before other places and behind them."""
    places = [
        asked(1, "shlps|ships", 0.2, 0.8),
        asked(3, "SENT|sent", 0.6, 0.4),
        asked(6, "harb or|harbour", 0.1, 0.9, end=8),
    ]

    assert [len(rows) for rows in rows_of(model, RUN, places)] == [2, 2, 2]
    assert reader.asked[2] == (["the", "ships", "were"], ["SENT", "to", "the", "harbour", "by", "noon"])
    assert reader.asked[5] == (["the", "ships", "were", "SENT", "to", "the"], ["harbour", "by", "noon"])
    assert reader.encoded[:7] == ["the", " ships", " were", " SENT", " to", " the", " harbour"]


def test_a_text_that_opens_with_a_place_has_no_blank_before_it(model, reader):
    """Before its first word no blank stands, before all others one does."""
    list(rows_of(model, ["thc", "ships"], [asked(0, "thc|the", 0.5, 0.5)]))

    assert reader.encoded[-2:] == ["thc", "the"]


def test_what_is_likelier_wrong_than_right_stands_as_it_was_read(model, reader):
    """The best of three readings may still be wrong more often than not."""
    list(rows_of(model, RUN, [asked(1, "shlps|ships|slips", 0.3, 0.45, 0.25), asked(3, "SENT|sent", 0.6, 0.4)]))

    assert reader.asked[3][0] == ["the", "shlps", "were"]


def test_what_is_settled_is_not_asked_about(model, gate):
    """Where another reading of the page speaks, say."""
    place = replace(asked(3, "SENT|sent", 0.6, 0.4), settled=True)

    assert list(weighed(model, gate, RUN, [place])) == [((0.6, 0.4), ())]


def test_readings_that_are_out_of_the_question_are_not_asked_about(model, reader):
    """Five besides what stands there, and none below one in a hundred."""
    readings = "|".join(f"word{i}" for i in range(9))
    place = asked(3, readings, 0.3, 0.005, *[0.05 + i / 100 for i in range(7)])

    (rows,) = rows_of(model, RUN, [place])

    assert place.doubted == (0, 8, 7, 6, 5, 4)
    assert len(rows) == len(reader.asked) == 6
    assert asked(3, "a|b|c|d", 0.5, 0.01, 0.3, 0.011).doubted == (0, 2, 3)


def test_a_place_far_down_is_asked_about_with_enough_before_and_not_all_behind_it(model, reader):
    """At least 128 tokens before it, if there are as many, and ten behind."""
    run = [f"w{i}" for i in range(2000)]
    places = [asked(at, f"w{at}|other", 0.5, 0.5) for at in (10, 383, 384, 1500)]

    list(rows_of(model, run, places))

    before = {behind[0]: words for words, behind in reader.asked if behind[0].startswith("w")}
    assert [len(before[f"w{at}"]) for at in (10, 383, 384, 1500)] == [10, 383, 128, 220]
    assert before["w1500"] == run[1280:1500]
    assert {len(behind) for _, behind in reader.asked} == {11}


def test_a_speck_that_may_be_nothing_is_weighed_by_what_follows(model, reader):
    """Nothing has no tokens of its own."""
    speck = Asked(start=1, end=2, readings=("|", ""), probabilities=(0.5, 0.5))

    (rows,) = rows_of(model, ["the", "|", "ships"], [speck])

    assert [behind for _, behind in reader.asked] == [["|", "ships"], ["ships"]]
    count = NEURAL_FEATURES.index("tokens")
    assert [row[count] for row in rows] == [1, 0]


def test_every_row_has_a_figure_for_each_feature(model):
    """Of a reading of two words: it gains one likely word, and what follows is as likely after each."""
    (rows,) = rows_of(model, RUN, [asked(6, "HARB or|har bor|harbour", 0.6, 0.3, 0.1, end=8)])

    told = [dict(zip(NEURAL_FEATURES, row, strict=True)) for row in rows]
    assert told[1] == {
        "log-odds": pytest.approx(log(0.3 / 0.7)),
        "log-odds of kept": pytest.approx(log(0.6 / 0.4)),
        "gain": pytest.approx(log(50)),
        "lead": pytest.approx(log(0.5)),
        "gain in what follows": pytest.approx(0.0),
        "said": pytest.approx(2 * log(0.5)),
        "tokens": 2.0,
        "readings": 3.0,
        "is kept": 0.0,
        "letters": 7.0,
    }
    assert (told[0]["gain"], told[0]["is kept"], told[0]["lead"]) == (0.0, 1.0, pytest.approx(log(0.01)))


PLAIN = "the harbour was closed by for winter government consul"
PAGE = "The harbour was closed by the govemment for winter."


@pytest.fixture(scope="module")
def engine(make_engine) -> Engine:
    """An engine that leaves open whether the page has `government`."""
    plain = make_engine(PLAIN, {"the": 90_000})
    gate = replace(plain.model.gate, chances=tuple(0.5 + (c - 0.5) * 0.9 for c in plain.model.gate.chances))
    return replace(plain, model=replace(plain.model, gate=gate), _spellers={})


def decided(engine: Engine, document: Document, reader, gate: Gate, max_harm: float = 100.0) -> Correction | Flag:
    """What is decided of the one doubtful place of a document."""
    asking = replace(engine, neural=reader.model, model=replace(engine.model, neural=gate), _spellers={})
    (found,) = asking.decide(document, max_harm=max_harm)
    return found


def _with_harm(gate: Gate, threshold: float) -> Gate:
    """The gate with nothing broken from a threshold up."""
    return replace(gate, harm=(HarmPoint(bar=Bar(threshold=threshold), broken=0, words=100_000),))


def test_a_correction_tells_what_the_model_said(engine, make_document, make_reader, gate):
    """Beside what the language model of three words says of its neighbours."""
    found = decided(engine, make_document(PAGE), make_reader(lambda w: w != "govemment"), _with_harm(gate, 0.5))

    assert isinstance(found, Correction)
    assert found.after == "government"
    assert found.probability == pytest.approx(0.9, abs=0.01)
    rules = [e.rule for e in found.evidence]
    at = rules.index("language model")
    assert rules[at + 1 : at + 3] == ["neural model", "gate"]
    assert found.evidence[at + 1].figure == pytest.approx(log(50), abs=0.01)
    (before,) = engine.decide(make_document(PAGE), max_harm=100.0)
    assert isinstance(before, Correction)
    assert found.evidence[at + 2].figure == before.probability


def test_what_the_model_finds_no_likelier_is_not_put_in(engine, make_document, make_reader, gate):
    """The gate alone would have; the place is flagged."""
    alone = list(engine.decide(make_document(PAGE), max_harm=100.0))
    found = decided(engine, make_document(PAGE), make_reader(lambda _: True), _with_harm(gate, 0.5))

    assert [type(one) for one in alone] == [Correction]
    assert isinstance(found, Flag)


def test_a_correction_must_reach_the_bar_of_the_neural_gate_too(engine, make_document, make_reader, gate):
    """What it stands for was counted on all that is done with it; a higher bar of the first gate holds as well."""
    reader = make_reader(lambda w: w != "govemment")
    higher = replace(engine, model=replace(engine.model, gate=_with_harm(engine.model.gate, 0.95)), _spellers={})

    assert isinstance(decided(engine, make_document(PAGE), reader, _with_harm(gate, 0.85)), Correction)
    assert isinstance(decided(engine, make_document(PAGE), reader, _with_harm(gate, 0.95)), Flag)
    assert isinstance(decided(higher, make_document(PAGE), reader, _with_harm(gate, 0.5)), Flag)


def test_what_is_asked_of_a_name_is_asked_of_the_gate_by_itself(make_engine, make_document, make_reader, gate):
    """Likelier than not, and more where a guard asks for it: the model knows many a name that would fit."""
    page = "The harbour was closed by {} for winter by the govemment."
    tried = [("Kuznctsov", 0.45, Flag), ("Kuznctsov", 0.6, Flag), ("Kuznctsov", 0.95, Correction)]
    pieces = [("Kuznet sov", 0.45, Flag), ("Kuznet sov", 0.6, Correction)]
    for written, chance, made in (*tried, *pieces):
        plain = make_engine(f"{PLAIN} was", {"the": 90_000, "Kuznetsov": 400})
        doubting = replace(plain.model.gate, chances=tuple(chance for _ in plain.model.gate.chances))
        engine = replace(plain, model=replace(plain.model, gate=doubting), _spellers={})
        reader = make_reader(lambda w, written=written: w.strip(" .") not in {*written.split(), "govemment"})
        asking = replace(engine, neural=reader.model, model=replace(engine.model, neural=_with_harm(gate, 0.5)))
        text = page.format(written)
        (found,) = (one for one in asking.decide(make_document(text), max_harm=100.0) if "Kuz" in one.span.of(text))
        assert isinstance(found, made), (written, chance)
        # On a page with another misreading nothing else holds a name back.
        assert isinstance(found, Correction) or found.why in {"a name", "likely misread"}, (written, chance)


@pytest.mark.parametrize(("written", "made"), [("gove. rnment", Flag), ("gove rnment", Correction)])
def test_pieces_with_a_full_stop_are_asked_of_the_gate_by_itself(
    make_engine, make_document, make_reader, gate, written: str, made: type
):
    """They may be words of which one is shortened: the model would make one of *sw. und* too."""
    plain = make_engine(f"{PLAIN} was", {"the": 90_000, "gove": 5})
    doubting = replace(plain.model.gate, chances=tuple(0.45 for _ in plain.model.gate.chances))
    engine = replace(plain, model=replace(plain.model, gate=doubting), _spellers={})
    text = f"The harbour was closed by the {written} for winter."
    reader = make_reader(lambda w: w.strip(" .") not in {"gove", "rnment"})
    asking = replace(engine, neural=reader.model, model=replace(engine.model, neural=_with_harm(gate, 0.5)))
    found = [one for one in asking.decide(make_document(text), max_harm=100.0) if "gov" in one.span.of(text)]
    assert [type(one) for one in found] == [made]
    assert [one.why for one in found if isinstance(one, Flag)] == ["a full stop between its parts"] * (made is Flag)


def test_every_run_of_a_text_is_read_for_itself(engine, make_document, make_reader, gate):
    """What stands on another page is not before a place."""
    reader = make_reader(lambda w: w != "govemment")
    asking = replace(engine, neural=reader.model, model=replace(engine.model, neural=_with_harm(gate, 0.5)))

    found = list(asking.decide(make_document(f"{PAGE}\f{PAGE}"), max_harm=100.0))

    assert [one.after for one in found if isinstance(one, Correction)] == ["government", "government"]
    assert {tuple(before) for before, _ in reader.asked} == {("The", "harbour", "was", "closed", "by", "the")}


def test_a_model_that_has_learned_nothing_of_it_does_not_ask(engine, make_document, make_reader):
    """Nobody knows then what its word is worth."""
    reader = make_reader(lambda _: True)
    asking = replace(engine, neural=reader.model, _spellers={})

    assert list(asking.decide(make_document(PAGE), max_harm=100.0)) == list(
        engine.decide(make_document(PAGE), max_harm=100.0)
    )
    assert reader.read_so_far == []
