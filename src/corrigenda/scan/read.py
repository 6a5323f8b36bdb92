"""From page images to one document: each prepared, read, and its text told from what else is on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from corrigenda.errors import BadInputError
from corrigenda.ingest.compose import Block, Line, Page, Zone, compose, lines_of, text_of
from corrigenda.scan import second, tesseract
from corrigenda.scan.geometry import Affine
from corrigenda.scan.pages import PageFailure, PageImage, is_pdf, open_pages
from corrigenda.scan.prepare import DEFAULT, Prepared, Upright, prepare
from corrigenda.scan.typed import is_sure, letters
from corrigenda.scan.zones import zoned
from corrigenda.values import Document

__all__ = ["ReadPage", "Scan", "Settings", "read_page", "scan_of"]

_T = TypeVar("_T")
_BADLY = 0.7
"""The share of letters in words surely read, below which a page is read once more: four of 34 pages of the EHRI and the
Library of Congress. At 0.8 it would be eleven."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How pages are read: Tesseract's language and page segmentation mode, the steps of preparation, zones or none.

    `second` asks for RapidOCR's reading beside Tesseract's.

    Without a mode (`psm`) a page is read as a whole page, and where that goes badly as one column.
    """

    language: str = tesseract.LANGUAGE
    psm: int | None = None
    steps: tuple[str, ...] = DEFAULT
    zones: bool = True
    second: bool = False

    @property
    def engine(self) -> str:
        """Engine and settings on one line, as results name them. Raises MissingToolError without Tesseract."""
        mode = f"psm {self.psm or f'{tesseract.WHOLE_PAGE} or {tesseract.COLUMN}'}"
        prepared = f"prepared by {', '.join(self.steps)}" if self.steps else "not prepared"
        return ", ".join((tesseract.find().name, self.language, mode, prepared, "zones" if self.zones else "no zones"))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPage:
    """What was read on one page; boxes are in pixels of the image of the file, whose `size` is width and height.

    `psm` is the mode that Tesseract read it in, `steps` what preparation did, `layer` the text that a PDF came with.
    `second` is what RapidOCR read, None where it was not asked. Where the two were put together `page` is that, `first`
    what Tesseract read, and `beside` what the engine that was not taken has for each line, with its siglum.
    """

    number: int
    page: Page
    size: tuple[int, int]
    psm: int
    steps: tuple[str, ...]
    layer: str | None
    second: Page | None = None
    first: Page | None = None
    beside: tuple[tuple[str, Line], ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scan:
    """The document that the file `data` of page images holds; pages that failed are empty in it."""

    data: bytes = field(repr=False)
    document: Document
    pages: tuple[ReadPage | PageFailure, ...]

    @property
    def failures(self) -> tuple[PageFailure, ...]:
        """The pages that could not be read."""
        return tuple(page for page in self.pages if isinstance(page, PageFailure))

    @property
    def read(self) -> tuple[ReadPage, ...]:
        """The pages that could."""
        return tuple(page for page in self.pages if isinstance(page, ReadPage))

    @property
    def layout(self) -> tuple[tuple[Page, tuple[int, int]], ...]:
        """The words of all pages, with the width and height of each; of one that failed nothing."""
        return tuple((page.page, page.size) if isinstance(page, ReadPage) else ((), (0, 0)) for page in self.pages)

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Each engine's whole text by its siglum, pages parted by form feeds, where it is not the document's."""
        read = {
            second.SIGLUM: [page.second for page in self.read],
            tesseract.SIGLUM: [page.first for page in self.read],
        }
        return tuple(
            (siglum, "\f".join(text_of(page or ()) for page in self._of_all(pages)))
            for siglum, pages in read.items()
            if any(page is not None for page in pages)
        )

    @property
    def other(self) -> tuple[str, tuple[tuple[int, str], ...]] | None:
        """What the engine that was not taken has for each line, and from which offset on which engine; None without.

        Pages that were not put together have what RapidOCR read.
        """
        if all(page.second is None for page in self.read):
            return None
        text = ""
        parts: list[tuple[int, str]] = []
        for number, page in enumerate(self._of_all(self.read)):
            text += "\f" * (number > 0)
            for siglum, words in _beside(page) if page else ():
                if not parts or parts[-1][1] != siglum:
                    parts.append((len(text), siglum))
                text += f"{words}\n"
        return text, tuple(parts) or ((0, second.SIGLUM),)

    def _of_all(self, values: Sequence[_T]) -> Iterator[_T | None]:
        """The values of the pages that could be read, and None for those that could not."""
        found = iter(values)
        return (next(found) if isinstance(page, ReadPage) else None for page in self.pages)

    @property
    def layers(self) -> tuple[str | None, ...]:
        """The text layer of each page that had one."""
        return tuple(page.layer if isinstance(page, ReadPage) else None for page in self.pages)

    @property
    def is_pdf(self) -> bool:
        """Whether the file is a PDF."""
        return is_pdf(self.data)

    def images(self) -> Iterator[PageImage | None]:
        """The image of each page, decoded anew when it is asked for, since all at once take too much room.

        None is a page that cannot be had.
        """
        for page in open_pages(self.data, path=self.document.source.path):
            yield page if isinstance(page, PageImage) else None


def _beside(page: ReadPage) -> Iterator[tuple[str, str]]:
    """The lines of the engine that was not taken, with its siglum."""
    if page.beside is None:
        yield second.SIGLUM, text_of(page.second or ())
    else:
        yield from ((siglum, " ".join(read.text for read in line)) for siglum, line in page.beside if line)


def read_page(
    image: PageImage,
    settings: Settings,
    *,
    where: str,
    show: Callable[[str, npt.NDArray[np.uint8]], None] | None = None,
) -> ReadPage:
    """Prepare a page (`show` gets it after each step), read it, and set apart what is no text of it.

    `where` names the page in errors. Raises BadInputError where an engine fails on it, MissingToolError without one.
    """
    prepared = prepare(image, settings.steps, show=show)
    found, psm = _read(prepared, settings, where=where)
    # Zones are told before the boxes go back, since a page stands straight only once it is prepared.
    found = zoned(found) if settings.zones else found
    again = _read_again(prepared.upright, where=where) if settings.second else None
    return ReadPage(
        number=image.number,
        page=_moved(found, prepared.back),
        size=image.image.size,
        psm=psm,
        steps=prepared.steps,
        layer=image.text,
        second=again,
    )


def scan_of(
    pages: Sequence[ReadPage | PageFailure], settings: Settings, *, data: bytes, path: str, document_id: str
) -> Scan:
    """The pages of the file `data` as one document. Raises BadInputError where none could be read."""
    failures = [page for page in pages if isinstance(page, PageFailure)]
    if len(failures) == len(pages):
        if failures:
            raise failures[0].error
        raise BadInputError(where=path, what="no page", remedy="Check the file, or leave it out")
    document = compose(
        [page.page if isinstance(page, ReadPage) else () for page in pages],
        data=data,
        path=path,
        document_id=document_id,
        engine=settings.engine,
        whole=False,
    )
    return Scan(data=data, document=document, pages=tuple(pages))


def _read(prepared: Prepared, settings: Settings, *, where: str) -> tuple[Page, int]:
    """The page in the mode asked for, or in the better of two, and that mode.

    Better is the reading with more letters in words that were surely read.
    """

    def read(psm: int) -> Page:
        return tesseract.read(prepared.image, dpi=prepared.dpi, where=where, psm=psm, language=settings.language)

    first = settings.psm or tesseract.WHOLE_PAGE
    found = read(first)
    sure, all_letters = _letters(found)
    if settings.psm or sure >= _BADLY * all_letters > 0:
        return found, first
    again = read(tesseract.COLUMN)
    return (again, tesseract.COLUMN) if _letters(again)[0] > sure else (found, first)


def _read_again(upright: Upright, *, where: str) -> Page:
    """What RapidOCR reads, with boxes in pixels of the image of the file.

    It needs the page upright for the order of lines; enlarged, the testimony of the EHRI loses its blanks in it.
    """
    return _moved(second.read(upright.image, where=where), upright.back)


def _letters(page: Page) -> tuple[int, int]:
    """How many letters of `page` are in words surely read, and how many there are."""
    reads = [read for line in lines_of([page]) for read in line]
    return sum(letters(read.text) for read in reads if is_sure(read)), sum(letters(read.text) for read in reads)


def _moved(page: Page, back: Affine) -> Page:
    """`page` with its boxes moved to the image that they came from."""
    return tuple(
        replace(part, block=_moved_block(part.block, back)) if isinstance(part, Zone) else _moved_block(part, back)
        for part in page
    )


def _moved_block(block: Block, back: Affine) -> Block:
    return tuple(tuple(replace(read, box=back.box(read.box) if read.box else None) for read in line) for line in block)
