"""Lines and pages of a text, with their offsets: what the rules for the parts of a page look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corrigenda.ingest.marks import Mark, is_marking, marks_in
from corrigenda.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Line", "lines", "pages"]

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|\Z)")
_HEADED = re.compile(r"^[ \t]*#{1,3}[ \t]*Page[ \t]+\d+[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_FORM_FEED = re.compile(r"\f")
_NUMBERED = re.compile(r"^[ \t]*[-–—]{1,2}[ \t]*(\d{1,3})[ \t]*[-–—]{1,2}[ \t]*\r?$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*---[ \t]*\r?\n", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line with something on it.

    `text` is what remains without redactions and editorial marks, `pieces` the stretches between those
    `marks`; `cut` says that there are any, or that one runs on from a line above. `page` counts from 0; `gap` says
    whether a blank line or a page break stands before the line.
    """

    text: str
    pieces: tuple[Span, ...]
    marks: tuple[Mark, ...]
    cut: bool
    page: int
    gap: bool


def lines(text: str, pages: Iterable[Span]) -> Iterator[Line]:
    """The lines of `text` that are not blank, in order; a mark that runs on belongs to its first line."""
    marks = list(marks_in(text))
    done = 0
    for number, page in enumerate(pages):
        gap = True
        for match in _LINE.finditer(text, page.start, page.end):
            start, end = match.span()
            here = done
            while here < len(marks) and marks[here].span.start < end:
                here += 1
            # What a mark of an earlier line still covers of this one is not looked at again.
            begin = min(end, max(start, marks[done - 1].span.end)) if done else start
            line = _line(text, Span(start=begin, end=end), marks[done:here], page=number, gap=gap, run_on=begin > start)
            done = here
            if line:
                yield line
            # A blank line inside a mark parts nothing.
            gap = line is None and begin == start and not match.group().strip()


def _line(text: str, span: Span, marks: list[Mark], *, page: int, gap: bool, run_on: bool) -> Line | None:
    """The line at `span` cut at its `marks` (`run_on`: one of a line above ends here), or None for an empty one."""
    bounds = [span.start, *(edge for mark in marks for edge in (mark.span.start, mark.span.end)), span.end]
    pieces = tuple(
        stripped
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        if start < end and (stripped := _strip(text, start, end))
    )
    if not pieces and not marks:
        return None
    plain = " ".join(piece.of(text) for piece in pieces)
    cut = run_on or bool(marks)
    return Line(text=plain, pieces=pieces, marks=tuple(marks), cut=cut, page=page, gap=gap)


def _strip(text: str, start: int, end: int) -> Span | None:
    """`[start, end)` without the white space at its ends, or None where there is nothing else."""
    stretch = text[start:end]
    bare = stretch.strip()
    if not bare:
        return None
    start += len(stretch) - len(stretch.lstrip())
    return Span(start=start, end=start + len(bare))


def pages(text: str) -> tuple[Span, ...]:
    """The pages of `text`; together they are the whole of it.

    One way of marking pages is believed per text, the plainest that it has: `## Page 2` lines, form feeds,
    `- 2 -` lines, and `---` rules last, since an OCR engine may also read a smudge as one.
    """
    cuts = _headed(text) or _fed(text) or _numbered(text) or [match.end() for match in _RULE.finditer(text)]
    edges = sorted({0, len(text), *cuts})
    if len(edges) > 2 and not text[edges[-2] :].strip():
        # Engines end every page with the mark, also the last: what follows it is no page.
        del edges[-2]
    if len(edges) < 2:
        return (Span(start=0, end=len(text)),)
    return tuple(Span(start=a, end=b) for a, b in pairwise(edges))


def _headed(text: str) -> list[int]:
    """Where `## Page N` lines begin a page; the title of a dump, before the first, belongs to page 1."""
    starts = [match.start() for match in _HEADED.finditer(text)]
    return [0, *starts[1:]] if starts else []


def _fed(text: str) -> list[int]:
    """Behind each form feed."""
    return [match.end() for match in _FORM_FEED.finditer(text)]


def _numbered(text: str) -> list[int]:
    """Where typed numbers `- 2 -` begin a page.

    They stand at its head, under the classification marking, which is typed at the head and the foot of each
    page: of two markings before the number the second belongs to the new page. Numbers that begin with `- 1 -`
    under text stand at the foot.
    """
    found = list(_NUMBERED.finditer(text))
    if found and found[0][1] == "1" and text[: found[0].start()].strip():
        return [match.end() for match in found]
    return [_with_marking(text, match.start()) for match in found]


def _with_marking(text: str, start: int) -> int:
    """`start`, or the start of the marking just before it where another marking precedes that one."""
    window = text[max(0, start - 400) : start]
    before = [match for match in _LINE.finditer(window) if match.group().strip()][-2:]
    if len(before) == 2 and all(is_marking(match.group().strip()) for match in before):
        return start - len(window) + before[1].start()
    return start
