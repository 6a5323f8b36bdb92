"""What a reader should look at though nothing better is known: names and designators hardly known, unsure figures.

A machine that reads fluently puts a plausible name or designator where another stood (Sumner for Kuznetsov, K-23's for
IL-28's), and nothing around it looks damaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corrigenda.correct.confidence import EngineWords
from corrigenda.correct.known import known
from corrigenda.correct.surroundings import starts_sentence
from corrigenda.lexicon.designators import is_designator
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, word_form
from corrigenda.values import Flag, FlagKind, Suggestion

__all__ = ["oddities", "unsure_figures"]

RARE_NAME = 25
"""A name met less often is as likely a misreading of a better known one; docs/decisions/014-guards.md."""

_UNSURE = 0.8
"""Of figures below this confidence a half is wrong; of known words one in 25, so that those are not flagged for it."""


def oddities(run: Sequence[Token], words: WordIndex) -> Iterator[Flag]:
    """A flag for every designator that the lexicon does not know, and every name that it hardly knows."""
    for at, token in enumerate(run):
        why = _why(run, at, words)
        if why:
            yield Flag(span=token.core_span, kind=FlagKind.DOUBTFUL, why=why)


def unsure_figures(run: Sequence[Token], read: EngineWords) -> Iterator[Flag]:
    """A flag for every word with a figure of which the engine was not sure: no lexicon and no neighbour can tell it.

    Its alternatives with figures are offered.
    """
    for token in run:
        least = read.least(token.span) if any(c.isdigit() for c in token.core) else None
        if least is not None and least < _UNSURE:
            why = f"a figure of which the engine was not sure ({least:.0%})"
            others = (other for other in read.alternatives(token.span) if any(c.isdigit() for c in other))
            offered = tuple(Suggestion(text=other, probability=None) for other in others)
            yield Flag(span=token.core_span, kind=FlagKind.DOUBTFUL, why=why, suggestions=offered)


def _why(run: Sequence[Token], at: int, words: WordIndex) -> str:
    core = run[at].core
    if is_designator(core):
        return "" if known(core, words) else "a designator that the lexicon does not know"
    if not core[:1].isupper() or starts_sentence(run, at) or not core.isalpha():
        return ""
    entry = words.entry(word_form(core))
    rare = entry is not None and entry.total < RARE_NAME and entry.is_name
    if word_form(core) in words.tables.abbreviations:
        return ""  # CINCPAC is no name
    return "a name that the lexicon hardly knows" if rare else ""
