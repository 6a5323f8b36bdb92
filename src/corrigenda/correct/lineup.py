"""A reading beside its truth: which stretch of the truth every word of the reading stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from corrigenda.text import Profile, normalise, unify

__all__ = ["Beside", "beside"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The words of a reading beside the truth.

    `truth` is the truth with single blanks. `cuts[i]` is where in it the i-th word of the reading begins, for the
    place before every word and after the last; None where the truth has no blank there, so that two words of the
    reading stand for one of the truth.
    """

    words: tuple[str, ...]
    truth: str
    cuts: tuple[int | None, ...]

    def of(self, start: int, end: int) -> str | None:
        """What the truth has for the words `start` to `end`; None where it has no blank at one of the ends.

        It has nothing for a single word where it has just the others of the smallest run that stands for whole words:
        where a word too many was read, the blank before it or the one behind it may be the one that is lined up.
        """
        first, last = self.cuts[start], self.cuts[end]
        if first is not None and last is not None:
            return self.truth[first:last].strip()
        return "" if end == start + 1 and self._is_surplus(start) else None

    def _is_surplus(self, at: int) -> bool:
        first = next(i for i in range(at, -1, -1) if self.cuts[i] is not None)
        last = next(i for i in range(at + 1, len(self.cuts)) if self.cuts[i] is not None)
        others = [*self.words[first:at], *self.words[at + 1 : last]]
        truth = self.truth[self.cuts[first] : self.cuts[last]]
        return normalise(" ".join(others), Profile.HIPE) == normalise(truth, Profile.HIPE)

    def groups(self) -> list[tuple[int, int]]:
        """The smallest runs of words that stand for whole words of the truth."""
        places = [i for i, cut in enumerate(self.cuts) if cut is not None]
        return list(pairwise(places))


def beside(words: Sequence[str], truth: str) -> Beside:
    """Line `words` up with `truth`, letter by letter, whatever the case and the form of quotes and dashes."""
    whole = " ".join(truth.split())
    reading = " ".join(words)
    cuts: list[int | None] = [0]
    blanks = _blanks(reading, whole)
    at = 0
    for word in words[:-1]:
        at += len(word)
        cuts.append(blanks.get(at))
        at += 1
    cuts.append(len(whole))
    return Beside(words=tuple(words), truth=whole, cuts=tuple(cuts) if words else (0,))


def _blanks(reading: str, truth: str) -> dict[int, int]:
    """For every blank of `reading` that is one in `truth` too, the place after it there."""
    found: dict[int, int] = {}
    for op in Levenshtein.opcodes(unify(reading).lower(), unify(truth).lower()):
        if op.tag == "equal":
            for offset, letter in enumerate(reading[op.src_start : op.src_end]):
                if letter == " ":
                    found[op.src_start + offset] = op.dest_start + offset + 1
    return found
