"""What of a page is compared, and where broken words are joined for it."""

from __future__ import annotations

import pytest

from corrigenda.score.evaluate import evaluate
from corrigenda.score.values import Evaluation, Outcome, Score
from corrigenda.values import Corrected

TRUTH = "The harbour was closed for the winter by the consul of the mission."


@pytest.fixture(scope="session")
def evaluated(make_document, make_transcript):
    """Evaluate a made-up page on which nothing was corrected."""

    def evaluate_page(page: str, truth: str) -> Evaluation:
        unchanged = Corrected(document_id="page", text=page, corrections=(), flags=(), signature="sig")
        return evaluate(make_document(page), unchanged, make_transcript(truth))

    return evaluate_page


def value(measures: tuple[Score, ...], name: str, profile: str) -> float:
    """One figure of many."""
    (found,) = [s.value for s in measures if (s.name, s.profile) == (name, profile)]
    return found


@pytest.mark.parametrize(("read", "missed"), [("harbuor", 1), ("harbour", 0)])
def test_a_heading_is_compared(evaluated, read: str, missed: int):
    """An error in the SUBJECT line counts in the measures and is missed like one of the body."""
    truth = f"SUBJECT: Closing of the harbour\n\n{TRUTH}"
    found = evaluated(truth.replace("harbour", read, 1), truth)
    assert found.left_out == ()
    assert found.count(Outcome.MISSED) == missed
    assert value(found.before.scores, "wer", "folded") == pytest.approx(missed / len(truth.split()))


@pytest.mark.parametrize("profile", ["folded", "hipe"])
@pytest.mark.parametrize("name", ["cer", "wer"])
def test_words_are_joined_only_where_the_transcription_breaks_words(evaluated, name: str, profile: str):
    """One that breaks another word keeps the page's lines, so breaks are no errors; one that breaks none does not."""
    page = TRUTH.replace("winter", "win-\nter")
    breaks = TRUTH.replace("mission", "mis-\nsion")
    assert value(evaluated(page, breaks).before.scores, name, profile) == 0.0
    assert value(evaluated(page, TRUTH).before.scores, name, profile) > 0.0
    assert value(evaluated(TRUTH, breaks).before.scores, name, profile) == 0.0
