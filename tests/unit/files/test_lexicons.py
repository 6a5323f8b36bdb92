"""A lexicon and the language model of its text: made of the same words, saved as one folder, found by the corrector."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from corrigenda.errors import OutputError
from corrigenda.files.engines import open_language
from corrigenda.files.lexicons import language_of, save_lexicon
from corrigenda.language.store import language_sha256
from corrigenda.lexicon import store
from corrigenda.lexicon.sources import read_exclusions
from corrigenda.lexicon.values import Lexicon

_WHO = ("The minister", "The harbour committee", "Our delegation", "The ambassador")
_DID = ("said that", "has agreed that", "informed us that", "hoped that")
_WHAT = ("the ferry would leave.", "the talks might begin.", "the proposal was dead.", "peace was near.")


def volume(folder: Path, *, more: str = "") -> Path:
    """A file of some 1,500 made-up words."""
    chance = random.Random(5)
    sentences = [f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}" for _ in range(200)]
    file = folder / "volume.txt"
    file.write_text(more + "\n\n".join(sentences), encoding="utf-8")
    return file


def lexicon_of(file: Path, **options) -> Lexicon:
    """The lexicon of a file."""
    return store.build_from_files([file], name="small", version="1", created="2025-01-01", **options)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A lexicon with a language model."""
    file = volume(tmp_path)
    lexicon = lexicon_of(file)
    save_lexicon(lexicon, language_of(lexicon, [file]), tmp_path / "small")
    return tmp_path / "small"


def test_the_language_model_is_found_beside_the_words(saved: Path):
    """What is saved as one folder opens as lexicon and as language model, both of the same name."""
    assert store.load(saved).name == open_language(str(saved)).about.name == "small"
    assert open_language(str(saved)).known("ferry")


def test_an_opened_model_knows_what_tells_it_from_others(saved: Path):
    """The hash that results are signed with is that of the manifest, which changes with every file's hash."""
    before = open_language(str(saved)).sha256
    assert before == language_sha256(saved / store.LANGUAGE)
    manifest = saved / store.LANGUAGE / "manifest.json"
    manifest.write_text(manifest.read_text().replace("2025-01-01", "2025-01-02"))
    assert open_language(str(saved)).sha256 != before


def test_misprints_that_the_lexicon_rejects_are_unknown_to_the_language_model(tmp_path: Path):
    """A word that was run together twice is nobody's word, and the words on both sides of it still are."""
    file = volume(tmp_path, more="The StateWashington talks. " * 2 + "State, Washington. " * 30)
    lexicon = lexicon_of(file)
    model = language_of(lexicon, [file])
    assert lexicon.tables is not None
    assert model is not None
    assert "statewashington" in lexicon.tables.rejected
    assert not model.known("statewashington")
    assert model.known("talks")


def test_stretches_left_out_are_in_neither(tmp_path: Path):
    """The same list is given to both, and the manifests say what was read."""
    opening = "A heffalump trod on the heffalump. The heffalump trod. "
    file = volume(tmp_path, more=opening)
    (tmp_path / "list.tsv").write_text(f"volume.txt\t0\t{len(opening)}\n")
    exclusions = read_exclusions(tmp_path / "list.tsv")
    whole, cut = lexicon_of(file), lexicon_of(file, exclusions=exclusions)
    with_it, without_it = language_of(whole, [file]), language_of(cut, [file], exclusions=exclusions)
    assert with_it
    assert without_it
    assert with_it.known("heffalump")
    assert not without_it.known("heffalump")
    assert "heffalump" not in cut.entries


def test_too_little_text_gives_no_language_model_and_still_a_lexicon(tmp_path: Path):
    """Three words tell nothing of which word follows which."""
    file = tmp_path / "note.txt"
    file.write_text("Peace at last.")
    lexicon = lexicon_of(file)
    assert language_of(lexicon, [file]) is None
    save_lexicon(lexicon, None, tmp_path / "small")
    assert store.load(tmp_path / "small") == lexicon
    assert not (tmp_path / "small" / store.LANGUAGE).exists()


def test_saving_again_replaces_both_or_takes_the_model_away(saved: Path, tmp_path: Path):
    """An earlier language model is part of the earlier lexicon: it never stays beside words of another text."""
    lexicon = lexicon_of(tmp_path / "volume.txt")
    save_lexicon(lexicon, language_of(lexicon, [tmp_path / "volume.txt"]), saved)
    assert open_language(str(saved)).known("ferry")
    save_lexicon(lexicon, None, saved)
    assert not (saved / store.LANGUAGE).exists()
    assert {path.name for path in tmp_path.iterdir()} == {"volume.txt", "small"}


@pytest.mark.parametrize("spoil", ["a file beside the tables", "no manifest", "a file in its place", "a foreign list"])
def test_a_folder_called_language_that_is_no_model_is_somebodys(saved: Path, tmp_path: Path, spoil: str):
    """Only what the model's own manifest names is replaced with the lexicon."""
    inside = saved / store.LANGUAGE
    if spoil == "a file beside the tables":
        (inside / "essay.txt").write_text("mine")
    elif spoil == "no manifest":
        (inside / "manifest.json").unlink()
    elif spoil == "a foreign list":
        (inside / "manifest.json").write_text(json.dumps(["files"]))
    else:
        inside.rename(tmp_path / "moved")
        inside.write_text("mine")
    standing = sorted(path.name for path in saved.rglob("*"))
    with pytest.raises(OutputError, match="is in the way and is not a lexicon"):
        save_lexicon(lexicon_of(tmp_path / "volume.txt"), None, saved)
    assert sorted(path.name for path in saved.rglob("*")) == standing


def test_a_model_that_cannot_be_written_leaves_the_earlier_lexicon(saved: Path, tmp_path: Path):
    """Whole or not at all: where the second half fails, the first half is not put in place either."""
    before = (saved / "words.tsv").read_bytes()

    def fail(_: Path) -> None:
        raise OSError(28, "No space left on device")

    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(OutputError, match="No space left"):
        store.save(lexicon_of(volume(other, more="heffalump heffalump ")), saved, save_language=fail)
    assert (saved / "words.tsv").read_bytes() == before
    assert open_language(str(saved)).known("ferry")
