"""Which places of a text are opened, which readings they have, and what speaks for each."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.known import known
from corrigenda.correct.places import KEPT, Place, places
from corrigenda.correct.spellings import Speller
from corrigenda.text import tokens
from corrigenda.values import CorrectionKind

PLAIN = (
    "the harbour was closed by government mission consul office of old letter new statement grain ships that told has "
    "sent will not come to which be had been from under is answer for winter again in with guidance and quarantine mr "
    "at 6"
)
COUNTS = {
    "the": 90_000, "of": 50_000, "Embassy": 900, "Kuznetsov": 400, "co-operate": 90, "cooperate": 5, "wax": 300,
    "rare": 2, "a.m.": 90, "IL-28": 1, "XI": 90, "mid": 900,
}  # fmt: skip


@pytest.fixture(scope="module")
def spoken(make_language, harbour_sentences):
    """A language model that has many other words, so that one of them is strange in a harbour."""
    chance = random.Random(1)
    others = ["".join(chance.choice("bdfgkl") + chance.choice("aeiou") for _ in range(4)) for _ in range(1500)]
    elsewhere = [" ".join(others[i : i + 12]) for i in range(0, 1500, 12)] + [f"{others[0]} wax {others[7]}."]
    return make_language(harbour_sentences * 3 + elsewhere * 3)


@pytest.fixture(scope="module")
def found(make_words, make_channel, spoken) -> Callable[[str], list[tuple[str, Place]]]:
    """The places of a text, each with what stands there."""
    words = make_words(PLAIN, COUNTS)
    speller = Speller(words, ChannelCosts(make_channel()))

    def look(text: str) -> list[tuple[str, Place]]:
        run = list(tokens(text))
        made = list(places(text, run, words, speller, spoken))
        return [(text[run[p.start].span.start : run[p.end - 1].span.end], p) for p in made]

    return look


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was closed by the government for winter.",
        "“The Embassy was told that Mr. Kuznetsov's letter will not come,” (again) the CONSUL has sent:",
        "The office of the co-operate mission is under the IL-28 for winter.",
        "The letter has been sent to the consul at 6 a.m. again.",
        "The grain-ships had been closed in mid-1962 with the office/mission.",
        "",
        " \n\n",
        "- . . . — “ ” !",
    ],
)
def test_nothing_is_opened_in_clean_text(found, text: str):
    """Words of the lexicon, compounds of them, initials, labels and marks are no places of doubt."""
    assert [stands for stands, place in found(text) if place.others] == []


@pytest.mark.parametrize(
    ("text", "stands", "reading", "rule"),
    [
        ("The harbour was closed by the govemment for winter.", "govemment", "government", "lexicon"),
        ("tbe letter", "tbe", "the", "lexicon"),
        ("the qua rantine was closed", "qua rantine", "quarantine", "join"),
        ("tbe gov er nment was told", "gov er nment", "government", "join"),
        ("the harbour was clos\ned by the grain ships", "clos\ned", "closed", "join"),
        ("the office ofth e harbour", "ofth e", "of the", "moved blank"),
        ("the ships whichwill come", "whichwill", "which will", "split"),
        ("the new stat\nthe harbour was closed", "stat", "statement", "lost at the edge"),
        ("the quaran-\ntine was closed", "quaran-\ntine", "quarantine", "line end"),
        ("the quaran-\r\ntine was closed", "quaran-\r\ntine", "quarantine", "line end"),
        ("the quaran­\ntine was closed", "quaran­\ntine", "quarantine", "line end"),
    ],
)  # fmt: skip
def test_a_misread_place_has_its_reading_first(found, text: str, stands: str, reading: str, rule: str):
    """The place covers what was misread, the likeliest reading leads, and it lies on the best way."""
    place = dict(found(text))[stands]
    best = place.others[0]
    assert (best.option.core, best.option.rule) == (reading, rule)
    assert best.on_best
    assert not place.keep.on_best
    assert best.posterior > place.keep.posterior
    assert best.total > place.keep.total


def test_a_word_of_which_half_is_misread_has_what_fits(found):
    """`gxvxxnxxnt` is too far from any word for a look at its letters alone."""
    (place,) = [p for stands, p in found("The harbour was closed by the gxvxxnxxnt for winter.") if p.others]
    assert place.others[0].text == "government"


def test_a_strange_word_is_opened_though_it_is_known(found):
    """A machine that misreads a word often reads another one: `wax` is a word, and no harbour wax closed."""
    ((stands, place),) = found("The harbour wax closed by the government for winter.")
    assert (stands, place.known, place.others[0].text) == ("wax", True, "was")
    assert place.others[0].on_best


@pytest.mark.parametrize(
    ("text", "dirt", "at_edge"),
    [
        ("the harbour was\nq closed by the government", "q", True),
        ("the harbour was ve\nclosed by the government", "ve", True),
        ("the harbour q was closed", "q", False),
        ("the harbour was xqz| closed", "xqz|", False),
    ],
)
def test_a_speck_may_be_nothing(found, text: str, dirt: str, *, at_edge: bool):
    """It is one of its readings, the blank beside it is paid for, and at the edge of a line there are more of them."""
    place = dict(found(text))[dirt]
    (nothing,) = [c for c in place.others if c.option.rule == "dirt"]
    assert (nothing.text, nothing.option.kind) == ("", CorrectionKind.DELETION)
    assert nothing.cost > 0
    assert place.at_edge is at_edge


@pytest.mark.parametrize("word", ["7", "b.", "(b)", "J.", "vl)", "I", "a", "no", "wax", "xqzkv", "x'", "approx."])
def test_what_may_be_something_is_not_nothing(found, word: str):
    """Figures, labels, initials, what has a mark that gives it sense, words, and what is too long for a speck."""
    rules = {c.option.rule for _, place in found(f"the harbour {word} was closed") for c in place.others}
    assert "dirt" not in rules


def test_a_compound_broken_at_its_hyphen_keeps_it(found):
    """Where the compound is commoner than the whole, the hyphen is the typist's, and no whole is proposed."""
    readings = {c.option.rule for _, place in found("the co-\noperate letter") for c in place.others}
    assert "line end" not in readings


def test_a_capital_after_the_break_is_no_half_of_a_word(found):
    """`Anglo-` and `American` below it are a name of two; only small letters go on with a word."""
    assert "line end" not in {c.option.rule for _, p in found("the quaran-\nTine was") for c in p.others}


def test_a_word_of_the_lexicon_is_not_joined_to_its_neighbour(found):
    """Two words that both stand by themselves are no halves, even where the language model is surprised."""
    assert not [p for _, p in found("the harbour was under winter ships of in letter") if p.end > p.start + 1]


def test_an_unknown_word_without_readings_is_a_place_all_the_same(found):
    """A reader is to see what nothing is like: what stands there is the only choice, and certain."""
    ((stands, place),) = found("the Xqzkwvxq has sent")
    assert (stands, place.others, place.known) == ("Xqzkwvxq", (), False)
    assert place.keep.option.rule == KEPT
    assert place.keep.posterior == pytest.approx(1.0)


def test_a_place_of_several_words_is_known_where_all_of_them_are(found):
    """One half of a parted word may be a word by chance: `old er` has the word `old` and is doubted all the same."""
    (place,) = [p for stands, p in found("the letter was from the in swer of the consul") if stands == "in swer"]
    assert not place.known


def test_places_are_in_order_and_apart(found):
    """A text full of misreadings: no word belongs to two places, and none of its words is lost."""
    text = "tbe govemment harb our wax thc quaran-\ntine ofth e lettcr whichwill xqzk tbc"
    ends = 0
    made = found(text)
    for stands, place in made:
        assert place.start >= ends
        assert place.keep.text == " ".join(stands.split())
        ends = place.end
    assert len(made) >= 9


def test_choices_are_ordered_by_weight(found):
    """The first reading is the likeliest by channel and language model together, and no text comes twice."""
    for _, place in found("tbe govemment told tbat thc lettcr is fron tbe consnl"):
        totals = [c.total for c in place.others]
        assert totals == sorted(totals, reverse=True)
        texts = [place.keep.text, *(c.text for c in place.others)]
        assert len(set(texts)) == len(texts)


def test_shares_of_a_place_are_shares(found):
    """What stands there and its readings share one whole, where none reaches over the place's edges."""
    ((_, place),) = found("The harbour was closed by the govemment for winter.")
    assert place.keep.posterior + sum(c.posterior for c in place.others) == pytest.approx(1.0, abs=1e-6)


def test_a_crowd_of_doubtful_words_is_solved_in_time(found):
    """Two hundred misread words side by side are one island: fewer readings each, but every word is a place."""
    text = " ".join(["tbc", "govemmcnt", "qnarantine", "thc", "harbonr"] * 40)
    assert sum(p.end - p.start for _, p in found(text)) == 200


@pytest.mark.parametrize("kind", [CorrectionKind.HYPHEN])
def test_the_kind_of_a_joined_line_end(found, kind: CorrectionKind):
    """A hyphen that goes is told apart from a blank that goes."""
    ((_, place),) = found("the quaran-\ntine was closed")
    assert place.others[0].option.kind is kind


def test_a_compound_is_known_by_its_parts(make_words):
    """quarantine-letter was never counted, but both of its parts were; a designator is not known by its letters."""
    words = make_words(PLAIN, COUNTS)
    assert known("mid-1962", words)
    assert known("IL-28", words)
    assert not known("XI-10", words)
    assert known("quarantine-letter", words)
    assert known("harbour/mission", words)
    assert not known("quarantine-xletter", words)
    assert not known("rare", words)
    assert not known("-", words)


def test_in_a_crowd_each_word_has_fewer_readings(make_words, make_channel, harbour_language):
    """One word among good ones keeps all its readings; of a dozen side by side each keeps only the best few."""
    words = make_words("the letter was sent has had hat ham bar car far war tar jar")
    speller = Speller(words, ChannelCosts(make_channel()))

    def readings(text: str) -> list[list[str]]:
        found = places(text, list(tokens(text)), words, speller, harbour_language)
        return [[choice.text for choice in place.others] for place in found]

    (alone,) = readings("the letter har was sent")
    crowd = readings("the letter " + "har " * 12 + "was sent")
    assert len(crowd) == 12
    assert all(set(found) < set(alone) for found in crowd)
    assert max(map(len, crowd)) <= len(alone) / 2
