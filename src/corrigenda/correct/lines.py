"""Joining a word that was broken at a line's end, so that lines stay lines."""

from __future__ import annotations

import re

from corrigenda.values import Span

__all__ = ["rejoined"]

_TRAIL = re.compile(r"\S*")
_GAP = re.compile(r"\s+")


def rejoined(text: str, broken: Span, whole: str, *, last: bool) -> tuple[Span, str]:
    """The span to replace, and what to put there, so that `whole` takes the place of the two halves at `broken`.

    The second half moves up with the punctuation after it, and the line break goes behind it, in the place of the
    space that stood there. Where no word follows on that line, or none in the segment (`last`), the break goes.
    """
    gaps = _GAP.findall(broken.of(text))
    trail_end = _TRAIL.match(text, broken.end).end()  # type: ignore[union-attr]  # it matches the empty string too
    trail = text[broken.end : trail_end]
    follows = text[trail_end : trail_end + 1] == " " and text[trail_end + 1 : trail_end + 2].strip() and not last
    if follows:
        return Span(start=broken.start, end=trail_end + 1), whole + trail + gaps[-1]
    return Span(start=broken.start, end=trail_end), whole + trail
