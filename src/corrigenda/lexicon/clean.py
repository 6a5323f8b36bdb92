"""The lexicon cleans itself: forms that stand for another word, found by the light of the whole text.

An edition that was printed, scanned and corrected has misprints and misreadings of its own ("It will foe necessary"),
and a word list made of it would bless them. Three things together give such a form away: another word a letter or a
shape away that is far more frequent, that stands in more volumes, and that fits the places where the form stands. The
last is measured by pairs of neighbours: how much likelier are the words on both sides beside the other word than
anywhere? "Arid" beside "UNSCOB" is "and"; "arid" beside "regions" is not.

A rare word, a name or a foreign word that is thrown out is worse than a misprint that stays, so each kind of word has
its own thresholds (docs/decisions/009-lexicon.md has what they were chosen by).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from corrigenda.lexicon.confusable import STRONG, WEAK, swapped
from corrigenda.lexicon.english import stems
from corrigenda.lexicon.entries import Reason, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from corrigenda.lexicon.bigrams import Bigrams
    from corrigenda.lexicon.counting import Counts
    from corrigenda.lexicon.entries import Entry

__all__ = ["rejected"]

_MOSTLY = 0.5
_LEAST_OF_OTHER = 50
_COMMON_HALF = 1000
_SHORTEST_HALF = 3
_LONG_HALF = 5
_MOST_VOLUMES = 3
# What can stand beside a name, and run together with it.
_SMALL_WORDS = frozenset({
    "and", "as", "at", "by", "for", "from", "has", "in", "is", "of", "on", "said", "that", "the", "this", "to", "was",
    "which", "will", "with",
})  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ROMAN = re.compile(r"[ivxlcdm]+")
_PRIOR = 20
"""How many pairs of the text at large are mixed into a word's own, so that a pair never met is not impossible."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    """What a form must show to be rejected for another word.

    `times` more frequent must the other be; `mean` is how much likelier (natural logarithm) the form's neighbours
    must be beside it, and `share` of the places must speak for it at all.
    """

    times: int
    mean: float
    share: float


# A word of the language that is not only misread: half of its places must be, and the letters must look alike.
_OF_LANGUAGE = _Rule(times=500, mean=-1.5, share=0.5)
_OF_LANGUAGE_SURE = _Rule(times=20, mean=5.0, share=0.9)
_MISREAD = _Rule(times=20, mean=0.5, share=0.6)
_MISPRINT = _Rule(times=50, mean=1.0, share=0.6)
_NAME = _Rule(times=200, mean=2.0, share=0.6)
_TOGETHER = _Rule(times=20, mean=0.5, share=0.6)
_LEAST_OF_NAME = 1000
_SHORTEST_NAME = 5
_SHORTEST_MISPRINT = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class _Other:
    """What a form may stand for: a word, or two of which `left` is the first and `right` the second."""

    left: str
    right: str
    rule: _Rule
    reason: Reason

    @property
    def text(self) -> str:
        """The word or words as they are listed."""
        return self.left if self.left is self.right else f"{self.left} {self.right}"


def rejected(
    counts: Counts, *, is_general: Callable[[str], bool], is_name: Callable[[str], bool]
) -> dict[str, Rejected]:
    """The forms that stand for another word, with the reason and the word.

    `is_general` says whether general English has a form, `is_name` whether somebody is called so; both are asked for
    forms in lower case.
    """
    judge = _Judge(counts, is_general=is_general, is_name=is_name)
    others = {form: found for form, entry in counts.forms.items() if (found := tuple(judge.others(form, entry)))}
    verdicts: dict[str, Rejected] = {}
    for form, fits in judge.fitting(others):
        passed = [
            (-fit.mean, other.text, other.reason)
            for other, fit in zip(others[form], fits, strict=True)
            if other.rule.mean <= fit.mean and other.rule.share <= fit.share
        ]
        if passed:
            _, instead, reason = min(passed)
            verdicts[form] = Rejected(counts.forms[form].total, counts.forms[form].volumes, reason, instead)
    return dict(sorted(verdicts.items()))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Fit:
    """How well a form's neighbours suit another word: on the average, and in which share of the places."""

    mean: float
    share: float


class _Judge:
    """The counts, made ready for the questions of the rules."""

    def __init__(self, counts: Counts, *, is_general: Callable[[str], bool], is_name: Callable[[str], bool]) -> None:
        self.forms: Mapping[str, Entry] = counts.forms
        self.bigrams: Bigrams = counts.bigrams
        self.running = counts.running
        self.is_general = is_general
        self.is_name = is_name
        self.cuts = _cuts(form for form, e in counts.forms.items() if _may_be_meant(form, e))

    def others(self, form: str, entry: Entry) -> Iterator[_Other]:
        """What `form` may stand for, each with the rule that is to be met."""
        if not _LETTERS.fullmatch(form) or _ROMAN.fullmatch(form):
            return
        named = _named(entry) > _MOSTLY
        if self.is_general(form):
            if not named and entry.total > 1:  # one place tells too little against a word of the language
                yield from self._words(form, swapped(form, STRONG), _OF_LANGUAGE, Reason.MISREAD)
                yield from self._words(form, swapped(form, STRONG), _OF_LANGUAGE_SURE, Reason.MISREAD)
            return
        if not self.is_name(form) and entry.upper <= _MOSTLY * entry.total:
            yield from self._run_together(form, entry, named=named)
            yield from self._of_names(form) if named else self._of_unlisted(form)

    def _words(self, form: str, others: Iterable[str], rule: _Rule, reason: Reason) -> Iterator[_Other]:
        for other in others:
            if self._outweighs(other, form, rule):
                yield _Other(left=other, right=other, rule=rule, reason=reason)

    def _of_names(self, form: str) -> Iterator[_Other]:
        if len(form) < _SHORTEST_NAME:
            return
        alike = swapped(form, WEAK)
        for others, reason in ((alike, Reason.MISREAD), (self._one_edit(form) - alike, Reason.MISPRINT)):
            known = (other for other in others if other in self.forms and self.forms[other].total >= _LEAST_OF_NAME)
            yield from self._words(form, known, _NAME, reason)

    def _of_unlisted(self, form: str) -> Iterator[_Other]:
        alike = swapped(form, WEAK)
        yield from self._words(form, alike, _MISREAD, Reason.MISREAD)
        if len(form) >= _SHORTEST_MISPRINT and not self._derived(form):
            yield from self._words(form, self._one_edit(form) - alike, _MISPRINT, Reason.MISPRINT)

    def _run_together(self, form: str, entry: Entry, *, named: bool) -> Iterator[_Other]:
        """`form` as two frequent words: "ofthe", "affairsfor"; two words that may make a name are left alone."""
        for at in range(1, len(form)):
            left, right = form[:at], form[at:]
            small = bool({left, right} & _SMALL_WORDS)
            if not (self._is_half(left) and self._is_half(right)) or (named and not small):
                continue
            if not small and entry.volumes > _MOST_VOLUMES:  # "airforce" is how some wrote it
                continue
            if min(len(left), len(right)) < _SHORTEST_HALF and max(len(left), len(right)) < _LONG_HALF:
                continue
            if self.bigrams.together(left, right) >= _TOGETHER.times * entry.total:
                yield _Other(left=left, right=right, rule=_TOGETHER, reason=Reason.RUN_TOGETHER)

    def _is_half(self, word: str) -> bool:
        return len(word) > 1 and word in self.forms and self.forms[word].total >= _COMMON_HALF

    def _one_edit(self, form: str) -> set[str]:
        """The frequent words one letter away, other than by an ending or a beginning, which make words of words."""
        near = {other for cut in _with_one_cut(form) for other in self.cuts.get(cut, ())} - {form}
        return {o for o in near if OSA.distance(form, o, score_cutoff=1) <= 1 and not _makes_words(form, o)}

    def _derived(self, form: str) -> bool:
        """Whether `form` is a word of the language with an ending or a beginning that no list spells out."""
        bases = {*stems(form), *_past(form)}
        bases |= {form.removeprefix(p) for p in _BEGINNINGS if form.startswith(p) and len(form) > len(p) + _STEM}
        return any(len(base) >= _STEM and self.is_general(base) for base in bases)

    def _outweighs(self, other: str, form: str, rule: _Rule) -> bool:
        """Whether `other` is so much more frequent and more spread, written in like case, and no mere variant."""
        more, less = self.forms.get(other), self.forms[form]
        if more is None or more.total < max(_LEAST_OF_OTHER, rule.times * less.total):
            return False
        spread = more.volumes > less.volumes or more.volumes == less.volumes == 1
        return spread and abs(_named(more) - _named(less)) <= _MOSTLY and _bare(other) != _bare(form)

    def fitting(self, wanted: Mapping[str, tuple[_Other, ...]]) -> Iterator[tuple[str, list[_Fit]]]:
        """For each form how well each of its others fits into its places."""
        places = _Places.of(self.running, {self.bigrams.index[form] for form in wanted}, len(self.bigrams.names))
        for form, others in wanted.items():
            left, right = places.around(self.bigrams.index[form])
            if len(left):  # a form that was met only within compounds has no place of its own
                yield form, [self._fit(left, right, other) for other in others]

    def _fit(self, left: NDArray[np.int32], right: NDArray[np.int32], other: _Other) -> _Fit:
        b = self.bigrams
        first, last = b.index[other.left], b.index[other.right]
        gain = _gain(b.counts(left, first), int(b.as_right[first]), b.as_left[left], b.total) * (left > 0)
        gain += _gain(b.counts(last, right), int(b.as_left[last]), b.as_right[right], b.total) * (right > 0)
        return _Fit(mean=float(gain.mean()), share=float((gain > 0).mean()))


def _gain(pairs: NDArray[np.int64], of_word: int, of_neighbour: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """How much likelier a neighbour is beside the word than anywhere, as a logarithm."""
    anywhere = np.maximum(of_neighbour, 1) / max(total, 1)
    beside = (pairs + _PRIOR * anywhere) / (of_word + _PRIOR)
    gain: NDArray[np.float64] = np.log(beside / anywhere)
    return gain


@dataclass(frozen=True, kw_only=True, slots=True)
class _Places:
    """Where some forms stand in the running text: form, the one before it and the one behind it, ordered by form."""

    form: NDArray[np.int32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]

    @classmethod
    def of(cls, running: Iterable[NDArray[np.int32]], forms: set[int], size: int) -> _Places:
        wanted = np.zeros(size, dtype=bool)
        wanted[sorted(forms)] = True
        parts = [np.zeros((3, 0), dtype=np.int32)]
        for text in running:
            at = np.flatnonzero(wanted[text])
            edged = np.concatenate(([0], text, [0])).astype(np.int32)
            parts.append(np.stack((text[at], edged[at], edged[at + 2])))
        found = np.concatenate(parts, axis=1)
        form, left, right = found[:, np.argsort(found[0], kind="stable")]
        return cls(form=form, left=left, right=right)

    def around(self, form: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """What stands before and behind `form`, place by place; 0 where nothing does."""
        start, end = np.searchsorted(self.form, (form, form + 1))
        return self.left[start:end], self.right[start:end]


def _named(entry: Entry) -> float:
    """Which share of a word is written as names are."""
    return 1 - entry.lower / entry.total


def _bare(form: str) -> str:
    """A form without its accents: régime and regime are one word."""
    return "".join(c for c in unicodedata.normalize("NFD", form) if c.isalpha())


_STEM = 4
_BEGINNINGS = ("anti", "counter", "de", "dis", "fore", "in", "inter", "mis", "non", "out", "over", "pre", "re", "semi",
               "sub", "super", "ultra", "un", "under")  # fmt: skip


def _past(form: str) -> Iterator[str]:
    """What the past tense `form` may be of; the doubled letter of "planned" is one of the stem's."""
    if form.endswith("ed"):
        yield from (form[:-1], form[:-2])
        if form[-3:-2] == form[-4:-3]:
            yield form[:-3]


def _makes_words(form: str, other: str) -> bool:
    """Whether two forms one edit apart differ in their first or last letter, where grammar and languages differ."""
    return form[0] != other[0] or form[-1] != other[-1]


def _may_be_meant(form: str, entry: Entry) -> bool:
    return entry.total >= _LEAST_OF_OTHER and len(form) >= _SHORTEST_NAME and bool(_LETTERS.fullmatch(form))


def _with_one_cut(form: str) -> Iterator[str]:
    yield form
    yield from (form[:at] + form[at + 1 :] for at in range(len(form)))


def _cuts(forms: Iterable[str]) -> dict[str, list[str]]:
    """The words by what is left of them with one letter gone: words one edit apart share such a remainder."""
    cuts: dict[str, list[str]] = {}
    for form in forms:
        for cut in _with_one_cut(form):
            cuts.setdefault(cut, []).append(form)
    return cuts
