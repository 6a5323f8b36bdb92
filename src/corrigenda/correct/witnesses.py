"""What other readings of the same page have at given places of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corrigenda.correct.readings import OtherText, Said, line_up
from corrigenda.text import tokens
from corrigenda.values import Document, Span

__all__ = ["heard"]


def heard(
    document: Document, places: Sequence[Span], readings: Sequence[OtherText]
) -> list[tuple[tuple[str, str], ...]]:
    """For each of the `places`, which are in order, what the readings have there, with their sigla.

    An empty place is the room before the next word. Raises PairingError where a reading is of something else.
    """
    if not readings:
        return [()] * len(places)
    # A redaction or a stamp is read as words too; what is wanted lies between the words of the text itself.
    words = list(tokens(document.text))
    said = [line_up(document.text, [words], one, where=document.source.path)[0] for one in readings]
    starts = [w.span.start for w in words]
    return [tuple(_at(place, starts, said)) for place in places]


def _at(place: Span, starts: Sequence[int], said: Sequence[Said]) -> list[tuple[str, str]]:
    if len(place):
        first = max(0, bisect_right(starts, place.start) - 1)
        last = bisect_left(starts, place.end)
        texts = [(one.by(first), one.of(first, last)) for one in said]
    else:
        at = bisect_left(starts, place.start)
        texts = [(one.by(at), one.before(at)) for one in said]
    return [(siglum, text) for siglum, text in texts if text is not None]
