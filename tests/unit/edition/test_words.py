"""Words and pairs, as the index and its search see them."""

from __future__ import annotations

from corrigenda.edition.words import joined, pairs, telling_words, words


def test_page_and_edition_have_the_same_pairs():
    """What the page breaks over a line and what the edition prints in one piece lead to the same place."""
    edition, _ = telling_words("The Consul's report on the quarantine was delayed.")
    page = pairs("The Consul’s report on the quaran-\ntine was delayed.")
    assert [pair.text for pair in page] == joined(edition)


def test_every_apostrophe_parts_a_word():
    """Some volumes have an apostrophe that is a letter to Unicode; the page has another."""
    assert words("the Presidentʼs men").keys == words("the President's men").keys
    assert telling_words("Presidentʼs men")[0] == telling_words("President’s men")[0] == ["president"]


def test_common_and_short_words_are_stepped_over():
    """A misread little word between two long ones breaks no pair."""
    assert joined(telling_words("grain which was in the harbour")[0]) == ["grainharbour"]
    assert [pair.text for pair in pairs("grain wbi was m tlie harbour")] != []
    assert joined(telling_words("grain for tne harbour")[0]) == ["grainharbour"]


def test_places_are_those_of_the_text():
    """A letter that has two in lower case moves nothing that comes after it."""
    text = "İİİİ harbour grain"
    (first, second), starts = telling_words(text)[0][-2:], telling_words(text)[1]
    assert (first, second) == ("harbour", "grain")
    assert text[starts[-1] :] == "grain"
    assert [text[pair.start :] for pair in pairs(text)][-1] == "harbour grain"


def test_every_word_has_its_place():
    """Letters and digits alone make a word, and the halves of a broken one are one."""
    text = "IL-28's of\nthe bom-\nbers"
    found = words(text)
    assert found.keys == ("il", "28", "s", "of", "the", "bombers")
    assert text[found.starts[5] : found.ends[5]] == "bom-\nbers"
    assert (found.number_at(0), found.number_at(text.index("the"))) == (0, 4)


def test_a_text_without_words_has_none():
    """Nothing is found in nothing."""
    assert (words("* * *").keys, pairs("1962"), telling_words("")) == ((), [], ([], []))
