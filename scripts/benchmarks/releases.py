#!/usr/bin/env python3
"""What `corrigenda edition compare` reports on real releases of the same records, to be read and judged by hand.

    scripts/bench releases ../shared/data
    scripts/bench releases ../shared/data --releases applevision_2023 applevision_2025 --records 60

The folder holds archive-multi-engine.jsonl.xz: a record a line, with its `id` and the text that an engine read of each
release. Taken are the first records by id of which the earlier release has 1,000 characters or more.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter
from pathlib import Path

from corrigenda.edition.compare import Comparison, compare
from corrigenda.edition.standing import Standing
from corrigenda.errors import PairingError
from corrigenda.files.engines import open_words
from corrigenda.ingest import formats
from corrigenda.lexicon import store
from corrigenda.values import Document

_SHORTEST = 1000


def main() -> None:
    """Print what is reported of each record, and how much of what was set aside."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--releases", nargs=2, default=["tesseract_2018", "applevision_2025"])
    parser.add_argument("--records", type=int, default=10)
    parser.add_argument("--standing", type=Standing, choices=list(Standing), default=Standing.RELEASED)
    chosen = parser.parse_args()
    with lzma.open(chosen.data / "archive-multi-engine.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = sorted(map(json.loads, file), key=lambda row: row["id"])
    taken = [row for row in rows if len(row[chosen.releases[0]]) >= _SHORTEST][: chosen.records]
    words, total, seconds = open_words(store.DEFAULT), Counter(), 0.0
    for row in taken:
        first, second = (read(row, name) for name in chosen.releases)
        began = time.perf_counter()
        try:
            found = compare(first, second, words)
        except PairingError as error:
            print(f"{row['id']}: {error.what}")
            continue
        seconds += time.perf_counter() - began
        total += Counter(f.standing for f in found.findings)
        tell(found, chosen.standing)
    print(", ".join(f"{total[standing]} {standing}" for standing in Standing), f"in {seconds:.1f} s")


def read(row: dict[str, str], name: str) -> Document:
    """One release of a record."""
    return formats.read(row[name].encode(), path=f"{row['id']}.{name}", document_id=row["id"], blank=True).document


def tell(found: Comparison, standing: Standing) -> None:
    """Print the findings of a standing, a line each."""
    for one in found.of(standing):
        shown = " ".join(one.text.split())
        print(f"{found.ids[0]} {'AB'[one.shown_in]} {one.page}: … {one.before[-50:]} [[{shown}]] {one.after[:50]} …")


if __name__ == "__main__":
    main()
