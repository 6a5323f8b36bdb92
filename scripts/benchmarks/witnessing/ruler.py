"""Where a reading and the edition differ, by a ruler of its own, and who is right there as far as other engines tell.

Words are compared in the profile hipe, so that case and punctuation are no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corrigenda.align import align, blocks
from corrigenda.text import Profile, Token, broken_word, normalise, tokens
from corrigenda.values import Span
from witnessing.passages import Passage

__all__ = ["Place", "Ruler", "Standing", "is_open", "left_as_it_was"]

Standing = Literal["shared", "confirmed", "third", "alone"]
"""Another engine reads as this one does; or as the edition has it; or a third thing; or there is none that tells."""


@dataclass(frozen=True)
class Place:
    """Words `page` of the reading against words `printed` of the edition, either of which may be none."""

    page: range
    printed: range
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The words of a text as they are compared, with the places that they come from."""

    keys: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of `text`; the halves of one that was broken at a line's end are one."""
        keys: list[str] = []
        spans: list[Span] = []
        before: Token | None = None
        for token in tokens(text):
            parts = normalise(token.text, Profile.HIPE).split()
            if before and keys and broken_word(text, before, token):
                keys[-1] += "".join(parts)
                spans[-1] = Span(start=spans[-1].start, end=token.span.end)
            else:
                keys += parts
                spans += [token.span] * len(parts)
            before = token
        return cls(keys=tuple(keys), spans=tuple(spans))


def _places(ours: Words, theirs: Words) -> Iterator[Place]:
    a, b = ours.keys, theirs.keys
    for block in blocks(align(a, b), a, b):
        if block.equal:
            continue
        if len(block.a) == len(block.b):
            parts = [(range(i, i + 1), range(j, j + 1)) for i, j in zip(block.a, block.b, strict=True)]
        else:
            parts = [(block.a, block.b)]
        for i, j in parts:
            yield Place(page=i, printed=j, ours=_of(a, i), theirs=_of(b, j))


def _of(words: Sequence[str], which: range) -> tuple[str, ...]:
    return tuple(words[which.start : which.stop])


class Ruler:
    """A reading beside its stretch of the edition, and beside other engines' readings of it."""

    def __init__(self, passage: Passage, others: Sequence[Passage]) -> None:
        """Line all of them up."""
        self.words = Words.of(passage.ocr)
        self.printed = Words.of(passage.truth)
        self._others = [_Beside(self.words.keys, Words.of(other.ocr).keys) for other in others]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where the reading differs from the edition."""
        return tuple(_places(self.words, self.printed))

    def after(self, corrected: str) -> tuple[Place, ...]:
        """Where a corrected text differs from the edition."""
        return tuple(_places(Words.of(corrected), self.printed))

    def standing(self, page: range, theirs: tuple[str, ...]) -> Standing:
        """What other engines say of the words `page`, where the edition has `theirs`."""
        said = {beside.says(page, theirs) for beside in self._others}
        order: tuple[Standing, ...] = ("shared", "confirmed", "third")
        return next((one for one in order if one in said), "alone")

    def at(self, span: Span) -> range | None:
        """The words at a span of the reading's text; None where there is nothing but marks."""
        if len(span):
            inside = [i for i, own in enumerate(self.words.spans) if own.overlaps(span)]
            return range(inside[0], inside[-1] + 1) if inside else None
        at = sum(own.start < span.start for own in self.words.spans)
        return range(at, at)


class _Beside:
    """Another engine's words beside ours."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        self.ours, self.theirs = ours, theirs
        self.partner: list[int | None] = [None] * len(ours)
        for i, j in align(ours, theirs):
            if i is not None and j is not None and ours[i] == theirs[j]:
                self.partner[i] = j

    def says(self, page: range, printed: tuple[str, ...]) -> Standing:
        """What it has between the nearest words on either side that both have."""
        left, right = page.start - 1, page.stop
        while left >= 0 and self.partner[left] is None:
            left -= 1
        while right < len(self.ours) and self.partner[right] is None:
            right += 1
        if (left < 0 < page.start) or (right == len(self.ours) > page.stop):
            return "alone"
        before = self.partner[left] if left >= 0 else None
        after = self.partner[right] if right < len(self.ours) else None
        own = _of(self.ours, page)
        reach = max(len(own), len(printed))
        first = before + 1 if before is not None else max(0, (after or 0) - reach)
        last = after if after is not None else min(len(self.theirs), first + reach)
        said = tuple(self.theirs[first:last])
        lead, trail = page.start - left - 1, right - page.stop
        if said == _of(self.ours, range(left + 1, right)):
            return "shared"
        if (
            own
            and len(said) >= len(own)
            and own in (said[lead : lead + len(own)], said[len(said) - trail - len(own) :][: len(own)])
        ):
            return "shared"
        inside = any(said[at : at + len(printed)] == printed for at in range(len(said)))
        return "confirmed" if said == printed or (printed and inside) else "third"


def is_open(place: Place, after: Sequence[Place]) -> bool:
    """Whether the corrected text still differs from the edition there."""
    return any(_touch(place, other) for other in after)


def left_as_it_was(place: Place, after: Sequence[Place]) -> bool:
    """Whether the corrected text still has the same words there."""
    here = [other for other in after if _touch(place, other)]
    solid = "".join(place.ours)
    return bool(here) and (solid in "".join("".join(o.ours) for o in here))


def _touch(one: Place, other: Place) -> bool:
    a, b = one.printed, other.printed
    if a and b:
        return a.start < b.stop and b.start < a.stop
    return a.start <= b.stop and b.start <= a.stop
