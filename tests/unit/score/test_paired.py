"""Two systems over the same documents."""

from __future__ import annotations

import pytest

from corrigenda.errors import PairingError
from corrigenda.ingest.records import Record, intake_of
from corrigenda.score.compare import as_corrected
from corrigenda.score.corpus import Corpus, NotScored, corpus
from corrigenda.score.evaluate import evaluate
from corrigenda.score.paired import Paired, paired
from corrigenda.values import Corrected

TRUTHS = {
    "one": "The harbour was closed for the winter.",
    "two": "The consul sent a note to the mission.",
    "three": "The treaty was signed in the spring.",
}
BAD = {name: text.replace("the", "tbe").replace("The", "Tbe") for name, text in TRUTHS.items()}

NOTHING = NotScored()


def system(readings: dict[str, str], *, corrected: dict[str, str] | None = None, not_scored=NOTHING, groups=None):
    """The corpus of one system, and its texts with their truths."""
    found = []
    for line, (name, text) in enumerate(readings.items(), start=1):
        record = Record(id=name, group=None, ocr=text, truth=TRUTHS[name], corrected=None, line=line)
        intake = intake_of(record, "made-up.jsonl")
        made = Corrected(document_id=name, text=text, corrections=(), flags=(), signature="as it was read")
        if corrected:
            made = as_corrected(intake.document, corrected[name], signature="sig")
        found.append(evaluate(intake.document, made, intake.transcript, group=(groups or {}).get(name)))
    told = corpus(found, corrected=corrected is not None, signature=f"sig {len(found)}", not_scored=not_scored)
    return told, {name: ((corrected or readings)[name], TRUTHS[name]) for name in readings}


def compared(a: tuple[Corpus, dict], b: tuple[Corpus, dict]) -> Paired:
    """The systems a and b side by side."""
    return paired({"sys a": a[0], "sys b": b[0]}, {"sys a": a[1], "sys b": b[1]})


def cer(told: Paired):
    """The change of the headline measure."""
    return next(c for c in told.changes if (c.name, c.profile) == ("cer", "folded"))


def test_the_better_system_by_hand():
    """Six letters of 113 are wrong in a, two in b; each document is better or the same."""
    found = compared(system(BAD), system({**TRUTHS, "one": BAD["one"]}))
    of = found.side_a.figure("cer", "folded").counts
    assert (of.errors, of.reference) == (6, sum(map(len, TRUTHS.values())))
    assert found.side_b.figure("cer", "folded").counts.errors == 2
    change = cer(found)
    assert change.comparison.difference == pytest.approx(-4 / of.reference)
    assert (change.improved, change.worsened, change.same) == (2, 0, 1)
    assert (found.a, found.b, found.headline, found.groups) == ("sys a", "sys b", "folded", 3)


def test_documents_are_paired_by_name_not_by_place():
    """In another order the comparison is the same; the documents are told in the order of a."""
    there = compared(system(BAD), system(TRUTHS))
    back = compared(system(BAD), system(dict(reversed(TRUTHS.items()))))
    assert there.documents == back.documents == tuple(TRUTHS)
    assert (there.changes, there.side_b.figures) == (back.changes, back.side_b.figures)


def test_only_shared_documents_are_compared():
    """What one lacks is in no figure and is named, with what either had left out before."""
    a = system({n: BAD[n] for n in ("one", "two")}, not_scored=NotScored(lone=("x.txt",), failed=("y",)))
    b = system({n: TRUTHS[n] for n in ("two", "three")}, not_scored=NotScored(failed=("z",)))
    found = compared(a, b)
    assert found.documents == ("two",)
    assert found.side_a.figure("cer", "folded").counts.reference == len(TRUTHS["two"])
    assert found.not_scored == NotScored(lone=("x.txt", "one", "three"), failed=("y", "z"))
    assert cer(found).comparison.interval is None


def test_a_repeat_is_one_only_where_both_systems_repeat(monkeypatch):
    """Two documents of the same truth that a reads alike are two where b reads them otherwise, and one where not."""
    monkeypatch.setitem(TRUTHS, "again", TRUTHS["one"])
    a = system({"one": TRUTHS["one"], "again": TRUTHS["one"]})
    other = compared(a, system({"one": TRUTHS["one"], "again": BAD["one"]}))
    assert (other.documents, other.not_scored.repeats, cer(other).worsened) == (("one", "again"), 0, 1)
    same = compared(a, system({"one": BAD["one"], "again": BAD["one"]}))
    assert (same.documents, same.not_scored.repeats, cer(same).worsened) == (("one",), 1, 1)


def test_a_corrected_text_is_what_is_compared():
    """The OCR of both is the same; one of them mended it."""
    found = compared(system(BAD), system(BAD, corrected=TRUTHS))
    assert found.side_a.figure("cer", "folded").counts.errors == 6
    assert found.side_b.figure("cer", "folded").counts.errors == 0


def test_a_system_against_itself_shows_nothing():
    """No difference, and a p of 1."""
    change = cer(compared(system(BAD), system(BAD)))
    assert (change.comparison.difference, change.comparison.p, change.preference, change.same) == (0.0, 1.0, 0.0, 3)


def test_no_document_in_common_is_refused():
    """Both systems are named, and what would mend it."""
    with pytest.raises(PairingError, match="sys a and sys b: have no document in common") as caught:
        compared(system({"one": BAD["one"]}), system({"two": BAD["two"]}))
    assert "same ids" in caught.value.remedy


def test_different_truths_are_refused():
    """Rates against different texts cannot be compared; the document is named."""
    a, (b, texts) = system(BAD), system(TRUTHS)
    with pytest.raises(PairingError, match="two in sys a and sys b: has two different truths"):
        compared(a, (b, {**texts, "two": (TRUTHS["two"], "The consul sent a note.")}))


def test_groups_are_those_of_the_first_system():
    """They are resampled together."""
    found = compared(system(BAD, groups=dict.fromkeys(TRUTHS, "box")), system(TRUTHS))
    assert found.groups == 1
    assert {c.comparison.interval for c in found.changes} == {None}


def test_the_signature_names_both():
    """Whoever repeats the comparison needs either."""
    a, b = system(BAD), system({n: TRUTHS[n] for n in ("one", "two")})
    assert compared(a, b).signature == "sys a: sig 3 || sys b: sig 2"
