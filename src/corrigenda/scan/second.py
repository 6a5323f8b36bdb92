"""RapidOCR, which reads a page a second time; the one place that knows it.

Its networks are in its wheel, so that nothing is fetched when it runs. It finds lines and reads each as a whole: a line
has a place and a confidence, a word has none of its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from importlib.util import find_spec
from math import dist
from typing import TYPE_CHECKING, Protocol

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.ingest.compose import Page, Read, box
from corrigenda.scan.background import Grey
from corrigenda.scan.zones import zoned
from corrigenda.values import Box

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["SIGLUM", "Row", "check", "name", "page_of", "read", "rows_of"]

SIGLUM = "rapidocr"
"""What stands for its reading in ledgers, and in the names of files."""
_PACKAGES = ("rapidocr", "onnxruntime")
# It knows Chinese as well, and takes marks and rings for those of that script now and then.
_LATIN = str.maketrans({"。": ".", "、": ",", "〇": "0", **{chr(0xFEE0 + i): chr(i) for i in range(0x21, 0x7F)}})
# Old typewriters have no key for 1, so that a small L among figures is one; and it reads noughts as an O (1,00o).
_FIGURE = re.compile(r"(?<!\w)(?=[loO,]*\d)[\dloO]+(?:,[\dloO]{3})*(?=(?:st|nd|rd|th)?(?![^\W_]|['’]\w))")
_AS_FIGURES = str.maketrans("loO", "100")

_ADDED, _MOST_TRIMMED = 0.25, 0.2

Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line as RapidOCR has it: text, confidence from 0 to 1, and its corners in pixels.

    The corners are upper left, upper right, lower right and lower left, as the line reads.
    """

    text: str
    confidence: float
    corners: Corners


def check() -> None:
    """Raise MissingToolError where the extra `witness` is not installed."""
    if missing := [package for package in _PACKAGES if not find_spec(package)]:
        raise MissingToolError(
            where="a second reading",
            what=f"not installed: {', '.join(missing)}",
            remedy='Run pip install "corrigenda[scan,witness]"',
        )


def name() -> str:
    """RapidOCR and what runs its networks, with their versions. Raises MissingToolError without them."""
    check()
    return ", ".join(f"{package} {metadata.version(package)}" for package in _PACKAGES)


def read(image: Grey, *, where: str) -> Page:
    """What RapidOCR reads on `image` (H, W), in reading order, with words that share out their line's place.

    `where` names the page in errors. Raises BadInputError where RapidOCR fails on it, MissingToolError without it.
    """
    return page_of(rows_of(image, where=where))


def rows_of(image: Grey, *, where: str) -> tuple[Row, ...]:
    """The lines on `image` (H, W) in the order in which RapidOCR finds them; errors are those of `read`."""
    engine = _engine()
    try:
        found = engine(image)
    # Its own errors have no common base, and those of OpenCV and onnxruntime come through it.
    except Exception as error:
        raise BadInputError(
            where=where, what=f"RapidOCR fails on it: {error}", remedy="Read it without --second-reading"
        ) from error
    if not found.txts:
        return ()
    return tuple(
        Row(text=text, confidence=float(score), corners=_corners(quad))
        for quad, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
    )


def page_of(rows: Sequence[Row]) -> Page:
    """`rows` as a page, in reading order; what is no text of it stands behind as zones."""
    # Each is a block, since RapidOCR tells no paragraphs and no order.
    lines = ((tuple(_words(row)),) for row in rows)
    return zoned(tuple(block for block in lines if block[0]))


def _words(row: Row) -> Iterator[Read]:
    """The words of a line. Typewriters give each letter the same room, so that letters tell where a word stands."""
    text = _FIGURE.sub(lambda found: found[0].translate(_AS_FIGURES), row.text.translate(_LATIN))
    corners = _trimmed(row.corners)
    for found in re.finditer(r"\S+", text):
        across = found.start() / len(text), found.end() / len(text)
        yield Read(text=found.group(), box=_part(corners, *across), confidence=row.confidence)


def _trimmed(corners: Corners) -> Corners:
    """A line without what its detection adds at both ends, a quarter of its height, by which neighbours overlap."""
    upper_left, upper_right, lower_right, lower_left = corners
    width, height = dist(upper_left, upper_right), dist(upper_left, lower_left)
    share = min(_ADDED * height / width, _MOST_TRIMMED) if width else 0.0
    return (
        _between(upper_left, upper_right, share),
        _between(upper_left, upper_right, 1 - share),
        _between(lower_left, lower_right, 1 - share),
        _between(lower_left, lower_right, share),
    )


def _between(a: Corner, b: Corner, share: float) -> Corner:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _part(corners: Corners, start: float, end: float) -> Box | None:
    """The box around that part of a line which lies between two shares of its length."""
    upper_left, upper_right, lower_right, lower_left = corners
    points = [
        _between(a, b, share)
        for a, b in ((upper_left, upper_right), (lower_left, lower_right))
        for share in (start, end)
    ]
    across, down = zip(*points, strict=True)
    return box(max(0.0, min(across)), max(0.0, min(down)), max(0.0, *across), max(0.0, *down))


def _corners(quad: Sequence[Sequence[float]]) -> Corners:
    one, two, three, four = ((float(x), float(y)) for x, y in quad)
    return one, two, three, four


class _Found(Protocol):
    """What RapidOCR hands back; all is None where it found no line."""

    boxes: npt.NDArray[np.float32]
    txts: tuple[str, ...] | None
    scores: tuple[float, ...]


@functools.cache
def _engine() -> Callable[[Grey], _Found]:
    """RapidOCR on one core, as all that reads pages, which are many."""
    check()
    import_module("cv2").setNumThreads(1)
    threads = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
    engine: Callable[[Grey], _Found] = import_module("rapidocr").RapidOCR(
        # Whether a line is on its head is told for the page as a whole, before (`steps.orientation`).
        params={"Global.log_level": "critical", "Global.use_cls": False, **threads}
    )
    return engine
