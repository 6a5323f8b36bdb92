"""What was read on scans as hOCR: every word with its box, its confidence and what else it may be.

A block that is no text of its page says what it is in the property `x_zone` of its title, and `ingest.hocr` reads that
back, so that the hOCR of a scan is the same document again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from corrigenda.ingest.compose import Line, Page, Read, Zone

__all__ = ["dump"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
 <head>
  <title>{title}</title>
  <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
  <meta name="ocr-system" content="{engine}"/>
  <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf"/>
 </head>
 <body>
"""
_FOOT = " </body>\n</html>\n"


def dump(pages: Iterable[tuple[Page, tuple[int, int]]], *, title: str, engine: str) -> str:
    """The hOCR of `pages`, each with its width and height in pixels; `title` is the scan, `engine` who read it."""
    made = [_HEAD.format(title=escape(title), engine=escape(engine))]
    for number, (page, size) in enumerate(pages, start=1):
        made += _page(page, number, size)
    return "".join((*made, _FOOT))


def _page(page: Page, number: int, size: tuple[int, int]) -> Iterator[str]:
    yield f'  <div class="ocr_page" id="page_{number}" title="bbox 0 0 {size[0]} {size[1]}; ppageno {number - 1}">\n'
    for at, part in enumerate(page, start=1):
        zone = part if isinstance(part, Zone) else None
        block = part.block if isinstance(part, Zone) else part
        told = f"; x_zone {zone.kind.value} {_quoted(zone.why)}" if zone else ""
        place = _bbox(read for line in block for read in line)
        name = f"{number}_{at}"
        yield f'   <div class="ocr_carea" id="block_{name}" title="{place}{told}">\n'
        yield f'    <p class="ocr_par" id="par_{name}" title="{place}">\n'
        yield from (_line(line, f"{name}_{n}") for n, line in enumerate(block, start=1))
        yield "    </p>\n   </div>\n"
    yield "  </div>\n"


def _line(line: Line, name: str) -> str:
    words = "\n".join(_word(read, f"{name}_{n}") for n, read in enumerate(line, start=1))
    return f'     <span class="ocr_line" id="line_{name}" title="{_bbox(line)}">\n{words}\n     </span>\n'


def _word(read: Read, name: str) -> str:
    sure = "" if read.confidence is None else f"; x_wconf {round(100 * read.confidence)}"
    text = escape(read.text)
    if read.alternatives:
        others = "".join(f'<del class="alt">{escape(other)}</del>' for other in read.alternatives)
        text = f'<span class="alternatives"><ins class="alt">{text}</ins>{others}</span>'
    return f'      <span class="ocrx_word" id="word_{name}" title="{_bbox([read])}{sure}">{text}</span>'


def _bbox(reads: Iterable[Read]) -> str:
    """The box around the words that have one."""
    edges = [(box.left, box.top, box.right, box.bottom) for read in reads if (box := read.box)]
    left, top, right, bottom = zip(*edges, strict=True) if edges else ((0,),) * 4
    return f"bbox {min(left)} {min(top)} {max(right)} {max(bottom)}"


def _quoted(why: str) -> str:
    """A reason as a title may hold it: in quotes, which themselves stand in an attribute."""
    return escape('"' + why.replace('"', "'") + '"')
