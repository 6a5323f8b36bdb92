"""Corrections and flags as a reader on the terminal wants them."""

from __future__ import annotations

from corrigenda.text import line_column
from corrigenda.values import Corrected, Correction, Document, Evidence, Flag

__all__ = ["explain"]


def explain(document: Document, corrected: Corrected) -> str:
    """Every correction and flag in the order of the page, each with line and column and its evidence."""
    found: list[Correction | Flag] = sorted(
        [*corrected.corrections, *corrected.flags], key=lambda f: (f.span.start, f.span.end)
    )
    lines: list[str] = []
    for one in found:
        line, column = line_column(document.text, one.span.start)
        lines.append(
            f"{line}:{column} "
            + "\n    ".join(_correction(one) if isinstance(one, Correction) else _flag(one, document))
        )
    return "\n".join(lines)


def _correction(one: Correction) -> list[str]:
    head = f"{one.before!r} -> {one.after!r}  ({one.kind.value}, {one.probability:.3f})"
    return [head, *map(_reason, one.evidence)]


def _reason(one: Evidence) -> str:
    figure = f" ({one.figure:g})" if one.figure is not None else ""
    return f"{one.rule}: {one.says}{figure}" + (f" [{one.citation}]" if one.citation else "")


def _flag(one: Flag, document: Document) -> list[str]:
    offered = ", ".join(s.text if s.probability is None else f"{s.text} ({s.probability:.2f})" for s in one.suggestions)
    head = f"{one.span.of(document.text)!r} left as it is: {one.why}"
    return [head, *([f"perhaps {offered}"] if offered else []), *([f"[{one.citation}]"] if one.citation else [])]
