"""Editions as files: TEI or plain text, either of them compressed; a witness of a page, and an index of volumes."""

from __future__ import annotations

import hashlib
import lzma
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from corrigenda.edition.writing import writing
from corrigenda.errors import BadInputError, CorrigendaError
from corrigenda.files.inputs import files_below, is_folder, read_bytes
from corrigenda.ingest.decode import decode
from corrigenda.ingest.frus_tei import no_document, read_tei
from corrigenda.ingest.frus_text import Edition, read_edition, work_of
from corrigenda.ingest.frus_volume import Volume, tei_volume, text_volume

__all__ = ["Indexed", "index_volumes", "read_volume", "read_witness", "volume_files"]

_ENDINGS = (".txt", ".xml")
_PACKED = (".xz", ".gz")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]")
# The largest volumes of the series have 13 million bytes; what is far larger is a mistake, or a bomb.
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Indexed:
    """What became of the files: read and put in, known already, or failed; each by its path.

    `bare` are those of `read` in which no document was told apart, so that they are cited by characters alone.
    """

    read: tuple[str, ...]
    known: tuple[str, ...]
    failed: tuple[CorrigendaError, ...]
    bare: tuple[str, ...]


def volume_files(given: Iterable[Path]) -> tuple[Path, ...]:
    """The files that files and folders amount to; folders are searched through for .txt and .xml, packed or not.

    Raises BadInputError where a folder holds none. Of a file that is named itself `index_volumes` tells whether it is
    one.
    """
    found: list[Path] = []
    for path in given:
        if not is_folder(str(path)):
            found.append(path)
            continue
        below = sorted(p for p in files_below(path) if _ending(p))
        if not below:
            raise BadInputError(
                where=str(path),
                what="the folder holds no .xml or .txt file, packed as .xz or .gz or not",
                remedy="Name volumes of FRUS",
            )
        found += below
    return tuple(dict.fromkeys(found))


def index_volumes(paths: Iterable[Path], output: Path, *, on_file: Callable[[Path], None] | None = None) -> Indexed:
    """Put volumes into the index at `output`, a new one or one that is there, which stays usable until all are in.

    A volume whose file is unchanged is not read again; one that has changed is replaced. A file that cannot be read
    is passed over and told of.
    """
    read: list[str] = []
    known: list[str] = []
    failed: list[CorrigendaError] = []
    bare: list[str] = []
    given: dict[str, Path] = {}
    with writing(output, version=metadata.version("corrigenda")) as writer:
        for path in paths:
            try:
                _refuse_other_kinds(path)
                name = _volume_name(path)
                _refuse_second(name, path, given)
                data = _bytes(path)
                sha256 = hashlib.sha256(data).hexdigest()
                if writer.known.get(name) == sha256:
                    known.append(str(path))
                    continue
                if on_file:
                    on_file(path)
                volume = _volume(data, path)
                writer.put(volume, file=path.name, sha256=sha256, size=len(data))
                read.append(str(path))
                if not volume.documents:
                    bare.append(str(path))
            except BadInputError as error:
                failed.append(error)
    return Indexed(read=tuple(read), known=tuple(known), failed=tuple(failed), bare=tuple(bare))


def read_volume(path: Path) -> Volume:
    """Read a volume: TEI (`.xml`) or text, packed (`.xz`, `.gz`) or not. Raises BadInputError."""
    _refuse_other_kinds(path)
    return _volume(_bytes(path), path)


def read_witness(path: Path) -> Edition:
    """Read the edition of a page: TEI, told by its ending or its first letters, or text; packed or not.

    Of TEI all documents are read, of which the page's own is then looked for; `sha256` is that of the file's bytes.
    Raises BadInputError where it is XML, but not TEI with a document in it.
    """
    name, data = _volume_name(path), _unpacked(_bytes(path), path)
    if not (_ending(path) == ".xml" or _MARKUP.match(data)):
        try:
            return read_edition(decode(data, path=str(path)).text, name=name)
        except BadInputError as error:
            where = error.where if error.where.startswith(str(path)) else str(path)
            raise BadInputError(where=where, what=error.what, remedy=error.remedy) from error
    documents = tuple(one for one in read_tei(data, work=work_of(name), path=str(path)) if one.paragraphs)
    if not documents:
        raise no_document(str(path))
    return Edition(name=name, sha256=hashlib.sha256(data).hexdigest(), documents=documents)


def _refuse_second(name: str, path: Path, given: dict[str, Path]) -> None:
    if name in given:
        raise BadInputError(
            where=str(path),
            what=f"is the volume {name!r} again, which {given[name]} has been taken for",
            remedy="Give one file for each volume, or rename one of the two",
        )
    given[name] = path


def _volume(data: bytes, path: Path) -> Volume:
    name, unpacked = _volume_name(path), _unpacked(data, path)
    if _ending(path) == ".xml":
        return tei_volume(unpacked, name=name, path=str(path))
    try:
        return text_volume(decode(unpacked, path=str(path)).text, name=name)
    except BadInputError as error:
        raise BadInputError(where=str(path), what=error.what, remedy=error.remedy) from error


def _plain(name: str) -> str:
    """The name without the ending of its packing.

    >>> _plain("frus1961-63v06.xml.gz"), _plain("FRUS1961.TXT.XZ")
    ('frus1961-63v06.xml', 'FRUS1961.TXT')
    """
    return next((name[: -len(packed)] for packed in _PACKED if name.lower().endswith(packed)), name)


def _ending(path: Path) -> str:
    """What tells text from TEI: `.txt` or `.xml`, whatever the file is packed in; empty where it is neither."""
    plain = _plain(path.name).lower()
    return next((ending for ending in _ENDINGS if plain.endswith(ending)), "")


def _volume_name(path: Path) -> str:
    """The name of the file without its endings."""
    plain = _plain(path.name)
    return plain[: len(plain) - len(_ending(path))]


def _refuse_other_kinds(path: Path) -> None:
    if not _ending(path):
        raise BadInputError(
            where=str(path),
            what="is no volume by its name, which ends neither in .xml nor in .txt, packed as .xz or .gz or not",
            remedy="Name volumes of FRUS; a text with another ending must be renamed to .txt",
        )


def _bytes(path: Path) -> bytes:
    data = read_bytes(str(path), most=_MOST_BYTES)
    if len(data) > _MOST_BYTES:
        raise _too_large(path)
    return data


def _unpacked(data: bytes, path: Path) -> bytes:
    """The bytes that were packed, as far as they are not too many; a few packed ones may hold gigabytes."""
    suffix = path.suffix.lower()
    if suffix not in _PACKED:
        return data
    pieces: list[bytes] = []
    left = _MOST_BYTES + 1
    rest = data
    while left and (rest or not pieces):
        # What was packed in several goes is several streams; lzma.open passes over a second one that is damaged.
        stream = lzma.LZMADecompressor() if suffix == ".xz" else zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            piece = stream.decompress(rest, left)
        except (lzma.LZMAError, zlib.error) as error:
            raise _not_packed(path, str(error)) from error
        left -= len(piece)
        if left and not stream.eof:
            raise _not_packed(path, "it ends in the middle")
        pieces.append(piece)
        rest = stream.unused_data.lstrip(b"\0")  # both formats may be filled up with zeros
    if not left:
        raise _too_large(path)
    return b"".join(pieces)


def _not_packed(path: Path, why: str) -> BadInputError:
    return BadInputError(
        where=str(path),
        what=f"is not packed as its name says, or cut off ({why})",
        remedy="Get the file again, or unpack it and give what comes out",
    )


def _too_large(path: Path) -> BadInputError:
    return BadInputError(
        where=str(path),
        what=f"has more than the {_MOST_BYTES:,} bytes that a volume may have",
        remedy="Give a file for each volume",
    )
