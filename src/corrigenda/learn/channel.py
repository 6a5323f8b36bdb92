"""Learning a channel from readings beside their truth, by expectation maximisation.

Every way of cutting a misread stretch into pieces of up to three letters counts, by its probability under the
channel of the round before (Brill and Moore 2000; the sums are those of a memoryless edit transducer, Ristad and
Yianilos 1998). A piece of more than one letter must come again to be believed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from corrigenda.correct.channel import LONGEST_PIECE, Channel, Edit
from corrigenda.lexicon.confusable import STRONG

__all__ = ["learn_channel"]

ROUNDS = 3
_MOST_STUDIED = 8000
_LETTERS = 60
"""About as many letters, figures and marks can stand where one stood."""
_PIECE_DISCOUNT = 1.0
_PRIOR = 150.0
_SHAPE_SHARE = 0.1
"""Of what is done to a letter by all misreadings, the share of reading it as the letters that have its shape."""
_FIRST_EDIT, _FIRST_PIECE = -6.0, -11.0
_LEAST = 1e-7
_SHAPES = tuple((a, b) for pair in STRONG for a, b in (pair, pair[::-1]) if len(a) + len(b) > 2)


def learn_channel(pairs: Iterable[tuple[str, str]], *, name: str) -> Channel:
    """Learn from pairs of what stood on the page and what was read there, words or short stretches of them.

    Equal pairs count too: they say how often a letter is read as itself.
    """
    pairs = list(pairs)
    pieces = _occurrences(pairs)
    wrong: Counter[tuple[str, str]] = Counter()
    stays: Counter[str] = Counter()
    places = 0
    for meant, read in pairs:
        places += len(meant) + 1
        lead, tail = _in_common(meant, read)
        stays.update(meant[:lead])
        stays.update(meant[len(meant) - tail :] if tail else "")
        if meant != read:
            wrong[meant[lead : len(meant) - tail], read[lead : len(read) - tail]] += 1
    costs: dict[Edit, float] = {}
    fixed = dict(stays)
    # So many different misreadings tell all that the rest would; the commonest first, then as they came.
    kept = dict(wrong.most_common(_MOST_STUDIED))
    share = sum(wrong.values()) / max(1, sum(kept.values()))
    for _ in range(ROUNDS):
        counts: defaultdict[Edit, float] = defaultdict(float)
        for (meant, read), times in kept.items():
            _expect(meant, read, times * share, costs, counts)
        costs = _costs(counts, fixed, pieces, places)
    met = _met(counts, fixed)
    stay_costs = {c: _stay_cost(c, counts, fixed, met) for c in met if len(c) == 1}
    seen = {edit: cost for edit, cost in costs.items() if edit[0] != edit[1]}
    edited = sum(n for (m, r), n in counts.items() if m != r)
    rate = max(edited / max(1, places), _LEAST)
    return Channel(
        name=name,
        edits=dict(sorted(seen.items())),
        stays=dict(sorted(stay_costs.items())),
        other=-math.log(rate / (3 * _LETTERS)),
        stay=-math.log1p(-min(rate, 0.5)),
    )


def _in_common(meant: str, read: str) -> tuple[int, int]:
    """How many letters at both ends are alike and out of reach of any edit, so that no round need look at them."""
    if meant == read:
        return len(meant), 0
    reach = LONGEST_PIECE - 1
    lead = next((i for i, (a, b) in enumerate(zip(meant, read, strict=False)) if a != b), min(len(meant), len(read)))
    rest = min(len(meant), len(read)) - lead
    tail = next((i for i in range(rest) if meant[-1 - i] != read[-1 - i]), rest)
    return max(0, lead - reach), max(0, tail - reach)


def _expect(meant: str, read: str, times: float, costs: dict[Edit, float], counts: defaultdict[Edit, float]) -> None:
    """Add to `counts` how often each edit is expected in `times` readings of `meant` as `read`."""
    height, width = len(meant), len(read)
    arcs: dict[tuple[int, int], list[tuple[int, int, Edit, float]]] = {}
    forward = [[0.0] * (width + 1) for _ in range(height + 1)]
    forward[0][0] = 1.0
    for i in range(height + 1):
        for j in range(width + 1):
            if forward[i][j] <= 0.0:
                continue
            here = arcs[i, j] = list(_arcs(meant, read, i, j, costs))
            for to_i, to_j, _, p in here:
                forward[to_i][to_j] += forward[i][j] * p
    whole = forward[height][width]
    if whole <= 0.0:
        return
    backward = [[0.0] * (width + 1) for _ in range(height + 1)]
    backward[height][width] = 1.0
    for i in range(height, -1, -1):
        for j in range(width, -1, -1):
            for to_i, to_j, edit, p in arcs.get((i, j), ()):
                backward[i][j] += p * backward[to_i][to_j]
                share = forward[i][j] * p * backward[to_i][to_j] / whole
                if share > 1e-4:
                    counts[edit] += times * share


def _arcs(meant: str, read: str, i: int, j: int, costs: dict[Edit, float]) -> Iterable[tuple[int, int, Edit, float]]:
    for m in range(min(LONGEST_PIECE, len(meant) - i) + 1):
        for r in range(min(LONGEST_PIECE, len(read) - j) + 1):
            if m + r == 0 or (m == 0 and r > 1):
                continue  # Letters that nothing stood for come one by one.
            edit = meant[i : i + m], read[j : j + r]
            if edit[0] == edit[1]:
                if m == 1:
                    yield i + 1, j + 1, edit, 1.0
                continue
            if m + r > 2 and " " in edit[0] + edit[1]:
                continue  # A word that was lost or read in beside others is no misreading of letters.
            cost = costs.get(edit) if costs else -(_FIRST_EDIT if m <= 1 and r <= 1 else _FIRST_PIECE)
            if cost is None and m <= 1 and r <= 1:
                cost = -_FIRST_PIECE
            if cost is not None:
                yield i + m, j + r, edit, math.exp(-cost)


def _met(counts: dict[Edit, float], fixed: dict[str, int]) -> dict[str, float]:
    """How often each letter stood on the page."""
    met: defaultdict[str, float] = defaultdict(float)
    for letter, times in fixed.items():
        met[letter] += times
    for (meant, _), n in counts.items():
        for letter in meant:
            met[letter] += n
    return met


def _costs(counts: dict[Edit, float], fixed: dict[str, int], pieces: Counter[str], places: int) -> dict[Edit, float]:
    met = _met(counts, fixed)
    folded: defaultdict[Edit, float] = defaultdict(float)
    for (meant, read), n in counts.items():
        if meant != read:
            folded[meant.lower(), read.lower()] += n
    met_folded: defaultdict[str, float] = defaultdict(float)
    for letter, n in met.items():
        met_folded[letter.lower()] += n
    rate = max(sum(folded.values()) / max(1, places), _LEAST)
    base = rate / (3 * _LETTERS)
    costs: dict[Edit, float] = {}
    for (meant, read), n in counts.items():
        if meant == read:
            continue
        low = meant.lower(), read.lower()
        if len(meant) > 1 or len(read) > 1:
            if n > _PIECE_DISCOUNT + 0.5:
                stood = pieces[meant] if len(meant) > 1 else (met[meant] if meant else places)
                costs[meant, read] = -math.log(min(0.5, (n - _PIECE_DISCOUNT) / max(stood, 1.0)))
            continue
        stood = met_folded[low[0]] if meant else places
        backoff = (folded[low] + _PRIOR * base) / (stood + _PRIOR)
        stood = met[meant] if meant else places
        costs[meant, read] = -math.log(max((n + _PRIOR * backoff) / (stood + _PRIOR), _LEAST))
    # Every eye takes rn for m, though the engines of these pairs may not have.
    for meant, read in _SHAPES if rate > _LEAST else ():
        stood = pieces[meant] if len(meant) > 1 else met[meant]
        share = (counts.get((meant, read), 0.0) + _PRIOR * rate * _SHAPE_SHARE) / (stood + _PRIOR)
        costs[meant, read] = min(costs.get((meant, read), math.inf), -math.log(min(0.5, max(share, _LEAST))))
    return costs


def _occurrences(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """How often each piece of two or three letters stood on the page."""
    found: Counter[str] = Counter()
    for (meant, _), times in Counter(pairs).items():
        for size in range(2, LONGEST_PIECE + 1):
            for i in range(len(meant) - size + 1):
                found[meant[i : i + size]] += times
    return found


def _stay_cost(letter: str, counts: dict[Edit, float], fixed: dict[str, int], met: dict[str, float]) -> float:
    stayed = fixed.get(letter, 0) + counts.get((letter, letter), 0.0)
    return -math.log(min(1.0, (stayed + 1) / (met[letter] + 1)))
