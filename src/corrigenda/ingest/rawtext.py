"""Raw OCR text, and the transcription that may follow it in the same file.

The two are parted here, at the first step, into values of different types: nothing that corrects takes a
`Transcript`, so what a human read can never leak into what is measured against it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import Decoded, decode
from corrigenda.ingest.segment import pages, segment, whole_text
from corrigenda.values import Document, Intake, Segment, SegmentKind, Source, Span, Transcript, Word

__all__ = ["document_of", "read", "read_transcript", "refuse_without_body", "transcript_of"]

_MARKER = re.compile(
    r"(?:\A|(?<=[\r\n\f]))(?:[^\w\r\n\f]|_)*TRANSCRIBED[ \t]+PAGES[ \t]+FOLLOW(?:[^\w\r\n\f]|_)*(?=[\r\n\f]|\Z)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_NO_WORDS = "no text: the file describes pages without a word on them"

# A page of these alone was still written by somebody; marks, stamps and numbers alone are an empty form.
_WRITTEN = SegmentKind.correctable() | {SegmentKind.SALUTATION, SegmentKind.CLOSING, SegmentKind.SIGNATURE}


def read(data: bytes, *, path: str, document_id: str, whole: bool = False, blank: bool = False) -> Intake:
    r"""The document in `data`, the transcription if one follows, and the text set aside from the marker on.

    `whole` says that the file is a passage without a page around it: nothing is cut from it but marks, and it may be
    empty, since OCR may have read nothing. `blank` takes a page on which nothing was read for a page, too.

    Raises `BadInputError` where `data` is no text, or, but for these two, holds nothing that could be corrected.

    >>> intake = read(b"Tbe talks.\nTRANSCRIBED PAGES FOLLOW\nThe talks.", path="a.txt", document_id="a")
    >>> intake.document.text, intake.transcript.text
    ('Tbe talks.\n', 'The talks.')
    """
    decoded = _decoded(data, path, blank=whole or blank)
    source = _source(data, decoded, path)
    marker = _MARKER.search(decoded.text)
    own = decoded.text[: marker.start()] if marker else decoded.text
    if not whole and not own.strip() and (marker or not blank):
        raise BadInputError(
            where=path,
            what="only a transcription: nothing stands before the line TRANSCRIBED PAGES FOLLOW",
            remedy="Put the OCR text above that line, or give this file as the truth of another",
        )
    document = document_of(own, document_id, source, whole=whole)
    if not (whole or blank):
        refuse_without_body(document)
    transcribed = decoded.text[marker.end() :].lstrip("\r\n\f") if marker else ""
    transcript = transcript_of(transcribed, document_id, source, whole=whole) if transcribed.strip() else None
    return Intake(document=document, transcript=transcript, aside=decoded.text[len(own) :])


def read_transcript(data: bytes, *, path: str, document_id: str, whole: bool = False) -> Transcript:
    """The transcription in a file of its own; where the file has the marker line, what follows that.

    `whole` says that it is of a passage without a page around it, as in `read`; nobody may have found text there.
    """
    if not data.strip() and not whole:
        raise BadInputError(
            where=path,
            what="the transcription is empty",
            remedy="Transcribe the page, or leave the file out; with --whole it is a page without text",
        )
    decoded = _decoded(data, path, blank=whole)
    marker = _MARKER.search(decoded.text)
    text = decoded.text[marker.end() :].lstrip("\r\n\f") if marker else decoded.text
    if not text.strip() and (marker or not whole):
        raise BadInputError(
            where=path,
            what="no transcription: nothing stands after the line TRANSCRIBED PAGES FOLLOW",
            remedy="Put the transcription below that line, or leave the file out",
        )
    return transcript_of(text, document_id, _source(data, decoded, path), whole=whole)


def document_of(text: str, document_id: str, source: Source, *, whole: bool) -> Document:
    """The document that `text` is: its pages, its words by white space, and its segments."""
    found = pages(text)
    return Document(
        id=document_id,
        text=text,
        pages=found,
        words=tuple(
            Word(text=match.group(), span=Span(start=match.start(), end=match.end())) for match in _WORD.finditer(text)
        ),
        segments=whole_text(text) if whole else segment(text, found),
        source=source,
    )


def transcript_of(text: str, document_id: str, source: Source, *, whole: bool) -> Transcript:
    """The transcription that `text` is, taken apart as the document is."""
    segments: tuple[Segment, ...] = whole_text(text) if whole else segment(text, pages(text))
    return Transcript(document_id=document_id, text=text, segments=segments, source=source)


def refuse_without_body(document: Document) -> None:
    """Raise BadInputError where nobody wrote anything on the pages of `document`."""
    if not any(part.kind in _WRITTEN for part in document.segments):
        raise BadInputError(
            where=document.source.path,
            what="no body: the file holds only marks, stamps and page numbers" if document.text.strip() else _NO_WORDS,
            remedy="Check that OCR read the page, or leave the file out",
        )


def _decoded(data: bytes, path: str, *, blank: bool) -> Decoded:
    """The text in `data`, which may hold nothing but white space only if `blank`."""
    if blank and not data.removeprefix(codecs.BOM_UTF8).strip():
        # `decode` refuses such a file for all who need text, so it is given a letter that is taken off again.
        return replace(decode(data + b"x", path=path), text=data.removeprefix(codecs.BOM_UTF8).decode("ascii"))
    return decode(data, path=path)


def _source(data: bytes, decoded: Decoded, path: str) -> Source:
    return Source(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        bom=decoded.bom,
        line_ends=decoded.line_ends,
    )
