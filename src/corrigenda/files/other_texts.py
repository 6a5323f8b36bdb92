"""Other readings of a document, from the files and folders that a job names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corrigenda.correct.readings import OtherText
from corrigenda.errors import BadInputError
from corrigenda.files.inputs import Input, is_folder, read_bytes, truth_path
from corrigenda.files.pairing import named
from corrigenda.ingest import formats

__all__ = ["other_texts", "refuse_witness"]


def _refuse_own(path: str, one: Input, what: str, *, remedy: str) -> None:
    """Raise BadInputError where a file given as `what` for `one` is the document itself or its transcription."""
    if Path(path) == Path(one.path):
        raise BadInputError(where=path, what=f"is given as {what} of itself", remedy=remedy)
    if Path(path) == Path(truth_path(one.path)):
        raise BadInputError(where=path, what="is the transcription, which is for scoring alone", remedy=remedy)


def refuse_witness(witness: str | None, one: Input) -> None:
    """Raise BadInputError where the edition given for `one` is the document itself, or its transcription."""
    if witness:
        _refuse_own(witness, one, "the edition", remedy="Name the clean text of the published edition")


def other_texts(given: Iterable[str], one: Input) -> tuple[OtherText, ...]:
    """What other engines have of the document `one`: a file as it is, in a folder the file of the document's own name.

    Raw text, ALTO, PAGE and hOCR are read alike; a transcription that follows in a file is not part of its reading. A
    folder may lack a document. Raises BadInputError where a file cannot be read, or is the document's own or its
    transcription.
    """
    found: list[OtherText] = []
    for name in given:
        path = named(Path(name), one.id) if is_folder(name) else name
        if path is None:
            continue
        _refuse_own(path, one, "another reading", remedy="Name what another engine has read")
        text = formats.read(read_bytes(path), path=path, document_id=one.id, blank=True).document.text
        if text.strip():
            found.append(OtherText(siglum=path, text=text))
    return tuple(found)
