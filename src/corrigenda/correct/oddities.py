"""Words that a reader should look at though nothing better is known: designators and names that are hardly known.

A machine that reads fluently puts a plausible name or designator where another stood (Sumner for Kuznetsov, K-23's for
IL-28's), and nothing around it looks damaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corrigenda.correct.known import known
from corrigenda.correct.surroundings import starts_sentence
from corrigenda.lexicon.designators import is_designator
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, word_form
from corrigenda.values import Flag, FlagKind

__all__ = ["oddities"]

RARE_NAME = 25
"""A name met less often is as likely a misreading of a better known one; docs/decisions/014-guards.md."""


def oddities(run: Sequence[Token], words: WordIndex) -> Iterator[Flag]:
    """A flag for every designator that the lexicon does not know, and every name that it hardly knows."""
    for at, token in enumerate(run):
        why = _why(run, at, words)
        if why:
            yield Flag(span=token.core_span, kind=FlagKind.DOUBTFUL, why=why)


def _why(run: Sequence[Token], at: int, words: WordIndex) -> str:
    core = run[at].core
    if is_designator(core):
        return "" if known(core, words) else "a designator that the lexicon does not know"
    if not core[:1].isupper() or starts_sentence(run, at) or not core.isalpha():
        return ""
    entry = words.entry(word_form(core))
    rare = entry is not None and entry.total < RARE_NAME and entry.is_name
    return "a name that the lexicon hardly knows" if rare else ""
