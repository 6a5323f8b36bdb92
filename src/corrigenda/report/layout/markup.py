"""Where the elements of a file stand in it, letter by letter, so that only what changes is written anew.

A parser that writes its tree out again changes quotes, blanks between attributes, the declaration and comments. Here
the file stays the text that it is, and single stretches of it are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.parsers import expat

from corrigenda.errors import BadInputError
from corrigenda.ingest import hocr
from corrigenda.ingest.decode import decode, encode

if TYPE_CHECKING:
    from lxml import etree

    from corrigenda.ingest.formats import Layout

__all__ = ["Edit", "Markup", "Place", "attribute", "escaped", "markup_of", "new_id", "with_attributes"]

_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_TAG_END = re.compile(r"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s=<>"'/]+)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an element stands: its start tag is `[start, inner)`, its end tag `[close, end)`.

    An element without an end tag, such as `<SP/>`, has `inner`, `close` and `end` in one place.
    """

    start: int
    inner: int
    close: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What takes the place of `[start, end)` of a file; several at one place are put in as they come."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Markup:
    """A file as text, and where each element of its tree stands in it; `encoding` is the codec to write it with."""

    text: str
    places: dict[etree._Element, Place]
    ids: set[str]
    encoding: str
    bom: bytes

    def tag(self, element: etree._Element) -> str:
        """The start tag of `element`, as the file has it."""
        place = self.places[element]
        return self.text[place.start : place.inner]

    def inside(self, element: etree._Element) -> str:
        """All between the tags of `element`, as the file has it."""
        place = self.places[element]
        return self.text[place.inner : place.close]

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The bytes of the file with `edits` made, none of which may reach into another."""
        pieces: list[str] = []
        at = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            if edit.start < at:
                msg = f"edits of the file overlap at {edit.start}"
                raise ValueError(msg)
            pieces += [self.text[at : edit.start], edit.text]
            at = edit.end
        # A letter that an old encoding lacks is a character reference, which markup may have anywhere.
        return self.bom + "".join([*pieces, self.text[at:]]).encode(self.encoding, "xmlcharrefreplace")


def markup_of(data: bytes, layout: Layout, *, path: str) -> Markup:
    """The places of the elements of `layout`, which was parsed from `data`.

    Of hOCR only those with a class are told. Raises BadInputError where a page is so damaged that the parser had to
    put it right and nobody can say what stands where.
    """
    ids = {str(value) for e in layout.root.iter() for name in ("id", "ID") if (value := e.get(name))}
    if layout.reader is hocr:
        decoded = decode(data, path=path)
        elements = [element for element in layout.root.iter() if element.get("class")]
        finder = _Finder(decoded.text)
        if [str(e.tag) for e in elements] != finder.names:
            raise _damaged(path)
        places = dict(zip(elements, finder.places(), strict=True))
        bom = encode("", encoding=decoded.encoding, bom=decoded.bom)
        codec = {"utf-8": "utf-8", "windows-1252": "cp1252"}[decoded.encoding]
        return Markup(text=decoded.text, places=places, ids=ids, encoding=codec, bom=bom)
    wide = _WIDE.get(data[:2])
    codec = wide or layout.root.getroottree().docinfo.encoding or "utf-8"
    bom = data[:2] if wide else b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data.removeprefix(bom).decode(codec)
    found = _places_in_xml(text)
    elements = list(layout.root.iter())
    if len(found) != len(elements):
        raise _damaged(path)
    return Markup(text=text, places=dict(zip(elements, found, strict=True)), ids=ids, encoding=codec, bom=bom)


def _damaged(path: str) -> BadInputError:
    return BadInputError(
        where=path,
        what="the markup is so damaged that corrections cannot be put into it",
        remedy="Write the file anew with the program that made it, or give the plain text of it",
    )


def _places_in_xml(text: str) -> list[Place]:
    """The places of all elements in the order of their start tags."""
    begun: list[int] = []
    ended: dict[int, int] = {}
    open_: list[int] = []
    parser = expat.ParserCreate("utf-8")

    def start(_name: str, _attributes: dict[str, str]) -> None:
        open_.append(len(begun))
        begun.append(parser.CurrentByteIndex)

    def end(_name: str) -> None:
        ended[open_.pop()] = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    raw = text.encode()
    parser.Parse(raw, True)  # noqa: FBT003 (expat names no argument)
    letters = _letters(raw, {*begun, *ended.values()})
    return [_place(text, letters[offset], letters[ended[number]]) for number, offset in enumerate(begun)]


def _letters(raw: bytes, offsets: Iterable[int]) -> dict[int, int]:
    """For offsets in UTF-8 those in the text: expat counts bytes."""
    found: dict[int, int] = {}
    at = count = 0
    for offset in sorted(offsets):
        count += len(raw[at:offset].decode())
        found[offset] = count
        at = offset
    return found


def _place(text: str, start: int, close: int) -> Place:
    inner = _TAG_END.match(text, start).end()  # type: ignore[union-attr]  # the parser has seen it end
    if text.startswith("/>", inner - 2):
        return Place(start=start, inner=inner, close=inner, end=inner)
    return Place(start=start, inner=inner, close=close, end=text.index(">", close) + 1)


class _Finder(HTMLParser):
    """The elements of HTML that have a class, in the order of their start tags."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._spans: list[tuple[int, int]] = []
        self._ends: dict[int, tuple[int, int]] = {}
        self._open: list[tuple[str, int | None]] = []
        self.feed(text)
        self.close()

    def places(self) -> list[Place]:
        """Each element's place; one that nothing closes ends where what holds it ends."""
        ends = [self._ends.get(number, (len(self._text),) * 2) for number in range(len(self._spans))]
        return [
            Place(start=start, inner=inner, close=close, end=end)
            for (start, inner), (close, end) in zip(self._spans, ends, strict=True)
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the element begins, and that it is open."""
        number = self._note(tag, attrs)
        if tag not in _VOID:
            self._open.append((tag, number))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is closed at once."""
        number = self._note(tag, attrs)
        if number is not None:
            self._ends[number] = (self._spans[number][1],) * 2

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this name, and those inside it that nobody closed."""
        if not any(name == tag for name, _ in self._open):
            return
        at = self._offset()
        while self._open:
            name, number = self._open.pop()
            closed = name == tag
            if number is not None:
                self._ends[number] = (at, self._text.index(">", at) + 1) if closed else (at, at)
            if closed:
                return

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> int | None:
        if not any(name == "class" and value for name, value in attrs):
            return None
        start = self._offset()
        self.names.append(tag)
        self._spans.append((start, start + len(self.get_starttag_text() or "")))
        return len(self._spans) - 1

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def escaped(text: str) -> str:
    """`text` as it may stand between tags."""
    return escape(text, quote=False)


def attribute(text: str, quote: str = '"') -> str:
    """`text` as the value of an attribute, in quotes."""
    value = escape(text, quote=False).replace("\n", "&#10;").replace("\t", "&#9;")
    return quote + value.replace(quote, "&quot;" if quote == '"' else "&#39;") + quote


def with_attributes(tag: str, values: dict[str, str | None]) -> str:
    """A start tag with other values of some attributes, each in the quotes that it had; None takes one away.

    >>> with_attributes('<SP  WIDTH="4" ID="a"/>', {"WIDTH": "5", "ID": None, "HPOS": "1"})
    '<SP  WIDTH="5" HPOS="1"/>'
    """
    for name, value in values.items():
        found = next((a for a in _ATTRIBUTE.finditer(tag) if a["name"].lower() == name.lower()), None)
        if found is None:
            if value is not None:
                end = len(tag[:-1].removesuffix("/").rstrip())
                tag = f"{tag[:end]} {name}={attribute(value)}{tag[end:]}"
        elif value is None:
            tag = tag[: found.start()] + tag[found.end() :]
        else:
            quote = found["value"][0] if found["value"][0] in "\"'" else '"'
            tag = tag[: found.start("value")] + attribute(value, quote) + tag[found.end() :]
    return tag


def new_id(markup: Markup, old: str) -> str:
    """An id that nothing in the file has, made of the one that an element there has."""
    number = 2
    while f"{old}_{number}" in markup.ids:
        number += 1
    markup.ids.add(f"{old}_{number}")
    return f"{old}_{number}"
