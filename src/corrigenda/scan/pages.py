"""Files as page images: PNG and JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from corrigenda.errors import BadInputError

__all__ = ["PageFailure", "PageImage", "open_pages"]

_LEAST_DPI = 99


@dataclass(frozen=True, kw_only=True, slots=True)
class PageImage:
    """One page of a file; `number` counts from 1, `image` has the mode "L" or "RGB".

    `dpi` is what the file states, None where it states nothing that can be believed; `text` is a PDF's own text layer.
    """

    number: int
    image: Image.Image
    dpi: float | None
    text: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFailure:
    """A page that cannot be had, and why; those after it may be sound."""

    number: int
    error: BadInputError


def open_pages(data: bytes, *, path: str) -> Iterator[PageImage | PageFailure]:
    """The pages of a file. Raises BadInputError where it is no image that can be read."""
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
        image.load()
    except (UnidentifiedImageError, OSError) as error:
        raise BadInputError(
            where=path, what="no image of a kind that can be read", remedy="Give PNG or JPEG"
        ) from error
    stated = image.info.get("dpi", (0, 0))[0]
    dpi = round(float(stated), 1) if stated > _LEAST_DPI else None
    plain = image.convert("L" if image.mode in {"1", "L"} else "RGB")
    return iter([PageImage(number=1, image=plain, dpi=dpi, text=None)])
