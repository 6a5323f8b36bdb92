"""What corrections are worth, by the project's own scorer, and the figures that the tables are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean

from correcting.data import Passage
from corrigenda.correct.apply import inverted
from corrigenda.correct.gate import most_harm
from corrigenda.score.candidates import alarms
from corrigenda.score.evaluate import evaluate
from corrigenda.score.metrics import rate
from corrigenda.score.resample import Interval, intervals
from corrigenda.score.values import Counts, Evaluation, Outcome, Verdict
from corrigenda.text import Profile, tokens
from corrigenda.values import Corrected, Correction, Document, Span

__all__ = ["Judged", "Sums", "judge"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A corrected passage with what the scorer says of it.

    Its words are judged with case and marks folded; `as_scored` has the broken and the right words as `corrigenda
    score` counts them, to which a change of case is one, too.
    """

    passage: Passage
    document: Document
    corrected: Corrected
    evaluation: Evaluation
    as_scored: tuple[int, int]


def judge(passage: Passage, document: Document, corrected: Corrected) -> Judged:
    """Hold a corrected document against its truth.

    The edition's editors changed case and punctuation, so that words are right where they are the same without them,
    as in the profile hipe: the scorer judges them on texts that are folded letter for letter. Rates are those of the
    texts as they stand.
    """
    truth = passage.transcript
    plain = evaluate(document, corrected, truth, group=passage.group, headline=Profile.HIPE, trusted=True)
    words = evaluate(
        replace(document, text=fold(document.text)),
        _folded(document, corrected),
        replace(truth, text=fold(truth.text)),
        trusted=True,
    )
    own = {c.span: c for c in corrected.corrections}
    return Judged(
        passage=passage,
        document=document,
        corrected=corrected,
        evaluation=replace(
            plain,
            verdicts=tuple(_unfolded(v, document, own) for v in words.verdicts),
            flags=words.flags,
            right_words=words.right_words,
        ),
        as_scored=(plain.harmed_words, plain.right_words),
    )


_DROPPED = re.compile(r"[^\w\s-]|_|-(?![ \t]*\r?\n)")


def fold(text: str) -> str:
    r"""`text` in small letters with a blank for each mark, letter for letter; a hyphen at a line's end is kept.

    The edition's editors changed case and punctuation, so that words are judged without them, as in the profile hipe.

    >>> fold("The Air-\nForce (U.S.)")
    'the air-\nforce  u s  '
    """
    lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return _DROPPED.sub(" ", lowered)


def _folded(document: Document, corrected: Corrected) -> Corrected:
    before, after = fold(document.text), fold(corrected.text)
    corrections = tuple(
        replace(c, before=c.span.of(before), after=back.span.of(after))
        for c, back in zip(corrected.corrections, inverted(corrected.corrections), strict=True)
    )
    return replace(corrected, text=after, corrections=corrections)


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
            before, after = found[one.evaluation.group]
            counts = [side.score("cmer", Profile.HIPE).counts for side in (one.evaluation.before, one.evaluation.after)]
            found[one.evaluation.group] = before + counts[0], after + counts[1]
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
        return sum(one.evaluation.harmed_words for one in self.judged)

    @cached_property
    def right_words(self) -> int:
        """Right words of the OCR, case and marks folded."""
        return sum(one.evaluation.right_words for one in self.judged)

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
        return sum(one.evaluation.count(outcome) for one in self.judged for outcome in wanted)

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
        found = [alarms(one.evaluation) for one in self.judged]
        return sum(bool(on) for a in found for _, on in a.missed), sum(a.false for a in found)

    @property
    def errors_left(self) -> int:
        """Places that are wrong in the corrected text: missed, not mended, or broken."""
        return self.outcomes(Outcome.MISSED, Outcome.IMPROVED, Outcome.STILL_WRONG, Outcome.HARMED)

    @property
    def scorable(self) -> int:
        """The corrections of which the truth says something."""
        return self.outcomes(Outcome.FIXED, Outcome.IMPROVED, Outcome.STILL_WRONG, Outcome.HARMED)
