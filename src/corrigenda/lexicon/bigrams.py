"""How often one word followed another, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corrigenda.lexicon.entries import Neighbours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Bigrams"]


@dataclass(frozen=True, kw_only=True)
class Bigrams:
    """Pairs of forms that stood side by side; `names[0]` is what parts paragraphs, and stands in no pair.

    The pairs are ordered by `left`, then `right`, which are numbers of `names`; `number` is how often a pair was met.
    """

    names: tuple[str, ...]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    number: NDArray[np.int32]

    @classmethod
    def of(cls, names: tuple[str, ...], running: Sequence[NDArray[np.int32]]) -> Bigrams:
        """Count the pairs in running texts, which hold the numbers of `names` in order."""
        size = np.int64(len(names))
        pairs = [text[:-1] * size + text[1:] for text in running]
        keys = [key[(text[:-1] > 0) & (text[1:] > 0)] for key, text in zip(pairs, running, strict=True)]
        found, number = np.unique(np.concatenate(keys or [np.zeros(0, dtype=np.int64)]), return_counts=True)
        left, right = np.divmod(found, size)
        return cls(
            names=names, left=left.astype(np.int32), right=right.astype(np.int32), number=number.astype(np.int32)
        )

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The number of each form."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def as_left(self) -> NDArray[np.int64]:
        """How often each form stood before another."""
        return np.bincount(self.left, weights=self.number, minlength=len(self.names)).astype(np.int64)

    @cached_property
    def as_right(self) -> NDArray[np.int64]:
        """How often each form stood behind another."""
        return np.bincount(self.right, weights=self.number, minlength=len(self.names)).astype(np.int64)

    @cached_property
    def total(self) -> int:
        """How many pairs there are, repeats counted."""
        return int(self.number.sum())

    @cached_property
    def _by_right(self) -> NDArray[np.int64]:
        return np.argsort(self.right, kind="stable")

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return self.left.astype(np.int64) * len(self.names) + self.right

    def after(self, form: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The forms that stood behind `form`, and how often each."""
        start, end = np.searchsorted(self.left, (form, form + 1))
        return self.right[start:end], self.number[start:end]

    def before(self, form: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The forms that stood before `form`, and how often each."""
        start, end = np.searchsorted(self.right, (form, form + 1), sorter=self._by_right)
        found = self._by_right[start:end]
        return self.left[found], self.number[found]

    def counts(self, left: NDArray[np.int32] | int, right: NDArray[np.int32] | int) -> NDArray[np.int64]:
        """How often each pair was met; 0 where it never was. One side may be a single form."""
        asked = np.atleast_1d(np.asarray(left, dtype=np.int64) * len(self.names) + right)
        if not len(self._keys):
            return np.zeros(len(asked), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
        return np.where(self._keys[at] == asked, self.number[at], 0)

    def telling(self, most: int, least: int) -> dict[int, Neighbours]:
        """For each form the neighbours on both sides that stand there most above chance, `most` on each side.

        A pair weighs as often as it was met times how much likelier than chance that is (logarithm); those met less
        than `least` times, or no more than by chance, are left out.
        """
        chance = self.as_left[self.left] * (self.as_right[self.right] / max(self.total, 1))
        weight = self.number * np.log(self.number / chance)
        kept = np.flatnonzero((self.number >= least) & (weight > 0))
        sides: list[dict[int, list[tuple[str, int]]]] = []
        for own, other in ((self.right, self.left), (self.left, self.right)):
            # Equal weights in the order of the words' names, so that every build gives the same table.
            order = kept[np.lexsort((other[kept], -weight[kept], own[kept]))]
            first = np.flatnonzero(np.diff(own[order], prepend=-1))
            place = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
            side: dict[int, list[tuple[str, int]]] = {}
            for at in order[place < most].tolist():
                side.setdefault(int(own[at]), []).append((self.names[other[at]], int(self.number[at])))
            sides.append(side)
        left, right = sides
        return {form: Neighbours(tuple(left.get(form, ())), tuple(right.get(form, ()))) for form in {*left, *right}}

    def together(self, left: str, right: str) -> int:
        """How often the form `right` stood behind the form `left`."""
        if left not in self.index or right not in self.index:
            return 0
        return int(self.counts(self.index[left], self.index[right])[0])
