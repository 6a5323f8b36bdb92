"""`corrigenda ocr` and `corrigenda run` on scans, in this process, with the engine there is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pytesseract", reason="scans need the extra scan")

import pypdfium2 as pdfium

from corrigenda import cli
from corrigenda.errors import MissingToolError
from corrigenda.scan import tesseract

SCANS = Path(__file__).resolve().parents[2] / "scans"


@pytest.fixture
def engine():
    """A real Tesseract; without one the test is skipped."""
    try:
        return tesseract.find()
    except MissingToolError as error:
        pytest.skip(str(error))


@pytest.fixture
def corrigenda(monkeypatch, tmp_path):
    """Run the command line in an empty folder, and tell its exit code."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["corrigenda", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code

    return run


@pytest.mark.usefixtures("engine")
def test_ocr_writes_the_text_and_all_that_was_read(corrigenda, tmp_path):
    """The stamp is in the hOCR, as a zone, and not in the text."""
    assert corrigenda("ocr", str(SCANS / "letter.png"), "-o", "out", "-j", "1") == 0
    text = (tmp_path / "out/letter.txt").read_text()
    hocr = (tmp_path / "out/letter.hocr").read_text()
    assert "The grain ships came into the harbour on Monday" in text
    assert "SECRETARY" in hocr
    assert "SECRETARY" not in text
    assert "x_zone stamp" in hocr


@pytest.mark.usefixtures("engine")
def test_a_file_that_is_no_scan_does_not_stop_the_others(corrigenda, tmp_path, capsys):
    """Two processes read; the bad file is named, and the exit code says that not all is done."""
    for name in ("a.png", "c.png"):
        shutil.copy(SCANS / "report.png", tmp_path / name)
    (tmp_path / "b.png").write_bytes(b"no image")
    assert corrigenda("ocr", "a.png", "b.png", "c.png", "-o", "out", "-j", "2", "--json") == 6
    told = capsys.readouterr()
    assert "failed: b.png: no image" in told.err
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["a", "c"]
    assert (tmp_path / "out/a.txt").read_text() == (tmp_path / "out/c.txt").read_text()


@pytest.mark.usefixtures("engine")
def test_preparation_can_be_looked_at(corrigenda, tmp_path):
    """An image for each page and step."""
    assert corrigenda("ocr", str(SCANS / "report.png"), "-o", "out", "--show-prep", "looks", "-j", "1") == 0
    assert {path.name.split(".")[1] for path in (tmp_path / "looks").iterdir()} == {"p1"}


@pytest.mark.usefixtures("engine")
def test_run_reads_corrects_and_scores_a_scan(corrigenda, tmp_path):
    """The transcription beside the image is its truth; who read it is in the signature."""
    shutil.copy(SCANS / "report.png", tmp_path / "report.png")
    truth = json.loads((SCANS / "manifest.json").read_text())["files"]["report.hocr.xz"]["truth"]
    (tmp_path / "report.gt.txt").write_text("\n".join(truth))
    assert corrigenda("run", "report.png", "-o", "out", "-j", "1") == 0
    header = json.loads((tmp_path / "out/report.corrections.jsonl").read_text().splitlines()[0])
    assert " | read by tesseract " in header["signature"]
    assert (tmp_path / "out/report.score.json").is_file()
    assert "In the second week the mission counted 412 persons" in (tmp_path / "out/report.corrected.txt").read_text()
    page = pdfium.PdfDocument(tmp_path / "out/report.corrected.pdf")[0]
    assert "In the second week the mission counted 412 persons" in page.get_textpage().get_text_range()


def test_without_tesseract_the_exit_code_is_4(corrigenda, monkeypatch, capsys):
    """And the message says what to install."""
    monkeypatch.setattr(tesseract, "_places", lambda: iter(()))
    tesseract.find.cache_clear()
    assert corrigenda("ocr", str(SCANS / "letter.png"), "-o", "out") == 4
    assert "apt-get install tesseract-ocr" in capsys.readouterr().err
    tesseract.find.cache_clear()


@pytest.mark.usefixtures("engine")
def test_a_step_that_there_is_none_of_is_named(corrigenda, capsys):
    """With those that there are."""
    assert corrigenda("ocr", str(SCANS / "letter.png"), "-o", "out", "--prep", "magic") == 2
    assert "there is no step 'magic'; these are: " in capsys.readouterr().err


def test_texts_need_nothing_that_scans_need():
    """The command line starts without the extra: nothing of it is imported before a scan is met."""
    code = "import sys, corrigenda.cli; print(sorted({'PIL', 'pytesseract', 'corrigenda.scan'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
