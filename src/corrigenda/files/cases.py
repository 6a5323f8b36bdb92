"""What is to be scored, read from files: a document with its truth and, where there is one, its correction."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from pathlib import Path

from corrigenda.correct.apply import MisfitError, apply
from corrigenda.errors import BadInputError
from corrigenda.files.inputs import STDIN, read_bytes
from corrigenda.files.pairing import Pair
from corrigenda.ingest import formats
from corrigenda.ingest.decode import decode
from corrigenda.ingest.records import GROUP_FIELD, Record, intake_of, read_records
from corrigenda.report import ledger
from corrigenda.score.compare import as_corrected, readings_of
from corrigenda.values import Corrected, Document, Flag, Intake, Reading

__all__ = ["Case", "from_pair", "from_record", "is_records", "piped", "records"]

_MOST_RECORD_BYTES = 1 << 30
"""JSONL holds many documents, so it may be far larger than one."""
_LEDGER, _FLAGS = ".corrections.jsonl", ".flags.jsonl"
_AS_GIVEN = "a corrected text that was given"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One document to be scored; `group` is None where it stands for itself, `readings` are of another engine.

    Where no corrected text was given (`corrected_given`), `corrected` is the OCR as it stands.
    """

    intake: Intake
    corrected: Corrected
    corrected_given: bool
    group: str | None
    readings: tuple[Reading, ...]

    @classmethod
    def of(
        cls, intake: Intake, corrected: Corrected | None, group: str | None, readings: tuple[Reading, ...] = ()
    ) -> Case:
        """The case of a document with its corrected text, if there is one."""
        document = intake.document
        unchanged = Corrected(
            document_id=document.id, text=document.text, corrections=(), flags=(), signature="as it was read"
        )
        return cls(
            intake=intake,
            corrected=corrected or unchanged,
            corrected_given=corrected is not None,
            group=group,
            readings=readings,
        )


def piped() -> bytes:
    """What comes on standard input, where it may be one text or JSONL."""
    return read_bytes(STDIN, most=_MOST_RECORD_BYTES)


def is_records(path: str, piped: bytes | None) -> bool:
    """Whether a file is JSONL, by its name; what was `piped` is so where it begins as an object."""
    if piped is not None:
        return piped.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
    return path.endswith((".jsonl", ".ndjson", ".json"))


def records(path: str, group_field: str | None, piped: bytes | None) -> tuple[Record, ...]:
    """The records of a JSONL file, or of what was `piped`."""
    data = read_bytes(path, most=_MOST_RECORD_BYTES) if piped is None else piped
    return read_records(data, path=path, group_field=group_field or GROUP_FIELD)


def from_record(record: Record, path: str) -> Case:
    """The case that one record is; what it has as corrected is compared with its OCR text."""
    intake = intake_of(record, path)
    made = None
    if record.corrected is not None:
        # One record is about one text, however little of it was read.
        made = as_corrected(intake.document, record.corrected, signature=_AS_GIVEN, whole=True, trusted=True)
    return Case.of(intake, made, record.group)


def from_pair(pair: Pair, *, whole: bool, trusted: bool, group: str | None, piped: bytes | None) -> Case:
    """Read the files of a pair; `whole` takes each text as a passage, with no page around it.

    `trusted` texts need not look like one page; `piped` is the OCR text where it came on standard input. Without a
    truth in the pair or in the file itself the intake has no transcript.
    """
    intake = formats.read(
        read_bytes(pair.ocr) if piped is None else piped,
        path=pair.ocr,
        document_id=pair.id,
        whole=whole,
        blank=True,
    )
    if pair.truth:
        truth = formats.read_transcript(read_bytes(pair.truth), path=pair.truth, document_id=pair.id, whole=whole)
        intake = replace(intake, transcript=truth)
    made = _corrected(pair.corrected, intake.document, whole=whole, trusted=trusted) if pair.corrected else None
    return Case.of(intake, made, group, _readings(pair.reading, intake.document) if pair.reading else ())


def _readings(path: str, document: Document) -> tuple[Reading, ...]:
    text = formats.read(read_bytes(path), path=path, document_id=document.id, whole=True).document.text
    return readings_of(document, text, siglum=path)


def _corrected(path: str, document: Document, *, whole: bool, trusted: bool) -> Corrected:
    if path.endswith(_LEDGER):
        return _from_ledger(path, document)
    text = formats.read(read_bytes(path), path=path, document_id=document.id, whole=whole).document.text
    return as_corrected(document, text, signature=_AS_GIVEN, whole=whole, trusted=trusted)


def _from_ledger(path: str, document: Document) -> Corrected:
    """The corrections of a ledger, and the flags in the file beside it."""
    found = ledger.load(decode(read_bytes(path), path=path).text, where=path)
    try:
        text = apply(document.text, found.corrections)
    except MisfitError as error:
        raise BadInputError(
            where=path,
            what=f"correction {error.index + 1} does not fit {document.source.path}: {error}",
            remedy="Give the OCR text that this ledger was written for",
        ) from error
    return Corrected(
        document_id=document.id,
        text=text,
        corrections=found.corrections,
        flags=_flags(path.removesuffix(_LEDGER) + _FLAGS),
        signature=found.signature,
    )


def _flags(path: str) -> tuple[Flag, ...]:
    """The flags of a run, in the file beside its ledger, which is empty where there is none."""
    return ledger.load_flags(read_bytes(path).decode(errors="replace"), where=path) if Path(path).is_file() else ()
