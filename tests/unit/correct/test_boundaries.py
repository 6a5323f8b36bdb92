"""The thresholds of correcting, each from below and from above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.correct.corrector import Options, correct
from corrigenda.correct.surroundings import in_foreign_passage, starts_sentence
from corrigenda.edition.collate import collate
from corrigenda.text import tokens
from corrigenda.values import Corrected, FlagKind

PLAIN = (
    "the harbour was closed for winter and letter of sent to mission by ships that men will it old grain again "
    "first new our white nothing"
)
# The words around the place that differs; %s stands for it.
FRAME = "The harbour was closed for winter and the letter of %s was sent to the mission by ships."
# What a machine made up, and what the edition has, on a page that goes on with nothing misread.
BEFORE = "The ships sent %s men of %s to the %s again."
MADE_UP, PRINTED = ("U-2", "Khrushchev", "XI-10"), ("IL-28", "Kuznetsov", "K-23")


@pytest.fixture(scope="session")
def witnessed(make_document, make_edition, make_engine):
    """Correct a made-up page with its edition."""
    engine = make_engine(PLAIN, {"Adlai": 90, "1961": 900, "Kuznetsov": 400, "Khrushchev": 4000})

    def corrected(page: str, edition: str) -> Corrected:
        document = make_document(page)
        collation = collate(document, make_edition(edition))
        return correct(document, engine, collation=collation, options=Options(restore=True), signature="s")

    return corrected


@pytest.fixture(scope="session")
def framed(witnessed):
    """Correct a page that differs from its edition in one place."""

    def corrected(page: str, edition: str) -> Corrected:
        return witnessed(FRAME % page, FRAME % edition)

    return corrected


@pytest.fixture(scope="session")
def fluent(witnessed):
    """Correct a page that differs from its edition in one place, after a sentence with a name and weapons made up."""

    def corrected(page: str, edition: str) -> Corrected:
        made = witnessed(f"{BEFORE % MADE_UP} {FRAME % page}", f"{BEFORE % PRINTED} {FRAME % edition}")
        return replace(made, text=made.text.removeprefix(f"{BEFORE % PRINTED} "))

    return corrected


@pytest.mark.parametrize(
    ("page", "edition", "why"),
    [
        ("White", "1:25 p.m. Nothing", "has a figure that the page lacks"),
        ("White", "men 1961", "has a figure that the page lacks"),
        ("grain", "men b. old", "numbers the list otherwise"),
        ("white b. men", "nothing new", "numbers the list otherwise"),
        ("white 2. men", "nothing 3. old new", "numbers the list otherwise"),
    ],
)
def test_a_figure_or_a_label_among_several_words_is_flagged(fluent, page: str, edition: str, why: str):
    """A time or the number of a list may be the editors' own; a reader is told why nothing was done."""
    made = fluent(page, edition)
    assert made.text == FRAME % page
    told = [f.why for f in made.flags if f.citation and f.kind is FlagKind.DOUBTFUL]
    assert any(why in one for one in told)


@pytest.mark.parametrize(
    ("page", "edition"),
    [("White", "1961"), ("White", "nothing new"), ("grain", "men or b old")],
)
def test_a_figure_for_a_word_or_for_a_figure_is_adopted(fluent, page: str, edition: str):
    """One figure misread as a word, figures on both sides, and words without figure or label are no doubt."""
    assert fluent(page, edition).text == FRAME % edition


@pytest.mark.parametrize(
    ("page", "edition"),
    [
        ("old grain again first", "ships that men will"),
        ("old grain again", "ships that men will"),
        ("old grain again first", "ships that men"),
    ],
)
def test_a_difference_over_four_words_is_adopted(fluent, page: str, edition: str):
    """Four words on either side may be one bad stretch of a line."""
    assert fluent(page, edition).text == FRAME % edition


@pytest.mark.parametrize(
    ("page", "edition"),
    [
        ("old grain again first new", "ships that men will it"),
        ("old grain again first", "ships that men will it"),
        ("old grain again first new", "ships that men will"),
    ],
)
def test_a_difference_over_five_words_is_flagged(fluent, page: str, edition: str):
    """Five on one side are enough: it may be another sentence."""
    made = fluent(page, edition)
    assert made.text == FRAME % page
    assert "the edition reads otherwise, but over 5 words" in {f.why for f in made.flags}


def _with_capitals(text: str, share: float) -> str:
    """`text` with its first letters in capitals, as many as the share of all letters says."""
    letters = [at for at, c in enumerate(text) if c.isalpha()]
    cut = [*letters, len(text)][round(share * len(letters))]
    return text[:cut].upper() + text[cut:].lower()


@pytest.mark.parametrize(
    ("share", "adopted"), [(1.0, "ADLAI"), (0.85, "ADLAI"), (0.75, "Adlai"), (0.5, "Adlai"), (0.0, "Adlai")]
)
def test_a_reading_is_in_capitals_where_four_letters_of_five_around_are(witnessed, share: float, adopted: str):
    """A telegram stays in capitals though a few letters were misread as small; half capitals are no telegram."""
    before, after = "and was closed for the winter and the letter of ", " was sent to the mission by ships again."
    around = _with_capitals(before + after, share)
    page = f"{around[: len(before)]}Sumner{around[len(before) :]}"
    made = witnessed(page, f"{before}Adlai{after}")
    assert [c.after for c in made.corrections if c.before == "Sumner"] == [adopted]


@pytest.mark.parametrize(("capitals", "adopted"), [(60, "ADLAI"), (40, "Adlai")])
def test_only_a_line_around_tells_of_capitals(witnessed, capitals: int, adopted: str):
    """Sixty characters on each side are looked at, so a telegram quoted in a letter is in capitals."""
    before = "The ships that will again be sent by the old mission to the harbour closed for winter and the letter of "
    after = " was sent to the mission by our new men that will for winter be sent again to the harbour and the ships."
    left, right = len(before) - capitals, capitals
    page = f"{before[:left].lower()}{before[left:].upper()}Sumner{after[:right].upper()}{after[right:].lower()}"
    made = witnessed(page, f"{before}Adlai{after}")
    assert [c.after for c in made.corrections if c.before == "Sumner"] == [adopted]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("x came", True),
        ("it came. x was", True),
        ("it came: “x was”", True),
        ("it came.” x was", True),
        ("2. x was", True),
        ("b) x was", True),
        ("Mr. x was", False),
        ("by J. x was", False),
        ("it came, x was", False),
        ("NATO x", False),
    ],
)
def test_where_a_sentence_opens(text: str, *, opening: bool):
    """At the start, after a full stop or a list label; a title's stop and an initial's end none."""
    run = list(tokens(text))
    (at,) = [i for i, t in enumerate(run) if t.core == "x"]
    assert starts_sentence(run, at) is opening


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("con relacion a la x", True),
        ("la x de", False),
        ("de la x de la", False),
        ("y la x", True),
        ("la x y", True),
        ("y x", False),
        ("y x y", True),
        ("y la b c d x", False),
        ("la y c d x", True),
        ("x c d y la", True),
        ("x b c d y la", False),
        ("Couve de Murville en route x", False),
    ],
)
def test_small_words_that_english_names_have_make_no_foreign_passage_alone(text: str, *, foreign: bool):
    """`La` and `de` count beside `y` only; two small words are needed, among the four on each side of a word."""
    run = list(tokens(text))
    (at,) = [i for i, t in enumerate(run) if t.core == "x"]
    assert in_foreign_passage(run, at) is foreign
