"""What a word may be of which hardly more than half was read right.

Its letters alone cannot tell: within half of its length *retuyert* is like hundreds of words. Of those the language
model knows a few that stand well between its neighbours, and the channel says which of them is likely to be read so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corrigenda.correct.spellings import EDGE_RULE, Option, Speller
from corrigenda.language.model import LanguageModel
from corrigenda.lexicon.words import Near
from corrigenda.text import Token, word_form
from corrigenda.values import CorrectionKind

__all__ = ["Garbled", "guesses", "is_garbled"]

_EXPLAINED = 14.0
"""What the channel asks at most for a misreading that needs no further guesses."""
_SHORTEST = 3
_LONGEST = 20
_WRONG_SHARE = 0.5
_FEWEST_EDITS = 2
_MOST_ALIKE = 200
_MOST_PRICED = 10
_MOST_GUESSES = 4
_EDIT = 3.0
"""What an edit weighs beside the language model until the channel is asked: a natural logarithm."""
_NO_QUERIES = np.empty((0, 3), np.uint16)


class Garbled(NamedTuple):
    """A word, and the ids of the two words of the language model before it and the one or two behind."""

    token: Token
    around: tuple[int, ...]


def is_garbled(token: Token, options: Sequence[Option]) -> bool:
    """Whether the word, mostly letters, is explained by none of its `options`.

    That letters were lost at the edge of the page explains whatever stands there, and so nothing.
    """
    form = word_form(token.core)
    letters = sum(c.isalpha() for c in form)
    if not _SHORTEST <= len(form) <= _LONGEST or 2 * letters < len(form):
        return False
    return not any(o.cost <= _EXPLAINED and o.rule != EDGE_RULE for o in options)


def guesses(asked: Sequence[Garbled], speller: Speller, language: LanguageModel) -> list[list[Option]]:
    """At most four words that each of `asked` may be, the likeliest first; the language model is asked once for all."""
    found = [_alike(one.token, speller, language) for one in asked]
    spoken = [_spoken(one.around, near, language) for one, near in zip(asked, found, strict=True)]
    queries = np.concatenate([_NO_QUERIES, *spoken])
    said = language.log_probability(queries[:, 0], queries[:, 1], queries[:, 2])
    result = []
    at = 0
    for one, near, rows in zip(asked, found, spoken, strict=True):
        fits = said[at : at + len(rows)].reshape(len(near), -1).sum(axis=1).tolist() if near else []
        at += len(rows)
        result.append(_likeliest(one.token, near, fits, speller))
    return result


def _alike(token: Token, speller: Speller, language: LanguageModel) -> list[Near]:
    """Other words like this one that the language model knows."""
    form = word_form(token.core)
    edits = max(_FEWEST_EDITS, math.ceil(len(form) * _WRONG_SHARE))
    return [n for n in speller.words.alike(form, edits, _MOST_ALIKE) if n.distance and language.known(n.term)]


def _spoken(around: tuple[int, ...], near: Sequence[Near], language: LanguageModel) -> NDArray[np.uint16]:
    """What the language model is asked of the words between those around: rows of three, as many for each word."""
    lines = np.tile(np.array([*around[:2], 0, *around[2:]], np.uint16), (len(near), 1))
    lines[:, 2] = language.ids(n.term for n in near)
    return np.lib.stride_tricks.sliding_window_view(lines, 3, axis=1).reshape(-1, 3) if near else _NO_QUERIES


def _likeliest(token: Token, near: Sequence[Near], fits: Sequence[float], speller: Speller) -> list[Option]:
    """Of the words those that are likeliest by language model and channel together."""
    rough = sorted(zip(near, fits, strict=True), key=lambda one: (_EDIT * one[0].distance - one[1], one[0].term))
    weighed = []
    for word, fit in rough[:_MOST_PRICED]:
        written = speller.written(word.term, token.core)
        option = Option(
            text=token.lead + written + token.trail,
            core=written,
            cost=speller.costs.cost(written, token.core),
            count=word.count,
            kind=CorrectionKind.CHARACTER,
            rule="lexicon",
        )
        weighed.append((option.cost - fit, option))
    weighed.sort(key=lambda one: (one[0], one[1].text))
    return [option for _, option in weighed[:_MOST_GUESSES]]
