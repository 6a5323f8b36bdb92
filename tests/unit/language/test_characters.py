"""The model of spelling: the formulas again, and what it is for."""

from __future__ import annotations

import math
import random

import pytest

from corrigenda.language.characters import SPELLING_ORDER, SpellingModel, spelling_tables

SYLLABLES = ("ka", "re", "nov", "ski", "tor", "men", "t", "al", "in", "po")


def words(number: int, seed: int) -> list[str]:
    """Made-up words of a few syllables."""
    chance = random.Random(seed)
    return sorted({"".join(chance.choices(SYLLABLES, k=chance.randrange(1, 5))) for _ in range(number)})


def test_a_spelling_has_the_probability_of_the_formulas(reference):
    """Whole and not pruned, to what half-precision numbers can hold."""
    known = words(400, seed=1)
    letters = sorted(set("".join(known)))
    symbols = {letter: i for i, letter in enumerate(letters, 3)}
    expected = reference([[symbols[c] for c in word] for word in known], SPELLING_ORDER, len(letters) + 3)
    model = SpellingModel(spelling_tables(known, threshold=0.0))
    for word in [*known[:50], "karenov", "tttt", "xaver", "ik", ""]:
        whole = [1, *(symbols.get(c, 0) for c in word), 2]
        logs = [
            math.log(expected.probability(tuple(whole[max(0, i - SPELLING_ORDER + 1) : i]), whole[i]))
            for i in range(1, len(whole))
        ]
        assert model.log_probability(word) == pytest.approx(sum(logs), rel=2e-3)


def test_words_of_one_and_two_letters_have_their_share():
    """All spellings together have probability one: the short ones and the beginnings of all others add up to it."""
    model = SpellingModel(spelling_tables(["a", "b", "ab", "ba", "aa"] * 3, threshold=0.0))
    short = sum(math.exp(model.log_probability(word)) for word in ("", "a", "b", "ab", "ba", "aa", "bb"))
    assert 0.3 < short < 1


def test_what_looks_like_a_word_is_likelier_than_what_does_not():
    """A new word of old syllables beats its letters in another order, and letters never met are worst."""
    model = SpellingModel(spelling_tables(words(400, seed=1), threshold=0.2))
    assert model.log_probability("menkatalnov") > model.log_probability("mnkaatlnvoe")
    assert model.log_probability("kanov") > model.log_probability("kßnov") > model.log_probability("kßßov")


def test_a_higher_threshold_makes_a_smaller_model():
    """Pruning drops letters' n-grams, and the tables stay in step."""
    whole, pruned = (spelling_tables(words(400, seed=1), threshold=threshold) for threshold in (0.0, 1.0))
    assert len(whole.key) > len(pruned.key) == len(pruned.log) == len(pruned.rest)
    assert (pruned.key[1:] > pruned.key[:-1]).all()


def test_the_order_of_words_and_their_number_do_not_matter():
    """Each word counts once."""
    some = words(100, seed=2)
    one, two = (spelling_tables(given, threshold=0.1) for given in (some, [*some[::-1], *some[:30]]))
    assert one.letters == two.letters
    assert [a.tobytes() for a in (one.key, one.log, one.rest)] == [a.tobytes() for a in (two.key, two.log, two.rest)]
