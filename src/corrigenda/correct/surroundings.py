"""What the rest of a document says of a word: whether it is used as a name, comes again and again, or is foreign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.correct.variants import is_label
from corrigenda.text import TITLES, Token, word_form

__all__ = ["Surroundings", "in_foreign_passage", "starts_sentence"]

# A misreading seldom comes out the same three times; a word that the typist used does.
_OFTEN = 3
_NEAR = 4
_FEW_FOREIGN = 2
_FOREIGN = frozenset({
    "el", "los", "las", "del", "y", "que", "con", "por", "para", "una", "su", "se", "le", "les", "des", "du", "et",
    "dans", "sur", "qui", "est", "une", "der", "das", "und", "den", "dem", "ein", "eine", "ist", "il", "di", "da",
    "do", "dos", "em", "não", "della", "che", "la", "de",
})  # fmt: skip
_ENGLISH_TOO = frozenset({"do", "la", "de", "da", "se"})
_ENDS_SENTENCE = re.compile(r"[.?!:][\"'”’)]*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a document uses as names, and which forms it has three times or more."""

    names: frozenset[str]
    repeated: frozenset[str]

    @classmethod
    def of(cls, runs: Sequence[Sequence[Token]]) -> Surroundings:
        """Read the surroundings off all the token runs of a document."""
        # A word that is capitalised where no sentence starts is a name wherever it stands.
        names = {
            t.core
            for run in runs
            for at, t in enumerate(run)
            if t.core[:1].isupper() and not t.core.isupper() and not starts_sentence(run, at)
        }
        forms = Counter(word_form(t.core) for run in runs for t in run)
        return cls(names=frozenset(names), repeated=frozenset(f for f, n in forms.items() if n >= _OFTEN))


def starts_sentence(run: Sequence[Token], at: int) -> bool:
    """Whether the token is the first of a sentence: after a full stop that is no title's, or a list label."""
    if at == 0:
        return True
    before = run[at - 1]
    if before.core.lower() in TITLES or (len(before.core) == 1 and before.core.isupper()):
        return False  # "Dr. Fraenkel", "J. Fraenkel"
    return bool(_ENDS_SENTENCE.search(before.text) or is_label(before.text))


def in_foreign_passage(run: Sequence[Token], at: int) -> bool:
    """Whether small words of another language stand near: "con relacion a la declaracion"."""
    near = [t.core.lower() for t in (*run[max(0, at - _NEAR) : at], *run[at + 1 : at + 1 + _NEAR])]
    foreign = [w for w in near if w in _FOREIGN]
    # "La" and "de" stand in English names as well, so they count only beside one that does not.
    return len(foreign) >= _FEW_FOREIGN and any(w not in _ENGLISH_TOO for w in foreign)
