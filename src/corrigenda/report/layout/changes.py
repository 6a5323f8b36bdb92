"""What corrections of a text come to, word by word: which words of a page become which others, line by line.

The formats differ in how a word is written, not in this.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corrigenda.correct.apply import apply
from corrigenda.ingest.alto import HYPHENS
from corrigenda.ingest.compose import Line, Read
from corrigenda.values import Correction, Span

__all__ = ["CONTINUED", "Change", "Corners", "Half", "changes", "room", "share"]

Corners = tuple[float, float, float, float]
"""Left, top, right and bottom of a rectangle on a page, in the units of its format."""

CONTINUED = None
"""The original of a word that was split off: it stands in that of the word before."""

_BREAK = re.compile(r"[\n\f]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Half:
    """A half of a word that is broken at a line's end and that a correction joined: `whole` is the word."""

    whole: str
    first: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The words `[first, stop)` of a document, all on one line, become `texts`.

    As many texts as words are theirs one by one, and an empty text is a word that goes, unless `divide`, by which the
    room of all words is shared out anew among the texts. No words at all are words put in: before the word `first`,
    or, where `before` is false, after the one that precedes it. `originals` has what stood there for each text.
    """

    first: int
    stop: int
    texts: tuple[str, ...]
    originals: tuple[str | None, ...]
    divide: bool = False
    before: bool = True
    half: Half | None = None


@dataclass(kw_only=True, slots=True)
class _Window:
    """The words `[first, stop)` that corrections reach into, while these are gathered."""

    first: int
    stop: int
    corrections: list[Correction]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """A text with its words: where they begin and end in it, what was read for each, and on which line it stands."""

    text: str
    starts: list[int]
    ends: list[int]
    reads: list[Read]
    lines: list[int]


def changes(
    text: str, spans: Sequence[Span], lines: Sequence[Line], corrections: Iterable[Correction]
) -> tuple[Change, ...]:
    """What `corrections` of `text` make of its words, in order.

    `spans` are the places of the words in the text, and `lines` has what was read there, a read for each word. A word
    that no correction reaches into is in no change. A correction that joins the halves of a broken word leaves them
    on their lines.
    """
    page = _Page(
        text=text,
        starts=[span.start for span in spans],
        ends=[span.end for span in spans],
        reads=[read for line in lines for read in line],
        lines=[number for number, line in enumerate(lines) for _ in line],
    )
    return tuple(change for window in _windows(page, corrections) for change in _changes(page, window))


def share(left: float, right: float, texts: Sequence[str]) -> list[tuple[float, float]]:
    """`[left, right)` shared out among `texts` with a blank between them, by their letters.

    >>> share(0, 90, ["once", "more"])
    [(0.0, 40.0), (50.0, 90.0)]
    """
    letter = (right - left) / (sum(map(len, texts)) + len(texts) - 1 or 1)
    edges: list[tuple[float, float]] = []
    at = 0
    for text in texts:
        edges.append((left + letter * at, left + letter * (at + len(text))))
        at += len(text) + 1
    return edges


def room(word: Corners, beside: Corners | None, *, before: bool) -> Corners:
    """The room on a line between `word` and the one `beside` it; it has no width where there is none.

    >>> room((50, 0, 90, 9), (10, 0, 40, 9), before=True), room((50, 0, 90, 9), None, before=False)
    ((40, 0, 50, 9), (90, 0, 90, 9))
    """
    left, top, right, bottom = word
    edge = left if before else right
    if beside is None:
        return edge, top, edge, bottom
    return (min(beside[2], edge), top, edge, bottom) if before else (edge, top, max(beside[0], edge), bottom)


def _windows(page: _Page, corrections: Iterable[Correction]) -> list[_Window]:
    """The words that each correction reaches into; corrections that share one are taken together."""
    found: list[_Window] = []
    for correction in corrections:
        first, stop = _touched(page, correction)
        if found and first < found[-1].stop:
            found[-1].stop = max(stop, found[-1].stop)
            found[-1].corrections.append(correction)
        else:
            found.append(_Window(first=first, stop=stop, corrections=[correction]))
    return found


def _touched(page: _Page, correction: Correction) -> tuple[int, int]:
    """The words that a correction changes: those with letters in it, and those that it comes to touch."""
    start, end = correction.span.start, correction.span.end
    first, stop = bisect_right(page.ends, start), bisect_left(page.starts, end)
    begins = (correction.after + page.text[end : end + 1])[:1]
    finishes = (page.text[max(0, start - 1) : start] + correction.after)[-1:]
    after_word = first > 0 and page.ends[first - 1] == start
    before_word = stop < len(page.starts) and page.starts[stop] == end
    if first == stop and correction.after.strip():
        # Words put in beside a line that is one piece become a part of it.
        if before_word and _is_piece(page.reads[stop]):
            return first, stop + 1
        if after_word and _is_piece(page.reads[first - 1]):
            return first - 1, stop
    if after_word and begins.strip():
        first -= 1
    if before_word and finishes.strip():
        stop += 1
    return first, stop


def _is_piece(read: Read) -> bool:
    """Whether what was read is a stretch of text that is not to be parted into words."""
    return read.is_line or len(read.text.split()) > 1


def _changes(page: _Page, window: _Window) -> Iterator[Change]:
    if window.first == window.stop:
        yield from _put_in(page, window)
        return
    reads = page.reads[window.first : window.stop]
    start = min(page.starts[window.first], window.corrections[0].span.start)
    end = max(page.ends[window.stop - 1], window.corrections[-1].span.end)
    made = apply(
        page.text[start:end],
        [replace(c, span=Span(start=c.span.start - start, end=c.span.end - start)) for c in window.corrections],
    )
    if any(map(_is_piece, reads)):
        yield from _pieces(window.first, reads, made)
        return
    olds = [read.text for read in reads]
    lines = [len(list(group)) for _, group in groupby(page.lines[window.first : window.stop])]
    texts = made.split()
    if len(lines) == 2 and len(texts) == len(olds) - 1 and len(texts[lines[0] - 1]) > 1:
        yield from _over_the_edge(window.first, olds, texts, lines[0])
        return
    at = 0
    for size, new in zip(lines, _spread(texts, olds, lines), strict=True):
        yield from _on_a_line(window.first + at, olds[at : at + size], new)
        at += size


def _put_in(page: _Page, window: _Window) -> Iterator[Change]:
    """Words that stand where none was read."""
    first, correction = window.first, window.corrections[0]
    texts = tuple(correction.after.split())
    if texts and page.reads:
        follows = first > 0 and page.ends[first - 1] == correction.span.start
        before = first < len(page.reads) and not follows
        yield Change(first=first, stop=first, texts=texts, originals=("",) * len(texts), divide=True, before=before)


def _pieces(first: int, reads: Sequence[Read], made: str) -> Iterator[Change]:
    """Lines that are one piece each: their texts are parted by line breaks alone."""
    rows = [row.strip() for row in _BREAK.split(made) if row.strip()]
    for i, read in enumerate(reads):
        text = " ".join(rows[i:]) if i == len(reads) - 1 else "".join(rows[i : i + 1])
        if text != read.text:
            yield Change(first=first + i, stop=first + i + 1, texts=(text,), originals=(read.text,))


def _over_the_edge(first: int, olds: list[str], texts: list[str], upper: int) -> Iterator[Change]:
    """Words on two lines, of which the last on the `upper` one and the first on the other are one word."""
    whole = texts[upper - 1]
    head, tail = _halves(whole, olds[upper - 1], olds[upper])
    yield from _on_a_line(first, olds[: upper - 1], texts[: upper - 1])
    for i, text in ((upper - 1, head), (upper, tail)):
        half = Half(whole=whole, first=i < upper)
        yield Change(first=first + i, stop=first + i + 1, texts=(text,), originals=(olds[i],), half=half)
    yield from _on_a_line(first + upper + 1, olds[upper + 1 :], texts[upper:])


def _halves(whole: str, first: str, second: str) -> tuple[str, str]:
    """`whole` broken where its halves were read, with the hyphen that stood there.

    >>> _halves("answer,", "ans-", "wor,"), _halves("Anglo-Indian", "Anglo-", "Indian"), _halves("fully", "fu", "1ly")
    (('ans-', 'wer,'), ('Anglo-', 'Indian'), ('fu', 'lly'))
    """
    stem = first[:-1] if first.endswith(HYPHENS) else first
    hyphen = first[len(stem) :]
    if whole.startswith(first) and len(whole) > len(first):
        return first, whole[len(first) :]
    at = round(len(whole) * len(stem) / (len(stem) + len(second)))
    if whole.startswith(stem):
        at = len(stem)
    elif whole.endswith(second):
        at = len(whole) - len(second)
    at = min(max(at, 1), len(whole) - 1)
    return whole[:at] + hyphen, whole[at:]


def _spread(texts: list[str], olds: list[str], lines: list[int]) -> Iterator[list[str]]:
    """The new texts of each line: word for word where there are as many as before, else where their middles fall."""
    if len(texts) == len(olds):
        at = 0
        for size in lines:
            yield texts[at : at + size]
            at += size
        return
    scale = sum(map(len, olds)) / (sum(map(len, texts)) or 1)
    middles, letters = [], 0
    for text in texts:
        middles.append((letters + len(text) / 2) * scale)
        letters += len(text)
    begin, at = 0.0, 0
    for number, size in enumerate(lines):
        end = begin + sum(map(len, olds[at : at + size]))
        last = number == len(lines) - 1
        yield [t for t, middle in zip(texts, middles, strict=True) if begin <= middle and (last or middle < end)]
        begin, at = end, at + size


def _on_a_line(first: int, olds: list[str], texts: list[str]) -> Iterator[Change]:
    """The change of the words `olds`, which stand on one line, to `texts`."""
    moved = len(olds) > 1 and "".join(olds) == "".join(texts) and olds != texts
    if texts and (len(texts) != len(olds) or moved):
        originals = (" ".join(olds), *(CONTINUED,) * (len(texts) - 1))
        yield Change(first=first, stop=first + len(olds), texts=tuple(texts), originals=originals, divide=True)
        return
    for i, old in enumerate(olds):
        text = texts[i] if texts else ""
        if text != old:
            yield Change(first=first + i, stop=first + i + 1, texts=(text,), originals=(old,))
