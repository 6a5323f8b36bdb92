"""Many documents together: averages with intervals, two texts of the same documents compared, where the errors are.

Each document was aligned once, by `evaluate`; everything here is sums and resamples of its counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import TypeAlias

from corrigenda.score.metrics import base_of, rate
from corrigenda.score.resample import Comparison, Interval, compare, intervals
from corrigenda.score.values import ClassCounts, Confusion, Counts, Evaluation, Measured, Score, Sureness

__all__ = [
    "Certain",
    "Change",
    "Corpus",
    "Figure",
    "NotScored",
    "Side",
    "change",
    "corpus",
    "side",
]

_CONFIDENCES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.01)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measure over all documents.

    `micro` is of the summed counts, `macro` the mean over groups, `median` that over documents; `interval` is the 95%
    interval of `micro`, None where there is only one group.
    """

    name: str
    profile: str
    micro: float
    macro: float
    median: float
    interval: Interval | None
    counts: Counts
    exact: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """All documents in one reading, the OCR or a corrected text, against their truth."""

    figures: tuple[Figure, ...]
    confusions: tuple[Confusion, ...]
    characters: tuple[ClassCounts, ...]
    words: tuple[ClassCounts, ...]

    def figure(self, name: str, profile: str) -> Figure:
        """One measure in one profile."""
        return next(f for f in self.figures if f.name == name and f.profile == profile)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One measure of two readings a and b of the same documents: b against a.

    `improved`, `worsened` and `same` count documents; `preference` is the mean of +1, -1 and 0 for them.
    `relative_gain` is the mean over documents of how much of a's accuracy b adds or takes (HIPE-OCRepair's PCIS).
    """

    name: str
    profile: str
    comparison: Comparison
    improved: int
    worsened: int
    same: int
    relative_gain: float

    @property
    def preference(self) -> float:
        """From -1, every document worse, to 1, every document better."""
        return (self.improved - self.worsened) / (self.improved + self.worsened + self.same)


@dataclass(frozen=True, kw_only=True, slots=True)
class Certain:
    """Words whose confidence lies in [low, high): how many, how many of them right, and their mean confidence."""

    low: float
    high: float
    words: int
    right: int
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class NotScored:
    """What was given and is in no figure: exact repeats, files without a partner, and what failed, in words."""

    repeats: int = 0
    lone: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """All that is told of many documents: `after` and `changes` are None and empty where nothing was corrected."""

    documents: tuple[Evaluation, ...]
    groups: int
    headline: str
    before: Side
    after: Side | None
    changes: tuple[Change, ...]
    certain: tuple[Certain, ...]
    not_scored: NotScored
    signature: str


def corpus(
    evaluations: Sequence[Evaluation],
    *,
    corrected: bool,
    signature: str,
    not_scored: NotScored = NotScored(),
) -> Corpus:
    """Everything about `evaluations`, which must not be empty; `corrected` says that a corrected text was given."""
    groups = [e.group for e in evaluations]
    before, after = [e.before for e in evaluations], [e.after for e in evaluations]
    return Corpus(
        documents=tuple(evaluations),
        groups=len(set(groups)),
        headline=evaluations[0].headline,
        before=side(groups, before),
        after=side(groups, after) if corrected else None,
        changes=change(groups, before, after) if corrected else (),
        certain=_certain([s for e in evaluations for s in e.sureness]),
        not_scored=not_scored,
        signature=signature,
    )


def side(groups: Sequence[str], measured: Sequence[Measured]) -> Side:
    """The averages of one reading over all documents, whose groups are `groups`, in the same order."""
    errors: Counter[tuple[str, str]] = Counter()
    for one in measured:
        for c in one.confusions:
            errors[c.truth, c.read] += c.count
    return Side(
        figures=_figures(groups, measured),
        confusions=tuple(
            Confusion(truth=t, read=r, count=n)
            for (t, r), n in sorted(errors.items(), key=lambda one: (-one[1], one[0]))
        ),
        characters=_summed(m.characters for m in measured),
        words=_summed(m.words for m in measured),
    )


def _figures(groups: Sequence[str], measured: Sequence[Measured]) -> tuple[Figure, ...]:
    by_group = _by_group(groups, measured)
    sums = [_sums(members) for members in by_group.values()]
    found = intervals(*_matrices(sums, measured[0].scores))
    return tuple(
        Figure(
            name=first.name,
            profile=first.profile,
            micro=rate(first.name, total := sum((row[at] for row in sums), Counts())),
            macro=fmean(rate(first.name, row[at]) for row in sums),
            median=median(m.scores[at].value for m in measured),
            interval=_possible(first.name, found[at]),
            counts=total,
            exact=all(m.scores[at].exact for m in measured),
        )
        for at, first in enumerate(measured[0].scores)
    )


def _possible(name: str, interval: Interval | None) -> Interval | None:
    """The interval of a match rate ends at 1, which it never passes."""
    if interval is None or name not in {"cmer", "wmer"}:
        return interval
    return Interval(low=min(1.0, interval.low), high=min(1.0, interval.high))


def change(groups: Sequence[str], a: Sequence[Measured], b: Sequence[Measured]) -> tuple[Change, ...]:
    """Each measure of the readings `a` and `b` of the same documents, whose groups are `groups`, in the same order."""
    names = a[0].scores
    ours, theirs = ([_sums(members) for members in _by_group(groups, side).values()] for side in (a, b))
    compared = _compared(_matrices(ours, names), _matrices(theirs, names))
    found: list[Change] = []
    for at, (score, comparison) in enumerate(zip(names, compared, strict=True)):
        differences = [y.scores[at].value - x.scores[at].value for x, y in zip(a, b, strict=True)]
        improved, worsened = sum(d < 0 for d in differences), sum(d > 0 for d in differences)
        found.append(
            Change(
                name=score.name,
                profile=score.profile,
                comparison=comparison,
                improved=improved,
                worsened=worsened,
                same=len(differences) - improved - worsened,
                relative_gain=fmean(
                    _relative_gain(1 - x.scores[at].value, 1 - y.scores[at].value) for x, y in zip(a, b, strict=True)
                ),
            )
        )
    return tuple(found)


def _relative_gain(a: float, b: float) -> float:
    """The accuracy `b` against the accuracy `a`; where there is none to compare with, `b` itself.

    A CER above 1 is no accuracy at all; the match rates, on which HIPE-OCRepair defines the figure, never pass 1.
    """
    a, b = max(0.0, a), max(0.0, b)
    return (b - a) / a if a else b


_Matrices: TypeAlias = tuple[list[list[int]], list[list[int]]]


def _compared(a: _Matrices, b: _Matrices) -> list[Comparison]:
    """Column by column; one that has nothing to count on in either reading shows no difference."""
    countable = [at for at in range(len(a[1][0])) if all(sum(row[at] for row in bases) for _, bases in (a, b))]
    found = [Comparison(difference=0.0, interval=None, p=1.0)] * len(a[1][0])
    if countable:
        chosen = [[[row[at] for at in countable] for row in matrix] for matrix in (*a, *b)]
        for at, one in zip(countable, compare(*chosen), strict=True):
            found[at] = one
    return found


def _by_group(groups: Sequence[str], measured: Sequence[Measured]) -> dict[str, list[Measured]]:
    """The documents of each group, sorted by its name, so that the resamples do not hang on the order of files."""
    found: dict[str, list[Measured]] = {group: [] for group in sorted(set(groups))}
    for group, one in zip(groups, measured, strict=True):
        found[group].append(one)
    return found


def _sums(members: Sequence[Measured]) -> list[Counts]:
    return [sum(counts, Counts()) for counts in zip(*([s.counts for s in m.scores] for m in members), strict=True)]


def _matrices(sums: Sequence[Sequence[Counts]], names: Sequence[Score]) -> _Matrices:
    """Errors and bases, a row a group, a column a measure."""
    errors = [[c.errors for c in row] for row in sums]
    bases = [[base_of(s.name, c) for c, s in zip(row, names, strict=True)] for row in sums]
    return errors, bases


def _summed(classes: Iterable[Sequence[ClassCounts]]) -> tuple[ClassCounts, ...]:
    total: dict[str, Counts] = {}
    for one in classes:
        for c in one:
            total[c.name] = total.get(c.name, Counts()) + c.counts
    return tuple(ClassCounts(name=name, counts=counts) for name, counts in total.items())


def _certain(words: Sequence[Sureness]) -> tuple[Certain, ...]:
    """The words by confidence; the steps are finer where most of them lie."""
    found: list[Certain] = []
    for low, high in pairwise(_CONFIDENCES):
        here = [w for w in words if low <= w.confidence < high]
        if here:
            right = sum(w.right for w in here)
            mean = fmean(w.confidence for w in here)
            found.append(Certain(low=low, high=min(high, 1.0), words=len(here), right=right, confidence=mean))
    return tuple(found)
