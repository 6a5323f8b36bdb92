"""Volumes of *Foreign Relations of the United States* (FRUS) in the TEI of the series.

A volume is read as a stream: of its tree there is never more than one document in memory. A document's paragraphs are
its own words; source note and footnotes are kept apart from them, and where a printed page begins is told by place.
What the editors say in brackets of a gap, such as `[1 line not declassified]`, is text and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import EditionDocument, PageBreak
from corrigenda.ingest.xml import local_name, not_well_formed, refuse_entities

__all__ = ["no_document", "read_tei"]

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "ab argument bibl body byline castItem closer dateline div epigraph figure floatingText front head item l "
        "lg list listBibl listPerson opener p person postscript quote row salute signed sp table trailer",
    )
)
# The cells of a row stand on one line, and so does the label of an item with the item.
_SPACED = frozenset({"cell", "lb"})
# HTML has a `div` too, and other formats may; an extract of a volume may begin with that of a document.
_ROOTS = frozenset({"TEI", "TEI.2", "teiCorpus", "text", "div"})
_SKIPPED = frozenset({"figDesc", "graphic", "teiHeader"})
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d+\.\s+")
# Neither is in any text: they mark where a page begins while white space is still to be settled.
_PAGE, _PARAGRAPH = "\ue000", "\ue001"


def read_tei(data: bytes, *, work: str, path: str) -> Iterator[EditionDocument]:
    """The documents of a volume in order, and its sections that are none (preface, persons, index) without a number.

    `work` is how the volume is cited, `path` is for errors. Raises BadInputError that names the line where the XML
    declares entities or is not well-formed; what came before that line has been handed out. Raises it as well where
    the XML is no TEI.
    """
    refuse_entities(data, path=path)
    events = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=("{*}div", "{*}pb"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # a volume may pass ten million bytes; entities, which could grow it, are refused above
    )
    open_: list[_Open] = []
    page = ""
    try:
        for event, element in events:
            if not open_ and event == "start" and local_name(root := element.getroottree().getroot()) not in _ROOTS:
                raise no_document(path, f"is no TEI: its outermost element is {local_name(root)!r}")
            if local_name(element) == "pb":
                page = element.get("n", "") if event == "end" else page
            elif event == "start":
                open_.append(_Open(page=page, inside=any(one.is_document for one in open_), element=element))
            else:
                yield from _closed(open_, work)
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, path=path) from error


def no_document(path: str, what: str = "holds no div of type document or section with text in it") -> BadInputError:
    """The error for XML that holds nothing of an edition."""
    return BadInputError(
        where=path,
        what=what,
        remedy="Give a volume of FRUS in TEI, as its Office of the Historian publishes them, or its text as .txt",
    )


@dataclass(kw_only=True, slots=True)
class _Open:
    """A div that is not at its end yet: the page it begins on, and whether it lies in a document or holds divs."""

    element: etree._Element
    page: str
    inside: bool
    holds_divs: bool = False

    @property
    def is_document(self) -> bool:
        return self.element.get("type") == "document"


def _closed(open_: list[_Open], work: str) -> Iterator[EditionDocument]:
    """What the div that ends holds; its tree is let go then."""
    one = open_.pop()
    if one.inside:
        return
    if open_:
        open_[-1].holds_divs = True
    if one.is_document or not one.holds_divs:
        found = _document(one.element, one.page, work)
        if found.paragraphs or found.footnotes:
            yield found
        one.element.clear()
        while (previous := one.element.getprevious()) is not None:
            # What stands before is read, and would add up to the whole volume.
            previous.getparent().remove(previous)  # type: ignore[union-attr]


@dataclass(kw_only=True, slots=True)
class _Flow:
    """The text of a document as it is read: pieces with marks for paragraphs and pages, and the notes apart."""

    pieces: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _document(element: etree._Element, page: str, work: str) -> EditionDocument:
    head = next((child for child in element if _name(child) == "head"), None)
    title, body = _Flow(), _Flow()
    if head is not None:
        _read(head, title)
    for child in element:
        if child is not head:
            _read(child, body)
            body.pieces.append(child.tail or "")
    paragraphs, breaks = _paragraphs(body)
    number = element.get("n") if element.get("type") == "document" else None
    heading = _NUMBER.sub("", _line(title.pieces), count=1) if number else _line(title.pieces)
    source = [*title.source, *body.source]
    cited = f"document {number}, {heading}" if number else heading
    return EditionDocument(
        number=number,
        title=heading,
        paragraphs=paragraphs,
        source_note=" ".join(source) or None,
        footnotes=(*title.notes, *body.notes),
        citation=f"{work}, {cited}" if cited else work,
        id=element.get(_ID, ""),
        date=_date(element),
        places=_texts(element, "dateline", "placeName"),
        persons=_persons(element),
        pages=(*((PageBreak(paragraph=0, offset=0, page=page),) if page else ()), *breaks),
    )


def _name(element: etree._Element) -> str:
    """The local name of an element; empty for what is none, such as a reference to an entity."""
    return local_name(element) if isinstance(element.tag, str) else ""


def _read(element: etree._Element, flow: _Flow) -> None:
    """Add the text of an element and all below it to `flow`; not what follows it."""
    name = _name(element)
    if not name or name in _SKIPPED:
        return
    if name == "note":
        _read_note(element, flow)
        return
    if name == "pb":
        flow.pieces.append(_PAGE)
        flow.pages.append(element.get("n", ""))
        return
    before, after = _edges(element, name)
    flow.pieces += [before, element.text or ""]
    if name == "gap" and not (element.text or len(element)):
        # "[5 lines not declassified]", as the edition prints where it has no words of its own for a gap.
        flow.pieces.append(f"[{element.get('extent') or 'text'} {element.get('reason') or 'not declassified'}]")
    for child in element:
        _read(child, flow)
        flow.pieces.append(child.tail or "")
    flow.pieces.append(after)


def _edges(element: etree._Element, name: str) -> tuple[str, str]:
    """What parts the text of an element from what stands before and after it."""
    if name in _SPACED:
        return " ", " "
    if name == "label":
        return _PARAGRAPH, " "
    if name not in _BLOCKS:
        return "", ""
    labelled = element.getprevious()
    return (" " if labelled is not None and _name(labelled) == "label" else _PARAGRAPH), _PARAGRAPH


def _read_note(element: etree._Element, flow: _Flow) -> None:
    inner = _Flow(pieces=[element.text or ""])
    for child in element:
        _read(child, inner)
        inner.pieces.append(child.tail or "")
    flow.notes += inner.notes
    is_source = element.get("type") == "source" or element.get("n") == "0"
    (flow.source if is_source and not flow.source else flow.notes).append(_line(inner.pieces))


def _line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).replace(_PARAGRAPH, " ").replace(_PAGE, "").split())


def _paragraphs(flow: _Flow) -> tuple[tuple[str, ...], list[PageBreak]]:
    """The paragraphs that hold words, and where in them the pages of `flow` begin."""
    paragraphs: list[str] = []
    breaks: list[PageBreak] = []
    pages = iter(flow.pages)
    for raw in "".join(flow.pieces).split(_PARAGRAPH):
        text = ""
        for number, piece in enumerate(" ".join(raw.split()).split(_PAGE)):
            if number:
                breaks.append(PageBreak(paragraph=len(paragraphs), offset=len(text), page=next(pages)))
            text += piece.lstrip() if text.endswith(" ") or not text else piece
        if text := text.rstrip():
            paragraphs.append(text)
    return tuple(paragraphs), breaks


def _date(element: etree._Element) -> str | None:
    """The day that the mark-up gives: that of the dateline, else the first that the document may be of."""
    for date in element.iterfind("{*}dateline//{*}date"):
        day = _DATE.match(date.get("when") or date.get("from") or date.get("notBefore") or "")
        if day:
            return day[0]
    named = (value for key, value in element.attrib.items() if str(key).endswith("doc-dateTime-min"))
    day = _DATE.match(str(next(named, "")))
    return day[0] if day else None


def _texts(element: etree._Element, within: str, name: str) -> tuple[str, ...]:
    found = element.iterfind(f".//{{*}}{within}//{{*}}{name}")
    return tuple(dict.fromkeys(" ".join("".join(map(str, one.itertext())).split()) for one in found))


def _persons(element: etree._Element) -> tuple[str, ...]:
    """The persons that are named, in order: their ids in the list of persons, else the name as printed."""
    found = element.iterfind(".//{*}persName")
    names = ((one.get("corresp") or "").removeprefix("#") or _line([str(t) for t in one.itertext()]) for one in found)
    return tuple(dict.fromkeys(filter(None, names)))
