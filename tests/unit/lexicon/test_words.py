"""Looking words up, and finding what is near them."""

from __future__ import annotations

import logging
import random
import re
import subprocess
import sys

import pytest
from rapidfuzz.distance import OSA

from corrigenda.lexicon.entries import Entry
from corrigenda.lexicon.values import Lexicon
from corrigenda.lexicon.words import MAX_DISTANCE, MIN_CANDIDATE, Near, WordIndex
from corrigenda.text import word_form


def index(**totals: int) -> WordIndex:
    """An index over made-up words with these totals."""
    return indexed(totals)


def indexed(totals: dict[str, int]) -> WordIndex:
    """An index over words that cannot be keywords."""
    entries = {
        word: Entry(total=total, lower=total, capital=0, upper=0, documents=1, volumes=1)
        for word, total in totals.items()
    }
    return WordIndex(
        Lexicon(name="l", version="1", created="", parameters={}, totals={}, sources=(), entries=entries, sha256="")
    )


@pytest.mark.parametrize("word", ["khrushchev", "KHRUSHCHEV", "Khrushchev’s", "khrushchev's", "Khrushchev’"])
def test_a_word_is_known_in_any_case_and_with_its_possessive(word: str):
    """Case, typographic quotes and a possessive s do not make a known word unknown."""
    assert index(khrushchev=9).count(word) == 9


def test_a_possessive_counted_by_itself_wins_over_the_bare_word():
    """The form as it stands is the better witness."""
    assert indexed({"it's": 4, "it": 90}).count("It’s") == 4


def test_an_abbreviation_is_known_without_its_last_dot():
    """The core of a token loses the last dot of U.S., and must still be known."""
    words = indexed({"u.s.": 5})
    assert words.count("U.S") == words.count("U.S.") == words.count("U.S.’s") == 5


def test_an_unknown_word_has_no_entry_and_counts_zero():
    """Not known is None, not an empty entry; a lone possessive mark is no word."""
    words = index(peace=9)
    assert words.entry("pcace") is None
    assert words.count("pcace") == 0
    assert words.entry("'s") is None


def test_near_words_come_nearest_first_then_most_frequent():
    """Order is by distance, count, then the alphabet, so that the best is first and ties are stable."""
    words = index(quarantine=50, quarantined=20, talks=70, balks=90, walks=70, tanks=400)
    assert words.near("quaranline", 2)[0] == Near(term="quarantine", count=50, distance=1)
    assert [near.term for near in words.near("xalks", 1)] == ["balks", "talks", "walks"]
    assert [near.term for near in words.near("xalks", 2)] == ["balks", "talks", "walks", "tanks"]


def test_swapped_letters_are_one_edit():
    """Neighbours swapped are one slip of a reader, not two."""
    assert index(receive=50).near("recieve", 1) == (Near(term="receive", count=50, distance=1),)


def test_rare_words_and_designators_are_known_but_not_offered():
    """What was met seven times may be a misprint of the edition; offering it, or a designator, would do harm."""
    words = indexed({"oppostion": 7, "opposition": 8, "il-28": 90, "s": 90})
    assert [near.term for near in words.near("oppostion", 2)] == ["opposition"]
    assert words.near("il-38", 2) == ()
    assert words.entry("oppostion") is not None


def test_at_most_eighty_are_offered():
    """Short words have hundreds of neighbours; only the best are of use."""
    words = indexed({f"{a}{b}d": 10 + ord(a) for a in "abcdefghijklmnopqrst" for b in "aeiou"})
    found = words.near("xxd", 2)
    assert len(found) == 80
    assert found[0].term == "tad"


@pytest.mark.parametrize("distance", [0, MAX_DISTANCE + 1])
def test_a_distance_that_cannot_be_answered_is_refused(distance: int):
    """What reaches too far must not get a partial answer."""
    with pytest.raises(ValueError, match=f"distance must be 1 to {MAX_DISTANCE}"):
        index(peace=9).near("peace", distance)


def test_three_edits_away_is_found_as_one_or_two_are():
    """The furthest are asked for where nothing is nearer, and the nearer ones are found with them."""
    words = index(quarantine=50, quarantined=20, peace=70)
    assert words.near("quxxxntine", 3) == (Near(term="quarantine", count=50, distance=3),)
    assert [near.distance for near in words.near("quarantine", 3)] == [0, 1]


def test_no_near_word_is_passed_over():
    """What is told by letters and lengths alone gives just the words that measuring every one of them would."""
    chance = random.Random(5)
    made = {"".join(chance.choices("abené'", k=chance.randrange(2, 9))).strip("'"): MIN_CANDIDATE for _ in range(500)}
    words, offered = indexed(made), [w for w in made if re.fullmatch(r"[a-zé]{2,}('[a-zé]+)*", w)]
    for asked in chance.sample(sorted(made), 60):
        for distance in range(1, MAX_DISTANCE + 1):
            measured = sorted((OSA.distance(word_form(asked), w), w) for w in offered)
            found = words.near(asked, distance)
            assert [(n.distance, n.term) for n in found] == [m for m in measured if m[0] <= distance][:80]


@pytest.mark.parametrize(
    ("part", "at_end", "found"),
    [
        ("Quar", True, ("quarantine", "quarantined", "quarter")),
        ("ine", False, ("quarantine",)),
        ("quarantined", True, ()),
        ("xq", True, ()),
    ],
)
def test_longer_words_are_found_by_their_beginning_or_end(part: str, *, at_end: bool, found: tuple[str, ...]):
    """Where letters were lost at the edge of a page the most frequent comes first, and the part itself is no answer."""
    words = indexed({"quarantine": 50, "quarantined": 20, "quarter": 20, "quart": 7, "peace": 90})
    assert words.with_edge(part, at_end=at_end) == found


def test_a_short_word_is_familiar_only_where_it_is_met_often():
    """General English has nearly every short one, and so have dirt and torn words."""
    words = index(ship=1, ice=30, ace=29)
    assert [words.familiar(word) for word in ("ship", "ICE", "ace", "ern", "whisper")] == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_general_english_knows_what_government_prose_lacks():
    """British and literary words are protected though the lexicon has never met them."""
    words = index(peace=9)
    assert words.general("Colour")
    assert words.general("whisper’s")
    assert not words.general("quaranline")


def test_importing_attaches_no_log_handler():
    """The library under the adapter writes to standard error by itself; with the adapter it does not."""
    code = (
        "import logging, corrigenda.lexicon.words\n"
        "assert not logging.getLogger('symspellpy').handlers\n"
        "assert not logging.getLogger().handlers\n"
    )
    assert not logging.getLogger("symspellpy").handlers
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
