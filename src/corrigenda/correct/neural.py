"""What a neural language model says of doubtful places, where it has read whole sentences before them.

It is slow, knows nothing of misreadings and alone tells less than the gate does. So it is asked of places that the
gate leaves in doubt, and a small gate of its own weighs both (docs/decisions/024-neural-model.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corrigenda.correct.confidence import log_odds
from corrigenda.correct.gate import LEAST, Gate, apportioned, likeliest
from corrigenda.language.transformer import Transformer

__all__ = ["NEURAL_FEATURES", "Asked", "NeuralModel", "rows_of", "weighed"]

NEURAL_FEATURES = (
    "log-odds", "log-odds of kept", "gain", "lead", "gain in what follows", "said", "tokens", "readings", "is kept",
    "letters",
)  # fmt: skip
"""The columns that a neural gate has for each reading of a place."""

_GAIN = NEURAL_FEATURES.index("gain")
_LEAST_DOUBT, _MOST_DOUBT = 0.03, 0.98
"""Between these the likeliest reading other than what stands there is in doubt."""
_LEAST_ASKED = 0.01
_MOST_ASKED = 5
_BEFORE, _STEP = 128, 256
"""At least how many tokens are read before a place, if there are as many, and from which on the reading may begin."""
_BEHIND = 10
"""So many tokens behind a place tell as much of its readings as 24 do, in half the time."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class NeuralModel:
    """A neural language model, and how it parts a text in tokens.

    `name` is its package and version, `beginning` the token that a text begins after.
    """

    name: str
    transformer: Transformer
    encode: Callable[[str], list[int]]
    beginning: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The words `start` to `end` of a run with their readings, what stands there first, and the probability of each.

    Of what is `settled` the model is not asked.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    probabilities: tuple[float, ...]
    settled: bool = False

    @property
    def doubted(self) -> tuple[int, ...]:
        """The numbers of the readings to be asked about, what stands there first; none where nothing is in doubt."""
        if self.settled or not _LEAST_DOUBT < max(self.probabilities[1:], default=0.0) <= _MOST_DOUBT:
            return ()
        others = (i for i in range(1, len(self.probabilities)) if self.probabilities[i] > _LEAST_ASKED)
        return (0, *sorted(others, key=lambda i: (-self.probabilities[i], i))[:_MOST_ASKED])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """Log probability of a reading where it stands, and of what follows after it; how many tokens the reading has."""

    own: float
    behind: float
    tokens: int


def weighed(
    model: NeuralModel, gate: Gate, run: Sequence[str], places: Sequence[Asked]
) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    """For each place of a run of words the probabilities of its readings, and how much likelier the model finds each.

    The latter are natural logarithms, of a reading with what follows it beside what stands there; none are there where
    the model was not asked. `gate` is the one that has learned what both are worth.
    """
    made = list(rows_of(model, run, places))
    told = iter(gate.probabilities([row for rows in made for row in rows]))
    for place, rows in zip(places, made, strict=True):
        chances = {i: next(told) for i in place.doubted}
        gains = {i: row[_GAIN] for i, row in zip(place.doubted, rows, strict=True)}
        both = apportioned([chances.get(i, p) for i, p in enumerate(place.probabilities)])
        yield both, tuple(gains.get(i, 0.0) for i in range(len(both))) if gains else ()


def rows_of(model: NeuralModel, run: Sequence[str], places: Sequence[Asked]) -> Iterator[list[list[float]]]:
    """Rows of `NEURAL_FEATURES` for the `doubted` readings of each place of a run of words; none where none are.

    The other places of the run are read as the gate has them.
    """
    told = _told(model, run, places)
    for place in places:
        yield _rows(place, next(told)) if place.doubted else []


def _told(model: NeuralModel, run: Sequence[str], places: Sequence[Asked]) -> Iterator[list[_Told]]:
    """What the model tells of each place that has anything in doubt."""
    doubted = [place for place in places if place.doubted]
    tokens, at = _tokens(model, run, places)
    for number, group in groupby(doubted, lambda place: max(0, at[place.start] - _BEFORE) // _STEP):
        here = list(group)
        start = number * _STEP
        cache = model.transformer.read([model.beginning, *tokens[start : at[here[-1].start]]])
        for place in here:
            behind = tokens[at[place.end] : at[place.end] + _BEHIND]
            said = [model.encode(_spaced(place.readings[i], place.start)) for i in place.doubted]
            whole = model.transformer.log_probabilities(
                cache.first(1 + at[place.start] - start), [[*one, *behind] for one in said]
            )
            yield [
                _Told(own=sum(row[: len(one)]), behind=sum(row[len(one) :]), tokens=len(one))
                for one, row in zip(said, whole, strict=True)
            ]


def _tokens(model: NeuralModel, run: Sequence[str], places: Sequence[Asked]) -> tuple[list[int], list[int]]:
    """The tokens of a run as the gate would have it, and the number of tokens before each word and at the end."""
    better: dict[int, tuple[int, str]] = {}
    for place in places:
        best = likeliest(place.probabilities)
        if best and place.probabilities[best] >= LEAST:
            better[place.start] = place.end, place.readings[best]
    tokens: list[int] = []
    at: list[int] = []
    end = 0
    for number, word in enumerate(run):
        at.append(len(tokens))
        if number >= end:
            end, text = better.get(number, (number + 1, word))
            tokens += model.encode(_spaced(text, number))
    return tokens, [*at, len(tokens)]


def _spaced(text: str, number: int) -> str:
    return f" {text}" if text and number else text


def _rows(place: Asked, told: Sequence[_Told]) -> list[list[float]]:
    whole = [one.own + one.behind for one in told]
    best_behind = max(one.behind for one in told)
    rows = []
    for number, one, sum_ in zip(place.doubted, told, whole, strict=True):
        others = [other for i, other in zip(place.doubted, whole, strict=True) if i != number]
        rows.append(
            [
                log_odds(place.probabilities[number]),
                log_odds(place.probabilities[0]),
                sum_ - whole[0],
                sum_ - max(others, default=sum_),
                one.behind - best_behind,
                one.own,
                float(one.tokens),
                float(len(told)),
                float(number == 0),
                float(len(place.readings[number])),
            ]
        )
    return rows
