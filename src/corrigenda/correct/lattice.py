"""The lattice: every word of a text with what may have stood in its place, and what joins and parts words.

Where nothing is doubtful there is but one way through, and nothing is weighed there. What is doubtful lies in
islands, each with the two words of the language model before it and the two behind it, and an island is solved
exactly: all its ways are summed, none is pruned.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from corrigenda.correct.spellings import Option
from corrigenda.language.model import LanguageModel

__all__ = ["Arc", "Island", "Weighed", "weigh"]

_FLOOR = -math.inf


class Arc(NamedTuple):
    """One way over the words `start` to `end` of a run: the text, its cost by channel, and its words in the model.

    `own` is the cost of spelling what the model has no word for. `option` says where a reading comes from; None is
    what stands there.
    A named tuple because there are as many as there are readings.
    """

    start: int
    end: int
    text: str
    cost: float
    words: tuple[int, ...]
    own: float
    option: Option | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Island:
    """Arcs between the words `start` and `end`, with the model's words before and behind."""

    start: int
    end: int
    before: tuple[int, int]
    behind: tuple[int, ...]
    arcs: tuple[Arc, ...]


class Weighed(NamedTuple):
    """An arc of an island: the share of all ways that go over it, the best way over it, and that way's share of words.

    `total` is the natural logarithm of the best way's weight, `language` the part of it that the language model gave.
    """

    arc: Arc
    posterior: float
    total: float
    language: float
    on_best: bool


def weigh(islands: Sequence[Island], language: LanguageModel) -> list[list[Weighed]]:
    """Weigh the arcs of every island; the language model is asked once for all of them."""
    plans = [_plan(island) for island in islands]
    queries: list[_Query] = []
    offsets = []
    for plan in plans:
        offsets.append(len(queries))
        queries += plan.queries
    asked = np.array(queries, dtype=np.uint16).reshape(-1, 3)
    answers = language.log_probability(asked[:, 0], asked[:, 1], asked[:, 2]).astype(np.float64).tolist()
    return [
        _solve(island, plan, answers[at : at + len(plan.queries)])
        for island, plan, at in zip(islands, plans, offsets, strict=True)
    ]


# Steps are plain tuples: there are about eight to each word of a text.
_Query = tuple[int, int, int]
_Step = tuple[int, int, int, int, int]


class _Plan(NamedTuple):
    """Steps from state to state, each with its arc, in the order of their places, and those that leave the island.

    Both end with the first of the queries that they ask the model, and the one behind their last.
    """

    states: int
    steps: list[_Step]
    finals: list[tuple[int, int, int]]
    queries: list[_Query]


def _plan(island: Island) -> _Plan:
    """All states (place, last two words) that can be reached, the steps between them, and what they ask the model."""
    leading: defaultdict[int, list[tuple[int, int, tuple[int, ...]]]] = defaultdict(list)
    for number, arc in enumerate(island.arcs):
        leading[arc.start].append((number, arc.end, arc.words))
    at: defaultdict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    at[island.start][island.before] = 0
    states = 1
    steps: list[_Step] = []
    queries: list[_Query] = []
    for place in range(island.start, island.end):
        for (first, second), state in at[place].items():
            for number, end, words in leading[place]:
                a, b, begin = first, second, len(queries)
                for word in words:
                    queries.append((a, b, word))
                    a, b = b, word
                target = at[end].setdefault((a, b), states)
                states += target == states
                steps.append((state, target, number, begin, len(queries)))
    finals = []
    for (first, second), state in at[island.end].items():
        spoken = (first, second, *island.behind)
        begin = len(queries)
        queries += zip(spoken, spoken[1:], spoken[2:], strict=False)
        finals.append((state, begin, len(queries)))
    return _Plan(states, steps, finals, queries)


class _Ways(NamedTuple):
    """For every state the weight of all ways to it (or from it), of the best one, and what the model said on that.

    Weights are natural logarithms; `step` is the step by which the best way comes.
    """

    all: list[float]
    best: list[float]
    said: list[float]
    step: list[int]

    @classmethod
    def none(cls, states: int) -> _Ways:
        return cls([_FLOOR] * states, [_FLOOR] * states, [0.0] * states, [-1] * states)

    def spread(self, moves: Iterable[tuple[int, int, int, float, float]]) -> None:
        """Carry the ways on: each move is a step, the state that it comes from, the one it reaches, weight and said."""
        every, best, told, by = self
        for step, origin, state, weight, said in moves:
            every[state] = _add(every[state], every[origin] + weight)
            if best[origin] + weight > best[state]:
                best[state] = best[origin] + weight
                told[state] = told[origin] + said
                by[state] = step


def _solve(island: Island, plan: _Plan, answers: Sequence[float]) -> list[Weighed]:
    arcs = island.arcs
    said = [sum(answers[first:last]) - arcs[arc].own for _, _, arc, first, last in plan.steps]
    weights = [told - arcs[step[2]].cost for step, told in zip(plan.steps, said, strict=True)]
    to, onward = _Ways.none(plan.states), _Ways.none(plan.states)
    to.all[0] = to.best[0] = 0.0
    for state, first, last in plan.finals:
        onward.all[state] = onward.best[state] = onward.said[state] = sum(answers[first:last])
    moves = [(n, step[0], step[1], weights[n], said[n]) for n, step in enumerate(plan.steps)]
    to.spread(moves)
    onward.spread((n, target, source, weight, told) for n, source, target, weight, told in reversed(moves))
    return _arcs_weighed(island, plan, to, onward, weights, said)


def _arcs_weighed(
    island: Island, plan: _Plan, to: _Ways, onward: _Ways, weights: Sequence[float], said: Sequence[float]
) -> list[Weighed]:
    count = len(island.arcs)
    through, totals, told = [_FLOOR] * count, [_FLOOR] * count, [0.0] * count
    for index, (source, target, arc, _, _) in enumerate(plan.steps):
        weight = weights[index]
        through[arc] = _add(through[arc], to.all[source] + weight + onward.all[target])
        total = to.best[source] + weight + onward.best[target]
        if total > totals[arc]:
            totals[arc] = total
            told[arc] = to.said[source] + said[index] + onward.said[target]
    best = set(_best_way(plan, onward))
    return [
        Weighed(arc, math.exp(min(0.0, through[n] - onward.all[0])), totals[n], told[n], n in best)
        for n, arc in enumerate(island.arcs)
    ]


def _best_way(plan: _Plan, onward: _Ways) -> Iterator[int]:
    """The arcs of the best way of all."""
    state = 0
    while (index := onward.step[state]) >= 0:
        _, state, arc, _, _ = plan.steps[index]
        yield arc


def _add(a: float, b: float) -> float:
    """The logarithm of the sum of two numbers given as logarithms."""
    if a < b:
        a, b = b, a
    return a if b == _FLOOR else a + math.log1p(math.exp(b - a))
