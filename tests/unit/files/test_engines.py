"""Which lexicons are meant by what a user names."""

from __future__ import annotations

from pathlib import Path

import pytest

from corrigenda.errors import LexiconError
from corrigenda.files.engines import has_language, open_language, open_words
from corrigenda.lexicon import store


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """Two word lists."""
    for name in ("towns", "ships"):
        (tmp_path / f"{name}.txt").write_text(f"Quorle{name}\n", encoding="utf-8")
    return tmp_path / "towns.txt", tmp_path / "ships.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lexicon folder."""
    (tmp_path / "v.txt").write_text("The naval quarantine began.\n" * 10, encoding="utf-8")
    lexicon = store.build_from_files([tmp_path / "v.txt"], name="small", version="1", created="2025-01-01")
    store.save(lexicon, tmp_path / "small")
    return tmp_path / "small"


def test_word_lists_alone_add_to_the_shipped_lexicon(lists):
    """One or two, the shipped words are known beside theirs."""
    towns, ships = lists
    assert open_words(str(towns)).lexicon.name == f"{store.DEFAULT}+towns"
    both = open_words(f"{towns}, {ships}")
    assert both.lexicon.name == f"{store.DEFAULT}+towns+ships"
    assert both.count("government") > both.count("quorletowns") > 0
    assert both.count("quorleships") > 0


def test_a_folder_takes_the_place_of_the_shipped_lexicon(lists, folder):
    """Alone or with a word list beside it."""
    towns, _ = lists
    assert open_words(str(folder)).lexicon.name == "small"
    beside = open_words(f"{towns},{folder}")
    assert beside.lexicon.name == "towns+small"
    assert beside.count("government") == 0


def test_a_shipped_lexicon_that_is_named_is_not_added_twice(lists):
    """The long form means the same as the short one."""
    towns, _ = lists
    assert open_words(f"{store.DEFAULT},{towns}").lexicon.sha256 == open_words(str(towns)).lexicon.sha256


@pytest.mark.parametrize("names", ["", " , ", f"{store.DEFAULT},"])
def test_an_empty_name_is_refused(names):
    """It is a slip or what a script left out, not a choice of the shipped lexicon, nor of the others alone."""
    for opened in (open_words, open_language, has_language):
        with pytest.raises(LexiconError, match="an empty name is given"):
            opened(names)


def test_a_folder_without_a_language_model_takes_the_shipped_one(lists, folder):
    """Which is told, since its words then are weighed by another text; a word list means the shipped lexicon anyway."""
    towns, _ = lists
    assert not has_language(str(folder))
    assert not has_language(f"{towns},{folder}")
    assert open_language(str(folder)).about.name == store.DEFAULT
    assert has_language(str(towns))
    assert has_language(f"{folder},{store.DEFAULT}")
