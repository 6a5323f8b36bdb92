"""Language models on disk: a folder of plain numpy arrays, two lists of text, and a manifest.

The arrays are mapped, not read, so that a model opens at once and processes share it. That is also why opening checks
the sizes of the files and the shapes of the arrays but not their hashes, for which all would have to be read: `verify`
does that.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corrigenda.errors import LexiconError, OutputError
from corrigenda.language.characters import SpellingModel, SpellingTables
from corrigenda.language.model import ARRAYS, About, LanguageModel, Tables, TextSource
from corrigenda.language.words import SPECIAL

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["language_sha256", "load_language", "save_language", "verify_language"]

_FORMAT = "corrigenda language model"
_FORMAT_VERSION = 1
_MANIFEST = "manifest.json"
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
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as temporary:
            fresh = Path(temporary) / "new"
            fresh.mkdir()
            _write(model, fresh)
            if folder.exists():
                folder.rename(Path(temporary) / "old")
            fresh.rename(folder)
    except OSError as error:
        raise OutputError(
            where=str(folder),
            what=f"cannot be written ({error.strerror})",
            remedy="Name a folder in a place that you may write to",
        ) from error


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or not {path.name for path in folder.iterdir()} <= {_MANIFEST, *_FILES}:
        raise OutputError(
            where=str(folder),
            what="is in the way and is not a language model",
            remedy="Name another folder, or move this one away",
        )


def _write(model: LanguageModel, folder: Path) -> None:
    (folder / _VOCABULARY).write_bytes("\n".join(model.vocabulary).encode())
    (folder / _LETTERS).write_bytes(model.spelling.tables.letters.encode())
    for name in ARRAYS:
        np.save(folder / _array_file(name), getattr(model.tables, name), allow_pickle=False)
    for name in _SPELLING:
        np.save(folder / _spelling_file(name), getattr(model.spelling.tables, name), allow_pickle=False)
    manifest = {
        "format": _FORMAT,
        "format_version": _FORMAT_VERSION,
        **asdict(model.about),
        "files": {name: {"bytes": (folder / name).stat().st_size, "sha256": _sha256(folder / name)} for name in _FILES},
    }
    (folder / _MANIFEST).write_bytes((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_language(folder: Path) -> LanguageModel:
    """Open the model in `folder`; raises `LexiconError` where a file is missing, cut short or of another format."""
    manifest = _manifest(folder)
    _check(folder, manifest, hashes=False)
    try:
        vocabulary = (folder / _VOCABULARY).read_bytes().decode().split("\n")
        letters = (folder / _LETTERS).read_bytes().decode()
        tables = Tables(**{name: _mapped(folder / _array_file(name)) for name in ARRAYS})
        spelling = SpellingTables(
            letters=letters, **{name: _mapped(folder / _spelling_file(name)) for name in _SPELLING}
        )
        about = _about(manifest)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder / _MANIFEST, f"does not describe its files ({error})") from error
    found = (len(tables.word_log), len(tables.bigram_key), len(tables.trigram_word))
    if found != about.ngrams or len(vocabulary) != found[0] or tuple(vocabulary[: len(SPECIAL)]) != SPECIAL:
        raise _damaged(folder / _MANIFEST, "does not describe its files (other numbers of n-grams)")
    return LanguageModel(
        vocabulary=vocabulary,
        tables=tables,
        spelling=SpellingModel(spelling),
        about=about,
        sha256=language_sha256(folder),
    )


def verify_language(folder: Path) -> None:
    """Read every file of the model in `folder`; raises `LexiconError` where one is not as the manifest has it."""
    _check(folder, _manifest(folder), hashes=True)


def language_sha256(folder: Path) -> str:
    """What tells the model in `folder` from every other: the hash of its manifest, which has those of its files."""
    _manifest(folder)
    return _sha256(folder / _MANIFEST)


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


def _damaged(path: Path, what: str) -> LexiconError:
    return LexiconError(
        where=str(path),
        what=what,
        remedy="Build the language model again, or install corrigenda again if it came with it",
    )


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except OSError as error:
        raise _damaged(path, f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise _damaged(path, f"is not JSON ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise _damaged(path, "is not the manifest of a language model")
    version = manifest.get("format_version")
    if version != _FORMAT_VERSION:
        raise LexiconError(
            where=str(path),
            what=f"has format version {version}, and this corrigenda reads {_FORMAT_VERSION}",
            remedy="Build the language model again with this corrigenda",
        )
    return manifest


def _check(folder: Path, manifest: dict[str, Any], *, hashes: bool) -> None:
    """Hold the files against the manifest: their sizes, or also what is in them."""
    for name in _FILES:
        path = folder / name
        try:
            stated = manifest["files"][name]
            same = path.stat().st_size == stated["bytes"] and (not hashes or _sha256(path) == stated["sha256"])
        except OSError as error:
            raise _damaged(path, f"cannot be read ({error.strerror})") from error
        except (KeyError, TypeError) as error:
            raise _damaged(folder / _MANIFEST, f"says nothing of {name}") from error
        if not same:
            raise _damaged(path, "is not the file that the manifest was written for")
