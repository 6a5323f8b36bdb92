"""A small neural language model: how likely words are after all that stands before them, by a Llama in numpy.

Only what is needed to weigh given words is here: nothing is ever generated. The layers are those of Llama (Touvron et
al. 2023): RMS norms, rotary positions with neighbouring figures in pairs, grouped-query attention (Ainslie et al. 2023)
and SwiGLU. `files.neural` reads the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Cache", "Layer", "Transformer"]

Array = npt.NDArray[np.float32]
_UNSEEN = np.float32(-1e30)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Layer:
    """The weights of a layer, each (out, in), but for the two norms (D).

    `gate`, `up` and `down` are those of SwiGLU.
    """

    attention_norm: Array
    query: Array
    key: Array
    value: Array
    output: Array
    feed_forward_norm: Array
    gate: Array
    up: Array
    down: Array


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Cache:
    """The key-value cache of T tokens that were read, to go on from.

    `keys` and `values` are (layers, key heads, T, head size), `states` (T, D) is what the next token is told from.
    """

    keys: Array
    values: Array
    states: Array

    def first(self, count: int) -> Cache:
        """The same after the first `count` tokens."""
        return Cache(keys=self.keys[:, :, :count], values=self.values[:, :, :count], states=self.states[:count])


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Transformer:
    """A language model of tokens: `embedding` (V, D) serves at both ends, `heads` share `key_heads`.

    `epsilon` is that of the norms, `base` that of the rotary positions.
    """

    embedding: Array
    layers: tuple[Layer, ...]
    norm: Array
    heads: int
    key_heads: int
    epsilon: float
    base: float

    def read(self, tokens: Sequence[int]) -> Cache:
        """What the model keeps of `tokens`, at least one."""
        states, keys, values = self._through(np.array([tokens]), None)
        return Cache(keys=keys[:, 0], values=values[:, 0], states=states[0])

    def log_probabilities(self, cache: Cache, continuations: Sequence[Sequence[int]]) -> list[list[float]]:
        """The natural log probability of each token of each of the `continuations`, each right after `cache`."""
        longest = max((len(one) for one in continuations), default=0)
        if not longest:
            return [[] for _ in continuations]
        tokens = np.array([[*one, *[0] * (longest - len(one))] for one in continuations])
        before = np.broadcast_to(cache.states[-1], (len(tokens), 1, cache.states.shape[1]))
        if longest > 1:
            states, _, _ = self._through(tokens[:, :-1], cache)
            before = np.concatenate([before, states], axis=1)
        said = before @ self.embedding.T
        top = said.max(axis=-1)
        whole = top + np.log(np.exp(said - top[..., None]).sum(axis=-1))
        own = np.take_along_axis(said, tokens[..., None], axis=-1)[..., 0] - whole
        return [own[i, : len(one)].tolist() for i, one in enumerate(continuations)]

    def _through(self, tokens: npt.NDArray[np.int64], cache: Cache | None) -> tuple[Array, Array, Array]:
        """States (B, T, D), keys and values (layers, B, key heads, T, head size) of `tokens` (B, T) after `cache`."""
        batch, length = tokens.shape
        start = len(cache.states) if cache else 0
        turn = self._turn(start, length)
        # A token sees all that was read before, and of its own line no token that comes after it.
        mask = np.triu(np.full((length, length), _UNSEEN), 1)
        x = self.embedding[tokens]
        kept: list[tuple[Array, Array]] = []
        for number, layer in enumerate(self.layers):
            h = self._normed(x, layer.attention_norm)
            query = _turned(_parted(h @ layer.query.T, self.heads), turn)
            key = _turned(_parted(h @ layer.key.T, self.key_heads), turn)
            value = _parted(h @ layer.value.T, self.key_heads)
            kept.append((key, value))
            seen = (cache.keys[number][None], cache.values[number][None]) if cache else None
            found = self._attention(query, key, value, seen, mask)
            x = x + found.transpose(0, 2, 1, 3).reshape(batch, length, -1) @ layer.output.T
            h = self._normed(x, layer.feed_forward_norm)
            gate = h @ layer.gate.T
            x = x + (gate / (1 + np.exp(-gate)) * (h @ layer.up.T)) @ layer.down.T
        return self._normed(x, self.norm), np.stack([k for k, _ in kept]), np.stack([v for _, v in kept])

    def _attention(
        self, query: Array, key: Array, value: Array, seen: tuple[Array, Array] | None, mask: Array
    ) -> Array:
        """(B, heads, T, head size) of what each token takes from those before it, in `seen` and on its own line."""
        batch, heads, length, size = query.shape
        shared = heads // self.key_heads
        # The queries that share a key go as one longer line of queries.
        asked = query.reshape(batch, self.key_heads, shared * length, size) / np.float32(np.sqrt(size))
        weights = asked @ key.swapaxes(-1, -2) + np.tile(mask, (shared, 1))
        if seen:
            weights = np.concatenate([asked @ seen[0].swapaxes(-1, -2), weights], axis=-1)
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        found: Array = weights[..., -length:] @ value
        if seen:
            found = found + weights[..., :-length] @ seen[1]
        return found.reshape(batch, heads, length, size)

    def _normed(self, x: Array, weight: Array) -> Array:
        scale: Array = np.sqrt(np.mean(np.square(x), axis=-1, keepdims=True) + np.float32(self.epsilon))
        return x / scale * weight

    def _turn(self, start: int, length: int) -> tuple[Array, Array]:
        """Cosines and sines (T, half a head) by which pairs of figures are turned at each position."""
        size = self.layers[0].query.shape[0] // self.heads
        speed = self.base ** (-np.arange(0, size, 2) / size)
        angle = np.arange(start, start + length)[:, None] * speed
        return np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)


def _parted(x: Array, heads: int) -> Array:
    """(B, T, heads x size) as (B, heads, T, size)."""
    batch, length, width = x.shape
    return x.reshape(batch, length, heads, width // heads).transpose(0, 2, 1, 3)


def _turned(x: Array, turn: tuple[Array, Array]) -> Array:
    cosine, sine = turn
    even, odd = x[..., 0::2], x[..., 1::2]
    return np.stack([even * cosine - odd * sine, even * sine + odd * cosine], axis=-1).reshape(x.shape)
