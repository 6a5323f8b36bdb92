"""What the gate sees of a reading: one row of numbers for each reading of a place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from corrigenda.correct.places import KEPT, Choice, Place
from corrigenda.correct.spellings import ODD_BEHIND
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
    "apostrophe inside", "full stop behind", "field",
)  # fmt: skip
"""The columns, in order."""

_RULES = ("line end", "split", "join", "moved blank", "lost at the edge")
MOST_ROWS = 7


def rows(
    place: Place, run: Sequence[Token], scene: Scene, words: WordIndex, language: LanguageModel
) -> tuple[tuple[Choice, ...], list[list[float]]]:
    """The readings of `place` that are weighed, what stands there first, and a row of `FEATURES` for each."""
    choices = (place.keep, *place.others[: MOST_ROWS - 1])
    kept = " ".join(t.core for t in run[place.start : place.end])
    form = word_form(kept)
    letters = sum(c.isalpha() for c in kept)
    totals = sorted((c.total for c in choices), reverse=True)
    solid = "".join(c for c in form if c.isalnum())
    before = place.start == 0 or bool(words.count(run[place.start - 1].core))
    behind = place.end == len(run) or bool(words.count(run[place.end].core))
    shared = [
        float(place.known),
        float(kept[:1].isupper()),
        float(letters > 1 and kept.isupper()),
        float(any(c.isdigit() for c in kept)),
        float(sum(not c.isalnum() and c != " " for c in kept)),
        float(any(c in ODD_BEHIND for t in run[place.start : place.end] for c in t.text)),
        float(words.general(kept)),
    ]
    last = [
        scene.unknown,
        math.log1p(scene.forms[form]),
    ]
    sentence = float(starts_sentence(run, place.start))
    foreign = float(in_foreign_passage(run, place.start))
    count_kept = min((words.count(t.core) for t in run[place.start : place.end]), default=0)
    odd = float(odd_capitals(kept))
    name_elsewhere = float(form in scene.names)
    spelling_kept = _spelling(form, language)
    accents = float(not form.isascii())
    apostrophe = float("'" in form.removesuffix("'s"))
    stop = float(run[place.end - 1].trail.startswith("."))
    made = []
    for rank, choice in enumerate(choices):
        option = choice.option
        stays = option.rule == KEPT
        core = option.core
        reading = word_form(core)
        distance = OSA.distance(form, reading)
        entry = words.entry(core) if " " not in core else None
        count = count_kept if stays else option.count
        rule = option.rule
        better = next(t for t in totals if t != choice.total) if totals[0] != totals[-1] else choice.total
        made.append(
            [
                float(stays),
                choice.posterior,
                place.keep.posterior,
                _bounded(choice.total - place.keep.total),
                _bounded(choice.total - (better if choice.total == totals[0] else totals[0])),
                float(rank),
                _bounded(choice.language - place.keep.language),
                choice.cost,
                math.log(count + 0.3),
                math.log(count_kept + 0.3),
                float(len(kept)),
                float(len(core)),
                float(distance),
                distance / max(1, len(form)),
                *(float(rule == r) for r in _RULES),
                *shared,
                float(not stays and is_typists_slip(form, reading)),
                float(not stays and one_stem(form, reading)),
                odd,
                last[0],
                last[1],
                math.log1p(scene.forms[reading]),
                float(before),
                float(behind),
                sentence,
                float(entry is not None and entry.lower * 10 < entry.total),
                float(len(place.others)),
                math.log1p(scene.size),
                float(entry.volumes if entry else 0),
                choice.cost / max(1, distance),
                _bounded(place.keep.total / max(1, len(kept))),
                float("".join(c for c in reading if c.isalnum()) == solid),
                foreign,
                float(words.general(core)),
                float(form[:1] == reading[:1]),
                float(form[-1:] == reading[-1:]),
                float(choice.on_best),
                entry.lower / max(1, entry.total) if entry else 0.5,
                float(any(c.isdigit() for c in core)),
                name_elsewhere,
                spelling_kept,
                _spelling(reading, language),
                accents,
                apostrophe,
                stop,
                scene.field,
            ]
        )
    return choices, made


def _spelling(form: str, language: LanguageModel) -> float:
    """How likely letters are to follow one another so in a word of the language, per letter."""
    solid = "".join(c for c in form if c.isalpha())
    return language.spelling.log_probability(solid) / (len(solid) + 1) if solid else 0.0


def _bounded(value: float) -> float:
    """Differences of scores, with ways that cannot be taken at the edge."""
    return max(-60.0, min(60.0, value))
