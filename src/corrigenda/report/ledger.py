"""The ledger: every correction with its evidence, and what is needed to apply them again or take them back.

A ledger is JSON Lines. The first line describes the text; each line after it is one correction, in the order of the
page. Nothing of a ledger depends on the time or the machine, so the same run gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import Encoding, LineEnds, encode
from corrigenda.values import (
    Corrected,
    Correction,
    CorrectionKind,
    Evidence,
    Flag,
    FlagKind,
    Intake,
    Source,
    Span,
    Suggestion,
)

__all__ = ["Ledger", "correction_record", "dump", "flag_record", "load", "load_flags"]

T = TypeVar("T")

_FORMAT = "corrigenda ledger 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """A ledger read back. The two hashes are of the document's bytes before and after correction.

    `aside` is what followed the document in its file (a transcription) and is put back when all is undone.
    """

    document_id: str
    source: Source
    original_sha256: str
    corrected_sha256: str
    aside: str
    signature: str
    corrections: tuple[Correction, ...]


def dump(intake: Intake, corrected: Corrected) -> str:
    """The ledger of one document as JSON Lines."""
    source = intake.document.source
    header = {
        "format": _FORMAT,
        "document_id": corrected.document_id,
        "signature": corrected.signature,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "bom": source.bom,
            "line_ends": source.line_ends,
            "engine": source.engine,
        },
        "original_sha256": _hash(intake.document.text, source),
        "corrected_sha256": _hash(corrected.text, source),
        "aside": intake.aside,
        "corrections": len(corrected.corrections),
    }
    records = [header, *(correction_record(n, c) for n, c in enumerate(corrected.corrections, start=1))]
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def correction_record(number: int, correction: Correction) -> dict[str, Any]:
    """One correction as JSON has it; `start` and `end` are code points of the document, half-open."""
    return {
        "id": number,
        "start": correction.span.start,
        "end": correction.span.end,
        "before": correction.before,
        "after": correction.after,
        "kind": correction.kind.value,
        "probability": correction.probability,
        "evidence": [
            {
                k: v
                for k, v in (("rule", e.rule), ("says", e.says), ("figure", e.figure), ("citation", e.citation))
                if v is not None
            }
            for e in correction.evidence
        ],
    }


def flag_record(flag: Flag, text: str) -> dict[str, Any]:
    """One flag as JSON has it, with what stands there in `text`."""
    return {
        "start": flag.span.start,
        "end": flag.span.end,
        "text": flag.span.of(text),
        "kind": flag.kind.value,
        "why": flag.why,
        "suggestions": [{"text": s.text, "probability": s.probability} for s in flag.suggestions],
        "citation": flag.citation,
    }


def load(text: str, *, where: str) -> Ledger:
    """Read a ledger. Raises BadInputError naming the line and the field that is wrong."""
    records = list(_records(text, where))
    header = records[0][1] if records else {}
    if header.get("format") != _FORMAT:
        raise _damaged(where, 1, f"the first line does not say {_FORMAT!r}")
    try:
        ledger = Ledger(
            document_id=_field(header, "document_id", str),
            source=_source(_field(header, "source", dict)),
            original_sha256=_field(header, "original_sha256", str),
            corrected_sha256=_field(header, "corrected_sha256", str),
            aside=_field(header, "aside", str),
            signature=_field(header, "signature", str),
            corrections=tuple(_correction(r, where, line) for line, r in records[1:]),
        )
        announced = _field(header, "corrections", int)
    except ValueError as error:
        raise _damaged(where, 1, str(error)) from error
    if announced != len(ledger.corrections):
        raise _damaged(where, len(records), f"{announced} corrections were announced, {len(ledger.corrections)} follow")
    return ledger


def load_flags(text: str, *, where: str) -> tuple[Flag, ...]:
    """Read x.flags.jsonl. Raises BadInputError naming the line that is wrong."""
    return tuple(_flag(record, where, line) for line, record in _records(text, where))


def _flag(record: dict[str, Any], where: str, line: int) -> Flag:
    try:
        return Flag(
            span=Span(start=_field(record, "start", int), end=_field(record, "end", int)),
            kind=FlagKind(_field(record, "kind", str)),
            why=_field(record, "why", str),
            suggestions=tuple(_suggestion(one) for one in _field(record, "suggestions", list)),
            citation=_optional(record, "citation", str),
        )
    except ValueError as error:
        raise _damaged(where, line, f"not a flag: {error}") from error


def _suggestion(record: object) -> Suggestion:
    if not isinstance(record, dict):
        msg = "a suggestion is no JSON object"
        raise ValueError(msg)  # noqa: TRY004 (all damage of a file is one kind of error)
    unweighed = record.get("probability", 0) is None
    return Suggestion(text=_field(record, "text", str), probability=None if unweighed else _probability(record))


def _field(record: dict[str, Any], name: str, type_: type[T]) -> T:
    """The field of this name. Raises ValueError where it is missing or of another type."""
    value = record.get(name)
    if not isinstance(value, type_) or (isinstance(value, bool) and type_ is not bool):
        msg = f"field {name!r} is missing or is no {type_.__name__}"
        raise ValueError(msg)
    return value


def _optional(record: dict[str, Any], name: str, type_: type[T]) -> T | None:
    return None if record.get(name) is None else _field(record, name, type_)


def _number(record: dict[str, Any], name: str) -> float:
    number = float(record[name]) if isinstance(record.get(name), int) else _field(record, name, float)
    if not math.isfinite(number):
        msg = f"field {name!r} is no number"
        raise ValueError(msg)
    return number


def _probability(record: dict[str, Any]) -> float:
    number = _number(record, "probability")
    if not 0 <= number <= 1:
        msg = f"{number} is no probability"
        raise ValueError(msg)
    return number


def _source(record: dict[str, Any]) -> Source:
    encoding, line_ends = _field(record, "encoding", str), _field(record, "line_ends", str)
    if encoding not in get_args(Encoding) or line_ends not in get_args(LineEnds):
        msg = f"no encoding {encoding!r} or no line ends {line_ends!r}"
        raise ValueError(msg)
    return Source(
        path=_field(record, "path", str),
        sha256=_field(record, "sha256", str),
        encoding=cast("Encoding", encoding),
        bom=_field(record, "bom", bool),
        line_ends=cast("LineEnds", line_ends),
        engine=_optional(record, "engine", str),
    )


def _records(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        # Besides what is no JSON: brackets in brackets without end, and numbers of thousands of digits.
        except (ValueError, RecursionError) as error:
            why = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
            raise _damaged(where, number, f"not JSON ({why})") from error
        if not isinstance(record, dict):
            raise _damaged(where, number, "not a JSON object")
        yield number, record


def _correction(record: dict[str, Any], where: str, line: int) -> Correction:
    try:
        return Correction(
            span=Span(start=_field(record, "start", int), end=_field(record, "end", int)),
            before=_field(record, "before", str),
            after=_field(record, "after", str),
            kind=CorrectionKind(_field(record, "kind", str)),
            probability=_probability(record),
            evidence=tuple(_evidence(e) for e in _field(record, "evidence", list)),
        )
    except ValueError as error:
        raise _damaged(where, line, f"not a correction: {error}") from error


def _evidence(record: object) -> Evidence:
    if not isinstance(record, dict):
        msg = "a piece of evidence is no JSON object"
        raise ValueError(msg)  # noqa: TRY004 (all damage of a ledger is one kind of error)
    return Evidence(
        rule=_field(record, "rule", str),
        says=_field(record, "says", str),
        figure=None if record.get("figure") is None else _number(record, "figure"),
        citation=_optional(record, "citation", str),
    )


def _damaged(where: str, line: int, what: str) -> BadInputError:
    name = "x.flags.jsonl" if where.endswith(".flags.jsonl") else "x.corrections.jsonl"
    return BadInputError(
        where=f"{where}, line {line}", what=what, remedy=f"Give the {name} that corrigenda wrote, unaltered"
    )


def _hash(text: str, source: Source) -> str:
    return hashlib.sha256(encode(text, encoding=source.encoding, bom=source.bom)).hexdigest()
