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
from corrigenda.values import Correction, Evaluation, Outcome, Verdict

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
    def scorable(self) -> int:
        """The corrections of which the truth says something."""
        return self.at_wrong + self.outcomes[Outcome.HARMED]

    @property
    def at_wrong(self) -> int:
        """The corrections at wrong places."""
        return sum(self.outcomes[o] for o in (Outcome.FIXED, Outcome.IMPROVED, Outcome.STILL_WRONG))

    @property
    def wrong(self) -> int:
        """The wrong places of the OCR, corrected or missed."""
        return self.at_wrong + self.outcomes[Outcome.MISSED]


_Count: TypeAlias = Callable[[_Sums], int]


def correction_scores(evaluations: Iterable[Evaluation]) -> CorrectionScores:
    """The figures of the corrections of all documents together; intervals are over their groups."""
    sums = list(_by_group(evaluations))
    total = Counter[Outcome]()
    for one in sums:
        total += one.outcomes
    verdicts = [v for one in sums for v in one.verdicts]
    detection, with_flags, correction, harm = _figures(sums)
    (gain,) = gains([[(s.outcomes[Outcome.FIXED], s.outcomes[Outcome.HARMED], s.wrong) for s in sums]])
    return CorrectionScores(
        groups=len(sums),
        made=total.total() - total[Outcome.MISSED],
        unscorable=total[Outcome.UNSCORABLE],
        wrong=gain.of,
        detection=detection,
        detection_with_flags=with_flags,
        correction=correction,
        harm=harm,
        gain=gain,
        kinds=_tallies(sums, _kind),
        rules=_tallies(sums, _rules),
        calibration=calibration(verdicts),
        abstention=abstention(verdicts, wrong=gain.of, right_words=harm.of),
        offered=_offered(sums),
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


def _figures(sums: Sequence[_Sums]) -> tuple[PrecisionRecall, PrecisionRecall, PrecisionRecall, Share]:
    """Detection without and with flags, correction, and harm; all share the resamples."""
    asked: list[tuple[_Count, _Count]] = [
        (lambda s: s.at_wrong, lambda s: s.scorable),
        (lambda s: s.at_wrong + s.flagged, lambda s: s.scorable + s.flagged + s.false_alarms),
        (lambda s: s.outcomes[Outcome.FIXED], lambda s: s.scorable),
    ]
    measures: list[list[tuple[int, int]]] = []
    for hits, pointed in asked:
        measures += [
            [(hits(s), pointed(s)) for s in sums],
            [(hits(s), s.wrong) for s in sums],
            [(2 * hits(s), pointed(s) + s.wrong) for s in sums],
        ]
    *found, harm = shares([*measures, [(s.harmed_words, s.right_words) for s in sums]])
    detection, with_flags, correction = (
        PrecisionRecall(precision=found[at], recall=found[at + 1], f1=found[at + 2]) for at in range(0, len(found), 3)
    )
    return detection, with_flags, correction, harm


def _kind(correction: Correction) -> set[str]:
    return {correction.kind.value}


def _rules(correction: Correction) -> set[str]:
    return {e.rule for e in correction.evidence}


def _tallies(sums: Sequence[_Sums], names: Callable[[Correction], set[str]]) -> tuple[Tally, ...]:
    by_group = [
        Counter((name, v.outcome) for v in one.verdicts if v.correction for name in names(v.correction)) for one in sums
    ]
    total = Counter[tuple[str, Outcome]]()
    for one in by_group:
        total += one
    made = Counter[str]()
    for (name, _), n in total.items():
        made[name] += n
    ordered = sorted(made, key=lambda name: (-made[name], name))
    scorable = (Outcome.FIXED, Outcome.IMPROVED, Outcome.STILL_WRONG, Outcome.HARMED)
    precisions = shares([
        [(one[name, Outcome.FIXED], sum(one[name, o] for o in scorable)) for one in by_group] for name in ordered
    ])  # fmt: skip
    return tuple(
        Tally(
            name=name,
            fixed=total[name, Outcome.FIXED],
            improved=total[name, Outcome.IMPROVED],
            still_wrong=total[name, Outcome.STILL_WRONG],
            harmed=total[name, Outcome.HARMED],
            unscorable=total[name, Outcome.UNSCORABLE],
            precision=precision,
        )
        for name, precision in zip(ordered, precisions, strict=True)
    )


def _offered(sums: Sequence[_Sums]) -> Offered:
    best, weighted = gains(
        [
            [_nearer(one.offers, lambda o: o.best) for one in sums],
            [_nearer(one.offers, lambda o: o.weighted) for one in sums],
        ]
    )
    ranks = [o.rank for one in sums for o in one.offers if o.wrong]
    return Offered(
        places=len(ranks),
        best=best,
        weighted=weighted,
        within=tuple((first, sum(r is not None and r <= first for r in ranks)) for first in FIRST),
    )


def _nearer(found: Sequence[Offer], distance: Callable[[Offer], float]) -> tuple[float, float, int]:
    """By how much the truth came nearer in one group, by how much it went farther, and how far it was."""
    steps = [o.before - distance(o) for o in found]
    return sum(s for s in steps if s > 0), -sum(s for s in steps if s < 0), sum(o.before for o in found)
