"""How many high bytes a file may have before it is taken for one of another code page."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import decode

FRENCH = "Été à Genève : « l'hôtel où la délégation française a été logée, près du lac, a fermé », dit Léger.\n"
RUSSIAN = "Cable 7, Geneva to Moscow: Гавань закрыта на зиму.\n"


def share(data: bytes) -> float:
    """The share of bytes above 0x7F."""
    return sum(b > 0x7F for b in data) / len(data)


def test_a_french_file_in_windows_1252_is_read():
    """Accents on many words stay well below three bytes in ten."""
    data = FRENCH.encode("cp1252")
    assert 0.1 < share(data) < 0.3
    found = decode(data, path="a.txt")
    assert (found.text, found.encoding) == (FRENCH, "windows-1252")


def test_a_russian_file_is_refused_though_its_head_is_english():
    """Windows-1252 has a letter for every byte of KOI8-R; that there are so many of them tells."""
    data = RUSSIAN.encode("koi8-r")
    assert 0.3 < share(data) < 0.45
    with pytest.raises(BadInputError, match="nor plausible Windows-1252"):
        decode(data, path="a.txt")


@pytest.mark.parametrize(("high", "read"), [(29, True), (30, True), (31, False)])
def test_three_bytes_in_ten_may_be_high(high: int, *, read: bool):
    """Of a hundred bytes thirty are read, and one more is refused."""
    data = b"\xe9" * high + b"e" * (100 - high)
    if read:
        assert decode(data, path="a.txt").encoding == "windows-1252"
        return
    with pytest.raises(BadInputError, match="31 of 100 bytes"):
        decode(data, path="a.txt")
