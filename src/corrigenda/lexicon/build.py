"""Making a lexicon of counts: what is kept, what is cut and why, and what else the text tells of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corrigenda.ingest.frus_text import WINDOW
from corrigenda.lexicon import clean, names
from corrigenda.lexicon.english import is_general
from corrigenda.lexicon.entries import Entry, Neighbours, Reason, Rejected
from corrigenda.lexicon.notation import compounds
from corrigenda.lexicon.persons import Persons
from corrigenda.lexicon.tables import Tables, table_texts
from corrigenda.lexicon.tokens import DIGIT
from corrigenda.lexicon.values import Lexicon, LexiconSource, words_sha256
from corrigenda.lexicon.words import general_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corrigenda.lexicon.counting import Counts
    from corrigenda.lexicon.persons import Person

__all__ = ["MINIMUM", "MINIMUM_WITH_DIGITS", "NEIGHBOURS", "build"]

MINIMUM = 2
"""A form met once is as likely an accident of the edition as a word."""
MINIMUM_WITH_DIGITS = 1
"""Designators (IL-28, 19th) are rare each, and their shape has been checked."""
NEIGHBOURS = 5
"""How many neighbours are kept on each side of a word."""
_LEAST_FOR_NEIGHBOURS = 20
_LEAST_PAIR = 3


def build(
    counts: Counts,
    *,
    name: str,
    version: str,
    created: str,
    sources: tuple[LexiconSource, ...],
    persons: tuple[Person, ...] = (),
) -> Lexicon:
    """Make the lexicon that ships: the forms that are believed, in `totals` what was cut, and the tables.

    `persons` are known names, which are never taken for misprints.
    """
    known = Persons(persons)
    rejected = {
        **_met_once(counts.forms),
        **clean.rejected(counts, is_general=_is_general, is_name=known.is_name),
    }
    kept = {form: entry for form, entry in counts.forms.items() if form not in rejected}
    # What was mended while counting is no form of its own, except where the page writes it so elsewhere.
    mended = {form: found for form, found in counts.mended.items() if form not in kept}
    texts = _tables(counts, kept, {**mended, **rejected}, known)
    return Lexicon(
        name=name,
        version=version,
        created=created,
        parameters={
            "minimum_count": MINIMUM,
            "minimum_count_with_digits": MINIMUM_WITH_DIGITS,
            "window_words": WINDOW,
        },
        totals={
            "volumes": len(counts.volumes),
            "documents": sum(volume.documents for volume in counts.volumes),
            "words": sum(volume.words for volume in counts.volumes),
            "forms": len(kept),
            "forms_cut": len(counts.forms) - len(kept),
            "forms_mended": len(mended),
            "persons": len(persons),
        },
        sources=sources,
        entries=dict(sorted(kept.items())),
        sha256=words_sha256(kept),
        tables=Tables({table: lambda text=text: text for table, text in texts.items()}),  # type: ignore[misc]
    )


def _is_general(form: str) -> bool:
    return is_general(form, general_words())


def _met_once(forms: Mapping[str, Entry]) -> dict[str, Rejected]:
    return {
        form: Rejected(entry.total, entry.volumes, Reason.ONCE, "")
        for form, entry in forms.items()
        if entry.total < (MINIMUM_WITH_DIGITS if DIGIT.search(form) else MINIMUM)
    }


def _tables(
    counts: Counts, kept: Mapping[str, Entry], rejected: Mapping[str, Rejected], persons: Persons
) -> dict[str, str]:
    abbreviations = counts.notation.abbreviations(kept, is_general=_is_general)
    return table_texts(
        rejected=rejected,
        neighbours=_neighbours(counts, kept),
        abbreviations=abbreviations,
        compounds=compounds(counts.compounds, kept, counts.bigrams),
        designators=counts.designators,
        names={
            **names.places(kept, counts.bigrams, is_surname=lambda form: bool(persons.of(form))),
            **names.agencies(abbreviations),
        },
        persons=persons.all,
    )


def _neighbours(counts: Counts, kept: Mapping[str, Entry]) -> dict[str, Neighbours]:
    telling = counts.bigrams.telling(NEIGHBOURS, _LEAST_PAIR)
    named = ((counts.bigrams.names[form], sides) for form, sides in telling.items())
    return {form: sides for form, sides in named if form in kept and kept[form].total >= _LEAST_FOR_NEIGHBOURS}
