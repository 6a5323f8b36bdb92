#!/usr/bin/env python3
"""Read real scans beside their transcription, system by system: error rates, what was read into the text, CPU time.

    scripts/bench scans FOLDER [--system NAME]... [--profile NAME] [-j N]

FOLDER holds x.jpg beside x.gt.txt (scans-ehri, scans-loc). A system is a way from a page image to a document; without
--system all are measured. The same pages and the same scorer for each; pages that a system fails on are named, and
none is left out of the others.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corrigenda.correct.apply import moved
from corrigenda.correct.readings import OtherText
from corrigenda.errors import CorrigendaError, PairingError
from corrigenda.files.engines import open_engine
from corrigenda.files.inputs import SCANS, Input, discover, read_bytes, truth_path
from corrigenda.files.scans import read_scans
from corrigenda.ingest.compose import compose
from corrigenda.ingest.rawtext import read_transcript
from corrigenda.pipeline import Setup, run
from corrigenda.scan.better import from_better
from corrigenda.scan.prepare import DEFAULT
from corrigenda.scan.read import Scan, Settings
from corrigenda.scan.second import SIGLUM
from corrigenda.score.evaluate import evaluate
from corrigenda.score.lineup import Lineup, Page
from corrigenda.score.metrics import rate
from corrigenda.score.values import Counts
from corrigenda.text import Profile
from corrigenda.values import Corrected, Document, Intake, Transcript


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """A way from a page image to a text.

    `corrects` with the models as shipped, and if `neural` with the neural language model; `second` judges the second
    reading.
    """

    settings: Settings
    corrects: bool = False
    neural: bool = False
    second: bool = False


SYSTEMS: Mapping[str, System] = {
    "plain": System(settings=Settings(psm=3, steps=(), zones=False)),
    "zoned": System(settings=Settings(psm=3, steps=())),
    "prepared": System(settings=Settings(psm=3, steps=DEFAULT, zones=False)),
    "prepared, zoned": System(settings=Settings(steps=DEFAULT)),
    "corrected": System(settings=Settings(steps=DEFAULT), corrects=True),
    "corrected, neural": System(settings=Settings(steps=DEFAULT), corrects=True, neural=True),
    "rapidocr": System(settings=Settings(steps=DEFAULT, second=True), second=True),
    "corrected, two readings": System(settings=Settings(steps=DEFAULT, second=True), corrects=True),
    "corrected, two readings, neural": System(
        settings=Settings(steps=DEFAULT, second=True), corrects=True, neural=True
    ),
}
"""By name. Where a second reading is made its time is told together with that of the first."""
KINDS = {
    "EHRI-DR": "despatches",
    "EHRI-BF": "British letters",
    "EHRI-ET": "testimony",
    "mss": "letters, Library of Congress",
}
"""What pages are, by the beginning of their names."""
MEASURES = ("cer", "cer_free", "wer", "wer_bag")


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One page as one system read it: counts by measure, and the words without a partner on the other side.

    `broken` are the right words that the correction broke, of `right` ones.
    """

    id: str
    kind: str
    counts: Mapping[str, Counts]
    inserted: tuple[str, ...]
    lost: int
    broken: int
    right: int


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--system", action="append", choices=SYSTEMS, help="measure this one; may be repeated")
    parser.add_argument("--profile", type=Profile, choices=list(Profile), default=Profile.STRICT)
    parser.add_argument("-j", "--jobs", type=int, default=1, help="processes that read pages")
    parser.add_argument("--show-inserted", action="store_true", help="list the words that were read into the text")
    options = parser.parse_args()
    try:
        inputs = discover([str(options.folder)], endings=SCANS)
        print("| system | pages | n | " + " | ".join(MEASURES) + " | inserted | lost | broken | CPU s |")
        print("|---|---|---|" + "---|" * (len(MEASURES) + 4))
        found = {}
        for name in options.system or SYSTEMS:
            before = cpu()
            found[name] = measured(inputs, SYSTEMS[name], options.profile, options.jobs)
            told(name, found[name], cpu() - before)
    except CorrigendaError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    pages_worse(found)
    if options.show_inserted:
        for name, judged in found.items():
            print(f"\nInserted by {name}:\n")
            print("\n".join(f"- {one.id}: {' '.join(one.inserted)}" for one in judged if one.inserted))
    return 0


def measured(inputs: Sequence[Input], system: System, profile: Profile, jobs: int) -> list[Judged]:
    """Every page as the system reads it, judged."""
    print(f"<!-- {system.settings.engine} -->", file=sys.stderr)
    setup = Setup(engine=open_engine(neural=system.neural)) if system.corrects else None
    judged = []
    for one, read in zip(inputs, read_scans(inputs, system.settings, jobs=jobs), strict=True):
        if isinstance(read, CorrigendaError):
            print(f"failed: {read}", file=sys.stderr)
            continue
        path = truth_path(one.path)
        scan = from_better(read, setup.engine.words.familiar) if setup else read
        document = again(scan, one) if system.second else scan.document
        corrected = mended(document, scan, setup) if setup else untouched(document)
        truth = read_transcript(read_bytes(path), path=path, document_id=one.id)
        judged.append(judge(document, corrected, truth, profile))
    return judged


def mended(document: Document, scan: Scan, setup: Setup) -> Corrected:
    """The document as the pipeline corrects it; a second reading that has nothing in common with it is left out."""
    intake = Intake(document=document, transcript=None, aside="")
    others = [OtherText.of_parts(*scan.other)] if scan.other else []
    try:
        return run(intake, setup, others).corrected
    except PairingError as error:
        print(f"{document.id}: {error}", file=sys.stderr)
        return run(intake, setup).corrected


def untouched(document: Document) -> Corrected:
    """The document as it was read."""
    return Corrected(document_id=document.id, text=document.text, corrections=(), flags=(), signature="as it was read")


def again(scan: Scan, one: Input) -> Document:
    """What the second engine read, as a document of its own."""
    pages = [page.second or () for page in scan.read]
    return compose(pages, data=b"", path=one.path, document_id=one.id, engine=SIGLUM, whole=False)


def judge(document: Document, corrected: Corrected, truth: Transcript, profile: Profile) -> Judged:
    """The errors that are left; what was misplaced alone is neither inserted nor lost."""
    found = evaluate(document, corrected, truth, trusted=True)
    segments = [replace(s, span=moved(s.span, corrected.corrections)) for s in document.segments]
    compared = Page.of(truth.text, truth.segments)
    lineup = Lineup.of(Page.of(corrected.text, segments, compared), compared)
    alone = [lineup.page.pieces[i] for i, j in lineup.pairs if i is not None and j is None]
    lost = Counter(lineup.truth.pieces[j].key for i, j in lineup.pairs if i is None and j is not None)
    inserted = []
    for piece in alone:
        if lost[piece.key]:
            lost[piece.key] -= 1
        else:
            inserted.append(piece.whole.of(corrected.text))
    kind = next((kind for begin, kind in KINDS.items() if document.id.startswith(begin)), "others")
    return Judged(
        id=document.id,
        kind=kind,
        counts={name: found.after.score(name, profile).counts for name in MEASURES},
        inserted=tuple(inserted),
        lost=sum(lost.values()),
        broken=sum(v.broken for v in found.verdicts),
        right=found.right_words,
    )


def told(name: str, judged: Sequence[Judged], seconds: float) -> None:
    """The rows of one system: each kind of page, and all."""
    kinds = dict.fromkeys(one.kind for one in judged)
    for kind in (*kinds, "all") if len(kinds) > 1 else kinds:
        own = [one for one in judged if kind in {one.kind, "all"}]
        figures = [f"{100 * micro(own, measure):.2f}" for measure in MEASURES]
        words, lost = sum(len(one.inserted) for one in own), sum(one.lost for one in own)
        spent = f"{seconds:.0f}" if len(own) == len(judged) else ""
        broken = f"{sum(one.broken for one in own)} of {sum(one.right for one in own)}"
        print(
            f"| {name} | {kind} | {len(own)} | {' | '.join(figures)} | {words} | {lost} | {broken} | {spent} |",
            flush=True,
        )


def micro(judged: Sequence[Judged], measure: str) -> float:
    """The rate of all pages together."""
    counts = [one.counts[measure] for one in judged]
    return rate(measure, sum(counts[1:], counts[0]))


def pages_worse(found: Mapping[str, Sequence[Judged]]) -> None:
    """Name the pages that a system reads worse than the first one, by their order-free rate."""
    (first, reference), *others = found.items()
    rates = {one.id: rate("cer_free", one.counts["cer_free"]) for one in reference}
    for name, judged in others:
        worse = {one.id: r for one in judged if (r := rate("cer_free", one.counts["cer_free"])) > rates[one.id]}
        listed = ", ".join(f"{page} {100 * rates[page]:.2f} to {100 * rate:.2f}" for page, rate in worse.items())
        print(f"\n{name}: {len(worse)} pages worse than {first}" + (f": {listed}" if worse else ""))


def cpu() -> float:
    """Seconds of processor time of this process and of all that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
