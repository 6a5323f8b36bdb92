"""PDFs as pages, sound and hostile ones."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from corrigenda.errors import BadInputError
from corrigenda.scan.pages import PageFailure, PageImage, open_pages

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


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is its catalogue."""
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def typed_pdf(*pages: str, size: tuple[int, int] = (612, 792), trailer: bytes = b"") -> bytes:
    """A PDF whose pages have a line of type each; `size` is in points."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for at, line in enumerate(pages):
        content = b"BT /F1 24 Tf 72 700 Td (%s) Tj ET" % line.encode()
        place = b"/MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >>" % size
        objects += [
            b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R >>" % (place, 5 + 2 * at),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return pdf(*objects, trailer=trailer)


def scanned_pdf(images: Sequence[Image.Image], dpi: float) -> bytes:
    """A PDF of images that fill their pages."""
    return saved(images[0], "PDF", save_all=True, append_images=list(images[1:]), resolution=dpi)


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


def test_a_pdf_is_rendered_with_its_text_layer():
    """Set type has no resolution of its own, so that it is rendered at 300 dpi; the text comes page by page."""
    first, second = opened(typed_pdf("The harbour is closed.", "It opens."))
    assert (first.image.size, first.dpi, first.text) == ((2550, 3300), 300, "The harbour is closed.")
    assert (second.number, second.text) == (2, "It opens.")
    assert np.asarray(first.image.convert("L")).min() < 50


@pytest.mark.parametrize("mode", ["L", "1", "RGB", "CMYK"])
def test_a_scan_in_a_pdf_keeps_its_own_resolution(mode):
    """The page has as many pixels as the image on it, and no text."""
    ink, paper = {"RGB": ("black", "white"), "CMYK": ((0, 0, 0, 255), (0, 0, 0, 0))}.get(mode, (BLACK, WHITE))
    page = page_of(scanned_pdf([drawn(mode, (1700, 2200), ink, paper)], dpi=200))
    assert (page.image.size, page.dpi, page.text) == ((1700, 2200), 200, None)
    assert (greys(page.image)[0] < 50, greys(page.image)[1] > 225) == (True, True)


def test_a_picture_among_type_does_not_set_the_resolution():
    """A page that its images cover to a small part only is rendered at 300 dpi."""
    whole = scanned_pdf([drawn(size=(200, 200))], dpi=72)
    page = page_of(whole.replace(b"0 0 200.0 200.0", b"0 0 612.0 792.0", 1))
    assert (page.image.size, page.dpi) == ((2550, 3300), 300)


def test_a_pdf_with_a_password():
    """It is said what bars the way, and what to do."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
        b"0f" * 32,
        b"f0" * 32,
    )
    assert refused(typed_pdf("Secret", trailer=lock)).endswith(
        "scan: the PDF is locked with a password. Save it without the password first"
    )


def test_a_pdf_of_unknown_encryption():
    """A lock that no password opens is told from one that needs it."""
    assert "encrypted in a way that cannot be read" in refused(
        typed_pdf("Secret", trailer=b"/Encrypt << /Filter /Own >>")
    )


def test_a_pdf_without_a_page():
    """It is a sound PDF, yet there is nothing to read."""
    nothing = pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>")
    assert "a PDF without a page" in refused(nothing)


def test_a_pdf_that_is_cut_off():
    """Without its table a PDF may be mended by the reader, but not without its objects."""
    assert "the PDF is damaged or cut off" in refused(typed_pdf("Lost")[:60])


def test_a_page_of_a_pdf_that_is_too_large():
    """At 300 dpi a page of 200 inches has 3.6 billion pixels; the image on a page is looked at as well."""
    (page,) = opened(typed_pdf("Plan", size=(14_400, 14_400)))
    assert "60,000 x 60,000 pixels" in failure(page)
    small = scanned_pdf([drawn(size=(1700, 2200))], dpi=200)
    swollen = small.replace(b"/Width 1700", b"/Width 99999").replace(b"/Height 2200", b"/Height 99999")
    (page,) = opened(swollen)
    assert "99,999 x 99,999 pixels" in failure(page)


def test_no_damage_makes_more_than_an_error(capfd, recwarn):
    """PDFs with bytes changed at random give pages or errors, no other exception, and no word on standard error."""
    chance = random.Random(5)
    outcomes = set()
    for data in [typed_pdf("The harbour", "is closed"), scanned_pdf([drawn(size=(850, 1100))], dpi=100)] * 60:
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            outcomes |= {type(page) for page in opened(bytes(spoilt))}
        except BadInputError:
            outcomes.add(BadInputError)
    assert outcomes >= {PageImage, BadInputError}
    assert capfd.readouterr().err == ""
    assert not recwarn.list
