"""The words of a difference, piece by piece: which of them stand for which, and which for nothing.

Between two words that agree a page may have several misread words in a row, some of them in two pieces or run together.
Taken as a whole such a stretch says nothing; word by word most of it is plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

__all__ = ["ALIKE", "BARRIERS", "Piece", "exchanged", "pieces"]

BARRIERS = "\0page", "\0edition"
"""Keys of marks that cover text, on either side: no word has them, and the two never equal each other."""
ALIKE = 0.5
"""Words that have so much of their letters in common may be readings of one another."""
# So many words of one side may stand for one of the other: what was torn apart, or run together.
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_ONE_MORE = 0.4
_TURNED = 3
_PART = 3
# A word that stands for nothing costs less than one read as a word of quite other letters costs, if both are long.
_GAP, _GAP_BY_LETTER = 0.3, 0.55
_UNDER_A_MARK = 0.05
# A table of so many cells takes a few milliseconds; longer stretches are first cut where two long words are alike.
_MOST_CELLS = 900
_LONG, _MUCH_ALIKE = 4, 0.7


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Words `a` of the page against words `b` of the edition; `alike` is the share of letters in common, from 0 to 1.

    Either side may be empty. `marked`: a mark of one side stands among the words, and what it covers. `stretch` has the
    words of the page, these among them, that stand next to each other and are all unlike what the edition has.
    """

    a: range
    b: range
    alike: float
    stretch: range
    marked: bool = False


def pieces(ours: Sequence[str], theirs: Sequence[str]) -> list[Piece]:
    """The keys `ours` and `theirs` of a stretch that differs, in order, cut as finely as the words tell.

    Words that are unlike each other stay together, but one by one where both sides have as many.

    >>> [(p.a, p.b) for p in pieces(["th", "at", "wes", "sn"], ["that", "was", "an"])]
    [(range(0, 2), range(0, 1)), (range(2, 3), range(1, 2)), (range(3, 4), range(2, 3))]
    """
    found: list[Piece] = []
    for a, b in _cuts(ours, theirs):
        found += _best(ours, theirs, a, b)
    return list(_gathered(found, ours))


def _cuts(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[range, range]]:
    """The stretch, in parts of which none has too many cells but where nothing is alike."""
    at_a = at_b = 0
    if len(ours) * len(theirs) > _MOST_CELLS:
        for op in Levenshtein.opcodes(ours, theirs):
            if op.tag != "replace":
                continue
            for i, j in zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True):
                x, y = ours[i], theirs[j]
                if min(len(x), len(y)) >= _LONG and Levenshtein.normalized_similarity(x, y) >= _MUCH_ALIKE:
                    yield range(at_a, i), range(at_b, j)
                    yield range(i, i + 1), range(j, j + 1)
                    at_a, at_b = i + 1, j + 1
    yield range(at_a, len(ours)), range(at_b, len(theirs))


def _best(ours: Sequence[str], theirs: Sequence[str], a: range, b: range) -> list[Piece]:
    """The cheapest way to pair words `a` with words `b`."""
    if not a or not b or len(a) * len(b) > _MOST_CELLS:
        whole = [
            Piece(a=a, b=b, alike=0.0, stretch=a, marked=any(w in BARRIERS for w in (*_of(ours, a), *_of(theirs, b))))
        ]
        return whole if a or b else []
    x, y = _of(ours, a), _of(theirs, b)
    costs = [[float("inf")] * (len(y) + 1) for _ in range(len(x) + 1)]
    back = [[(0, 0)] * (len(y) + 1) for _ in range(len(x) + 1)]
    costs[0][0] = 0.0
    for i in range(len(x) + 1):
        for j in range(len(y) + 1):
            here = costs[i][j]
            for m, n, cost in _steps(x, y, i, j):
                if here + cost < costs[i + m][j + n]:
                    costs[i + m][j + n], back[i + m][j + n] = here + cost, (m, n)
    found: list[Piece] = []
    i, j = len(x), len(y)
    while i or j:
        m, n = back[i][j]
        i, j = i - m, j - n
        found.append(_piece(x, y, range(i, i + m), range(j, j + n), a.start, b.start))
    return found[::-1]


def _of(words: Sequence[str], which: range) -> Sequence[str]:
    return words[which.start : which.stop]


def _steps(x: Sequence[str], y: Sequence[str], i: int, j: int) -> Iterator[tuple[int, int, float]]:
    """The ways on from words `i` and `j`: how many of either side are taken, and what that costs."""
    if i < len(x):
        yield 1, 0, _alone(x[i], y[max(0, j - 1) : j + 1])
    if j < len(y):
        yield 0, 1, _alone(y[j], x[max(0, i - 1) : i + 1])
    for m, n in _SHAPES:
        if i + m > len(x) or j + n > len(y):
            continue
        ours, theirs = "".join(x[i : i + m]), "".join(y[j : j + n])
        if "\0" in ours or "\0" in theirs:
            continue
        longer = max(len(ours), len(theirs))
        distance = Levenshtein.distance(ours, theirs)
        if m == 1 and n == 2 and _of_beginnings(ours, *y[j : j + n]):
            yield m, n, 2 * _ONE_MORE
        elif m == n or distance <= (1 - ALIKE) * longer:
            yield m, n, distance + _ONE_MORE * (m + n - 2)


def _of_beginnings(word: str, first: str, second: str) -> bool:
    """Whether `word` is put together from how two others begin, as telegrams have it: fonmin, foreign minister."""
    whole = first + second
    cuts = range(_PART, len(word) - _PART + 1) if 2 * _PART <= len(word) < len(whole) else ()
    return any(_begins(word[:cut], first) and _begins(word[cut:], second) for cut in cuts)


def _begins(part: str, word: str) -> bool:
    """Whether the letters of `part` stand in `word` in their order, the first two at its beginning."""
    rest = iter(word)
    return part[:2] == word[:2] and all(letter in rest for letter in part)


def _alone(word: str, beside: Sequence[str]) -> float:
    if word in BARRIERS:
        return 0.0
    # What a mark covers may be long, and ends the sooner the more of the words beside it agree.
    return _UNDER_A_MARK * len(word) if any(w in BARRIERS for w in beside) else _GAP + _GAP_BY_LETTER * len(word)


def _piece(x: Sequence[str], y: Sequence[str], a: range, b: range, first_a: int, first_b: int) -> Piece:
    ours, theirs = "".join(_of(x, a)), "".join(_of(y, b))
    words = range(a.start + first_a, a.stop + first_a)
    return Piece(
        a=words,
        b=range(b.start + first_b, b.stop + first_b),
        alike=Levenshtein.normalized_similarity(ours, theirs) if a and b else 0.0,
        stretch=words,
        marked=ours in BARRIERS or theirs in BARRIERS,
    )


def _gathered(found: Sequence[Piece], ours: Sequence[str]) -> Iterator[Piece]:
    """The pieces, runs of those that are unlike put together, and with a mark where one stands among them."""
    run: list[Piece] = []
    for piece in found:
        if piece.alike >= ALIKE:
            yield from _run(run, ours)
            run = []
            yield piece
        else:
            run.append(piece)
    yield from _run(run, ours)


def _run(run: Sequence[Piece], ours: Sequence[str]) -> Iterator[Piece]:
    if not run:
        return
    a, b = range(run[0].a.start, run[-1].a.stop), range(run[0].b.start, run[-1].b.stop)
    marks = [i for i in a if ours[i] in BARRIERS]
    if marks:
        # The page's own mark covers what the edition prints; the words beside it are more than the edition has.
        inner = range(marks[0], marks[-1] + 1)
        if a.start < inner.start:
            yield Piece(a=range(a.start, inner.start), b=range(b.start, b.start), alike=0.0, stretch=a)
        yield Piece(a=inner, b=b, alike=0.0, stretch=a, marked=True)
        if inner.stop < a.stop:
            yield Piece(a=range(inner.stop, a.stop), b=range(b.stop, b.stop), alike=0.0, stretch=a)
    elif any(piece.marked for piece in run):
        yield Piece(a=a, b=b, alike=0.0, stretch=a, marked=True)
    elif len(a) == len(b):
        for i, j in zip(a, b, strict=True):
            yield Piece(a=range(i, i + 1), b=range(j, j + 1), alike=0.0, stretch=a)
    else:
        yield Piece(a=a, b=b, alike=0.0, stretch=a)


def exchanged(found: Iterable[Piece], ours: Sequence[str], theirs: Sequence[str]) -> list[Piece]:
    """The pieces of a whole page, with two words that stand the other way round in the edition as one piece.

    Aligned, one of them agrees, and the other is more than the other side has: once before it, once behind.

    >>> words, printed = ["15", "june"], ["june", "15"]
    >>> alone = Piece(a=range(0, 1), b=range(0, 0), alike=0.0, stretch=range(0, 1))
    >>> same = Piece(a=range(1, 2), b=range(0, 1), alike=1.0, stretch=range(1, 2))
    >>> more = Piece(a=range(2, 2), b=range(1, 2), alike=0.0, stretch=range(2, 2))
    >>> [(p.a, p.b) for p in exchanged([alone, same, more], words, printed)]
    [(range(0, 2), range(0, 2))]
    """
    made: list[Piece] = []
    for piece in found:
        made.append(piece)
        if len(made) < _TURNED:
            continue
        first, same, last = made[-_TURNED:]
        a, b = range(first.a.start, last.a.stop), range(first.b.start, last.b.stop)
        turned = [*_of(ours, a)][::-1] == [*_of(theirs, b)]
        if len(a) == len(b) == 2 and same.alike == 1 and turned and not first.marked:
            made[-_TURNED:] = [Piece(a=a, b=b, alike=ALIKE, stretch=a)]
    return made
