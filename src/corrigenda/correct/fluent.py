"""Pages that were read by a machine which makes up words.

A model of vision and language misreads fluently: another name, another designator, a sentence that could have stood
there. Nothing in the words themselves tells such misreadings from another version of the text. But no editor prints
one person's name, one weapon's or one figure for another's: there the machine did, and where it did so twice on a page,
its other words are as little to be trusted.
docs/decisions/021-collation.md has the reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

from corrigenda.correct.variants import one_stem
from corrigenda.edition.collate import Difference
from corrigenda.edition.pieces import ALIKE
from corrigenda.lexicon.designators import is_designator
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import key

__all__ = ["fluent_probability", "is_fluent", "is_renamed"]

_ENOUGH = 2
_LEAST_AGREEMENT = 0.5
_BETWEEN_AGREEING, _BY_AGREEMENT, _RESTORED = 0.9, 0.09, 0.04


def is_fluent(differences: Sequence[Difference], words: WordIndex) -> bool:
    """Whether at least two names or designators of the page are quite others in the edition."""
    changed = {(key(d.page), key(d.edition)) for d in differences if is_renamed(d, words)}
    return len(changed) >= _ENOUGH


def fluent_probability(difference: Difference) -> float:
    """How likely the edition's reading is on such a page.

    Not calibrated: of 18 differences of one page 16 were the machine's, and none of the typist's was changed.
    """
    # A word of the same stem is as likely another version of the text (statement, restatement).
    related = difference.words == (1, 1) and one_stem(difference.page, difference.edition)
    if related or not difference.firm or difference.agreement < _LEAST_AGREEMENT:
        return 0.0
    restored = _RESTORED if not difference.page else 0.0
    return _BETWEEN_AGREEING + _BY_AGREEMENT * difference.agreement - restored


def is_renamed(difference: Difference, words: WordIndex) -> bool:
    """Whether one name, designator or figure stands on the page, and quite another in the edition."""
    page, edition = difference.page, difference.edition
    if difference.words != (1, 1) or not difference.firm:
        return False
    if is_designator(edition) or edition.isdigit():
        return is_designator(page) or any(c.isdigit() for c in page)
    entry = words.entry(edition)
    if entry is None or not entry.is_name or not page[:1].isupper():
        return False
    return difference.alike < ALIKE and words.entry(page) is not None
