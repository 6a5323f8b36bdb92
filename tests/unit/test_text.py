"""Profiles, characters, tokens with their places, and words broken at a line's end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.text import (
    Profile,
    broken_word,
    graphemes,
    join_broken_words,
    key,
    line_column,
    normalise,
    page_style,
    tokens,
    unify,
    word_form,
)
from corrigenda.values import Span


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile.STRICT, "The “Señor’s” ﬁnal—IL–28"),
        (Profile.FOLDED, 'The "Señor\'s" final-IL-28'),
        (Profile.HIPE, "the señor s ﬁnal il 28"),
    ],
)
def test_each_profile_folds_what_it_says_and_no_more(profile: Profile, expected: str):
    """Strict composes and collapses only; folded unifies quotes, dashes, ligatures; hipe drops case and punctuation."""
    assert normalise(" The\r\n“Sen\u0303or’s”  ﬁnal—IL–28\t", profile) == expected


def test_unifying_keeps_every_offset():
    """One code point stays one code point, so that spans found in unified text fit the page."""
    text = "“‘IL–28’s’” — ‑"
    assert unify(text) == "\"'IL-28's'\" - -"
    assert len(unify(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "characters"),
    [("e\u0301", 1), ("é", 1), ("\r\n", 1), ("👩‍🚀🇫🇷", 2), ("ab", 2), ("", 0)],
)
def test_characters_are_what_a_reader_counts(text: str, characters: int):
    """An accent is no character of its own, nor is half an emoji or half a line end."""
    assert len(graphemes(text)) == characters


@pytest.mark.parametrize(
    ("word", "expected"),
    [("IL–28’s,", "il28s"), ("(Adlai", "adlai"), ("cafe\u0301", "café"), ("—", "-"), ("...", "...")],
)
def test_the_key_of_a_word_is_its_letters_and_digits(word: str, expected: str):
    """Punctuation and case do not part two words when texts are aligned; a lone mark is its own key."""
    assert key(word) == expected


def test_a_word_is_looked_up_without_case_and_with_plain_quotes():
    """The lexicon counts `Soviet’s` and `SOVIET'S` as one form."""
    assert word_form("SOVIET’S") == word_form("soviet's") == "soviet's"
    assert word_form("IT`S") == "it's"


def test_a_token_is_cut_into_punctuation_core_and_punctuation():
    """Lead, core and trail together are the token, and the spans say where they stand."""
    text = 'He said: ("Adlai\'s IL-28,")'
    last = list(tokens(text))[-1]
    assert (last.lead, last.core, last.trail) == ("", "IL-28", ',")')
    assert text[last.core_span.start : last.core_span.end] == "IL-28"
    assert [t.core for t in tokens(text)] == ["He", "said", "Adlai's", "IL-28"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soviets—and", ["Soviets", "—", "and"]),
        ("quarantine--we", ["quarantine", "--", "we"]),
        ("bomber-quarantine", ["bomber-quarantine"]),
        ("1961–1963", ["1961–1963"]),
        ("a - b", ["a", "-", "b"]),
        (" \n\f", []),
    ],
)
def test_a_dash_parts_words_and_a_hyphen_does_not(text: str, expected: list[str]):
    """An em dash or two hyphens stand between words; one hyphen or an en dash stands inside one."""
    assert [t.text for t in tokens(text)] == expected


def test_tokens_of_a_stretch_have_offsets_into_the_whole():
    """A segment's tokens are found where they stand in the page, and none beyond the stretch."""
    text = "SECRET\nThe harbour is closed."
    found = list(tokens(text, Span(start=7, end=18)))
    assert [(t.text, t.span.of(text)) for t in found] == [("The", "The"), ("harbour", "harbour")]


@given(st.text(st.sampled_from("ab’'“-—– .,\r\n\t\u0301é(")))
def test_tokens_lose_nothing_but_white_space(text: str):
    """The tokens put together are the text without its white space, each at its place."""
    found = list(tokens(text))
    assert "".join(t.text for t in found) == "".join(text.split())
    for t in found:
        assert t.span.of(text) == t.text == t.lead + t.core + t.trail
        assert t.core_span.of(text) == t.core


def test_an_accent_of_its_own_belongs_to_the_core():
    """A decomposed letter at a word's end is a letter, so that correcting the word leaves no accent behind."""
    (token,) = tokens("cafe\u0301,")
    assert (token.core, token.trail) == ("cafe\u0301", ",")


def halves(text: str) -> bool:
    """Whether the first two tokens of `text` are one broken word."""
    first, second = list(tokens(text))[:2]
    return broken_word(text, first, second)


@pytest.mark.parametrize("text", ["air-\ncraft", "air- \n  craft", "air-\n\ncraft", "air\u00ad\ncraft", "air‐\ncraft"])
def test_a_word_broken_at_a_lines_end_is_seen(text: str):
    """Hyphen, soft hyphen and typographic hyphen break a word; blanks around the line's end do not matter."""
    assert halves(text)
    assert join_broken_words(text) == "aircraft"


def test_a_word_of_a_telegram_is_broken_like_any_other():
    """In capitals throughout; a capital after small letters speaks for a compound name."""
    assert halves("CONTRO-\nVERSIAL")
    assert not halves("Contro-\nVersial")


@pytest.mark.parametrize("text", ["air-\r\ncraft", "air- \r\n craft"])
def test_a_word_broken_at_the_end_of_a_dos_line_is_seen(text: str):
    """Files with CRLF are read like any other."""
    assert halves(text)
    assert join_broken_words(text) == "aircraft"


@pytest.mark.parametrize(
    "text", ["Anglo-\nAmerican", "air- craft", "aircraft\nis", "1961-\n1963", "go -\nthen", "a--\nb"]
)
def test_what_is_no_broken_word(text: str):
    """Compound names, spans of years, dashes and words on one line stay two."""
    assert not halves(text)


@pytest.mark.parametrize(
    ("reading", "page", "expected"),
    [
        ("IL–28’s", "the Soviet's bomber-quarantine deal", "IL-28's"),
        ("IL-28's", "the Soviet’s bomber–quarantine deal", "IL–28’s"),
        ("“IL–28’s”", "no mark at all", '"IL-28\'s"'),
        ("Port’s", "it's Ann's, not Ann’s", "Port's"),
    ],
)
def test_a_reading_takes_the_pages_own_marks(reading: str, page: str, expected: str):
    """The commonest quote and hyphen of the page are taken, the typewriter's where it has none."""
    assert page_style(reading, page) == expected


def test_an_em_dash_is_no_hyphen():
    """A dash between two words never makes a compound of them."""
    assert page_style("Soviets—and", "the Soviets—but a bomber-quarantine") == "Soviets—and"


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (2, 3))])
def test_line_and_column_count_from_one(offset: int, place: tuple[int, int]):
    """A message names the place as an editor does."""
    assert line_column("ab\ncd", offset) == place
