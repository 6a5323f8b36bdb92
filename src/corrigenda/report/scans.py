"""The files that reading a scan leaves: its text, its hOCR, and the text layer that a PDF came with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corrigenda.ingest.compose import lines_of, text_of
from corrigenda.report import hocr

if TYPE_CHECKING:
    from corrigenda.scan.read import Scan

__all__ = ["scan_files", "scan_record"]


def scan_files(scan: Scan) -> dict[str, bytes]:
    """The text without zones, the hOCR of all words, other readings, and a PDF's own text layer, by their endings.

    Pages are parted by form feeds; one that could not be read is empty.
    """
    source = scan.document.source
    files = {
        ".txt": "\f".join(text_of(page) for page, _ in scan.layout) + "\n",
        ".hocr": hocr.dump(scan.layout, title=source.path, engine=source.engine or ""),
    }
    files |= {f".{siglum}.txt": text + "\n" for siglum, text in scan.others}
    if any(scan.layers):
        files[".layer.txt"] = "\f".join(layer or "" for layer in scan.layers) + "\n"
    return {ending: text.encode() for ending, text in files.items()}


def scan_record(scan: Scan) -> dict[str, Any]:
    """A scan as JSON has it: who read it, and each page's words, mode and steps, or why it could not be read."""
    failed = {failure.number: str(failure.error) for failure in scan.failures}
    read = [
        {
            "number": page.number,
            "psm": page.psm,
            "steps": list(page.steps),
            "words": sum(map(len, lines_of([page.page]))),
        }
        for page in scan.read
    ]
    return {
        "id": scan.document.id,
        "engine": scan.document.source.engine,
        "pages": read,
        "failed": [{"number": number, "error": error} for number, error in failed.items()],
    }
