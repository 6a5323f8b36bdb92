"""The words of a difference are paired as finely as their letters tell."""

from __future__ import annotations

import pytest

from corrigenda.edition.pieces import BARRIERS, pieces

PAGE, EDITION = BARRIERS


def told(ours: str, theirs: str) -> list[tuple[str, str]]:
    """The pieces of two made-up stretches, as words."""
    a, b = ours.split(), theirs.split()
    found = pieces(a, b)
    return [(" ".join(a[p.a.start : p.a.stop]), " ".join(b[p.b.start : p.b.stop])) for p in found]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("thc hcuse", "the house", [("thc", "the"), ("hcuse", "house")]),
        ("mis sion wes", "mission was", [("mis sion", "mission"), ("wes", "was")]),
        ("ofthe hcuse", "of the house", [("ofthe", "of the"), ("hcuse", "house")]),
        ("i mis sicn", "mission", [("i", ""), ("mis sicn", "mission")]),
        ("hcuse", "old house", [("", "old"), ("hcuse", "house")]),
        ("hcuse old", "house", [("hcuse", "house"), ("old", "")]),
        ("fonmin said", "foreign minister said", [("fonmin", "foreign minister"), ("said", "said")]),
        ("make xyz", "that", [("make xyz", "that")]),
        ("make xyz", "that old", [("make", "that"), ("xyz", "old")]),
    ],
)
def test_words_are_paired_with_what_they_are_like(ours: str, theirs: str, expected: list[tuple[str, str]]):
    """Torn and joined words as one; what is like nothing by itself, or one by one where both have as many."""
    assert told(ours, theirs) == expected


def test_a_mark_takes_what_is_like_nothing_beside_it():
    """The words that are like each other on either side of it are told apart."""
    ours, theirs = ["thc", PAGE, "hcuse"], ["the", "old", "grain", "of", "the", "house"]
    assert [(list(p.a), list(p.b), p.marked) for p in pieces(ours, theirs)] == [
        ([0], [0], False),
        ([1], [1, 2, 3, 4], True),
        ([2], [5], False),
    ]


def test_words_beside_a_mark_of_the_page_are_more_than_the_edition_has():
    """A mark covers what the edition prints, not what the page itself has next to it."""
    found = pieces(["xyz", PAGE], ["old", "grain"])
    assert [(list(p.a), list(p.b), p.marked) for p in found] == [([0], [], False), ([1], [0, 1], True)]


def test_a_mark_of_the_edition_covers_words_of_the_page():
    """What the edition withholds the page may show."""
    (found,) = pieces(["old", "grain"], [EDITION])
    assert (list(found.a), list(found.b), found.marked) == ([0, 1], [0], True)


def test_a_long_stretch_is_cut_where_long_words_are_alike():
    """Sixty misread words in a row are paired all the same."""
    words = [f"mission{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(60)]
    found = pieces([f"x{w}" for w in words], words)
    assert [(list(p.a), list(p.b)) for p in found] == [([i], [i]) for i in range(60)]


def test_the_stretch_of_unlike_words_is_known_to_each_of_them():
    """A sentence for a sentence is not five words for five."""
    found = pieces(["make", "xyz", "qrs"], ["that", "old", "two"])
    assert [list(p.stretch) for p in found] == [[0, 1, 2]] * 3
