"""The shortest edit script between two texts, also where they are a million characters long.

rapidfuzz does the work in C. Up to some thousands of items it is asked for the whole script. Longer texts are cut at
anchors, runs of items that occur once in both, and the scripts of the pieces are put together; the whole distance,
which is cheap to find once a bound is known, then says whether that sum is the least. It nearly always is; where it
is not, the whole script is computed after all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from corrigenda.align import longest_rising
from corrigenda.score.values import Counts
from corrigenda.text import graphemes

__all__ = ["Edits", "character_edits", "packed", "word_edits"]

Items: TypeAlias = "str | tuple[str, ...]"

# At this length the whole script takes a few milliseconds; pieces of about a thousand items take the least in sum.
_LONG = 5_000
_PIECE = 1_000
_WORDS_OF_ANCHOR, _CHARACTERS_OF_ANCHOR = 3, 20
# A distance takes about 25 ns, a script 80 ns, for a thousand cells (length times distance): half a minute and more
# beyond this many, which only texts reach that have little in common. There the sum of the pieces stands.
_MOST_CELLS = 3e11
# Where a character of several code points is put while texts are compared, so that each is one code point.
_PRIVATE = range(0xF0000, 0x110000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edits:
    """What an alignment consists of.

    `errors` counts each pair (item of the truth, item that was read) that differs; "" stands for nothing. `exact` says
    that there is no shorter script; else the counts are an upper bound.
    """

    counts: Counts
    errors: Mapping[tuple[str, str], int]
    exact: bool


def character_edits(read: str, truth: str) -> Edits:
    """A shortest script from `truth` to `read` in extended grapheme clusters (UAX #29).

    Deletions are characters of the truth that were not read; insertions were read and do not stand in the truth.

    >>> found = character_edits("tbe men", "the  men")
    >>> found.counts.substitutions, found.counts.deletions, sorted(found.errors)
    (1, 1, [(' ', ''), ('h', 'b')])
    """
    (ours, theirs), names = packed((read, truth))
    found = _edits(ours, theirs, _CHARACTERS_OF_ANCHOR)
    if not names:
        return found
    errors = {(names.get(t, t), names.get(r, r)): n for (t, r), n in found.errors.items()}
    return Edits(counts=found.counts, errors=errors, exact=found.exact)


def word_edits(read: Sequence[str], truth: Sequence[str]) -> Edits:
    """A shortest script from the words `truth` to the words `read`."""
    return _edits(tuple(read), tuple(truth), _WORDS_OF_ANCHOR)


def packed(texts: Sequence[str]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    r"""The texts with one code point a grapheme cluster, and what each stand-in stands for.

    >>> ours, names = packed(["e\u0301a", "x"])
    >>> [len(t) for t in ours], list(names.values()) == ["e\u0301"]
    ([2, 1], True)
    """
    # Of ASCII only the line end "\r\n" is a cluster of several code points.
    if all(text.isascii() and "\r\n" not in text for text in texts):
        return tuple(texts), {}
    cut = [graphemes(text) for text in texts]
    several = sorted({g for g in chain.from_iterable(cut) if len(g) > 1})
    used = set(chain.from_iterable(texts))
    free = (chr(code) for code in _PRIVATE if chr(code) not in used)
    stand_in = dict(zip(several, free, strict=False))
    made = tuple("".join(stand_in.get(g, g) for g in parts) for parts in cut)
    return made, {stand: cluster for cluster, stand in stand_in.items()}


def _edits(read: Items, truth: Items, of_anchor: int) -> Edits:
    if len(read) < _LONG or len(truth) < _LONG:
        return _script(((read, truth),))
    found = _script(_pieces(read, truth, of_anchor))
    bound = found.counts.errors
    cells = len(truth) * bound
    if cells > _MOST_CELLS:
        return Edits(counts=found.counts, errors=found.errors, exact=False)
    least = Levenshtein.distance(truth, read, score_hint=bound)
    return found if least == bound else _script(((read, truth),), hint=least)


def _script(pieces: Iterable[tuple[Items, Items]], hint: int | None = None) -> Edits:
    """The scripts of the pieces put together."""
    errors: Counter[tuple[str, str]] = Counter()
    length = substituted = deleted = inserted = 0
    for read, truth in pieces:
        length += len(truth)
        for op in Levenshtein.editops(truth, read, score_hint=hint):
            if op.tag == "replace":
                substituted += 1
                errors[truth[op.src_pos], read[op.dest_pos]] += 1
            elif op.tag == "delete":
                deleted += 1
                errors[truth[op.src_pos], ""] += 1
            else:
                inserted += 1
                errors["", read[op.dest_pos]] += 1
    counts = Counts(
        hits=length - substituted - deleted, substitutions=substituted, deletions=deleted, insertions=inserted
    )
    return Edits(counts=counts, errors=errors, exact=True)


def _pieces(read: Items, truth: Items, of_anchor: int) -> Iterator[tuple[Items, Items]]:
    """Both texts cut at anchors, into pieces of about `_PIECE` items of the truth."""
    cuts = [(0, 0)]
    for at, in_read in _anchors(truth, read, of_anchor):
        if at - cuts[-1][0] >= _PIECE:
            cuts.append((at, in_read))
    for (start, start_read), (end, end_read) in pairwise((*cuts, (len(truth), len(read)))):
        yield read[start_read:end_read], truth[start:end]


def _anchors(a: Items, b: Items, length: int) -> list[tuple[int, int]]:
    """Places where the same run of `length` items begins, once in each, in an order that both share."""
    in_a, in_b = _unique_runs(a, length), _unique_runs(b, length)
    return longest_rising(sorted((in_a[run], in_b[run]) for run in in_a.keys() & in_b.keys()))


def _unique_runs(items: Items, length: int) -> dict[Items, int]:
    # In running text the words' beginnings are places enough, and a fifth of all.
    starts = range(len(items) - length + 1)
    places = [i for i in starts if items[i - 1] == " "] if isinstance(items, str) else starts
    runs = [items[i : i + length] for i in places]
    count = Counter(runs)
    return {run: i for run, i in zip(runs, places, strict=True) if count[run] == 1}
