"""`--reading`: another engine's text of the page, from the command line to the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corrigenda.correct.store import DEFAULT, find_model, load_model


@pytest.fixture
def folder(tmp_path: Path, letter: str) -> Path:
    """The letter, and what another engine has read of it: two misreadings less, and one of its own."""
    (tmp_path / "letter.txt").write_text(letter)
    other = letter.replace("rcceived", "received").replace("thc ", "the ").replace("ferry", "fcrry")
    (tmp_path / "vision.txt").write_text(other)
    return tmp_path


def test_a_reading_is_named_in_ledger_or_flags(corrigenda, folder: Path):
    """A model with a vote cites the reading for its correction; one without says so, and cites it in its flags."""
    done = corrigenda("correct", "letter.txt", "--reading", "vision.txt", "-o", "out", cwd=folder)
    assert done.returncode == 0, done.said
    made = [json.loads(line) for line in (folder / "out/letter.corrections.jsonl").read_text().splitlines()]
    flags = [json.loads(line) for line in (folder / "out/letter.flags.jsonl").read_text().splitlines()]
    assert "reading vision.txt@" in made[0]["signature"]
    if load_model(find_model(DEFAULT)).vote:
        (received,) = [one for one in made[1:] if one["before"] == "rcceived"]
        assert ("reading", "vision.txt") in [(e["rule"], e.get("citation")) for e in received["evidence"]]
    else:
        assert "has not learned to weigh two readings" in done.said
        assert "vision.txt reads otherwise" in {one.get("why") for one in flags}


def test_a_reading_of_something_else_is_an_input_error(corrigenda, folder: Path):
    """The error names the reading, what is wrong with it and what to do."""
    (folder / "vision.txt").write_text("Nothing of what stands on this sheet has to do with any such meeting.\n" * 4)
    done = corrigenda("correct", "letter.txt", "--reading", "vision.txt", cwd=folder)
    assert done.returncode == 3
    assert "vision.txt: does not look like a reading of letter.txt" in done.said
