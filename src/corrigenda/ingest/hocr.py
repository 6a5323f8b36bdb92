"""hOCR, the HTML that Tesseract and others write: https://kba.github.io/hocr-spec/1.2/."""

from __future__ import annotations

import functools
import re
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from corrigenda.errors import BadInputError
from corrigenda.ingest.compose import Block, Line, Page, Read, Zone, box, compose, fraction, tidy
from corrigenda.ingest.decode import decode
from corrigenda.ingest.xml import words_of
from corrigenda.values import SegmentKind

if TYPE_CHECKING:
    from corrigenda.values import Box, Document

__all__ = ["PAGE", "WORD", "classes_of", "document_of", "pages_of", "parse", "read"]

PAGE = "ocr_page"
WORD = "ocrx_word"
_BLOCKS = frozenset({"ocr_carea", "ocr_par", "ocrx_block"})
# Tesseract writes the last four for lines of a kind; elsewhere they are blocks with lines inside.
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"})
_HOLDERS = _BLOCKS | _LINES | {PAGE}

_NUMBER = r"\s+(-?\d+(?:\.\d+)?)"
_BBOX = re.compile(rf"(?:\A|;)\s*bbox{_NUMBER * 4}")
_CONFIDENCE = re.compile(rf"(?:\A|;)\s*x_wconf{_NUMBER}")
# What corrigenda itself says of a block that is no text of its page.
_ZONE = re.compile(rf'(?:\A|;)\s*x_zone\s+({"|".join(SegmentKind)})\s+"([^"]*)"')
_SURENESS = re.compile(rf"(?:\A|;)\s*x_confs{_NUMBER}")

# Tesseract with lstm_choice_mode=2 lists behind a word's text, for each of its letters, what else that may be. A letter
# that it took for less than a fifth as sure as can be is hardly ever the right one; no word needs more than a few.
_CHOICES = "lstm_choices"
_LEAST_SURE, _MOST = 20.0, 4


def read(data: bytes, *, path: str, document_id: str, whole: bool = False) -> Document:
    """The document in an hOCR file, which need not be well-formed.

    Raises BadInputError where it is cut off, or has no element of class `ocr_page`.
    """
    return document_of(parse(data, path=path), data=data, path=path, document_id=document_id, whole=whole)


def document_of(root: etree._Element, *, data: bytes, path: str, document_id: str, whole: bool) -> Document:
    """The document below the element `root`, which was parsed from `data`."""
    return compose(pages_of(root), data=data, path=path, document_id=document_id, engine=_engine(root), whole=whole)


def pages_of(root: etree._Element) -> tuple[Page, ...]:
    """What was read on each page below the element `root`."""
    return tuple(_page(element) for element in root.iter() if PAGE in classes_of(element))


def parse(data: bytes, *, path: str) -> etree._Element:
    """The root element of the hOCR in `data`, with a page below it. Raises BadInputError as `read` does."""
    text = decode(data, path=path).text
    if "<html" in text.lower() and "</html" not in text.lower():
        # A parser of HTML closes what is open and says nothing, and half a page would be scored as the whole.
        last = text.count("\n") + 1
        raise BadInputError(
            where=f"{path}, line {last}",
            what="the hOCR is cut off: it ends without </html>",
            remedy="Get the file again, or run OCR anew",
        )
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode(), parser)
    if root is None or not any(PAGE in classes_of(element) for element in root.iter()):
        raise BadInputError(
            where=path,
            what=f"HTML without hOCR: no element has the class {PAGE}",
            remedy="Give the hOCR of the OCR program (tesseract IMAGE OUT hocr), or plain text",
        )
    return root


def _engine(root: etree._Element) -> str | None:
    """What the head of the file names as its `ocr-system`."""
    named = (str(meta.get("content") or "") for meta in root.iter("meta") if meta.get("name") == "ocr-system")
    return next(filter(None, map(tidy, named)), None)


def classes_of(element: etree._Element) -> frozenset[str]:
    """The classes of an element of HTML."""
    return _parted(element.get("class") or "")


@functools.lru_cache(maxsize=256)
def _parted(names: str) -> frozenset[str]:
    """Names parted by blanks. Of the thousands of elements that a page has with alternatives, most have the same."""
    return frozenset(names.split())


def _page(page: etree._Element) -> Page:
    """The lines of `page`, gathered by the paragraph or area that they stand in."""
    parts = [element for element in page.iter() if not _HOLDERS.isdisjoint(classes_of(element))]
    # A part of the layout that has other parts inside is no line.
    outer = {around for part in parts for around in part.iterancestors()}
    lines = [part for part in parts if part not in outer]
    return tuple(_zone(block, tuple(map(_line, group))) for block, group in groupby(lines, key=_block))


def _zone(element: etree._Element, block: Block) -> Block | Zone:
    """The lines of a paragraph or area, with what it, or the area around it, is said to be."""
    titles = (around.get("title") or "" for around in (element, *element.iterancestors()))
    said = next(filter(None, map(_ZONE.search, titles)), None)
    return Zone(kind=SegmentKind(said[1]), why=said[2], block=block) if said else block


def _block(line: etree._Element) -> etree._Element:
    """The innermost paragraph or area around `line`, which may be one itself."""
    around = (element for element in (line, *line.iterancestors()) if (_BLOCKS | {PAGE}) & classes_of(element))
    return next(around)


def _line(line: etree._Element) -> Line:
    words = [element for element in line.iterdescendants() if WORD in classes_of(element)]
    return tuple(map(_read, words)) or (_read(line, is_line=True),)


def _read(element: etree._Element, *, is_line: bool = False) -> Read:
    title = element.get("title") or ""
    confidence = _CONFIDENCE.search(title)
    others = (inner for inner in element.iterdescendants("del") if "alt" in classes_of(inner))
    text = tidy(_chosen(element))
    return Read(
        text=text,
        box=_box(title),
        confidence=fraction(confidence[1], of=100) if confidence else None,
        alternatives=tuple(filter(None, (tidy(words_of(other)) for other in others))) or _by_letter(element, text),
        elements=(element,),
        is_line=is_line,
    )


def _chosen(element: etree._Element) -> str:
    """The text in `element` without the readings that were rejected, which stand in it as deleted."""
    text = element.text or ""
    for inner in element:
        text += ("" if inner.tag == "del" or _is_choices(inner) else _chosen(inner)) + (inner.tail or "")
    return text


def _is_choices(element: etree._Element) -> bool:
    return (element.get("id") or "").startswith(_CHOICES)


def _by_letter(element: etree._Element, text: str) -> tuple[str, ...]:
    """The words that differ from `text` in one letter which may be another, the likeliest first."""
    letters = [_choices(inner) for inner in element.iterdescendants() if _is_choices(inner)]
    if letters and letters[0] and not letters[0][0][0].strip():
        del letters[0]  # the blank before the word
    if [choices[0][0] for choices in letters if choices] != list(text):
        return ()  # a letter that the engine joined of two, or dropped: no choice has a certain place
    others = sorted((-sure, at, other) for at, choices in enumerate(letters) for other, sure in choices[1:])
    words = (text[:at] + other + text[at + 1 :] for sure, at, other in others if -sure >= _LEAST_SURE)
    return tuple(dict.fromkeys(tidy(word) for word in words if tidy(word)))[:_MOST]


def _choices(group: etree._Element) -> list[tuple[str, float]]:
    """What one letter may be, the engine's own choice first, with how sure it is out of a hundred."""
    found = ((choice.text or "", _SURENESS.search(choice.get("title") or "")) for choice in group)
    return [(letter, float(sure[1])) for letter, sure in found if sure]


def _box(title: str) -> Box | None:
    found = _BBOX.search(title)
    return box(*map(float, found.groups())) if found else None
