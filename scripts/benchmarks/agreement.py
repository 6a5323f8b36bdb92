#!/usr/bin/env python3
"""Score the same pairs with other scorers and with corrigenda; write their figures to tests/golden, print differences.

    scripts/benchmarks/agreement.py --peers PYTHON --hipe PYTHON [--bln600 train.jsonl.xz]

scripts/benchmarks/README.md says what the two Pythons need and which text each scorer gets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corrigenda.score.metrics import scores
from corrigenda.text import Profile

REPOSITORY = Path(__file__).parents[2]
GOLDEN = REPOSITORY / "tests/golden"
FIGURES = Path(__file__).with_name("figures.py")
EVERY = 52
"""Of BLN600's training pairs every 52nd is taken, from the first on: 200 of 10,400."""

AGREED = (
    ("cer", "strict", "jiwer", "cer"),
    ("cer", "strict", "dinglehopper", "cer"),
    ("wer", "strict", "dinglehopper", "wer"),
    ("wer_ws", "strict", "jiwer", "wer"),
    ("cmer", "hipe", "hipe", "cmer"),
    ("wmer", "hipe", "hipe", "wmer"),
)
"""Our measure and profile, the other scorer and its measure: what must be equal."""
SUBSTITUTED = (("cer", "strict", "dinglehopper_files", "cer"), ("wer", "strict", "dinglehopper_files", "wer"))
"""What need not be equal, since dinglehopper substitutes characters when it reads files; printed, not kept."""

Pair = Mapping[str, Any]


def main() -> None:
    """Score both sets with every scorer, keep the others' figures, and print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", required=True, help="Python with jiwer and dinglehopper")
    parser.add_argument("--hipe", required=True, help="Python with hipe-ocrepair-scorer")
    parser.add_argument("--bln600", type=Path, default=REPOSITORY.parent / "shared/data/bln600/train.jsonl.xz")
    options = parser.parse_args()
    made_up = [with_correction(n, p) for n, p in enumerate(json.loads((GOLDEN / "pairs.json").read_text("utf-8")))]
    for name, source, pairs in (
        ("pairs", "pairs.json", made_up),
        ("bln600", f"every {EVERY}nd line of train.jsonl.xz, from the first on", list(bln600(options.bln600))),
    ):
        said = {
            scorer: ask(scorer, python, pairs)
            for scorer, python in (
                ("jiwer", options.peers),
                ("dinglehopper", options.peers),
                ("dinglehopper_files", options.peers),
                ("hipe", options.hipe),
            )
        }
        write(GOLDEN / f"{name}.figures.json", source, pairs, said)
        print(table(name, pairs, said))


def bln600(path: Path) -> Iterator[Pair]:
    """The pairs of `path` (xz, JSON Lines with `ocr` and `gt`) that are compared, each with the number of its line."""
    if not path.exists():
        sys.exit(f"{path}: the BLN600 training pairs are not there; name them: --bln600 train.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % EVERY == 0:
                record = json.loads(line)
                yield with_correction(number // EVERY, {"id": number, "read": record["ocr"], "truth": record["gt"]})


def with_correction(number: int, pair: Pair) -> Pair:
    """A correction by rule: the first of three is the truth, the second lacks the last word, the third is as read."""
    harmed = " ".join(pair["read"].split()[:-1])
    return {**pair, "corrected": (pair["truth"], harmed, pair["read"])[number % 3]}


def ask(scorer: str, python: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    """What `scorer` says of `pairs`, run by `python` (figures.py)."""
    lines = "\n".join(json.dumps({k: p[k] for k in ("read", "truth", "corrected")}) for p in pairs)
    done = subprocess.run([python, FIGURES, scorer], input=lines.encode(), capture_output=True, check=False)
    if done.returncode:
        sys.exit(
            f"{python} {FIGURES} {scorer}: {done.stderr.decode()}See scripts/benchmarks/README.md for what it needs."
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def fingerprint(pair: Pair) -> str:
    """SHA-256 of what was compared, so that a golden is never held against another text."""
    return hashlib.sha256(f"{pair['read']}\0{pair['truth']}".encode()).hexdigest()


def write(path: Path, source: str, pairs: Sequence[Pair], said: Mapping[str, Any]) -> None:
    """Keep the figures of the other scorers, never a text: a line for each fact and each pair."""
    kept = ("jiwer", "dinglehopper", "hipe")
    head = {
        "made_by": "scripts/benchmarks/agreement.py --peers PYTHON --hipe PYTHON",
        "date": datetime.now(UTC).date().isoformat(),
        "source": source,
        "corrected": with_correction.__doc__,
        "versions": {scorer: said[scorer]["versions"] for scorer in kept},
        "agreed": [list(row) for row in AGREED],
        "hipe_corpus": said["hipe"]["corpus"],
    }
    records = [
        json.dumps(
            {
                "id": pair["id"],
                "sha256": fingerprint(pair),
                **{scorer: said[scorer]["figures"][number] for scorer in kept},
            }
        )
        for number, pair in enumerate(pairs)
    ]
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    lines.append(' "pairs": [\n  ' + ",\n  ".join(records) + "\n ]")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def table(name: str, pairs: Sequence[Pair], said: Mapping[str, Any]) -> str:
    """For each measure: how many pairs are equal to 1e-9, the largest difference, and the pairs that differ."""
    lines = [
        f"\n{name}: {len(pairs)} pairs\n",
        "| corrigenda | other scorer | equal | declared to differ | largest other difference | where |",
        "|---|---|---|---|---|---|",
    ]
    for row in AGREED + SUBSTITUTED:
        measure, profile, scorer, theirs = row
        equal, declared, found = 0, 0, []
        for pair, figures in zip(pairs, said[scorer]["figures"], strict=True):
            gap = difference(ours(pair, measure, profile), figures[theirs])
            if gap <= 1e-9:
                equal += 1
            elif f"{scorer}.{theirs}" in pair.get("differs", {}):
                declared += 1
            else:
                found.append((gap, pair["id"]))
        where = ", ".join(f"{id_}" for _, id_ in sorted(found, key=lambda f: -f[0])[:4])
        worst = f"{max(gap for gap, _ in found):.3g}" if found else "none"
        lines.append(f"| `{measure}` {profile} | {scorer} {theirs} | {equal} | {declared} | {worst} | {where} |")
    return "\n".join(lines)


def ours(pair: Pair, measure: str, profile: str) -> float:
    """Our figure of the texts as they stand."""
    return next(s.value for s in scores(pair["read"], pair["truth"], Profile(profile)) if s.name == measure)


def difference(value: float, other: float | str) -> float:
    """How far apart two figures are; one that JSON has no number for is infinitely far from any."""
    return abs(value - other) if isinstance(other, int | float) else float("inf")


if __name__ == "__main__":
    main()
