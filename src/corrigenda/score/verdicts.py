"""What the transcription says of each correction, and of each error that was left alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from corrigenda.align import Block, align, blocks
from corrigenda.correct.apply import inverted, moved
from corrigenda.score.comparable import Piece, pieces
from corrigenda.text import unify
from corrigenda.values import Corrected, Correction, Document, Outcome, Segment, Span, Transcript, Verdict

__all__ = ["Judged", "judge"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """The verdicts in the order of the page, and how many compared words of the OCR were right."""

    verdicts: tuple[Verdict, ...]
    right_words: int


def judge(document: Document, corrected: Corrected, transcript: Transcript) -> Judged:
    """Judge every correction of `corrected`, and find what it missed, against `transcript`."""
    truth = pieces(transcript.text, transcript.segments)
    ocr = _Lineup.of(document.text, document.segments, truth)
    segments = [Segment(span=moved(s.span, corrected.corrections), kind=s.kind, why=s.why) for s in document.segments]
    clean = _Lineup.of(corrected.text, segments, truth)
    verdicts = [
        _verdict(c, back.span, ocr, clean, truth)
        for c, back in zip(corrected.corrections, inverted(corrected.corrections), strict=True)
    ]
    verdicts += _missed(document.text, ocr, truth, corrected.corrections)
    verdicts.sort(key=lambda v: (v.span.start, v.span.end))
    return Judged(
        verdicts=tuple(verdicts),
        right_words=sum(r for r, p in zip(ocr.right, ocr.words, strict=True) if not p.barrier),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lineup:
    """The words of one text aligned with the truth: for each its partner, whether it is right, and its block."""

    words: list[Piece]
    partner: list[int | None]
    right: list[bool]
    blocks: tuple[Block, ...]
    block_of: list[int]

    @classmethod
    def of(cls, text: str, segments: Sequence[Segment], truth: Sequence[Piece]) -> _Lineup:
        words = pieces(text, segments)
        ours, theirs = [w.key for w in words], [t.key for t in truth]
        pairs = align(ours, theirs)
        found = blocks(pairs, ours, theirs)
        partner: list[int | None] = [None] * len(words)
        for i, j in pairs:
            if i is not None:
                partner[i] = j
        right = [j is not None and _same(words[i], truth[j]) for i, j in enumerate(partner)]
        block_of = [n for n, block in enumerate(found) for _ in block.a]
        return cls(words=words, partner=partner, right=right, blocks=found, block_of=block_of)

    def touched(self, span: Span) -> range:
        """The words that share a letter with `span`; where none does, the empty range before the next word."""
        first = bisect_right(self.words, span.start, key=lambda w: w.span.end)
        last = bisect_left(self.words, span.end, key=lambda w: w.span.start)
        return range(first, max(first, last))

    def seamless(self, words: range) -> bool:
        """Whether `words` and their neighbours stand in the truth one after the other, and `words` are right."""
        if not all(self.right[i] for i in words):
            return False
        # At an empty place the two neighbours tell whether the truth has anything between them.
        around = words or range(max(0, words.start - 1), min(len(self.words), words.stop + 1))
        partners = [self.partner[i] for i in around]
        return all(p is not None and q is not None and q == p + 1 for p, q in pairwise(partners))

    def truth_at(self, words: range, truth: Sequence[Piece]) -> list[Piece]:
        """The words of the truth that stand against `words`, with those of their block that have no other partner."""
        partners = [j for j in (self.partner[i] for i in words) if j is not None]
        for n in {self.block_of[i] for i in words}:
            block = self.blocks[n]
            if not block.equal and all(i in words for i in block.a):
                partners += block.b
        if not words:
            partners += [j for b in self.blocks if not b.a and b.a.start == words.start for j in b.b]
        return [truth[j] for j in range(min(partners), max(partners) + 1)] if partners else []


def _same(word: Piece, truth: Piece) -> bool:
    # A word broken at a line's end is as the page has it only where the transcription breaks it too.
    return word.key == truth.key and word.core == truth.core and (truth.broken or not word.broken)


def _verdict(correction: Correction, after_span: Span, ocr: _Lineup, clean: _Lineup, truth: Sequence[Piece]) -> Verdict:
    before, after = ocr.touched(correction.span), clean.touched(after_span)
    # Where words were taken out, only the words themselves have a place in the truth.
    in_truth = (correction.after.strip() and clean.truth_at(after, truth)) or ocr.truth_at(before, truth)
    told = " ".join(t.core for t in in_truth)
    outcome = _outcome(correction, before, after, ocr, clean, told)
    if not (before or after) or any(t.barrier for t in in_truth):
        outcome = Outcome.UNSCORABLE
    return Verdict(
        span=correction.span,
        before=correction.before,
        after=correction.after,
        truth=None if outcome is Outcome.UNSCORABLE else told,
        outcome=outcome,
        correction=correction,
    )


def _outcome(correction: Correction, before: range, after: range, ocr: _Lineup, clean: _Lineup, told: str) -> Outcome:
    was_right, is_right = ocr.seamless(before), clean.seamless(after)
    if not correction.after.strip():
        is_right = all(ocr.partner[i] is None for i in before)
    if is_right:
        # Both right: only spacing or an outer mark changed, and the truth as compared does not tell the two apart.
        return Outcome.UNSCORABLE if was_right else Outcome.FIXED
    if was_right:
        return Outcome.HARMED
    far, near = (Levenshtein.distance(unify(t.strip()), told) for t in (correction.before, correction.after))
    return Outcome.IMPROVED if near < far else Outcome.STILL_WRONG


def _missed(text: str, ocr: _Lineup, truth: Sequence[Piece], corrections: Sequence[Correction]) -> Iterator[Verdict]:
    """The differences between OCR and truth that no correction touches, a verdict for each run of them."""
    touched = {i for c in corrections for i in ocr.touched(c.span)}
    places = {ocr.touched(c.span).start for c in corrections if not c.before.strip()}
    for block in ocr.blocks:
        in_truth = [truth[j] for j in block.b]
        if any(p.barrier for p in (*in_truth, *(ocr.words[i] for i in block.a))):
            continue
        if not block.a:
            if block.a.start not in places:
                yield _miss(text, ocr, block.a, in_truth)
        elif not block.equal and touched.isdisjoint(block.a):
            yield _miss(text, ocr, block.a, in_truth)
        else:
            for i in block.a:
                if not ocr.right[i] and i not in touched:
                    yield _miss(text, ocr, range(i, i + 1), ocr.truth_at(range(i, i + 1), truth))


def _miss(text: str, ocr: _Lineup, words: range, in_truth: Sequence[Piece]) -> Verdict:
    if words:
        span = Span(start=ocr.words[words.start].span.start, end=ocr.words[words.stop - 1].span.end)
    else:
        place = ocr.words[words.start].span.start if words.start < len(ocr.words) else len(text)
        span = Span(start=place, end=place)
    read = span.of(text)
    return Verdict(span=span, before=read, after=read, truth=" ".join(t.core for t in in_truth), outcome=Outcome.MISSED)
