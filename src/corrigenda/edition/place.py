"""Where exactly a stretch of a page stands in a stretch of an edition, and how well the two agree.

The longest common subsequence of words finds what both have. Any two texts share a third of their words that way,
mostly the shortest; so the place is the run in which what agrees outweighs what does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

__all__ = ["Place", "place"]

# A footnote or a cut of this many words or more inside a document weighs no heavier than one of so many.
_MOST_GAP = 20
# Words that differ are the same ones, misread, where so many of their letters agree; any two texts share half.
_ALIKE = 0.7
_MOST_EDGE = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Words `page` of a page that stand at words `edition` (both half-open); `same` of them agree, `score` in all.

    `score` counts a word that agrees as one, and takes one away for each that differs and is no misreading.
    """

    page: tuple[int, int]
    edition: tuple[int, int]
    same: int
    score: int

    @property
    def words(self) -> int:
        """How many words of the page it has."""
        return self.page[1] - self.page[0]

    @property
    def agreement(self) -> float:
        """The share of them that the edition has too."""
        return self.same / self.words


def place(page: Sequence[str], edition: Sequence[str]) -> Place | None:
    """The stretch of both texts in which most words agree; None where no word does."""
    best: Place | None = None
    score = same = 0
    start = before = (0, 0)
    for block in Indel.opcodes(page, edition):
        if block.tag != "equal":
            continue
        here, there, length = block.src_start, block.dest_start, block.src_end - block.src_start
        score -= _cost(page[before[0] : here], edition[before[1] : there])
        if score <= 0:
            score, same, start = 0, 0, (here, there)
        score, same = score + length, same + length
        before = (here + length, there + length)
        if best is None or score > best.score:
            best = Place(page=(start[0], before[0]), edition=(start[1], before[1]), same=same, score=score)
    return _with_edges(best, page, edition) if best else None


def _cost(page: Sequence[str], edition: Sequence[str]) -> int:
    """What is taken off for the words between two that agree: nothing where they are the same ones, misread."""
    return 0 if _alike(page, edition) else min(max(len(page), len(edition)), _MOST_GAP)


def _alike(page: Sequence[str], edition: Sequence[str]) -> bool:
    if max(len(page), len(edition)) > _MOST_GAP:
        return False
    return Indel.normalized_similarity("".join(page), "".join(edition)) >= _ALIKE


def _with_edges(found: Place, page: Sequence[str], edition: Sequence[str]) -> Place:
    """`found` with what stands before and after it where it is as many words, misread."""
    (a, b), (c, d) = found.page, found.edition
    before, after = min(a, c, _MOST_EDGE), min(len(page) - b, len(edition) - d, _MOST_EDGE)
    first = next((n for n in range(before, 0, -1) if _alike(page[a - n : a], edition[c - n : c])), 0)
    last = next((n for n in range(after, 0, -1) if _alike(page[b : b + n], edition[d : d + n])), 0)
    return replace(found, page=(a - first, b + last), edition=(c - first, d + last))
