"""The scripts that developers and CI start."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["scripts/quickstart", "scripts/test", ".ci/run"])
def test_script_is_executable_and_parses(name):
    """A fresh clone can start each script by its path, and bash understands all of it, not only what runs first."""
    script = REPOSITORY / name
    assert os.access(script, os.X_OK)
    checked = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_run_folder_does_what_the_command_line_does(corrigenda, contents, letter, tmp_path):
    """The example script leaves the same results as `run`, and a table of them; what fails is told of alone."""
    box = tmp_path / "in"
    (box / "sub").mkdir(parents=True)
    (box / "one.txt").write_text(letter, encoding="utf-8")
    (box / "sub" / "two.txt").write_text(letter.replace("Geneva", "Lausanne"), encoding="utf-8")
    assert corrigenda("run", box, "-o", tmp_path / "verb", "-q").returncode == 0
    (box / "bad.txt").write_bytes(b"\x00")
    script = [sys.executable, REPOSITORY / "scripts" / "run_folder", box, tmp_path / "script"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert "bad.txt" in done.stderr
    results = contents(tmp_path / "script")
    header, *rows = csv.reader(results.pop("summary.csv").decode().splitlines())
    assert header[0] == "document"
    assert [(row[0], row[1]) for row in rows] == [("one", "5"), ("sub/two", "5")]
    assert results == contents(tmp_path / "verb")
