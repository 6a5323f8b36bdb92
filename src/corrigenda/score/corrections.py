"""What the corrections of many documents are worth: found, mended, broken, and how sure each of these figures is.

Everything is a sum of what `evaluate` judged place by place; docs/metrics.md defines the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from corrigenda.score.calibration import Calibration, Kept, abstention, calibration
from corrigenda.score.candidates import FIRST, Offer, Offered, alarms, offers
from corrigenda.score.shares import Gain, Share, gains, shares
from corrigenda.score.values import Evaluation, Outcome, Verdict
from corrigenda.values import Correction

__all__ = ["CorrectionScores", "PrecisionRecall", "Tally", "correction_scores"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrecisionRecall:
    """How much of what was pointed at was sought, how much of what was sought was pointed at, and F1 of the two.

    `f1` is the share 2 x hits of (pointed at + sought), which is the harmonic mean of the other two.
    """

    precision: Share
    recall: Share
    f1: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """The corrections of one kind or of one rule of evidence by outcome; `precision` is fixed of scorable."""

    name: str
    fixed: int
    improved: int
    still_wrong: int
    harmed: int
    unscorable: int
    precision: Share

    @property
    def made(self) -> int:
        """All of them."""
        return self.precision.of + self.unscorable


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionScores:
    """All that the verdicts on the corrections of many documents come to.

    `made` corrections, of which the truth says nothing of `unscorable`; `wrong` places of the OCR. `detection` is of
    the corrections alone, `detection_with_flags` of corrections and doubtful flags together. `harm` is the share of the
    right words that were broken, `gain` (fixed - harmed) / wrong. `kinds` and `rules` begin with what has the most
    corrections; a correction counts once for each rule that its evidence names.
    """

    groups: int
    made: int
    unscorable: int
    wrong: int
    detection: PrecisionRecall
    detection_with_flags: PrecisionRecall
    correction: PrecisionRecall
    harm: Share
    gain: Gain
    kinds: tuple[Tally, ...]
    rules: tuple[Tally, ...]
    calibration: Calibration
    abstention: tuple[Kept, ...]
    offered: Offered


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sums:
    """What is counted in one group of documents."""

    outcomes: Counter[Outcome]
    flagged: int
    false_alarms: int
    harmed_words: int
    right_words: int
    verdicts: tuple[Verdict, ...]
    offers: tuple[Offer, ...]

    @property
    def at_wrong(self) -> int:
        """The corrections at wrong places."""
        return _at_wrong(self.outcomes)

    @property
    def scorable(self) -> int:
        """The corrections of which the truth says something."""
        return _scorable(self.outcomes)

    @property
    def wrong(self) -> int:
        """The wrong places of the OCR, corrected or missed."""
        return self.at_wrong + self.outcomes[Outcome.MISSED]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sort:
    """The corrections of one kind or rule: how many of each outcome, in all and in each group."""

    name: str
    total: Counter[Outcome]
    by_group: tuple[Counter[Outcome], ...]


_Pairs: TypeAlias = list[tuple[int, int]]


def correction_scores(evaluations: Iterable[Evaluation]) -> CorrectionScores:
    """The figures of the corrections of all documents together; intervals are over their groups."""
    sums = list(_by_group(evaluations))
    outcomes = _total(s.outcomes for s in sums)
    verdicts = [v for s in sums for v in s.verdicts]
    kinds, rules = _sorts(sums, _kind), _sorts(sums, _rules)
    # Asked for together, all shares have the same resamples.
    harm, *found = shares([[(s.harmed_words, s.right_words) for s in sums], *_measures(sums, [*kinds, *rules])])
    gain, best, weighted = gains([
        [(s.outcomes[Outcome.FIXED], s.outcomes[Outcome.HARMED], s.wrong) for s in sums],
        [_nearer(s.offers, lambda o: o.best) for s in sums],
        [_nearer(s.offers, lambda o: o.weighted) for s in sums],
    ])  # fmt: skip
    detection, with_flags, correction = (_precision_recall(found[at : at + 3]) for at in (0, 3, 6))
    tallies = [_tally(sort, share) for sort, share in zip([*kinds, *rules], found[9:], strict=True)]
    ranks = [o.rank for s in sums for o in s.offers if o.wrong]
    return CorrectionScores(
        groups=len(sums),
        made=outcomes.total() - outcomes[Outcome.MISSED],
        unscorable=outcomes[Outcome.UNSCORABLE],
        wrong=gain.of,
        detection=detection,
        detection_with_flags=with_flags,
        correction=correction,
        harm=harm,
        gain=gain,
        kinds=tuple(tallies[: len(kinds)]),
        rules=tuple(tallies[len(kinds) :]),
        calibration=calibration(verdicts),
        abstention=abstention(verdicts, wrong=gain.of, right_words=harm.of),
        offered=Offered(
            places=len(ranks),
            best=best,
            weighted=weighted,
            within=tuple((first, sum(r is not None and r <= first for r in ranks)) for first in FIRST),
        ),
    )


def _by_group(evaluations: Iterable[Evaluation]) -> Iterator[_Sums]:
    """Sorted by the name of the group, so that the intervals do not hang on the order of the documents."""
    groups: dict[str, list[Evaluation]] = {}
    for evaluation in evaluations:
        groups.setdefault(evaluation.group, []).append(evaluation)
    for _, members in sorted(groups.items()):
        found = [alarms(e) for e in members]
        yield _Sums(
            outcomes=Counter(v.outcome for e in members for v in e.verdicts),
            flagged=sum(bool(flags) for a in found for _, flags in a.missed),
            false_alarms=sum(a.false for a in found),
            harmed_words=sum(e.harmed_words for e in members),
            right_words=sum(e.right_words for e in members),
            verdicts=tuple(v for e in members for v in e.verdicts),
            offers=tuple(o for e, a in zip(members, found, strict=True) for o in offers(e, a)),
        )


def _measures(sums: Sequence[_Sums], sorts: Iterable[_Sort]) -> Iterator[_Pairs]:
    """Precision, recall, F1 of detection, of detection with flags, of correction; then the precision of each sort."""
    for hits, pointed in (
        ([s.at_wrong for s in sums], [s.scorable for s in sums]),
        ([s.at_wrong + s.flagged for s in sums], [s.scorable + s.flagged + s.false_alarms for s in sums]),
        ([s.outcomes[Outcome.FIXED] for s in sums], [s.scorable for s in sums]),
    ):
        sought = [s.wrong for s in sums]
        yield list(zip(hits, pointed, strict=True))
        yield list(zip(hits, sought, strict=True))
        yield [(2 * n, p + w) for n, p, w in zip(hits, pointed, sought, strict=True)]
    for sort in sorts:
        yield [(one[Outcome.FIXED], _scorable(one)) for one in sort.by_group]


def _precision_recall(found: Sequence[Share]) -> PrecisionRecall:
    precision, recall, f1 = found
    return PrecisionRecall(precision=precision, recall=recall, f1=f1)


def _at_wrong(outcomes: Counter[Outcome]) -> int:
    return outcomes[Outcome.FIXED] + outcomes[Outcome.IMPROVED] + outcomes[Outcome.STILL_WRONG]


def _scorable(outcomes: Counter[Outcome]) -> int:
    return _at_wrong(outcomes) + outcomes[Outcome.HARMED]


def _total(counters: Iterable[Counter[Outcome]]) -> Counter[Outcome]:
    total = Counter[Outcome]()
    for one in counters:
        total.update(one)
    return total


def _kind(correction: Correction) -> set[str]:
    return {correction.kind.value}


def _rules(correction: Correction) -> set[str]:
    return {e.rule for e in correction.evidence}


def _sorts(sums: Sequence[_Sums], names: Callable[[Correction], set[str]]) -> list[_Sort]:
    """The corrections by each of their `names`, those with the most corrections first."""
    found = [Counter((n, v.outcome) for v in s.verdicts if v.correction for n in names(v.correction)) for s in sums]
    by_group = {
        name: tuple(Counter({o: one[name, o] for o in Outcome}) for one in found)
        for name in {name for one in found for name, _ in one}
    }
    sorts = [_Sort(name=name, total=_total(each), by_group=each) for name, each in by_group.items()]
    return sorted(sorts, key=lambda sort: (-sort.total.total(), sort.name))


def _tally(sort: _Sort, precision: Share) -> Tally:
    return Tally(
        name=sort.name,
        fixed=sort.total[Outcome.FIXED],
        improved=sort.total[Outcome.IMPROVED],
        still_wrong=sort.total[Outcome.STILL_WRONG],
        harmed=sort.total[Outcome.HARMED],
        unscorable=sort.total[Outcome.UNSCORABLE],
        precision=precision,
    )


def _nearer(found: Sequence[Offer], distance: Callable[[Offer], float]) -> tuple[float, float, int]:
    """By how much the truth came nearer in one group, by how much it went farther, and how far it was."""
    steps = [o.before - distance(o) for o in found]
    return sum(s for s in steps if s > 0), sum(-s for s in steps if s < 0), sum(o.before for o in found)
