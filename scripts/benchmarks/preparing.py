#!/usr/bin/env python3
"""What preparing a scan is worth: Tesseract's reading of pages as they are, prepared, and prepared but for one step.

    scripts/bench preparing FOLDER [--only PATTERN] [--each] [--steps NAME,...] [--pages]

FOLDER has page images with their transcriptions beside them, x.gt.txt beside x.jpg or x.png. Pages are told by group,
what stands before the last hyphen of their name. `--each` leaves out one step after the other. What Tesseract read is
kept in .bench/readings under a hash of the pixels, so that a second run reads only what has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from corrigenda.scan.pages import PageImage, open_pages
from corrigenda.scan.prepare import DEFAULT, prepare
from corrigenda.score.metrics import rate, scores
from corrigenda.score.values import Counts
from corrigenda.text import Profile

KEPT = Path(".bench/readings")
# The wheel with Tesseract in it puts the program beside Python.
TESSERACT = shutil.which("tesseract", path=os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)]))
IMAGES = {".png", ".jpg", ".tif", ".jp2"}
MEASURES = [(name, profile) for profile in (Profile.STRICT, Profile.FOLDED) for name in ("cer_free", "cer", "wer")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One page read in one way: counts by measure and profile, and CPU seconds of preparing and of Tesseract."""

    counts: dict[tuple[str, Profile], Counts]
    preparing: float
    reading: float


def main() -> None:
    """Print a table of groups and ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="pages whose name matches (%(default)s)")
    parser.add_argument("--each", action="store_true", help="leave out one step after the other too")
    parser.add_argument("--steps", help="these steps in place of the usual ones")
    parser.add_argument("--pages", action="store_true", help="each page, too")
    options = parser.parse_args()
    chosen = tuple(options.steps.split(",")) if options.steps else DEFAULT
    ways: dict[str, Sequence[str] | None] = {"plain": None, "prepared": chosen}
    if options.each:
        ways |= {f"without {step}": tuple(s for s in chosen if s != step) for step in chosen}
    found: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for page in sorted(p for p in options.folder.glob(options.only) if p.suffix in IMAGES):
        for way, steps in ways.items():
            told, done = one(page, steps)
            found[page.stem.rpartition("-")[0]][way].append(told)
            if options.pages:
                cer = rate("cer_free", told.counts["cer_free", Profile.FOLDED])
                seconds = f"{told.preparing:5.2f} s"
                print(f"{page.stem:28s}{way:22s}{100 * cer:7.2f}  {seconds}  {'; '.join(done)}", flush=True)
    table(found)


def one(path: Path, steps: Sequence[str] | None) -> tuple[Told, tuple[str, ...]]:
    """One page read in one way, with what was done to it; steps None leaves it as it is."""
    (page,) = open_pages(path.read_bytes(), path=str(path))
    assert isinstance(page, PageImage)
    image, dpi, done = page.image, page.dpi, ()
    start = time.process_time()
    if steps is not None:
        prepared = prepare(page, steps)
        image, dpi, done = Image.fromarray(prepared.image), prepared.dpi, prepared.steps
    preparing = time.process_time() - start
    read, reading = reading_of(image, dpi)
    truth = path.with_suffix(".gt.txt").read_text(encoding="utf-8")
    counts = {}
    for profile in (Profile.STRICT, Profile.FOLDED):
        counts |= {(s.name, profile): s.counts for s in scores(read, truth, profile)}
    return Told(counts=counts, preparing=preparing, reading=reading), done


def reading_of(image: Image.Image, dpi: float | None) -> tuple[str, float]:
    """What Tesseract reads with --psm 3 on one thread, and its CPU seconds."""
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=1, **({"dpi": (dpi, dpi)} if dpi else {}))
    kept = KEPT / f"{hashlib.sha256(image.tobytes() + str((image.size, dpi)).encode()).hexdigest()}.json"
    if kept.is_file():
        told = json.loads(kept.read_text(encoding="utf-8"))
        return told["text"], told["seconds"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    read = subprocess.run(
        [TESSERACT or "tesseract", "stdin", "stdout", "--psm", "3"],
        input=data.getvalue(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    ).stdout.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"text": read, "seconds": seconds}), encoding="utf-8")
    return read, seconds


def rows(found: dict[str, dict[str, list[Told]]]) -> Iterator[tuple[str, str, list[Told]]]:
    """Groups, and then all of them together, each in each way."""
    for group, ways in found.items():
        for way, told in ways.items():
            yield group, way, told
    for way in next(iter(found.values())):
        yield "all", way, [t for ways in found.values() for t in ways[way]]


def table(found: dict[str, dict[str, list[Told]]]) -> None:
    """Micro averages in per cent, and CPU seconds a page."""
    print("| pages | way | " + " | ".join(f"{name} {profile.value}" for name, profile in MEASURES), end="")
    print(" | preparing, s | Tesseract, s |\n|---|---|" + "---:|" * (len(MEASURES) + 2))
    for group, way, told in rows(found):
        print(f"| {group} ({len(told)}) | {way} |", end="")
        for key in MEASURES:
            counts = sum((t.counts[key] for t in told), Counts())
            print(f" {100 * rate(key[0], counts):.2f} |", end="")
        print(f" {sum(t.preparing for t in told) / len(told):.2f} | {sum(t.reading for t in told) / len(told):.2f} |")


if __name__ == "__main__":
    main()
