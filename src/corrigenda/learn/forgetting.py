"""A lexicon and a language model with gaps, as they have for texts of another field.

Where the text is of the lexicon's own field nearly every unknown word is misread, and a gate that learned there alone
would take every rare word of another field for an error. So a part of the examples is worked with words forgotten:
right words that the lexicon lacks, and that have near neighbours in it.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

from corrigenda.language.model import LanguageModel
from corrigenda.lexicon.words import WordIndex

__all__ = ["forget"]

_SHARE = 0.15
_MOST_COUNTED = 2000
_UNREACHABLE = "\x00"


def forget(words: WordIndex, language: LanguageModel, *, share: float = _SHARE) -> tuple[WordIndex, LanguageModel]:
    """Both without a `share` of the words met up to 2,000 times, always the same ones."""
    lexicon = words.lexicon
    kept = {w: e for w, e in lexicon.entries.items() if e.total > _MOST_COUNTED or not _is_forgotten(w, share)}
    renamed = [w if w in kept or w not in lexicon.entries else _UNREACHABLE + w for w in language.vocabulary]
    gapped = LanguageModel(vocabulary=renamed, tables=language.tables, spelling=language.spelling, about=language.about)
    return WordIndex(replace(lexicon, entries=kept)), gapped


def _is_forgotten(word: str, share: float) -> bool:
    return zlib.crc32(word.encode()) % 1000 < share * 1000
