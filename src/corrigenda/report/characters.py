"""How a character is shown by itself, where a blank, a lone accent or a control character would not be seen."""

from __future__ import annotations

import unicodedata

__all__ = ["shown_character"]

_NAMES = {"": ("", "nothing"), " ": ("␣", "blank"), "\t": ("␉", "tab"), "\n": ("⏎", "line break"), "-": ("-", "hyphen")}


def shown_character(character: str) -> tuple[str, str]:
    r"""A picture of a grapheme cluster, and its name where the picture does not speak for itself; either may be "".

    >>> shown_character("a"), shown_character(" "), shown_character("")
    (('a', ''), ('␣', 'blank'), ('', 'nothing'))
    >>> shown_character("\u0301")[1], shown_character("–")[1], shown_character("\x07")
    ('combining acute accent', 'en dash', ('␇', 'control U+0007'))
    """
    if character in _NAMES:
        return _NAMES[character]
    first = character[0]
    category = unicodedata.category(first)
    if category == "Cc":
        return chr(0x2400 + ord(first)) if ord(first) < 0x20 else "", f"control {_code(first)}"
    if category[0] in "CZ":
        return "", _name(first)
    if category[0] == "M":
        return "◌" + character, _name(first)
    if category[0] in "LN":
        # A Cyrillic а looks like a Latin one, and that it is none is the finding.
        plain = first.isascii() or unicodedata.name(first, "").startswith("LATIN")
        return character, "" if plain else _name(first)
    return character, _name(first)


def _name(character: str) -> str:
    return unicodedata.name(character, f"unnamed {_code(character)}").lower()


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
