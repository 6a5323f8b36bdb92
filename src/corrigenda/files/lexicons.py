"""The language model of a lexicon's own text, and saving both as one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from corrigenda.language.build import TooLittleTextError, build_language
from corrigenda.language.model import LanguageModel
from corrigenda.language.store import save_language
from corrigenda.lexicon import store
from corrigenda.lexicon.sources import Exclusions
from corrigenda.lexicon.values import Lexicon

__all__ = ["language_of", "save_lexicon"]


def language_of(
    lexicon: Lexicon,
    paths: Iterable[Path],
    *,
    exclusions: Exclusions | None = None,
    on_file: Callable[[Path], None] | None = None,
) -> LanguageModel | None:
    """The language model of the files that `lexicon` was built from, without its misprints; None for too little text.

    The files are read a second time, since what a misprint is shows only when all are counted: keeping the text of 22
    million words in between would take more memory than reading it again takes time.
    """
    volumes = store.volumes(paths, exclusions=exclusions, on_file=on_file)
    try:
        return build_language(
            (volume.edition for volume in volumes),
            name=lexicon.name,
            version=lexicon.version,
            created=lexicon.created,
            without=lexicon.tables.rejected if lexicon.tables else (),
        )
    except TooLittleTextError:
        return None


def save_lexicon(lexicon: Lexicon, language: LanguageModel | None, folder: Path) -> None:
    """Write `lexicon` as `folder` with the language model in it, whole or not at all, in the place of an earlier one.

    Raises `OutputError` where something else is in the way.
    """

    def save(inside: Path) -> None:
        if language:
            save_language(language, inside)

    store.save(lexicon, folder, save_language=save if language else None)
