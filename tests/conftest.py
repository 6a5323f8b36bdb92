"""What the tests share: made-up pages, editions and lexicons, so that no test needs a file."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest

from corrigenda.correct.channel import Channel
from corrigenda.correct.engine import Engine
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import Bar, Gate, HarmPoint
from corrigenda.correct.model import BASE, Model
from corrigenda.correct.neural import NeuralModel
from corrigenda.correct.trees import Trees
from corrigenda.files.engines import open_engine
from corrigenda.ingest.frus_text import Edition, EditionDocument
from corrigenda.ingest.rawtext import read, read_transcript
from corrigenda.language.build import build_language
from corrigenda.language.model import LanguageModel
from corrigenda.lexicon.designators import Met
from corrigenda.lexicon.entries import Abbreviation
from corrigenda.lexicon.persons import Person, Persons
from corrigenda.lexicon.tables import Tables, table_texts
from corrigenda.lexicon.values import Entry, Lexicon
from corrigenda.lexicon.words import WordIndex
from corrigenda.values import Correction, CorrectionKind, Document, Evidence, Intake, Span, Transcript

COMMON = 1000
"""How often the made-up lexicons have a word that is given without a count."""


def _intake(text: str | bytes) -> Intake:
    data = text if isinstance(text, bytes) else text.encode()
    return read(data, path="page.txt", document_id="page")


def _document(text: str | bytes) -> Document:
    return _intake(text).document


def _transcript(text: str) -> Transcript:
    return read_transcript(text.encode(), path="page.gt.txt", document_id="page")


def _edition(*paragraphs: str) -> EditionDocument:
    return EditionDocument(
        number="7",
        title="Letter on the Harbour",
        paragraphs=paragraphs,
        source_note=None,
        footnotes=(),
        citation="FRUS 1951 vol. IX, document 7",
    )


def _words(plain: str, counts: Mapping[str, int] | None = None) -> WordIndex:
    totals = {**dict.fromkeys(plain.split(), COMMON), **(counts or {})}
    entries = {
        word.lower(): Entry(
            total=total,
            lower=total if word.islower() else 0,
            capital=total if word.istitle() else 0,
            upper=total if word.isupper() else 0,
            documents=total,
            volumes=1,
        )
        for word, total in totals.items()
    }
    return WordIndex(
        Lexicon(
            name="made-up",
            version="0",
            created="1951-05-04",
            parameters={},
            totals={},
            sources=(),
            entries=entries,
            sha256="0" * 64,
        )
    )


def _change(
    text: str, before: str, after: str, *, at: int | None = None, kind: CorrectionKind = CorrectionKind.CHARACTER
) -> Correction:
    start = text.index(before) if at is None else at
    return Correction(
        span=Span(start=start, end=start + len(before)),
        before=before,
        after=after,
        kind=kind,
        probability=0.95,
        evidence=(Evidence(rule="lexicon", says="made up", figure=1.5, citation=None),),
    )


_WHO = (
    "the government", "the mission", "the consul", "the office of the harbour", "the old letter", "the new statement",
    "the grain ships", "the Embassy", "Mr. Kuznetsov",
)  # fmt: skip
_DID = (
    "was closed by", "was told that", "has sent", "will not come to", "which will be sent to", "had been told by",
    "came from", "will be under", "is to answer",
)  # fmt: skip
_END = ("for winter.", "again.", "in the harbour.", "with guidance from the office.", "in 1962.", "and the quarantine.")


def _sentences() -> list[str]:
    """A few hundred sentences of few words, the same in every run."""
    chance = random.Random(11)
    made = []
    for _ in range(400):
        who, did, whom, end = (chance.choice(parts) for parts in (_WHO, _DID, _WHO, _END))
        made.append(f"{who[0].upper()}{who[1:]} {did} {whom} {end}")
    return made


def _language(sentences: Sequence[str]) -> LanguageModel:
    document = EditionDocument(
        number="1", title="Made up", paragraphs=tuple(sentences), source_note=None, footnotes=(), citation="document 1"
    )
    edition = Edition(name="made-up", sha256="0" * 64, documents=(document,))
    return build_language([edition], name="made-up", version="0", created="1951-05-04", thresholds=(0.0, 0.0))


_EDITS = {
    ("e", "c"): 4.0, ("c", "e"): 5.0, ("h", "b"): 5.0, ("l", "1"): 5.0, ("rn", "m"): 5.0, ("m", "rn"): 5.0,
    ("n", "u"): 5.0, (" ", ""): 5.0, ("", " "): 6.0, ("", "-"): 6.0, ("i", "l"): 5.0,
}  # fmt: skip


def _tables(
    *persons: tuple[str, int, int],
    designators: Mapping[str, Met] | None = None,
    abbreviations: Mapping[str, Abbreviation] | None = None,
) -> Tables:
    listed = [Person(name=name, variants=(), first=first, last=last, volumes=2) for name, first, last in persons]
    texts = table_texts(
        rejected={},
        neighbours={},
        abbreviations=abbreviations or {},
        compounds={},
        designators=designators or {},
        names={},
        persons=Persons(listed).all,
    )
    return Tables({table: lambda text=text: text for table, text in texts.items()})


def _channel(edits: Mapping[tuple[str, str], float] | None = None) -> Channel:
    return Channel(name=BASE, edits=_EDITS if edits is None else edits, stays={}, other=9.0, stay=0.01)


def _believing_gate(harm: Sequence[HarmPoint]) -> Gate:
    """A gate for which a reading is as likely as the lattice has it, within a few hundredths."""
    shares = [n / 40 for n in range(1, 40)]
    odds = [math.log(p / (1 - p)) for p in shares]
    posterior = FEATURES.index("posterior")
    scores = tuple(n / 4 for n in range(-20, 21))
    return Gate(
        features=FEATURES,
        trees=Trees(
            features=np.full((len(odds) - 1, 1), posterior, dtype=np.int16),
            thresholds=np.array([[(a + b) / 2] for a, b in pairwise(shares)], dtype=np.float32),
            leaves=np.array([[0.0, b - a] for a, b in pairwise(odds)], dtype=np.float32),
            bias=odds[0],
        ),
        scores=scores,
        chances=tuple(1 / (1 + math.exp(-score)) for score in scores),
        harm=tuple(harm),
    )


_HARM = (
    HarmPoint(bar=Bar(threshold=0.95), broken=0, words=100_000),
    HarmPoint(bar=Bar(threshold=0.9), broken=40, words=100_000),
    HarmPoint(bar=Bar(threshold=0.5), broken=2000, words=100_000),
)


def _engine(plain: str, counts: Mapping[str, int] | None = None, sentences: Sequence[str] = ()) -> Engine:
    model = Model(
        name="made-up",
        version="0",
        created="1951-05-04",
        lexicon="made-up",
        sources=(),
        channels={BASE: _channel()},
        gate=_believing_gate(_HARM),
        sha256="0" * 64,
    )
    return Engine(words=_words(plain, counts), language=_language([*_sentences(), *sentences]), model=model)


@pytest.fixture(scope="session")
def make_engine() -> Callable[..., Engine]:
    """An engine from made-up words, 400 sentences about a harbour and more of your own, and a gate that believes.

    Of right words 0.003 % are broken from a probability of 0.95 up, 0.05 % from 0.9, and 2.1 % from 0.5.
    """
    return _engine


class _Reader:
    """Stands in for the transformer: notes all that it was given to read and asked."""

    def __init__(self, likely: Callable[[str], bool]) -> None:
        """`likely` tells which words it would expect, wherever they stand."""
        self.likely = likely
        self.words: list[str] = []
        self.encoded: list[str] = []
        self.read_so_far: list[list[str]] = []
        self.asked: list[tuple[list[str], list[str]]] = []

    @property
    def model(self) -> NeuralModel:
        """A neural model that reads with it."""
        return NeuralModel(name="a reader", transformer=self, encode=self.encode)

    def encode(self, text: str) -> list[int]:
        """A number for every word."""
        self.encoded.append(text)
        self.words += text.split()
        return list(range(len(self.words) - len(text.split()) + 1, len(self.words) + 1))

    def read(self, tokens):
        """Note what is read."""
        assert tokens[0] == 0
        return _Past(self, self._named(tokens[1:]))

    def log_probabilities(self, past, continuations):
        """Half for a likely word, one in a hundred for others."""
        named = [self._named(one) for one in continuations]
        self.asked += [(past.words, words) for words in named]
        return [[math.log(0.5 if self.likely(word) else 0.01) for word in words] for words in named]

    def _named(self, tokens):
        return [self.words[t - 1] for t in tokens]


class _Past:
    """The words that a `_Reader` has read."""

    def __init__(self, reader: _Reader, words: list[str]) -> None:
        """Note what was read."""
        self.reader, self.words = reader, words
        reader.read_so_far.append(words)

    def first(self, count: int) -> _Past:
        """Its first tokens, the one at the beginning of every text counted."""
        return _Past(self.reader, self.words[: count - 1])


@pytest.fixture(scope="session")
def make_reader() -> Callable[[Callable[[str], bool]], _Reader]:
    """What stands in for a neural model, by the words that it would expect."""
    return _Reader


@pytest.fixture(scope="session")
def make_language() -> Callable[[Sequence[str]], LanguageModel]:
    """A language model of made-up sentences."""
    return _language


@pytest.fixture(scope="session")
def harbour_language() -> LanguageModel:
    """A language model of 400 sentences about a harbour."""
    return _language(_sentences())


@pytest.fixture(scope="session")
def harbour_sentences() -> list[str]:
    """The sentences of the made-up language models."""
    return _sentences()


@pytest.fixture(scope="session")
def make_channel() -> Callable[..., Channel]:
    """A channel of a few misreadings, e as c and such, or of those that are given with their costs."""
    return _channel


@pytest.fixture(scope="session")
def shipped_engine() -> Engine:
    """What a user gets who chooses nothing, opened once for all tests."""
    return open_engine()


@pytest.fixture(scope="session")
def make_intake() -> Callable[[str | bytes], Intake]:
    """Read a made-up file as `run` does."""
    return _intake


@pytest.fixture(scope="session")
def make_document() -> Callable[[str | bytes], Document]:
    """Read a made-up page."""
    return _document


@pytest.fixture(scope="session")
def make_transcript() -> Callable[[str], Transcript]:
    """Read a made-up transcription."""
    return _transcript


@pytest.fixture(scope="session")
def make_edition() -> Callable[..., EditionDocument]:
    """One document of a made-up edition, from its paragraphs."""
    return _edition


@pytest.fixture(scope="session")
def make_words() -> Callable[..., WordIndex]:
    """A lexicon from words that are common, and from others with their counts (as written: Name, word, USSR)."""
    return _words


@pytest.fixture(scope="session")
def make_tables() -> Callable[..., Tables]:
    """The tables of a lexicon that lists persons, each by name, first and last year, and met designators."""
    return _tables


@pytest.fixture(scope="session")
def make_change() -> Callable[..., Correction]:
    """A correction of the first `before` in a text, or of the one `at` an offset."""
    return _change
