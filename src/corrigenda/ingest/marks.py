"""What stands on an archival page and is not its text: markings, stamps, redactions, page numbers.

Each rule looks at one line (or, for redactions, at a stretch inside one) and at nothing around it; what needs
the neighbours is decided elsewhere. Every rule says in words why it speaks, because the report shows that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from corrigenda.values import SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BAR", "GIVEN_UP", "LONGEST_LINE", "Found", "Mark", "is_marking", "marks_in", "recognise"]

# A typed line has about 80 letters, a stamped one up to 100; what is longer is running text.
LONGEST_LINE = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a line is, and the rule that says so."""

    kind: SegmentKind
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A redaction or an editorial mark, on a line of its own or inside one."""

    span: Span
    kind: SegmentKind
    why: str


# Also over a line end, with the hyphen or without, and in a double-spaced dump with a blank line there.
_BROKEN = r"(?:[-‐\xad¬]?[ \t]*[\r\n][ \t\r\n]*)?"


def _any_of(*phrases: str) -> str:
    """A pattern for one of `phrases`, whose words may be broken at a line's end."""
    return "|".join(r"\s+".join(_BROKEN.join(word) for word in phrase.split()) for phrase in phrases)


_REDACTED = _any_of("redacted", "excised", "deleted", "sanitized", "declassified", "withheld", "blacked out")
_UNREADABLE = _any_of("illegible", "unreadable", "undecipherable", "indecipherable", "undeciphered")
# An editor's note on the text may say of anything that it is unclear, so this word must stand alone or with what
# was not clear; what follows a colon is the guess.
_UNCLEAR = r"unclear (?: \s (?:words?|names?|letters?|lines?|text|handwriting|signature) | \s?: [^\[\]\f]{1,60} )?"
# `[Why?]` is a question that somebody typed; any other word with a question mark is a reading in doubt.
_ASKED = r"(?:who|whom|whose|what|when|where|which|why|how|really|yes|no|right)"
_GUESS = rf"(?!{_ASKED}\b) \w (?:[\w'’.-]{{0,38}}\w)? \.? \s?\?{{1,20}}"
# The letters of the word that were read: By the People has `s[????]` for one of which the rest was not.
_LETTERS_BEFORE, _LETTERS_AFTER = r"(?<![^\W_]) [^\W_]{0,30}", r"[^\W_]{0,30}"
_MARKS = re.compile(
    rf"""
    (?P<bracket>  \[ [^\[\]\f]{{0,100}}? \b(?:{_REDACTED})\b [^\[\]\f]{{0,60}} \] )
  | (?P<unread>   \[{{1,2}} [^\[\]\f]{{0,100}}? \b(?:{_UNREADABLE})\b [^\[\]\f]{{0,60}} \]{{1,2}} )
  | (?P<gap>      {_LETTERS_BEFORE} \[{{1,2}} \s? \?{{1,20}} \s? \]{{1,2}} {_LETTERS_AFTER} )
  | (?P<doubt>    \[{{1,2}} \s? (?:{_UNCLEAR} | {_GUESS}) \s? \]{{1,2}} )
  | (?P<editor>   \[ \s? (?:(?:Facsimile|Typeset)\s)? Page \s \w{{1,6}} \s? \]
                | \[ \* [^\[\]\f]{{1,100}} \* \]
                | \[ (?:handwritten|in\shandwriting|stamp|stamped|signed|seal|signature)\b
                  [^\[\]\f]{{0,60}} \]
                | \[ \s? (?:blank(?:\s(?:page|line|space))? | crossed\sout | struck\s(?:out|through)) \s? \] )
  | (?P<order>    (?<![\w.)]) (?:1\.[3-6]|3\.[3-6]) \s? \(\s?[a-i]\s?\) (?:\s?\(\s?\d\s?\))? )
  | (?P<code>     (?<![\w)]) \(?b\)? \s? \(\s?[1-9]\s?\) (?:\s?\(\s?[A-F]\s?\))? )
  | (?P<period>   (?<!\w) (?:25|50)X[1-9] (?:-HUM)? (?!\w) )
  | (?P<bar>      [█▇▉▊▋▓■]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GAVE_UP, _IN_DOUBT = "a reading that was given up", "a reading in doubt"
GIVEN_UP = frozenset({_GAVE_UP, _IN_DOUBT})
"""Why a mark stands where somebody could not read, or not for sure."""
BAR = frozenset("█▇▉▊▋▓■")
"""The characters of a black bar."""
_WHY_MARK = {
    "bracket": "a redaction in words",
    "unread": _GAVE_UP,
    "gap": _GAVE_UP,
    "doubt": _IN_DOUBT,
    "editor": "a mark of the editor, not of the page",
    "order": "exemption code of an executive order",
    "code": "exemption code of the Freedom of Information Act",
    "period": "exemption code of automatic declassification",
    "bar": "a black bar",
}
# "section 6 (b)(1) of the Act" cites a law.
_CITES = re.compile(
    r"(?:sections?|sec\.|paragraphs?|paras?\.?|articles?|rules?|title|item|§)\s*[\w.]*\s*\Z", re.IGNORECASE
)


def marks_in(text: str) -> Iterator[Mark]:
    """The redactions and editorial marks of `text`, in order.

    The marks of volunteers are those of the Library of Congress (By the People: `[?]`, `s[????]`, earlier `[a??]`, and
    `[* *]` around what stands in the margin), of the National Archives (`[crossed out]`), and their like elsewhere
    (`[[barn?]]`). The Library's `[words]`, which were struck out and can be read, look like any text in brackets.

    >>> [mark.why for mark in marks_in("period b(1) we would [?] much")]
    ['exemption code of the Freedom of Information Act', 'a reading that was given up']
    """
    for match in _MARKS.finditer(text):
        name = match.lastgroup or ""
        if name == "code" and _CITES.search(text, max(0, match.start() - 20), match.start()):
            continue
        kind = SegmentKind.MARKING if name == "editor" else SegmentKind.REDACTION
        yield Mark(span=Span(start=match.start(), end=match.end()), kind=kind, why=_WHY_MARK[name])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    kind: SegmentKind
    why: str
    pattern: re.Pattern[str]


# Specks, frame lines and strike-out signs that stand around a typed or stamped line.
_EDGE = r"\A[^\w(]*(?:\b\w\b[^\w(]+)?"
_END = r"[^\w]*(?:\b\w\b)?[^\w]*\Z"


def _stamp(why: str, *patterns: str) -> tuple[_Rule, ...]:
    """Rules for what is stamped in capitals, or in exactly this mixture."""
    return tuple(_Rule(kind=SegmentKind.STAMP, why=why, pattern=re.compile(p)) for p in patterns)


_RULES: tuple[_Rule, ...] = (
    _Rule(
        kind=SegmentKind.PAGE_NUMBER,
        why="page heading of a text dump",
        pattern=re.compile(r"\A(?:#{1,3}\s*Page\s+\d+|-{3,})\Z", re.IGNORECASE),
    ),
    _Rule(
        kind=SegmentKind.PAGE_NUMBER,
        why="page number between dashes",
        pattern=re.compile(r"\A\W*[-–—~=]\s*\d{1,3}\s*[-–—~=]\W*\Z"),
    ),
    _Rule(
        kind=SegmentKind.PAGE_NUMBER,
        why="page number in words",
        pattern=re.compile(
            rf"{_EDGE}Page\s+(?:No\.?\s+)?\d{{1,3}}(?:\s+of\s+\d{{1,3}})?(?:\s+pages)?{_END}", re.IGNORECASE
        ),
    ),
    _Rule(
        kind=SegmentKind.MARKING,
        why="handling note of a form",
        pattern=re.compile(rf"{_EDGE}\(?When Filled.{{0,2}}In\)?{_END}", re.IGNORECASE),
    ),
    *_stamp(
        "record number of the archive",
        rf"{_EDGE}\d{{0,2}}\d{{3}}-\d{{5}}-\d{{5}}{_END}",
        r"\A\W*1[4T]\W{1,2}[0O]\d{0,2}[0OQ]{2,3}\d{0,3}\W*\Z",
        r"\A\W*NW \d+ (?:Doc\w?d:?\s*\d+|Page \d+)",
        r"\A\W*(?:MORI )?Doc(?:ID|Id):?\s*\d+",
    ),
    *_stamp(
        "release stamp of the Kennedy collection",
        r"RELEASE\s?UNDER\s?THE\s?PRESIDENT",
        r"ASSASSINATION RECORDS (?:COLLECTION )?ACT OF",
    ),
    *_stamp(
        "stamp of the releasing agency",
        r"RETURN\s?TO\s?C[Iil1]A",
        r"\bBackground\s?Use\s?Only\b",
        rf"{_EDGE}Do\s?Not\s?Reproduce{_END}",
        r"DEPARTMENT OF STATE,?\s+A/\w+/\w+",
        rf"{_EDGE}A/[A-Z]{{2,5}}/[A-Z]{{2,3}}{_END}",
        r"CIA HISTORICAL REVIEW PROGRAM",
        r"\bAPPROVED FOR RELEASE\b",
        r"\bRELEASE[D]? (?:IN|AS) (?:FULL|PART|SANITIZED)\b",
        r"FOIA Review",
        r"REPRODUCTION BY OTHER THAN\b|ISSUING OFFICE IS PROHIBITED",
        r"Reproduced (?:from|at) the (?:Unclassified|National Archives)",
    ),
    *_stamp(
        "declassification stamp",
        rf"{_EDGE}(?:PARTIALLY )?DECLASSIFIED\b",
        rf"{_EDGE}Declassified(?: (?:per|by|in part|under)\b.{{0,60}})?{_END}",
        r"\bNND\s*\d{3,}",
        rf"{_EDGE}(?:Authority|AUTHORITY)\b[\s:]*(?:NND|NLK|NLJ|E\.?\s?O\.?|[_\d])",
        r"\bNARA\b.{0,20}\bDate\b|\A\W*By\b.{0,20}\b(?:NARA|NARS)\b",
        rf"{_EDGE}E\.?\s?O\.? 1\d{{4}},? [Ss]ec",
        r"(?i:excluded from automatic)|(?i:\bdowngrading and\b.{0,3}\bdeclassification)",
        rf"{_EDGE}GROUP [1-4I]{_END}",
    ),
)


def recognise(line: str) -> Found | None:
    """What `line` is by itself, or None where it may be text.

    >>> recognise("~~CONFIDENTIAL~~").why
    'classification marking'
    >>> recognise("The talks were kept secret.") is None
    True
    """
    # The shortest of them all is `-2-`; scans have many lines of one or two specks.
    if not 2 < len(line) <= LONGEST_LINE:
        return None
    # Stamps go first: DECLASSIFIED is nearly UNCLASSIFIED, which is a marking.
    for rule in _RULES:
        if rule.pattern.search(line):
            return Found(kind=rule.kind, why=rule.why)
    return Found(kind=SegmentKind.MARKING, why="classification marking") if is_marking(line) else None


_LEVELS = ("SECRET", "CONFIDENTIAL", "RESTRICTED", "UNCLASSIFIED", "SENSITIVE")
_HANDLING = ("NOFORN", "LIMDIS", "NODIS", "EXDIS", "STADIS", "RYBAT")
# Each of these is a marking only with the word that completes it.
_NEEDS = {"OFFICIAL": "USE", "EYES": "ONLY", "USE": "ONLY"}
_STRONG = frozenset((*_LEVELS, *_HANDLING, *_NEEDS))
# These are only heard beside a strong one.
_QUALIFIERS = ("TOP", "STRICTLY", "LIMITED", "LIMIT", "INTERNAL", "CONTROLLED", "CONTINUED", "CONTROL", "ABROAD")
_WEAK = frozenset((*_QUALIFIERS, "ONLY", "FOR", "AND", "NO", "FOREIGN", "DISSEM", "DISTRIBUTION", "DATA"))
_SPACED = re.compile(r"(?<!\w)(?:[A-Z][ .-]{1,2}){4,}[A-Z](?!\w)")
# The number that the telegraph office gave, typed beside the marking.
_CONTROL = re.compile(r"\b(?:control|no)\b(?: no\b)?\s?[.:;#]{0,2}\s?\d{1,6}\b", re.IGNORECASE)
_MARKING_WORD = re.compile(r"[^\W_]+")


def is_marking(line: str) -> bool:
    """Whether `line` is a marking and nothing else, also typed with spaces or misread by a letter.

    Only capitals count: "secret." may end a paragraph. The control number of a telegram may stand beside it.

    >>> [is_marking(line) for line in ("S E C R E T", "TOP SECRFT .", "- EYES ONLY", "SECRET MEETING")]
    [True, True, True, False]
    >>> [is_marking(line) for line in ("TOP SECRET   Control: 11237", "Control: 11237")]
    [True, False]
    """
    line = _CONTROL.sub("", line)
    line = _SPACED.sub(lambda spaced: re.sub(r"[ .-]", "", spaced.group()), line)
    words = [
        word for word in _MARKING_WORD.findall(line.replace("TOPSECRET", "TOP SECRET")) if len(word) > 2 or word == "NO"
    ]
    if not 0 < len(words) <= 8 or not all(word.isupper() for word in words):
        return False
    read = [_as_marking_word(word) for word in words]
    strong = [word for word in read if word in _STRONG]
    return None not in read and any(_NEEDS.get(word or "", word) in read for word in strong)


def _as_marking_word(word: str) -> str | None:
    """The marking word that `word` is or, with one letter in six misread, most likely was."""
    if word in _STRONG or word in _WEAK:
        return word
    if len(word) < 5:
        return None
    allowed = len(word) // 6 + (len(word) == 5)
    return next(
        (known for known in sorted(_STRONG) if OSA.distance(word, known, score_cutoff=allowed) <= allowed),
        None,
    )
