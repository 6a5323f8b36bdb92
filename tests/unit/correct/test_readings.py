"""Another reading of a page is lined up with it, whatever either side lacks."""

from __future__ import annotations

import random

import pytest

from corrigenda.correct.readings import OtherText, Said, line_up
from corrigenda.errors import PairingError
from corrigenda.text import tokens

PAGE = "The harbour was closed by the government for winter, and the consul had been told that grain ships would come."


def lined(page: str, other: str) -> tuple[list[str], Said]:
    """The words of a page, and what another reading has for them."""
    run = list(tokens(page))
    [said] = line_up(page, [run], OtherText(siglum="other.txt", text=other), where="page.txt")
    return [t.text for t in run], said


def differing(page: str, other: str) -> list[tuple[str, str]]:
    """The places where the two differ, page first."""
    words, said = lined(page, other)
    return [(" ".join(words[start:end]), text) for start, end, text in said.differing()]


def test_the_same_words_agree_whatever_their_marks_and_case():
    """Every word of the page has its own in the other reading, and nothing differs."""
    words, said = lined(PAGE, PAGE.upper().replace(",", "."))
    assert all(said.agrees)
    assert [said.of(i, i + 1) for i in range(len(words))] == PAGE.upper().replace(",", ".").split()
    assert not list(said.differing())


@pytest.mark.parametrize(
    ("page", "other", "places"),
    [
        ("closed", "c1osed", [("closed", "c1osed")]),
        ("the government", "thegovernment", [("the government", "thegovernment")]),
        ("harbour was", "har bour was", [("harbour", "har bour")]),
        ("harbour was closed", "harbourwas clo sed", [("harbour was", "harbourwas"), ("closed", "clo sed")]),
        ("the government", "the ae government", []),
        ("the government", "the - government", []),
        ("the government for", "the for", [("government", "")]),
    ],
)
def test_where_two_readings_differ(page: str, other: str, places: list[tuple[str, str]]):
    """Word by word, with blanks that one of them lacks; a word too many of the other stands for none of ours."""
    assert differing(PAGE, PAGE.replace(page, other, 1)) == places


def test_halves_of_a_broken_word_are_one():
    """A word that one reading has broken at its line's end is the same word in the other."""
    broken = PAGE.replace("government", "govern-\nment")
    assert all(lined(broken, PAGE)[1].agrees)
    words, said = lined(PAGE, broken)
    assert all(said.agrees)
    assert said.of(words.index("government"), words.index("government") + 1) == "government"


def test_a_part_that_is_missing_is_not_spoken_of():
    """Where the other reading lacks half a page it has nothing to say there, and the rest is lined up."""
    words, said = lined(PAGE, " ".join(PAGE.split()[10:]))
    assert [said.of(i, i + 1) for i in range(10)] == [None] * 10
    assert all(said.agrees[10:])
    assert said.near(12, 13) == 6 / 8
    assert len(words) == len(said.agrees)


def test_a_page_is_found_in_its_record(harbour_sentences):
    """The other reading has four hundred sentences, the page three of them in the middle."""
    page = " ".join(harbour_sentences[200:203])
    words, said = lined(page, "\n".join(harbour_sentences))
    assert all(said.agrees)
    assert " ".join(said.of(i, i + 1) or "" for i in range(len(words))) == page


def test_what_is_said_runs_on_through_the_other_reading(harbour_sentences):
    """However both are damaged, what stands for later words comes later, and no word of the other is used twice."""
    chance = random.Random(4)
    for _ in range(30):
        truth = " ".join(chance.sample(harbour_sentences, 8)).split()
        ours, theirs = ([w for w in truth if chance.random() > 0.1] for _ in "ab")
        ours = [w[:-1] if chance.random() < 0.2 else w for w in ours]
        _, said = lined(" ".join(ours), " ".join(theirs))
        known = [at for pair in zip(said.ends, said.begins, strict=True) for at in pair if at is not None]
        assert known == sorted(known)
        assert sum(said.agrees) > 0.3 * len(ours)


def test_runs_are_lined_up_one_by_one():
    """Each stretch of the page gets its own, though the reading knows nothing of stretches."""
    runs = [list(tokens(PAGE))[:8], list(tokens(PAGE))[8:]]
    first, second = line_up(PAGE, runs, OtherText(siglum="b", text=PAGE), where="page.txt")
    assert (first.of(0, 8), second.of(0, 1)) == (" ".join(PAGE.split()[:8]), "winter,")


def test_a_reading_of_something_else_is_refused():
    """The error names the reading, the page, and how little they share."""
    other = "Nothing of what is typed upon this sheet has anything in common with letters about closed ports."
    with pytest.raises(PairingError) as error:
        lined(PAGE, other)
    assert error.value.where == "other.txt"
    assert "page.txt" in error.value.what


def test_each_part_of_a_reading_is_told_by_who_read_it():
    """Lines of two engines make up one text; of what it lacks the next word's engine is named."""
    before, after = PAGE.split(" for ")
    other = OtherText.of_parts(f"{before}\nfor {after}", ((0, "one"), (len(before) + 1, "two")))
    [said] = line_up(PAGE, [list(tokens(PAGE))], other, where="page.txt")
    named = [said.by(at) for at in range(len(PAGE.split()))]
    assert named == ["one"] * len(before.split()) + ["two"] * (1 + len(after.split()))
    assert other.siglum == "one, two"
