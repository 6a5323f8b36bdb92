"""From scans to documents: page images, their preparation, the OCR engine, and what of a page is its text.

Importing anything of this package needs the extra `scan`; without it, MissingToolError says so.
"""

from importlib.util import find_spec

from corrigenda.errors import MissingToolError

_PACKAGES = {"PIL": "Pillow", "pikepdf": "pikepdf", "pypdfium2": "pypdfium2", "pytesseract": "pytesseract"}
_missing = [package for module, package in _PACKAGES.items() if not find_spec(module)]
if _missing:
    raise MissingToolError(
        where="scans",
        what=f"not installed: {', '.join(_missing)}",
        remedy='Run pip install "corrigenda[scan]"',
    )
