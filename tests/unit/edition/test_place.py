"""The exact place of a copy: what is in it, where it ends, what any two texts share."""

from __future__ import annotations

import re

import pytest

from corrigenda.edition.place import place

TEXT = re.findall(
    r"\w+", "consul told the governor that grain would come by the next ship and coal by rail in the summer"
)
OTHER = re.findall(
    r"\w+", "on monday it was the habit of a minister to read and to sign what the clerks had put by in the tray"
)


def test_a_stretch_is_found_between_other_words():
    """Words before and after that the two share by chance are not part of it."""
    found = place([*OTHER, *TEXT, *OTHER], [*OTHER[::-1], *TEXT, *OTHER[::-1]])
    assert found is not None
    assert found.page == (len(OTHER), len(OTHER) + len(TEXT))
    assert found.edition == found.page
    assert found.agreement > 0.9


def test_misread_words_are_part_of_it():
    """A misread word costs nothing, also at either end, but does not count as one that agrees."""
    page = list(TEXT)
    page[0], page[3], page[-1] = "consnl", "govemor", "sunmer"
    found = place(page, [*OTHER, *TEXT, *OTHER])
    assert found is not None
    assert found.page == (0, len(TEXT))
    assert found.edition == (len(OTHER), len(OTHER) + len(TEXT))
    assert found.same == found.score == len(TEXT) - 3


def test_split_and_glued_words_are_part_of_it():
    """What the OCR split or ran together has the same letters."""
    page = " ".join(TEXT).replace("governor", "gover nor").replace("next ship", "nextship").split()
    found = place(page, TEXT)
    assert found is not None
    assert (found.page, found.score) == ((0, len(page)), len(TEXT) - 3)


def test_a_long_note_inside_parts_nothing():
    """A footnote that the edition prints inside a sentence costs no more than twenty words."""
    found = place(TEXT * 4, [*TEXT, *TEXT, *("x" * 300), *TEXT, *TEXT])
    assert found is not None
    assert (found.page, found.score) == ((0, 4 * len(TEXT)), 4 * len(TEXT) - 20)


@pytest.mark.parametrize(("page", "edition"), [(["a"], ["b"]), ([], TEXT), (TEXT, [])])
def test_where_nothing_agrees_there_is_no_place(page, edition):
    """No word in common is None, not a place of no words."""
    assert place(page, edition) is None
