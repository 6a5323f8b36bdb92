"""Writing results: all of a document or none, and never over what is not ours."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import FrameType

from corrigenda.errors import CorrigendaError, OutputError
from corrigenda.report.layout.write import ENDINGS
from corrigenda.report.ledger import load
from corrigenda.values import Source

__all__ = [
    "RESULT_ENDINGS",
    "STDOUT",
    "is_report",
    "prepare_folder",
    "refuse_foreign",
    "write_bytes",
    "write_folder",
    "write_results",
]

STDOUT = "-"
_LIST = "files.txt"
# Somebody's own list of a folder has the same name easily, and what it names is not ours to remove.
_LIST_HEAD = "corrigenda report 1, which the next one in this folder replaces:"
RESULT_ENDINGS = (
    ".corrections.jsonl",
    ".corrected.txt",
    *ENDINGS,
    ".corrected.pdf",
    ".flags.jsonl",
    ".redactions.json",
    ".score.json",
    ".report.html",
)
"""In the order in which they are put in place: a ledger without its text is known for what it is after a crash.

What else a run makes, such as the texts of its engines, is put in place behind them.
"""


def prepare_folder(folder: Path) -> None:
    """Make `folder` and see that it takes files, before any work is done. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(str(folder), error) from error


def write_results(
    folder: Path,
    document_id: str,
    results: Mapping[str, bytes],
    *,
    signature: str,
    source: Source,
    force: bool = False,
) -> None:
    """Write the results of one document as `folder/document_id` plus each ending, all or none.

    Results of the same document with an equal signature are replaced, and those of `RESULT_ENDINGS` that this run does
    not make are removed: files of other endings may be somebody's own. Anything else in the way raises OutputError
    unless `force`.
    """
    base = folder / document_id
    targets = {ending: base.with_name(base.name + ending) for ending in (*RESULT_ENDINGS, *results)}
    try:
        standing = [p for p in targets.values() if p.exists()]
        folders = [p for p in standing if p.is_dir()]
        if folders or (standing and not force and not _is_ours(targets, signature, source)):
            raise OutputError(
                where=str((folders or standing)[0]),
                what="is in the way and is not a result of this very run (same document, version, lexicon and options)",
                remedy="Write to another folder with -o, or replace files with --force",
            )
        base.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as unfinished:
            ready = [
                (_temporary(target, results[ending], unfinished), target)
                for ending, target in targets.items()
                if ending in results
            ]
            with _uninterrupted():
                for made, target in ready:
                    made.replace(target)
                for ending, target in targets.items():
                    if ending not in results:
                        target.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(str(base), error) from error


def write_folder(folder: Path, made: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write a folder of files that belong together, by their path in it; what a former run left there is removed.

    Raises OutputError where the folder holds anything but what such a run leaves, unless `force`; with it foreign
    files stay where they are, and only those of the same names are replaced.
    """
    try:
        if not force:
            refuse_foreign(folder)
        ours = _listed(folder)
        # The list goes first, so that the folder is known for a report after a crash, and shrinks when all is done.
        for name, data in {_LIST: _list_of({*made, *ours}), **made}.items():
            _put(folder / name, data)
        for name in ours - made.keys() - {_LIST}:
            (folder / name).unlink(missing_ok=True)
        _put(folder / _LIST, _list_of(made))
    except OSError as error:
        raise _unwritable(str(folder), error) from error


def refuse_foreign(folder: Path) -> None:
    """Raise OutputError where `folder` holds anything but what a report left there; hidden files may lie anywhere."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(where=str(folder), what="is a file", remedy="Name a folder with -o")
    ours = _listed(folder)
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        if path.is_file() and not path.name.startswith(".") and path.relative_to(folder).as_posix() not in ours:
            raise OutputError(
                where=str(path),
                what="is in the way: the folder holds what no report of corrigenda left there",
                remedy="Name another folder with -o, or write into this one with --force",
            )


def is_report(folder: Path) -> bool:
    """Whether `folder` is one that `write_folder` has written: what lies in it is no input."""
    try:
        with (folder / _LIST).open(encoding="utf-8") as file:
            return file.readline(len(_LIST_HEAD) + 1).rstrip("\n") == _LIST_HEAD
    except (OSError, UnicodeDecodeError):
        return False


def _put(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as unfinished:
        _temporary(target, data, unfinished).replace(target)


def _list_of(names: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (_LIST_HEAD, *sorted({*names, _LIST}))).encode()


def _listed(folder: Path) -> set[str]:
    """The files that a former run says it left in `folder`: none where the list is somebody else's."""
    if not is_report(folder):
        return set()
    names = (folder / _LIST).read_text(encoding="utf-8").splitlines()[1:]
    # What a hand has put into the list must not lead out of the folder, since what is listed may be removed.
    return {name for name in names if not Path(name).is_absolute() and ".." not in Path(name).parts}


def write_bytes(target: str, data: bytes, *, force: bool = False) -> None:
    """Write one file, whole or not at all, or standard output for `-`. Raises OutputError."""
    if target == STDOUT:
        # A raw stream may take a part only, so it is written to until all is gone.
        view = memoryview(data)
        while view:
            view = view[sys.stdout.buffer.write(view) :]
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    try:
        kind = path.stat().st_mode if path.exists() else stat.S_IFREG
        if stat.S_ISDIR(kind):
            raise OutputError(where=target, what="is a folder", remedy="Name a file with -o")
        if not stat.S_ISREG(kind):
            path.write_bytes(data)  # a device or a pipe must not be replaced by a file
            return
        if path.exists() and not force and path.read_bytes() != data:
            raise OutputError(where=target, what="is in the way", remedy="Name another file with -o, or use --force")
        with contextlib.ExitStack() as unfinished:
            _temporary(path, data, unfinished).replace(path)
    except OSError as error:
        raise _unwritable(target, error) from error


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the block is done, so that the results of a document come all or none."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python hands signals to the main thread alone
        return
    held: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        held.append(number)

    before = signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if held:
            signal.raise_signal(signal.SIGINT)


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


def _is_ours(targets: Mapping[str, Path], signature: str, source: Source) -> bool:
    """Whether what stands there is of an equal run of the same document, and nobody has edited the text since."""
    ledger_path, corrected = targets[".corrections.jsonl"], targets[".corrected.txt"]
    try:
        ledger = load(ledger_path.read_text(encoding="utf-8"), where=str(ledger_path))
        edited = corrected.exists() and sha256(corrected.read_bytes()).hexdigest() != ledger.corrected_sha256
    except (OSError, UnicodeDecodeError, CorrigendaError):
        return False
    same_document = source.path == ledger.source.path or source.sha256 == ledger.source.sha256
    return ledger.signature == signature and same_document and not edited


def _unwritable(where: str, error: OSError) -> OutputError:
    return OutputError(
        where=where,
        what=f"cannot be written: {error.strerror or error}",
        remedy="Name a folder that you may write to, with room on its disk",
    )
