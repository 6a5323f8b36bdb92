"""Errors by the kind of character and the kind of word that they befell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corrigenda.correct.surroundings import capitalised
from corrigenda.lexicon.designators import is_designator
from corrigenda.score.comparable import COMPARED
from corrigenda.score.lineup import Lineup, Page
from corrigenda.score.values import ClassCounts, Counts
from corrigenda.text import TITLES, graphemes, tokens

__all__ = ["CHARACTER_CLASSES", "WORD_CLASSES", "Vocabulary", "character_classes", "word_classes"]

CHARACTER_CLASSES = ("small letter", "capital", "digit", "punctuation", "space", "other")
"""Every character is of one of these."""
WORD_CLASSES = ("name", "number or date", "designator", "abbreviation", "other")
"""Every word is of one of these; a designator is IL-28 or U-2, a number has a figure and is no designator."""

_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
})  # fmt: skip
_LONGEST_ABBREVIATION = 6


def character_classes(truths: Iterable[str], errors: Mapping[tuple[str, str], int]) -> tuple[ClassCounts, ...]:
    """The counts of each class, from the texts of the truth and how its characters were misread."""
    totals: Counter[str] = Counter()
    for character, count in Counter(g for truth in truths for g in graphemes(truth)).items():
        totals[_character_class(character)] += count
    return _classed(CHARACTER_CLASSES, totals, errors, _character_class)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """What a transcription uses as names, whether it is typed in capitals, and the class of each of its words."""

    names: frozenset[str]
    shouting: bool
    classes: tuple[str, ...]

    @classmethod
    def of(cls, truth: Page) -> Vocabulary:
        """The vocabulary of a transcription.

        Names are what it capitalises in mid-sentence, so those of a page typed in capitals are among the others.
        """
        runs = [list(tokens(truth.text, s.span)) for s in truth.segments if s.kind in COMPARED]
        cores = [t.core for run in runs for t in run if t.core]
        # What the page also has in lower case ("The", in a title) is no name.
        plain = set(cores)
        names = frozenset(n for n in capitalised(runs) if n.lower() not in plain)
        shouting = sum(c.isupper() for c in cores) > len(cores) / 2
        classes = (_word_class(truth, j, names, shouting=shouting) for j in range(len(truth.pieces)))
        return cls(names=names, shouting=shouting, classes=tuple(classes))


def word_classes(lineup: Lineup, vocabulary: Vocabulary) -> tuple[ClassCounts, ...]:
    """The counts of each class; a word is right where it equals its partner but for outer punctuation."""
    totals = Counter(c for j, c in enumerate(vocabulary.classes) if j not in lineup.truth_aside)
    errors: Counter[tuple[str, str]] = Counter()
    for i, j in lineup.pairs:
        if i in lineup.aside or j in lineup.truth_aside or (i is not None and lineup.right[i]):
            continue
        if j is not None:
            errors[vocabulary.classes[j], "" if i is None else "read"] += 1
        elif i is not None:
            added = _word_class(lineup.page, i, vocabulary.names, shouting=vocabulary.shouting)
            errors["", added] += 1
    return _classed(WORD_CLASSES, totals, errors, lambda name: name)


def _classed(
    names: Sequence[str],
    totals: Mapping[str, int],
    errors: Mapping[tuple[str, str], int],
    class_of: Callable[[str], str],
) -> tuple[ClassCounts, ...]:
    substituted: Counter[str] = Counter()
    deleted: Counter[str] = Counter()
    inserted: Counter[str] = Counter()
    for (truth, read), count in errors.items():
        if not truth:
            inserted[class_of(read)] += count
        else:
            (substituted if read else deleted)[class_of(truth)] += count
    return tuple(
        ClassCounts(
            name=name,
            counts=Counts(
                hits=totals.get(name, 0) - substituted[name] - deleted[name],
                substitutions=substituted[name],
                deletions=deleted[name],
                insertions=inserted[name],
            ),
        )
        for name in names
    )


def _character_class(character: str) -> str:
    first = character[0]
    if first.islower():
        return "small letter"
    if first.isupper():
        return "capital"
    if first.isdigit():
        return "digit"
    if first.isspace():
        return "space"
    return "other" if first.isalnum() else "punctuation"


def _word_class(page: Page, at: int, names: frozenset[str], *, shouting: bool) -> str:
    piece = page.pieces[at]
    core = piece.span.of(page.text)
    if not any(c.isalnum() for c in core):
        return "other"  # a full stop or a line of them that stands alone abbreviates nothing
    if is_designator(core):
        return "designator"
    if any(c.isdigit() for c in core) or (core.lower() in _MONTHS and _beside_figure(page, at)):
        return "number or date"
    is_title = core.lower() in TITLES and core[0].isupper()
    if is_title or "." in core or (_is_initials(core) and not shouting):
        return "abbreviation"
    return "name" if core in names else "other"


def _is_initials(core: str) -> bool:
    return core.isupper() and core.isalpha() and 1 < len(core) <= _LONGEST_ABBREVIATION


def _beside_figure(page: Page, at: int) -> bool:
    beside = page.pieces[max(0, at - 1) : at + 2]
    return any(c.isdigit() for piece in beside for c in piece.key)
