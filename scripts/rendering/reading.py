"""Tesseract, the OCR engine that reads the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from corrigenda.ingest.compose import lines_of, text_of
from corrigenda.scan import tesseract
from corrigenda.scan.prepare import prepare
from corrigenda.scan.values import PageImage

__all__ = ["ReadText", "read_page", "version"]

_WHOLE_BLOCK = 6
"""Tesseract's page segmentation mode for one block of text, which these pages are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadText:
    """What was read on a page, with its line breaks, and of each white-space word of it its confidence, 0 to 1.

    `alternatives` has what else Tesseract thought that the word may be.
    """

    text: str
    confidences: tuple[float | None, ...]
    alternatives: tuple[tuple[str, ...], ...]


def version() -> str:
    """The version of Tesseract, as it says it: 5.5.0. Raises MissingToolError where there is none."""
    return tesseract.find().version


def read_page(scan: Image.Image, *, steps: Sequence[str], where: str) -> ReadText:
    """What Tesseract reads on `scan` once it is prepared by `steps`; `where` names the page in errors.

    Read as `corrigenda ocr` reads it, so that confidences are the figures that it will meet.
    """
    dpi, _ = scan.info["dpi"]
    prepared = prepare(PageImage(number=1, image=scan, dpi=float(dpi), text=None), steps)
    page = tesseract.read(prepared.image, dpi=prepared.dpi, where=where, psm=_WHOLE_BLOCK)
    words = [read for line in lines_of([page]) for read in line for _ in read.text.split()]
    return ReadText(
        text=text_of(page),
        confidences=tuple(word.confidence for word in words),
        alternatives=tuple(word.alternatives for word in words),
    )
