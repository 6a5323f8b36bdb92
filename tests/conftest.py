"""What the tests share: made-up pages, editions and lexicons, so that no test needs a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from corrigenda.ingest.frus_text import EditionDocument
from corrigenda.ingest.rawtext import read, read_transcript
from corrigenda.lexicon.values import Entry, Lexicon
from corrigenda.lexicon.words import WordIndex
from corrigenda.values import Correction, CorrectionKind, Document, Evidence, Intake, Span, Transcript

COMMON = 1000
"""How often the made-up lexicons have a word that is given without a count."""


def _intake(text: str | bytes) -> Intake:
    data = text if isinstance(text, bytes) else text.encode()
    return read(data, path="page.txt", document_id="page")


def _document(text: str | bytes) -> Document:
    return _intake(text).document


def _transcript(text: str) -> Transcript:
    return read_transcript(text.encode(), path="page.gt.txt", document_id="page")


def _edition(*paragraphs: str) -> EditionDocument:
    return EditionDocument(
        number="7",
        title="Letter on the Harbour",
        paragraphs=paragraphs,
        source_note=None,
        footnotes=(),
        citation="FRUS 1951 vol. IX, document 7",
    )


def _words(plain: str, counts: Mapping[str, int] | None = None) -> WordIndex:
    totals = {**dict.fromkeys(plain.split(), COMMON), **(counts or {})}
    entries = {
        word.lower(): Entry(
            total=total,
            lower=total if word.islower() else 0,
            capital=total if word.istitle() else 0,
            upper=total if word.isupper() else 0,
            documents=total,
            volumes=1,
        )
        for word, total in totals.items()
    }
    return WordIndex(
        Lexicon(
            name="made-up",
            version="0",
            created="1951-05-04",
            parameters={},
            totals={},
            sources=(),
            entries=entries,
            sha256="0" * 64,
        )
    )


def _change(
    text: str, before: str, after: str, *, at: int | None = None, kind: CorrectionKind = CorrectionKind.CHARACTER
) -> Correction:
    start = text.index(before) if at is None else at
    return Correction(
        span=Span(start=start, end=start + len(before)),
        before=before,
        after=after,
        kind=kind,
        probability=0.95,
        evidence=(Evidence(rule="lexicon", says="made up", figure=1.5, citation=None),),
    )


@pytest.fixture(scope="session")
def make_intake() -> Callable[[str | bytes], Intake]:
    """Read a made-up file as `run` does."""
    return _intake


@pytest.fixture(scope="session")
def make_document() -> Callable[[str | bytes], Document]:
    """Read a made-up page."""
    return _document


@pytest.fixture(scope="session")
def make_transcript() -> Callable[[str], Transcript]:
    """Read a made-up transcription."""
    return _transcript


@pytest.fixture(scope="session")
def make_edition() -> Callable[..., EditionDocument]:
    """One document of a made-up edition, from its paragraphs."""
    return _edition


@pytest.fixture(scope="session")
def make_words() -> Callable[..., WordIndex]:
    """A lexicon from words that are common, and from others with their counts (as written: Name, word, USSR)."""
    return _words


@pytest.fixture(scope="session")
def make_change() -> Callable[..., Correction]:
    """A correction of the first `before` in a text, or of the one `at` an offset."""
    return _change
