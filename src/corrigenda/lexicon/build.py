"""Making a lexicon of counts: what is kept, what is cut, and what was met too seldom to be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corrigenda.ingest.frus_text import WINDOW
from corrigenda.lexicon.tokens import DIGIT
from corrigenda.lexicon.values import Lexicon, LexiconSource, words_sha256

if TYPE_CHECKING:
    from corrigenda.lexicon.counting import Counts

__all__ = ["MINIMUM", "MINIMUM_WITH_DIGITS", "build"]

MINIMUM = 2
"""A form met once is as likely an accident of the edition as a word."""
MINIMUM_WITH_DIGITS = 1
"""Designators (IL-28, 19th) are rare each, and their shape has been checked."""


def build(counts: Counts, *, name: str, version: str, created: str, sources: tuple[LexiconSource, ...]) -> Lexicon:
    """Make the lexicon that ships: the forms met often enough, and in `totals` what was cut."""
    kept = {
        form: entry
        for form, entry in counts.forms.items()
        if entry.total >= (MINIMUM_WITH_DIGITS if DIGIT.search(form) else MINIMUM)
    }
    return Lexicon(
        name=name,
        version=version,
        created=created,
        parameters={
            "minimum_count": MINIMUM,
            "minimum_count_with_digits": MINIMUM_WITH_DIGITS,
            "window_words": WINDOW,
        },
        totals={
            "volumes": len(counts.volumes),
            "documents": sum(volume.documents for volume in counts.volumes),
            "words": sum(volume.words for volume in counts.volumes),
            "forms": len(kept),
            "forms_cut": len(counts.forms) - len(kept),
        },
        sources=sources,
        entries=dict(sorted(kept.items())),
        sha256=words_sha256(kept),
    )
