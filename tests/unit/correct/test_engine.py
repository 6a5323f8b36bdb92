"""What the engine decides of a place, and what it writes down of its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from corrigenda.correct import engine as module
from corrigenda.correct import evidence
from corrigenda.correct.case import Case
from corrigenda.correct.confidence import Trust
from corrigenda.correct.engine import Engine
from corrigenda.correct.gate import LEAST, Bar, HarmPoint
from corrigenda.correct.model import BASE
from corrigenda.correct.places import Choice, Place
from corrigenda.correct.readings import OtherText
from corrigenda.correct.spellings import Option
from corrigenda.correct.surroundings import Scene
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import tokens
from corrigenda.values import Correction, CorrectionKind, Document, Flag, FlagKind, Span, Suggestion, Word

PLAIN = (
    "the harbour was closed for winter and government letter under again in a to by with of is it mission has been "
    "told that grain ships sent not come from office consul new statement old answer had guidance will which be"
)
COUNTS = {"the": 90_000, "quarantine": 290, "Kuznetsov": 400, "Embassy": 900, "wax": 300}
ALL_RULES = ["doubt", "lexicon", "channel", "language model", "runner-up", "threshold"]


@pytest.fixture(scope="module")
def engine(make_engine) -> Engine:
    """An engine that believes its lattice."""
    return make_engine(PLAIN, COUNTS)


@pytest.fixture(scope="module")
def decided(engine, make_document) -> Callable[..., list[Correction | Flag]]:
    """What is decided of a text, as boldly as can be where nothing else is said."""

    def decide(text: str, *, max_harm: float = 100.0, by: Engine = engine) -> list[Correction | Flag]:
        return list(by.decide(make_document(text), max_harm=max_harm))

    return decide


PAGE = "The harbour was closed by the govemment for winter."


@pytest.mark.parametrize(("max_harm", "put_in"), [(0.1, False), (0.3, True)])
def test_a_guard_yields_where_more_harm_is_allowed(engine, decided, max_harm: float, *, put_in: bool):
    """A typist's spelling stays at the usual limit, however likely; halfway to where guards ask nothing it may go."""
    bars = (Bar(threshold=0.9), Bar(threshold=LEAST), Bar(threshold=LEAST, ease=0.5))
    harm = tuple(HarmPoint(bar=bar, broken=0, words=10**6) for bar in bars)
    sure = _with_chance(engine, 0.85)
    bold = replace(sure, model=replace(sure.model, gate=replace(sure.model.gate, harm=harm)))
    found = decided("The harbuor was closed by the consul for winter.", max_harm=max_harm, by=bold)
    assert [(one.before, one.after) for one in found if isinstance(one, Correction)] == [
        ("harbuor", "harbour")
    ] * put_in
    assert [one.why for one in found if isinstance(one, Flag)] == ["a typist's spelling"] * (not put_in)


def test_a_correction_has_all_its_reasons(decided):
    """Why it was doubted, where the reading comes from, what each model says, what came next, and the threshold."""
    (made,) = decided(PAGE)
    assert isinstance(made, Correction)
    assert [e.rule for e in made.evidence] == ALL_RULES
    reasons = {e.rule: e for e in made.evidence}
    assert reasons["doubt"].says == "'govemment' is not in the lexicon"
    assert reasons["doubt"].figure == 0.0
    assert reasons["lexicon"].says == "'government' is counted 1000 times in 1 volumes"
    assert reasons["lexicon"].figure == 1000.0
    assert reasons["channel"].says == "'rn' read as 'm'"
    assert reasons["channel"].figure > 0
    assert reasons["language model"].figure > 0
    assert reasons["runner-up"].figure < made.probability
    assert reasons["threshold"].figure == LEAST
    assert all(e.citation is None for e in made.evidence)


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ("the quaran-\ntine was closed", "line end", "nothing read as '-'"),
        ("the qua rantine was closed", "join", "nothing read as a blank"),
        ("the ships whichwill come", "split", "a blank read as nothing"),
        ("the office ofth e harbour", "moved blank", "a blank"),
        ("the new stat\nthe harbour was closed", "lost at the edge", "read as nothing"),
    ],
)
def test_every_rule_names_itself_and_what_was_misread(decided, text: str, rule: str, told: str):
    """The second reason is the rule that proposed the reading; the channel tells of letters, blanks and hyphens."""
    (made,) = [one for one in decided(text) if isinstance(one, Correction)]
    assert made.evidence[1].rule == rule
    assert told in made.evidence[2].says


def test_a_speck_is_taken_out(engine, decided):
    """With the blank beside it, and with the reasons of any other correction."""
    sure = _with_chance(engine, 0.95)
    (made,) = [
        f for f in decided("The harbour was\nq closed by the government for winter.", by=sure) if f.span.start > 15
    ]
    assert isinstance(made, Correction)
    assert (made.before, made.after, made.kind) == ("q ", "", CorrectionKind.DELETION)
    reasons = {e.rule: e.says for e in made.evidence}
    assert reasons["dirt"] == "a speck: nothing in its place is likelier than any word"
    assert reasons["channel"].startswith("nothing read as")


def test_of_two_specks_side_by_side_the_blank_between_goes_once(make_change):
    """Each takes a blank along, and at the end of a line both would take the same one."""
    text = "was x z\n"
    first = make_change(text, "x ", "", kind=CorrectionKind.DELETION)
    second = make_change(text, " z", "", at=5, kind=CorrectionKind.DELETION)
    made = list(module._parted([first, second]))
    assert [(one.span.start, one.before) for one in made] == [(4, "x "), (6, "z")]


def test_of_many_misread_letters_a_few_are_told(decided, monkeypatch):
    """A reason stays a line: what is more is said to be more."""
    monkeypatch.setattr(evidence, "_SHOWN_EDITS", 1)
    (made,) = decided("The harbour was closed by the gcvernmcnt for winter.")
    assert isinstance(made, Correction)
    assert made.evidence[2].says == "'o' read as 'c' and more"


def test_a_word_that_any_dictionary_has_is_told_so(decided):
    """What stands there may be right for all that the lexicon lacks it, and whoever reads the reasons is told."""
    (made,) = [one for one in decided("The letter sept by the government was told.") if isinstance(one, Correction)]
    assert made.evidence[0].says == "'sept' is not in the lexicon, but in general English"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("The defenee of the harbour was told.", "defense"),
        ("The defenee of the harbour was told in honour of labour.", "defence"),
    ],
    ids=["one British word", "three"],
)
def test_on_a_british_page_a_british_spelling_is_put_in(engine, text: str, mended: str):
    """Though the other is nearer to what was read; elsewhere that tells."""
    choices = [_choice("defenee", 0.0), _choice("defense", 3.5), _choice("defence", 5.5), _choice("defender", 2.0)]
    scene = Scene.of([list(tokens(text))], engine.words, engine.language)
    for best in (1, 2):
        assert choices[module._as_the_page_spells(choices, best, scene)].text == mended


def _choice(text: str, cost: float) -> Choice:
    option = Option(text=text, core=text, cost=cost, count=9, kind=CorrectionKind.CHARACTER, rule="lexicon")
    return Choice(text=text, option=option, posterior=0.5, total=0.0, language=0.0, cost=cost, on_best=False)


@pytest.mark.parametrize(
    ("written", "chance", "wants"),
    [("Phourni", 0.07, True), ("Phourni", 0.5, False), ("phourni", 0.07, False), ("IL-2S", 0.9, True)],
)
def test_what_may_be_a_name_is_offered_what_looks_like_it(written: str, chance: float, *, wants: bool):
    """Where no reading is at all likely; a figure in any case."""
    flag = Flag(
        span=Span(start=0, end=len(written)),
        kind=FlagKind.DOUBTFUL,
        why="likely misread",
        suggestions=(Suggestion(text="Thought", probability=chance),),
    )
    assert module._wants_alike(flag, written) is wants


def test_an_l_that_looks_like_a_capital_is_a_small_one(decided):
    """*I* is read for l, and the reading has its capital; a word that is written small is put in small."""
    text = "The harbour was closed by Ietter again."
    (found,) = decided(text)
    assert isinstance(found, Correction)
    assert text[: found.span.start] + found.after + text[found.span.end :] == text.replace("Ietter", "letter")


@pytest.mark.parametrize(
    ("text", "reading", "written"),
    [
        ("by Ietter.", "Letter.", "letter."),
        ("Ietter by consul", "Letter", "Letter"),
        ("by Iondon.", "London.", "London."),
        ("by Lettcr.", "Letter.", "Letter."),
        ("by IETTER.", "LETTER.", "LETTER."),
        ("by Iettxr.", "Lettqr.", "Lettqr."),
    ],
    ids=["mid-sentence", "opens a sentence", "a name", "a capital", "all capitals", "unknown"],
)
def test_other_capitals_stay(make_engine, text: str, reading: str, written: str):
    """Of names, of the first word of a sentence, and where the page has the capital itself."""
    engine = make_engine(PLAIN, {**COUNTS, "London": 400})
    run = list(tokens(text))
    at = next(i for i, t in enumerate(run) if t.core[:2].lower() in {"ie", "io", "le"})
    place, choices = _place(run[at].text, reading, at)
    case = Case(place=place, run=run, choices=choices, here=(), probabilities=(0.1, 0.9))
    made = engine._with_a_small_l(case, 1).choices[1]
    assert (made.text, made.option.core) == (written, written.strip("."))


def _place(kept: str, reading: str, at: int) -> tuple[Place, tuple[Choice, ...]]:
    """A place of one word, with what stands there and a reading."""
    choices = tuple(
        Choice(
            text=text,
            option=Option(
                text=text, core=text.strip("."), cost=1.0, count=9, kind=CorrectionKind.CHARACTER, rule="lexicon"
            ),
            posterior=0.5,
            total=0.0,
            language=0.0,
            cost=1.0,
            on_best=True,
        )
        for text in (kept, reading)
    )
    place = Place(start=at, end=at + 1, keep=choices[0], others=choices[1:], known=False, at_edge=False)
    return place, choices


def test_a_capital_names_a_name(decided):
    """What the lexicon nearly always has capitalised is the correction of a name."""
    (made,) = decided("The letter was sent to the Embassv.")
    assert isinstance(made, Correction)
    assert (made.after, made.kind) == ("Embassy", CorrectionKind.NAME)


def test_a_flag_offers_the_likely_readings(decided):
    """A reader sees why, and up to three readings, the likeliest first."""
    (flag,) = decided(PAGE, max_harm=0.0)
    assert isinstance(flag, Flag)
    assert (flag.kind, flag.span.of(PAGE)) == (FlagKind.DOUBTFUL, "govemment")
    assert flag.why == "likely misread"
    assert flag.suggestions[0].text == "government"
    chances = [s.probability for s in flag.suggestions]
    assert chances == sorted(chances, reverse=True)
    assert len(chances) <= 3


def test_a_guarded_place_says_what_guards_it(decided):
    """The reading is likely enough, and still it is only offered."""
    page = "the letter of the nissiom and the nissiom of the nissiom was sent"
    found = decided(page)
    assert [f.span.of(page) for f in found if isinstance(f, Flag)] == ["nissiom"] * 3
    assert all("used again and again" in f.why for f in found)


def test_what_is_likelier_right_than_wrong_is_passed_over(decided):
    """Clean text has neither corrections nor flags, however much harm is allowed."""
    assert decided("The harbour was closed by the government for winter. The Embassy has sent the old letter.") == []


def test_the_limit_of_harm_sets_the_threshold(decided):
    """What is put in at a generous limit is flagged at a strict one, and the threshold that held is written down."""
    thresholds = []
    for max_harm in (100.0, 0.1, 0.01):
        (made,) = decided(PAGE, max_harm=max_harm)
        assert isinstance(made, Correction)
        thresholds.append(made.evidence[-1].figure)
        assert made.probability >= thresholds[-1]
    assert thresholds == [LEAST, 0.9, 0.95]
    assert isinstance(decided(PAGE, max_harm=0.0)[0], Flag)


def test_what_is_hardly_likelier_right_is_never_put_in(engine, decided):
    """A gate that vouches for lower probabilities still puts in nothing below the least one that is asked of any."""
    harm = tuple(HarmPoint(bar=Bar(threshold=t), broken=0, words=10**6) for t in (0.9, 0.1))
    bold = replace(engine, model=replace(engine.model, gate=replace(engine.model.gate, harm=harm)))
    made = [one for one in decided(PAGE, by=bold) if isinstance(one, Correction)]
    assert [one.evidence[-1].figure for one in made] == [LEAST]
    for chance, put_in in ((LEAST - 0.05, False), (LEAST + 0.05, True)):
        # Of the only word that is misread more is asked.
        found = decided(f"{PAGE} {PAGE}", by=_with_chance(bold, chance))
        assert any(isinstance(one, Correction) for one in found) is put_in


def _with_chance(engine: Engine, chance: float) -> Engine:
    """The engine with a gate for which every reading is as likely, what fits best by a hair the likeliest."""
    gate = replace(engine.model.gate, scores=(-1.0, 1.0), chances=(chance, chance))
    return replace(engine, model=replace(engine.model, gate=gate))


@pytest.mark.parametrize(("chance", "flagged"), [(0.8, True), (0.9, False)])
def test_what_is_fairly_likely_right_is_flagged_all_the_same(engine, decided, chance: float, *, flagged: bool):
    """An unknown word at a chance of eight in ten is worth a look; at nine in ten it is passed over."""
    page = "The Xqzkwvxq has sent the old letter."
    found = decided(page, by=_with_chance(engine, chance))
    assert [one.span.of(page) for one in found] == ["Xqzkwvxq"] * flagged
    assert all(isinstance(one, Flag) for one in found)


RIGHT = "The harbour was closed by the government for winter and the letter of the mission was sent. "


def test_a_clean_page_is_left_to_its_typist(decided):
    """Where hardly anything is wrong it may as well be typed so: only words broken at a line's end are mended."""
    page = RIGHT * 40 + "The quaran-\ntine was closed by the govemment."
    found = decided(page)
    assert [one.kind for one in found if isinstance(one, Correction)] == [CorrectionKind.HYPHEN]
    (flag,) = [one for one in found if isinstance(one, Flag)]
    assert (flag.span.of(page), [s.text for s in flag.suggestions]) == ("govemment", ["government"])
    assert "the page is clean" in flag.why


def test_on_a_clean_page_a_word_over_a_lines_end_is_offered_without_the_break(decided):
    """The flag covers the two halves, and the suggestion is the word."""
    page = RIGHT * 40 + "The mission was closed by the gover\nnment for winter."
    (flag,) = decided(page)
    assert (flag.span.of(page), [s.text for s in flag.suggestions]) == ("gover\nnment", ["government"])


def test_a_short_or_a_damaged_text_is_no_clean_page(decided):
    """A few lines tell nothing of a page, and many misreadings are the machine's."""
    for text in (PAGE, (RIGHT + PAGE + " ") * 2 + "Tbe lettcr was sent."):
        assert any(isinstance(one, Correction) for one in decided(text))


READ_BY = {
    "crosses": "The lxtter of the govxrnmxnt was sxnt to the harbour of thx mission by thx officx for wintxr again.",
    "queues": "The letter qf the gqvernment was sent tq the harbqur of the missiqn by the qffice fqr winter again.",
}
"""A text by each of two engines, of which one reads e as x and the other o as q."""


@pytest.fixture(scope="module")
def many_engines(engine, make_channel) -> Engine:
    """An engine with a channel for either, beside that of all, to which both misreadings are strange."""
    told = {"crosses": {("e", "x"): 1.0}, "queues": {("o", "q"): 1.0}}
    channels = {name: replace(make_channel(edits), name=name) for name, edits in told.items()}
    return replace(engine, model=replace(engine.model, channels={**engine.model.channels, **channels}), _spellers={})


@pytest.mark.parametrize(("right", "wrong"), [("crosses", "queues"), ("queues", "crosses")])
def test_the_engine_that_explains_the_misreadings_is_recognised(many_engines, make_document, right: str, wrong: str):
    """Unsaid, a text is decided by the channel that makes its misreadings likeliest, whichever name comes first."""
    document = make_document(READ_BY[right])
    by = {name: list(many_engines.decide(document, max_harm=100.0, profile=name)) for name in (right, wrong, BASE)}
    assert any(isinstance(one, Correction) for one in by[right])
    assert by[right] != by[wrong]
    assert by[right] != by[BASE]
    assert list(many_engines.decide(document, max_harm=100.0)) == by[right]


def test_the_engine_that_is_named_is_taken_whatever_the_misreadings_say(many_engines, make_document):
    """The document's source knows better than its letters; its first word names the engine, in whatever case."""
    document = make_document(READ_BY["crosses"])
    named = replace(document, source=replace(document.source, engine="Queues 5.5.0, eng"))
    found = list(many_engines.decide(named, max_harm=100.0))
    assert found == list(many_engines.decide(document, max_harm=100.0, profile="queues"))
    assert found != list(many_engines.decide(document, max_harm=100.0))


def test_a_single_misreading_tells_no_engine(many_engines, make_document):
    """The channel of all is taken, though that of one engine makes it likelier."""
    document = make_document("The harbour was closed by the govxrnment for winter.")
    found = list(many_engines.decide(document, max_harm=100.0))
    assert found == list(many_engines.decide(document, max_harm=100.0, profile=BASE))
    assert found != list(many_engines.decide(document, max_harm=100.0, profile="crosses"))


def test_decisions_come_in_the_order_of_the_text(decided):
    """From one segment to the next, each place once."""
    page = "SUBJECT: Harbour closed by the govemment\n\nTbe harbour was closed by thc govemment of Xqzk for wintcr."
    found = decided(page)
    spans = [one.span for one in found]
    assert spans == sorted(spans)
    assert len(found) >= 4
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_the_same_place_is_decided_the_same_after_other_documents(decided):
    """What an engine remembers of spellings changes no answer."""
    first = decided(PAGE)
    decided("thc harbonr wax tbe quaran-\ntine govemment's whichwill")
    assert decided(PAGE) == first


@pytest.mark.parametrize(
    "text",
    [
        "the " + "x" * 2000 + " harbour was closed",
        "the" + " " * 10_000 + "harbour was closed by the govemment",
        "the ha\u0301rbour cafe\u0301 was c\u0327losed",
        "the harbour 👩\u200d🚀 was 𝔠losed",
        "the har\u00adbour was\u200bclosed\u00a0by",
        "--- … “” the ‘’ — —— ,,, harbour",
        "the 's s' ' '' harbour",
        "- the -a a- -- harbour-",
        "the {[(harbour)]} <was> |closed| _by_ the ~ consul",
        "İstanbul ǅungla ŉ ﬁnal ß ſhips of the harbour",
    ],
)
def test_odd_texts_are_gone_through(decided, text: str):
    """Long words, wide gaps, joined and combined letters, marks alone: spans stay inside the text."""
    for one in decided(text):
        assert one.span.end <= len(text)
        if isinstance(one, Correction):
            assert one.span.of(text) == one.before != one.after


def test_nothing_is_joined_over_the_end_of_a_page(decided):
    """A word whose halves stand on two pages stays in halves, so that the page break is never lost."""
    text = PAGE.replace("govemment", "govern-\n\fment")
    for one in decided(text):
        assert "\f" not in one.span.of(text)


def test_a_designator_is_offered_what_looks_like_it(decided):
    """`K-2O` may be the K-20 of the same page: that is offered, without a probability, since no context tells."""
    page = "The K-20 was sent to the harbour, and the K-2O to the mission."
    (flag,) = [one for one in decided(page) if one.span.of(page) == "K-2O"]
    assert isinstance(flag, Flag)
    assert (flag.suggestions[0].text, flag.suggestions[0].probability) == ("K-20", None)


def test_a_number_is_offered_what_looks_like_it_and_not_the_word_that_fits(engine, decided, make_channel):
    """`2o` would be a good *to* among these words; what it looks like is the number 20."""
    page = "The Embassy will not come 2o the mission."
    channels = {BASE: make_channel({("t", "2"): 1.0})}
    by = replace(engine, model=replace(engine.model, channels=channels), _spellers={})
    (flag,) = decided(page, by=by)
    assert isinstance(flag, Flag)
    assert [(s.text, s.probability) for s in flag.suggestions] == [("20", None)]


@pytest.fixture(scope="module")
def with_persons(engine, make_tables) -> Engine:
    """A doubtful engine whose lexicon, of 1945 to 1968, lists a Zorin until 1965 and a Zorina until 1950."""
    lexicon = engine.words.lexicon
    told = replace(
        lexicon,
        entries={word: entry._replace(first=1945, last=1968) for word, entry in lexicon.entries.items()},
        tables=make_tables(("Zorin, Valerian", 1945, 1965), ("Zorina, Anna", 1945, 1950)),
    )
    return replace(_with_chance(engine, 0.8), words=WordIndex(told), _spellers={})


@pytest.mark.parametrize(
    ("written", "year", "offered"),
    [("", None, {"Zorin", "Zorina"}), ("", 1962, {"Zorin"}), ("On May 3, 1962 ", None, {"Zorin"})],
    ids=["undated", "told", "dated"],
)
def test_persons_are_offered_of_the_time_of_the_document(
    with_persons, make_document, written: str, year: int | None, offered: set[str]
):
    """The year that was told, or that its date tells, leaves those who are listed about then; undated, all of them."""
    page = f"{written}the letter of Zorinc was sent to the mission."
    found = with_persons.decide(make_document(page), max_harm=0.0, year=year)
    (flag,) = [one for one in found if one.span.of(page) == "Zorinc"]
    assert {s.text for s in flag.suggestions} == offered


def _read_by(document: Document, confidence: float | None, engine: str | None = "tesseract 5.5.0") -> Document:
    """The document as an engine read it that was as sure of each word."""
    words = tuple(
        Word(text=t.text, span=t.span, confidence=confidence) for t in tokens(document.text) if t.text.strip()
    )
    return replace(document, words=words, source=replace(document.source, engine=engine))


@pytest.fixture(scope="module")
def trusting(engine) -> Engine:
    """The same engine with a model that has learned what Tesseract's confidences are worth."""
    model = replace(engine.model, confidence={"tesseract": Trust(weight=3.0, bias=-3.0)})
    return replace(engine, model=model)


def _told(by: Engine, document: Document, **options) -> list[Correction | Flag]:
    return list(by.decide(document, max_harm=100.0, **options))


def test_confidence_makes_a_correction_likelier_or_less(trusting, make_document):
    """What the engine was sure of stands; what it was not is corrected, with its confidence among the reasons."""
    page = make_document(PAGE)
    (plain,) = _told(trusting, page)
    (unsure,) = _told(trusting, _read_by(page, 0.3))
    assert isinstance(unsure, Correction)
    assert unsure.probability > plain.probability
    reasons = {e.rule: e for e in unsure.evidence}
    assert list(reasons) == [*ALL_RULES[:3], "confidence", *ALL_RULES[3:]]
    assert reasons["confidence"].figure == 0.3
    assert not any(isinstance(one, Correction) for one in _told(trusting, _read_by(page, 1.0)))


def _thought_of(document: Document, **others: tuple[str, ...]) -> Document:
    """The document, the engine having thought of `others` for words."""
    words = tuple(replace(word, alternatives=others.get(word.text, ())) for word in document.words)
    return replace(document, words=words)


def _weighing(by: Engine, alternative: float) -> Engine:
    trust = replace(by.model.confidence["tesseract"], alternative=alternative)
    return replace(by, model=replace(by.model, confidence={"tesseract": trust}))


def test_a_reading_that_the_engine_thought_of_is_likelier(trusting, make_document):
    """The ledger says so, whatever the capitals; what was thought of for another word changes nothing."""
    by = _weighing(trusting, 2.0)
    page = _read_by(make_document(PAGE), 0.7)
    (plain,), (same,), (other,) = (
        _told(by, one) for one in (page, _thought_of(page, govemment=("Government",)), _thought_of(page, was=("wae",)))
    )
    assert same.probability > plain.probability
    reasons = {e.rule: e for e in same.evidence}
    assert list(reasons) == [*ALL_RULES[:3], "confidence", "alternative", *ALL_RULES[3:]]
    assert reasons["alternative"].says == "the OCR engine had it as another reading"
    assert other == plain


def test_a_reading_that_the_engine_did_not_think_of_loses_to_one_that_it_did(trusting, make_document):
    """It is put in all the same where its neighbours ask for it, and the ledger claims nothing for it."""
    by = _weighing(trusting, 0.5)
    page = _read_by(make_document("The harbour wae closed by the government for winter."), 0.7)
    (plain,), (less,) = (_told(by, one) for one in (page, _thought_of(page, wae=("wax",))))
    assert (plain.after, less.after) == ("was", "was")
    assert less.probability < plain.probability
    assert [e.rule for e in less.evidence] == [e.rule for e in plain.evidence]


def test_a_model_that_learned_no_alternatives_does_not_look_at_them(trusting, make_document):
    """Neither probability nor ledger is another."""
    page = _read_by(make_document(PAGE), 0.7)
    assert _told(trusting, _thought_of(page, govemment=("government",))) == _told(trusting, page)


def test_alternatives_tell_where_the_engine_does_not_say_how_sure_it_was(trusting, make_document):
    """A file may have the ones and not the others."""
    page = _read_by(make_document(PAGE), None)
    (plain,) = _told(trusting, page)
    (same,) = _told(_weighing(trusting, 2.0), _thought_of(page, govemment=("government",)))
    assert same.probability > plain.probability
    assert [e.rule for e in same.evidence] == [*ALL_RULES[:3], "alternative", *ALL_RULES[3:]]


@pytest.mark.parametrize("engine_named", ["abbyy 11.0", "tesseract 3.05.02", None])
def test_confidences_of_an_engine_that_was_not_learned_are_not_weighed(trusting, make_document, engine_named):
    """They mean something else, and of words without any nothing can be said."""
    page = make_document(PAGE)
    assert _told(trusting, _read_by(page, 1.0, engine_named)) == _told(trusting, page)
    assert _told(trusting, _read_by(page, None)) == _told(trusting, replace(page, source=page.source))


def test_a_model_that_learned_no_confidences_does_not_look_at_them(engine, make_document):
    """The same page is corrected the same, whatever the engine says of its words."""
    page = make_document(PAGE)
    assert _told(engine, _read_by(page, 0.1)) == _told(engine, page)


def test_where_a_page_was_read_twice_the_other_reading_tells(trusting, make_document):
    """It is the better witness, so that confidences are not asked."""
    page = make_document(PAGE)
    reading = OtherText(siglum="b.txt", text=PAGE.replace("govemment", "government"))
    heard = [_told(trusting, _read_by(page, c), readings=[reading]) for c in (0.1, 1.0)]
    assert heard[0] == heard[1]


def test_a_word_broken_at_the_end_of_a_line_is_joined_whatever_the_confidence(trusting, make_document):
    """Of a hyphen no engine is sure, and its confidence is in the letters."""
    page = make_document("The harbour was closed by the govern-\nment for winter.")
    joined = [_told(trusting, _read_by(page, c)) for c in (None, 0.1, 1.0)]
    assert [one.kind for one in joined[0]] == [CorrectionKind.HYPHEN]
    assert joined[0] == joined[1] == joined[2]


def test_a_figure_that_was_read_unsurely_is_flagged_once(trusting, make_document):
    """No other reason gives a flag there."""
    flags = _told(trusting, _read_by(make_document("The harbour was closed with 21 ships in winter."), 0.5))
    assert [(f.why, f.suggestions) for f in flags] == [("a figure of which the engine was not sure (50%)", ())]
