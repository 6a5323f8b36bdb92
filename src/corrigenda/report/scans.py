"""The files that reading a scan leaves: text, hOCR, a PDF that can be searched, and the layer that one came with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from corrigenda.errors import BadInputError
from corrigenda.ingest.compose import lines_of, text_of
from corrigenda.report import hocr
from corrigenda.report.layout.pdf import searchable_copy, searchable_pdf
from corrigenda.values import Corrected

if TYPE_CHECKING:
    from corrigenda.scan.read import Scan

__all__ = ["engine_texts", "scan_files", "scan_hocr", "scan_pdf", "scan_record"]


def scan_files(scan: Scan) -> dict[str, bytes]:
    """By the ending of the file's name: text without zones, hOCR and PDF of all words, other readings, a PDF's layer.

    In texts pages are parted by form feeds; one that could not be read is empty.
    """
    document = scan.document
    as_read = Corrected(
        document_id=document.id, text=document.text, corrections=(), flags=(), signature="as it was read"
    )
    files = {
        ".txt": _pages(text_of(page) for page, _ in scan.layout),
        ".hocr": scan_hocr(scan),
        ".pdf": scan_pdf(scan, as_read),
    }
    files |= engine_texts(scan)
    if any(scan.layers):
        files[".layer.txt"] = _pages(layer or "" for layer in scan.layers)
    return files


def engine_texts(scan: Scan) -> dict[str, bytes]:
    """By the ending of the file's name what each engine read of a scan, where that is not the document's text."""
    return {f".{siglum}.txt": _pages([text]) for siglum, text in scan.others}


def _pages(texts: Iterable[str]) -> bytes:
    return ("\f".join(texts) + "\n").encode()


def scan_hocr(scan: Scan) -> bytes:
    """All that was read as hOCR, which `ingest.hocr` reads as the same document."""
    source = scan.document.source
    return hocr.dump(scan.layout, title=source.path, engine=source.engine or "").encode()


def scan_pdf(scan: Scan, corrected: Corrected) -> bytes:
    """A PDF that can be searched for the corrected words: the scan itself where it is one, else its images."""
    if scan.is_pdf:
        try:
            return searchable_copy(scan.data, scan.document, corrected, sizes=[size for _, size in scan.layout])
        except BadInputError:
            # What drew the pages mends damage that what would copy them does not.
            pass
    return searchable_pdf(scan.images(), scan.document, corrected)


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
