"""A page as an image, or why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["MOST_PIXELS", "PageFailure", "PageImage", "check_size", "credible_dpi"]

MOST_PIXELS = 150_000_000
"""A0 at 300 dpi has 139 million, a legal page at 600 dpi 43 million. In colour, this many take 450 MB of memory."""
_LEAST_DPI, _MOST_DPI = 99.0, 2400.0
"""Programs write 72 or 96 where they do not know: 934 x 1170 pixels of a letter at 72 dpi would be 13 inches wide."""
_LEAST_INCHES, _MOST_INCHES = 2.0, 50.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PageImage:
    """One page of a file, upright as the file says; `number` counts from 1.

    `image` has the mode "L" or "RGB", with square pixels; `dpi` is what the file states, None where it states nothing
    or nothing that can be believed; `text` is a PDF's own text layer of the page, which somebody's OCR may have made;
    `jpeg` is the file where it is a JPEG of this one page, so that a PDF can take it as it is.
    """

    number: int
    image: Image.Image
    dpi: float | None
    text: str | None
    jpeg: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFailure:
    """A page that cannot be had, and why; those after it may be sound."""

    number: int
    error: BadInputError


def credible_dpi(stated: float | None, size: tuple[int, int]) -> float | None:
    """The resolution that a file states for an image of `size` pixels, if a page may have it."""
    if stated is None or not _LEAST_DPI < stated <= _MOST_DPI:
        return None
    return round(stated, 1) if _LEAST_INCHES <= max(size) / stated <= _MOST_INCHES else None


def check_size(size: tuple[float, float], where: str) -> None:
    """Raise BadInputError where an image of `size` pixels is too large to be decoded."""
    width, height = size
    if width * height > MOST_PIXELS:
        raise BadInputError(
            where=where,
            what=f"{width:,.0f} x {height:,.0f} pixels, more than the {MOST_PIXELS // 1_000_000} million of a page",
            remedy="Scale the page down to 300 dpi, or cut it up",
        )
    if not (width >= 1 and height >= 1):
        raise BadInputError(where=where, what="an image without pixels", remedy="Scan or export the page anew")
