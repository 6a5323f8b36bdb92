"""The reading order of typed lines: rows from the left, from top to foot, in paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.ingest.compose import Block, Line
from corrigenda.scan.typed import Area, around
from corrigenda.values import Box

__all__ = ["Placed", "ordered"]

_COLUMNS, _FEW = 0.2, 2
"""Beyond this share of rows that are put together of long pieces, and so many, the page has columns, not rows."""
_LONG = 3
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
    rows = _rows(lines)
    if _in_columns(rows):
        return tuple(
            tuple(line.reads for line in lines if line.block == block)
            for block in dict.fromkeys(line.block for line in lines)
        )
    rows.sort(key=lambda row: _middle(_box(row)))
    blocks: list[list[Line]] = []
    for above, row in zip([None, *rows], rows, strict=False):
        if above is None or _parted(above, row, typed):
            blocks.append([])
        blocks[-1].append(tuple(read for line in row for read in line.reads))
    return tuple(map(tuple, blocks))


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


def _in_columns(rows: Sequence[_Row]) -> bool:
    """Whether many rows have several long pieces, as columns side by side have."""
    several = sum(sum(len(line.reads) >= _LONG for line in row) > 1 for row in rows)
    return several > max(_FEW, _COLUMNS * len(rows))


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
