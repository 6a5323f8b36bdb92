"""How sure the OCR engine was of a word, and what else it thought of: what that adds to what the gate thinks.

The gate's trees never see confidences and alternatives, since the pages that they learn from have none. So they are
weighed behind it, by three figures for each engine that they were learned of (docs/decisions/023-confidence.md).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corrigenda.text import tokens, word_form
from corrigenda.values import Span, Word

__all__ = ["EngineWords", "Trust", "certainty", "engine_of", "log_odds"]

_CERTAIN = 1.005
"""A confidence of 1 is half a hundredth short of certain, since engines state hundredths."""
_LEAST_CHANCE = 0.001
_VERSION = re.compile(r"v?(\d+)\.")
# The recogniser of letters of Tesseract 3 was another, and so were its confidences.
_FIRST_VERSION = {"tesseract": 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """What one engine's confidences and alternatives are worth, in natural log-odds.

    A word as it stands gets `bias`, and `weight` for each unit of `certainty`; another reading that the engine thought
    of as well gets `alternative`.
    """

    weight: float
    bias: float
    alternative: float = 0.0

    def revised(self, probabilities: Sequence[float], confidence: float) -> tuple[float, ...]:
        """The probabilities of a place's readings, what stands there first, once its least `confidence` is known.

        The other readings share what is left in the same proportion as before.

        >>> trust = Trust(weight=1.2, bias=-1.9)
        >>> [[round(p, 2) for p in trust.revised((0.5, 0.4, 0.1), c)] for c in (0.3, 0.8, 0.96)]
        [[0.19, 0.65, 0.16], [0.5, 0.4, 0.1], [0.86, 0.11, 0.03]]
        """
        keeps = 1 / (1 + math.exp(-(log_odds(probabilities[0]) + self.bias + self.weight * certainty(confidence))))
        share = (1 - keeps) / max(1 - probabilities[0], _LEAST_CHANCE)
        return (keeps, *(p * share for p in probabilities[1:]))

    def favoured(self, probabilities: Sequence[float], thought_of: Sequence[bool]) -> tuple[float, ...]:
        """The probabilities of a place's readings, once it is known which of them the engine thought of.

        What is left to readings that nobody proposed counts as one that it did not think of.

        >>> trust = Trust(weight=1.2, bias=-1.9, alternative=1.5)
        >>> [round(p, 2) for p in trust.favoured((0.5, 0.2, 0.2), (False, True, False))]
        [0.29, 0.53, 0.12]
        """
        gain = math.exp(self.alternative)
        shares = [p * gain if is_one else p for p, is_one in zip(probabilities, thought_of, strict=True)]
        whole = sum(shares) + 1 - sum(probabilities)
        return tuple(share / whole for share in shares)


def log_odds(probability: float) -> float:
    """The natural log-odds of a probability that is not quite 0 or 1."""
    chance = min(max(probability, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(chance / (1 - chance))


def certainty(confidence: float) -> float:
    """The logarithm of how far a confidence is from certain, upside down.

    Between 0.9 and 0.96 a word gets from as often wrong as right to nearly always right, which a logarithm tells apart.

    >>> [round(certainty(c), 1) for c in (0.3, 0.8, 0.9, 0.96)]
    [0.3, 1.6, 2.3, 3.1]
    """
    return -math.log(_CERTAIN - min(confidence, 1.0))


class EngineWords:
    """What the OCR engine says of a document's words, to be asked for any stretch of its text."""

    def __init__(self, words: Iterable[Word]) -> None:
        """Put the words in the order of the text; those without a letter are left out."""
        self._words = sorted((w for w in words if len(w.span)), key=lambda w: w.span)
        self._starts = [w.span.start for w in self._words]

    def least(self, span: Span) -> float | None:
        """The least confidence of the words that share a letter with `span`.

        None where there is no word, or one of them has none.
        """
        found = [w.confidence for w in self._sharing(span)]
        stated = [c for c in found if c is not None]
        return min(stated) if stated and len(stated) == len(found) else None

    def alternatives(self, span: Span) -> tuple[str, ...]:
        """What else the engine thought of for the one word that `span` has, without the punctuation around it.

        Nothing where it has several, or a part of one: which alternatives go together nobody says. What is the word
        itself but for capitals and punctuation is left out.
        """
        found = self._sharing(span)
        if len(found) != 1 or not span.covers(found[0].span):
            return ()
        own, others = word_form(_core(found[0].text)), dict.fromkeys(map(_core, found[0].alternatives))
        return tuple(other for other in others if other and word_form(other) != own)

    def thought_of(self, span: Span, readings: Iterable[str]) -> tuple[bool, ...]:
        """Which of the `readings` of a stretch are among the alternatives of its one word, whatever the capitals."""
        forms = {word_form(other) for other in self.alternatives(span)}
        return tuple(word_form(reading) in forms for reading in readings)

    def _sharing(self, span: Span) -> list[Word]:
        """The words that share a letter with `span`."""
        last = bisect_right(self._starts, span.end - 1)
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return [w for w in self._words[first:last] if w.span.overlaps(span)]


def _core(reading: str) -> str:
    cores = [token.core_span for token in tokens(reading) if token.core]
    return reading[cores[0].start : cores[-1].end] if cores else ""


def engine_of(named: str | None) -> str:
    """The engine that a file says it was read by, by the first word of that; "" where it names none.

    A version whose confidences mean something else than those of today is another engine, and so are several engines
    in one file, which `corrigenda` itself parts by semicolons.

    >>> engine_of("Tesseract 5.5.0, eng"), engine_of("tesseract v3.04.01"), engine_of(None)
    ('tesseract', 'tesseract 3', '')
    """
    if ";" in (named or ""):
        return "several"
    name, *rest = (named or "").lower().split()[:2] or [""]
    version = _VERSION.match(rest[0]) if rest else None
    old = version and int(version[1]) < _FIRST_VERSION.get(name, 0)
    return f"{name} {version[1]}" if version and old else name
