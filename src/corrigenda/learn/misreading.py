"""Readings made up: what a machine would have read of a text, by its channel.

Pages of which two machines' readings and the truth are known are few. Of a page that one machine has read, what
another would have read is drawn from that other's channel, so that the vote between readings has more to learn from.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict

from corrigenda.correct.channel import LONGEST_PIECE, Channel

__all__ = ["misread"]


def misread(text: str, channel: Channel, chance: random.Random, *, rate: float = 1.0) -> str:
    """`text` as a machine with this channel may read it; its errors come `rate` times as often as they do.

    Every piece of up to three letters is misread with the probability of each of its edits; the first that happens
    takes its letters. White space stays, but for blanks that the channel itself loses.
    """
    edits: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (meant, read), cost in channel.edits.items():
        edits[meant].append((read, math.exp(-cost) * rate))
    made: list[str] = []
    at = 0
    while at < len(text):
        size, read = _step(text, at, edits, chance)
        made.append(read)
        at += size
    return "".join(made)


def _step(text: str, at: int, edits: dict[str, list[tuple[str, float]]], chance: random.Random) -> tuple[int, str]:
    """How many letters of the text are read next, and as what; the longest pieces are tried first."""
    for size in range(min(LONGEST_PIECE, len(text) - at), 0, -1):
        read = _drawn(edits.get(text[at : at + size], []), chance)
        if read is not None:
            return size, read
    return 1, (_drawn(edits.get("", []), chance) or "") + text[at]


def _drawn(edits: list[tuple[str, float]], chance: random.Random) -> str | None:
    """One of the readings, or None where nothing happens."""
    left = chance.random()
    for read, probability in edits:
        left -= probability
        if left < 0:
            return read
    return None
