"""Counting clean text: every word form with its cases, its documents, volumes and years, and what it stood beside.

The running text is kept as numbers, one for each spelling, so that what takes a second look (words that were run
together, pairs of neighbours) is arithmetic on arrays and no second reading.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import count as numbers
from typing import TYPE_CHECKING

import numpy as np

from corrigenda.lexicon.bigrams import Bigrams
from corrigenda.lexicon.designators import Designator, Met, classify, normal, papers
from corrigenda.lexicon.entries import Entry, Reason, Rejected
from corrigenda.lexicon.notation import Notation
from corrigenda.lexicon.tokens import CASES, DIGIT, case, readings, surfaces, texts, without_note_digit, words
from corrigenda.lexicon.years import volume_years
from corrigenda.text import word_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from corrigenda.ingest.frus_text import Edition, EditionDocument

__all__ = ["Counts", "VolumeCount", "count"]

_BREAK = ""
"""Stands between paragraphs in the running text; it is the first spelling, and the first form."""
_NEVER = 9999


@dataclass(frozen=True, kw_only=True, slots=True)
class VolumeCount:
    """How much one edition held; a hyphenated compound is one word, a pure number none."""

    name: str
    words: int
    documents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Every word form that was met, nothing cut yet, the pairs of neighbours, and the editions they were met in.

    `running` are the editions themselves, each word by its number in `bigrams.names`, 0 where a paragraph ends or a
    number stands. `mended` has what was counted as something else from the start (words run together at the edition's
    seams, footnote digits), `compounds` how often each form with a hyphen was met, before line ends were healed.
    """

    forms: Mapping[str, Entry]
    bigrams: Bigrams
    running: tuple[NDArray[np.int32], ...]
    volumes: tuple[VolumeCount, ...]
    mended: Mapping[str, Rejected]
    compounds: Mapping[str, int]
    notation: Notation
    designators: Mapping[str, Met]


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:{_MONTHS}) \d{{1,2}}, (1[89]\d\d)\b")


def _years(document: EditionDocument, volume: tuple[int, int] | None) -> tuple[int, int]:
    """The year that a document's heading gives, else those of its volume; (9999, 0) where neither tells."""
    if document.number is not None:
        found = _DATE.search(" ".join((document.title, *document.paragraphs[:2])))
        year = int(found[1]) if found else 0
        if year and (volume is None or volume[0] <= year <= volume[1]):
            return year, year
    return volume or (_NEVER, 0)


class _Running:
    """Editions as numbers: the spelling of each word in order, and for each document where it is from."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(numbers().__next__)
        self.numbers[_BREAK]  # the first number
        self.volumes: list[NDArray[np.int32]] = []
        self.met: list[NDArray[np.int64]] = []
        self.documents: list[tuple[int, int, int]] = []
        """For each document the number of its volume, and its first and last year."""
        self.sizes: list[tuple[str, int]] = []
        self.notation = Notation()
        self.papers: dict[str, list[tuple[int, int]]] = {}

    def take(self, edition: Edition) -> None:
        """Read one edition to its end."""
        volume = array("i")
        met: list[NDArray[np.int64]] = []
        years = volume_years(edition.name)
        for document in edition.documents:
            start, found = len(volume), _years(document, years)
            for text in texts(document):
                self.notation.take(text)
                for paper in papers(text):
                    self.papers.setdefault(normal(paper), []).append(found)
                volume.extend(map(self.numbers.__getitem__, surfaces(text)))
                volume.append(0)
            spellings = np.unique(np.frombuffer(volume, dtype=np.int32)[start:]).astype(np.int64)
            met.append(spellings * _MOST_DOCUMENTS + len(self.documents))
            self.documents.append((len(self.volumes), *found))
        self.volumes.append(np.array(volume, dtype=np.int32))
        self.met.append(np.concatenate(met))
        self.sizes.append((edition.name, len(edition.documents)))


_MOST_DOCUMENTS = 1 << 24


@dataclass(frozen=True, kw_only=True, slots=True)
class _Forms:
    """The forms behind the spellings: those of spelling `i` are `members[starts[i]:starts[i + 1]]`."""

    names: tuple[str, ...]
    cases: NDArray[np.int64]
    starts: NDArray[np.int64]
    members: NDArray[np.int64]


def _forms(spellings: list[str], totals: list[int]) -> _Forms:
    alone: Counter[str] = Counter()
    for surface, number in zip(spellings, totals, strict=True):
        for reading in readings(surface)[:1]:
            alone[word_form(reading)] += number
    index: defaultdict[str, int] = defaultdict(numbers().__next__)
    index[_BREAK]  # spelling 0 has form 0
    starts, members = [0], array("q")
    cases = array("q")
    for surface, number in zip(spellings, totals, strict=True):
        for word in words(surface, number, alone):
            members.append(index[word_form(word)])
            cases.append(CASES.index(case(word)))
        starts.append(len(members))
    spread = np.diff(np.array(starts))
    table = np.zeros((len(index), len(CASES)), dtype=np.int64)
    np.add.at(table, (np.array(members), np.array(cases)), np.repeat(np.array(totals), spread))
    return _Forms(names=tuple(index), cases=table, starts=np.array(starts), members=np.array(members))


def count(editions: Iterable[Edition]) -> Counts:
    """Count the words of `editions`, one at a time, so that a folder of volumes need not fit in memory.

    The total of a part of a compound includes its use in compounds. A neighbour is the next word in the same
    paragraph, whatever stands between; a compound is one neighbour, and numbers are none.
    """
    running = _Running()
    for edition in editions:
        running.take(edition)
    spellings = list(running.numbers)
    per_volume = [np.bincount(volume, minlength=len(spellings)) for volume in running.volumes]
    totals = np.sum(per_volume, axis=0) if per_volume else np.zeros(len(spellings), dtype=np.int64)
    totals[0] = 0
    forms = _forms(spellings, totals.tolist())
    is_word = np.diff(forms.starts) > 0
    texts_in_forms = _in_forms(forms, running)
    entries = _entries(forms, running)
    return Counts(
        forms=entries,
        bigrams=Bigrams.of(forms.names, texts_in_forms),
        running=texts_in_forms,
        volumes=tuple(
            VolumeCount(name=name, words=int(here[is_word].sum()), documents=documents)
            for (name, documents), here in zip(running.sizes, per_volume, strict=True)
        ),
        mended=_mended(spellings, totals, np.sum([here > 0 for here in per_volume], axis=0), forms),
        compounds=_compounds(spellings, totals),
        notation=running.notation,
        designators=_designators(forms, entries, running),
    )


def _designators(forms: _Forms, entries: Mapping[str, Entry], running: _Running) -> dict[str, Met]:
    """The designators of one word and the numbered papers, with their kinds; ordinals and the like are plain words."""
    found: dict[str, Met] = {}
    for form in forms.names[1:]:
        name = normal(form)
        kind = classify(name) if DIGIT.search(form) else None
        if kind in {Designator.WEAPON, Designator.TELEGRAM, Designator.LAW, Designator.SERIES, Designator.PAPER}:
            entry = entries[form]
            found[name] = Met(kind, entry.total, entry.first, entry.last).plus(found.get(name))
    for name, years in running.papers.items():
        if kind := classify(name):
            first, last = min(f for f, _ in years) % _NEVER, max(last for _, last in years)
            found[name] = Met(kind, max(len(years), found[name].total if name in found else 0), first, last)
    return dict(sorted(found.items()))


_LEAST_MENDED = 2


def _mended(
    spellings: list[str], totals: NDArray[np.int64], volumes: NDArray[np.int64], forms: _Forms
) -> dict[str, Rejected]:
    """What was met twice or more, and counted as something else: the parts, or the word without its digits."""
    mended: dict[str, Rejected] = {}
    for i in np.flatnonzero(totals >= _LEAST_MENDED).tolist():
        surface, form = spellings[i], word_form(spellings[i])
        members = forms.members[forms.starts[i] : forms.starts[i + 1]]
        if without_note_digit(surface):
            reason = Reason.NOTE_DIGIT
        elif readings(surface) == (surface,) and len(members) > 1:
            reason = Reason.RUN_TOGETHER
        else:  # "5-year" and "mid-1953" hold a word that is counted, and are no accidents
            continue
        instead = " ".join(forms.names[m] for m in members)
        before = mended.get(form, Rejected(0, 0, reason, instead))
        total, most = before.total + int(totals[i]), max(before.volumes, int(volumes[i]))
        mended[form] = Rejected(total, most, reason, instead)
    return mended


def _compounds(spellings: list[str], totals: NDArray[np.int64]) -> Counter[str]:
    """How often each form with a hyphen between letters was met as it stands."""
    compounds: Counter[str] = Counter()
    for surface, number in zip(spellings, totals.tolist(), strict=True):
        if "-" in surface and (found := readings(surface)) and "-" in found[0]:
            compounds[word_form(found[0])] += number
    return compounds


def _entries(forms: _Forms, running: _Running) -> dict[str, Entry]:
    spread = _spread(forms, running)
    edges = np.searchsorted(spread // _MOST_DOCUMENTS, np.arange(len(forms.names) + 1))
    documents = np.array([(0, 0, 0), *running.documents])[1:]
    volume, first, last = documents[spread % _MOST_DOCUMENTS].T
    fresh = np.ones(len(spread), dtype=np.int64)
    fresh[1:] = (np.diff(volume) != 0) | (np.diff(spread // _MOST_DOCUMENTS) != 0)
    rows = np.column_stack((
        forms.cases.sum(axis=1)[1:],
        forms.cases[1:, :3],
        np.diff(edges)[1:],
        np.add.reduceat(fresh, edges[1:-1]),
        np.minimum.reduceat(first, edges[1:-1]) % _NEVER,
        np.maximum.reduceat(last, edges[1:-1]),
    )) if len(forms.names) > 1 else np.zeros((0, 8), dtype=np.int64)  # fmt: skip
    return dict(zip(forms.names[1:], map(Entry._make, rows.tolist()), strict=True))


def _spread(forms: _Forms, running: _Running) -> NDArray[np.int64]:
    """Each form with each document that it stands in, once, as one number, in order."""
    met = np.concatenate(running.met) if running.met else np.zeros(0, dtype=np.int64)
    spelling, document = met // _MOST_DOCUMENTS, met % _MOST_DOCUMENTS
    reach = np.diff(forms.starts)[spelling]
    # The i-th member of a spelling stands i places behind its start.
    inner = np.arange(reach.sum()) - np.repeat(np.cumsum(reach) - reach, reach)
    form = forms.members[np.repeat(forms.starts[spelling], reach) + inner]
    return np.unique(form * _MOST_DOCUMENTS + np.repeat(document, reach))


def _in_forms(forms: _Forms, running: _Running) -> tuple[NDArray[np.int32], ...]:
    """The running texts as forms; of a spelling that holds several words the first stands, a compound itself."""
    whole = np.zeros(len(forms.starts) - 1, dtype=np.int32)
    has_form = np.diff(forms.starts) > 0
    whole[has_form] = forms.members[forms.starts[:-1][has_form]]
    return tuple(whole[volume] for volume in running.volumes)
