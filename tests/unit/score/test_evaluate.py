"""The evaluation of one document, whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.correct.apply import apply
from corrigenda.errors import PairingError
from corrigenda.score.compare import as_corrected
from corrigenda.score.evaluate import evaluate
from corrigenda.score.metrics import MEASURES
from corrigenda.score.values import Disputed, Evaluation, Outcome
from corrigenda.values import EDITION, Corrected, Reading, SegmentKind, Span

TRUTH = "The harbour was closed for the winter by the consul."
PAGE = TRUTH.replace("harbour", "harbuor").replace("consul", "cansul")


@pytest.fixture(scope="session")
def evaluated(make_document, make_transcript, make_change):
    """Evaluate changes of a made-up page; readings are (word of the page, reading of the edition)."""

    def evaluate_changes(page: str, changes=(), truth: str = TRUTH, readings=()) -> Evaluation:
        made = tuple(make_change(page, before, after) for before, after in changes)
        corrected = Corrected(document_id="page", text=apply(page, made), corrections=made, flags=(), signature="sig")
        given = [
            Reading(span=Span(start=page.index(w), end=page.index(w) + len(w)), text=t, siglum="edition")
            for w, t in readings
        ]
        return evaluate(make_document(page), corrected, make_transcript(truth), given)

    return evaluate_changes


def value(measures, name: str, profile: str) -> float:
    """One figure of many."""
    (found,) = [s.value for s in measures if (s.name, s.profile) == (name, profile)]
    return found


def test_measures_before_and_after(evaluated):
    """Two words of ten wrong before, one after; all measures in all profiles on both sides."""
    found = evaluated(PAGE, [("harbuor", "harbour")])
    assert [(s.name, s.profile) for s in found.before.scores] == [(s.name, s.profile) for s in found.after.scores]
    assert len(found.before.scores) == 3 * len(MEASURES)
    assert value(found.before.scores, "wer", "folded") == pytest.approx(0.2)
    assert value(found.after.scores, "wer", "folded") == pytest.approx(0.1)
    assert value(found.after.scores, "cer", "strict") == pytest.approx(1 / len(TRUTH))
    assert (found.document_id, found.signature, found.right_words) == ("page", "sig", 8)
    assert [found.count(o) for o in (Outcome.FIXED, Outcome.MISSED, Outcome.HARMED)] == [1, 1, 0]


def test_only_the_letter_itself_is_compared(evaluated):
    """Marks, stamps, redactions and drafting lines of either side make no error, and are counted as left out."""
    page = f"SECRET\n\nDECLASSIFIED\n\n{TRUTH} b(1)\n\nAB:CD:EF\n\n- 2 -"
    found = evaluated(page, truth=f"CONFIDENTIAL\n\n{TRUTH} [Excised]")
    assert {s.value for s in found.before.scores} == {0.0}
    assert dict(found.left_out) == {
        SegmentKind.MARKING: 1,
        SegmentKind.STAMP: 1,
        SegmentKind.DRAFTING: 1,
        SegmentKind.PAGE_NUMBER: 3,
    }


LETTER = f"Embassy of the United States\nVaduz\n\nDear Sir:\n\n{TRUTH}\n\nSincerely yours,\n\nAnna Berg\n"


@pytest.mark.parametrize(
    ("word", "read"),
    [("Berg", "8erg"), ("Anna", "anna"), ("Dear", "Dcar"), ("Embassy", "Ernbassy"), ("Vaduz", "vaduz")],
)
def test_the_truth_decides_what_is_compared(evaluated, word: str, read: str):
    """A misread letter makes body of a signature, a salutation or an address on the OCR side alone, and no error."""
    found = evaluated(LETTER.replace(word, read), truth=LETTER)
    assert {s.value for s in found.before.scores} == {0.0}
    assert found.verdicts == ()
    assert dict(found.left_out) == {SegmentKind.ADDRESS: 6, SegmentKind.SALUTATION: 2, SegmentKind.SIGNATURE: 2}


def test_body_that_looks_like_a_mark_is_compared_where_the_truth_has_text(evaluated):
    """A line that was read as a marking counts as misread, not as lost, and its errors are not hidden."""
    truth = f"{TRUTH}\n\nSecret talks followed.\n\n{TRUTH}"
    found = evaluated(truth.replace("Secret talks followed.", "SECRET"), truth=truth)
    of = found.before.score("wer", "strict").counts
    assert (of.substitutions, of.deletions, of.insertions) == (1, 2, 0)
    assert [v.truth for v in found.verdicts]


def test_a_stamp_of_the_ocr_alone_is_left_out(evaluated):
    """The transcriber left it out, so it is no insertion; what looks like text and is not in the truth is one."""
    page = f"{TRUTH}\n\nDECLASSIFIED\n\nThe mission went home."
    truth = f"{TRUTH}\n\nThe mission went home."
    found = evaluated(page, truth=truth)
    assert ({s.value for s in found.before.scores}, dict(found.left_out)) == ({0.0}, {SegmentKind.STAMP: 1})
    assert (
        evaluated(page.replace("DECLASSIFIED", "The sky was blue."), truth=truth)
        .before.score("wer", "folded")
        .counts.insertions
        == 4
    )


def test_segments_move_with_the_corrections(evaluated):
    """A longer text before a mark does not push letters of the mark into the comparison."""
    page = f"{PAGE.replace('harbuor', 'hrbr')}\n\nSECRET\n\nThe mission went home."
    found = evaluated(page, [("hrbr", "harbour"), ("cansul", "consul")], truth=f"{TRUTH}\n\nThe mission went home.")
    assert {s.value for s in found.after.scores} == {0.0}


def test_line_ends_that_the_transcription_keeps_are_joined_on_both_sides(evaluated):
    """In the looser profiles joining a word neither helps nor harms; strict counts the page as it stands."""
    broken = TRUTH.replace("winter", "win-\nter")
    joined = evaluated(broken, [("win-\nter", "winter")], truth=broken)
    assert value(joined.before.scores, "cer", "folded") == value(joined.after.scores, "cer", "folded") == 0.0
    assert value(joined.after.scores, "cer", "strict") > value(joined.before.scores, "cer", "strict") == 0.0


def test_a_truth_that_stands_alone_is_disputed(evaluated):
    """OCR and edition agree against the transcription: all three readings are listed, nobody is judged wrong."""
    found = evaluated(PAGE, truth=TRUTH.replace("closed", "cloned"), readings=[("closed", "closed")])
    (disputed,) = found.disputed
    at = PAGE.index("closed")
    assert disputed == Disputed(
        span=Span(start=at, end=at + 6), ocr="closed", reading="closed", siglum="edition", transcription="cloned"
    )


def test_another_engine_disputes_only_where_it_agrees_with_the_ocr(make_document, make_transcript):
    """A third reading that agrees with nobody is most likely a misreading of its own; an edition's is not."""
    page, truth = PAGE, TRUTH.replace("closed", "cloned")
    unchanged = Corrected(document_id="page", text=page, corrections=(), flags=(), signature="sig")

    def disputed(word: str, reading: str, siglum: str) -> list[str]:
        place = Span(start=page.index(word), end=page.index(word) + len(word))
        given = [Reading(span=place, text=reading, siglum=siglum)]
        return [d.siglum for d in evaluate(make_document(page), unchanged, make_transcript(truth), given).disputed]

    assert disputed("closed", "closed", "other.txt") == ["other.txt"]
    assert disputed("closed", "clxsed", "other.txt") == []
    assert disputed("closed", "clxsed", EDITION) == [EDITION]


def test_a_disputed_place_names_all_witnesses(make_document, make_transcript):
    """The first that contradicts the transcription, then all others, whomever they agree with."""
    truth = TRUTH.replace("closed", "cloned")
    unchanged = Corrected(document_id="page", text=PAGE, corrections=(), flags=(), signature="sig")
    place = Span(start=PAGE.index("closed"), end=PAGE.index("closed") + 6)
    said = (("one.txt", "cloned"), (EDITION, "close"), ("two.txt", "closed"))
    given = [Reading(span=place, text=text, siglum=siglum) for siglum, text in said]
    (disputed,) = evaluate(make_document(PAGE), unchanged, make_transcript(truth), given).disputed
    assert (disputed.siglum, disputed.reading) == (EDITION, "close")
    assert disputed.others == (("one.txt", "cloned"), ("two.txt", "closed"))


def test_words_against_a_mark_say_nothing_of_the_engine(make_document, make_transcript):
    """Their confidence is in no figure, since nobody knows whether they are right."""
    document = make_document(PAGE)
    sure = tuple(replace(word, confidence=0.5) for word in document.words)
    unchanged = Corrected(document_id="page", text=PAGE, corrections=(), flags=(), signature="sig")
    found = evaluate(replace(document, words=sure), unchanged, make_transcript(TRUTH.replace("closed", "[?]")))
    assert len(found.sureness) == len(PAGE.split()) - 1
    assert sum(s.right for s in found.sureness) == found.right_words


@pytest.mark.parametrize(
    ("changes", "readings"),
    [
        ([], []),
        ([], [("cansul", "consul")]),
        ([], [("cansul", "Consul,")]),
        ([("cansul", "consul")], [("cansul", "counsel")]),
    ],
    ids=["no edition", "the edition agrees", "but for case and marks", "the correction was right"],
)
def test_what_is_not_disputed(evaluated, changes, readings):
    """Only another reading of the edition puts the truth in doubt."""
    assert evaluated(PAGE, changes, readings=readings).disputed == ()


def test_three_readings_that_all_differ_are_disputed(evaluated):
    """The page says one thing, the edition another, the transcription a third."""
    (disputed,) = evaluated(PAGE, readings=[("cansul", "council")]).disputed
    assert (disputed.ocr, disputed.reading, disputed.transcription) == ("cansul", "council", "consul")


APPLES = "Apples ripen early if summers bring rain, growers say."


def test_another_page_is_refused(evaluated):
    """Figures of a pair that is none would mean nothing; the message names both and the remedy."""
    with pytest.raises(PairingError, match=r"page\.txt: does not look like the page that page\.gt\.txt") as caught:
        evaluated(PAGE, truth=APPLES)
    assert "belong together" in caught.value.remedy


def test_another_page_is_refused_whatever_its_length(evaluated):
    """Not one word is shared but `the` and `by`; that letters meet by chance makes no pair."""
    with pytest.raises(PairingError):
        evaluated(PAGE, truth=f"{APPLES} Few agree on why, and nobody in our valley has ever found it out.")


def test_right_words_taken_out_are_harm(make_document, make_transcript):
    """Words that a correction lost, at the end of a text as well, were right and are broken."""
    text = "The harbour was closed for winter and the letter was sent."
    document = make_document(text)
    shortened = as_corrected(document, "The harbour was closed for winter and the letter", signature="s")
    judged = evaluate(document, shortened, make_transcript(text))
    assert (judged.count(Outcome.HARMED), judged.harmed_words, judged.count(Outcome.UNSCORABLE)) == (2, 2, 0)
