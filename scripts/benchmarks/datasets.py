#!/usr/bin/env python3
"""The tables of docs/measured.md: `corrigenda score` on real OCR beside its truth, which the repository does not hold.

    scripts/bench datasets ../shared/data

The folder holds archive-frus-pairs/segments.jsonl, scans-ehri/ (x.tesseract-5.3.txt beside x.gt.txt) and
bln600/train.jsonl.xz.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PROFILES = ("strict", "folded", "hipe")
MEASURES = ("cer", "cmer", "cer_free", "wer", "wmer", "wer_ws", "wer_bag")


def main() -> None:
    """Print a table for each data set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    pages = ["scans-ehri", "--ocr-pattern", "{stem}.tesseract-5.3.txt", "--group", r"^(.*)_\d+$"]
    told(data, "archive-frus-pairs, by cluster", ["archive-frus-pairs/segments.jsonl", "--group", "cluster"])
    told(data, "scans-ehri, by document, body, headings and closings", pages)
    told(data, "scans-ehri, by document, everything on the page", [*pages, "--whole"])
    with lzma.open(data / "bln600" / "train.jsonl.xz") as file:
        told(data, "BLN600 (training lines), by document", ["-", "--trust-pairing"], given=file.read())


def told(data: Path, title: str, arguments: Sequence[str], given: bytes | None = None) -> None:
    """Run `corrigenda score` in the folder `data`, and print what it measured."""
    command = [sys.executable, "-m", "corrigenda", "score", *arguments, "--json", "--no-progress"]
    done = subprocess.run(command, cwd=data, input=given, capture_output=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr.decode())
    found: dict[str, Any] = json.loads(done.stdout)
    shown = " ".join(f"'{a}'" if set(a) & set("{(^ ") else a for a in arguments)
    print(f"## {title}\n\n`corrigenda score {shown}`{' < train.jsonl' if given else ''}\n")
    few = " (few, so intervals may be too narrow)" if found["few_groups"] else ""
    aside = found["not_scored"]
    print(
        f"{found['documents']} documents in {found['groups']} groups{few}; {aside['repeats']} exact repeats, "
        f"{len(aside['failed'])} failed; {found['marks']} marks. Per cent, micro [95% interval], macro:\n"
    )
    print("| measure | " + " | ".join(PROFILES) + " |\n|---|---|---|---|")
    for measure in MEASURES:
        cells = (cell(found["profiles"][profile][measure]) for profile in PROFILES)
        print(f"| `{measure}` | " + " | ".join(cells) + " |")
    lost = {
        name: f"{100 * (c['substitutions'] + c['deletions']) / n:.1f} of {n:,}"
        for name, c in found["words"].items()
        if (n := c["hits"] + c["substitutions"] + c["deletions"])
    }
    print("\nMisread or lost, by class of word: " + "; ".join(f"{name} {share}" for name, share in lost.items()) + ".")
    print(f"\n    {found['signature']}\n")


def cell(figure: dict[str, Any]) -> str:
    """One figure with its interval and its macro average."""
    micro, low, high, macro = (100 * figure[key] for key in ("micro", "low", "high", "macro"))
    return f"{micro:.2f} [{low:.2f} to {high:.2f}], {macro:.2f}"


if __name__ == "__main__":
    main()
