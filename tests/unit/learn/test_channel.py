"""A channel is learned back from texts that were damaged by one that is known."""

from __future__ import annotations

import math
import random

import pytest

from corrigenda.correct.channel import Channel, ChannelCosts
from corrigenda.learn.channel import learn_channel

WORDS = (
    "government", "letter", "harbour", "modern", "return", "learn", "chance", "mission",
    "winter", "under", "been", "there", "general", "corner",
)  # fmt: skip
PLANTED = {("e", "c"): 0.08, ("rn", "m"): 0.3, ("h", "b"): 0.05}


def _damaged(word: str, chance: random.Random) -> str:
    read, at = "", 0
    while at < len(word):
        for (meant, seen), share in PLANTED.items():
            if word.startswith(meant, at) and chance.random() < share:
                read += seen
                at += len(meant)
                break
        else:
            read += word[at]
            at += 1
    return read


@pytest.fixture(scope="module")
def learned() -> Channel:
    """What is learned from 6,000 words, read by a machine that confuses three pieces."""
    chance = random.Random(5)
    pairs = [(f"{w} ", f"{_damaged(w, chance)} ") for w in chance.choices(WORDS, k=6000)]
    return learn_channel(pairs, name="planted")


@pytest.mark.parametrize("edit", [edit for edit in PLANTED if len(edit[0]) == 1])
def test_planted_confusions_are_learned_back(learned: Channel, edit: tuple[str, str]):
    """Each of single letters comes out with its own probability, within a fifth."""
    assert math.exp(-learned.edits[edit]) == pytest.approx(PLANTED[edit], rel=0.2)


@pytest.mark.parametrize(("meant", "read"), [("modern", "modem"), ("return", "retum"), ("learn", "leam")])
def test_planted_pieces_are_learned_back_wherever_they_stand(learned: Channel, meant: str, read: str):
    """One of two letters is shared out among the longer pieces that hold it, but what it costs in a word is near."""
    costs = ChannelCosts(learned)
    more = costs.cost(meant, read) - costs.cost(meant[:-2], meant[:-2])
    assert more == pytest.approx(-math.log(PLANTED["rn", "m"]), abs=1.2)


def test_nothing_else_is_believed(learned: Channel):
    """Whatever else the sums left is rarer by far than the rarest that was planted."""
    others = {edit: math.exp(-cost) for edit, cost in learned.edits.items() if edit not in PLANTED}
    # A piece that holds a planted one, such as "er" read as "cr", repeats it and is no error.
    strange = {e: p for e, p in others.items() if not any(m in e[0] and r in e[1] for m, r in PLANTED)}
    assert max(strange.values(), default=0.0) < 0.01


def test_letters_that_never_change_cost_nothing(learned: Channel):
    """An e is misread at times, so that it costs something to stay; a v never was."""
    assert learned.stays["v"] < 0.001
    assert learned.stays["e"] == pytest.approx(-math.log(1 - PLANTED["e", "c"]), abs=0.05)
    assert ChannelCosts(learned).cost("vivid", "vivid") < 0.1


def test_what_was_never_seen_is_dear(learned: Channel):
    """An edit of single letters that no page has shown costs more than any that was planted."""
    assert learned.other > max(learned.edits[e] for e in PLANTED) + 2


def test_equal_pairs_alone_teach_that_nothing_changes():
    """Without a single misreading nothing is known, staying is free and all else is next to impossible."""
    channel = learn_channel([("the ", "the "), ("letter ", "letter ")] * 50, name="clean")
    assert channel.edits == {}
    assert ChannelCosts(channel).cost("the letter", "the letter") < 0.001
    assert channel.other > 15


def test_a_piece_must_come_again():
    """Once may be chance: of two letters read as one, only what was met several times is an edit of its own."""
    right = [(w, w) for w in WORDS] * 5
    once = learn_channel([*right, ("modern", "modew")], name="once")
    often = learn_channel([*right, *[("modern", "modew"), ("corner", "cower"), ("learn", "leaw")] * 2], name="often")
    assert ("rn", "w") not in once.edits
    assert ("rn", "w") in often.edits
    assert ChannelCosts(often).cost("return", "retuw") < ChannelCosts(once).cost("return", "retuw")


def test_letters_that_look_alike_are_taken_for_each_other_anyway():
    """Nobody read rn for m in these pairs, but other engines do: it costs less than any two errors."""
    pairs = [(w, w) for w in WORDS] * 5 + [("even", "cven")] * 3
    costs = ChannelCosts(learn_channel(pairs, name="few"))
    assert costs.cost("moved", "rnoved") < costs.cost("moved", "zxoved")
    assert costs.cost("moved", "rnoved") < costs.cost("removed", "rnoved")


def test_a_misreading_of_a_small_letter_speaks_for_the_capital():
    """C for E was never seen, but c for e was, so that it is likelier than C for O."""
    pairs = [("even", "cven")] * 30 + [("EVEN", "EVEN")] * 30 + [("ODD", "ODD")] * 30 + [("EVEN", "CVEN")]
    channel = learn_channel(pairs, name="cases")
    assert channel.edits["E", "C"] < channel.edits.get(("O", "C"), channel.other) - 1


def test_the_order_of_the_pairs_tells_nothing():
    """The same pairs in another order make the same channel."""
    chance = random.Random(5)
    pairs = [(w, _damaged(w, chance)) for w in chance.choices(WORDS, k=300)]
    first, second = learn_channel(pairs, name="n"), learn_channel(pairs[::-1], name="n")
    assert first.edits == pytest.approx(second.edits)
    assert first.stays == pytest.approx(second.stays)


def test_nothing_to_learn_from_is_a_channel_all_the_same():
    """Without pairs every edit is as unlikely as can be, and none is known."""
    channel = learn_channel([], name="empty")
    assert (channel.edits, channel.stays) == ({}, {})
    assert channel.other > 15
