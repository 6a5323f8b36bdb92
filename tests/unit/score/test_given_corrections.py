"""A corrected text that somebody else made is judged by what it has, not by where it was changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.ingest.records import Record, intake_of
from corrigenda.score.compare import as_corrected
from corrigenda.score.evaluate import evaluate
from corrigenda.score.values import Evaluation, Outcome

TRUTH = "The harbour was closed for the winter by the consul."
INVENTED = "Here is the corrected text of the document as you requested it:"


def judged(ocr: str, corrected: str, truth: str = TRUTH) -> Evaluation:
    """What the truth says of one record."""
    record = Record(id="r", group=None, ocr=ocr, truth=truth, corrected=corrected, line=1)
    intake = intake_of(record, "made-up.jsonl")
    made = as_corrected(intake.document, corrected, signature="sig", whole=True, trusted=True)
    return evaluate(intake.document, made, intake.transcript, trusted=True)


def outcomes(found: Evaluation) -> dict[str, int]:
    """The outcomes that there are."""
    return {o.value: n for o in Outcome if (n := found.count(o))}


WORDS = st.lists(st.sampled_from([*TRUTH.split(), "tbe", "b(1)", "[?]", "cansul.", "\n\n", "x"]), max_size=14)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(WORDS, WORDS, WORDS)
def test_a_text_has_the_same_figures_as_correction_and_as_ocr(ocr: list[str], corrected: list[str], truth: list[str]):
    """Whatever it was made from, and wherever words were put in: at the ends, into nothing, instead of everything."""
    read, text, human = " ".join(ocr), " ".join(corrected), " ".join(truth)
    assert judged(read, text, human).after == judged(text, text, human).before


@pytest.mark.parametrize(
    ("ocr", "expected"),
    [
        (TRUTH.removeprefix("The "), {"fixed": 1}),
        (TRUTH.removesuffix(" consul."), {"fixed": 1}),
        ("", {"fixed": 1}),
    ],
    ids=["first word", "last word", "all"],
)
def test_words_put_back_at_the_ends_are_fixed(ocr: str, expected: dict[str, int]):
    """Nothing is wrong any more, and the place counts as mended."""
    found = judged(ocr, TRUTH)
    assert {s.value for s in found.after.scores} == {0.0}
    assert outcomes(found) == expected


@pytest.mark.parametrize("corrected", [f"{INVENTED} {TRUTH}", f"{TRUTH} {INVENTED}"], ids=["before", "behind"])
def test_what_a_corrector_makes_up_is_harm(corrected: str):
    """A right text with a sentence that nobody wrote is worse, and says so."""
    found = judged(TRUTH, corrected)
    assert found.after.score("cer", "folded").value > 1
    assert outcomes(found) == {"harmed": 1}
    assert found.harmed_words == 1


def test_harm_counts_every_right_word_that_was_broken():
    """Also where a wrong word stands beside them: two right words broken, one still wrong."""
    found = judged("the qnick brown fox ran", "teh quick brwn fox ran", "the quick brown fox ran")
    assert outcomes(found) == {"fixed": 1, "harmed": 2}
    assert (found.harmed_words, found.right_words, found.harm) == (2, 4, 0.5)
    everything = judged("a b c d e f g h i x", "z z z z z z z z z z", "a b c d e f g h i j")
    assert (everything.harmed_words, everything.right_words) == (9, 9)
    merged = judged("was closed fcr", "wasclosedfor", "was closed for")
    assert merged.harmed_words == 2
