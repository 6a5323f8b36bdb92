"""The vote between readings of one page: what they offer, and what speaks for each choice of a place.

Nothing is decided here either. Another reading offers its words wherever it differs, and every choice of a place gets
some figures more, from which the second gate of a model tells how likely it is (docs/decisions/016-second-reading.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA, Levenshtein

from corrigenda.correct.guards import ACCENT, FIGURE, NEVER, Guard, makes_figure, unaccented
from corrigenda.correct.known import FEWEST_SEEN, all_known
from corrigenda.correct.places import OFFERED, Choice, Offer, Place
from corrigenda.correct.readings import Said
from corrigenda.correct.spellings import Option, Speller
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Profile, Token, normalise, page_style, tokens, unify
from corrigenda.values import CorrectionKind, Flag, FlagKind, Span, Suggestion

__all__ = ["AGREES", "VOTE_FEATURES", "differing", "is_contested", "offers", "relaxed", "same_word", "speaks", "votes"]

AGREES = "reading"
"""The rule of evidence by which another reading has what was put in."""

VOTE_FEATURES = (
    "readings here", "agree with kept", "agree with this", "say something else", "read as reading",
    "kept read as reading", "kept less this read as reading", "reading read as kept", "reading known",
    "count of reading", "to reading", "kept to reading", "near agreement", "agreement", "words more", "silent",
    "digit in reading", "offered",
)  # fmt: skip
"""The columns that come after those of `features.FEATURES` where another reading has something to say."""

_LONGEST = 3
_MOST_CORRECTED = 3
_DEAREST = 40.0
_ENOUGH_FOR_FIGURES = 2
_ALIKE = "read alike by another"
_UNKNOWN = "another reading's word, which the lexicon does not know either"
_WITH_A_WITNESS = 0.9
"""What no reader could tell from the page's text alone needs so much with another reading's word for it."""


def offers(text: str, run: Sequence[Token], said: Sequence[Said], words: WordIndex, speller: Speller) -> list[Offer]:
    """What the readings `said` have in the place of words of `run`, and what their own words may be misread from."""
    found: dict[tuple[int, int, str], Offer] = {}
    for one in said:
        for start, end, reading in one.differing():
            if end - start > _LONGEST or len(reading.split()) > _LONGEST:
                continue
            for core, kind in _readings(run[start:end], reading, words, speller):
                ours = " ".join(t.core for t in run[start:end])
                option = _option(text, run[start:end], core, kind, words, speller)
                if not _is_weaker(option.core, ours, words) and not _loses_word(option.core, ours, words):
                    found.setdefault((start, end, option.text), (start, end, option))
    return list(found.values())


def speaks(place: Place, said: Sequence[Said]) -> list[tuple[str, str]]:
    """The sigla of the readings that have something at `place`, with what they have there."""
    found = ((one.by(place.start), one.of(place.start, place.end)) for one in said)
    return [(siglum, text) for siglum, text in found if text is not None]


def differing(run: Sequence[Token], said: Sequence[Said]) -> Iterator[Flag]:
    """A flag for every place where a reading has other words."""
    for one in said:
        for start, end, reading in one.differing():
            yield Flag(
                span=Span(start=run[start].core_span.start, end=run[end - 1].core_span.end),
                kind=FlagKind.DOUBTFUL,
                why=f"{one.by(start)} reads otherwise",
                suggestions=(Suggestion(text=_bare(reading), probability=None),) if _bare(reading) else (),
                citation=one.by(start),
            )


def same_word(reading: str, other: str) -> bool:
    """Whether both have the same letters and figures with the same blanks, whatever the case and the marks."""
    return _letters(reading) == _letters(other)


def is_contested(place: Place, here: Sequence[tuple[str, str]]) -> bool:
    """Whether any of the readings that have something at `place` has something else than what stands there."""
    return any(not same_word(text, place.keep.option.core) for _, text in here)


def relaxed(held: Guard | None, choice: Choice, kept: str, here: Sequence[tuple[str, str]]) -> Guard | None:
    """What is left of a guard where readings of the page itself, `here`, have this very choice.

    Names, initials and a typist's spellings are guarded because the words around cannot tell them; another machine
    that read them on the page can. Where it read a figure no word is put in: 9th, read as Oth, is no "both". A figure
    is as easily misread by the one as by the other, so that it stands unless two readings agree on it. That a machine
    has no accents is no witness at all. What all have alike, `kept`, is likely to be on the page.
    """
    with_it = sum(same_word(text, choice.option.core) for _, text in here)
    if here and all(same_word(text, kept) for _, text in here):
        return held if held and held.least > _WITH_A_WITNESS else Guard(why=_ALIKE, least=_WITH_A_WITNESS)
    if any(makes_figure(choice.option.core, _bare(text)) for _, text in here):
        return Guard(why=FIGURE, least=NEVER)
    # That another machine read nothing there is no witness for a speck: machines miss short words.
    if not with_it or not choice.option.core:
        return held
    # A stricter guard holds all the same: what two machines read in two ways may be a name that neither has right.
    unknown = choice.option.rule == OFFERED and choice.option.count < FEWEST_SEEN
    least = _WITH_A_WITNESS if unknown else 0.0
    if held is None:
        return Guard(why=_UNKNOWN, least=least) if unknown else None
    if held.why == ACCENT:
        return Guard(why=ACCENT, least=NEVER)
    stands = held.why == FIGURE and with_it < _ENOUGH_FOR_FIGURES
    return held if stands else Guard(why=held.why, least=max(least, min(held.least, _WITH_A_WITNESS)))


def _readings(
    kept: Sequence[Token], reading: str, words: WordIndex, speller: Speller
) -> Iterator[tuple[str, CorrectionKind]]:
    """What the reading has, bare of marks; the likest of its words; and what its word is misread from."""
    theirs = [t for t in tokens(reading) if t.core]
    bare = " ".join(t.core for t in theirs)
    ours = " ".join(t.core for t in kept)
    if not bare:
        return
    same = _solid(bare) == _solid(ours)
    yield bare, CorrectionKind.SPACING if same else CorrectionKind.CHARACTER
    if same:
        return  # words that only its missing blanks part from ours are not misread: "LONDON,N.16."
    if len(theirs) > len(kept) == 1:
        best = max(theirs, key=lambda t: (Levenshtein.normalized_similarity(t.core, ours), t.core))
        yield best.core, CorrectionKind.CHARACTER
    if len(theirs) == 1 and not all_known(bare, words):
        for option in speller.options(theirs[0].text, doubted=True)[:_MOST_CORRECTED]:
            if len(kept) == 1 or abs(len(_solid(option.core)) - len(_solid(ours))) <= 1:
                yield option.core, option.kind


def _is_weaker(reading: str, ours: str, words: WordIndex) -> bool:
    """Whether a reading is the same word, or lacks no more than the accents of a word that is known with them."""
    return reading == ours or (unaccented(reading) == unaccented(ours) and all_known(ours, words))


def _loses_word(reading: str, ours: str, words: WordIndex) -> bool:
    """Whether a reading lacks a known word and is shorter for it: what it lacks is never taken out.

    Of one word that may be misread (tile for the) only a shred is no reading: A for Amsterdam.
    """
    lost = set(ours.lower().split()) - set(reading.lower().split())
    of_one = " " not in ours
    least = len(_solid(ours)) / 2 if of_one else len(_solid(ours)) - 1
    return len(_solid(reading)) <= least and any(all_known(word, words) for word in lost)


def _option(
    text: str, kept: Sequence[Token], core: str, kind: CorrectionKind, words: WordIndex, speller: Speller
) -> Option:
    core = page_style(core, text)
    ours = " ".join(t.core for t in kept)
    return Option(
        text=kept[0].lead + core + kept[-1].trail,
        core=core,
        cost=speller.costs.cost(core, ours),
        count=min((words.count(w) for w in core.split()), default=0),
        kind=kind,
        rule=OFFERED,
    )


def votes(
    place: Place,
    choices: Sequence[Choice],
    run: Sequence[Token],
    said: Sequence[Said],
    words: WordIndex,
    speller: Speller,
) -> list[list[float]]:
    """A row of `VOTE_FEATURES` for each of the choices; all 0 where no reading has anything there."""
    here = [(one, text) for one in said if (text := one.of(place.start, place.end)) is not None]
    kept = " ".join(t.core for t in run[place.start : place.end])
    if not here:
        return [[0.0] * len(VOTE_FEATURES) for _ in choices]
    made = []
    sums = [_beside_kept(one, text, kept, place, words, speller) for one, text in here]
    means = [sum(column) / len(here) for column in zip(*sums, strict=True)]
    letters = [_letters(text) for _, text in here]
    keeps = _letters(kept)
    for choice in choices:
        core = choice.option.core
        own = _letters(core)
        cost = sum(_cost(core, text, speller) for _, text in here) / len(here)
        away = sum(OSA.distance(own, theirs) for theirs in letters) / len(here)
        made.append(
            [
                float(len(here)),
                float(sum(theirs == keeps for theirs in letters)),
                float(sum(theirs == own for theirs in letters)),
                float(sum(theirs not in (keeps, own) for theirs in letters)),
                cost,
                means[0],
                means[0] - cost,
                *means[1:4],
                away,
                *means[4:],
                float(choice.option.rule == OFFERED),
            ]
        )
    return made


def _beside_kept(one: Said, text: str, kept: str, place: Place, words: WordIndex, speller: Speller) -> list[float]:
    bare = _bare(text)
    theirs = bare.split()
    return [
        _cost(kept, text, speller),
        min(_DEAREST, speller.costs.cost(bare, kept)),
        float(bool(theirs) and all_known(bare, words)),
        math.log(min((words.count(w) for w in theirs), default=0) + 0.3),
        float(OSA.distance(_letters(kept), _letters(text))),
        one.near(place.start, place.end),
        sum(one.agrees) / max(1, len(one.agrees)),
        float(len(theirs) - (place.end - place.start)),
        float(not theirs),
        float(any(c.isdigit() for c in bare)),
    ]


def _bare(text: str) -> str:
    return " ".join(t.core for t in tokens(text) if t.core)


def _cost(meant: str, read: str, speller: Speller) -> float:
    return min(_DEAREST, speller.costs.cost(meant, _bare(read)))


def _letters(text: str) -> str:
    return normalise(text, Profile.HIPE)


def _solid(text: str) -> str:
    return "".join(c for c in unify(text).lower() if c.isalnum())
