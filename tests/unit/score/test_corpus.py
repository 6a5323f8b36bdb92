"""Many documents together, against averages made by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from corrigenda.score.corpus import Change, Corpus, Figure, NotScored, change, corpus, side
from corrigenda.score.metrics import MEASURES, rate
from corrigenda.score.values import ClassCounts, Confusion, Counts, Evaluation, Measured, Score, Sureness
from corrigenda.text import Profile

# Hits, substitutions, deletions, insertions of five documents: rates 0.1, 0.5, 0, 1 (all insertions) and 0 (nothing).
DOCUMENTS = {
    "a": Counts(hits=90, substitutions=6, deletions=4),
    "b": Counts(hits=10, deletions=10),
    "c": Counts(hits=80),
    "d": Counts(insertions=3),
    "e": Counts(),
}
GROUPS = {"a": "one", "b": "one", "c": "two", "d": "three", "e": "four"}
BETTER = {**DOCUMENTS, "a": Counts(hits=95, substitutions=5), "c": Counts(hits=79, substitutions=1)}


def measured(of: Counts, *, exact: bool = True, confusions: Sequence[Confusion] = ()) -> Measured:
    """A document whose measures all have the same counts."""
    scores = tuple(
        Score(name=name, profile=profile.value, value=rate(name, of), counts=of, exact=exact)
        for profile in Profile
        for name in MEASURES
    )
    classes = (ClassCounts(name="small letter", counts=of),)
    return Measured(scores=scores, confusions=tuple(confusions), characters=classes, words=classes)


def evaluation(
    name: str, before: Measured, after: Measured | None = None, *, group: str | None = None, sureness=()
) -> Evaluation:
    """A document of which nothing but its measures is told."""
    return Evaluation(
        document_id=name,
        group=group or name,
        headline="folded",
        before=before,
        after=after or before,
        verdicts=(),
        flags=(),
        sureness=tuple(sureness),
        disputed=(),
        left_out=(),
        marks=0,
        set_aside=0,
        right_words=0,
        signature="made up",
    )


def made(documents=DOCUMENTS, after=None, groups=GROUPS, **options) -> Corpus:
    """The corpus of documents by name."""
    evaluations = [
        evaluation(name, measured(of), measured(after[name]) if after else None, group=groups.get(name))
        for name, of in documents.items()
    ]
    return corpus(evaluations, corrected=after is not None, signature="sig", **options)


def cer(told: Corpus) -> Figure:
    """The headline figure of the OCR."""
    return told.before.figure("cer", "folded")


def test_averages_by_hand():
    """Micro of all counts, macro over groups (each of its summed counts), median over documents."""
    found = cer(made())
    assert found.counts == Counts(hits=180, substitutions=6, deletions=14, insertions=3)
    assert found.micro == pytest.approx(23 / 200)
    # Groups: one 20/120, two 0/80, three 3 insertions into nothing, four nothing.
    assert found.macro == pytest.approx((20 / 120 + 0 + 1 + 0) / 4)
    assert found.median == pytest.approx(0.1)
    assert found.exact


def test_averages_of_match_rates_are_per_step():
    """Insertions are in the base there."""
    found = made().before.figure("cmer", "folded")
    assert found.micro == pytest.approx(23 / 203)
    assert found.macro == pytest.approx((20 / 120 + 0 + 1 + 0) / 4)


def test_without_groups_each_document_is_one():
    """Then macro is the mean over documents, and the median of an even number lies between two."""
    told = made({name: DOCUMENTS[name] for name in "abcd"}, groups={})
    assert told.groups == 4
    assert cer(told).macro == pytest.approx((0.1 + 0.5 + 0 + 1) / 4)
    assert cer(told).median == pytest.approx((0.1 + 0.5) / 2)


def test_every_measure_has_a_figure_in_every_profile():
    """None is lost and none is there twice, and all are finite."""
    told = made(after=BETTER)
    assert told.after
    for one in (told.before, told.after):
        assert [(f.name, f.profile) for f in one.figures] == [(n, p.value) for p in Profile for n in MEASURES]
        assert all(math.isfinite(x) for f in one.figures for x in (f.micro, f.macro, f.median))
    assert [(c.name, c.profile) for c in told.changes] == [(f.name, f.profile) for f in told.before.figures]
    assert (told.headline, told.signature) == ("folded", "sig")


def test_the_interval_is_around_the_micro_average():
    """It holds it, and is wider than nothing."""
    interval = cer(made()).interval
    assert interval
    assert 0 <= interval.low < cer(made()).micro < interval.high


def test_one_group_has_no_interval():
    """However many documents it has; and one document has none either."""
    for documents in (DOCUMENTS, {"a": DOCUMENTS["a"]}):
        told = made(documents, after=BETTER, groups=dict.fromkeys(DOCUMENTS, "all"))
        assert told.groups == 1
        assert {f.interval for f in told.before.figures} == {None}
        assert {c.comparison.interval for c in told.changes} == {None}
        assert {c.comparison.p for c in told.changes} == {1.0}


def test_documents_with_nothing_to_count_on_have_no_interval():
    """Empty pages, rightly read as such or not: rates that are defined, and nothing to resample."""
    told = made({"d": DOCUMENTS["d"], "e": DOCUMENTS["e"]}, after={"d": Counts(), "e": Counts()}, groups={})
    assert (cer(told).micro, cer(told).macro, cer(told).median, cer(told).interval) == (1.0, 0.5, 0.5, None)
    (found,) = [c for c in told.changes if (c.name, c.profile) == ("cer", "folded")]
    assert (found.improved, found.worsened, found.same) == (1, 0, 1)
    assert (found.comparison.interval, found.comparison.p) == (None, 1.0)


def test_the_order_of_documents_is_nothing():
    """Shuffled, every average, interval, confusion and change is the same to the last bit."""
    names = list(DOCUMENTS)
    random.Random(3).shuffle(names)
    assert names != list(DOCUMENTS)
    told, shuffled = made(after=BETTER), made({n: DOCUMENTS[n] for n in names}, after=BETTER)
    assert [d.document_id for d in shuffled.documents] == names
    assert (shuffled.before, shuffled.after, shuffled.changes) == (told.before, told.after, told.changes)


def test_a_bound_makes_the_average_a_bound():
    """Counts that may be too high anywhere may be too high in sum."""
    evaluations = [evaluation("a", measured(DOCUMENTS["a"])), evaluation("b", measured(DOCUMENTS["b"], exact=False))]
    assert not cer(corpus(evaluations, corrected=False, signature="s")).exact


def test_without_a_correction_there_is_no_other_side():
    """Nothing is told of a change where nothing was corrected."""
    told = made(not_scored=NotScored(repeats=2, lone=("x.txt",)))
    assert (told.after, told.changes) == (None, ())
    assert (told.not_scored.repeats, told.not_scored.lone, told.not_scored.failed) == (2, ("x.txt",), ())


def of(told: Corpus | Sequence[Change], name: str = "cer") -> Change:
    """The change of one measure in the headline profile."""
    changes = told.changes if isinstance(told, Corpus) else told
    return next(c for c in changes if (c.name, c.profile) == (name, "folded"))


def test_changes_by_hand():
    """One document of five is better, one worse: the difference of micro averages, and no preference."""
    found = of(made(after=BETTER))
    assert found.comparison.difference == pytest.approx((5 + 10 + 1 + 3) / 200 - 23 / 200)
    assert (found.improved, found.worsened, found.same, found.preference) == (1, 1, 3, 0.0)


@pytest.mark.parametrize(
    ("after", "counts", "preference"),
    [
        ({**DOCUMENTS, "a": Counts(hits=100), "b": Counts(hits=20)}, (2, 0, 3), Fraction(2, 5)),
        ({**DOCUMENTS, "c": Counts(hits=79, deletions=1)}, (0, 1, 4), Fraction(-1, 5)),
        (DOCUMENTS, (0, 0, 5), Fraction(0)),
        ({name: Counts(hits=max(1, of.reference)) for name, of in DOCUMENTS.items()}, (3, 0, 2), Fraction(3, 5)),
    ],
)
def test_preference_is_the_mean_over_documents(after, counts, preference):
    """+1 for a document that is better, -1 for one that is worse, whatever the size of either."""
    found = of(made(after=after))
    assert (found.improved, found.worsened, found.same) == counts
    assert found.preference == pytest.approx(float(preference))


def test_a_change_the_other_way_is_its_opposite():
    """Exchanging the two readings turns sign, interval and preference round and leaves p."""
    groups = [GROUPS[name] for name in DOCUMENTS]
    a, b = ([measured(x) for x in one.values()] for one in (DOCUMENTS, BETTER))
    there, back = of(change(groups, a, b)), of(change(groups, b, a))
    assert back.comparison.difference == pytest.approx(-there.comparison.difference)
    assert (back.improved, back.worsened, back.preference) == (there.worsened, there.improved, -there.preference)
    assert back.comparison.p == there.comparison.p
    assert there.comparison.interval
    assert back.comparison.interval
    assert back.comparison.interval.low == pytest.approx(-there.comparison.interval.high)


def test_confusions_and_classes_are_summed():
    """The most frequent first, equal ones in the order of their characters."""
    one = (Confusion(truth="e", read="c", count=2), Confusion(truth="h", read="b", count=1))
    two = (Confusion(truth="", read="x", count=2), Confusion(truth="h", read="b", count=3))
    found = side(["g", "h"], [measured(DOCUMENTS["a"], confusions=one), measured(DOCUMENTS["b"], confusions=two)])
    assert [(c.truth, c.read, c.count) for c in found.confusions] == [("h", "b", 4), ("", "x", 2), ("e", "c", 2)]
    assert found.characters == found.words
    assert found.characters == (ClassCounts(name="small letter", counts=DOCUMENTS["a"] + DOCUMENTS["b"]),)


def test_words_are_told_by_how_sure_the_engine_was():
    """Every word is in one step, also those at an edge and the surest of all; empty steps are left out."""
    words = [(0.0, False), (0.29, True), (0.3, True), (0.9, True), (0.93, False), (0.97, True), (1.0, True)]
    given = [Sureness(confidence=c, right=r) for c, r in words]
    nothing = measured(Counts())
    told = corpus(
        [evaluation("a", nothing, sureness=given[:4]), evaluation("b", nothing, sureness=given[4:])],
        corrected=False,
        signature="s",
    )
    assert [(c.low, c.high, c.words, c.right) for c in told.certain] == [
        (0.0, 0.3, 2, 1),
        (0.3, 0.5, 1, 1),
        (0.9, 0.93, 1, 1),
        (0.93, 0.95, 1, 0),
        (0.97, 1.0, 2, 2),
    ]
    assert told.certain[-1].confidence == pytest.approx(0.985)


def test_the_group_of_a_document_may_be_named_like_another_document():
    """Groups are told apart by their names alone."""
    told = made({"a": DOCUMENTS["a"], "b": DOCUMENTS["b"]}, groups={"a": "b"})
    assert (told.groups, cer(told).macro) == (1, cer(told).micro)


def test_thousands_of_documents_are_summed_in_a_moment():
    """Intervals are of groups, so that only sums grow with the documents."""
    documents = [
        evaluation(str(n), measured(Counts(hits=90 + n % 7, substitutions=n % 5)), group=str(n % 50))
        for n in range(3_000)
    ]
    found = cer(corpus(documents, corrected=False, signature="s"))
    assert found.micro == pytest.approx(6_000 / sum(90 + n % 7 + n % 5 for n in range(3_000)))
    again = [replace(d, document_id=f"x{d.document_id}") for d in reversed(documents)]
    assert cer(corpus(again, corrected=False, signature="s")).interval == found.interval
