"""Folders with a manifest of hashes, written whole or not at all: what lexicons and models are on disk."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda.errors import LexiconError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["MANIFEST", "FolderKind", "sha256_of", "shipped_folder"]

MANIFEST = "manifest.json"
"""The file that says what a folder is, and has the hashes of the others."""


def shipped_folder() -> Path:
    """Where the lexicons and models of this installation lie: inside the wheel, or at the root of a source checkout."""
    package = Path(str(resources.files("corrigenda")))
    inside = package / "_lexicons"
    return inside if inside.is_dir() else package.parents[1] / "lexicons"


def sha256_of(path: Path) -> str:
    """The hash of a file, of which little is in memory at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderKind:
    """What a folder is: `name` with its article and the remedy `mend` for messages, the rest for the manifest.

    All that reads raises `LexiconError` with the file, all that writes `OutputError` with the folder.
    """

    name: str
    format: str
    version: int
    mend: str

    def damaged(self, path: Path, what: str) -> LexiconError:
        """The error for a file that is not what it should be."""
        remedy = f"{self.mend}, or install corrigenda again if it came with it"
        return LexiconError(where=str(path), what=what, remedy=remedy)

    def manifest(self, folder: Path) -> dict[str, Any]:
        """The manifest of `folder`, which is of this kind and version."""
        path = folder / MANIFEST
        manifest = self.parsed(path, self.read(path))
        if not isinstance(manifest, dict) or manifest.get("format") != self.format:
            raise self.damaged(path, f"is not the manifest of {self.name}")
        version = manifest.get("format_version")
        if version != self.version:
            raise LexiconError(
                where=str(path),
                what=f"has format version {version}, and this corrigenda reads {self.version}",
                remedy=f"{self.mend} with this corrigenda",
            )
        return manifest

    def read(self, path: Path) -> bytes:
        """What is in a file."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise self.damaged(path, f"cannot be read ({error.strerror})") from error

    def held(self, path: Path, sha256: object) -> bytes:
        """What is in a file, if it has the hash that the manifest states."""
        data = self.read(path)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise self.other_file(path)
        return data

    def other_file(self, path: Path) -> LexiconError:
        """The error for a file whose hash is not that of the manifest."""
        return self.damaged(path, "is not the file that the manifest was written for")

    def parsed(self, path: Path, data: bytes) -> Any:  # noqa: ANN401
        """The JSON in `data`, which was read from `path`."""
        try:
            return json.loads(data)
        except ValueError as error:
            raise self.damaged(path, f"is not JSON ({error})") from error

    def refuse_foreign(self, folder: Path, is_ours: Callable[[Path], bool]) -> None:
        """Raise `OutputError` where something stands at `folder` that is not of this kind, by each path inside."""
        if folder.exists() and not (folder.is_dir() and all(map(is_ours, folder.iterdir()))):
            raise OutputError(
                where=str(folder),
                what=f"is in the way and is not {self.name}",
                remedy="Name another folder, or move this one away",
            )

    def write(self, folder: Path, fill: Callable[[Path], Mapping[str, Any]]) -> None:
        """Let `fill` write the files into a folder and tell the manifest, and put all in the place of `folder` at once.

        What stood there is gone then, so that `refuse_foreign` is to be asked first; where anything fails it stays.
        """
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as temporary:
                fresh = Path(temporary) / "new"
                fresh.mkdir()
                manifest = {"format": self.format, "format_version": self.version, **fill(fresh)}
                text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
                (fresh / MANIFEST).write_bytes(text.encode())
                old = Path(temporary) / "old"
                if folder.exists():
                    folder.rename(old)
                try:
                    fresh.rename(folder)
                except BaseException:
                    if old.exists():
                        old.rename(folder)
                    raise
        except OSError as error:
            raise OutputError(
                where=str(folder),
                what=f"cannot be written ({error.strerror})",
                remedy="Name a folder in a place that you may write to",
            ) from error
