"""The neural model beside a slow one that is written down word for word from the definition."""

from __future__ import annotations

from math import cos, exp, log, sin, sqrt

import numpy as np
import pytest

from corrigenda.language.transformer import Layer, Transformer

HEADS, KEY_HEADS, SIZE, WIDTH, UNITS, VOCABULARY = 4, 2, 6, 24, 10, 17
BASE, EPSILON = 50.0, 1e-5


@pytest.fixture(scope="module")
def model() -> Transformer:
    """Three layers with weights by chance."""
    random = np.random.default_rng(5)

    def drawn(*shape: int) -> np.ndarray:
        return random.normal(0, 0.4, shape).astype(np.float32)

    def layer() -> Layer:
        return Layer(
            attention_norm=1 + drawn(WIDTH), query=drawn(HEADS * SIZE, WIDTH), key=drawn(KEY_HEADS * SIZE, WIDTH),
            value=drawn(KEY_HEADS * SIZE, WIDTH), output=drawn(WIDTH, HEADS * SIZE), feed_forward_norm=1 + drawn(WIDTH),
            gate=drawn(UNITS, WIDTH), up=drawn(UNITS, WIDTH), down=drawn(WIDTH, UNITS),
        )  # fmt: skip

    return Transformer(
        embedding=drawn(VOCABULARY, WIDTH), layers=(layer(), layer(), layer()), norm=1 + drawn(WIDTH),
        heads=HEADS, key_heads=KEY_HEADS, epsilon=EPSILON, base=BASE,
    )  # fmt: skip


def by_the_book(model: Transformer, tokens: list[int]) -> list[np.ndarray]:
    """The log probabilities of all tokens after each of `tokens`, figure by figure in double precision."""

    def normed(x, weight):
        return x / sqrt(sum(x * x) / len(x) + EPSILON) * weight

    def turned(x, position):
        out = np.empty(SIZE)
        for i in range(0, SIZE, 2):
            angle = position * BASE ** (-i / SIZE)
            out[i] = x[i] * cos(angle) - x[i + 1] * sin(angle)
            out[i + 1] = x[i] * sin(angle) + x[i + 1] * cos(angle)
        return out

    states = [model.embedding[t].astype(np.float64) for t in tokens]
    for layer in model.layers:
        keys, values = [], []
        for at, state in enumerate(states):
            h = normed(state, layer.attention_norm)
            key, value = layer.key @ h, layer.value @ h
            keys.append([turned(key[k * SIZE : (k + 1) * SIZE], at) for k in range(KEY_HEADS)])
            values.append([value[k * SIZE : (k + 1) * SIZE] for k in range(KEY_HEADS)])
            query, found = layer.query @ h, []
            for head in range(HEADS):
                own = turned(query[head * SIZE : (head + 1) * SIZE], at)
                shared = head // (HEADS // KEY_HEADS)
                weights = [exp(sum(own * keys[before][shared]) / sqrt(SIZE)) for before in range(at + 1)]
                found.append(sum(w * values[b][shared] for b, w in enumerate(weights)) / sum(weights))
            x = state + layer.output @ np.concatenate(found)
            h = normed(x, layer.feed_forward_norm)
            gate = layer.gate @ h
            states[at] = x + layer.down @ (gate / (1 + np.exp(-gate)) * (layer.up @ h))
    said = [model.embedding @ normed(x, model.norm) for x in states]
    return [s - log(sum(np.exp(s))) for s in said]


def expected(model: Transformer, before: list[int], continuation: list[int]) -> list[float]:
    """What the definition says of each token of a continuation."""
    after = by_the_book(model, [*before, *continuation])
    return [float(after[len(before) - 1 + i][token]) for i, token in enumerate(continuation)]


def test_every_token_is_as_likely_as_the_definition_says(model):
    """Continuations of several lengths, and one of one token, which is told from the past alone."""
    before, continuations = [0, 3, 3, 16, 7], [[5], [1, 2, 3, 4], [9, 9]]

    found = model.log_probabilities(model.read(before), continuations)

    for own, continuation in zip(found, continuations, strict=True):
        assert own == pytest.approx(expected(model, before, continuation), abs=2e-4)


def test_the_probabilities_of_all_tokens_sum_to_one(model):
    """Nothing is left over for tokens that are not there."""
    told = model.log_probabilities(model.read([4, 8]), [[token] for token in range(VOCABULARY)])

    assert sum(exp(one) for (one,) in told) == pytest.approx(1, abs=1e-5)


def test_what_was_read_for_later_places_serves_earlier_ones(model):
    """A past that is cut short is that of a shorter reading."""
    whole = model.read([2, 11, 5, 6, 1, 13])

    told = model.log_probabilities(whole.first(3), [[6, 1], [10]])
    shorter = model.log_probabilities(model.read([2, 11, 5]), [[6, 1], [10]])

    assert told == [pytest.approx(own, abs=1e-5) for own in shorter]


def test_a_continuation_is_the_same_alone_and_beside_longer_ones(model):
    """What fills up the shorter ones is not seen."""
    past = model.read([1, 2, 3])

    (alone,) = model.log_probabilities(past, [[4, 5]])
    beside, _ = model.log_probabilities(past, [[4, 5], [6, 7, 8, 9, 10]])

    assert beside == pytest.approx(alone, abs=1e-5)


def test_nothing_that_follows_has_no_probabilities(model):
    """A speck at the end of a text has nothing behind it."""
    past = model.read([1])

    assert model.log_probabilities(past, [[], []]) == [[], []]
    assert model.log_probabilities(past, []) == []
    assert [len(one) for one in model.log_probabilities(past, [[], [3]])] == [0, 1]
