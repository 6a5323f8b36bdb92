"""Tables in which each row has a bar, drawn as inline SVG: the numbers stand beside it, so that it needs no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from corrigenda.report.characters import shown_character
from corrigenda.report.page import percent, visible
from corrigenda.score.values import ClassCounts, Confusion

__all__ = ["class_bars", "confusion_bars"]

_MOST_CONFUSIONS = 20


def confusion_bars(
    before: Sequence[Confusion], after: Sequence[Confusion] | None, most: int = _MOST_CONFUSIONS
) -> Markup:
    """The most frequent errors by character, a bar each in a table; two bars where there is a corrected text."""
    ours = {(c.truth, c.read): c.count for c in before}
    theirs = {(c.truth, c.read): c.count for c in after} if after is not None else {}
    counts = {pair: (ours.get(pair, 0), theirs.get(pair, 0)) for pair in {**ours, **theirs}}
    chosen = sorted(counts, key=lambda pair: (-max(counts[pair]), pair))[:most]
    longest = max((max(counts[pair]) for pair in chosen), default=1)
    total = sum(ours.values())
    rows = []
    for pair in chosen:
        pictures = [Markup("<td>{}</td>").format(_character(c)) for c in pair]
        values = counts[pair] if after is not None else counts[pair][:1]
        numbers = [f"{n:,}" for n in values] + [percent(counts[pair][0] / total) if total else "–"]
        rows.append(_bar_row(pictures, [n / longest for n in values], numbers))
    heads = ["Transcription", "Read as", "", *_columns("Count", corrected=after is not None), "Share"]
    caption = f"Most frequent errors by character: {len(chosen):,} of {len(counts):,} kinds"
    return _bar_table(caption, heads, rows, labels=2)


def class_bars(caption: str, before: Sequence[ClassCounts], after: Sequence[ClassCounts] | None) -> Markup:
    """The share of each class of characters or words that was misread or lost, a bar each in a table, with its counts.

    What was read too much has no class in the truth, and no share of it.
    """
    theirs = {c.name: c.counts for c in after} if after is not None else {}
    shown = [c for c in before if c.counts.reference]
    rates = {
        c.name: [of.lost / of.reference for of in (c.counts, theirs.get(c.name)) if of and of.reference] for c in shown
    }
    longest = max((max(found) for found in rates.values()), default=0.0) or 1.0
    rows = []
    for c in shown:
        numbers = [percent(rate) for rate in rates[c.name]] + [f"{c.counts.lost:,} of {c.counts.reference:,}"]
        label = Markup('<th scope="row">{}</th>').format(c.name)
        rows.append(_bar_row([label], [rate / longest for rate in rates[c.name]], numbers))
    return _bar_table(
        caption,
        ["Class", "", *_columns("Rate", corrected=after is not None), "OCR errors" if after is not None else "Errors"],
        rows,
        labels=1,
    )


def _columns(alone: str, *, corrected: bool) -> list[str]:
    return ["OCR", "Corrected"] if corrected else [alone]


def _bar_row(labels: Iterable[Markup], lengths: Sequence[float], numbers: Iterable[str]) -> Markup:
    height = 12 if len(lengths) == 1 else 7
    bars = Markup("").join(
        Markup('<rect class="{}" y="{}" width="{:.1f}%" height="{}"/>').format(
            name, n * (height + 1), 100 * length, height
        )
        for n, (name, length) in enumerate(zip(("before", "after"), lengths, strict=False))
    )
    bar = Markup('<td class="bar"><svg height="{}" aria-hidden="true">{}</svg></td>').format(
        len(lengths) * (height + 1), bars
    )
    cells = Markup("").join(Markup('<td class="n">{}</td>').format(n) for n in numbers)
    return Markup("<tr>{}{}{}</tr>").format(Markup("").join(labels), bar, cells)


def _bar_table(caption: str, heads: Sequence[str], rows: Sequence[Markup], *, labels: int) -> Markup:
    columns = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="n"') if n > labels else "", head)
        if head
        else Markup("<td></td>")
        for n, head in enumerate(heads)
    )
    return Markup(
        '<table class="bars"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(caption, columns, Markup("").join(rows))


def _character(character: str) -> Markup:
    picture, name = shown_character(character)
    shown = Markup("<b>{}</b>").format(visible(picture)) if picture else Markup("")
    return shown + (Markup(" <small>{}</small>").format(name) if name else Markup(""))
