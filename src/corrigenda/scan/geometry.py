"""Where a place of one image lies in another: affine maps of pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corrigenda.values import Box

__all__ = ["IDENTITY", "Affine"]

# A corner that is moved by whole pixels may come out a hair beside them; a box must not grow by that.
_HAIR = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Affine:
    """The map of a point (x, y), in pixels from the upper left corner, to (a x + b y + c, d x + e y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def move(cls, x: float, y: float) -> Affine:
        """The map that adds (x, y)."""
        return cls(a=1, b=0, c=x, d=0, e=1, f=y)

    @classmethod
    def scale(cls, x: float, y: float) -> Affine:
        """The map that multiplies by x and by y."""
        return cls(a=x, b=0, c=0, d=0, e=y, f=0)

    @classmethod
    def lean(cls, across: float, down: float, *, about: tuple[float, float]) -> Affine:
        """The map that moves a point by `across` for each dot below a point, and by `down` for each right of it."""
        x, y = about
        return cls(a=1, b=across, c=-across * y, d=down, e=1, f=-down * x)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the point (x, y) goes."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def box(self, box: Box) -> Box:
        """The box around the four corners of `box` once they are moved, in whole pixels outwards, never below 0."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        across, down = zip(*corners, strict=True)
        return Box(
            left=max(0, math.floor(min(across) + _HAIR)),
            top=max(0, math.floor(min(down) + _HAIR)),
            right=max(0, math.ceil(max(across) - _HAIR)),
            bottom=max(0, math.ceil(max(down) - _HAIR)),
        )

    def then(self, other: Affine) -> Affine:
        """The map that does this one first and `other` after it."""
        return Affine(
            a=other.a * self.a + other.b * self.d,
            b=other.a * self.b + other.b * self.e,
            c=other.a * self.c + other.b * self.f + other.c,
            d=other.d * self.a + other.e * self.d,
            e=other.d * self.b + other.e * self.e,
            f=other.d * self.c + other.e * self.f + other.f,
        )

    def inverse(self) -> Affine:
        """The map back. Raises ZeroDivisionError where a plane was made a line, which no step of preparation does."""
        over = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / over, -self.b / over, -self.d / over, self.a / over
        return Affine(a=a, b=b, c=-a * self.c - b * self.f, d=d, e=e, f=-d * self.c - e * self.f)


IDENTITY = Affine.move(0, 0)
"""The map that leaves every point where it is."""
