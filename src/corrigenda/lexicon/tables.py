"""What a lexicon tells beside the counts: tables that are read when they are first asked for.

Opening a lexicon must not cost more than its words, which every run needs; why a word was rejected, who was called so
and what stood beside it is asked by few. Each table is tab-separated text with a header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from corrigenda.lexicon.designators import Designator, Met
from corrigenda.lexicon.entries import Abbreviation, Compound, Neighbours, Reason, Rejected
from corrigenda.lexicon.names import Name, NameKind
from corrigenda.lexicon.persons import Person, Persons

__all__ = ["TABLES", "Tables", "table_texts"]

TABLES = ("rejected", "neighbours", "abbreviations", "compounds", "designators", "names", "persons")
"""The names of the tables; `rejected.tsv` is the file of the first."""

_HEADERS = {
    "rejected": "word\ttotal\tvolumes\treason\tinstead",
    "neighbours": "word\tleft\tright",
    "abbreviations": "word\ttotal\tdotted\texpansion\texplained",
    "compounds": "word\tclosed\thyphened\tapart",
    "designators": "designator\tkind\ttotal\tfirst\tlast",
    "names": "name\tkind\ttotal\tshort",
    "persons": "name\tvariants\tfirst\tlast\tvolumes",
}
_PARTING = " | "
T = TypeVar("T")


class Tables:
    """The tables of a lexicon; one that it does not have is empty."""

    def __init__(self, texts: Mapping[str, Callable[[], str]]) -> None:
        """`texts` gives for a name of `TABLES` what returns the table's text, header and all."""
        self._texts = texts

    def texts(self) -> dict[str, str]:
        """The text of every table, by its name."""
        return {table: text() for table, text in self._texts.items()}

    def _rows(self, table: str) -> Iterable[Sequence[str]]:
        if table not in self._texts:
            return ()
        return (line.split("\t") for line in self._texts[table]().split("\n")[1:] if line)

    @cached_property
    def rejected(self) -> Mapping[str, Rejected]:
        """The forms that were met and are not believed, with the reason."""
        reasons = {str(reason): reason for reason in Reason}
        return {w: Rejected(int(t), int(v), reasons[r], i) for w, t, v, r, i in self._rows("rejected")}

    @cached_property
    def neighbours(self) -> Mapping[str, Neighbours]:
        """The telling neighbours of the words met often enough."""
        return {word: Neighbours(_pairs(left), _pairs(right)) for word, left, right in self._rows("neighbours")}

    @cached_property
    def abbreviations(self) -> Mapping[str, Abbreviation]:
        """Short forms, and what they stand for."""
        return {w: Abbreviation(int(t), int(d), e, int(n)) for w, t, d, e, n in self._rows("abbreviations")}

    @cached_property
    def compounds(self) -> Mapping[str, Compound]:
        """Words of two parts that are written in more than one way, by the form with a hyphen."""
        return {word: Compound(*map(int, numbers)) for word, *numbers in self._rows("compounds")}

    @cached_property
    def designators(self) -> Mapping[str, Met]:
        """Designators that were met, in their normal form."""
        kinds = {str(kind): kind for kind in Designator}
        return {d: Met(kinds[k], *map(int, numbers)) for d, k, *numbers in self._rows("designators")}

    @cached_property
    def names(self) -> Mapping[str, Name]:
        """Places in lower case, and agencies as the text writes them."""
        kinds = {str(kind): kind for kind in NameKind}
        return {name: Name(kinds[kind], int(total), short) for name, kind, total, short in self._rows("names")}

    @cached_property
    def persons(self) -> Persons:
        """Who the series lists."""
        return Persons(
            Person(
                name=name,
                variants=tuple(filter(None, variants.split(_PARTING))),
                first=int(first),
                last=int(last),
                volumes=int(volumes),
            )
            for name, variants, first, last, volumes in self._rows("persons")
        )

    @classmethod
    def together(cls, parts: Sequence[Tables]) -> Tables:
        """The tables of several lexicons as one; where two know the same thing the first is taken."""

        def joined(table: str) -> str:
            rows: dict[str, str] = {}
            for part in parts:
                for row in part._rows(table):
                    # Namesakes are different persons.
                    key = "\t".join(row) if table == "persons" else row[0]
                    rows.setdefault(key, "\t".join(row))
            return _text(table, rows.values())

        known = {table for part in parts for table in part._texts}
        return cls({table: lambda table=table: joined(table) for table in sorted(known)})  # type: ignore[misc]


def _pairs(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (pair.rpartition(":") for pair in text.split())
    return tuple((word, int(number)) for word, _, number in pairs)


def _text(table: str, rows: Iterable[str]) -> str:
    return "\n".join((_HEADERS[table], *rows)) + "\n"


def table_texts(
    *,
    rejected: Mapping[str, Rejected],
    neighbours: Mapping[str, Neighbours],
    abbreviations: Mapping[str, Abbreviation],
    compounds: Mapping[str, Compound],
    designators: Mapping[str, Met],
    names: Mapping[str, Name],
    persons: Iterable[Person],
) -> dict[str, str]:
    """The text of each table that is not empty, by its name."""
    plain: dict[str, Mapping[str, tuple[object, ...]]] = {
        "rejected": rejected,
        "abbreviations": abbreviations,
        "compounds": compounds,
        "designators": designators,
        "names": names,
    }
    rows = {
        table: ["\t".join((key, *map(str, values))) for key, values in sorted(mapping.items())]
        for table, mapping in plain.items()
    }
    rows["neighbours"] = [
        "\t".join((word, *(" ".join(f"{other}:{number}" for other, number in side) for side in sides)))
        for word, sides in sorted(neighbours.items())
    ]
    rows["persons"] = [
        "\t".join((p.name, _PARTING.join(p.variants), str(p.first), str(p.last), str(p.volumes)))
        for p in Persons(persons).all
    ]
    return {table: _text(table, rows[table]) for table in TABLES if rows[table]}
