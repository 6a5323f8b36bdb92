"""What one release shows and another hides, as JSON has it and as lines for people.

docs/releases.schema.json describes the shape of the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from corrigenda.edition.compare import Comparison, Finding
from corrigenda.edition.standing import Standing

__all__ = ["comparison_lines", "comparison_record"]

_FORMAT = "corrigenda releases 1"
_SET_ASIDE = {
    Standing.MOVED: "stand elsewhere in the other text",
    Standing.EXTENT: "lie where the other text begins later, ends sooner or lacks a page",
    Standing.MISREAD: "are what one machine misread, lost or made up",
}


def comparison_record(compared: Comparison, names: tuple[str, str]) -> dict[str, Any]:
    """The whole comparison; `start` and `end` are code points of the release that shows the text, half-open."""
    return {
        "format": _FORMAT,
        "releases": [{"path": n, "words": w} for n, w in zip(names, compared.words, strict=True)],
        "words_in_both": compared.shared,
        "findings": [
            {
                "shown_in": "AB"[f.shown_in],
                "standing": f.standing.value,
                "text": f.text,
                "start": f.span.start,
                "end": f.span.end,
                "page": f.page,
                "before": f.before,
                "after": f.after,
                "instead": f.instead,
                "place": {"start": f.place.start, "end": f.place.end},
                "why": list(f.why),
            }
            for f in compared.findings
        ],
    }


def comparison_lines(compared: Comparison, names: tuple[str, str], *, possible: bool) -> Iterator[str]:
    """What a reader is told: the releases of text, with `possible` those in doubt, and how much was set aside."""
    for letter, name, words in zip("AB", names, compared.words, strict=True):
        yield f"{letter}: {name}, {words:,} words, {compared.shared:,} of them in both in the same order"
    for standing in (Standing.RELEASED, *((Standing.POSSIBLE,) if possible else ())):
        for found in compared.of(standing):
            yield ""
            yield from _told(found)
    count = Counter(f.standing for f in compared.findings)
    yield ""
    yield f"{count[Standing.RELEASED]} stretches shown in one release and hidden in the other"
    yield f"{count[Standing.POSSIBLE]} more are possible" + ("" if possible else " (--possible lists them)")
    for standing, says in _SET_ASIDE.items():
        yield f"{count[standing]} {says}"


def _told(found: Finding) -> Iterator[str]:
    doubt = "possibly " if found.standing is Standing.POSSIBLE else ""
    yield f"{doubt}only in {'AB'[found.shown_in]}, page {found.page}:"
    yield f"  … {found.before} [[{' '.join(found.text.split())}]] {found.after} …"
    yield f"  {'; '.join(found.why)}"
