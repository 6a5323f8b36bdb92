"""A PDF that can be searched: the image of each page, and over it the corrected words, which nobody sees.

The words are set in a font without shapes, made here (`glyphless`). It has a width and a meaning for every letter of
Unicode, so that no letter of a name is lost to search, and takes less than a kilobyte.
"""

from __future__ import annotations

import io
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.report.layout import glyphless
from corrigenda.report.layout.placed import Placed, placed_words

if TYPE_CHECKING:
    from types import ModuleType

    import pikepdf

    from corrigenda.scan.values import PageImage
    from corrigenda.values import Corrected, Document

__all__ = ["searchable_copy", "searchable_pdf"]

_POINTS = 72
# A page whose image does not state its resolution is shown as if it had this one.
_DPI = 300.0
_LETTER = (612.0, 792.0)
# Taller than this, as a multiple of its words, what is told to be a line is none.
_TALLEST = 1.8
# How a JPEG that a camera took sideways is turned, by its EXIF orientation: the matrix of the unit square.
_TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_ORIENTATION = 0x0112


def searchable_pdf(images: Iterable[PageImage | None], document: Document, corrected: Corrected) -> bytes:
    """A PDF of `images`, one for each page of `document`, with the corrected words over them.

    Boxes are in the pixels of the images. Of a page without an image (None) there is an empty one, in the size of the
    page before. The same pages give the same bytes.

    Raises MissingToolError where the extra `scan` is not installed, and BadInputError where there are more or fewer
    images than pages.
    """
    made = _pikepdf().new()
    pages = placed_words(document, corrected)
    beyond = _beyond(pages)
    font = _font(made, beyond)
    size = _LETTER
    for count, image in enumerate(images, start=1):
        if count > len(pages):
            raise _miscounted(document, count)
        if image:
            scale = _POINTS / (image.dpi or _DPI)
            size = (image.image.width * scale, image.image.height * scale)
        page = made.add_blank_page(page_size=size)
        if image:
            layer = _layer(pages[count - 1], beyond, scale=scale, height=size[1], font="F0")
            _fill(made, page, image, font, layer)
    if len(made.pages) < len(pages):
        raise _miscounted(document, len(made.pages))
    return _saved(made)


def _fill(made: pikepdf.Pdf, page: pikepdf.Page, image: PageImage, font: pikepdf.Object, layer: str) -> None:
    """Set an image over a whole page, and a layer of text in `font`, its F0, over it."""
    pdf = _pikepdf()
    drawn, turn = _image(made, image)
    page.obj.Resources = pdf.Dictionary(XObject=pdf.Dictionary(Im0=drawn), Font=pdf.Dictionary(F0=font))
    *_, width, height = (float(side) for side in page.mediabox)
    matrix = " ".join(f"{part * side:.4f}" for part, side in zip(turn, [width, height] * 3, strict=True))
    page.obj.Contents = made.make_stream(f"q {matrix} cm /Im0 Do Q\n{layer}".encode())


def searchable_copy(
    data: bytes, document: Document, corrected: Corrected, *, sizes: Sequence[tuple[int, int]]
) -> bytes:
    """The PDF in `data` with the corrected words over its pages, which stay as they are.

    `sizes` has, for each page, the width and height at which it was drawn for the recognition, in whose pixels the
    boxes are. A layer of hidden text that the page itself has, from an earlier recognition, is taken out.

    Raises MissingToolError where the extra `scan` is not installed, and BadInputError where `data` is no PDF that
    can be opened, or has more or fewer pages than the document.
    """
    pdf = _pikepdf()
    try:
        made = pdf.open(io.BytesIO(data))
    except (pdf.PdfError, pdf.PasswordError) as error:
        raise BadInputError(
            where=document.source.path,
            what=f"cannot be opened as a PDF: {error}",
            remedy="Get the file again, or save it without a password",
        ) from error
    pages = placed_words(document, corrected)
    if not len(pages) == len(made.pages) == len(sizes):
        raise _miscounted(document, len(made.pages))
    beyond = _beyond(pages)
    font = _font(made, beyond)
    for page, lines, (_, tall) in zip(made.pages, pages, sizes, strict=True):
        _hidden_text_out(made, page)
        name = page.add_resource(font, pdf.Name.Font)
        matrix, height = _upright(page)
        layer = _layer(lines, beyond, scale=height / max(tall, 1), height=height, font=str(name)[1:])
        # What the page does to the coordinates must not reach the layer.
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q q {matrix} cm\n{layer}\nQ".encode())
    return _saved(made)


def _pikepdf() -> ModuleType:
    try:
        import pikepdf  # noqa: PLC0415 (only who makes PDFs needs it)
    except ImportError as error:
        raise MissingToolError(
            where="pikepdf", what="is not installed", remedy='Run: pip install "corrigenda[scan]"'
        ) from error
    return pikepdf


def _miscounted(document: Document, count: int) -> BadInputError:
    return BadInputError(
        where=document.source.path,
        what=f"{count} images for {len(document.pages)} pages of text",
        remedy="Give the file that the text was read from",
    )


def _saved(made: pikepdf.Pdf) -> bytes:
    held = io.BytesIO()
    made.save(held, deterministic_id=True)
    return held.getvalue()


def _beyond(pages: Sequence[Sequence[Sequence[Placed]]]) -> dict[str, int]:
    return glyphless.codes_beyond(word.text for lines in pages for line in lines for word in line)


def _layer(
    lines: Sequence[Sequence[Placed]], beyond: Mapping[str, int], *, scale: float, height: float, font: str
) -> str:
    """Each word in its box, in text that is not drawn (mode 3), with the blank behind it."""
    parts = ["BT 3 Tr"]
    for line in lines:
        for word, top, bottom in _levelled(line):
            left, size = word.box.left * scale, max((bottom - top) * scale, 1.0)
            room = max((word.box.right - word.box.left) * scale, 0.1)
            stretch = 100 * room / (glyphless.WIDTH / 1000 * size * len(word.text))
            parts.append(
                f"/{font} {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {left:.2f} {height - bottom * scale:.2f} Tm "
                f"<{glyphless.encoded(word.text + ' ', beyond)}> Tj"
            )
    return "\n".join([*parts, "ET"])


def _levelled(line: Sequence[Placed]) -> list[tuple[Placed, int, int]]:
    """The words of a line with the top and the bottom that they share, since readers of PDFs make lines by those."""
    top, bottom = min(word.box.top for word in line), max(word.box.bottom for word in line)
    if bottom - top <= _TALLEST * statistics.median(word.box.bottom - word.box.top for word in line):
        return [(word, top, bottom) for word in line]
    return [(word, word.box.top, word.box.bottom) for word in line]


def _font(made: pikepdf.Pdf, beyond: Mapping[str, int]) -> pikepdf.Object:
    """The font without shapes, as an object of the PDF."""
    pdf = _pikepdf()
    file = made.make_stream(glyphless.font_file())
    file.Length1 = len(glyphless.font_file())
    descriptor = pdf.Dictionary(
        Type=pdf.Name.FontDescriptor, FontName=pdf.Name.GlyphLessFont, Flags=5, ItalicAngle=0, StemV=80,
        FontBBox=[0, 0, glyphless.WIDTH, 1000], Ascent=1000, Descent=0, CapHeight=1000, FontFile2=file,
    )  # fmt: skip
    letters = pdf.Dictionary(
        Type=pdf.Name.Font, Subtype=pdf.Name.CIDFontType2, BaseFont=pdf.Name.GlyphLessFont,
        CIDSystemInfo=pdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=made.make_indirect(descriptor), DW=glyphless.WIDTH,
        CIDToGIDMap=made.make_stream(glyphless.glyph_map()),
    )  # fmt: skip
    whole = pdf.Dictionary(
        Type=pdf.Name.Font, Subtype=pdf.Name.Type0, BaseFont=pdf.Name.GlyphLessFont,
        Encoding=pdf.Name("/Identity-H"), DescendantFonts=[made.make_indirect(letters)],
        ToUnicode=made.make_stream(glyphless.meanings(beyond)),
    )  # fmt: skip
    indirect: pikepdf.Object = made.make_indirect(whole)
    return indirect


def _image(made: pikepdf.Pdf, picture: PageImage) -> tuple[pikepdf.Object, tuple[int, ...]]:
    """The image as an object of the PDF, and how it is to be turned."""
    from PIL import Image  # noqa: PLC0415 (only who makes PDFs needs it)

    pdf = _pikepdf()
    if picture.jpeg:
        with Image.open(io.BytesIO(picture.jpeg)) as file:
            bands, size = len(file.getbands()), file.size
            turn = _TURNS.get(file.getexif().get(_ORIENTATION, 1), _TURNS[1])
            inverted = bands == 4 and "adobe" in file.info
        stream = made.make_stream(picture.jpeg)
        stream.Filter = pdf.Name.DCTDecode
        _describe(stream, size, bands=bands, bits=8)
        if inverted:
            stream.Decode = [1, 0] * bands
        return stream, turn
    image = picture.image
    if image.mode == "L" and not any(image.histogram()[1:-1]):
        image = image.convert("1")  # a fax, which would take eight times the room
    held = io.BytesIO()
    # Harder compression saves a twelfth of the room and takes twice the time.
    image.save(held, "PNG", compress_level=1)
    bands, bits = len(image.getbands()), 1 if image.mode == "1" else 8
    stream = made.make_stream(_compressed(held.getvalue()))
    stream.Filter = pdf.Name.FlateDecode
    stream.DecodeParms = pdf.Dictionary(Predictor=15, Colors=bands, BitsPerComponent=bits, Columns=image.width)
    _describe(stream, image.size, bands=bands, bits=bits)
    return stream, _TURNS[1]


def _describe(stream: pikepdf.Object, size: tuple[int, int], *, bands: int, bits: int) -> None:
    pdf = _pikepdf()
    stream.Type, stream.Subtype = pdf.Name.XObject, pdf.Name.Image
    stream.Width, stream.Height = size
    names = {1: pdf.Name.DeviceGray, 3: pdf.Name.DeviceRGB, 4: pdf.Name.DeviceCMYK}
    stream.ColorSpace, stream.BitsPerComponent = names[bands], bits


def _compressed(png: bytes) -> bytes:
    """The pixels of a PNG, compressed as they are: PDF has the same filters."""
    found, at = b"", 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            found += png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _upright(page: pikepdf.Page) -> tuple[str, float]:
    """The matrix from the page as one sees it, in points from its lower left corner, to its own; and its height."""
    left, low, right, high = (float(side) for side in page.cropbox)
    wide, tall = right - left, high - low
    turned = int(page.get("/Rotate", 0)) % 360
    matrices = {
        90: f"0 1 -1 0 {left + wide:.4f} {low:.4f}",
        180: f"-1 0 0 -1 {right:.4f} {high:.4f}",
        270: f"0 -1 1 0 {left:.4f} {high:.4f}",
    }
    return matrices.get(turned, f"1 0 0 1 {left:.4f} {low:.4f}"), wide if turned in (90, 270) else tall


def _hidden_text_out(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take out the text of a page that is not drawn, also in its forms, where some programs put it."""
    page.obj.Contents = made.make_stream(_without_hidden_text(page))
    none = _pikepdf().Dictionary()
    for named in page.obj.get("/Resources", none).get("/XObject", none).values():
        if named.get("/Subtype") == "/Form":
            named.write(_without_hidden_text(named))


def _without_hidden_text(content: pikepdf.Page | pikepdf.Object) -> bytes:
    """The instructions of a page or form but for those that set text in mode 3."""
    pdf = _pikepdf()
    kept = []
    mode, outer = 0, [0]
    for operands, operator in pdf.parse_content_stream(content):
        name = str(operator)
        if name == "Tr":
            mode = int(operands[0])
        elif name == "q":
            outer.append(mode)
        elif name == "Q":
            mode = outer.pop() if len(outer) > 1 else 0
        if not (mode == 3 and name in ("Tj", "TJ", "'", '"')):
            kept.append((operands, operator))
    instructions: bytes = pdf.unparse_content_stream(kept)
    return instructions
