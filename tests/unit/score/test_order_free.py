"""What was read in another order, and what was not read: order-free counts against counts made by hand."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from corrigenda.score.order_free import order_free
from corrigenda.score.seeds import Chaining, chains, length, reach
from corrigenda.score.values import Counts

LETTER = [
    "The Minister called this morning and left with me",
    "a note on the harbour works at Constanza, which I",
    "enclose in copy and in translation. He remarked that",
    "nothing in it was new to his colleagues, but that the",
    "figures for October had been withheld until today.",
    "I replied that we should study them with attention.",
]
TIGHT = Chaining(short=2, alike=0.7)
REGISTER = ["Received at 9 a.m.", "Filed under Shipping", "Copy to Mr. Lambert", "No answer is needed"]

lines = st.lists(st.text(alphabet="abcé אב.-0", max_size=12), max_size=8)


def joined(text: list[str]) -> str:
    """The text as `cer` compares it."""
    return " ".join(" ".join(text).split())


def strict(read: list[str], truth: list[str]) -> Counts:
    """The counts of the strict alignment."""
    tags = [op.tag for op in Levenshtein.editops(joined(truth), joined(read))]
    return Counts(
        hits=len(joined(truth)) - tags.count("replace") - tags.count("delete"),
        substitutions=tags.count("replace"),
        deletions=tags.count("delete"),
        insertions=tags.count("insert"),
    )


def free(read: list[str], truth: list[str]) -> Counts:
    """The order-free counts."""
    return order_free(read, truth, strict(read, truth))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(lines, lines)
@example(["ab"], ["b", "ab"])
def test_counts_fit_the_texts(read: list[str], truth: list[str]):
    """Whatever the texts: no count is negative, N and the characters read are those of `cer`, errors not above it."""
    found = free(read, truth)
    assert min(found.hits, found.substitutions, found.deletions, found.insertions) >= 0
    assert found.reference == len(joined(truth))
    assert found.hits + found.substitutions + found.insertions == len(joined(read))
    assert found.errors <= strict(read, truth).errors


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.text(alphabet="abc de", min_size=1, max_size=12), unique_by=lambda t: joined([t])), st.randoms())
def test_a_permutation_of_distinct_lines_has_no_error(truth: list[str], order: random.Random):
    """Lines in any order are all read right, however short and however much they have in common."""
    read = list(truth)
    order.shuffle(read)
    assert free(read, truth).errors == 0


def test_the_strict_counts_are_given_back_where_nothing_was_moved():
    """Errors in place are counted as `cer` counts them, hit for hit."""
    read = [line.replace("m", "rn").replace("h", "b") for line in LETTER]
    assert free(read, LETTER) == strict(read, LETTER)


def test_blocks_in_another_order():
    """Two halves of a letter exchanged, with an error in each: the errors are counted, the exchange is not."""
    read = [*LETTER[3:], *LETTER[:3]]
    read[0], read[5] = read[0].replace("new", "now"), read[5].replace("copy", "cop")
    assert strict(read, LETTER).errors > 200
    found = free(read, LETTER)
    assert (found.substitutions, found.deletions, found.insertions) == (1, 1, 0)


def test_two_columns_read_across():
    """Lines of two columns run together are taken apart again: blanks stand where line ends were."""
    read = [f"{left} {right}" for left, right in zip(LETTER, REGISTER, strict=False)] + LETTER[4:]
    assert strict(read, [*LETTER, *REGISTER]).errors > 100
    assert free(read, [*LETTER, *REGISTER]).errors == 0


def test_a_stamp_read_into_the_middle_of_a_line():
    """A stamp that the truth has at its end costs nothing where it was read; one that it lacks is insertions."""
    stamp = "DEPARTMENT OF STATE"
    torn = [LETTER[0][:33] + stamp + " " + LETTER[0][33:], *LETTER[1:]]
    assert free(torn, [*LETTER, stamp]).errors == 0
    assert free(torn, LETTER) == Counts(
        hits=len(joined(LETTER)), substitutions=0, deletions=0, insertions=len(stamp) + 1
    )


def test_lines_broken_otherwise_cost_nothing():
    """A line that was split in two, and two lines that were read as one, in another order."""
    read = [*LETTER[4:], LETTER[0][:19], LETTER[0][20:], LETTER[1] + " " + LETTER[2], LETTER[3]]
    assert free(read, LETTER).errors == 0


def test_a_hyphen_at_a_line_end_that_was_lost():
    """A word broken at a line's end and read whole costs its hyphen and its blank, wherever the lines stand."""
    truth = ["the names of the gentle-", "men belonging to this Committee", *REGISTER]
    read = [*REGISTER, "the names of the gentlemen belonging", "to this Committee"]
    found = free(read, truth)
    assert (found.substitutions, found.deletions, found.insertions) == (0, 2, 0)


def test_a_text_without_line_ends():
    """Halves of one long line exchanged are found without any line end to go by."""
    half = len(LETTER) // 2
    read = [" ".join([*LETTER[half:], *LETTER[:half]])]
    assert free(read, [" ".join(LETTER)]).errors == 0


def test_words_strewn_over_foreign_lines_are_errors():
    """Words of a lost line that turn up elsewhere one by one are not gathered to make it good."""
    lost = ["silver", "copper", "cotton", "timber", "barley", "petrol"]
    read = [f"{line} {word}" for line, word in zip(LETTER, lost, strict=True)]
    found = free(read, [*LETTER, " ".join(lost)])
    assert found.deletions + found.substitutions >= len(" ".join(lost[:-1]))


def test_a_lost_line_and_a_line_too_many():
    """A line that was not read is deletions with its blank, one that was read twice insertions."""
    found = free([*LETTER[3:], *LETTER[:2]], LETTER)
    assert (found.substitutions, found.deletions, found.insertions) == (0, len(LETTER[2]) + 1, 0)
    found = free([*LETTER[3:], *LETTER[:3], LETTER[1]], LETTER)
    assert (found.substitutions, found.deletions, found.insertions) == (0, 0, len(LETTER[1]) + 1)


def test_nothing_read_and_nothing_to_read():
    """An empty text is deletions throughout, an empty truth insertions, both empty nothing at all."""
    size = len(joined(LETTER))
    assert free([], LETTER) == Counts(hits=0, substitutions=0, deletions=size, insertions=0)
    assert free(LETTER, ["", " "]) == Counts(hits=0, substitutions=0, deletions=0, insertions=size)
    assert free([], []) == Counts(hits=0, substitutions=0, deletions=0, insertions=0)


def test_right_to_left():
    """Hebrew lines in another order and a letter wrong: one substitution."""
    truth = ["בראשית ברא אלהים את השמים", "ואת הארץ והארץ היתה תהו", "ובהו וחשך על פני תהום"]
    read = [truth[2], truth[0].replace("ברא אל", "כרא אל"), truth[1]]
    found = free(read, truth)
    assert (found.errors, found.substitutions) == (1, 1)


def test_a_script_without_blanks():
    """Lines that are one word each can be cut anywhere: two columns run together are taken apart."""
    left = ["国务院关于沿海航运和港口管理的若干规定", "自本年十月一日起由各省交通部门负责施行"]
    right = ["外交部新闻司昨日发表了简短的谈话内容", "两国贸易谈判将于下月初在首都继续举行会议"]
    read = [a + b for a, b in zip(left, right, strict=True)]
    # The blank between left and right is lost twice on the way, and no other error is made.
    assert free(read, [*left, *right]).errors == 2


def test_a_misread_word_at_the_end_of_a_moved_line():
    """The last word of a moved line, of which nothing was read right, is substituted, as it would be in its place."""
    read = [LETTER[4].replace("today.", "7%&$!?"), *LETTER[:4], *REGISTER]
    found = free(read, [*LETTER[:5], *REGISTER])
    assert (found.substitutions, found.deletions, found.insertions) == (6, 0, 0)


def test_a_badly_read_line_among_strangers():
    """Where the lines around it are others than in the truth, such a line is found by its likeness as a whole."""
    truth = [*LETTER, *REGISTER]
    # One character in three is wrong, so that no string of four is right.
    bad = "".join("#" if i % 3 == 2 else c for i, c in enumerate(LETTER[5]))
    read = [REGISTER[0], bad, LETTER[1], LETTER[0], REGISTER[1], LETTER[4], *LETTER[2:4], *REGISTER[2:]]
    assert free(read, truth).errors == strict([bad], [LETTER[5]]).errors


def test_badly_read_columns_are_taken_apart():
    """With every ninth character wrong no long string is right, and short ones show where the columns part."""
    truth = [*LETTER[:3], *LETTER[3:]]
    bad = ["".join("#" if i % 9 == 8 and c != " " else c for i, c in enumerate(line)) for line in truth]
    read = [f"{left} {right}" for left, right in zip(bad[:3], bad[3:], strict=True)]
    assert free(read, truth).errors <= strict(bad, truth).errors + 2


def test_counts_of_other_texts_are_refused():
    """Strict counts that cannot be those of the lines are a mistake of the caller's."""
    with pytest.raises(ValueError, match="not those of these lines"):
        order_free(LETTER, REGISTER, strict(LETTER, LETTER))


def test_two_thousand_lines_quickly():
    """A volume of 2,000 lines in another order, with one letter in twenty wrong, takes seconds and is put in order."""
    chance = random.Random(6)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwy", k=chance.randint(2, 9))) for _ in range(3_000)]
    truth = [" ".join(chance.choices(words, k=11)) for _ in range(2_000)]
    read = ["".join("x" if c != " " and chance.random() < 0.05 else c for c in line) for line in truth]
    wrong = strict(read, truth).errors
    chance.shuffle(read)
    moved = strict(read, truth)
    start = time.process_time()
    found = order_free(read, truth, moved)
    assert time.process_time() - start < 20
    assert wrong <= found.errors < wrong * 1.1 < moved.errors / 10


def test_the_same_line_over_and_over():
    """A page on which all strings are common, as a form's dotted lines are, ends and has the strict counts."""
    truth = ["." * 60] * 50
    read = ["." * 59 + ","] * 50
    assert free(read, truth) == strict(read, truth)


def test_chains_follow_one_order():
    """Strings in order are one chain over a misread letter; a string from elsewhere is a chain of its own."""
    found = chains(
        "the harbour is closed today; until further notice",
        "until further notice. the harbour is clused today",
        shortest=4,
        chaining=TIGHT,
    )
    assert sorted(length(c) for c in found)[-2:] == [len("until further notice"), len("the harbour is clsed today")]


def test_a_match_that_begins_with_a_common_string_is_whole():
    """A stock phrase is on the page too often to tell a place, but belongs to the longer string that it begins."""
    phrase = "on behalf of the Government "
    text = ". ".join(f"{n} spoke {phrase}of {n}" for n in ("Peru", "Chile", "Haiti", "Cuba", "Spain", "Iran") * 2)
    found = chains(f"then {phrase}of Siam", f"{text} also {phrase}of Siam", shortest=12, chaining=TIGHT)
    assert max(map(length, found)) == len(f" {phrase}of Siam")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="ab ", max_size=40), st.text(alphabet="ab ", max_size=40))
def test_chains_are_equal_strings_in_order(a: str, b: str):
    """Each match of a chain is the same string on both sides, and begins where the one before has ended."""
    for chain in chains(a, b, shortest=3, chaining=TIGHT):
        assert all(size > 0 and a[i : i + size] == b[j : j + size] for i, j, size in chain)
        for (i, j, size), (next_i, next_j, _) in pairwise(chain):
            assert i + size <= next_i
            assert j + size <= next_j


def test_how_far_two_texts_go_on_together():
    """Over a misread letter, but not across words that only one of them has, though they meet again beyond."""
    assert reach("closed today", "c1osed today", gap=2) == (12, 12)
    assert reach("closed until further notice", "closed STAMPED until further notice", gap=2) == (7, 7)
