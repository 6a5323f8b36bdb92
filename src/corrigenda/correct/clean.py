"""Pages that are nearly clean: what is odd there is as likely the typist's as the machine's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corrigenda.correct.company import as_flag, is_witnessed
from corrigenda.correct.surroundings import Scene
from corrigenda.values import Correction, CorrectionKind, Flag

__all__ = ["is_clean", "only_flagged"]

# The transcriptions of 25 typed pages have 0.26 slips of their typists in a hundred words, about one on a page.
_CLEAN = 0.35
_FEWEST_ON_CLEAN_PAGE = 200
_CLEAN_PAGE = "the page is clean, so that this may be the typist's own"


def is_clean(found: Sequence[Correction | Flag], scene: Scene) -> bool:
    """Whether so little is wrong that it may as well be the typist's as the machine's."""
    doubtful = sum(isinstance(one, Correction) and one.kind is not CorrectionKind.HYPHEN for one in found)
    return scene.size >= _FEWEST_ON_CLEAN_PAGE and doubtful * 100 < _CLEAN * scene.size


def only_flagged(found: Sequence[Correction | Flag]) -> Iterator[Correction | Flag]:
    """Of a clean page what is broken at a line's end is mended, and what another reading has; the rest is flagged."""
    for one in found:
        if isinstance(one, Flag) or one.kind is CorrectionKind.HYPHEN or is_witnessed(one):
            yield one
        else:
            yield as_flag(one, _CLEAN_PAGE)
