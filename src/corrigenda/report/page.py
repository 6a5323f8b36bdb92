"""What the pages of a report share: their frame and its policy, and how figures and texts are written for people.

A page is one file that opens offline and sends nothing anywhere: its style and its script stand in it, and its policy
allows these two, by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corrigenda.text import Profile

__all__ = ["COMPARISON", "MEASURES", "PROFILES", "broken", "chance", "page", "percent", "visible"]

MEASURES = {
    "cer": ("character error rate", "wrong characters per character of the transcription"),
    "cmer": ("character match error rate", "the same per step of the alignment, never above 100 %"),
    "cer_free": ("order-free character error rate", "what was read in another order is not wrong"),
    "wer": ("word error rate", "wrong words per word of the transcription, punctuation aside"),
    "wmer": ("word match error rate", "the same per step of the alignment, never above 100 %"),
    "wer_ws": ("error rate of words with punctuation", "words as white space parts them"),
    "wer_bag": ("order-free word error rate", "words that stand anywhere on the page are not wrong"),
}
"""Every measure of docs/metrics.md in words, and what it means."""

PROFILES = {
    Profile.FOLDED: "quotes and dashes unified, case kept",
    Profile.STRICT: "every character as it stands",
    Profile.HIPE: "lower case, punctuation set aside",
}
"""What each profile does, for people."""

COMPARISON = "comparison"
"""The rule of `score.compare.as_corrected`: of corrections so found nobody knows the reason or the probability."""

_BREAK = re.compile(r"\r\n|[\n\r\f\v\u0085\u2028\u2029]")

# Control characters are shown, not obeyed: browsers drop some of them, and one of them in a record is a finding.
# White space that is not a blank, tab or line feed becomes a line feed.
_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    **dict.fromkeys((0x0B, 0x0C, 0x0D), "\n"),
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(
        (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}"
    ),
}


def page(name: str, **context: object) -> str:
    """The page that the template `name`.html.jinja makes of `context`, with the style and the script of that name."""
    style, script = _source("common.css") + "\n" + _source(f"{name}.css"), _source(f"{name}.js")
    return (
        _environment()
        .get_template(f"{name}.html.jinja")
        .render(
            style=Markup(style),  # noqa: S704 - the project's own file
            script=Markup(script),  # noqa: S704 - the same
            style_hash=_hash(style),
            script_hash=_hash(script),
            **context,
        )
    )


def percent(fraction: float, digits: int = 1) -> str:
    """A fraction for people, a dash where it is none, with a space that does not break.

    >>> percent(0.0604).replace(chr(0xA0), "_")
    '6.0_%'
    """
    return f"{100 * fraction:.{digits}f}\N{NO-BREAK SPACE}%" if math.isfinite(fraction) else "–"


def chance(probability: float) -> str:
    """A probability in whole per cents, but never 100 % or 0 % for what is only nearly so."""
    digits = 1 if probability > 0.99 or 0 < probability < 0.01 else 0
    return percent(probability, digits)


def broken(text: str) -> str:
    """A short text in one line, its line breaks seen."""
    return _BREAK.sub("⏎", text)


def visible(value: object) -> object:
    """A text with its control characters shown; anything else as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.replace("\r\n", "\n").translate(_VISIBLE)
    return value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("corrigenda.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "chance": chance, "broken": broken}
    return environment


@cache
def _source(name: str) -> str:
    return files("corrigenda.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """The hash by which the page's policy allows this one piece of style or script, and no other."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
