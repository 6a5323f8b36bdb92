"""Setting the edition's words in the place of a redaction, where the user asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corrigenda.edition.redaction import Redaction
from corrigenda.values import Correction, CorrectionKind, Evidence

__all__ = ["fillings"]


def fillings(found: Iterable[Redaction]) -> Iterator[Correction]:
    """A correction for each redaction that the edition tells: its words in editorial brackets, with the citation.

    The brackets and the citation keep it from ever being taken for what the page shows.
    """
    for one in found:
        if not one.is_fillable or one.edition is None:
            continue
        says = f"the release hides what the edition prints; {round(8 * one.agreement)} of the 8 words around agree"
        yield Correction(
            span=one.span,
            before=one.release,
            after=f"[{one.citation}: {one.edition}]",
            kind=CorrectionKind.REDACTION,
            probability=round(0.9 + 0.09 * one.agreement, 3),
            evidence=(Evidence(rule="edition", says=says, figure=one.agreement, citation=one.citation),),
        )
