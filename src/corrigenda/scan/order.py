"""The reading order of typed lines: rows from the left, from top to foot, in paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corrigenda.ingest.compose import Block, Line
from corrigenda.scan.typed import Area, around
from corrigenda.values import Box

__all__ = ["Placed", "ordered"]

_COLUMN, _LONG = 4, 2
"""So many rows that go on at one place, with so many words at least, are a column."""
_INDENT, _LEADING = 2.0, 1.4


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Words of one line, each with a box; `block` numbers the blocks that the engine found."""

    reads: Line
    block: int


def ordered(lines: Sequence[Placed], typed: Area) -> tuple[Block, ...]:
    """The lines in the order in which they are read, in blocks.

    Engines cut a line in two where a stamp stands in it, and put the halves into blocks far apart. Where columns or
    tables make rows of their own, the engine's order stays.
    """
    # What stands wholly beside the column, such as the title of a picture, is on no row of it.
    left = [line for line in lines if _box([line]).right < typed.left]
    right = [line for line in lines if _box([line]).left > typed.right]
    rows = _rows([line for line in lines if line not in left and line not in right])
    if _in_columns(rows, typed):
        return _as_found(lines)
    # The middle word tells how high a row is, since what was written into the line may be thrice as high.
    rows.sort(key=lambda row: median(_middle(around([read])) for line in row for read in line.reads))
    blocks: list[list[Line]] = []
    for above, row in zip([None, *rows], rows, strict=False):
        if above is None or _parted(above, row, typed):
            blocks.append([])
        blocks[-1].append(tuple(read for line in row for read in line.reads))
    return (*_as_found(left), *map(tuple, blocks), *_as_found(right))


def _as_found(lines: Sequence[Placed]) -> tuple[Block, ...]:
    """The lines in the engine's own blocks and order."""
    blocks = dict.fromkeys(line.block for line in lines)
    return tuple(tuple(line.reads for line in lines if line.block == block) for block in blocks)


_Row = list[Placed]


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


def _in_columns(rows: Sequence[_Row], typed: Area) -> bool:
    """Whether several rows go on at one distance from the edge, as columns do; halves of a cut line do so anywhere."""
    starts = [around(line.reads[:1]).left for row in rows for line in row[1:] if len(line.reads) >= _LONG]
    alike = [sum(abs(start - other) <= _INDENT * typed.pitch for other in starts) for start in starts]
    return max(alike, default=0) >= _COLUMN


def _parted(above: _Row, row: _Row, typed: Area) -> bool:
    """Whether a paragraph ends between two rows; within a block of the engine none does but by a wide step."""
    one, other = _box(above), _box(row)
    step = other.bottom - one.bottom
    if {line.block for line in above} & {line.block for line in row}:
        return False
    return step > _LEADING * typed.step or other.left - one.left > _INDENT * typed.pitch


def _box(row: Sequence[Placed]) -> Box:
    return around([read for line in row for read in line.reads])


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _end(line: Placed, at: int) -> float:
    return _middle(around([line.reads[at]]))
