"""Plain text as a typist would set it: passages of a page each, in the letters of a typewriter, line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corrigenda.ingest.frus_text import EditionDocument
from corrigenda.text import unify

__all__ = ["Passage", "break_points", "passages", "typed_lines", "typewritten"]

WORDS = 300
"""Words of a passage: about a page, double spaced."""

_FEWEST = 30
_INDENT = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A stretch of a document that goes on one page; `part` counts from 1."""

    document: str
    part: int
    paragraphs: tuple[str, ...]

    @property
    def truth(self) -> str:
        """What the page says, a paragraph a line."""
        return "\n".join(self.paragraphs)


# What a typist wrote for what the keyboard did not have. First of all, since `unify` would make one hyphen of a dash.
_KEYS = str.maketrans({"—": "--", "―": "--", "…": "...", "½": "1/2", "¼": "1/4", "¾": "3/4", "×": "x"})


def typewritten(text: str) -> str | None:
    r"""`text` in the characters of a typewriter, or None where there are none for it.

    >>> typewritten("the émigrés’ front—“so-called”")
    'the emigres\' front--"so-called"'
    """
    plain = unicodedata.normalize("NFKD", unify(text.translate(_KEYS)))
    plain = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    return plain if plain.isascii() and plain.isprintable() else None


def passages(document: EditionDocument, words: int = WORDS) -> tuple[Passage, ...]:
    """`document` in parts as equal as they can be, of about `words` words each; none where it has next to no text.

    Paragraphs that a typewriter cannot write are left out.
    """
    typed = [line.split() for paragraph in document.paragraphs if (line := typewritten(paragraph))]
    total = sum(map(len, typed))
    if total < _FEWEST:
        return ()
    parts = max(1, round(total / words))
    cuts = [round(total * i / parts) for i in range(parts + 1)]
    return tuple(
        Passage(document=document.number or "", part=i, paragraphs=tuple(_stretch(typed, cuts[i - 1], cuts[i])))
        for i in range(1, parts + 1)
    )


def _stretch(paragraphs: Sequence[Sequence[str]], start: int, end: int) -> Iterator[str]:
    """The words from `start` to `end`, counted through the paragraphs, still in paragraphs."""
    at = 0
    for words in paragraphs:
        if part := words[max(0, start - at) : max(0, end - at)]:
            yield " ".join(part)
        at += len(words)


_BREAK = re.compile(
    r"(?<=[aeiouy])(?=[bcdfghjklmnpqrstvwxz][aeiouy])"
    r"|(?<=[aeiouy][bcdfghjklmnpqrstvwxz])(?=[bcdfghjklmnpqrstvwxz][aeiouy])"
)
_ONE_SOUND = frozenset({"ch", "ck", "gh", "ph", "sh", "th", "wh"})


def break_points(word: str) -> list[int]:
    """Where a typist might break `word` at a line's end: before a consonant and vowel, or between two consonants.

    >>> [word[:i] + "-" + word[i:] for word in ("together", "communist") for i in break_points(word)]
    ['to-gether', 'com-munist', 'commu-nist']
    """
    if len(word) < 6 or not (word.isalpha() and word[1:].islower()):
        return []
    found = (match.start() for match in _BREAK.finditer(word.lower()))
    return [i for i in found if 2 <= i <= len(word) - 3 and word[i - 1 : i + 1].lower() not in _ONE_SOUND]


def typed_lines(passage: Passage, columns: int, hyphens: float, rng: np.random.Generator) -> list[str]:
    """The lines of `passage`, none longer than `columns` unless a word is; "" stands between paragraphs.

    Of the words that would fit in part at a line's end a share `hyphens` is broken. A sentence ends in two blanks.
    """
    lines: list[str] = []
    for paragraph in passage.paragraphs:
        line = " " * _INDENT if len(paragraph) > columns else ""
        for word in paragraph.split():
            gap = "" if not line.strip() else "  " if re.search(r"[a-z\d][.?!]\"?$", line) else " "
            if len(line) + len(gap) + len(word) <= columns or not line.strip():
                line += gap + word
                continue
            room = columns - len(line) - len(gap) - 1
            fitting = [i for i in break_points(word) if i <= room] if rng.random() < hyphens else []
            head = word[: fitting[-1]] if fitting else ""
            lines.append(f"{line}{gap}{head}-" if head else line)
            line = word[len(head) :]
        lines += [line, ""]
    return lines[:-1]
