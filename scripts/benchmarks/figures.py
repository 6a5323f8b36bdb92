#!/usr/bin/env python3
"""One scorer's figures of pairs of texts, under the Python that has this scorer installed.

    PYTHON scripts/benchmarks/figures.py jiwer < pairs.jsonl

Each line has `read`, `truth` and, for hipe alone, `corrected`. Printed is one JSON object: `versions`, `cpu_s` (CPU
seconds of scoring alone, without start and imports), `figures` (one object per pair), and what belongs to all pairs.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import math
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

Pair = Mapping[str, str]
Figures = Mapping[str, float | str]


def main() -> None:
    """Read the pairs, have the scorer that is asked for score them, and print what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", choices=sorted(SCORERS))
    scorer, packages = SCORERS[parser.parse_args().scorer]
    pairs = [json.loads(line) for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")]
    said = scorer(pairs)
    json.dump({"versions": {"python": sys.version.split()[0], **{p: version(p) for p in packages}}, **said}, sys.stdout)


def composed(text: str) -> str:
    """`text` in NFC: what the HIPE scorer gets, which does not compose by itself."""
    return unicodedata.normalize("NFC", text)


def even(text: str) -> str:
    """`text` in NFC with white space collapsed: what jiwer and dinglehopper get."""
    return " ".join(composed(text).split())


def jiwer(pairs: Sequence[Pair]) -> dict[str, Any]:
    """`cer` of code points and `wer` of white-space tokens."""
    jiwer = importlib.import_module("jiwer")
    ready = [(even(p["truth"]), even(p["read"])) for p in pairs]
    return _timed(lambda: [{"cer": jiwer.cer(t, r), "wer": jiwer.wer(t, r)} for t, r in ready])


def dinglehopper(pairs: Sequence[Pair]) -> dict[str, Any]:
    """`cer` of grapheme clusters, `wer` of UAX #29 words."""
    characters = importlib.import_module("dinglehopper.character_error_rate").character_error_rate
    words = importlib.import_module("dinglehopper.word_error_rate").word_error_rate
    ready = [(even(p["truth"]), even(p["read"])) for p in pairs]
    return _timed(lambda: [{"cer": _finite(characters(t, r)), "wer": _finite(words(t, r))} for t, r in ready])


def dinglehopper_files(pairs: Sequence[Pair]) -> dict[str, Any]:
    """`cer` and `wer` of the same texts as dinglehopper's command line has them, which reads files and substitutes."""
    characters = importlib.import_module("dinglehopper.character_error_rate").character_error_rate
    words = importlib.import_module("dinglehopper.word_error_rate").word_error_rate
    extract = importlib.import_module("dinglehopper.ocr_files").plain_extract
    ready = []
    with tempfile.TemporaryDirectory() as folder:
        for pair in pairs:
            sides = []
            for side in ("truth", "read"):
                path = Path(folder, f"{side}.txt")
                path.write_text(even(pair[side]), encoding="utf-8")
                sides.append(extract(str(path), encoding="utf-8"))
            ready.append(sides)
    return _timed(lambda: [{"cer": _finite(characters(t, r)), "wer": _finite(words(t, r))} for t, r in ready])


def hipe(pairs: Sequence[Pair]) -> dict[str, Any]:
    """`cmer` and `wmer` as its class `Evaluation` has them, and its figures of all pairs, of readings and corrected."""
    said = _timed(lambda: [_hipe_pair(pair) for pair in pairs])
    return {**said, "corpus": {output: _hipe_corpus(pairs, output) for output in ("read", "corrected")}}


def _hipe_pair(pair: Pair) -> Figures:
    evaluation = _evaluation([pair], "read")
    # This is the first step of its score_over_datasets, which has no way in for a single document.
    evaluation._normalize()
    (example,) = evaluation.data
    return {name: evaluation.example_level_measures[name](example) for name in ("cmer", "wmer")}


def _hipe_corpus(pairs: Sequence[Pair], output: str) -> dict[str, list[float]]:
    scores = _evaluation(pairs, output).score_over_datasets(normalize=True)
    return {name: list(figures) for name, figures in scores["fold_scores"]["pairs"].items()}


def _evaluation(pairs: Sequence[Pair], output: str) -> Any:  # noqa: ANN401
    return importlib.import_module("hipe_ocrepair_scorer").Evaluation(
        [
            {
                "document_metadata": {"document_id": str(number), "primary_dataset_name": "pairs"},
                "ground_truth": {"transcription_unit": composed(pair["truth"])},
                "ocr_hypothesis": {"transcription_unit": composed(pair["read"])},
                "ocr_postcorrection_output": {"transcription_unit": composed(pair[output])},
            }
            for number, pair in enumerate(pairs)
        ]
    )


def corrigenda(pairs: Sequence[Pair]) -> dict[str, Any]:
    """All rates of the profile `strict`, with their counts; the texts as they stand."""
    text = importlib.import_module("corrigenda.text")
    metrics = importlib.import_module("corrigenda.score.metrics")

    def figures(pair: Pair) -> Figures:
        return {s.name: s.value for s in metrics.scores(pair["read"], pair["truth"], text.Profile.STRICT)}

    return _timed(lambda: [figures(pair) for pair in pairs])


def _finite(rate: float) -> float | str:
    """`rate`, or the word for it where JSON has no number."""
    return rate if math.isfinite(rate) else "infinite"


def _timed(scoring: Callable[[], list[Figures]]) -> dict[str, Any]:
    start = time.process_time()
    figures = scoring()
    return {"cpu_s": time.process_time() - start, "figures": figures}


SCORERS: Mapping[str, tuple[Callable[[Sequence[Pair]], dict[str, Any]], tuple[str, ...]]] = {
    "corrigenda": (corrigenda, ("corrigenda", "rapidfuzz", "regex")),
    "dinglehopper": (dinglehopper, ("dinglehopper", "rapidfuzz", "uniseg", "multimethod")),
    "dinglehopper_files": (dinglehopper_files, ("dinglehopper", "rapidfuzz", "uniseg", "multimethod")),
    "hipe": (hipe, ("hipe-ocrepair-scorer", "jiwer", "rapidfuzz", "numpy")),
    "jiwer": (jiwer, ("jiwer", "rapidfuzz")),
}

if __name__ == "__main__":
    main()
