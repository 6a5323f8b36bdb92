"""The rows that the gate is asked about: as many figures for each reading, all finite, and each in its column."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.features import FEATURES, MOST_ROWS, rows
from corrigenda.correct.places import KEPT, Choice, places
from corrigenda.correct.spellings import Speller
from corrigenda.correct.surroundings import Scene
from corrigenda.text import tokens

PLAIN = (
    "the harbour was closed by government mission consul office of old letter new statement grain ships that told has "
    "sent will not come to which be had been from under is answer for winter again in with guidance and quarantine y"
)
COUNTS = {"the": 90_000, "of": 50_000, "Embassy": 900, "Kuznetsov": 400, "which": 90_000, "will": 90_000}

Rows = list[tuple[Choice, dict[str, float]]]


@pytest.fixture(scope="module")
def described(make_words, make_channel, harbour_language) -> Callable[[str], list[Rows]]:
    """For each place of a text its readings, each with its row by the names of the columns."""
    words = make_words(PLAIN, COUNTS)
    speller = Speller(words, ChannelCosts(make_channel()))

    def look(text: str) -> list[Rows]:
        run = list(tokens(text))
        scene = Scene.of([run], words, harbour_language)
        found = []
        for place in places(text, run, words, speller, harbour_language):
            choices, made = rows(place, run, scene, words, harbour_language)
            assert all(len(row) == len(FEATURES) for row in made)
            found.append([(c, dict(zip(FEATURES, row, strict=True))) for c, row in zip(choices, made, strict=True)])
        return found

    return look


TEXTS = {
    "lexicon": "The harbour was closed by the govemment for winter.",
    "line end": "the quaran-\ntine was closed",
    "join": "the qua rantine was closed",
    "moved blank": "the office ofth e harbour",
    "split": "the ships whichwill come",
    "lost at the edge": "the new stat\nthe harbour was closed",
    "nothing like it": "the Xqzkwvxq has sent",
    "a figure": "the l9G2 harbour of 25OO ships",
    "a mark": "the |etter of th{ consul",
    "first and last": "tbe",
    "long": f"the {'x' * 300} harbour",
    "other letters": "the ха́rbour of señor 👩\u200d🚀 was \u0301",
}


def test_every_column_has_a_name_of_its_own():
    """A model is checked by these names, so that no two may be alike."""
    assert len(set(FEATURES)) == len(FEATURES)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_rows_are_finite_and_complete(described, text: str):
    """For every kind of place; what stands there comes first, and there are not more readings than are weighed."""
    found = described(text)
    assert found
    for made in found:
        assert len(made) <= MOST_ROWS
        assert [c.option.rule == KEPT for c, _ in made] == [True] + [False] * (len(made) - 1)
        assert [row["keeps"] for _, row in made] == [1.0] + [0.0] * (len(made) - 1)
        assert [row["rank"] for _, row in made] == [float(n) for n in range(len(made))]
        assert all(math.isfinite(value) for _, row in made for value in row.values())


@pytest.mark.parametrize("rule", ["line end", "join", "moved blank", "split", "lost at the edge"])
def test_the_rule_of_a_reading_has_a_column(described, rule: str):
    """By which rule a reading was proposed is told in its row alone."""
    made = [row for found in described(TEXTS[rule]) for row in found if row[0].option.rule == rule]
    assert made
    for choice, row in made:
        assert row[rule] == 1.0
        assert sum(row[r] for r in ("line end", "join", "moved blank", "split", "lost at the edge")) == 1.0
        assert row["channel cost"] == choice.cost


def test_columns_say_what_they_are_called(described):
    """A few that can be told by hand, of `govemment` among its neighbours."""
    (made,) = described(TEXTS["lexicon"])
    keep, best = made[0][1], next(row for c, row in made if c.text == "government")
    assert best["posterior"] > keep["posterior"] == best["posterior of keeping"]
    assert best["count"] == pytest.approx(math.log(1000.3))
    assert (best["count of kept"], keep["count"]) == (pytest.approx(math.log(0.3)),) * 2
    assert (best["letters kept"], best["letters"], best["distance"]) == (9.0, 10.0, 2.0)
    assert (best["known"], best["capital"], best["digit"], best["known before"], best["known behind"]) == (
        0,
        0,
        0,
        1,
        1,
    )
    assert best["unknown in document"] == pytest.approx(1 / 9)
    assert best["kept in document"] == pytest.approx(math.log1p(1))
    assert best["lead over the next"] > 0 > keep["lead over the next"]
    assert keep["gain"] == 0.0 < best["gain"]


def test_a_reading_that_leaves_an_odd_mark_is_told(described):
    """Of `~etter` and its readings the one in whose place a mark still stands that is often read for a letter."""
    (made,) = described("the ~etter was closed")
    stays = {c.text: row["odd mark stays"] for c, row in made}
    assert (stays["~etter"], stays["~letter"], stays["letter"]) == (1.0, 1.0, 0.0)


def test_a_document_tells_of_its_words(make_words, harbour_language):
    """Forms are counted in any case; names are capitalised where no sentence starts; what is unknown has a share."""
    text = "Ships came. Grain did not. 2. Ships with Mr. Smythe and NATO of Quay: Perhaps"
    scene = Scene.of(
        [list(tokens(text))], make_words("ships came grain did not with mr and of perhaps"), harbour_language
    )
    assert scene.names == {"mr", "smythe", "quay"}
    assert (scene.forms["ships"], scene.forms["quay"]) == (2, 1)
    assert scene.unknown == pytest.approx(3 / 14)
    assert scene.size == 15


def test_an_empty_document_has_a_scene(make_words, harbour_language):
    """Nothing is unknown where nothing stands."""
    scene = Scene.of([], make_words("the"), harbour_language)
    assert (scene.unknown, scene.size, scene.names) == (0.0, 0, frozenset())


def test_a_text_of_another_field_is_told(make_words, harbour_language, harbour_sentences):
    """Known words that nobody would expect in this order are of another field; a short text tells nothing."""
    own = list(tokens(" ".join(harbour_sentences[:20])))
    other = sorted(own, key=lambda t: (len(t.text), t.text))
    words = make_words(PLAIN)
    near, far, short, again = (
        Scene.of([run], words, harbour_language).field for run in (own, other, own[:5], other[:5])
    )
    assert near > far
    assert short == again
