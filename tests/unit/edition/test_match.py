"""Finding the document of an edition that a page is a copy of."""

from __future__ import annotations

import pytest

from corrigenda.edition.match import best_match
from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import Edition, read_edition

HARBOUR = "The harbour was closed for the winter and the mission of the consul went home."
GRAIN = "The grain that was sent to the mission has not come, and the town is hungry."
VOLUME = f"""7. Letter on the Harbour

{HARBOUR}



8. Letter on the Grain

{GRAIN}



9. Letter on the Harbour Again

The harbour was closed for the summer, they said, and it was not opened.
"""


def test_the_document_with_the_most_shared_runs_is_taken(make_document):
    """A misread page finds its own document, though another speaks of the same thing."""
    edition = read_edition(VOLUME, name="frus1951v09")
    assert [d.number for d in edition.documents] == ["7", "8", "9"]
    page = make_document("SECRET\n\n" + GRAIN.replace("grain", "groin").replace("town", "tcwn"))
    assert best_match(page, edition).number == "8"


def test_the_first_of_equals_is_taken(make_document):
    """An unknown page gets the same answer each time; whether it is right is for collating to tell."""
    edition = read_edition(VOLUME, name="frus1951v09")
    assert best_match(make_document("Apples fall from their trees in autumn."), edition).number == "7"


def test_a_text_without_numbers_is_one_document(make_document):
    """A plain text longer than a stretch is taken whole, so that nothing of the letter is lost."""
    paragraphs = [f"{HARBOUR} {n} {GRAIN}" for n in range(40)]
    edition = read_edition("\n\n".join(paragraphs), name="letter")
    assert len(edition.documents) > 1
    found = best_match(make_document(HARBOUR), edition)
    assert found.number is None
    assert " ".join(" ".join(found.paragraphs).split()) == " ".join(paragraphs)
    assert found.citation == edition.documents[0].citation


def test_an_edition_without_a_document_is_refused(make_document):
    """The message names the edition."""
    with pytest.raises(BadInputError, match="empty: holds no document"):
        best_match(make_document(HARBOUR), Edition(name="empty", sha256="0", documents=()))
