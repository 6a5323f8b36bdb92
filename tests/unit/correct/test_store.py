"""Models on disk: what was saved comes back, and what is damaged is refused with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corrigenda.correct.channel import Channel
from corrigenda.correct.confidence import Trust
from corrigenda.correct.features import FEATURES
from corrigenda.correct.gate import Bar, Gate, HarmPoint
from corrigenda.correct.model import BASE, Model, ModelSource
from corrigenda.correct.neural import NEURAL_FEATURES
from corrigenda.correct.store import DEFAULT, as_stored, content_hash, find_model, load_model, save_model
from corrigenda.correct.trees import Trees
from corrigenda.correct.vote import VOTE_FEATURES
from corrigenda.errors import LexiconError, OutputError


@pytest.fixture
def model() -> Model:
    """A small model with letters of every kind in its channel."""
    chance = np.random.default_rng(2)
    channel = Channel(
        name=BASE,
        edits={("e", "c"): 2.125, ("rn", "m"): 1.5, (" ", ""): 3.25, ("", "-"): 4.0, ('"', "“"): 5.5, ("é", "e"): 1.75},
        stays={"e": 0.125, "\\": 0.25, "\u0301": 0.5},
        other=9.0625,
        stay=0.0625,
    )
    gate = Gate(
        features=FEATURES,
        trees=Trees(
            features=chance.integers(0, len(FEATURES), (6, 3)).astype(np.int16),
            thresholds=chance.normal(size=(6, 3)).astype(np.float32),
            leaves=chance.normal(size=(6, 8)).astype(np.float32).round(5),
            bias=-1.25,
        ),
        scores=(-2.0, 0.0, 1.5),
        chances=(0.1, 0.5, 0.9),
        harm=(
            HarmPoint(bar=Bar(threshold=0.9), broken=1, words=1000),
            HarmPoint(bar=Bar(threshold=0.5, ease=0.25), broken=20, words=1000),
        ),
    )
    channels = {BASE: channel, "other": replace(channel, name="other", edits={})}
    return Model(
        name="made-up",
        version="0",
        created="1951-05-04",
        lexicon="made-up@000000000000",
        sources=(ModelSource(file="pairs.jsonl", sha256="0" * 64, passages=3, words=40),),
        channels=channels,
        gate=gate,
        sha256=content_hash(channels, gate),
    )


@pytest.fixture
def folder(model: Model, tmp_path: Path) -> Path:
    """The model, saved."""
    save_model(model, tmp_path / "model")
    return tmp_path / "model"


def test_a_model_comes_back_as_it_was_saved(model: Model, folder: Path):
    """Channels, sources, gate and hash; the trees answer as before."""
    found = load_model(folder)
    for name in ("name", "version", "created", "lexicon", "sources", "channels", "sha256"):
        assert getattr(found, name) == getattr(model, name), name
    for name in ("features", "scores", "chances", "harm"):
        assert getattr(found.gate, name) == getattr(model.gate, name), name
    rows = np.random.default_rng(3).normal(size=(50, len(FEATURES))).astype(np.float32)
    assert found.gate.trees.log_odds(rows) == pytest.approx(model.gate.trees.log_odds(rows), abs=1e-4)


def test_parts_can_be_had_as_they_are_stored(model: Model, folder: Path):
    """What is learned of a gate is to be learned of the one that will be used."""
    channels, gate = as_stored(model.channels, model.gate)
    found = load_model(folder)
    assert channels == found.channels
    rows = np.random.default_rng(3).normal(size=(50, len(FEATURES))).astype(np.float32)
    assert gate.trees.log_odds(rows).tolist() == found.gate.trees.log_odds(rows).tolist()
    assert (gate.scores, gate.chances, gate.harm) == (found.gate.scores, found.gate.chances, found.gate.harm)


def test_saved_again_it_is_the_same_to_the_byte(folder: Path, tmp_path: Path):
    """What was rounded once stays as it is, so that a model can be copied by way of memory."""
    save_model(load_model(folder), tmp_path / "again")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()
    }


def test_the_hash_is_of_channels_and_gate(model: Model):
    """Another probability makes another hash, another date does not."""
    gate = replace(model.gate, chances=(0.1, 0.5, 0.8))
    channel = replace(model.channels[BASE], other=9.5)
    hashes = {
        model.sha256,
        content_hash(dict(model.channels), gate),
        content_hash({**model.channels, BASE: channel}, model.gate),
    }
    assert len(hashes) == 3


def test_an_earlier_model_is_replaced_and_nothing_else_is_left(model: Model, folder: Path):
    """Saving leaves one folder, whole, and no trace beside it."""
    save_model(replace(model, created="1952-01-01"), folder)
    assert load_model(folder).created == "1952-01-01"
    assert [p.name for p in folder.parent.iterdir()] == ["model"]


@pytest.mark.parametrize("foreign", ["notes.txt", "model"])
def test_what_is_no_model_is_never_replaced(model: Model, tmp_path: Path, foreign: str):
    """A folder with other files, or a file of that name, is in the way."""
    at = tmp_path / "model"
    if foreign == "model":
        at.write_text("my notes")
    else:
        at.mkdir()
        (at / foreign).write_text("my notes")
    with pytest.raises(OutputError, match="is in the way and is not a model"):
        save_model(model, at)
    assert (at if foreign == "model" else at / foreign).read_text() == "my notes"


@pytest.mark.parametrize("name", ["manifest.json", "channels.json", "gate.json"])
def test_a_missing_file_is_named(folder: Path, name: str):
    """The message says which, and what to do."""
    (folder / name).unlink()
    with pytest.raises(LexiconError, match=f"{name}: cannot be read .*Learn the model again"):
        load_model(folder)


@pytest.mark.parametrize("name", ["channels.json", "gate.json"])
def test_a_changed_file_is_refused(folder: Path, name: str):
    """A single other byte is seen by the hash."""
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(b"1", b"2", 1))
    with pytest.raises(LexiconError, match=f"{name}: is not the file that the manifest was written for"):
        load_model(folder)


def _rewrite(folder: Path, name: str, change) -> None:
    """Change a file of a model as somebody would who mends the hashes too."""
    value = json.loads((folder / name).read_text(encoding="utf-8"))
    data = json.dumps(change(value)).encode()
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if name != "manifest.json":
        manifest["sha256"][name] = sha256(data).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("text", ["", "{", "[]", '"text"', "null"])
def test_a_manifest_that_is_none_is_refused(folder: Path, text: str):
    """Broken JSON, and JSON that is no object."""
    (folder / "manifest.json").write_text(text)
    with pytest.raises(LexiconError, match=r"manifest\.json: is not"):
        load_model(folder)


@pytest.mark.parametrize("change", [{"format": "corrigenda lexicon"}, {"format_version": 3}, {"format": None}])
def test_another_format_is_refused(folder: Path, change: dict[str, object]):
    """A lexicon is no model, and a later format is not guessed at."""
    _rewrite(folder, "manifest.json", lambda manifest: {**manifest, **change})
    with pytest.raises(LexiconError, match=r"is not the manifest of a model|has format version 3"):
        load_model(folder)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("manifest.json", lambda m: {k: v for k, v in m.items() if k != "created"}),
        ("manifest.json", lambda m: {**m, "sources": [{"file": "x"}]}),
        ("manifest.json", lambda m: {**m, "sources": 3}),
        ("channels.json", lambda _: {"base": []}),
        ("channels.json", lambda c: {"base": {**c["base"], "edits": [["e", "c"]]}}),
        ("channels.json", lambda c: {"base": {**c["base"], "other": "dear"}}),
        ("gate.json", lambda g: {k: v for k, v in g.items() if k != "trees"}),
        ("gate.json", lambda g: {**g, "harm": [[0.5, 1]]}),
        ("gate.json", lambda g: {**g, "scores": ["low"]}),
        ("gate.json", lambda g: {**g, "trees": [{**g["trees"][0], "leaves": [0.0]}, g["trees"][1]]}),
    ],
)
def test_a_model_without_its_parts_is_refused(folder: Path, name: str, change):
    """Whatever is missing or of the wrong kind, the folder is named, and not a Python error."""
    _rewrite(folder, name, change)
    with pytest.raises(LexiconError, match="does not hold what a model holds"):
        load_model(folder)


@pytest.mark.parametrize("features", [FEATURES[:-1], (*FEATURES, "more"), FEATURES[::-1]])
def test_a_gate_of_other_features_is_refused(folder: Path, features: tuple[str, ...]):
    """It was learned with another corrigenda, so that its trees would ask for the wrong columns."""
    _rewrite(folder, "gate.json", lambda gate: {**gate, "features": list(features)})
    with pytest.raises(LexiconError, match="asks for other features than this corrigenda has"):
        load_model(folder)


def test_a_model_without_the_channel_of_all_engines_is_refused(folder: Path):
    """It is the channel of every text whose engine nobody named, so that no page could be corrected without it."""
    _rewrite(folder, "channels.json", lambda channels: {"other": channels["other"]})
    with pytest.raises(LexiconError, match=f"channels.json: has no channel '{BASE}'"):
        load_model(folder)


def test_a_model_is_found_by_name_or_folder(folder: Path, monkeypatch):
    """A shipped name wins over a folder of that name in the current one; `./NAME` takes the folder."""
    assert find_model(str(folder)) == folder
    shipped = find_model(DEFAULT)
    assert (shipped / "gate.json").is_file()
    folder.rename(folder.parent / DEFAULT)
    monkeypatch.chdir(folder.parent)
    assert find_model(DEFAULT) == shipped
    assert find_model(f"./{DEFAULT}").resolve() == (folder.parent / DEFAULT).resolve()


@pytest.mark.parametrize("name", ["nosuch", "no/such", "frus-1945-68"])
def test_an_unknown_model_is_refused_with_the_shipped_names(name: str, tmp_path: Path, monkeypatch):
    """A lexicon's name is no model's."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LexiconError, match=f"neither a folder nor the name of a shipped model.*{DEFAULT}"):
        find_model(name)


def test_a_vote_is_kept_beside_the_gate(model: Model, tmp_path: Path):
    """It comes back as it was saved, counts in the hash, and goes when a model without one takes its place."""
    vote = replace(model.gate, features=(*FEATURES, *VOTE_FEATURES), scores=(-1.0, 1.0, 2.0))
    whole = content_hash(dict(model.channels), model.gate, vote)
    save_model(replace(model, vote=vote, sha256=whole), tmp_path / "voting")
    opened = load_model(tmp_path / "voting")
    assert opened.vote is not None
    assert opened.vote.scores == vote.scores
    assert opened.sha256 == whole != model.sha256
    save_model(model, tmp_path / "voting")
    assert load_model(tmp_path / "voting").vote is None
    assert not (tmp_path / "voting/vote.json").exists()


def test_a_vote_of_other_features_is_refused(model: Model, tmp_path: Path):
    """A later version's vote asks for columns that this one does not have."""
    save_model(replace(model, vote=model.gate), tmp_path / "voting")
    with pytest.raises(LexiconError, match=r"vote\.json.*asks for other features"):
        load_model(tmp_path / "voting")


def test_what_confidences_are_worth_is_kept_beside_the_gate(model: Model, tmp_path: Path):
    """It comes back as it was saved, counts in the hash, and goes when a model without it takes its place."""
    confidence = {"tesseract": Trust(weight=1.25, bias=-2.0, alternative=1.5)}
    whole = content_hash(model.channels, model.gate, None, confidence)
    save_model(replace(model, confidence=confidence, sha256=whole), tmp_path / "sure")
    opened = load_model(tmp_path / "sure")
    assert opened.confidence == confidence
    assert opened.sha256 == whole != model.sha256
    save_model(model, tmp_path / "sure")
    assert load_model(tmp_path / "sure").confidence == {}
    assert not (tmp_path / "sure/confidence.json").exists()


def test_thresholds_come_back_to_the_bit(model: Model, tmp_path: Path):
    """A row that lies at a threshold takes the same branch once the trees are stored."""
    chance = np.random.default_rng(7)
    shape = model.gate.trees.thresholds.shape
    trees = replace(model.gate.trees, thresholds=chance.normal(scale=100, size=shape).astype(np.float32))
    changed = replace(model, gate=replace(model.gate, trees=trees))
    save_model(replace(changed, sha256=content_hash(changed.channels, changed.gate)), tmp_path / "mine")
    assert load_model(tmp_path / "mine").gate.trees.thresholds.tobytes() == trees.thresholds.tobytes()


def test_what_a_neural_models_word_is_worth_is_kept_beside_the_gate(model: Model, tmp_path: Path):
    """With the name of what it was learned of; it counts in the hash, and goes when another model takes its place."""
    neural = replace(model.gate, features=NEURAL_FEATURES, scores=(-1.0, 1.0, 2.0))
    whole = content_hash(model.channels, model.gate, None, None, (neural, "reader 1.2"))
    save_model(replace(model, neural=neural, neural_model="reader 1.2", sha256=whole), tmp_path / "asking")
    opened = load_model(tmp_path / "asking")
    assert opened.neural is not None
    assert (opened.neural.scores, opened.neural_model) == (neural.scores, "reader 1.2")
    assert opened.sha256 == whole != model.sha256
    assert whole != content_hash(model.channels, model.gate, None, None, (neural, "reader 1.3"))
    save_model(model, tmp_path / "asking")
    assert (load_model(tmp_path / "asking").neural, load_model(tmp_path / "asking").neural_model) == (None, "")
    assert not (tmp_path / "asking/neural.json").exists()


def test_a_neural_gate_of_other_features_is_refused(model: Model, tmp_path: Path):
    """As the vote of another version is."""
    save_model(replace(model, neural=model.gate, neural_model="reader 1.2"), tmp_path / "asking")
    with pytest.raises(LexiconError, match=r"neural\.json.*asks for other features"):
        load_model(tmp_path / "asking")


def test_a_model_that_was_learned_before_alternatives_were_says_nothing_of_them(model: Model, tmp_path: Path):
    """Its two figures are weighed as they were."""
    save_model(
        replace(model, confidence={"tesseract": Trust(weight=1.25, bias=-2.0, alternative=1.5)}), tmp_path / "old"
    )
    _rewrite(tmp_path / "old", "confidence.json", lambda _: {"tesseract": {"weight": 1.25, "bias": -2.0}})
    assert load_model(tmp_path / "old").confidence == {"tesseract": Trust(weight=1.25, bias=-2.0)}


@pytest.mark.parametrize(
    "fields",
    [{"weight": 1.0}, {"weight": "much", "bias": 0.0}, {"weight": 1.0, "bias": 0.0, "alternative": None}, [1.0, 2.0]],
)
def test_confidences_without_their_figures_are_refused(model: Model, tmp_path: Path, fields: object):
    """A file of another make is named as damage, and no page is corrected with half of it."""
    save_model(replace(model, confidence={"tesseract": Trust(weight=1.0, bias=0.0)}), tmp_path / "sure")
    _rewrite(tmp_path / "sure", "confidence.json", lambda _: {"tesseract": fields})
    with pytest.raises(LexiconError, match="does not hold what a model holds"):
        load_model(tmp_path / "sure")
