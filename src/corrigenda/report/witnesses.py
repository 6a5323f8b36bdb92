"""What a document was corrected by besides itself, in words for people: its edition, and other readings of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corrigenda.edition.collate import Collation
from corrigenda.edition.index import EditionIndex
from corrigenda.edition.match import Match
from corrigenda.ingest.frus_text import Edition

__all__ = ["heard", "not_used"]


def heard(
    collation: Collation | None,
    *,
    edition: Edition | None = None,
    index: EditionIndex | None = None,
    found: Sequence[Match] = (),
    readings: Sequence[str] = (),
) -> Iterator[tuple[str, str]]:
    """Rows for the head of a report, each with its name: the edition, what else of it stands there, other readings.

    `edition` was given for the very document, or it was looked for in `index`; `found` are the matches there, of which
    the first was collated unless there is no `collation`. `readings` are the sigla of what was listened to.
    """
    if edition and collation:
        yield "Edition", f"{collation.citation}; given as its witness, {edition.name}"
    elif index:
        yield "Edition", _looked_for(collation, index, found)
        for match in found[1:] if collation else ():
            yield "Also on the page", f"{not_used(match)}, since another copy on it is longer"
    if readings:
        yield ("Other reading" if len(readings) == 1 else "Other readings"), ", ".join(readings)


def not_used(match: Match) -> str:
    """A copy that was found on a page and not listened to."""
    return f"{match.citation}, {_how_sure(match)}; not corrected by it"


def _looked_for(collation: Collation | None, index: EditionIndex, found: Sequence[Match]) -> str:
    if not found:
        return f"none found in {index.name}"
    told = f"{found[0].citation}, {_how_sure(found[0])} in {index.name}"
    return told if collation else f"{told}; too short or too badly read to correct by"


def _how_sure(match: Match) -> str:
    """The probability, cut off and not rounded, so that none is certain that is only likely."""
    words = f"{match.words:,} words, of which {100 * match.agreement:.0f}% agree"
    return f"found with {int(min(match.probability, 0.9999) * 100) / 100:.2f} ({words})"
