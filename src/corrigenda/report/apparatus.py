"""The apparatus of a page as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corrigenda.correct.apparatus import Entry
from corrigenda.edition.collate import Collation
from corrigenda.values import Document

__all__ = ["apparatus_record"]


def apparatus_record(document: Document, collation: Collation, told: Sequence[Entry]) -> dict[str, Any]:
    """The entries of a page's apparatus in its order; `start` and `end` count code points of its text."""
    return {
        "id": document.id,
        "citation": collation.citation,
        "agreed": len(collation.agreed),
        "entries": [_entry(one) for one in told],
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "start": one.span.start,
        "end": one.span.end,
        "class": one.class_.value,
        "page": one.page,
        "edition": one.edition,
        "others": [{"siglum": siglum, "text": text} for siglum, text in one.others],
        "why": one.why,
        "probability": one.probability,
        "citation": one.citation,
    }
