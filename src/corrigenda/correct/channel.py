"""The channel model: how likely a machine is to read one spelling as another.

A noisy channel in the manner of Brill and Moore (2000): what stood on the page is cut into pieces of up to three
letters, and each piece was read as itself or as another piece of up to three, with a probability of its own. The
probabilities are learned (`learn.channel`); this module only prices.
docs/decisions/010-channel-model.md has the form and its measurements.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["LONGEST_PIECE", "Channel", "ChannelCosts", "Edit"]

LONGEST_PIECE = 3
"""The longest piece, in code points, that is read as one."""

Edit = tuple[str, str]
"""What stood there, and what was read for it; either may be empty."""

_CONTEXT = LONGEST_PIECE - 1
_NEVER = math.inf
_MOST_KEPT = 300_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """What a machine does to letters, as costs: negative natural logarithms of probabilities.

    `edits` has the cost of every edit that was seen; `stays` that of reading a letter as itself. `other` is the cost
    of an edit of single letters that was never seen, `stay` that of a letter that was never met.
    """

    name: str
    edits: Mapping[Edit, float]
    stays: Mapping[str, float]
    other: float
    stay: float


class ChannelCosts:
    """A channel made ready for questions; answers are kept, since the same misreadings come again and again."""

    def __init__(self, channel: Channel) -> None:
        """Sort the edits of `channel` by what stood there and by what was read."""
        self.channel = channel
        self._known: dict[Edit, float] = {}
        self._pieces: dict[str, list[tuple[str, float]]] = {}
        self._single: dict[str, dict[str, float]] = {}
        self._spoilt: dict[str, list[tuple[str, float]]] = {}
        for (meant, read), cost in channel.edits.items():
            if len(meant) > 1 or len(read) > 1:
                self._pieces.setdefault(meant, []).append((read, cost))
            elif meant != read:
                self._prices(meant)[read] = cost
            if read:
                self._spoilt.setdefault(read, []).append((meant, cost))

    def cost(self, meant: str, read: str) -> float:
        """The cost of reading `meant` as `read` in the cheapest way: a negative natural logarithm, never below 0."""
        found = self._known.get((meant, read))
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            found = self._known[meant, read] = self._price(meant, read)
        return found

    def unread(self, read: str, most: float) -> Iterator[tuple[str, float]]:
        """What may have stood where `read` was read, if a single piece of it was misread at a cost up to `most`."""
        for start in range(len(read)):
            for end in range(start + 1, min(start + LONGEST_PIECE, len(read)) + 1):
                for meant, cost in self._spoilt.get(read[start:end], ()):
                    if cost <= most:
                        yield read[:start] + meant + read[end:], cost

    def steps(self, meant: str, read: str) -> list[tuple[Edit, float]]:
        """The edits of the cheapest way from `meant` to `read`, with their costs, in order; equal letters left out."""
        costs, back = self._table(meant, read)
        if not math.isfinite(costs[-1][-1]):
            return []
        steps: list[tuple[Edit, float]] = []
        i, j = len(meant), len(read)
        while i or j:
            before_i, before_j = back[i][j]
            edit = meant[before_i:i], read[before_j:j]
            if edit[0] != edit[1]:
                steps.append((edit, costs[i][j] - costs[before_i][before_j]))
            i, j = before_i, before_j
        return steps[::-1]

    def _price(self, meant: str, read: str) -> float:
        # What both have in common at the ends is read as itself, but for the letters that a longer piece may reach.
        same = _same_start(meant, read)
        lead = max(0, same - _CONTEXT)
        tail = max(0, _same_start(meant[same:][::-1], read[same:][::-1]) - _CONTEXT)
        outer = meant[:lead] + meant[len(meant) - tail :]
        stays, stay = self.channel.stays, self.channel.stay
        inner = self._cheapest(meant[lead : len(meant) - tail], read[lead : len(read) - tail])
        return sum([stays.get(c, stay) for c in outer]) + inner

    def _cheapest(self, meant: str, read: str) -> float:
        """The last cost of `_table`, without the way to it: a good tenth of the time of a correction goes by here."""
        other = self.channel.other
        width, height = len(read), len(meant)
        spurious = self._prices("")
        added = [spurious.get(letter, other) for letter in read]
        rows = [[_NEVER] * (width + 1) for _ in range(height + 1)]
        rows[0][0] = 0.0
        for i, here in enumerate(meant):
            row, below = rows[i], rows[i + 1]
            prices = self._prices(here)
            lost = prices.get("", other)
            # Comparisons written out: `min` takes twice the time.
            base = row[0]
            for j, letter in enumerate(read):
                if (cost := base + lost) < below[j]:
                    below[j] = cost
                if (cost := base + prices.get(letter, other)) < below[j + 1]:
                    below[j + 1] = cost
                if (cost := base + added[j]) < row[j + 1]:
                    row[j + 1] = cost
                base = row[j + 1]
            below[width] = min(below[width], base + lost)
            self._add_pieces(rows, i, meant, read)
        last = rows[height]
        for j in range(width):
            last[j + 1] = min(last[j + 1], last[j] + added[j])
        return last[width]

    def _add_pieces(self, rows: list[list[float]], i: int, meant: str, read: str) -> None:
        """What it costs to read the longer pieces that begin at `i` of `meant` in `read`, to the rows they end in."""
        row = rows[i]
        for end in range(i + 1, min(i + LONGEST_PIECE, len(meant)) + 1):
            for piece, price in self._pieces.get(meant[i:end], ()):
                at = read.find(piece)
                while at >= 0:
                    behind = at + len(piece)
                    rows[end][behind] = min(rows[end][behind], row[at] + price)
                    at = read.find(piece, at + 1)

    def _prices(self, meant: str) -> dict[str, float]:
        """What it costs to read the letter `meant`, or nothing, as others; what is not among them costs `other`."""
        found = self._single.get(meant)
        if found is None:
            found = self._single[meant] = {meant: self.channel.stays.get(meant, self.channel.stay)} if meant else {}
        return found

    def _table(self, meant: str, read: str) -> tuple[list[list[float]], list[list[tuple[int, int]]]]:
        """The cheapest cost of every pair of beginnings, and the pair that it came from."""
        channel, edits = self.channel, self.channel.edits
        other = channel.other
        width, height = len(read), len(meant)
        costs = [[_NEVER] * (width + 1) for _ in range(height + 1)]
        back = [[(0, 0)] * (width + 1) for _ in range(height + 1)]
        costs[0][0] = 0.0

        for i in range(height + 1):
            here = meant[i] if i < height else ""
            stay = channel.stays.get(here, channel.stay)
            ahead = (meant[i : i + n] for n in range(1, min(LONGEST_PIECE, height - i) + 1))
            pieces = [(i + len(m), self._pieces[m]) for m in ahead if m in self._pieces]
            for j in range(width + 1):
                base = costs[i][j]
                if base == _NEVER:
                    continue
                letter = read[j] if j < width else ""
                options = []
                if here:
                    options.append((i + 1, j, edits.get((here, ""), other)))
                if letter:
                    options.append((i, j + 1, edits.get(("", letter), other)))
                if here and letter:
                    price = stay if here == letter else edits.get((here, letter), other)
                    options.append((i + 1, j + 1, price))
                for to_i, found in pieces:
                    options += [(to_i, j + len(r), price) for r, price in found if read.startswith(r, j)]
                for to_i, to_j, price in options:
                    if base + price < costs[to_i][to_j]:
                        costs[to_i][to_j] = base + price
                        back[to_i][to_j] = i, j
        return costs, back


def _same_start(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n
