"""What the corrections of many documents come to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corrigenda.correct.apply import apply
from corrigenda.score.corrections import correction_scores
from corrigenda.score.evaluate import evaluate
from corrigenda.score.values import Evaluation
from corrigenda.values import Corrected, Correction, CorrectionKind, Evidence, Flag, FlagKind, Span, Suggestion

TRUTH = "The harbour was closed for the winter by the consul and the boy was sunk at night."
PAGE = "Tbe harbuor was closed fcr the winter hy the consul and the boy wus sunk at nighl."


@pytest.fixture(scope="session")
def judged(make_document, make_transcript):
    """Evaluate (before, after, probability) and flags (word, suggestions...) of a made-up page."""

    def judge(changes=(), flags=(), page: str = PAGE, truth: str = TRUTH, group: str = "page") -> Evaluation:
        made = tuple(sorted((change(page, *one) for one in changes), key=lambda c: c.span))
        doubts = tuple(flag(page, word, *offered) for word, *offered in flags)
        corrected = Corrected(
            document_id=group, text=apply(page, made), corrections=made, flags=doubts, signature="made up"
        )
        return evaluate(make_document(page), corrected, make_transcript(truth), group=group)

    return judge


def change(page: str, before: str, after: str, probability: float = 0.95, rules: tuple[str, ...] = ("lexicon",)):
    """A correction of the first `before`."""
    return Correction(
        span=place(page, before),
        before=before,
        after=after,
        kind=CorrectionKind.CHARACTER,
        probability=probability,
        evidence=tuple(Evidence(rule=rule, says="made up") for rule in rules),
    )


def flag(page: str, word: str, *offered: tuple[str, float], kind: FlagKind = FlagKind.DOUBTFUL) -> Flag:
    """A flag on the first `word`."""
    suggestions = tuple(Suggestion(text=text, probability=p) for text, p in offered)
    return Flag(span=place(page, word), kind=kind, why="made up", suggestions=suggestions)


def place(page: str, word: str) -> Span:
    """Where `word` stands first."""
    return Span(start=page.index(word), end=page.index(word) + len(word))


def counts(share) -> tuple[int, int]:
    """A share without its interval."""
    return (share.count, share.of)


CHANGES = (("Tbe", "The"), ("harbuor", "harbuour"), ("fcr", "fxr"), ("winter", "wintry"))


def test_detection_correction_harm_and_gain(judged):
    """Six places are wrong: one fixed, one improved, one still wrong, three missed; and a right word is broken."""
    found = correction_scores([judged(CHANGES)])
    assert (found.made, found.unscorable, found.wrong) == (4, 0, 6)
    assert [counts(s) for s in (found.detection.precision, found.detection.recall, found.detection.f1)] == [
        (3, 4),
        (3, 6),
        (6, 10),
    ]
    assert [counts(s) for s in (found.correction.precision, found.correction.recall)] == [(1, 4), (1, 6)]
    assert counts(found.harm) == (1, 11)
    assert (found.gain.gained, found.gain.lost, found.gain.of, found.gain.value) == (1, 1, 6, 0.0)


def test_f1_is_the_harmonic_mean(judged):
    """The share that F1 is told as equals the formula."""
    found = correction_scores([judged(CHANGES)]).correction
    p, r = found.precision.value, found.recall.value
    assert found.f1.value == pytest.approx(2 * p * r / (p + r))


def test_flags_detect_what_they_are_on(judged):
    """A flag on a missed error detects it, one on right words is a false alarm; two on one place count once."""
    found = correction_scores([judged(CHANGES, [("hy",), ("y the",), ("sunk",)])])
    assert counts(found.detection.recall) == (3, 6)
    assert counts(found.detection_with_flags.recall) == (4, 6)
    assert counts(found.detection_with_flags.precision) == (4, 6)


def test_flags_that_are_no_detections(judged):
    """A flag on a corrected word and an edition's variant change nothing."""
    evaluation = judged(CHANGES, [("Tbe",), ("winter",)])
    assert correction_scores([evaluation]).detection_with_flags == correction_scores([evaluation]).detection
    seen = judged(CHANGES, [("hy",), ("sunk",)])
    variants = tuple(replace(f, flag=replace(f.flag, kind=FlagKind.EDITION_VARIANT)) for f in seen.flags)
    told = correction_scores([replace(seen, flags=variants)])
    assert told.detection_with_flags == told.detection


def test_a_flag_in_a_gap_detects_the_missing_word(judged):
    """Restorations are flagged before the space, and the error is noted after it; both are one place."""
    page = TRUTH.replace("by the", "by")
    at = page.index("by") + 2
    evaluation = judged(page=page, flags=[("by", ("by the", 1.0))])
    flags = tuple(
        replace(
            f, flag=replace(f.flag, span=Span(start=at, end=at), suggestions=(Suggestion(text="the", probability=1),))
        )
        for f in evaluation.flags
    )
    flags = tuple(replace(f, wrong=True, truth="the") for f in flags)
    found = correction_scores([replace(evaluation, flags=flags)])
    assert counts(found.detection_with_flags.recall) == (1, 1)
    assert (found.offered.best.gained, found.offered.best.of, found.offered.within[0]) == (3, 3, (1, 1))


def test_kinds_and_rules(judged):
    """A correction counts once for each rule of its evidence, and what the truth is silent on is counted apart."""
    page, truth = PAGE + " The bcy ran.", TRUTH + " The [?] ran."
    changes = [("Tbe", "The", 0.9, ("lexicon", "channel", "channel")), ("winter", "wintry"), ("bcy", "bay")]
    found = correction_scores([judged(changes, page=page, truth=truth)])
    assert [(t.name, t.made, t.fixed, t.harmed, t.unscorable) for t in found.rules] == [
        ("lexicon", 3, 1, 1, 1),
        ("channel", 1, 1, 0, 0),
    ]
    assert [(t.name, counts(t.precision)) for t in found.kinds] == [("character", (1, 2))]
    assert (found.made, found.unscorable) == (3, 1)


def test_intervals_come_of_groups_whatever_their_order(judged):
    """None of one group; of several the same from any order of the documents, around the figure."""
    documents = [judged(CHANGES[: i % 5], group=f"g{i:02}") for i in range(30)]
    found = correction_scores(documents)
    assert found == correction_scores(documents[::-1])
    assert found.groups == 30
    assert found.harm.interval.low < found.harm.value < found.harm.interval.high
    assert found.gain.interval.low < found.gain.value < found.gain.interval.high
    alone = correction_scores([replace(d, group="one") for d in documents])
    assert (alone.harm.interval, alone.gain.interval, alone.kinds[0].precision.interval) == (None, None, None)
    assert counts(alone.harm) == counts(found.harm)


def test_candidates_of_wrong_places(judged):
    """Suggestions are read in their place, weighed to one; the first is taken for best; else the OCR stands."""
    page, truth = "Tbe men wcnt tn him.", "The men went to him."
    flags = [("wcnt", ("want", 0.5), ("went", 0.3)), ("tn", ("tm", 0.2))]
    found = correction_scores([judged([("Tbe", "The")], flags, page=page, truth=truth)]).offered
    assert found.places == 3
    assert (found.best.gained, found.best.lost, found.best.of) == (1, 0, 3)
    # went tm has 3/8 of the weight and is one letter off, want tm is two off.
    assert found.weighted.gained == pytest.approx(1 + 3 / 8)
    assert found.within == ((1, 1), (3, 2), (5, 2))


def test_the_truth_may_be_the_second_candidate(judged):
    """It is not the first candidate, but among the first three."""
    found = correction_scores([judged(flags=[("hy", ("my", 0.6), ("by", 0.2), ("ly", 0.1))])]).offered
    assert (found.places, found.within) == (6, ((1, 0), (3, 1), (5, 1)))
    assert (found.best.gained, found.best.lost) == (0, 0)
    assert found.weighted.gained == pytest.approx(2 / 9)


def test_a_harmful_correction_costs_letters(judged):
    """What it broke is lost, though the place was not wrong."""
    found = correction_scores([judged([("Tbe", "The"), ("winter", "wintry")])]).offered
    assert found.places == 6
    assert (found.best.gained, found.best.lost) == (1, 2)
    assert found.best == found.weighted


@pytest.mark.parametrize("changes", [(), (("bcy", "bay"),)], ids=["no correction", "all unscorable"])
def test_nothing_to_score_has_no_figures(judged, changes):
    """A right page without scorable corrections: None for what does not exist, and no curve."""
    found = correction_scores([judged(changes, page=TRUTH + " The bcy ran.", truth=TRUTH + " The [?] ran.")])
    assert (found.made, found.unscorable, found.wrong) == (len(changes), len(changes), 0)
    for one in (found.detection, found.detection_with_flags, found.correction):
        assert (one.precision.value, one.recall.value, one.f1.value) == (None, None, None)
    assert (found.gain.value, found.offered.best.value, found.harm.value) == (None, None, 0.0)
    assert (found.calibration.bins, found.calibration.expected_error, found.calibration.brier) == ((), None, None)
    assert found.abstention == ()


def test_no_documents_at_all():
    """Nothing is counted, nothing fails."""
    found = correction_scores([])
    assert (found.groups, found.made, found.harm.value, found.gain.interval) == (0, 0, None, None)
