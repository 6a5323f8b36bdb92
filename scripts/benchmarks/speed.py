#!/usr/bin/env python3
"""Measure CPU time and memory of scoring side by side: corrigenda, jiwer and dinglehopper, each in its own process.

    scripts/benchmarks/speed.py --peers PYTHON              long texts, all three
    scripts/benchmarks/speed.py --only corrigenda           long texts, one of them
    scripts/benchmarks/speed.py --many                      10,000 short documents through `corrigenda score`

The texts are made-up prose with 6% noise, the same on every machine. CPU seconds are user and system time of scoring
alone and of the whole process with start and imports; memory is the peak of the process. Times are of the machine,
ratios travel better.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FIGURES = Path(__file__).with_name("figures.py")
SIZES = (20_000, 200_000, 1_000_000)
NOISE = 0.06
SEED = 1962
PEERS = ("jiwer", "dinglehopper")

VOCABULARY = (
    "the of and to in a that for on was it by with as not be from at this we which have an but they had would his our "
    "any been were their will there than other time more government embassy minister message conversation meeting "
    "department ambassador president council assembly delegation agreement proposal inspection withdrawal missile "
    "bomber aircraft airfield harbor quarantine convoy island border troops division commander report cable airgram "
    "memorandum paragraph reference telegram instructions draft statement press announcement question answer "
    "understanding assurance guarantee position attitude opinion view matter problem difficulty progress delay "
    "tomorrow yesterday tonight week month spring October Tuesday Moscow Geneva Havana Bonn London Vienna Ankara "
    "foreign economic political military technical personal official secret private public urgent final early late "
    "said asked replied added noted repeated stressed believed hoped agreed refused accepted offered promised warned"
)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:'\"-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one process used and what CER it found; `scoring` and `cer` are None where it was stopped."""

    scoring: float | None
    cer: float | None
    process: float
    megabytes: float


def main() -> None:
    """Print the tables that are asked for, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="Python with jiwer and dinglehopper; without it only corrigenda runs")
    parser.add_argument("--only", choices=("corrigenda", *PEERS), help="one scorer alone")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="characters of the truth")
    parser.add_argument("--limit", type=int, default=600, help="CPU seconds after which a process is stopped")
    parser.add_argument("--many", action="store_true", help="short documents instead of long texts")
    options = parser.parse_args()
    if options.only in PEERS and not options.peers:
        parser.error(f"--only {options.only} needs --peers PYTHON")
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, seed {SEED}\n", flush=True)
    if options.many:
        many()
        return
    pythons = {"corrigenda": sys.executable, **(dict.fromkeys(PEERS, options.peers) if options.peers else {})}
    long_texts({s: p for s, p in pythons.items() if options.only in (None, s)}, options.sizes, options.limit)


def long_texts(pythons: dict[str, str], sizes: Sequence[int], limit: int) -> None:
    """A row for each size and scorer: what it used, and how many times corrigenda's CPU time that is."""
    print("| characters | scorer | CER | scoring, CPU s | whole process, CPU s | peak MB | times corrigenda |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for size in sizes:
        truth = prose(seeded(SEED), size)
        pair = json.dumps({"truth": truth, "read": noisy(seeded(SEED + 1), truth)})
        base: float | None = None
        for scorer, python in pythons.items():
            run = measured([python, str(FIGURES), scorer], pair, limit)
            base = run.scoring if scorer == "corrigenda" else base
            print(_row(size, scorer, run, base), flush=True)


def _row(size: int, scorer: str, run: Run, base: float | None) -> str:
    if run.scoring is None or run.cer is None:
        found, ratio = " | stopped", f"over {run.process / base:.0f}" if base else ""
    else:
        found, ratio = f"{run.cer:.6f} | {run.scoring:.2f}", f"{run.scoring / base:.1f}" if base else ""
    return f"| {size:,} | {scorer} | {found} | {run.process:.2f} | {run.megabytes:.0f} | {ratio} |"


def many(documents: int = 10_000) -> None:
    """CPU time and memory of `corrigenda score` on short documents, intervals and all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pairs.jsonl")
        with path.open("w", encoding="utf-8") as lines:
            for record in short_pairs(documents):
                lines.write(json.dumps(record) + "\n")
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "corrigenda", "score", path, "--json"], stdout=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    if status:
        sys.exit(f"corrigenda score ended with status {os.waitstatus_to_exitcode(status)}")
    print("| documents | CPU s | seconds | peak MB |\n|---:|---:|---:|---:|")
    print(f"| {documents:,} | {used.ru_utime + used.ru_stime:.2f} | {wall:.2f} | {_megabytes(used.ru_maxrss):.0f} |")


def short_pairs(documents: int) -> Iterator[dict[str, str]]:
    """Documents of 150 to 300 characters in groups of ten, with a correction that mends about half of the noise."""
    rng = seeded(SEED)
    for number in range(documents):
        truth = prose(rng, rng.randint(150, 300))
        yield {
            "id": f"d{number:05d}",
            "group": f"g{number // 10:04d}",
            "ocr": noisy(rng, truth),
            "corrected": noisy(rng, truth, NOISE / 2),
            "gt": truth,
        }


def seeded(seed: int) -> random.Random:
    """A generator that gives the same texts on every machine."""
    return random.Random(seed)  # noqa: S311  # Nothing here is secret.


def prose(rng: random.Random, length: int) -> str:
    """Made-up sentences in paragraphs, `length` characters of them."""
    vocabulary = VOCABULARY.split()
    pieces: list[str] = []
    size = 0
    while size < length:
        words = rng.choices(vocabulary, k=rng.randint(8, 25))
        sentence = " ".join(words).capitalize() + rng.choices((". ", "? ", ".\n\n"), weights=(8, 1, 1))[0]
        pieces.append(sentence)
        size += len(sentence)
    return "".join(pieces)[:length]


def noisy(rng: random.Random, text: str, noise: float = NOISE) -> str:
    """`text` with about `noise` errors per character: half substitutions, then losses, additions, and spaces."""
    read: list[str] = []
    for letter in text:
        if rng.random() >= noise:
            read.append(letter)
            continue
        kind = rng.random()
        if kind < 0.5:
            read.append(rng.choice(LETTERS))
        elif kind < 0.7:
            continue
        elif kind < 0.85:
            read += (letter, rng.choice(LETTERS))
        else:
            read += ("",) if letter.isspace() else (letter, " ")
    return "".join(read)


def measured(command: Sequence[str], line: str, limit: int) -> Run:
    """Run `command` with `line` on its standard input until it is done or has used `limit` CPU seconds."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(line.encode())
        given.seek(0)
        limited = f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_CPU, ({limit}, {limit + 5}))"
        start = [command[0], "-c", f"{limited}; os.execv(sys.argv[1], sys.argv[1:])", *command]
        process = subprocess.Popen(start, stdin=given, stdout=said)
        _, status, used = os.wait4(process.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, -signal.SIGXCPU):
            sys.exit(f"{' '.join(command)} ended with status {code}")
        said.seek(0)
        answer = json.loads(said.read()) if code == 0 else {"cpu_s": None, "figures": [{"cer": None}]}
    return Run(
        scoring=answer["cpu_s"],
        cer=answer["figures"][0]["cer"],
        process=used.ru_utime + used.ru_stime,
        megabytes=_megabytes(used.ru_maxrss),
    )


def _megabytes(maxrss: int) -> float:
    """`ru_maxrss` in MB of 1,000,000 bytes; Linux gives it in units of 1024 bytes, macOS in bytes."""
    return maxrss / 1e6 if sys.platform == "darwin" else maxrss * 1024 / 1e6


if __name__ == "__main__":
    main()
