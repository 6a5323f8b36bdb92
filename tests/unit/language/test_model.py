"""The look-up: the probabilities of the formulas, however many are asked for at once, and what the code books cost."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from corrigenda.language import kneser_ney
from corrigenda.language.build import build_language
from corrigenda.language.characters import SpellingModel, spelling_tables
from corrigenda.language.model import ARRAYS, About, LanguageModel, TextSource, tables
from corrigenda.language.words import SPECIAL

BEGIN, END = 1, 2
EXACT = 1 << 31  # more codes than there are different probabilities
ABOUT = About(
    name="small",
    version="1",
    created="2025-01-01",
    ngrams=(1, 1, 1),
    discounts=((0.5, 1.0, 1.5),) * 3,
    least=(1, 1),
    thresholds=(0.0, 0.0),
    spelling_order=6,
    spelling_threshold=0.0,
    sources=(TextSource(name="text", sha256="0", words=1),),
)


@pytest.fixture(scope="module")
def levels(training, symbols, stream):
    """The whole model, not coded."""
    return kneser_ney.estimate(kneser_ney.count_ngrams([stream(training)], 3), symbols)


def model(levels, symbols: int, codes: int = EXACT) -> LanguageModel:
    """A model of words that are called by their numbers."""
    return LanguageModel(
        vocabulary=[*SPECIAL, *map(str, range(len(SPECIAL), symbols))],
        tables=tables(levels, codes),
        spelling=SpellingModel(spelling_tables(["word"], threshold=0.0)),
        about=ABOUT,
    )


def places(sequences) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What is asked for the words of sequences and their ends: two words before, one word before, the word."""
    asked = []
    for sequence in sequences:
        whole = [BEGIN, BEGIN, *sequence, END]
        asked += zip(whole, whole[1:], whole[2:], strict=False)
    return tuple(np.array(column, np.uint16) for column in zip(*asked, strict=True))


def total(model: LanguageModel, first: int, second: int) -> float:
    """The sum of the probabilities of all words after two."""
    every = np.arange(len(model.vocabulary), dtype=np.uint16)
    context = np.array([first], np.uint16), np.array([second], np.uint16)
    return float(np.exp(model.log_probability(*context, every).astype(np.float64)).sum())


def perplexity(model: LanguageModel, sequences) -> float:
    """Of the words of sequences and their ends."""
    return math.exp(-model.log_probability(*places(sequences)).astype(np.float64).mean())


PRUNED = {"least": (1, 2), "thresholds": (0.3, 0.5)}


@pytest.mark.parametrize("pruned", [False, True], ids=["whole", "pruned"])
def test_the_perplexity_is_that_of_the_formulas(reference, training, unseen, symbols, levels, pruned):
    """On text that was not seen, with words and histories that were not, to six decimals."""
    expected = reference(training, 3, symbols)
    if pruned:
        levels = kneser_ney.prune(levels, **PRUNED)
        for level in levels[1:]:
            expected.kept[level.order] = {
                tuple(int(key) >> 16 * place & 0xFFFF for place in range(level.order - 1, -1, -1)) for key in level.keys
            }
    for text in (training, unseen):
        assert perplexity(model(levels, symbols), text) == pytest.approx(expected.perplexity(text), rel=1e-6)


@pytest.mark.parametrize("pruned", [False, True], ids=["whole", "pruned"])
def test_probabilities_add_up_to_one(training, symbols, levels, pruned):
    """After two words that were met together, after two that never were, and at the beginning of a paragraph."""
    if pruned:
        levels = kneser_ney.prune(levels, **PRUNED)
    exact = model(levels, symbols)
    seen = {(a, b) for sequence in training for a, b in pairwise(sequence)}
    never = [(a, b) for a in range(5, 30) for b in range(5, 30) if (a, b) not in seen]
    assert len(never) > 100
    for first, second in [(BEGIN, BEGIN), *sorted(seen), *never]:
        assert total(exact, first, second) == pytest.approx(1, abs=1e-5)


def test_a_word_that_was_not_met_after_these_two_is_foreseen_by_fewer(reference, training, symbols, levels):
    """Each of the three ways of a look-up is gone, and gives what the formulas give."""
    expected = reference(training, 3, symbols)
    exact = model(levels, symbols)
    ways = {"trigram": 0, "bigram": 0, "word": 0}
    for first in range(5, 30):
        for second in range(5, 30):
            for word in range(2, 60):
                gram = (first, second, word)
                ways[
                    "trigram" if gram in expected.counts[3] else "bigram" if gram[1:] in expected.counts[2] else "word"
                ] += 1
                if (first * second * word) % 37 == 0:
                    found = exact.log_probability(*(np.array([n], np.uint16) for n in gram))
                    assert found[0] == pytest.approx(math.log(expected.probability(gram[:2], word)), abs=1e-5)
    assert min(ways.values()) > 100


def test_many_questions_at_once_have_the_answers_of_each_alone(unseen, symbols, levels):
    """Look-up of arrays is look-up of their elements; a context may be one for many words."""
    exact = model(levels, symbols)
    asked = places(unseen)
    at_once = exact.log_probability(*asked)
    assert at_once.dtype == np.float32
    one_by_one = [exact.log_probability(*(column[i : i + 1] for column in asked))[0] for i in range(len(at_once))]
    assert at_once.tolist() == one_by_one
    for words in (asked[2][:7], asked[2][:0]):
        answers = exact.log_probability(asked[0][:1], asked[1][:1], words)
        same = [exact.log_probability(asked[0][:1], asked[1][:1], words[i : i + 1])[0] for i in range(len(words))]
        assert answers.tolist() == same


def test_one_byte_for_a_probability_costs_next_to_nothing(training, unseen, symbols, levels):
    """No logarithm is off by more than a step of the code book, sums stay within 1%, perplexity within 0.5%."""
    exact, coded = model(levels, symbols), model(levels, symbols, codes=256)
    assert coded.tables.trigram_code.dtype == np.uint8
    asked = places([*training, *unseen])
    error = np.abs(exact.log_probability(*asked) - coded.log_probability(*asked))
    books = (exact.tables.bigram_book, exact.tables.history_book, exact.tables.trigram_book)
    assert 0 < error.max() <= sum(np.ptp(book) for book in books[:2]) / 256
    assert perplexity(coded, unseen) == pytest.approx(perplexity(exact, unseen), rel=0.005)
    for first, second in zip(*asked[:2], strict=True):
        assert total(coded, first, second) == pytest.approx(1, abs=0.01)


def test_words_and_ids(symbols, levels):
    """What is not in the vocabulary has the id of an unknown word."""
    made = model(levels, symbols)
    assert made.ids(["<s>", "7", "never"]).tolist() == [1, 7, 0]
    assert (made.id("8"), made.id("never"), made.known("8"), made.known("never")) == (8, 0, True, False)


def test_a_model_does_not_change(edition):
    """Its parts cannot be replaced, its arrays not written."""
    built = build_language([edition], name="n", version="1", created="2025-01-01", thresholds=(0.0, 0.0))
    with pytest.raises(AttributeError):
        built.vocabulary = ()
    for name in ARRAYS:
        with pytest.raises(ValueError, match="read-only"):
            getattr(built.tables, name)[0] = 0
