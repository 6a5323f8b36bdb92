"""Other readings of a document, from the files and folders that a job names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corrigenda.correct.readings import OtherText
from corrigenda.errors import BadInputError
from corrigenda.files.inputs import Input, is_folder, read_bytes
from corrigenda.files.pairing import named
from corrigenda.ingest import formats

__all__ = ["other_texts"]


def other_texts(given: Iterable[str], one: Input) -> tuple[OtherText, ...]:
    """What other engines have of the document `one`: a file as it is, in a folder the file of the document's own name.

    Raw text, ALTO, PAGE and hOCR are read alike; a transcription that follows in a file is not part of its reading. A
    folder may lack a document. Raises BadInputError where a file cannot be read, or is the document's own.
    """
    found: list[OtherText] = []
    for name in given:
        path = named(Path(name), one.id) if is_folder(name) else name
        if path is None:
            continue
        if Path(path) == Path(one.path):
            raise BadInputError(
                where=path, what="is given as another reading of itself", remedy="Name what another engine has read"
            )
        text = formats.read(read_bytes(path), path=path, document_id=one.id, blank=True).document.text
        if text.strip():
            found.append(OtherText(siglum=path, text=text))
    return tuple(found)
