"""Passages that are right as they stand, however odd they look: whatever is changed in one of them is harm.

They lie in `tests/cases/negative`, a file for each kind of trap. All are made up, in the manner of the records: what
they say never happened. Typing errors in them are the typist's, which correction leaves.

Those that the corrector still falls for are in `tests/cases/known_failures/negative.json`; one that it learns to
leave alone must be taken off that list.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import corrigenda
from corrigenda.values import SegmentKind

CASES_FOLDER = Path(__file__).parents[1] / "cases"
FOLDER = CASES_FOLDER / "negative"
READINGS = ("page", "passage")


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A passage, and the trap that is in it."""

    id: str
    text: str
    why: str
    category: str


def _cases() -> list[Case]:
    return [
        Case(**record, category=path.stem)
        for path in sorted(FOLDER.glob("*.json"))
        for record in json.loads(path.read_text(encoding="utf-8"))
    ]


CASES = _cases()
KNOWN_FAILURES: dict[str, list[str]] = json.loads(
    (CASES_FOLDER / "known_failures" / "negative.json").read_text(encoding="utf-8")
)
"""The readings of a passage, by its id, that are changed though they are right."""


def _tried() -> list[object]:
    return [
        pytest.param(
            case,
            reading,
            id=f"{case.id}-{reading}",
            marks=[pytest.mark.xfail(strict=True, reason="a known failure")]
            if reading in KNOWN_FAILURES.get(case.id, ())
            else [],
        )
        for case in CASES
        for reading in READINGS
    ]


def _read(case: Case, *, whole: bool) -> corrigenda.Intake:
    return corrigenda.read(case.text.encode(), path=f"{case.id}.txt", document_id=case.id, whole=whole)


@pytest.fixture(scope="session")
def shipped() -> corrigenda.Setup:
    """What a user gets who chooses nothing: the shipped models and the options as they are by default."""
    return corrigenda.Setup(engine=corrigenda.open_engine())


@pytest.mark.parametrize(("case", "reading"), _tried())
def test_what_is_right_stays_as_it_is(case, reading, shipped):
    """Not a letter changes, read as a page or as a passage, in which salutations and signatures are text too."""
    corrected = corrigenda.run(_read(case, whole=reading == "passage"), shipped).corrected
    changes = "; ".join(f"{c.before!r} became {c.after!r} ({c.probability:.3f})" for c in corrected.corrections)
    assert corrected.text == case.text, f"{case.id}: {changes}. It is right as it stands: {case.why}"


def test_the_collection_is_large_and_varied():
    """There are 930 passages or more that stay, none twice, all short, with an id and a reason, 25 of every kind."""
    assert len({" ".join(case.text.split()).lower() for case in CASES}) == len(CASES)
    assert len([case for case in CASES if case.id not in KNOWN_FAILURES]) >= 930
    assert len(KNOWN_FAILURES) <= 2  # it may only become shorter
    assert len({case.id for case in CASES}) == len(CASES)
    assert [case.id for case in CASES if not case.id.startswith(f"{case.category}/")] == []
    assert [case.id for case in CASES if not (10 <= len(case.text.split()) <= 45 and case.why)] == []
    assert {category: n for category, n in Counter(case.category for case in CASES).items() if n < 25} == {}


@pytest.mark.parametrize(("whole", "least"), [(False, 0.95), (True, 0.98)], ids=["page", "passage"])
def test_the_corrector_may_touch_nearly_all_of_it(whole, least):
    """The passages stay as they are because nothing is wrong with them, and not because they were set aside."""
    words = touchable = 0
    for case in CASES:
        document = _read(case, whole=whole).document
        words += len(document.words)
        touchable += sum(
            len(segment.span.of(document.text).split())
            for segment in document.segments
            if segment.kind in SegmentKind.correctable()
        )
    assert touchable >= least * words
