"""Counting words: what is a word, what is mended first, and what is cut."""

from __future__ import annotations

import pytest

from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.build import build
from corrigenda.lexicon.counting import count
from corrigenda.lexicon.entries import Entry


def counts(*texts: str):
    """The counts of editions that hold one stretch each."""
    return count(read_edition(text, name=f"edition-{i}") for i, text in enumerate(texts))


def forms(text: str) -> dict[str, int]:
    """Each form of `text` with its total."""
    return {form: entry.total for form, entry in counts(text).forms.items()}


def test_case_documents_and_volumes_are_counted():
    """An entry says how a word was written and how widely it was met."""
    found = counts("Moscow moscow MOSCOW MosCow", "Moscow").forms["moscow"]
    assert found == Entry(total=5, lower=1, capital=2, upper=1, documents=2, volumes=2)
    assert found.mixed == 1


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("Anglo-American", "capital"),
        ("Commander-in-Chief", "capital"),
        ("USSR's", "upper"),
        ("U-2", "upper"),
        ("U.S.", "upper"),
        ("A", "capital"),
        ("non-Communist", "mixed"),
        ("McCloy", "mixed"),
        ("it's", "lower"),
    ],
)
def test_case_of_compounds_and_possessives(word: str, field: str):
    """A possessive s or a joining word does not hide how a word is written."""
    assert getattr(counts(word).forms[word.lower()], field) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.-Soviet talk, anti-U.S. at 9 a.m.", {"the", "u.s.", "soviet", "talk", "anti", "at", "a.m."}),
        ("Khrushchev’s", {"khrushchev's"}),
        ("Soviets—and we", {"soviets", "and", "we"}),
        ("bomber–quarantine", {"bomber-quarantine", "bomber", "quarantine"}),
        ("1962 1,000 11–1762 ½ 740.00119", set()),
        ("IL–28’s U-2 MIG-21 19th 1960s", {"il-28's", "u-2", "mig-21", "19th", "1960s"}),
        ("policy2 Kennedy’s12 21Memorandum", {"policy", "kennedy's", "memorandum"}),
        ("noon-2 and 20th-century, 710n, l970, I960’s", {"noon", "and", "century"}),
    ],
)
def test_what_is_a_word(text: str, expected: set[str]):
    """Abbreviations, possessives, compounds and designators are words; numbers and note digits are not."""
    assert set(forms(text)) == expected


def test_a_compound_is_one_running_word():
    """Whole and parts are counted as words, but the size of the volume counts a compound once."""
    found = counts("the bomber-quarantine deal of 1962")
    assert found.volumes[0].words == 4
    assert found.forms["bomber"].total == found.forms["bomber-quarantine"].total == 1


def test_words_run_together_are_taken_apart_and_names_are_not():
    """StateSource counts for its halves, which are words by themselves; McCloy's halves are not, and it stays."""
    found = forms("State Source " * 20 + "StateSource " * 3 + "McCloy " * 3 + "theUSSR " + "the USSR " * 20)
    assert (found["state"], found["source"], found["mccloy"], found["the"]) == (23, 23, 3, 21)
    assert "statesource" not in found
    assert "theussr" not in found


def test_a_hyphen_left_from_a_line_end_is_healed_and_a_typists_hyphen_kept():
    """-ance is no word, so assist-ance is assistance; co-operate has two words, so it is a spelling."""
    found = forms("assistance " * 60 + "assist-ance " + "cooperate " * 60 + "co-operate co operate operate")
    assert found["assistance"] == 61
    assert "ance" not in found
    assert found["co-operate"] == 1


def test_a_lexicon_cuts_what_was_met_once_but_not_designators():
    """A form met once is not believed unless its shape vouches for it; the totals say how many were cut."""
    lexicon = build(counts("peace peace pcace IL-28"), name="l", version="1", created="2025-01-01", sources=())
    assert set(lexicon.entries) == {"peace", "il-28"}
    assert (lexicon.totals["forms"], lexicon.totals["forms_cut"], lexicon.totals["words"]) == (2, 1, 4)
    assert lexicon.parameters["minimum_count"] == 2


def test_title_and_notes_are_counted_too():
    """Names often stand in titles and notes only; they are text of the edition."""
    found = counts("1. Letter to Mikoyan\nDear friend.\n- Filed by Kohler.↩").forms
    assert {"mikoyan", "kohler"} <= set(found)
