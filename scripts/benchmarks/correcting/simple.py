"""What one would do with symspellpy, as functions of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from symspellpy import SymSpell, Verbosity

from corrigenda.lexicon.values import Lexicon
from corrigenda.text import join_broken_words

__all__ = ["Rewrite", "cautious", "compound", "frus_dictionary", "naive", "rewrites", "stock_dictionary"]

Rewrite: TypeAlias = Callable[[str], str]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DISTANCE = 2
_PREFIX = 7
_LONG = 5
_LEAST = 3


def rewrites(lexicon: Lexicon) -> dict[str, Rewrite]:
    """What the project's own corrector is set beside, by name; all but the first begin with what the second does."""
    frus, stock = frus_dictionary(lexicon), stock_dictionary()
    after_joining: Mapping[str, Rewrite] = {
        "symspellpy naive, FRUS lexicon": partial(naive, frus),
        "symspellpy naive, stock dictionary": partial(naive, stock),
        "symspellpy cautious, FRUS lexicon": partial(cautious, frus),
        "symspellpy cautious, stock dictionary": partial(cautious, stock),
        "symspellpy compound, FRUS lexicon": partial(compound, frus),
        "symspellpy compound, stock dictionary": partial(compound, stock),
    }
    return {
        "raw": str,
        "line-end hyphens joined": join_broken_words,
        **{name: partial(_joined_first, rewrite) for name, rewrite in after_joining.items()},
    }


def _joined_first(rewrite: Rewrite, text: str) -> str:
    return rewrite(join_broken_words(text))


def frus_dictionary(lexicon: Lexicon) -> SymSpell:
    """The words of a lexicon with their counts, but for those met once or twice."""
    symspell = SymSpell(max_dictionary_edit_distance=_DISTANCE, prefix_length=_PREFIX)
    for word, entry in lexicon.entries.items():
        if entry.total >= _LEAST and _WORD.fullmatch(word):
            symspell.create_dictionary_entry(word, entry.total)
    return symspell


def stock_dictionary() -> SymSpell:
    """The dictionary of general English, and of pairs of words, that symspellpy brings."""
    symspell = SymSpell(max_dictionary_edit_distance=_DISTANCE, prefix_length=_PREFIX)
    folder = Path(str(resources.files("symspellpy")))
    symspell.load_dictionary(folder / "frequency_dictionary_en_82_765.txt", 0, 1, encoding="utf-8-sig")
    symspell.load_bigram_dictionary(folder / "frequency_bigramdictionary_en_243_342.txt", 0, 2, encoding="utf-8-sig")
    return symspell


def naive(symspell: SymSpell, text: str) -> str:
    """Every word that is not in the dictionary becomes the most frequent of the nearest, up to two edits away."""

    def nearest(match: re.Match[str]) -> str:
        word = match.group()
        found = symspell.lookup(word.lower(), Verbosity.TOP, max_edit_distance=_DISTANCE)
        return _cased(found[0].term, word) if found and found[0].distance else word

    return _WORD.sub(nearest, text)


def cautious(symspell: SymSpell, text: str) -> str:
    """The same for words in small letters, of five or more, one edit away."""

    def nearest(match: re.Match[str]) -> str:
        word = match.group()
        if not word.islower() or len(word) < _LONG:
            return word
        found = symspell.lookup(word, Verbosity.TOP, max_edit_distance=1)
        return found[0].term if found else word

    return _WORD.sub(nearest, text)


def compound(symspell: SymSpell, text: str) -> str:
    """`lookup_compound` on each line, which splits and joins words too and drops all punctuation."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(
        symspell.lookup_compound(line, max_edit_distance=_DISTANCE, transfer_casing=True)[0].term if line else ""
        for line in lines
    )


def _cased(term: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return term.upper()
    return term.capitalize() if like[0].isupper() else term
