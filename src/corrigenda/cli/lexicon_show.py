"""What `lexicon show` and `lexicon check` print: text for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from corrigenda.lexicon.about import About, Pair, Unknown
from corrigenda.lexicon.entries import Compound, Entry, Reason, Rejected
from corrigenda.lexicon.persons import Person
from corrigenda.text import word_form

__all__ = ["about_json", "about_lines", "pair_json", "pair_lines", "unknown_json"]

_MOST_PERSONS = 8
_MOST_VARIANTS = 3
_NOT_TELLING = "not among those that stand most tellingly beside either; of others no count is kept"


def about_lines(told: About) -> Iterator[str]:
    """What is known of a word, in lines for people; the first says whether it is in the lexicon."""
    yield f"{told.word}: {_standing(told)}"
    if told.neighbours:
        for side, pairs in (("before it", told.neighbours.left), ("after it", told.neighbours.right)):
            if pairs:
                yield f"  {side}: " + ", ".join(f"{word} ({number})" for word, number in pairs)
    yield from _as_whole(told)
    yield from (f"  person: {_person(person)}" for person in told.persons[:_MOST_PERSONS])
    if len(told.persons) > _MOST_PERSONS:
        yield f"  and {len(told.persons) - _MOST_PERSONS} more of that name"
    if not (told.number or told.designator):
        yield _near((n.term, n.count) for n in told.near)
    if told.near_persons:
        yield "  near names: " + "; ".join(_person(n.persons[0], variants=False) for n in told.near_persons)


def _as_whole(told: About) -> Iterator[str]:
    """What a word, or several together, may stand for."""
    if told.designator:
        never = ", never met" if told.kept else ""
        seen = f", met {_times(told.met.total)}{_years(told.met.first, told.met.last)}" if told.met else never
        yield f"  designator: {told.designator}{seen}"
        if told.kept:
            yield _near((name, met.total) for name, met in told.near_designators)
    if told.abbreviation:
        dots = f", with a full stop {_times(told.abbreviation.dotted)}" if told.abbreviation.dotted else ""
        stands = told.abbreviation.expansion or "not explained"
        yield f"  abbreviation: {stands}{dots}"
    for name, known in told.names:
        yield f"  {known.kind}: {name}" + (f" ({known.short})" if known.short else "")
    for name, ways in told.compounds:
        yield _written(name, ways)


def _near(counted: Iterable[tuple[str, int]]) -> str:
    return "  near: " + (", ".join(f"{name} ({number})" for name, number in counted) or "nothing")


def pair_lines(phrase: About, pairs: Sequence[Pair]) -> Iterator[str]:
    """What is known of several words together, in lines for people."""
    yield f"{phrase.word}: {len(pairs) + 1} words, each told of below"
    for one in pairs:
        met = f"met {_times(one.count)}" if one.count else _NOT_TELLING
        yield f"  {one.right} behind {one.left}: {met}"
        if one.written:
            yield _written(f"{one.left}-{one.right}", one.written)
    yield from _as_whole(phrase)


def _written(hyphened: str, ways: Compound) -> str:
    left, _, right = hyphened.partition("-")
    return f"  written: {left}{right} {ways.closed}, {hyphened} {ways.hyphened}, {left} {right} {ways.apart}"


def _standing(told: About) -> str:
    if told.entry:
        return _entry(told.entry)
    general = "; general English has it" if told.general else ""
    if told.met:
        return f"a designator of {told.lexicon}"
    if any(name == word_form(told.word) for name, _ in told.compounds):
        return f"not in {told.lexicon}: counted as the word without its hyphen{general}"
    if told.rejected is None:
        return f"not in {told.lexicon}{_why_never(told)}{general}"
    return f"not in {told.lexicon}: {_why(told.rejected, told.instead)}{general}"


def _why_never(told: About) -> str:
    if told.number:
        return ": numbers are not kept"
    # Of a designator the line that tells its kind says so.
    return "" if told.kept else ": never met"


def _entry(entry: Entry) -> str:
    cases = (
        ("lower case", entry.lower),
        ("capitalised", entry.capital),
        ("capitals", entry.upper),
        ("mixed", entry.mixed),
    )
    written = ", ".join(f"{name} {number}" for name, number in cases if number)
    where = f" in {entry.documents} documents of {entry.volumes} volumes" if entry.volumes else ""
    return f"{_times(entry.total)}{where}{_years(entry.first, entry.last)} ({written})"


def _why(rejected: Rejected, instead: Entry | None) -> str:
    met = f"met {_times(rejected.total)} in {rejected.volumes} volumes" if rejected.total else ""
    meant = f", which was met {_times(instead.total)}" if instead else ""
    if rejected.reason is Reason.ONCE:
        return "met once, and a form met once is as likely an accident as a word"
    if rejected.reason is Reason.NOTE_DIGIT:
        return f"a footnote digit stuck to {rejected.instead}" + (f"; {met}" if met else "")
    if rejected.reason is Reason.RUN_TOGETHER:
        return f'run together from "{rejected.instead}"; {met}'
    how = "misread for" if rejected.reason is Reason.MISREAD else "a misprint of"
    return f'{met}, but {how} "{rejected.instead}"{meant}: its places are mostly those of that word'


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _years(first: int, last: int) -> str:
    if not last:
        return ""
    return f", {first}" if first == last else f", {first} to {last}"


def _person(person: Person, *, variants: bool = True) -> str:
    listed = f", listed in {person.volumes} volumes" if person.volumes > 1 else ""
    others = "; ".join(person.variants[:_MOST_VARIANTS]) if variants else ""
    return f"{person.name}{_years(person.first, person.last)}{listed}" + (f" (also {others})" if others else "")


def about_json(told: About) -> dict[str, Any]:
    """What is known of a word, for programs; what is not known is null or empty."""
    return {
        "word": told.word,
        "lexicon": told.lexicon,
        "entry": told.entry._asdict() if told.entry else None,
        "general": told.general,
        "rejected": _rejected_json(told.rejected),
        "neighbours": told.neighbours._asdict() if told.neighbours else None,
        "number": told.number,
        "near": [{"word": n.term, "count": n.count, "distance": n.distance} for n in told.near],
        "persons": [_person_json(person) for person in told.persons],
        "near_persons": [
            {"surname": n.surname, "distance": n.distance, "persons": [_person_json(p) for p in n.persons]}
            for n in told.near_persons
        ],
        "designator": str(told.designator) if told.designator else None,
        "designator_met": {"count": told.met.total, "first": told.met.first, "last": told.met.last}
        if told.met
        else None,
        "designator_kept": told.kept,
        "near_designators": [
            {"designator": name, "kind": str(met.kind), "count": met.total} for name, met in told.near_designators
        ],
        "abbreviation": told.abbreviation._asdict() if told.abbreviation else None,
        "names": [{"name": name, **known._asdict()} for name, known in told.names],
        "compounds": [{"word": name, **ways._asdict()} for name, ways in told.compounds],
    }


def pair_json(one: Pair) -> dict[str, Any]:
    """Two words side by side, for programs; a count that is not kept is null."""
    return {
        "left": one.left,
        "right": one.right,
        "count": one.count,
        "written": one.written._asdict() if one.written else None,
    }


def unknown_json(one: Unknown) -> dict[str, Any]:
    """A word that is not known, for programs."""
    return {
        "word": one.word,
        "count": one.count,
        "line": one.line,
        "rejected": _rejected_json(one.rejected),
        "near": list(one.near),
    }


def _rejected_json(rejected: Rejected | None) -> dict[str, Any] | None:
    return {**rejected._asdict(), "reason": str(rejected.reason)} if rejected else None


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "variants": list(person.variants),
        "first": person.first,
        "last": person.last,
        "volumes": person.volumes,
    }
