"""What a lexicon tells beside the counts: on disk, lazily, and of several lexicons together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corrigenda.errors import BadInputError, LexiconError
from corrigenda.lexicon import store
from corrigenda.lexicon.entries import Reason, Rejected
from corrigenda.lexicon.persons import Person
from corrigenda.lexicon.tables import TABLES, Tables
from corrigenda.lexicon.values import Lexicon
from corrigenda.lexicon.words import WordIndex

TEXT = (
    "The Central Intelligence Agency (CIA) met. A Central Intelligence Agency (CIA) cease-fire, cease fire. "
    "U-2 over NSC 5412/2 and NSC 5412/2. The cease-fire of policy2 and StateSource StateSource once. "
    "policy123 policy123 mid-1953 mid-1953 5-year 5-year. State source state source. "
    "Policy policy cease fire, cease fire. "
)
PERSON = Person(name="Bundy, McGeorge", variants=("Bundy, Mac",), first=1961, last=1968, volumes=2)


def build(folder: Path, text: str, name: str) -> Lexicon:
    """A lexicon of one made-up volume and one person."""
    folder.mkdir(exist_ok=True)
    file = folder / f"frus1961-63v0{len(name)}.txt"
    file.write_text(text, encoding="utf-8")
    return store.build_from_files([file], name=name, version="1", created="2025-01-01", persons=(PERSON,))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Such a lexicon on disk."""
    store.save(build(tmp_path / "in", TEXT, "l"), tmp_path / "l")
    return tmp_path / "l"


def test_tables_come_back_as_they_were_built(saved: Path, tmp_path: Path):
    """Saving and opening loses nothing of any table."""
    built, opened = build(tmp_path / "in", TEXT, "l").tables, store.load(saved).tables
    assert built is not None
    assert opened is not None
    assert opened.texts() == built.texts()
    assert opened.rejected["once"] == Rejected(1, 1, Reason.ONCE, "")
    assert opened.rejected["statesource"] == Rejected(2, 1, Reason.RUN_TOGETHER, "state source")
    assert opened.rejected["policy123"] == Rejected(2, 1, Reason.NOTE_DIGIT, "policy")
    assert not {"mid-1953", "5-year"} & set(opened.rejected)
    assert opened.abbreviations["cia"].expansion == "Central Intelligence Agency"
    assert tuple(opened.compounds["cease-fire"]) == (0, 2, 3)
    assert (opened.designators["NSC 5412/2"].total, opened.designators["U-2"].first) == (2, 1961)
    assert opened.names["Central Intelligence Agency"].short == "CIA"
    assert opened.persons.all == (PERSON,)


def test_a_rejected_word_is_not_known(saved: Path):
    """A form with a reason against it has neither entry nor count; a known word has no reason."""
    index = WordIndex(store.load(saved))
    assert index.entry("once") is None
    assert index.count("StateSource") == 0
    assert index.rejected("StateSource’s") == Rejected(2, 1, Reason.RUN_TOGETHER, "state source")
    assert index.rejected("policy") is None
    assert index.rejected("neverseen") is None


def test_words_are_opened_without_the_tables(saved: Path):
    """A damaged table is met by who asks for it, and says which file it is; the words open as ever."""
    (saved / "rejected.tsv").write_text("word\ntampered\n", encoding="utf-8")
    index = WordIndex(store.load(saved))
    assert index.count("policy")
    with pytest.raises(LexiconError, match=r"rejected\.tsv: is not the file"):
        index.rejected("once")


def test_every_table_is_named_in_the_manifest_by_hash(saved: Path):
    """The manifest vouches for each table that the folder has, and the folder has no other file."""
    named = json.loads((saved / "manifest.json").read_bytes())["tables"]
    assert {f"{table}.tsv" for table in named} | {"words.tsv", "manifest.json"} == {p.name for p in saved.iterdir()}
    assert set(named) <= set(TABLES)


def test_a_lexicon_with_tables_can_be_replaced(saved: Path, tmp_path: Path):
    """Its own files are not in the way, and none is left of what the new one does not have."""
    store.save(build(tmp_path / "in", "war war peace peace", "l"), saved)
    assert not (saved / "compounds.tsv").exists()
    assert set(store.load(saved).entries) == {"war", "peace"}


def test_tables_of_several_lexicons_are_one(tmp_path: Path):
    """What the first knows of a word stands; what only the second knows is added; persons are not doubled."""
    first = build(tmp_path / "in", TEXT, "a")
    second = build(tmp_path / "in", "A War Department Board (WDB), the War Department Board (WDB) once", "bb")
    tables = store.combine([first, second]).tables
    assert tables is not None
    assert {"cia", "wdb"} <= set(tables.abbreviations)
    assert tables.persons.all == (PERSON,)
    assert tables.rejected["once"].total == 1


def test_no_tables_are_empty_tables():
    """A lexicon that tells nothing more answers with nothing."""
    empty = Tables({})
    assert not any((empty.rejected, empty.neighbours, empty.abbreviations, empty.compounds, empty.designators))
    assert empty.persons.of("Bundy") == ()


def word_list(folder: Path, text: str) -> Path:
    """A user's word list on disk."""
    path = folder / "mine.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_word_list_is_used_like_a_lexicon(saved: Path, tmp_path: Path):
    """Its words are known beside the lexicon's, with their case and count, also those that the lexicon rejects."""
    mine = word_list(tmp_path, "\ufeff# my words\nQuorle\nzorkmid\t12  # coins\nonce\n\nIL-99\n")
    index = WordIndex(store.combine([store.load(store.find(str(p))) for p in (saved, mine)]))
    assert index.lexicon.name == "l+mine"
    assert index.entry("Quorle") == (100, 0, 100, 0, 0, 0, 0, 0)
    assert index.count("zorkmids") == 0
    assert index.count("zorkmid") == 12
    assert index.count("once") == 100
    assert index.rejected("once") is None
    assert index.near("Quorie", 1)[0].term == "quorle"
    assert index.lexicon.parameters == store.load(saved).parameters


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("two words\n", "line 1: 'two words' is not one word"),
        ("fine\nzorkmid\tmany\n", "line 2: 'many' is not how often"),
        ("zorkmid\t0\n", "line 1: '0' is not how often"),
        ("a\t1\t2\n", "line 1: "),
        ("--\n", "line 1: '--' is not one word"),
        ("# nothing\n", "mine.txt: holds no word"),
    ],
)
def test_a_bad_word_list_is_refused(text: str, says: str, tmp_path: Path):
    """The error names the line that is no word, and how one is written."""
    with pytest.raises(BadInputError, match=says) as caught:
        store.load(word_list(tmp_path, text))
    assert caught.value.remedy.startswith("Write one word a line")
