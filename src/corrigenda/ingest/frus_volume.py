"""A volume of an edition as it is searched: its whole text, and which part of it is which document.

Places are characters of the volume's text. That of a text file is the file's own, so that a place can be looked up
there; that of a TEI file is made of its documents in order: title, paragraphs, notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_tei import no_document, read_tei
from corrigenda.ingest.frus_text import MONTH, EditionDocument, headings, work_of
from corrigenda.values import Span

__all__ = ["Part", "PartKind", "Volume", "tei_volume", "text_volume"]

PartKind = Literal["document", "notes", "section"]
_BREAK = "\n\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A document of a volume, its notes, or a section that is no document, such as a preface or a list of persons.

    `pages` are the printed pages that begin in it, each with its place in the volume's text; the first may begin
    before it. `number` is None for what has none.
    """

    kind: PartKind
    number: str | None
    title: str
    span: Span
    date: str | None = None
    pages: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """The text of a volume with its parts in order, which may leave stretches between them unclaimed.

    `glued` tells that footnote digits are glued to words ("speech3"), as in running text.
    """

    name: str
    text: str
    parts: tuple[Part, ...]
    glued: bool

    @property
    def documents(self) -> int:
        """How many documents were told apart."""
        return sum(part.kind == "document" for part in self.parts)


def text_volume(text: str, *, name: str) -> Volume:
    r"""A volume as plain text: documents by their headings, on lines of their own or else in the running text.

    >>> volume = text_volume("7. Letter\n\nThe talks go on.", name="frus1961-63v05")
    >>> volume.parts[0].number, volume.parts[0].span
    ('7', Span(start=0, end=27))
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise BadInputError(
            where=name, what="holds no text, only white space", remedy="Give the text of a volume as UTF-8"
        )
    found = list(headings(text)) or list(_running(text))
    ends = [*(start for start, _, _ in found[1:]), len(text)][: len(found)]
    return Volume(
        name=name,
        text=text,
        parts=tuple(_part(text, heading, end) for heading, end in zip(found, ends, strict=True)),
        glued=True,
    )


def _part(text: str, heading: tuple[int, str, str], end: int) -> Part:
    start, number, title = heading
    if not number.isdecimal() and "/" in number:
        end = min(end, start + _LONGEST_FILED)
    span = Span(start=start, end=end)
    return Part(kind="document", number=number, title=title, span=span, date=_date(text, span))


def tei_volume(data: bytes, *, name: str, path: str) -> Volume:
    """A volume in the TEI of the series. Raises BadInputError where it is not well-formed or holds no text."""
    made = _Made()
    for document in read_tei(data, work=work_of(name), path=path):
        made.add(document)
    if not made.parts:
        raise no_document(path)
    return Volume(name=name, text=_BREAK.join(made.pieces), parts=tuple(made.parts), glued=False)


class _Made:
    """The text of a TEI volume as it grows."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.parts: list[Part] = []
        self._length = 0

    def add(self, document: EditionDocument) -> None:
        """Append a document or section, and its notes as a part of their own."""
        numbered = document.number is not None
        heading = f"{document.number}. {document.title}" if numbered else document.title
        start = self._length
        begins = self._append((heading, *document.paragraphs) if heading else document.paragraphs)
        first = begins[len(begins) - len(document.paragraphs) :]
        pages = [(first[at.paragraph] + at.offset if at.paragraph < len(first) else start, at.page)
                 for at in document.pages]  # fmt: skip
        self._part("document" if numbered else "section", document, start, pages)
        notes = (*((document.source_note,) if document.source_note else ()), *document.footnotes)
        start = self._length
        self._append(notes)
        self._part("notes", document, start, ())

    def _append(self, texts: Iterable[str]) -> list[int]:
        begins: list[int] = []
        for text in texts:
            begins.append(self._length)
            self.pieces.append(text)
            self._length += len(text) + len(_BREAK)
        return begins

    def _part(self, kind: PartKind, document: EditionDocument, start: int, pages: Iterable[tuple[int, str]]) -> None:
        if self._length > start:
            span = Span(start=start, end=self._length - len(_BREAK))
            self.parts.append(
                Part(
                    kind=kind,
                    number=document.number,
                    title=document.title,
                    span=span,
                    date=document.date,
                    pages=tuple(pages),
                )
            )


_GENRES = (
    "Action|Address|Agreement|Aide|Airgram|Article|Background|Backchannel|Briefing|Circular|Communiqu|Conversation|"
    "Current|Declaration|Despatch|Diary|Draft|Editorial Note|Executive|Information|Instruction|Intelligence|Joint|"
    "Letter|List|Memo|Message|Minutes|National|Note|Operations|Outline|Paper|Policy|Position|Progress|Proposed|Protocol|"
    "Record|Remarks|Report|Research|Résumé|Scope|Special National|Speech|Staff|Statement|Study|Submission|Summary|"
    "Talking|Telegram|Transcript|Treaty"
)
# From 1955 on documents are numbered: "39. Editorial Note On March 6", "3. Memorandum for the RecordSource: …".
_NUMBERED = re.compile(rf"(?<=\s)(\d{{1,4}})\. (?=(?:{_GENRES}))")
_FILE = r"\d{3}[A-Z]?\.\d[\w.()]*(?: [A-Z(][\w ()]{0,40})?/\d{1,2}[–-]\d{2,4}"
# From 1951 to 1954: "Telegram No. 104The Consul at …", "No. 100 750G.0221/8–151: Telegram The Secretary of State …".
_NUMBER_APART = re.compile(rf"(?<=\s)No\. (\d{{1,4}})(?=[A-Z]| {_FILE})")
# Before, they open with the file's number: "841.51/7–947: Telegram The Ambassador …". In brackets it is a reference.
_FILED = re.compile(rf"(?<!file )(?<!files )(?<=\s)({_FILE})(?=(?:: ?[A-Z]\w+)? [A-Z][a-z])")
# A title ends where its source note is glued to it, or where place and date follow.
_PLACE = r"(?:(?:Addis|Buenos|Camp|Cape|Hong|Key|Mexico|New|Palm|San|Tel|The) )?[A-Z][\w.]+"
_DATED = re.compile(rf"{_PLACE}, (?:undated|(?:{MONTH} )\d{{1,2}})")
_TITLE_END = re.compile(rf"Source: |(?: (?:top |)secret| confidential| restricted| unclassified)\b|{_DATED.pattern}")
_LONGEST = 250
# The file's number may stand between a document's number and its title.
_OPENING = re.compile(rf"(?: {_FILE})?[: ]*")
_EDITORIAL = "Editorial Note"
# A document that was not found leaves a gap in the numbers; a numbered paragraph that is none would leave a large one.
_MOST_MISSED = 5
_FIRST_MET = 20
# File numbers do not count on, so that nothing tells of a heading that was missed; in 20 volumes of 1945 to 1952 nine
# stretches in ten are shorter than this, and what lies beyond is cited by its place alone.
_LONGEST_FILED = 30_000


def _running(text: str) -> Iterator[tuple[int, str, str]]:
    """Place, number and title of each heading in running text, as far as they can be told.

    Where headings between two were missed, the stretch is of one of several documents, and its number says so.
    """
    # A volume has one habit; the few headings of another kind are lists and references.
    found = max((_counting(_NUMBERED, text), _counting(_NUMBER_APART, text)), key=len)
    filed = list(_FILED.finditer(text))
    if len(filed) > len(found):
        yield from ((m.start(), m[1], _title(text, m.end())) for m in filed)
        return
    following = [int(m[1]) for m in found[1:]]
    for match, after in zip_longest(found, following):
        if after is not None and after > int(match[1]) + 1:
            yield match.start(), f"{match[1]} to {after - 1}", ""
        else:
            yield match.start(), match[1], _title(text, match.end())


def _counting(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The places of `pattern` whose numbers count on; the second part of a volume goes on where the first ends."""
    met = list(pattern.finditer(text))
    begins = {0, *(int(match[1]) - 1 for match in met[:_FIRST_MET])}
    return max((_counting_from(last, met) for last in sorted(begins)), key=len)


def _counting_from(last: int, met: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for match in met:
        if last < int(match[1]) <= last + _MOST_MISSED:
            found.append(match)
            last = int(match[1])
    return found


def _title(text: str, start: int) -> str:
    opening = _OPENING.match(text, start)
    start = opening.end() if opening else start
    if text.startswith(_EDITORIAL, start):
        return _EDITORIAL
    end = _TITLE_END.search(text, start + 1, start + _LONGEST)
    if end:
        return text[start : end.start()].strip()
    return text[start : start + _LONGEST // 2].rsplit(maxsplit=1)[0].strip() + " …"


_DATE = re.compile(rf"\b{MONTH} \d{{1,2}}, (?:1[789]|20)\d\d\b")

# Characters of heading and source note before the dateline.
_TO_DATELINE = 1500


def _date(text: str, span: Span) -> str | None:
    """The first date of a document, which is that of its dateline more often than not."""
    found = _DATE.search(text, span.start, min(span.end, span.start + _TO_DATELINE))
    return found[0] if found else None
