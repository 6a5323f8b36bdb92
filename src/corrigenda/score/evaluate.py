"""The whole evaluation of one document: measures before and after, verdicts, and places where the truth is in doubt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from corrigenda.align import align, likeness
from corrigenda.correct.apply import moved
from corrigenda.errors import PairingError
from corrigenda.score.comparable import left_out, pieces, running_text
from corrigenda.score.metrics import scores
from corrigenda.score.verdicts import judge
from corrigenda.text import Profile, join_broken_words, key
from corrigenda.values import (
    Corrected,
    Disputed,
    Document,
    Evaluation,
    Outcome,
    Reading,
    Score,
    Segment,
    Transcript,
    Verdict,
)

__all__ = ["evaluate"]

# Any two English texts of like length have a CER of 0.7 to 0.85, so a CER above this says nothing by itself: a page
# read that badly is believed only if its words say that it is the page.
_DOUBTFUL_CER = 0.65


def evaluate(
    document: Document, corrected: Corrected, transcript: Transcript, readings: Sequence[Reading] = ()
) -> Evaluation:
    """Compare OCR and corrected text with the transcription, and judge every correction.

    `readings` are what an edition has; a place where it does not support the transcription is listed as disputed.
    Raises PairingError where OCR and transcription do not look like the same page.
    """
    after_segments = [
        Segment(span=moved(s.span, corrected.corrections), kind=s.kind, why=s.why) for s in document.segments
    ]
    ocr = running_text(document.text, document.segments)
    clean = running_text(corrected.text, after_segments)
    truth = running_text(transcript.text, transcript.segments)
    before, after = _measures(ocr, truth), _measures(clean, truth)
    folded = next(s for s in before if s.name == "cer" and s.profile == Profile.FOLDED)
    if folded.value > _DOUBTFUL_CER and not _share_words(document, transcript):
        raise PairingError(
            where=document.source.path,
            what=f"does not look like the page that {transcript.source.path} transcribes (CER {folded.value:.0%})",
            remedy="Check that text and transcription belong together",
        )
    judged = judge(document, corrected, transcript)
    return Evaluation(
        document_id=document.id,
        before=before,
        after=after,
        verdicts=judged.verdicts,
        disputed=tuple(_disputed(judged.verdicts, readings)),
        left_out=left_out(document.text, document.segments),
        right_words=judged.right_words,
        signature=corrected.signature,
    )


def _share_words(document: Document, transcript: Transcript) -> bool:
    ours = [p.key for p in pieces(document.text, document.segments)]
    theirs = [p.key for p in pieces(transcript.text, transcript.segments)]
    return likeness(align(ours, theirs), ours, theirs).alike


def _measures(read: str, truth: str) -> tuple[Score, ...]:
    """All measures in all profiles.

    Where the transcription keeps the page's line breaks, the looser profiles take words broken at a line's end as
    whole on both sides, so that joining them neither helps nor harms.
    """
    found = scores(read, truth, Profile.STRICT)
    if join_broken_words(truth) != truth:
        read, truth = join_broken_words(read), join_broken_words(truth)
    return found + tuple(s for p in (Profile.FOLDED, Profile.HIPE) for s in scores(read, truth, p))


def _disputed(verdicts: Iterable[Verdict], readings: Sequence[Reading]) -> Iterator[Disputed]:
    starts = [r.span.start for r in readings]
    for verdict in verdicts:
        if verdict.truth is None or verdict.outcome in {Outcome.FIXED, Outcome.HARMED}:
            continue
        # The readings are in the order of the page, and the one before the first may reach into the place.
        near = readings[max(0, bisect_left(starts, verdict.span.start) - 1) : bisect_right(starts, verdict.span.end)]
        here = [r.text for r in near if r.span == verdict.span or r.span.overlaps(verdict.span)]
        edition = " ".join(t for t in here if t)
        if edition and key(edition) != key(verdict.truth):
            yield Disputed(span=verdict.span, ocr=verdict.before, edition=edition, transcription=verdict.truth)
