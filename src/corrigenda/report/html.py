"""The report as one page of HTML that opens offline and sends nothing anywhere.

The page is made for a reader who distrusts the machine: every change can be followed from the text to its evidence
and back, with mouse, keyboard or screen reader, and nothing is there that a script would have to fetch or build.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING

from markupsafe import Markup

from corrigenda.edition.redaction import Redaction
from corrigenda.report.bars import confusion_bars
from corrigenda.report.marks import MEANINGS, Mark, Style, marks
from corrigenda.report.page import COMPARISON, MEASURES, PROFILES, chance, page, percent
from corrigenda.report.rows import page_of, rows
from corrigenda.report.snippets import snippets
from corrigenda.score.values import Disputed, Evaluation, Outcome, Score
from corrigenda.values import Corrected, CorrectionKind, Evidence, FlagKind, Intake

if TYPE_CHECKING:
    from corrigenda.scan.values import PageImage

__all__ = ["render"]

_KINDS = {
    CorrectionKind.SPACING: "a space lost or added",
    CorrectionKind.HYPHEN: "a word broken at a line's end",
    CorrectionKind.CHARACTER: "letters misread",
    CorrectionKind.REAL_WORD: "a word misread as another word",
    CorrectionKind.NAME: "a name",
    CorrectionKind.NUMBER: "a number or designator",
    CorrectionKind.PUNCTUATION: "punctuation",
    CorrectionKind.CASE: "capitals and small letters",
    CorrectionKind.RESTORATION: "words that the OCR lost, put back from the edition",
    CorrectionKind.DELETION: "dirt that was read as letters, taken out",
    CorrectionKind.REDACTION: "words that the release hides, set in brackets from the edition",
}

_MOST_CONFUSIONS = 8
_SHARES = {"edition": "agreement", "runner-up": "probability", "confidence": "confidence"}
_NUMBER = re.compile(r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w-])(?: of (?:the )?(\d[\d,]*))?", re.ASCII)


def render(
    intake: Intake,
    corrected: Corrected,
    evaluation: Evaluation | None,
    *,
    notes: Iterable[tuple[str, str]] = (),
    redactions: Sequence[Redaction] = (),
    index: str | None = None,
    images: Iterable[PageImage | None] = (),
) -> str:
    """The report on one document as a whole HTML file.

    Without an evaluation there is no third column and no verdict; with one but without corrections the OCR stands
    beside the transcription alone. Of corrections that were found by comparing two texts neither reason nor
    probability is told. `notes` are more rows for its head, each with its name: what the lexicon was built from, the
    edition and other readings (`witnesses.heard`). `redactions` are those that the edition was asked about; `index` is
    the relative link to the page of all documents, where there is one; `images` are those of the pages, where the
    document is a scan.
    """
    document = intake.document
    transcript = intake.transcript if evaluation else None
    marked = marks(document, corrected, evaluation)
    return page(
        "report",
        document=document,
        corrected=corrected,
        evaluation=evaluation,
        transcript=transcript,
        only_scored=evaluation is not None and not corrected.corrections,
        only_compared=_only_compared(corrected),
        notes=list(notes),
        redactions=redactions,
        filled=sum(c.kind is CorrectionKind.REDACTION for c in corrected.corrections),
        index=index,
        MEANINGS=MEANINGS,
        figure=_figure,
        marks=marked,
        rows=rows(document, transcript, marked),
        snippets=snippets(images, document, marked),
        page_of=lambda mark: page_of(document, mark.parts[0]),
        ocr_of=lambda mark: " … ".join(part.of(document.text) for part in mark.parts),
        legend=list(_legend(marked)),
        example=min(3, len(corrected.corrections)),
        ledger=quote(f"{PurePosixPath(document.id).name}.corrections.jsonl"),
        kinds=_kinds(corrected),
        doubtful=sum(f.kind is FlagKind.DOUBTFUL for f in corrected.flags),
        variants=sum(f.kind is FlagKind.EDITION_VARIANT for f in corrected.flags),
        flagged_misses=_count(marked, FlagKind.DOUBTFUL, {Style.MISSED, Style.ERROR}),
        tables=list(_tables(evaluation)) if evaluation else [],
        outcomes=[(Style(o.value), evaluation.count(o)) for o in Outcome] if evaluation else [],
        confusions=_confusions(evaluation, corrected) if evaluation else None,
        errors=evaluation.count(Outcome.MISSED) if evaluation else 0,
        harm=_harm(evaluation) if evaluation else "",
        disputed=[(d, _mark_at(d, marked)) for d in evaluation.disputed] if evaluation else [],
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Measure:
    """One line of an accuracy table, in words and figures for people; docs/metrics.md defines each `name`."""

    name: str
    words: str
    meaning: str
    before: str
    after: str
    errors_before: int
    errors_after: int
    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """The measures of one profile."""

    profile: str
    meaning: str
    measures: tuple[_Measure, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One line of the legend; `note` says which of `count` have no mark of this style."""

    style: Style
    count: int
    note: str


def _tables(evaluation: Evaluation) -> Iterator[_Table]:
    """A table for each profile, that of the headline first."""
    after = {(s.profile, s.name): s for s in evaluation.after.scores}
    for profile, meaning in sorted(PROFILES.items(), key=lambda one: one[0] != evaluation.headline):
        pairs = [(s, after[s.profile, s.name]) for s in evaluation.before.scores if s.profile == profile]
        if pairs:
            measures = tuple(_measure(ours, theirs) for ours, theirs in pairs)
            yield _Table(profile=profile.value, meaning=meaning, measures=measures)


def _measure(before: Score, after: Score) -> _Measure:
    words, meaning = MEASURES.get(before.name, ("", ""))
    return _Measure(
        name=before.name,
        words=words,
        meaning=meaning,
        before=percent(before.value),
        after=percent(after.value),
        errors_before=before.counts.errors,
        errors_after=after.counts.errors,
        of=before.counts.reference,
    )


def _legend(marked: Sequence[Mark]) -> Iterator[_Entry]:
    """A line for each style, which counts as the figures do, and says which of those are marked otherwise."""
    flags = {Style.DOUBTFUL: FlagKind.DOUBTFUL, Style.VARIANT: FlagKind.EDITION_VARIANT}
    for style in Style:
        if style in flags:
            counted = [m for m in marked for f in m.flags if f.kind is flags[style]]
        else:
            # A missed error may share its mark with another; any other verdict stands with its one correction.
            counted = [m for m in marked if m.style is style for _ in m.verdicts or (None,)]
        if counted:
            yield _Entry(style=style, count=len(counted), note=_note(style, counted))


def _note(style: Style, counted: Sequence[Mark]) -> str:
    """Where there are fewer marks of a style than it counts, why."""
    here = Counter(m.title for m in counted if m.style is style)
    elsewhere = Counter(
        "on corrections and told with them" if m.correction else f"marked {m.style.label}"
        for m in counted
        if m.style is not style
    )
    notes = [f"{n:,} {where}" for where, n in elsewhere.items()]
    if here.total() > len(here):
        notes.append(f"{here.total():,} at {len(here):,} {'place' if len(here) == 1 else 'places'}")
    return ", ".join(notes)


def _count(marked: Sequence[Mark], kind: FlagKind, styles: Collection[Style]) -> int:
    """How many flags of a kind lie in marks of these styles."""
    return sum(f.kind is kind for m in marked if m.style in styles for f in m.flags)


def _kinds(corrected: Corrected) -> list[tuple[CorrectionKind, str, int]]:
    count = Counter(c.kind for c in corrected.corrections)
    return [(kind, says, count[kind]) for kind, says in _KINDS.items() if count[kind]]


def _harm(evaluation: Evaluation) -> str:
    share = percent(evaluation.harm) if evaluation.right_words else "–"
    return f"{evaluation.harmed_words:,} of {evaluation.right_words:,} right words ({share})"


def _only_compared(corrected: Corrected) -> bool:
    """Whether the corrections were found by comparing two texts, so that there is no ledger of them."""
    rules = {e.rule for c in corrected.corrections for e in c.evidence}
    return rules == {COMPARISON}


def _confusions(evaluation: Evaluation, corrected: Corrected) -> Markup | None:
    """The most frequent errors by character, if there are any."""
    before, after = evaluation.before.confusions, evaluation.after.confusions
    if not (before or after):
        return None
    return confusion_bars(before, after if corrected.corrections else None, most=_MOST_CONFUSIONS)


def _mark_at(disputed: Disputed, marked: Sequence[Mark]) -> Mark | None:
    span = disputed.span
    return next((m for m in marked if any(part == span or part.overlaps(span) for part in m.parts)), None)


def _figure(evidence: Evidence) -> str:
    """What the rule weighed, with its unit, or nothing where the sentence says it already."""
    value = evidence.figure
    if value is None or not math.isfinite(value):
        return ""
    if any(math.isclose(value, said, rel_tol=1e-5) for said in _numbers(evidence.says)):
        return ""
    if evidence.rule in _SHARES:
        return f"{_SHARES[evidence.rule]} {chance(value)}"
    number = f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return f"cost {number}" if evidence.rule == "channel" else number


def _numbers(says: str) -> Iterator[float]:
    """The numbers in a sentence, and such shares as `7 of the 8`."""
    for number, of in _NUMBER.findall(says):
        value, whole = float(number.replace(",", "")), float(of.replace(",", "") or 0)
        yield value
        if whole:
            yield value / whole
