"""Tesseract, the OCR engine that reads the pages."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

from corrigenda.errors import MissingToolError

__all__ = ["find_tesseract", "read_page", "version_of"]

_WHOLE_BLOCK = "6"
"""Tesseract's page segmentation mode for one block of text, which these pages are."""


def find_tesseract() -> Path:
    """The system's Tesseract, else the one in this Python's environment; raises MissingToolError without either."""
    beside = Path(sys.executable).parent / "tesseract"
    found = shutil.which("tesseract") or (str(beside) if beside.is_file() else None)
    if not found:
        raise MissingToolError(
            where="tesseract",
            what="is not installed",
            remedy="Run scripts/quickstart, or install it: apt-get install tesseract-ocr",
        )
    return Path(found)


def version_of(tesseract: Path) -> str:
    """The version of `tesseract`, as it says it: 5.5.0."""
    said = subprocess.run([tesseract, "--version"], capture_output=True, text=True, check=True)
    return (said.stdout or said.stderr).split()[1]


def read_page(scan: Image.Image, tesseract: Path) -> str:
    """What `tesseract` reads on `scan`, with its line breaks; on one core, since pages are many."""
    page = io.BytesIO()
    scan.save(page, "PNG", dpi=scan.info["dpi"])
    done = subprocess.run(
        [tesseract, "stdin", "stdout", "--psm", _WHOLE_BLOCK],
        input=page.getvalue(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8").replace("\f", "").strip()
