"""Reading clean text, and leaving stretches of it out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from corrigenda.errors import BadInputError
from corrigenda.lexicon import store
from corrigenda.lexicon.sources import excluded, read_exclusions, read_source
from corrigenda.values import Span


def listed(folder: Path, text: str) -> Path:
    """A list of stretches on disk."""
    path = folder / "stretches.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_stretches_are_found_by_the_file_and_by_its_stem(tmp_path: Path):
    """A list may name a volume's file or the volume, and is asked for either."""
    found = read_exclusions(listed(tmp_path, "# why\n\na.txt.xz\t3\t5\nb\t0\t9\na\t10\t12\n"))
    assert found.of("a.txt") == (Span(start=3, end=5), Span(start=10, end=12))
    assert found.of("b.txt.gz") == (Span(start=0, end=9),)
    assert found.of("c.txt") == ()


def test_stretches_that_touch_or_overlap_are_one(tmp_path: Path):
    """What is left out twice is cut, and counted, once."""
    found = read_exclusions(listed(tmp_path, "a\t8\t12\na\t3\t5\na\t5\t9\na\t4\t5\n"))
    assert found.of("a") == (Span(start=3, end=12),)


@pytest.mark.parametrize("line", ["a\t3", "a\t3\tend", "a 3 5", "a\t5\t5", "a\t5\t4", "a\t-1\t4", "a\t1\t4\tx"])
def test_a_bad_line_is_named(line: str, tmp_path: Path):
    """The error of a list says which line of which file is no stretch, and what one looks like."""
    with pytest.raises(BadInputError, match=r"stretches\.tsv, line 2: .*tab") as caught:
        read_exclusions(listed(tmp_path, f"a\t1\t2\n{line}\n"))
    assert caught.value.exit_code == 3


def test_nothing_joins_across_what_was_left_out():
    """The words on both sides of a cut are of different paragraphs."""
    assert excluded("one two three four", [Span(start=3, end=14)], where="x") == "one\n\nfour"


def test_a_stretch_behind_the_text_is_refused():
    """A list that was made for a longer text would cut the wrong words."""
    with pytest.raises(BadInputError, match=r"vol: has 5 characters, and characters 3 to 6"):
        excluded("abcde", [Span(start=3, end=6)], where="vol")


def test_offsets_do_not_count_the_byte_order_mark(tmp_path: Path):
    """The first letter of a file with a mark is character 0."""
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffpeace".encode())
    assert read_source(path).text == "peace"
    assert read_source(path).name == "a"


def test_a_build_leaves_the_stretches_out_and_says_so(tmp_path: Path):
    """Words of a stretch are not counted; the manifest has the list's hash and the size of what was cut."""
    path = tmp_path / "vol.txt"
    path.write_text("war war peace peace", encoding="utf-8")
    exclusions = read_exclusions(listed(tmp_path, "vol.txt\t0\t7\n"))
    built = store.build_from_files([path], name="l", version="1", created="2025-01-01", exclusions=exclusions)
    store.save(built, tmp_path / "l")
    assert set(store.load(tmp_path / "l").entries) == {"peace"}
    sha256 = hashlib.sha256(b"vol.txt\t0\t7\n").hexdigest()
    written = json.loads((tmp_path / "l" / "manifest.json").read_bytes())["excluded"]
    assert written == {"sha256": sha256, "spans": 1, "characters": 7}
    assert store.load(tmp_path / "l").exclusion == built.exclusion
