"""A correction in the company that it keeps: what else of the document was found wrong, and what stands around it.

A word that the lexicon lacks is judged by itself before. Here all of them are seen together: where hardly anything is
plainly misread and other words are unknown beside it, it is rather one more of those than one that a machine got wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corrigenda.correct.evidence import ALONE
from corrigenda.correct.gate import Bar
from corrigenda.correct.guards import HARDLY_EVER, MISSPELT, heard
from corrigenda.correct.known import known
from corrigenda.correct.variants import is_typists_slip
from corrigenda.correct.vote import AGREES
from corrigenda.lexicon.english import american
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, word_form
from corrigenda.values import Correction, CorrectionKind, Flag, FlagKind, Span, Suggestion

__all__ = ["as_flag", "in_company", "is_witnessed"]

_NEAR = 8
_PLAIN = 0.9
"""What is put in with so much is plainly misread."""
_ALL_BUT_CERTAIN = 0.985
_ALONE_FROM = 0.8
_FEWEST_LETTERS = 3
_FEWEST_SOUNDED = 2
_LONG = 6
_HEARD_ALIKE = frozenset("aei")
_MOSTLY = 0.75
_SOUNDED = "written as it sounds"
_TYPISTS = "words around it are misspelt by their typist"
_ALONE = "nothing else of the text is misread"
_STRANGERS = "words around it are unknown, and hardly any is plainly misread"

_Found = Correction | Flag


def in_company(
    found: Sequence[_Found], runs: Sequence[Sequence[Token]], words: WordIndex, bar: Bar
) -> Sequence[_Found]:
    """What was found, in order; corrections that the rest of the document speaks against are flags.

    `bar` eases what is asked for here as it eases the guards. What another machine has read alike is not asked about.
    """
    sounded = _sounded(found, bar)
    now = [as_flag(one, _SOUNDED) if isinstance(one, Correction) and one.span in sounded else one for one in found]
    tokens = [t for run in runs for t in run if t.core]
    before: list[_Found] = []
    # What has become a flag speaks for nothing any more, so that the others are asked once more.
    while now != before:
        before, company = now, _Company.of(now, tokens, words)
        now = [
            as_flag(one, why) if isinstance(one, Correction) and (why := company.against(one, bar)) else one
            for one in before
        ]
    return now


def as_flag(one: Correction, why: str) -> Flag:
    """The correction as a flag that offers it."""
    # A correction over a line's end moves the break and takes the blank behind it along, and dirt goes with a blank;
    # neither is doubtful.
    start = one.span.end - len(one.before.lstrip())
    span = Span(start=start, end=start + len(one.before.strip()))
    offered = Suggestion(text=one.after.strip(), probability=one.probability)
    return Flag(span=span, kind=FlagKind.DOUBTFUL, why=why, suggestions=(offered,) if offered.text else ())


def is_witnessed(one: Correction) -> bool:
    """Whether another machine read the same on the page, so that the typist cannot have written what stands there."""
    return any(e.rule == AGREES for e in one.evidence)


def _judged(found: Sequence[_Found]) -> Iterator[Correction]:
    return (one for one in found if isinstance(one, Correction) and _is_judged(one))


def _likely(one: Correction) -> float:
    """How likely a correction is by what is known of misreadings.

    A neural model knows what would fit, and that fits beside whatever company there is.
    """
    alone = (e.figure for e in one.evidence if e.rule == ALONE and e.figure is not None)
    return next(alone, one.probability)


def _is_judged(one: Correction) -> bool:
    return one.kind is not CorrectionKind.HYPHEN and not is_witnessed(one)


def _sounded(found: Sequence[_Found], bar: Bar) -> set[Span]:
    """The corrections that change nothing that is heard, where nearly all are of that kind: wich, lik, Presdent.

    So people write who write by ear; machines leave out what is heard as well.
    """
    judged = list(_judged(found))
    alike = [one for one in judged if _sounds_the_same(one)]
    shorter = [one for one in alike if len(one.before) < len(one.after)]
    if len(shorter) < _FEWEST_SOUNDED or len(alike) < _MOSTLY * len(judged):
        return set()
    return {one.span for one in alike if _likely(one) < bar.least(HARDLY_EVER)}


def _sounds_the_same(one: Correction) -> bool:
    before, after = word_form(one.before), word_form(one.after)
    return one.before.isalpha() and before != after and heard(before) == heard(after)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Company:
    """The words of a document, where each begins, and which are misread, plainly so, corrected, the typist's slips."""

    tokens: Sequence[Token]
    starts: Sequence[int]
    words: WordIndex
    misread: frozenset[Span]
    plain: frozenset[Span]
    corrected: frozenset[int]
    misspelt: frozenset[int]

    @classmethod
    def of(cls, found: Sequence[_Found], tokens: Sequence[Token], words: WordIndex) -> _Company:
        cores = {t.core_span.start: t.core for t in tokens}
        spans = [one.span for one in found if isinstance(one, Correction)]
        return cls(
            tokens=tokens,
            starts=list(cores),
            words=words,
            misread=frozenset(one.span for one in _judged(found)),
            plain=frozenset(one.span for one in _judged(found) if _likely(one) >= _PLAIN),
            corrected=frozenset(at for span in spans for at in range(span.start, span.end)),
            misspelt=frozenset(
                one.span.start
                for one in found
                if isinstance(one, Flag) and _is_misspelt(one, cores.get(one.span.start))
            ),
        )

    def against(self, one: Correction, bar: Bar) -> str:
        """What speaks against a correction; nothing where more words are plainly misread than others are unknown."""
        if one.span not in self.misread:
            return ""
        why, least = self._doubt(one)
        return why if _likely(one) < bar.least(least) else ""

    def _doubt(self, one: Correction) -> tuple[str, float]:
        """What is doubtful about a correction, and how likely it must be all the same."""
        first, last = bisect_left(self.starts, one.span.start), bisect_left(self.starts, one.span.end)
        near = (*self.tokens[max(0, first - _NEAR) : first], *self.tokens[last : last + _NEAR])
        plain = len(self.plain) - (one.span in self.plain)
        if sum(t.core_span.start in self.misspelt for t in near) > plain:
            return _TYPISTS, HARDLY_EVER
        alone = len(self.misread) == 1 and _has_no_marks(one.before) and len(one.before.split()) == 1
        if alone and _is_slip_of_the_ear(one):
            return _SOUNDED, HARDLY_EVER
        if sum(map(self._is_stranger, near)) > plain and _has_no_marks(one.before):
            return _STRANGERS, _ALL_BUT_CERTAIN
        # A word that the lexicon knows is doubted for its neighbours alone, and nothing says that a machine was wrong.
        least = _ALL_BUT_CERTAIN if one.kind is CorrectionKind.REAL_WORD else _ALONE_FROM
        return _ALONE, least if alone else 0.0

    def _is_stranger(self, token: Token) -> bool:
        core = token.core
        plain = core.isalpha() and len(core) >= _FEWEST_LETTERS
        return plain and token.core_span.start not in self.corrected and not known(core, self.words)


def _is_slip_of_the_ear(one: Correction) -> bool:
    """Whether a long word has one vowel too many or too few, a letter doubled or single, or e, a or i for one another.

    considar, mantaining: so people write. Machines take o for e as well, whatever is heard (Presidont).
    """
    before, after = word_form(one.before), word_form(one.after)
    if len(before) < _LONG or not _sounds_the_same(one) or Levenshtein.distance(before, after) != 1:
        return False
    if len(before) != len(after):
        return True
    return _HEARD_ALIKE.issuperset(
        letter for pair in zip(before, after, strict=True) if len({*pair}) > 1 for letter in pair
    )


def _has_no_marks(before: str) -> bool:
    """Whether no mark is inside that a machine may have seen for a letter."""
    return all(c.isalpha() or c.isspace() or c in "'-" for c in before)


def _is_misspelt(flag: Flag, written: str | None) -> bool:
    """Whether a flag says that a word is as its typist spelled it, or offers what differs from it as slips do."""
    offered = flag.suggestions[0].text if flag.suggestions else ""
    if written is None or not offered:
        return flag.why.startswith(MISSPELT)
    forms = word_form(written), word_form(offered)
    slips = is_typists_slip(*forms) and forms[1] not in american(forms[0])
    return slips or flag.why.startswith(MISSPELT)
