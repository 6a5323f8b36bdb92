"""What the gate sees of a reading: one row of numbers for each reading of a place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from corrigenda.correct.places import KEPT, Choice, Place
from corrigenda.correct.spellings import ODD_BEFORE, ODD_BEHIND, Option
from corrigenda.correct.surroundings import Scene, in_foreign_passage, starts_sentence
from corrigenda.correct.variants import is_typists_slip, odd_capitals, one_stem
from corrigenda.language.model import LanguageModel
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, word_form

__all__ = ["FEATURES", "rows"]

FEATURES = (
    "keeps", "posterior", "posterior of keeping", "gain", "lead over the next", "rank", "language gain", "channel cost",
    "count", "count of kept", "letters kept", "letters", "distance", "relative distance", "line end", "split", "join",
    "moved blank", "lost at the edge", "known", "capital", "capitals", "digit", "marks inside", "odd mark", "general",
    "typist's slip", "one stem", "odd capitals", "unknown in document", "kept in document", "reading in document",
    "known before", "known behind", "opens sentence", "name", "choices", "words", "volumes", "cost per edit",
    "total per word", "same letters", "foreign", "general reading", "same first letter", "same last letter", "best way",
    "lower share", "digits reading", "kept is name elsewhere", "spelling", "spelling of reading", "accents",
    "apostrophe inside", "full stop behind", "field", "dirt", "line's edge", "odd mark stays",
)  # fmt: skip
"""The columns, in order."""

_NO_RULE = dict.fromkeys(("line end", "split", "join", "moved blank", "lost at the edge", "dirt"), 0.0)
MOST_ROWS = 7

_Figures = dict[str, float]


def rows(
    place: Place, run: Sequence[Token], scene: Scene, words: WordIndex, language: LanguageModel
) -> tuple[tuple[Choice, ...], list[list[float]]]:
    """The readings of `place` that are weighed, what stands there first, and a row of `FEATURES` for each."""
    choices = (place.keep, *place.others[: MOST_ROWS - 1])
    kept = " ".join(t.core for t in run[place.start : place.end])
    form = word_form(kept)
    same_for_all = {
        **_NO_RULE,
        **_of_kept(place, run, kept, words),
        **_of_form(form, scene, language),
        **_of_neighbours(place, run, words),
    }
    totals = sorted((c.total for c in choices), reverse=True)
    made = []
    for rank, choice in enumerate(choices):
        figures = {
            **same_for_all,
            **_of_choice(place, choice, totals),
            **_of_reading(form, choice.option, scene, words, language),
        }
        if choice.option.rule == KEPT:
            figures |= {"keeps": 1.0, "count": figures["count of kept"]}
        elif choice.option.rule in _NO_RULE:
            figures[choice.option.rule] = 1.0
        figures["rank"] = float(rank)
        figures["cost per edit"] = choice.cost / max(1.0, figures["distance"])
        made.append([figures[name] for name in FEATURES])
    return choices, made


def _of_kept(place: Place, run: Sequence[Token], kept: str, words: WordIndex) -> _Figures:
    """What the words that stand there look like, and what the lexicon has of them."""
    parts = run[place.start : place.end]
    letters = sum(c.isalpha() for c in kept)
    return {
        "posterior of keeping": place.keep.posterior,
        "count of kept": math.log(min((words.count(t.core) for t in parts), default=0) + 0.3),
        "letters kept": float(len(kept)),
        "known": float(place.known),
        "capital": float(kept[:1].isupper()),
        "capitals": float(letters > 1 and kept.isupper()),
        "digit": float(any(c.isdigit() for c in kept)),
        "marks inside": float(sum(not c.isalnum() and c != " " for c in kept)),
        "odd mark": float(any(c in ODD_BEHIND for t in parts for c in t.text)),
        "general": float(words.general(kept)),
        "odd capitals": float(odd_capitals(kept)),
        "choices": float(len(place.others)),
        "line's edge": float(place.at_edge),
        "total per word": _bounded(place.keep.total / max(1, len(kept))),
        "full stop behind": float(parts[-1].trail.startswith(".")),
    }


def _of_form(form: str, scene: Scene, language: LanguageModel) -> _Figures:
    """What the form that stands there is in its document and in the language, and what the document is."""
    return {
        "unknown in document": scene.unknown,
        "kept in document": math.log1p(scene.forms[form]),
        "words": math.log1p(scene.size),
        "kept is name elsewhere": float(form in scene.names),
        "spelling": _spelling(form, language),
        "accents": float(not form.isascii()),
        "apostrophe inside": float("'" in form.removesuffix("'s")),
        "field": scene.field,
    }


def _of_neighbours(place: Place, run: Sequence[Token], words: WordIndex) -> _Figures:
    return {
        "known before": float(place.start == 0 or bool(words.count(run[place.start - 1].core))),
        "known behind": float(place.end == len(run) or bool(words.count(run[place.end].core))),
        "opens sentence": float(starts_sentence(run, place.start)),
        "foreign": float(in_foreign_passage(run, place.start)),
    }


def _of_choice(place: Place, choice: Choice, totals: Sequence[float]) -> _Figures:
    """What the lattice says of a reading; `totals` are those of all of them, the highest first."""
    best = totals[0]
    if choice.total == best:
        best = next((total for total in totals if total != best), best)
    return {
        "keeps": 0.0,
        "posterior": choice.posterior,
        "gain": _bounded(choice.total - place.keep.total),
        "lead over the next": _bounded(choice.total - best),
        "language gain": _bounded(choice.language - place.keep.language),
        "channel cost": choice.cost,
        "best way": float(choice.on_best),
        "odd mark stays": float(_has_odd_mark(choice.option)),
    }


def _has_odd_mark(option: Option) -> bool:
    """Whether a mark that is often read for letters still stands beside the word."""
    if option.core not in ("", option.text):
        lead, core, trail = option.text.partition(option.core)
        return bool(core) and (lead[-1:] in ODD_BEFORE or trail[:1] in ODD_BEHIND)
    return False


def _of_reading(form: str, option: Option, scene: Scene, words: WordIndex, language: LanguageModel) -> _Figures:
    """What a reading is beside the form that stands there, and what lexicon, document and language have of it."""
    core, differs = option.core, option.rule != KEPT
    reading = word_form(core)
    distance = OSA.distance(form, reading)
    entry = words.entry(core) if " " not in core else None
    return {
        "count": math.log(option.count + 0.3),
        "letters": float(len(core)),
        "distance": float(distance),
        "relative distance": distance / max(1, len(form)),
        "typist's slip": float(differs and is_typists_slip(form, reading)),
        "one stem": float(differs and one_stem(form, reading)),
        "reading in document": math.log1p(scene.forms[reading]),
        "name": float(entry is not None and entry.is_name),
        "volumes": float(entry.volumes if entry else 0),
        "same letters": float(not differs or _solid(form) == _solid(reading)),
        "general reading": float(words.general(core)),
        "same first letter": float(form[:1] == reading[:1]),
        "same last letter": float(form[-1:] == reading[-1:]),
        "lower share": entry.lower / max(1, entry.total) if entry else 0.5,
        "digits reading": float(any(c.isdigit() for c in core)),
        "spelling of reading": _spelling(reading, language),
    }


def _solid(form: str) -> str:
    return "".join(c for c in form if c.isalnum())


def _spelling(form: str, language: LanguageModel) -> float:
    """How likely letters are to follow one another so in a word of the language, per letter."""
    solid = "".join(c for c in form if c.isalpha())
    return language.spelling.log_probability(solid) / (len(solid) + 1) if solid else 0.0


def _bounded(value: float) -> float:
    """Differences of scores, with ways that cannot be taken at the edge."""
    return max(-60.0, min(60.0, value))
