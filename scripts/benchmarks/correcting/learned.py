"""Models learned for the measurement, kept in .bench/folds by the hash of all that they were learned from."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from correcting.data import Passage, lessons
from corrigenda.correct.engine import Engine
from corrigenda.correct.model import Model
from corrigenda.correct.store import content_hash, load_model, save_model
from corrigenda.language.model import LanguageModel
from corrigenda.learn.boosting import Boosting
from corrigenda.learn.gate import folds
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.model import learn
from corrigenda.lexicon.words import WordIndex

__all__ = ["FOLDS", "School", "crossed", "note"]

FOLDS = 5
REPOSITORY = Path(__file__).resolve().parents[3]
_CACHE = REPOSITORY / ".bench/folds"
_SOURCES = ("learn/*.py", "correct/*.py", "language/*.py", "lexicon/*.py", "text.py")


def note(says: str) -> None:
    """A line on standard error, with the CPU seconds that were used so far."""
    print(f"{time.process_time():7.0f} s  {says}", file=sys.stderr, flush=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """The lexicon and the language model that models are learned with, and how."""

    words: WordIndex
    language: LanguageModel
    settings: Boosting

    def engine(self, taught: Sequence[Lesson], name: str) -> Engine:
        """An engine whose model was learned from these lessons."""
        return Engine(words=self.words, language=self.language, model=load_model(self.folder(taught, name)))

    def folder(self, taught: Sequence[Lesson], name: str) -> Path:
        """Where the model lies that was learned from these lessons, now or by an earlier run."""
        folder = _CACHE / self._digest(taught)
        if not folder.is_dir():
            note(f"learning: {name}")
            save_model(self._learned(taught, name), folder)
        return folder

    def _learned(self, taught: Sequence[Lesson], name: str) -> Model:
        channels, gate, vote = learn(taught, self.words, self.language, settings=self.settings)
        lexicon = self.words.lexicon
        return Model(
            name=name,
            version=metadata.version("corrigenda"),
            created="",
            lexicon=f"{lexicon.name}@{lexicon.sha256[:12]}",
            sources=(),
            channels=channels,
            gate=gate,
            sha256=content_hash(channels, gate, vote),
            vote=vote,
        )

    def _digest(self, taught: Sequence[Lesson]) -> str:
        parts = [repr(taught), self.words.lexicon.sha256, self.language.sha256, repr(self.settings), _code()]
        return sha256("\0".join(parts).encode()).hexdigest()[:24]


def _code() -> str:
    """The hash of the sources that a model hangs on."""
    package = REPOSITORY / "src/corrigenda"
    files = sorted(path for pattern in _SOURCES for path in package.glob(pattern))
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def crossed(
    passages: Sequence[Passage], others: Iterable[Lesson], school: School, name: str
) -> Iterator[tuple[list[Passage], Engine]]:
    """The passages of each of five folds with an engine that learned from the other folds, and from `others`.

    Clusters are never parted.
    """
    fold = folds([(p.group, len(p.ocr)) for p in passages], FOLDS)
    others = list(others)
    for number in range(FOLDS):
        held = [p for p in passages if fold[p.group] == number]
        seen = [p for p in passages if fold[p.group] != number]
        yield held, school.engine([*lessons(seen), *others], f"{name}, fold {number + 1} of {FOLDS}")
