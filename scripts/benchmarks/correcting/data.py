"""Reading the data that the corrector is measured on; the repository holds none of it."""

from __future__ import annotations

import json
import lzma
import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from corrigenda.ingest.frus_text import read_edition
from corrigenda.ingest.rawtext import document_of, transcript_of
from corrigenda.learn.lessons import Lesson
from corrigenda.lexicon.sources import read_source
from corrigenda.score.lineup import Lineup, Page
from corrigenda.text import join_broken_words
from corrigenda.values import Document, Source, Transcript

__all__ = [
    "SEED",
    "Passage",
    "bln600",
    "ehri_body",
    "ehri_pages",
    "halves",
    "lessons",
    "pairs",
    "rendered",
]

SEED = 1962
_ENGINES = {"nara-embedded-pdf-text": "text-layer", "gemini-2.0-flash": "vision-language"}
"""What scripts/build_models calls the engines of the pairs, where it is not what the pairs call them."""
_UNSEEN = range(118, 235)
"""The documents of volume V that no page was rendered from."""
_ALIKE = 0.5
"""A word less like its partner than this is a stranger, as in the scorer's own line-up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """OCR beside its truth. `whole`: a passage without a page around it; else parts such as addresses are set apart."""

    id: str
    group: str
    engine: str
    ocr: str
    truth: str
    whole: bool = True
    record: str = ""

    @property
    def document(self) -> Document:
        """The OCR side, which is all that a corrector gets."""
        return document_of(self.ocr, self.id, _source(self.id, self.ocr), whole=self.whole)

    @property
    def transcript(self) -> Transcript:
        """The truth, for the scorer."""
        return transcript_of(self.truth, self.id, _source(f"{self.id}, truth", self.truth), whole=self.whole)


def _source(path: str, text: str) -> Source:
    digest = sha256(text.encode()).hexdigest()
    return Source(path=path, sha256=digest, encoding="utf-8", bom=False, line_ends="lf")


def pairs(data: Path) -> list[Passage]:
    """The archive's readings beside the edition, by cluster; exact repeats are taken once."""
    found: dict[tuple[str, ...], Passage] = {}
    for row in _rows((data / "archive-frus-pairs/segments.jsonl").read_bytes()):
        # Some volumes write the apostrophe as U+02BC, which is a letter to Unicode and so to the profile hipe.
        truth = row["gt"].replace("\u02bc", "'")
        engine = _ENGINES.get(row["engine"], row["engine"])
        passage = Passage(
            id=row["id"], group=row["cluster"], engine=engine, ocr=row["ocr"], truth=truth, record=row["record"]
        )
        found.setdefault((passage.engine, *passage.ocr.split(), "\0", *passage.truth.split()), passage)
    return list(found.values())


def rendered(path: Path) -> list[Passage]:
    """Pages that scripts/render_pairs made; those of one document are a group."""
    return [
        Passage(id=row["id"], group=f"rendered {row['group']}", engine=row["engine"], ocr=row["ocr"], truth=row["gt"])
        for row in _rows(path.read_bytes())
    ]


def lessons(passages: Iterable[Passage], *, made: bool = False) -> list[Lesson]:
    """Passages to learn from; `made` says that the pages were rendered."""
    return [Lesson(group=p.group, engine=p.engine, reading=p.ocr, truth=p.truth, rendered=made) for p in passages]


def ehri_pages(data: Path) -> list[Passage]:
    """Tesseract's readings of real despatches and letters, page by page; the pages of one document are a group."""
    found: list[Passage] = []
    for truth in sorted((data / "scans-ehri").glob("*.gt.txt")):
        stem = truth.name.removesuffix(".gt.txt")
        texts = (truth.with_name(f"{stem}.{end}").read_text("utf-8") for end in ("tesseract-5.3.txt", "gt.txt"))
        ocr, text = (unicodedata.normalize("NFC", one) for one in texts)
        group = stem.rpartition("_")[0]
        found.append(Passage(id=stem, group=group, engine="tesseract", ocr=ocr, truth=text, whole=False))
    return found


def ehri_body(pages: Iterable[Passage]) -> list[Passage]:
    """The lines of the pages that both sides have, with words broken at a line's end in one piece on both sides."""
    return [_body(page) for page in pages]


def _body(page: Passage) -> Passage:
    """A line is kept where at least half of its words have a partner that is like them in the scorer's line-up."""
    page = replace(page, whole=True)
    truth = Page.of(page.transcript.text, page.transcript.segments)
    lineup = Lineup.of(Page.of(page.ocr, page.document.segments, truth), truth)
    ours, theirs = set[int](), set[int]()
    for i, j in lineup.pairs:
        if i is not None and j is not None:
            read, meant = lineup.page.pieces[i], truth.pieces[j]
            if Levenshtein.normalized_similarity(read.key, meant.key) >= _ALIKE:
                ours.add(read.span.start)
                theirs.add(meant.span.start)
    ocr = _kept_lines(page.ocr, [p.span.start for p in lineup.page.pieces], ours)
    text = _kept_lines(page.truth, [p.span.start for p in truth.pieces], theirs)
    return replace(page, ocr=join_broken_words(ocr), truth=join_broken_words(text))


def _kept_lines(text: str, words: list[int], paired: set[int]) -> str:
    """The lines of `text` of whose `words`, which begin at these places, at least half are `paired`."""
    kept: list[str] = []
    start = 0
    for line in text.splitlines(keepends=True):
        here = [w for w in words if start <= w < start + len(line)]
        start += len(line)
        # A line that is all second half of a broken word has no word that begins in it, and goes with the line before.
        if 2 * len(paired.intersection(here)) >= len(here) and (here or kept):
            kept.append(line)
    return "".join(kept)


def bln600(data: Path) -> list[Passage]:
    """Newspaper passages: all training lines of a document together, in their order."""
    with lzma.open(data / "bln600/train.jsonl.xz") as file:
        rows = _rows(file.read())
    documents: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        documents[row["id"]].append(row)
    return [
        Passage(
            id=name,
            group=name,
            engine="newspaper",
            ocr="\n".join(row["ocr"] for row in lines),
            truth="\n".join(row["gt"] for row in lines),
        )
        for name, lines in sorted(documents.items())
    ]


def halves(passages: Iterable[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Every group wholly in one half or the other, at random, always the same."""
    passages = list(passages)
    groups = sorted({p.group for p in passages})
    random.Random(SEED).shuffle(groups)  # noqa: S311  # Nothing here is secret.
    first = set(groups[: len(groups) // 2])
    return [p for p in passages if p.group in first], [p for p in passages if p.group not in first]


def clean(data: Path, words: int) -> dict[str, list[Passage]]:
    """Clean text that no model saw, by its source, about so many `words` in all.

    All documents of the edition that nothing was rendered from, all transcriptions of the despatches, and as many
    newspaper documents, in the order in which they are parted into halves, as are wanting.
    """
    edition, despatches = _edition(data), [_clean(page) for page in ehri_pages(data)]
    wanting = words - sum(len(p.ocr.split()) for p in (*edition, *despatches))
    newspapers: list[Passage] = []
    for passage in map(_clean, chain.from_iterable(halves(bln600(data)))):
        if wanting > 0:
            newspapers.append(passage)
            wanting -= len(passage.ocr.split())
    return {
        f"FRUS 1961-63 volume V, documents {_UNSEEN.start} to {_UNSEEN.stop - 1}": edition,
        "EHRI transcriptions": despatches,
        "BLN600 transcriptions": newspapers,
    }


def _clean(passage: Passage) -> Passage:
    """The transcription as if it had been read; words broken at a line's end whole, since joining them is no harm."""
    truth = join_broken_words(passage.truth)
    return replace(passage, ocr=truth, truth=truth, whole=True)


def _edition(data: Path) -> list[Passage]:
    source = read_source(data / "frus/frus1961-63v05.documents-1-234.txt.xz")
    found: list[Passage] = []
    for document in read_edition(source.text, name=source.name).documents:
        if document.number and int(document.number) in _UNSEEN:
            text, name = "\n".join(document.paragraphs), f"document {document.number}"
            found.append(Passage(id=name, group=name, engine="edition", ocr=text, truth=text))
    return found


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(_parsed(data.decode("utf-8").split("\n")))


def _parsed(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    for line in lines:
        if line.strip():
            row = json.loads(line)
            yield {k: unicodedata.normalize("NFC", v) if isinstance(v, str) else v for k, v in row.items()}
