"""Error rates: counts first, then the rates that are defined on them (docs/metrics.md)."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from rapidfuzz.distance import Levenshtein

from corrigenda.text import Normalised, Profile, graphemes, normalise
from corrigenda.values import Counts, Score

__all__ = ["counts", "scores", "uax29_words"]

# A boundary as in UAX #29, with the default word boundaries of the Unicode standard.
_BOUNDARY = regex.compile(r"(?V1w)\b")


def counts(read: Sequence[str], truth: Sequence[str]) -> Counts:
    """Hits, substitutions, deletions and insertions of a shortest edit script from `truth` to `read`.

    Deletions are items of the truth that were not read; insertions were read and do not stand in the truth.
    """
    tags = [op.tag for op in Levenshtein.editops(truth, read)]
    substituted, deleted, inserted = tags.count("replace"), tags.count("delete"), tags.count("insert")
    return Counts(
        hits=len(truth) - substituted - deleted,
        substitutions=substituted,
        deletions=deleted,
        insertions=inserted,
    )


def uax29_words(text: Normalised) -> list[str]:
    """The words of `text` by UAX #29, without those that hold no letter and no digit.

    >>> uax29_words(normalise("the IL-28's, we can't", Profile.FOLDED))
    ['the', 'IL', '28', 's', 'we', "can't"]
    """
    return [w for w in _BOUNDARY.split(text) if any(c.isalnum() for c in w)]


def scores(read: str, truth: str, profile: Profile) -> tuple[Score, ...]:
    """`cer`, `cmer`, `wer`, `wmer`, `wer_ws` of `read` against `truth` in `profile`."""
    ours, theirs = normalise(read, profile), normalise(truth, profile)
    letters = counts(graphemes(ours), graphemes(theirs))
    words = counts(uax29_words(ours), uax29_words(theirs))
    tokens = counts(ours.split(), theirs.split())
    return tuple(
        Score(name=name, profile=profile.value, value=value, counts=of)
        for name, value, of in (
            ("cer", _rate(letters), letters),
            ("cmer", _match_rate(letters), letters),
            ("wer", _rate(words), words),
            ("wmer", _match_rate(words), words),
            ("wer_ws", _rate(tokens), tokens),
        )
    )


def _rate(of: Counts) -> float:
    """Errors per item of the truth; 1 where an empty truth was read as something, 0 where both are empty."""
    return of.errors / of.reference if of.reference else float(of.errors > 0)


def _match_rate(of: Counts) -> float:
    """Errors per step of the alignment, which never passes 1."""
    steps = of.hits + of.errors
    return of.errors / steps if steps else 0.0
