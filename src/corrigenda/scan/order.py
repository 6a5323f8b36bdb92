"""The reading order of typed lines: rows from the left, from top to foot, in paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from statistics import median

from corrigenda.ingest.compose import Block, Line
from corrigenda.scan.typed import Area, around
from corrigenda.values import Box

__all__ = ["Placed", "ordered"]

_COLUMN, _LONG = 4, 2
"""So many rows that go on at one place, with so many words at least, are a column."""
_INDENT, _LEADING = 2.0, 1.4
_LEVEL, _SHARED = 0.25, 0.7
"""Heights of a word by which two lines on one row differ at most, and the share of lines that a table has on one."""
_CROSSED = 0.2
"""Lines run across a gap between columns seldom; where engines tear lines up at their blanks, most others do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Words of one line, each with a box; `block` numbers the blocks that the engine found."""

    reads: Line
    block: int


_Row = list[Placed]


def ordered(lines: Sequence[Placed], typed: Area) -> tuple[Block, ...]:
    """The lines in the order in which they are read, in blocks.

    Engines cut a line in two where a stamp stands in it, and put the halves into blocks far apart. Where columns or
    tables make rows of their own, the engine's order stays, unless the columns have lines of their own: a printed list
    beside a letter is read to its foot, a table row by row.
    """
    # What stands wholly beside the column, such as the title of a picture, is on no row of it.
    left = [line for line in lines if _box([line]).right < typed.left]
    right = [line for line in lines if _box([line]).left > typed.right]
    within = [line for line in lines if line not in left and line not in right]
    rows = _rows(within)
    edge = _column(rows, typed)
    if edge is None:
        return (*_as_found(left), *_paragraphs(rows, typed), *_as_found(right))
    parts = _side_by_side(within, edge, typed)
    if not parts:
        return _as_found(lines)
    columns = (block for part in parts for block in _paragraphs(_rows(part), typed))
    return (*_as_found(left), *columns, *_as_found(right))


def _paragraphs(rows: Sequence[_Row], typed: Area) -> tuple[Block, ...]:
    """The rows from top to foot, in paragraphs."""
    # The middle word tells how high a row is, since what was written into the line may be thrice as high.
    rows = sorted(rows, key=lambda row: median(_middle(around([read])) for line in row for read in line.reads))
    blocks: list[list[Line]] = []
    for above, row in zip([None, *rows], rows, strict=False):
        if above is None or _parted(above, row, typed):
            blocks.append([])
        blocks[-1].append(tuple(read for line in row for read in line.reads))
    return tuple(map(tuple, blocks))


def _side_by_side(lines: Sequence[Placed], edge: float, typed: Area) -> list[list[Placed]]:
    """The lines left of `edge`, and then those right of it, between lines that run across; none where rows are shared.

    The lines of a letter are not at the height of those of the list beside it, but those of a table are.
    """
    if not _are_columns(*_sides(lines, edge, typed), typed):
        return []
    left, right, across = _sides([part for line in lines for part in _cut(line, edge, lines, typed)], edge, typed)
    parts: list[list[Placed]] = []
    across.sort(key=_height)
    above = -inf
    for line in (*across, None):
        below = _height(line) if line else inf
        parts += ([one for one in side if above <= _height(one) < below] for side in (left, right))
        parts.append([line] if line else [])
        above = below
    return [part for part in parts if part]


def _sides(lines: Sequence[Placed], edge: float, typed: Area) -> tuple[list[Placed], list[Placed], list[Placed]]:
    """The lines left of `edge`, right of it, and across it."""
    beside = _INDENT * typed.pitch
    across = [one for one in lines if _box([one]).left < edge - beside and _box([one]).right > edge + beside]
    right = [one for one in lines if one not in across and _box([one]).right > edge + beside]
    return [one for one in lines if one not in across and one not in right], right, across


def _are_columns(left: Sequence[Placed], right: Sequence[Placed], across: Sequence[Placed], typed: Area) -> bool:
    """Whether lines stand side by side, each column in rows of its own, and few run across both."""
    if len(left) < _COLUMN or len(right) < _COLUMN:
        return False
    heights = sorted(map(_height, right))
    between = sum(heights[0] < _height(one) < heights[-1] for one in across)
    apart = [min(abs(_height(a) - _height(b)) for b in left) for a in right]
    shared = sum(gap < _LEVEL * typed.height for gap in apart)
    return shared <= _SHARED * len(right) and between <= _CROSSED * len(right)


def _as_found(lines: Sequence[Placed]) -> tuple[Block, ...]:
    """The lines in the engine's own blocks and order."""
    blocks = dict.fromkeys(line.block for line in lines)
    return tuple(tuple(line.reads for line in lines if line.block == block) for block in blocks)


def _rows(lines: Sequence[Placed]) -> list[_Row]:
    """The lines put together that stand side by side, each row from left to right."""
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: _box([line]).left):
        on = [row for row in rows if _goes_on(row[-1], line)]
        # Of two rows the one whose end is nearer in height.
        row = min(on, key=lambda row: abs(_end(row[-1], -1) - _end(line, 0)), default=None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return rows


def _goes_on(line: Placed, other: Placed) -> bool:
    """Whether `other` begins right of where `line` ends, at the same height, however askew the page is."""
    last, first = around(line.reads[-1:]), around(other.reads[:1])
    down = min(last.bottom, first.bottom) - max(last.top, first.top)
    return first.left >= last.right - (last.bottom - last.top) / 4 and 2 * down > min(
        last.bottom - last.top, first.bottom - first.top
    )


def _cut(line: Placed, edge: float, lines: Sequence[Placed], typed: Area) -> Iterator[Placed]:
    """A line that runs over two columns, as engines take it, in two where its second half begins at `edge`.

    Columns go on over and under it: what stands above or below both may run across.
    """
    beside = _INDENT * typed.pitch
    at = next((i for i, read in enumerate(line.reads) if i and abs(around([read]).left - edge) <= beside), None)
    own = _box([line])
    of_column = [_box([one]) for one in lines if abs(_box([one]).left - edge) <= beside]
    if at is None or not (any(b.bottom <= own.top for b in of_column) and any(b.top >= own.bottom for b in of_column)):
        yield line
        return
    yield Placed(reads=line.reads[:at], block=line.block)
    yield Placed(reads=line.reads[at:], block=line.block)


def _column(rows: Sequence[_Row], typed: Area) -> float | None:
    """Where several rows go on at one distance from the edge, as columns do; halves of a cut line do so anywhere."""
    starts = [around(line.reads[:1]).left for row in rows for line in row[1:] if len(line.reads) >= _LONG]
    alike = {start: sum(abs(start - other) <= _INDENT * typed.pitch for other in starts) for start in starts}
    best = max(alike, key=lambda start: (alike[start], -start), default=None)
    return best if best is not None and alike[best] >= _COLUMN else None


def _parted(above: _Row, row: _Row, typed: Area) -> bool:
    """Whether a paragraph ends between two rows; within a block of the engine none does but by a wide step."""
    one, other = _box(above), _box(row)
    step = other.bottom - one.bottom
    if {line.block for line in above} & {line.block for line in row}:
        return False
    return step > _LEADING * typed.step or other.left - one.left > _INDENT * typed.pitch


def _box(row: Sequence[Placed]) -> Box:
    return around([read for line in row for read in line.reads])


def _height(line: Placed) -> float:
    return _middle(_box([line]))


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _end(line: Placed, at: int) -> float:
    return _middle(around([line.reads[at]]))
