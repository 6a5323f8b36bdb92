"""The words that the language model counts.

Every white-space token is taken apart by itself, without a look at its neighbours: so the words of a line are those of
its tokens, one after another, and a decoder may ask for a candidate's words once, wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from corrigenda.text import TITLES, unify

__all__ = ["BEGIN", "CODE", "END", "NUMBER", "SPECIAL", "UNKNOWN", "model_words", "token_words"]

UNKNOWN = "<unk>"
BEGIN = "<s>"
END = "</s>"
NUMBER = "<num>"
CODE = "<code>"
SPECIAL = (UNKNOWN, BEGIN, END, NUMBER, CODE)
"""What is no word: an unknown one, the edges of a paragraph, any number, any designator; their ids are 0 to 4."""

_CACHE = 1 << 16

_LETTER = r"[^\W\d_]"
_NO_MORE = r"(?![^\W_])"
# An em dash parts words; what is a hyphen once dashes are unified parts them too, but not IL–28.
_UNSEEN_OR_PARTING = str.maketrans({"\u00ad": None, "—": " ", "―": " ", "_": " "})
# Only what has the shape of a designator, an ordinal or a decade is a code. "th1s" and "l962" are misread words, and
# as codes they would all be as likely as IL-28.
_CODE = rf"[A-Z][A-Za-z]{{0,3}}-?\d{{1,4}}(?:-?[A-Z]{{1,2}})?s?{_NO_MORE}|\d{{1,4}}(?:st|nd|rd|th|d|s){_NO_MORE}"
_WORD = re.compile(
    rf"(?P<code>(?<![^\W_])(?:{_CODE}))"
    rf"|(?P<number>\d+(?:[.,:/]\d+)*{_NO_MORE})"
    # "U.S.", "a.m.", the initial "F.", "Mr.": a full stop that belongs to the word.
    rf"|(?P<dotted>(?<![^\W_])(?:(?:{_LETTER}\.)+|(?i:{'|'.join(sorted(TITLES))})\.){_NO_MORE})"
    rf"|(?P<word>[^\W_]+(?:'[^\W_]+)*|'s{_NO_MORE})"
    r"|(?P<mark>[.,;:?!])(?P=mark)*"
)


@lru_cache(maxsize=_CACHE)
def token_words(token: str) -> tuple[str, ...]:
    """The model's words of one white-space token, lower case; a token of other punctuation alone has none.

    Compounds come apart at their hyphens, a possessive `'s` from its word; a number is `NUMBER`, a designator `CODE`.

    >>> token_words("Soviet’s"), token_words("(anti-U.S."), token_words("IL–28s,")
    (('soviet', "'s"), ('anti', 'u.s.'), ('<code>', ','))
    """
    plain = unify(unicodedata.normalize("NFC", token.translate(_UNSEEN_OR_PARTING)))
    words: list[str] = []
    for match in _WORD.finditer(plain):
        if match.lastgroup == "code":
            words.append(CODE)
        elif match.lastgroup == "number":
            words.append(NUMBER)
        else:
            text = (match["mark"] or match[0]).lower()
            stem = text.removesuffix("'s")
            words.extend((stem, "'s") if stem and stem != text else (text,))
    return tuple(words)


def model_words(text: str) -> tuple[str, ...]:
    """The model's words of a text: those of its white-space tokens, in order.

    >>> model_words("On May 3, 1962, Mr. Stevenson said—twice—that the IL-28’s would go.")  # doctest: +ELLIPSIS
    ('on', 'may', '<num>', ',', '<num>', ',', 'mr.', 'stevenson', 'said', 'twice', 'that', 'the', '<code>', "'s", ...)
    """
    return tuple(chain.from_iterable(map(token_words, text.split())))
