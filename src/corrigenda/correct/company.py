"""A correction in the company that it keeps: what else of the document was found wrong, and what stands around it.

A word that the lexicon lacks is judged by itself before. Here all of them are seen together: where nothing is plainly
misread and other words are unknown beside it, it is rather one more of those than the one that a machine got wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corrigenda.correct.gate import Bar
from corrigenda.correct.guards import HARDLY_EVER, MISSPELT, heard
from corrigenda.correct.known import known
from corrigenda.correct.vote import AGREES
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, word_form
from corrigenda.values import Correction, CorrectionKind, Flag, FlagKind, Span, Suggestion

__all__ = ["as_flag", "in_company", "is_witnessed"]

_NEAR = 8
_PLAIN = 0.9
"""What is put in with so much is plainly misread."""
_SURE = 0.95
_FEWEST_LETTERS = 3
_FEWEST_SOUNDED = 2
_MOSTLY = 0.75


def in_company(
    found: Sequence[Correction | Flag], runs: Sequence[Sequence[Token]], words: WordIndex, bar: Bar
) -> list[Correction | Flag]:
    """What was found, in order; corrections that the rest of the document speaks against are flags.

    `bar` eases what is asked for here as it eases the guards. What another machine has read alike is not asked about.
    """
    sounded = _sounded(found, bar)
    kept = [as_flag(one, "written as it sounds") if one in sounded else one for one in found]
    tokens = [t for run in runs for t in run if t.core]
    return list(_held(kept, tokens, words, bar))


def as_flag(one: Correction, why: str) -> Flag:
    """The correction as a flag that offers it."""
    # A correction over a line's end moves the break and takes the blank behind it along; neither is doubtful.
    span = Span(start=one.span.start, end=one.span.start + len(one.before.rstrip()))
    offered = Suggestion(text=one.after.strip(), probability=one.probability)
    return Flag(span=span, kind=FlagKind.DOUBTFUL, why=why, suggestions=(offered,))


def is_witnessed(one: Correction) -> bool:
    """Whether another machine read the same on the page, so that the typist cannot have written what stands there."""
    return any(e.rule == AGREES for e in one.evidence)


def _is_judged(one: Correction | Flag) -> bool:
    return isinstance(one, Correction) and one.kind is not CorrectionKind.HYPHEN and not is_witnessed(one)


def _sounded(found: Sequence[Correction | Flag], bar: Bar) -> list[Correction]:
    """The corrections that change nothing that is heard, where nearly all are of that kind: wich, lik, Presdent.

    So people write who write by ear; machines leave out what is heard as well.
    """
    judged = [one for one in found if isinstance(one, Correction) and _is_judged(one)]
    alike = [one for one in judged if _sounds_the_same(one)]
    shorter = [one for one in alike if len(one.before) < len(one.after)]
    if len(shorter) < _FEWEST_SOUNDED or len(alike) < _MOSTLY * len(judged):
        return []
    return [one for one in alike if one.probability < bar.least(HARDLY_EVER)]


def _sounds_the_same(one: Correction) -> bool:
    before, after = word_form(one.before), word_form(one.after)
    return one.before.isalpha() and before != after and heard(before) == heard(after)


def _held(
    found: Sequence[Correction | Flag], tokens: Sequence[Token], words: WordIndex, bar: Bar
) -> Iterator[Correction | Flag]:
    plain = {one.span for one in found if isinstance(one, Correction) and _is_judged(one) and one.probability >= _PLAIN}
    taken = {at for one in found if isinstance(one, Correction) for at in range(one.span.start, one.span.end)}
    misspelt = {one.span.start for one in found if isinstance(one, Flag) and one.why.startswith(MISSPELT)}
    starts = [t.core_span.start for t in tokens]
    for one in found:
        if not isinstance(one, Correction) or not _is_judged(one):
            yield one
            continue
        at, end = bisect_left(starts, one.span.start), bisect_left(starts, one.span.end)
        near = (*tokens[max(0, at - _NEAR) : at], *tokens[end : end + _NEAR])
        others = len(plain) - (one.span in plain)
        if sum(t.core_span.start in misspelt for t in near) > others and one.probability < bar.least(HARDLY_EVER):
            yield as_flag(one, "words around it are misspelt by their typist")
        elif (
            one.probability < bar.least(_SURE)
            and _is_plain(one.before)
            and sum(t.core_span.start not in taken and _is_stranger(t.core, words) for t in near) > others
        ):
            yield as_flag(one, "words around it are unknown, and none is plainly misread")
        else:
            yield one


def _is_plain(before: str) -> bool:
    """Whether no mark is inside that a machine may have seen for a letter."""
    return all(c.isalpha() or c.isspace() or c in "'-" for c in before)


def _is_stranger(core: str, words: WordIndex) -> bool:
    return core.isalpha() and len(core) >= _FEWEST_LETTERS and not known(core, words)
