"""Clean editions as plain text: a letter or a volume of *Foreign Relations of the United States* (FRUS).

Three shapes are met. A single document opens with `539. Title` and ends with notes marked `- … ↩`. A volume
kept by documents has each `N. Title` standing alone between blank lines, and its notes after `* * *`. A
volume as running text has no headings at all; it becomes one stretch per `WINDOW` words, so that "in how many
documents does this word stand" means something there too.

What the edition printed around the text comes off (footnote digits, page marks); what it says about the text,
such as `[1 line of source text not declassified]`, is text and stays.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "MONTH",
    "WINDOW",
    "Edition",
    "EditionDocument",
    "PageBreak",
    "headings",
    "read_edition",
    "without_apparatus",
    "work_of",
]

WINDOW = 500
"""Words in a stretch of running text: about the length of a telegram, the commonest document."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageBreak:
    """Where a printed page begins: the number of a paragraph, from 0, a place in it, and what the page is called."""

    paragraph: int
    offset: int
    page: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionDocument:
    """A document as the edition prints it; a stretch without a heading has no `number` and no `title`.

    The last six fields are what only mark-up tells: `id` in the file, `date` of the document (ISO), `places` of its
    dateline, `persons` named (their ids), where printed `pages` begin (the first perhaps before the document). Where
    `paragraphs` are an extract, the first of them is number `first_paragraph` of the document.
    """

    number: str | None
    title: str
    paragraphs: tuple[str, ...]
    source_note: str | None
    footnotes: tuple[str, ...]
    citation: str
    id: str = ""
    date: str | None = None
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    pages: tuple[PageBreak, ...] = ()
    first_paragraph: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One file of an edition; `name` is its name without endings (`frus1961-63v05`), `sha256` of the UTF-8 text."""

    name: str
    sha256: str
    documents: tuple[EditionDocument, ...]


_MARK = re.compile(r"(\s*)\[(?:(?:Facsimile|Typeset) )?Page \d+\](\s*)")


def _without_marks(text: str) -> str:
    """`text` without page marks; one inside a word leaves the word whole, one between words a space."""
    return _MARK.sub(lambda mark: " " if mark[1] or mark[2] else "", text).strip()


MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
"""A pattern for the name of a month."""
_YEAR = r"(?:1[789]\d\d|20\d\d)"
_REFERENCE = r"(?:[Nn]os?|pp?|[Vv]ols?|[Aa]rt|[Pp]ara?|[Ss]ec|[Cc]h|[Dd]oc|[Ff]ig|[Rr]ef)\."

# "November 171": no month has 171 days, so the last digit is a footnote's.
_DAY = re.compile(rf"\b({MONTH} )(\d{{2,4}})\b(?![-–/,]\d)")
# "October 3, 19611", "in 19557": a year of five digits. Without such words before it 19557 may be a number.
_LONG_YEAR = re.compile(rf"\b({MONTH} (?:\d\d?, )?|(?:in|of|since|by|until|from) )({_YEAR})\d\d?\b(?![-–/,]\d)")
# "speech3", "CPSU1". Two letters may be a designator (TU104), and three digits are a number.
_AFTER_WORD = re.compile(r"(?<=[^\W\d_]{3})\d{1,2}(?![\w–/-]|[.,]\d)")
# "note.1 In", "1706).1 When", "in 1954.8 That": a digit where a sentence or clause has just ended.
_AFTER_STOP = re.compile(r"""(?<=[.,;:?!’”"')\]])\d\d?(?=\s+[^\W\d]|\s*$|\s+[(\[“‘"'])""")
# Before such a stop stands a word or a year; "1.5 million" is a number, and "No.5" and "p.12" are references.
_BEFORE_STOP = re.compile(rf"""(?:[^\W\d_]|(?<!\d){_YEAR}|\d[’”"')\]]+)[.,;:?!’”"')\]]+$""")
_REFERENCE_STOP = re.compile(rf"\b{_REFERENCE}$")


def _day(match: re.Match[str]) -> str:
    digits = match[2]
    if re.fullmatch(_YEAR, digits) or int(digits) <= 31:
        return match[0]
    return match[1] + (digits[:2] if len(digits) > 2 and int(digits[:2]) <= 31 else digits[:1])


def _stop(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return "" if _BEFORE_STOP.search(before) and not _REFERENCE_STOP.search(before) else match[0]


def _without_note_digits(text: str) -> str:
    """`text` without the footnote digits that were glued to it, where they cannot be part of a number.

    >>> _without_note_digits("Aide-Memoire1 of January 241, 1961, by the SA-2 site in 1962.3 It")
    'Aide-Memoire of January 24, 1961, by the SA-2 site in 1962. It'
    """
    text = _LONG_YEAR.sub(r"\1\2", _DAY.sub(_day, text))
    return _AFTER_STOP.sub(_stop, _AFTER_WORD.sub("", text))


def without_apparatus(text: str) -> str:
    """`text` without what the edition printed around it: page marks, and digits of footnotes glued to words."""
    return _without_note_digits(_without_marks(text))


_HEADING = re.compile(r"(\d+)\. (\S.{0,300})")
# The longest of 234 titles has 164 letters; a paragraph of an estimate has several hundred.
_LONGEST_TITLE = 250
_SENTENCE_END = re.compile(r"[a-z]{3}[.?!][\"”’)]*$")
_GLUED_SOURCE = re.compile(r"(?<=\S)Source$")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """The lines of one document, before they are told apart."""

    number: str | None
    title: str
    lines: tuple[str, ...]
    first_line: int


def _parts(lines: list[str]) -> Iterator[_Part]:
    """Cut the lines at the headings.

    The numbered paragraphs of an estimate look like headings. A heading stands alone, two blank lines or more
    before it, and its number continues the sequence; neither alone would do (an enclosure is set apart, a
    paragraph counts on).
    """
    number, title, start, first, blank = None, "", 0, 0, 2
    for i, line in enumerate(lines):
        heading = _HEADING.fullmatch(line)
        continues = heading and (number is None or int(heading[1]) == int(number) + 1)
        if heading and continues and blank >= 2 and not _is_sentence(line):
            yield _Part(number=number, title=title, lines=tuple(filter(None, lines[start:i])), first_line=first)
            number, title, start, first = heading[1], heading[2], i + 1, i
        blank = 0 if line else blank + 1
    yield _Part(number=number, title=title, lines=tuple(filter(None, lines[start:])), first_line=first)


def headings(text: str) -> Iterator[tuple[int, str, str]]:
    """Place, number and title of each document of a `text` in which headings stand on lines of their own."""
    lines = text.splitlines(keepends=True)
    begins = list(accumulate(map(len, lines), initial=0))
    for part in _parts([line.strip() for line in lines]):
        if part.number is not None and part.lines:
            yield begins[part.first_line], part.number, _title(part)


def _title(part: _Part) -> str:
    return _GLUED_SOURCE.sub("", without_apparatus(part.title))


def _is_sentence(line: str) -> bool:
    """Whether a numbered line is a paragraph of the text: titles are short and do not end as sentences do."""
    return len(line) > _LONGEST_TITLE or bool(_SENTENCE_END.search(line))


_VOLUME = re.compile(r"frus(\d{4}(?:-\d\d)?)v(\d+)(?:p(\d+))?")
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    digits = ""
    for value, digit in _ROMAN:
        digits += digit * (number // value)
        number %= value
    return digits


def work_of(name: str) -> str:
    """How the edition is cited: the volume that the file's name tells, or the series."""
    volume = _VOLUME.match(name)
    if not volume:
        return "FRUS"
    part = f", part {volume[3]}" if volume[3] else ""
    return f"FRUS {volume[1]} vol. {_roman(int(volume[2]))}{part}"


_RULE = "* * *"
_BACK = "↩"
_LABEL = re.compile(r"(?:[-*]|\d{1,3}) (?=\S)")


def _notes_begin(lines: tuple[str, ...]) -> int:
    """Where the notes begin: after the last rule that a note follows, or at the trailing `- …↩` lines."""
    for i in range(len(lines) - 2, -1, -1):
        if lines[i] == _RULE and _LABEL.match(lines[i + 1]):
            return i
    first = len(lines)
    while first and lines[first - 1].startswith("- ") and lines[first - 1].endswith(_BACK):
        first -= 1
    return first


def _notes(lines: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The source note, which comes first and has no number, and the footnotes without their labels."""
    source: list[str] = []
    notes: list[str] = []
    for line in lines:
        label = _LABEL.match(line)
        text = without_apparatus(line[label.end() :] if label else line).removesuffix(_BACK).rstrip()
        if label and not label[0][0].isdigit() and not source:
            source.append(text)
        elif label or not (notes or source):
            notes.append(text)
        else:  # A quotation in a note is set as paragraphs of its own.
            last = notes or source
            last[-1] = f"{last[-1]} {text}"
    return (source[0] if source else None), tuple(notes)


def _document(part: _Part, work: str) -> EditionDocument:
    begin = _notes_begin(part.lines)
    source_note, footnotes = _notes(tuple(line for line in part.lines[begin:] if line != _RULE))
    title = _title(part)
    return EditionDocument(
        number=part.number,
        title=title,
        paragraphs=tuple(filter(None, map(without_apparatus, part.lines[:begin]))),
        source_note=source_note,
        footnotes=footnotes,
        citation=f"{work}, document {part.number}, {title}",
    )


def _stretches(part: _Part, citation: str) -> Iterator[EditionDocument]:
    """Text without headings, in stretches of `WINDOW` words; paragraphs are kept where there are any."""
    paragraphs: list[str] = []
    room = WINDOW
    # A numbered line with nothing below it is no heading but a text of one paragraph.
    heading = [f"{part.number}. {part.title}"] if part.number is not None else []
    for line in chain(heading, part.lines, [""]):
        words = line.split()
        at = 0  # A volume is one line of half a million words, which must not be copied for each stretch.
        while at < len(words) or (paragraphs and (room == 0 or not line)):
            if at < len(words):
                taken = words[at : at + room]
                paragraphs.append(" ".join(taken))
                at, room = at + len(taken), room - len(taken)
            if room == 0 or not line:
                yield EditionDocument(
                    number=None,
                    title="",
                    paragraphs=tuple(filter(None, map(without_apparatus, paragraphs))),
                    source_note=None,
                    footnotes=(),
                    citation=citation,
                )
                paragraphs, room = [], WINDOW


def read_edition(text: str, *, name: str) -> Edition:
    r"""Read the documents of an edition's `text`.

    Text without a heading (a volume as one long line, a letter without its number) becomes stretches of
    `WINDOW` words without number or title. Raises `BadInputError` where nothing is left to read.

    >>> edition = read_edition("7. Letter, May 21\nThe talks1 go on.", name="frus1961-63v05")
    >>> edition.documents[0].citation
    'FRUS 1961-63 vol. V, document 7, Letter, May 21'
    """
    work = work_of(name)
    documents: list[EditionDocument] = []
    for part in _parts([line.strip() for line in text.removeprefix("\ufeff").splitlines()]):
        if part.number is not None and part.lines:
            documents.append(_document(part, work))
        elif part.number is not None or part.lines:
            documents.extend(_stretches(part, name if work == "FRUS" else work))
    if not any(document.paragraphs for document in documents):
        raise BadInputError(
            where=name,
            what="holds no document of an edition, only " + ("headings or notes" if documents else "white space"),
            remedy="Give the edition's text as UTF-8: 'N. Title', then paragraphs",
        )
    return Edition(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), documents=tuple(documents))
