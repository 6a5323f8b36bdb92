"""The lattice: every word of a text with what may have stood in its place, and what joins and parts words.

Where nothing is doubtful there is but one way through, and nothing is weighed there. What is doubtful lies in
islands, each with the two words of the language model before it and the two behind it, and an island is solved
exactly: all its ways are summed, none is pruned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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


class _Step(NamedTuple):
    source: int
    target: int
    arc: int
    first: int
    last: int


def weigh(
    islands: Sequence[Island], language: LanguageModel, *, language_weight: float, word_bonus: float
) -> list[list[Weighed]]:
    """Weigh the arcs of every island; the language model is asked once for all of them."""
    plans = [_plan(island) for island in islands]
    queries: list[tuple[int, int, int]] = []
    offsets = []
    for plan in plans:
        offsets.append(len(queries))
        queries += plan.queries
    asked = np.array(queries, dtype=np.uint16).reshape(-1, 3)
    answers = language.log_probability(asked[:, 0], asked[:, 1], asked[:, 2]).astype(np.float64).tolist()
    return [
        _solve(island, plan, answers, at, language_weight, word_bonus)
        for island, plan, at in zip(islands, plans, offsets, strict=True)
    ]


class _Plan(NamedTuple):
    states: int
    steps: list[_Step]
    finals: list[_Step]
    queries: list[tuple[int, int, int]]


def _plan(island: Island) -> _Plan:
    """All states (place, last two words) that can be reached, the steps between them, and what they ask the model."""
    by_start: dict[int, list[int]] = {}
    for number, arc in enumerate(island.arcs):
        by_start.setdefault(arc.start, []).append(number)
    at: dict[int, dict[tuple[int, int], int]] = {island.start: {island.before: 0}}
    states = 1
    steps: list[_Step] = []
    queries: list[tuple[int, int, int]] = []
    for place in range(island.start, island.end):
        for (first, second), state in at.get(place, {}).items():
            for number in by_start.get(place, ()):
                arc = island.arcs[number]
                a, b, begin = first, second, len(queries)
                for word in arc.words:
                    queries.append((a, b, word))
                    a, b = b, word
                here = at.setdefault(arc.end, {})
                target = here.get((a, b))
                if target is None:
                    target = here[a, b] = states
                    states += 1
                steps.append(_Step(state, target, number, begin, len(queries)))
    finals = []
    for (first, second), state in at.get(island.end, {}).items():
        a, b, begin = first, second, len(queries)
        for word in island.behind:
            queries.append((a, b, word))
            a, b = b, word
        finals.append(_Step(state, -1, -1, begin, len(queries)))
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

    def reach(self, state: int, other: _Ways, origin: int, weight: float, said: float, step: int) -> None:
        """Add the ways that come over `step` from `origin`."""
        self.all[state] = _add(self.all[state], other.all[origin] + weight)
        if other.best[origin] + weight > self.best[state]:
            self.best[state] = other.best[origin] + weight
            self.said[state] = other.said[origin] + said
            self.step[state] = step


def _solve(
    island: Island, plan: _Plan, answers: Sequence[float], offset: int, language_weight: float, word_bonus: float
) -> list[Weighed]:
    said = [
        sum(answers[offset + s.first : offset + s.last]) - (island.arcs[s.arc].own if s.arc >= 0 else 0.0)
        for s in (*plan.steps, *plan.finals)
    ]
    weights = [
        language_weight * told + word_bonus * len(island.arcs[s.arc].words) - island.arcs[s.arc].cost
        for s, told in zip(plan.steps, said, strict=False)
    ]
    to, onward = _Ways.none(plan.states), _Ways.none(plan.states)
    to.all[0] = to.best[0] = 0.0
    # Steps lead from earlier places to later ones, and are in the order of their places.
    for index, step in enumerate(plan.steps):
        to.reach(step.target, to, step.source, weights[index], said[index], index)
    for final, told in zip(plan.finals, said[len(plan.steps) :], strict=True):
        onward.all[final.source] = onward.best[final.source] = language_weight * told
        onward.said[final.source] = told
    for index in range(len(plan.steps) - 1, -1, -1):
        step = plan.steps[index]
        onward.reach(step.source, onward, step.target, weights[index], said[index], index)
    return _arcs_weighed(island, plan, to, onward, weights, said)


def _arcs_weighed(
    island: Island, plan: _Plan, to: _Ways, onward: _Ways, weights: Sequence[float], said: Sequence[float]
) -> list[Weighed]:
    count = len(island.arcs)
    through, totals, told = [_FLOOR] * count, [_FLOOR] * count, [0.0] * count
    for index, (source, target, arc, _, _) in enumerate(plan.steps):
        through[arc] = _add(through[arc], to.all[source] + weights[index] + onward.all[target])
        total = to.best[source] + weights[index] + onward.best[target]
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
        yield plan.steps[index].arc
        state = plan.steps[index].target


def _add(a: float, b: float) -> float:
    """The logarithm of the sum of two numbers given as logarithms."""
    if a < b:
        a, b = b, a
    return a if b == _FLOOR else a + math.log1p(math.exp(b - a))
