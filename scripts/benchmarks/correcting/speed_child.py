"""One corrector in a process of its own: speed_child.py SYSTEM LEXICON MODEL TEXTS.json; figures go to standard output.

Start-up is part of what is measured, so that no corrector imports what another one needs.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

_LINE = "The Secretry replied that tbe Arnbassador wou1d discuss the mat- ter with his Govemment."


def main() -> None:
    """Start, correct a line, then all texts."""
    system, lexicon, model, texts = sys.argv[1:]
    correct = _corrigenda(lexicon, model) if system == "corrigenda" else _symspellpy(system, lexicon)
    correct(_LINE)
    start = time.process_time()
    for text in json.loads(Path(texts).read_text(encoding="utf-8")):
        correct(text)
    used = time.process_time() - start
    print(json.dumps({"start": start, "correcting": used, "megabytes": _peak() / 1e6}))


def _peak() -> int:
    """The most memory that this process held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What `getrusage` tells on Linux begins with the memory of the process that started this one.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _corrigenda(lexicon: str, model: str) -> Callable[[str], object]:
    from corrigenda.files.engines import open_engine  # noqa: PLC0415
    from corrigenda.ingest.rawtext import read  # noqa: PLC0415
    from corrigenda.pipeline import Setup, run  # noqa: PLC0415

    setup = Setup(engine=open_engine(lexicon, model))
    return lambda text: run(read(text.encode(), path="text", document_id="text", whole=True), setup)


def _symspellpy(system: str, lexicon: str) -> Callable[[str], object]:
    from correcting import simple  # noqa: PLC0415
    from corrigenda.lexicon.store import find, load  # noqa: PLC0415

    rewrite = {"naive": simple.naive, "cautious": simple.cautious, "compound": simple.compound}[system]
    return partial(rewrite, simple.frus_dictionary(load(find(lexicon))))


if __name__ == "__main__":
    main()
