"""Lexicons on disk: the same bytes each time, and a clear error for everything that is not a sound lexicon."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
from pathlib import Path

import pytest

from corrigenda.errors import BadInputError, LexiconError, OutputError
from corrigenda.lexicon import store
from corrigenda.lexicon.entries import Entry
from corrigenda.lexicon.values import Lexicon


def build(folder: Path, text: str = "peace talks peace talks", name: str = "small") -> Lexicon:
    """A lexicon of one made-up edition."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    return store.build_from_files([file], name=name, version="0.1.0", created="2025-01-01")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A small lexicon on disk."""
    folder = tmp_path / "small"
    store.save(build(tmp_path / "in"), folder)
    return folder


def test_a_saved_lexicon_comes_back_equal(tmp_path: Path):
    """Saving and loading loses nothing, and names the sources by hash."""
    lexicon = build(tmp_path / "in")
    store.save(lexicon, tmp_path / "out")
    assert store.load(tmp_path / "out") == lexicon
    assert lexicon.sources[0].file == "small.txt"
    assert lexicon.sources[0].sha256 == hashlib.sha256(b"peace talks peace talks").hexdigest()
    assert (lexicon.sources[0].words, lexicon.sources[0].documents) == (4, 1)


def test_rebuilding_gives_the_same_bytes_whatever_the_order(tmp_path: Path):
    """The order in which files are given does not show in the result."""
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text(f"peace peace {file.stem * 4}", encoding="utf-8")
    for out, given in (("one", files), ("two", files[::-1])):
        lexicon = store.build_from_files(given, name="l", version="1", created="2025-01-01")
        store.save(lexicon, tmp_path / out)
    for name in ("words.tsv", "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_packed_and_plain_files_count_alike(tmp_path: Path):
    """A volume counts the same as .txt, .txt.xz and .txt.gz."""
    data = b"peace peace"
    (tmp_path / "v.txt").write_bytes(data)
    (tmp_path / "v.txt.xz").write_bytes(lzma.compress(data))
    (tmp_path / "v.txt.gz").write_bytes(gzip.compress(data))
    built = [
        store.build_from_files([path], name="l", version="1", created="2025-01-01").entries
        for path in sorted(tmp_path.iterdir())
    ]
    assert built[0] == built[1] == built[2]
    assert built[0]["peace"].total == 2


@pytest.mark.parametrize(("name", "data"), [("v.txt.xz", b"no xz"), ("v.txt.gz", b"no gz"), ("v.txt", b"\xff\xfe\x00")])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str, data: bytes):
    """Damaged or foreign input is an error with the file's name, not a lexicon of rubbish."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInputError, match=name):
        store.build_from_files([tmp_path / name], name="l", version="1", created="2025-01-01")


def test_an_earlier_lexicon_is_replaced_and_nothing_is_left_over(tmp_path: Path, saved: Path):
    """Saving over a lexicon replaces it whole; no temporary file stays behind."""
    other = build(tmp_path / "in", "war war")
    store.save(other, saved)
    assert store.load(saved) == other
    assert {path.name for path in tmp_path.iterdir()} == {"in", "small"}


def test_a_foreign_folder_is_never_replaced(tmp_path: Path):
    """What is not a lexicon is left alone, and the message says so."""
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("dear to its author")
    with pytest.raises(OutputError, match="thesis: is in the way"):
        store.save(build(tmp_path / "in"), target)
    assert (target / "chapter.txt").read_text() == "dear to its author"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path):
    """A file where a folder should be gives an error of ours, not a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        store.save(build(tmp_path / "in"), tmp_path / "file" / "lexicon")


def test_changed_words_are_noticed(saved: Path):
    """A count edited by hand no longer fits the manifest, so figures cannot drift from their sources."""
    words = saved / "words.tsv"
    words.write_text(words.read_text().replace("peace\t2", "peace\t9"))
    with pytest.raises(LexiconError, match=r"words\.tsv"):
        store.load(saved)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "something else"}, "not the manifest"),
        ({"format_version": 99}, "format version 99"),
        ({"sources": [{"file": "x"}]}, "does not describe"),
    ],
)
def test_a_foreign_or_newer_manifest_is_refused(saved: Path, change: dict[str, object], says: str):
    """Another format is said to be another format; its words are not guessed at."""
    manifest = saved / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))
    with pytest.raises(LexiconError, match=says) as caught:
        store.load(saved)
    assert caught.value.exit_code == 5
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["words.tsv", "manifest.json"])
def test_a_missing_file_is_named(saved: Path, name: str):
    """Half a lexicon is an error that names the missing half."""
    (saved / name).unlink()
    with pytest.raises(LexiconError, match=name):
        store.load(saved)


def test_a_manifest_that_is_no_json_is_named(saved: Path):
    """A damaged manifest is an error of ours."""
    (saved / "manifest.json").write_text("{")
    with pytest.raises(LexiconError, match="is not JSON"):
        store.load(saved)


def test_find_takes_a_folder_and_tells_the_shipped_names_otherwise(saved: Path):
    """A path is a path; an unknown name is answered with the names that would do."""
    assert store.find(str(saved)) == saved
    with pytest.raises(LexiconError, match=store.DEFAULT):
        store.find("no-such-lexicon")


def test_the_shipped_lexicon_is_sound_and_knows_its_field():
    """The lexicon in the repository opens, and holds the names and designators it was built for."""
    lexicon = store.load(store.find())
    assert lexicon.name == store.DEFAULT
    assert len(lexicon.sources) == lexicon.totals["volumes"] == 55
    assert lexicon.totals["forms"] == len(lexicon.entries)
    assert {"khrushchev", "kuznetsov", "sumner", "il-28", "u.s.", "restatement"} <= set(lexicon.entries)
    assert not {"statesource", "policy2", "ance", "foe", "goverment"} & set(lexicon.entries)
    assert {"farce", "rake", "regime", "labour", "jugoslav", "airforce"} <= set(lexicon.entries)
    assert lexicon.tables is not None
    assert lexicon.tables.rejected["foe"].instead == "be"
    assert lexicon.tables.designators["IL-28"].kind == "weapon"


def test_years_of_combined_words_reach_from_the_first_to_the_last():
    """A year that is not known tells nothing against one that is."""
    unknown, early, late = (Entry(2, 2, 0, 0, 1, 1, *years) for years in ((0, 0), (1945, 1950), (1948, 1968)))
    assert early.plus(late)[6:] == (1945, 1968)
    assert late.plus(unknown)[6:] == (1948, 1968)
    assert unknown.plus(unknown)[6:] == (0, 0)


def test_combining_adds_counts_and_keeps_sources(tmp_path: Path):
    """Two lexicons become one whose figures are the sums, and whose name and hash tell the parts."""
    first = build(tmp_path / "in", "peace peace talks talks", "a")
    second = build(tmp_path / "in", "Peace PEACE quarantine quarantine", "b")
    both = store.combine([first, second])
    assert both.name == "a+b"
    assert both.entries["peace"]._asdict() == {
        "total": 4,
        "lower": 2,
        "capital": 1,
        "upper": 1,
        "documents": 2,
        "volumes": 2,
        "first": 0,
        "last": 0,
    }
    assert {"talks", "quarantine"} <= set(both.entries)
    assert both.sources == first.sources + second.sources
    assert both.totals["forms"] == 3
    assert both.sha256 not in {first.sha256, second.sha256}
    assert store.combine([first]) is first


def test_combining_a_lexicon_with_itself_is_refused(tmp_path: Path):
    """Doubled counts would look like evidence."""
    lexicon = build(tmp_path / "in")
    with pytest.raises(LexiconError, match="given twice"):
        store.combine([lexicon, lexicon])


def test_the_creation_date_can_be_fixed(monkeypatch: pytest.MonkeyPatch):
    """SOURCE_DATE_EPOCH makes a rebuild the same to the byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert store.creation_date() == "1970-01-01"
