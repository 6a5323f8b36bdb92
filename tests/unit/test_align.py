"""Word alignment: each word once and in order, and a gap that stays in one piece."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda import align as module
from corrigenda.align import Block, align, blocks

WORDS = st.lists(st.sampled_from(["the", "of", "a", "harbour", "closed", "winter", "grain", "ship"]), max_size=25)


def words(text: str) -> list[str]:
    """The words of a made-up sentence."""
    return text.split()


def check_covered(a, b):
    """Assert that the alignment of `a` and `b` has every index of both sides once, in order, and no empty pair."""
    pairs = align(a, b)
    assert [i for i, _ in pairs if i is not None] == list(range(len(a)))
    assert [j for _, j in pairs if j is not None] == list(range(len(b)))
    assert (None, None) not in pairs
    return pairs


@settings(max_examples=150, deadline=None, derandomize=True)
@given(WORDS, WORDS)
def test_both_sides_are_covered_once_and_in_order(a: list[str], b: list[str]):
    """Whatever the texts, no word is lost, doubled or moved."""
    check_covered(a, b)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(WORDS, WORDS)
def test_blocks_alternate_and_cover_both_texts(a: list[str], b: list[str]):
    """Agreement and difference take turns, and an equal block has the same words on both sides."""
    found = blocks(align(a, b), a, b)
    assert [i for block in found for i in block.a] == list(range(len(a)))
    assert [j for block in found for j in block.b] == list(range(len(b)))
    assert all(x.equal != y.equal for x, y in pairwise(found))
    assert all([a[i] for i in x.a] == [b[j] for j in x.b] for x in found if x.equal)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(WORDS)
def test_a_text_agrees_with_itself(a: list[str]):
    """Equal texts are one block of agreement."""
    assert all(i == j for i, j in check_covered(a, a))


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        ([], [], ()),
        (["a"], [], ((0, None),)),
        ([], ["a", "b"], ((None, 0), (None, 1))),
        (["a"], ["a"], ((0, 0),)),
        ([""], [""], ((0, 0),)),
        (["k23s"], ["il28s"], ((0, 0),)),
    ],
)
def test_degenerate_inputs(a: list[str], b: list[str], pairs: tuple):
    """Empty and one-word texts are aligned like any other."""
    assert align(a, b) == pairs


def test_a_misread_word_stands_against_the_right_one():
    """Between agreeing neighbours a substitution is a pair, also when a word was lost beside it."""
    a = ["for", "the", "K23s", "now"]
    b = ["for", "that", "the", "IL28s", "now"]
    assert align(a, b) == ((0, 0), (None, 1), (1, 2), (2, 3), (3, 4))


def test_the_more_alike_word_is_the_partner():
    """A name misread stands against the name, not against the word that was lost beside it."""
    a = ["we", "met", "kuznctsov", "there"]
    b = ["we", "met", "again", "kuznetsov", "there"]
    assert (2, 3) in align(a, b)


PARAGRAPH = words("the talks of the week were of no use to the men of the port and the ships of the line went home")
BEFORE = words("in the spring of the year the harbour was closed to ships of the line")
AFTER = words("after that the grain of the mission came to the town and the men were fed")


@pytest.mark.parametrize("swap", [False, True])
def test_a_paragraph_missing_on_one_side_stays_one_block(swap: bool):
    """Words of a cut paragraph that also stand elsewhere (the, of, ships) do not scatter it over the page."""
    a, b = [*BEFORE, *AFTER], [*BEFORE, *PARAGRAPH, *AFTER]
    if swap:
        a, b = b, a
    check_covered(a, b)
    found = blocks(align(a, b), a, b)
    assert [block.equal for block in found] == [True, False, True]
    assert len(found[1].b or found[1].a) == len(PARAGRAPH)


def test_affine_gaps_keep_a_paragraph_together_without_anchors(monkeypatch: pytest.MonkeyPatch):
    """Where nothing is rare, one long gap is cheaper than pairing its words with others; a flat cost is not so."""
    a, b = words("p of the of q"), words("p zzz and of zzz of the to yy of the of q")
    monkeypatch.setattr(module, "_ANCHOR_WORDS", 99)
    assert sum(not block.equal for block in blocks(check_covered(a, b), a, b)) == 1
    monkeypatch.setattr(module, "_GAP_OPEN", module._GAP_EXTEND)
    assert sum(not block.equal for block in blocks(check_covered(a, b), a, b)) > 1


def test_very_long_stretches_without_anchors_are_still_covered(monkeypatch: pytest.MonkeyPatch):
    """The plain edit distance that takes over above the limit loses no word either."""
    monkeypatch.setattr(module, "_MAX_CELLS", 4)
    check_covered(["a", "b", "a", "b", "c"] * 9, ["b", "a", "c"] * 11)


def test_a_rare_run_of_words_anchors_the_texts():
    """Three words that occur once in each text stand together, however much was put in before them."""
    a = [*PARAGRAPH, "signed", "by", "orchard"]
    b = [*PARAGRAPH, *PARAGRAPH[::-1], *PARAGRAPH, "signed", "by", "orchard"]
    pairs = check_covered(a, b)
    assert pairs[-3:] == tuple((len(a) - n, len(b) - n) for n in (3, 2, 1))


def test_anchors_that_cross_keep_the_longer_chain():
    """Where two passages changed places, one of them stays aligned and the order is kept."""
    short, long = ["one", "two", "three"], ["red", "green", "blue", "white", "black"]
    pairs = check_covered([*short, *long], [*long, *short])
    assert {(3 + n, n) for n in range(5)} <= set(pairs)


def test_blocks_of_given_pairs():
    """A block names the words of both sides, also where one side has none."""
    found = blocks([(0, 0), (None, 1), (1, 2)], ["x", "y"], ["x", "z", "y"])
    assert found == (
        Block(equal=True, a=range(1), b=range(1)),
        Block(equal=False, a=range(1, 1), b=range(1, 2)),
        Block(equal=True, a=range(1, 2), b=range(2, 3)),
    )
