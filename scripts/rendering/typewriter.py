"""A typewriter: one type out of line, another clogged with ink, and no two strikes alike."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from corrigenda.errors import BadInputError

__all__ = ["DPI", "FACES", "Ink", "Machine", "Touch", "faces", "machine", "typed"]

DPI = 300
"""Dots per inch of the page as typed; scans are made from it."""

FACES = (
    "GNUTypewriter.ttf", "courier-prime.ttf", "cutive-mono.ttf", "special-elite.ttf",
    "NimbusMonoPS-Bold.otf",
)  # fmt: skip
"""Fonts that look like a typewriter's: GNU Typewriter, URW Nimbus Mono, and three under the SIL Open Font License."""

Ink: TypeAlias = npt.NDArray[np.float32]
"""Ink on each dot, rows by columns, from 0 (none) to 1 (black)."""

_MARGIN = 100
# Bowls and eyes of these fill with ink and lint when the types are not brushed.
_CLOGGING = "aebdgopqsmw"
_BLUR_OF_CLOG = 2.5
# Drawn for screens: no ribbon leaves lines as thin as these.
_FINE = frozenset({"cutive-mono.ttf"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Touch:
    """How evenly a page is typed.

    `weak` is the standard deviation of a strike's strength, `tilt` that of how much stronger its lower or its right
    edge is than its middle, `jitter` that of its place in dots. A share `double` of the strikes rebounds and prints
    twice, and after a share `slip` of them, blanks among them, the carriage goes only part of its way.
    """

    weak: float
    tilt: float
    jitter: float
    double: float
    slip: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """A typewriter with its own faults; lengths in dots.

    `types` has each character's ink in a cell of `rows` by more columns than `pitch`, which overlaps its neighbours.
    """

    pitch: float
    rows: int
    types: Mapping[str, Ink]


def faces(folder: Path) -> tuple[Path, ...]:
    """Those of `FACES` that `folder` has, in their order; raises BadInputError if it has none."""
    found = tuple(folder / name for name in FACES if (folder / name).is_file())
    if not found:
        raise BadInputError(
            where=str(folder),
            what="holds no typewriter font" if folder.is_dir() else "is no folder",
            remedy=f"Name a folder with one of {', '.join(FACES)}: --fonts DIR",
        )
    return found


def machine(face: Path, pitch: float, dirt: float, rng: np.random.Generator) -> Machine:
    """A typewriter with the types of `face`, `pitch` dots apart; `dirt` is the chance that a type is clogged."""
    font = _font(face, pitch)
    rows, columns = round(pitch * 2.4), round(pitch * 1.8)
    types = {}
    for character in string.printable.strip():
        cell = Image.new("L", (columns, rows))
        x, y = rng.normal(columns / 2, 0.02 * pitch), rng.normal(pitch * 1.7, 0.03 * pitch)
        ImageDraw.Draw(cell).text((x, y), character, font=font, fill=255, anchor="ms")
        if face.name in _FINE:
            cell = cell.filter(ImageFilter.MaxFilter(3))
        ink = _ink(cell)
        if character in _CLOGGING and rng.random() < dirt:
            lint = _ink(cell.filter(ImageFilter.GaussianBlur(_BLUR_OF_CLOG)))
            ink = np.minimum(1, ink + rng.uniform(0.4, 1.0) * lint)
        types[character] = ink
    return Machine(pitch=pitch, rows=rows, types=types)


def _font(face: Path, pitch: float) -> ImageFont.FreeTypeFont:
    """`face` in the size in which its small n is `pitch` wide."""
    return ImageFont.truetype(face, pitch * 100 / ImageFont.truetype(face, 100).getlength("n"))


def _ink(image: Image.Image) -> Ink:
    return np.asarray(image, dtype=np.float32) / 255


def typed(lines: Sequence[str], by: Machine, leading: int, touch: Touch, rng: np.random.Generator) -> Ink:
    """The page with `lines` on it, `leading` dots apart, and a margin around them."""
    width = round(max(map(len, lines), default=0) * by.pitch + 2 * by.pitch) + 2 * _MARGIN
    page = np.zeros((len(lines) * leading + by.rows + 2 * _MARGIN, width), dtype=np.float32)
    for row, line in enumerate(lines):
        left: float = _MARGIN
        for character in line:
            for _ in range(0 if character == " " else 2 if rng.random() < touch.double else 1):
                _strike(page, by.types[character], _MARGIN + row * leading, left, touch, rng)
            left += by.pitch * (rng.uniform(0.3, 0.8) if rng.random() < touch.slip else 1)
    return page


def _strike(page: Ink, type_: Ink, top: float, left: float, touch: Touch, rng: np.random.Generator) -> None:
    """Print one type; ink on ink is darker, never more than black."""
    rows, columns = type_.shape
    strength, down, across = rng.normal(1, touch.weak), rng.normal(0, touch.tilt), rng.normal(0, touch.tilt)
    slope = down * np.linspace(-1, 1, rows)[:, None] + across * np.linspace(-1, 1, columns)
    force = np.clip(strength + slope, 0.1, 1).astype(np.float32)
    y, x = round(rng.normal(top, touch.jitter)), round(rng.normal(left, touch.jitter))
    place = page[y : y + rows, x : x + columns]
    place += (1 - place) * type_ * force
