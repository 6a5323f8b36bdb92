"""Results as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corrigenda.report.extent import Extent
from corrigenda.score.corpus import Change, Corpus, Figure, NotScored
from corrigenda.score.paired import Paired
from corrigenda.score.plan import Plan
from corrigenda.score.resample import FEW_GROUPS, Interval
from corrigenda.score.values import Evaluation, Outcome
from corrigenda.values import Corrected, FlagKind

__all__ = ["corpus", "made", "paired", "percent", "plan", "show", "summary"]

_PIPE_WIDTH = 160


def show(table: Table) -> None:
    """Print `table` to standard output; a pipe gets one line a row, whatever the width of the terminal."""
    console = Console()
    Console(width=None if console.is_terminal else _PIPE_WIDTH).print(table)


def summary(done: Sequence[tuple[Corrected, Evaluation | None]]) -> Table:
    """A row a document: corrections, flags and, where there is a transcription, rates and outcomes."""
    table = Table(title="CER (cer) and WER (wer_ws) in per cent, before → after, profile folded", title_justify="left")
    table.add_column("document", overflow="fold")
    for name in ("CER", "WER", "corrections", *(o.value.replace("_", " ") for o in Outcome), "flags"):
        table.add_column(name, justify="right", no_wrap=True)
    for corrected, judged in done:
        outcomes = [str(judged.count(o)) if judged else "" for o in Outcome]
        table.add_row(
            escape(corrected.document_id),
            *_rates(judged),
            str(len(corrected.corrections)),
            *outcomes,
            str(_doubtful(corrected)),
        )
    return table


def made(done: Sequence[tuple[Corrected, Extent]]) -> Table:
    """A row a document where there is no transcription: what was corrected and flagged."""
    table = Table()
    table.add_column("document", overflow="fold")
    for name in ("words", "corrections", "flags", "words flagged, %"):
        table.add_column(name, justify="right", no_wrap=True)
    rows: list[tuple[str, tuple[int, ...]]] = [
        (c.document_id, (e.words, len(c.corrections), _doubtful(c), e.flagged)) for c, e in done
    ]
    if len(rows) > 1:
        rows.append((f"all {len(rows)}", tuple(map(sum, zip(*(numbers for _, numbers in rows), strict=True)))))
    for name, (words, corrections, flags, flagged) in rows:
        share = percent(flagged / words) if words else ""
        table.add_row(escape(name), f"{words:,}", str(corrections), str(flags), share)
    return table


def _doubtful(corrected: Corrected) -> int:
    return sum(flag.kind is FlagKind.DOUBTFUL for flag in corrected.flags)


def corpus(told: Corpus) -> Table:
    """All measures in the headline profile, before and, where something was corrected, after."""
    several = len(told.documents) > 1
    what = f"{len(told.documents)} documents in {_groups(told.groups)}" if several else told.documents[0].document_id
    title = f"{escape(what)}: rates in per cent, profile {told.headline}"
    table = Table(title=title, title_justify="left", caption=_caption(told), caption_justify="left")
    table.add_column("measure")
    sides = {"OCR": told.before, **({"corrected": told.after} if told.after else {})}
    for name in (*(f"{side}" for side in sides), *(("macro", "median") if several else ())):
        table.add_column(name, justify="right", no_wrap=True)
    if told.after:
        table.add_column("change", justify="right", no_wrap=True)
    for name in ("hits", "substituted", "deleted", "inserted"):
        table.add_column(name, justify="right", no_wrap=True)
    changes = {c.name: c for c in told.changes if c.profile == told.headline}
    for figure in (f for f in told.before.figures if f.profile == told.headline):
        last = (told.after or told.before).figure(figure.name, told.headline)
        rates = [_with_interval(side.figure(figure.name, told.headline)) for side in sides.values()]
        averages = [percent(last.macro), percent(last.median)] if several else []
        change = [_change(changes[figure.name])] if told.after else []
        of = last.counts
        counts = (of.hits, of.substitutions, of.deletions, of.insertions)
        table.add_row(figure.name, *rates, *averages, *change, *map(str, counts))
    return table


def paired(told: Paired) -> Table:
    """Two systems over the same documents, in the headline profile."""
    over = f"{len(told.documents)} documents in {_groups(told.groups)}, profile {told.headline}"
    title = f"{escape(told.a)} (a) and {escape(told.b)} (b): rates in per cent over {over}"
    table = Table(title=title, title_justify="left", caption_justify="left")
    table.caption = "\n".join(filter(None, (_limits_note(told.groups), _lone(told.not_scored))))
    for name in ("measure", "a", "b", "b - a", "p", "b better", "b worse", "same", "preference"):
        table.add_column(name, justify="left" if name == "measure" else "right")
    for change in (c for c in told.changes if c.profile == told.headline):
        a, b = (side.figure(change.name, told.headline) for side in (told.side_a, told.side_b))
        documents = (change.improved, change.worsened, change.same)
        table.add_row(
            change.name,
            percent(a.micro),
            percent(b.micro),
            _change(change),
            f"{change.comparison.p:.4f}",
            *map(str, documents),
            f"{change.preference:+.3f}",
        )
    return table


def plan(told: Plan, measure: str, drawn: Mapping[str, Sequence[str]]) -> Table:
    """How many documents give which half-width, and what to transcribe."""
    title = f"{measure} of {told.pilot} documents: {percent(told.rate)} ± {percent(told.expected)}"
    span = f"{told.needed_low} to {told.needed_high}" if told.needed_high else f"{told.needed_low} or more"
    notes = [
        f"for ± {percent(told.wanted)} percentage points transcribe {told.needed} in all, {told.more} more",
        f"(as far as {told.pilot} documents can tell: {span})",
    ]
    if told.small:
        notes.append("the pilot is too small to be relied on: transcribe some more, and plan again")
    if drawn:
        notes.append("drawn by stratum: " + ", ".join(f"{escape(name)} {len(ids)}" for name, ids in drawn.items()))
    table = Table(title=title, title_justify="left", caption="\n".join(notes), caption_justify="left")
    table.add_column("documents", justify="right")
    table.add_column("± percentage points", justify="right")
    for documents, width in told.table:
        table.add_row(str(documents), percent(width))
    return table


def _caption(told: Corpus) -> str:
    lines = [_limits_note(told.groups)] if len(told.documents) > 1 else []
    if told.after:
        lines.append("macro, median and counts are of the corrected text")
    classes = [(c.name, c.counts) for c in told.before.words if c.counts.reference]
    wrong = [f"{name} {percent(of.lost / of.reference)} of {of.reference}" for name, of in classes]
    if wrong:
        lines.append(f"{'of the OCR, ' if told.after else ''}misread or lost, by class of word: " + ", ".join(wrong))
    marks, aside = sum(d.marks for d in told.documents), sum(d.set_aside for d in told.documents)
    if marks:
        words = aside + sum(d.before.score("wer_ws", told.headline).counts.reference for d in told.documents)
        lines.append(
            f"marks and redactions that match anything: {marks}; "
            f"words that stand against them, not scored: {aside} ({percent(aside / words if words else 0.0)})"
        )
    disputed = sum(len(d.disputed) for d in told.documents)
    if disputed:
        lines.append(
            f"places where another witness contradicts the transcription: {disputed} (--json and pages list them)"
        )
    if told.after:
        counted = ", ".join(f"{o.value} {sum(d.count(o) for d in told.documents)}" for o in Outcome)
        harmed, right = (sum(getattr(d, name) for d in told.documents) for name in ("harmed_words", "right_words"))
        lines.append(f"{counted}; harm {percent(harmed / right if right else 0.0)}% of {right} right words")
    return "\n".join([*lines, *([_lone(told.not_scored)] if _lone(told.not_scored) else [])])


def _limits_note(groups: int) -> str:
    if groups < 2:
        return "one group, so no interval"
    note = "in brackets the 95% interval over groups"
    return f"{note}; {groups} groups are few, so it may be too narrow" if groups < FEW_GROUPS else note


def _lone(not_scored: NotScored) -> str:
    """What was given and is in no figure, by number; the names go to standard error."""
    parts = (
        ("exact repeats, counted once", not_scored.repeats),
        ("without a partner", len(not_scored.lone)),
        ("failed", len(not_scored.failed)),
    )
    return "; ".join(f"{what}: {count}" for what, count in parts if count)


def _groups(count: int) -> str:
    return "1 group" if count == 1 else f"{count} groups"


def _with_interval(figure: Figure) -> str:
    return f"{percent(figure.micro)}{_limits(figure.interval)}{'' if figure.exact else ' at most'}"


def _change(change: Change) -> str:
    found = change.comparison
    return f"{100 * found.difference:+.2f}{_limits(found.interval)}"


def _limits(interval: Interval | None) -> str:
    return escape(f" [{percent(interval.low)} to {percent(interval.high)}]") if interval else ""


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
