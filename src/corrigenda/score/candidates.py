"""Flags as detections, and what was offered at the wrong places, as the post-OCR competitions of ICDAR score it.

Chiron et al., ICDAR 2017, and Rigaud et al., ICDAR 2019, compare the candidates of a place, weighted by how probable
they are, with its truth by edit distance; docs/metrics.md says where this differs from their script.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corrigenda.score.shares import Gain
from corrigenda.score.values import Evaluation, FlagVerdict, Outcome, Verdict
from corrigenda.text import Profile, graphemes, normalise, tokens
from corrigenda.values import FlagKind, Span

__all__ = ["FIRST", "Alarms", "Offer", "Offered", "alarms", "offers"]

FIRST = (1, 3, 5)
"""Among how many candidates the truth is looked for."""

# The competition's script takes so many at a place.
_MOST_CANDIDATES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """What was offered at the wrong `places`: how much nearer the truth it is than the OCR, in characters.

    `best` takes the most probable candidate of each place (the competition's "fully automated", top-1), `weighted` the
    mean over its candidates by probability ("semi-automated", ranked). Both have what harmful corrections cost as
    `lost`. `within` says for 1, 3 and 5 at how many places the truth is among so many first candidates.
    """

    places: int
    best: Gain
    weighted: Gain
    within: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarms:
    """The doubtful flags of one document beside its verdicts.

    `missed` has each error that no correction touched, with the flags on it; `false` counts the flags on right words.
    """

    missed: tuple[tuple[Verdict, tuple[FlagVerdict, ...]], ...]
    false: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One judged place: distances to its truth of the OCR, the best candidate, and all candidates by weight.

    `rank` is the place of the truth among the candidates, from 1, or None. `wrong` is false where a correction broke
    what was right.
    """

    wrong: bool
    before: int
    best: int
    weighted: float
    rank: int | None


def alarms(evaluation: Evaluation) -> Alarms:
    """Which missed errors the doubtful flags of a document fall on.

    Flags that meet a correction, that the truth is silent on, or that are no doubt but an edition's variant, are left
    out. So is a flag beside a wrong place that is on none, as between two words of which one is wrong.
    """
    missed = [v for v in evaluation.verdicts if v.outcome is Outcome.MISSED]
    corrected = [v.span for v in evaluation.verdicts if v.correction]
    on: list[list[FlagVerdict]] = [[] for _ in missed]
    places = [v.span for v in missed]
    false = 0
    for flag in evaluation.flags:
        span = flag.flag.span
        if (
            flag.flag.kind is not FlagKind.DOUBTFUL
            or flag.wrong is None
            or next(_met(span, corrected), None) is not None
        ):
            continue
        false += not flag.wrong
        for at in _places(flag, missed, places) if flag.wrong else ():
            on[at].append(flag)
    return Alarms(missed=tuple((v, tuple(flags)) for v, flags in zip(missed, on, strict=True)), false=false)


def offers(evaluation: Evaluation, found: Alarms) -> Iterator[Offer]:
    """What was offered at each wrong place of a document, and what its corrections broke.

    A correction is the one candidate of its place. Where an error was missed, the suggestions of the flags on it are
    the candidates, and where there is none, what the OCR has.
    """
    for verdict in evaluation.verdicts:
        if verdict.correction and verdict.truth is not None:
            yield _of_correction(verdict, verdict.truth)
    for verdict, flags in found.missed:
        yield _of_flags(verdict, flags)


def _of_correction(verdict: Verdict, truth: str) -> Offer:
    # What is right was judged in its place on the page, which the correction alone may not show whole.
    right, harmed = verdict.outcome is Outcome.FIXED, verdict.outcome is Outcome.HARMED
    after = 0 if right else _distance(verdict.after, truth)
    before = 0 if harmed else _distance(verdict.before, truth)
    return Offer(wrong=not harmed, before=before, best=after, weighted=after, rank=1 if right else None)


def _of_flags(verdict: Verdict, flags: Sequence[FlagVerdict]) -> Offer:
    truth = verdict.truth or ""
    before = _distance(verdict.before, truth)
    candidates = _readings(verdict, flags)
    whole = next((f for f in flags if _holds(f.flag.span, verdict.span)), None)
    if whole:
        # The flag is about more than the place, so its suggestions stand against its own truth.
        truth = whole.truth or ""
        candidates = _likeliest((s.text, s.probability or 0.0) for s in whole.flag.suggestions)
    if not candidates:
        return Offer(wrong=True, before=before, best=before, weighted=before, rank=None)
    distances = [_distance(text, truth) for text, _ in candidates]
    total = sum(p for _, p in candidates)
    return Offer(
        wrong=True,
        before=before,
        best=distances[0],
        weighted=sum(d * p for d, (_, p) in zip(distances, candidates, strict=True)) / total,
        rank=next((n for n, d in enumerate(distances, 1) if d == 0), None),
    )


def _readings(verdict: Verdict, flags: Iterable[FlagVerdict]) -> list[tuple[str, float]]:
    """The readings of a place, with the suggestions of its flags put in; the probabilities of several are multiplied.

    The likeliest of the products come of the likeliest so far, so that no others need to be kept on the way.
    """
    readings, at = [("", 1.0)], verdict.span.start
    offered = False
    for one in sorted(flags, key=lambda f: f.flag.span):
        span, suggestions = one.flag.span, _likeliest((s.text, s.probability or 0.0) for s in one.flag.suggestions)
        if span.start < at or span.end > verdict.span.end or not suggestions:
            continue
        offered = True
        between = verdict.before[at - verdict.span.start : span.start - verdict.span.start]
        readings = _likeliest((r + between + text, p * q) for r, p in readings for text, q in suggestions)
        at = span.end
    rest = verdict.before[at - verdict.span.start :]
    return [(reading + rest, p) for reading, p in readings] if offered else []


def _likeliest(readings: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """As many as the competition takes, the likeliest first; what has no probability is not offered."""
    # The order of equals is that in which they were offered.
    return sorted(((t, p) for t, p in readings if p > 0), key=lambda tp: -tp[1])[:_MOST_CANDIDATES]


def _distance(text: str, truth: str) -> int:
    """The edit distance in characters, of words without outer punctuation, as `truth` has them."""
    words = " ".join(t.core or t.text for t in tokens(text))
    ours, theirs = (normalise(t, Profile.FOLDED) for t in (words, truth))
    if ours.isascii() and theirs.isascii():
        return Levenshtein.distance(ours, theirs)
    return Levenshtein.distance(graphemes(ours), graphemes(theirs))


def _holds(flag: Span, place: Span) -> bool:
    """Whether a flag is about more than the place that it is on; a place of missing words is only a point in a gap."""
    return flag != place and (flag.covers(place) or not place)


def _places(flag: FlagVerdict, missed: Sequence[Verdict], places: Sequence[Span]) -> Iterator[int]:
    """Which missed errors a flag on wrong words is on."""
    span = flag.flag.span
    if span:
        yield from _met(span, places)
        return
    # Words that are missing are noted at the next word, and flagged somewhere in the gap before it.
    at = bisect_left(places, span.start, key=lambda place: place.start)
    if at < len(places) and not places[at] and missed[at].truth == flag.truth:
        yield at


def _met(span: Span, places: Sequence[Span]) -> Iterator[int]:
    """Which of `places`, which are in order and do not overlap, `span` meets."""
    at = bisect_left(places, span.start, key=lambda place: place.end)
    while at < len(places) and places[at].start <= span.end:
        if span == places[at] or span.overlaps(places[at]):
            yield at
        at += 1
