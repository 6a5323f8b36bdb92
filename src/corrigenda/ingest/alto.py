"""ALTO, the layout format of libraries (versions 2 to 4): https://www.loc.gov/standards/alto/."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corrigenda.ingest.compose import Block, Page, Read, box, compose, fraction, tidy
from corrigenda.ingest.xml import local_name, parse, words_of
from corrigenda.values import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from corrigenda.values import Document

__all__ = ["HYPHENS", "ROOT", "document_of", "pages_of", "read"]

ROOT = "alto"

# The schema puts the print space behind all four margins; a reader begins at the top and ends at the foot.
_SPACES = ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin")
HYPHENS = ("-", "‐", "\xad", "¬", "⸗")
"""How the end of a broken word may be written."""


def read(data: bytes, *, path: str, document_id: str, whole: bool = False) -> Document:
    """The document in an ALTO file, in whichever of its namespaces; boxes only where the file measures in pixels.

    Raises BadInputError where `data` is no safe, well-formed XML.
    """
    return document_of(parse(data, path=path), data=data, path=path, document_id=document_id, whole=whole)


def document_of(root: etree._Element, *, data: bytes, path: str, document_id: str, whole: bool) -> Document:
    """The document below the `alto` element `root`, which was parsed from `data`."""
    return compose(pages_of(root), data=data, path=path, document_id=document_id, engine=_engine(root), whole=whole)


def pages_of(root: etree._Element) -> tuple[Page, ...]:
    """What was read on each page below the `alto` element `root`."""
    # The other units, mm10 and inch1200, become pixels only with the resolution of the image, which ALTO does not
    # state; a file that names no unit may mean any.
    in_pixels = words_of(root.find("{*}Description/{*}MeasurementUnit")).lower() == "pixel"
    return tuple(_page(page, in_pixels=in_pixels) for page in root.iterfind("{*}Layout/{*}Page"))


def _engine(root: etree._Element) -> str | None:
    """Name and version of the first program that the description of the recognition names."""
    for step in ("ocrProcessingStep", "Processing"):
        for software in root.iterfind(f"{{*}}Description//{{*}}{step}//{{*}}processingSoftware"):
            name, version = (words_of(software.find(f"{{*}}software{part}")) for part in ("Name", "Version"))
            if name:
                return name if version in name else f"{name} {version}"
    return None


def _page(page: etree._Element, *, in_pixels: bool) -> Page:
    spaces = [space for name in _SPACES for space in page.iterchildren(f"{{*}}{name}")]
    blocks = (block for space in spaces for block in space.iter("{*}TextBlock"))
    return tuple(_block(block, in_pixels=in_pixels) for block in blocks)


def _block(block: etree._Element, *, in_pixels: bool) -> Block:
    return tuple(tuple(_line(line, in_pixels=in_pixels)) for line in block.iterchildren("{*}TextLine"))


def _line(line: etree._Element, *, in_pixels: bool) -> Iterator[Read]:
    """The strings of a line; its hyphen, an element of its own, is put back on the word that it breaks."""
    held: Read | None = None
    for element in line.iterchildren("{*}String", "{*}HYP"):
        place = _box(element) if in_pixels else None
        content = tidy(element.get("CONTENT") or "")
        if local_name(element) == "String":
            if held:
                yield held
            held = Read(
                text=content,
                box=place,
                confidence=fraction(element.get("WC")),
                alternatives=tuple(filter(None, map(_alternative, element.iterchildren("{*}ALTERNATIVE")))),
                elements=(element,),
            )
        elif held and not held.text.endswith(HYPHENS):
            held = replace(
                held,
                text=held.text + (content or "-"),
                box=_around(held.box, place),
                elements=(*held.elements, element),
            )
    if held:
        yield held


def _alternative(element: etree._Element) -> str:
    return tidy(words_of(element))


def _around(word: Box | None, hyphen: Box | None) -> Box | None:
    """The box around both; that of the word where the hyphen has none."""
    if word is None or hyphen is None:
        return word
    return Box(
        left=min(word.left, hyphen.left),
        top=min(word.top, hyphen.top),
        right=max(word.right, hyphen.right),
        bottom=max(word.bottom, hyphen.bottom),
    )


def _box(element: etree._Element) -> Box | None:
    try:
        left, top, width, height = (float(element.get(name) or "") for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    except ValueError:
        return None
    return box(left, top, left + width, top + height)
