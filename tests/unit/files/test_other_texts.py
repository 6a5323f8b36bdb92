"""Files and folders that a job names as other readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from corrigenda.errors import BadInputError
from corrigenda.files.inputs import Input, truth_path
from corrigenda.files.other_texts import other_texts, refuse_witness


@pytest.fixture
def page(tmp_path: Path) -> Input:
    """A page with other readings of it around."""
    (tmp_path / "box").mkdir()
    (tmp_path / "page.txt").write_text("Tbe harbour.")
    (tmp_path / "vision.txt").write_text("The harb0ur.\nTRANSCRIBED PAGES FOLLOW\nThe harbour.")
    (tmp_path / "box/page.txt").write_text("The harbonr.")
    return Input(path=str(tmp_path / "page.txt"), id="page")


def test_files_and_folders_are_read(page: Input, tmp_path: Path):
    """A file is taken as it is, of a folder the file of the page's name; a transcription that follows is none of it."""
    found = other_texts([str(tmp_path / "vision.txt"), str(tmp_path / "box")], page)
    assert [(one.siglum, one.text) for one in found] == [
        (str(tmp_path / "vision.txt"), "The harb0ur.\n"),
        (str(tmp_path / "box/page.txt"), "The harbonr."),
    ]


def test_a_folder_may_lack_a_page(page: Input, tmp_path: Path):
    """Then there is no reading of it from there; nor from a page on which nothing was read."""
    (tmp_path / "box/page.txt").write_text("\n")
    assert other_texts([str(tmp_path / "box")], page) == ()
    (tmp_path / "box/page.txt").unlink()
    assert other_texts([str(tmp_path / "box")], page) == ()


def test_a_page_is_no_other_reading_of_itself(page: Input):
    """The vote would take it for another machine that agrees with every word."""
    with pytest.raises(BadInputError, match="another reading of itself"):
        other_texts([page.path], page)


def test_the_transcription_is_no_witness_and_no_reading(page: Input):
    """It is for scoring alone: what was corrected by it would be scored against itself."""
    truth = truth_path(page.path)
    with pytest.raises(BadInputError, match="for scoring alone"):
        other_texts([truth], page)
    with pytest.raises(BadInputError, match="for scoring alone"):
        refuse_witness(truth, page)
    with pytest.raises(BadInputError, match="the edition of itself"):
        refuse_witness(page.path, page)
    refuse_witness(None, page)
    refuse_witness(f"{page.path}.edition", page)
