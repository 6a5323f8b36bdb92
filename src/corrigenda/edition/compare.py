"""Two releases of one record side by side: what one shows and the other hides.

Neither text is the truth, and each was read by a machine that loses lines, reads columns in another order and makes
letters of stamps and handwriting. So a stretch that only one of them has counts as released only where the words on
both sides of it stand in both, the lines around were read alike, nothing like it is left over elsewhere in the other
text, and it reads as words. All else is set aside with the reason, and nothing is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from corrigenda.align import Block, align, blocks, likeness
from corrigenda.errors import PairingError
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, key, tokens
from corrigenda.values import Document, SegmentKind, Span

__all__ = ["Comparison", "Finding", "Standing", "compare"]

# docs/decisions/022-releases.md has the reasons for the figures below.
_SET_APART = frozenset({
    SegmentKind.MARKING, SegmentKind.STAMP, SegmentKind.REDACTION, SegmentKind.PAGE_NUMBER,
})  # fmt: skip
_FEWEST_LETTERS = 4
_RUN = 3
"""Letters in a row that must be the same to count as read in both: single ones agree by chance."""
_NEAR, _NEAR_AGREED = 4, 3
_WIDE, _WIDE_AGREED = 20, 0.7
_ALIKE = 0.75
_LEAST_WORDS = 0.6
_MOST_LEFT_OVER = 0.34
_LEAST_REMNANT, _REMNANT = 0.15, 0.8
_SHORTEST_NAME = 4
_MOST_LOST = 2
_NO_NAME = "no name is among them, and the other machine may have lost them"
_AROUND, _MOSTLY = 60, 0.8
_BREAK = re.compile(r"[\n\r\f]")
_MOVED = 75
_WHOLE_PAGE = 0.6
_COMMON_RUN = 5
_CONTEXT = 8
_LEAST_COUNT = 3
_NAME = re.compile(r"[A-Z][a-z]{2,}|(?=[A-Z]*[AEIOUY])[A-Z]{4,}(?:-\d{1,2})?|(?:[A-Z]\.){1,3}")
_FIGURE = re.compile(r"[\d.,:/$-]*\d[\d.,:/$-]*")


class Standing(StrEnum):
    """What a stretch that only one text has is thought to be; all but the first two are set aside."""

    RELEASED = "released"
    POSSIBLE = "possible"
    MOVED = "moved"
    EXTENT = "extent"
    MISREAD = "misread"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A stretch that only one of the two texts has: `shown_in` is 0 for the first of them, 1 for the second.

    `span` covers it in the text that has it, `place` what stands in its stead in the other: `instead`, which may be
    nothing. `before` and `after` are the words around it. `page` counts from 1 in the text that shows it.
    """

    shown_in: int
    span: Span
    text: str
    place: Span
    instead: str
    before: str
    after: str
    page: int
    standing: Standing
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two releases: how many words both have in the same order, of how many, and what only one of them has."""

    ids: tuple[str, str]
    shared: int
    words: tuple[int, int]
    findings: tuple[Finding, ...]

    def of(self, *standings: Standing) -> tuple[Finding, ...]:
        """The findings of these standings."""
        return tuple(f for f in self.findings if f.standing in standings)


def compare(first: Document, second: Document, words: WordIndex) -> Comparison:
    """Tell what one release shows and the other hides.

    Raises PairingError where the two share no more longer words than any two texts of the time do.
    """
    sides = (_Side.of(first), _Side.of(second))
    keys = [side.keys for side in sides]
    pairs = align(*keys)
    alike = likeness(pairs, *keys)
    if not alike.alike:
        raise PairingError(
            where=second.source.path,
            what=f"does not look like a release of {first.source.path}: {alike.shared} of {alike.of} longer words agree",
            remedy="Give two releases of the same record",
        )
    found = blocks(pairs, *keys)
    agreed = _agreed(found, sides)
    candidates = [c for block in found if not block.equal for c in _only_in_one(block, sides)]
    judge = _Judge(sides=sides, agreed=agreed, common=_common(found), left=_left_over(candidates, sides), words=words)
    findings = [judge.finding(c) for c in candidates]
    findings = sorted(_weighed(findings), key=lambda f: (f.shown_in, f.span))
    return Comparison(
        ids=(first.id, second.id),
        shared=sum(len(block.a) for block in found if block.equal),
        words=(len(keys[0]), len(keys[1])),
        findings=tuple(findings),
    )


def _weighed(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, with doubt about all that a text hides where it lacks as much that is no name.

    What a machine loses it loses whatever it says; who redacts takes out names.
    """
    lost = Counter(f.shown_in for f in findings if f.why[-1] == _NO_NAME)
    named = Counter(f.shown_in for f in findings if f.standing is Standing.RELEASED)
    for f in findings:
        if f.standing is Standing.RELEASED and lost[f.shown_in] > _MOST_LOST * named[f.shown_in]:
            why = f"the other text lacks {lost[f.shown_in]} such places without a name, and {named[f.shown_in]} with one"
            yield replace(f, standing=Standing.POSSIBLE, why=(*f.why, why))
        else:
            yield f


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """One of the two texts: its words that are not stamps, markings or page numbers, with their keys."""

    document: Document
    units: tuple[Token, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> _Side:
        """The words of `document`; marks without a letter or figure are none."""
        units = tuple(
            t
            for segment in document.segments
            if segment.kind not in _SET_APART
            for t in tokens(document.text, segment.span)
            if t.core
        )
        return cls(document=document, units=units, keys=tuple(key(t.text) for t in units))

    def text(self, run: range) -> str:
        """The words of `run` as the document has them, on one line."""
        return " ".join(self.units[i].text for i in run)

    def between(self, run: range) -> Span:
        """The stretch of the text between the words around `run`."""
        text = self.document.text
        start = self.units[run.start - 1].span.end if run.start else 0
        end = self.units[run.stop].span.start if run.stop < len(self.units) else len(text)
        return Span(start=start, end=max(start, end))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    """Words `run` of side `side`, which the other side lacks; `instead` are the words that it has there."""

    side: int
    run: range
    instead: range
    left_over: int


def _only_in_one(block: Block, sides: tuple[_Side, _Side]) -> Iterator[_Candidate]:
    """The words of a differing block, of either side, whose letters the other side does not have there."""
    runs = (block.a, block.b)
    for side in (0, 1):
        ours = [sides[side].keys[i] for i in runs[side]]
        theirs = [sides[1 - side].keys[i] for i in runs[1 - side]]
        for run, instead, letters in _surplus(ours, theirs):
            start, other = runs[side].start, runs[1 - side].start
            yield _Candidate(
                side=side,
                run=range(start + run.start, start + run.stop),
                instead=range(other + instead.start, other + instead.stop),
                left_over=letters,
            )


def _surplus(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[range, range, int]]:
    """Runs of `ours` of which `theirs` has less than half the letters, the words of `theirs` there, and their letters."""
    mine, other = "".join(ours), "".join(theirs)
    same = [o for o in Levenshtein.opcodes(mine, other) if o.tag == "equal" and o.src_end - o.src_start >= _RUN]
    covered = bytearray(len(mine))
    for op in same:
        covered[op.src_start : op.src_end] = b"\1" * (op.src_end - op.src_start)
    ends = list(accumulate(map(len, ours)))
    starts = [end - len(word) for end, word in zip(ends, ours, strict=True)]
    lacking = [2 * sum(covered[s:e]) < e - s for s, e in zip(starts, ends, strict=True)]
    their_ends = list(accumulate(map(len, theirs)))
    at = 0
    while at < len(ours):
        stop = at
        while stop < len(ours) and lacking[stop]:
            stop += 1
        if stop > at:
            before = max((o.dest_end for o in same if o.src_start < starts[at]), default=0)
            after = min((o.dest_start for o in same if o.src_end > ends[stop - 1]), default=len(other))
            first = bisect_right(their_ends, before)
            last = max(first, bisect_right(their_ends, max(before, after - 1)) + (after > before))
            yield range(at, stop), range(first, min(last, len(theirs))), max(0, after - before)
        at = max(stop, at + 1)


def _agreed(found: Sequence[Block], sides: tuple[_Side, _Side]) -> tuple[bytearray, bytearray]:
    """For each word of either side whether the other has it in the same place, misread letters allowed for."""
    marks = (bytearray(len(sides[0].keys)), bytearray(len(sides[1].keys)))
    for block in found:
        if block.equal:
            marks[0][block.a.start : block.a.stop] = b"\1" * len(block.a)
            marks[1][block.b.start : block.b.stop] = b"\1" * len(block.b)
        elif len(block.a) == len(block.b):
            for i, j in zip(block.a, block.b, strict=True):
                same = Levenshtein.normalized_similarity(sides[0].keys[i], sides[1].keys[j]) >= _ALIKE
                marks[0][i] = marks[1][j] = same
    return marks


def _common(found: Sequence[Block]) -> tuple[range, range]:
    """From the first to the last word of either side that stands in a longer run of words which both have."""
    long = [b for b in found if b.equal and len(b.a) >= _COMMON_RUN] or [b for b in found if b.equal]
    return range(long[0].a.start, long[-1].a.stop), range(long[0].b.start, long[-1].b.stop)


def _left_over(candidates: Sequence[_Candidate], sides: tuple[_Side, _Side]) -> tuple[str, str]:
    """The letters of all that only one side has, for either side: where moved words are looked for."""
    letters: tuple[list[str], list[str]] = ([], [])
    for c in candidates:
        letters[c.side].append("".join(sides[c.side].keys[c.run.start : c.run.stop]))
    return "\n".join(letters[0]), "\n".join(letters[1])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judge:
    """What is needed to say what a candidate is."""

    sides: tuple[_Side, _Side]
    agreed: tuple[bytearray, bytearray]
    common: tuple[range, range]
    left: tuple[str, str]
    words: WordIndex

    def finding(self, c: _Candidate) -> Finding:
        """The candidate with all that is told of it."""
        ours, theirs = self.sides[c.side], self.sides[1 - c.side]
        standing, why = self._standing(c)
        span = Span(start=ours.units[c.run.start].span.start, end=ours.units[c.run.stop - 1].span.end)
        pages = ours.document.pages
        return Finding(
            shown_in=c.side,
            span=span,
            text=span.of(ours.document.text),
            place=theirs.between(c.instead),
            instead=theirs.text(c.instead),
            before=ours.text(range(max(0, c.run.start - _CONTEXT), c.run.start)),
            after=ours.text(range(c.run.stop, min(len(ours.units), c.run.stop + _CONTEXT))),
            page=next((n for n, page in enumerate(pages, 1) if page.end > span.start), len(pages)),
            standing=standing,
            why=why,
        )

    def _standing(self, c: _Candidate) -> tuple[Standing, tuple[str, ...]]:
        letters = "".join(self.sides[c.side].keys[c.run.start : c.run.stop])
        outside = self._outside(c)
        if outside:
            return Standing.EXTENT, (outside,)
        if len(letters) < _FEWEST_LETTERS:
            return Standing.MISREAD, ("too few letters to tell",)
        if self._is_remnant(c, letters):
            return Standing.MISREAD, ("the other text has letters of the same there",)
        score = fuzz.partial_ratio(letters, self.left[1 - c.side]) if self.left[1 - c.side] else 0.0
        if score >= _MOVED and len(self.left[1 - c.side]) >= len(letters):
            return Standing.MOVED, ("what is left over elsewhere in the other text is like it",)
        sense = self._sense(c)
        if sense < _LEAST_WORDS:
            return Standing.MISREAD, (f"{sense:.0%} of its letters are in words or names",)
        near, wide = self._around(c)
        if min(near) < _NEAR_AGREED or wide < _WIDE_AGREED:
            return Standing.MISREAD, (f"{sum(near)} of the 8 words around, {wide:.0%} of 40, stand in both",)
        why = (f"{sum(near)} of the 8 words around and {wide:.0%} of the 40 around stand in both", *self._opposite(c))
        names = [u.core for u in self.sides[c.side].units[c.run.start : c.run.stop] if self._is_name(c.side, u)]
        if self._holds_a_line(c) and 2 * sum(self.words.count(n) >= _LEAST_COUNT for n in names) < len(c.run):
            return Standing.POSSIBLE, (*why, "holds a whole line, which the other machine may have lost")
        if not names:
            return Standing.POSSIBLE, (*why, _NO_NAME)
        return Standing.RELEASED, (*why, "holds what looks like a name: " + ", ".join(names))

    def _is_remnant(self, c: _Candidate, letters: str) -> bool:
        """Whether what the other text has there is a reading of the same, if a bad one."""
        share = c.left_over / len(letters)
        if share > _MOST_LEFT_OVER:
            return True
        left = "".join(self.sides[1 - c.side].keys[c.instead.start : c.instead.stop])
        return share >= _LEAST_REMNANT and LCSseq.similarity(left, letters) >= _REMNANT * len(left)

    def _is_name(self, side: int, unit: Token) -> bool:
        """Whether a capital stands there that neither a sentence nor the habit of its line has put there."""
        word = unit.core
        if not word[:1].isupper() or len(word) < _SHORTEST_NAME or any(map(str.isdigit, word)):
            return False
        entry = self.words.entry(word)
        if word.isupper() and self._is_shouted(side, unit):
            return entry is not None and entry.is_name
        return entry is None or entry.is_name or entry.total < _LEAST_COUNT

    def _is_shouted(self, side: int, unit: Token) -> bool:
        """Whether all around is in capitals, as telegrams are."""
        text = self.sides[side].document.text
        around = text[max(0, unit.span.start - _AROUND) : unit.span.start] + text[unit.span.end : unit.span.end + _AROUND]
        letters = [x for x in around if x.isalpha()]
        return sum(x.isupper() for x in letters) > _MOSTLY * len(letters)

    def _outside(self, c: _Candidate) -> str | None:
        common, ours = self.common[c.side], self.sides[c.side]
        if c.run.stop <= common.start or c.run.start >= common.stop:
            return "before the first or after the last words that both have"
        start, end = ours.units[c.run.start].span.start, ours.units[c.run.stop - 1].span.end
        for number, page in enumerate(ours.document.pages, 1):
            of = [i for i in range(len(ours.units)) if page.covers(ours.units[i].span)] if page.start < end else []
            inside = [i for i in of if i in c.run]
            if page.end > start and inside and len(inside) > _WHOLE_PAGE * len(of):
                return f"page {number} stands in this text alone"
        return None

    def _sense(self, c: _Candidate) -> float:
        """The share of the letters that stand in words of the lexicon, in what looks like a name, or in figures."""
        good = whole = 0
        for unit in self.sides[c.side].units[c.run.start : c.run.stop]:
            whole += len(unit.core)
            told = self.words.count(unit.core) >= _LEAST_COUNT or _NAME.fullmatch(unit.core)
            good += len(unit.core) if told or _FIGURE.fullmatch(unit.core) else 0
        return good / whole

    def _around(self, c: _Candidate) -> tuple[tuple[int, int], float]:
        agreed = self.agreed[c.side]
        near = (sum(agreed[max(0, c.run.start - _NEAR) : c.run.start]), sum(agreed[c.run.stop : c.run.stop + _NEAR]))
        wide = agreed[max(0, c.run.start - _WIDE) : c.run.start] + agreed[c.run.stop : c.run.stop + _WIDE]
        return near, sum(wide) / len(wide)

    def _holds_a_line(self, c: _Candidate) -> bool:
        """Whether a line of the text that shows it lies wholly in the candidate."""
        ours = self.sides[c.side]
        within = [u.span for u in ours.units[c.run.start : c.run.stop]]
        gaps = [
            ours.between(range(c.run.start, c.run.start)),
            *(Span(start=a.end, end=b.start) for a, b in pairwise(within)),
            ours.between(range(c.run.stop, c.run.stop)),
        ]
        return sum(_BREAK.search(gap.of(ours.document.text)) is not None for gap in gaps) > 1

    def _opposite(self, c: _Candidate) -> Iterator[str]:
        """What of the other text speaks for words that are hidden there."""
        theirs = self.sides[1 - c.side]
        gap = theirs.between(c.instead)
        if any(s.kind is SegmentKind.REDACTION and s.span.overlaps(gap) for s in theirs.document.segments):
            yield "the other text has the mark of a redaction there"
        elif c.left_over:
            yield f"the other text has {theirs.text(c.instead)!r} there"
