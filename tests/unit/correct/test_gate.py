"""The decision about a doubtful place."""

from __future__ import annotations

import pytest

from corrigenda.correct.candidates import Candidate, Slot
from corrigenda.correct.gate import decide
from corrigenda.values import Correction, CorrectionKind, Flag, FlagKind, Span

PLACE = Span(start=4, end=14)


def slot(*readings: tuple[str, float, int], guarded: bool = False, count: int = 0) -> Slot:
    """A doubted word with candidates: reading, cost, count."""
    return Slot(
        span=PLACE,
        before="govemment",
        count=count,
        why="not in the lexicon",
        guarded=guarded,
        candidates=tuple(
            Candidate(
                span=PLACE,
                before="govemment",
                after=after,
                kind=CorrectionKind.CHARACTER,
                cost=cost,
                count=seen,
                rule="lexicon",
            )
            for after, cost, seen in readings
        ),
    )


def test_a_likely_reading_is_a_correction_with_its_evidence():
    """Each reason is named: why the word was doubted, the count, the cost, and the runner-up with its share."""
    made = decide(slot(("government", 0.5, 9000), ("governments", 2.0, 50)), 0.9)
    assert isinstance(made, Correction)
    assert (made.span, made.before, made.after) == (PLACE, "govemment", "government")
    assert made.kind is CorrectionKind.CHARACTER
    assert made.probability > 0.99
    by_rule = {e.rule: e for e in made.evidence}
    assert list(by_rule) == ["doubt", "lexicon", "channel", "runner-up"]
    assert by_rule["doubt"].says == "'govemment': not in the lexicon"
    assert (by_rule["lexicon"].figure, by_rule["channel"].figure) == (9000.0, 0.5)
    assert by_rule["runner-up"].figure < 0.01


def test_two_readings_alike_are_a_flag_with_both():
    """Where nothing tells two readings apart a reader is asked, and sees both with equal shares."""
    made = decide(slot(("governed", 1.0, 500), ("govern", 1.0, 500)), 0.9)
    assert isinstance(made, Flag)
    assert (made.kind, made.why, made.span) == (FlagKind.DOUBTFUL, "not in the lexicon", PLACE)
    assert [s.text for s in made.suggestions] == ["govern", "governed"]
    assert made.suggestions[0].probability == made.suggestions[1].probability < 0.5


def test_a_guarded_place_is_never_changed():
    """However likely the candidate, a name or a designator is flagged, with the candidate as suggestion."""
    made = decide(slot(("government", 0.5, 9000), guarded=True), 0.0)
    assert isinstance(made, Flag)
    assert [s.text for s in made.suggestions] == ["government"]


def test_a_place_without_candidates_is_a_flag_without_suggestions():
    """An unknown word is shown even where nothing is like it."""
    made = decide(slot(), 0.0)
    assert isinstance(made, Flag)
    assert made.suggestions == ()


def test_the_threshold_is_the_least_probability():
    """At the threshold itself the correction is made, above it is not."""
    offered = decide(slot(("government", 1.5, 3)), 1.0)
    assert isinstance(offered, Flag)
    (suggestion,) = offered.suggestions
    assert 0.1 < suggestion.probability < 0.9
    assert isinstance(decide(slot(("government", 1.5, 3)), suggestion.probability - 0.001), Correction)
    assert isinstance(decide(slot(("government", 1.5, 3)), suggestion.probability + 0.001), Flag)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (slot(("government", 0.5, 90)), slot(("government", 1.0, 90))),
        (slot(("government", 1.0, 900)), slot(("government", 1.0, 9))),
        (slot(("government", 1.0, 90)), slot(("government", 1.0, 90), count=2)),
        (slot(("government", 1.0, 90)), slot(("government", 1.0, 90), ("govern", 1.0, 90))),
    ],
    ids=["a likelier misreading", "a commoner word", "a word never seen", "no rival"],
)
def test_what_makes_a_reading_likelier(more: Slot, less: Slot):
    """Shape, frequency, the standing word's own count and rivals all tell in the probability."""
    high, low = decide(more, 0.0), decide(less, 0.0)
    assert isinstance(high, Correction)
    assert isinstance(low, Correction)
    assert high.probability > low.probability


def test_at_most_three_suggestions_and_none_beyond_belief():
    """A flag stays readable: the best three, and nothing that has next to no chance."""
    many = decide(slot(*((f"govern{c}", 1.0, 500) for c in "abcde"), guarded=True), 0.9)
    assert isinstance(many, Flag)
    assert len(many.suggestions) == 3
    poor = decide(slot(("government", 0.5, 9000), ("covenant", 3.0, 9), guarded=True), 0.9)
    assert isinstance(poor, Flag)
    assert [s.text for s in poor.suggestions] == ["government"]
