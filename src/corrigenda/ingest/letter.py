"""The parts of a letter or memorandum: what their lines look like, each line by itself."""

from __future__ import annotations

import re

from corrigenda.ingest.words import CONNECTIVES, MONTH, ends_sentence, is_title_like

__all__ = [
    "goes_on_address",
    "goes_on_letterhead",
    "is_address_in_one",
    "is_address_opening",
    "is_closing",
    "is_copy_item",
    "is_copy_line",
    "is_date",
    "is_drafting_line",
    "is_heading",
    "is_high_address",
    "is_letterhead",
    "is_salutation",
]

_DAY = rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH})"
_HOUR = r"(?:\d{1,2}(?:[:.]\d\d)? ?[ap]\. ?m\.?|\d{1,2}(?:[:.]\d\d)? ?[ap]m\b|noon\b|midnight\b)"
# Perhaps after a number and a place, all capitalised: "Reports received on May 4, 1951" is no date line.
_DATE = re.compile(
    rf"(?:[A-Z\d][\w.]*,? ){{0,4}}(?i:{_DAY},? (?:\d{{4}}(?:,? {_HOUR})?|{_HOUR}))"
    r"(?:\W{1,3}\d{1,6})?\W*"
)
# The number and the hours of a telegram; all else on such a line is its date, so "No. 12 was closed" is none.
_TELEGRAM = re.compile(
    rf"\W{{0,2}}(?:NO\s?[.:;]{{1,2}}\s?\d{{1,5}}(?:[,.;]?\s+(?:{_DAY}(?:,? \d{{4}})?|{_HOUR}))*"
    r"|CONTROL(?: NO\.?)?\s?[:;\#]\s?\d{1,6}"
    rf"|REC['’]?D\.?(?:\s?[:;].*|\s+{_DAY}(?:,? \d{{4}})?(?:,? {_HOUR})?)"
    r"|SENT (?:TO|DEPARTMENT)\s?[:;].*|SENT\s?[:;]\s.*|(?:RPTD|REPEATED)(?: (?:INFO|TO|INFORMATION))?\s?[:;].*"
    r"|RPTD (?:INFO|TO)\b.*)\W{0,3}",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:My )?Dear(?:est)? .{1,60}"
    r"|(?:Sirs?|SIRS?|Gentlemen|GENTLEMEN|Madam|Excellency|Your Excellency|Mesdames)\s*[:;,.][-–—]?"
    r"|Mr\. (?:President|Secretary|Chairman|Ambassador|Minister)\s*[:,][-–—]?"
)
_HOW = (
    "(?:sincerely|respectfully|cordially|faithfully|truly|loyally|gratefully|fraternally|heartily"
    "|lovingly|affectionately|devotedly)"
)
_CLOSING = re.compile(
    rf"(?:(?:Very |Most )?{_HOW}(?: yours)?"
    rf"|(?:I am,? |I remain,? )?Yours(?: (?:very|most|ever))*(?: {_HOW})?"
    r"|Your obedient servant|Respectfully submitted"
    r"|(?:Best|Kind|Kindest|Warm|Warmest) (?:regards|wishes))\s*[,.;]?[^A-Za-z0-9]*",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"\W*(?:(?:copy|copies) (?:to|for)\s*:.*|(?:copy|copies) to .{1,60}|b?cc\s*[:;].*|c\.\s?c\.\s*:?.*"
    r"|cc .{1,40}|distribution\s*[:;].*|info copies?\s*:.*)",
    re.IGNORECASE,
)
_COPY_ITEM = re.compile(r"\W{0,3}(?:\d{1,2}|[Il]|Orig\.?)\s?[-–—]\s?\S.{0,40}")
# "IO:EB:ZL", "EUR/SOV:JDoe:ab 11/17/62": offices and initials of those who drafted and typed.
_DRAFTING = re.compile(
    r"\W{0,2}(?:Drafted(?: by)?\s*:\s*)?[A-Z]{1,7}(?:[/:][A-Z][A-Za-z]{0,12}|:[a-z]{1,4}){1,7}"
    r"(?:\s+\d{1,2}[/-]\d{1,2}[/-]\d{2,4})?\W{0,2}"
    r"|[A-Z]{2,4}[/:][a-z]{2,4}\W?"
)
_HEADING = re.compile(
    r"\W{0,2}(?:(?:SUBJECT|SUBJ|REF|REFERENCE|REFS|TO|FROM|THRU|THROUGH|VIA|ATTENTION|ATTN|DATE|PARTICIPANTS"
    r"|PLACE|TITLE|INFO|COUNTRY|RE)\s?[:;].*|TO\s?[-–—]+"
    r"|MEMORANDUM(?: (?:FOR|OF|TO)\b.*)?|(?:AIR|TELE)GRAM|(?:OUTGOING|INCOMING) TELEGRAM|DES?PATCH(?: NO\..*)?"
    r"|NO\. ?\d{1,5}|\#{1,6} \w.*)\W{0,3}",
    re.IGNORECASE,
)
_AGENCY = (
    r"DEPARTMENT OF (?:STATE|DEFENSE|JUSTICE|THE (?:ARMY|NAVY|AIR FORCE|TREASURY|INTERIOR)|COMMERCE|LABOR)"
    r"|CENTRAL INTELLIGENCE AGENCY|FEDERAL BUREAU OF INVESTIGATION|NATIONAL SECURITY COUNCIL"
    r"|(?:THE )?JOINT CHIEFS OF STAFF|EXECUTIVE OFFICE OF THE PRESIDENT|UNITED STATES GOVERNMENT"
)
_LETTERHEAD = re.compile(
    rf"\W*(?:(?:{_AGENCY})(?:,? WASHINGTON(?:,? \d{{0,2}},? ?D\.? ?C\.?)?)?"
    r"|(?:THE )?WHITE HOUSE|UNITED STATES OF AMERICA"
    r"|(?:THE )?(?:SECRETARY|UNDER SECRETARY|DEPUTY SECRETARY) OF (?:STATE|DEFENSE)"
    r"|(?:THE )?FOREIGN SERVICE(?: OF THE(?: UNITED STATES(?: OF AMERICA)?)?)?"
    r"|(?:EMBASSY|LEGATION|CONSULATE(?: GENERAL)?|MISSION) OF THE(?: UNITED STATES(?: OF AMERICA)?)?"
    r"|AMERICAN (?:EMBASSY|LEGATION|CONSULATE(?: GENERAL)?)(?:,? .{1,30})?"
    r"|(?:THE )?OFFICE OF THE (?:SECRETARY|DIRECTOR|ATTORNEY GENERAL|UNDER SECRETARY)(?: OF .{1,20})?)\W*"
)
_CAPITAL = re.compile(r"\W*(?:OF THE|(?:WASHINGTON|Washington)(?:,? ?\d{0,2},? ?D\.? ?C\.?)?(?: ?20?\d{3,4})?)\W*")
# A sentence that begins with somebody's title is longer, or has a verb and no signature above it.
_ADDRESS_WORDS = 20
_ADDRESS = re.compile(
    r"(?P<high>(?i:(?:The |His |Her )?(?:Honorable|Hon\.|Excellency|Right Honou?rable)\b).*)"
    r"|(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Gen|General|Admiral|Col|Colonel|Lt|Capt|Captain|Senator)\b\.? [A-Z].*"
)


def is_date(line: str) -> bool:
    """Whether `line` is a date, perhaps with the place before it."""
    return _DATE.fullmatch(line) is not None


def is_salutation(line: str, *, cut: bool) -> bool:
    """Whether `line` greets the addressee; `cut` says that a redaction took a part of it, often the name.

    >>> is_salutation("My dear Mr. Secretary:", cut=False), is_salutation("Dear Mr.", cut=True)
    (True, True)
    >>> is_salutation("Dear friends of the republic have told us", cut=False)
    False
    """
    if len(line) > 70 or not _SALUTATION.fullmatch(line.replace("dear", "Dear", 1)):
        return False
    return cut or line.rstrip(" -–—")[-1:] in ":;," or is_title_like(line)


def is_closing(line: str) -> bool:
    """Whether `line` is the courtesy before a signature.

    >>> [is_closing(line) for line in ("Sincerely yours,", "With warm regards.", "truly,")]
    [True, False, False]
    """
    return line[:1].isupper() and _CLOSING.fullmatch(line) is not None


def is_copy_line(line: str) -> bool:
    """Whether `line` says who else got the letter."""
    return len(line) <= 120 and _COPY.fullmatch(line) is not None


def is_copy_item(line: str) -> bool:
    """Whether `line` is one entry of a distribution list, `2 - DDP`."""
    return _COPY_ITEM.fullmatch(line) is not None


def is_drafting_line(line: str) -> bool:
    """Whether `line` holds the office symbols and initials of drafter and typist.

    One slash alone is too little: AND/OR may stand on a line of a telegram.

    >>> [is_drafting_line(line) for line in ("IO:EB:ZL", "EUR/SOV:JDoe:ab 11/17/62", "AND/OR")]
    [True, True, False]
    """
    enough = ":" in line or line.count("/") > 1 or not line.isupper()
    return enough and len(line) <= 60 and _DRAFTING.fullmatch(line) is not None


def is_heading(line: str) -> bool:
    """Whether `line` is the head of a memorandum (`SUBJECT:`) or telegram (`NO:`), or names the kind of document.

    >>> [is_heading(line) for line in ("NO: 1101, October 25, 2 p.m.", "Control: 11237", "No. 12 was closed.")]
    [True, True, False]
    """
    return len(line) <= 120 and any(pattern.fullmatch(line) for pattern in (_HEADING, _TELEGRAM))


def is_letterhead(line: str) -> bool:
    """Whether `line` is printed at the head of an agency's or embassy's paper."""
    return len(line) <= 80 and _LETTERHEAD.fullmatch(line) is not None


def goes_on_letterhead(line: str) -> bool:
    """Whether `line` is the seat of the government, or joins two lines of the letterhead."""
    return _CAPITAL.fullmatch(line) is not None


def is_address_opening(line: str) -> bool:
    """Whether `line` names a person with a title, as an inside address begins."""
    return _ADDRESS.match(line) is not None and is_title_like(line)


def is_high_address(line: str) -> bool:
    """Whether `line` opens with a title that only an address has (The Honorable), not also a list of names (Mr.)."""
    opening = _ADDRESS.match(line)
    return opening is not None and opening["high"] is not None and is_title_like(line)


def is_address_in_one(line: str) -> bool:
    """Whether `line` is a whole address, as transcribers set it: The Honorable John Roe, Envoy to the Mission.

    >>> is_address_in_one("The Honorable John Roe, Envoy to the Mission.")
    True
    """
    opening = _ADDRESS.match(line)
    return opening is not None and opening["high"] is not None and "," in line and len(line.split()) <= _ADDRESS_WORDS


def goes_on_address(line: str, *, above: str) -> bool:
    """Whether `line` is the rest of a title or an office that did not fit on the line `above` of an address.

    >>> goes_on_address("to the United Nations.", above="United States Representative")
    True
    >>> goes_on_address("to the United Nations.", above="New York, New York.")
    False
    """
    first, _, rest = line.partition(" ")
    return (
        first in CONNECTIVES
        and first.islower()
        and is_title_like(rest.strip(), joined=True)
        and not ends_sentence(above)
    )
