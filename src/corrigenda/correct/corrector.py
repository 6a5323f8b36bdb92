"""The corrector: what lexicon and edition propose, what may be touched, and the text that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corrigenda.correct.apparatus import DifferenceClass, Entry
from corrigenda.correct.apply import apply
from corrigenda.correct.engine import Engine
from corrigenda.correct.gate import USUAL_LIMIT
from corrigenda.correct.readings import OtherText
from corrigenda.correct.redacted import fillings
from corrigenda.correct.testimony import LEARNED, Testimony
from corrigenda.correct.vote import same_word
from corrigenda.correct.witness import apparatus
from corrigenda.edition.collate import Collation
from corrigenda.edition.redaction import Redaction
from corrigenda.text import shown
from corrigenda.values import Corrected, Correction, Document, Evidence, Flag, FlagKind, SegmentKind, Span, Suggestion

__all__ = ["Options", "correct"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """How bold the corrector may be.

    `max_harm`: how many right words in a hundred may be broken, on texts like those that the model was calibrated on.
    `engine`: who read the text, one of the model's channels; None lets the document's source or its misreadings tell.
    `year`: when the text was written, by which names are judged; None lets its dates tell.
    `restore`: whether up to three words that the OCR lost may be put back on an edition's witness.
    `fill_redactions`: whether an edition's words are set, in brackets, in the place of the marks that hide them.
    `testimony`: what the grounds for an edition's reading are worth.
    """

    max_harm: float = USUAL_LIMIT
    engine: str | None = None
    year: int | None = None
    restore: bool = True
    fill_redactions: bool = False
    testimony: Testimony = LEARNED


def correct(
    document: Document,
    engine: Engine,
    *,
    signature: str,
    collation: Collation | None = None,
    hidden: Sequence[Redaction] = (),
    readings: Sequence[OtherText] = (),
    options: Options | None = None,
) -> Corrected:
    """Correct `document` with a lexicon and, where there are any, other readings and an edition it was collated with.

    `hidden` are the redactions beside that edition, which `options` may ask to be filled.
    No transcription comes here: this function has no way to see one.
    """
    options = options or Options()
    found: list[Correction | Flag] = list(
        engine.decide(document, max_harm=options.max_harm, profile=options.engine, year=options.year, readings=readings)
    )
    if collation:
        told = apparatus(
            document,
            collation,
            engine,
            max_harm=options.max_harm,
            restore=options.restore,
            readings=readings,
            testimony=options.testimony,
        )
        found = list(_beside_edition(found, collation, told))
    allowed = [s.span for s in document.segments if s.kind in SegmentKind.correctable()]
    filled = fillings(hidden) if options.fill_redactions else ()
    within = sorted([*_inside(allowed, found), *filled], key=lambda f: (f.span.start, f.span.end))
    corrections, flags = _divided(within, document.source.encoding)
    return Corrected(
        document_id=document.id,
        text=apply(document.text, corrections),
        corrections=corrections,
        flags=flags,
        signature=signature,
    )


def _beside_edition(
    found: Sequence[Correction | Flag], collation: Collation, told: Sequence[Entry]
) -> Iterator[Correction | Flag]:
    """What the edition says, and what of `found` it leaves open.

    Where the edition is not believed by itself, but lexicon and language ask for the same reading, it is put in.
    """
    findings = {entry.finding.span: entry for entry in told if entry.finding}
    disputed = [span for span, entry in findings.items() if entry.class_ is DifferenceClass.DISPUTED]
    settled = [*(r.span for r in collation.agreed), *(span for span in findings if span not in disputed)]
    joined: set[Span] = set()
    for one in _apart_from(settled, found):
        places = [span for span in disputed if span.overlaps(one.span)]
        if not places:
            yield one
        elif isinstance(one, Correction) and len(places) == 1 and same_word(one.after, findings[places[0]].edition):
            yield _confirmed(one, findings[places[0]])
            joined.add(places[0])
    yield from (entry.finding for span, entry in findings.items() if entry.finding and span not in joined)


def _confirmed(one: Correction, entry: Entry) -> Correction:
    """A correction that the edition confirms; of its letters' case the edition knows more than the lexicon."""
    says = Evidence(rule="edition", says=f"the edition prints {shown(entry.edition)}", citation=entry.citation)
    after = one.after
    if isinstance(entry.finding, Flag) and entry.finding.span == one.span:
        (printed,) = entry.finding.suggestions
        after = printed.text if printed.text.lower() == after.lower() else after
    return replace(one, after=after, evidence=(*one.evidence, says))


def _apart_from(settled: list[Span], found: Iterable[Correction | Flag]) -> Iterator[Correction | Flag]:
    """What of `found` touches nothing that the edition has settled: a word that it prints is not doubted."""
    taken = sorted(settled)
    at = 0
    for one in found:
        while at < len(taken) and taken[at].end <= one.span.start:
            at += 1
        if at == len(taken) or not one.span.overlaps(taken[at]):
            yield one


def _inside(allowed: list[Span], found: Iterable[Correction | Flag]) -> Iterator[Correction | Flag]:
    """What of `found` lies wholly in one segment that may be corrected."""
    at = 0
    for one in sorted(found, key=lambda f: (f.span.start, f.span.end)):
        while at < len(allowed) and allowed[at].end < one.span.end:
            at += 1
        if at < len(allowed) and allowed[at].covers(one.span):
            yield one


def _divided(found: Iterable[Correction | Flag], encoding: str) -> tuple[tuple[Correction, ...], tuple[Flag, ...]]:
    """Corrections that are sure enough and do not overlap, and flags for all else."""
    corrections: list[Correction] = []
    flags: list[Flag] = []
    for one in found:
        if isinstance(one, Flag):
            flags.append(one)
        elif corrections and one.span.start < corrections[-1].span.end:
            flags.append(_flagged(one, "not sure enough to change"))
        elif not _fits(one.after, encoding):
            flags.append(_flagged(one, f"the file's encoding, {encoding}, lacks a letter of it"))
        else:
            corrections.append(one)
    return tuple(corrections), tuple(flags)


def _flagged(correction: Correction, why: str) -> Flag:
    offered = Suggestion(text=correction.after.strip(), probability=correction.probability)
    citation = next((e.citation for e in correction.evidence if e.citation), None)
    return Flag(
        span=correction.span,
        kind=FlagKind.DOUBTFUL,
        why=f"{correction.kind.value}: {why}",
        suggestions=(offered,) if offered.text else (),
        citation=citation,
    )


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
