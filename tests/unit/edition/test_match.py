"""Finding the document of an edition that a page is a copy of."""

from __future__ import annotations

import pytest

from corrigenda.edition.collate import collate
from corrigenda.edition.index import open_index
from corrigenda.edition.match import best_match, matches, of_match
from corrigenda.edition.words import words
from corrigenda.edition.writing import writing
from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import Edition, read_edition
from corrigenda.ingest.frus_volume import text_volume
from corrigenda.values import Span

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


# Looking for a page in an index


def worn(text: str, every: int) -> str:
    """`text` with a letter of every so manyth word misread, and lines of ten words."""
    worn_words = text.split()
    for n in range(every - 1, len(worn_words), every):
        word = worn_words[n]
        worn_words[n] = word[: len(word) // 2] + "x" + word[len(word) // 2 + 1 :]
    return "\n".join(" ".join(worn_words[n : n + 10]) for n in range(0, len(worn_words), 10))


def test_a_page_is_found_with_its_place(made_index, made_sentences):
    """A page of which every fifth word is misread is found where it stands, from its first word to its last."""
    text = " ".join(made_sentences(203, 12)[2:9])
    (found,) = matches(worn(text, 5), made_index)
    volume = next(one for one in made_index.volumes.values() if one.name == found.volume)
    printed = made_index.text(volume, found.span)
    assert found.volume == "frus1951v02"
    assert " ".join(printed.split()) == text.removesuffix(".")
    assert (found.page.start, found.words) == (0, len(words(text).keys))
    assert found.citation == "FRUS 1951 vol. II, document 3, Telegram of the Consul"
    assert found.probability > 0.99
    assert 0.75 < found.agreement < 0.85


def test_paragraphs_are_those_of_the_document(made_index, made_sentences):
    """The stretch is handed on in its paragraphs, counted from the heading of its document."""
    said = made_sentences(203, 12)
    (found,) = matches(" ".join(said[7:]), made_index)
    assert found.edition.paragraphs == (" ".join(said[7:]).removesuffix("."),)
    assert found.edition.first_paragraph == 2
    (across,) = matches(" ".join(said[2:9]), made_index)
    assert (len(across.edition.paragraphs), across.edition.first_paragraph) == (2, 1)


def test_several_documents_on_one_page(made_index, made_sentences):
    """Parts of two volumes with words of the page's own between them: each is told, in the order of the page."""
    one, two = " ".join(made_sentences(301, 12)[8:]), " ".join(made_sentences(104, 12)[:6])
    between = "Handed to me at noon with the request to forward both without delay."
    text = f"{one}\n\n{between}\n\n{two}"
    first, second = matches(text, made_index)
    assert (first.volume, second.volume) == ("frus1951v03", "frus1951v01")
    assert first.page.of(text) == one.removesuffix(".")
    assert second.page.of(text) == two.removesuffix(".")


def test_most_pages_are_of_no_document(made_index, made_sentences):
    """Pages of the same words in another order, and pages of few words, have none."""
    assert all(matches(" ".join(made_sentences(seed, 20)), made_index) == () for seed in range(900, 940))
    assert matches("The harbour was closed.", made_index) == ()
    assert matches("", made_index) == ()


def test_a_quoted_sentence_makes_no_copy(made_index, made_sentences):
    """One sentence of a document in a page of other text is a quotation; alone it is an extract."""
    quoted = " ".join(made_sentences(203, 12)[3:5])
    around = made_sentences(950, 20)
    assert len(matches(quoted, made_index)) == 1
    assert matches(" ".join([*around[:10], quoted, *around[10:]]), made_index) == ()


def test_what_is_printed_twice_is_cited_twice(tmp_path, made_sentences):
    """A document that two volumes print is one match, and the other place is named."""
    text = " ".join(made_sentences(7, 12))
    with writing(tmp_path / "i", version="0") as writer:
        for name in ("frus1951v01", "frus1951v02"):
            writer.put(text_volume(f"5. Telegram\n\n{text}", name=name), file=name, sha256=name, size=1)
    (found,) = matches(text, open_index(tmp_path / "i"))
    assert {found.citation, *found.also} == {f"FRUS 1951 vol. {n}, document 5, Telegram" for n in ("I", "II")}


def test_a_black_bar_leaves_one_copy_in_one_piece(tmp_path, made_sentences):
    """Of a document of forty sentences the release has lost twenty-five in the middle: what is left is one copy."""
    said = made_sentences(8, 40)
    with writing(tmp_path / "i", version="0") as writer:
        writer.put(text_volume(" ".join(said), name="frus1951v01"), file="x", sha256="x", size=1)
    text = f"{' '.join(said[:8])}\n[REDACTED]\n{' '.join(said[33:])}"
    (found,) = matches(text, open_index(tmp_path / "i"))
    assert " ".join(found.edition.paragraphs) == " ".join(said).removesuffix(".")
    assert found.page == Span(start=0, end=len(text) - 1)


@pytest.fixture
def index_of(tmp_path):
    """An index of these texts, each a volume."""

    def made(**volumes: list[str]):
        with writing(tmp_path / "i", version="0") as writer:
            for name, said in volumes.items():
                writer.put(text_volume(" ".join(said), name=name), file=name, sha256=name, size=1)
        return open_index(tmp_path / "i")

    return made


@pytest.mark.parametrize(("lost", "copies"), [(80, 1), (85, 2)])
def test_two_printed_pages_may_lie_between_two_pieces_of_one_copy(index_of, made_sentences, lost: int, copies: int):
    """Up to 8,000 characters of the edition; with more lost between them they are two copies."""
    said = made_sentences(8, 200)
    cut = len(" ".join(said[8 : 8 + lost]))
    assert (cut < 8000) is (copies == 1)
    text = " ".join([*said[:8], *said[8 + lost : 16 + lost]])
    assert len(matches(text, index_of(frus1951v01=said))) == copies


@pytest.mark.parametrize(("put_in", "copies"), [(10, 1), (11, 2)])
def test_half_a_page_may_be_put_in_between_two_pieces_of_one_copy(index_of, made_sentences, put_in: int, copies: int):
    """Up to 150 words of the page's own; with more they are two copies."""
    said, own = made_sentences(8, 200), made_sentences(9, put_in)
    assert (len(" ".join(own).split()) <= 150) is (copies == 1)
    text = " ".join([*said[:8], *own, *said[70:78]])
    assert len(matches(text, index_of(frus1951v01=said))) == copies


def test_no_word_is_in_two_copies(index_of, made_sentences):
    """What two volumes print of a page goes to the one that has more of it, and the other has the rest."""
    said = made_sentences(11, 14)
    index = index_of(frus1951v01=[*said[:8], *made_sentences(12, 30)], frus1951v02=[*made_sentences(13, 30), *said[5:]])
    first, second = matches(" ".join(said), index)
    assert (first.volume, second.volume) == ("frus1951v01", "frus1951v02")
    assert (first.page.end, second.page.start) == (len(" ".join(said[:5])) - 1, len(" ".join(said[:5])) + 1)
    assert first.also == second.also == ()


def test_of_a_copy_with_another_in_its_middle_the_longer_side_is_left(index_of, made_sentences):
    """The one in the middle is read better; of the other, badly read on either side of it, the longer side stays."""
    around, middle = made_sentences(21, 40), made_sentences(22, 12)
    index = index_of(frus1951v01=around, frus1951v02=[*made_sentences(23, 9), *middle])
    before, after = worn(" ".join(around[:12]), 2), worn(" ".join(around[12:18]), 2)
    text = f"{before} {' '.join(middle)} {after}"
    first, second = matches(text, index)
    assert (first.volume, first.page) == ("frus1951v01", Span(start=0, end=len(before) - 1))
    assert (second.volume, second.page.start) == ("frus1951v02", len(before) + 1)
    assert second.page.of(text) == " ".join(middle).removesuffix(".")


@pytest.mark.parametrize(("printed", "named"), [(9, 0), (10, 1), (12, 1)])
def test_what_prints_most_of_it_is_named(index_of, made_sentences, printed: int, named: int):
    """Four fifths of the copy must stand there as well; an extract of it is no second print."""
    said = made_sentences(7, 12)
    assert (len(" ".join(said[:printed]).split()) >= 0.8 * len(" ".join(said).split())) is (named == 1)
    index = index_of(frus1951v01=said, frus1951v02=[*made_sentences(14, 20), *said[:printed], *made_sentences(15, 20)])
    (found,) = matches(" ".join(said), index)
    assert (found.volume, len(found.also)) == ("frus1951v01", named)


def test_a_match_is_collated_with_its_own_words(make_document, made_index, made_sentences):
    """What the page has beside the copy is not laid beside the edition."""
    text = f"Stamped at noon on the quay.\n\n{' '.join(made_sentences(203, 12)[2:9])}\n\nPosted again in the evening."
    document = make_document(text)
    (found,) = matches(text, made_index)
    cut = of_match(document, found)
    assert cut.text == text
    assert all(found.page.covers(segment.span) for segment in cut.segments)
    assert len(collate(cut, found.edition).agreed) == found.words


@pytest.mark.parametrize(("first", "last", "cited"), [(-4, 4, "3 to 4"), (-1, 8, "4"), (-8, 1, "3"), (-3, 9, "3 to 4")])
def test_a_copy_of_two_documents_in_a_row_is_cited_as_both(
    made_index, made_sentences, first: int, last: int, cited: str
):
    """What goes on into the next document by more than a sentence is of both, whichever has more of it."""
    page = " ".join([*made_sentences(103, 12)[first:], "4. Telegram of the Consul", *made_sentences(104, 12)[:last]])
    (found,) = matches(page, made_index)
    assert found.edition.number == cited
    assert f"document {cited}" in found.citation
