"""Error rates: counts first, then the rates that are defined on them (docs/metrics.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corrigenda.score.edits import Edits, character_edits, packed, word_edits
from corrigenda.score.order_free import order_free
from corrigenda.score.values import Counts, Score
from corrigenda.score.words import uax29_words
from corrigenda.text import Profile, normalise, normalised_lines

__all__ = ["MEASURES", "Measurement", "Stretch", "bag", "base_of", "measure", "rate", "scores"]


MEASURES = ("cer", "cmer", "cer_free", "wer", "wmer", "wer_ws", "wer_bag")
"""The names of all measures, in the order in which they are told."""
# Lines move on a page, not over a book; and the search, a second for fifty pages, would take a minute for a book.
_MOST_SEARCHED = 150_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Compared text beside the truth of it, with no mark inside."""

    read: str
    truth: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    """All measures of a document in one profile, and how often each character was read as which other.

    `errors` counts pairs (character of the truth, character read); "" stands for nothing. `joints` is how many blanks
    join the stretches, hits in every count of characters.
    """

    scores: tuple[Score, ...]
    errors: Mapping[tuple[str, str], int]
    joints: int


def scores(read: str, truth: str, profile: Profile) -> tuple[Score, ...]:
    """All measures of one text against its truth in `profile`.

    >>> [(s.name, s.value) for s in scores("tbe men", "the men", Profile.STRICT)][3:5]
    [('wer', 0.5), ('wmer', 0.5)]
    """
    return measure([Stretch(read=read, truth=truth)], profile).scores


def measure(stretches: Sequence[Stretch], profile: Profile) -> Measurement:
    """The measures of a document in `profile`; its counts are the sums over its stretches."""
    pairs = [(normalise(s.read, profile), normalise(s.truth, profile)) for s in stretches]
    words = [(uax29_words(read), uax29_words(truth)) for read, truth in pairs]
    scripts = [character_edits(read, truth) for read, truth in pairs]
    joints = max(0, sum(bool(read and truth) for read, truth in pairs) - 1)
    joined = Counts(hits=joints)
    (counts, exact), (free, searched) = _sum(scripts), _free_of_order(stretches, profile, scripts)
    letters = counts + joined, exact
    of_words = _sum([word_edits(read, truth) for read, truth in words])
    counted = {
        "cer": letters,
        "cmer": letters,
        "cer_free": (free + joined, searched),
        "wer": of_words,
        "wmer": of_words,
        "wer_ws": _sum([word_edits(read.split(), truth.split()) for read, truth in pairs]),
        "wer_bag": (bag([w for read, _ in words for w in read], [w for _, truth in words for w in truth]), True),
    }
    errors: Counter[tuple[str, str]] = Counter()
    for script in scripts:
        errors.update(script.errors)
    return Measurement(
        scores=tuple(
            Score(name=name, profile=profile.value, value=rate(name, of), counts=of, exact=exact)
            for name, (of, exact) in counted.items()
        ),
        errors=errors,
        joints=joints,
    )


def rate(name: str, of: Counts) -> float:
    """The measure `name` of counts, also of counts that were summed over documents.

    Errors per item of the truth; 1 where an empty truth was read as something, 0 where both are empty. The match
    error rates are per step of the alignment, which never passes 1.
    """
    base = base_of(name, of)
    return of.errors / base if base else float(of.errors > 0)


def base_of(name: str, of: Counts) -> int:
    """What the errors of the measure `name` are counted on: the steps of the alignment, or the truth."""
    return of.steps if name in {"cmer", "wmer"} else of.reference


def bag(read: Sequence[str], truth: Sequence[str]) -> Counts:
    """The counts of two texts whose words may stand in any order; no word error rate is below theirs.

    >>> bag(["b", "a", "x"], ["a", "b", "c", "d"])
    Counts(hits=2, substitutions=1, deletions=1, insertions=0)
    """
    hits = (Counter(read) & Counter(truth)).total()
    lost, added = len(truth) - hits, len(read) - hits
    both = min(lost, added)
    return Counts(hits=hits, substitutions=both, deletions=lost - both, insertions=added - both)


def _free_of_order(stretches: Sequence[Stretch], profile: Profile, scripts: Sequence[Edits]) -> tuple[Counts, bool]:
    """The counts where lines may stand in any order, and whether moved lines were looked for everywhere."""
    free, searched = Counts(), True
    for stretch, script in zip(stretches, scripts, strict=True):
        strict = script.counts
        if strict.reference <= _MOST_SEARCHED:
            free += _free(stretch, profile, strict)
        else:
            free, searched = free + strict, False
    return free, searched and all(script.exact for script in scripts)


def _free(stretch: Stretch, profile: Profile, strict: Counts) -> Counts:
    read, truth = normalised_lines(stretch.read, profile), normalised_lines(stretch.truth, profile)
    if len(read) <= 1 and len(truth) <= 1:
        return strict  # without lines there is no order of lines
    lines, _ = packed((*read, *truth))
    ours, theirs = lines[: len(read)], lines[len(read) :]
    lengths = len(" ".join(ours)), len(" ".join(theirs))
    if lengths != (strict.hits + strict.substitutions + strict.insertions, strict.reference):
        return strict  # a line that begins with a combining mark makes one character with the blank before it
    return order_free(ours, theirs, strict)


def _sum(found: Sequence[Edits]) -> tuple[Counts, bool]:
    return sum((e.counts for e in found), Counts()), all(e.exact for e in found)
