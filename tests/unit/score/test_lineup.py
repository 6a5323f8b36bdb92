"""What stands against a mark costs nothing, on whichever side the mark is; all else is compared as without it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.ingest.rawtext import read, read_transcript
from corrigenda.score.evaluate import evaluate
from corrigenda.score.lineup import Lineup, Page, stretches
from corrigenda.score.metrics import measure, scores
from corrigenda.score.values import Counts, Evaluation, Outcome
from corrigenda.text import Profile
from corrigenda.values import Corrected

TEXT = "The harbour was closed for the winter by the consul."
# A redaction in words, by code or by bar; a reading given up or in doubt, alone or in part; what stands in the margin.
MARKS = [
    "[Excised]",
    "[2 lines redacted]",
    "[name not declassified]",
    "b(1)",
    "(b)(3)",
    "1.4(c)",
    "25X1",
    "██████",
    "██ ██ ██",
    "[illegible]",
    "[[unreadable]]",
    "[?]",
    "[????]",
    "cl[??]",
    "[barn?]",
    "[*Photo*]",
]
MANY = " ".join(f"clause{n} of the annex" for n in range(13))


def lined_up(page: str, truth: str, *, whole: bool = True) -> Lineup:
    """The lineup of two made-up texts."""
    document = read(page.encode(), path="page.txt", document_id="page", whole=whole).document
    transcript = read_transcript(truth.encode(), path="page.gt.txt", document_id="page", whole=whole)
    human = Page.of(transcript.text, transcript.segments)
    return Lineup.of(Page.of(document.text, document.segments, human), human)


def compared(page: str, truth: str) -> list[tuple[str, str]]:
    """What is compared with what, as (read, truth)."""
    return [(s.read, s.truth) for s in stretches(lined_up(page, truth))]


def counts(page: str, truth: str, name: str = "cer") -> Counts:
    """The counts of one measure, strict."""
    found = measure(list(stretches(lined_up(page, truth))), Profile.STRICT).scores
    return next(s.counts for s in found if s.name == name)


def aside(page: str, truth: str) -> tuple[list[str], list[str]]:
    """The words (not the marks) of either text that stand against a mark."""
    found = lined_up(page, truth)
    return (
        [p.core for i, p in enumerate(found.page.pieces) if i in found.aside and not p.barrier],
        [p.core for j, p in enumerate(found.truth.pieces) if j in found.truth_aside and not p.barrier],
    )


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("whole", [True, False], ids=["passage", "page"])
def test_a_mark_on_either_side_matches_the_word_it_stands_for(mark: str, whole: bool):
    """The other words are compared, and no figure has an error; an engine that gave up has just not read it."""
    marked = TEXT.replace("closed", mark)
    redacted = not any(given_up in mark for given_up in ("?", "illegible", "unreadable"))
    for page, truth in ((TEXT, marked), *(((marked, TEXT),) if redacted else ())):
        found = list(stretches(lined_up(page, truth, whole=whole)))
        assert [(s.read, s.truth) for s in found] == [("The harbour was",) * 2, ("for the winter by the consul.",) * 2]
        assert {s.value for profile in Profile for s in measure(found, profile).scores} == {0.0}
    assert aside(TEXT, marked) == (["closed"], [])
    if redacted:
        assert aside(marked, TEXT) == ([], ["closed"])
    else:
        assert aside(marked, TEXT) == ([], [])
        assert counts(marked, TEXT, "wer").deletions == 1


@pytest.mark.parametrize("mark", ["[redacted]", "b(1)"])
@pytest.mark.parametrize("other", ["[illegible]", "██"])
def test_a_mark_matches_a_mark(mark: str, other: str):
    """However either side says it, and with several in a row against one."""
    for written in (other, f"{other} {other}"):
        found = compared(TEXT.replace("closed", mark), TEXT.replace("closed", written))
        assert found == [("The harbour was",) * 2, ("for the winter by the consul.",) * 2]
        assert aside(TEXT.replace("closed", mark), TEXT.replace("closed", written)) == ([], [])


@pytest.mark.parametrize(
    ("marked", "set_aside"),
    [
        (f"[?] {TEXT}", []),
        (f"{TEXT} [?]", []),
        (TEXT.replace("closed", "closed [?]"), []),
        (TEXT.replace("The", "[?]"), ["The"]),
        (TEXT.replace("consul.", "[?]"), ["consul"]),
        (TEXT.replace("consul.", "[?]."), ["consul"]),
        (TEXT.replace("consul", "con[?]"), ["consul"]),
        (TEXT.replace("consul", "[?]sul"), ["consul"]),
        (TEXT.replace("consul.", '"[?],"'), ["consul"]),
        (TEXT.replace("closed", "[?] [?]"), ["closed"]),
        (TEXT.replace("closed for", "[?] [?]"), ["closed", "for"]),
        (TEXT.replace("closed for the winter", "[?]"), ["closed", "for", "the", "winter"]),
        (TEXT.replace("The harbour was closed for the winter", "[?]"), TEXT.split()[:7]),
        (TEXT.replace("for the winter by the consul.", "[?]"), TEXT.rstrip(".").split()[4:]),
        (TEXT.replace("harbour", "[?]").replace("winter", "[?]"), ["harbour", "winter"]),
        ("[?]", TEXT.rstrip(".").split()),
        ("[?] [?]", TEXT.rstrip(".").split()),
    ],
)
def test_a_mark_stands_for_any_number_of_words(marked: str, set_aside: list[str]):
    """None, one, several, all; at the beginning, at the end, twice in a row, glued to a word or to a full stop."""
    redacted = marked.replace("[?]", "[redacted]")
    assert aside(TEXT, marked) == (set_aside, [])
    assert aside(redacted, TEXT) == ([], set_aside)
    for page, truth in ((TEXT, marked), (redacted, TEXT)):
        for name in ("cer", "wer", "wer_ws"):
            of = counts(page, truth, name)
            assert of.errors == 0
            if name == "wer":
                assert of.hits == len(TEXT.split()) - len(set_aside)


def test_a_redaction_where_the_truth_prints_fifty_words_costs_nothing():
    """A later release has what this page lacks: nothing is wrong, and fifty words are counted as set aside."""
    assert len(MANY.split()) == 52
    page, truth = TEXT.replace("closed", "b(1)"), TEXT.replace("closed", MANY)
    assert compared(page, truth) == [("The harbour was",) * 2, ("for the winter by the consul.",) * 2]
    assert aside(page, truth) == ([], MANY.split())
    assert aside(truth, page) == (MANY.split(), [])


@pytest.mark.parametrize(("bar", "hidden"), [("■", 1), ("█████", 5)])
def test_a_bar_hides_a_word_for_each_of_its_characters(bar: str, hidden: int):
    """One block may be dirt, so it hides no sentence, and no word that it touches; what it does not hide was lost."""
    page, truth = TEXT.replace("closed", bar), TEXT.replace("closed", MANY)
    assert len(aside(page, truth)[1]) == hidden
    assert counts(page, truth, "wer").deletions == 52 - hidden
    assert counts(TEXT.replace("closed", f"closed{bar}"), TEXT).errors == 0
    assert aside(TEXT.replace("closed", f"closed{bar}"), TEXT) == ([], [])


@pytest.mark.parametrize("page", ["[?]", "[illegible]"])
def test_a_page_given_up_is_all_lost(page: str):
    """An engine that gives up does no better than one that reads nothing."""
    assert counts(page, TEXT, "wer") == Counts(deletions=10)


def test_what_is_set_aside_is_counted(make_document, make_transcript):
    """The evaluation says how many marks there are, how many words stand against them, and judges none of these."""
    page, truth = TEXT.replace("closed", "b(1)"), TEXT.replace("closed", MANY).replace("consul", "c[?]")
    found = _evaluated(make_document(page), make_transcript(truth))
    assert (found.marks, found.set_aside) == (2, 52 + 1)
    assert (found.right_words, found.verdicts) == (8, ())
    assert {s.value for s in found.before.scores} == {0.0}


def _evaluated(document, transcript) -> Evaluation:
    unchanged = Corrected(document_id="page", text=document.text, corrections=(), flags=(), signature="sig")
    return evaluate(document, unchanged, transcript)


@pytest.mark.parametrize(
    ("page", "truth", "expected"),
    [
        # A wrong letter before the mark, and behind it: 15 and 29 characters are left, and the blank that joins them.
        (TEXT.replace("was", "wxs"), TEXT.replace("closed", "[?]"), (44, 1, 0, 0)),
        (TEXT.replace("for", "fcr"), TEXT.replace("closed", "[?]"), (44, 1, 0, 0)),
        (TEXT.replace("was", "wxs"), TEXT.replace("closed", "[?] [?]"), (44, 1, 0, 0)),
        (TEXT.replace("was closed", "wxs b(1)"), TEXT.replace("closed", MANY), (44, 1, 0, 0)),
        # The word before the mark was lost: its letters and one blank are deletions, and the mark does not take it.
        ("The harbour b(1) for the winter by the consul.", TEXT.replace("closed", "[?]"), (41, 0, 4, 0)),
        # A word too many elsewhere is an insertion, whatever the marks.
        (TEXT.replace("winter", "cold winter"), TEXT.replace("closed", "[?]"), (45, 0, 0, 5)),
        # Marks in both, in different places: 3, 18 and 14 characters, and two blanks.
        (TEXT.replace("harbour", "b(1)"), TEXT.replace("winter", "[?]"), (37, 0, 0, 0)),
    ],
    ids=["before", "behind", "two marks", "a long redaction", "a word lost beside", "a word too many", "both sides"],
)
def test_rates_beside_marks_by_hand(page: str, truth: str, expected: tuple[int, int, int, int]):
    """What stands beside a mark is compared to the letter."""
    of = counts(page, truth)
    assert (of.hits, of.substitutions, of.deletions, of.insertions) == expected


def test_all_measures_beside_a_mark_by_hand():
    """Of nine words that are left one is wrong, by one letter of 45; what stands against the mark is in no base."""
    page = TEXT.replace("closed", "xx yy zz").replace("winter", "wintcr")
    found = measure(list(stretches(lined_up(page, TEXT.replace("closed", "[illegible]")))), Profile.FOLDED).scores
    told = {s.name: (s.counts.errors, s.counts.reference) for s in found}
    assert told == {
        **dict.fromkeys(("cer", "cmer", "cer_free"), (1, 45)),
        **dict.fromkeys(("wer", "wmer", "wer_ws", "wer_bag"), (1, 9)),
    }


def test_a_page_that_is_one_mark_has_nothing_to_compare():
    """No stretch, no base, no error: every rate is 0."""
    for page, truth in ((TEXT, "[?]"), ("b(1)", TEXT), ("b(1)", "[?]")):
        assert compared(page, truth) == []
    assert {s.value for s in measure([], Profile.STRICT).scores} == {0.0}
    assert {s.counts for s in measure([], Profile.STRICT).scores} == {Counts()}


def test_a_mark_is_no_error_that_was_missed(make_document, make_transcript):
    """An error beside it is; what stands against it is not."""
    page = TEXT.replace("harbour", "harbuor").replace("closed", "xx yy")
    found = _evaluated(make_document(page), make_transcript(TEXT.replace("closed", "[?]")))
    assert [(v.before, v.truth, v.outcome) for v in found.verdicts] == [("harbuor", "harbour", Outcome.MISSED)]


def test_notes_of_the_editor_between_the_lines_are_no_text():
    """[Page 2] is not read and not missed, and no word is lost to it, since it stands for nothing on the page."""
    truth = TEXT.replace("for", "[Page 2] for")
    assert counts(TEXT, truth) == counts(TEXT, TEXT)
    assert aside(TEXT, truth) == ([], [])
    assert counts(TEXT.replace("for", "XX for"), truth).errors == 3


def test_law_cited_by_its_section_is_text():
    """`section 6 (b)(1)` is no redaction, and what was misread there counts."""
    truth = TEXT.replace("consul", "consul under section 6 (b)(1) of the Act")
    assert counts(truth.replace("6 (b)(1)", "6 (b)(7)"), truth).errors == 1


words = st.lists(
    st.sampled_from([*TEXT.split(), "cansul.", "hxrbour", "IL-28", "(a)", "win-\nter", "\n\n", "é"]), max_size=25
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(words, words)
def test_without_a_mark_all_is_as_for_plain_texts(page: list[str], truth: list[str]):
    """One stretch at most, with the counts of the two texts in every profile."""
    found = list(stretches(lined_up(" ".join(page), " ".join(truth))))
    assert len(found) <= 1
    for profile in Profile:
        plain = scores(" ".join(page), " ".join(truth), profile)
        assert [(s.name, s.counts) for s in measure(found, profile).scores if s.name != "cer_free"] == [
            (s.name, s.counts) for s in plain if s.name != "cer_free"
        ]


marked_words = st.lists(
    st.sampled_from([*TEXT.split(), "cansul", "[?]", "b(1)", "[?].", "x[?]", "██", "[*Photo*]"]), max_size=25
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(marked_words, marked_words)
def test_each_word_is_compared_or_set_aside_and_never_both(page: list[str], truth: list[str]):
    """On both sides the words of the stretches are, in order, those that stand against no mark."""
    found = lined_up(" ".join(page), " ".join(truth))
    parts = list(stretches(found))
    for own, others, beside in (
        ([s.read for s in parts], found.page, found.aside),
        ([s.truth for s in parts], found.truth, found.truth_aside),
    ):
        left = [p.whole.of(others.text) for i, p in enumerate(others.pieces) if i not in beside]
        assert " ".join(own).split() == left
        assert all(i in beside for i, p in enumerate(others.pieces) if p.barrier)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(marked_words)
def test_a_text_has_no_error_against_itself(page: list[str]):
    """Marks or not, equal is equal, and no word is set aside."""
    text = " ".join(page)
    assert counts(text, text).errors == 0
    # What the transcriber could not read, and the engine read in part, is the transcriber's mark.
    assert set(aside(text, text)[0]) <= {"x", "."}
    assert aside(text, text)[1] == []
