"""Preparing page images for OCR: grey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corrigenda.scan.geometry import IDENTITY, Affine
from corrigenda.scan.pages import PageImage

__all__ = ["DEFAULT", "STEPS", "Prepared", "prepare"]

STEPS: tuple[str, ...] = ("grey",)
DEFAULT: tuple[str, ...] = STEPS
_LETTER_HEIGHT = 11.0
"""Inches of a page whose resolution nobody states."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A prepared page: its pixels (height, width), what was done, and the way back to the original's pixels."""

    image: npt.NDArray[np.uint8]
    dpi: float
    steps: tuple[str, ...]
    back: Affine


def prepare(
    page: PageImage,
    steps: Sequence[str] = DEFAULT,
    *,
    show: Callable[[str, npt.NDArray[np.uint8]], None] | None = None,
) -> Prepared:
    """`page` made ready by the steps named, in that order; `show` gets the image after each."""
    image = np.asarray(page.image.convert("L"), dtype=np.uint8)
    for step in steps:
        if show:
            show(step, image)
    dpi = page.dpi or max(image.shape) / _LETTER_HEIGHT
    return Prepared(image=image, dpi=dpi, steps=tuple(steps), back=IDENTITY)
