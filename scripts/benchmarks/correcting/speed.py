"""How fast correctors are, from a cold start: each runs in a process of its own on text with 3% wrong characters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from correcting.data import Passage
from correcting.learned import note
from correcting.tables import percent, section, table
from corrigenda.score.edits import character_edits
from corrigenda.score.metrics import rate
from corrigenda.text import Profile, join_broken_words, normalise

__all__ = ["speed"]

_CHILD = Path(__file__).with_name("speed_child.py")
_WORDS = 20_000
_WRONG = 0.03
_SYSTEMS = {
    "corrigenda": "corrigenda, --max-harm 0.1",
    "naive": "symspellpy naive, FRUS lexicon",
    "cautious": "symspellpy cautious, FRUS lexicon",
    "compound": "symspellpy compound, FRUS lexicon",
}


def speed(passages: Sequence[Passage], lexicon: str, model: str) -> Iterator[str]:
    """A row for each corrector: words per CPU second, CPU seconds until the first line is done, and peak memory."""
    chosen, wrong = nearest(passages)
    words = sum(len(p.ocr.split()) for p in chosen)
    rows = []
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as texts:
        json.dump([p.ocr for p in chosen], texts)
        texts.flush()
        for system, name in _SYSTEMS.items():
            note(f"speed: {name}")
            run = _child(system, lexicon, model, texts.name)
            rows.append(
                [
                    name,
                    f"{words / run['correcting']:,.0f}",
                    f"{run['correcting']:.2f}",
                    f"{run['start']:.2f}",
                    f"{run['megabytes']:.0f}",
                ]
            )
    head = ("", "words per CPU s", "CPU s for all", "start-up, CPU s", "peak MB")
    yield section(
        "Speed",
        f"{len(chosen)} passages, {words:,} words, {percent(wrong, 2)}% of characters wrong (profile folded), no truth "
        "twice; one process each with cold caches and one thread. Start-up is import, opening and one line. Times are "
        "of the machine, ratios travel better.",
        table(head, rows),
    )


def nearest(passages: Sequence[Passage]) -> tuple[list[Passage], float]:
    """20,000 words of the passages with nearest to 3% wrong characters, no truth twice; and what they have."""
    counted = []
    for passage in passages:
        read, truth = (normalise(join_broken_words(t), Profile.FOLDED) for t in (passage.ocr, passage.truth))
        counted.append((passage, character_edits(read, truth).counts))
    counted.sort(key=lambda one: (abs(rate("cer", one[1]) - _WRONG), one[0].id))
    chosen, truths, words = [], set[str](), 0
    for passage, counts in counted:
        if words < _WORDS and passage.truth not in truths:
            chosen.append((passage, counts))
            truths.add(passage.truth)
            words += len(passage.ocr.split())
    errors, reference = sum(c.errors for _, c in chosen), sum(c.reference for _, c in chosen)
    return [p for p, _ in chosen], errors / reference


def _child(system: str, lexicon: str, model: str, texts: str) -> dict[str, Any]:
    command = [sys.executable, str(_CHILD), system, lexicon, model, texts]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(command, env={**os.environ, **one_thread}, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    found: dict[str, Any] = json.loads(done.stdout)
    return found
