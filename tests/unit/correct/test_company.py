"""What the rest of a document says against a correction: where it is held, and beside it where it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from corrigenda.correct.company import in_company
from corrigenda.correct.gate import Bar
from corrigenda.correct.vote import AGREES
from corrigenda.text import tokens
from corrigenda.values import Correction, CorrectionKind, Evidence, Flag, FlagKind, Suggestion

PLAIN = (
    "the consul told us that rent for land of church was due in winter and his old house by harbour closed globe which "
    "he said why like president dear letter general government sent to be paid at office a port officers captain vessel"
)
USUAL = Bar(threshold=0.6)


@pytest.fixture(scope="module")
def left(make_words, make_change) -> Callable[..., list[Correction | Flag]]:
    """What is left of corrections, each `before: (after, probability)`, beside flags `word: (why, suggestion)`."""
    words = make_words(PLAIN)

    def look(
        text: str,
        changes: Mapping[str, tuple[str, float]],
        flags: Mapping[str, tuple[str, str]] | None = None,
        *,
        bar: Bar = USUAL,
        **told: object,
    ) -> list[Correction | Flag]:
        made = [
            replace(make_change(text, before, after), probability=chance, **told)
            for before, (after, chance) in changes.items()
        ]
        flagged = [
            Flag(
                span=make_change(text, word, "").span,
                kind=FlagKind.DOUBTFUL,
                why=why,
                suggestions=(Suggestion(text=offered, probability=0.7),) if offered else (),
            )
            for word, (why, offered) in (flags or {}).items()
        ]
        found = sorted([*made, *flagged], key=lambda one: one.span.start)
        return list(in_company(found, [list(tokens(text))], words, bar))

    return look


def _why(found: list[Correction | Flag]) -> list[str]:
    return [one.why if isinstance(one, Flag) else "" for one in found]


STRANGERS = "words around it are unknown, and hardly any is plainly misread"
TYPISTS = "words around it are misspelt by their typist"
GLOHE = "The messuage and the glohe of the old church was closed by the consul."


def test_among_unknown_words_it_is_one_more(left):
    """Beside a word that nobody would mend, in a text with nothing plainly misread, a reading is only offered."""
    (found,) = left(GLOHE, {"glohe": ("globe", 0.91)})
    assert isinstance(found, Flag)
    assert (found.why, found.span.of(GLOHE)) == (STRANGERS, "glohe")
    assert found.suggestions == (Suggestion(text="globe", probability=0.91),)


@pytest.mark.parametrize(("alone", "kind"), [(0.984, Flag), (0.985, Correction)])
def test_what_only_a_neural_model_finds_likely_is_judged_by_what_it_was_before(left, alone: float, kind: type):
    """It fits, as a word of the typist's would that is spelled right."""
    told = (Evidence(rule="gate", says="probability before the neural model was asked", figure=alone),)
    (found,) = left(GLOHE, {"glohe": ("globe", 0.999)}, evidence=told)
    assert isinstance(found, kind)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (GLOHE, {"glohe": ("globe", 0.985)}),
        ("The land and the glohe of the old church was closed.", {"glohe": ("globe", 0.91)}),
        (
            "The messuage and the glohe of the old church was closed by the govemment.",
            {"glohe": ("globe", 0.91), "govemment": ("government", 0.9)},
        ),
        ("The messuage and the gl.ebe of the old church was closed.", {"gl.ebe": ("globe", 0.91)}),
        (
            "The messuage of the church was due in winter and his old house by the harbour was glohe.",
            {"glohe": ("globe", 0.91)},
        ),
    ],
    ids=["all but sure", "among known words", "another is plainly misread", "a mark inside", "too far away"],
)
def test_it_is_put_in_where_nothing_like_it_stands_beside_it(left, text: str, changes: Mapping[str, tuple[str, float]]):
    """What is sure, alone, on a damaged page or has a mark in it is mended, and what is far away says nothing."""
    assert _why(left(text, changes)) == [""] * len(changes)


@pytest.mark.parametrize(
    ("text", "changes", "held"),
    [
        ("The hcuse was closed in winter.", {"hcuse": ("house", 0.79)}, True),
        ("The hcuse was closed in winter.", {"hcuse": ("house", 0.8)}, False),
        ("The hcuse was closed in winler.", {"hcuse": ("house", 0.7), "winler": ("winter", 0.7)}, False),
        ("The hou se was closed in winter.", {"hou se": ("house", 0.7)}, False),
    ],
    ids=["alone", "likely", "one of two", "in pieces"],
)
def test_the_only_one_of_a_text_takes_more(left, text: str, changes: Mapping[str, tuple[str, float]], *, held: bool):
    """Where nothing else is misread a word may be a typist's slip; typists make no pieces."""
    assert _why(left(text, changes)) == ["nothing else of the text is misread" if held else ""] * len(changes)


@pytest.mark.parametrize(("chance", "held"), [(0.98, True), (0.99, False)])
def test_the_only_one_takes_most_where_the_word_is_known(left, chance: float, *, held: bool):
    """*House* for *horse* where nothing else was misread: the neighbours alone are no sign of a machine."""
    text = "The house was closed in winter."
    found = left(text, {"house": ("horse", chance)}, kind=CorrectionKind.REAL_WORD)
    assert _why(found) == ["nothing else of the text is misread" if held else ""]


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        ("lettar", "letter", True),
        ("lettor", "letter", False),
        ("letler", "letter", False),
        ("captan", "captain", True),
        ("vesssel", "vessel", True),
        ("capain", "captain", False),
        ("dabt", "debt", False),
    ],
    ids=["a for e", "o for e", "a consonant", "a vowel lost", "a letter doubled", "a consonant lost", "a short word"],
)
def test_the_only_one_is_left_where_it_may_be_a_slip_of_the_ear(left, before: str, after: str, *, held: bool):
    """People write so; where other words are misread it is the machine's. An unknown neighbour saves nothing."""
    for text in (f"The {before} was told by the consul.", f"The {before} was told by the messuage."):
        assert _why(left(text, {before: (after, 0.99)})) == ["written as it sounds" if held else ""]
    both = left(f"{text} The hcuse was closed.", {before: (after, 0.99), "hcuse": ("house", 0.9)})
    assert _why(both) == ["", ""]


def test_of_two_plainly_misread_words_neither_is_held(left):
    """Each vouches for the other where one unknown word stands by."""
    text = "The messuage of the govemment and the hcuse was closed."
    assert _why(left(text, {"govemment": ("government", 0.9), "hcuse": ("house", 0.9)})) == ["", ""]


@pytest.mark.parametrize(
    ("why", "offered", "held"),
    [("a typist's spelling", "", True), ("likely misread", "captain", True), ("likely misread", "captured", False)],
)
def test_a_typist_who_misspells_one_word_misspells_another(left, why: str, offered: str, *, held: bool):
    """Beside a word that is told for a slip, or has the letters of the one offered exchanged, nothing is put in."""
    text = "The captian was told by the consul that the detaincd letter was sent."
    found = left(text, {"detaincd": ("detained", 0.99)}, {"captian": (why, offered)})
    assert _why(found) == [why, TYPISTS if held else ""]


def test_a_british_spelling_is_no_slip(left):
    """Who writes *organised* has misspelt nothing, so that the misread word beside it is mended."""
    text = "It was organised by the consul that the detaincd letter was sent."
    found = left(text, {"detaincd": ("detained", 0.99)}, {"organised": ("a British spelling", "organized")})
    assert _why(found) == ["a British spelling", ""]


def test_what_was_held_vouches_for_nothing(left):
    """When one of two is held, the other is asked once more, though it stood against more before."""
    text = "The detaned vessel was told by the consul that acount of the quarentine and the captian was due."
    slips = dict.fromkeys(("acount", "captian"), ("a typist's spelling", ""))
    found = left(text, {"detaned": ("detained", 0.96), "quarentine": ("quarantine", 0.97)}, slips)
    assert _why(found) == [TYPISTS, "a typist's spelling", TYPISTS, "a typist's spelling"]


def test_who_writes_by_ear_is_left_to_it(left):
    """Where nearly all corrections change nothing that is heard they are held; where others are made they are not."""
    text = "Deer Presdent he said wy and wich was due."
    heard = {"Deer": ("Dear", 0.97), "Presdent": ("President", 0.9), "wy": ("why", 0.9), "wich": ("which", 0.92)}
    assert _why(left(text, heard)) == ["written as it sounds"] * 4
    text += " The govemment closed the hcrbour."
    others = {"govemment": ("government", 0.97), "hcrbour": ("harbour", 0.97)}
    assert _why(left(text, {**heard, **others})) == [""] * 6


def test_one_letter_for_another_is_not_written_by_ear(left):
    """Machines take one vowel for another, so that letters must be wanting before an ear is believed in."""
    assert _why(
        left("The presudent and the cunsul.", {"presudent": ("president", 0.9), "cunsul": ("consul", 0.9)})
    ) == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"kind": CorrectionKind.HYPHEN},
        {"evidence": (Evidence(rule=AGREES, says="B has 'globe'", citation="B"),)},
    ],
    ids=["a broken line", "another machine"],
)
def test_what_no_typist_writes_is_not_asked_about(left, told: Mapping[str, object]):
    """What is broken at a line's end, and what another machine read alike, is mended among strangers too."""
    assert _why(left(GLOHE, {"glohe": ("globe", 0.8)}, **told)) == [""]


def test_where_more_harm_is_allowed_it_yields(left):
    """The bar eases what is asked for as it does with guards."""
    assert _why(left(GLOHE, {"glohe": ("globe", 0.91)}, bar=Bar(threshold=0.6, ease=0.5))) == [""]
