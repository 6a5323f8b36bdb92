"""A small edition of the tests' own: three volumes of telegrams in made-up words, and an index of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corrigenda.edition.index import EditionIndex, open_index
from corrigenda.edition.writing import writing
from corrigenda.ingest.frus_volume import Volume, text_volume

_FIRST = re.findall(r"\w+", "bar cal den fer gol har jun kel lom mar nor pel quin ros sal tam ver wal yor zan")
_LAST = re.findall(
    r"\w+", "bour den ette field gate house iton kirk ling mont ness port quay ride sell ton vale wick yard zone"
)
_SMALL = re.findall(r"\w+", "the of a to in by and for was on with from it as")


def sentences(seed: int, number: int) -> list[str]:
    """So many sentences of made-up words, the same for each seed."""
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        said = [
            chance.choice(_SMALL) if chance.random() < 0.4 else chance.choice(_FIRST) + chance.choice(_LAST)
            for _ in range(chance.randint(10, 16))
        ]
        made.append(f"Lord {' '.join(said)} {chance.choice(_FIRST)}{chance.choice(_LAST)}.")
    return made


def telegrams(seed: int, number: int = 6) -> str:
    """A volume of so many documents with headings, each of two paragraphs."""
    parts = []
    for n in range(1, number + 1):
        said = sentences(100 * seed + n, 12)
        parts.append(f"{n}. Telegram of the Consul\n\n{' '.join(said[:6])}\n\n{' '.join(said[6:])}")
    return "\n\n\n".join(parts)


@pytest.fixture(scope="session")
def made_volume() -> Callable[[int, str], Volume]:
    """A volume of made-up telegrams, by a seed and a name."""
    return lambda seed, name: text_volume(telegrams(seed), name=name)


@pytest.fixture(scope="session")
def made_sentences() -> Callable[[int, int], list[str]]:
    """Made-up sentences, by a seed and their number; the document n of the volume s has 12 of the seed 100 s + n."""
    return sentences


@pytest.fixture(scope="session")
def made_index(tmp_path_factory: pytest.TempPathFactory, made_volume: Callable[[int, str], Volume]) -> EditionIndex:
    """An index of three volumes of the seeds 1, 2 and 3: frus1951v01, frus1951v02 and frus1951v03."""
    path: Path = tmp_path_factory.mktemp("index") / "small.index"
    with writing(path, version="0") as writer:
        for seed in (1, 2, 3):
            name = f"frus1951v0{seed}"
            writer.put(made_volume(seed, name), file=f"{name}.txt", sha256=str(seed) * 64, size=1)
    return open_index(path)
