"""The archive pairs with the stretch of the edition that they are copies of; the repository holds none of it."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from corrigenda.correct.readings import OtherText
from corrigenda.ingest.frus_text import EditionDocument, read_edition
from corrigenda.ingest.rawtext import document_of
from corrigenda.values import Document, Source

__all__ = ["Passage", "passages"]

_AROUND = 300
"""Characters of the edition before and after the passage, as a match would have them."""
_SHARED = 20
"""Readings that have so many characters of the edition in common are of the same passage."""


@dataclass(frozen=True)
class Passage:
    """A reading of a stretch of the edition; `truth` is that stretch as the pairs have it."""

    id: str
    cluster: str
    engine: str
    record: str
    ocr: str
    truth: str
    volume: str
    place: tuple[int, int]
    edition: EditionDocument

    @cached_property
    def document(self) -> Document:
        """The reading as a page of nothing but text."""
        digest = sha256(self.ocr.encode()).hexdigest()
        source = Source(path=self.id, sha256=digest, encoding="utf-8", bom=False, line_ends="lf")
        return document_of(self.ocr, self.id, source, whole=True)

    def is_of_the_same(self, other: Passage) -> bool:
        """Whether another engine's reading is of the same stretch."""
        (start, end), (from_, to) = self.place, other.place
        same = self.volume == other.volume and min(end, to) - max(start, from_) > _SHARED
        return same and self.engine != other.engine


def readings_of(passage: Passage, others: list[Passage]) -> list[OtherText]:
    """One reading of each other engine, of the same record where there is one."""
    chosen: dict[str, Passage] = {}
    for other in sorted(others, key=lambda o: o.record != passage.record):
        chosen.setdefault(other.engine, other)
    return [OtherText(siglum=o.id, text=o.ocr) for o in chosen.values()]


def passages(data: Path) -> list[Passage]:
    """The pairs whose place in the edition is known; exact repeats are taken once."""
    found: dict[tuple[str, ...], Passage] = {}
    for line in (data / "archive-frus-pairs/segments.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if not row["frus_chars"]:
            continue
        start, end = row["frus_chars"]
        # Some volumes write the apostrophe as U+02BC, which is a letter to Unicode and so to the profile hipe.
        truth = row["gt"].replace("\u02bc", "'")
        passage = Passage(
            id=row["id"],
            cluster=row["cluster"],
            engine=row["engine"],
            record=row["record"],
            ocr=row["ocr"],
            truth=truth,
            volume=row["volume"],
            place=(start, end),
            edition=_window(data, row["volume"], start, end),
        )
        found.setdefault((row["engine"], *row["ocr"].split(), "\0", *row["gt"].split()), passage)
    return list(found.values())


def _window(data: Path, volume: str, start: int, end: int) -> EditionDocument:
    text = _volume(data, volume)
    first = text.rfind(" ", 0, max(0, start - _AROUND)) + 1
    last = text.find(" ", min(len(text), end + _AROUND))
    window = text[first : last if last >= 0 else len(text)]
    (document, *more) = read_edition(window, name=volume).documents
    paragraphs = tuple(p for one in (document, *more) for p in one.paragraphs)
    return EditionDocument(
        number=None, title="", paragraphs=paragraphs, source_note=None, footnotes=(), citation=document.citation
    )


@lru_cache(maxsize=64)
def _volume(data: Path, name: str) -> str:
    with lzma.open(data / f"frus/{name}.txt.xz", "rt", encoding="utf-8") as file:
        return file.read()
