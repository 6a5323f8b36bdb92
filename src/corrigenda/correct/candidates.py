"""What may have stood on the page: words to doubt, and the readings that could take their place.

Everything here proposes; nothing decides. A candidate carries what the gate needs to weigh it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from corrigenda.correct.channel import cost
from corrigenda.correct.known import COMMON, FEWEST_SEEN, known
from corrigenda.correct.lines import rejoined
from corrigenda.correct.source import WordSource
from corrigenda.correct.variants import is_label, is_typists_slip
from corrigenda.text import TITLES, Token, broken_word, word_form
from corrigenda.values import CorrectionKind, Span

__all__ = ["Candidate", "Slot", "names_in", "slots"]

# docs/decisions/001-lexical-correction.md has the measurements behind these.
RARE_NAME = 25
_FEWEST_FOR_WHOLE = 20
_MOST_EDITS = 2
_SPLIT_COST = 1.5
_MERGE_COST = 0.5
# What a typist does and a machine does not (beleive, Carribean) is likely to stand on the page.
_SLIP_COST = 1.0

_DESIGNATOR = re.compile(r"[^\W\d_]{1,5}[-.]?\d{1,4}[^\W\d_]?(?:['’]?s)?", re.IGNORECASE)
# Plain figures, ordinals, times and measures, and the numbers of paragraphs; no designator is among them.
_ORDINARY_NUMBER = re.compile(
    r"[\d.,:/$£%+*()'’–-]+|\d+(?:st|nd|rd|d|th|s|['’]s|[ap]\.?m|[kmc]m|mm|ft|[a-d])|\d{4,6}z", re.IGNORECASE
)
_ENDS_SENTENCE = re.compile(r"[.?!:][\"'”’)]*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A reading that may replace `before` at `span`: its misreading cost, and how often the lexicon has it."""

    span: Span
    before: str
    after: str
    kind: CorrectionKind
    cost: float
    count: int
    rule: str


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


def slots(text: str, run: Sequence[Token], words: WordSource, names: Container[str]) -> Iterator[Slot]:
    """The doubtful places among the tokens `run` of one segment of `text`, in order, never overlapping.

    `names` are the words that the document uses as names (see `names_in`).
    """
    at = 0
    while at < len(run):
        joint = _line_end(text, run, at, words) or _merge(text, run, at, words, names)
        if joint:
            yield joint
            at += 2
            continue
        slot = _single(run, at, words, names)
        if slot:
            yield slot
        at += 1


def names_in(run: Sequence[Token]) -> Iterator[str]:
    """The words of `run` that are capitalised where no sentence starts: such a word is a name wherever it stands."""
    for at, token in enumerate(run):
        if token.core[:1].isupper() and not token.core.isupper() and not _starts_sentence(run, at):
            yield token.core


def _starts_sentence(run: Sequence[Token], at: int) -> bool:
    if at == 0:
        return True
    before = run[at - 1]
    if before.core.lower() in TITLES or (len(before.core) == 1 and before.core.isupper()):
        return False  # "Dr. Fraenkel", "J. Fraenkel"
    return bool(_ENDS_SENTENCE.search(before.text) or is_label(before.text))


def _single(run: Sequence[Token], at: int, words: WordSource, names: Container[str]) -> Slot | None:
    token = run[at]
    starts = _starts_sentence(run, at) and token.core not in names
    why, guarded = _doubt(token, words, starts_sentence=starts)
    if not why:
        return None
    found: list[Candidate] = []
    if token.core.isalpha():
        found = [*_spellings(token, words), *_splits(token, words)]
    return Slot(
        span=token.core_span,
        before=token.core,
        count=words.count(token.core),
        why=why,
        guarded=guarded,
        candidates=tuple(found),
    )


def _doubt(token: Token, words: WordSource, *, starts_sentence: bool) -> tuple[str, bool]:
    """Why `token` is doubted ("" where it is not), and whether it is guarded."""
    core = token.core
    if len(core) < 2 or _ORDINARY_NUMBER.fullmatch(core) or _is_known_abbreviation(token, words):
        return "", False
    if any(c.isdigit() for c in core):
        is_designator = _DESIGNATOR.fullmatch(core)
        why = "a designator that the lexicon does not know" if is_designator else "letters and figures mixed"
        return ("", False) if known(core, words) else (why, True)
    capital = core[0].isupper()
    if known(core, words):
        entry = words.entry(core)
        rare = capital and entry is not None and entry.total < RARE_NAME and entry.lower * 10 < entry.total
        return ("a name that the lexicon hardly knows", True) if rare else ("", False)
    if capital and (not starts_sentence or core.isupper()):
        return "a name or capitals that the lexicon does not know", True
    return ("", False) if words.general(core) else ("not in the lexicon", False)


def _is_known_abbreviation(token: Token, words: WordSource) -> bool:
    return token.trail.startswith(".") and words.count(token.core + ".") >= FEWEST_SEEN


def _spellings(token: Token, words: WordSource) -> list[Candidate]:
    form = word_form(token.core)
    edits = 1 if len(form) < 6 else _MOST_EDITS
    return [
        Candidate(
            span=token.core_span,
            before=token.core,
            after=_cased_like(token.core, near.term),
            kind=CorrectionKind.CHARACTER,
            cost=cost(form, near.term) + _SLIP_COST * is_typists_slip(form, near.term),
            count=near.count,
            rule="lexicon",
        )
        for near in words.near(form, edits)
        if near.distance
    ]


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


def _merge(text: str, run: Sequence[Token], at: int, words: WordSource, names: Container[str]) -> Slot | None:
    """Two tokens that are one word with a space read into it; at least one of them must be no word by itself."""
    if at + 1 == len(run):
        return None
    first, second = run[at], run[at + 1]
    gap = text[first.span.end : second.span.start]
    if (
        first.trail
        or second.lead
        or gap != " "
        or not (first.core + second.core).isalpha()
        or not second.core.islower()
    ):
        return None
    if first.core in names or (first.core[0].isupper() and not _starts_sentence(run, at)):
        return None  # a name and the word after it: "Ray mond" cannot be told from "Ray arms"
    count = words.count(first.core + second.core)
    if count < _FEWEST_FOR_WHOLE or (_stands_alone(first.core, words) and _stands_alone(second.core, words)):
        return None
    span = Span(start=first.core_span.start, end=second.core_span.end)
    candidate = Candidate(
        span=span,
        before=span.of(text),
        after=first.core + second.core,
        kind=CorrectionKind.SPACING,
        cost=_MERGE_COST,
        count=count,
        rule="merge",
    )
    return Slot(span=span, before=span.of(text), count=0, why="parts of a word", guarded=False, candidates=(candidate,))


def _stands_alone(word: str, words: WordSource) -> bool:
    """Whether `word` is a word by itself: single letters other than a and I are counted often, but are none."""
    if len(word) == 1:
        return word in {"a", "A", "I"}
    return words.count(word) >= COMMON or (words.count(word) >= FEWEST_SEEN and words.general(word))


def _cased_like(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
