"""The steps of preparation, each on a page that needs it and on one that does not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from corrigenda.scan.background import softened
from corrigenda.scan.pages import PageImage
from corrigenda.scan.prepare import DEFAULT, STEPS, Prepared, prepare
from corrigenda.values import Box

TEXT = "The harbour is closed until the ice has gone, and the pilots have left the town for"
MARK = Box(left=900, top=1220, right=960, bottom=1280)
"""A black square below the text of every page, whose place tells where the page has gone."""


def sheet(*, ink: int = 40, paper: int = 245, size: tuple[int, int] = (1275, 1650)) -> Image.Image:
    """Half a letter at 150 dpi, or so it may be taken for: twenty lines of small letters, and the mark."""
    image = Image.new("L", size, paper)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(25)
    for line in range(20):
        draw.text((120, 130 + 50 * line), TEXT[line % 7 :], fill=ink, font=font)
    draw.rectangle((MARK.left, MARK.top, MARK.right - 1, MARK.bottom - 1), fill=0)
    return image.filter(ImageFilter.GaussianBlur(0.7))


def prepared(image: Image.Image, *steps: str, dpi: float | None = 300) -> Prepared:
    """The page after these steps."""
    return prepare(PageImage(number=1, image=image, dpi=dpi, text=None), steps)


def mark_in(pixels: np.ndarray) -> Box:
    """Where the black square is."""
    small = Image.fromarray(pixels).reduce(10)
    down, across = np.nonzero(np.asarray(small) < 30)
    return Box(left=10 * across.min(), top=10 * down.min(), right=10 * across.max() + 10, bottom=10 * down.max() + 10)


def corners(box: Box) -> tuple[int, int, int, int]:
    """The sides of a box, to be compared with some tolerance."""
    return box.left, box.top, box.right, box.bottom


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_a_page_of_hardly_any_lines_is_a_page(lines: int):
    """The last page of a letter may hold a signature alone: its ink lies on fewer rows than a line is high."""
    image = Image.new("L", (2550, 3300), 245)
    for line in range(lines):
        text = (300, 400 + 90 * line), TEXT
        ImageDraw.Draw(image).text(*text, fill=20, font=ImageFont.load_default(45), stroke_width=1)
    found = prepared(image, *DEFAULT)
    assert found.image.shape[0] > found.image.shape[1]
    assert bool((found.image < 100).any()) is (lines > 0)


def test_a_sound_page_stays_as_it_is():
    """No step but the one for hard edges finds anything to do, and every dot is where it was."""
    image = sheet()
    found = prepared(image, *(step for step in STEPS if step != "blur"))
    assert found.steps == ()
    assert np.array_equal(found.image, np.asarray(image))
    assert found.back.box(MARK) == MARK


@pytest.mark.parametrize("angle", [-6.0, -1.3, 0.5, 3.1])
def test_skew_is_found_and_taken_out(angle):
    """The lines run level afterwards, and a box on the level page is found again on the page that came in."""
    image = sheet().rotate(-angle, Image.Resampling.BICUBIC, fillcolor=245)
    found = prepared(image, "deskew")
    (said,) = found.steps
    assert float(said.split()[1]) == pytest.approx(angle, abs=0.15)
    assert prepared(Image.fromarray(found.image), "deskew").steps == ()
    assert corners(mark_in(found.image)) == pytest.approx(corners(MARK), abs=15)
    middle = found.back.point((MARK.left + MARK.right) / 2, (MARK.top + MARK.bottom) / 2)
    assert np.asarray(image)[round(middle[1]), round(middle[0])] < 10


def test_a_photograph_does_not_hide_the_skew():
    """Half a page of dark picture has far more ink than the lines, but no lines."""
    image = sheet()
    image.paste(Image.effect_noise((1000, 700), 90).point(lambda grey: grey // 2), (150, 900))
    (said,) = prepared(image.rotate(1.3, Image.Resampling.BICUBIC, fillcolor=245), "deskew").steps
    assert float(said.split()[1]) == pytest.approx(-1.3, abs=0.15)


@pytest.mark.parametrize(
    ("turned", "there"),
    [
        (90, Box(left=MARK.top, top=1275 - MARK.right, right=MARK.bottom, bottom=1275 - MARK.left)),
        (180, Box(left=1275 - MARK.right, top=1650 - MARK.bottom, right=1275 - MARK.left, bottom=1650 - MARK.top)),
        (270, Box(left=1650 - MARK.bottom, top=MARK.left, right=1650 - MARK.top, bottom=MARK.right)),
    ],
)
def test_a_page_that_lies_or_stands_on_its_head_is_turned(turned, there):
    """Lines tell that a page lies on its side, and risen strokes which way is up; the way back leads to the mark."""
    found = prepared(sheet().rotate(turned, expand=True), "orientation")
    assert found.steps == (f"turned {turned} degrees clockwise",)
    assert np.array_equal(found.image, np.asarray(sheet()))
    assert found.back.box(MARK) == there


def test_a_black_frame_is_cut_off():
    """What is black from the edge on goes, also where it slants; the black square within stays."""
    framed = Image.new("L", (1475, 1850), 8)
    framed.paste(sheet(), (120, 90))
    ImageDraw.Draw(framed).polygon([(120, 0), (180, 0), (120, 1850)], fill=8)
    found = prepared(framed, "frame")
    assert found.steps == ("frame of 26% cut off",)
    assert np.asarray(found.image)[:, :30].min() > 150
    assert found.back.box(Box(left=0, top=0, right=10, bottom=10)).left == pytest.approx(155, abs=12)
    assert corners(found.back.box(mark_in(found.image))) == pytest.approx(
        (MARK.left + 120, MARK.top + 90, MARK.right + 120, MARK.bottom + 90), abs=12
    )


@pytest.mark.parametrize(
    ("dpi", "size", "said"),
    [
        (150.0, (2550, 3300), "enlarged to 300 dpi from stated 150"),
        (None, (2550, 3300), "enlarged to 300 dpi from estimated 146"),
        (300.0, (1275, 1650), None),
        (400.0, (1275, 1650), None),
    ],
)
def test_a_coarse_page_is_enlarged(dpi, size, said):
    """Stated or estimated, 150 dpi become 300; what has enough is left as it is, and never made smaller."""
    found = prepared(sheet(), "resolution", dpi=dpi)
    assert found.steps == ((said,) if said else ())
    assert found.image.shape == pytest.approx(size[::-1], rel=0.03)
    assert found.dpi == (dpi if dpi and dpi >= 300 else 300)
    assert corners(found.back.box(mark_in(found.image))) == pytest.approx(corners(MARK), abs=10)


def test_a_page_of_few_dots_is_enlarged_in_bounds():
    """A picture of a page for the screen, at 100 dpi, is made 2.25 times as large, and Tesseract is told so."""
    found = prepared(sheet().resize((850, 1100)), "resolution", dpi=100)
    assert found.image.shape == (2475, 1912)
    assert found.dpi == 225


def test_letters_tell_the_resolution_of_a_snippet():
    """Five lines cut from a page at 300 dpi are not taken for a page of 20 dpi to the inch of height."""
    snippet = sheet().resize((2550, 3300)).crop((200, 200, 1500, 1000))
    assert prepared(snippet, "resolution", dpi=None).dpi == pytest.approx(300, rel=0.35)


def test_uneven_paper_becomes_even_and_black_stays_black():
    """A shadow over the page is divided out; a redaction of some lines is not whitened."""
    shadow = np.linspace(0.35, 0.9, 1275)[None, :]
    image = sheet()
    ImageDraw.Draw(image).rectangle((200, 500, 700, 620), fill=0)
    dark = Image.fromarray((np.asarray(image) * shadow).astype(np.uint8))
    found = prepared(dark, "background")
    paper = found.image[60:100:4, ::40]
    assert found.steps[0].startswith("background ")
    assert (paper.min() > 225, int(paper.max()) - int(paper.min()) < 20) == (True, True)
    assert found.image[520:600, 220:680].max() < 20


def test_streaks_go_and_letters_stay():
    """A grey line down the page, leaning by twenty dots, becomes as bright as paper; the letters are as before."""
    clean, image = np.asarray(sheet()), sheet()
    scratch = np.asarray(image).astype(float)
    for row in range(1650):
        column = 640 + row * 20 // 1650
        scratch[row, column : column + 3] *= 0.7
    found = prepared(Image.fromarray(scratch.astype(np.uint8)), "streaks")
    assert found.steps[0].startswith("streaks in ")
    on_it = np.abs(found.image[:, 636:670].astype(int) - clean[:, 636:670])
    assert on_it.mean() < 0.4 * np.abs(scratch - clean)[:, 636:670].mean()
    assert np.array_equal(found.image[:, :600], clean[:, :600])


def test_specks_go_and_points_and_pale_letters_stay():
    """A speck alone on the paper is whitened; a full stop, and letters that are hardly there, are not touched."""
    image = sheet()
    draw = ImageDraw.Draw(image)
    draw.text((120, 1400), TEXT, fill=205, font=ImageFont.load_default(25))
    before = np.asarray(image).copy()
    places = [(100 + 37 * n, 1520 + 31 * (n % 3)) for n in range(0, 30, 3)]
    for x, y in places:
        draw.ellipse((x, y, x + 5, y + 5), fill=20)
    found = prepared(image, "specks")
    assert found.steps[0].startswith("specks of ")
    assert found.image[1500:].min() > 200
    assert np.array_equal(found.image[:1490], before[:1490])


def test_hard_edges_are_softened_and_soft_ones_left():
    """Hard edges are blurred a little, grain that was enlarged more, and what is blurred already not at all."""
    chance = np.random.default_rng(1)
    grain = np.clip(np.asarray(sheet()) + chance.normal(0, 8, (1650, 1275)), 0, 255).astype(np.uint8)
    assert prepared(sheet(), "blur").steps == ("blur 0.7",)
    assert prepared(Image.fromarray(grain), "resolution", "blur", dpi=150).steps[1:] == ("blur 1.4",)
    assert prepared(sheet().filter(ImageFilter.GaussianBlur(2.5)), "blur").steps == ()


def test_flickering_paper_becomes_one_brightness():
    """Paper loses its flicker, dark and pale letters keep every dot, and white letters on black keep their ground."""
    chance, image = np.random.default_rng(1), sheet()
    ImageDraw.Draw(image).text((120, 1400), TEXT, fill=205, font=ImageFont.load_default(25))
    clean = np.asarray(image)
    flicker = np.clip(clean + chance.normal(0, 2, clean.shape).round(), 0, 255).astype(np.uint8)
    found = prepared(Image.fromarray(flicker), "grain")
    assert found.steps[0].startswith("grain on ")
    assert set(found.image[clean == 245]) == {245}
    assert np.array_equal(found.image[clean < 215], flicker[clean < 215])
    assert prepared(Image.fromarray(255 - flicker), "grain").steps == ()


def test_a_page_set_upright_is_kept_for_another_engine():
    """It is the page as the steps that set it upright leave it, whatever comes after them."""
    image = sheet().rotate(-2, Image.Resampling.BICUBIC, fillcolor=245)
    whole, first = prepared(image, *DEFAULT, dpi=150), prepared(image, "frame", "orientation", "deskew", dpi=150)
    assert whole.image.shape == (3300, 2550)
    assert np.array_equal(whole.upright.image, first.image)
    assert whole.upright.back == first.back


@pytest.mark.parametrize("sigma", [0.7, 1.05, 1.4, 2.0])
def test_softened_as_pillow_does_it(sigma):
    """The fast way gives each dot of a page the grey that Pillow's slow one does, but for rounding and the margin."""
    page = sheet()
    slow = np.asarray(page.filter(ImageFilter.GaussianBlur(sigma))).astype(int)
    fast = softened(np.asarray(page), sigma).astype(int)
    inner = np.s_[9:-9, 9:-9]
    assert np.abs(fast - slow)[inner].max() <= 4
    assert np.abs(fast - np.asarray(page).astype(int)).max() > 20


def test_each_step_that_did_something_is_shown():
    """The caller sees the page after each of them; the last is what is given back."""
    shown: list[tuple[str, np.ndarray]] = []
    image = sheet().rotate(-2, Image.Resampling.BICUBIC, fillcolor=245)
    page = PageImage(number=1, image=image, dpi=300, text=None)
    found = prepare(page, DEFAULT, show=lambda name, pixels: shown.append((name, pixels)))
    assert [name for name, _ in shown] == ["deskew", "blur"]
    assert np.array_equal(shown[-1][1], found.image)


def test_a_step_that_there_is_not():
    """A slip in a name is no reason to leave a step out silently."""
    with pytest.raises(ValueError, match="no steps of preparation: blurr, despeckle"):
        prepared(sheet(), "despeckle", "blurr")


@pytest.mark.parametrize(
    "image",
    [
        Image.new("L", (1, 1), 0),
        Image.new("L", (3000, 2), 255),
        Image.new("RGB", (200, 300), "white"),
        Image.new("L", (300, 200), 0),
        Image.effect_noise((500, 700), 120),
        Image.linear_gradient("L").resize((64, 900)),
    ],
)
@pytest.mark.parametrize("dpi", [None, 150.0])
def test_pages_with_nothing_on_them(image, dpi):
    """Blank, black, noisy and tiny pages go through; every dot of theirs leads back into the image that came in."""
    found = prepared(image, *DEFAULT, dpi=dpi)
    assert (found.image.dtype, found.image.ndim) == (np.uint8, 2)
    height, width = found.image.shape
    x, y = found.back.point(width / 2, height / 2)
    assert (0 <= x <= image.width, 0 <= y <= image.height) == (True, True)


def test_tesseract_reads_a_bad_film_once_it_is_prepared():
    """A page in a black frame, dark, askew, grainy and scratched loses words as it is, and hardly any prepared."""
    tesseract = shutil.which("tesseract", path=os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)]))
    if not tesseract:
        pytest.skip("no Tesseract is installed")
    chance = np.random.default_rng(2)
    skewed = np.asarray(sheet(ink=90).rotate(1.2, Image.Resampling.BICUBIC, fillcolor=245)).astype(float)
    skewed[:, 300:302] *= 0.4
    skewed[:, 500:1100:200] *= 0.4
    film = np.full((1750, 1375), 12.0)
    film[60:-40, 70:-30] = skewed * np.linspace(0.3, 0.6, 1275)[None, :]
    film += chance.normal(0, 5, film.shape)
    page = PageImage(number=1, image=Image.fromarray(film.clip(0, 255).astype(np.uint8)), dpi=150, text=None)

    def words_read(image: Image.Image) -> int:
        """In how many of the twenty lines a word that each has is read."""
        data = io.BytesIO()
        image.save(data, "PNG")
        done = subprocess.run(
            [tesseract, "stdin", "stdout", "--psm", "3"],
            input=data.getvalue(),
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        return done.stdout.decode().split().count("closed")

    as_it_is, made_ready = words_read(page.image), words_read(Image.fromarray(prepare(page).image))
    assert as_it_is < made_ready
    assert made_ready >= 17
