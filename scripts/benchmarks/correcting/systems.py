"""The correctors that are set beside each other: the project's own, and what one would do with symspellpy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from correcting.data import Passage
from correcting.judge import Judged, judge
from symspellpy import SymSpell, Verbosity

from corrigenda.correct.corrector import Options
from corrigenda.correct.engine import Engine
from corrigenda.lexicon.values import Lexicon
from corrigenda.pipeline import Setup, run
from corrigenda.score.compare import as_corrected
from corrigenda.text import join_broken_words
from corrigenda.values import Intake

__all__ = ["Rewrite", "frus_dictionary", "ours", "rewritten", "rewrites", "stock_dictionary"]

Rewrite: TypeAlias = Callable[[str], str]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DISTANCE = 2
_PREFIX = 7
_LONG = 5
_LEAST = 3


def ours(passages: Iterable[Passage], engine: Engine, max_harm: float) -> list[Judged]:
    """Passages as the pipeline corrects them; the truth is not handed to it."""
    setup = Setup(engine=engine, options=Options(max_harm=max_harm))
    found: list[Judged] = []
    for passage in passages:
        document = passage.document
        result = run(Intake(document=document, transcript=None, aside=""), setup)
        found.append(judge(passage, document, result.corrected))
    return found


def rewritten(passages: Iterable[Passage], rewrite: Rewrite, name: str) -> list[Judged]:
    """Passages as a function of their text corrects them."""
    found: list[Judged] = []
    for passage in passages:
        document = passage.document
        made = as_corrected(document, rewrite(passage.ocr), signature=name, whole=passage.whole, trusted=True)
        found.append(judge(passage, document, made))
    return found


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
