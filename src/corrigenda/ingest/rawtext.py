"""Raw OCR text, and the transcription that may follow it in the same file.

The two are parted here, at the first step, into values of different types: nothing that corrects takes a
`Transcript`, so what a human read can never leak into what is measured against it.
"""

from __future__ import annotations

import hashlib
import re

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import Decoded, decode
from corrigenda.ingest.segment import pages, segment
from corrigenda.values import Document, Intake, Segment, SegmentKind, Source, Span, Transcript, Word

__all__ = ["read", "read_transcript"]

_MARKER = re.compile(
    r"(?:\A|(?<=[\r\n\f]))(?:[^\w\r\n\f]|_)*TRANSCRIBED[ \t]+PAGES[ \t]+FOLLOW(?:[^\w\r\n\f]|_)*(?=[\r\n\f]|\Z)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")

# A page of these alone was still written by somebody; marks, stamps and numbers alone are an empty form.
_WRITTEN = SegmentKind.correctable() | {SegmentKind.SALUTATION, SegmentKind.CLOSING, SegmentKind.SIGNATURE}


def read(data: bytes, *, path: str, document_id: str) -> Intake:
    r"""The document in `data`, the transcription if one follows, and the text set aside from the marker on.

    Raises `BadInputError` where `data` is no text, or holds nothing that could be corrected.

    >>> intake = read(b"Tbe talks.\nTRANSCRIBED PAGES FOLLOW\nThe talks.", path="a.txt", document_id="a")
    >>> intake.document.text, intake.transcript.text
    ('Tbe talks.\n', 'The talks.')
    """
    decoded = decode(data, path=path)
    source = _source(data, decoded, path)
    marker = _MARKER.search(decoded.text)
    own = decoded.text[: marker.start()] if marker else decoded.text
    if not own.strip():
        raise BadInputError(
            where=path,
            what="only a transcription: nothing stands before the line TRANSCRIBED PAGES FOLLOW",
            remedy="Put the OCR text above that line, or give this file as the truth of another",
        )
    document = _document(own, document_id, source)
    if not any(part.kind in _WRITTEN for part in document.segments):
        raise BadInputError(
            where=path,
            what="no body: the file holds only marks, stamps and page numbers",
            remedy="Check that OCR read the page, or leave the file out",
        )
    transcribed = decoded.text[marker.end() :].lstrip("\r\n\f") if marker else ""
    transcript = _transcript(transcribed, document_id, source) if transcribed.strip() else None
    return Intake(document=document, transcript=transcript, aside=decoded.text[len(own) :])


def read_transcript(data: bytes, *, path: str, document_id: str) -> Transcript:
    """The transcription in a file of its own; where the file has the marker line, what follows that."""
    decoded = decode(data, path=path)
    marker = _MARKER.search(decoded.text)
    text = decoded.text[marker.end() :].lstrip("\r\n\f") if marker else decoded.text
    if not text.strip():
        raise BadInputError(
            where=path,
            what="no transcription: nothing stands after the line TRANSCRIBED PAGES FOLLOW",
            remedy="Put the transcription below that line, or leave the file out",
        )
    return _transcript(text, document_id, _source(data, decoded, path))


def _source(data: bytes, decoded: Decoded, path: str) -> Source:
    return Source(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        bom=decoded.bom,
        line_ends=decoded.line_ends,
    )


def _document(text: str, document_id: str, source: Source) -> Document:
    found = pages(text)
    return Document(
        id=document_id,
        text=text,
        pages=found,
        words=tuple(
            Word(text=match.group(), span=Span(start=match.start(), end=match.end())) for match in _WORD.finditer(text)
        ),
        segments=segment(text, found),
        source=source,
    )


def _transcript(text: str, document_id: str, source: Source) -> Transcript:
    segments: tuple[Segment, ...] = segment(text, pages(text))
    return Transcript(document_id=document_id, text=text, segments=segments, source=source)
