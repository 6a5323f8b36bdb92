"""A model straight from the formulas, with plain dictionaries, and a small text to try it and the real one on."""

from __future__ import annotations

import math
import random
from collections import Counter

import numpy as np
import pytest

from corrigenda.ingest.frus_text import Edition, EditionDocument

UNKNOWN, BEGIN, END = 0, 1, 2


class Reference:
    """Interpolated modified Kneser-Ney as Chen and Goodman write it down; symbols are numbers, `BEGIN` opens."""

    def __init__(self, sequences: list[list[int]], order: int, symbols: int) -> None:
        """Count all n-grams of the sequences up to `order`."""
        self.order, self.symbols = order, symbols
        padded = [[BEGIN, *sequence, END] for sequence in sequences]
        plain = [Counter(self._ngrams(padded, n)) for n in range(order + 1)]
        self.counts = {order: plain[order]}
        for n in range(order - 1, 0, -1):
            after = Counter(gram[1:] for gram in self.counts[n + 1])
            opening = {gram: count for gram, count in plain[n].items() if gram[0] == BEGIN} if n > 1 else {}
            self.counts[n] = after + Counter(opening)
        self.discounts = {n: self._discounts(n) for n in self.counts}
        self.kept = {n: set(counts) for n, counts in self.counts.items()}
        self._known_shares: dict[tuple[int, ...], dict[int, float]] = {}
        self.followers: dict[tuple[int, ...], list[int]] = {}
        for counts in self.counts.values():
            for gram in counts:
                self.followers.setdefault(gram[:-1], []).append(gram[-1])

    @staticmethod
    def _ngrams(sequences: list[list[int]], n: int):
        return (tuple(s[i : i + n]) for s in sequences for i in range(len(s) - n + 1))

    def _discounts(self, n: int) -> tuple[float, float, float]:
        many = Counter(self.counts[n].values())
        plain = 0.5, 1.0, 1.5
        if not many[4]:
            return plain
        y = many[1] / (many[1] + 2 * many[2])
        found = 1 - 2 * y * many[2] / many[1], 2 - 3 * y * many[3] / many[2], 3 - 4 * y * many[4] / many[3]
        return found if all(0 < d < k for k, d in enumerate(found, 1)) else plain

    def _shares(self, history: tuple[int, ...]) -> dict[int, float]:
        """What those that follow `history` have of it after the discount, where they are kept."""
        if history not in self._known_shares:
            n = len(history) + 1
            counts = {word: self.counts[n][(*history, word)] for word in self.followers.get(history, [])}
            total = sum(counts.values())
            self._known_shares[history] = {
                word: (count - self.discounts[n][min(count, 3) - 1]) / total
                for word, count in counts.items()
                if (*history, word) in self.kept[n]
            }
        return self._known_shares[history]

    def probability(self, history: tuple[int, ...], word: int) -> float:
        """A word's own share, and of what the history's words left, its share after the shorter history."""
        lower = self.probability(history[1:], word) if history else 1 / (self.symbols - 1)
        shares = self._shares(history)
        return shares.get(word, 0.0) + (1 - sum(shares.values())) * lower

    def perplexity(self, sequences: list[list[int]]) -> float:
        """Of the words of `sequences` and their ends."""
        logs = []
        for sequence in sequences:
            whole = [BEGIN, *sequence, END]
            logs += [
                math.log(self.probability(tuple(whole[max(0, i - self.order + 1) : i]), whole[i]))
                for i in range(1, len(whole))
            ]
        return math.exp(-sum(logs) / len(logs))


@pytest.fixture(scope="session")
def reference() -> type[Reference]:
    """The class, for tests cannot import each other."""
    return Reference


SYMBOLS = 200


def sequences(number: int, seed: int) -> list[list[int]]:
    """Sequences of few frequent and many rare symbols, each of which has its favourite followers."""
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        symbol, sequence = 5, []
        for _ in range(chance.randrange(1, 12)):
            leap = int(10 * chance.random() ** 3)
            symbol = (symbol * 3 + leap) % 30 if chance.random() < 0.8 else 30 + int(170 * chance.random() ** 3)
            sequence.append(symbol if symbol > END else UNKNOWN)
        made.append(sequence)
    return made


@pytest.fixture(scope="session")
def symbols() -> int:
    """How many symbols there are."""
    return SYMBOLS


@pytest.fixture(scope="session")
def training() -> list[list[int]]:
    """Some 2,000 symbols, 400 of them of rare kinds."""
    return sequences(350, seed=1)


@pytest.fixture(scope="session")
def unseen() -> list[list[int]]:
    """Text of the same kind that is not in `training`."""
    return sequences(40, seed=2)


@pytest.fixture(scope="session")
def stream():
    """Lays sequences one after another as the estimation takes them."""

    def lay(sequences: list[list[int]]) -> np.ndarray:
        return np.array([i for sequence in sequences for i in (BEGIN, *sequence, END)], np.uint16)

    return lay


_SUBJECTS = ("The President", "Mr. Stevenson", "the Soviet Union", "Ambassador Kuznetsov", "the United States")
_VERBS = ("said that", "did not agree that", "informed the Secretary that", "hoped that", "denied that")
_OBJECTS = ("the IL-28’s would go", "talks might begin on May 3, 1963", "the U.S. proposal was dead", "peace was near")


@pytest.fixture(scope="session")
def edition() -> Edition:
    """A made-up volume of 60 documents."""
    chance = random.Random(3)
    documents = tuple(
        EditionDocument(
            number=str(number),
            title="Telegram to the Department",
            paragraphs=tuple(
                " ".join(
                    f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)}." for _ in "abc"
                )
                for _ in "de"
            ),
            source_note="Source: made up.",
            footnotes=(f"Not found{number}.",),
            citation=f"document {number}",
        )
        for number in range(60)
    )
    return Edition(name="made-up", sha256="0" * 64, documents=documents)
