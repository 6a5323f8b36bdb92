"""Which of the copies that an index finds a run corrects by."""

from __future__ import annotations

import pytest

from corrigenda.edition.collate import collate
from corrigenda.edition.match import matches, of_match
from corrigenda.pipeline import Setup, beside_edition


@pytest.fixture(scope="module")
def setup(make_engine, made_index):
    """A run with an index."""
    return Setup(engine=make_engine("the harbour"), index=made_index)


def test_a_copy_that_is_not_sure_corrects_nothing(setup, make_document, made_index, made_sentences):
    """It is told by `edition match` as more likely than not, and could be collated; a run asks for .95."""
    extract = " ".join(" ".join(made_sentences(203, 12)[2:4]).split()[:30])
    document = make_document(" ".join([*made_sentences(950, 2), extract, *made_sentences(951, 2)]))
    (found,) = matches(document.text, made_index)
    assert 0.5 < found.probability < 0.95
    assert collate(of_match(document, found), found.edition).agreed
    beside = beside_edition(document, setup)
    assert (beside.collation, beside.found) == (None, ())


@pytest.mark.parametrize(("first", "second"), [(5, 10), (10, 5)])
def test_of_several_copies_the_longest_corrects(setup, make_document, made_index, made_sentences, first, second):
    """Wherever it stands on the page."""
    one, two = made_sentences(301, 12)[:first], made_sentences(104, 12)[:second]
    document = make_document("\n\n".join([" ".join(one), " ".join(two)]))
    assert [match.volume for match in matches(document.text, made_index)] == ["frus1951v03", "frus1951v01"]
    collation = beside_edition(document, setup).collation
    assert collation is not None
    assert collation.citation.startswith("FRUS 1951 vol. III, " if first > second else "FRUS 1951 vol. I, ")
