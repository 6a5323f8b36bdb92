"""Results as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corrigenda.values import Corrected, Evaluation, FlagKind, Outcome

__all__ = ["evaluation", "percent", "show", "summary"]

_PIPE_WIDTH = 140


def show(table: Table) -> None:
    """Print `table` to standard output; a pipe gets one line a row, whatever the width of the terminal."""
    console = Console()
    Console(width=None if console.is_terminal else _PIPE_WIDTH).print(table)


def summary(done: Sequence[tuple[Corrected, Evaluation | None]]) -> Table:
    """A row a document: corrections, flags and, where there is a transcription, rates and outcomes."""
    table = Table(title="CER (cer) and WER (wer_ws) in per cent, before → after, profile folded", title_justify="left")
    table.add_column("document", overflow="fold")
    for name in ("CER", "WER", "corrections", *(o.value.replace("_", " ") for o in Outcome), "flags"):
        table.add_column(name, justify="right")
    for corrected, judged in done:
        flags = sum(f.kind is FlagKind.DOUBTFUL for f in corrected.flags)
        outcomes = [str(judged.count(o)) if judged else "" for o in Outcome]
        made = str(len(corrected.corrections))
        table.add_row(escape(corrected.document_id), *_rates(judged), made, *outcomes, str(flags))
    return table


def evaluation(judged: Evaluation) -> Table:
    """All measures of one document in all profiles, before and after."""
    table = Table(title=f"{escape(judged.document_id)}: rates in per cent", title_justify="left")
    for name in ("profile", "measure", "before", "after", "hits", "substituted", "deleted", "inserted"):
        table.add_column(name, justify="left" if name in {"profile", "measure"} else "right")
    for before, after in zip(judged.before.scores, judged.after.scores, strict=True):
        of = after.counts
        counts = (of.hits, of.substitutions, of.deletions, of.insertions)
        table.add_row(before.profile, before.name, percent(before.value), percent(after.value), *map(str, counts))
    counted = ", ".join(f"{o.value} {judged.count(o)}" for o in Outcome)
    table.caption = f"{counted}; harm {percent(judged.harm)} of {judged.right_words} right words"
    return table


def percent(value: float) -> str:
    """A fraction as per cent with two decimals."""
    return f"{100 * value:.2f}"


def _rates(judged: Evaluation | None) -> list[str]:
    if judged is None:
        return ["", ""]
    before, after, profile = judged.before, judged.after, judged.headline
    return [
        f"{percent(before.score(name, profile).value)} → {percent(after.score(name, profile).value)}"
        for name in ("cer", "wer_ws")
    ]
