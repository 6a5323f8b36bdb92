"""A user's own words: a plain text file, one a line, that is used like a lexicon."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError
from corrigenda.lexicon.entries import Entry
from corrigenda.lexicon.tokens import CASES, case
from corrigenda.lexicon.values import Lexicon, LexiconSource, words_sha256
from corrigenda.text import word_form

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["COUNT", "read_word_list"]

COUNT = 100
"""How often a word of the list counts as met where the list does not say: often enough to be offered as a reading."""
_MOST_FIELDS = 2


def read_word_list(path: Path) -> Lexicon:
    """Read a list of words as a lexicon: one a line, perhaps a tab and how often it counts as met.

    What follows a `#` is a remark, and empty lines say nothing. A word that stands twice counts twice. Raises
    `BadInputError` with file and line for a line that is no word, or that has no number behind its tab.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise _error(str(path), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _error(str(path), f"is not UTF-8 ({error})") from error
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if text:
            form, entry = _entry(text, f"{path}, line {number}")
            entries[form] = entries[form].plus(entry) if form in entries else entry
    if not entries:
        raise _error(str(path), "holds no word")
    return Lexicon(
        name=path.stem,
        version="",
        created="",
        parameters={},
        totals={"forms": len(entries)},
        sources=(
            LexiconSource(file=path.name, sha256=hashlib.sha256(data).hexdigest(), words=len(entries), documents=0),
        ),
        entries=entries,
        sha256=words_sha256(entries),
        listed=frozenset(entries),
    )


def _entry(text: str, where: str) -> tuple[str, Entry]:
    fields = [field.strip() for field in text.split("\t")]
    word, count = fields[0], fields[-1] if len(fields) == _MOST_FIELDS else str(COUNT)
    if len(fields) > _MOST_FIELDS or len(word.split()) != 1 or not any(map(str.isalnum, word)):
        raise _error(where, f"{text!r} is not one word")
    if not count.isdecimal() or not int(count):
        raise _error(where, f"{count!r} is not how often {word} counts as met")
    total, written = int(count), CASES.index(case(word))
    lower, capital, upper, _ = (total if written == at else 0 for at in range(len(CASES)))
    return word_form(word), Entry(total, lower, capital, upper, documents=0, volumes=0)


def _error(where: str, what: str) -> BadInputError:
    return BadInputError(where=where, what=what, remedy="Write one word a line, and perhaps a tab and a number")
