"""An island is weighed exactly: against all of its ways, one by one."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from corrigenda.correct.lattice import Arc, Island, Weighed, weigh
from corrigenda.language.model import LanguageModel


def arc(start: int, end: int, *words: int, cost: float = 0.0, own: float = 0.0) -> Arc:
    """A way over some words of a run."""
    return Arc(start, end, f"{start}-{end}:{words}", cost, words, own, None)


def ways(island: Island, at: int | None = None) -> Iterator[tuple[int, ...]]:
    """Every way through the island, by the numbers of its arcs."""
    here = island.start if at is None else at
    if here == island.end:
        yield ()
        return
    for number, one in enumerate(island.arcs):
        if one.start == here:
            yield from ((number, *rest) for rest in ways(island, one.end))


def said(language: LanguageModel, history: Sequence[int], words: Sequence[int]) -> float:
    """What the model says of `words` after `history`, asked one word at a time."""
    spoken = [*history, *words]
    asked = (np.array([spoken[i : i + 3]], dtype=np.uint16) for i in range(len(words)))
    return sum(float(language.log_probability(q[:, 0], q[:, 1], q[:, 2])[0]) for q in asked)


def told_and_weight(island: Island, way: Sequence[int], language: LanguageModel) -> tuple[float, float]:
    """What the language model says of a way, and the way's weight, as logarithms."""
    arcs = [island.arcs[n] for n in way]
    words = [w for a in arcs for w in a.words]
    told = said(language, island.before, [*words, *island.behind]) - sum(a.own for a in arcs)
    return told, told - sum(a.cost for a in arcs)


def random_island(seed: int, words: int) -> Island:
    """A few places with some ways over each, and some over two or three at once, or over no word at all."""
    chance = random.Random(seed)

    def word() -> int:
        # Any word but the beginning of a paragraph, which is never said.
        return chance.choice((0, *range(2, words)))

    start = chance.randrange(3)
    end = start + chance.randrange(1, 5)
    arcs = [arc(i, i + 1, word()) for i in range(start, end)]
    for _ in range(chance.randrange(9)):
        first = chance.randrange(start, end)
        last = min(end, first + chance.choice((1, 1, 1, 2, 3)))
        spoken = [word() for _ in range(chance.choice((0, 1, 1, 1, 2, 3)))]
        arcs.append(arc(first, last, *spoken, cost=chance.random() * 6, own=chance.choice((0.0, chance.random() * 9))))
    return Island(
        start=start,
        end=end,
        before=(word(), word()),
        behind=tuple(word() for _ in range(chance.randrange(3))),
        arcs=tuple(arcs),
    )


@pytest.fixture(scope="module")
def solved(harbour_language) -> list[tuple[Island, list[Weighed]]]:
    """Eighty islands, weighed all at once."""
    islands = [random_island(seed, len(harbour_language.vocabulary)) for seed in range(80)]
    weighed = weigh(islands, harbour_language)
    return list(zip(islands, weighed, strict=True))


def test_shares_are_those_of_all_ways(solved, harbour_language):
    """The posterior of an arc is what the ways over it have of the weight of all ways."""
    for island, weighed in solved:
        weights = {way: math.exp(told_and_weight(island, way, harbour_language)[1]) for way in ways(island)}
        whole = sum(weights.values())
        for number, one in enumerate(weighed):
            share = sum(w for way, w in weights.items() if number in way) / whole
            assert one.posterior == pytest.approx(share, abs=1e-9)
            assert one.arc is island.arcs[number]


def test_totals_are_those_of_the_best_way_over_an_arc(solved, harbour_language):
    """With the total comes what the language model said of that very way."""
    for island, weighed in solved:
        rated = {way: told_and_weight(island, way, harbour_language) for way in ways(island)}
        for number, one in enumerate(weighed):
            over = [(weight, told) for way, (told, weight) in rated.items() if number in way]
            weight, _ = max(over)
            assert one.total == pytest.approx(weight, abs=1e-9)
            # Two ways may weigh the same; what was said must be that of one of them.
            same = [told for other, told in over if abs(other - weight) < 1e-9]
            assert any(abs(one.language - told) < 1e-9 for told in same)


def test_the_best_way_is_the_best_of_all(solved, harbour_language):
    """The arcs that are said to lie on it make one way, and no other weighs more."""
    for island, weighed in solved:
        marked = tuple(n for n, one in enumerate(weighed) if one.on_best)
        (way,) = [way for way in ways(island) if set(way) == set(marked)]
        best = max(told_and_weight(island, w, harbour_language)[1] for w in ways(island))
        assert told_and_weight(island, way, harbour_language)[1] == pytest.approx(best, abs=1e-9)
        assert all(one.total <= best + 1e-9 for one in weighed)


def test_shares_of_what_begins_at_one_place_sum_to_one(harbour_language):
    """Where no arc leads over a place, one of those that begin there is taken."""
    island = Island(
        start=0,
        end=2,
        before=(1, 1),
        behind=(2,),
        arcs=(arc(0, 1, 5), arc(1, 2, 6), arc(0, 1, 7, cost=1.0), arc(1, 2, 0, cost=2.0, own=5.0)),
    )
    (weighed,) = weigh([island], harbour_language)
    for place in (0, 1):
        assert sum(w.posterior for w in weighed if w.arc.start == place) == pytest.approx(1.0)


def test_only_one_way_is_certain(harbour_language):
    """Without another way what stands there has all the weight and is the best."""
    island = Island(start=3, end=4, before=(5, 6), behind=(2,), arcs=(arc(3, 4, 7),))
    ((one,),) = weigh([island], harbour_language)
    assert (one.posterior, one.on_best) == (1.0, True)


def test_nothing_to_weigh_is_no_error(harbour_language):
    """A text without a doubtful place has no islands."""
    assert weigh([], harbour_language) == []


def test_a_cost_beyond_all_bounds_is_never_on_the_way(harbour_language):
    """Weights as far apart as 2,000 nats neither overflow nor take a share away."""
    island = Island(start=0, end=1, before=(1, 1), behind=(2,), arcs=(arc(0, 1, 5), arc(0, 1, 6, cost=2000.0)))
    ((keep, other),) = weigh([island], harbour_language)
    assert (keep.posterior, other.posterior) == (1.0, 0.0)
    assert not other.on_best
