#!/usr/bin/env python3
"""Measure what the corrector does with an edition: what it mends, and what of the page it lets stand.

    scripts/bench edition use [--data FOLDER] [--kept FOLDER] [--learn] [--show]

The data lie outside the repository (scripts/benchmarks/README.md). Each reading of the archive pairs is corrected with
the stretch of the edition that it is a copy of and 300 characters on either side: first with weights that were learned
of other clusters, and then with other engines' readings beside it. --learn prints the weights learned of all pairs and
what they broke, cross-validated, for `correct/testimony.py`; --show lists what was missed and what was wrongly adopted.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from witnessing import speed
from witnessing.passages import Passage, passages, readings_of
from witnessing.ruler import Place, Ruler, is_open, left_as_it_was

from corrigenda.correct.corrector import Options, correct
from corrigenda.correct.engine import Engine
from corrigenda.correct.grounds import GROUNDS, grounds
from corrigenda.correct.readings import OtherText, line_up
from corrigenda.correct.testimony import Testimony
from corrigenda.correct.variants import editorial, entangled
from corrigenda.edition.collate import Collation, Difference, collate
from corrigenda.errors import PairingError
from corrigenda.files.engines import open_engine
from corrigenda.learn.logistic import Logistic, fit
from corrigenda.text import Profile, normalise, tokens

REPOSITORY = Path(__file__).resolve().parents[2]
RIDGE = 10.0
THRESHOLDS = (0.99, 0.95, 0.9, 0.85, 0.8)
JUDGED = Path(__file__).with_name("edition_judged.json")
"""For a reading and the number of a word what was judged of the difference there: its class, without the text."""


@dataclass(frozen=True)
class Case:
    """A reading with its collation, and a row of grounds for each difference."""

    passage: Passage
    others: list[Passage]
    ruler: Ruler
    collation: Collation
    rows: list[list[float]]


@dataclass(frozen=True)
class Example:
    """A difference of which it is known whether the page has what the edition prints."""

    row: list[float]
    right: float
    cluster: str
    words: int


def main() -> int:
    """Measure, and print."""
    options = parsed()
    engine = open_engine(str(options.kept / "lexicon"), options.model)
    found = cases(passages(options.data), engine)
    judged = json.loads(JUDGED.read_text("utf-8"))
    examples = [one for case in found for one in known(case, judged, engine)]
    words = sum(len(case.passage.ocr.split()) for case in found)
    if options.learn:
        print_weights(examples, words)
    broken = tuple(zip(THRESHOLDS, harm(examples), strict=True))
    models = {name: learn([e for e in examples if e.cluster != name]) for name in {c.passage.cluster for c in found}}
    learned = {
        name: Testimony(bias=m.bias, weights=m.weights, broken=broken, words=words) for name, m in models.items()
    }
    for title, with_readings in (("The edition alone", False), ("The edition and other engines' readings", True)):
        print(f"\n### {title}\n")
        told = [outcome(case, learned[case.passage.cluster], engine, with_readings=with_readings) for case in found]
        table(found, told, judged)
        if options.show:
            listed(found, told, judged)
    print("\n### Speed\n")
    for line in speed.told(options.data, engine):
        print(line)
    print(f"\n{time.process_time():.0f} CPU seconds")
    return 0


def cases(found: Sequence[Passage], engine: Engine) -> list[Case]:
    """Every passage collated."""
    made: list[Case] = []
    spent = [0.0, 0.0]
    for passage in found:
        others = [other for other in found if other is not passage and passage.is_of_the_same(other)]
        document = passage.document
        start = time.process_time()
        collation = collate(document, passage.edition)
        middle = time.process_time()
        rows = grounds(collation, engine.words, engine.language, engine.costs)
        spent[0] += middle - start
        spent[1] += time.process_time() - middle
        made.append(Case(passage, others, Ruler(passage, others), collation, rows))
    print(
        f"Collated in {1000 * spent[0] / len(made):.1f} ms a passage, weighed in {1000 * spent[1] / len(made):.1f} ms"
    )
    return made


def known(case: Case, judged: dict[str, dict[str, str]], engine: Engine) -> Iterator[Example]:
    """The differences from which may be learned.

    What another engine reads as well is the page's, and the edition's reading wrong there; but that two engines
    misread alike is known of some. What no other engine read is only learned from where both sides have words.
    """
    for difference, row in zip(case.collation.differences, case.rows, strict=True):
        at = case.ruler.at(difference.span)
        theirs = tuple(normalise(difference.edition, Profile.HIPE).split())
        if at is None or not theirs or ruled_out(difference, case, engine):
            continue
        if case.ruler.words.keys[at.start : at.stop] == theirs:
            continue
        standing = case.ruler.standing(at, theirs)
        said = verdict(judged.get(case.passage.id, {}), at)
        if (standing == "alone" and not at) or (said and said != OTHER_TEXT):
            continue
        right = 0.0 if standing == "shared" or said == OTHER_TEXT else 1.0
        yield Example(row, right, case.passage.cluster, max(1, difference.words[0]))


def ruled_out(difference: Difference, case: Case, engine: Engine) -> bool:
    """Whether the edition's reading is not adopted, however likely."""
    explained = editorial(difference, case.passage.ocr, engine.words)
    return explained is not None or entangled(difference, engine.words) is not None


def verdict(said: dict[str, str], words: range) -> str:
    """What was judged of the difference at these words."""
    return next((said[str(at)] for at in words or (words.start,) if str(at) in said), "")


OTHER_TEXT = "other text"
VARIANTS = {"spelling", "abbreviation", "label", "note", "misprint", OTHER_TEXT}


def learn(examples: Sequence[Example]) -> Logistic:
    """The weights; a large cluster counts for less than its size."""
    sizes = Counter(e.cluster for e in examples)
    importance = np.array([sizes[e.cluster] ** -0.5 for e in examples])
    rows = np.array([e.row for e in examples])
    return fit(rows, [e.right for e in examples], importance / importance.mean(), ridge=RIDGE)


def crossed(examples: Sequence[Example]) -> Iterator[tuple[Example, float]]:
    """Each example with its probability by weights that did not see its cluster."""
    for cluster in sorted({e.cluster for e in examples}):
        held = [e for e in examples if e.cluster == cluster]
        model = learn([e for e in examples if e.cluster != cluster])
        yield from zip(held, model.probabilities(np.array([e.row for e in held])), strict=True)


def harm(examples: Sequence[Example]) -> list[int]:
    """The words that each threshold breaks."""
    told = list(crossed(examples))
    return [sum(e.words for e, p in told if p >= at and not e.right) for at in THRESHOLDS]


def print_weights(examples: Sequence[Example], words: int) -> None:
    """Weights of all pairs, what they broke, and how well probabilities say what they mean."""
    model = learn(examples)
    print(f"bias {model.bias:.2f}")
    for name, weight in zip(GROUNDS, model.weights, strict=True):
        print(f'    "{name}": {weight:.3f},')
    print(f"words {words}, examples {len(examples)}, of them right {sum(e.right for e in examples):.0f}")
    for at, broken in zip(THRESHOLDS, harm(examples), strict=True):
        print(f"    ({at}, {broken}),")
    told = sorted((p, e.right) for e, p in crossed(examples))
    for low, high in ((0, 0.1), (0.1, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.01)):
        here = [(p, r) for p, r in told if low <= p < high]
        if here:
            mean, right = np.mean(here, axis=0)
            print(f"said {mean:.3f}, right {right:.3f}, of {len(here)}")


def outcome(case: Case, weights: Testimony, engine: Engine, *, with_readings: bool) -> tuple[Place, ...]:
    """Where the text still differs from the edition once it is corrected."""
    readings = alike(case) if with_readings else []
    corrected = correct(
        case.passage.document,
        engine,
        collation=case.collation,
        readings=readings,
        options=Options(testimony=weights),
        signature="",
    )
    return case.ruler.after(corrected.text)


def alike(case: Case) -> list[OtherText]:
    """The other engines' readings, without those that have too little of the passage to be known for readings of it."""
    found: list[OtherText] = []
    for reading in readings_of(case.passage, case.others):
        with suppress(PairingError):
            line_up(case.passage.ocr, [list(tokens(case.passage.ocr))], reading, where=case.passage.id)
            found.append(reading)
    return found


def kinds(case: Case, judged: dict[str, dict[str, str]]) -> Iterator[tuple[Place, str, str]]:
    """Each difference with what other engines say of it, and whose it is judged to be."""
    said = judged.get(case.passage.id, {})
    for place in case.ruler.places:
        standing = case.ruler.standing(place.page, place.theirs)
        yield place, standing, verdict(said, place.page)


def table(found: Sequence[Case], told: Sequence[tuple[Place, ...]], judged: dict[str, dict[str, str]]) -> None:
    """What was mended and what left alone."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    clusters: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case, after in zip(found, told, strict=True):
        for place, standing, said in kinds(case, judged):
            group = standing
            if standing == "shared":
                group = "shared, plainly misread by both" if said == "misread" else "shared"
            elif said in VARIANTS:
                group = "judged a variant"
            result = "mended" if not is_open(place, after) else "left" if left_as_it_was(place, after) else "other"
            counts[group][result] += 1
            if group in {"confirmed", "third", "alone"}:
                counts["OCR errors"][result] += 1
                shape = (
                    "words that only the page has"
                    if not place.theirs
                    else "words that the page lost"
                    if not place.ours
                    else "words for words"
                )
                counts[f"OCR errors, {shape}"][result] += 1
                clusters[case.passage.cluster][result] += 1
            if standing == "shared":
                counts["all shared"][result] += 1
    print("| differences | places | mended % | left % | otherwise % |\n|---|---:|---:|---:|---:|")
    for group, count in sorted(counts.items()):
        total = count.total()
        shares = " | ".join(f"{100 * count[result] / total:.1f}" for result in ("mended", "left", "other"))
        print(f"| {group} | {total} | {shares} |")
    new = sum(not is_open(place, case.ruler.places) for case, after in zip(found, told, strict=True) for place in after)
    print(f"\nPlaces that differ and did not before: {new}")
    macro = np.mean([c["mended"] / c.total() for c in clusters.values()])
    print(f"\nOf OCR errors mended, mean over {len(clusters)} clusters: {100 * macro:.1f} %")


def listed(found: Sequence[Case], told: Sequence[tuple[Place, ...]], judged: dict[str, dict[str, str]]) -> None:
    """What was missed, and what was wrongly adopted."""
    for case, after in zip(found, told, strict=True):
        for place, standing, said in kinds(case, judged):
            mended = not is_open(place, after)
            if mended == (standing == "shared" or said in VARIANTS) and said != "misread":
                ours, theirs = " ".join(place.ours), " ".join(place.theirs)
                told_of = f"{case.passage.id}:{place.page.start} {standing} {said} {'mended' if mended else 'open'}"
                print(f"{told_of}: {ours} > {theirs}")


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data")
    parser.add_argument("--kept", type=Path, default=REPOSITORY / ".bench/measuring", help="the measuring build")
    parser.add_argument("--model", default="typescripts", help="what was learned of OCR engines")
    parser.add_argument("--learn", action="store_true", help="print the weights learned of all pairs")
    parser.add_argument("--show", action="store_true", help="list what was missed and wrongly adopted")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
