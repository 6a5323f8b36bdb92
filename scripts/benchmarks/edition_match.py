#!/usr/bin/env python3
"""Measure how pages find their edition: the right stretch, false matches, and how fast.

    scripts/bench edition match [--data FOLDER] [--learn]

The data lie outside the repository (scripts/benchmarks/README.md). Three kinds of text are looked up: readings of the
archive pairs, in an index of all volumes; passages of BLN600 and pages of the EHRI, which are of no volume; and the
documents of volume V, whole, in pages and in pieces, in an index without that volume. --learn prints the weights of a
match's probability, learned of the same texts, and how far the probabilities hold where they were not learned. Indexes
are made in .bench/edition. Times are CPU seconds of one core.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

from corrigenda.edition.index import EditionIndex, open_index
from corrigenda.edition.match import Copy, candidates, matches
from corrigenda.edition.words import Words, words
from corrigenda.files.editions import index_volumes, volume_files
from corrigenda.files.inputs import files_below
from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.sources import read_source
from corrigenda.values import Span

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
KEPT = Path(".bench/edition")
APART = "frus1961-63v05.documents-1-234"
RUN = 8
"""Words in a run; two texts are copies of each other where half of the runs are in both."""
PAGE, PIECE = 300, 50
LONG = 40
SEED = 1962
FOLDS = 5
PENALTY = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A text to look up; `truth` is what it is a copy of, where it is, with volume and characters if they are known."""

    id: str
    text: str
    group: str
    truth: str = ""
    volume: str = ""
    span: tuple[int, int] | None = None


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    volumes = volume_files([options.data / "frus"])
    others = [path for path in volumes if not path.name.startswith(APART)]
    everything = indexed(volumes, KEPT / "all.index")
    without = indexed(others, KEPT / "without-v05.index")
    copies, foreign = pairs(options.data), strangers(options.data)
    if options.learn:
        learn(everything, without, copies, foreign)
        return
    right_stretches(copies, everything)
    false_matches(foreign, without)
    speed(foreign, everything)


def indexed(volumes: Sequence[Path], path: Path) -> EditionIndex:
    """An index of the volumes, made anew."""
    path.unlink(missing_ok=True)
    begun = time.process_time()
    index_volumes(volumes, path)
    took = time.process_time() - begun
    made = open_index(path)
    size = path.stat().st_size / 1e6
    print(
        f"{path.stem}: {len(made.volumes)} volumes, {made.documents:,} documents told apart, {made.words / 1e6:.1f} M "
        f"words: {took:.0f} CPU s, {size:.0f} MB"
    )
    return made


def pairs(data: Path) -> list[Passage]:
    """The readings of the archive pairs."""
    lines = (data / "archive-frus-pairs" / "segments.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Passage(
            id=row["id"],
            text=row["ocr"],
            group=row["cluster"],
            truth=row["gt"],
            volume=row["volume"],
            span=tuple(row["frus_chars"]) if row["frus_chars"] else None,
        )
        for row in map(json.loads, lines)
    ]


def strangers(data: Path) -> dict[str, list[Passage]]:
    """Texts that are of no volume of the index they are looked up in, by kind."""
    lines = defaultdict(list)
    with lzma.open(data / "bln600" / "train.jsonl.xz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            lines[row["id"]].append(row["ocr"])
    text = read_source(data / "frus" / f"{APART}.txt.xz").text
    documents = {str(d.number): "\n\n".join(d.paragraphs) for d in read_edition(text, name=APART).documents}
    ehri = [path for path in sorted(files_below(data / "scans-ehri")) if path.name.endswith(".tesseract-5.3.txt")]
    return {
        "BLN600": [one for id_, said in lines.items() for one in pages(id_, said, size=90)],
        "EHRI": [Passage(id=path.name, text=path.read_text(encoding="utf-8"), group=path.name) for path in ehri],
        "volume V, whole": [Passage(id=number, text=text, group=number) for number, text in documents.items()],
        "volume V, pages": [one for number, text in documents.items() for one in pages(number, text.split(" "), PAGE)],
        "volume V, pieces": [
            one for number, text in documents.items() for one in pages(number, text.split(" "), PIECE)
        ],
    }


def pages(id_: str, pieces: Sequence[str], size: int) -> Iterator[Passage]:
    """Passages of pieces of text that follow each other, of so many words at least but for the last."""
    page: list[str] = []
    for number, piece in enumerate(pieces, start=1):
        page.append(piece)
        if number == len(pieces) or sum(len(one.split()) for one in page) >= size:
            yield Passage(id=f"{id_}:{number}", text=" ".join(page), group=id_)
            page = []


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of words of a text."""
    keys = words(text).keys
    return {keys[n : n + RUN] for n in range(len(keys) - RUN + 1)}


def shared(text: str, printed: str) -> float:
    """The share of the runs of `text` that are in `printed`."""
    ours = runs(text)
    return len(ours & runs(printed)) / len(ours) if ours else 0.0


def printed(index: EditionIndex, volume: str, span: Span) -> str:
    """What stands at a place of a volume."""
    return index.text(next(one for one in index.volumes.values() if one.name == volume), span)


def right_stretches(copies: Sequence[Passage], index: EditionIndex) -> None:
    """How many readings are found where they stand, how many in a reprint."""
    counts: Counter[tuple[str, str]] = Counter()
    missed: list[str] = []
    for one in copies:
        found = matches(one.text, index)
        kinds = ["all"] + (["40 words or more"] if len(one.truth.split()) >= LONG else [])
        if one.span is None:
            became = "cut from the volumes, found" if found else "cut from the volumes, none"
        elif any(m.volume == one.volume and overlap((m.span.start, m.span.end), one.span) >= 0.8 for m in found):
            became = "right"
        elif any(shared(one.truth, printed(index, m.volume, m.span)) >= 0.5 for m in found):
            became = "reprint or part"
            missed += [f"{one.id}: {m.citation} ({m.words} words); also {list(m.also)}" for m in found]
        else:
            became = "false" if found else "none"
            missed.append(f"{one.id}: {became}, {len(one.truth.split())} words")
        for kind in kinds:
            counts[kind, became] += 1
    print("\n## The right stretch (four fifths of both or more are the same characters)\n")
    for kind in ("40 words or more", "all"):
        told = {became: n for (k, became), n in counts.items() if k == kind}
        there = sum(n for became, n in told.items() if not became.startswith("cut"))
        print(f"{kind}: {100 * told['right'] / there:.1f}% of {there}; {told}")
    print("\n".join(missed))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The share of what two stretches cover that both do."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


def false_matches(foreign: dict[str, list[Passage]], index: EditionIndex) -> None:
    """What is cited for texts that are of no volume: reprints, which share half of the runs, and false matches."""
    print("\n## False matches, in an index without volume V\n")
    print("| texts | looked up | cited | reprints | false |\n|---|---:|---:|---:|---:|")
    shown: list[str] = []
    for kind, passages in foreign.items():
        cited, reprints, false = 0, 0, 0
        for one in passages:
            found = matches(one.text, index)
            cited += bool(found)
            for match in found:
                share = shared(match.page.of(one.text), printed(index, match.volume, match.span))
                reprints, false = reprints + (share >= 0.5), false + (share < 0.5)
                told = f"{match.words} words, {match.agreement:.2f} agree, probability {match.probability:.3f}"
                shown.append(f"{kind}, {one.id}: {match.citation} ({told}, runs shared {share:.2f})")
        print(f"| {kind} | {len(passages)} | {cited} | {reprints} | {false} |")
    print("\n" + "\n".join(shown))


def speed(foreign: dict[str, list[Passage]], index: EditionIndex) -> None:
    """CPU time of a page, in the index of everything, where pages of volume V find themselves."""
    print("\n## Speed, in the index of all volumes\n")
    print("| texts | words each | mean ms | 95 in 100 | slowest |\n|---|---:|---:|---:|---:|")
    for kind, passages in foreign.items():
        took = []
        for one in passages:
            begun = time.process_time()
            matches(one.text, index)
            took.append(1000 * (time.process_time() - begun))
        length = np.mean([len(one.text.split()) for one in passages])
        print(f"| {kind} | {length:.0f} | {np.mean(took):.1f} | {np.percentile(took, 95):.1f} | {max(took):.1f} |")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """A place that was found for a text, by what is asked of it, and whether the two are copies."""

    group: str
    asked: tuple[float, float, float]
    copy: bool


def learn(
    index: EditionIndex, without: EditionIndex, copies: Sequence[Passage], foreign: dict[str, list[Passage]]
) -> None:
    """Learn the weights of all lessons, then of four fifths of the groups for the probabilities of the fifth."""
    lessons = [*of_copies(copies, index, foreign["BLN600"]), *of_strangers(foreign, without)]
    asked, copy = np.array([one.asked for one in lessons]), np.array([one.copy for one in lessons], dtype=float)
    print(
        f"\nweights {np.round(fitted(asked, copy), 2)}, of {int(copy.sum())} copies and {int((1 - copy).sum())} others"
    )
    groups = sorted({one.group for one in lessons})
    random.Random(SEED).shuffle(groups)  # noqa: S311
    fold = np.array([groups.index(one.group) % FOLDS for one in lessons])
    chances = np.zeros(len(lessons))
    for n in range(FOLDS):
        chances[fold == n] = chance(asked[fold == n], fitted(asked[fold != n], copy[fold != n]))
    print("\n| probability | places | copies, % | expected, % |\n|---|---:|---:|---:|")
    edges = [0, 0.01, 0.1, 0.5, 0.8, 0.95, 0.99, 1.001]
    for low, high in pairwise(edges):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            right, expected = 100 * copy[inside].mean(), 100 * chances[inside].mean()
            print(f"| {low} to {min(high, 1)} | {inside.sum()} | {right:.1f} | {expected:.1f} |")


def of_copies(copies: Sequence[Passage], index: EditionIndex, others: Sequence[Passage]) -> Iterator[Lesson]:
    """Readings as they are, and the longer ones with up to six passages of newspapers around them."""
    drawn = random.Random(SEED)  # noqa: S311
    for one in copies:
        around = [drawn.sample(others, n) for n in (1, 2, 6)] if len(one.truth.split()) >= 60 else []
        for some in ([], *around):
            before, after = some[: len(some) // 2], some[len(some) // 2 :]
            text = "\n".join(p.text for p in (*before, one, *after))
            page = words(text)
            found = (c for c in candidates(text, page, index) if shared(one.truth, stretch(c, index)) >= 0.5)
            yield from (Lesson(group=one.group, asked=asked_of(c, page), copy=True) for c in islice(found, 1))


def of_strangers(foreign: dict[str, list[Passage]], index: EditionIndex) -> Iterator[Lesson]:
    """Places found for texts that are of no volume, without reprints, which would teach either too much."""
    for passages in foreign.values():
        for one in passages:
            page = words(one.text)
            for found in candidates(one.text, page, index):
                first, last = found.place.page
                if shared(one.text[page.starts[first] : page.ends[last - 1]], stretch(found, index)) < 0.5:
                    yield Lesson(group=one.group, asked=asked_of(found, page), copy=False)


def stretch(found: Copy, index: EditionIndex) -> str:
    """The text of the edition at a place."""
    return index.text(found.volume, found.span)


def asked_of(found: Copy, page: Words) -> tuple[float, float, float]:
    """What the probability of a match is made of."""
    return 1.0, math.log(max(found.place.score, 1)), math.log(found.place.words / len(page.keys))


def chance(asked: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Probabilities by the weights."""
    return 1 / (1 + np.exp(-asked @ weights))


def fitted(asked: np.ndarray, copy: np.ndarray) -> np.ndarray:
    """The weights of logistic regression, by Newton's method, with next to no penalty."""
    weights = np.zeros(asked.shape[1])
    for _ in range(50):
        found = chance(asked, weights)
        curve = (asked * (found * (1 - found))[:, None]).T @ asked + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, asked.T @ (copy - found) - PENALTY * weights)
    return weights


if __name__ == "__main__":
    main()
