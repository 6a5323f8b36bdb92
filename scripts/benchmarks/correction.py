#!/usr/bin/env python3
"""Measure the corrector on real data beside symspellpy: what it mends, breaks and flags, how sure it is, how fast.

    scripts/bench correct [PART...] [--data FOLDER] [--kept FOLDER] [--model NAME] [--show-changes] [-o FOLDER]

PART is archive, readings, fields, clean, speed or neural; all of them without it. The data lie outside the repository
(scripts/benchmarks/README.md). FOLDER of --kept has what scripts/build_models left there: a lexicon that leaves out
what is measured on, and rendered pages. Tables go to standard output, and with -o to FOLDER/correction.md, with the
score report of the cross-validated corrections in FOLDER/report. Models that are learned on the way are kept in
.bench/folds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from correcting import archive, fields, neural, readings, speed
from correcting.data import lessons, pairs, rendered
from correcting.learned import School

from corrigenda.correct.engine import Engine
from corrigenda.correct.store import DEFAULT, find_model, load_model
from corrigenda.errors import CorrigendaError
from corrigenda.files.engines import open_engine, open_language, open_words
from corrigenda.files.outputs import write_bytes
from corrigenda.learn.boosting import Boosting
from corrigenda.lexicon import store

REPOSITORY = Path(__file__).resolve().parents[2]
PARTS = ("archive", "readings", "fields", "clean", "speed", "neural")
LEARNED = "learned"


def main() -> int:
    """Measure what was asked for."""
    options = parsed()
    told: list[str] = []
    try:
        for text in sections(options):
            print(text, flush=True)
            told.append(text)
    except CorrigendaError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    told.append(f"{time.process_time() / 60:.0f} CPU minutes, without what earlier runs had learned.\n")
    print(told[-1])
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        write_bytes(str(options.output / "correction.md"), "\n".join(told).encode(), force=True)
    return 0


def sections(options: argparse.Namespace) -> Iterator[str]:
    """The sections of the parts that were asked for."""
    parts = options.parts or PARTS
    lexicon = str(options.kept / "lexicon")
    school = School(
        words=open_words(lexicon),
        language=open_language(lexicon),
        settings=Boosting(trees=60) if options.rough else Boosting(),
    )
    asking = open_engine(store.DEFAULT, options.model, neural=True) if "neural" in parts else None
    passages, made = pairs(options.data), rendered(options.kept / "rendered.jsonl")
    made = made[:60] if options.rough else made
    if "archive" in parts:
        found = archive.measured(passages, made, school)
        yield from archive.told(found)
        if options.output:
            write_report(found, options.output / "report")
    if "readings" in parts:
        yield from readings.told(passages, made, school)
    if set(parts) <= {"archive", "readings"}:
        return
    model = options.model
    if model == LEARNED:
        model = str(school.folder([*lessons(passages), *lessons(made, made=True)], "all pairs and rendered pages"))
    if "fields" in parts:
        yield from fields.fields(options.data, open_engine(store.DEFAULT, model), school)
    if "clean" in parts:
        engine = Engine(words=school.words, language=school.language, model=load_model(find_model(model)))
        yield from fields.clean_text(options.data, engine, show=options.show_changes)
    if "speed" in parts:
        yield from speed.speed([*passages, *made], store.DEFAULT, model)
    if "neural" in parts:
        yield from neural.told(passages, made, school, options.data, asking)


def write_report(found: archive.Archive, folder: Path) -> None:
    """The score report of the cross-validated corrections."""
    for path, data in archive.report(found).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(str(target), data, force=True)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data")
    parser.add_argument("--kept", type=Path, default=REPOSITORY / ".bench/measuring", help="the measuring build")
    parser.add_argument(
        "--model", default=DEFAULT, help=f"for other fields, clean text and speed; '{LEARNED}': from all pairs, here"
    )
    parser.add_argument("--show-changes", action="store_true", help="list the likeliest changes of clean text")
    parser.add_argument("-o", "--output", type=Path, help="a folder for tables and report")
    # A quick look while working at this program; its figures mean nothing.
    parser.add_argument("--rough", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
