"""Which document of an edition a page is a copy of."""

from __future__ import annotations

from collections.abc import Iterable

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import Edition, EditionDocument
from corrigenda.text import key, tokens
from corrigenda.values import Document

__all__ = ["best_match"]

_WORDS = 4


def best_match(document: Document, edition: Edition) -> EditionDocument:
    """The document of `edition` that shares the most four-word runs with the page, the first among equals.

    A text without numbered documents is one document as a whole. Whether it really is the page's is for collating
    to tell. Raises BadInputError where the edition holds none.
    """
    if not edition.documents:
        raise BadInputError(
            where=edition.name, what="holds no document", remedy="Give the clean text of an edition as the witness"
        )
    numbered = [printed for printed in edition.documents if printed.number]
    if not numbered:
        return _whole(edition)
    page = _runs([document.text])
    return max(numbered, key=lambda printed: len(page & _runs(printed.paragraphs)))


def _whole(edition: Edition) -> EditionDocument:
    return EditionDocument(
        number=None,
        title="",
        paragraphs=tuple(p for stretch in edition.documents for p in stretch.paragraphs),
        source_note=None,
        footnotes=(),
        citation=edition.documents[0].citation,
    )


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    keys = [key(t.text) for text in texts for t in tokens(text)]
    return frozenset(tuple(keys[i : i + _WORDS]) for i in range(len(keys) - _WORDS + 1))
