"""Folders with a manifest: whole or not at all, never over what is somebody's, and every fault with its file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from corrigenda.errors import LexiconError, OutputError
from corrigenda.lexicon.folder import MANIFEST, FolderKind, sha256_of

KIND = FolderKind(name="a box", format="corrigenda box", version=2, mend="Make the box again")


def fill(fresh: Path) -> dict[str, object]:
    """A box of one file."""
    (fresh / "thing").write_bytes(b"thing")
    return {"sha256": hashlib.sha256(b"thing").hexdigest()}


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A box, written."""
    KIND.write(tmp_path / "deep" / "box", fill)
    return tmp_path / "deep" / "box"


def test_what_was_written_is_read_back(box: Path):
    """The manifest begins with format and version, and its hash holds."""
    manifest = KIND.manifest(box)
    assert list(manifest) == ["format", "format_version", "sha256"]
    assert KIND.held(box / "thing", manifest["sha256"]) == b"thing"
    assert sha256_of(box / "thing") == manifest["sha256"]


def test_where_the_filling_fails_the_earlier_folder_stays(box: Path):
    """And nothing half made is left beside it."""

    def fail(fresh: Path) -> dict[str, object]:
        (fresh / "thing").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"box: cannot be written \(No space left on device\)"):
        KIND.write(box, fail)
    assert (box / "thing").read_bytes() == b"thing"
    assert [path.name for path in box.parent.iterdir()] == ["box"]


def test_where_the_new_folder_cannot_be_put_in_place_the_earlier_one_comes_back(box: Path, monkeypatch):
    """The earlier one has been moved aside by then, and must not go with what is cleared away."""
    rename = Path.rename

    def fill_otherwise(fresh: Path) -> dict[str, object]:
        (fresh / "thing").write_bytes(b"other")
        return {}

    def fail_for_the_new(path: Path, target: Path) -> Path:
        if Path(target) == box and (path / "thing").read_bytes() == b"other":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OutputError, match=r"box: cannot be written \(Input/output error\)"):
        KIND.write(box, fill_otherwise)
    assert (box / "thing").read_bytes() == b"thing"
    assert [path.name for path in box.parent.iterdir()] == ["box"]


def test_writing_again_replaces_the_whole(box: Path):
    """A file that the earlier one had, and the new one has not, is gone."""
    (box / "old").write_bytes(b"")
    KIND.write(box, fill)
    assert sorted(path.name for path in box.iterdir()) == [MANIFEST, "thing"]


def test_what_is_not_ours_is_refused(box: Path):
    """A folder with one thing of somebody's, or a file in its place; an empty place and our own are free."""
    KIND.refuse_foreign(box, lambda _: True)
    KIND.refuse_foreign(box.parent / "nothing", lambda _: False)
    for at in (box, box / "thing"):
        with pytest.raises(OutputError, match="is in the way and is not a box"):
            KIND.refuse_foreign(at, lambda path: path.name == MANIFEST)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", r"manifest.json: is not JSON \(.*Make the box again, or install"),
        ("[]", "manifest.json: is not the manifest of a box. Make the box again, or install"),
        (json.dumps({"format": "corrigenda lexicon", "format_version": 2}), "is not the manifest of a box"),
        (
            json.dumps({"format": "corrigenda box", "format_version": 3}),
            "has format version 3, and this corrigenda reads 2. Make the box again with this corrigenda",
        ),
    ],
)
def test_a_manifest_of_something_else_is_refused(box: Path, text: str, says: str):
    """The message names the file, what is wrong with it, and what to do."""
    (box / MANIFEST).write_text(text)
    with pytest.raises(LexiconError, match=says):
        KIND.manifest(box)


def test_a_changed_file_and_a_missing_one_are_named(box: Path):
    """By the hash, and by the system's own reason."""
    stated = KIND.manifest(box)["sha256"]
    (box / "thing").write_bytes(b"think")
    with pytest.raises(LexiconError, match="thing: is not the file that the manifest was written for"):
        KIND.held(box / "thing", stated)
    (box / "thing").unlink()
    with pytest.raises(LexiconError, match=r"thing: cannot be read \(No such file"):
        KIND.held(box / "thing", stated)
