"""Pages that were read by a machine which makes up words.

A model of vision and language misreads fluently: another name, another designator, a sentence that could have stood
there. Nothing in the words themselves tells such misreadings from another version of the text. But no editor prints
one person's name or one weapon's for another's: there the machine did, and where it did so again and again on a page
that it hardly misread otherwise, its other words are as little to be trusted. Letters and figures misread one by one,
as every engine misreads them, tell the contrary.
docs/decisions/021-collation.md has the reasons.
"""

from __future__ import annotations

from corrigenda.correct.known import all_known
from corrigenda.correct.variants import one_stem
from corrigenda.edition.collate import Collation, Difference
from corrigenda.edition.pieces import ALIKE
from corrigenda.lexicon.designators import is_designator
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import key

__all__ = ["fluent_probability", "is_fluent", "is_renamed"]

_ENOUGH = 3
_MOST_MISREAD = 0.01
_SHORTEST_NAME = 3
_LEAST_AGREEMENT = 0.5
_BETWEEN_AGREEING, _BY_AGREEMENT, _RESTORED = 0.9, 0.09, 0.04


def is_fluent(collation: Collation, words: WordIndex) -> bool:
    """Whether names or designators were made up, and hardly a word misread as machines misread that read letters.

    At least three different ones, more than are misread otherwise, and of all words one in a hundred at most misread.
    """
    made_up = {(key(d.page), key(d.edition)) for d in collation.differences if _is_made_up(d, words)}
    misread = sum(_is_misread(d, words) for d in collation.differences)
    size = len(collation.agreed) + sum(d.words[0] for d in collation.differences)
    return len(made_up) >= _ENOUGH and misread < len(made_up) and misread <= _MOST_MISREAD * size


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


def _is_made_up(difference: Difference, words: WordIndex) -> bool:
    """Whether both names or designators are whole ones, and too unlike for a misreading letter by letter."""
    page, edition = difference.page, difference.edition
    if difference.alike >= ALIKE or not is_renamed(difference, words):
        return False
    if is_designator(page) or is_designator(edition):
        return is_designator(page) and is_designator(edition)
    return min(len(key(page)), len(key(edition))) >= _SHORTEST_NAME and not any(c.isdigit() for c in page + edition)


def _is_misread(difference: Difference, words: WordIndex) -> bool:
    """Whether the page has what is no word, or another figure, where the edition has something."""
    page, edition = difference.page, difference.edition
    if not page or not edition or _is_made_up(difference, words):
        return False
    return not all_known(page, words) or any(c.isdigit() for c in page)
