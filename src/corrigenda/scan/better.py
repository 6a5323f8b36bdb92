"""Of two readings of a page, the one to begin from: which is better is told without a transcription."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from corrigenda.ingest.compose import Page, compose, text_of
from corrigenda.scan import second
from corrigenda.scan.read import ReadPage, Scan
from corrigenda.text import tokens

__all__ = ["from_better"]

_LEAST_LETTERS = 2
_CLEARLY = 0.02
"""The share of a page's letters by which RapidOCR must be better: below it chance decides (docs/decisions/019), and
Tesseract's words have places and confidences of their own."""


def from_better(scan: Scan, knows: Callable[[str], bool]) -> Scan:
    """`scan` with every page that RapidOCR read clearly better begun from that, and Tesseract's reading in its place.

    Better is the one with more letters in words that `knows` calls words, less those in words that it does not: what
    was lost counts as well as what was misread. Words, boxes, order and zones are then RapidOCR's; the engine of the
    document says on which pages.
    """
    pages = tuple(_from_better(page, knows) if isinstance(page, ReadPage) else page for page in scan.pages)
    exchanged = [page.number for page in pages if isinstance(page, ReadPage) and page.exchanged]
    if not exchanged:
        return scan
    source = scan.document.source
    if len(exchanged) == len(scan.read):
        engine = f"{second.name()}; before it {source.engine}"
    else:
        engine = f"{source.engine}; on page {', '.join(map(str, exchanged))} {second.name()}"
    document = compose(
        [page.page if isinstance(page, ReadPage) else () for page in pages],
        data=scan.data,
        path=source.path,
        document_id=scan.document.id,
        engine=engine,
        whole=False,
    )
    return replace(scan, document=document, pages=pages)


def _from_better(page: ReadPage, knows: Callable[[str], bool]) -> ReadPage:
    if page.second is None:
        return page
    (first, letters), (second_one, _) = (_worth(read, knows) for read in (page.page, page.second))
    if second_one - first <= _CLEARLY * letters:
        return page
    return replace(page, page=page.second, second=page.page, exchanged=True)


def _worth(page: Page, knows: Callable[[str], bool]) -> tuple[int, int]:
    """Letters in known words less those in unknown ones, and all of them; single letters and figures tell nothing."""
    words = [token.core for token in tokens(text_of(page))]
    told = [(len(word), knows(word)) for word in words if len(word) >= _LEAST_LETTERS and word.isalpha()]
    return sum(n if known else -n for n, known in told), sum(n for n, _ in told)
