"""The scripts that developers and CI start."""

from __future__ import annotations

import os
import subprocess
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
