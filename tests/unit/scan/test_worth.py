"""How good a line reads, in letters."""

from __future__ import annotations

import pytest

from corrigenda.ingest.compose import Read
from corrigenda.scan.worth import worth

WORDS = frozenset({"the", "port", "is", "closed", "well", "known"})


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("the port", 7),
        ("THE PORT", 7),
        ("the pcrt", 0.2),
        ("well-known", 10),
        ("portclosed", 8),
        ("pcrtclosed", -7),
        ("port.closed", 9),
        ("1,950 13th 661.00/1-3161", 0),
        ("1isten9", -4.9),
        ("a 7 I x", -1),
        ("(port,)", 4),
        ("port ~ °", 2),
    ],
)
def test_known_letters_less_unknown_ones(text, letters):
    """Capitals are no matter, a lost blank costs little, figures tell nothing, and marks no typewriter has cost one."""
    reads = [Read(text=word) for word in text.split()]
    assert worth(reads, lambda word: word.lower() in WORDS) == pytest.approx(letters)
