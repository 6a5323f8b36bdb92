"""What a neural language model adds, beside the same engines without it, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from correcting.data import Passage, bln600, ehri_body, ehri_pages, lessons
from correcting.judge import Judged, Sums
from correcting.learned import FOLDS, School, crossed, note
from correcting.readings import corrected, paired
from correcting.systems import LIMITS, SHIPPED_LIMIT, ours
from correcting.tables import by_engine, comparison, named, percent, section, table
from corrigenda.correct.engine import Engine
from corrigenda.correct.gate import Gate
from corrigenda.correct.neural import NeuralModel
from corrigenda.language.transformer import Cache, Transformer

__all__ = ["Asked", "told"]

_READING = f"with the reading, --max-harm {SHIPPED_LIMIT:g}"
_EVERY = 12
"""Of the newspapers this part is measured: they are damaged most, so that asking takes longest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A neural model, and the gate that has learned what its word is worth."""

    model: NeuralModel
    gate: Gate

    def by(self, engine: Engine) -> Engine:
        """The engine that asks it as well."""
        return replace(engine, neural=self.model, model=replace(engine.model, neural=self.gate))

    @property
    def remembering(self) -> Asked:
        """The same with an answer kept for each question, since most are asked again at another limit of harm."""
        return replace(self, model=replace(self.model, transformer=_Remembering(self.model.transformer)))


@dataclass(frozen=True, slots=True)
class _Read:
    """The first `count` of some tokens."""

    tokens: tuple[int, ...]
    count: int

    def first(self, count: int) -> _Read:
        """What was read after so many tokens."""
        return _Read(self.tokens, count)


class _Remembering:
    """A transformer that is asked each question once."""

    def __init__(self, asked: Transformer) -> None:
        self._asked = asked
        self._last: tuple[tuple[int, ...], Cache] | None = None
        self._told: dict[object, list[list[float]]] = {}

    def read(self, tokens: Sequence[int]) -> _Read:
        """What is to be read, if anything is asked that was not asked before."""
        return _Read(tuple(tokens), len(tokens))

    def log_probabilities(self, past: _Read, continuations: Sequence[Sequence[int]]) -> list[list[float]]:
        """As the transformer tells them."""
        question = (past.tokens[: past.count], tuple(map(tuple, continuations)))
        if question not in self._told:
            if self._last is None or self._last[0] != past.tokens:
                self._last = past.tokens, self._asked.read(past.tokens)
            self._told[question] = self._asked.log_probabilities(self._last[1].first(past.count), continuations)
        return self._told[question]


def told(
    passages: Sequence[Passage], made: Sequence[Passage], school: School, data: Path, engine: Engine
) -> Iterator[str]:
    """The pairs, cross-validated; despatches and newspapers by the `engine` that asks a neural model; and time."""
    asked = Asked(model=engine.neural, gate=engine.model.neural)
    remembering = asked.remembering
    pairs: dict[str, list[Judged]] = {}
    twice: dict[str, list[Judged]] = {_READING: [], f"--neural, {_READING}": []}
    read = {pair.passage.id: pair for pair in paired(passages)}
    for held, one in crossed(passages, lessons(made, made=True), school, "pairs and rendered pages"):
        _add(pairs, _both(held, one, remembering))
        for pair in (read[p.id] for p in held if p.id in read):
            for name, by in zip(twice, (one, remembering.by(one)), strict=True):
                twice[name].append(corrected(pair, by, SHIPPED_LIMIT, (pair.reading,)))
    yield section(
        "Archive readings, with a neural language model",
        f"Cross-validated by cluster in {FOLDS} folds, as without it; what its word is worth was learned from made-up "
        f"pages alone. {asked.model.name}.",
        *_by_engine(pairs),
    )
    yield section(
        "Two readings of the same passage, with a neural language model",
        "As above, with the other engine's reading; intervals over records.",
        *_by_engine(twice),
    )
    alone = replace(engine, neural=None)
    body, papers = ehri_body(ehri_pages(data)), bln600(data)[::_EVERY]
    for title, others in (("EHRI body lines", body), (f"BLN600, every {_EVERY}th document", papers)):
        yield section(f"{title}, with a neural language model", comparison(_both(others, alone, remembering)))
    yield section("Time, with a neural language model", _time(body, alone, asked))


def _both(passages: Sequence[Passage], engine: Engine, asked: Asked) -> dict[str, list[Judged]]:
    found = {named(SHIPPED_LIMIT): ours(passages, engine, SHIPPED_LIMIT)}
    for limit in LIMITS:
        note(f"{passages[0].id}...: --neural, --max-harm {limit:g}")
        found[f"--neural, --max-harm {limit:g}"] = ours(passages, asked.by(engine), limit)
    return found


def _add(found: dict[str, list[Judged]], more: dict[str, list[Judged]]) -> None:
    for name, judged in more.items():
        found.setdefault(name, []).extend(judged)


def _by_engine(systems: dict[str, list[Judged]]) -> Iterator[str]:
    for engine, part in by_engine(systems):
        if not next(iter(part.values())):
            continue
        yield f"**{engine}**"
        yield comparison(part)
        flags = {name: Sums(judged) for name, judged in part.items()}
        yield table(("", "flags: precision, %", "recall of errors left, %"), map(_flags, flags, flags.values()))


def _flags(name: str, sums: Sums) -> list[str]:
    on, false = sums.flags
    return [name, percent(on / max(1, on + false)), percent(on / max(1, sums.errors_left))]


def _time(passages: Sequence[Passage], engine: Engine, asked: Asked) -> str:
    words = sum(len(p.ocr.split()) for p in passages)
    rows = []
    for name, one in (("without", engine), ("with", asked.by(engine))):
        start = time.process_time()
        ours(passages, one, SHIPPED_LIMIT)
        used = time.process_time() - start
        rows.append([name, f"{words / used:,.0f}", f"{400 * used / words:.1f}"])
    return table(("", "words per CPU s", "CPU s for 400 words"), rows)
