"""Writing a report folder: whole, over a former one, and never over what somebody else put there."""

from __future__ import annotations

import os

import pytest

from corrigenda.errors import OutputError
from corrigenda.files.inputs import files_below
from corrigenda.files.outputs import is_report, write_folder

FIRST = {"index.html": b"one", "scores.csv": b"a,b\r\n", "pages/a.html": b"a", "pages/b.html": b"b"}
SECOND = {"index.html": b"two", "pages/b.html": b"bb"}


def below(folder) -> dict[str, bytes]:
    """All files below a folder but the list of them."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: data for name, data in files.items() if name != "files.txt"}


def listed(folder) -> list[str]:
    """What the list of a folder names."""
    return (folder / "files.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_holds_what_was_made_and_a_list_of_it(tmp_path, there: bool):
    """Made if need be, with all that is above it; no file of the making is left."""
    out = tmp_path / "a" / "b"
    if there:
        out.mkdir(parents=True)
    write_folder(out, FIRST)
    assert below(out) == FIRST
    assert listed(out) == sorted([*FIRST, "files.txt"])
    assert is_report(out)
    assert not is_report(tmp_path)


def test_a_second_report_replaces_the_first(tmp_path):
    """What the first had and the second has not is gone."""
    write_folder(tmp_path, FIRST)
    write_folder(tmp_path, SECOND)
    assert below(tmp_path) == SECOND
    assert listed(tmp_path) == sorted([*SECOND, "files.txt"])
    write_folder(tmp_path, FIRST)
    assert below(tmp_path) == FIRST


@pytest.mark.parametrize("name", ["notes.txt", "index.html", "pages/mine.html", "files.txt"])
def test_a_folder_with_foreign_files_is_refused(tmp_path, name: str):
    """Nothing in it is touched, and the message names the first of them and both ways out."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is in the way") as caught:
        write_folder(tmp_path, FIRST)
    assert caught.value.where == str(tmp_path / name)
    assert "-o" in caught.value.remedy
    assert "--force" in caught.value.remedy
    assert [p.read_text(encoding="utf-8") for p in tmp_path.rglob("*") if p.is_file()] == ["mine"]


def test_a_list_that_somebody_made_gives_nothing_away(tmp_path):
    """`ls > files.txt` names all that is there; those files are not ours, and stay."""
    (tmp_path / "scan.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "files.txt").write_text("files.txt\nscan.txt\n", encoding="utf-8")
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="is in the way"):
        write_folder(tmp_path, FIRST)
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before
    write_folder(tmp_path, FIRST, force=True)
    assert (tmp_path / "scan.txt").read_text(encoding="utf-8") == "mine"


def test_with_force_foreign_files_stay(tmp_path):
    """Only those of the same name are replaced; the next run without force is refused again."""
    for name in ("notes.txt", "index.html"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    write_folder(tmp_path, FIRST, force=True)
    assert below(tmp_path) == {**FIRST, "notes.txt": b"mine"}
    with pytest.raises(OutputError, match=r"notes\.txt: is in the way"):
        write_folder(tmp_path, SECOND)
    write_folder(tmp_path, SECOND, force=True)
    assert below(tmp_path) == {**SECOND, "notes.txt": b"mine"}


@pytest.mark.parametrize("line", ["../outside.txt", "pages/../../outside.txt", "{outside}"])
def test_what_the_list_names_outside_is_left_alone(tmp_path, line: str):
    """A list that a hand has changed must not lead out of the folder."""
    outside, out = tmp_path / "outside.txt", tmp_path / "out"
    outside.write_text("mine", encoding="utf-8")
    write_folder(out, FIRST)
    with (out / "files.txt").open("a", encoding="utf-8") as file:
        file.write(line.format(outside=outside) + "\n")
    write_folder(out, SECOND)
    assert outside.read_text(encoding="utf-8") == "mine"
    assert below(out) == SECOND


def test_a_write_that_failed_leaves_a_folder_that_can_be_written_again(tmp_path, monkeypatch):
    """The disk is full after some files: the next run knows them, and none is half written."""
    write_folder(tmp_path, {**FIRST, "old.html": b"old"})
    replace, done = os.replace, []

    def full(source, target, **options):
        if len(done) == 3:
            raise OSError(28, "No space left on device")
        done.append(target)
        return replace(source, target, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(OutputError, match="No space left on device") as caught:
            write_folder(tmp_path, {"new.html": b"new", **SECOND})
    assert caught.value.where == str(tmp_path)
    assert len(done) == 3
    assert not [p for p in tmp_path.rglob(".*") if p.is_file()]
    write_folder(tmp_path, SECOND)
    assert below(tmp_path) == SECOND


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    """It stays."""
    out = tmp_path / "out"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        write_folder(out, FIRST)
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    """Even with force, since what is in it would be lost."""
    (tmp_path / "index.html").mkdir()
    (tmp_path / "index.html" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_folder(tmp_path, FIRST, force=True)
    assert (tmp_path / "index.html" / "mine").exists()


def test_a_report_is_not_looked_into(tmp_path):
    """What lies in one is no input of any job; a folder with a list of somebody else is."""
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    write_folder(tmp_path / "report", FIRST)
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "files.txt").write_text("a list", encoding="utf-8")
    found = sorted(p.relative_to(tmp_path).as_posix() for p in files_below(tmp_path))
    assert found == ["a.txt", "scans/files.txt"]
