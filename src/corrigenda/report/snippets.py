"""What the scan shows at each mark of a report, cut out of the page images and small enough to stand in the page."""

from __future__ import annotations

import base64
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corrigenda.report.marks import Mark
from corrigenda.report.rows import page_of
from corrigenda.values import Box, Document, Word

if TYPE_CHECKING:
    from PIL.Image import Image

    from corrigenda.scan.values import PageImage

__all__ = ["MOST_BYTES", "Snippet", "Snippets", "snippets"]

MOST_BYTES = 6_000_000
"""How much all snippets of a report may add to its file."""
_BESIDE, _ABOVE = 1.5, 0.35
"""How much is shown around a word, as a multiple of its height: letters of its neighbours, none of the next lines."""
_WIDEST = 20
_MOST_LINES = 3
_SHOWN = 36
"""The height at which a snippet is shown, in pixels of CSS."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Quality:
    """How snippets are kept: their height in pixels at most, JPEG's quality, and the bytes that one takes at most."""

    height: int
    jpeg: int
    bytes: int


_QUALITIES = (_Quality(height=72, jpeg=70, bytes=9_000), _Quality(height=40, jpeg=45, bytes=2_500))


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """A picture as the address that holds it (data:), with the size at which it is shown, in pixels of CSS."""

    uri: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippets:
    """The snippets of marks by `Mark.anchor`, one for each line that a mark reaches over.

    `left_out` counts the marks that have none because the report would be too large.
    """

    of: Mapping[str, tuple[Snippet, ...]] = field(default_factory=dict)
    left_out: int = 0


def snippets(
    images: Iterable[PageImage | None], document: Document, marked: Sequence[Mark], *, most: int = MOST_BYTES
) -> Snippets:
    """What `images`, one for each page of `document`, show at its marks; without images none.

    Where there are many marks all snippets are smaller and coarser. Those that would add more than `most` bytes are
    left out, the last ones of the document first. Each image is looked at once, in order.
    """
    by_page: dict[int, list[tuple[str, Box]]] = {}
    for mark in marked:
        for page, box in _places(document, mark):
            by_page.setdefault(page, []).append((mark.anchor, box))
    count = sum(map(len, by_page.values()))
    quality = next((one for one in _QUALITIES if one.bytes * count <= most), _QUALITIES[-1])
    found: dict[str, tuple[Snippet, ...]] = {}
    left_out: set[str] = set()
    for page, image in enumerate(images, start=1):
        for anchor, box in by_page.get(page, ()) if image else ():
            made = _cut(image.image, box, quality) if image and not left_out else None
            if made and len(made.uri) <= most:
                most -= len(made.uri)
                found[anchor] = (*found.get(anchor, ()), made)
            elif made or left_out:
                left_out.add(anchor)
    return Snippets(of=found, left_out=len(left_out - found.keys()))


def _places(document: Document, mark: Mark) -> Iterator[tuple[int, Box]]:
    """The page and the box of each line's words that a mark reaches over."""
    starts, ends = [word.span.start for word in document.words], [word.span.end for word in document.words]
    numbers: set[int] = set()
    for part in mark.parts:
        inside = range(bisect_right(ends, part.start), bisect_left(starts, part.end))
        # Where words are missing, what stands on both sides of the gap is shown.
        numbers |= set(inside) or {inside.start - 1, inside.start} & set(range(len(starts)))
    words = [document.words[number] for number in sorted(numbers)]
    for line in list(_lines(document.text, words))[:_MOST_LINES]:
        if boxes := [word.box for word in line if word.box]:
            yield page_of(document, line[0].span), _around(boxes)


def _lines(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and not {"\n", "\f"}.isdisjoint(text[line[-1].span.end : word.span.start]):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )


def _cut(image: Image, box: Box, quality: _Quality) -> Snippet | None:
    """What is in a box of a page and a little around it; None where the box lies beside the page."""
    tall = box.bottom - box.top
    beside, above = round(_BESIDE * tall), round(_ABOVE * tall)
    left, top = max(0, box.left - beside), max(0, box.top - above)
    right = min(image.width, box.right + beside, left + _WIDEST * max(tall, 1))
    bottom = min(image.height, box.bottom + above)
    if right <= left or bottom <= top:
        return None
    made = image.crop((left, top, right, bottom)).convert("L")
    if made.height > quality.height:
        made = made.resize((max(1, round(made.width * quality.height / made.height)), quality.height))
    file = io.BytesIO()
    made.save(file, "JPEG", quality=quality.jpeg, optimize=True)
    return Snippet(
        uri=f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}",
        width=max(1, round(made.width * _SHOWN / made.height)),
        height=_SHOWN,
    )
