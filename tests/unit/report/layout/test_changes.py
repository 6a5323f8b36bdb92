"""What corrections come to, word by word."""

from __future__ import annotations

import re

import pytest

from corrigenda.ingest.compose import Read
from corrigenda.report.layout.changes import Half, changes
from corrigenda.values import Correction, CorrectionKind, Span


def made(text: str, *corrections: tuple[str, str], pieces: bool = False):
    """The changes that come of these befores and afters; a `|` in a before is where in the text it begins."""
    spans = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+" if pieces else r"\S+", text)]
    rows = [[line] if pieces else line.split() for line in text.split("\n")]
    lines = [tuple(Read(text=word, is_line=pieces) for word in row) for row in rows]
    ordered = []
    for where, after in corrections:
        lead, _, before = where.rpartition("|")
        at = text.index(lead + before) + len(lead)
        ordered.append(
            Correction(
                span=Span(start=at, end=at + len(before)),
                before=before,
                after=after,
                kind=CorrectionKind.SPACING,
                probability=0.9,
                evidence=(),
            )
        )
    return [(c.first, c.stop, *c.texts) for c in changes(text, spans, lines, ordered)]


@pytest.mark.parametrize(
    ("text", "correction", "found"),
    [
        ("He was tbere", ("tbere", "there"), [(2, 3, "there")]),
        ("He was tbere", ("t|b", "h"), [(2, 3, "there")]),
        ("He wasthere", ("was|", " "), [(1, 2, "was", "there")]),
        ("He w as", ("w| ", ""), [(1, 3, "was")]),
        ("He wa sthere", ("wa sthere", "was there"), [(1, 3, "was", "there")]),
        ("tbe harbor", ("tbe harbor", "the harbour"), [(0, 1, "the"), (1, 2, "harbour")]),
        ("He . was", (" .", ""), [(1, 2, "")]),
        ("one two three", ("ne two thre", "n"), [(0, 3, "one")]),
        ("He came", ("He |", "never "), [(1, 1, "never")]),
        ("He came", ("came|", " back"), [(2, 2, "back")]),
        ("He came", ("e| c", "c"), [(0, 2, "Hecame")]),
        ("He came", ("e| ", "  "), []),
        ("a-\nb c", ("a-\nb ", "ab\n"), [(0, 1, "a-"), (1, 2, "b")]),
        ("lost tech\nnical men", ("tech\nnical", "technical"), [(1, 2, "tech"), (2, 3, "nical")]),
        ("of tbe\nharbor", ("tbe\nharbor", "the\nharbour"), [(1, 2, "the"), (2, 3, "harbour")]),
        ("a b\nc d e", ("b\nc d e", "bcd e"), [(1, 2, ""), (2, 5, "bcd", "e")]),
    ],
)
def test_words_change_where_letters_of_theirs_do(text, correction, found):
    """Each correction reaches as far as the words that it joins or parts, and no farther."""
    assert made(text, correction) == found


@pytest.mark.parametrize(
    ("text", "correction", "found"),
    [
        ("He was tbere\nat ten", ("tbere", "th ere"), [(0, 1, "He was th ere")]),
        ("an air-\ncraft came", ("air-\ncraft ", "aircraft\n"), [(0, 1, "an aircraft"), (1, 2, "came")]),
        ("an air-\ncraft", ("air-\ncraft", "aircraft"), [(0, 1, "an aircraft"), (1, 2, "")]),
        ("He\ncame", ("\n|", "never "), [(1, 2, "never came")]),
        ("He\ncame", ("He|", " never"), [(0, 1, "He never")]),
    ],
)
def test_lines_that_are_one_piece_stay_so(text, correction, found):
    """Nothing is parted but at line breaks, and words put in become a part of the line."""
    assert made(text, correction, pieces=True) == found


def test_corrections_that_share_a_word_are_one_change():
    """The word is written once."""
    assert made("tbc wa s", ("t|b", "h"), ("tb|c", "e"), ("wa| ", ""), ("wa |s", "sh")) == [
        (0, 1, "the"),
        (1, 3, "wash"),
    ]


def test_halves_name_the_whole():
    """With the punctuation behind it."""
    text = "ans-\nwer, it"
    spans = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"\S+", text)]
    lines = [(Read(text="ans-"),), (Read(text="wer,"), Read(text="it"))]
    joined = Correction(
        span=Span(start=0, end=10),
        before="ans-\nwer, ",
        after="answer,\n",
        kind=CorrectionKind.HYPHEN,
        probability=0.9,
        evidence=(),
    )
    halves = [change.half for change in changes(text, spans, lines, [joined])]
    assert halves == [Half(whole="answer,", first=True), Half(whole="answer,", first=False)]
