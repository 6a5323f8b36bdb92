"""All that ships, rebuilt in one go; here from a made-up edition and made-up pairs, a thousandth of the size."""

from __future__ import annotations

import importlib
import json
import lzma
import random
import sys
from functools import partial
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from corrigenda.correct.store import load_model
from corrigenda.files.engines import open_engine, open_language
from corrigenda.learn import model as learning
from corrigenda.learn.boosting import Boosting
from corrigenda.lexicon import store
from corrigenda.lexicon.sources import read_exclusions
from corrigenda.values import Span

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.append(str(SCRIPTS))
passages = importlib.import_module("building.passages")


def script():
    """The command itself, which has no ending that Python would find it by."""
    loader = SourceFileLoader("build_models", str(SCRIPTS / "build_models"))
    module = module_from_spec(spec_from_loader("build_models", loader))
    sys.modules["build_models"] = module  # where its dataclass looks for the types that its fields name
    loader.exec_module(module)
    return module


build_models = script()

WORDS = (
    "minister", "harbour", "committee", "delegation", "ambassador", "department", "government", "agreement",
    "conference", "meeting", "proposal", "negotiations", "concession", "ferry", "evening", "cabinet", "secretary",
    "confidence", "another", "further", "necessary", "possible", "continue", "informed", "expected", "signed", "leave",
    "begin", "before", "after", "would", "might", "should", "could", "with", "from", "that", "this", "into", "under",
)  # fmt: skip
MISREAD = {"e": "c", "h": "b", "m": "rn", "l": "1", "n": "u", "o": "0"}
PRINTED = "A heffalump was seen by the naval attaché at Quorle on Tuesday. "


def text(chance: random.Random, words: int) -> str:
    """Sentences of ten words."""
    made = (" ".join(chance.choices(WORDS, k=10)).capitalize() + "." for _ in range(words // 10))
    return " ".join(made)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three volumes, of which one prints what the pairs are readings of, one is held out; and the pairs."""
    folder, chance = tmp_path_factory.mktemp("shared"), random.Random(4)
    pairs = [text(chance, 120) for _ in range(6)]
    volumes = {
        "frus1961-63v10": "\n\n".join([text(chance, 3000), PRINTED, *pairs, text(chance, 3000)]),
        "frus1961-63v12": text(chance, 3000) + " " + PRINTED + text(chance, 3000),
        "frus1961-63v05.documents-1-9": "Zorkville heard of it. " * 5 + text(chance, 500),
    }
    (folder / "data/frus").mkdir(parents=True)
    for name, content in volumes.items():
        (folder / "data/frus" / f"{name}.txt.xz").write_bytes(lzma.compress(content.encode()))
    records = [
        {
            "id": f"{number}-{engine}",
            "engine": engine,
            "cluster": str(number),
            "volume": "frus1961-63v10",
            "frus_chars": None if number else [0, 40],
            "ocr": "".join(MISREAD[c] if c in MISREAD and chance.random() < 0.06 else c for c in truth),
            "gt": truth,
        }
        for number, truth in enumerate([PRINTED + pairs[0], *pairs[1:]])
        for engine in ("tesseract", "nara-embedded-pdf-text")
    ]
    (folder / "data/archive-frus-pairs").mkdir()
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "data/archive-frus-pairs/segments.jsonl").write_text(lines)
    return folder


@pytest.fixture(scope="module")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory):
    """Everything built from them."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        # How well it learns is shown elsewhere; here a tenth of the trees will do.
        patch.setattr(learning, "Boosting", partial(Boosting, trees=30))
        done = build_models.main(
            ["--shared", str(shared), "-o", str(folder / "lexicons"), "--kept", str(folder / "kept")]
        )
    assert done == 0
    return folder


def test_what_ships_knows_all_volumes_and_what_is_measured_with_knows_no_page(built: Path):
    """A word of the pairs' text, and one of the volume held out, are in the one build and not in the other."""
    full, measuring = store.load(built / "lexicons" / store.DEFAULT), store.load(built / "kept/lexicon")
    assert (full.name, measuring.name) == (store.DEFAULT, "measuring")
    assert {"heffalump", "zorkville"} <= full.entries.keys()
    assert not {"heffalump", "zorkville"} & measuring.entries.keys()
    assert [source.file for source in measuring.sources] == ["frus1961-63v10.txt.xz", "frus1961-63v12.txt.xz"]
    assert measuring.exclusion is not None
    assert open_language(str(built / "lexicons" / store.DEFAULT)).known("zorkville")
    assert not open_language(str(built / "kept/lexicon")).known("zorkville")


def test_the_model_is_learned_with_the_measuring_build_and_its_engines_have_our_names(built: Path):
    """The manifest tells the lexicon that it learned with, and the pairs; there were no fonts, so no pages."""
    model = load_model(built / "lexicons/typescripts")
    assert model.lexicon.startswith("measuring@")
    assert set(model.channels) == {"base", "tesseract", "text-layer"}
    assert [source.file for source in model.sources] == ["segments.jsonl"]
    assert model.created == "1970-01-01"


def test_what_was_built_opens_as_one(built: Path):
    """The shipped parts fit each other."""
    engine = open_engine(str(built / "lexicons" / store.DEFAULT), str(built / "lexicons/typescripts"))
    assert engine.language.about.name == engine.words.lexicon.name == store.DEFAULT


def test_a_step_alone_does_nothing_else_and_gives_the_same_bytes(
    built: Path, shared: Path, contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Only the lexicon is made again, and not a byte of it is another, the language model's included."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    given = ["--shared", str(shared), "-o", str(tmp_path / "l"), "--kept", str(tmp_path / "k"), "--only", "lexicon"]
    assert build_models.main(given) == 0
    assert [path.name for path in (tmp_path / "l").iterdir()] == [store.DEFAULT]
    assert list((tmp_path / "k").iterdir()) == []
    again = contents(tmp_path / "l" / store.DEFAULT)
    assert "language/trigram_word.npy" in again
    assert again == contents(built / "lexicons" / store.DEFAULT)


def test_a_model_without_a_measuring_build_is_refused(shared: Path, tmp_path: Path, capsys):
    """A model learned with a lexicon that knows the pages would be too sure of itself."""
    given = ["--shared", str(shared), "-o", str(tmp_path / "l"), "--kept", str(tmp_path / "k"), "--only", "model"]
    assert build_models.main(given) == 3
    assert "Run scripts/build_models --only measuring first" in capsys.readouterr().err


def test_a_folder_without_volumes_is_refused(tmp_path: Path, capsys):
    """The error says what the folder should hold."""
    given = ["--shared", str(tmp_path), "-o", str(tmp_path / "l"), "--kept", str(tmp_path / "k"), "--only", "lexicon"]
    assert build_models.main(given) == 3
    assert "Name the folder with data/frus in it" in capsys.readouterr().err


def test_more_than_a_wheel_should_carry_is_refused(built: Path, shared: Path, tmp_path: Path, monkeypatch, capsys):
    """Whoever makes the models larger is told at the end of the build, not by a package index."""
    monkeypatch.setattr(build_models, "MOST_MEGABYTES", 0)
    given = ["--shared", str(shared), "-o", str(tmp_path), "--kept", str(built / "kept"), "--only", "lexicon"]
    assert build_models.main(given) == 3
    assert "holds more than 0 MB" in capsys.readouterr().err


def listed(folder: Path, content: str, *truths: str, printed: dict[str, list[Span]] | None = None) -> list[str]:
    """What is left out of a volume."""
    file = folder / "frus1961-63v10.txt"
    file.write_text(content, encoding="utf-8")
    (folder / "list.tsv").write_text(passages.exclusion_list([file], truths, printed or {}))
    return [span.of(content) for span in read_exclusions(folder / "list.tsv").of(file.name)]


EIGHT = "one two three four five six seven eight"


def test_a_shared_run_of_eight_words_is_left_out_with_its_margins(tmp_path: Path):
    """Whatever the case and the punctuation; seven words are no run."""
    before, behind = "a" * 40 + " ", " " + "z" * 40
    printed = "One, two, three; four five “six” seven\neight"
    assert listed(tmp_path, before + printed + behind, EIGHT) == ["a" * 29 + " " + printed + " " + "z" * 29]
    assert listed(tmp_path, before + EIGHT[:-6] + behind, EIGHT) == []
    assert listed(tmp_path, "too short", EIGHT) == []


def test_longer_stretches_are_one_and_end_with_the_text(tmp_path: Path):
    """Overlapping runs, and those whose margins touch, are joined; nothing is left out behind the end."""
    content = "x" * 50 + f" {EIGHT} nine. In between. {EIGHT}"
    (found,) = listed(tmp_path, content, f"{EIGHT} nine")
    assert found == content[50 + 1 - 30 :]


def test_what_is_known_to_be_printed_somewhere_is_left_out_there(tmp_path: Path):
    """Also where editors changed so much that no eight words are the same; only in that volume."""
    content = "".join(chr(ord("a") + i % 26) for i in range(200))
    known = {"frus1961-63v10": [Span(start=100, end=110)], "frus1961-63v11": [Span(start=0, end=9)]}
    assert listed(tmp_path, content, EIGHT, printed=known) == [content[70:140]]
