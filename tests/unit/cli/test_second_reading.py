"""`--second-reading` on the command line, with engines that are only pretended."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

pytest.importorskip("pytesseract", reason="scans need the extra scan")

from PIL import Image

from corrigenda.cli import cli
from corrigenda.errors import MissingToolError
from corrigenda.scan import second, tesseract
from corrigenda.scan.second import Row, page_of

# Plain typed prose; no record says this.
TRUE = (
    "The consul was told that none of them will be unloaded before the",
    "government has answered the note, and that 412 persons left now.",
)
MISREAD = tuple(line.replace("told", "to1d").replace("412", "472") for line in TRUE)


def rows(lines: tuple[str, ...]) -> tuple[Row, ...]:
    """Lines of twelve pixels a letter, forty apart."""
    places = [(line, 100 + 40 * number, 100 + 12 * len(line)) for number, line in enumerate(lines)]
    return tuple(
        Row(text=line, confidence=0.9, corners=((100, top), (right, top), (right, top + 24), (100, top + 24)))
        for line, top, right in places
    )


@pytest.fixture
def letter(monkeypatch, tmp_path):
    """A page on which Tesseract misreads two words, and RapidOCR none."""
    engine = tesseract.Tesseract(program="t", languages=None, version="5.0.0")
    monkeypatch.setattr(tesseract, "read", lambda *_, **__: page_of(rows(MISREAD)))
    monkeypatch.setattr(tesseract, "check_language", lambda _: None)
    monkeypatch.setattr(tesseract, "find", lambda: engine)
    monkeypatch.setattr(second, "check", lambda: None)
    monkeypatch.setattr(second, "rows_of", lambda *_, **__: rows(TRUE))
    monkeypatch.chdir(tmp_path)
    Image.new("L", (1000, 600), 255).save("letter.png", dpi=(150, 150))
    return tmp_path


def call(*args: str):
    """Run a verb on the page in this process."""
    return CliRunner().invoke(cli, [*args, "letter.png", "-o", "out", "-j", "1"], catch_exceptions=False)


def test_ocr_writes_what_the_second_engine_read(letter):
    """In a file of its own, and only where it was asked."""
    assert call("ocr").exit_code == 0
    assert not (letter / "out/letter.rapidocr.txt").exists()
    assert call("ocr", "--second-reading", "--force").exit_code == 0
    assert (letter / "out/letter.rapidocr.txt").read_text().split() == " ".join(TRUE).split()
    assert "to1d" in (letter / "out/letter.txt").read_text()


def test_run_cites_it_in_ledger_or_flags(letter):
    """The signature names it and the hash of what it read."""
    assert call("run", "--second-reading").exit_code == 0
    made = [json.loads(line) for line in (letter / "out/letter.corrections.jsonl").read_text().splitlines()]
    flags = (letter / "out/letter.flags.jsonl").read_text()
    assert " | reading rapidocr@" in made[0]["signature"]
    cited = [e.get("citation") for one in made[1:] for e in one["evidence"]]
    assert "rapidocr" in cited or "rapidocr reads otherwise" in flags


def test_where_the_two_have_nothing_in_common_the_page_is_corrected_alone(letter, monkeypatch):
    """One of them failed, which is no fault of the user's input; it is said."""
    other = ("Nothing of what stands upon this sheet has anything whatever to do with such",) * 4
    monkeypatch.setattr(second, "rows_of", lambda *_, **__: rows(other))
    done = call("run", "--second-reading")
    assert done.exit_code == 0
    assert "letter.png: rapidocr reads another text there, and is not listened to" in done.stderr
    header = json.loads((letter / "out/letter.corrections.jsonl").read_text().splitlines()[0])
    assert "reading rapidocr" not in header["signature"]


@pytest.mark.usefixtures("letter")
def test_nothing_is_read_without_the_extra(monkeypatch):
    """The error comes before the first page, since a box takes hours."""

    def missing() -> None:
        raise MissingToolError(where="a second reading", what="not installed: rapidocr", remedy="Install it")

    def read(*_: object, **__: object) -> None:
        pytest.fail("a page was read")

    monkeypatch.setattr(second, "check", missing)
    monkeypatch.setattr(tesseract, "read", read)
    with pytest.raises(MissingToolError, match="not installed: rapidocr"):
        call("ocr", "--second-reading")
