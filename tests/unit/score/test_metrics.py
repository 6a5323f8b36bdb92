"""Error rates against counts made by hand."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.score.edits import word_edits
from corrigenda.score.metrics import MEASURES, scores
from corrigenda.score.values import Counts
from corrigenda.score.words import uax29_words
from corrigenda.text import Profile, normalise


def rates(read: str, truth: str, profile: Profile = Profile.STRICT) -> dict[str, float]:
    """The value of each measure."""
    return {s.name: s.value for s in scores(read, truth, profile)}


def letters(read: str, truth: str, profile: Profile = Profile.STRICT) -> tuple[int, int, int, int]:
    """Hits, substitutions, deletions and insertions of characters."""
    of = scores(read, truth, profile)[0].counts
    return of.hits, of.substitutions, of.deletions, of.insertions


@pytest.mark.parametrize(
    ("read", "truth", "expected"),
    [
        ("tbe", "the", Counts(hits=2, substitutions=1, deletions=0, insertions=0)),
        ("te", "the", Counts(hits=2, substitutions=0, deletions=1, insertions=0)),
        ("thhe", "the", Counts(hits=3, substitutions=0, deletions=0, insertions=1)),
        ("", "the", Counts(hits=0, substitutions=0, deletions=3, insertions=0)),
        ("the", "", Counts(hits=0, substitutions=0, deletions=0, insertions=3)),
        ("", "", Counts(hits=0, substitutions=0, deletions=0, insertions=0)),
    ],
)
def test_what_is_counted(read: str, truth: str, expected: Counts):
    """What the truth has and was not read is a deletion; what was read and is not in the truth an insertion."""
    assert word_edits(read, truth).counts == expected
    assert expected.reference == len(truth)
    assert expected.errors == expected.substitutions + expected.deletions + expected.insertions


def test_all_measures_of_one_line():
    """17 characters and 4 words of truth: one letter wrong, one word lost with its space, one word too many."""
    read, truth = "tbe harbour a it", "the harbour is it"
    found = rates(read, truth)
    # th>tb, "is" > "a" (one substitution, one deletion).
    assert letters(read, truth) == (14, 2, 1, 0)
    assert found["cer"] == pytest.approx(3 / 17)
    assert found["cmer"] == pytest.approx(3 / 17)
    assert found["wer"] == found["wer_ws"] == found["wmer"] == pytest.approx(2 / 4)


def test_insertions_may_take_the_rate_past_one_but_not_the_match_rate():
    """Four characters read where the truth has one: 3 errors to 1, but 3 of 4 steps."""
    found = rates("aaaa", "a")
    assert found["cer"] == 3.0
    assert found["cmer"] == 0.75


def test_an_empty_truth():
    """Each character read is an insertion, and the rate is 1; a page that is rightly empty has no error."""
    assert letters("abc", "") == (0, 0, 0, 3)
    assert set(rates("abc", "").values()) == {1.0}
    assert set(rates("", "").values()) == {0.0}
    assert set(rates(" \n", "\f").values()) == {0.0}


def test_an_empty_text():
    """All of the truth was lost."""
    assert set(rates("", "the harbour").values()) == {1.0}


def test_words_are_those_of_the_unicode_standard():
    """Punctuation is no word in `wer`; in `wer_ws` it belongs to the word it touches."""
    assert uax29_words(normalise("“Well,” — the U.S. can't: 3.5 IL-28", Profile.FOLDED)) == [
        "Well",
        "the",
        "U.S",
        "can't",
        "3.5",
        "IL",
        "28",
    ]
    found = rates("the harbour, closed", "the harbour closed")
    assert (found["wer"], found["wer_ws"]) == (0.0, pytest.approx(1 / 3))


def test_an_accent_in_two_code_points_is_one_character():
    """Composed or not is no error; a lost accent is one substitution."""
    assert letters("cafe\u0301", "café") == (4, 0, 0, 0)
    assert letters("cafe", "cafe\u0301") == (3, 1, 0, 0)
    assert letters("x", "q\u0323\u0307") == (0, 1, 0, 0)


def test_an_emoji_is_one_character():
    """A family of several code points, lost, is one deletion."""
    assert letters("a ", "a 👩‍👩‍👧") == (1, 0, 2, 0)
    assert letters("🇫🇷", "🇩🇪") == (0, 1, 0, 0)


def test_line_ends_are_white_space():
    """Lines broken otherwise, and CRLF, make no error in any profile."""
    for profile in Profile:
        assert rates("the harbour\r\nis\tclosed", "the\nharbour is  closed\r", profile)["cer"] == 0.0


def test_profiles_differ_in_what_they_forgive():
    """Quotes and dashes only where they are folded; case and punctuation only in the last."""
    read, truth = "The soviets' deal–now", "The Soviets’ deal-now"
    assert [letters(read, truth, p)[1] for p in Profile] == [3, 1, 0]
    assert {s.profile for s in scores(read, truth, Profile.HIPE)} == {"hipe"}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(Profile))
def test_no_rate_is_ever_no_number(read: str, truth: str, profile: Profile):
    """Whatever the texts, each rate is a finite number that JSON can hold, and counts fit their texts."""
    found = scores(read, truth, profile)
    assert [s.name for s in found] == list(MEASURES)
    for s in found:
        assert math.isfinite(s.value)
        assert s.value >= 0
        assert min(s.counts.hits, s.counts.substitutions, s.counts.deletions, s.counts.insertions) >= 0
    assert all(s.value <= 1 for s in found if s.name in {"cmer", "wmer"})
    json.dumps([s.value for s in found], allow_nan=False)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text(max_size=40), st.sampled_from(Profile))
def test_a_text_has_no_error_against_itself(text: str, profile: Profile):
    """Equal is equal in every measure."""
    assert set(rates(text, text, profile).values()) == {0.0}
