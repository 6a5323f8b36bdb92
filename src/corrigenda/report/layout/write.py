"""A page in the layout format that it came in, with its corrections in it, and the way back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError
from corrigenda.ingest import alto as alto_in
from corrigenda.ingest import hocr as hocr_in
from corrigenda.ingest import page_xml as page_in
from corrigenda.ingest.compose import Read, lines_of
from corrigenda.ingest.formats import layout_of
from corrigenda.report.layout import alto, hocr, page_xml
from corrigenda.report.layout.changes import Change, changes
from corrigenda.report.layout.markup import Edit, Markup, markup_of

if TYPE_CHECKING:
    from lxml import etree

    from corrigenda.values import Corrected, Document, Flag, Span

__all__ = ["ENDINGS", "corrected_layout", "restored_layout"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Format:
    """How corrections, flags and the way back are written in a format; `flagging` is None where it has no room."""

    ending: str
    edits: Callable[[Markup, Sequence[Read], Iterable[Change]], Iterator[Edit]]
    restoring: Callable[[Markup, etree._Element], Iterator[Edit]]
    flagging: Callable[[Markup, Sequence[Read], dict[int, str]], Iterator[Edit]] | None = None


_FORMATS = {
    alto_in: _Format(ending=".corrected.alto.xml", edits=alto.edits, restoring=alto.restoring),
    page_in: _Format(
        ending=".corrected.page.xml",
        edits=page_xml.edits,
        restoring=page_xml.restoring,
        flagging=page_xml.flagging,
    ),
    hocr_in: _Format(ending=".corrected.hocr", edits=hocr.edits, restoring=hocr.restoring, flagging=hocr.flagging),
}
ENDINGS = tuple(format_.ending for format_ in _FORMATS.values())
"""The endings of the files that `corrected_layout` is for."""


def corrected_layout(data: bytes, document: Document, corrected: Corrected) -> tuple[str, bytes] | None:
    """The file in `data`, from which `document` was read, with the corrections in it, and the ending for its name.

    None where it is raw text. Nothing but the words that corrections reach into is written anew; their readings are
    kept in the file. Words that are flagged say why where the format has room for it.

    Raises BadInputError where `data` is not the file of the document.
    """
    layout = layout_of(data, path=document.source.path)
    if layout is None:
        return None
    lines = tuple(lines_of(layout.pages))
    reads = [read for line in lines for read in line]
    if [read.text for read in reads] != [word.text for word in document.words]:
        raise BadInputError(
            where=document.source.path,
            what="the words of the file are not those that were corrected",
            remedy="Give the file that was corrected, or correct it again",
        )
    markup = markup_of(data, layout, path=document.source.path)
    spans = [word.span for word in document.words]
    made = changes(document.text, spans, lines, corrected.corrections)
    changed = {number for change in made for number in range(change.first, change.stop)}
    flags = {number: why for number, why in _flagged(spans, corrected.flags).items() if number not in changed}
    format_ = _FORMATS[layout.reader]
    edits = [*format_.edits(markup, reads, made), *(format_.flagging(markup, reads, flags) if format_.flagging else ())]
    return format_.ending, markup.edited(edits)


def _flagged(spans: Sequence[Span], flags: Sequence[Flag]) -> dict[int, str]:
    """Why words are doubtful, by their numbers; of several flags the first tells."""
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    found: dict[int, str] = {}
    for flag in flags:
        for number in range(bisect_right(ends, flag.span.start), bisect_left(starts, flag.span.end)):
            found.setdefault(number, flag.why)
    return found


def restored_layout(data: bytes, *, path: str) -> bytes:
    """A file that `corrected_layout` gave, with the readings that it kept put back; nothing else is asked.

    The text is the original one. Boxes are, too, but for words that a correction merged: those stay one word.
    """
    layout = layout_of(data, path=path)
    if layout is None:
        raise BadInputError(where=path, what="this is no layout format", remedy="Give ALTO, PAGE or hOCR")
    markup = markup_of(data, layout, path=path)
    return markup.edited(_FORMATS[layout.reader].restoring(markup, layout.root))
