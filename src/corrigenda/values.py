"""The frozen values that flow through the pipeline.

All offsets are half-open code-point offsets into `Document.text`, which is the decoded file and is never normalised.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

__all__ = [
    "EDITION",
    "Box",
    "Corrected",
    "Correction",
    "CorrectionKind",
    "Document",
    "Evidence",
    "Flag",
    "FlagKind",
    "Intake",
    "Reading",
    "Segment",
    "SegmentKind",
    "Source",
    "Span",
    "Suggestion",
    "Transcript",
    "Word",
]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of a text, in code points; `start == end` is a place between two letters."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"not a span: [{self.start}, {self.end})"
            raise ValueError(msg)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The stretch of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a letter, or one is a place strictly inside the other."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (sharing an edge is inside)."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle on the page image, in pixels from the upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A white-space word as the OCR engine gave it; `confidence` runs from 0 to 1."""

    text: str
    span: Span
    box: Box | None = None
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()


class SegmentKind(StrEnum):
    """What a stretch of a page is. Only the kinds in `SegmentKind.correctable()` are ever corrected."""

    BODY = "body"
    HEADING = "heading"
    ADDRESS = "address"
    LETTERHEAD = "letterhead"
    SALUTATION = "salutation"
    CLOSING = "closing"
    SIGNATURE = "signature"
    DRAFTING = "drafting"
    COPY = "copy"
    MARKING = "marking"
    STAMP = "stamp"
    REDACTION = "redaction"
    PAGE_NUMBER = "page_number"
    HANDWRITING = "handwriting"
    NOISE = "noise"

    @classmethod
    def correctable(cls) -> frozenset[SegmentKind]:
        """The kinds whose words may be corrected; everything else stays as it was read."""
        return frozenset({cls.BODY, cls.HEADING, cls.ADDRESS})


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A stretch of the page with what it is, and the rule that says so."""

    span: Span
    kind: SegmentKind
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a text came from, and what is needed to write it back byte for byte.

    `sha256` is of the whole file; `line_ends` only informs, since the text keeps its line ends as they are.
    """

    path: str
    sha256: str
    encoding: Literal["utf-8", "windows-1252"]
    bom: bool
    line_ends: Literal["lf", "crlf", "cr", "mixed", "none"]
    engine: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One record as the OCR has it; `segments` are disjoint, ordered, and cover all that is not white space."""

    id: str
    text: str
    pages: tuple[Span, ...]
    words: tuple[Word, ...]
    segments: tuple[Segment, ...]
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Transcript:
    """A human transcription. It goes to `score` and nowhere else; no function of `correct` takes one."""

    document_id: str
    text: str
    segments: tuple[Segment, ...]
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What one file held: the document, the transcription if one followed it, and the text set aside verbatim.

    `document.text + aside` is the whole decoded file, so that undoing gives the file back byte for byte.
    """

    document: Document
    transcript: Transcript | None
    aside: str


class CorrectionKind(StrEnum):
    """What a correction mends.

    `restoration` puts back words that the OCR lost and an edition prints; `deletion` takes out dirt that was read as
    letters; `redaction` mends nothing, but sets in brackets beside their citation the words that an edition prints
    where the release hides them.
    """

    SPACING = "spacing"
    HYPHEN = "hyphen"
    CHARACTER = "character"
    REAL_WORD = "real word"
    NAME = "name"
    NUMBER = "number"
    PUNCTUATION = "punctuation"
    CASE = "case"
    RESTORATION = "restoration"
    DELETION = "deletion"
    REDACTION = "redaction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One reason for a correction: the rule that spoke, what it saw, its figure, and a citation where it has one."""

    rule: str
    says: str
    figure: float | None = None
    citation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """`before`, which stands at `span` of the document, becomes `after`; `probability` that `after` is right."""

    span: Span
    before: str
    after: str
    kind: CorrectionKind
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A reading that a flag offers, with the probability that it is right; None where that could not be weighed."""

    text: str
    probability: float | None


class FlagKind(StrEnum):
    """`doubtful`: a reader should look. `edition variant`: page and edition differ, and the page stands."""

    DOUBTFUL = "doubtful"
    EDITION_VARIANT = "edition variant"


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """A place that was not changed, and why a reader may want to look at it."""

    span: Span
    kind: FlagKind
    why: str
    suggestions: tuple[Suggestion, ...] = ()
    citation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """The corrected text with everything that was done to it; `signature` names version, lexicon and options.

    `segments` are those of a text that somebody else corrected; None where they are the document's, moved.
    """

    document_id: str
    text: str
    corrections: tuple[Correction, ...]
    flags: tuple[Flag, ...]
    signature: str
    segments: tuple[Segment, ...] | None = None


EDITION = "edition"
"""The siglum of the published edition."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What another witness has at `span` of the document; an empty text says that it has nothing there.

    The `siglum` of the published edition is `EDITION`; any other is that of another reading of the page.
    """

    span: Span
    text: str
    siglum: str
