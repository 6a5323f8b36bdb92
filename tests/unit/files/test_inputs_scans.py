"""Scans among the inputs of a job."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.files.inputs import SCANS, TEXTS, discover


def test_a_folder_gives_its_scans_and_of_a_page_with_a_text_the_text(tmp_path):
    """What was read once is not read again; a transcription is no text of a page."""
    for name in ("a.jpg", "a.gt.txt", "b.TIF", "b.txt", "c.txt", "d.pdf", "e.docx"):
        (tmp_path / name).write_bytes(b"x")
    found = discover([str(tmp_path)], endings=(*TEXTS, *SCANS))
    assert [(one.id, one.path.rpartition(".")[2]) for one in found] == [
        ("a", "jpg"), ("b", "txt"), ("c", "txt"), ("d", "pdf")
    ]  # fmt: skip


def test_where_only_scans_are_asked_for_texts_are_nothing(tmp_path):
    """`ocr` reads images; of b.txt beside b.tif it reads the image."""
    for name in ("b.tif", "b.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [one.path for one in discover([str(tmp_path)], endings=SCANS)] == [str(tmp_path / "b.tif")]
    (tmp_path / "b.tif").unlink()
    with pytest.raises(BadInputError, match=r"the folder holds no scan \(\.png, "):
        discover([str(tmp_path)], endings=SCANS)


def test_texts_are_what_is_asked_for_unless_said_otherwise(tmp_path):
    """`correct` never starts an engine."""
    (tmp_path / "a.jpg").write_bytes(b"x")
    with pytest.raises(BadInputError, match="the folder holds no text"):
        discover([str(tmp_path)])
