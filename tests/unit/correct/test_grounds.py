"""What speaks for the edition, figure by figure."""

from __future__ import annotations

import pytest

from corrigenda.correct.grounds import GROUNDS, grounds
from corrigenda.edition.collate import collate

PLAIN = "the harbour was closed for winter and letter of sent to mission by ships list lists paper men old"
FRAME = "The harbour was closed for winter and the letter of %s was sent to the mission by ships."


@pytest.fixture(scope="session")
def weighed(make_document, make_edition, make_engine):
    """The figures of each difference between a made-up page and its edition."""
    engine = make_engine(PLAIN, {"White": 900, "Black": 900})

    def figures(page: str, edition: str) -> list[dict[str, float]]:
        collation = collate(make_document(page), make_edition(edition))
        rows = grounds(collation, engine.words, engine.language, engine.costs)
        return [dict(zip(GROUNDS, row, strict=True)) for row in rows]

    return figures


@pytest.fixture(scope="session")
def framed(weighed):
    """The figures of the one difference of a page."""

    def figures(page: str, edition: str) -> dict[str, float]:
        (only,) = weighed(FRAME % page, FRAME % edition)
        return only

    return figures


@pytest.mark.parametrize(
    ("page", "edition", "expected"),
    [
        (
            "lisf",
            "list",
            {"alike": 0.75, "page unknown": 1, "edition unknown": 0, "alike unknown": 1, "edition only": 0},
        ),
        ("paper", "list", {"page unknown": 0, "unlike known": 1, "alike unknown": 0, "one stem": 0}),
        ("lists", "list", {"one stem": 1, "unlike known": 0}),
        ("", "old", {"edition only": 1, "alike": 0.0, "channel": 0.0}),
        ("White", "Black", {"name": 1, "figure": 0}),
        ("24", "42", {"figure": 1, "short": 1}),
        ("lisf", "the", {"reading on page": 1}),
        ("men", "old paper", {"words": pytest.approx(0.693, abs=1e-3)}),
    ],
)
def test_a_difference_has_the_grounds_that_hold(framed, page: str, edition: str, expected: dict[str, float]):
    """Letters, lexicon, names, figures, stems, and whether the page has the edition's word elsewhere."""
    told = framed(page, edition)
    assert {name: told[name] for name in expected} == expected


def test_the_language_prefers_what_it_has_met_among_its_neighbours(framed):
    """Of two known words the one that the sentences have there gains; the other way round it loses as much."""
    gain = framed("of", "was")["language gain"]
    assert framed("was", "of")["language gain"] == pytest.approx(-gain)
    assert gain != 0


def test_a_misreading_that_the_channel_knows_costs_less(framed):
    """`c` is often read for `e`, `x` never."""
    assert framed("papcr", "paper")["channel"] < framed("papxr", "paper")["channel"]


def test_a_page_tells_of_its_noise_and_of_its_editors(weighed):
    """Two misread words in eighteen make a noisy page; two known words for others one that was edited."""
    noisy = weighed(FRAME.replace("winter", "wimter") % "mem", FRAME % "men")
    edited = weighed(FRAME.replace("winter", "paper") % "list", FRAME % "men")
    assert noisy[0]["noise"] == noisy[1]["noise"] > 1
    assert edited[0]["noise"] == 0
    assert edited[0]["editors"] > 0.8
    assert noisy[0]["editors"] < 0.2


def test_what_comes_twice_is_known_to(weighed):
    """The same words against the same."""
    twice = weighed(
        FRAME.replace("winter", "wimter and wimter") % "men", FRAME.replace("winter", "winter and winter") % "men"
    )
    assert [one["repeated"] for one in twice] == [1, 1]
