"""The one grammar of what is no word and no plain number: aircraft, papers, telegrams, files, dates, times, sums.

A designator has no meaning of its own that a context could vouch for: IL-28 misread as IL-26 is as good a designator
as before. So what matters of one is its kind, which says what may be asked of it, and whether it was ever met.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from corrigenda.text import unify
from corrigenda.values import Span

__all__ = ["Designator", "Met", "classify", "find", "is_designator", "normal", "papers", "year_of"]


class Designator(StrEnum):
    """What a designator names."""

    WEAPON = "weapon"
    """Aircraft, missiles, tanks, guns: IL-28, U-2, MIG-21, SA-2, F-84F, PT-76."""
    PAPER = "paper"
    """A numbered paper of a series: NSC 5412/2, NSAM 181, NIE 11-4-60, JCS 1888/1, MC 70."""
    TELEGRAM = "telegram"
    """A telegram or airgram by number: Deptel 1234, Embtel 12, Tosec 15, Topol 3, A-324, CA-6009."""
    FILE = "file"
    """A number of the central files: 737.56361/11-1762, 033.1100-KE/6-361, POL 27 VIET S."""
    LAW = "law"
    """Public Law 480, PL-480, P.L. 87-195."""
    DATE = "date"
    """October 22, 1962; 22 Oct 62; 10/22/62; 1962-10-22."""
    TIME = "time"
    """1630Z, 8 p.m., 10:45 a.m., 221630Z, 1500 hours."""
    MONEY = "money"
    """$300 million, £20,000, 5.25 dollars."""
    PERCENT = "percent"
    """12.5%, 5 percent, 3 per cent."""
    MEASURE = "measure"
    """90mm, 20 kt, 12-mile, 500 km."""
    ORDINAL = "ordinal"
    """19th, 3d, 82nd."""
    DECADE = "decade"
    """1960s, 1930's."""
    SERIES = "series"
    """Letters and figures of a series that the grammar does not know: G-2, D-4, K-23."""


class Met(NamedTuple):
    """A designator that was met: its kind, how often, and the years of the first and last volume (0 unknown)."""

    kind: Designator
    total: int
    first: int
    last: int

    def plus(self, other: Met | None) -> Met:
        """This and what is known of it in another spelling, or by another lexicon."""
        if other is None:
            return self
        first = min(filter(None, (self.first, other.first)), default=0)
        return Met(self.kind, self.total + other.total, first, max(self.last, other.last))


_S = r"(?:'?s)?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?: (?:thousand|million|billion|mil|bil))?"
_HOUR = r"(?:[01]?\d|2[0-4])"
# The makers, classes and uses that the letters before a number stand for.
_MAKES = (
    r"(?:I[Ll]|M[Ii][Gg]|T[Uu]|Y[Aa][Kk]|A[Nn]|L[Ii]|M[Ii]|KA|S[Uu]|U|B|C|F|P|T|X|R[BFC]|[EKTU]C|TF|DC|AT|AD|F[JH]|U?H"
    r"|HU|SA|SA[MN]|SS|AS|SM|PT|JS|AK|M[Kk]|CL|WB|Mach|FROG|LST|LCM)"
)
_SERIES_OF_PAPERS = (
    r"(?:NSAM|NSDM|NSSM|NSC|S?NIE|JCSM?|CM|PPS|PSB|OCB|SWNCC|SANACC|SE|ORE|MC|CFM|EAC|CCS|NAC|DPC|IAC|USIB|SC|JIC|BNSP"
    r"|ISA|CIG|ESC|STG)"
)
_TELEGRAMS = (
    r"(?:(?:[Dd]ep|[Ee]mb|[Ll]eg|[Cc]on|(?:[Dd]ep)?[Cc]ir(?:c|cu)?|our|your|ur|my|re|reur|reour|remy|yr|ref)"
    r"(?:tel(?:egram)?s?)|(?:[Cc]ircular )?(?:[Tt]elegrams?|[Tt]els?\.?|[Aa]irgrams?|[Dd][ei]spatch)|Secto|Tosec|Topol"
    r"|Polto|Repto|Torep|Ecato|Toeca|Usito|Tousi|Usfoto|Tofao|Delga|Gadel|Todel|Cahto|Tocah|Dulte|Tedul|Telac|Actel"
    r"|Delsec|Secdel|Martel|Telmar|Usun|Toica|Icato|Toaid|Aidto|Busec|Cedto|Toced|Coled|Edcol|Limto|Toisa|niact)"
)
_SUBJECTS = r"(?:POL|DEF|AID|FN|INCO|ORG|SOC|STR|CSM|EDU|FT|PER|PET|SP)"
_UNITS = r"(?:mm|cm|kms?|kt|mt|kw|kg|lbs?|ft|mc|kilometers?|kilotons?|megatons?|miles?|tons?|feet)"
# In the order in which they are asked; the first that takes the whole is the kind.
_GRAMMAR: tuple[tuple[Designator, tuple[str, ...]], ...] = (
    (Designator.DECADE, (rf"{_YEAR}'?s", r"'?[1-9]0'?s")),
    (Designator.ORDINAL, (r"\d{0,3}(?:1st|2nd|3rd|[04-9]th|1[123]th|[23]d)",)),
    (
        Designator.DATE,
        (
            rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
            rf"{_DAY}(?:st|nd|rd|th)? {_MONTH}(?:,? (?:{_YEAR}|\d\d))?",
            rf"{_MONTH},? {_YEAR}",
            rf"(?:1[0-2]|0?[1-9])/{_DAY}/(?:{_YEAR}|\d\d)",
            rf"{_YEAR}-(?:1[0-2]|0[1-9])-{_DAY}",
        ),
    ),
    (
        Designator.TIME,
        (
            r"(?:[0-3]\d)?(?:[01]\d|2[0-4])[0-5]\d ?Z",
            r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)? ?(?:[ap]\.? ?m\.?|o'clock|noon)",
            rf"{_HOUR}:?[0-5]\d(?: hours| hrs\.?)",
            rf"{_HOUR}:[0-5]\d",
        ),
    ),
    (
        Designator.MONEY,
        (
            rf"(?:US|Can)?[$£] ?{_NUMBER}{_SCALE}",
            rf"{_NUMBER}{_SCALE} (?:dollars|pounds|francs|marks|rubles|pesos|lire)",
        ),
    ),
    (Designator.PERCENT, (rf"{_NUMBER} ?(?:%|percent|per ?cent\.?|pct)",)),
    (
        Designator.FILE,
        (
            r"\d{3}[A-Z]?\.\d{0,8}(?:-?[A-Z]{1,3}\d{0,3})? ?/ ?\d{1,2}-\d{1,4}",
            r"\d{3}[A-Z]?\.(?:\d{5,8}|\d{4}-[A-Z]{2})",
            _SUBJECTS + r" \d{1,2}(?:-\d{1,2})?(?: [A-Z][A-Z-]*(?: [A-Z]{1,4})?)?",
        ),
    ),
    (Designator.LAW, (r"(?:P\.? ?L\.?|Public Law)[ -]?\d{2,3}(?:-\d{1,3})?",)),
    (
        Designator.PAPER,
        (
            _SERIES_OF_PAPERS + r"[ -](?:D-|M-|SP-|\d{1,3}-)?\d{1,4}(?:[-/]\d{1,3}){0,3}",
            r"(?:S?NIE|SE) \d{1,3}[-/.]\d{1,3}",
        ),
    ),
    (Designator.TELEGRAM, (_TELEGRAMS + r" (?:[Nn]o\. )?(?:[A-Z]{1,4}-?)?\d{1,6}", r"CA-\d{2,5}", r"A-\d{1,4}")),
    (Designator.WEAPON, (rf"{_MAKES}-?\d{{1,3}}(?:-?[A-Z]{{1,2}})?{_S}", rf"[A-Z]\d[A-Z](?:-\d)?{_S}")),
    (Designator.MEASURE, (rf"{_NUMBER}[ -]?{_UNITS}",)),
    (Designator.SERIES, (r"(?![IlO]\d)[A-Z][A-Za-z]{0,3}-?\d{1,4}(?:-?[A-Z]{1,2})?" + _S,)),
)


def _any_of(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")"


_OF_THINGS = frozenset({
    Designator.WEAPON, Designator.PAPER, Designator.TELEGRAM, Designator.FILE, Designator.LAW, Designator.SERIES,
})  # fmt: skip
_RULES = tuple((kind, re.compile(_any_of(patterns))) for kind, patterns in _GRAMMAR)
_BEGIN, _END = r"(?<![\w.$£/-])", r"(?![\w%])(?!-\d)"
# The look ahead for a figure spares trying every rule at every word.
_FIGURE_NEAR = r"(?=[^ ]{0,24} ?[^ ]{0,12} ?[^ ]{0,12}\d)"
_ANY = re.compile(_BEGIN + _FIGURE_NEAR + _any_of(p for _, patterns in _GRAMMAR for p in patterns) + _END)
# Papers and laws alone, which a text names again and again, and which are no single word.
_NAMED = re.compile(
    _BEGIN + _any_of(p for k, patterns in _GRAMMAR if k in {Designator.PAPER, Designator.LAW} for p in patterns) + _END
)


def classify(text: str) -> Designator | None:
    """The kind of designator that the whole of `text` is, in any form of dash and quote; None where it is none.

    >>> [str(classify(t)) for t in ("IL–28's", "NSC 5412/2", "737.56361/11–1762", "1630Z", "$300 million", "19th")]
    ['weapon', 'paper', 'file', 'time', 'money', 'ordinal']
    >>> [classify(t) for t in ("1962", "Cuba", "l962")]
    [None, None, None]
    """
    plain = unify(text)
    return next((kind for kind, rule in _RULES if rule.fullmatch(plain)), None)


def is_designator(word: str) -> bool:
    """Whether `word` stands for a thing, a paper or a message, and is no date, measure or sum.

    >>> is_designator("IL-28s"), is_designator("K-23’s"), is_designator("90mm"), is_designator("1960s")
    (True, True, False, False)
    """
    return classify(word) in _OF_THINGS


def year_of(text: str) -> int | None:
    """The year that most of the dates in `text` have, the earlier one of two; None where no date tells a year.

    >>> year_of("Moscow, October 27, 1962. On 3 May 1961 and on October 22, 1962 we agreed"), year_of("May 3")
    (1962, None)
    """
    dates = (span.of(text) for span, kind in find(text) if kind is Designator.DATE)
    years = Counter(int(year) for date in dates for year in re.findall(_YEAR, date))
    return min(years, key=lambda year: (-years[year], year)) if years else None


def find(text: str) -> Iterator[tuple[Span, Designator]]:
    """The designators in a running `text`, in order, the longest where several begin alike."""
    for found in _ANY.finditer(unify(text)):
        kind = classify(found.group())
        if kind:
            yield Span(start=found.start(), end=found.end()), kind


def papers(text: str) -> list[str]:
    """The numbered papers and laws in a running `text` that has typewriter dashes, each as it stands."""
    return [found.group() for found in _NAMED.finditer(text)]


def normal(text: str) -> str:
    """The form under which a designator is counted: plain dashes, capitals, one blank, no plural or possessive s.

    >>> normal("Il–28’s"), normal("NSC  5412/2")
    ('IL-28', 'NSC 5412/2')
    """
    plain = " ".join(unify(text).split())
    return re.sub(r"(?<=\d)'?s\Z|(?<=\d[A-Z])'?s\Z", "", plain).upper()
