"""The steps that prepare a page. Each looks whether the page needs it, and gives it back as it is where it does not.

The shares and widths were chosen on made pages in four grades of damage (docs/decisions/015-preparation.md); widths are
in dots at 300 dpi, which a page has from the step `resolution` on, if it had less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from corrigenda.scan.background import Grey, enlarged, leaned, paper_of, reduced, softened
from corrigenda.scan.geometry import Affine
from corrigenda.scan.layout import FOR_SKEW, PAGE_INCHES, Look, ink_of, line_contrast, look_at, skew_of

__all__ = [
    "Work", "background", "blur", "deskew", "frame", "grain", "orientation", "resolution", "specks", "streaks",
]  # fmt: skip

_Kind = TypeVar("_Kind", bound=np.generic)

_FRAME_IS, _FRAME_MOST, _FRAME_LEAST = 0.5, 0.25, 0.002
# Columns differ by 0.06 to 0.42 on 58 pages that stand upright, real and made, rows by 0.5 and more but on one film.
_LEVEL, _LYING, _ON_ITS_HEAD = 0.7, 1.5, -0.25
_USUAL_DPI, _LEAST_DPI, _MOST_ENLARGED = 300.0, 220.0, 2.25
_LETTER_INCHES, _FAR_OFF = 0.095, 1.7
_LEAST_SKEW = 0.15
_UNEVEN, _DIM, _PAPER = 0.1, 210, 245
_STRIP, _STREAK_WIDEST, _STREAK_DEPTH = 100, 15, 6
_STREAK_LEANS, _STREAK_STRIPS, _STREAK_LENGTH = 8, 9, 0.7
_SPECK_LARGEST, _SPECK_COMPANY, _SPECKS_LEAST = 12, 12, 2e-5
_HARD, _GRAINY, _SIGMA = 0.042, 0.009, 0.7
_GRAIN_DEPTH, _GRAIN_LEAST = 0.1, 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A page in work: its grey dots, its resolution as far as it is known, the way back, and what was done to it.

    `look` is what a step saw of its lines, for those after it.
    """

    image: Grey
    dpi: float | None
    back: Affine
    enlarged: float = 1.0
    done: tuple[str, ...] = ()
    look: Look | None = None

    def after(self, image: Grey, what: str, *, back: Affine | None = None, dpi: float | None = None) -> Work:
        """The page after a step; `back` maps the new dots to those from before it."""
        back = back.then(self.back) if back else self.back
        return replace(self, image=image, dpi=dpi or self.dpi, back=back, done=(*self.done, what))


def frame(work: Work) -> Work:
    """Cut off the black frame of a film or the edge of a photocopy, and whiten what of it slants into the page."""
    times = max(1, max(work.image.shape) // 400)
    small = reduced(work.image, times)
    outside = _from_edges(small < _FRAME_IS * np.percentile(small, 75))
    if not _FRAME_LEAST <= outside.mean() <= 1 - _FRAME_MOST:
        return work
    height, width = work.image.shape
    top, bottom = (times * n for n in _mostly_page(outside.mean(axis=1)))
    left, right = (times * n for n in _mostly_page(outside.mean(axis=0)))
    mask = outside.repeat(times, axis=0).repeat(times, axis=1)[:height, :width]
    image = np.where(mask, np.uint8(np.median(small[~outside])), work.image)[top:bottom, left:right]
    share = 100 * (1 - image.size / work.image.size)
    return work.after(image, f"frame of {share:.0f}% cut off", back=Affine.move(left, top))


def _from_edges(dark: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """What is dark without a break from an edge on, with the dots next to it; never far into the page."""
    outside = np.zeros_like(dark)
    for quarter in range(4):
        run = np.logical_and.accumulate(np.rot90(dark, quarter), axis=1)
        run[:, round(run.shape[1] * _FRAME_MOST) :] = False
        outside |= np.rot90(run, -quarter)
    return np.asarray(Image.fromarray(outside).convert("L").filter(ImageFilter.MaxFilter(3))) > 0


def _mostly_page(outside: npt.NDArray[np.float64]) -> tuple[int, int]:
    """The first row that is less than half outside, and the one after the last."""
    within = np.flatnonzero(outside < 0.5)
    return int(within[0]), int(within[-1]) + 1


def orientation(work: Work) -> Work:
    """Turn a page that lies on its side, or stands on its head."""
    ink, _ = ink_of(work.image, at_most=FOR_SKEW)
    skew = skew_of(ink)
    along = line_contrast(ink, skew)
    # Which side it lies on, is told from the letters.
    lies = along < _LEVEL and line_contrast(np.rot90(ink), skew_of(np.rot90(ink))) > _LYING * along
    quarters = int(lies)
    look = look_at(np.rot90(work.image, quarters), None if lies else skew)
    if look.lines and look.lines.upright < _ON_ITS_HEAD:
        quarters += 2
    if not quarters or (quarters == 1 and look.lines is None):
        return work if quarters else replace(work, look=look)
    height, width = work.image.shape
    back = (
        Affine.move(0, 0),
        Affine(a=0, b=-1, c=width, d=1, e=0, f=0),
        Affine(a=-1, b=0, c=width, d=0, e=-1, f=height),
        Affine(a=0, b=1, c=0, d=-1, e=0, f=height),
    )[quarters]
    turned = np.rot90(work.image, quarters)
    return replace(work.after(turned, f"turned {360 - 90 * quarters} degrees clockwise", back=back), look=look)


def resolution(work: Work) -> Work:
    """Tell the resolution where it is not stated, and enlarge towards 300 dpi what has far less.

    No more than by 2.25, beyond which Tesseract takes longer and reads no better.
    A page is taken to be as high as a letter, unless its letters would then be far from those of a typewriter.
    """
    dpi, told = work.dpi, "stated"
    if dpi is None:
        dpi, told = max(work.image.shape) / PAGE_INCHES, "estimated"
        lines = (work.look or look_at(work.image)).lines
        by_letters = lines.height / _LETTER_INCHES if lines else dpi
        if not 1 / _FAR_OFF <= by_letters / dpi <= _FAR_OFF:
            dpi = by_letters
    if dpi >= _LEAST_DPI:
        return work if work.dpi else work.after(work.image, f"resolution estimated at {dpi:.0f} dpi", dpi=dpi)
    times = min(_USUAL_DPI / dpi, _MOST_ENLARGED)
    image, back = _scaled(work.image, times)
    done = work.after(image, f"enlarged to {times * dpi:.0f} dpi from {told} {dpi:.0f}", back=back, dpi=times * dpi)
    return replace(done, enlarged=times)


def deskew(work: Work) -> Work:
    """Turn the page until its lines run level."""
    angle = (work.look or look_at(work.image)).skew
    if abs(angle) < _LEAST_SKEW:
        return work
    height, width = work.image.shape
    slope, middle = math.tan(math.radians(angle)), (width / 2, height / 2)
    paper = int(np.percentile(work.image[::8, ::8], 75))
    # Columns moved up and down make the lines level, and rows moved sideways set their letters upright again.
    level = leaned(leaned(work.image, slope, fill=paper).T, -slope, fill=paper).T
    back = Affine.lean(-slope, 0, about=middle).then(Affine.lean(0, slope, about=middle))
    return work.after(level, f"deskew {angle:.1f} degrees", back=back)


def background(work: Work) -> Work:
    """Divide the page by its paper, so that it is as bright everywhere; a black mark stays black."""
    paper = paper_of(reduced(work.image, 3), block=8)
    low, middle, high = (float(p) for p in np.percentile(paper[::4, ::4], (5, 50, 95)))
    uneven = (high - low) / max(1.0, high)
    if uneven < _UNEVEN and middle > _DIM:
        return work
    # Gains in 64ths fit a byte up to four, and their product with a dot fits two.
    gain = np.clip(_PAPER * 64 / np.maximum(paper.astype(np.float32), 1), 0, 255).astype(np.uint8)
    image = work.image.astype(np.uint16)
    image *= enlarged(gain, image.shape)
    image >>= 6
    what = f"background {middle:.0f} uneven by {100 * uneven:.0f}%"
    return work.after(np.minimum(image, 255).astype(np.uint8), what)


def streaks(work: Work) -> Work:
    """Brighten narrow vertical streaks by as much as their paper is darker than the paper beside them.

    The paper of a column is told in strips that are higher than a line, so that letters on a streak stay.
    """
    height, width = work.image.shape
    strips = -(-height // _STRIP)
    rows = np.pad(work.image, ((0, strips * _STRIP - height), (0, 0)), mode="edge").reshape(strips, _STRIP, width)
    # Every fourth row is enough to tell it from.
    some = rows[:, ::4]
    at = some.shape[1] * 3 // 4
    paper = np.partition(some, at, axis=1)[:, at].astype(np.int16)
    depth = _closed(paper, _STREAK_WIDEST) - paper
    # Grain makes some columns of any strip a little darker than those beside them.
    depth[depth < max(_STREAK_DEPTH, 3 * np.median(np.abs(np.diff(paper, axis=1))))] = 0
    # A scratch leans, so that from strip to strip it is followed within a band of columns.
    band = _windows((depth > 0).astype(np.uint8), 2 * _STREAK_LEANS + 1).max(axis=2)
    lasting = (_windows(band.T, _STREAK_STRIPS).mean(axis=2).T > _STREAK_LENGTH).astype(np.uint8)
    depth[_windows(lasting, _STREAK_LEANS + 1).max(axis=2) == 0] = 0
    at = np.flatnonzero(depth.any(axis=0))
    if not len(at):
        return work
    image = work.image.copy()
    image[:, at] = np.minimum(image[:, at] + depth[:, at].repeat(_STRIP, axis=0)[:height], 255)
    return work.after(image, f"streaks in {100 * len(at) / width:.1f}% of the columns")


def _windows(values: npt.NDArray[_Kind], width: int) -> npt.NDArray[_Kind]:
    """For each value, those within a window of an odd width along its row."""
    padded = np.pad(values, ((0, 0), (width // 2, width // 2)), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)


def _closed(values: npt.NDArray[np.int16], width: int) -> npt.NDArray[np.int16]:
    """The rows without what is darker than both its sides and narrower than `width`."""
    closed: npt.NDArray[np.int16] = _windows(_windows(values, width).max(axis=2), width).min(axis=2)
    return closed


def specks(work: Work) -> Work:
    """Whiten small dark specks that have nothing beside them, not even a pale letter."""
    times = 3
    small = reduced(work.image, times)
    paper, black = (float(p) for p in np.percentile(small[::2, ::2], (75, 0.5)))
    grain = float(np.median(np.abs(small[::2, ::2] - paper)))
    marks = small < paper - max(0.04 * paper, 5 * grain)
    near, around = _within(marks, 3, 13)
    alone = (small < (paper + black) / 2) & (near <= _SPECK_LARGEST) & (around - near <= _SPECK_COMPANY)
    if alone.mean() < _SPECKS_LEAST:
        return work
    down, across = (times * n[:, None, None] for n in np.nonzero(alone))
    # With the soft edge of the speck, one reduced dot on each side.
    reach = np.arange(-times, 2 * times)
    rows = np.clip(down + reach[:, None], 0, work.image.shape[0] - 1)
    columns = np.clip(across + reach[None, :], 0, work.image.shape[1] - 1)
    image = work.image.copy()
    image[rows, columns] = np.maximum(image[rows, columns], np.uint8(paper))
    return work.after(image, f"specks of {9 * int(alone.sum())} dots")


def _within(marks: npt.NDArray[np.bool_], *reaches: int) -> Iterator[npt.NDArray[np.int32]]:
    """For each reach, how many marks lie within it of each dot, sideways and up and down."""
    margin, (height, width) = max(reaches), marks.shape
    sums = np.pad(marks, (margin + 1, margin)).cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    for reach in reaches:
        before, after = margin - reach, margin + reach + 1
        rows = sums[after : after + height] - sums[before : before + height]
        yield rows[:, after : after + width] - rows[:, before : before + width]


def blur(work: Work) -> Work:
    """Soften letters with hard edges a little, as much more as their grain was enlarged; soft ones it would spoil."""
    hardness, grain = _texture(work.image)
    if hardness < _HARD:
        return work
    sigma = _SIGMA * (work.enlarged if grain > _GRAINY else 1)
    return work.after(softened(work.image, sigma), f"blur {sigma:.1f}")


def _texture(image: Grey) -> tuple[float, float]:
    """How far a dot is from the mean of its neighbours in the row, by the contrast of the page: in ink, on paper."""
    rows = image[::16].astype(np.int16)
    black, paper = (float(p) for p in np.percentile(rows[:, ::2], (1, 60)))
    contrast = max(1.0, paper - black)
    off = np.abs(2 * rows[:, 1:-1] - rows[:, 2:] - rows[:, :-2])
    share = (paper - rows[:, 1:-1]) / contrast
    ink, bare = off[share > 0.4], off[share < 0.15]
    hardness, grain = (float(found) / contrast for found in (ink.mean() if ink.size else 0, np.median(bare)))
    return hardness, grain


def grain(work: Work) -> Work:
    """Give paper that flickers one brightness: all that is brighter than it, or darker by a tenth of the contrast.

    Tesseract packs every line before it reads it, and packing grey that changes by a little from dot to dot takes up
    to a fifth of its time.
    """
    some = work.image[::8, ::8]
    black, paper = (round(float(p)) for p in np.percentile(some, (1, 60)))
    least = paper - _GRAIN_DEPTH * (paper - black)
    flickers = float(((some >= least) & (some != paper)).mean())
    # Where white letters stand on a dark ground, that is not paper, and what is brighter is not grain.
    if paper <= _DIM or flickers < _GRAIN_LEAST:
        return work
    image = Image.fromarray(work.image).point([paper if grey >= least else grey for grey in range(256)])
    return work.after(np.asarray(image), f"grain on {100 * flickers:.0f}% of the page")


def _scaled(image: Grey, times: float) -> tuple[Grey, Affine]:
    """The page so many times as large, and the map of its dots to those of `image`."""
    height, width = image.shape
    wide, high = max(1, round(width * times)), max(1, round(height * times))
    scaled = np.asarray(Image.fromarray(image).resize((wide, high), Image.Resampling.BICUBIC))
    return scaled, Affine.scale(width / wide, height / high)
