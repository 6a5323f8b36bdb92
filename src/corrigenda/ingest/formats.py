"""Which format a file is in, by what it holds and not by its name, and the reader for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError
from corrigenda.ingest import alto, hocr, page_xml, rawtext, xml
from corrigenda.values import Document, Intake, Transcript

if TYPE_CHECKING:
    from lxml import etree

    from corrigenda.ingest.compose import Page

__all__ = ["Layout", "layout_of", "read", "read_transcript"]

_READERS: dict[str, ModuleType] = {alto.ROOT: alto, page_xml.ROOT: page_xml}
_HEAD_BYTES = 65_536
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
# XML proper, a document type, or a tag; `<` may also be how a speck was read.
_PROLOGUE = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\b|<!--)", re.IGNORECASE)
_TAG = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])([^<>]*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HOCR_CLASS = re.compile(rf"""\bclass\s*=\s*["'][^"'<>]*\b{hocr.PAGE}\b""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A file of a layout format: its root element, and the module of `ingest` that reads the format."""

    reader: ModuleType
    root: etree._Element

    @property
    def pages(self) -> tuple[Page, ...]:
        """What was read on each page."""
        found: tuple[Page, ...] = self.reader.pages_of(self.root)
        return found


def layout_of(data: bytes, *, path: str) -> Layout | None:
    """The file in `data` where it is ALTO, PAGE or hOCR, and None where it is raw text.

    Raises BadInputError where it is markup of another kind, or cannot be read as what it is.
    """
    head = _head(data)
    if not _is_markup(head, data):
        return None
    if _is_html(head):
        return Layout(reader=hocr, root=hocr.parse(data, path=path))
    root = xml.parse(data, path=path)
    reader = _READERS.get(xml.local_name(root))
    if reader is None:
        raise _unknown(root, path)
    return Layout(reader=reader, root=root)


def read(data: bytes, *, path: str, document_id: str, whole: bool = False, blank: bool = False) -> Intake:
    """The document in a file of raw text, ALTO, PAGE or hOCR, and the transcription if one follows raw text.

    The text of a layout format is put together from its words, so only for raw text are document and aside the whole
    file. `whole` says that the file is a passage without a page around it, `blank` that nothing need have been read
    (`rawtext.read`).

    Raises BadInputError where the file cannot be read as any of these, or holds nothing that could be corrected.
    """
    document = _laid_out(data, path, document_id, whole=whole)
    if document is None:
        return rawtext.read(data, path=path, document_id=document_id, whole=whole, blank=blank)
    if not (whole or blank):
        rawtext.refuse_without_body(document)
    return Intake(document=document, transcript=None, aside="")


def read_transcript(data: bytes, *, path: str, document_id: str, whole: bool = False) -> Transcript:
    """The transcription in a file of its own, in any of the formats of `read`."""
    document = _laid_out(data, path, document_id, whole=whole)
    if document is None:
        return rawtext.read_transcript(data, path=path, document_id=document_id, whole=whole)
    if not whole and not document.text.strip():
        raise BadInputError(
            where=path,
            what="no transcription: the file describes pages without a word on them",
            remedy="Export it with its text, or leave the file out",
        )
    return Transcript(document_id=document_id, text=document.text, segments=document.segments, source=document.source)


def _laid_out(data: bytes, path: str, document_id: str, *, whole: bool) -> Document | None:
    """The document in a layout format; None where the file is raw text."""
    layout = layout_of(data, path=path)
    if layout is None:
        return None
    document: Document = layout.reader.document_of(
        layout.root, data=data, path=path, document_id=document_id, whole=whole
    )
    return document


def _head(data: bytes) -> str:
    """The beginning of the file, read just well enough to see its tags."""
    encoding = "utf-16" if data.startswith(_WIDE_BOMS) else "utf-8-sig"
    return data[:_HEAD_BYTES].decode(encoding, errors="replace")


def _is_markup(head: str, data: bytes) -> bool:
    """Whether `data`, which begins with `head`, is XML or HTML; a "<tag" that nothing closes may be OCR text."""
    if _PROLOGUE.match(head):
        return True
    tag = _TAG.match(head.lstrip())
    if tag is None:
        return False
    known = tag[1] in _READERS or tag[1].lower() == "html" or _HOCR_CLASS.search(head) is not None
    return known or "xmlns" in tag[2] or data.rstrip().endswith(f"{tag[1]}>".encode())


def _is_html(head: str) -> bool:
    """Whether the first element is `html`, or there is a page of hOCR, which may come without its frame."""
    tag = _TAG.search(_COMMENT.sub("", head))
    return (tag is not None and tag[1].lower() == "html") or _HOCR_CLASS.search(head) is not None


def _unknown(root: etree._Element, path: str) -> BadInputError:
    return BadInputError(
        where=f"{path}, line {root.sourceline}",
        what=f"XML of an unknown kind, its root is <{xml.local_name(root)}>",
        remedy="Give raw text, ALTO (root <alto>), PAGE (root <PcGts>) or hOCR (HTML)",
    )
