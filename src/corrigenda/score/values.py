"""What the transcription says: the values of scoring, from the counts of one alignment to a whole document.

All frozen, like those of `corrigenda.values`; offsets are half-open code-point offsets into the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corrigenda.values import Correction, Flag, SegmentKind, Span

__all__ = [
    "ClassCounts",
    "Confusion",
    "Counts",
    "Disputed",
    "Evaluation",
    "FlagVerdict",
    "Measured",
    "Outcome",
    "Score",
    "Sureness",
    "Verdict",
]


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
    """The truth at one place. `correction` is None where the error was missed.

    `broken` counts the words of the OCR that were right and that the corrected text has wrong; words put in where none
    was missing count as one.
    """

    span: Span
    before: str
    after: str
    truth: str | None
    outcome: Outcome
    correction: Correction | None = None
    broken: int = 0


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

    `reading` is what the witness `siglum` has there: an edition, or another reading of the page. `others` has what all
    further witnesses have there, whomever they agree with, by their sigla.
    """

    span: Span
    ocr: str
    reading: str
    siglum: str
    transcription: str
    others: tuple[tuple[str, str], ...] = ()


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
        return sum(v.broken for v in self.verdicts)

    @property
    def harm(self) -> float:
        """The share of the right words of the OCR that corrections broke (docs/metrics.md)."""
        return self.harmed_words / self.right_words if self.right_words else 0.0
