"""What readings offer to each other, what is told of each choice, and what their word lifts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.engine import Engine
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import LEAST, Bar, Gate, HarmPoint
from corrigenda.correct.guards import ACCENT, FIGURE, NEVER, Guard
from corrigenda.correct.model import BASE
from corrigenda.correct.places import OFFERED, places
from corrigenda.correct.readings import OtherText, line_up
from corrigenda.correct.spellings import Speller
from corrigenda.correct.trees import Trees
from corrigenda.correct.vote import VOTE_FEATURES, offers, relaxed, votes
from corrigenda.ingest.rawtext import read
from corrigenda.text import tokens
from corrigenda.values import Correction, CorrectionKind, Flag

PLAIN = (
    "the harbour was closed for winter and government letter under again in a to by with of is it mission has been "
    "told that grain ships sent not come from office consul new statement old answer had guidance will which be"
)
COUNTS = {"the": 90_000, "Kuznetsov": 400, "Embassy": 900}
PAGE = "The harbour was closed by the {} for winter and the consul had been told that grain ships will come."


@pytest.fixture(scope="module")
def engine(make_engine) -> Engine:
    """An engine without a vote."""
    return make_engine(PLAIN, COUNTS)


@pytest.fixture(scope="module")
def voting(engine) -> Engine:
    """The same with a vote that believes what a reading has."""
    features = (*FEATURES, *VOTE_FEATURES)
    gate = Gate(
        features=features,
        trees=Trees(
            features=np.array([[features.index("agree with this")]], dtype=np.int16),
            thresholds=np.array([[0.5]], dtype=np.float32),
            leaves=np.array([[-3.0, 3.0]], dtype=np.float32),
            bias=0.0,
        ),
        scores=(-3.0, 3.0),
        chances=(0.05, 0.95),
        harm=(HarmPoint(bar=Bar(threshold=0.5), broken=0, words=100_000),),
    )
    return replace(engine, model=replace(engine.model, vote=gate))


@pytest.fixture(scope="module")
def decided(voting, make_document) -> Callable[..., list[Correction | Flag]]:
    """What is decided of a page with other readings of it."""

    def decide(page: str, *others: str, by: Engine = voting) -> list[Correction | Flag]:
        readings = [OtherText(siglum=f"{n}.txt", text=other) for n, other in enumerate(others)]
        return list(by.decide(make_document(page), max_harm=100.0, readings=readings))

    return decide


def corrections(found: Sequence[Correction | Flag]) -> list[tuple[str, str]]:
    """What was put in for what."""
    return [(one.before, one.after) for one in found if isinstance(one, Correction)]


def test_a_closing_is_not_read_into_the_words_behind_it(voting):
    """What another reading has for a part of the page that is not corrected belongs to that part."""
    body = PAGE.format("consul")
    page = read(f"Sir:\n\n{body}\n\nRespectfully yours,\n\nChe holult\n".encode(), path="x.txt", document_id="x")
    other = OtherText(siglum="other.txt", text=page.document.text.replace("Che holult", ""))
    found = list(voting.decide(page.document, max_harm=100.0, readings=[other]))
    assert {"Che", "holult"} <= {one.span.of(page.document.text).strip() for one in found}
    assert not [one for one in found if "espectfully" in str(one)]


def test_words_that_only_lack_their_blanks_elsewhere_are_not_misread(voting):
    """Another engine's "consul,N.W." offers no "consul" for the three words."""
    text = PAGE.format("consul, N. W.,")
    run = list(tokens(text))
    speller = voting._speller(BASE)
    for other in ("consul,N.W.,", "c0nsul,N.W.,"):
        said = line_up(text, [run], OtherText(siglum="b.txt", text=text.replace("consul, N. W.,", other)), where="a")
        offered = [
            option.core for start, end, option in offers(text, run, said, voting.words, speller) if end - start > 1
        ]
        assert "consul" not in offered


@pytest.mark.parametrize(
    ("ours", "theirs"), [("consul, the harbour", "consul"), ("government", "g"), ("the consul was", "consul")]
)
def test_a_word_that_the_other_reading_lacks_is_not_taken_out(voting, ours, theirs):
    """Neither with the words beside it, nor for a shred of it."""
    text = PAGE.format(ours)
    run = list(tokens(text))
    said = line_up(text, [run], OtherText(siglum="b.txt", text=PAGE.format(theirs)), where="a")
    offered = {option.core for *_, option in offers(text, run, said, voting.words, voting._speller(BASE))}
    assert theirs not in offered


@pytest.fixture(scope="module")
def speller(engine, make_channel) -> Speller:
    """Spellings from the made-up lexicon."""
    return Speller(engine.words, ChannelCosts(make_channel()))


@pytest.mark.parametrize(
    ("ours", "theirs", "offered"),
    [
        ("govemment", "government", ["government"]),
        ("govemment,", '"government.', ["government,"]),
        ("gov emment", "government", ["government"]),
        ("thegovemment", "the government", ["the government", "government"]),
        ("sovernmnnt", "govemment", ["govemment", "government"]),
        ("government", "Government", []),
        ("régime", "regime", ["regime"]),
    ],
)
def test_a_reading_offers_what_it_has_and_what_that_is_misread_from(
    engine, speller, ours: str, theirs: str, offered: list[str]
):
    """Our marks stay, the words are theirs; of several words the likest is offered by itself, too."""
    page = PAGE.format(ours)
    run = list(tokens(page))
    said = line_up(page, [run], OtherText(siglum="b", text=PAGE.format(theirs)), where="a")
    found = offers(page, run, said, engine.words, speller)
    assert [option.text for _, _, option in found] == offered
    assert all(option.rule == OFFERED for _, _, option in found)


def test_what_lacks_only_the_accents_of_a_known_word_is_not_offered(make_words, make_channel):
    """An engine that has no accents loses them; that is no reading."""
    words = make_words(PLAIN + " régime")
    page = PAGE.format("régime")
    run = list(tokens(page))
    said = line_up(page, [run], OtherText(siglum="b", text=PAGE.format("regime")), where="a")
    assert offers(page, run, said, words, Speller(words, ChannelCosts(make_channel()))) == []


def test_every_choice_is_told_what_the_readings_say_of_it(engine, speller, harbour_language):
    """Of two readings one has what stands there, and the other the right word."""
    page = PAGE.format("govemment")
    run = list(tokens(page))
    texts = (PAGE.format("govemment"), PAGE.format("government"))
    said = [line_up(page, [run], OtherText(siglum="b", text=text), where="a")[0] for text in texts]
    offered = offers(page, run, said, engine.words, speller)
    [place] = [p for p in places(page, run, engine.words, speller, harbour_language, offered) if p.start == 6]
    choices = (place.keep, *place.others)
    table = [
        dict(zip(VOTE_FEATURES, row, strict=True)) for row in votes(place, choices, run, said, engine.words, speller)
    ]
    for choice, row in zip(choices, table, strict=True):
        assert row["readings here"] == 2.0
        assert row["agree with kept"] == 1.0
        assert row["agree with this"] == float(choice.option.core in {"government", "govemment"})
        assert row["near agreement"] == 1.0
        assert row["kept less this read as reading"] == row["kept read as reading"] - row["read as reading"]
        assert row["offered"] == float(choice.option.core == "government")


def test_another_reading_is_put_in_and_cited(decided):
    """The name in no lexicon is read right by the other machine; the ledger says which reading had it."""
    (made,) = decided(PAGE.format("Nagyfalusv"), PAGE.format("Nagyfalusi"))
    assert isinstance(made, Correction)
    assert (made.before, made.after) == ("Nagyfalusv", "Nagyfalusi")
    (reading,) = [e for e in made.evidence if e.rule == "reading"]
    assert (reading.says, reading.citation) == ("0.txt has 'Nagyfalusi'", "0.txt")


def test_a_reading_that_disagrees_is_told_as_well(decided):
    """Of two readings one speaks for the correction, and what the other has stands beside it."""
    found = decided(PAGE.format("govemment"), PAGE.format("government"), PAGE.format("g0vemment"))
    (made,) = [one for one in found if isinstance(one, Correction)]
    told = {e.rule: e.says for e in made.evidence}
    assert told["reading"] == "0.txt has 'government'"
    assert told["other reading"] == "1.txt has 'g0vemment'"


@pytest.mark.parametrize(("readings", "made"), [(1, []), (2, [("1948", "1946")])])
def test_a_figure_stands_unless_two_readings_agree(decided, readings: int, made: list[tuple[str, str]]):
    """One machine misreads a figure as easily as another."""
    page = PAGE.format("office of 1948")
    found = decided(page, *[PAGE.format("office of 1946")] * readings)
    assert corrections(found) == made
    flags = [(one.why, one.citation) for one in found if isinstance(one, Flag)]
    assert flags == ([] if made else [("a figure; 0.txt reads otherwise", "0.txt")])


def test_where_both_agree_much_is_asked_for(decided, engine):
    """What two machines read alike is likely to be on the page: the gate alone decides, from 0.9 up."""
    page = PAGE.format("govemment")
    thresholds = [
        next(e.figure for e in one.evidence if e.rule == "threshold")
        for found in (decided(page, by=engine), decided(page, page))
        for one in found
        if isinstance(one, Correction)
    ]
    assert thresholds == [LEAST, 0.9]


def test_a_place_that_no_reading_has_is_judged_without(decided, engine):
    """The reading begins behind the misread word, so that the gate corrects it as it does without any reading."""
    rest = "The mission has been told that the old letter was not sent by the office."
    page = f"{PAGE.format('govemment')} {rest}"
    wanted = [("govemment", "government")]
    assert corrections(decided(page, rest)) == corrections(decided(page, by=engine)) == wanted


def test_a_model_without_a_vote_only_flags(decided, engine):
    """What the reading has otherwise is offered and cited, and what is corrected is what would be without it."""
    page, other = PAGE.format("Nagyfalusv"), PAGE.format("Nagyfalusi")
    found = decided(page, other, by=engine)
    assert corrections(found) == corrections(decided(page, by=engine))
    flags = [f for f in found if isinstance(f, Flag) and f.citation == "0.txt"]
    assert [(f.span.of(page), f.suggestions[0].text) for f in flags] == [("Nagyfalusv", "Nagyfalusi")]


def test_the_other_readings_word_lifts_a_guard_but_for_figures(engine, speller, harbour_language):
    """Guards ask for less where the page itself was read so; one against figures does so from two readings on."""
    page = PAGE.format("govemment")
    run = list(tokens(page))
    (place,) = [p for p in places(page, run, engine.words, speller, harbour_language) if p.others]
    choice = next(c for c in place.others if c.option.core == "government")
    with_it, against = ("b", "government,"), ("b", "govemment")
    never, figure = Guard(why="the name of a person", least=NEVER), Guard(why=FIGURE, least=NEVER)
    assert relaxed(never, choice, "govemment", [against]) == never
    alike = relaxed(None, choice, "govemment", [against])
    assert alike is not None
    assert (alike.why, alike.least) == ("read alike by another", 0.9)
    lifted = relaxed(never, choice, "govemment", [with_it])
    assert lifted is not None
    assert lifted.least < 1.0
    assert relaxed(Guard(why="a name", least=0.8), choice, "govemment", [with_it]) == Guard(why="a name", least=0.8)
    assert relaxed(figure, choice, "govemment", [with_it]) == figure
    assert relaxed(None, choice, "Oth", [("b", "9th")]) == Guard(why=FIGURE, least=NEVER)
    assert relaxed(Guard(why=ACCENT, least=0.9), choice, "govemment", [with_it]) == Guard(why=ACCENT, least=NEVER)
    assert relaxed(figure, choice, "govemment", [with_it, with_it]) != figure
    strange = replace(choice, option=replace(choice.option, rule=OFFERED, count=0))
    assert relaxed(None, choice, "govemment", [with_it]) is None
    asked = relaxed(None, strange, "govemment", [with_it])
    assert asked is not None
    assert asked.least == lifted.least


def test_kinds_are_told(decided):
    """Joining what a blank was read into is a matter of spacing."""
    (made,) = decided(PAGE.format("govern ment"), PAGE.format("government"))
    assert isinstance(made, Correction)
    assert (made.after, made.kind) == ("government", CorrectionKind.SPACING)
