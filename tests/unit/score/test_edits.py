"""Edit scripts: the shortest there is at every length, with counts and errors that fit together."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from corrigenda.score import edits
from corrigenda.score.edits import Edits, character_edits, packed, word_edits
from corrigenda.score.values import Counts
from corrigenda.text import graphemes

WORDS = ("the", "harbour", "of", "consul", "was", "closed", "for", "winter", "and", "mission", "a", "treaty", "note")
LETTERS = "abcdefghijklmnopqrstuvwxyz ,."


def prose(generator: random.Random, words: int) -> str:
    """Made-up prose, in which some words have a figure that makes runs of letters occur once."""
    return " ".join(
        generator.choice(WORDS) + (str(generator.randrange(10**6)) if generator.random() < 0.3 else "")
        for _ in range(words)
    )


def noisy(generator: random.Random, items: Sequence[str], share: float, letters: Sequence[str] = LETTERS) -> list[str]:
    """`items` with about this share of them replaced, dropped or doubled by another."""
    found: list[str] = []
    for item in items:
        if generator.random() >= share:
            found.append(item)
            continue
        how = generator.randrange(3)
        if how:
            found.append(generator.choice(letters))
        if how == 2:
            found.append(item)
    return found


def assert_fits(found: Edits, read: Sequence[str], truth: Sequence[str]) -> None:
    """Check what always holds between the texts, the counts and the errors, and that no script is shorter."""
    counts, errors = found.counts, found.errors
    assert found.exact
    assert counts.errors == Levenshtein.distance(truth, read)
    assert counts.reference == len(truth)
    assert counts.hits + counts.substitutions + counts.insertions == len(read)
    assert all(n > 0 and t != r for (t, r), n in errors.items())
    assert counts.substitutions == sum(n for (t, r), n in errors.items() if t and r)
    assert counts.deletions == sum(n for (t, r), n in errors.items() if t and not r)
    assert counts.insertions == sum(n for (t, r), n in errors.items() if r and not t)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text("ab e\u0301\u0308🇫🇷👩\u200d👧\U000f0000\U000f0001\r\n", max_size=30), st.text(max_size=30))
def test_short_texts_have_the_shortest_script_in_clusters(read: str, truth: str):
    """Whatever the texts hold, the script is that of their grapheme clusters."""
    assert_fits(character_edits(read, truth), graphemes(read), graphemes(truth))
    assert_fits(character_edits(truth, read), graphemes(truth), graphemes(read))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text("ab e\u0301\u0308🇫🇷👩\u200d👧", max_size=20), st.text("ab e\u0301\u0308🇫🇷👩\u200d👧", max_size=20))
def test_the_errors_of_characters_name_the_clusters_themselves(read: str, truth: str):
    """No stand-in ever comes out: what the errors name stands in the texts."""
    found = character_edits(read, truth)
    assert {t for t, _ in found.errors} <= {"", *graphemes(truth)}
    assert {r for _, r in found.errors} <= {"", *graphemes(read)}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=20), st.lists(st.sampled_from(WORDS), max_size=20))
def test_word_scripts_are_the_shortest(read: list[str], truth: list[str]):
    """A word is one item, however long."""
    assert_fits(word_edits(read, truth), read, truth)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.2, 0.6])
@pytest.mark.parametrize("words", [600, 900, 4_000])
def test_texts_around_and_above_the_anchoring_length(words: int, share: float):
    """With little noise anchors abound, with much there are none: the script is the shortest either way."""
    generator = random.Random(words)
    truth = prose(generator, words)
    read = "".join(noisy(generator, truth, share))
    assert_fits(character_edits(read, truth), read, truth)


@pytest.mark.parametrize("share", [0.05, 0.3])
def test_long_sequences_of_words(share: float):
    """Words are anchored on runs of three."""
    generator = random.Random(5)
    truth = prose(generator, 9_000).split()
    read = noisy(generator, truth, share, WORDS)
    assert_fits(word_edits(read, truth), read, truth)


def _shuffled(generator: random.Random, text: str, size: int) -> str:
    blocks = [text[i : i + size] for i in range(0, len(text), size)]
    generator.shuffle(blocks)
    return "".join(blocks)


def _without(text: str, start: float, end: float) -> str:
    return text[: int(start * len(text))] + text[int(end * len(text)) :]


# What is done to a text whose runs of letters all occur once, so that the longest chain of anchors may be a bad one.
MISLEADING = {
    "halves exchanged": lambda _, t: t[len(t) // 2 :] + t[: len(t) // 2],
    "a third to the end": lambda _, t: _without(t, 0.1, 0.43) + t[len(t) // 10 : int(0.43 * len(t))],
    "small blocks shuffled": lambda g, t: _shuffled(g, t, 90),
    "large blocks shuffled": lambda g, t: _shuffled(g, t, 1_700),
    "turned round": lambda _, t: " ".join(reversed(t.split())),
    "the middle lost": lambda _, t: _without(t, 0.2, 0.8),
    "read twice": lambda _, t: f"{t} {t}",
    "all else replaced": lambda _, t: t[:40] + "x" * (len(t) - 80) + t[-40:],
    "nothing shared": lambda _, t: t.translate(
        str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    ),
}


@pytest.mark.parametrize("how", MISLEADING)
def test_anchors_that_mislead_cost_nothing(how: str):
    """Whole columns out of order: where the sum of the pieces is too long, the shortest script is found after all."""
    generator = random.Random(how)
    truth = prose(generator, 1_200)
    read = "".join(noisy(generator, MISLEADING[how](generator, truth), 0.03))
    assert_fits(character_edits(read, truth), read, truth)
    assert_fits(character_edits(truth, read), truth, read)


@pytest.fixture
def misled() -> tuple[list[str], list[str]]:
    """A truth and a reading of words whose longest chain of anchors is not on any shortest path.

    A long unique stretch was moved far away (so its anchors form the chain), while what surrounds it, in which no run
    is unique, stands in place and is longer by far.
    """
    plain = ["a", "b"] * 3_000
    moved = [f"w{i}" for i in range(1_500)]
    return [*moved, *plain], [*plain, *moved]


def test_the_fallback_runs_where_the_pieces_do_not_add_up(misled):
    """The anchored sum is above the distance there, so that only the whole script can be right."""
    read, truth = misled
    pieces = edits._pieces(tuple(read), tuple(truth), 3)
    assert edits._script(pieces).counts.errors > Levenshtein.distance(truth, read)
    assert_fits(word_edits(read, truth), read, truth)


def test_beyond_all_measure_the_sum_of_the_pieces_is_told_as_a_bound(monkeypatch, misled):
    """Where the whole script would take too long, counts are above the least, fit the texts, and say so."""
    monkeypatch.setattr(edits, "_MOST_CELLS", 1)
    read, truth = misled
    found = word_edits(read, truth)
    assert not found.exact
    assert found.counts.errors > Levenshtein.distance(truth, read)
    assert found.counts.reference == len(truth)
    assert found.counts.hits + found.counts.substitutions + found.counts.insertions == len(read)
    assert sum(found.errors.values()) == found.counts.errors


def test_equal_long_texts_have_no_error(monkeypatch):
    """Nothing to find, and nothing in doubt, whatever the limit."""
    monkeypatch.setattr(edits, "_MOST_CELLS", 1)
    text = prose(random.Random(1), 2_000)
    assert character_edits(text, text) == Edits(counts=Counts(hits=len(text)), errors={}, exact=True)


@pytest.mark.parametrize("length", [edits._LONG - 1, edits._LONG, edits._LONG + 1])
@pytest.mark.parametrize("text", ["", "b", "b" * 20_000], ids=["empty", "one letter", "long"])
def test_texts_of_one_letter_have_no_anchor(length: int, text: str):
    """Nothing occurs once there, on either side of the length from which anchors are sought."""
    truth = "a" * length
    assert_fits(character_edits(text, truth), text, truth)
    assert_fits(character_edits(truth, text), truth, text)


CLUSTERS = {
    "an accent of its own": ("cafe\u0301", 4),
    "three marks on one letter": ("q\u0323\u0307\u0308x", 2),
    "a mark with nothing below": ("\u0301a", 2),
    "a flag": ("🇫🇷", 1),
    "two flags": ("🇫🇷🇩🇪", 2),
    "a family": ("👩\u200d👩\u200d👧", 1),
    "a thumb of a colour": ("👍🏽", 1),
    "a keycap": ("1\ufe0f\u20e3", 1),
    "Hangul in parts": ("\u1112\u1161\u11ab", 1),
    "Devanagari": ("नि", 1),
    "a line end in two": ("a\r\nb", 3),
    "Hebrew with points": ("שָׁלוֹם", 4),
}


@pytest.mark.parametrize("what", CLUSTERS)
def test_a_cluster_is_one_character(what: str):
    """Lost, it is as many deletions as it has clusters; misread by one letter, one substitution at the first."""
    text, clusters = CLUSTERS[what]
    assert character_edits("", text).counts == Counts(deletions=clusters)
    assert character_edits(text, "").counts == Counts(insertions=clusters)
    assert character_edits(text, text).counts == Counts(hits=clusters)
    assert sum(character_edits("", text).errors.values()) == clusters


def test_marks_that_belong_to_the_letter_before_are_part_of_the_error():
    """The accent that was lost makes one wrong character, which the errors name whole."""
    decomposed = unicodedata.normalize("NFD", "é")
    found = character_edits("cafe", f"caf{decomposed}")
    assert (found.counts, dict(found.errors)) == (Counts(hits=3, substitutions=1), {(decomposed, "e"): 1})


def test_private_characters_of_the_text_keep_their_meaning():
    """Medieval fonts use private code points; a cluster must not be put in the place of one of them."""
    text = "\U000f0000\U000f0001e\u0301\uf160"
    (ours, theirs), names = packed((text, "e\u0301"))
    assert (len(ours), len(theirs)) == (4, 1)
    assert set(names).isdisjoint(text)
    assert character_edits("\U000f0000", "e\u0301").counts == Counts(substitutions=1)
    assert dict(character_edits("\U000f0000x", "e\u0301x").errors) == {("e\u0301", "\U000f0000"): 1}


def test_stand_ins_agree_between_the_texts():
    """The same cluster in both is a hit, also where a text is long enough to be anchored."""
    generator = random.Random(2)
    truth = prose(generator, 1_500).replace("e", "e\u0308").replace("consul", "🇫🇷")
    read = "".join(noisy(generator, graphemes(truth), 0.05, ["x", "👩\u200d👧", "u\u0308\u0301"]))
    assert_fits(character_edits(read, truth), graphemes(read), graphemes(truth))


def test_words_that_look_alike_are_different_words():
    """Words are compared as they are given: no case, accent or mark is folded here."""
    read, truth = ["Soviet", "café"], ["soviet", "cafe\u0301"]
    assert word_edits(read, truth).counts == Counts(substitutions=2)
    assert word_edits((), ("a b", "a b")).errors == {("a b", ""): 2}
