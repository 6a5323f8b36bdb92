"""The report as one page of HTML that opens offline and sends nothing anywhere.

The page is made for a reader who distrusts the machine: every change can be followed from the text to its evidence
and back, with mouse, keyboard or screen reader, and nothing is there that a script would have to fetch or build.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from shlex import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corrigenda.report.marks import MEANINGS, Mark, Style, marks
from corrigenda.report.rows import page_of, rows
from corrigenda.text import Profile
from corrigenda.values import (
    Corrected,
    CorrectionKind,
    Disputed,
    Evaluation,
    Evidence,
    FlagKind,
    Intake,
    Outcome,
    Score,
)

__all__ = ["render"]

_MEASURES = {
    "cer": ("character error rate", "wrong characters per character of the transcription"),
    "cmer": ("character match error rate", "the same per step of the alignment, never above 100 %"),
    "wer": ("word error rate", "wrong words per word of the transcription, punctuation aside"),
    "wmer": ("word match error rate", "the same per step of the alignment, never above 100 %"),
    "wer_ws": ("error rate of words with punctuation", "words as white space parts them"),
}
_PROFILES = {
    Profile.FOLDED: "quotes and dashes unified, case kept",
    Profile.STRICT: "every character as it stands",
    Profile.HIPE: "lower case, punctuation set aside",
}
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
}

_SHARES = {"edition": "agreement", "runner-up": "probability"}
_NUMBER = re.compile(r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w-])(?: of (?:the )?(\d[\d,]*))?", re.ASCII)
_BREAK = re.compile(r"\r\n|[\n\r\f\v\u0085\u2028\u2029]")

# Control characters are shown, not obeyed: browsers drop some of them, and one of them in a record is a finding.
# White space that is not a blank, tab or line feed becomes a line feed.
_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    **dict.fromkeys((0x0B, 0x0C, 0x0D), "\n"),
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(
        (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}"
    ),
}


def render(intake: Intake, corrected: Corrected, evaluation: Evaluation | None, *, lexicon_note: str = "") -> str:
    """The report on one document as a whole HTML file.

    Without an evaluation there is no third column and no verdict. `lexicon_note` says in a sentence what the lexicon
    was built from.
    """
    document = intake.document
    transcript = intake.transcript if evaluation else None
    marked = marks(document, corrected, evaluation)
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            document=document,
            corrected=corrected,
            evaluation=evaluation,
            transcript=transcript,
            lexicon_note=lexicon_note,
            marks=marked,
            rows=rows(document, transcript, marked),
            page_of=lambda mark: page_of(document, mark.parts[0]),
            ocr_of=lambda mark: " … ".join(part.of(document.text) for part in mark.parts),
            legend=list(_legend(marked)),
            example=min(3, len(corrected.corrections)),
            ledger=quote(f"{PurePosixPath(document.id).name}.corrections.jsonl"),
            kinds=_kinds(corrected),
            doubtful=sum(f.kind is FlagKind.DOUBTFUL for f in corrected.flags),
            variants=sum(f.kind is FlagKind.EDITION_VARIANT for f in corrected.flags),
            flagged_misses=_count(marked, FlagKind.DOUBTFUL, Style.MISSED),
            tables=list(_tables(evaluation)) if evaluation else [],
            outcomes=[(Style(o.value), evaluation.count(o)) for o in Outcome] if evaluation else [],
            harm=_harm(evaluation) if evaluation else "",
            disputed=[(d, _mark_at(d, marked)) for d in evaluation.disputed] if evaluation else [],
        )
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
    """A table for each profile, `folded` first, since it is the one that the headline uses."""
    after = {(s.profile, s.name): s for s in evaluation.after}
    for profile, meaning in _PROFILES.items():
        pairs = [(s, after[s.profile, s.name]) for s in evaluation.before if s.profile == profile]
        if pairs:
            measures = tuple(_measure(ours, theirs) for ours, theirs in pairs)
            yield _Table(profile=profile.value, meaning=meaning, measures=measures)


def _measure(before: Score, after: Score) -> _Measure:
    words, meaning = _MEASURES.get(before.name, ("", ""))
    return _Measure(
        name=before.name,
        words=words,
        meaning=meaning,
        before=_percent(before.value),
        after=_percent(after.value),
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


def _count(marked: Sequence[Mark], kind: FlagKind, style: Style) -> int:
    """How many flags of a kind lie in marks of a style."""
    return sum(f.kind is kind for m in marked if m.style is style for f in m.flags)


def _kinds(corrected: Corrected) -> list[tuple[CorrectionKind, str, int]]:
    count = Counter(c.kind for c in corrected.corrections)
    return [(kind, says, count[kind]) for kind, says in _KINDS.items() if count[kind]]


def _harm(evaluation: Evaluation) -> str:
    share = _percent(evaluation.harm) if evaluation.right_words else "–"
    return f"{evaluation.harmed_words:,} of {evaluation.right_words:,} right words ({share})"


def _mark_at(disputed: Disputed, marked: Sequence[Mark]) -> Mark | None:
    span = disputed.span
    return next((m for m in marked if any(part == span or part.overlaps(span) for part in m.parts)), None)


def _percent(fraction: float, digits: int = 1) -> str:
    """A fraction for people: 0.0604 is 6.0 %, with a space that does not break."""
    return f"{100 * fraction:.{digits}f}\N{NO-BREAK SPACE}%" if math.isfinite(fraction) else "–"


def _chance(probability: float) -> str:
    """A probability in whole per cents, but never 100 % or 0 % for what is only nearly so."""
    digits = 1 if probability > 0.99 or 0 < probability < 0.01 else 0
    return _percent(probability, digits)


def _figure(evidence: Evidence) -> str:
    """What the rule weighed, with its unit, or nothing where the sentence says it already."""
    value = evidence.figure
    if value is None or not math.isfinite(value):
        return ""
    if any(math.isclose(value, said, rel_tol=1e-5) for said in _numbers(evidence.says)):
        return ""
    if evidence.rule in _SHARES:
        return f"{_SHARES[evidence.rule]} {_chance(value)}"
    number = f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return f"cost {number}" if evidence.rule == "channel" else number


def _numbers(says: str) -> Iterator[float]:
    """The numbers in a sentence, and such shares as `7 of the 8`."""
    for number, of in _NUMBER.findall(says):
        value, whole = float(number.replace(",", "")), float(of.replace(",", "") or 0)
        yield value
        if whole:
            yield value / whole


def _broken(text: str) -> str:
    """A short text in one line, its line breaks seen."""
    return _BREAK.sub("⏎", text)


def _finalised(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.replace("\r\n", "\n").translate(_VISIBLE)
    return value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("corrigenda.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalised,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "MEANINGS": MEANINGS,
        "style_hash": _hash(environment.get_template("report.css").render()),
        "script_hash": _hash(environment.get_template("report.js").render()),
    }
    environment.filters |= {"percent": _percent, "chance": _chance, "figure": _figure, "broken": _broken}
    return environment


def _hash(content: str) -> str:
    """The hash by which the page's policy allows this one piece of style or script, and no other."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
