"""Pixels of any kind made 8-bit grey or colour: palettes, transparency, 16 bits, inks, 1-bit fax."""

from __future__ import annotations

import numpy as np
from PIL import Image

__all__ = ["plain"]

_TRANSPARENT = frozenset({"LA", "PA", "La", "RGBA", "RGBa"})
_DEEP = ("I", "F")


def plain(image: Image.Image, *, inverted: bool = False) -> Image.Image:
    """`image` in mode "L" or "RGB"; what is transparent shows white paper.

    `inverted` says that 0 is white in a file of more than 8 bits; Pillow turns all others itself.
    """
    if image.mode.startswith(_DEEP):
        return _eight_bits(image, inverted=inverted)
    if image.mode in _TRANSPARENT or "transparency" in image.info:
        return _on_white(image)
    if image.mode in {"L", "RGB"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    drawn = image.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert("L" if image.mode in {"1", "L", "LA", "La"} else "RGB")


def _eight_bits(image: Image.Image, *, inverted: bool) -> Image.Image:
    """Grey of 10, 12, 14 or 16 bits (the fewest that hold the brightest pixel), or fractions, made 8-bit."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32)).clip(min=0)
    brightest = float(values.max(initial=0))
    white = 1.0 if image.mode == "F" and brightest <= 1 else 2.0 ** max(8, np.ceil(np.log2(brightest + 1))) - 1
    grey = (values * (255 / white)).round().astype(np.uint8)
    return Image.fromarray(255 - grey if inverted else grey)
