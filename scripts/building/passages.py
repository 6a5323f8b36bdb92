"""Where an edition prints what a measurement is made on, so that a lexicon can be built without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from corrigenda.lexicon.sources import read_source
from corrigenda.values import Span

__all__ = ["MARGIN", "RUN", "SharedRuns", "exclusion_list"]

RUN = 8
"""So many words in a row are seldom the same by chance, and where they are (a long title), a volume can spare them."""
MARGIN = 30
"""Characters on both sides of a shared stretch that go with it, for the words that an editor changed at its ends."""
# No accents and no apostrophes, which a truth and a volume may write in two ways.
_WORD = re.compile("[A-Za-z0-9]+")


class SharedRuns:
    """The runs of `RUN` words of some truths, to be found in other texts, whatever the case and what stands between."""

    def __init__(self, truths: Iterable[str]) -> None:
        """Number the words, and remember the runs."""
        self._numbers: dict[str, int] = {}
        self._runs: set[tuple[int, ...]] = set()
        for truth in truths:
            words = [word.lower() for word in _WORD.findall(truth)]
            ids = [self._numbers.setdefault(word, len(self._numbers)) for word in words]
            self._runs.update(tuple(ids[i : i + RUN]) for i in range(len(ids) - RUN + 1))

    def stretches(self, text: str) -> Iterator[Span]:
        """Every run of `text` that a truth has too, in order, overlapping where longer stretches are shared."""
        found = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        numbers = (self._numbers.get(text[start:end].lower(), -1) for start, end in found)
        ids = np.fromiter(numbers, np.int64, len(found))
        if len(ids) < RUN:
            return
        # A run is looked up only where all its words are words of the truths, which few runs of a volume are.
        known = np.convolve(ids >= 0, np.ones(RUN, dtype=np.int64), "valid") == RUN
        for i in np.flatnonzero(known).tolist():
            if tuple(ids[i : i + RUN].tolist()) in self._runs:
                yield Span(start=found[i][0], end=found[i + RUN - 1][1])


def exclusion_list(paths: Sequence[Path], truths: Sequence[str], printed: Mapping[str, Sequence[Span]]) -> str:
    """The list for `lexicon build --exclude`: all that the volumes share with the truths, widened by `MARGIN`.

    `printed` has by the name of a volume (`frus1961-63v10`) where the truths are known to stand.
    """
    shared = SharedRuns(truths)
    lines = [f"# What {len(truths)} passages share with the volumes: runs of {RUN} words, and where they are printed."]
    for path in sorted(paths):
        text = read_source(path).text
        known = printed.get(path.name.split(".")[0], ())
        spans = _widened([*shared.stretches(text), *known], len(text))
        lines += (f"{path.name}\t{span.start}\t{span.end}" for span in spans)
    return "\n".join(lines) + "\n"


def _widened(spans: Iterable[Span], length: int) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start - MARGIN), min(length, span.end + MARGIN)
        if merged and start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, end))
        else:
            merged.append(Span(start=start, end=end))
    return merged
