"""What a transcription says of each correction, and of each error left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corrigenda.correct.apply import apply
from corrigenda.score.evaluate import evaluate
from corrigenda.score.values import Evaluation, Outcome
from corrigenda.values import Corrected

TRUTH = "The harbour was closed for the winter by the consul."


@pytest.fixture(scope="session")
def judged(make_document, make_transcript, make_change):
    """Judge changes (before, after[, offset]) of a made-up page against a made-up transcription."""

    def judge_changes(page: str, changes: Sequence[tuple], truth: str = TRUTH) -> Evaluation:
        document = make_document(page)
        made = tuple(make_change(page, c[0], c[1], at=c[2] if len(c) > 2 else None) for c in changes)
        corrected = Corrected(
            document_id="page", text=apply(page, made), corrections=made, flags=(), signature="made up"
        )
        return evaluate(document, corrected, make_transcript(truth))

    return judge_changes


def told(found: Evaluation) -> list[tuple[str, str, str | None, str]]:
    """Before, after, truth and outcome of each verdict."""
    return [(v.before, v.after, v.truth, v.outcome.value) for v in found.verdicts]


def test_a_right_page_has_nothing_to_tell(judged):
    """No verdict, and every word counts as right."""
    found = judged(TRUTH, [])
    assert (told(found), found.right_words) == ([], 10)


@pytest.mark.parametrize(
    ("read", "after", "truth", "outcome"),
    [
        ("consui", "consul", "consul", "fixed"),
        ("consxy", "consuly", "consul", "improved"),
        ("cansui", "cansuls", "consul", "still_wrong"),
        ("consui", "canxul", "consul", "still_wrong"),
        ("consul", "counsel", "consul", "harmed"),
    ],
)
def test_each_outcome_of_a_changed_word(judged, read: str, after: str, truth: str, outcome: str):
    """Right now, nearer, no nearer, or right before and wrong now."""
    page = TRUTH.replace("consul", read)
    assert told(judged(page, [(read, after)])) == [(read, after, truth, outcome)]


def test_every_outcome_once_on_one_page(judged):
    """All on one page, each told apart, in the order of the page."""
    page = "Tbe harbuor was closed fcr the winter hy the consul and the bcy was sunk."
    truth = "The harbour was closed for the winter by the consul and the [?] was sunk."
    changes = [("Tbe", "The"), ("harbuor", "harbuour"), ("fcr", "fxr"), ("winter", "wintry"), ("bcy", "boy")]
    found = judged(page, changes, truth)
    assert [v.outcome for v in found.verdicts] == [
        Outcome.FIXED,
        Outcome.IMPROVED,
        Outcome.STILL_WRONG,
        Outcome.HARMED,
        Outcome.MISSED,
        Outcome.UNSCORABLE,
    ]
    assert found.verdicts[4].before == "hy"
    assert found.verdicts[4].truth == "by"
    assert found.verdicts[4].correction is None
    assert all(v.correction is not None for v in found.verdicts if v.outcome is not Outcome.MISSED)


@pytest.mark.parametrize(
    ("page", "change", "outcome"),
    [
        (TRUTH.replace("harbour", "har bour"), ("har bour", "harbour"), "fixed"),
        (TRUTH.replace("was closed", "wasclosed"), ("wasclosed", "was closed"), "fixed"),
        (TRUTH, ("was closed", "wasclosed"), "harmed"),
        (TRUTH.replace("consul", "CONsul"), ("CONsul", "consul"), "fixed"),
        (TRUTH.replace("consul", "con-\nsul"), ("con-\nsul", "consul"), "fixed"),
    ],
    ids=["merge", "split", "wrong merge", "case", "line end"],
)
def test_spacing_case_and_hyphens_are_judged(judged, page: str, change: tuple[str, str], outcome: str):
    """What changes no letter is right or wrong all the same."""
    assert [v[3] for v in told(judged(page, [change]))] == [outcome]


def test_a_line_end_that_the_transcription_keeps_is_no_error(judged):
    """Broken on both sides is right; joining it against the transcription is told as harm."""
    broken = TRUTH.replace("consul", "con-\nsul")
    assert told(judged(broken, [], broken)) == []


def test_a_line_end_that_the_transcription_joins_is_missed(judged):
    """The word is right only when it is whole."""
    assert [v[3] for v in told(judged(TRUTH.replace("consul", "con-\nsul"), []))] == ["missed"]


def test_words_put_back_rightly_are_fixed(judged):
    """A restoration stands where the transcription has the same words."""
    page = TRUTH.replace("for the winter ", "")
    at = page.index("by the")
    assert told(judged(page, [("", "for the winter ", at)])) == [("", "for the winter ", "for the winter", "fixed")]


def test_words_put_back_wrongly_are_harm(judged):
    """Where the transcription has nothing between the neighbours the page was right."""
    at = TRUTH.index("by the")
    found = told(judged(TRUTH, [("", "perhaps ", at)]))
    assert [(v[0], v[1], v[3]) for v in found] == [("", "perhaps ", "harmed")]


def test_other_words_than_the_lost_ones_are_no_fix(judged):
    """Something was lost there, but not this."""
    page = TRUTH.replace("for the winter ", "")
    ((_, _, truth, outcome),) = told(judged(page, [("", "with a xqxqx ", page.index("by the"))]))
    assert outcome in {"still_wrong", "improved"}
    assert truth == "for the winter"


def test_lost_words_that_nobody_put_back_are_missed(judged):
    """A place without letters, with what the transcription has there."""
    page = TRUTH.replace("for the winter ", "")
    found = judged(page, [])
    assert told(found) == [("", "", "for the winter", "missed")]
    assert (found.verdicts[0].span.start, found.verdicts[0].span.end) == (page.index("by the"),) * 2


def test_words_too_many_are_missed(judged):
    """What the transcription does not have should not be there."""
    page = TRUTH.replace("by the", "x by the")
    assert told(judged(page, [])) == [("x", "x", "", "missed")]


def test_a_neighbouring_error_is_missed_where_only_one_was_mended(judged):
    """Of two misread words in a row, the one left alone is told by itself."""
    page = TRUTH.replace("harbour was", "harbuor wxs")
    assert told(judged(page, [("harbuor", "harbour")])) == [
        ("harbuor", "harbour", "harbour", "fixed"),
        ("wxs", "wxs", "was", "missed"),
    ]


@pytest.mark.parametrize("mark", ["[?]", "[Excised]", "b(1)"])
def test_what_the_transcriber_did_not_read_cannot_be_judged(judged, mark: str):
    """A correction against a gap in the truth is unscorable and has no truth; the error beside it is not missed."""
    page = TRUTH.replace("consul", "cansul")
    found = judged(page, [("cansul", "consul")], TRUTH.replace("consul", mark))
    assert told(found) == [("cansul", "consul", None, "unscorable")]
    assert told(judged(page, [], TRUTH.replace("consul", mark))) == []


def test_a_correction_in_a_part_that_is_not_compared_cannot_be_judged(judged):
    """Transcribers lay addresses out anew."""
    page = f"The Honorable\nJohn Smythe,\n12 Quay Strect,\nNew York.\n\nDear Sir:\n\n{TRUTH}"
    found = judged(page, [("Strect", "Street")], f"Dear Sir:\n\n{TRUTH}")
    assert told(found) == [("Strect", "Street", None, "unscorable")]
    assert found.right_words == 10


def test_an_address_where_words_were_lost_cannot_be_judged_by_them(judged):
    """What the page lacks beside the address is missed, and says nothing of the correction in the address."""
    address = "The Honorable\nJohn Smythe,\n12 Quay Strect,\nNew York."
    page = f"{TRUTH}\n\n{address}\n\nThe mission went home."
    found = judged(page, [("Strect", "Street")], f"{TRUTH}\n\nNobody came.\n\nThe mission went home.")
    assert sorted(v[3] for v in told(found)) == ["missed", "unscorable"]


def test_a_change_that_the_comparison_cannot_see_is_unscorable(judged):
    """Outer punctuation is no part of the compared word."""
    assert [v[3] for v in told(judged(TRUTH, [("consul.", "consul,")]))] == ["unscorable"]


def test_quotes_and_dashes_of_the_transcriber_are_no_errors(judged):
    """A typographic apostrophe in the truth does not make the page wrong."""
    page = TRUTH.replace("consul", "consul's IL-28")
    assert told(judged(page, [], page.replace("'", "’").replace("-", "–"))) == []


def test_redactions_agree_with_each_other(judged):
    """b(1) on the page and [Excised] in the transcription are the same gap."""
    page = TRUTH.replace("consul", "b(1) consul")
    found = judged(page, [], TRUTH.replace("consul", "[Excised] consul"))
    assert (told(found), found.right_words) == ([], 10)
