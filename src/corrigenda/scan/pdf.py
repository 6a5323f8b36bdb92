"""The pages of a PDF, each rendered when it is asked for (pypdfium2)."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2.raw import (
    FPDF_ERR_FILE,
    FPDF_ERR_PASSWORD,
    FPDF_ERR_SECURITY,
    FPDF_PAGEOBJ_IMAGE,
    FPDF_LoadDocument,
)

from corrigenda.errors import BadInputError
from corrigenda.scan.values import PageFailure, PageImage, check_size, credible_dpi

__all__ = ["open_pdf"]

_POINTS = 72
_USUAL_DPI, _MOST_DPI = 300.0, 600.0
# Scans fill the page; a page of set type has at most figures. A logo of 1200 dpi says nothing of the rest.
_IS_SCAN, _COUNTS = 0.5, 0.1
_WHY = {
    FPDF_ERR_PASSWORD: ("the PDF is locked with a password", "Save it without the password first"),
    FPDF_ERR_SECURITY: ("the PDF is encrypted in a way that cannot be read", "Print or export it to a plain PDF first"),
    FPDF_ERR_FILE: ("a PDF without a page", "Export the pages anew"),
}
_DAMAGED = ("the PDF is damaged or cut off", "Export it anew, or get the file again")


def open_pdf(data: bytes, *, path: str) -> Iterator[PageImage | PageFailure]:
    """The pages of a PDF with the text layer that each has, rendered at the resolution of the scan on it, else 300 dpi.

    A page that is too large or damaged is a PageFailure. Raises BadInputError where the file cannot be opened, needs
    a password or has no page.
    """
    # PDFium refuses a document without a page and leaves the last error standing, so that one is made to stand which
    # these bytes cannot give: that of a file that is not there.
    FPDF_LoadDocument(b"", None)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        what, remedy = _WHY.get(error.err_code, _DAMAGED)
        raise BadInputError(where=path, what=what, remedy=remedy) from error
    return _pages(document, path)


def _pages(document: pdfium.PdfDocument, path: str) -> Iterator[PageImage | PageFailure]:
    try:
        for index in range(len(document)):
            try:
                yield _page(document, index, f"{path}, page {index + 1}")
            except BadInputError as error:
                yield PageFailure(number=index + 1, error=error)
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int, where: str) -> PageImage:
    try:
        page = document[index]
        try:
            dpi = _resolution(page, where)
            width, height = page.get_size()
            check_size((width * dpi / _POINTS, height * dpi / _POINTS), where)
            # A hair less, since the sizes are rounded up.
            image = page.render(scale=dpi / _POINTS * (1 - 1e-6), rev_byteorder=True).to_pil().convert("RGB")
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").strip()
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise BadInputError(
            where=where, what="the page is damaged", remedy="Export it anew, or get the file again"
        ) from error
    return PageImage(number=index + 1, image=image, dpi=credible_dpi(dpi, image.size), text=text or None)


def _resolution(page: pdfium.PdfPage, where: str) -> float:
    """Pixels an inch of the finest image that counts, where images are most of the page; else what is usual."""
    width, height = page.get_size()
    covered, finest = 0.0, 0.0
    for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        size = image.get_px_size()
        # Rendering decodes it, however small it is drawn.
        check_size(size, where)
        a, b, c, d, _, _ = image.get_matrix().get()
        across, down = math.hypot(a, b), math.hypot(c, d)
        share = across * down / (width * height)
        covered += share
        if share >= _COUNTS:
            finest = max(finest, size[0] / across * _POINTS, size[1] / down * _POINTS)
    return min(finest, _MOST_DPI) if covered >= _IS_SCAN and finest else _USUAL_DPI
