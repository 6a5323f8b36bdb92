"""The head of a report says what else was listened to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.edition.collate import Collation
from corrigenda.edition.index import open_index
from corrigenda.edition.match import Match
from corrigenda.edition.writing import writing
from corrigenda.ingest.frus_text import read_edition
from corrigenda.report.witnesses import heard, not_used
from corrigenda.values import Span

EDITION = read_edition("7. Letter on Grain\n\nThe grain has not come.\n", name="frus1951v09")
COLLATION = Collation(citation="FRUS 1951 vol. IX, document 7", agreed=(), differences=())
MATCH = Match(
    page=Span(start=0, end=99),
    volume="frus1951v09",
    span=Span(start=0, end=99),
    probability=0.99996,
    agreement=0.951,
    words=1201,
    edition=replace(EDITION.documents[0], citation="FRUS 1951 vol. IX, document 7"),
    also=(),
)
OTHER = replace(
    MATCH, probability=0.957, words=40, edition=replace(MATCH.edition, citation="FRUS 1951 vol. IX, document 8")
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """An index without a volume, of which only the name is told."""
    path = tmp_path_factory.mktemp("index") / "frus.index"
    with writing(path, version="0") as writer:
        writer.changed = True
    return open_index(path)


def test_the_witness_that_was_given_is_named():
    """By what it is cited as and by its file, without a probability, since nobody looked for it."""
    assert list(heard(COLLATION, edition=EDITION)) == [
        ("Edition", "FRUS 1951 vol. IX, document 7; given as its witness, frus1951v09")
    ]


def test_what_was_found_is_told_with_its_probability_and_index(index):
    """Cut off after two places, so that nothing that is only likely is called certain."""
    assert list(heard(COLLATION, index=index, found=[MATCH])) == [
        ("Edition", "FRUS 1951 vol. IX, document 7, found with 0.99 (1,201 words, of which 95% agree) in frus")
    ]


def test_a_second_document_on_the_page_is_told_with_the_reason(index):
    """A page may copy two, and was corrected by the longer alone."""
    rows = list(heard(COLLATION, index=index, found=[MATCH, OTHER]))
    assert not_used(OTHER) == (
        "FRUS 1951 vol. IX, document 8, found with 0.95 (40 words, of which 95% agree); not corrected by it"
    )
    assert rows[1] == ("Also on the page", f"{not_used(OTHER)}, since another copy on it is longer")


def test_none_found_and_none_that_could_be_used_are_two_things(index):
    """The index that was asked is named; of a stretch that was too short to correct by, it is said."""
    assert list(heard(None, index=index)) == [("Edition", "none found in frus")]
    ((_, told),) = heard(None, index=index, found=[MATCH])
    assert told.endswith("in frus; too short or too badly read to correct by")


def test_other_readings_are_named():
    """All that were listened to; without any, and without an edition, there is no row."""
    assert list(heard(None, readings=["a.vision.txt"])) == [("Other reading", "a.vision.txt")]
    assert list(heard(None, readings=["a.vision.txt", "rapidocr"])) == [("Other readings", "a.vision.txt, rapidocr")]
    assert list(heard(None)) == []
