"""How a page is typed: the size of its letters, the column that its text fills, and which words are surely read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corrigenda.ingest.compose import Line, Read
from corrigenda.values import Box

__all__ = ["Area", "area", "around", "is_sure", "is_turned", "letters", "sureness"]

_SURE, _SURE_LETTERS = 0.8, 3
"""A word of three letters that Tesseract is this sure of is one: of those on the EHRI scans 3% are misread at all."""
_TALL = 1.2
"""Height by width of a word of three letters, from which on it is turned."""
_ENOUGH_WORDS, _ENOUGH_LINES, _WORDS_OF_LINE = 12, 4, 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Of the words that were surely read: a letter's width, a word's height, and the column's edges, in pixels.

    `step` is from a line to the next one.
    """

    pitch: float
    height: float
    left: float
    right: float
    step: float


def area(lines: Sequence[Line]) -> Area | None:
    """How the page with these lines is typed; None where little was surely read, or most of it is turned."""
    upright = [line for line in lines if not is_turned(line)]
    sure = [read for line in upright for read in line if is_sure(read)]
    typed = [found for line in upright if len(found := [read for read in line if is_sure(read)]) >= _WORDS_OF_LINE]
    turned = sum(is_sure(read) for line in lines for read in line) - len(sure)
    if len(sure) < max(_ENOUGH_WORDS, turned) or len(typed) < _ENOUGH_LINES:
        return None
    boxes = [box for read in sure if (box := read.box)]
    # One line may run out over the right edge; most begin at the left one, and some with what was written beside it.
    lefts = sorted(around(line).left for line in typed)
    rights = sorted(around(line).right for line in typed)
    tops = sorted(around(line).top for line in typed)
    height = median(box.bottom - box.top for box in boxes)
    steps = [b - a for a, b in pairwise(tops) if b - a > height / 2]
    return Area(
        pitch=median((read.box.right - read.box.left) / len(read.text) for read in sure if read.box),
        height=height,
        left=lefts[max(1, len(lefts) // 10)],
        right=rights[-2],
        step=median(steps) if steps else 2 * height,
    )


def is_sure(read: Read) -> bool:
    """Whether a word was surely read: so confident, and long enough that no speck passes for it."""
    return (read.confidence or 0) >= _SURE and letters(read.text) >= _SURE_LETTERS


def is_turned(reads: Line) -> bool:
    """Whether words of three letters and more, which are wider than high on any upright line, are higher than wide."""
    boxes = [read.box for read in reads if len(read.text) > 2 and read.box]
    return bool(boxes) and all(box.bottom - box.top > _TALL * (box.right - box.left) for box in boxes)


def letters(text: str) -> int:
    """How many letters are in `text`, digits left out."""
    return sum(character.isalpha() for character in text)


def sureness(reads: Iterable[Read]) -> float:
    """How sure the engine was of these words, from 0 to 1, each of their characters counting alike."""
    weighed = [(len(read.text), read.confidence or 0) for read in reads]
    return sum(n * confidence for n, confidence in weighed) / max(1, sum(n for n, _ in weighed))


def around(reads: Iterable[Read]) -> Box:
    """The box around these words, of which one at least has a box."""
    boxes = [read.box for read in reads if read.box]
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )
