"""Our figures beside those of other scorers, which scripts/benchmarks/agreement.py took and wrote down here."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from corrigenda.score.metrics import scores
from corrigenda.score.values import Score
from corrigenda.text import Profile

HERE = Path(__file__).parent
BLN600 = HERE.parents[2] / "shared/data/bln600/train.jsonl.xz"
EVERY = 52

PAIRS = json.loads((HERE / "pairs.json").read_text(encoding="utf-8"))


def figures(name: str) -> dict[str, Any]:
    """What the other scorers said of one set of pairs, and how that was made."""
    kept: dict[str, Any] = json.loads((HERE / f"{name}.figures.json").read_text(encoding="utf-8"))
    return kept


MADE_UP = figures("pairs")


def ours(read: str, truth: str, measure: str, profile: str) -> Score:
    """Our score of a reading by one measure."""
    return next(s for s in scores(read, truth, Profile(profile)) if s.name == measure)


def equal(value: float, other: float | str) -> bool:
    """Whether two figures are the same to 1e-9; "infinite" equals nothing."""
    return isinstance(other, int | float) and abs(value - other) <= 1e-9


def fingerprint(read: str, truth: str) -> str:
    """The hash under which a pair's figures were kept."""
    return hashlib.sha256(f"{read}\0{truth}".encode()).hexdigest()


def corrected(number: int, read: str, truth: str) -> str:
    """The made-up correction of a pair: made right, harmed or left alone, in turn."""
    return (truth, " ".join(read.split()[:-1]), read)[number % 3]


def bln600() -> list[tuple[str, str]]:
    """The readings and truths that were scored, or a skip where the data is not at hand."""
    if not BLN600.exists():
        pytest.skip("the BLN600 pairs lie outside the repository")
    with lzma.open(BLN600, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % EVERY == 0]
    return [(record["ocr"], record["gt"]) for record in records]


@pytest.mark.parametrize(
    ("pair", "kept"),
    [pytest.param(pair, kept, id=pair["id"]) for pair, kept in zip(PAIRS, MADE_UP["pairs"], strict=True)],
)
def test_figures_of_made_up_pairs_equal_those_of_other_scorers(pair: dict[str, Any], kept: dict[str, Any]):
    """Every measure equals its counterpart, but where the pair says why not; and there it does differ."""
    read, truth = pair["read"], pair["truth"]
    assert kept["sha256"] == fingerprint(read, truth), "the pair was changed: run scripts/benchmarks/agreement.py"
    for measure, profile, scorer, theirs in MADE_UP["agreed"]:
        value, other = ours(read, truth, measure, profile).value, kept[scorer][theirs]
        declared = f"{scorer}.{theirs}" in pair.get("differs", {})
        assert equal(value, other) is not declared, (measure, profile, value, scorer, other)


def test_figures_of_bln600_equal_those_of_other_scorers():
    """On 200 real pairs every measure equals its counterpart to 1e-9, without exception."""
    kept = figures("bln600")
    pairs = bln600()
    assert [fingerprint(*pair) for pair in pairs] == [k["sha256"] for k in kept["pairs"]]
    apart = [
        (k["id"], measure, value, scorer, k[scorer][theirs])
        for (read, truth), k in zip(pairs, kept["pairs"], strict=True)
        for measure, profile, scorer, theirs in kept["agreed"]
        if not equal(value := ours(read, truth, measure, profile).value, k[scorer][theirs])
    ]
    assert not apart


@pytest.mark.parametrize("name", ["pairs", "bln600"])
def test_counts_add_up_to_the_figures_of_the_hipe_scorer(name: str):
    """Micro is the rate of summed counts, macro the mean of rates, preference the mean sign of the change."""
    pairs = bln600() if name == "bln600" else [(p["read"], p["truth"]) for p in PAIRS]
    before = [ours(read, truth, "cmer", "hipe") for read, truth in pairs]
    after = [ours(corrected(n, *pair), pair[1], "cmer", "hipe") for n, pair in enumerate(pairs)]
    signs = [(a.value < b.value) - (a.value > b.value) for a, b in zip(after, before, strict=True)]
    kept = figures(name)["hipe_corpus"]
    for output, found in (("read", before), ("corrected", after)):
        steps = sum(s.counts.hits + s.counts.errors for s in found)
        assert equal(sum(s.counts.errors for s in found) / steps, kept[output]["cmer_micro"][0])
        assert equal(sum(s.value for s in found) / len(found), kept[output]["cmer_macro"][0])
    assert equal(sum(signs) / len(signs), kept["corrected"]["pref_score_cmer_macro"][0])
