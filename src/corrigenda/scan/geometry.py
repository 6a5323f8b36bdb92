"""Where a place of one image lies in another: affine maps of pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corrigenda.values import Box

__all__ = ["IDENTITY", "Affine"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Affine:
    """The map of a point (x, y), in pixels from the upper left corner, to (a x + b y + c, d x + e y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, box: Box) -> Box:
        """The box around the four corners of `box` once they are moved, in whole pixels outwards, never below 0."""
        corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        across = [self.a * x + self.b * y + self.c for x, y in corners]
        down = [self.d * x + self.e * y + self.f for x, y in corners]
        return Box(
            left=max(0, math.floor(min(across))),
            top=max(0, math.floor(min(down))),
            right=max(0, math.ceil(max(across))),
            bottom=max(0, math.ceil(max(down))),
        )


IDENTITY = Affine(a=1, b=0, c=0, d=0, e=1, f=0)
"""The map that leaves every point where it is."""
