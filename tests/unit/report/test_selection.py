"""Choosing corrections of a ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.report.selection import Choice, selected
from corrigenda.values import CorrectionKind, Evidence

TEXT = "a b c d"


@pytest.fixture
def corrections(make_change):
    """A name of the edition (0.99), a character (0.95) and a restoration of the edition (0.91)."""
    by_edition = (Evidence(rule="edition", says="x"), Evidence(rule="lexicon", says="y"))
    first = make_change(TEXT, "a", "A", kind=CorrectionKind.NAME)
    second = make_change(TEXT, "b", "B", kind=CorrectionKind.REAL_WORD)
    third = make_change(TEXT, "", "C", at=4, kind=CorrectionKind.RESTORATION)
    return (
        replace(first, probability=0.99, evidence=by_edition),
        second,
        replace(third, probability=0.91, evidence=by_edition[:1]),
    )


@pytest.mark.parametrize(
    ("only", "without", "expected"),
    [
        ([], [], (0, 1, 2)),
        (["kind=name"], [], (0,)),
        (["kind=real word"], [], (1,)),
        (["kind=name", "kind=restoration"], [], (0, 2)),
        (["id=2"], [], (1,)),
        (["id=1", "id=3"], [], (0, 2)),
        (["rule=edition"], [], (0, 2)),
        (["rule=lexicon"], [], (0, 1)),
        (["probability=0.95"], [], (0, 1)),
        (["rule=edition", "probability=0.95"], [], (0,)),
        (["rule=edition", "kind=real word"], [], ()),
        ([], ["kind=restoration"], (0, 1)),
        ([], ["kind=restoration", "id=1"], (1,)),
        (["rule=edition"], ["kind=restoration"], (0,)),
        (["id=4"], [], ()),
        ([], ["probability=0"], ()),
    ],
)
def test_values_of_one_key_are_alternatives_and_keys_add_up(corrections, only, without, expected):
    """`--only` takes what fits every key in one of its values; `--without` bars what fits any."""
    chosen = selected(corrections, only=[Choice.parse(c) for c in only], without=(Choice.parse(c) for c in without))
    assert chosen == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind", "is not KEY=VALUE with one of the keys id, kind, rule, probability"),
        ("kind=", "is not KEY=VALUE"),
        ("colour=red", "is not KEY=VALUE"),
        ("kind=magic", "there is no kind 'magic'; kinds are spacing, hyphen"),
        ("id=first", "'first' is no id"),
        ("id=-1", "'-1' is no id"),
        ("probability=high", "'high' is no probability"),
        ("probability=1.5", "'1.5' is no probability"),
        ("probability=nan", "'nan' is no probability"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(text: str, says: str):
    """The message names the keys or the values that there are."""
    with pytest.raises(ValueError, match=says):
        Choice.parse(text)


def test_a_value_may_hold_an_equals_sign():
    """Only the first one parts key and value."""
    assert Choice.parse("rule=a=b") == Choice(key="rule", value="a=b")
