"""The scores of many documents as one page of HTML: how good the text is, how sure that is, and where the errors are.

The page stands in a folder with a page for each document, to which it links. It works without its script, which only
sorts and filters the table of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from corrigenda.report import plots
from corrigenda.report.bars import class_bars, confusion_bars
from corrigenda.report.page import COMPARISON, MEASURES, PROFILES, page, percent
from corrigenda.score.corpus import Change, Corpus, Figure
from corrigenda.score.corrections import CorrectionScores
from corrigenda.score.resample import FEW_GROUPS, METHOD, Interval
from corrigenda.score.shares import Share, wilson
from corrigenda.score.values import Evaluation, Outcome
from corrigenda.values import SegmentKind

__all__ = ["page_names", "render"]

_COLUMNS = ("cer", "cer_free", "wer")
"""The measures of a document that its row tells, where they were measured."""
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]+")
_LONGEST_NAME = 100
_MINUS = "\N{MINUS SIGN}"


def page_names(ids: Iterable[str]) -> dict[str, str]:
    """A file name for the page of each document, of letters that every file system has, no two the same but for case.

    >>> page_names(["letter", "box/1", "Letter"])
    {'letter': 'letter.html', 'box/1': 'box_1-822cef384a8b.html', 'Letter': 'Letter-1bf163f269ae.html'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for one in ids:
        name = _UNSAFE.sub("_", one).strip("._-")[:_LONGEST_NAME]
        if name != one or name.lower() in taken:
            name = f"{name}-{sha256(one.encode()).hexdigest()[:12]}".lstrip("-")
        while name.lower() in taken:
            name += "_"
        taken.add(name.lower())
        names[one] = f"{name}.html"
    return names


def render(corpus: Corpus, corrections: CorrectionScores | None, pages: Mapping[str, str]) -> str:
    """The page of all documents as a whole HTML file.

    `pages` has the relative link to the page of a document by its id; a document without one is not linked.
    `corrections` is None where nothing was corrected.
    """
    return page(
        "summary",
        corpus=corpus,
        corrected=corpus.after is not None,
        scores=corrections,
        lead=corpus.before.figure("cer", corpus.headline),
        after=corpus.after.figure("cer", corpus.headline) if corpus.after else None,
        change=_change(corpus, "cer", corpus.headline),
        few=FEW_GROUPS if corpus.groups < FEW_GROUPS else None,
        own_groups=corpus.groups == len(corpus.documents),
        tables=list(_tables(corpus)),
        plots=list(_plots(corpus, pages)),
        explained=_explained(corrections),
        trust=list(_trust(corrections)) if _explained(corrections) else [],
        bars=list(_bars(corpus)),
        marks=sum(d.marks for d in corpus.documents),
        set_aside=sum(d.set_aside for d in corpus.documents),
        disputed=sum(len(d.disputed) for d in corpus.documents),
        left_out=_left_out(corpus.documents),
        columns=[(name, _MEASURE_HEADS[name]) for name in _columns(corpus)],
        rows=list(_rows(corpus, pages)),
        linked=len(pages),
        grouped=any(d.group != d.document_id for d in corpus.documents),
        method=METHOD,
        interval=_interval,
        points=_points,
        p_value=_p_value,
        share=_share,
    )


_MEASURE_HEADS = {"cer": "CER", "cer_free": "order\N{NON-BREAKING HYPHEN}free CER", "wer": "WER"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """One measure in one profile: its figures before and, where there is a corrected text, after, and the change."""

    name: str
    words: str
    meaning: str
    before: Figure
    after: Figure | None
    change: Change | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """The measures of one profile."""

    profile: str
    meaning: str
    lines: tuple[_Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One document in the table: figures as they are shown, rates in per cent, in the order of the columns."""

    id: str
    link: str | None
    group: str
    words: int
    rates: tuple[str, ...]
    counts: tuple[int, ...]


def _tables(corpus: Corpus) -> Iterator[_Table]:
    """A table for each profile, that of the headline first."""
    for profile, meaning in sorted(PROFILES.items(), key=lambda one: one[0] != corpus.headline):
        lines = tuple(_line(corpus, figure) for figure in corpus.before.figures if figure.profile == profile)
        if lines:
            yield _Table(profile=profile.value, meaning=meaning, lines=lines)


def _line(corpus: Corpus, figure: Figure) -> _Line:
    words, meaning = MEASURES.get(figure.name, ("", ""))
    return _Line(
        name=figure.name,
        words=words,
        meaning=meaning,
        before=figure,
        after=corpus.after.figure(figure.name, figure.profile) if corpus.after else None,
        change=_change(corpus, figure.name, figure.profile),
    )


def _change(corpus: Corpus, name: str, profile: str) -> Change | None:
    return next((c for c in corpus.changes if (c.name, c.profile) == (name, profile)), None)


def _plots(corpus: Corpus, pages: Mapping[str, str]) -> Iterator[str]:
    """Error by document, and by what the OCR engine thought of its words."""
    if len(corpus.documents) > 1:
        yield plots.documents(_dots(corpus, pages), "CER")
    if corpus.certain:
        points = [
            plots.Calibrated(
                stated=c.confidence, share=c.right / c.words, count=c.words, interval=wilson(c.right, c.words)
            )
            for c in corpus.certain
        ]
        yield plots.calibration(
            points,
            title="Can the confidence of the OCR be believed?",
            stated="confidence of the OCR engine",
            right="words right",
            counted="Words",
        )


def _explained(scores: CorrectionScores | None) -> bool:
    """Whether whoever corrected gave reasons and probabilities; a text that was only compared has neither."""
    return scores is not None and any(rule.name != COMPARISON for rule in scores.rules)


def _trust(scores: CorrectionScores | None) -> Iterator[str]:
    """How far the probabilities of the corrections can be believed, and what leaving the doubtful ones out gives."""
    if scores and scores.calibration.bins:
        points = [
            plots.Calibrated(stated=b.probability, share=b.share, count=b.corrections, interval=b.interval)
            for b in scores.calibration.bins
        ]
        yield plots.calibration(
            points,
            title="Can the probabilities be believed?",
            stated="probability of the corrections",
            right="share fixed",
            counted="Corrections",
        )
    if scores and len(scores.abstention) > 1:
        yield plots.abstention(scores.abstention)


def _dots(corpus: Corpus, pages: Mapping[str, str]) -> list[plots.Dot]:
    return [
        plots.Dot(
            name=d.document_id,
            link=pages.get(d.document_id),
            before=d.before.score("cer", corpus.headline).value,
            after=d.after.score("cer", corpus.headline).value if corpus.after else None,
        )
        for d in corpus.documents
    ]


def _bars(corpus: Corpus) -> Iterator[str]:
    """Which characters were misread as which, and the rates by class."""
    before, after = corpus.before, corpus.after
    if before.confusions:
        yield confusion_bars(before.confusions, after.confusions if after else None)
    for caption, ours, theirs in (
        ("Misread or lost, by class of character", before.characters, after.characters if after else None),
        ("Misread or lost, by class of word", before.words, after.words if after else None),
    ):
        if any(c.counts.reference for c in ours):
            yield class_bars(caption, ours, theirs)


def _left_out(documents: Sequence[Evaluation]) -> list[tuple[SegmentKind, int]]:
    found: dict[SegmentKind, int] = {}
    for document in documents:
        for kind, words in document.left_out:
            found[kind] = found.get(kind, 0) + words
    return sorted(((kind, words) for kind, words in found.items() if words), key=lambda one: (-one[1], one[0]))


def _columns(corpus: Corpus) -> list[str]:
    measured = {f.name for f in corpus.before.figures}
    return [name for name in _COLUMNS if name in measured]


def _rows(corpus: Corpus, pages: Mapping[str, str]) -> Iterator[_Row]:
    """A row for each document, the one with the highest error rate first."""
    profile, columns = corpus.headline, _columns(corpus)
    for d in sorted(corpus.documents, key=lambda d: (-d.before.score("cer", profile).value, d.document_id)):
        sides = (d.before, d.after) if corpus.after else (d.before,)
        made = sum(v.correction is not None for v in d.verdicts)
        outcomes = (d.count(Outcome.FIXED), d.count(Outcome.HARMED), d.count(Outcome.MISSED))
        yield _Row(
            id=d.document_id,
            link=pages.get(d.document_id),
            group=d.group,
            words=d.before.score("wer", profile).counts.reference,
            rates=tuple(f"{100 * side.score(name, profile).value:.2f}" for name in columns for side in sides),
            counts=(made, *outcomes) if corpus.after else (),
        )


def _interval(interval: Interval | None, digits: int = 2) -> str:
    """The limits in per cent, or nothing where there are none."""
    if not interval:
        return ""
    return f"{100 * interval.low:.{digits}f} to {100 * interval.high:.{digits}f}".replace("-", _MINUS)


def _points(difference: float, digits: int = 2) -> str:
    """A difference of two rates in percentage points, with its sign."""
    return f"{100 * difference:+.{digits}f}".replace("-", _MINUS)


def _p_value(p: float) -> str:
    return "<\N{NO-BREAK SPACE}0.001" if p < 0.001 else f"{p:.3f}"


def _share(share: Share) -> str:
    """A share in per cent, a dash of nothing."""
    return "–" if share.value is None else percent(share.value)
