"""PAGE, the layout format of research on OCR (2013 to 2019): https://github.com/PRImA-Research-Lab/PAGE-XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corrigenda.ingest.compose import Block, Line, Page, Read, box, compose, fraction, tidy
from corrigenda.ingest.xml import local_name, parse, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from corrigenda.values import Box, Document

__all__ = ["ROOT", "document_of", "pages_of", "read", "readings_of"]

ROOT = "PcGts"

_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_LAST = 10**9


def read(data: bytes, *, path: str, document_id: str, whole: bool = False) -> Document:
    """The document in a PAGE file, its regions in the reading order that the file states.

    The text is that of the words, else that of the line, else that of the region; boxes are around the polygons.
    Raises BadInputError where `data` is no safe, well-formed XML.
    """
    return document_of(parse(data, path=path), data=data, path=path, document_id=document_id, whole=whole)


def document_of(root: etree._Element, *, data: bytes, path: str, document_id: str, whole: bool) -> Document:
    """The document below the `PcGts` element `root`, which was parsed from `data`."""
    return compose(pages_of(root), data=data, path=path, document_id=document_id, engine=_engine(root), whole=whole)


def pages_of(root: etree._Element) -> tuple[Page, ...]:
    """What was read on each page below the `PcGts` element `root`."""
    return tuple(_page(page) for page in root.iterchildren("{*}Page"))


def _engine(root: etree._Element) -> str | None:
    """The program of the recognition step, else the creator, which is a program or a person."""
    for item in root.iterfind("{*}Metadata/{*}MetadataItem"):
        if item.get("type") == "processingStep" and "recognition" in (item.get("name") or "").lower():
            return item.get("value") or None
    return tidy(words_of(root.find("{*}Metadata/{*}Creator"))) or None


def _page(page: etree._Element) -> Page:
    return tuple(_block(region) for region in _regions(page))


def _regions(page: etree._Element) -> Iterator[etree._Element]:
    """The text regions of `page`: first those in its reading order, then the others as they come.

    A region inside another (a cell of a table) follows it, unless the reading order has a place of its own for it.
    """
    named = dict.fromkeys(ref for order in page.iterchildren("{*}ReadingOrder") for ref in _references(order))
    by_id = {region.get("id"): region for region in page.iter() if _is_region(region)}
    for reference in named:
        if reference in by_id:
            yield from _with_nested(by_id[reference], named)
    for region in filter(_is_region, page.iterchildren()):
        if region.get("id") not in named:
            yield from _with_nested(region, named)


def _is_region(element: etree._Element) -> bool:
    return local_name(element).endswith("Region")


def _with_nested(region: etree._Element, named: dict[str, None]) -> Iterator[etree._Element]:
    if local_name(region) == "TextRegion":
        yield region
    for inner in filter(_is_region, region.iterchildren()):
        if inner.get("id") not in named:
            yield from _with_nested(inner, named)


def _references(group: etree._Element) -> Iterator[str]:
    """The ids that a group of the reading order names, those of the groups inside it included."""
    # Only members of an ordered group have an index; the sort leaves the others as they come.
    for member in sorted(group.iterchildren(), key=_index):
        # A group may itself stand for a region, whose parts it orders.
        if reference := member.get("regionRef"):
            yield reference
        yield from _references(member)


def _index(element: etree._Element) -> int:
    value = element.get("index") or ""
    return int(value) if value.isascii() and value.isdigit() else _LAST


def _block(region: etree._Element) -> Block:
    # A line may state its place; most programs write none, and the lines in order.
    lines = tuple(_line(line) for line in sorted(region.iterchildren("{*}TextLine"), key=_index))
    if any(read.text for line in lines for read in line):
        return lines
    # The text of a region with regions in it repeats theirs.
    if any(local_name(child) == "TextRegion" for child in region.iterchildren()):
        return ()
    text, confidence, _ = _text(region)
    rows = [row for row in map(tidy, text.splitlines()) if row]
    place = _box(region) if len(rows) == 1 else None
    return tuple((Read(text=row, box=place, confidence=confidence, elements=(region,), is_line=True),) for row in rows)


def _line(line: etree._Element) -> Line:
    words = tuple(_read(word) for word in line.iterchildren("{*}Word"))
    return words if any(word.text for word in words) else (_read(line, is_line=True),)


def _read(element: etree._Element, *, is_line: bool = False) -> Read:
    text, confidence, alternatives = _text(element)
    return Read(
        text=tidy(text),
        box=_box(element),
        confidence=confidence,
        alternatives=tuple(map(tidy, alternatives)),
        elements=(element,),
        is_line=is_line,
    )


def _text(element: etree._Element) -> tuple[str, float | None, tuple[str, ...]]:
    """The text of `element`, how sure the engine was of it, and its other readings; the lowest index is the text."""
    readings = readings_of(element)
    texts = [words_of(r.find("{*}Unicode")) or words_of(r.find("{*}PlainText")) for r in readings]
    if not texts:
        return "", None, ()
    return texts[0], fraction(readings[0].get("conf")), tuple(dict.fromkeys(t for t in texts[1:] if t))


def readings_of(element: etree._Element) -> list[etree._Element]:
    """The readings of `element` as the file ranks them; the first is its text."""
    return sorted(element.iterchildren("{*}TextEquiv"), key=_index)


def _box(element: etree._Element) -> Box | None:
    coords = element.find("{*}Coords")
    points = _POINT.findall(coords.get("points") or "") if coords is not None else []
    if not points:
        return None
    across, down = zip(*((float(x), float(y)) for x, y in points), strict=True)
    return box(min(across), min(down), max(across), max(down))
