"""Letters that look alike in type, for finding what a misread word stands for.

Taken from what the series' own digitisation confused, and from the shapes of typefaces; not a model of any engine.
"""

from __future__ import annotations

from functools import cache

__all__ = ["STRONG", "WEAK", "swapped"]

STRONG = (
    ("b", "h"), ("n", "h"), ("rn", "m"), ("ri", "n"), ("cl", "d"), ("in", "m"), ("fo", "b"), ("li", "h"), ("ii", "n"),
    ("iu", "m"), ("ni", "m"), ("il", "d"), ("lc", "k"), ("vv", "w"), ("ti", "n"), ("nn", "m"), ("tt", "u"), ("c", "e"),
)  # fmt: skip
"""Shapes that are the same to a hurried eye; what they make of a word may be a word ("clown" for "down")."""
WEAK = (
    *STRONG,
    ("c", "o"), ("m", "n"), ("l", "i"), ("l", "t"), ("f", "t"), ("n", "u"), ("v", "y"), ("r", "n"), ("c", "t"),
    ("i", "t"), ("g", "q"), ("f", "s"), ("i", "j"), ("ll", "n"), ("h", "k"), ("b", "l"), ("u", "ii"), ("if", "ff"),
)  # fmt: skip
"""Shapes that are alike, good enough for a form that is no word by itself ("tbe", "wiU")."""


@cache
def _both_ways(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({*pairs, *((b, a) for a, b in pairs)}))


def swapped(word: str, pairs: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """What `word` becomes with one of the shapes in it taken for the other of its pair.

    >>> sorted(swapped("clown", (("cl", "d"),))), sorted(swapped("modern", (("rn", "m"), ("m", "n"))))
    (['down'], ['modem', 'moderm', 'nodern', 'rnodern'])
    """
    found = set()
    for seen, meant in _both_ways(pairs):
        at = word.find(seen)
        while at >= 0:
            found.add(word[:at] + meant + word[at + len(seen) :])
            at = word.find(seen, at + 1)
    return frozenset(found - {word})
