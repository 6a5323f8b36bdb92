"""Bytes to text and back, without losing one: what cannot be given back exactly is refused, with its place.

Undoing every correction must yield the file that came in. So the text keeps its line ends, nothing is mended
on the way, and only two encodings are read: UTF-8, and Windows-1252, which older OCR programs wrote. A guess
among more encodings would now and then be wrong, and a wrong guess looks like bad OCR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corrigenda.errors import BadInputError

__all__ = ["MAX_BYTES", "Decoded", "Encoding", "LineEnds", "decode", "decode_as", "encode"]

Encoding = Literal["utf-8", "windows-1252"]
LineEnds = Literal["lf", "crlf", "cr", "mixed", "none"]

# A record of a thousand typed pages is about 2 MB; what is far larger is not one record.
MAX_BYTES = 10_000_000

_BOM = b"\xef\xbb\xbf"
_CODECS: dict[Encoding, str] = {"utf-8": "utf-8", "windows-1252": "cp1252"}

_SCAN = "Have it read: `corrigenda ocr` writes the text of scans, `corrigenda run` reads and corrects them"
_IMAGE = "Run OCR on it, and give the text that comes out"
_ARCHIVE = "Unpack it, and give the text files in it"
_OFFICE = "Save it as plain text in UTF-8"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", _SCAN),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _SCAN),
    (b"\xff\xd8\xff", "a JPEG image", _SCAN),
    (b"II*\x00", "a TIFF image", _SCAN),
    (b"MM\x00*", "a TIFF image", _SCAN),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "a JPEG 2000 image", _SCAN),
    (b"GIF8", "a GIF image", _IMAGE),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document (docx, odt)",
        "Save the document as plain text in UTF-8, or unpack the archive",
    ),
    (b"\xd0\xcf\x11\xe0", "an old office document (doc)", _OFFICE),
    (b"{\\rtf", "an RTF document", _OFFICE),
    (b"\x1f\x8b", "a gzip archive", _ARCHIVE),
    (b"\xfd7zXZ\x00", "an xz archive", _ARCHIVE),
    (b"BZh", "a bzip2 archive", _ARCHIVE),
    (
        b"SQLite format 3\x00",
        "a database, as an index of an edition is",
        "Give an index of an edition with --edition, and a text here",
    ),
)
_WIDE_BOMS: tuple[tuple[bytes, str], ...] = (
    # UTF-32 comes first: its little-endian mark begins with that of UTF-16.
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_NUL_LANES = {"x000": "UTF-32LE", "000x": "UTF-32BE", "x0x0": "UTF-16LE", "0x0x": "UTF-16BE"}
_UNKNOWN_ENCODING = "Find out its encoding and convert it: iconv -f ENCODING -t UTF-8 FILE > FILE.utf8.txt"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_LEAD_OF_TYPOGRAPHIC_MARK = b"\xe2\x80"
# A word in five may have an accented letter; a file of another code page or a binary has far more than that.
_MOST_HIGH_BYTES = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """The text of a file, and what `encode` needs to write it back; `line_ends` only informs."""

    text: str
    encoding: Encoding
    bom: bool
    line_ends: LineEnds


def decode(data: bytes, *, path: str) -> Decoded:
    r"""The text in `data`, line ends untouched; `path` is only named in the error when there is none.

    >>> decode("Señor\r\n".encode("cp1252"), path="letter.txt")
    Decoded(text='Señor\r\n', encoding='windows-1252', bom=False, line_ends='crlf')
    """
    _refuse_what_is_no_text(data, path)
    bom = data.startswith(_BOM)
    text, encoding = _text(data, path, bom=bom)
    if not text.removesuffix("\x1a").strip():
        raise BadInputError(
            where=path,
            what="the file is empty" if not data else "the file holds nothing but white space",
            remedy="Check that OCR ran on this record, or leave the file out",
        )
    # A DOS editor closed its files with Ctrl-Z; one at the very end stays in the text.
    if control := _CONTROL.search(text, 0, len(text) - text.endswith("\x1a")):
        offset = len(_BOM) * bom + len(encode(text[: control.start()], encoding=encoding, bom=False))
        raise BadInputError(
            where=_place(path, data, offset),
            what=f"control character 0x{ord(control.group()):02X}, which no text has",
            remedy="Delete the character, or give the plain text if this is a binary file",
        )
    return Decoded(text=text, encoding=encoding, bom=bom, line_ends=_line_ends(data))


def encode(text: str, *, encoding: Encoding, bom: bool) -> bytes:
    r"""`text` as bytes: the exact inverse of `decode`.

    Raises UnicodeEncodeError where `encoding` lacks a letter, which a corrected text may bring in.

    >>> encode("Señor\r\n", encoding="windows-1252", bom=False)
    b'Se\xf1or\r\n'
    """
    return _BOM * bom + text.encode(_CODECS[encoding])


def decode_as(data: bytes, *, encoding: Encoding, bom: bool) -> str:
    """The text of bytes that `encode` wrote with this encoding and mark; no guess is made."""
    return data.removeprefix(_BOM if bom else b"").decode(_CODECS[encoding])


def _place(path: str, data: bytes, offset: int) -> str:
    """`path` with line and byte offset, as editors and `dd` can find it."""
    end = b"\n" if b"\n" in data else b"\r"
    return f"{path}, line {data.count(end, 0, offset) + 1}, byte offset {offset}"


def _refuse_what_is_no_text(data: bytes, path: str) -> None:
    """Raise for what is of a known binary kind, too large, in wide characters, or has NUL bytes."""
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic):
            raise BadInputError(where=f"{path}, byte offset 0", what=f"this is {kind}, not text", remedy=remedy)
    if len(data) > MAX_BYTES:
        raise BadInputError(
            where=path,
            what=f"the file has more than the {MAX_BYTES:,} bytes that one record may have",
            remedy="Split it into one file for each record",
        )
    if wide := _wide_encoding(data):
        raise BadInputError(
            where=f"{path}, byte offset 0",
            what=f"the file is in {wide}, which is not read",
            remedy=f"Convert it: iconv -f {wide} -t UTF-8 FILE > FILE.utf8.txt",
        )
    if (offset := data.find(b"\x00")) >= 0:
        raise BadInputError(
            where=_place(path, data, offset),
            what="NUL byte; this is a binary or a damaged file",
            remedy="Give the plain text in UTF-8",
        )


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark, or by its NULs: every ASCII letter has them, always on the same side."""
    for mark, name in _WIDE_BOMS:
        if data.startswith(mark):
            return name
    head = data[:4096]
    lanes = [head[i::4] or head[i % 2 :: 4] for i in range(4)]
    # More than half, since a name or a quotation may stand in another script.
    pattern = "".join("0" if lane.count(0) * 2 > len(lane) else "x" for lane in lanes)
    return _NUL_LANES.get(pattern)


def _text(data: bytes, path: str, *, bom: bool) -> tuple[str, Encoding]:
    """The text without its mark: UTF-8, or Windows-1252 where that is plausible."""
    body = data[len(_BOM) * bom :]
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    offset = broken.start + len(data) - len(body)
    if bom or _is_damaged_utf8(body, broken):
        raise BadInputError(
            where=_place(path, data, offset),
            what=f"damaged UTF-8: byte 0x{data[offset]:02X} begins no whole letter",
            remedy="Mend or delete the letter at this place, or get the file again",
        ) from broken
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError as error:
        offset, remedy = error.start, _UNKNOWN_ENCODING
        what = f"byte 0x{data[offset]:02X} is neither UTF-8 nor Windows-1252"
        raise BadInputError(where=_place(path, data, offset), what=what, remedy=remedy) from error
    high = sum(map(body.count, range(0x80, 0x100)))
    if high > _MOST_HIGH_BYTES * len(body):
        what = f"neither UTF-8 nor plausible Windows-1252: {high} of {len(body)} bytes are above 0x7F"
        raise BadInputError(where=_place(path, data, offset), what=what, remedy=_UNKNOWN_ENCODING)
    return text, "windows-1252"


def _is_damaged_utf8(body: bytes, broken: UnicodeDecodeError) -> bool:
    """Whether letters of two or more bytes stand beside the broken one, or a curly quote is cut short.

    In Windows-1252 two letters in a row that happen to be valid UTF-8 look like "Ã©": no record has them. A
    lone 0xE9 is its "é".
    """
    others = not body.decode("utf-8", errors="ignore").isascii()
    return others or body.startswith(_LEAD_OF_TYPOGRAPHIC_MARK, broken.start)


def _line_ends(data: bytes) -> LineEnds:
    """How the lines of the file end."""
    pairs = data.count(b"\r\n")
    counts: dict[LineEnds, int] = {
        "lf": data.count(b"\n") - pairs,
        "crlf": pairs,
        "cr": data.count(b"\r") - pairs,
    }
    used = [name for name, count in counts.items() if count]
    if not used:
        return "none"
    return used[0] if len(used) == 1 else "mixed"
