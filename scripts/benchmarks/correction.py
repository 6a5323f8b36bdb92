#!/usr/bin/env python3
"""Measure the corrector on real data beside symspellpy: what it mends, breaks and flags, how sure it is, how fast.

    scripts/bench correct [PART...] [--data FOLDER] [--lexicon FOLDER] [--rendered FILE] [-o FOLDER]

PART is pairs, fields, clean or speed; all of them without it. The data lie outside the repository
(scripts/benchmarks/README.md). The lexicon is a build that leaves out what is measured on, with its language model in
its folder `language`. Tables go to standard output, and with -o to FOLDER/correction.md, with the score report of the
cross-validated corrections in FOLDER/report. Models are learned on the way, and kept in .bench/folds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from correcting.data import lessons, pairs, rendered
from correcting.learned import School, crossed, note
from correcting.systems import ours, rewrites, rewritten
from correcting.tables import by_engine, comparison, section

from corrigenda.files.engines import LANGUAGE, open_words
from corrigenda.language.store import language_sha256, load_language
from corrigenda.learn.boosting import Boosting

REPOSITORY = Path(__file__).resolve().parents[2]
LIMITS = (0.05, 0.1, 0.2, 0.5)


def main() -> int:
    """Measure what was asked for."""
    options = parsed()
    folder = options.language or options.lexicon / LANGUAGE
    school = School(
        words=open_words(str(options.lexicon)),
        language=load_language(folder),
        language_sha256=language_sha256(folder),
        settings=Boosting(trees=60) if options.rough else Boosting(),
    )
    archive, made = pairs(options.data), rendered(options.rendered)
    if options.rough:
        made = made[:60]
    systems = {}
    for name, rewrite in rewrites(school.words.lexicon).items():
        note(name)
        systems[name] = rewritten(archive, rewrite, name)
    for limit in LIMITS:
        systems[f"corrigenda, --max-harm {limit:g}"] = []
    for held, engine in crossed(archive, lessons(made, made=True), school, "pairs and rendered pages"):
        for limit in LIMITS:
            note(f"{limit}")
            systems[f"corrigenda, --max-harm {limit:g}"] += ours(held, engine, limit)
    for engine, part in by_engine(systems):
        print(section(engine, comparison(part)))
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data")
    parser.add_argument("--lexicon", type=Path, default=REPOSITORY / ".bench/measuring/lexicon")
    parser.add_argument("--language", type=Path)
    parser.add_argument("--rendered", type=Path, default=REPOSITORY / ".bench/measuring/rendered.jsonl")
    parser.add_argument("--rough", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
