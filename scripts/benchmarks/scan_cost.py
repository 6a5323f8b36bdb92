#!/usr/bin/env python3
"""What reading scans costs beside Tesseract alone: CPU seconds of both on the same pages, one thread, in turn.

    scripts/bench cost FOLDER [--rounds N] [--second]

FOLDER has page images. Tesseract alone reads each as it is (`tesseract PAGE out --psm 3 txt hocr`); `corrigenda ocr
-j 1` prepares them, reads them, tells stamps from text and writes text, hOCR and PDFs, start of Python and all. Of
several rounds the cheapest counts, since other work on the machine only ever adds. `--second` has RapidOCR read them
as well.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corrigenda.files.inputs import SCANS, discover
from corrigenda.scan import tesseract

# What this process needs itself is told apart from what Tesseract needs, which it waits for.
OCR = """
import sys, time
from corrigenda.cli import main
try:
    main()
finally:
    print(time.process_time(), file=sys.stderr)
"""


def main() -> None:
    """Print both, and how much more ours is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run (%(default)s)")
    parser.add_argument("--second", action="store_true", help="with a second reading")
    options = parser.parse_args()
    pages = [one.path for one in discover([str(options.folder)], endings=SCANS)]
    extra = ["--second-reading"] if options.second else []
    rounds = [(alone(pages), ours([str(options.folder), *extra])) for _ in range(options.rounds)]
    plain = min(first for first, _ in rounds)
    whole, own = min(second for _, second in rounds)
    print("| pages | Tesseract alone, s | corrigenda ocr, s | of it Tesseract | of it the rest | more |")
    print("|---:|---:|---:|---:|---:|---:|")
    more = 100 * (whole / plain - 1)
    print(f"| {len(pages)} | {plain:.1f} | {whole:.1f} | {whole - own:.1f} | {own:.1f} | {more:.0f}% |")


def alone(pages: Sequence[str]) -> float:
    """CPU seconds of Tesseract on all pages as they are."""
    found = tesseract.find()
    before = children()
    with tempfile.TemporaryDirectory() as folder, tesseract.environment(found.languages):
        for page in pages:
            command = [found.program, page, Path(folder) / "out", "--psm", "3", "txt", "hocr"]
            subprocess.run(command, capture_output=True, check=True)
    return children() - before


def ours(arguments: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of `corrigenda ocr`, and those without the programs that it runs."""
    before = children()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", OCR, "ocr", *arguments, "-o", folder, "-j", "1", "--quiet"]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return children() - before, float(done.stderr.split()[-1])


def children() -> float:
    """CPU seconds of all programs that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
