"""The cost of a misreading: how likely a machine is to read one spelling as another.

A first form, set by hand from what typewriter OCR is known to confuse; a learned channel takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

__all__ = ["cost", "lookalikes"]

_PLAIN = 1.0
_CONFUSED = 0.5
# Groups of shapes that OCR of typescript takes for one another; a group's members may be of different length.
_GROUPS = (
    ("c", "e", "o"),
    ("a", "e", "s"),
    ("r", "c"),
    ("i", "l", "1", "t", "j", "f", "!", "|"),
    ("h", "b"),
    ("n", "u", "ri"),
    ("m", "rn", "in", "ni"),
    ("d", "cl"),
    ("h", "li"),
    ("w", "vv"),
    ("u", "ii"),
    ("v", "y"),
    ("g", "q", "9"),
    ("o", "0"),
    ("s", "5"),
    ("b", "8", "6"),
    ("n", "m"),
    ("t", "r"),
    ("f", "t"),
)
# The letters that figures are read for: one is an l or an i.
_LETTERS = tuple(str.maketrans("10568", f"{one}osbb") for one in "li")
_CONFUSIONS = frozenset(pair for group in _GROUPS for pair in product(group, group) if pair[0] != pair[1])
_UNEVEN = tuple(sorted(pair for pair in _CONFUSIONS if len(pair[0]) != len(pair[1])))


def cost(read: str, meant: str) -> float:
    """The least total cost of edits that turn `meant` into `read`: 1 an edit, half where the shapes are alike.

    >>> cost("tbe", "the"), cost("govemment", "government"), cost("xhe", "the")
    (0.5, 0.5, 1.0)
    """
    rows = [[float("inf")] * (len(meant) + 1) for _ in range(len(read) + 1)]
    rows[0][0] = 0.0
    for i, j in product(range(len(read) + 1), range(len(meant) + 1)):
        here = rows[i][j]
        for m, n in ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2)):
            if i + m <= len(read) and j + n <= len(meant):
                step = _step(read[i : i + m], meant[j : j + n])
                if step is not None and here + step < rows[i + m][j + n]:
                    rows[i + m][j + n] = here + step
    return rows[-1][-1]


def lookalikes(read: str) -> Iterator[str]:
    """What `read` may have been if one shape in it stands for another of other length, or figures for letters.

    Such a misreading is one slip of the machine but several edits, so that a list of near words leaves it out.

    >>> sorted(lookalikes("leam"))
    ['leain', 'leani', 'learn']
    >>> "would" in lookalikes("wou1d")
    True
    """
    for wrong, right in _UNEVEN:
        at = read.find(wrong)
        while at >= 0:
            yield read[:at] + right + read[at + len(wrong) :]
            at = read.find(wrong, at + 1)
    if any(c.isdigit() for c in read):
        yield from dict.fromkeys(read.translate(table) for table in _LETTERS)


def _step(read: str, meant: str) -> float | None:
    if read == meant:
        return 0.0
    if (read, meant) in _CONFUSIONS:
        return _CONFUSED
    if len(read) + len(meant) <= 2 or (len(read) == 2 and read == meant[::-1]):
        return _PLAIN
    return None
