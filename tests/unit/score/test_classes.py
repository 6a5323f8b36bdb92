"""Errors by class of character and of word, against counts made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.ingest.rawtext import read, read_transcript
from corrigenda.score.classes import CHARACTER_CLASSES, WORD_CLASSES, Vocabulary, character_classes, word_classes
from corrigenda.score.edits import character_edits
from corrigenda.score.lineup import Lineup, Page
from corrigenda.score.values import ClassCounts, Counts

TRUTH = "The consul met Ambassador Bohlen on May 4, 1951. In mid-summer Mr. Bohlen saw 12 IL-28s of the USSR at Quay."


def characters(page: str, truth: str) -> dict[str, tuple[int, int, int, int]]:
    """Hits, substitutions, deletions and insertions of each class that has any."""
    return told(character_classes([truth], character_edits(page, truth).errors), CHARACTER_CLASSES)


def words(page: str, truth: str = TRUTH) -> dict[str, tuple[int, int, int, int]]:
    """The same for words."""
    document = read(page.encode(), path="page.txt", document_id="page", whole=True).document
    transcript = read_transcript(truth.encode(), path="page.gt.txt", document_id="page", whole=True)
    human = Page.of(transcript.text, transcript.segments)
    lineup = Lineup.of(Page.of(page, document.segments, human), human)
    return told(word_classes(lineup, Vocabulary.of(lineup.truth)), WORD_CLASSES)


def told(found: tuple[ClassCounts, ...], names: tuple[str, ...]) -> dict[str, tuple[int, int, int, int]]:
    """Of `found`, which must have a class of each of `names`, those that are not empty."""
    assert tuple(c.name for c in found) == names
    counts = {c.name: (c.counts.hits, c.counts.substitutions, c.counts.deletions, c.counts.insertions) for c in found}
    return {name: of for name, of in counts.items() if any(of)}


def test_characters_by_hand():
    """A substitution and a deletion belong to the class of the truth, an insertion to that of what was read."""
    # T>7, a second blank, the comma lost, 4>A, and an x too many.
    assert characters("7he  men 1A Ocxt", "The men, 14 Oct") == {
        "small letter": (7, 0, 0, 1),
        "capital": (1, 1, 0, 0),
        "digit": (1, 1, 0, 0),
        "punctuation": (0, 0, 1, 0),
        "space": (3, 0, 0, 1),
    }


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("a", "small letter"),
        ("é", "small letter"),
        ("e\u0301", "small letter"),
        ("ﬁ", "small letter"),
        ("ß", "small letter"),
        ("A", "capital"),
        ("Ж", "capital"),
        ("7", "digit"),
        ("٣", "digit"),
        ("²", "digit"),
        (" ", "space"),
        ("\u00a0", "space"),
        (".", "punctuation"),
        ("—", "punctuation"),
        ("§", "punctuation"),
        ("👩\u200d👧", "punctuation"),
        ("\u0301", "punctuation"),
        ("\u00ad", "punctuation"),
        ("א", "other"),
        ("漢", "other"),
        ("½", "other"),
        ("ª", "small letter"),
    ],
)
def test_each_character_is_of_one_class(character: str, name: str):
    """Letters without case are other, and what is neither letter, figure nor blank is punctuation."""
    assert characters(character, character) == {name: (1, 0, 0, 0)}
    assert characters("", character) == {name: (0, 0, 1, 0)}
    assert characters(character, "") == {name: (0, 0, 0, 1)}


def test_several_texts_are_counted_together():
    """The stretches of a page between its marks are one page."""
    found = character_classes(["Ab", "", "c 1"], {("A", "4"): 1, ("", "x"): 2})
    assert told(found, CHARACTER_CLASSES) == {
        "small letter": (2, 0, 0, 2),
        "capital": (0, 1, 0, 0),
        "digit": (1, 0, 0, 0),
        "space": (1, 0, 0, 0),
    }


def test_nothing_has_no_class():
    """All classes are there, and empty."""
    assert character_classes([], {}) == tuple(ClassCounts(name=name, counts=Counts()) for name in CHARACTER_CLASSES)
    assert words("", "") == {}


def test_a_right_page_by_hand():
    """Ambassador and Bohlen (twice) and Quay stand with a capital where no sentence begins."""
    assert words(TRUTH) == {
        "name": (4, 0, 0, 0),
        "number or date": (4, 0, 0, 0),
        "designator": (1, 0, 0, 0),
        "abbreviation": (2, 0, 0, 0),
        "other": (10, 0, 0, 0),
    }


@pytest.mark.parametrize(
    ("page", "name", "change"),
    [
        (TRUTH.replace("met Ambassador Bohlen", "met Ambassador Bohlcn"), "name", (-1, 1, 0, 0)),
        (TRUTH.replace("May", "Mav"), "number or date", (-1, 1, 0, 0)),
        (TRUTH.replace("1951", "195l"), "number or date", (-1, 1, 0, 0)),
        (TRUTH.replace("IL-28s", "lL-28s"), "designator", (-1, 1, 0, 0)),
        (TRUTH.replace("USSR", "USSB"), "abbreviation", (-1, 1, 0, 0)),
        (TRUTH.replace("consul", "cansul"), "other", (-1, 1, 0, 0)),
        (TRUTH.replace("12 ", ""), "number or date", (-1, 0, 1, 0)),
        (TRUTH.replace("met Ambassador", "met MIG-15 Ambassador"), "designator", (0, 0, 0, 1)),
        (TRUTH.replace("Quay.", "Quay"), "name", (0, 0, 0, 0)),
    ],
)
def test_one_error_is_counted_in_its_class_alone(page: str, name: str, change: tuple[int, int, int, int]):
    """A wrong or lost word in the class of the truth, one too many in its own; outer punctuation is no error."""
    right, found = words(TRUTH), words(page)
    assert {k: v for k, v in found.items() if k != name} == {k: v for k, v in right.items() if k != name}
    assert tuple(new - old for new, old in zip(found[name], right[name], strict=True)) == change


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        ("It may be so. He may go.", {"other": 7}),
        ("on 4 may and may 5", {"number or date": 4, "other": 2}),
        ("A note of the Consul to a consul in March of this year", {"other": 12, "name": 1}),
        ("THE CONSUL OF THE USSR MET THE ENVOY", {"other": 8}),
        ("he saw Dr. Roe, c/o J.F.K., at 3.5 p.m. today", {"abbreviation": 3, "number or date": 1, "name": 1}),
        ("the U-2, a U2, and an F-86D's wing", {"designator": 3}),
        ("He said: The fleet. The Fleet sailed for the Fleet and a fleet", {"other": 13}),
    ],
)
def test_the_class_of_words(truth: str, expected: dict[str, int]):
    """Months only beside a figure, initials only where not all is in capitals, names only in mid-sentence."""
    found = {name: of[0] for name, of in words(truth, truth).items()}
    assert sum(found.values()) == len(truth.split())
    assert {name: found.get(name, 0) for name in expected} == expected


def test_what_stands_against_a_mark_is_in_no_class():
    """Neither the mark nor the words; the class of the others stays."""
    page = TRUTH.replace("Ambassador Bohlen", "Xx Yy 77")
    found = words(page, TRUTH.replace("Ambassador Bohlen", "[illegible]"))
    right = words(TRUTH)
    assert sum(of[0] for of in found.values()) == len(TRUTH.split()) - 2
    assert all(of[1:] == (0, 0, 0) for of in found.values())
    assert found["number or date"] == right["number or date"]


def test_a_page_in_capitals_has_no_initials():
    """There every short word looks like one."""
    assert set(words("THE NOTE OF THE USSR", "THE NOTE OF THE USSR")) == {"other"}


texts = st.text("aB1 .,é\u0301א👩\u200d\u00ad", max_size=30)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts, texts)
def test_character_classes_add_up_to_the_whole(page: str, truth: str):
    """Their sums are the counts of the script, and no count is negative."""
    edits = character_edits(page, truth)
    found = character_classes([truth], edits.errors)
    assert sum((c.counts for c in found), Counts()) == edits.counts
    assert all(min(c.counts.hits, c.counts.substitutions, c.counts.deletions, c.counts.insertions) >= 0 for c in found)


sentences = st.lists(st.sampled_from([*TRUTH.split(), "[?]", "b(1)", "—", "(a)", "'", "\u0301", "ﬁn"]), max_size=20)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(sentences, sentences)
def test_word_classes_add_up_to_the_words_that_are_compared(page: list[str], truth: list[str]):
    """Every word of either side that stands against no mark is in one class, and no count is negative."""
    texts = " ".join(page), " ".join(truth)
    document = read(texts[0].encode(), path="p", document_id="p", whole=True).document
    transcript = read_transcript(texts[1].encode(), path="t", document_id="p", whole=True)
    human = Page.of(texts[1], transcript.segments)
    lineup = Lineup.of(Page.of(texts[0], document.segments, human), human)
    found = word_classes(lineup, Vocabulary.of(lineup.truth))
    total = sum((c.counts for c in found), Counts())
    assert total.reference == len(lineup.truth.pieces) - len(lineup.truth_aside)
    assert total.hits + total.substitutions + total.insertions == len(lineup.page.pieces) - len(lineup.aside)
    assert all(min(c.counts.hits, c.counts.substitutions, c.counts.deletions, c.counts.insertions) >= 0 for c in found)


def test_a_full_stop_that_stands_alone_is_no_abbreviation():
    """Dots between blanks, as typists set them for an omission, are among the others."""
    truth = "The consul . . . . saw it."
    assert words("The consul saw it.", truth) == {"other": (4, 0, 4, 0)}
