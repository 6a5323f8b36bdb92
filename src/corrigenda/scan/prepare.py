"""From a page image to what an OCR engine reads best: the chain of steps. Its measurements are in decision 015."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from corrigenda.scan import steps as step
from corrigenda.scan.background import Grey
from corrigenda.scan.geometry import IDENTITY, Affine
from corrigenda.scan.values import PageImage

__all__ = ["DEFAULT", "STEPS", "Prepared", "Upright", "prepare"]

_BY_NAME: Mapping[str, Callable[[step.Work], step.Work]] = MappingProxyType({
    "frame": step.frame,
    "orientation": step.orientation,
    "resolution": step.resolution,
    "deskew": step.deskew,
    "background": step.background,
    "streaks": step.streaks,
    "specks": step.specks,
    "blur": step.blur,
    "grain": step.grain,
})  # fmt: skip
STEPS: tuple[str, ...] = tuple(_BY_NAME)
"""The names of all steps in the order in which they are done."""
DEFAULT: tuple[str, ...] = STEPS
"""The steps that are done where nothing else is asked for: all, since each leaves alone what does not need it."""
_USUAL_DPI = 300.0
_LEAST_SIDE = 64
_SET_UPRIGHT = frozenset({"frame", "orientation", "deskew"})
"""The others enlarge and clean. A page is enlarged before it is deskewed, which takes less off coarse letters then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Upright:
    """A page cut to its frame, turned and level, neither enlarged nor cleaned; `back` is as that of Prepared."""

    image: Grey
    back: Affine


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A page as it goes to the engine: grey (H, W), never black and white alone.

    `dpi` is stated, estimated or, where nobody looked, 300; `steps` says what was done, such as "deskew 1.3 degrees";
    `back` maps its dots to those of the image that came in. `upright` is the page on the way, for another engine.
    """

    image: Grey
    dpi: float
    steps: tuple[str, ...]
    back: Affine
    upright: Upright


def prepare(
    page: PageImage, steps: Sequence[str] = DEFAULT, *, show: Callable[[str, Grey], None] | None = None
) -> Prepared:
    """Do those of `steps`, in the order of STEPS, that the page needs; without any it is only made grey.

    `show` gets the name of each step that changed something and the image after it. Raises ValueError at a name that is
    not in STEPS.
    """
    if unknown := sorted(set(steps) - set(STEPS)):
        msg = f"no steps of preparation: {', '.join(unknown)}"
        raise ValueError(msg)
    work = upright = step.Work(image=np.asarray(page.image.convert("L")), dpi=page.dpi, back=IDENTITY)
    # On a snippet there is nothing to measure.
    for name in STEPS if min(work.image.shape) >= _LEAST_SIDE else ():
        if name in steps:
            before, work = work, _BY_NAME[name](work)
            if name in _SET_UPRIGHT:
                upright = work if upright.image is before.image else _BY_NAME[name](upright)
            if show and work.done != before.done:
                show(name, work.image)
    return Prepared(
        image=np.ascontiguousarray(work.image),
        dpi=work.dpi or _USUAL_DPI,
        steps=work.done,
        back=work.back,
        upright=Upright(image=np.ascontiguousarray(upright.image), back=upright.back),
    )
