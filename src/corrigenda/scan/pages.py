"""Files as page images: what a file is, is told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Iterator

from corrigenda.errors import BadInputError
from corrigenda.scan.pdf import open_pdf
from corrigenda.scan.raster import open_raster
from corrigenda.scan.values import PageFailure, PageImage

__all__ = ["PageFailure", "PageImage", "is_pdf", "open_pages"]

# The first bytes of what can be read, with Pillow's name of it.
_KINDS = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x00\x00\x00\x0cjP  \r\n\x87\n": "JPEG2000",
    b"\xff\x4f\xff\x51": "JPEG2000",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"II+\x00": "TIFF",
    b"MM\x00+": "TIFF",
}
# The first bytes of what people give by mistake, in small letters.
_FOREIGN = {
    b"gif8": "a GIF",
    b"riff": "a WebP image or a sound",
    b"bm": "a Windows bitmap",
    b"at&tform": "a DjVu file",
    b"pk\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "compressed with gzip",
    b"%!ps": "PostScript",
}
_REMEDY = "Give PNG, JPEG, JPEG 2000, TIFF or PDF"
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_SEEN = 4096


def open_pages(data: bytes, *, path: str) -> Iterator[PageImage | PageFailure]:
    """The pages of a file, each decoded when it is asked for, so that a file may have any number of them.

    A page that cannot be had is a PageFailure, and the next one follows. Raises BadInputError where the whole file is
    unusable: empty, none of PNG, JPEG, JPEG 2000, TIFF and PDF, damaged in its header, locked, or without a page.
    """
    kind = next((kind for begin, kind in _KINDS.items() if data.startswith(begin)), None)
    if kind:
        return open_raster(data, kind, path=path)
    if is_pdf(data):
        return open_pdf(data, path=path)
    raise BadInputError(where=path, what=_foreign(data), remedy=_REMEDY)


def is_pdf(data: bytes) -> bool:
    """Whether a file that is no image is a PDF, which may have a byte order mark or lines of a mail before its head."""
    return _PDF in data[:_PDF_WITHIN]


def _foreign(data: bytes) -> str:
    """What a file is that is no page image."""
    if not data:
        return "the file is empty"
    begin = data[:_SEEN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in begin:
        return "an SVG drawing, whatever its name says"
    if b"<html" in begin or b"<!doctype html" in begin:
        return "a web page, whatever its name says"
    known = next((what for start, what in _FOREIGN.items() if begin.startswith(start)), None)
    return known or "no image of a kind that can be read"
