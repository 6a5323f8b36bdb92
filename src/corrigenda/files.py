"""Files at the edge: finding inputs, reading them, and writing results so that nothing is lost or half-written."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corrigenda.errors import BadInputError, CorrigendaError, OutputError
from corrigenda.ingest.decode import MAX_BYTES
from corrigenda.report.ledger import load

__all__ = [
    "STDIN",
    "TRUTH_PATTERN",
    "Input",
    "discover",
    "prepare_folder",
    "read_bytes",
    "truth_path",
    "write_bytes",
    "write_results",
]

STDIN = "-"
TRUTH_PATTERN = "{stem}.gt.txt"
_TEXT_ENDINGS = (".txt", ".md")
# What corrigenda writes is never taken for an input, so a folder may hold both.
_RESULT_ENDINGS = (".corrected.txt", ".corrections.jsonl", ".flags.jsonl", ".score.json", ".report.html")


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A file to be read, and the id of its document: the path below the folder given, without the ending."""

    path: str
    id: str


def discover(given: Iterable[str], *, truth_pattern: str = TRUTH_PATTERN) -> tuple[Input, ...]:
    """The inputs that files and folders amount to; folders are searched through, results and truth files left out.

    Raises BadInputError for a folder without texts, OutputError where two inputs would have the same id.
    """
    found: list[Input] = []
    for name in given:
        path = Path(name)
        if name != STDIN and path.is_dir():
            found += _in_folder(path, truth_pattern)
        else:
            found.append(Input(path=name, id="stdin" if name == STDIN else path.stem))
    first: dict[str, str] = {}
    for one in found:
        if one.id in first:
            raise OutputError(
                where=one.path,
                what=f"has the same id {one.id!r} as {first[one.id]}, so their results would overwrite each other",
                remedy="Give the folder that holds both, or run them into two folders",
            )
        first[one.id] = one.path
    return tuple(found)


def _in_folder(folder: Path, truth_pattern: str) -> list[Input]:
    texts = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in _TEXT_ENDINGS and not p.name.startswith(".") and not p.name.endswith(_RESULT_ENDINGS)
    )
    truths = {truth_path(str(p), truth_pattern) for p in texts}
    inputs = [
        Input(path=str(p), id=p.relative_to(folder).with_suffix("").as_posix())
        for p in texts
        if p.is_file() and str(p) not in truths
    ]
    if not inputs:
        raise BadInputError(
            where=str(folder),
            what=f"the folder holds no text ({', '.join(_TEXT_ENDINGS)}) besides results and transcriptions",
            remedy="Give a folder with the raw OCR text, a file a document",
        )
    return inputs


def truth_path(path: str, pattern: str = TRUTH_PATTERN) -> str:
    """Where the transcription of `path` would be; `{stem}` in `pattern` is the file's name without its ending."""
    return str(Path(path).with_name(pattern.format(stem=Path(path).stem)))


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises BadInputError that says why it cannot be read."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        remedies = {
            FileNotFoundError: "Check the name",
            IsADirectoryError: "Give a file here, not a folder",
            PermissionError: f"Ask for the right to read it (chmod +r {path})",
        }
        remedy = remedies.get(type(error), "Check the file and the disk")
        raise BadInputError(where=path, what=f"cannot be read: {error.strerror or error}", remedy=remedy) from error
    return data


def prepare_folder(folder: Path) -> None:
    """Make `folder` and see that it takes files, before any work is done. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(str(folder), error) from error


def write_results(
    folder: Path, document_id: str, results: Mapping[str, bytes], *, signature: str, force: bool = False
) -> None:
    """Write the results of one document as `folder/document_id` plus each ending, all or none.

    Results of an equal signature are replaced, and those of them that this run does not make are removed. Anything
    else in the way raises OutputError unless `force`.
    """
    base = folder / document_id
    targets = {ending: base.with_name(base.name + ending) for ending in _RESULT_ENDINGS}
    standing = [p for p in targets.values() if p.exists()]
    if standing and not force and not _is_ours(targets, signature):
        raise OutputError(
            where=str(standing[0]),
            what="is in the way and is not a result of this very run (same version, lexicon and options)",
            remedy="Write to another folder with -o, or replace it with --force",
        )
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as unfinished:
            ready = [
                (_temporary(targets[ending], data, unfinished), targets[ending]) for ending, data in results.items()
            ]
            for made, target in ready:
                made.replace(target)
        for ending, target in targets.items():
            if ending not in results:
                target.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(str(base.parent), error) from error


def write_bytes(target: str, data: bytes, *, force: bool = False) -> None:
    """Write one file, whole or not at all, or standard output for `-`. Raises OutputError."""
    if target == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    if path.is_dir():
        raise OutputError(where=target, what="is a folder", remedy="Name a file with -o")
    if path.exists() and not force and path.read_bytes() != data:
        raise OutputError(where=target, what="is in the way", remedy="Name another file with -o, or use --force")
    try:
        with contextlib.ExitStack() as unfinished:
            _temporary(path, data, unfinished).replace(path)
    except OSError as error:
        raise _unwritable(target, error) from error


def _temporary(target: Path, data: bytes, unfinished: contextlib.ExitStack) -> Path:
    """A finished file beside `target` that is removed again should anything fail before it is moved there."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:100]}.", delete=False) as file:
        made = Path(file.name)
        unfinished.callback(lambda: made.unlink(missing_ok=True))
        file.write(data)
    # mkstemp makes files for the owner alone; results get the rights that any new file has.
    mask = os.umask(0)
    os.umask(mask)
    made.chmod(0o666 & ~mask)
    return made


def _is_ours(targets: Mapping[str, Path], signature: str) -> bool:
    """Whether what stands there is of an equal run, and nobody has edited the corrected text since."""
    ledger_path, corrected = targets[".corrections.jsonl"], targets[".corrected.txt"]
    try:
        ledger = load(ledger_path.read_text(encoding="utf-8"), where=str(ledger_path))
        edited = corrected.exists() and sha256(corrected.read_bytes()).hexdigest() != ledger.corrected_sha256
    except (OSError, UnicodeDecodeError, CorrigendaError):
        return False
    return ledger.signature == signature and not edited


def _unwritable(where: str, error: OSError) -> OutputError:
    return OutputError(
        where=where,
        what=f"cannot be written: {error.strerror or error}",
        remedy="Name a folder that you may write to, with room on its disk",
    )
