"""Image files of all kinds as pages, and files that mean harm."""

from __future__ import annotations

import io
import itertools
import random
import resource
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from corrigenda.errors import BadInputError
from corrigenda.scan.pages import PageFailure, PageImage, open_pages
from corrigenda.scan.values import MOST_PIXELS

WHITE, BLACK = 255, 0


def drawn(mode: str = "L", size: tuple[int, int] = (300, 400), ink: Any = BLACK, paper: Any = WHITE) -> Image.Image:
    """A page with a block of ink in its upper left quarter."""
    image = Image.new(mode, size, paper)
    ImageDraw.Draw(image).rectangle((20, 20, size[0] // 3, size[1] // 4), fill=ink)
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The file of an image."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_of(width: int, height: int, bits: bytes = b"") -> bytes:
    """A PNG that says it has so many pixels, one bit each, and holds `bits` of them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bits)) + chunk(b"IEND", b"")


def opened(data: bytes) -> list[PageImage | PageFailure]:
    """All pages of a file."""
    return list(open_pages(data, path="scan"))


def page_of(data: bytes) -> PageImage:
    """The one page of a file, with the block of ink where it was drawn."""
    (page,) = opened(data)
    assert isinstance(page, PageImage)
    return page


def greys(image: Image.Image) -> tuple[int, int]:
    """The grey of the ink and that of the paper."""
    assert image.mode in {"L", "RGB"}
    values = np.asarray(image.convert("L"))
    return int(values[40, 40]), int(values[-20, -20])


def refused(data: bytes) -> str:
    """Why a file cannot be used at all."""
    with pytest.raises(BadInputError) as raised:
        opened(data)
    assert raised.value.where.startswith("scan")
    return str(raised.value)


def failure(page: PageImage | PageFailure) -> str:
    """Why a page cannot be had."""
    assert isinstance(page, PageFailure)
    return str(page.error)


@pytest.mark.parametrize(
    ("image", "kind", "options"),
    [
        (drawn(), "PNG", {}),
        (drawn(), "JPEG", {"quality": 95}),
        (drawn("RGB", ink="black", paper="white"), "JPEG", {"quality": 95, "progressive": True}),
        (drawn(), "JPEG2000", {}),
        (drawn(), "JPEG2000", {"no_jp2": True}),
        (drawn(), "TIFF", {"compression": "tiff_lzw"}),
        (drawn().convert("P"), "PNG", {}),
        (drawn("1"), "TIFF", {"compression": "group4"}),
        (drawn("1"), "TIFF", {"compression": "group3"}),
        (drawn("1"), "PNG", {}),
        (drawn("LA", ink=(BLACK, 255), paper=(BLACK, 0)), "PNG", {}),
        (drawn("RGBA", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0)), "PNG", {}),
        (drawn("P", ink=1, paper=0), "PNG", {"transparency": 0}),
        (drawn("L", ink=20, paper=10), "PNG", {"transparency": 10}),
        (drawn("CMYK", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0)), "TIFF", {}),
        (drawn("CMYK", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0)), "JPEG", {"quality": 95}),
        (drawn("I;16", paper=65535), "PNG", {}),
        (drawn("I;16", paper=65535), "TIFF", {}),
        (drawn("I;16", paper=4095), "TIFF", {}),
        (drawn("F", paper=1.0), "TIFF", {}),
    ],
)
def test_ink_is_dark_and_paper_white_whatever_the_pixels_are(image, kind, options):
    """Palettes, transparency (on white paper), inks, 1, 12 and 16 bits and fractions come out as 8-bit pixels."""
    ink, paper = greys(page_of(saved(image, kind, **options)).image)
    assert (ink < 30, paper > 225) == (True, True)


def test_white_may_be_zero_in_sixteen_bits():
    """A TIFF whose photometric tag says so is turned about; Pillow does it for 8 bits only."""
    data = bytearray(saved(drawn("I;16", ink=65535, paper=0), "TIFF"))
    data[data.index(struct.pack("<HHI", 262, 3, 1)) + 8] = 0
    assert greys(page_of(bytes(data)).image) == (BLACK, WHITE)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_the_orientation_that_the_camera_noted_is_applied(kind):
    """6 says that the page stands on its side: what was saved as its upper left corner is its upper right one."""
    exif = Image.Exif()
    exif[274] = 6
    image = page_of(saved(drawn(), kind, exif=exif)).image
    assert image.size == (400, 300)
    assert (image.getpixel((360, 40)), image.getpixel((40, 40))) == (BLACK, WHITE)


@pytest.mark.parametrize(
    ("kind", "stated", "size", "believed"),
    [
        ("PNG", (300, 300), (2550, 3300), 300),
        ("JPEG", (150, 150), (1275, 1650), 150),
        ("TIFF", (400, 400), (3400, 4400), 400),
        ("PNG", None, (2550, 3300), None),
        ("JPEG", (72, 72), (934, 1170), None),
        ("JPEG", (96, 96), (825, 1013), None),
        ("PNG", (1200, 1200), (600, 800), None),
        ("PNG", (100, 100), (6000, 8000), None),
        ("TIFF", (0, 0), (600, 800), None),
    ],
)
def test_a_resolution_is_believed_where_a_page_may_have_it(kind, stated, size, believed):
    """72 and 96 are what programs write that do not know, and no page is half an inch high or seven feet."""
    options = {"dpi": stated} if stated else {}
    assert page_of(saved(Image.new("L", size, WHITE), kind, **options)).dpi == believed


def test_only_a_jpeg_of_one_page_is_handed_on_as_it_is():
    """A PDF can take it without a loss; of two pictures in one file neither is the file."""
    data = saved(drawn(), "JPEG")
    assert page_of(data).jpeg == data
    assert page_of(saved(drawn(), "PNG")).jpeg is None
    two = saved(drawn(), "MPO", save_all=True, append_images=[drawn()])
    assert {page.jpeg for page in opened(two)} == {None}


def test_a_coarse_fax_gets_square_pixels():
    """A fax of 204 x 98 dots an inch would be half as high as the page was."""
    page = page_of(saved(drawn("1", size=(1728, 1078)), "TIFF", compression="group3", dpi=(204, 98)))
    assert (page.image.size, page.dpi) == ((1728, 2244), 204)


def test_pages_are_decoded_one_at_a_time():
    """Of a TIFF of 500 pages the first is there before any other is looked at, and memory does not grow with them."""
    pages = [drawn("1", size=(1700, 2200)) for _ in range(500)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    del pages
    reading = open_pages(data, path="scan")
    assert next(reading).number == 1
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [page.number for page in reading] == list(range(2, 501))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    # All pages decoded would have 1.9 GB; ru_maxrss counts kilobytes.
    assert grown < 100_000


def test_a_page_keeps_its_pixels_when_the_next_one_is_read():
    """The frames of a TIFF share one buffer in Pillow; the pages do not."""
    data = saved(drawn(), "TIFF", save_all=True, append_images=[drawn(ink=100, paper=200)])
    assert [greys(page.image) for page in opened(data)] == [(BLACK, WHITE), (100, 200)]


def test_thumbnails_in_a_tiff_are_no_pages():
    """A frame that its tag calls a smaller copy of another is passed over."""
    small = drawn(size=(100, 120))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    data = saved(drawn(), "TIFF", save_all=True, append_images=[small, drawn()])
    assert [(page.number, page.image.size) for page in opened(data)] == [(1, (300, 400)), (2, (300, 400))]


def test_a_ring_of_frames_ends():
    """A TIFF whose last frame names the first as its next one is not read for ever."""
    data = bytearray(saved(drawn(), "TIFF", save_all=True, append_images=[drawn()]))
    first = place = struct.unpack_from("<I", data, 4)[0]
    while place:
        at = place + 2 + 12 * struct.unpack_from("<H", data, place)[0]
        place = struct.unpack_from("<I", data, at)[0]
    struct.pack_into("<I", data, at, first)
    assert len(list(itertools.islice(open_pages(bytes(data), path="scan"), 5))) == 2


# Ten hostile files, and some more.


def test_a_decompression_bomb_is_told_from_its_header():
    """A few kilobytes that would unpack to 10 billion pixels are refused before anything is unpacked."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (page,) = opened(png_of(100_000, 100_000, bytes(1 << 20)))
    assert "scan, page 1: 100,000 x 100,000 pixels" in failure(page)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_thirty_thousand_pixels_square_are_too_many():
    """The limit is on pixels, so that a long roll of a plan may pass that has fewer of them."""
    (page,) = opened(png_of(30_000, 30_000))
    assert "30,000 x 30,000 pixels, more than the 150 million of a page. Scale" in failure(page)
    height = MOST_PIXELS // 30_000
    assert page_of(png_of(30_000, height, bytes(height * (30_000 // 8 + 1)))).image.size == (30_000, height)


def test_a_page_too_large_does_not_keep_back_the_others():
    """One frame of a TIFF that says it has 900 million pixels is told; the next page is read."""
    data = bytearray(saved(drawn(), "TIFF", save_all=True, append_images=[drawn()]))
    for tag, old in ((256, 300), (257, 400)):
        at = (
            data.index(struct.pack("<HH", tag, 4))
            if struct.pack("<HH", tag, 4) in data
            else data.index(struct.pack("<HHIH", tag, 3, 1, old))
        )
        struct.pack_into("<HHII", data, at, tag, 4, 1, 30_000)
    first, second = opened(bytes(data))
    assert "30,000 x 30,000" in failure(first)
    assert isinstance(second, PageImage)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "JPEG2000", "TIFF"])
def test_a_file_that_is_cut_off_fails_as_that_page(kind):
    """Half a page is not taken for a whole one."""
    noise = Image.effect_noise((300, 400), 50)
    data = saved(noise, kind)
    (page,) = opened(data[: len(data) // 2])
    assert "scan, page 1: the image is damaged or cut off. Scan or export it anew" in failure(page)


def test_a_damaged_page_does_not_keep_back_the_others():
    """The pixels of the second page of three are spoilt; the third is read."""
    pages = [Image.effect_noise((300, 400), 50) for _ in range(3)]
    data = bytearray(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw"))
    third = len(data) // 3
    data[third + third // 4 : third + third // 2] = bytes(third // 2 - third // 4)
    first, second, last = opened(bytes(data))
    assert (type(first), second.number, type(last)) == (PageImage, 2, PageImage)
    assert "scan, page 2: the image is damaged" in failure(second)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing, whatever its name says"),
        (b"\n<!DOCTYPE html><html><body>Not found</body></html>", "a web page, whatever its name says"),
        (saved(drawn(), "GIF"), "a GIF"),
        (saved(drawn(), "WEBP"), "a WebP image"),
        (b"The harbour is closed.", "no image of a kind that can be read"),
        (b"\x89PNG\r\n\x1a\n", "its header is damaged"),
        (b"II*\x00\x08\x00\x00\x00", "its header is damaged"),
    ],
)
def test_what_is_no_page_image(data: bytes, what: str):
    """The content decides, whatever the name is, and the remedy says what to give."""
    assert what in refused(data)


def test_no_damage_makes_more_than_an_error(capfd, recwarn):
    """Images with bytes changed at random give pages or errors, no other exception, and no word on standard error."""
    chance = random.Random(5)
    sound = [
        saved(drawn(), "PNG"),
        saved(drawn("RGB"), "JPEG", exif=Image.Exif()),
        saved(drawn(), "JPEG2000"),
        saved(drawn(), "TIFF", compression="tiff_lzw", save_all=True, append_images=[drawn("1")]),
        saved(drawn("1"), "TIFF", compression="group4"),
        saved(drawn("RGB"), "TIFF", compression="jpeg"),
    ]
    outcomes = set()
    for data, _ in itertools.product(sound, range(40)):
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
        try:
            outcomes |= {type(page) for page in opened(bytes(spoilt))}
        except BadInputError:
            outcomes.add(BadInputError)
    assert outcomes == {PageImage, PageFailure, BadInputError}
    assert capfd.readouterr().err == ""
    assert not recwarn.list
