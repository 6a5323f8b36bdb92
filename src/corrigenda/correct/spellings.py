"""What may have stood on the page where a word was read: spellings of one word, whatever stands around it.

Everything here proposes and prices; nothing decides. What is proposed for a word depends on the word alone, so it is
worked out once for all its places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.known import COMMON, FEWEST_SEEN
from corrigenda.lexicon.words import Near, WordIndex
from corrigenda.text import Token, tokens, unify, word_form
from corrigenda.values import CorrectionKind

__all__ = ["EDGE_RULE", "Option", "Speller"]

EDGE_RULE = "lost at the edge"
"""The rule by which a word had more letters than the page shows."""

MOST_OPTIONS = 40
_MOST_PRICED = 25
_INDEXED = 2
_SHORT = 4
_LONG = 7
_FAR = 5
_UNREAD_COST = 9.0
_EDGE = " "
"""No word of a text holds it, so that what is cut off has answers of its own."""
_LONGEST = 60
_MOST_KEPT = 100_000
_FEW_KEPT = 4096
_PLAIN = 12.0
_SHORTEST_STUMP = 2
_SHORTEST_JOINED = 3
_SHORTEST_MISREAD = 6
_MOST_WHOLES = 8
_BREAK_COST = 1.5
_MOST_COMPLETED = 40
_STUMP_COST = 6.0
_LOST_LETTER_COST = 0.5
_EVERYDAY = 20_000
BREAKS = frozenset("-~=¬«_\u00ad")
"""What a hyphen at a line's end is read as."""
_DIGITS = str.maketrans("0158", "olsb")
ODD_BEFORE = frozenset("{}|\\<>~=@^_!?;:,.¢£€¥©®§»«•·¿¡")
"""Marks that are read for letters far more often than a typist sets them before a word."""
ODD_BEHIND = frozenset("{}|\\<>~=@^_¢£€¥©®§«•·¿¡")
"""Marks that are read for letters far more often than a typist sets them behind a word."""
_NAME_STARTS = re.compile(r"(?<![^-])(mc(?=[^\W\d_]{2})|o'|d'|)([^\W\d_])")
_INNER = re.compile(r"[^\w'-]+|(?<=[a-z])[_](?=[a-z])")
# The words that run into their neighbours most often, because they are the most frequent.
_SMALL = (
    "the",
    "of",
    "to",
    "in",
    "and",
    "a",
    "on",
    "for",
    "by",
    "is",
    "that",
    "it",
    "as",
    "be",
    "with",
    "at",
    "we",
    "i",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A reading that may take the place of a word.

    `text` replaces the whole white-space word, punctuation and all; `core` is what of it is new. `cost` is what the
    channel asks for reading it as what stands there, `count` how often the lexicon has it, or its rarest word.
    """

    text: str
    core: str
    cost: float
    count: int
    kind: CorrectionKind
    rule: str


class Speller:
    """Spellings for words and for runs of words, from a lexicon and a channel."""

    def __init__(self, words: WordIndex, costs: ChannelCosts) -> None:
        """Costs nothing: words are looked up when they are asked for."""
        self.words = words
        self.costs = costs
        self._options: dict[tuple[str, bool], tuple[Option, ...]] = {}
        self._terms: dict[str, tuple[str, ...]] = {}
        self._looked_up: dict[str, Sequence[Near]] = {}

    def tidy(self) -> None:
        """Forget the answers given so far where they have become many, so that a long job does not fill the memory."""
        if len(self._options) + len(self._terms) + len(self._looked_up) >= _MOST_KEPT:
            for kept in (self._options, self._terms, self._looked_up):
                kept.clear()

    def options(self, token: str, *, doubted: bool) -> tuple[Option, ...]:
        """What `token` may be, the likeliest first by channel and count, itself left out.

        For a word that is not `doubted`, because the lexicon knows it, only what is one slip away is offered.
        """
        found = self._options.get((token, doubted))
        if found is None:
            found = self._options[token, doubted] = self._best(self._propose(token, doubted=doubted))
        return found

    def completed(self, token: str, *, at_end: bool) -> tuple[Option, ...]:
        """What `token` may be if letters of it were lost at the edge of the page: behind it, or before it."""
        key = f"{token}{_EDGE}" if at_end else f"{_EDGE}{token}"
        found = self._options.get((key, True))
        if found is None:
            found = self._options[key, True] = self._best(self._complete(token, at_end=at_end))
        return found

    def _complete(self, token: str, *, at_end: bool) -> Iterator[Option]:
        cut = _cut(token)
        if (
            cut is None
            or not cut.core.isalpha()
            or len(cut.core) < _SHORTEST_STUMP
            or (cut.trail if at_end else cut.lead)
        ):
            return
        form = word_form(cut.core)
        for term in self.words.with_edge(form, at_end=at_end)[:_MOST_COMPLETED]:
            missing = len(term) - len(form)
            written = self.written(term, cut.core if at_end else cut.core.lower())
            yield Option(
                text=cut.lead + written + cut.trail,
                core=written,
                cost=_STUMP_COST + _LOST_LETTER_COST * missing,
                count=self.words.count(term),
                kind=CorrectionKind.CHARACTER,
                rule=EDGE_RULE,
            )

    def dirt(self, token: str) -> Option:
        """Nothing: `token` and the blank beside it are specks that were read as letters."""
        cost = self.costs.cost("", f"{token} ")
        return Option(text="", core="", cost=cost, count=0, kind=CorrectionKind.DELETION, rule="dirt")

    def joined(self, parts: tuple[str, ...], *, doubted: bool) -> tuple[Option, ...]:
        """What the words `parts` may be in one piece, or with the blank in another place.

        Where none of them is `doubted`, only that whole is offered which the lexicon has.
        The punctuation before the first and behind the last stays; a stray mark between them goes.
        """
        key = " ".join(parts)
        found = self._options.get((key, doubted))
        if found is None:
            found = self._options[key, doubted] = self._best(self._join(parts, doubted=doubted))
        return found

    def _best(self, found: Iterable[Option]) -> tuple[Option, ...]:
        best: dict[str, Option] = {}
        for option in found:
            if option.text not in best or option.cost < best[option.text].cost:
                best[option.text] = option
        ranked = sorted(best.values(), key=lambda o: (o.cost - 0.8 * math.log(o.count + 1), o.text))
        return tuple(ranked[:MOST_OPTIONS])

    def _propose(self, token: str, *, doubted: bool) -> Iterator[Option]:
        if len(token) > _LONGEST:
            return  # a hundred letters without a blank are no word, and would take for ever
        for lead, core, trail in _cuts(token):
            if len(core) < 2 and not doubted:
                continue
            spelled = list(self._spelled(token, lead, core, trail, doubted=doubted))
            yield from spelled
            if doubted:
                yield from self._split(token, lead, core, trail)
            if doubted and not any(o.cost <= _PLAIN and o.count >= COMMON for o in spelled):
                yield from self._split_off(token, lead, core, trail)

    def _spelled(self, token: str, lead: str, core: str, trail: str, *, doubted: bool) -> Iterator[Option]:
        for term in self.terms(core, doubted=doubted):
            written = self.written(term, core)
            text = lead + written + trail
            if text != token:
                yield Option(
                    text=text,
                    core=written,
                    cost=self.costs.cost(written, core),
                    count=self._count(term),
                    kind=CorrectionKind.CHARACTER,
                    rule="lexicon",
                )

    def _count(self, text: str) -> int:
        return min((self.words.count(part) for part in re.split(r"[ -]", text)), default=0)

    def terms(self, core: str, *, doubted: bool) -> tuple[str, ...]:
        """Words of the lexicon, in its form, that `core` may be a misreading of."""
        form = word_form(core)
        base = form.removesuffix("'s")
        ending = form[len(base) :]
        if not doubted:
            return tuple(f"{t}{ending}" for t in self._near(base, 1) if t != base) if base.isalpha() else ()
        found: dict[str, None] = {}
        for read in dict.fromkeys((base, base.translate(_DIGITS), _INNER.sub("", base), base.replace("-", ""))):
            if not read:
                continue
            if self.words.count(read) >= FEWEST_SEEN and read != form:
                found[read + ending] = None
            found.update(dict.fromkeys(t + ending for t in self._near(read, 2) if self._reaches(read, t)))
            if len(read) >= _FAR and not any(self.words.count(t) >= COMMON for t in self._near(read, 1)):
                least = FEWEST_SEEN if len(read) >= _LONG else _EVERYDAY // 10
                found.update(dict.fromkeys(t + ending for t in self._near(read, 3) if self.words.count(t) >= least))
            for meant, _ in self.costs.unread(read, _UNREAD_COST):
                if self.words.count(meant) >= FEWEST_SEEN:
                    found[meant.lower() + ending] = None
        if "-" in base:
            found.update(dict.fromkeys(self._compound(base, ending)))
        found.pop(form, None)
        return tuple(found)

    def _reaches(self, read: str, term: str) -> bool:
        """Whether so short a word as `read` may be taken for `term`: two slips in three letters leave little to see."""
        return len(read) >= _SHORT or self.words.count(term) >= _EVERYDAY or OSA.distance(read, term) < 2

    def _near(self, read: str, distance: int) -> tuple[str, ...]:
        key = f"{read} {distance}"
        found = self._terms.get(key)
        if found is None:
            near = [n for n in self._around(read, distance) if 0 < n.distance <= distance]
            near.sort(key=lambda n: (2.5 * n.distance - math.log(n.count + 1), n.term))
            found = self._terms[key] = tuple(n.term for n in near[:_MOST_PRICED])
        return found

    def _around(self, read: str, distance: int) -> Sequence[Near]:
        """Words within `distance`; where those within two edits are at hand, no others are looked for."""
        found = self._looked_up.get(read) if distance <= _INDEXED else None
        if found is None:
            found = self.words.near(read, distance)
            if distance == _INDEXED:
                self._looked_up[read] = found
        return found

    def _compound(self, form: str, ending: str) -> Iterator[str]:
        """A hyphenated compound of which one part is misread."""
        parts = form.split("-")
        wrong = [i for i, part in enumerate(parts) if self.words.count(part) < FEWEST_SEEN]
        if len(wrong) == 1 and len(parts[wrong[0]]) > 2:
            at = wrong[0]
            for term in self._near(parts[at], 2)[:4]:
                yield "-".join((*parts[:at], term, *parts[at + 1 :])) + ending

    def written(self, term: str, read: str) -> str:
        """`term` in the case that `read` speaks for; a name has its capital all the same."""
        if _in_capitals(read):
            return term.upper()
        return _capitalised(term) if read[:1].isupper() or self._is_name(term) else term

    def _is_name(self, term: str) -> bool:
        entry = self.words.entry(term.removesuffix("'s"))
        return entry is not None and entry.is_name

    def _split(self, token: str, lead: str, core: str, trail: str) -> Iterator[Option]:
        """`core` as two words between which the blank was lost."""
        form = unify(core)
        for cut in range(1, len(form)):
            left, right = form[:cut], form[cut:]
            rarer = self._rarer(left, right)
            if rarer >= COMMON:
                yield self._two(token, lead, left, right, trail, rarer)

    def _rarer(self, left: str, right: str) -> int:
        """How often the rarer of two words is met if both are common, and neither a letter that is no word; else 0."""
        if _has_lone_letter(left, right):
            return 0
        counted = self.words.count(left)
        return min(counted, self.words.count(right)) if counted >= COMMON else 0

    def _split_off(self, token: str, lead: str, core: str, trail: str) -> Iterator[Option]:
        """`core` as a small word and another that is misread as well, between which the blank was lost."""
        form = unify(core)
        for small in _SMALL:
            rest = len(form) - len(small)
            if rest < _SHORT:
                continue
            if form.lower().startswith(small):
                for term in self._near(form[-rest:].lower(), 1)[:2]:
                    yield self._two(token, lead, form[: len(small)], term, trail, self.words.count(term))
            if form.lower().endswith(small):
                for term in self._near(form[:rest].lower(), 1)[:2]:
                    written = self.written(term, form[:rest])
                    yield self._two(token, lead, written, form[rest:], trail, self.words.count(term))

    def _two(self, token: str, lead: str, left: str, right: str, trail: str, count: int) -> Option:
        text = f"{lead}{left} {right}{trail}"
        return Option(
            text=text,
            core=f"{left} {right}",
            cost=self.costs.cost(text, token),
            count=count,
            kind=CorrectionKind.SPACING,
            rule="split",
        )

    def _join(self, parts: tuple[str, ...], *, doubted: bool) -> Iterator[Option]:
        if sum(map(len, parts)) > _LONGEST:
            return
        cut = [whole for part in parts if (whole := _cut(part))]
        lead, trail = cut[0].lead, cut[-1].trail
        solid = "".join(t.core for t in cut)
        if len(solid) < _SHORTEST_JOINED:
            return
        near = self._misread_wholes(cut, word_form(solid)) if doubted else ()
        for term in (word_form(solid), *near):
            count = self.words.count(term)
            if count >= FEWEST_SEEN:
                yield self._joined(parts, lead, self.written(term, solid), trail, count, "join")
        if doubted and len(parts) == 2:
            first = len(cut[0].core)
            for at in range(max(1, first - 2), min(len(solid) - 1, first + 2) + 1):
                left, right = solid[:at], solid[at:]
                rarer = self._rarer(left, right) if at != first else 0
                if rarer >= COMMON:
                    yield self._joined(parts, lead, f"{left} {right}", trail, rarer, "moved blank")

    def _is_broken(self, parts: Sequence[str], count: int) -> bool:
        """Whether a hyphen parts two pieces of a word met `count` times, the second in small letters.

        Where the compound is met as often (long-term) the hyphen is the typist's.
        """
        if len(parts) != 2 or parts[0][-1] not in BREAKS or not parts[1][:1].islower():
            return False
        return count > self.words.count("-".join(whole.core for part in parts if (whole := _cut(part))))

    def _misread_wholes(self, cut: Sequence[Token], solid: str) -> Sequence[str]:
        """Words that were misread besides: by two slips where a hyphen or strange parts say that they were broken."""
        broken = cut[0].trail[:1] in BREAKS or not any(self.words.count(t.core) >= COMMON for t in cut)
        if broken and len(solid) >= _SHORTEST_MISREAD:
            return self._near(solid, 2)[:_MOST_WHOLES]
        return self._near(solid, 1)[:3]

    def _joined(self, parts: tuple[str, ...], lead: str, core: str, trail: str, count: int, rule: str) -> Option:
        text = lead + core + trail
        if rule == "join" and self._is_broken(parts, count):
            # What broke it was the end of a line, no misreading, wherever the line's end has gone.
            cost = _BREAK_COST + self.costs.cost(text, parts[0][:-1] + parts[1])
        else:
            cost = self.costs.cost(text, " ".join(parts))
        return Option(text=text, core=core, cost=cost, count=count, kind=CorrectionKind.SPACING, rule=rule)


def _has_lone_letter(left: str, right: str) -> bool:
    """Whether one of two words is a single letter that is no word."""
    return min(len(left), len(right)) == 1 and not {left, right} & {"a", "A", "I"}


def _capitalised(term: str) -> str:
    """`term` as a name is written: Anglo-American, O'Neill, McNamara."""
    return _NAME_STARTS.sub(lambda m: m[1].capitalize() + m[2].upper(), term)


@lru_cache(maxsize=_FEW_KEPT)
def _in_capitals(read: str) -> bool:
    """Whether most letters of `read` are capitals."""
    letters = [c for c in read if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) * 2 > len(letters)


@lru_cache(maxsize=_FEW_KEPT)
def _cut(token: str) -> Token | None:
    """`token` with its core and the punctuation around it told apart; a word is asked for with its neighbours too."""
    return next(tokens(token), None)


def _cuts(token: str) -> Iterator[tuple[str, str, str]]:
    """`token` as what stands before the word, the word, and what stands behind it; odd marks may belong to the word."""
    whole = _cut(token)
    if whole is None:
        return
    lead, core, trail = whole.lead, whole.core, whole.trail
    if core:
        yield lead, core, trail
    odd_lead = lead[-1:] if lead[-1:] in ODD_BEFORE else ""
    odd_trail = trail[:1] if trail[:1] in ODD_BEHIND else ""
    if odd_lead:
        yield lead[:-1], odd_lead + core, trail
    if odd_trail:
        yield lead, core + odd_trail, trail[1:]
