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
    "ClassCounts",
    "Confusion",
    "Corrected",
    "Correction",
    "CorrectionKind",
    "Counts",
    "Disputed",
    "Document",
    "Evaluation",
    "Evidence",
    "Flag",
    "FlagKind",
    "FlagVerdict",
    "Intake",
    "Measured",
    "Outcome",
    "Reading",
    "Score",
    "Segment",
    "SegmentKind",
    "Source",
    "Span",
    "Suggestion",
    "Sureness",
    "Transcript",
    "Verdict",
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
    """What a correction mends. `restoration` puts back words that the OCR lost and an edition prints."""

    SPACING = "spacing"
    HYPHEN = "hyphen"
    CHARACTER = "character"
    REAL_WORD = "real word"
    NAME = "name"
    NUMBER = "number"
    PUNCTUATION = "punctuation"
    CASE = "case"
    RESTORATION = "restoration"


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
    """A reading that a flag offers, with the probability that it is right."""

    text: str
    probability: float


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
    """The corrected text with everything that was done to it; `signature` names version, lexicon and options."""

    document_id: str
    text: str
    corrections: tuple[Correction, ...]
    flags: tuple[Flag, ...]
    signature: str


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


class Outcome(StrEnum):
    """What a transcription says of a correction, or (`missed`) of an error that was left alone."""

    FIXED = "fixed"
    IMPROVED = "improved"
    STILL_WRONG = "still_wrong"
    HARMED = "harmed"
    UNSCORABLE = "unscorable"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The truth at one place. `correction` is None where the error was missed."""

    span: Span
    before: str
    after: str
    truth: str | None
    outcome: Outcome
    correction: Correction | None = None

    @property
    def words(self) -> int:
        """How many words of the OCR it is about; a place where words are missing counts as one."""
        return max(1, len(self.before.split()))


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagVerdict:
    """Whether the words under a flag were `wrong`, and the truth of them; both None where the truth is silent."""

    flag: Flag
    wrong: bool | None
    truth: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """What an alignment of a text with its truth consists of, in characters or in words."""

    hits: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            hits=self.hits + other.hits,
            substitutions=self.substitutions + other.substitutions,
            deletions=self.deletions + other.deletions,
            insertions=self.insertions + other.insertions,
        )

    @property
    def errors(self) -> int:
        """Substitutions, deletions and insertions together."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def lost(self) -> int:
        """What of the truth was misread or not read."""
        return self.substitutions + self.deletions

    @property
    def reference(self) -> int:
        """The length of the truth."""
        return self.hits + self.substitutions + self.deletions

    @property
    def steps(self) -> int:
        """The length of the alignment."""
        return self.hits + self.errors


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """One measure of one text: `name` and `profile` are defined in docs/metrics.md; `value` is a fraction.

    `exact` is false where texts are so long and so different that the counts may be a little above the least.
    """

    name: str
    profile: str
    value: float
    counts: Counts
    exact: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Confusion:
    """How often `truth` was read as `read`; "" on one side stands for nothing."""

    truth: str
    read: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassCounts:
    """The counts of one class of characters or words; an insertion belongs to the class of what was read."""

    name: str
    counts: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One text against its truth: all measures in all profiles, and where the errors are.

    `confusions` and `characters` are in the headline profile, the most frequent confusion first.
    """

    scores: tuple[Score, ...]
    confusions: tuple[Confusion, ...] = ()
    characters: tuple[ClassCounts, ...] = ()
    words: tuple[ClassCounts, ...] = ()

    def score(self, name: str, profile: str) -> Score:
        """One measure in one profile."""
        return next(s for s in self.scores if s.name == name and s.profile == profile)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sureness:
    """What the OCR engine thought of one word, from 0 to 1, and whether the word was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Disputed:
    """A place where the transcription stands alone, or all readings differ: the truth itself may be a slip.

    `reading` is what the witness `siglum` has there: an edition, or another reading of the page.
    """

    span: Span
    ocr: str
    reading: str
    siglum: str
    transcription: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """What a transcription says of one document.

    `before` and `after` measure OCR and corrected text over the comparable parts; `headline` is the profile of what
    is broken down. `left_out` counts the words of the document by the kind of segment that is not compared. `marks`
    of the transcription or the document stand for what cannot be compared, and `set_aside` words of both stand
    against them. `right_words` is how many compared words of the OCR were right, the base of the harm rate.
    """

    document_id: str
    group: str
    headline: str
    before: Measured
    after: Measured
    verdicts: tuple[Verdict, ...]
    flags: tuple[FlagVerdict, ...]
    sureness: tuple[Sureness, ...]
    disputed: tuple[Disputed, ...]
    left_out: tuple[tuple[SegmentKind, int], ...]
    marks: int
    set_aside: int
    right_words: int
    signature: str

    def count(self, outcome: Outcome) -> int:
        """How many verdicts have this outcome."""
        return sum(v.outcome is outcome for v in self.verdicts)

    @property
    def harmed_words(self) -> int:
        """How many right words corrections broke; a word put back where none was missing counts too."""
        return sum(v.words for v in self.verdicts if v.outcome is Outcome.HARMED)

    @property
    def harm(self) -> float:
        """The share of the right words of the OCR that corrections broke (docs/metrics.md)."""
        return self.harmed_words / self.right_words if self.right_words else 0.0
