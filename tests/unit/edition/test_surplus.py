"""Words that one text has and the other lacks, whatever letters a machine misread."""

from __future__ import annotations

import pytest

from corrigenda.align import align, blocks
from corrigenda.edition.surplus import Side, only_in_one

TEXT = "The grain was sent home by the consul in the old town before the winter came."


@pytest.fixture(scope="module")
def lacking(make_document):
    """What either of two made-up texts has and the other lacks, with what stands in its stead."""

    def found(first: str, second: str) -> list[tuple[str, str, str, int]]:
        sides = (Side.of(make_document(first)), Side.of(make_document(second)))
        keys = [side.keys for side in sides]
        differing = [b for b in blocks(align(*keys), *keys) if not b.equal]
        return [
            ("AB"[one.side], sides[one.side].text(one.run), sides[1 - one.side].text(one.instead), one.left_over)
            for block in differing
            for one in only_in_one(block, sides)
        ]

    return found


def test_words_with_nothing_in_their_stead(lacking):
    """They are found whole, and no letter of the other text is left over there."""
    second = TEXT.replace("consul", "consul of Bonn")
    assert lacking(TEXT, second) == [("B", "of Bonn", "", 0)]


def test_what_stands_in_their_stead_is_counted_by_its_letters(lacking):
    """A scrap beside a gap is told with the words that it stands for."""
    first = TEXT.replace("the consul", "the qx consul")
    second = TEXT.replace("the consul", "the Harlan of Bonn consul")
    assert ("B", "Harlan of Bonn", "qx", 2) in lacking(first, second)


def test_a_word_glued_to_a_neighbour_is_not_lacking(lacking):
    """Letters decide where words do not."""
    assert lacking(TEXT, TEXT.replace("consul in the", "consulin the")) == []
    assert lacking(TEXT, TEXT.replace("before", "be fore")) == []


def test_words_beside_a_misread_one_are_parted_from_it(lacking):
    """A misread word that keeps three letters in a row stands for itself, and what is beside it is lacking."""
    second = TEXT.replace("the winter", "the Harlan wimter")
    assert [(side, text) for side, text, _, _ in lacking(TEXT, second)] == [("B", "Harlan")]
