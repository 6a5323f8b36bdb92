"""Other readings of the same page: what each of them has for the words of a document.

A reading is a witness that is as fallible as the page's own text: it may lack parts, have others, and cover a whole
record where the document is one page. So it is lined up by runs of words that both have (`align`), and letter by
letter in between, where one side may have a blank that the other lacks.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corrigenda.align import Pair, align, likeness
from corrigenda.correct.lineup import beside
from corrigenda.errors import PairingError
from corrigenda.text import Token, broken_word, key, tokens

__all__ = ["OtherText", "Said", "line_up"]

_LONGEST_GAP = 3
"""So many words in a row may be lost, or read in; where one side has more, the other has nothing to say there."""
_NEIGHBOURS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherText:
    """A text of the same page or record by another reading; the `siglum` (a file's name) stands for it in evidence.

    Where a text was put together of several readings, `parts` has the offset from which each part of it goes, and the
    siglum of who read that part.
    """

    siglum: str
    text: str
    parts: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of_parts(cls, text: str, parts: tuple[tuple[int, str], ...]) -> OtherText:
        """A text that several read in turn, which goes by the sigla of all of them."""
        return cls(siglum=", ".join(sorted({siglum for _, siglum in parts})), text=text, parts=parts)

    @property
    def sha256(self) -> str:
        """The hash of the text and of who read which part of it, for signatures."""
        parts = "".join(f"\0{start} {siglum}" for start, siglum in self.parts)
        return hashlib.sha256((self.text + parts).encode()).hexdigest()

    def by(self, offset: int) -> str:
        """The siglum of who read what stands at `offset`."""
        at = bisect_right([start for start, _ in self.parts], offset)
        return self.parts[at - 1][1] if at else self.siglum


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one reading has for the words of a run.

    `begins[i]` is where in `words` that begins which stands for the i-th word and what follows, `ends[i]` where that
    ends which stands for the words before it; None where the reading has nothing, or no blank there. Between the two
    lie words that the run lacks. `agrees[i]` says that the i-th word is the same in both, but for case and marks.
    `sigla[j]` is who read the j-th of `words`.
    """

    siglum: str
    sigla: tuple[str, ...]
    words: tuple[str, ...]
    begins: tuple[int | None, ...]
    ends: tuple[int | None, ...]
    agrees: tuple[bool, ...]

    def of(self, start: int, end: int) -> str | None:
        """What the reading has for the words `start` to `end`: "" for none of them, None where that cannot be told."""
        first, last = self.begins[start], self.ends[end]
        return None if first is None or last is None else " ".join(self.words[first:last])

    def by(self, at: int) -> str:
        """The siglum of who read what stands for the word `at`, or what comes next where nothing does."""
        first = self.begins[at]
        if first is None or not self.sigla:
            return self.siglum
        return self.sigla[min(first, len(self.sigla) - 1)]

    def before(self, at: int) -> str | None:
        """The words that the reading has before the word `at` and the run lacks; None where that cannot be told."""
        first, last = self.ends[at], self.begins[at]
        return None if first is None or last is None else " ".join(self.words[first:last])

    def near(self, start: int, end: int) -> float:
        """The share of the eight words around the words `start` to `end` (four a side) that are the same in both."""
        around = (*self.agrees[max(0, start - _NEIGHBOURS) : start], *self.agrees[end : end + _NEIGHBOURS])
        return sum(around) / (2 * _NEIGHBOURS)

    def differing(self) -> Iterator[tuple[int, int, str]]:
        """The shortest runs of words for which the reading has others, with what it has."""
        start: int | None = None
        for i in range(len(self.agrees)):
            if self.begins[i] is not None:
                start = i
            text = None if start is None else self.of(start, i + 1)
            if start is not None and text is not None:
                if not all(self.agrees[start : i + 1]):
                    yield start, i + 1, text
                start = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """One word of either text: tokens `start` to `end`, which are two where a line-end hyphen holds them together.

    `offset` is where in the text it begins.
    """

    key: str
    text: str
    start: int
    end: int
    offset: int


def line_up(text: str, runs: Sequence[Sequence[Token]], other: OtherText, *, where: str) -> list[Said]:
    """What `other` has for each of the token runs of `text`.

    Raises PairingError, which names `where`, if it has no more in common with them than any two texts of the time.
    """
    ours = _units(text, [t for run in runs for t in run])
    theirs = _units(other.text, list(tokens(other.text)))
    our_keys, their_keys = [u.key for u in ours], [u.key for u in theirs]
    pairs = align(our_keys, their_keys)
    alike = likeness(pairs, our_keys, their_keys)
    if ours and not alike.alike:
        raise PairingError(
            where=other.siglum,
            what=f"does not look like a reading of {where}: {alike.shared} of {alike.of} longer words agree",
            remedy="Give another reading of the same page or record, or none",
        )
    count = sum(len(run) for run in runs)
    lines = _Lines(begins=[None] * (count + 1), ends=[None] * (count + 1), agrees=[False] * count)
    for stretch in _stretches(pairs, our_keys, their_keys):
        lines.put(ours, theirs, stretch)
    words, sigla = tuple(u.text for u in theirs), tuple(other.by(u.offset) for u in theirs)
    found, first = [], 0
    for run in runs:
        last = first + len(run)
        found.append(
            Said(
                siglum=other.siglum,
                sigla=sigla,
                words=words,
                begins=tuple(lines.begins[first : last + 1]),
                ends=tuple(lines.ends[first : last + 1]),
                agrees=tuple(lines.agrees[first:last]),
            )
        )
        first = last
    return found


def _units(text: str, words: Sequence[Token]) -> list[_Unit]:
    """The words of a text, marks by themselves left out; the halves of a word broken at a line's end are one."""
    units: list[_Unit] = []
    for i, token in enumerate(words):
        if not token.core:
            continue
        unit = _Unit(key=key(token.text), text=token.text, start=i, end=i + 1, offset=token.span.start)
        if units and units[-1].end == i and broken_word(text, words[i - 1], token):
            first = units.pop()
            whole = first.text.rstrip("-\u00ad\u2010") + token.text
            unit = _Unit(key=key(whole), text=whole, start=first.start, end=i + 1, offset=first.offset)
        units.append(unit)
    return units


def _stretches(pairs: Sequence[Pair], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Words that are the same in both, one by one, and between them runs of words that differ.

    What one side has and the other lacks for more than `_LONGEST_GAP` words is passed over.
    """
    open_pairs: list[Pair] = []
    at = 0
    for (equal, sided), group in groupby(pairs, key=lambda p: _kind(p, ours, theirs)):
        here = list(group)
        if not equal and (not sided or len(here) <= _LONGEST_GAP):
            open_pairs += here
            continue
        yield from _ranges(open_pairs, at)
        at = next((j for _, j in here if j is not None), at)
        for pair in here if equal else ():
            yield from _ranges([pair], at)
        at = max((j + 1 for _, j in (*open_pairs, *here) if j is not None), default=at)
        open_pairs = []
    yield from _ranges(open_pairs, at)


def _kind(pair: Pair, ours: Sequence[str], theirs: Sequence[str]) -> tuple[bool, str]:
    """Whether two words are the same, and which side lacks one."""
    i, j = pair
    if i is None or j is None:
        return False, "theirs" if i is None else "ours"
    return ours[i] == theirs[j], ""


def _ranges(pairs: Sequence[Pair], at: int) -> Iterator[tuple[range, range]]:
    """The words of both sides, where there are any of ours; where the other has none it has none before word `at`."""
    ours, theirs = [i for i, _ in pairs if i is not None], [j for _, j in pairs if j is not None]
    if ours:
        yield range(ours[0], ours[-1] + 1), range(theirs[0], theirs[-1] + 1) if theirs else range(at, at)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lines:
    """The three lists of `Said`, for all runs together, while they are filled."""

    begins: list[int | None]
    ends: list[int | None]
    agrees: list[bool]

    def put(self, ours: Sequence[_Unit], theirs: Sequence[_Unit], stretch: tuple[range, range]) -> None:
        """Note where the words of a stretch lie in the other text."""
        a, b = stretch
        start, end = ours[a.start].start, ours[a.stop - 1].end
        self.begins[start], self.ends[end] = b.start, b.stop
        if not b:
            self.begins[start:end] = self.ends[start + 1 : end + 1] = [b.start] * (end - start)
            return
        if len(a) == len(b) == 1:
            same = ours[a.start].key == theirs[b.start].key
            self.agrees[start:end] = [same] * (end - start)
            return
        lined = beside([ours[i].text for i in a], " ".join(theirs[j].text for j in b))
        for i, cut in zip(a[1:], lined.cuts[1:-1], strict=True):
            if cut is not None:
                at = b.start + lined.truth.count(" ", 0, cut)
                self.ends[ours[i].start] = self.begins[ours[i].start] = at
