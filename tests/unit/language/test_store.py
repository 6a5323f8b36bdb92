"""Language models on disk: the same bytes each time, and a clear error for everything that is not a sound model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corrigenda.errors import LexiconError, OutputError
from corrigenda.language.build import build_language
from corrigenda.language.model import ARRAYS, LanguageModel
from corrigenda.language.store import language_sha256, load_language, save_language


@pytest.fixture(scope="module")
def model(edition) -> LanguageModel:
    """A small model."""
    return build_language([edition], name="small", version="1", created="2025-01-01", thresholds=(0.0, 0.0))


@pytest.fixture
def saved(model, tmp_path: Path) -> Path:
    """The model on disk."""
    save_language(model, tmp_path / "small")
    return tmp_path / "small"


def test_a_saved_model_comes_back_equal(model, saved):
    """Saving and opening loses nothing."""
    opened = load_language(saved)
    assert opened.vocabulary == model.vocabulary
    assert opened.about == model.about
    for name in ARRAYS:
        mapped, made = getattr(opened.tables, name), getattr(model.tables, name)
        assert mapped.dtype == made.dtype
        assert mapped.tolist() == made.tolist()
    words = model.ids(["the", "president", "said", "that"])
    assert opened.log_probability(words, words, words).tolist() == model.log_probability(words, words, words).tolist()
    assert opened.spelling.log_probability("stevens") == model.spelling.log_probability("stevens")


def test_arrays_are_mapped_not_copied(saved):
    """The tables lie in the files, and cannot be written."""
    tables = load_language(saved).tables
    for name in ARRAYS:
        array = getattr(tables, name)
        assert isinstance(array.base, np.memmap)
        assert not array.flags.writeable


def test_building_again_gives_the_same_bytes(edition, saved, tmp_path: Path):
    """Same text, same options, same files."""
    again = build_language([edition], name="small", version="1", created="2025-01-01", thresholds=(0.0, 0.0))
    save_language(again, tmp_path / "again")
    files = sorted(path.name for path in saved.iterdir())
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    for name in files:
        assert (saved / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_an_earlier_model_is_replaced_and_nothing_is_left_beside_it(model, saved):
    """Only the model is there afterwards."""
    save_language(model, saved)
    assert [path.name for path in saved.parent.iterdir()] == ["small"]
    assert load_language(saved).about == model.about


def test_what_is_no_model_is_not_overwritten(model, saved, tmp_path: Path):
    """A folder with anything else in it, or a file, is somebody's."""
    (saved / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for path in (saved, tmp_path / "file"):
        with pytest.raises(OutputError, match="is in the way and is not a language model"):
            save_language(model, path)
    assert (saved / "notes.txt").read_text() == "mine"


def test_a_model_has_a_hash_of_its_own(edition, model, saved, tmp_path: Path):
    """Saved twice it is the same, and another threshold makes another model."""
    other = build_language([edition], name="small", version="1", created="2025-01-01", thresholds=(0.0, 1.0))
    for name, one in (("again", model), ("other", other)):
        save_language(one, tmp_path / name)
    assert language_sha256(saved) == language_sha256(tmp_path / "again")
    assert language_sha256(saved) != language_sha256(tmp_path / "other")


FILES = ("vocabulary.txt", "letters.txt", "bigram_key.npy", "trigram_code.npy", "spelling_log.npy", "word_log.npy")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_or_cut_short_is_seen_at_once(saved, name):
    """Opening looks at every file."""
    path = saved / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LexiconError, match=f"{name}: is not the file that the manifest was written for. Build the"):
        load_language(saved)
    path.unlink()
    with pytest.raises(LexiconError, match=f"{name}: cannot be read"):
        load_language(saved)


@pytest.mark.parametrize("name", FILES)
def test_other_bytes_of_the_same_number_are_seen_at_once(saved, name):
    """A single bit is: what a result is signed with is what it was made with."""
    path = saved / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(LexiconError, match=f"{name}: is not the file"):
        load_language(saved)


def change(saved: Path, **changes) -> None:
    """Write other things into the manifest."""
    path = saved / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"format": "corrigenda lexicon"}, "is not the manifest of a language model"),
        ({"format_version": 99}, "has format version 99, and this corrigenda reads 1"),
        ({"files": {}}, "says nothing of vocabulary.txt"),
        ({"ngrams": [7, 7, 7]}, "does not describe its files"),
        ({"sources": [{"name": "x"}]}, "does not describe its files"),
        ({"least": None}, "does not describe its files"),
    ],
)
def test_a_manifest_that_is_of_something_else_is_refused(saved, changes, what):
    """The error names the manifest, what is wrong with it, and that the model can be built again."""
    change(saved, **changes)
    with pytest.raises(LexiconError, match=f"manifest.json: {what}.*Build the language model again"):
        load_language(saved)


@pytest.mark.parametrize(("data", "what"), [(b"{", "is not JSON"), (b"[]", "is not the manifest"), (None, "cannot be")])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, data, what):
    """No manifest, or a file of that name that is none."""
    if data is not None:
        (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(LexiconError, match=what):
        load_language(tmp_path)
