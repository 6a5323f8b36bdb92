"""JSONL: one record a line, each a passage of OCR text with its truth and, where there is one, its correction.

Two schemas are known, and told apart line by line: the plain one (`id`, `ocr`, `gt`, and if need be `group`, `engine`,
`confidences`, `alternatives` and `corrected`), and that of the HIPE-OCRepair evaluation (https://github.com/hipe-eval/HIPE-OCRepair-2026-data).
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corrigenda.errors import BadInputError
from corrigenda.ingest.rawtext import document_of, transcript_of
from corrigenda.values import Intake, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ENGINE_FIELD", "GROUP_FIELD", "Record", "intake_of", "read_records"]

ENGINE_FIELD = "engine"
GROUP_FIELD = "group"

_MASKED = "None"
_UNNAMED = frozenset({"", "n/a"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A passage as OCR, human and corrector have it; `group` names what belongs together, `line` counts from 1.

    Where the record says so, `engine` names what read it, `confidences` has how sure that was of each white-space word
    of `ocr` (0 to 1, None where it did not say), and `alternatives` what else it thought that each may be.
    """

    id: str
    group: str | None
    ocr: str
    truth: str
    corrected: str | None
    line: int
    engine: str | None = None
    confidences: tuple[float | None, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()


def read_records(
    data: bytes, *, path: str, group_field: str = GROUP_FIELD, engine_field: str | None = None
) -> tuple[Record, ...]:
    """The records in `data`, in order, their ids made unique: the second `7` is `7#2`, and both are of group `7`.

    `group_field` names the field with a record's group: of the record itself, or of `document_metadata`. Without it
    a record of HIPE-OCRepair is grouped by its publication. `engine_field` names the one with the engine that read it,
    and where that is None engines are not read.

    Raises BadInputError with line and field where `data` is not such a file.
    """
    records = [
        _record(fields, line, group_field, engine_field)
        for line, fields in _objects(data.removeprefix(codecs.BOM_UTF8), path)
    ]
    if not records:
        raise BadInputError(
            where=path, what="the file holds no records", remedy='Write one {"id", "ocr", "gt"} on each line'
        )
    return tuple(_with_own_ids(records))


def intake_of(record: Record, path: str) -> Intake:
    """Document and transcription of `record`; both are taken whole, since a passage has no page around it.

    Each source names file and line, and has the hash of its own text.
    """
    where = f"{path}, line {record.line}"
    return Intake(
        document=document_of(record.ocr, record.id, _source(record.ocr, where), whole=True),
        transcript=transcript_of(record.truth, record.id, _source(record.truth, where), whole=True),
        aside="",
    )


def _source(text: str, where: str) -> Source:
    return Source(
        path=where,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding="utf-8",
        bom=False,
        line_ends="lf" if "\n" in text else "none",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """Where a record stands, for errors."""

    path: str
    number: int

    def refused(self, what: str, remedy: str) -> BadInputError:
        return BadInputError(where=f"{self.path}, line {self.number}", what=what, remedy=remedy)


def _objects(data: bytes, path: str) -> Iterator[tuple[_Line, dict[str, object]]]:
    """The objects of the lines that are not blank."""
    # Not by `splitlines`, since JSON lets U+2028 and the like stand in a text.
    started = False
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        line = _Line(path=path, number=number)
        if not started and raw.lstrip().startswith(b"["):
            raise line.refused(
                "the file is one JSON array, not a record on each line",
                "Convert it: jq -c '.[]' FILE > FILE.jsonl",
            )
        started = True
        yield line, _object(raw, line)


def _object(raw: bytes, line: _Line) -> dict[str, object]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise line.refused(
            f"byte 0x{raw[error.start]:02X} at column {error.start + 1} is not UTF-8",
            "Convert the file: iconv -f ENCODING -t UTF-8 FILE > FILE.utf8.jsonl",
        ) from error
    try:
        fields = json.loads(text)
    # Besides what is no JSON: numbers of thousands of digits, and brackets in brackets without end.
    except (ValueError, RecursionError) as error:
        why = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise line.refused(
            f"no JSON: {why}", "Write each record on one line: jq -c . FILE > FILE.jsonl, or mend this line"
        ) from error
    if not isinstance(fields, dict):
        raise line.refused(
            f"a record must be an object, not {_kind(fields)}", 'Write {"id": ..., "ocr": ..., "gt": ...}'
        )
    return fields


def _record(fields: dict[str, object], line: _Line, group_field: str, engine_field: str | None) -> Record:
    if "document_metadata" in fields or "ocr_hypothesis" in fields:
        return _of_hipe(fields, line, group_field, engine_field)
    named = group_field != GROUP_FIELD
    return Record(
        id=_id(fields, "id", line),
        group=_name_if_any(fields, group_field, group_field, line, needed=named),
        ocr=_text(fields, "ocr", line),
        truth=_text(fields, "gt", line),
        corrected=None if fields.get("corrected") is None else _text(fields, "corrected", line),
        line=line.number,
        engine=_engine(fields, engine_field, line),
        confidences=_confidences(fields, line),
        alternatives=_alternatives(fields, line),
    )


def _of_hipe(fields: dict[str, object], line: _Line, group_field: str, engine_field: str | None) -> Record:
    metadata = _part(fields, "document_metadata", line)
    named = group_field != GROUP_FIELD
    # Pages of one newspaper share type and paper. The data set is no group: a file holds one, and its name says
    # nothing of what belongs together.
    field = group_field if named else "publication_title"
    group = _name_if_any(metadata, field, f"document_metadata.{field}", line, needed=named)
    output = fields.get("ocr_postcorrection_output") or {}
    # The evaluation's own sample has the word "None" where no system has answered.
    answered = not isinstance(output, dict) or output.get("transcription_unit") not in {None, _MASKED}
    return Record(
        id=_id(metadata, "document_id", line, name="document_metadata.document_id"),
        group=None if group in _UNNAMED else group,
        ocr=_unit(fields, "ocr_hypothesis", line),
        truth=_unit(fields, "ground_truth", line),
        corrected=_unit(fields, "ocr_postcorrection_output", line) if answered else None,
        line=line.number,
        engine=_engine(metadata, engine_field, line, within="document_metadata."),
    )


def _unit(fields: dict[str, object], name: str, line: _Line) -> str:
    return _text(_part(fields, name, line), "transcription_unit", line, name=f"{name}.transcription_unit")


def _part(fields: dict[str, object], name: str, line: _Line) -> dict[str, object]:
    found = _field(fields, name, line, name=name)
    if not isinstance(found, dict):
        raise line.refused(f"'{name}' must be an object, not {_kind(found)}", "Mend this record")
    return found


def _field(fields: Mapping[str, object], key: str, line: _Line, *, name: str) -> object:
    if key not in fields:
        raise line.refused(
            f"'{name}' is missing", f"Add it; the record has {', '.join(map(repr, list(fields)[:8])) or 'no fields'}"
        )
    return fields[key]


def _text(fields: Mapping[str, object], key: str, line: _Line, *, name: str | None = None) -> str:
    name = name or key
    found = _field(fields, key, line, name=name)
    if not isinstance(found, str):
        raise line.refused(f"'{name}' must be text, not {_kind(found)}", "Put it in quotes, or mend this record")
    try:
        found.encode()
    except UnicodeEncodeError as error:
        what = f"'{name}' holds half a letter, \\u{ord(found[error.start]):04x}, at character {error.start + 1}"
        raise line.refused(what, "Write the letter itself, or both halves of it") from error
    if (offset := found.find("\0")) >= 0:
        raise line.refused(f"'{name}' holds NUL at character {offset + 1}, which no text has", "Delete it")
    return found


def _id(fields: Mapping[str, object], key: str, line: _Line, *, name: str | None = None) -> str:
    found = _name(fields, key, line, name=name or key)
    if not found:
        raise line.refused(f"'{name or key}' is empty", "Give each record an id")
    return found


def _engine(fields: Mapping[str, object], key: str | None, line: _Line, *, within: str = "") -> str | None:
    if key is None:
        return None
    # An empty name says no more than none.
    return _name_if_any(fields, key, f"{within}{key}", line, needed=key != ENGINE_FIELD) or None


def _confidences(fields: Mapping[str, object], line: _Line) -> tuple[float | None, ...]:
    found = _for_each_word(fields, "confidences", "figures", line)
    for at, value in enumerate(found):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1):
            raise line.refused(f"'confidences[{at}]' is no number from 0 to 1", "Mend it, or write null")
    return tuple(None if value is None else float(value) for value in found)


def _alternatives(fields: Mapping[str, object], line: _Line) -> tuple[tuple[str, ...], ...]:
    found = _for_each_word(fields, "alternatives", "lists", line)
    for at, others in enumerate(found):
        if not isinstance(others, list) or not all(isinstance(other, str) for other in others):
            raise line.refused(f"'alternatives[{at}]' is no list of texts", "Mend it, or write []")
    return tuple(map(tuple, found))


def _for_each_word(fields: Mapping[str, object], key: str, what: str, line: _Line) -> list[Any]:
    """The list of field `key`, which has one of `what` for each white-space word of the reading, or is not there."""
    found = fields.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise line.refused(f"'{key}' must be a list, not {_kind(found)}", "Mend this record, or leave it out")
    words = len(_text(fields, "ocr", line).split())
    if len(found) != words:
        raise line.refused(
            f"'{key}' has {len(found)} {what} for the {words} words of 'ocr'", "Give one for each, or none"
        )
    return found


def _name_if_any(fields: Mapping[str, object], key: str, name: str, line: _Line, *, needed: bool) -> str | None:
    if not needed and key not in fields:
        return None
    return None if _field(fields, key, line, name=name) is None else _name(fields, key, line, name=name)


def _name(fields: Mapping[str, object], key: str, line: _Line, *, name: str) -> str:
    """A name that may also be a whole number."""
    found = _field(fields, key, line, name=name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return _text(fields, key, line, name=name)


def _kind(value: object) -> str:
    """What kind of JSON `value` is, in words."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def _with_own_ids(records: list[Record]) -> Iterator[Record]:
    """The records with ids that are unique; what shared an id is a group, unless it has one."""
    times = Counter(record.id for record in records)
    taken, seen = set(times), Counter[str]()
    for record in records:
        if times[record.id] == 1:
            yield record
            continue
        seen[record.id] += 1
        own = record.id
        while seen[record.id] > 1 and own in taken:
            own = f"{record.id}#{seen[record.id]}"
            seen[record.id] += own in taken
        taken.add(own)
        yield replace(record, id=own, group=record.group or record.id)
