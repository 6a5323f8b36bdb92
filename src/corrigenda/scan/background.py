"""The paper of a page: how bright it is, place by place, between the letters."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

__all__ = ["Grey", "enlarged", "paper_of", "reduced"]

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


def paper_of(grey: Grey, *, block: int) -> Grey:
    """The brightness of the paper at each dot (H, W), told from blocks of so many dots and smooth over some of them.

    A block must be wider than the strokes of letters. Where it is black far around (a redaction), that is no paper, and
    the paper beyond is taken.
    """
    height, width = grey.shape
    rows, columns = -(-height // block), -(-width // block)
    whole = np.pad(grey, ((0, rows * block - height), (0, columns * block - width)), mode="edge")
    cells = whole.reshape(rows, block, columns, block).swapaxes(1, 2).reshape(rows, columns, block * block)
    at = block * block * _BRIGHT // 100
    bright = Image.fromarray(np.ascontiguousarray(np.partition(cells, at, axis=2)[..., at]))
    near = np.asarray(bright.filter(ImageFilter.MedianFilter(5)))
    # A median over many blocks is slow, and a third of the blocks tells as much.
    coarse = bright.reduce(3).filter(ImageFilter.MedianFilter(_AROUND))
    around = enlarged(np.asarray(coarse), near.shape)
    paper = Image.fromarray(np.where(near < _BLACK * around, around, near)).filter(ImageFilter.GaussianBlur(1))
    return enlarged(np.asarray(paper), whole.shape)[:height, :width]
