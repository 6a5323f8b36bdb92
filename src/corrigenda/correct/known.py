"""Which words the lexicon vouches for."""

from __future__ import annotations

import re

from corrigenda.lexicon.words import WordIndex

__all__ = ["COMMON", "FEWEST_SEEN", "ORDINARY_NUMBER", "all_known", "known"]

FEWEST_SEEN = 3
"""A word seen less often in twenty million may be a misprint of the edition's own digitisation."""
COMMON = 200
"""A word seen this often is one by itself, not a piece of one that was broken or run together."""


ORDINARY_NUMBER = re.compile(
    r"[\d.,:/$£%+*()'’–-]+|\d+(?:st|nd|rd|d|th|s|['’]s|[ap]\.?m|[kmc]m|mm|ft|[a-d])|\d{4,6}z", re.IGNORECASE
)
"""Plain figures, ordinals, times and measures, and the numbers of paragraphs; no designator is among them."""


def known(word: str, words: WordIndex) -> bool:
    """Whether the lexicon vouches for `word`: seen three times, or a compound of parts that were.

    A designator is vouched for by being seen once: misprints do not make one.
    """
    has_figure = any(c.isdigit() for c in word)
    if words.count(word) >= (1 if has_figure else FEWEST_SEEN):
        return True
    if word.islower() and "." in word and words.count(word.replace(".", "")) >= COMMON:
        return False  # th.ink: a speck inside a word, not two words without a blank
    parts = [p for p in re.split(r"[-‐–/.&]", word) if p]
    # In mid-1962 the word vouches for the whole; in XI-10 the letters are no word, though volumes are numbered so.
    letters = [p for p in parts if not p.isdigit() and (has_figure or len(p) > 1)]
    least = 3 if has_figure else 1
    return len(parts) > 1 and bool(letters) and all(len(p) >= least and words.count(p) >= FEWEST_SEEN for p in letters)


def all_known(text: str, words: WordIndex) -> bool:
    """Whether the lexicon vouches for every white-space word of `text`, outer punctuation aside."""
    return all(known(w.strip(".,;:()\"'"), words) for w in text.split())
