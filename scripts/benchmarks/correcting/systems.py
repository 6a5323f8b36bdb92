"""Passages corrected by the project's own corrector, and by any function of a text."""

from __future__ import annotations

from collections.abc import Iterable

from correcting.data import Passage
from correcting.judge import Judged, judge
from correcting.simple import Rewrite
from corrigenda.correct.corrector import Options
from corrigenda.correct.engine import Engine
from corrigenda.pipeline import Setup, run
from corrigenda.score.compare import as_corrected
from corrigenda.values import Intake

__all__ = ["ours", "rewritten"]


def ours(passages: Iterable[Passage], engine: Engine, max_harm: float) -> list[Judged]:
    """Passages as the pipeline corrects them; the truth is not handed to it."""
    setup = Setup(engine=engine, options=Options(max_harm=max_harm))
    found: list[Judged] = []
    for passage in passages:
        document = passage.document
        result = run(Intake(document=document, transcript=None, aside=""), setup)
        found.append(judge(passage, document, result.corrected))
    return found


def rewritten(passages: Iterable[Passage], rewrite: Rewrite, name: str) -> list[Judged]:
    """Passages as a function of their text corrects them."""
    found: list[Judged] = []
    for passage in passages:
        document = passage.document
        made = as_corrected(document, rewrite(passage.ocr), signature=name, whole=passage.whole, trusted=True)
        found.append(judge(passage, document, made))
    return found
