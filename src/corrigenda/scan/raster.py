"""PNG, JPEG, JPEG 2000 and TIFF as pages, decoded one at a time (Pillow)."""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from corrigenda.errors import BadInputError
from corrigenda.scan.pixels import plain
from corrigenda.scan.values import PageFailure, PageImage, check_size, credible_dpi

__all__ = ["open_raster"]

# Pillow's notes on odd files would reach standard error where nobody has set up logging.
logging.getLogger("PIL").addHandler(logging.NullHandler())

_SUBFILE, _PHOTOMETRIC, _ORIENTATION = 254, 262, 274
_NO_PAGE = 0b101  # a thumbnail of another page, or the mask of one
_WHITE_IS_ZERO = 0
# A fax of coarse resolution has 204 x 98 dots an inch; less than the first is the rounding of a scanner, more than the
# second a slip of the pen.
_SQUARE, _MOST_OBLONG = 1.1, 4.0


def open_raster(data: bytes, kind: str, *, path: str) -> Iterator[PageImage | PageFailure]:
    """The pages of an image file of Pillow's format `kind`, each decoded when it is asked for.

    A page that is too large or damaged is a PageFailure. Raises BadInputError where not even the header can be read.
    """
    with _told(path, "its header is damaged"), _sizes_judged_here():
        image = Image.open(io.BytesIO(data), formats=[kind])
        # Some cameras put a second picture behind the first.
        jpeg = data if kind == "JPEG" and getattr(image, "n_frames", 1) == 1 else None
    return _pages(image, path, jpeg)


def _pages(image: Image.Image, path: str, jpeg: bytes | None) -> Iterator[PageImage | PageFailure]:
    """Every page by the chain of frames, which need not be counted first."""
    number, frame = 1, 0
    with image:
        while True:
            where = f"{path}, page {number}"
            try:
                if not _stands_at(image, frame, where):
                    return
            except BadInputError as error:
                # The way to the next frame leads through this one.
                yield PageFailure(number=number, error=error)
                return
            frame += 1
            if frame > 1 and _is_no_page(image):
                continue
            try:
                page = _page(image, number, where, jpeg)
            except BadInputError as error:
                yield PageFailure(number=number, error=error)
            else:
                yield page
            number += 1


def _stands_at(image: Image.Image, frame: int, where: str) -> bool:
    """Move on to a frame; False where there is none of that number."""
    with _told(where, "the file breaks off here, and what follows cannot be found"), _sizes_judged_here():
        try:
            image.seek(frame)
        except EOFError:
            return False
    return True


def _is_no_page(image: Image.Image) -> bool:
    return bool(int(getattr(image, "tag_v2", {}).get(_SUBFILE, 0)) & _NO_PAGE)


def _page(image: Image.Image, number: int, where: str, jpeg: bytes | None) -> PageImage:
    with _told(where, "the image is damaged or cut off"):
        check_size(image.size, where)
        inverted = getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO
        across, down = _stated(image)
        with _libtiff_silent(image):
            image.load()
        # This makes a copy in any case, so that the next frame does not take the place of this page.
        upright = plain(ImageOps.exif_transpose(image), inverted=inverted)
        square = _with_square_pixels(upright, across, down, where)
    dpi = credible_dpi(max(across, down), square.size)
    return PageImage(number=number, image=square, dpi=dpi, text=None, jpeg=jpeg)


def _stated(image: Image.Image) -> tuple[float, float]:
    """The resolutions across and down the upright page, as the file states them; 0 where it does not."""
    stated = image.info.get("dpi")
    if not (isinstance(stated, tuple) and len(stated) == 2 and all(float(s) > 0 for s in stated)):
        return 0, 0
    across, down = (float(s) for s in stated)
    # The last four of the eight orientations of EXIF lie on their side.
    return (down, across) if image.getexif().get(_ORIENTATION, 1) > 4 else (across, down)


def _with_square_pixels(image: Image.Image, across: float, down: float, where: str) -> Image.Image:
    """The image with as many pixels an inch down as across."""
    most, least = max(across, down), min(across, down)
    if not (least and _SQUARE <= most / least <= _MOST_OBLONG):
        return image
    size = (round(image.width * most / across), round(image.height * most / down))
    check_size(size, where)
    return image.resize(size, Image.Resampling.BICUBIC)


@contextmanager
def _told(where: str, what: str) -> Iterator[None]:
    """Whatever a decoder makes of damaged data becomes an error that says so, and its warnings are not shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BadInputError:
        raise
    except Exception as error:
        # Decoders raise what they like at damaged data, and no list of it is to be had.
        raise BadInputError(where=where, what=what, remedy="Scan or export it anew, or get the file again") from error


@contextmanager
def _libtiff_silent(image: Image.Image) -> Iterator[None]:
    """While a TIFF is decoded, standard error is closed to the whole process: libtiff writes there past Python.

    What it writes is without the name of the file; the error that Pillow raises afterwards becomes ours.
    """
    if image.format != "TIFF":
        yield
        return
    try:
        kept = os.dup(2)
    except OSError:
        # A process without standard error has nothing to be kept clean.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _sizes_judged_here() -> Iterator[None]:
    """While headers are read, Pillow does not refuse large images, so that one in a file is told by its size."""
    usual = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = usual
