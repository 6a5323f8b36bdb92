"""The estimation agrees with the formulas, and nothing of the probability is lost or made."""

from __future__ import annotations

import numpy as np
import pytest

from corrigenda.language import kneser_ney


def grams(level: kneser_ney.Level) -> list[tuple[int, ...]]:
    """The n-grams of a level as symbols."""
    return [
        tuple(int(key) >> level.bits * place & (1 << level.bits) - 1 for place in range(level.order - 1, -1, -1))
        for key in level.keys
    ]


@pytest.fixture(scope="module")
def counted(training, stream):
    """Counts of the orders 1 to 3."""
    return kneser_ney.count_ngrams([stream(training)], 3)


@pytest.fixture(scope="module")
def levels(counted, symbols) -> list[kneser_ney.Level]:
    """The whole model."""
    return kneser_ney.estimate(counted, symbols)


@pytest.mark.parametrize(("order", "bits"), [(2, 16), (3, 16), (4, 16), (6, 8)])
def test_counts_discounts_and_probabilities_are_those_of_the_formulas(
    reference, training, symbols, stream, order, bits
):
    """Every n-gram that was met has the count, the discount and the probability that plain dictionaries give."""
    expected = reference(training, order, symbols)
    levels = kneser_ney.estimate(kneser_ney.count_ngrams([stream(training)], order, bits), symbols, bits)
    assert len(levels) == order
    for level, logs in zip(levels, kneser_ney.log_probabilities(levels), strict=True):
        n = level.order
        assert level.discounts == pytest.approx(expected.discounts[n], rel=1e-12)
        for gram, count, log in zip(grams(level), level.counts.tolist(), logs.tolist(), strict=True):
            assert count == expected.counts[n].get(gram, 0)
            if gram != (1,):  # nothing predicts the beginning
                assert np.exp(log) == pytest.approx(expected.probability(gram[:-1], gram[-1]), rel=1e-10)
        assert expected.counts[n].keys() <= set(grams(level))


def test_the_small_text_is_large_enough_for_the_formulas(levels):
    """None of its discounts is a plain one, or the test above would show less than it says."""
    assert not [level for level in levels if 0.5 in level.discounts]


def test_several_streams_are_one_text(training, stream, counted):
    """Counting volume by volume gives what counting all at once does."""
    parts = kneser_ney.count_ngrams([stream(training[:100]), stream(training[100:101]), stream(training[101:])], 3)
    for (keys, counts), (keys_at_once, counts_at_once) in zip(parts, counted, strict=True):
        assert keys.tolist() == keys_at_once.tolist()
        assert counts.tolist() == counts_at_once.tolist()


def test_an_ngram_does_not_run_over_the_end_of_a_sequence(stream):
    """What stands at the end of one paragraph is no history for the next."""
    unigrams, bigrams, trigrams = kneser_ney.count_ngrams([stream([[5], [6, 7]])], 3)
    assert [key >> 16 * 2 for key in trigrams[0].tolist()] == [1, 1, 6]
    assert bigrams[0].tolist() == sorted((a << 16) + b for a, b in [(1, 5), (5, 2), (1, 6), (6, 7), (7, 2)])
    assert unigrams[0].tolist() == [2, 5, 6, 7]


@pytest.mark.parametrize(
    "counts",
    [[1, 1, 2, 3], [1, 1, 2, *[3] * 9, 4]],
    ids=["no count of four", "a discount below nothing"],
)
def test_a_text_too_small_for_the_formulas_gets_plain_discounts(counts):
    """A page of text still makes a model."""
    assert kneser_ney.discounts(np.array(counts)) == (0.5, 1.0, 1.5)


def test_orders_that_do_not_fit_into_a_key_are_refused(training, stream):
    """Five words of 16 bits are more than 64."""
    with pytest.raises(ValueError, match="2 to 4 symbols"):
        kneser_ney.count_ngrams([stream(training)], 5)


PRUNINGS = [((1, 2), (0.0, 0.0)), ((2, 3), (0.0, 0.0)), ((1, 1), (0.3, 0.5)), ((1, 2), (0.4, 0.7))]


@pytest.mark.parametrize(("least", "thresholds"), PRUNINGS)
def test_a_pruned_model_is_that_of_the_formulas_with_what_is_left(
    reference, training, symbols, levels, least, thresholds
):
    """What is dropped goes to the shorter history: so the reference says too, told which n-grams stay."""
    pruned = kneser_ney.prune(levels, least=least, thresholds=thresholds)
    assert 0 < len(pruned[2].keys) < len(levels[2].keys)
    expected = reference(training, 3, symbols)
    expected.kept |= {level.order: set(grams(level)) for level in pruned}
    for level, logs in zip(pruned[1:], kneser_ney.log_probabilities(pruned)[1:], strict=True):
        for gram, log in zip(grams(level), logs.tolist(), strict=True):
            assert np.exp(log) == pytest.approx(expected.probability(gram[:-1], gram[-1]), rel=1e-10)


def test_pruning_drops_what_is_rare_or_foreseen_and_no_history(levels):
    """The bigrams that begin a trigram stay, whatever they are worth themselves; all other counts are as asked."""
    pruned = kneser_ney.prune(levels, least=(3, 2), thresholds=(0.0, 0.0))
    assert pruned[2].counts.min() == 2
    histories = {gram[:2] for gram in grams(pruned[2])}
    rare = {gram for gram, count in zip(grams(pruned[1]), pruned[1].counts, strict=True) if count < 3}
    assert rare
    assert rare <= histories <= set(grams(pruned[1]))


def test_nothing_is_pruned_that_is_not_asked_for(levels):
    """The least thresholds leave the model as it is."""
    for before, after in zip(levels, kneser_ney.prune(levels, least=(1, 1), thresholds=(0.0, 0.0)), strict=True):
        assert np.array_equal(before.keys, after.keys)
        assert np.allclose(before.rest, after.rest)


def test_a_higher_threshold_keeps_what_is_worth_more(levels):
    """Of the n-grams met equally often after the same history those stay that the shorter history foresees least."""
    kept = [set(grams(kneser_ney.prune(levels, least=(1, 1), thresholds=(0.0, worth))[2])) for worth in (0.2, 0.5, 1.0)]
    assert kept[0] > kept[1] > kept[2]
