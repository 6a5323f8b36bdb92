"""What a name or a designator may have been, where no reading of it can be weighed: it is offered, never put in.

A context says nothing of which name or number stands in it. But the same page often has the word once more, unharmed;
a designator that is known may differ in a figure that looks like a letter; and somebody of that time may be called so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain, islice

from rapidfuzz.distance import OSA

from corrigenda.correct.channel import ChannelCosts
from corrigenda.lexicon.designators import is_designator, normal
from corrigenda.lexicon.words import WordIndex
from corrigenda.lexicon.years import YEARS_AROUND

__all__ = ["alike"]

_MOST = 3
_SHORTEST = 4
_LONG = 8
_LONG_ON_PAGE = 7
"""What stands on the same page may be farther away: Phourni, Phoumi."""
_SHAPES = (
    ("O", "0"), ("o", "0"), ("Q", "0"), ("D", "0"), ("l", "1"), ("I", "1"), ("i", "1"), ("|", "1"), ("!", "1"),
    ("S", "5"), ("s", "5"), ("B", "8"), ("S", "8"), ("Z", "2"), ("z", "2"), ("G", "6"), ("b", "6"), ("g", "9"),
    ("q", "9"), ("T", "7"), ("A", "4"), ("l", "I"),
)  # fmt: skip
"""Letters that look like figures, and one like another; the likeliest figure of a letter first."""
_FIGURES = {ord(letter): figure for letter, figure in reversed(_SHAPES) if figure.isdigit()}
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")


def alike(
    core: str, page: Collection[str], words: WordIndex, costs: ChannelCosts, *, year: int | None = None
) -> tuple[str, ...]:
    """At most three words that may have been misread as `core`, the likeliest misreading first.

    `page` has the words of the same document.
    """
    if any(c.isdigit() for c in core):
        found = chain(_numbers(core), _designators(core, page, words))
    elif core[:1].isupper() and core.isalpha() and len(core) >= _SHORTEST:
        found = chain(_on_page(core, page), _persons(core, words, year))
    else:
        return ()
    return tuple(islice(sorted({*found} - {core}, key=lambda one: (costs.cost(one, core), one)), _MOST))


def _numbers(core: str) -> Iterator[str]:
    """The number that `core` is where every letter in it looks like a figure, and it is no designator: 1l53, 2O."""
    figures = core.translate(_FIGURES)
    mostly_figures = 2 * sum(c.isdigit() for c in core) >= sum(c.isalnum() for c in core)
    if figures != core and mostly_figures and _NUMBER.fullmatch(figures) and not is_designator(core):
        yield figures


def _designators(core: str, page: Collection[str], words: WordIndex) -> Iterator[str]:
    """Designators of the page or the lexicon that look-alikes make of `core`: IL-2S, IL-28; CA-6OO9, CA-6009."""
    met = words.tables.designators
    return (w for w in _written_alike(core) if w in page or normal(w) in met)


def _written_alike(core: str) -> Iterator[str]:
    """`core` with one letter or figure for its look-alike, and with all behind the hyphen as figures."""
    head, hyphen, tail = core.partition("-")
    if hyphen:
        yield head + hyphen + tail.translate(_FIGURES)
    for at, seen in enumerate(core):
        for one, other in _SHAPES:
            for here, there in ((one, other), (other, one)):
                if seen == here:
                    yield core[:at] + there + core[at + 1 :]


def _on_page(core: str, page: Collection[str]) -> Iterator[str]:
    """Names of the page that are like `core`."""
    most = 2 if len(core) >= _LONG_ON_PAGE else 1
    for other in page:
        is_name = other[:1].isupper() and len(other) >= _SHORTEST and other != core
        if is_name and OSA.distance(other, core, score_cutoff=most) <= most:
            yield other


def _persons(core: str, words: WordIndex, year: int | None) -> Iterator[str]:
    """Surnames of persons who are named about that `year`."""
    for near in words.tables.persons.near(core, 2 if len(core) >= _LONG else 1, year=year):
        if year is None or any(p.years_from(year) <= YEARS_AROUND for p in near.persons):
            yield next(p.surname for p in near.persons)
