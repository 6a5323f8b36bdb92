"""What the transcription says of each correction, of each error that was left alone, and of each flag."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from corrigenda.align import Block
from corrigenda.correct.apply import inverted
from corrigenda.score.comparable import Piece
from corrigenda.score.lineup import Lineup
from corrigenda.score.values import FlagVerdict, Outcome, Verdict
from corrigenda.text import unify
from corrigenda.values import Correction, Flag, Span

__all__ = ["judge", "judge_flags"]


def judge_flags(flags: Sequence[Flag], ocr: Lineup) -> tuple[FlagVerdict, ...]:
    """For each flag whether the words under it are wrong."""
    return tuple(_flag_verdict(flag, ocr) for flag in flags)


def _flag_verdict(flag: Flag, ocr: Lineup) -> FlagVerdict:
    words = ocr.touched(flag.span)
    if not words or any(i in ocr.aside for i in words):
        return FlagVerdict(flag=flag, wrong=None, truth=None)
    told = " ".join(t.core for t in ocr.truth_at(words))
    return FlagVerdict(flag=flag, wrong=not ocr.seamless(words), truth=told)


def judge(corrections: Sequence[Correction], ocr: Lineup, clean: Lineup) -> tuple[Verdict, ...]:
    """A verdict for each correction that led from `ocr` to `clean`, and for each error that none of them touched."""
    kept = {j for i, j in enumerate(clean.partner) if clean.right[i]}
    verdicts = [
        _verdict(c, back.span, ocr, clean, kept) for c, back in zip(corrections, inverted(corrections), strict=True)
    ]
    verdicts += _missed(ocr, corrections)
    return tuple(sorted(verdicts, key=lambda v: (v.span.start, v.span.end)))


def _verdict(
    correction: Correction, after_span: Span, ocr: Lineup, clean: Lineup, kept: Collection[int | None]
) -> Verdict:
    """`kept` has the words of the truth that the corrected text has right."""
    before, after = ocr.touched(correction.span), clean.touched(after_span)
    # Where words were taken out, only the words themselves have a place in the truth.
    in_truth = (correction.after.strip() and clean.truth_at(after)) or ocr.truth_at(before)
    told = " ".join(t.core for t in in_truth)
    outcome = _outcome(correction, before, after, ocr, clean, told)
    aside = any(i in ocr.aside for i in before) or any(i in clean.aside for i in after)
    if not (before or after) or aside or any(t.barrier for t in in_truth):
        outcome = Outcome.UNSCORABLE
    return Verdict(
        span=correction.span,
        before=correction.before,
        after=correction.after,
        truth=None if outcome is Outcome.UNSCORABLE else told,
        outcome=outcome,
        correction=correction,
        broken=0 if outcome is Outcome.UNSCORABLE else _broken(before, ocr, kept, outcome),
    )


def _broken(before: range, ocr: Lineup, kept: Collection[int | None], outcome: Outcome) -> int:
    broken = sum(ocr.right[i] and ocr.partner[i] not in kept for i in before)
    return max(1, broken) if outcome is Outcome.HARMED else broken


def _outcome(correction: Correction, before: range, after: range, ocr: Lineup, clean: Lineup, told: str) -> Outcome:
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


def _missed(ocr: Lineup, corrections: Sequence[Correction]) -> Iterator[Verdict]:
    """The differences between OCR and truth that no correction touches.

    Wrong words that have a partner each are told one by one; where words were split, run together, lost or added, the
    whole run of them is one place.
    """
    touched = {i for c in corrections for i in ocr.touched(c.span)}
    places = {ocr.touched(c.span).start for c in corrections if not c.before.strip()}
    for block in ocr.blocks:
        at_mark = not ocr.aside.isdisjoint(block.a) or not ocr.truth_aside.isdisjoint(block.b)
        if not block.a:
            if block.a.start not in places and not at_mark:
                yield _miss(ocr, block.a, ocr.truth.pieces[block.b.start : block.b.stop])
        elif not block.equal and not at_mark and touched.isdisjoint(block.a) and not _word_for_word(ocr, block):
            yield _miss(ocr, block.a, ocr.truth.pieces[block.b.start : block.b.stop])
        else:
            for i in block.a:
                if not ocr.right[i] and i not in touched and i not in ocr.aside:
                    yield _miss(ocr, range(i, i + 1), _own_truth(ocr, i) if at_mark else ocr.truth_at(range(i, i + 1)))


def _word_for_word(ocr: Lineup, block: Block) -> bool:
    return len(block.a) == len(block.b) and all(ocr.partner[i] is not None for i in block.a)


def _own_truth(ocr: Lineup, word: int) -> Sequence[Piece]:
    """The partner of a word beside a mark, where the rest of the block may stand against the mark."""
    partner = ocr.partner[word]
    return () if partner is None else ocr.truth.pieces[partner : partner + 1]


def _miss(ocr: Lineup, words: range, in_truth: Sequence[Piece]) -> Verdict:
    text, pieces = ocr.page.text, ocr.page.pieces
    if words:
        span = Span(start=pieces[words.start].span.start, end=pieces[words.stop - 1].span.end)
    else:
        place = pieces[words.start].span.start if words.start < len(pieces) else len(text)
        span = Span(start=place, end=place)
    read = span.of(text)
    return Verdict(span=span, before=read, after=read, truth=" ".join(t.core for t in in_truth), outcome=Outcome.MISSED)
