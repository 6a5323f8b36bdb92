"""What may have stood on the page: words to doubt, and the readings that could take their place.

Everything here proposes; nothing decides. A candidate carries what the gate needs to weigh it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corrigenda.correct.channel import cost, lookalikes
from corrigenda.correct.known import COMMON, FEWEST_SEEN, known
from corrigenda.correct.lines import rejoined
from corrigenda.correct.source import WordCounts, WordSource
from corrigenda.correct.surroundings import Surroundings, in_foreign_passage, starts_sentence
from corrigenda.correct.variants import is_typists_slip, odd_capitals
from corrigenda.text import Token, broken_word, word_form
from corrigenda.values import CorrectionKind, Span

__all__ = ["Candidate", "Slot", "slots"]

# docs/decisions/001-lexical-correction.md has the measurements behind these.
RARE_NAME = 25
_FEWEST_FOR_WHOLE = 20
_MOST_EDITS = 2
_LONG = 6
_LIKE_SHAPES = 0.5
_ENDINGS = ("s", "es", "ed", "ing", "ly")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_SPLIT_COST = 2.0
_MERGE_COST = 0.5
# What a typist does and a machine does not (beleive, Carribean) is likely to stand on the page.
_SLIP_COST = 1.0

DESIGNATOR = re.compile(r"[A-Z][^\W\d_]{0,4}[-.]?\d{1,4}[^\W\d_]?(?:['’]?s)?")
# Plain figures, ordinals, times and measures, and the numbers of paragraphs; no designator is among them.
_ORDINARY_NUMBER = re.compile(
    r"[\d.,:/$£%+*()'’–-]+|\d+(?:st|nd|rd|d|th|s|['’]s|[ap]\.?m|[kmc]m|mm|ft|[a-d])|\d{4,6}z", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A reading that may replace `before` at `span`: its misreading cost, and how often the lexicon has it.

    `guarded` says that it may be offered but not made: it would make or unmake a name, or change what the document
    has again and again.
    """

    span: Span
    before: str
    after: str
    kind: CorrectionKind
    cost: float
    count: int
    rule: str
    guarded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A doubtful place: what stands there, how often the lexicon has that, why it is doubted, and its candidates.

    `guarded` says that it must not be changed without an edition's witness (names, designators, figures), however
    likely a candidate looks; it is flagged with the candidates as suggestions.
    """

    span: Span
    before: str
    count: int
    why: str
    guarded: bool
    candidates: tuple[Candidate, ...]


def slots(text: str, run: Sequence[Token], words: WordSource, around: Surroundings) -> Iterator[Slot]:
    """The doubtful places among the tokens `run` of one segment of `text`, in order, never overlapping."""
    at = 0
    while at < len(run):
        joint = _line_end(text, run, at, words) or _merge(text, run, at, words, around)
        if joint:
            yield joint
            at += 2
            continue
        slot = _single(run, at, words, around)
        if slot:
            yield slot
        at += 1


def _single(run: Sequence[Token], at: int, words: WordSource, around: Surroundings) -> Slot | None:
    token = run[at]
    opens = starts_sentence(run, at) and token.core not in around.names
    why, guarded = _doubt(token, words, starts_sentence=opens)
    if not why:
        return None
    return Slot(
        span=token.core_span,
        before=token.core,
        count=words.count(token.core),
        why=why,
        guarded=guarded or in_foreign_passage(run, at),
        candidates=(*_spellings(token, words, around), *_splits(token, words)),
    )


def _doubt(token: Token, words: WordSource, *, starts_sentence: bool) -> tuple[str, bool]:
    """Why `token` is doubted ("" where it is not), and whether it is guarded."""
    core = token.core
    if len(core) < 2 or _ORDINARY_NUMBER.fullmatch(core) or _is_known_abbreviation(token, words):
        return "", False
    if any(c.isdigit() for c in core):
        is_designator = DESIGNATOR.fullmatch(core)
        why = "a designator that the lexicon does not know" if is_designator else "letters and figures mixed"
        return ("", False) if known(core, words) else (why, True)
    capital = core[0].isupper()
    if known(core, words):
        entry = words.entry(_POSSESSIVE.sub("", core))
        rare = capital and entry is not None and entry.total < RARE_NAME and _is_name(entry)
        return ("a name that the lexicon hardly knows", True) if rare else ("", False)
    if capital and (not starts_sentence or core.isupper()):
        return "a name or capitals that the lexicon does not know", True
    usual = words.general(core) or _is_inflected(core, words)
    return ("", False) if usual else ("not in the lexicon", odd_capitals(core))


def _is_name(entry: WordCounts) -> bool:
    return entry.lower * 10 < entry.total


def _is_inflected(core: str, words: WordSource) -> bool:
    """Whether `core` is a regular plural or past of a longer word that the lexicon knows well (disseminations)."""
    form = word_form(core)
    bases = (form.removesuffix(ending) for ending in _ENDINGS if form.endswith(ending))
    return any(len(base) >= _LONG and words.count(base) >= _FEWEST_FOR_WHOLE for base in bases)


def _is_known_abbreviation(token: Token, words: WordSource) -> bool:
    return token.trail.startswith(".") and words.count(token.core + ".") >= FEWEST_SEEN


def _spellings(token: Token, words: WordSource, around: Surroundings) -> list[Candidate]:
    form = word_form(token.core)
    edits = 1 if len(form) < _LONG else _MOST_EDITS
    near = {n.term: n.count for n in words.near(form, edits) if n.distance} if form.isalpha() else {}
    alike = {reading: words.count(reading) for reading in lookalikes(form)}
    found = near | {reading: count for reading, count in alike.items() if count >= _FEWEST_FOR_WHOLE}
    return [_spelling(token, form, term, count, words, around) for term, count in sorted(found.items()) if term != form]


def _spelling(token: Token, form: str, term: str, count: int, words: WordSource, around: Surroundings) -> Candidate:
    price = cost(form, term) + _SLIP_COST * is_typists_slip(form, term)
    entry = words.entry(term)
    is_name = entry is not None and _is_name(entry)
    # A capital that starts a sentence may be a name's, so only letters of like shape speak against it.
    unlike = price > _LIKE_SHAPES
    return Candidate(
        span=token.core_span,
        before=token.core,
        after=_cased_like(token.core, term),
        kind=CorrectionKind.CHARACTER,
        cost=price,
        count=count,
        rule="lexicon",
        guarded=is_name or (unlike and (token.core[0].isupper() or form in around.repeated)),
    )


def _splits(token: Token, words: WordSource) -> list[Candidate]:
    """`token` as two words between which the space was lost; both must be common, or chance would find some."""
    core = token.core
    found = []
    for cut in range(1, len(core)):
        left, right = core[:cut], core[cut:]
        if not right.islower() or (len(left) == 1 and left not in {"a", "A", "I"}) or right in {"s", "t", "d"}:
            continue
        rarer = min(words.count(left), words.count(right))
        if rarer >= COMMON and (len(right) > 1 or right == "a"):
            found.append(
                Candidate(
                    span=token.core_span,
                    before=core,
                    after=f"{left} {right}",
                    kind=CorrectionKind.SPACING,
                    cost=_SPLIT_COST,
                    count=rarer,
                    rule="split",
                )
            )
    return found


def _line_end(text: str, run: Sequence[Token], at: int, words: WordSource) -> Slot | None:
    """A word that the typist broke at the line's end: joined where the whole is commoner than the compound."""
    if at + 1 == len(run) or not broken_word(text, run[at], run[at + 1]):
        return None
    first, second = run[at], run[at + 1]
    if len(second.core) < 2 or text[second.span.end : second.span.end + 1].strip():
        return None  # a lone letter, or a half to which more is stuck, was misread, and joining would hide that
    whole, compound = first.core + second.core, f"{first.core}-{second.core}"
    count = words.count(whole)
    if count < FEWEST_SEEN or count <= words.count(compound):
        return None
    core_span = Span(start=first.core_span.start, end=second.core_span.end)
    span, after = rejoined(text, core_span, whole, last=at + 2 == len(run))
    candidate = Candidate(
        span=span,
        before=span.of(text),
        after=after,
        kind=CorrectionKind.HYPHEN,
        cost=0.0,
        count=count,
        rule="line end",
    )
    return Slot(
        span=span,
        before=span.of(text),
        count=0,
        why="a word broken at the line's end",
        guarded=False,
        candidates=(candidate,),
    )


def _merge(text: str, run: Sequence[Token], at: int, words: WordSource, around: Surroundings) -> Slot | None:
    """Two tokens that are one word with a space or a line break read into it.

    At least one of them must be no word by itself. Over a line break, where a hyphen may be lost, and where the whole
    is a name the two are only flagged: that is enough to keep either half from being taken for another word.
    """
    if at + 1 == len(run):
        return None
    first, second = run[at], run[at + 1]
    gap = text[first.span.end : second.span.start]
    letters = first.core + second.core
    if first.trail or second.lead or gap.strip() or not letters.isalpha() or not second.core.islower():
        return None
    if first.core in around.names or (first.core[0].isupper() and not starts_sentence(run, at)):
        return None  # a name and the word after it: "Ray mond" cannot be told from "Ray arms"
    entry = words.entry(letters)
    stand = _stands_alone(first.core, words) and _stands_alone(second.core, words)
    if entry is None or entry.total < _FEWEST_FOR_WHOLE or stand:
        return None
    span = Span(start=first.core_span.start, end=second.core_span.end)
    candidate = Candidate(
        span=span,
        before=span.of(text),
        after=letters,
        kind=CorrectionKind.SPACING,
        cost=_MERGE_COST,
        count=entry.total,
        rule="merge",
        guarded=gap != " " or _is_name(entry),
    )
    return Slot(span=span, before=span.of(text), count=0, why="parts of a word", guarded=False, candidates=(candidate,))


def _stands_alone(word: str, words: WordSource) -> bool:
    """Whether `word` is a word by itself: single letters other than a and I are counted often, but are none."""
    if len(word) == 1:
        return word in {"a", "A", "I"}
    return words.count(word) >= COMMON or (words.count(word) >= FEWEST_SEEN and words.general(word))


def _cased_like(model: str, word: str) -> str:
    # Most of the letters tell, since one of them may be misread as a small one: PRESlDENT.
    if sum(c.isupper() for c in model) > len(model) / 2 and len(model) > 2:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
