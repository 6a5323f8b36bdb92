"""A font without shapes for text that is not drawn: every letter of Unicode, none of them with a line in it.

Letters are written as UTF-16. Each of its codes is a character of the font, all of them have one shape, in which
there is nothing to see, and one width, and a table says that each means itself (PDF 32000-1, 9.7.4 and 9.10.3).
"""

from __future__ import annotations

import struct

__all__ = ["WIDTH", "codes", "encoded", "font_file", "glyph_map", "meanings"]

WIDTH = 500
"""How wide each character is, in thousandths of the size of the font."""

_UNITS = 1000
_CODES = 0x10000
_MOST_RANGES = 100


def encoded(text: str) -> str:
    """`text` in the codes of the font, as hexadecimal digits.

    >>> encoded("aš")
    '00610161'
    """
    return text.encode("utf-16-be", "replace").hex()


def codes(text: str) -> int:
    """How many codes of the font `text` takes; a letter beyond U+FFFF takes two."""
    return len(text.encode("utf-16-be", "replace")) // 2


def glyph_map() -> bytes:
    """For each code the number of its shape, which is always the same."""
    return b"\x00\x01" * _CODES


def meanings() -> bytes:
    """The table by which readers of the PDF make Unicode of the codes."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
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
