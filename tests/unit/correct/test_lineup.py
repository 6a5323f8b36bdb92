"""Which stretch of the truth each word of a reading stands for."""

from __future__ import annotations

import pytest

from corrigenda.correct.lineup import beside


def told(reading: str, truth: str) -> list[tuple[str, str | None]]:
    """The smallest runs of words beside what the truth has for them."""
    lined = beside(reading.split(), truth)
    return [(" ".join(lined.words[a:b]), lined.of(a, b)) for a, b in lined.groups()]


@pytest.mark.parametrize(
    ("reading", "truth", "pairs"),
    [
        ("tbe harbour", "the harbour", [("tbe", "the"), ("harbour", "harbour")]),
        ("qua rantine was", "quarantine was", [("qua rantine", "quarantine"), ("was", "was")]),
        ("the whichwill be", "the which will be", [("the", "the"), ("whichwill", "which will"), ("be", "be")]),
        ("the ships came", "the old ships came", [("the", "the"), ("ships", "old ships"), ("came", "came")]),
        ("one two", "one two", [("one", "one"), ("two", "two")]),
        ("THE “harbour”", 'the "Harbour"', [("THE", "the"), ("“harbour”", '"Harbour"')]),
    ],
    ids=["misread", "a blank read in", "a blank lost", "a lost word", "equal", "case and quotes"],
)
def test_words_stand_beside_what_the_truth_has(reading: str, truth: str, pairs: list[tuple[str, str | None]]):
    """Whatever the machine did to letters and blanks, the runs that both cut alike are found."""
    assert told(reading, truth) == pairs


def test_two_words_for_one_have_no_cut_between_them():
    """Where the truth has no blank nothing can be said of one half alone."""
    lined = beside(["qua", "rantine", "was"], "quarantine was")
    assert lined.cuts == (0, None, 11, 14)
    assert lined.of(0, 1) is None
    assert lined.of(1, 2) is None
    assert lined.of(0, 2) == "quarantine"
    assert lined.of(0, 3) == "quarantine was"


def test_a_word_that_the_page_has_not_stands_for_nothing():
    """What the machine made out of a stain has an empty truth, or goes with its neighbour."""
    joined = " ".join(truth or "" for _, truth in told("the xq harbour", "the harbour"))
    assert joined.split() == ["the", "harbour"]


@pytest.mark.parametrize(
    ("reading", "truth", "nothing"),
    [
        ("the k harbour", "the harbour", ["k"]),
        ("i the harbour", "the harbour", ["i"]),
        ("the harbour e", "the harbour", ["e"]),
        ("the t harbour", "the harbour", ["t"]),
        ("the k harbour", "the k harbour", []),
        ("the har bour", "the harbour", []),
        ("the k barbour", "the harbour", []),
    ],
)
def test_a_word_too_many_stands_for_nothing(reading: str, truth: str, nothing: list[str]):
    """Whichever blank beside it is lined up; not a half of a word, nor what stands beside a misread one."""
    lined = beside(reading.split(), truth)
    assert [w for i, w in enumerate(lined.words) if lined.of(i, i + 1) == ""] == nothing


def test_the_truth_is_cut_at_single_blanks():
    """Lines and indentation of the truth count as blanks, so that cuts are offsets into one line."""
    lined = beside(["the", "harbour"], " the\n\n  harbour ")
    assert (lined.truth, lined.cuts) == ("the harbour", (0, 4, 11))


@pytest.mark.parametrize(("words", "truth"), [([], "the harbour"), ([], ""), (["the"], "")])
def test_empty_sides_are_lined_up_too(words: list[str], truth: str):
    """No words, or no truth, are no error: all of the truth, or nothing, stands for what is there."""
    lined = beside(words, truth)
    assert len(lined.cuts) == len(words) + 1
    assert lined.of(0, len(words)) in {truth, ""}
    assert len(lined.groups()) == len(words)


def test_all_of_the_truth_is_given_out_once():
    """The runs follow one another and leave no letter of the truth aside."""
    truth = "the old ships came to the harbour again in winter"
    pairs = told("tbe old sbips cameto the har bour aga1n wintcr", truth)
    assert " ".join(t for _, t in pairs if t) == truth
