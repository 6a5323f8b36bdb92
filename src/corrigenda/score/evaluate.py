"""The whole evaluation of one document: measures before and after, verdicts, and places where the truth is in doubt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from corrigenda.align import likeness
from corrigenda.correct.apply import moved
from corrigenda.errors import PairingError
from corrigenda.score.classes import Vocabulary, character_classes, word_classes
from corrigenda.score.lineup import Lineup, Page, stretches
from corrigenda.score.metrics import Stretch, measure
from corrigenda.score.values import Confusion, Disputed, Evaluation, Measured, Outcome, Sureness, Verdict
from corrigenda.score.verdicts import judge, judge_flags
from corrigenda.text import Profile, join_broken_words, key, normalise
from corrigenda.values import (
    EDITION,
    Corrected,
    Document,
    Reading,
    Segment,
    SegmentKind,
    Span,
    Transcript,
    Word,
)

__all__ = ["evaluate"]

# Any two English texts of like length have a CER of 0.7 to 0.85, so a CER above this says nothing by itself: a page
# read that badly is believed only if its words say that it is the page.
_DOUBTFUL_CER = 0.65
# Texts longer than this are not saved by their letters: some word of a page that is theirs would be left.
_LETTERS_TELL = 100_000
# A line of two or three longer words may be read so badly that none of them is left.
_ENOUGH = 4


def evaluate(
    document: Document,
    corrected: Corrected,
    transcript: Transcript,
    readings: Sequence[Reading] = (),
    *,
    group: str | None = None,
    headline: Profile = Profile.FOLDED,
    trusted: bool = False,
) -> Evaluation:
    """Compare OCR and corrected text with the transcription, and judge every correction and flag.

    `readings` are what an edition or another engine has. Listed as disputed are the places where an edition does not
    support the transcription, and those where another engine agrees with the OCR against it.
    `group` is what the document is resampled with (itself, if none is named); confusions are told in the profile
    `headline`. Raises PairingError where OCR and transcription do not look like the same page, unless `trusted`.
    """
    truth = Page.of(transcript.text, transcript.segments)
    ocr = Lineup.of(Page.of(document.text, document.segments, truth), truth)
    if not trusted:
        _refuse_strangers(ocr, document, transcript)
    vocabulary = Vocabulary.of(truth)
    before = _measured(ocr, vocabulary, headline)
    clean, after = ocr, before
    if corrected.text != document.text:
        segments = corrected.segments if corrected.segments is not None else _moved(document, corrected)
        clean = Lineup.of(Page.of(corrected.text, segments, truth), truth)
        after = _measured(clean, vocabulary, headline)
    verdicts = judge(corrected.corrections, ocr, clean)
    return Evaluation(
        document_id=document.id,
        group=group or document.id,
        headline=headline.value,
        before=before,
        after=after,
        verdicts=verdicts,
        flags=judge_flags(corrected.flags, ocr),
        sureness=tuple(_sureness(document.words, ocr)),
        disputed=tuple(_disputed(verdicts, readings)),
        left_out=ocr.page.left_out,
        marks=_marks(ocr),
        set_aside=sum(not ocr.page.pieces[i].barrier for i in ocr.aside)
        + sum(not truth.pieces[j].barrier for j in ocr.truth_aside),
        right_words=sum(r for i, r in enumerate(ocr.right) if i not in ocr.aside),
        signature=corrected.signature,
    )


def _moved(document: Document, corrected: Corrected) -> tuple[Segment, ...]:
    """The segments of `document` in the corrected text; what was put in between them is taken for body."""
    found: list[Segment] = []
    at = 0
    for s in document.segments:
        span = moved(s.span, corrected.corrections)
        found += _put_in(corrected.text, at, span.start)
        found.append(Segment(span=span, kind=s.kind, why=s.why))
        at = max(at, span.end)
    return (*found, *_put_in(corrected.text, at, len(corrected.text)))


def _put_in(text: str, start: int, end: int) -> Iterator[Segment]:
    if text[start:end].strip():
        yield Segment(span=Span(start=start, end=end), kind=SegmentKind.BODY, why="put in by a correction")


def _refuse_strangers(ocr: Lineup, document: Document, transcript: Transcript) -> None:
    ours, theirs = ([p.key for p in page.pieces] for page in (ocr.page, ocr.truth))
    found = likeness(ocr.pairs, ours, theirs)
    if found.alike or found.of < _ENOUGH:
        return
    # The words alone may be so few, or read so badly, that only the letters tell.
    read, truth = (normalise(page.compared(range(len(page.pieces))), Profile.FOLDED) for page in (ocr.page, ocr.truth))
    if max(len(read), len(truth)) <= _LETTERS_TELL:
        cer = Levenshtein.distance(read, truth) / max(1, len(truth))
        if cer <= _DOUBTFUL_CER:
            return
    shared = f"they share {found.shared} of {found.of} longer words"
    raise PairingError(
        where=document.source.path,
        what=f"does not look like the page that {transcript.source.path} transcribes ({shared})",
        remedy="Check that the two belong together; corrigenda score has --trust-pairing for those that do",
    )


def _marks(ocr: Lineup) -> int:
    """The places with a mark; one that both sides have is one."""
    ours, theirs = (sum(p.barrier for p in page.pieces) for page in (ocr.page, ocr.truth))
    both = sum(
        i is not None and j is not None and ocr.page.pieces[i].barrier and ocr.truth.pieces[j].barrier
        for i, j in ocr.pairs
    )
    return ours + theirs - both


def _measured(lineup: Lineup, vocabulary: Vocabulary, headline: Profile) -> Measured:
    """All measures in all profiles, and the errors by character and by class.

    Where the transcription keeps the page's line breaks, the looser profiles take words broken at a line's end as
    whole on both sides, so that joining them neither helps nor harms.
    """
    strict = list(stretches(lineup))
    loose = strict
    if any(join_broken_words(s.truth) != s.truth for s in strict):
        loose = [Stretch(read=join_broken_words(s.read), truth=join_broken_words(s.truth)) for s in strict]
    compared = {Profile.STRICT: strict, Profile.FOLDED: loose, Profile.HIPE: loose}
    found = {profile: measure(parts, profile) for profile, parts in compared.items()}
    errors, blanks = found[headline].errors, " " * found[headline].joints
    return Measured(
        scores=tuple(score for one in found.values() for score in one.scores),
        confusions=tuple(
            Confusion(truth=t, read=r, count=n)
            for (t, r), n in sorted(errors.items(), key=lambda one: (-one[1], one[0]))
        ),
        characters=character_classes([*(normalise(s.truth, headline) for s in compared[headline]), blanks], errors),
        words=word_classes(lineup, vocabulary),
    )


def _sureness(words: Sequence[Word], ocr: Lineup) -> Iterator[Sureness]:
    """What the engine thought of each compared word, where it says so."""
    starts = [word.span.start for word in words]
    for i, piece in enumerate(ocr.page.pieces):
        at = bisect_right(starts, piece.span.start) - 1
        if i in ocr.aside or at < 0 or not words[at].span.overlaps(piece.span):
            continue
        confidence = words[at].confidence
        if confidence is not None:
            yield Sureness(confidence=confidence, right=ocr.right[i])


def _disputed(verdicts: Iterable[Verdict], readings: Sequence[Reading]) -> Iterator[Disputed]:
    by_siglum: dict[str, list[Reading]] = {}
    for reading in readings:
        by_siglum.setdefault(reading.siglum, []).append(reading)
    starts = {siglum: [r.span.start for r in own] for siglum, own in by_siglum.items()}
    for verdict in verdicts:
        if verdict.truth is None or verdict.outcome in {Outcome.FIXED, Outcome.HARMED}:
            continue
        said = [
            (siglum, text) for siglum, own in by_siglum.items() if (text := _said(verdict.span, own, starts[siglum]))
        ]
        against = [pair for pair in said if _contradicts(*pair, verdict.before, verdict.truth)]
        if against:
            (siglum, text), *_ = against
            yield Disputed(
                span=verdict.span,
                ocr=verdict.before,
                reading=text,
                siglum=siglum,
                transcription=verdict.truth,
                others=tuple(pair for pair in said if pair[0] != siglum),
            )


def _said(place: Span, readings: Sequence[Reading], starts: Sequence[int]) -> str:
    """What one witness, whose `readings` are in the order of the page and begin at `starts`, has at a place."""
    # The one before the first may reach into the place.
    near = readings[max(0, bisect_left(starts, place.start) - 1) : bisect_right(starts, place.end)]
    return " ".join(r.text for r in near if r.text and (r.span == place or r.span.overlaps(place)))


def _contradicts(siglum: str, text: str, ocr: str, truth: str) -> bool:
    """Whether a witness speaks against the transcription.

    Another reading by machine that differs from both has most likely a misreading of its own there.
    """
    reading = key(text)
    return reading != key(truth) and (siglum == EDITION or reading == key(ocr))
