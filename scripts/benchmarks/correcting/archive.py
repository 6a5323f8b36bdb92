"""The archive's readings beside the edition, cross-validated by cluster: quality, harm, calibration, flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from correcting.data import Passage, lessons
from correcting.judge import Judged, Sums, evaluated, fold
from correcting.learned import FOLDS, School, crossed, note
from correcting.simple import rewrites
from correcting.systems import LIMITS, SHIPPED_LIMIT, bar, by_limit, ours, rewritten
from correcting.tables import by_engine, comparison, named, percent, section, table
from corrigenda.correct.gate import NOTHING, Bar
from corrigenda.learn.lessons import Lesson
from corrigenda.report.folder import folder_files
from corrigenda.score.calibration import Bin, calibration
from corrigenda.score.candidates import alarms
from corrigenda.score.corpus import corpus
from corrigenda.score.values import Outcome, Verdict
from corrigenda.values import Intake

__all__ = ["Archive", "measured", "report", "told"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive:
    """All that was made of the archive's readings.

    `simple` has the correctors that learn nothing, `crossed` our own by the limit of harm, `bars` what each
    limit came to in the folds; `other` has our own at the usual limit, by what was learned from.
    """

    simple: dict[str, list[Judged]]
    crossed: dict[float, list[Judged]]
    bars: dict[float, tuple[Bar, ...]]
    other: dict[str, list[Judged]]


def measured(passages: Sequence[Passage], made: Sequence[Passage], school: School) -> Archive:
    """Correct the passages in every way."""
    simple: dict[str, list[Judged]] = {}
    for name, rewrite in rewrites(school.words.lexicon).items():
        note(f"archive: {name}")
        simple[name] = rewritten(passages, rewrite, name)
    found: dict[float, list[Judged]] = {limit: [] for limit in LIMITS}
    bars: dict[float, tuple[Bar, ...]] = dict.fromkeys(LIMITS, ())
    for held, engine in crossed(passages, lessons(made, made=True), school, "pairs and rendered pages"):
        for limit, judged in by_limit(held, engine).items():
            found[limit] += judged
            bars[limit] += (bar(engine, limit),)
    return Archive(simple=simple, crossed=found, bars=bars, other=_other(passages, made, school))


def _other(passages: Sequence[Passage], made: Sequence[Passage], school: School) -> dict[str, list[Judged]]:
    """What learning from less comes to."""
    pairs_alone: list[Judged] = []
    for held, engine in crossed(passages, [], school, "pairs alone"):
        pairs_alone += ours(held, engine, SHIPPED_LIMIT)
    # Where there are no others, the rendered pages themselves must tell how sure corrections are.
    own: list[Lesson] = lessons(made)
    alone = ours(passages, school.engine(own, "rendered pages alone"), SHIPPED_LIMIT)
    return {"pairs alone": pairs_alone, "rendered pages alone": alone}


def told(archive: Archive) -> Iterator[str]:
    """The sections of the report."""
    systems = {**archive.simple, **{named(limit): judged for limit, judged in archive.crossed.items()}}
    everything = Sums(archive.simple["raw"])
    yield section(
        "Archive readings beside the edition",
        f"archive-frus-pairs, profile hipe: {len(everything.judged)} passages in {everything.groups} clusters, "
        f"{everything.words:,} words. corrigenda is cross-validated by cluster in {FOLDS} folds: its models learned "
        "from the other folds and from rendered pages.",
        *_by_engine(systems),
    )
    both = {"pairs and rendered pages": archive.crossed[SHIPPED_LIMIT], **archive.other}
    yield section(
        f"What the models learned from (--max-harm {SHIPPED_LIMIT:g})",
        "Pairs by cross-validation; the rendered pages have no passage of the archive's.",
        *_by_engine(both),
    )
    yield section("Harm: promised and measured", _harm(archive))
    yield section("Calibration of the corrections that were made", _expected_errors(archive), _bins(archive))
    yield section("Flags", _flags(archive))


def _by_engine(systems: dict[str, list[Judged]]) -> Iterator[str]:
    for engine, part in by_engine(systems):
        sums = Sums(next(iter(part.values())))
        yield f"**{engine}**: {len(sums.judged)} passages in {sums.groups} clusters, {sums.words:,} words."
        yield comparison(part)


def _harm(archive: Archive) -> str:
    """What every limit promised, and what it came to on clusters that no model of theirs saw."""
    rows = []
    for limit, judged in archive.crossed.items():
        sums = Sums(judged)
        broken, right = sums.broken_as_scored
        low, high = _ends(b.threshold for b in archive.bars[limit])
        least, most = _ends(b.ease for b in archive.bars[limit])
        rows.append(
            [
                f"{limit:g}%",
                "nothing" if low == NOTHING else f"{low:g}" if low == high else f"{low:g} to {high:g}",
                f"{least:.0%}" if least == most else f"{least:.0%} to {most:.0%}",
                f"{sums.scorable:,}",
                f"{sums.broken} of {sums.right_words:,}",
                percent(sums.harm, 3),
                percent(sums.harm_bound, 3),
                f"{broken} of {right:,}",
                percent(broken / max(1, right), 3),
            ]
        )
    head = (
        "promised", "put in from", "guards eased by", "corrections judged", "right words broken", "harm, %",
        "at most, % (95%)", "broken, case counted", "harm, %",
    )  # fmt: skip
    return table(head, rows)


def _ends(values: Iterable[float]) -> tuple[float, float]:
    every = list(values)
    return min(every), max(every)


def _verdicts(judged: Sequence[Judged]) -> list[Verdict]:
    return [v for one in judged for v in one.verdicts]


def _expected_errors(archive: Archive) -> str:
    rows = []
    for limit, judged in archive.crossed.items():
        found = calibration(_verdicts(judged))
        told = sum(b.corrections for b in found.bins)
        rows.append(
            [
                f"{limit:g}%",
                f"{told:,}",
                percent(sum(b.fixed for b in found.bins) / max(1, told)),
                percent(sum(b.probability * b.corrections for b in found.bins) / max(1, told)),
                percent(found.expected_error or 0, 2),
                f"{found.brier or 0:.4f}",
            ]
        )
    head = ("--max-harm", "corrections judged", "right, %", "mean probability, %", "expected calibration error, points")
    return table((*head, "Brier"), rows)


def _bins(archive: Archive) -> str:
    bins = calibration(_verdicts(archive.crossed[SHIPPED_LIMIT])).bins
    return table(("probability", "corrections", "mean, %", "right, %", "95%"), map(_bin, bins))


def _bin(one: Bin) -> list[str]:
    between = f"{percent(one.interval.low)} to {percent(one.interval.high)}"
    span = f"{one.low:g} to {one.high:g}"
    return [span, f"{one.corrections}", percent(one.probability), f"{percent(one.share)} ({one.fixed})", between]


def _flags(archive: Archive) -> str:
    """Flags beside what is left wrong, with and without what another engine reads alike on the same page."""
    shared = _shared(archive.simple["raw"])
    rows = []
    for limit, judged in archive.crossed.items():
        sums = Sums(judged)
        hits, false = sums.flags
        left, own_hits, own_left = sums.errors_left, *_unshared(judged, shared)
        at_wrong = sums.scorable - sums.outcomes(Outcome.HARMED)
        pointed = sums.scorable + hits + false
        rows.append(
            [
                f"{limit:g}%",
                f"{percent(sums.flagged_words / sums.words)} of {sums.words:,}",
                f"{percent(hits / max(1, hits + false))} of {hits + false:,}",
                f"{percent(hits / max(1, left))} of {left:,}",
                f"{percent(own_hits / max(1, own_hits + false))} of {own_hits + false:,}",
                f"{percent(own_hits / max(1, own_left))} of {own_left:,}",
                f"{percent((at_wrong + hits) / max(1, pointed))} of {pointed:,}",
                f"{percent((at_wrong + hits) / sums.wrong)} of {sums.wrong:,}",
            ]
        )
    head = (
        "--max-harm", "words flagged, %", "precision for errors left, %", "recall of errors left, %",
        "precision, less what two engines read alike, %", "recall, less that, %",
        "corrections and flags: precision, %", "recall of all errors, %",
    )  # fmt: skip
    return table(head, rows)


def _key(one: Judged, verdict: Verdict) -> tuple[str, ...]:
    return one.passage.group, verdict.truth or "", *fold(verdict.before).split()


def _shared(raw: Sequence[Judged]) -> set[tuple[str, ...]]:
    """The places where two engines read alike what the edition does not have: the page very likely has it so."""
    engines: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in raw:
        for verdict in one.verdicts:
            engines[_key(one, verdict)].add(one.passage.engine)
    return {key for key, readers in engines.items() if len(readers) > 1}


def _unshared(judged: Sequence[Judged], shared: set[tuple[str, ...]]) -> tuple[int, int]:
    """Of the errors left those that one engine alone has: how many are flagged, and how many there are."""
    hits = left = 0
    for one in judged:
        flagged = {v.span for v, flags in alarms(one).missed if flags}
        for verdict in one.verdicts:
            mended = verdict.outcome in {Outcome.FIXED, Outcome.UNSCORABLE}
            if not mended and _key(one, verdict) not in shared:
                left += 1
                hits += verdict.span in flagged
    return hits, left


def report(archive: Archive) -> dict[str, bytes]:
    """The score report of the cross-validated corrections at the usual limit, its files by path."""
    judged = archive.crossed[SHIPPED_LIMIT]
    signature = (
        f"{judged[0].corrected.signature} and those of the other folds | words judged with case and marks folded"
    )
    whole = corpus([evaluated(one) for one in judged], corrected=True, signature=signature)
    texts = [
        (Intake(document=one.document, transcript=one.passage.transcript, aside=""), one.corrected) for one in judged
    ]
    return folder_files(whole, texts, pages=len(judged))
