"""The words of a text as Unicode cuts them."""

from __future__ import annotations

import regex

from corrigenda.text import Normalised

__all__ = ["uax29_words"]


def _any(*classes: str) -> str:
    """A pattern for one character of these classes of Word_Break, with the marks that follow it (rule WB4)."""
    return "[" + "".join(rf"\p{{WB={c}}}" for c in classes) + r"][\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"


_LETTER, _HEBREW, _DIGIT = _any("ALetter", "HebrewLetter"), _any("HebrewLetter"), _any("Numeric")
_LINE = rf"(?:{_any('ExtendNumLet')})"
_RUN = (
    rf"(?:(?:{_HEBREW}{_any('DoubleQuote')}(?={_HEBREW})"  # WB7b, WB7c
    rf"|{_LETTER}(?:{_any('MidLetter', 'MidNumLet', 'SingleQuote')}(?={_LETTER}))?+"  # WB5 to WB7, WB9
    rf"|{_DIGIT}(?:{_any('MidNum', 'MidNumLet', 'SingleQuote')}(?={_DIGIT}))?+)++"  # WB8, WB10 to WB12
    rf"|(?:{_any('Katakana')})++)"  # WB13
)
# The words of UAX #29 by its default rules. regex's own boundary, (?w)\b, differs: it leaves an apostrophe with the
# vowel after it ('again is a word there) and a soft hyphen at the start with its letter. Plain words go the short way.
_WORD = regex.compile(
    r"""(?V1)[A-Za-z]++(?=[\s,;!?()"-]|\Z)"""
    rf"|{_LINE}*+{_RUN}(?:{_LINE}++{_RUN})*{_LINE}*+(?:(?<={_HEBREW}){_any('SingleQuote')})?+"  # WB13a, WB13b, WB7a
    r"|\S[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
)


def uax29_words(text: Normalised) -> list[str]:
    """The words of `text` by UAX #29, without those that hold no letter and no digit.

    >>> uax29_words(Normalised("the IL-28's, we can't"))
    ['the', 'IL', '28', 's', 'we', "can't"]
    """
    return [w for w in _WORD.findall(text) if any(c.isalnum() for c in w)]
