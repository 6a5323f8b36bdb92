"""Language models on disk: a folder of plain numpy arrays, two lists of text, and a manifest.

The arrays are mapped, so that processes share them. Opening reads every file once for its hash, which takes hundredths
of a second for the shipped model: a result is signed with the hash of the manifest, which would else vouch for files
that nobody looked at.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corrigenda.language.characters import SpellingModel, SpellingTables
from corrigenda.language.model import ARRAYS, About, LanguageModel, Tables, TextSource
from corrigenda.language.words import SPECIAL
from corrigenda.lexicon.folder import MANIFEST, FolderKind, sha256_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["language_sha256", "load_language", "save_language"]

_KIND = FolderKind(
    name="a language model", format="corrigenda language model", version=1, mend="Build the language model again"
)
_VOCABULARY = "vocabulary.txt"
_LETTERS = "letters.txt"
_SPELLING = ("key", "log", "rest")


def _array_file(name: str) -> str:
    return f"{name}.npy"


def _spelling_file(name: str) -> str:
    return f"spelling_{name}.npy"


_FILES = (_VOCABULARY, _LETTERS, *map(_array_file, ARRAYS), *map(_spelling_file, _SPELLING))


def save_language(model: LanguageModel, folder: Path) -> None:
    """Write `model` as `folder`, whole or not at all; only an earlier language model there is replaced."""
    _KIND.refuse_foreign(folder, lambda path: path.name in {MANIFEST, *_FILES})
    _KIND.write(folder, partial(_fill, model))


def _fill(model: LanguageModel, folder: Path) -> dict[str, Any]:
    """Write the files, and tell the manifest."""
    (folder / _VOCABULARY).write_bytes("\n".join(model.vocabulary).encode())
    (folder / _LETTERS).write_bytes(model.spelling.tables.letters.encode())
    for name in ARRAYS:
        np.save(folder / _array_file(name), getattr(model.tables, name), allow_pickle=False)
    for name in _SPELLING:
        np.save(folder / _spelling_file(name), getattr(model.spelling.tables, name), allow_pickle=False)
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)} for name in _FILES}
    return {**asdict(model.about), "files": files}


def load_language(folder: Path) -> LanguageModel:
    """Open the model in `folder`; raises `LexiconError` where a file is missing, changed or of another format."""
    manifest = _KIND.manifest(folder)
    _check(folder, manifest)
    try:
        vocabulary = (folder / _VOCABULARY).read_bytes().decode().split("\n")
        letters = (folder / _LETTERS).read_bytes().decode()
        tables = Tables(**{name: _mapped(folder / _array_file(name)) for name in ARRAYS})
        spelling = SpellingTables(
            letters=letters, **{name: _mapped(folder / _spelling_file(name)) for name in _SPELLING}
        )
        about = _about(manifest)
    except (KeyError, TypeError, ValueError) as error:
        raise _KIND.damaged(folder / MANIFEST, f"does not describe its files ({error})") from error
    found = (len(tables.word_log), len(tables.bigram_key), len(tables.trigram_word))
    if found != about.ngrams or len(vocabulary) != found[0] or tuple(vocabulary[: len(SPECIAL)]) != SPECIAL:
        raise _KIND.damaged(folder / MANIFEST, "does not describe its files (other numbers of n-grams)")
    return LanguageModel(
        vocabulary=vocabulary,
        tables=tables,
        spelling=SpellingModel(spelling),
        about=about,
        sha256=language_sha256(folder),
    )


def language_sha256(folder: Path) -> str:
    """What tells the model in `folder` from every other: the hash of its manifest, which has those of its files."""
    _KIND.manifest(folder)
    return sha256_of(folder / MANIFEST)


def _mapped(path: Path) -> NDArray[Any]:
    # A plain array over the mapped file: numpy.memmap itself makes every look-up slower.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _about(manifest: dict[str, Any]) -> About:
    fields = {name: manifest[name] for name in About.__slots__}
    for name in ("ngrams", "least", "thresholds"):
        fields[name] = tuple(fields[name])
    fields["discounts"] = tuple(map(tuple, fields["discounts"]))
    fields["sources"] = tuple(TextSource(**source) for source in fields["sources"])
    return About(**fields)


def _check(folder: Path, manifest: dict[str, Any]) -> None:
    """Hold the files against the manifest."""
    for name in _FILES:
        path = folder / name
        try:
            same = sha256_of(path) == manifest["files"][name]["sha256"]
        except OSError as error:
            raise _KIND.damaged(path, f"cannot be read ({error.strerror})") from error
        except (KeyError, TypeError) as error:
            raise _KIND.damaged(folder / MANIFEST, f"says nothing of {name}") from error
        if not same:
            raise _KIND.other_file(path)
