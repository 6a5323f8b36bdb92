"""Finding the inputs of a job, and reading them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corrigenda.errors import BadInputError, OutputError
from corrigenda.files.outputs import RESULT_ENDINGS, is_report
from corrigenda.ingest.decode import MAX_BYTES

__all__ = [
    "SCANS",
    "STDIN",
    "TEXTS",
    "TRUTH_PATTERN",
    "Input",
    "discover",
    "files_below",
    "is_folder",
    "is_result_or_truth",
    "is_scan",
    "passed_over",
    "read_bytes",
    "refuse_unwritable_name",
    "truth_path",
    "unpaired_truths",
]

STDIN = "-"
TRUTH_PATTERN = "{stem}.gt.txt"
_RAW = (".txt", ".md")
_LAYOUTS = (".xml", ".hocr", ".html", ".htm")
# What such a file may have before its ending, and its document has not.
_FORMATS = (".alto", ".page")
TEXTS = (*_RAW, *_LAYOUTS)
SCANS = (".png", ".jpg", ".jpeg", ".jp2", ".tif", ".tiff", ".pdf")
"""The endings by which texts, and page images, are found in a folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A file to be read, and the id of its document: the path below the folder given, without the ending."""

    path: str
    id: str


def discover(
    given: Iterable[str], *, truth_pattern: str = TRUTH_PATTERN, endings: tuple[str, ...] = TEXTS
) -> tuple[Input, ...]:
    """The inputs that files and folders amount to.

    Folders are searched through for names with these `endings`, for layout files (ALTO, PAGE, hOCR) only where they
    hold no raw text; of a page that lies there as text and as a scan the text is taken. Results and transcriptions are
    left out, in folders and among several files alike, so that `box/*.txt` and `box` mean the same; a file that is
    given alone is taken as it is.

    Raises BadInputError for what cannot be looked into and for a folder without texts, OutputError where two inputs
    would have the same id.
    """
    names = list(given)
    found: list[Input] = []
    for name in names:
        if name != STDIN and is_folder(name):
            found += _in_folder(Path(name), truth_pattern, endings)
        elif len(names) == 1 or not is_result_or_truth(Path(name), truth_pattern):
            found.append(Input(path=name, id="stdin" if name == STDIN else _stem(Path(name))))
    if not found:
        raise _nothing(", ".join(names[:3]), "these files hold", endings)
    first: dict[str, str] = {}
    for one in found:
        refuse_unwritable_name(one.path)
        if one.id in first:
            raise OutputError(
                where=one.path,
                what=f"has the same id {one.id!r} as {first[one.id]}, so their results would overwrite each other",
                remedy="Give the folder that holds both; in one folder rename one, since ids leave the ending out",
            )
        first[one.id] = one.path
    return tuple(found)


def passed_over(given: Iterable[str], found: Iterable[Input], truth_pattern: str = TRUTH_PATTERN) -> tuple[str, ...]:
    """The texts, layout files and scans in the folders among `given` of which no input was `found`.

    Results, transcriptions, and what lies beside an input of the same name are not among them.
    """
    taken = {_bare(Path(one.path)) for one in found}
    paths = [p for name in given if name != STDIN and is_folder(name) for p in sorted(files_below(Path(name)))]
    truths = {truth_path(str(path), truth_pattern) for path in paths}
    return tuple(
        str(path)
        for path in paths
        if path.suffix.lower() in (*TEXTS, *SCANS)
        and _bare(path) not in taken
        and str(path) not in truths
        and not is_result_or_truth(path, truth_pattern)
    )


def unpaired_truths(given: Iterable[str], found: Iterable[Input], truth_pattern: str) -> tuple[str, ...]:
    """The transcriptions in the folders among `given` that belong to no input that was found."""
    expected = {truth_path(one.path, truth_pattern) for one in found}
    folders = [Path(name) for name in given if name != STDIN and is_folder(name)]
    return tuple(
        str(path)
        for folder in folders
        for path in sorted(files_below(folder))
        if not path.name.endswith(RESULT_ENDINGS)
        and is_result_or_truth(path, truth_pattern)
        and str(path) not in expected
    )


def is_result_or_truth(path: Path, truth_pattern: str = TRUTH_PATTERN) -> bool:
    """Whether the name is that of a result of corrigenda, or of a transcription by `truth_pattern`."""
    before, _, after = Path(truth_pattern).name.partition("{stem}")
    is_truth = path.name.startswith(before) and path.name.endswith(after) and len(path.name) > len(before + after)
    # A pattern such as "{stem}.txt" in another folder fits every text, so only the folder can tell there.
    return path.name.endswith(RESULT_ENDINGS) or (is_truth and bool(before or after not in _RAW))


def truth_path(path: str, pattern: str = TRUTH_PATTERN) -> str:
    """Where the transcription of `path` would be; `{stem}` in `pattern` is the file's name without its ending.

    >>> truth_path("box/letter.txt", "truth/{stem}.txt")
    'box/truth/letter.txt'
    """
    return str(Path(path).parent / pattern.replace("{stem}", _stem(Path(path))))


def _stem(path: Path) -> str:
    """The name without its ending; that of x.alto.xml is x."""
    if path.suffix.lower() not in _LAYOUTS:
        return path.stem
    return next((path.stem.removesuffix(name) for name in _FORMATS if path.stem.endswith(name)), path.stem)


def _bare(path: Path) -> Path:
    """The path without its ending."""
    return path.with_name(_stem(path))


def read_bytes(path: str, *, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, or of standard input for `-`, one more than `most` of them at most.

    Raises BadInputError that says why it cannot be read.
    """
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(most + 1)
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise _unreadable(path, error) from error


def is_folder(name: str) -> bool:
    """Whether there is a folder of this name. Raises BadInputError where that cannot be seen."""
    try:
        return Path(name).is_dir()
    except OSError as error:
        raise _unreadable(name, error) from error


def _in_folder(folder: Path, truth_pattern: str, endings: tuple[str, ...]) -> list[Input]:
    files = [p for p in sorted(files_below(folder)) if p.suffix.lower() in endings]
    truths = {Path(truth_path(str(p), truth_pattern)) for p in files}
    found = [p for p in files if p not in truths and not is_result_or_truth(p, truth_pattern)]
    if any(p.suffix.lower() in _RAW for p in found):
        found = [p for p in found if p.suffix.lower() not in _LAYOUTS]
    texts = {_bare(p) for p in found if not is_scan(str(p))}
    inputs = [
        Input(path=str(p), id=_bare(p.relative_to(folder)).as_posix())
        for p in found
        if not (is_scan(str(p)) and _bare(p) in texts)
    ]
    if not inputs:
        raise _nothing(
            str(folder), "the folder holds", endings, scans=any(is_scan(p.name) for p in files_below(folder))
        )
    return inputs


def is_scan(path: str) -> bool:
    """Whether a file is a page image, or several, by its name."""
    return Path(path).suffix.lower() in SCANS


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder and of the folders in it, hidden ones and reports left out. Raises BadInputError."""

    def refuse(error: OSError) -> None:
        raise _unreadable(str(error.filename), error) from error

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".") and not is_report(Path(root) / name)]
        yield from (Path(root) / name for name in files if not name.startswith("."))


def refuse_unwritable_name(path: str) -> None:
    """Raise BadInputError where the name of a file is no text, so that no result could name it."""
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode()
        raise BadInputError(
            where=shown,
            what="the file's name is not UTF-8, so no result could name it",
            remedy="Rename the file: mv OLD NEW, or convmv for many",
        ) from None


def _nothing(where: str, what: str, endings: tuple[str, ...], *, scans: bool = False) -> BadInputError:
    kind, remedy = (
        ("text", "Give a folder with the raw OCR text, ALTO, PAGE or hOCR, a file a document")
        if _RAW[0] in endings
        else ("scan", "Give the images of pages, a file a document")
    )
    if scans:
        remedy = "Have its scans read: `corrigenda ocr` writes their text, `corrigenda run` reads and corrects them"
    return BadInputError(
        where=where, what=f"{what} no {kind} ({', '.join(endings)}) besides results and transcriptions", remedy=remedy
    )


def _unreadable(path: str, error: OSError) -> BadInputError:
    remedies = {
        FileNotFoundError: "Check the name",
        IsADirectoryError: "Give a file here, not a folder",
        PermissionError: f"Ask for the right to read it (chmod +r {path})",
    }
    return BadInputError(
        where=path,
        what=f"cannot be read: {error.strerror or error}",
        remedy=remedies.get(type(error), "Check the name and the disk"),
    )
