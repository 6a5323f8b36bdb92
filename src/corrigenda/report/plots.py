"""Plots as inline SVG: nothing is loaded, no script draws, and every word in them is text.

Colours are custom properties of `common.css`, so that a plot is dark where the page is. What is drawn is told in
words too: a title and a description for those who do not see it, and a table of the numbers beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corrigenda.report.page import percent, visible
from corrigenda.score.calibration import Kept
from corrigenda.score.resample import Interval

__all__ = ["Calibrated", "Dot", "abstention", "calibration", "documents"]

_NAMED = 40
"""Up to so many documents each has a line with its name; above, ..."""
_DOTS = 400
"""... up to so many, each has a dot; above, a curve says how many documents are how bad."""
_CURVE_POINTS = 120
_NONE = Markup()
# From where to where the panels of the abstention curve reach.
_PANEL, _PANEL_END = 60, 460
_TABLE_ROWS = 25
_SHARES = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)

_SIDES = {"before": "OCR", "after": "corrected"}

Scale = Callable[[float], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """The error rate of one document as a fraction, before and, where it was corrected, after; `link` to its page."""

    name: str
    link: str | None
    before: float
    after: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibrated:
    """Of `count` cases of which a probability of `stated` was claimed on the mean, the share that is right."""

    stated: float
    share: float
    count: int
    interval: Interval


def documents(dots: Sequence[Dot], measure: str) -> Markup:
    """Error by document, the worst first: lines with names, dots, or a cumulative curve, as many as there are.

    The scale of the error is that of square roots, since most pages are good and a few are very bad.
    """
    ordered = sorted(dots, key=lambda dot: (-dot.before, dot.name))
    if len(ordered) <= _NAMED:
        return _named(ordered, measure)
    if len(ordered) <= _DOTS:
        return _ranked(ordered, measure)
    return _cumulative(ordered, measure)


def _named(dots: Sequence[Dot], measure: str) -> Markup:
    left, right, row = 210, 40, 19
    height = 30 + row * len(dots) + 34
    x, ticks = _root_scale(dots, left, 760 - right, apart=46)
    parts = [_line(x(t), 24, x(t), height - 34, "grid") + _text(x(t), height - 18, _share(t), "mid") for t in ticks]
    for n, dot in enumerate(dots):
        y = 36 + row * n
        label = _linked(dot, _text(left - 10, y + 4, _shortened(dot.name, 30), "end"))
        parts += [label, _linked(dot, _pair(dot, x(dot.before), y, x, upright=False))]
    parts.append(_text((left + 760 - right) / 2, height - 2, f"{measure}, square-root scale", "mid axis"))
    told = f"{measure} of each document, the worst first, from {_span(dots)}."
    return _figure("Error by document", told, 760, height, parts, key=_key(dots))


def _ranked(dots: Sequence[Dot], measure: str) -> Markup:
    left, top, bottom, width = 56, 14, 250, 960
    y, ticks = _root_scale(dots, bottom, top, apart=26)
    parts = [_line(left, y(t), width - 8, y(t), "grid") + _text(left - 8, y(t) + 4, _share(t), "end") for t in ticks]
    step = (width - 24 - left) / max(1, len(dots) - 1)
    parts += [
        _linked(dot, _pair(dot, left + 8 + n * step, y(dot.before), y, upright=True)) for n, dot in enumerate(dots)
    ]
    parts.append(_text((left + width) / 2, bottom + 22, f"{len(dots):,} documents, the worst first", "mid axis"))
    parts.append(_text(left - 8, bottom + 22, measure, "end axis"))
    told = f"{measure} of each of {len(dots):,} documents on a square-root scale, the worst first, from {_span(dots)}."
    return _figure("Error by document", told, width, bottom + 32, parts, key=_key(dots))


def _cumulative(dots: Sequence[Dot], measure: str) -> Markup:
    left, top, bottom, width = 56, 14, 260, 760
    x, ticks = _root_scale(dots, left, width - 24, apart=46)
    y = _linear(0, 1, bottom, top)
    parts = [_line(x(t), top, x(t), bottom, "grid") + _text(x(t), bottom + 16, _share(t), "mid") for t in ticks]
    shares = [0, 0.25, 0.5, 0.75, 1]
    parts += [_line(left, y(s), width - 24, y(s), "grid") + _text(left - 8, y(s) + 4, _share(s), "end") for s in shares]
    sides = [("before", sorted(d.before for d in dots))]
    if any(d.after is not None for d in dots):
        sides.append(("after", sorted(d.after for d in dots if d.after is not None)))
    for name, values in sides:
        points = [((n + 1) / len(values), values[n]) for n in _thinned(len(values), _CURVE_POINTS)]
        parts.append(_path([(x(v), y(share)) for share, v in points], name))
    axis = f"documents with at most this {measure} (square-root scale)"
    parts.append(_text((left + width) / 2, bottom + 34, axis, "mid axis"))
    rows = [
        (_share(share), *(percent(values[max(0, math.ceil(share * len(values)) - 1)], 2) for _, values in sides))
        for share in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1)
    ]
    heads = ("Share of documents", *(f"{measure} at most, {_SIDES[name]}" for name, _ in sides))
    told = f"How many of {len(dots):,} documents have at most which {measure}; from {_span(dots)}."
    return _figure("Error by document", told, width, bottom + 44, parts, key=_key(dots), numbers=_table(heads, rows))


def calibration(points: Sequence[Calibrated], *, title: str, stated: str, right: str, counted: str) -> Markup:
    """What was claimed against what is true, with 95 % whiskers; a dot's area goes with the number of cases."""
    left, top, bottom, width = 56, 14, 330, 400
    low = min([0.0 if p.stated < 0.5 or p.interval.low < 0.5 else 0.5 for p in points], default=0.0)
    x, y = _linear(low, 1, left, width - 20), _linear(low, 1, bottom, top)
    ticks = [t for t in (0, 0.2, 0.4, 0.6, 0.8, 1) if t >= low] if low == 0 else [0.5, 0.6, 0.7, 0.8, 0.9, 1]
    parts = [_line(left, y(t), width - 20, y(t), "grid") + _text(left - 8, y(t) + 4, _share(t), "end") for t in ticks]
    parts += [_line(x(t), top, x(t), bottom, "grid") + _text(x(t), bottom + 16, _share(t), "mid") for t in ticks]
    parts.append(_line(x(low), y(low), x(1), y(1), "ideal"))
    most = max((p.count for p in points), default=1)
    for p in points:
        says = f"{stated} {percent(p.stated)}, {right} {percent(p.share)} of {p.count:,}"
        whisker = _line(x(p.stated), y(p.interval.low), x(p.stated), y(p.interval.high), "whisker")
        dot = _circle(x(p.stated), y(p.share), 3 + 6 * math.sqrt(p.count / most), "after", says)
        parts.append(whisker + dot)
    parts.append(_text((left + width - 20) / 2, bottom + 36, stated, "mid axis"))
    parts.append(_text(left + 6, top + 12, right, "axis"))
    rows = [
        (
            percent(p.stated),
            percent(p.share),
            f"{percent(p.interval.low)} to {percent(p.interval.high)}",
            f"{p.count:,}",
        )
        for p in points
    ]
    told = f"{right} against {stated}. On the line both are the same; below it, too much was claimed."
    heads = (stated, right, "95 % interval", counted)
    return _figure(title, told, width, bottom + 46, parts, numbers=_table(heads, rows))


def abstention(steps: Sequence[Kept]) -> Markup:
    """How precision and harm change if only the surest corrections are made."""
    known = [s for s in sorted(steps, key=lambda s: s.corrections) if s.precision is not None]
    width = _PANEL_END + 20
    most = max((s.corrections for s in known), default=1)
    x = _linear(0, most, _PANEL, _PANEL_END)
    worst, least = (
        max((s.harm or 0.0 for s in known), default=0.0),
        min((s.precision or 0.0 for s in known), default=0.0),
    )
    drawn = [known[n] for n in _thinned(len(known), _CURVE_POINTS)]
    precise, harmful = (
        [(x(s.corrections), v or 0.0) for s, v in zip(drawn, values, strict=True)]
        for values in ([s.precision for s in drawn], [s.harm for s in drawn])
    )
    parts = [
        *_panel("precision: fixed of all that were made", precise, (18, 150), (0.5 if least >= 0.5 else 0.0, 1.0)),
        *_panel("harm: right words broken", harmful, (190, 290), (0.0, _rounded_up(worst) or 0.001)),
    ]
    parts += [_text(x(n), 308, f"{n:,}", "mid") for n in sorted({0, most // 2, most})]
    parts.append(_text((_PANEL + _PANEL_END) / 2, 326, "corrections made, the surest first", "mid axis"))
    rows = [
        (f"{s.threshold:.3f}", f"{s.corrections:,}", _percent_or_dash(s.precision), _percent_or_dash(s.harm, 3))
        for s in (known[n] for n in _thinned(len(known), _TABLE_ROWS))
    ]
    told = "What is left of the corrections at each threshold of probability, how precise they are, and what they harm."
    heads = ("Threshold", "Corrections", "Precision", "Harm")
    return _figure("If only the surest corrections were made", told, width, 334, parts, numbers=_table(heads, rows))


def _panel(
    name: str, points: Sequence[tuple[float, float]], top_bottom: tuple[int, int], low_high: tuple[float, float]
) -> list[Markup]:
    """One curve, whose places across are given already, with values from `low` to `high`."""
    (top, bottom), (low, high), end = top_bottom, low_high, _PANEL_END
    y = _linear(low, high, bottom, top)
    ticks = (low, (low + high) / 2, high)
    grid = [_line(_PANEL, y(t), end, y(t), "grid") + _text(_PANEL - 8, y(t) + 4, _share(t), "end") for t in ticks]
    return [*grid, _path([(x, y(v)) for x, v in points], "after"), _text(_PANEL, top - 6, name, "axis")]


def _rounded_up(value: float) -> float:
    """The next of 1, 2 and 5 times a power of ten; 0 of 0."""
    if not value:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


# The parts of a plot.


def _figure(
    title: str,
    told: str,
    width: int,
    height: int,
    parts: Iterable[Markup],
    *,
    key: Markup = _NONE,
    numbers: Markup = _NONE,
) -> Markup:
    return Markup(
        '<figure class="plot"><figcaption>{title}{key}</figcaption><div class="canvas">'
        '<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{title}. {told}">'
        "<desc>{told}</desc>{parts}</svg></div>{numbers}</figure>"
    ).format(title=title, told=told, width=width, height=height, parts=Markup("").join(parts), key=key, numbers=numbers)


def _key(dots: Sequence[Dot]) -> Markup:
    if all(dot.after is None for dot in dots):
        return Markup("")
    return Markup(
        ' <span class="key"><svg width="14" height="12" aria-hidden="true"><circle class="before" cx="7" cy="6" r="4"/>'
        '</svg> OCR <svg width="14" height="12" aria-hidden="true"><circle class="after" cx="7" cy="6" r="4"/></svg>'
        " corrected</span>"
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    head = Markup("").join(Markup('<th scope="col" class="n">{}</th>').format(h) for h in heads)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup('<td class="n">{}</td>').format(cell) for cell in row))
        for row in rows
    )
    return Markup(
        '<details><summary>The numbers</summary><div class="canvas"><table><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div></details>"
    ).format(head, body)


def _pair(dot: Dot, x: float, y: float, scale: Scale, *, upright: bool) -> Markup:
    """One document: a ring for the OCR, a dot for the corrected text, and a line between where they differ."""
    says = f"{dot.name}: {percent(dot.before, 2)}"
    if dot.after is None:
        return _circle(x, y, 3.5, "only", says)
    says += f" → {percent(dot.after, 2)}"
    to_x, to_y = (x, scale(dot.after)) if upright else (scale(dot.after), y)
    line = _line(x, y, to_x, to_y, "worse" if dot.after > dot.before else "better") if dot.after != dot.before else ""
    return Markup("{}{}{}").format(line, _circle(x, y, 3.5, "before", says), _circle(to_x, to_y, 3, "after", says))


def _linked(dot: Dot, drawn: Markup) -> Markup:
    """The table of documents has the same links for the keyboard, so that these are not stepped through."""
    return Markup('<a href="{}" tabindex="-1">{}</a>').format(dot.link, drawn) if dot.link else drawn


def _line(x: float, y: float, to_x: float, to_y: float, name: str) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(name, *map(_short, (x, y, to_x, to_y)))


def _circle(x: float, y: float, radius: float, name: str, says: str) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
        name, *map(_short, (x, y, radius)), visible(says)
    )


def _text(x: float, y: float, text: str, name: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(name, _short(x), _short(y), visible(text))


def _path(points: Sequence[tuple[float, float]], name: str) -> Markup:
    return Markup('<polyline class="{}" points="{}"/>').format(
        name, " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    )


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _linear(low: float, high: float, start: float, end: float) -> Scale:
    return lambda value: start + (end - start) * (value - low) / (high - low)


def _root_scale(dots: Sequence[Dot], start: float, end: float, *, apart: float) -> tuple[Scale, list[float]]:
    """A square-root scale up to the largest error, and its ticks, all of them `apart`."""
    most = max((max(dot.before, dot.after or 0.0) for dot in dots), default=0.0) or 0.01
    scale = _linear(0, math.sqrt(most), start, end)
    ticks: list[float] = []
    for share in _SHARES:
        if share <= most and (not ticks or abs(scale(math.sqrt(share)) - scale(math.sqrt(ticks[-1]))) >= apart):
            ticks.append(share)
    return lambda value: scale(math.sqrt(value)), ticks


def _thinned(count: int, most: int) -> list[int]:
    """At most `most` indices of `count`, first and last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(n * (count - 1) / (most - 1)) for n in range(most)})


def _share(value: float) -> str:
    return f"{100 * value:.3g}\N{NO-BREAK SPACE}%"


def _percent_or_dash(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else percent(value, digits)


def _shortened(name: str, most: int) -> str:
    """A name whose middle is left out where it is long, since the ends of file names tell them apart."""
    return name if len(name) <= most else f"{name[: most // 2 - 1]}…{name[-(most // 2) :]}"


def _span(dots: Sequence[Dot]) -> str:
    values = [dot.before for dot in dots]
    if not values:
        return "none"
    return f"{percent(min(values), 2)} to {percent(max(values), 2)}"
