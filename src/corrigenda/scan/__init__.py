"""From a scan to text: page images, their preparation, and the engine that reads them.

Importing anything of this package needs the extra `scan`; without it, MissingToolError says so.
"""

from importlib.util import find_spec

from corrigenda.errors import MissingToolError

_missing = [package for module, package in {"PIL": "Pillow", "pypdfium2": "pypdfium2"}.items() if not find_spec(module)]
if _missing:
    raise MissingToolError(
        where="scans",
        what=f"not installed: {', '.join(_missing)}",
        remedy='Run pip install "corrigenda[scan]"',
    )
