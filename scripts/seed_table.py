"""Print the quickstart's table: error rates of the seed, raw and corrected in three ways, and the outcomes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROWS = (
    ("lexicon", "shipped lexicon"),
    ("lexicon-own-text", "lexicon with the document's own FRUS text (declared)"),
    ("witness", "with --witness, the published edition"),
)
OUTCOMES = ("fixed", "improved", "still_wrong", "harmed", "unscorable", "missed")


def main() -> None:
    """Read the scores below the folder that is given, and print a row for each way."""
    folder = Path(sys.argv[1])
    scores = {way: _score(folder / way) for way, _ in ROWS}
    print(
        "\nThe seed's body against its human transcription, CER (cer) and WER (wer_ws) in per cent, profile folded:\n"
    )
    print(_row("", "CER", "WER", [*OUTCOMES, "flagged"]))
    raw = scores[ROWS[0][0]]["profiles"]["folded"]
    print(_row("raw OCR", _percent(raw["cer"]), _percent(raw["wer_ws"]), []))
    for way, name in ROWS:
        folded, outcomes = scores[way]["corrected"]["profiles"]["folded"], scores[way]["outcomes"]
        counts = [str(outcomes[outcome]) for outcome in OUTCOMES] + [str(_flags(folder / way))]
        print(_row(name, _percent(folded["cer"]), _percent(folded["wer_ws"]), counts))
    (report,) = (folder / "witness").glob("*.report.html")
    print(f"\nThe report: {report} (open it in a browser)")


def _score(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("*.score.json")
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def _flags(folder: Path) -> int:
    (path,) = folder.glob("*.flags.jsonl")
    lines = path.read_text(encoding="utf-8").split("\n")
    return sum(json.loads(line)["kind"] == "doubtful" for line in lines if line)


def _percent(figure: dict[str, Any]) -> str:
    return f"{100 * figure['micro']:.2f}"


def _row(name: str, cer: str, wer: str, counts: Sequence[str]) -> str:
    return f"{name:54s}{cer:>6s}{wer:>7s}  " + "".join(f"{c.replace('_', ' '):>12s}" for c in counts)


if __name__ == "__main__":
    main()
