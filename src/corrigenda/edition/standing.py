"""What a stretch is that only one of two releases has: text that the other hides, or what a machine made or lost.

The tests go from what is plainly something else to what a redaction alone explains, and each verdict has its reasons.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from corrigenda.align import Block
from corrigenda.edition.surplus import SILENT, Side, Surplus, agreements
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token
from corrigenda.values import SegmentKind, Span

__all__ = ["NO_NAME", "Judge", "Standing", "Verdict"]

# docs/decisions/022-releases.md has the reasons for the figures below.
_FEWEST_LETTERS = 4
_COMMON_RUN = 5
_WHOLE_PAGE = 0.6
_MOST_LEFT_OVER, _LEAST_REMNANT, _REMNANT = 0.34, 0.15, 0.8
_MOVED = 75
_LEAST_SENSE = 0.6
_NEAR, _NEAR_AGREED = 4, 3
_WIDE, _WIDE_AGREED = 20, 0.75
_LEAST_FOR_NAMES = (2, 0.7)
_REACH = 4 * _WIDE
_LEAST_COUNT = 3
_SHORTEST_NAME = 4
# Telegrams are typed in capitals; one line around a word tells, with room for a few misread letters.
_AROUND, _MOSTLY = 60, 0.8
_BREAK = re.compile(r"[\n\r\f]")
_NAME = re.compile(
    r"[A-Z][a-z]{2,}(?:-[A-Z][a-z]{2,})?|(?=[A-Z]*[AEIOUY])[A-Z]{4,}(?:-\d{1,2}|-[A-Z]{3,})?|(?:[A-Z]\.){1,3}"
)
_FIGURE = re.compile(r"[\d.,:/$-]*\d[\d.,:/$-]*")

NO_NAME = "no name is among them, and the other machine may have lost them"
"""The reason against words that a machine may have lost as well as a censor hidden."""


class Standing(StrEnum):
    """What a stretch that only one text has is thought to be; all but the first two are set aside.

    `extent`: beyond where the other text begins or ends, or a page that it lacks. `moved`: read in another order.
    """

    RELEASED = "released"
    POSSIBLE = "possible"
    MOVED = "moved"
    EXTENT = "extent"
    MISREAD = "misread"


Verdict = tuple[Standing, tuple[str, ...]]
"""What a stretch is, and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """What is needed to say what a stretch is.

    `common` are the words of either side from the first to the last longer run that both have, `left` the letters of
    all that one side alone has, among which moved words are looked for.
    """

    sides: tuple[Side, Side]
    agreed: tuple[bytearray, bytearray]
    common: tuple[range, range]
    left: tuple[str, str]
    words: WordIndex

    @classmethod
    def of(
        cls, sides: tuple[Side, Side], found: Sequence[Block], surplus: Sequence[Surplus], words: WordIndex
    ) -> Judge:
        """The judge of all that was found in two texts which share a word at least."""
        letters: tuple[list[str], list[str]] = ([], [])
        for one in surplus:
            letters[one.side].append(sides[one.side].letters(one.run))
        long = [b for b in found if b.equal and len(b.a) >= _COMMON_RUN] or [b for b in found if b.equal]
        return cls(
            sides=sides,
            agreed=agreements(found, surplus, sides),
            common=(range(long[0].a.start, long[-1].a.stop), range(long[0].b.start, long[-1].b.stop)),
            left=("\n".join(letters[0]), "\n".join(letters[1])),
            words=words,
        )

    def verdict(self, one: Surplus) -> Verdict:
        """What the stretch is, and why."""
        outside = self._outside(one)
        if outside:
            return Standing.EXTENT, (outside,)
        doubt = self._misreading(one)
        if doubt:
            return Standing.MISREAD, (doubt,)
        if self._is_moved(one):
            return Standing.MOVED, ("what is left over elsewhere in the other text is like it",)
        near, wide = self._around(one)
        told = f"{sum(near)} of the 8 words around and {wide:.0%} of the 40 around stand in both"
        least_near, least_wide = _LEAST_FOR_NAMES if self.is_clean_name(one) else (_NEAR_AGREED, _WIDE_AGREED)
        if min(near) < least_near or wide < least_wide:
            return Standing.MISREAD, (f"only {told}",)
        return self._hidden(one, (told, *self._opposite(one)))

    def _hidden(self, one: Surplus, why: tuple[str, ...]) -> Verdict:
        """Whether a release hides the stretch, or a machine may have lost it."""
        names = [u.core for u in self.sides[one.side].words(one.run) if self._is_name(one.side, u)]
        known = sum(self.words.count(name) >= _LEAST_COUNT for name in names)
        if self._holds_a_line(one) and 2 * known < len(one.run):
            return Standing.POSSIBLE, (*why, "it holds a whole line, which the other machine may have lost")
        if not names:
            return Standing.POSSIBLE, (*why, NO_NAME)
        return Standing.RELEASED, (*why, "it holds what looks like a name: " + ", ".join(names))

    def _outside(self, one: Surplus) -> str | None:
        """Why the other text cannot be expected to have it, if so."""
        common, ours = self.common[one.side], self.sides[one.side]
        if one.run.stop <= common.start or one.run.start >= common.stop:
            return "it stands before the first or after the last words that both have"
        for number, inside in Counter(ours.pages[one.run.start : one.run.stop]).items():
            if inside > _WHOLE_PAGE * (bisect_right(ours.pages, number) - bisect_left(ours.pages, number)):
                return f"page {number} stands in this text alone"
        return None

    def _misreading(self, one: Surplus) -> str | None:
        """Why it is what a machine made of something, if it is."""
        letters = self.sides[one.side].letters(one.run)
        if len(letters) < _FEWEST_LETTERS:
            return "it has too few letters to tell"
        share = one.left_over / len(letters)
        theirs = self.sides[1 - one.side].letters(one.instead)
        remnant = share >= _LEAST_REMNANT and LCSseq.similarity(theirs, letters) >= _REMNANT * len(theirs)
        if share > _MOST_LEFT_OVER or remnant:
            return "the other text has a reading of its own there"
        sense = self._sense(one)
        return f"{sense:.0%} of its letters stand in words, names or figures" if sense < _LEAST_SENSE else None

    def _is_moved(self, one: Surplus) -> bool:
        letters, left = self.sides[one.side].letters(one.run), self.left[1 - one.side]
        return len(left) >= len(letters) and fuzz.partial_ratio(letters, left) >= _MOVED

    def _sense(self, one: Surplus) -> float:
        """The share of the letters that stand in words of the lexicon, in what looks like a name, or in figures."""
        cores = [u.core for u in self.sides[one.side].words(one.run)]
        good = (
            len(core)
            for core in cores
            if self.words.count(core) >= _LEAST_COUNT or _NAME.fullmatch(core) or _FIGURE.fullmatch(core)
        )
        return sum(good) / sum(map(len, cores))

    def _around(self, one: Surplus) -> tuple[tuple[int, int], float]:
        """How many of the four words on either side stand in both, and which share of the twenty on either side."""
        agreed, run = self.agreed[one.side], one.run
        before = agreed[max(0, run.start - _REACH) : run.start].replace(SILENT, b"")[-_WIDE:]
        after = agreed[run.stop : run.stop + _REACH].replace(SILENT, b"")[:_WIDE]
        return (sum(before[-_NEAR:]), sum(after[:_NEAR])), sum(before + after) / max(1, len(before + after))

    def _is_name(self, side: int, unit: Token) -> bool:
        """Whether a capital stands there that neither a sentence nor the habit of its line has put there."""
        word = unit.core
        if not word[:1].isupper() or len(word) < _SHORTEST_NAME or any(map(str.isdigit, word)):
            return False
        entry = self.words.entry(word)
        if word.isupper() and self._is_shouted(side, unit.span):
            return entry is not None and entry.is_name
        return entry is None or entry.is_name or entry.total < _LEAST_COUNT

    def is_clean_name(self, one: Surplus) -> bool:
        """Whether nothing but names of the lexicon stand there, between two words that are next to each other there."""
        ours, agreed, run = self.sides[one.side], self.agreed[one.side], one.run
        beside = run.start > 0 and run.stop < len(agreed) and agreed[run.start - 1] == agreed[run.stop] == 1
        return (
            beside
            and not one.instead
            and all(self._is_name(one.side, u) and self.words.count(u.core) >= _LEAST_COUNT for u in ours.words(run))
        )

    def _is_shouted(self, side: int, span: Span) -> bool:
        """Whether all around is in capitals, as telegrams are."""
        text = self.sides[side].document.text
        letters = [x for x in text[max(0, span.start - _AROUND) : span.end + _AROUND] if x.isalpha()]
        return sum(map(str.isupper, letters)) > _MOSTLY * len(letters)

    def _holds_a_line(self, one: Surplus) -> bool:
        """Whether a line of the text that shows it lies wholly in the stretch."""
        ours, run = self.sides[one.side], one.run
        gaps = [
            ours.between(range(run.start, run.start)),
            *(Span(start=a.span.end, end=b.span.start) for a, b in pairwise(ours.words(run))),
            ours.between(range(run.stop, run.stop)),
        ]
        return sum(_BREAK.search(gap.of(ours.document.text)) is not None for gap in gaps) > 1

    def _opposite(self, one: Surplus) -> Iterator[str]:
        """What stands in the other text where the stretch is lacking."""
        theirs = self.sides[1 - one.side]
        gap = theirs.between(one.instead)
        if any(s.kind is SegmentKind.REDACTION and s.span.overlaps(gap) for s in theirs.document.segments):
            yield "the other text has the mark of a redaction there"
        elif one.left_over:
            yield f"the other text has {theirs.text(one.instead)!r} there"
