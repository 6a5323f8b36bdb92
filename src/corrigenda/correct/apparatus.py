"""The apparatus: every place where page and edition differ, with its class and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corrigenda.values import Correction, Flag, Span

__all__ = ["DifferenceClass", "Entry"]


class DifferenceClass(StrEnum):
    """Whose a difference is.

    `OCR_ERROR`: the page has what the edition prints, and was misread. `VARIANT`: the editors' way of printing what the
    page has otherwise. `OMISSION`: text of the page that the edition leaves out. `REDACTED`: what the release covers.
    `WITHHELD`: what the edition covers. `PAGE_ONLY`: what no edition prints, as addresses and marginalia.
    `DISPUTED`: neither the one nor the other is likely enough.
    """

    OCR_ERROR = "OCR error"
    VARIANT = "edition variant"
    OMISSION = "omission by the edition"
    REDACTED = "redacted in the release"
    WITHHELD = "withheld by the edition"
    PAGE_ONLY = "only on the page"
    DISPUTED = "disputed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A place of the apparatus: what page and edition have, and why it is of its class.

    `others` has what other readings of the page have there, with their sigla. `probability` that the page has what the
    edition prints is None where nobody asked. `finding` is what a correction makes of it: None where the page stands
    without a word.
    """

    span: Span
    page: str
    edition: str
    class_: DifferenceClass
    why: str
    probability: float | None
    citation: str
    others: tuple[tuple[str, str], ...] = ()
    finding: Correction | Flag | None = None
