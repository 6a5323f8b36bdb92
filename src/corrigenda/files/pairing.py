"""Which file is the truth of which, and which is a correction of it: by name, in one folder or in parallel ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corrigenda.errors import BadInputError
from corrigenda.files.inputs import TRUTH_PATTERN, files_below, is_result_or_truth, truth_path

__all__ = ["Pair", "Pairing", "pair_up"]

_TEXTS = (".txt", ".md")
_LAYOUTS = (".xml", ".hocr", ".html", ".htm")
# What a name may have before its ending to say what the file is.
_ROLES = (".gt", ".corrected", ".alto", ".page")
# What is a correction of a document, the best account of it first: a ledger also knows kinds, reasons and flags.
_CORRECTED = (".corrections.jsonl", ".corrected.txt", *_TEXTS, *_LAYOUTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """The files of one document; `truth` is None where it must follow in the OCR file itself."""

    id: str
    ocr: str
    truth: str | None
    corrected: str | None = None


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
    ocr_pattern: str | None = None,
    truth_pattern: str = TRUTH_PATTERN,
) -> Pairing:
    """The pairs that two files, a folder, or two parallel folders amount to.

    In one folder the truth of x.txt is what `truth_pattern` names for the stem x; that of x.ENGINE.txt may also be
    that of x. In parallel folders the names agree but for their endings. `ocr_pattern` says which files of a folder
    are scored, `{stem}.tesseract.txt`; without it these are its texts, or where it has none its layout files.

    Raises BadInputError where a folder holds nothing to be scored, or one thing is a folder and the other a file.
    """
    whole_folder = Path(ocr).is_dir()
    for other in (truth, corrected):
        if other is not None and Path(other).is_dir() != whole_folder:
            raise _mixed(ocr, other, folder=whole_folder)
    if not whole_folder:
        beside = truth or _if_file(truth_path(ocr, truth_pattern))
        return Pairing(pairs=(Pair(id=Path(ocr).stem, ocr=ocr, truth=beside, corrected=corrected),), lone=())
    texts = _to_score(Path(ocr), ocr_pattern, truth_pattern)
    truths = _stems(Path(truth)) if truth else None
    pairs = [
        Pair(
            id=name,
            ocr=str(path),
            truth=_truth_among(truths, name) if truths is not None else _truth_beside(path, stem, truth_pattern),
            corrected=_corrected_in(Path(corrected), name) if corrected else None,
        )
        for name, stem, path in texts
    ]
    given = list(truths.values()) if truths is not None else _truths_in(Path(ocr), truth_pattern)
    used = {pair.truth for pair in pairs}
    lone = [pair.ocr for pair in pairs if truths is not None and pair.truth is None]
    return Pairing(
        pairs=tuple(pair for pair in pairs if pair.ocr not in lone),
        lone=(*lone, *(one for one in given if one not in used)),
    )


def _to_score(folder: Path, pattern: str | None, truth_pattern: str) -> list[tuple[str, str, Path]]:
    """Id, stem and path of each file that is to be scored."""
    files = [p for p in sorted(files_below(folder)) if not is_result_or_truth(p, truth_pattern)]
    if pattern:
        before, _, after = pattern.partition("{stem}")
        named = [p for p in files if re.fullmatch(f"{re.escape(before)}.+{re.escape(after)}", p.name)]
        cut = [(p.name[len(before) : len(p.name) - len(after)], p) for p in named]
        found = [(p.relative_to(folder).with_name(stem).as_posix(), stem, p) for stem, p in cut]
    else:
        endings = _TEXTS if any(p.suffix.lower() in _TEXTS for p in files) else _LAYOUTS
        chosen = [p for p in files if p.suffix.lower() in endings]
        found = [(_stem(p.relative_to(folder).as_posix()), p.stem, p) for p in chosen]
    if not found:
        raise BadInputError(
            where=str(folder),
            what=f"the folder holds no {pattern.replace('{stem}', '*') if pattern else 'OCR text, ALTO, PAGE or hOCR'}",
            remedy="Give a folder with a file a document, or name the files with --ocr-pattern",
        )
    return found


def _truth_beside(path: Path, stem: str, pattern: str) -> str | None:
    """The truth in the same folder; of x.ENGINE.txt that of x will do."""
    stems = [stem, stem.rsplit(".", 1)[0], stem.split(".", 1)[0]]
    return next(
        (found for one in stems if (found := _if_file(truth_path(str(path.with_name(f"{one}.txt")), pattern)))), None
    )


def _truth_among(truths: dict[str, str], name: str) -> str | None:
    return truths.get(name) or truths.get(re.sub(r"\.[^./]*\Z", "", name))


def _truths_in(folder: Path, pattern: str) -> Iterator[str]:
    """The files of a folder that are truths by their name."""
    before, _, after = Path(pattern).name.partition("{stem}")
    return (str(p) for p in sorted(files_below(folder)) if p.name.startswith(before) and p.name.endswith(after))


def _stems(folder: Path) -> dict[str, str]:
    """The texts and layout files of a folder by their path below it, without ending and role."""
    return {
        _stem(p.relative_to(folder).as_posix()): str(p)
        for p in sorted(files_below(folder))
        if p.suffix.lower() in (*_TEXTS, *_LAYOUTS)
    }


def _stem(name: str) -> str:
    """A name without its ending, and without what says what the file is.

    >>> _stem("box/letter.gt.txt")
    'box/letter'
    """
    stem = name[: name.rindex(".")]
    return next((stem.removesuffix(role) for role in _ROLES if stem.endswith(role)), stem)


def _corrected_in(folder: Path, name: str) -> str | None:
    return next((found for ending in _CORRECTED if (found := _if_file(str(folder / f"{name}{ending}")))), None)


def _if_file(path: str) -> str | None:
    try:
        return path if Path(path).is_file() else None
    except OSError:
        return None  # a name that is too long holds nothing for us


def _mixed(ocr: str, other: str, *, folder: bool) -> BadInputError:
    return BadInputError(
        where=other,
        what=f"is {'no folder' if folder else 'a folder'}, but {ocr} is {'one' if folder else 'a file'}",
        remedy="Give two files, or two folders with files of the same names",
    )
