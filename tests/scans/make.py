"""Draw the pages of this folder and record what Tesseract and RapidOCR read on them: python tests/scans/make.py.

The pages are of our own making: made-up text in the font that Pillow brings along, with a turned stamp in the margin,
scribbles for handwriting, specks and a page number, so that tests of zones and of reading order need no engine.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from PIL import __version__ as pillow_version
from pytesseract import pytesseract

from corrigenda.scan import second, tesseract

HERE = Path(__file__).parent
WIDTH, HEIGHT, DPI = 1240, 1000, 150
LEFT, TOP, STEP, SIZE = 200, 150, 44, 25
BODY = {
    "letter": (
        "The grain ships came into the harbour on Monday, and the",
        "consul was told that none of them will be unloaded before",
        "the government has answered the note of October 28, 1962.",
        "He asked who had signed it. The mission said that it was",
        "the old letter with a new statement, and that Mr. Harlan",
        "had been told by the Embassy to wait until the winter for",
        "any other guidance. The office of the harbour was closed",
        "again in the evening, and nobody has seen the clerk since.",
    ),
    "report": (
        "In the second week the mission counted 412 persons who had",
        "left the town, of whom 38 were children. The trains were",
        "late, and the police stopped two of them at the bridge.",
        "It is not known who gave the order. The consul believes",
        "that the office in the capital will deny all of it, since",
        "the minister was abroad at the time and has said so twice.",
    ),
}
HANDWRITING = {"letter": (), "report": ((930, 520), (380, 700))}


def page(name: str) -> Image.Image:
    """One page, the same on every machine that has the same Pillow."""
    chance = random.Random(name)
    sheet = Image.new("L", (WIDTH, HEIGHT), 250)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(SIZE)
    if name == "report":
        pen.text((WIDTH // 2 - 30, 60), "- 2 -", fill=20, font=font)
    for number, line in enumerate(BODY[name]):
        pen.text((LEFT + (60 if number == 0 else 0), TOP + number * STEP), line, fill=20, font=font)
    if name == "letter":
        stamp(sheet, ("ASSISTANT SECRETARY", "RECEIVED JAN 5"), (40, 190))
    for x, y in HANDWRITING[name]:
        scribble(pen, x, y, chance)
    for _ in range(12):
        x, y = chance.randrange(1060, 1200), chance.randrange(150, 900)
        pen.ellipse((x, y, x + chance.randrange(3, 9), y + chance.randrange(3, 9)), fill=60)
    return sheet


def stamp(sheet: Image.Image, lines: Sequence[str], at: tuple[int, int]) -> None:
    """Lettering that runs upwards in the left margin."""
    drawn = Image.new("L", (330, 40 * len(lines)), 250)
    pen = ImageDraw.Draw(drawn)
    for number, line in enumerate(lines):
        pen.text((4, 40 * number + 4), line, fill=70, font=ImageFont.load_default(26))
    sheet.paste(drawn.rotate(90, expand=True), at)


def scribble(pen: ImageDraw.ImageDraw, x: int, y: int, chance: random.Random) -> None:
    """Loops twice as high as typing, as a name is signed."""
    points = [(x + 14 * n, y + chance.randrange(-34, 34)) for n in range(16)]
    pen.line(points, fill=40, width=4, joint="curve")


def main() -> None:
    """Draw, read and record, with a manifest of what came from what."""
    found = tesseract.find()
    pytesseract.tesseract_cmd = str(found.program)
    recorded = {}
    for name, truth in BODY.items():
        path = HERE / f"{name}.png"
        page(name).quantize(16).convert("L").save(path, dpi=(DPI, DPI), optimize=True)
        options = ["-c", "lstm_choice_mode=2", "--dpi", str(DPI), "--psm", "3"]
        with tesseract.environment(found.languages):
            read = pytesseract.image_to_pdf_or_hocr(
                Image.open(path), lang="eng", config=" ".join(options), extension="hocr"
            )
        hocr = HERE / f"{name}.hocr.xz"
        hocr.write_bytes(lzma.compress(read))
        recorded[hocr.name] = {
            "image": path.name,
            "image_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "sha256": hashlib.sha256(read).hexdigest(),
            "options": " ".join(options),
            "truth": list(truth),
        }
        rows = [asdict(row) for row in second.rows_of(np.asarray(Image.open(path)), where=path.name)]
        read_again = json.dumps(rows, indent=1) + "\n"
        (HERE / f"{name}.rapidocr.json").write_text(read_again, encoding="utf-8")
        recorded[f"{name}.rapidocr.json"] = {
            "image": path.name,
            "image_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "sha256": hashlib.sha256(read_again.encode()).hexdigest(),
        }
    manifest = {
        "engine": found.name,
        "second engine": second.name(),
        "pillow": pillow_version,
        "made by": "tests/scans/make.py",
        "files": recorded,
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
