"""What can be told of a page before it is read: which way its lines run, how steeply, and how high their letters are.

All is told from ink, the mask of a page's dark dots (H, W), and from its profile: how much ink lies on each row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from corrigenda.scan.background import Grey, paper_of, reduced

__all__ = [
    "FOR_SKEW",
    "PAGE_INCHES",
    "Ink",
    "Lines",
    "Look",
    "ink_of",
    "line_contrast",
    "lines_of",
    "look_at",
    "skew_of",
]

Ink: TypeAlias = npt.NDArray[np.bool_]
Profile: TypeAlias = npt.NDArray[np.float64]

PAGE_INCHES = 11.3
"""The longer side of a letter, a sheet of A4 or of foolscap, within a sixth: the first guess of a page's scale."""
_DARK = 78
"""Per cent of the paper's brightness, below which a dot is ink."""
# Each search goes over the steps of the one before: degrees on either side, and degrees a step.
_SEARCHES = ((7.0, 0.5), (0.5, 0.1), (0.1, 0.02))
_LEAST_INK, _INK_DRAWN = 500, 25_000
# At no angle do the rows of a picture or of handwriting differ so much more than at the others.
_CLEAR_PEAK = 1.25

# Measures of typed lines in inches of a page of usual size.
_STROKE, _LETTER, _LINE = 0.035, 0.09, 0.4
_LEAST_HEIGHT, _MOST_HEIGHT = 0.03, 0.2
_NEIGHBOURS = 0.25
_LEAST_LINES = 5
FOR_SKEW, _FOR_LINES = 1100, 1700
"""Dots of the longer side: in finer ones a photograph outweighs the lines, in coarser ones their angle is less sure and
small letters have no rows of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """The text lines of a page: how many, and the height in dots of their small letters (of capitals, where all are).

    `upright` is the ink just above the small letters less that just below them, by both, from -1 to 1: letters of the
    Latin alphabet have more strokes that rise than strokes that hang.
    """

    count: int
    height: float
    upright: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a page shows on a first look: the angle of its lines in degrees (`skew_of`), and the lines (`lines_of`).

    `height` of the lines is in dots of the page itself.
    """

    skew: float
    lines: Lines | None


def look_at(grey: Grey, skew: float | None = None) -> Look:
    """A first look at a page that stands upright or on its head, and whose lines fall by `skew` if that is known."""
    if skew is None:
        skew = skew_of(ink_of(grey, at_most=FOR_SKEW)[0])
    ink, times = ink_of(grey, at_most=_FOR_LINES)
    lines = lines_of(ink, skew)
    return Look(skew=skew, lines=lines and replace(lines, height=lines.height * times))


def ink_of(grey: Grey, *, at_most: int) -> tuple[Ink, int]:
    """The dark dots of a page made smaller by a whole number until its longer side is `at_most`, and that number."""
    times = -(-max(grey.shape) // at_most)
    small = reduced(grey, times)
    paper = paper_of(small, block=max(4, round(max(small.shape) / 140)))
    return 100 * small.astype(np.uint16) < _DARK * paper.astype(np.uint16), times


def skew_of(ink: Ink) -> float:
    """The angle of the lines in degrees, positive where they fall to the right; 0 where none within 7 stands out.

    At the right angle the rows change most sharply from ink to paper.
    """
    down, across = np.nonzero(ink)
    if len(down) < _LEAST_INK:
        return 0.0
    # Every so manyth would follow the columns of a typewriter; one may be drawn twice.
    some = np.random.default_rng(0).integers(len(down), size=_INK_DRAWN)
    down, across = down[some], across[some].astype(np.float64)
    best, first = 0.0, np.zeros(1)
    for number, (reach, step) in enumerate(_SEARCHES):
        angles = best + np.arange(-round(reach / step), round(reach / step) + 1) * step
        found = np.array([np.square(np.diff(_profile(down, across, float(a)))).sum() for a in angles])
        best = float(angles[np.argmax(found)])
        first = first if number else found
    clear = np.max(first) > _CLEAR_PEAK * np.median(first) and abs(best) < _SEARCHES[0][0]
    return round(best, 2) if clear else 0.0


def line_contrast(ink: Ink, skew: float) -> float:
    """How much rows that fall by `skew` differ in ink, letters apart: along lines twice as much as across, and more.

    What is higher than a line (a picture) or is on few rows only (a rule, a scratch) does not count.
    """
    down, across = np.nonzero(ink)
    if len(down) < _LEAST_INK:
        return 0.0
    profile, inch = _profile(down, across, skew), max(ink.shape) / PAGE_INCHES
    changes = _smooth(profile, _LETTER * inch) - _smooth(profile, _LINE * inch)
    low, high = np.percentile(changes, (15, 85))
    return float((high - low) / profile.mean())


def lines_of(ink: Ink, skew: float) -> Lines | None:
    """The lines of a page upright or on its head, which fall by `skew` degrees; None where they are too few to tell."""
    down, across = np.nonzero(ink)
    if len(down) < _LEAST_INK:
        return None
    profile, inch = _profile(down, across, skew), max(ink.shape) / PAGE_INCHES
    bands = [(a, b) for a, b in _bands(profile, inch) if _LEAST_HEIGHT * inch <= b - a <= _MOST_HEIGHT * inch]
    if len(bands) < _LEAST_LINES:
        return None
    height = float(np.median([b - a for a, b in bands]))
    above = below = 0.0
    for start, end in bands:
        reach = round(height / 2)
        if 0.7 * height <= end - start <= 1.4 * height:
            # The row next to the letters is still theirs, since no line is quite straight.
            above += profile[max(0, start - reach) : max(0, start - 1)].sum()
            below += profile[end + 1 : end + reach].sum()
    return Lines(count=len(bands), height=height, upright=float((above - below) / max(1.0, above + below)))


def _profile(down: npt.NDArray[np.intp], across: npt.NDArray[np.intp], degrees: float) -> Profile:
    """How much ink lies on each line of dots that falls to the right at that angle."""
    at = np.rint(down - across * np.tan(np.radians(degrees))).astype(np.int64)
    return np.bincount(at - at.min()).astype(np.float64)


def _smooth(profile: Profile, dots: float) -> Profile:
    # All the ink of a page of one line may lie on fewer rows.
    width = min(len(profile), max(1, round(dots)))
    return np.convolve(profile, np.full(width, 1 / width), mode="same")


def _bands(profile: Profile, inch: float) -> list[tuple[int, int]]:
    """Rows that have at least half of the ink of the fullest row near them: what small letters cover."""
    smooth, reach = _smooth(profile, _STROKE * inch), max(1, round(_NEIGHBOURS * inch))
    around = np.lib.stride_tricks.sliding_window_view(np.pad(smooth, reach, mode="edge"), 2 * reach + 1)
    fullest = around.max(axis=1)
    on = (smooth >= fullest / 2) & (fullest >= np.percentile(fullest, 75) / 4)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
