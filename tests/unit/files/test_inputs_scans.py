"""Scans among the inputs of a job."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.files.inputs import SCANS, TEXTS, discover, passed_over


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
    """`correct` never starts an engine, and names the verbs that do."""
    (tmp_path / "a.jpg").write_bytes(b"x")
    with pytest.raises(BadInputError, match="the folder holds no text") as error:
        discover([str(tmp_path)])
    assert "`corrigenda ocr` writes their text" in error.value.remedy


def test_what_a_job_leaves_lying_in_a_folder_is_known(tmp_path):
    """Scans and layout files without a text beside them; results, truths and the scan of a text are not missed."""
    kept = ("a.txt", "a.jpg", "a.hocr", "a.gt.txt", "a.corrected.txt", "b.gt.txt", "e.docx")
    for name in (*kept, "c.jpg", "d.alto.xml"):
        (tmp_path / name).write_bytes(b"x")
    given = [str(tmp_path)]
    assert passed_over(given, discover(given)) == (str(tmp_path / "c.jpg"), str(tmp_path / "d.alto.xml"))
    assert passed_over([str(tmp_path / "a.txt")], discover([str(tmp_path / "a.txt")])) == ()
