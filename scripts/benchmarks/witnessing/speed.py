"""How long a page takes to be laid beside its document and weighed, the more of its words are damaged."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from corrigenda.correct.engine import Engine
from corrigenda.correct.witness import apparatus
from corrigenda.edition.collate import collate
from corrigenda.ingest.frus_text import EditionDocument, read_edition
from corrigenda.ingest.rawtext import document_of
from corrigenda.lexicon.sources import read_source
from corrigenda.values import Document, Source

__all__ = ["told"]

_VOLUME = "frus/frus1961-63v05.documents-1-234.txt.xz"
_PAGES, _LEAST, _PAGE, _CUT, _MARGIN = 25, 700, 420, 60, 50
_SEED = 3


def told(data: Path, engine: Engine) -> Iterator[str]:
    """A table: pages of 420 words, 60 of them cut out, beside their stretch of the edition and beside all."""
    source = read_source(data / _VOLUME)
    documents = [d for d in read_edition(source.text, name=source.name).documents if d.number and _size(d) >= _LEAST]
    documents = documents[:_PAGES]
    words = sum(map(_size, documents)) // len(documents)
    gc.collect()
    gc.freeze()  # what earlier parts of this program have kept is no page's to clear away
    yield f"{len(documents)} pages of {_PAGE} words from documents of {words:,} words on average, CPU time\n"
    yield "| damaged words % | with its stretch, mean ms | at most | with the whole document | at most | weighed |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for share in (0.03, 0.1, 0.25, 0.5):
        chance = random.Random(_SEED)  # noqa: S311  # Nothing here is secret.
        pages = [(*_page(d, share, chance), d) for d in documents]
        near = [_spent(page, stretch, engine) for page, stretch, _ in pages]
        far = [_spent(page, document, engine) for page, _, document in pages]
        told = [_mean_and_most([one[0] for one in spent]) for spent in (near, far)]
        weighed = 1000 * sum(one[1] for one in near) / len(near)
        yield f"| {100 * share:.0f} | {told[0]} | {told[1]} | {weighed:.1f} |"


def _mean_and_most(seconds: Sequence[float]) -> str:
    return f"{1000 * sum(seconds) / len(seconds):.1f} | {1000 * max(seconds):.1f}"


def _size(document: EditionDocument) -> int:
    return sum(len(p.split()) for p in document.paragraphs)


def _page(document: EditionDocument, share: float, chance: random.Random) -> tuple[Document, EditionDocument]:
    """A page, and the stretch of the edition that a match would give."""
    words = "\n\n".join(document.paragraphs).split(" ")
    start = chance.randrange(max(1, len(words) - _PAGE))
    page = [_damaged(word, share, chance) for word in words[start : start + _PAGE]]
    cut = chance.randrange(100, 300)
    page[cut : cut + _CUT] = ["[Excised]"]
    text = " ".join(page)
    source = Source(path="page", sha256=sha256(text.encode()).hexdigest(), encoding="utf-8", bom=False, line_ends="lf")
    stretch = " ".join(words[max(0, start - _MARGIN) : start + _PAGE + _MARGIN]).split("\n\n")
    return document_of(text, "page", source, whole=True), replace(document, paragraphs=tuple(stretch))


def _damaged(word: str, share: float, chance: random.Random) -> str:
    if not word or chance.random() > share:
        return word
    at = chance.randrange(len(word))
    return word[:at] + chance.choice("aeosctl1i ") + word[at + 1 :]


def _spent(page: Document, edition: EditionDocument, engine: Engine) -> tuple[float, float]:
    start = time.process_time()
    collation = collate(page, edition)
    middle = time.process_time()
    apparatus(page, collation, engine, max_harm=0.1)
    return middle - start, time.process_time() - middle
