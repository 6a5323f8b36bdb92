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
from corrigenda.scan.second import Corners, Row, page_of

# Plain typed prose; no record says this.
WIDTH = 1000
TRUE = (
    "The consul was told that none of them will be unloaded before the",
    "government has answered the note, and that 412 persons left now.",
)
MISREAD = tuple(line.replace("told", "to1d").replace("412", "472") for line in TRUE)


def rows(lines: tuple[str, ...], *, scale: float = 1.0) -> tuple[Row, ...]:
    """Lines of twelve pixels a letter, forty apart, on an image that was enlarged by `scale`."""
    places = [(line, 100 + 40 * number, 100 + 12 * len(line)) for number, line in enumerate(lines)]
    return tuple(
        Row(text=line, confidence=0.9, corners=_corners(scale, top=top, right=right)) for line, top, right in places
    )


def _corners(scale: float, *, top: int, right: int) -> Corners:
    corners = (100, top), (right, top), (right, top + 24), (100, top + 24)
    one, two, three, four = ((scale * x, scale * y) for x, y in corners)
    return one, two, three, four


@pytest.fixture
def letter(monkeypatch, tmp_path):
    """A page on which Tesseract misreads two words, and RapidOCR none."""
    engine = tesseract.Tesseract(program="t", languages=None, version="5.0.0")
    monkeypatch.setattr(tesseract, "read", lambda image, **_: page_of(rows(MISREAD, scale=image.shape[1] / WIDTH)))
    monkeypatch.setattr(tesseract, "check_language", lambda _: None)
    monkeypatch.setattr(tesseract, "find", lambda: engine)
    monkeypatch.setattr(second, "check", lambda: None)
    monkeypatch.setattr(second, "rows_of", lambda *_, **__: rows(TRUE))
    monkeypatch.chdir(tmp_path)
    Image.new("L", (WIDTH, 600), 255).save("letter.png", dpi=(150, 150))
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


@pytest.mark.parametrize(
    ("again", "other"),
    [
        (TRUE, "tesseract"),
        (tuple(line.replace("left", "1eft") for line in MISREAD), "rapidocr"),
    ],
)
def test_run_begins_from_the_better_lines_and_cites_the_others(letter, monkeypatch, again, other):
    """The signature names who read the text and the hash of what stands beside it, and the ledger or flags cite it."""
    monkeypatch.setattr(second, "rows_of", lambda *_, **__: rows(again))
    monkeypatch.setattr(second, "name", lambda: "rapidocr 3")
    done = call("run", "--second-reading")
    assert done.exit_code == 0
    assert "other readings RapidOCR" in " ".join(done.stdout.split())
    made = [json.loads(line) for line in (letter / "out/letter.corrections.jsonl").read_text().splitlines()]
    flags = (letter / "out/letter.flags.jsonl").read_text()
    assert "; and rapidocr 3, line by line the better one" in made[0]["signature"]
    assert f" | reading {other}@" in made[0]["signature"]
    cited = [e.get("citation") for one in made[1:] for e in one["evidence"]]
    assert "rapidocr" in cited or "rapidocr reads otherwise" in flags or again == TRUE
    assert "told" in (letter / "out/letter.corrected.txt").read_text()
    for line in done.stdout.split("Results in out:")[1].split(","):
        assert (letter / "out" / line.strip()).is_file()
    assert (letter / "out/letter.rapidocr.txt").read_text().split() == " ".join(again).split()


def test_where_the_two_have_nothing_in_common_the_page_is_corrected_alone(letter, monkeypatch):
    """One of them failed, which is no fault of the user's input; it is said."""
    monkeypatch.setattr(second, "rows_of", lambda *_, **__: rows(("Qxv wrbt zzkp vvvq mmnx trwq",) * 2))
    monkeypatch.setattr(second, "name", lambda: "rapidocr 3")
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


def test_where_there_is_no_scan_nothing_is_read_twice(tmp_path):
    """A text has been read already, so what was asked for cannot be had, and it is said."""
    page = tmp_path / "letter.txt"
    page.write_text(" ".join(TRUE), encoding="utf-8")
    done = CliRunner().invoke(cli, ["run", str(page), "-o", str(tmp_path / "out"), "--second-reading"])
    assert done.exit_code == 0
    assert "--second-reading: nothing is read a second time, since no scan is given" in done.stderr
