"""What corrections are worth, by the project's own scorer, and the figures that the tables are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from statistics import fmean

from correcting.data import Passage
from corrigenda.correct.apply import inverted, moved
from corrigenda.correct.gate import most_harm
from corrigenda.score.candidates import alarms
from corrigenda.score.edits import character_edits
from corrigenda.score.evaluate import evaluate
from corrigenda.score.lineup import Lineup, Page, stretches
from corrigenda.score.metrics import rate
from corrigenda.score.resample import Interval, intervals
from corrigenda.score.values import Counts, Evaluation, FlagVerdict, Outcome, Verdict
from corrigenda.score.verdicts import judge as judge_corrections
from corrigenda.score.verdicts import judge_flags
from corrigenda.text import Profile, join_broken_words, normalise, tokens
from corrigenda.values import Corrected, Correction, Document, Span

__all__ = ["Judged", "Sums", "evaluated", "fold", "judge"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A corrected passage with what the scorer says of it.

    `before` and `after` are the counts of `cmer` in profile hipe. `verdicts`, `flags` and `right_words` are of words
    with case and marks folded; `as_scored` has the broken and the right words as `corrigenda score` counts them, to
    which a change of case is one, too.
    """

    passage: Passage
    document: Document
    corrected: Corrected
    before: Counts
    after: Counts
    verdicts: tuple[Verdict, ...]
    flags: tuple[FlagVerdict, ...]
    right_words: int
    as_scored: tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """A passage as it was read, beside its truth: as it stands, and folded."""

    truth: Page
    plain: Lineup
    letters: Counts
    folded_truth: Page
    folded: Lineup


def judge(passage: Passage, document: Document, corrected: Corrected) -> Judged:
    """Hold a corrected document against its truth.

    The edition's editors changed case and punctuation, so that words are right where they are the same without them,
    as in the profile hipe: the scorer judges them on texts that are folded letter for letter. Only what the tables
    tell is measured, since `evaluate` would look for moved lines in every profile; `evaluated` is the whole of it.
    """
    side = _side(passage)
    segments = corrected.segments or tuple(
        replace(s, span=moved(s.span, corrected.corrections)) for s in document.segments
    )
    plain = Lineup.of(Page.of(corrected.text, segments, side.truth), side.truth)
    folded = Lineup.of(Page.of(fold(corrected.text), segments, side.folded_truth), side.folded_truth)
    verdicts = judge_corrections(_folded(document, corrected), side.folded, folded)
    own = {c.span: c for c in corrected.corrections}
    broken = sum(v.broken for v in judge_corrections(corrected.corrections, side.plain, plain))
    return Judged(
        passage=passage,
        document=document,
        corrected=corrected,
        before=side.letters,
        after=_letters(plain),
        verdicts=tuple(_unfolded(v, document, own) for v in verdicts),
        flags=judge_flags(corrected.flags, side.folded),
        right_words=_right(side.folded),
        as_scored=(broken, _right(side.plain)),
    )


def evaluated(one: Judged) -> Evaluation:
    """All that the scorer says, its words judged with case and marks folded."""
    found = evaluate(
        one.document,
        one.corrected,
        one.passage.transcript,
        group=one.passage.group,
        headline=Profile.HIPE,
        trusted=True,
    )
    counts = tuple(side.score("cmer", Profile.HIPE).counts for side in (found.before, found.after))
    assert counts == (one.before, one.after), "the tables would not have the scorer's own figures"
    return replace(found, verdicts=one.verdicts, flags=one.flags, right_words=one.right_words)


@lru_cache(maxsize=300)
def _side(passage: Passage) -> _Side:
    document, truth = passage.document, passage.transcript
    pages = []
    for text, true in ((document.text, truth.text), (fold(document.text), fold(truth.text))):
        wanted = Page.of(true, truth.segments)
        pages.append((wanted, Lineup.of(Page.of(text, document.segments, wanted), wanted)))
    (plain_truth, plain), (folded_truth, folded) = pages
    return _Side(truth=plain_truth, plain=plain, letters=_letters(plain), folded_truth=folded_truth, folded=folded)


def _letters(lineup: Lineup) -> Counts:
    """The counts of `cmer` in profile hipe, as `evaluate` has them."""
    parts = [(s.read, s.truth) for s in stretches(lineup)]
    if any(join_broken_words(truth) != truth for _, truth in parts):
        parts = [(join_broken_words(read), join_broken_words(truth)) for read, truth in parts]
    pairs = [(normalise(read, Profile.HIPE), normalise(truth, Profile.HIPE)) for read, truth in parts]
    joints = max(0, sum(bool(read and truth) for read, truth in pairs) - 1)
    return sum((character_edits(read, truth).counts for read, truth in pairs), Counts(hits=joints))


def _right(lineup: Lineup) -> int:
    return sum(right for i, right in enumerate(lineup.right) if i not in lineup.aside)


_DROPPED = re.compile(r"[^\w\s-]|_|-(?![ \t]*\r?\n)")


def fold(text: str) -> str:
    r"""`text` in small letters with a blank for each mark, letter for letter; a hyphen at a line's end is kept.

    >>> fold("The Air-\nForce (U.S.)")
    'the air-\nforce  u s  '
    """
    lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return _DROPPED.sub(" ", lowered)


def _folded(document: Document, corrected: Corrected) -> tuple[Correction, ...]:
    before, after = fold(document.text), fold(corrected.text)
    return tuple(
        replace(c, before=c.span.of(before), after=back.span.of(after))
        for c, back in zip(corrected.corrections, inverted(corrected.corrections), strict=True)
    )


def _unfolded(verdict: Verdict, document: Document, own: Mapping[Span, Correction]) -> Verdict:
    """The verdict with the correction and the letters that it was said of."""
    if verdict.correction is None:
        here = verdict.span.of(document.text)
        return replace(verdict, before=here, after=here)
    correction = own[verdict.span]
    return replace(verdict, correction=correction, before=correction.before, after=correction.after)


@dataclass(frozen=True)
class Sums:
    """The figures of many judged passages; rates are fractions."""

    judged: Sequence[Judged]

    @cached_property
    def _groups(self) -> dict[str, tuple[Counts, Counts]]:
        """The counts of `cmer` before and after, by group."""
        found: defaultdict[str, tuple[Counts, Counts]] = defaultdict(lambda: (Counts(), Counts()))
        for one in self.judged:
            before, after = found[one.passage.group]
            found[one.passage.group] = before + one.before, after + one.after
        return dict(sorted(found.items()))

    @property
    def groups(self) -> int:
        """How many clusters, documents or the like."""
        return len(self._groups)

    @cached_property
    def _total(self) -> tuple[Counts, Counts]:
        both = list(self._groups.values())
        return sum((b for b, _ in both), Counts()), sum((a for _, a in both), Counts())

    @property
    def before(self) -> float:
        """Micro `cmer` of the OCR, profile hipe."""
        return rate("cmer", self._total[0])

    @property
    def after(self) -> float:
        """Micro `cmer` of the corrected texts, profile hipe."""
        return rate("cmer", self._total[1])

    @property
    def cut(self) -> float:
        """By what share `cmer` went down."""
        return 1 - self.after / self.before if self.before else 0.0

    @cached_property
    def cut_interval(self) -> Interval | None:
        """The 95% interval of `cut`: bootstrap-t over groups of the ratio of the errors left to the errors before.

        The lengths of the alignments, by which the two rates differ besides, are taken as they are in all groups
        together.
        """
        before, after = self._total
        # Where no group changed there is no spread to tell an interval from.
        if not before.errors or all(b == a for b, a in self._rows):
            return None
        scale = before.steps / after.steps
        left, had = ([[scale * a.errors] for _, a in self._rows], [[b.errors] for b, _ in self._rows])
        found = intervals(left, had)[0]
        return Interval(low=1 - found.high, high=1 - found.low) if found else None

    @property
    def _rows(self) -> list[tuple[Counts, Counts]]:
        return list(self._groups.values())

    @property
    def macro_cut(self) -> float:
        """By what share the macro average of `cmer` over groups went down."""
        before, after = (fmean(rate("cmer", row[side]) for row in self._rows) for side in (0, 1))
        return 1 - after / before if before else 0.0

    @property
    def mean_cut(self) -> float:
        """The mean over the groups that have errors of the share by which each one's own `cmer` went down."""
        cuts = [1 - rate("cmer", a) / rate("cmer", b) for b, a in self._rows if b.errors]
        return fmean(cuts) if cuts else 0.0

    @cached_property
    def broken(self) -> int:
        """Right words that corrections broke, case and marks folded."""
        return sum(v.broken for one in self.judged for v in one.verdicts)

    @cached_property
    def right_words(self) -> int:
        """Right words of the OCR, case and marks folded."""
        return sum(one.right_words for one in self.judged)

    @property
    def harm(self) -> float:
        """The share of right words that was broken."""
        return self.broken / max(1, self.right_words)

    @property
    def harm_bound(self) -> float:
        """The highest rate of broken words that goes with what was seen at 95%, were each broken for itself."""
        return most_harm(self.broken, self.right_words)

    @property
    def broken_as_scored(self) -> tuple[int, int]:
        """Broken and right words as `corrigenda score` counts them: a change of case is one, too."""
        return sum(one.as_scored[0] for one in self.judged), sum(one.as_scored[1] for one in self.judged)

    def outcomes(self, *wanted: Outcome) -> int:
        """How many places have one of these outcomes, case and marks folded."""
        return sum(v.outcome in wanted for one in self.judged for v in one.verdicts)

    @cached_property
    def wrong(self) -> int:
        """Wrong places of the OCR."""
        return self.outcomes(Outcome.FIXED, Outcome.IMPROVED, Outcome.STILL_WRONG, Outcome.MISSED)

    @property
    def fixed(self) -> int:
        """Wrong places that were put right."""
        return self.outcomes(Outcome.FIXED)

    @cached_property
    def words(self) -> int:
        """White-space words of the OCR."""
        return sum(len(one.document.text.split()) for one in self.judged)

    @cached_property
    def flagged_words(self) -> int:
        """Words under a flag."""
        return sum(
            any(flag.span.overlaps(token.span) for flag in one.corrected.flags)
            for one in self.judged
            if one.corrected.flags
            for token in tokens(one.document.text)
        )

    @cached_property
    def flags(self) -> tuple[int, int]:
        """Missed errors under a flag, and flags on right words."""
        found = [alarms(one) for one in self.judged]
        return sum(bool(on) for a in found for _, on in a.missed), sum(a.false for a in found)

    @property
    def errors_left(self) -> int:
        """Places that are wrong in the corrected text: missed, not mended, or broken."""
        return self.outcomes(Outcome.MISSED, Outcome.IMPROVED, Outcome.STILL_WRONG, Outcome.HARMED)

    @property
    def scorable(self) -> int:
        """The corrections of which the truth says something."""
        return self.outcomes(Outcome.FIXED, Outcome.IMPROVED, Outcome.STILL_WRONG, Outcome.HARMED)
