"""Strings that two texts share, and chains of such strings: where the texts run side by side for a while.

What aligners of genomes call seeding and chaining (H. Li, "Minimap2", Bioinformatics 34 (2018), 3094-3100), kept as
simple as pages allow: no score but the number of characters that are equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

__all__ = ["Chaining", "Match", "chains", "length", "reach"]

Match = tuple[int, int, int]
"""A string that both texts have: where it starts in the first, where in the second, and its length."""

# A string that stands this often in the second text tells nothing about the place; a longer one around it does.
_TOO_COMMON = 8
# Matches are of one chain up to this gap; beyond that they are tried each on its own.
_GAP = 100
# Matches of one chain lie, as a rule, at nearly the same distance; this many characters are a band of distances.
_BAND = 16
# How far a match whose beginning is too common is followed back.
_BACK = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Chaining:
    """When matches that follow each other are one chain.

    What lies between them on either side is of `short` characters at most, or its similarity (1 less the normalised
    edit distance) is at least `alike`.
    """

    short: int
    alike: float


def chains(a: str, b: str, *, shortest: int, chaining: Chaining) -> list[list[Match]]:
    """Strings of at least `shortest` characters that stand in both texts, chained where they follow each other.

    A string may be in several chains, and a chain may be a single string.

    >>> chains("one two three four", "three four one tvo", shortest=6, chaining=Chaining(short=2, alike=0.7))
    [[(8, 0, 10)]]
    """
    found: list[list[Match]] = []
    latest: dict[int, int] = {}
    for seed in sorted(set(_seeds(a, b, shortest))):
        band = (seed[1] - seed[0]) // _BAND
        for near in (band, band - 1, band + 1):
            if near in latest and (link := _link(found[latest[near]][-1], seed, (a, b), chaining)):
                found[latest[near]].append(link)
                latest[band] = latest[near]
                break
        else:
            latest[band] = len(found)
            found.append([seed])
    return found


def _seeds(a: str, b: str, shortest: int) -> Iterator[Match]:
    """Every string of `shortest` characters or more that stands in both texts and cannot be longer on either side."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(b) - shortest + 1):
        places[b[j : j + shortest]].append(j)
    rare = {string: found for string, found in places.items() if len(found) <= _TOO_COMMON}
    after_rare = False
    for i in range(len(a) - shortest + 1):
        found = rare.get(a[i : i + shortest], ())
        for j in found:
            if i and j and a[i - 1] == b[j - 1]:
                # The string that starts one character earlier has given this match, unless it is too common.
                if after_rare:
                    continue
                back = _common_length(a[max(0, i - _BACK) : i][::-1], b[max(0, j - _BACK) : j][::-1])
            else:
                back = 0
            yield i - back, j - back, back + shortest + _common_length(a, b, i + shortest, j + shortest)
        after_rare = bool(found)


def _link(last: Match, seed: Match, texts: tuple[str, str], chaining: Chaining) -> Match | None:
    """`seed`, without what it shares with `last`, if the two belong together."""
    end, end_b = last[0] + last[2], last[1] + last[2]
    shared = max(end - seed[0], end_b - seed[1], 0)
    if shared * 2 > seed[2]:
        return None
    link = (seed[0] + shared, seed[1] + shared, seed[2] - shared)
    wide = max(link[0] - end, link[1] - end_b)
    if wide <= chaining.short:
        return link
    between = texts[0][end : link[0]], texts[1][end_b : link[1]]
    return link if wide <= _GAP and Levenshtein.normalized_similarity(*between) >= chaining.alike else None


def _common_length(a: str, b: str, i: int = 0, j: int = 0) -> int:
    """How many characters of `a` from `i` on equal those of `b` from `j` on."""
    start, step = i, 64
    while step:
        if (piece := a[i : i + step]) and piece == b[j : j + step]:
            i, j = i + len(piece), j + len(piece)
        else:
            step //= 2
    return i - start


def length(chain: Sequence[Match]) -> int:
    """How many characters of a chain are equal on both sides."""
    return sum(size for _, _, size in chain)


def reach(a: str, b: str, gap: int) -> tuple[int, int]:
    """How far `a` and `b` go on together: where hits less errors are most, before `gap` is lost of them.

    >>> reach("harbour and", "harb0ur of", gap=2)
    (8, 8)
    """
    best = score = i = 0
    far = (0, 0)
    for op in [*Levenshtein.editops(a, b), None]:
        at, at_b = (op.src_pos, op.dest_pos) if op else (len(a), len(b))
        score += at - i
        if score > best:
            best, far = score, (at, at_b)
        if op:
            score -= 1
            i = at if op.tag == "insert" else at + 1
        if score < best - gap:
            break
    return far
