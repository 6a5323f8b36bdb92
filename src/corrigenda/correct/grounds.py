"""What speaks for the edition where page and edition differ: a row of figures for each difference.

docs/decisions/021-collation.md has what each of them is worth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.known import all_known
from corrigenda.correct.variants import one_stem
from corrigenda.edition.collate import Collation, Difference
from corrigenda.edition.pieces import ALIKE
from corrigenda.language.model import LanguageModel
from corrigenda.language.words import token_words
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import key

__all__ = ["GROUNDS", "grounds"]

GROUNDS = (
    "alike", "channel", "page unknown", "edition unknown", "page count", "edition count", "general", "language gain",
    "edition only", "words", "longer", "one stem", "name", "figure", "agreement", "firm", "noise",
    "editors", "repeated", "reading on page", "short", "alike unknown", "unlike known",
)  # fmt: skip
"""The columns, in order."""

_WIDEST = 15.0
_UNREAD = 20.0
_MOST = 12.0
_SHORT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """What the whole collation says of a page.

    `noise` is how many misread words in ten there are, as far as the words alone tell; `editors` how many of the
    differences have known words on both sides that are unlike.
    """

    noise: float
    editors: float
    pairs: Counter[tuple[str, str]]
    agreed: frozenset[str]


def grounds(collation: Collation, words: WordIndex, language: LanguageModel, costs: ChannelCosts) -> list[list[float]]:
    """A row of `GROUNDS` for each difference of `collation`."""
    differences = collation.differences
    page = _page(collation, words)
    gains = _gains(differences, language)
    return [_row(d, page, gain, words, costs) for d, gain in zip(differences, gains, strict=True)]


def _page(collation: Collation, words: WordIndex) -> _Page:
    differences = collation.differences
    size = max(1, len(collation.agreed) + sum(d.words[0] for d in differences))
    misread = sum(_plainly_misread(d, words) for d in differences)
    unlike = sum(d.alike < ALIKE and all_known(d.page, words) and all_known(d.edition, words) for d in differences)
    return _Page(
        noise=10 * misread / size,
        editors=(unlike + 0.5) / (unlike + misread + 1.0),
        pairs=Counter((key(d.page), key(d.edition)) for d in differences),
        agreed=frozenset(key(r.text) for r in collation.agreed),
    )


def _plainly_misread(difference: Difference, words: WordIndex) -> bool:
    page, edition = difference.page, difference.edition
    return bool(page and edition) and not all_known(page, words) and all_known(edition, words)


def _row(d: Difference, page: _Page, gain: float, words: WordIndex, costs: ChannelCosts) -> list[float]:
    ours, theirs = " ".join(d.page.split()), " ".join(d.edition.split())
    known, printed_known = all_known(ours, words), all_known(theirs, words)
    longest = max(len(key(ours)), len(key(theirs)), 1)
    both = bool(ours and theirs)
    price = costs.cost(theirs, ours) - costs.cost(theirs, theirs) if both and longest < 40 else _UNREAD
    figures = {
        "alike": d.alike,
        "channel": min(_UNREAD, price) / longest if both else 0.0,
        "page unknown": float(bool(ours) and not known),
        "edition unknown": float(not printed_known),
        "page count": _count(ours, words),
        "edition count": _count(theirs, words),
        "general": float(bool(ours) and all(words.general(w) for w in ours.split())),
        "language gain": max(-_WIDEST, min(_WIDEST, gain)) / 5,
        "edition only": float(not ours),
        "words": math.log(max(1, *d.words)),
        "longer": (len(theirs) - len(ours)) / longest,
        "one stem": float(both and known and printed_known and one_stem(ours, theirs)),
        "name": float(both and ours[:1].isupper() and theirs[:1].isupper()),
        "figure": float(any(c.isdigit() for c in ours + theirs)),
        "agreement": d.agreement,
        "firm": float(d.firm),
        "noise": page.noise,
        "editors": page.editors,
        "repeated": float(page.pairs[key(ours), key(theirs)] > 1),
        "reading on page": float(key(theirs) in page.agreed),
        "short": float(longest <= _SHORT),
        "alike unknown": float(both and not known and d.alike >= ALIKE),
        "unlike known": float(both and known and printed_known and d.alike < ALIKE),
    }
    return [figures[name] for name in GROUNDS]


def _count(text: str, words: WordIndex) -> float:
    return math.log(min((words.count(w.strip(".,;:()\"'")) for w in text.split()), default=0) + 0.3)


def _gains(differences: Sequence[Difference], language: LanguageModel) -> list[float]:
    """How much likelier the edition's words are than the page's, among the edition's own, as a natural logarithm."""
    first: list[int] = []
    second: list[int] = []
    third: list[int] = []
    parts: list[tuple[int, int, float]] = []
    for d in differences:
        for sign, middle in ((1, d.edition), (-1, d.page)):
            before = [w for t in d.before for w in token_words(t)][-2:]
            inner = [w for t in middle.split() for w in token_words(t)]
            after = [w for t in d.after for w in token_words(t)][:2]
            chain = ["<s>", "<s>", *before, *inner, *after]
            ids = [language.id(w) for w in chain]
            start = 2 + len(before)
            spelled = sum(
                language.spelling.log_probability(w) for w, i in zip(chain[start:], ids[start:], strict=True) if i == 0
            )
            parts.append((sign, len(ids) - start, sign * spelled))
            first += ids[start - 2 : -2]
            second += ids[start - 1 : -1]
            third += ids[start:]
    if not third:
        return [0.0] * len(differences)
    told = language.log_probability(*(np.array(column, np.uint16) for column in (first, second, third)))
    sums: list[float] = []
    at = 0
    for sign, size, spelled in parts:
        sums.append(sign * float(told[at : at + size].sum()) + spelled)
        at += size
    return [sums[i] + sums[i + 1] for i in range(0, len(sums), 2)]
