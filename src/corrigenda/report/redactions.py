"""Redactions and what the edition prints there, as JSON has them; docs/redactions.schema.json describes the shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corrigenda.edition.redaction import Redaction
from corrigenda.values import Corrected, CorrectionKind

__all__ = ["redaction_record"]

_FORMAT = "corrigenda redactions 1"


def redaction_record(corrected: Corrected, redactions: Iterable[Redaction]) -> dict[str, Any]:
    """The redactions of one document; `start` and `end` are code points of the document, half-open."""
    filled = {c.span for c in corrected.corrections if c.kind is CorrectionKind.REDACTION}
    return {
        "format": _FORMAT,
        "document_id": corrected.document_id,
        "signature": corrected.signature,
        "redactions": [
            {
                "start": one.span.start,
                "end": one.span.end,
                "hidden_in": "edition" if one.in_edition else "release",
                "release": one.release,
                "edition": one.edition,
                "why": one.why,
                "before": one.before,
                "after": one.after,
                "agreement": one.agreement,
                "citation": one.citation,
                "filled": one.span in filled,
            }
            for one in redactions
        ],
    }
