"""Marks of transcribers and editors, and brackets that are text."""

import time

import pytest

from corrigenda.ingest.marks import marks_in
from corrigenda.values import SegmentKind


@pytest.mark.parametrize(
    "mark",
    [
        "[?]", "[ ? ]", "[??]", "[????]", "s[????]", "[?]ing", "[[?]]", "name[?]",
        "[a?????]", "[a?]", "[harbour?]", "[harbour ?]", "[1950?]", "[13th?]", "[vis-à-vis?]", "[M.?]", "[[barn?]]",
        "[illegible]", "[Illegible]", "[illegible words]", "[3 words illegible]", "[[illegible]]", "[unreadable]",
        "[unclear]", "[unclear word]", "[unclear: harbour]", "[[unclear]]", "[undecipherable]", "[indecipherable]",
    ],
)  # fmt: skip
def test_what_was_not_read_or_read_with_doubt_matches_anything(mark):
    """The mark is one redaction, the letters that were read included, and the words around it are not in it."""
    text = f"I have {mark}, always"
    (found,) = marks_in(text)
    assert found.span.of(text) == mark
    assert found.kind is SegmentKind.REDACTION
    assert found.why in {"a reading that was given up", "a reading in doubt"}


@pytest.mark.parametrize(
    "mark",
    ["[*in the margin*]", "[* Photo *]", "[blank]", "[blank page]", "[crossed out]", "[struck through]", "[stamp]"],
)
def test_what_the_transcriber_says_about_the_page_is_a_mark(mark):
    """It is not on the page as text, or not where it stands."""
    text = f"I have {mark} always"
    (found,) = marks_in(text)
    assert found.span.of(text) == mark
    assert found.kind is SegmentKind.MARKING


@pytest.mark.parametrize(
    "text",
    [
        "[sic]", "[Mr. Smith]", "[several inquiries]", "[Why?]", "[Is he coming?]", "[Did they ask?]", "[No?]", "[x]",
        "[ ]", "I[n]", "[the situation remains unclear]", "[unclearly]", "[a blank cheque]", "he crossed out a word",
        "harbour?", "harbour (?)", "Really?]",
    ],
)  # fmt: skip
def test_other_brackets_are_text(text):
    """Struck words that can be read, what somebody typed in brackets, and questions stay."""
    assert list(marks_in(f"I have {text} always")) == []


def test_long_texts_without_marks_are_passed_quickly():
    """The letters before a bracket are looked for from the start of a word only: half a million take no second."""
    start = time.process_time()
    assert list(marks_in("a" * 250_000 + "[" * 1000 + " a" * 125_000)) == []
    assert time.process_time() - start < 3
