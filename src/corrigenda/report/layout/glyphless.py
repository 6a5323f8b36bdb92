"""A font without shapes for text that is not drawn: every letter of Unicode, none of them with a line in it.

Each letter is a character of the font with a code of two bytes, its own number in Unicode. All of them have one shape,
in which there is nothing to see, and one width, and a table says what each means (PDF 32000-1, 9.7.4 and 9.10.3).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

__all__ = ["WIDTH", "codes_beyond", "encoded", "font_file", "glyph_map", "meanings"]

WIDTH = 500
"""How wide each character is, in thousandths of the size of the font."""

_UNITS = 1000
_CODES = 0x10000
_MOST_RANGES = 100
# UTF-16 writes a letter beyond U+FFFF as two of these numbers, which mean nothing alone: here they are free.
_FREE = range(0xD800, 0xE000)


def codes_beyond(texts: Iterable[str]) -> dict[str, int]:
    """Codes for the letters in `texts` that have no number of two bytes.

    >>> codes_beyond(["a", "𝔸"])
    {'𝔸': 55296}
    """
    letters = sorted({letter for text in texts for letter in text if ord(letter) >= _CODES})
    return dict(zip(letters, _FREE, strict=False))


def encoded(text: str, beyond: Mapping[str, int]) -> str:
    """`text` in the codes of the font, as hexadecimal digits; `beyond` has those of letters beyond U+FFFF.

    >>> encoded("aš", {})
    '00610161'
    """
    return "".join(f"{beyond.get(letter, ord(letter)) % _CODES:04x}" for letter in text)


def glyph_map() -> bytes:
    """For each code the number of its shape, which is always the same."""
    return b"\x00\x01" * _CODES


def meanings(beyond: Mapping[str, int]) -> bytes:
    """The table by which readers of the PDF make Unicode of the codes."""
    free = {code >> 8 for code in _FREE}
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if high not in free]
    ranges += [f"<{code:04X}> <{code:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, code in beyond.items()]
    blocks = [ranges[i : i + _MOST_RANGES] for i in range(0, len(ranges), _MOST_RANGES)]
    listed = "\n".join("\n".join((f"{len(b)} beginbfrange", *b, "endbfrange")) for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{listed}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def font_file() -> bytes:
    """The font as TrueType: a shape for what is missing and one for all letters, neither of which shows."""
    tables = {
        # From one corner of its room to the other and back: nothing to fill, but a reader can tell how high it is.
        b"glyf": struct.pack(">5hHH2B2h", 1, 0, 0, WIDTH, _UNITS, 1, 0, 0x31, 0x01, WIDTH, _UNITS),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 0, 0, WIDTH, _UNITS, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh4hhH", 0x10000, _UNITS, 0, 0, WIDTH, 0, 0, 0, 1, 0, 0, *(0,) * 4, 0, 2),
        b"hmtx": struct.pack(">HhHh", WIDTH, 0, WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, 0, 10),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    at = 12 + 16 * len(tables)
    directory, body = b"", b""
    for name, table in tables.items():
        padded = table + b"\x00" * (-len(table) % 4)
        directory += name + struct.pack(">III", _checksum(padded), at + len(body), len(table))
        body += padded
    # Six tables: the greatest power of two among them is four.
    file = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32) + directory + body
    adjusted = (0xB1B0AFBA - _checksum(file)) % 2**32
    head = file.index(struct.pack(">I", 0x5F0F3CF5)) - 4
    return file[:head] + struct.pack(">I", adjusted) + file[head + 4 :]


def _checksum(data: bytes) -> int:
    return sum(int.from_bytes(data[i : i + 4], "big") for i in range(0, len(data), 4)) % 2**32
