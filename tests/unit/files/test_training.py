"""Lessons are what the records of a file have."""

from __future__ import annotations

import json
from pathlib import Path

from corrigenda.files.training import read_lessons


def test_a_lesson_has_what_the_engine_says_of_each_word(tmp_path: Path):
    """How sure it was and what else it thought of, in the order of the words."""
    record = {
        "id": "1", "ocr": "tho ship", "gt": "the ship", "engine": "scanner",
        "confidences": [0.4, 0.9], "alternatives": [["the", "thc"], []],
    }  # fmt: skip
    (tmp_path / "sure.jsonl").write_text(json.dumps(record) + "\n")
    (lesson,) = read_lessons(tmp_path / "sure.jsonl", rendered=True).lessons
    assert (lesson.confidences, lesson.alternatives) == ((0.4, 0.9), (("the", "thc"), ()))
