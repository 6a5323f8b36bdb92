"""Grey pages made smaller, larger, softer and level; their paper: how bright it is, place by place, between letters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

__all__ = ["Grey", "enlarged", "leaned", "paper_of", "reduced", "softened"]

Grey: TypeAlias = npt.NDArray[np.uint8]

# Also between and within the letters of a dense line a seventh of the dots is paper.
_BRIGHT = 85
# What is darker than this share of the paper far around it (three times so many blocks) is a black mark, not paper.
_BLACK, _AROUND = 0.6, 5


def reduced(grey: Grey, times: int) -> Grey:
    """The page made smaller by a whole number, each dot the mean of those that it stands for."""
    return np.asarray(Image.fromarray(grey).reduce(times)) if times > 1 else grey


def enlarged(grey: Grey, shape: tuple[int, ...]) -> Grey:
    """A smooth field made as large as `shape`, (H, W)."""
    return np.asarray(Image.fromarray(grey).resize((shape[1], shape[0]), Image.Resampling.BILINEAR))


def leaned(grey: Grey, slope: float, *, fill: int) -> Grey:
    """Each column of the page (H, W) moved up by `slope` dots for each column that it is right of the middle.

    What comes in from beyond the page is `fill`. Columns that move by as many whole dots are done at once, so that two
    of these, across and down, turn a page five times as fast as Pillow.
    """
    height, width = grey.shape
    up = slope * (np.arange(width) - width / 2)
    whole = np.floor(up).astype(np.intp)
    below = np.rint(256 * (up - whole)).astype(np.uint16)
    margin = int(np.abs(whole).max()) + 1
    padded, moved = np.pad(grey, ((margin, margin), (0, 0)), constant_values=fill), np.empty_like(grey)
    starts = [0, *(np.flatnonzero(np.diff(whole)) + 1), width]
    for start, end in pairwise(starts):
        top = margin + whole[start]
        dots = padded[top : top + height + 1, start:end].astype(np.uint16)
        mixed = dots[:-1] * (256 - below[start:end]) + dots[1:] * below[start:end]
        mixed += 128
        mixed >>= 8
        moved[:, start:end] = mixed
    return moved


def paper_of(grey: Grey, *, block: int) -> Grey:
    """The brightness of the paper at each dot (H, W), told from blocks of so many dots and smooth over some of them.

    A block must be wider than the strokes of letters. Where it is black far around (a redaction), that is no paper, and
    the paper beyond is taken.
    """
    height, width = grey.shape
    rows, columns = -(-height // block), -(-width // block)
    whole = np.pad(grey, ((0, rows * block - height), (0, columns * block - width)), mode="edge")
    # Every other row of a block is enough to tell it from.
    cells = whole.reshape(rows, block, columns, block)[:, ::2].swapaxes(1, 2).reshape(rows, columns, -1)
    at = cells.shape[2] * _BRIGHT // 100
    bright = Image.fromarray(np.ascontiguousarray(np.partition(cells, at, axis=2)[..., at]))
    near = np.asarray(bright.filter(ImageFilter.MedianFilter(5)))
    # A median over many blocks is slow, and a third of the blocks tells as much.
    coarse = bright.reduce(3).filter(ImageFilter.MedianFilter(_AROUND))
    around = enlarged(np.asarray(coarse), near.shape)
    paper = Image.fromarray(np.where(near < _BLACK * around, around, near)).filter(ImageFilter.GaussianBlur(1))
    return enlarged(np.asarray(paper), whole.shape)[:height, :width]


_ROWS = 64
"""So many rows of a page at a time stay in the processor's cache, which makes softening eight times as fast."""


def softened(grey: Grey, sigma: float) -> Grey:
    """The page (H, W) under a bell of that standard deviation in dots, as three boxes one after the other make it.

    Pillow's GaussianBlur gives the same within 4 of 255 and takes far longer.
    """
    weights = _bell(sigma)
    reach = len(weights) - 1
    padded, soft = np.pad(grey, reach, mode="edge"), np.empty_like(grey)
    for top in range(0, len(grey), _ROWS):
        rows = padded[top : top + _ROWS + 2 * reach].astype(np.uint16)
        soft[top : top + _ROWS] = _weighed(_weighed(rows, weights).T, weights).T
    return soft


def _weighed(rows: npt.NDArray[np.uint16], weights: Sequence[int]) -> npt.NDArray[np.uint16]:
    """Each dot with its neighbours in the row, by weights in 256ths from its own outwards, where they all exist."""
    reach = len(weights) - 1
    width = rows.shape[1] - 2 * reach
    total = rows[:, reach : reach + width] * np.uint16(weights[0])
    for off, weight in enumerate(weights[1:], start=1):
        pair = rows[:, reach - off : reach - off + width] + rows[:, reach + off : reach + off + width]
        pair *= np.uint16(weight)
        total += pair
    total += 128
    total >>= 8
    return total


def _bell(sigma: float) -> tuple[int, ...]:
    """Half of the bell in 256ths, from its middle; each of the three boxes has a third of its variance."""
    each = sigma**2 / 3
    reach = int(((12 * each + 1) ** 0.5 - 1) / 2)
    inner = 2 * sum(n * n for n in range(reach + 1))
    edge = (each * (2 * reach + 1) - inner) / (2 * ((reach + 1) ** 2 - each))
    box = np.array([edge, *[1.0] * (2 * reach + 1), edge]) / (2 * reach + 1 + 2 * edge)
    half = np.convolve(np.convolve(box, box), box)[3 * (reach + 1) :]
    outer = [round(256 * share) for share in half[1:] if share >= 1 / 512]
    return (256 - 2 * sum(outer), *outer)
