"""Pages of our own making, and what Tesseract read on them once (tests/scans/make.py)."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pytesseract", reason="scans need the extra scan")

from corrigenda.errors import MissingToolError
from corrigenda.ingest import hocr
from corrigenda.ingest.compose import Page
from corrigenda.scan import tesseract

SCANS = Path(__file__).resolve().parents[2] / "scans"
MANIFEST = json.loads((SCANS / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def scans() -> Path:
    """The folder of the pages."""
    return SCANS


@pytest.fixture(scope="session")
def recorded() -> Callable[[str], Page]:
    """What Tesseract read on a page, by the page's name."""

    def read(name: str) -> Page:
        data = lzma.decompress((SCANS / f"{name}.hocr.xz").read_bytes())
        return hocr.pages_of(hocr.parse(data, path=name))[0]

    return read


@pytest.fixture(scope="session")
def truth() -> Callable[[str], list[str]]:
    """The typed lines of a page."""
    return lambda name: MANIFEST["files"][f"{name}.hocr.xz"]["truth"]


@pytest.fixture(scope="session")
def engine() -> tesseract.Tesseract:
    """A real Tesseract; without one the test is skipped."""
    try:
        return tesseract.find()
    except MissingToolError as error:
        pytest.skip(str(error))
