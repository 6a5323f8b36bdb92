"""The tables, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from correcting.judge import Judged, Sums
from corrigenda.score.resample import Interval

__all__ = ["by_engine", "comparison", "cut", "interval", "named", "percent", "section", "table"]

_FEWEST_GROUPS = 10
"""With fewer, most resamples hold a group twice and more, and the interval is all that there could be."""
_ENGINES = {"tesseract": "Tesseract", "apple-vision": "Apple Vision", "text-layer": "Text layer"}


def named(limit: float) -> str:
    """What our own corrector is called at a limit of harm."""
    return f"corrigenda, --max-harm {limit:g}"


def section(title: str, *parts: str) -> str:
    """A heading with what belongs under it."""
    return "\n\n".join((f"## {title}", *parts)) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; its first column is text, and the others are figures."""
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join((*lines, *(f"| {' | '.join(row)} |" for row in rows)))


def percent(value: float, digits: int = 1) -> str:
    """A fraction in per cent."""
    return f"{100 * value:.{digits}f}"


def interval(found: Interval | None) -> str:
    """An interval of fractions in per cent; nothing where there is none."""
    return f" [{percent(found.low)} to {percent(found.high)}]" if found else ""


def cut(sums: Sums) -> str:
    """By how much `cmer` went down, in per cent, with its interval where there are groups enough to tell one."""
    return percent(sums.cut) + (interval(sums.cut_interval) if sums.groups >= _FEWEST_GROUPS else "")


_COMPARED = (
    "", "cMER before", "after", "cut, % [95%]", "macro cut, %", "mean cut of groups, %",
    "right words broken", "harm, %", "wrong places mended, %", "words flagged, %",
)  # fmt: skip


def comparison(systems: dict[str, list[Judged]]) -> str:
    """What each system did to the same passages."""
    return table(_COMPARED, [_compared(name, Sums(judged)) for name, judged in systems.items()])


def _compared(name: str, sums: Sums) -> list[str]:
    return [
        name,
        percent(sums.before, 2),
        percent(sums.after, 2),
        cut(sums),
        percent(sums.macro_cut),
        percent(sums.mean_cut),
        f"{sums.broken:,} of {sums.right_words:,}",
        percent(sums.harm, 3),
        f"{percent(sums.fixed / max(1, sums.wrong))} of {sums.wrong:,}",
        percent(sums.flagged_words / max(1, sums.words)),
    ]


def by_engine(systems: dict[str, list[Judged]]) -> Iterable[tuple[str, dict[str, list[Judged]]]]:
    """The same for each engine that read enough to tell of, then for all."""
    for engine, called in _ENGINES.items():
        yield called, {name: [j for j in judged if j.passage.engine == engine] for name, judged in systems.items()}
    yield "All engines", systems
