#!/usr/bin/env python3
"""Measure the lexicon's corrections and flags on real OCR beside clean text, which the repository does not hold.

    scripts/bench correct pairs ../shared/data/archive-frus-pairs/segments.jsonl
    scripts/bench correct pages ../shared/data/scans-ehri

`pairs` reads JSON Lines with id, engine, cluster, ocr, gt. The lexicon has counted the very passages that are
scored, so a passage's own words are taken off its counts first. `pages` reads a folder of x.ENGINE.txt beside
x.gt.txt. Figures are for the profile hipe, micro averages, and per engine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from corrigenda.correct.corrector import Options
from corrigenda.errors import CorrigendaError
from corrigenda.ingest import rawtext
from corrigenda.lexicon import store
from corrigenda.lexicon.values import Entry
from corrigenda.lexicon.words import Near, WordIndex
from corrigenda.pipeline import Setup, run
from corrigenda.score.corrections import correction_scores
from corrigenda.score.metrics import rate
from corrigenda.score.values import Counts, Evaluation
from corrigenda.text import Profile
from corrigenda.values import Intake


class WithoutPassage(WordIndex):
    """A lexicon as it would be had it never counted one passage."""

    def __init__(self, whole: WordIndex, passage: Counter[str]) -> None:
        """`passage` counts the words of the passage that is taken off `whole`."""
        super().__init__(whole.lexicon)
        self._whole, self._passage = whole, passage

    def entry(self, word: str) -> Entry | None:
        entry = self._whole.entry(word)
        seen = self._passage[word.lower()]
        if entry is None or not seen:
            return entry
        left = entry.total - seen
        if left <= 0:
            return None
        return entry._replace(total=left, lower=min(entry.lower, left), documents=entry.documents - 1)

    def near(self, word: str, distance: int) -> tuple[Near, ...]:
        return self._whole.near(word, distance)

    def general(self, word: str) -> bool:
        return self._whole.general(word)


def row(name: str, documents: Sequence[Evaluation]) -> str:
    """The figures of one engine on one line."""
    found = correction_scores(documents)
    before, after = (
        sum((side(d).score("cmer", Profile.HIPE).counts for d in documents), Counts())
        for side in (attrgetter("before"), attrgetter("after"))
    )
    cut = 1 - after.errors / before.errors if before.errors else 0.0
    share = found.correction.precision
    return (
        f"{name:24s} n {len(documents):4d}  cmer {100 * rate('cmer', before):5.2f} -> {100 * rate('cmer', after):5.2f} "
        f"(cut {100 * cut:5.1f}%)  made {share.of:4d} precision {share.value or 0:.3f}  "
        f"mended {100 * (found.correction.recall.value or 0):4.1f}%  harm {100 * (found.harm.value or 0):.3f}%  "
        f"with flags: precision {found.detection_with_flags.precision.value or 0:.2f} "
        f"recall {found.detection_with_flags.recall.value or 0:.2f}"
    )


def calibration(documents: Sequence[Evaluation]) -> str:
    """How many corrections of each stated probability were right."""
    bins = correction_scores(documents).calibration.bins
    return "right by stated probability: " + ", ".join(
        f"{one.low:.2f} to {one.high:.2f}: {one.fixed} of {one.corrections}" for one in bins
    )


def pairs(path: Path, words: WordIndex) -> Iterator[tuple[str, Intake, WordIndex]]:
    """Engine, document with its truth, and the lexicon without the passage, of every record."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            record = json.loads(line)
            passage = Counter(word for word in _words(record["gt"]))
            yield record["engine"], _intake(record["ocr"], record["gt"], record["id"]), WithoutPassage(words, passage)


def pages(folder: Path, words: WordIndex) -> Iterator[tuple[str, Intake, WordIndex]]:
    """The kind of record (the name up to its last part), document with its truth, and the lexicon."""
    for truth in sorted(folder.glob("*.gt.txt")):
        stem = truth.name.removesuffix(".gt.txt")
        for ocr in sorted(p for p in folder.glob(f"{stem}.*.txt") if p != truth):
            texts = (path.read_text(encoding="utf-8") for path in (ocr, truth))
            yield stem.split("-")[1], _intake(*texts, stem), words


def _words(text: str) -> Iterator[str]:
    return (w.strip(".,;:()\"'“”’‘").lower() for w in text.split())


def _intake(ocr: str, truth: str, name: str) -> Intake:
    whole = f"{ocr}\nTRANSCRIBED PAGES FOLLOW\n{truth}"
    return rawtext.read(whole.encode(), path=name, document_id=name)


def main() -> int:
    """Print a row for each threshold and engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pairs", "pages"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--lexicon", default=store.DEFAULT)
    parser.add_argument("--threshold", type=float, nargs="+", default=[0.9])
    parser.add_argument("--show-harm", action="store_true", help="list every right word that was broken")
    options = parser.parse_args()
    words = WordIndex(store.load(store.find(options.lexicon)))
    source = {"pairs": pairs, "pages": pages}[options.what]
    for threshold in options.threshold:
        done: defaultdict[str, list[Evaluation]] = defaultdict(list)
        for engine, intake, lexicon in source(options.path, words):
            try:
                judged = run(intake, Setup(words=lexicon, options=Options(threshold=threshold))).evaluation
            except CorrigendaError as error:
                print(f"left out: {error}", file=sys.stderr)
                continue
            assert judged
            done[engine].append(judged)
        everything = [judged for engine in sorted(done) for judged in done[engine]]
        print(f"threshold {threshold}")
        for engine in sorted(done):
            print(row(engine, done[engine]))
        print(row("all", everything))
        print(calibration(everything))
        if options.show_harm:
            for v in (v for judged in everything for v in judged.verdicts if v.broken):
                print(f"{v.before!r} -> {v.after!r}, truth {v.truth!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
