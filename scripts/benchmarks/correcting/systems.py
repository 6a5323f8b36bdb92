"""Passages corrected by the project's own corrector, and by any function of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from correcting.data import Passage
from correcting.judge import Judged, judge
from correcting.learned import note
from correcting.simple import Rewrite
from corrigenda.correct.corrector import Options
from corrigenda.correct.engine import Engine
from corrigenda.correct.gate import Bar
from corrigenda.pipeline import Setup, run
from corrigenda.score.compare import as_corrected
from corrigenda.values import Intake

__all__ = ["LIMITS", "SHIPPED_LIMIT", "bar", "by_limit", "ours", "rewritten"]

LIMITS = (0.05, 0.1, 0.2, 0.5)
SHIPPED_LIMIT = 0.1


def bar(engine: Engine, max_harm: float) -> Bar:
    """What a correction must reach for the engine to put it in."""
    return engine.model.gate.bar(max_harm)


def ours(passages: Iterable[Passage], engine: Engine, max_harm: float) -> list[Judged]:
    """Passages as the pipeline corrects them; the truth is not handed to it."""
    setup = Setup(engine=engine, options=Options(max_harm=max_harm))
    found: list[Judged] = []
    for passage in passages:
        document = passage.document
        result = run(Intake(document=document, transcript=None, aside=""), setup)
        found.append(judge(passage, document, result.corrected))
    return found


def by_limit(passages: Sequence[Passage], engine: Engine) -> dict[float, list[Judged]]:
    """The same for each limit of harm; limits that come to the same bar have the same corrections."""
    done: dict[Bar, list[Judged]] = {}
    for limit in LIMITS:
        at = bar(engine, limit)
        if at not in done:
            note(f"corrigenda, --max-harm {limit:g}, from {at.threshold:g} up, guards eased by {at.ease:.0%}")
            done[at] = ours(passages, engine, limit)
    return {limit: done[bar(engine, limit)] for limit in LIMITS}


def rewritten(passages: Iterable[Passage], rewrite: Rewrite, name: str) -> list[Judged]:
    """Passages as a function of their text corrects them."""
    found: list[Judged] = []
    for passage in passages:
        document = passage.document
        made = as_corrected(document, rewrite(passage.ocr), signature=name, whole=passage.whole, trusted=True)
        found.append(judge(passage, document, made))
    return found
