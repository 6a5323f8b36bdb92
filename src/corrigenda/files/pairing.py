"""Which file is the truth of which, and which is a correction of it: by name, in one folder or in parallel ones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from corrigenda.errors import BadInputError
from corrigenda.files.inputs import (
    STDIN,
    TRUTH_PATTERN,
    files_below,
    is_folder,
    is_result_or_truth,
    refuse_unwritable_name,
    truth_path,
)
from corrigenda.files.outputs import RESULT_ENDINGS

__all__ = ["Pair", "Pairing", "named", "pair_up", "readings"]

_TEXTS = (".txt", ".md")
_LAYOUTS = (".xml", ".hocr", ".html", ".htm")
# What a name may have before its ending to say what the file is.
_TRUTH = ".gt"
_ROLES = (_TRUTH, ".corrected", ".alto", ".page")
# What is a correction of a document, the best account of it first: a ledger also knows kinds, reasons and flags.
_CORRECTED = (".corrections.jsonl", ".corrected.txt", *_TEXTS, *_LAYOUTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """The files of one document; `truth` is None where it must follow in the OCR file itself.

    `reading` is what another engine has of the page.
    """

    id: str
    ocr: str
    truth: str | None
    corrected: str | None = None
    reading: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """The pairs of a job, in order, and the files that belong to none."""

    pairs: tuple[Pair, ...]
    lone: tuple[str, ...]


def pair_up(
    ocr: str,
    truth: str | None = None,
    *,
    corrected: str | None = None,
    reading: str | None = None,
    ocr_pattern: str | None = None,
    truth_pattern: str = TRUTH_PATTERN,
) -> Pairing:
    """The pairs that two files, a folder, or two parallel folders amount to.

    In one folder the truth of x.txt is what `truth_pattern` names for the stem x; that of x.ENGINE.txt may also be
    that of x. In parallel folders the names agree but for their endings. `ocr_pattern` says which files of a folder
    are scored, `{stem}.tesseract.txt`; without it these are its texts, or where it has none its layout files.

    Raises BadInputError where a folder holds nothing to be scored, or one thing is a folder and the other a file.
    """
    whole_folder = ocr != STDIN and is_folder(ocr)
    for other in (truth, corrected, reading):
        if other is not None and is_folder(other) != whole_folder:
            raise _mixed(ocr, other, folder=whole_folder)
    if not whole_folder:
        refuse_unwritable_name(ocr)
        beside = truth or _truth_beside(Path(ocr), Path(ocr).stem, truth_pattern)
        only = Pair(id=Path(ocr).stem, ocr=ocr, truth=beside, corrected=corrected, reading=reading)
        return Pairing(pairs=(only,), lone=())
    texts = _to_score(Path(ocr), ocr_pattern, truth_pattern)
    truths = _stems(Path(truth)) if truth else None
    pairs = [
        Pair(
            id=name,
            ocr=str(path),
            truth=_truth_among(truths, name) if truths is not None else _truth_beside(path, stem, truth_pattern),
            corrected=named(Path(corrected), name, _CORRECTED) if corrected else None,
            reading=named(Path(reading), name, (*_TEXTS, *_LAYOUTS)) if reading else None,
        )
        for name, stem, path in texts
    ]
    _refuse_shared_truth(pairs, ocr)
    given = [*truths.values()] if truths is not None else _truths_in(Path(ocr), texts, truth_pattern)
    used = {os.path.normpath(pair.truth) for pair in pairs if pair.truth}
    lone = [p.ocr for p in pairs if (truths is not None and not p.truth) or (corrected and not p.corrected)]
    for one in (*(pair.ocr for pair in pairs), *given):
        refuse_unwritable_name(one)
    return Pairing(
        pairs=tuple(pair for pair in pairs if pair.ocr not in lone),
        lone=(*lone, *(one for one in given if os.path.normpath(one) not in used)),
    )


def readings(folder: str, *, ocr_pattern: str | None = None, truth_pattern: str = TRUTH_PATTERN) -> tuple[str, ...]:
    """The ids of the files of a folder that `pair_up` would score, whether they have a truth or not."""
    if not is_folder(folder):
        raise BadInputError(where=folder, what="is no folder", remedy="Give the folder of the whole collection")
    return tuple(name for name, _, _ in _to_score(Path(folder), ocr_pattern, truth_pattern))


def _refuse_shared_truth(pairs: Iterable[Pair], ocr: str) -> None:
    first: dict[str, str] = {}
    for pair in pairs:
        if pair.truth and pair.truth in first:
            raise BadInputError(
                where=ocr,
                what=f"{first[pair.truth]} and {pair.ocr} are two readings of one page",
                remedy="Choose one with --ocr-pattern '{stem}.ENGINE.txt', or compare two folders with --compare",
            )
        if pair.truth:
            first[pair.truth] = pair.ocr


_Text: TypeAlias = tuple[str, str, Path]
"""Id, stem and path of a file that is to be scored."""


def _to_score(folder: Path, pattern: str | None, truth_pattern: str) -> list[_Text]:
    """The files that are to be scored. Raises BadInputError where there is none, or two have the same id."""
    files = [p for p in sorted(files_below(folder)) if not _is_taken(p, pattern, truth_pattern)]
    if pattern:
        before, _, after = pattern.partition("{stem}")
        named = [p for p in files if re.fullmatch(f"{re.escape(before)}.+{re.escape(after)}", p.name)]
        cut = [(p.name[len(before) : len(p.name) - len(after)], p) for p in named]
        found = [(p.relative_to(folder).with_name(stem).as_posix(), stem, p) for stem, p in cut]
    else:
        endings = _TEXTS if any(p.suffix.lower() in _TEXTS for p in files) else _LAYOUTS
        chosen = [p for p in files if p.suffix.lower() in endings]
        found = [(_stem(p.relative_to(folder).as_posix()), p.stem, p) for p in chosen]
    # A truth pattern may name the plain text beside what engines read, or another folder in this one.
    truths = {truth for _, stem, p in found if (truth := _truth_beside(p, stem, truth_pattern))}
    places = _truth_folders(found, truth_pattern)
    found = [one for one in found if str(one[2]) not in truths and one[2].parent not in places]
    if not found:
        raise BadInputError(
            where=str(folder),
            what=f"the folder holds no {pattern.replace('{stem}', '*') if pattern else 'OCR text, ALTO, PAGE or hOCR'}",
            remedy="Give a folder with a file a document, or name the files with --ocr-pattern",
        )
    _refuse_same_ids(found)
    return found


def _is_taken(path: Path, pattern: str | None, truth_pattern: str) -> bool:
    """Whether a file is a truth or a result, and so no text to be scored."""
    if not is_result_or_truth(path, truth_pattern):
        return False
    if path.name.endswith(RESULT_ENDINGS):
        return not (pattern and pattern.endswith(RESULT_ENDINGS))
    # Where truths lie in another folder, a name says nothing against a pattern that asks for it.
    return not (pattern and Path(truth_pattern).name != truth_pattern)


def _refuse_same_ids(texts: Iterable[_Text]) -> None:
    first: dict[str, Path] = {}
    for name, _, path in texts:
        if name in first:
            raise BadInputError(
                where=str(path),
                what=f"has the same id {name!r} as {first[name]}",
                remedy="Say which of them is to be scored: --ocr-pattern '{stem}" + "".join(path.suffixes) + "'",
            )
        first[name] = path


def _truth_beside(path: Path, stem: str, pattern: str) -> str | None:
    """The truth in the same folder; of x.ENGINE.txt that of x will do."""
    stems = [stem, stem.rsplit(".", 1)[0], stem.split(".", 1)[0]]
    places = [truth_path(str(path.with_name(f"{one}.txt")), pattern) for one in stems]
    return next((found for place in places if place != str(path) and (found := _if_file(place))), None)


def _truth_among(truths: dict[str, str], name: str) -> str | None:
    return truths.get(name) or truths.get(re.sub(r"\.[^./]*\Z", "", name))


def _truths_in(folder: Path, texts: Iterable[_Text], pattern: str) -> list[str]:
    """The files that are truths by their name: of a folder, or of those beside it that `pattern` leads to."""
    before, _, after = Path(pattern).name.partition("{stem}")
    files = files_below(folder)
    if places := _truth_folders(texts, pattern):
        files = (p for place in sorted(places) if place.is_dir() for p in place.iterdir() if p.is_file())
    scored = {path for _, _, path in texts}
    named = (p for p in files if p.name.startswith(before) and p.name.endswith(after) and p not in scored)
    return [str(p) for p in sorted(named)]


def _truth_folders(texts: Iterable[_Text], pattern: str) -> set[Path]:
    """The folders that `pattern` leads to from those of the texts; none where it stays there."""
    if Path(pattern).name == pattern:
        return set()
    return {Path(os.path.normpath(Path(truth_path(str(path), pattern)).parent)) for _, _, path in texts}


def _stems(folder: Path) -> dict[str, str]:
    """The texts and layout files of a folder by their path below it, without ending and role.

    Results are left out; where x.gt.txt lies beside x.txt, which is the OCR then, it is the truth of x.
    """
    found: dict[str, str] = {}
    for path in sorted(files_below(folder), key=lambda p: (not p.stem.endswith(_TRUTH), p)):
        if path.suffix.lower() in (*_TEXTS, *_LAYOUTS) and not path.name.endswith(RESULT_ENDINGS):
            found.setdefault(_stem(path.relative_to(folder).as_posix()), str(path))
    return found


def _stem(name: str) -> str:
    """A name without its ending, and without what says what the file is.

    >>> _stem("box/letter.gt.txt")
    'box/letter'
    """
    stem = name[: name.rindex(".")]
    return next((stem.removesuffix(role) for role in _ROLES if stem.endswith(role)), stem)


def named(folder: Path, name: str, endings: Iterable[str] = (*_TEXTS, *_LAYOUTS)) -> str | None:
    """The file of that name in a folder with the first of the endings that there is, else None."""
    return next((found for ending in endings if (found := _if_file(str(folder / f"{name}{ending}")))), None)


def _if_file(path: str) -> str | None:
    try:
        return path if Path(path).is_file() else None
    except OSError:
        return None  # a name that is too long holds nothing for us


def _mixed(ocr: str, other: str, *, folder: bool) -> BadInputError:
    for one in (ocr, other):
        if one != STDIN and not Path(one).exists():
            return BadInputError(where=one, what="cannot be read: No such file or directory", remedy="Check the name")
    return BadInputError(
        where=other,
        what=f"is {'no folder' if folder else 'a folder'}, but {ocr} is {'one' if folder else 'a file'}",
        remedy="Give two files, or two folders with files of the same names",
    )
