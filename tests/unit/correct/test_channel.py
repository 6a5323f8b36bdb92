"""What the channel asks for reading one spelling as another."""

from __future__ import annotations

import math
from itertools import product

import pytest

from corrigenda.correct.channel import LONGEST_PIECE, Channel, ChannelCosts

EDITS = {("e", "c"): 2.0, ("rn", "m"): 1.5, ("m", "rn"): 3.0, (" ", ""): 2.5, ("", "-"): 4.0, ("the", "tlie"): 0.5}
STAYS = {"e": 0.25, "t": 0.125}


@pytest.fixture
def costs() -> ChannelCosts:
    """A channel of a few misreadings; an unseen edit costs 6, a letter that stays 0.5 where nothing else is said."""
    return ChannelCosts(Channel(name="made-up", edits=EDITS, stays=STAYS, other=6.0, stay=0.5))


@pytest.mark.parametrize(
    ("meant", "read", "cost"),
    [
        ("", "", 0.0),
        ("te", "te", 0.375),
        ("ab", "ab", 1.0),
        ("e", "c", 2.0),
        ("e", "x", 6.0),
        ("ab", "acb", 7.0),
        ("acb", "ab", 7.0),
        ("rn", "m", 1.5),
        ("m", "rn", 3.0),
        ("a b", "ab", 3.5),
        ("ab", "a-b", 5.0),
    ],
)
def test_the_price_is_that_of_the_cheapest_way(costs: ChannelCosts, meant: str, read: str, cost: float):
    """Letters that stay, edits that were seen, edits that were not, and pieces of several letters as one edit."""
    assert costs.cost(meant, read) == pytest.approx(cost)


def test_a_piece_longer_than_a_cut_at_the_ends_is_found(costs: ChannelCosts):
    """What begins and ends alike is set aside, but not the letters that a longer piece may reach."""
    piece = ChannelCosts(Channel(name="n", edits={("abc", "abd"): 1.0, ("cab", "dab"): 1.0}, stays={}, other=9, stay=0))
    assert piece.cost("xxabc", "xxabd") == pytest.approx(1.0)
    assert piece.cost("cabxx", "dabxx") == pytest.approx(1.0)
    assert costs.cost("modern", "modem") == pytest.approx(0.5 * 3 + 0.25 + 1.5)


def _cheapest(costs: ChannelCosts, meant: str, read: str) -> float:
    """The cheapest of all ways to cut both into pieces, tried one by one."""
    channel = costs.channel
    if not meant and not read:
        return 0.0
    found = math.inf
    for m in range(min(LONGEST_PIECE, len(meant)) + 1):
        for r in range(len(read) + 1):
            edit = meant[:m], read[:r]
            single = m <= 1 and r <= 1
            if edit in channel.edits:
                price = channel.edits[edit]
            elif m == r == 1 and meant[0] == read[0]:
                price = channel.stays.get(meant[0], channel.stay)
            elif single and (m or r):
                price = channel.other
            else:
                continue
            found = min(found, price + _cheapest(costs, meant[m:], read[r:]))
    return found


def test_the_price_is_the_least_of_all_ways(costs: ChannelCosts):
    """Over all pairs of words of three letters out of four, against every way there is."""
    words = ["".join(letters) for letters in product("ecrn", repeat=3)][::5]
    for meant, read in product(words, ["em", *words]):
        assert costs.cost(meant, read) == pytest.approx(_cheapest(costs, meant, read)), (meant, read)


@pytest.mark.parametrize(
    ("meant", "read", "edits"),
    [
        ("the", "the", []),
        ("letter", "lctter", [("e", "c")]),
        ("modern", "modem", [("rn", "m")]),
        ("of the", "ofthe", [(" ", "")]),
        ("e", "cx", [("e", "c"), ("", "x")]),
    ],
)
def test_steps_name_what_was_misread(costs: ChannelCosts, meant: str, read: str, edits: list[tuple[str, str]]):
    """Only what was not read as itself is told, in order."""
    assert [edit for edit, _ in costs.steps(meant, read)] == edits


def test_steps_and_what_stays_sum_to_the_cost(costs: ChannelCosts):
    """The steps carry their costs, and letters that stay have the rest."""
    meant, read = "the modern letter", "tlie modem lctter-"
    steps = costs.steps(meant, read)
    assert [edit for edit, _ in steps] == [("the", "tlie"), ("rn", "m"), ("e", "c"), ("", "-")]
    stayed = " mode ltter"
    rest = sum(STAYS.get(c, 0.5) for c in stayed)
    assert sum(cost for _, cost in steps) + rest == pytest.approx(costs.cost(meant, read))


def test_unread_gives_what_one_misread_piece_may_hide(costs: ChannelCosts):
    """Every piece is undone at every place, with its cost; what costs more than was asked for is left out."""
    assert dict(costs.unread("cm", 9.0)) == {"em": 2.0, "crn": 1.5}
    assert dict(costs.unread("cm", 1.9)) == {"crn": 1.5}
    assert dict(costs.unread("tli", 9.0)) == {}
    assert dict(costs.unread("rn", 9.0)) == {"m": 3.0}


def test_what_cannot_happen_has_no_steps():
    """Where every edit has no chance, there is no way to tell of."""
    never = ChannelCosts(Channel(name="n", edits={}, stays={}, other=math.inf, stay=0.0))
    assert never.cost("a", "b") == math.inf
    assert never.steps("a", "b") == []
