"""The doubtful places of a text: what stands there, what else may have stood there, and what speaks for each.

A place is one word or a few neighbouring ones. Words that the lexicon knows are doubted as well where the language
model finds them strange, since a machine that misreads a word often reads another word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corrigenda.correct.dirt import may_be_dirt
from corrigenda.correct.garbled import Garbled, guesses, is_garbled
from corrigenda.correct.known import FEWEST_SEEN, ORDINARY_NUMBER, known
from corrigenda.correct.lattice import Arc, Island, Weighed, weigh
from corrigenda.correct.spellings import BREAKS, ODD_BEFORE, ODD_BEHIND, Option, Speller
from corrigenda.language.model import LanguageModel
from corrigenda.language.words import token_words
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, broken_word
from corrigenda.values import CorrectionKind

__all__ = ["KEPT", "OFFERED", "Choice", "Offer", "Place", "places"]

KEPT = "kept"
"""The rule by which a word stays as it stands."""
OFFERED = "reading"
"""The rule by which what another reading of the page has may take a word's place."""

Offer = tuple[int, int, Option]
"""What may stand for the words from one number to another, by another reading."""

_STRANGE = -16.0
_MOST_ARCS = 10
_MOST_ARCS_IN_CROWD = 4
_CROWD = 6
_CONTEXT = 2
_UNKNOWN_EXTRA = 1.0
_LINE_END_COST = 0.5
_OFFERED_COST = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A reading of a place; `option` says where it comes from, by the rule `KEPT` for what stands there."""

    text: str
    option: Option
    posterior: float
    total: float
    language: float
    cost: float
    on_best: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Words `start` to `end` of a run, which stand as `keep.text`, with other readings, the likeliest first.

    `known`: the lexicon vouches for all of them; `at_edge`: a line of the page begins or ends with them.
    """

    start: int
    end: int
    keep: Choice
    others: tuple[Choice, ...]
    known: bool
    at_edge: bool


class _Run:
    """A run of tokens with its model words and what is known of each."""

    def __init__(self, text: str, run: Sequence[Token], words: WordIndex, language: LanguageModel) -> None:
        self.text, self.tokens = text, run
        self.ids: list[tuple[int, ...]] = []
        self.own: list[float] = []
        self.known = [not t.core or _stands(t, words) for t in run]
        for token in run:
            ids, own = spelled(token.text, language)
            self.ids.append(ids)
            self.own.append(own)

    def strange(self, language: LanguageModel) -> list[bool]:
        """Which words the language model would not expect where they stand."""
        flat = [i for ids in self.ids for i in ids]
        if not flat:
            return [False] * len(self.ids)
        padded = np.array([1, 1, *flat, 2], dtype=np.uint16)
        said = language.log_probability(padded[:-2], padded[1:-1], padded[2:])
        pairs = said[:-1] + said[1:]
        result, at = [], 0
        for ids in self.ids:
            result.append(bool(len(ids)) and float(np.min(pairs[at : at + len(ids)])) < _STRANGE)
            at += len(ids)
        return result


def spelled(text: str, language: LanguageModel) -> tuple[tuple[int, ...], float]:
    """The model's words of `text`, and the cost of spelling those that it does not know."""
    ids, own = [], 0.0
    for part in text.split():
        for word in token_words(part):
            number = language.id(word)
            ids.append(number)
            if number == 0:
                own += _UNKNOWN_EXTRA - language.spelling.log_probability(word)
    return tuple(ids), own


def _stands(token: Token, words: WordIndex) -> bool:
    """Whether nothing about the word itself is doubtful."""
    core = token.core
    if token.lead[-1:] in ODD_BEFORE or token.trail[:1] in ODD_BEHIND:
        return False
    if len(core) == 1 and core.isalpha() and core not in "aAI":
        return bool(token.lead) or token.trail[:1] in (".", ")") or core.isupper()
    if ORDINARY_NUMBER.fullmatch(core):
        return True
    return known(core, words) or (token.trail.startswith(".") and words.count(core + ".") >= FEWEST_SEEN)


def places(
    text: str,
    run: Sequence[Token],
    words: WordIndex,
    speller: Speller,
    language: LanguageModel,
    offered: Iterable[Offer] = (),
) -> Iterator[Place]:
    """The doubtful places of `run`, in order; they do not overlap.

    What is `offered` by other readings of the page makes a place wherever it is, and comes before our own ways.
    """
    here = _Run(text, run, words, language)
    doubted = [not known or odd for known, odd in zip(here.known, here.strange(language), strict=True)]
    arcs: list[list[Arc]] = [[] for _ in run]
    for i, token in enumerate(run):
        if doubted[i]:
            arcs[i] = [_arc(i, i + 1, o, language) for o in speller.options(token.text, doubted=not here.known[i])]
            for at_end in _edges_at(text, run, i):
                arcs[i] += [_arc(i, i + 1, o, language) for o in speller.completed(token.text, at_end=at_end)]
    arcs = _fitting(here, arcs, language)
    _guess(here, arcs, speller, language)
    for i, token in enumerate(run):
        if doubted[i] and may_be_dirt(token, words):
            arcs[i].append(_arc(i, i + 1, speller.dirt(token.text), language))
        arcs[i] += _joins(here, i, words, speller, language, doubted)
    _thin(arcs)
    _add(arcs, offered, language)
    islands = list(_islands(here, arcs))
    for island, weighed in zip(islands, weigh(islands, language), strict=True):
        yield from _places(here, island, weighed)


def _edges_at(text: str, run: Sequence[Token], i: int) -> Iterator[bool]:
    """At which edge of the page the word stands: True for the end of its line, False for the beginning."""
    if i + 1 == len(run) or "\n" in text[run[i].span.end : run[i + 1].span.start]:
        yield True
    if i == 0 or "\n" in text[run[i - 1].span.end : run[i].span.start]:
        yield False


def _is_at_edge(here: _Run, start: int, end: int) -> bool:
    begins = False in _edges_at(here.text, here.tokens, start)
    return begins or True in _edges_at(here.text, here.tokens, end - 1)


def _fitting(here: _Run, arcs: list[list[Arc]], language: LanguageModel) -> list[list[Arc]]:
    """Of each word's ways those that fit best between its neighbours, taken as they stand."""
    queries: list[tuple[int, int, int]] = []
    for i, ways in enumerate(arcs):
        if len(ways) > _MOST_ARCS:
            before, behind = _before(here, i), _behind(here, i + 1)
            for arc in ways:
                spoken = (*before, *arc.words, *behind[:1])
                queries += zip(spoken, spoken[1:], spoken[2:], strict=False)
    asked = np.array(queries, dtype=np.uint16).reshape(-1, 3)
    answers = language.log_probability(asked[:, 0], asked[:, 1], asked[:, 2]).tolist()
    at = 0
    fitting: list[list[Arc]] = []
    for ways in arcs:
        kept = ways
        if len(ways) > _MOST_ARCS:
            scored = []
            for arc in ways:
                size = len(arc.words) + 1 if arc.words else 1
                scored.append((sum(answers[at : at + size]) - arc.cost - arc.own, arc.text, arc))
                at += size
            kept = [arc for _, _, arc in sorted(scored, key=lambda s: (-s[0], s[1]))[:_MOST_ARCS]]
        fitting.append(kept)
    return fitting


def _guess(here: _Run, arcs: list[list[Arc]], speller: Speller, language: LanguageModel) -> None:
    """Put in what a word may be that nothing else explains, by its neighbours as they stand."""
    at = [
        i
        for i, t in enumerate(here.tokens)
        if not here.known[i] and is_garbled(t, [a.option for a in arcs[i] if a.option])
    ]
    asked = [Garbled(here.tokens[i], (*_before(here, i), *_behind(here, i + 1))) for i in at]
    for i, guessed in zip(at, guesses(asked, speller, language), strict=True):
        met = {a.text for a in arcs[i]}
        arcs[i] += [_arc(i, i + 1, o, language) for o in guessed if o.text not in met]


def _arc(start: int, end: int, option: Option, language: LanguageModel) -> Arc:
    ids, own = spelled(option.text, language)
    return Arc(start, end, option.text, option.cost, ids, own, option)


def _joins(
    here: _Run, i: int, words: WordIndex, speller: Speller, language: LanguageModel, doubted: Sequence[bool]
) -> Iterator[Arc]:
    """Ways over two or three words at once: broken at a line's end, or with a blank or a mark read into them."""
    run = here.tokens
    if i + 1 < len(run) and broken_word(here.text, run[i], run[i + 1]):
        first, second = run[i], run[i + 1]
        whole = first.core + second.core
        count = words.count(whole)
        if count >= FEWEST_SEEN and count > words.count(f"{first.core}-{second.core}"):
            option = Option(
                text=first.lead + whole + second.trail,
                core=whole,
                cost=_LINE_END_COST,
                count=count,
                kind=CorrectionKind.HYPHEN,
                rule="line end",
            )
            yield _arc(i, i + 2, option, language)
            return
    for size in (2, 3):
        if i + size > len(run):
            return
        parts = run[i : i + size]
        doubtful = any(doubted[i : i + size])
        over_line = "\n" in here.text[parts[0].span.end : parts[-1].span.start]
        if not (doubtful or over_line) or not parts[0].core or not parts[-1].core:
            continue
        stumps = sum(len(p.core) <= 2 or not k for p, k in zip(parts, here.known[i : i + size], strict=True))
        if size == 2 or stumps >= 2:
            broken = over_line and parts[0].trail[:1] in BREAKS
            for option in speller.joined(tuple(p.text for p in parts), doubted=doubtful or broken)[:3]:
                yield _arc(i, i + size, option, language)


def _thin(arcs: list[list[Arc]]) -> None:
    """Keep fewer ways where many doubtful words stand side by side, or the ways through them would be countless."""
    run_length = 0
    for i in range(len(arcs) + 1):
        if i < len(arcs) and arcs[i]:
            run_length += 1
            continue
        if run_length >= _CROWD:
            for j in range(i - run_length, i):
                singles = [a for a in arcs[j] if a.end == j + 1][:_MOST_ARCS_IN_CROWD]
                joins = [a for a in arcs[j] if a.end > j + 1][:2]
                arcs[j] = singles + joins
        run_length = 0


def _add(arcs: list[list[Arc]], offered: Iterable[Offer], language: LanguageModel) -> None:
    """Put in what other readings have; a way of our own to the same words gives way to it."""
    for start, end, option in offered:
        own = [a for a in arcs[start] if a.end != end or a.text != option.text]
        arc = _arc(start, end, option, language)
        arcs[start] = [*own, arc._replace(cost=min(arc.cost, _OFFERED_COST))]


def _islands(here: _Run, arcs: list[list[Arc]]) -> Iterator[Island]:
    open_until = -1
    start = -1
    gap = 0
    bounds: list[tuple[int, int]] = []
    for i in range(len(arcs)):
        if arcs[i] or not here.known[i]:
            if start < 0:
                start = i
            open_until = max(open_until, i + 1, *(a.end for a in arcs[i]))
            gap = 0
        if start >= 0 and i >= open_until:
            gap += len(here.ids[i])
            if gap >= _CONTEXT:
                bounds.append((start, open_until))
                start = -1
    if start >= 0:
        bounds.append((start, open_until))
    for first, last in bounds:
        keeps = [Arc(i, i + 1, here.tokens[i].text, 0.0, here.ids[i], here.own[i], None) for i in range(first, last)]
        found = [a for i in range(first, last) for a in arcs[i]]
        yield Island(
            start=first,
            end=last,
            before=_before(here, first),
            behind=_behind(here, last),
            arcs=(*keeps, *found),
        )


def _before(here: _Run, at: int) -> tuple[int, int]:
    found: list[int] = []
    while at > 0 and len(found) < _CONTEXT:
        at -= 1
        found = [*here.ids[at], *found]
    first, second = ([1, 1, *found])[-2:]
    return first, second


def _behind(here: _Run, at: int) -> tuple[int, ...]:
    found: list[int] = []
    while at < len(here.ids) and len(found) < _CONTEXT:
        found += here.ids[at]
        at += 1
    return tuple([*found, 2][:_CONTEXT])


def _places(here: _Run, island: Island, weighed: list[Weighed]) -> Iterator[Place]:
    """Cut an island into places: a join where the best way goes over one, else word by word."""
    count = island.end - island.start
    keeps = {w.arc.start: w for w in weighed[:count]}
    at = island.start
    joined = {w.arc.start: w.arc.end for w in weighed[count:] if _is_offered(w.arc) and w.arc.end > w.arc.start + 1}
    joined |= {w.arc.start: w.arc.end for w in weighed[count:] if w.on_best and w.arc.end > w.arc.start + 1}
    while at < island.end:
        end = joined.get(at, at + 1)
        others = [w for w in weighed[count:] if w.arc.start == at and w.arc.end == end]
        if others or not here.known[at]:
            over = [keeps[i] for i in range(at, end)]
            core = " ".join(t.core for t in here.tokens[at:end])
            keep = Choice(
                text=" ".join(w.arc.text for w in over),
                option=_kept(" ".join(w.arc.text for w in over), core),
                posterior=min(w.posterior for w in over),
                total=min(w.total for w in over),
                language=min(w.language for w in over),
                cost=0.0,
                on_best=all(w.on_best for w in over),
            )
            choices = sorted(map(_choice, others), key=lambda c: (c.option.rule != OFFERED, -c.total, c.text))
            yield Place(
                start=at,
                end=end,
                keep=keep,
                others=tuple(choices),
                known=all(here.known[at:end]),
                at_edge=_is_at_edge(here, at, end),
            )
        at = end


def _is_offered(arc: Arc) -> bool:
    return arc.option is not None and arc.option.rule == OFFERED


def _choice(w: Weighed) -> Choice:
    return Choice(
        text=w.arc.text,
        option=w.arc.option or _kept(w.arc.text, w.arc.text),
        posterior=w.posterior,
        total=w.total,
        language=w.language,
        cost=w.arc.cost,
        on_best=w.on_best,
    )


def _kept(text: str, core: str) -> Option:
    return Option(text=text, core=core, cost=0.0, count=0, kind=CorrectionKind.CHARACTER, rule=KEPT)
