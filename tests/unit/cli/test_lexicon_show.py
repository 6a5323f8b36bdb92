"""What `lexicon show` prints of words that are none: designators, numbers, abbreviations with their full stop."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from corrigenda.cli import cli


def shown(*words: str) -> list[str]:
    """The lines of the shipped lexicon."""
    done = CliRunner().invoke(cli, ["lexicon", "show", *words])
    assert done.exit_code == 0
    return done.stdout.splitlines()


def test_a_designator_that_was_never_met_is_told_with_those_that_are_near():
    """Once, in the line that says what kind it is, and no word stands near it."""
    first, kind, near, *more = shown("SS-4")
    assert (first, kind) == ("SS-4: not in frus-1945-68", "  designator: weapon, never met")
    assert near.startswith("  near: ")
    assert "SS-2 (" in near
    assert more == []


@pytest.mark.parametrize("number", ["68", "1,500", "5412/2"])
def test_of_a_number_is_said_that_none_is_kept(number: str):
    """It may well have been met, and no word is near it."""
    assert shown(number) == [f"{number}: not in frus-1945-68: numbers are not kept"]


def test_of_dates_is_not_said_that_they_were_never_met():
    """Dates and sums are told by their shape, and none is kept."""
    assert "  designator: date" in shown("October 22")


def test_a_pair_is_told_with_full_stop_and_without():
    """Mr. Bundy is met as often as Mr Bundy, and Mr. as often as Mr."""
    assert shown("Mr. Bundy")[1].replace("Mr.", "Mr") == shown("Mr Bundy")[1]
    assert "  Bundy behind Mr.: met " in shown("Mr. Bundy")[1]
    assert shown("Mr.")[0].startswith("Mr.: 58,126 times in ")
