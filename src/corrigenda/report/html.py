"""The report as one page of HTML that opens offline and sends nothing anywhere.

The page is made for a reader who distrusts the machine: every change can be followed from the text to its evidence
and back, with mouse, keyboard or screen reader, and nothing is there that a script would have to fetch or build.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corrigenda.report.marks import MEANINGS, Mark, Style, marks
from corrigenda.report.rows import page_of, rows
from corrigenda.text import Profile
from corrigenda.values import Corrected, CorrectionKind, Disputed, Evaluation, FlagKind, Intake, Outcome, Score

__all__ = ["render"]

_MEASURES = {
    "cer": ("CER", "character error rate: wrong characters per character of the transcription"),
    "cmer": ("CMER", "character match error rate: the same per step of the alignment, never above 100 %"),
    "wer": ("WER", "word error rate: wrong words per word of the transcription, punctuation aside"),
    "wmer": ("WMER", "word match error rate: the same per step of the alignment, never above 100 %"),
    "wer_ws": ("WER, with punctuation", "wer_ws: words as white space parts them, their punctuation included"),
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
    marked = marks(corrected, evaluation)
    styles = Counter(mark.style for mark in marked)
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
            page_of=lambda mark: page_of(document, mark.span),
            styles=[(style, styles[style]) for style in Style if styles[style]],
            kinds=_kinds(corrected),
            doubtful=sum(f.kind is FlagKind.DOUBTFUL for f in corrected.flags),
            variants=sum(f.kind is FlagKind.EDITION_VARIANT for f in corrected.flags),
            flagged_misses=sum(m.style is Style.MISSED and m.doubted for m in marked),
            tables=list(_tables(evaluation)) if evaluation else [],
            outcomes=[(Style(o.value), evaluation.count(o)) for o in Outcome] if evaluation else [],
            harm=_harm(evaluation) if evaluation else "",
            disputed=[(d, _mark_at(d, marked)) for d in evaluation.disputed] if evaluation else [],
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Measure:
    """One line of an accuracy table, in words and figures for people."""

    name: str
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


def _tables(evaluation: Evaluation) -> Iterator[_Table]:
    """A table for each profile, `folded` first, since it is the one that the headline uses."""
    after = {(s.profile, s.name): s for s in evaluation.after}
    for profile, meaning in _PROFILES.items():
        pairs = [(s, after[s.profile, s.name]) for s in evaluation.before if s.profile == profile]
        if pairs:
            measures = tuple(_measure(ours, theirs) for ours, theirs in pairs)
            yield _Table(profile=profile.value, meaning=meaning, measures=measures)


def _measure(before: Score, after: Score) -> _Measure:
    name, meaning = _MEASURES.get(before.name, (before.name, ""))
    return _Measure(
        name=name,
        meaning=meaning,
        before=_percent(before.value),
        after=_percent(after.value),
        errors_before=before.counts.errors,
        errors_after=after.counts.errors,
        of=before.counts.reference,
    )


def _kinds(corrected: Corrected) -> list[tuple[CorrectionKind, str, int]]:
    count = Counter(c.kind for c in corrected.corrections)
    return [(kind, says, count[kind]) for kind, says in _KINDS.items() if count[kind]]


def _harm(evaluation: Evaluation) -> str:
    harmed = evaluation.count(Outcome.HARMED)
    share = _percent(harmed / evaluation.right_words) if evaluation.right_words else "–"
    return f"{harmed:,} of {evaluation.right_words:,} right words ({share})"


def _mark_at(disputed: Disputed, marked: Sequence[Mark]) -> Mark | None:
    return next((m for m in marked if m.span == disputed.span or m.span.overlaps(disputed.span)), None)


def _percent(fraction: float, digits: int = 1) -> str:
    """A fraction for people: 0.0604 is 6.0 %, with a space that does not break."""
    return f"{100 * fraction:.{digits}f}\N{NO-BREAK SPACE}%" if math.isfinite(fraction) else "–"


def _chance(probability: float) -> str:
    """A probability in whole per cents, but never 100 % or 0 % for what is only nearly so."""
    digits = 1 if probability > 0.99 or 0 < probability < 0.01 else 0
    return _percent(probability, digits)


def _figure(value: float | None) -> str:
    return f"{value:.4g}" if value is not None and math.isfinite(value) else ""


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
    environment.filters |= {"percent": _percent, "chance": _chance, "figure": _figure}
    return environment


def _hash(content: str) -> str:
    """The hash by which the page's policy allows this one piece of style or script, and no other."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
