"""PAGE corrected in place: what stood there goes into the `custom` attribute, and is a second reading of the word.

PAGE of 2013 allows one reading; there the attribute alone has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from corrigenda.ingest.page_xml import readings_of
from corrigenda.ingest.xml import local_name, words_of
from corrigenda.report.layout.changes import CONTINUED, Change, Corners, room, share
from corrigenda.report.layout.markup import Edit, Markup, escaped, new_id, with_attributes
from corrigenda.values import Box

if TYPE_CHECKING:
    from lxml import etree

    from corrigenda.ingest.compose import Read

__all__ = ["edits", "flagging", "restoring"]

_COMMENT = "original"
_OURS = re.compile(r"\s*\bcorrigenda \{([^{}]*)\}")
_PREFIX = re.compile(r"<([^\s:<>/]+:)?")
_DATED = re.compile(r"/(\d{4})-\d\d-\d\d$")
_SAFE = "".join(chr(code) for code in range(32, 127) if chr(code) not in "%;:{}")


def edits(markup: Markup, reads: Sequence[Read], changes: Iterable[Change]) -> Iterator[Edit]:
    """The edits that make `changes` of the words `reads`.

    A word that is split, merged or put in gets a rectangle of its own. The text of a line or region that repeats that
    of its words follows them.
    """
    texts: dict[etree._Element, str] = {}
    rows: dict[etree._Element, dict[int, str]] = {}
    for change in changes:
        here = reads[change.first : change.stop]
        if not here:
            yield _put_in(markup, reads, change, texts)
        elif _is_region(here[0].elements[0]):
            region = here[0].elements[0]
            first = next(number for number, read in enumerate(reads) if region in read.elements)
            rows.setdefault(region, {})[change.first - first] = change.texts[0]
        else:
            yield from _changed(markup, here, change, texts)
    for region, changed in rows.items():
        yield from _rows(markup, region, changed)
    yield from _echoes(markup, texts)


def flagging(markup: Markup, reads: Sequence[Read], flags: dict[int, str]) -> Iterator[Edit]:
    """The edits that say at the words of these numbers why they are doubtful; a region has no room for its lines'."""
    for number, why in flags.items():
        element = reads[number].elements[0]
        if not _is_region(element):
            yield _retagged(markup, element, {"custom": _custom(element, {"flag": why})})


def _is_region(element: etree._Element) -> bool:
    return local_name(element).endswith("Region")


def _changed(markup: Markup, here: Sequence[Read], change: Change, texts: dict[etree._Element, str]) -> Iterator[Edit]:
    words = [read.elements[0] for read in here]
    boxes = _shared(_around(here), change.texts) if change.divide else [None] * len(change.texts)
    both = min(len(words), len(change.texts))
    end = markup.places[words[-1]].end
    for i, (text, original, box) in enumerate(zip(change.texts, change.originals, boxes, strict=True)):
        like = words[min(i, len(words) - 1)]
        told = _told(original, change)
        if i < both:
            yield from _rewritten(markup, like, text, told, box)
            texts[like] = text
        else:
            yield Edit(start=end, end=end, text=_new(markup, like, text, told, box))
            texts[like] += f" {text}"
    if len(words) > both:
        yield Edit(start=markup.places[words[both - 1]].end, end=end, text="")
        texts |= dict.fromkeys(words[both:], "")


def _told(original: str | None, change: Change) -> dict[str, str]:
    told = {"continued": "true"} if original is CONTINUED else {"original": original}
    return told | ({"word": change.half.whole} if change.half else {})


def _put_in(markup: Markup, reads: Sequence[Read], change: Change, texts: dict[etree._Element, str]) -> Edit:
    """Words that were not read, in the gap beside their neighbour."""
    at = change.first if change.before else change.first - 1
    word = reads[at].elements[0]
    other = at - 1 if change.before else at + 1
    beside = reads[other] if 0 <= other < len(reads) else None
    same_line = beside is not None and beside.elements[0].getparent() is word.getparent()
    boxes = _shared(_gap(reads[at].box, beside.box if beside and same_line else None, change), change.texts)
    made = [_new(markup, word, text, {"original": ""}, box) for text, box in zip(change.texts, boxes, strict=True)]
    own, put = texts.get(word, _text(word)), " ".join(change.texts)
    texts[word] = f"{put} {own}" if change.before else f"{own} {put}"
    place = markup.places[word]
    where = place.start if change.before else place.end
    return Edit(start=where, end=where, text="".join(made))


def _gap(box: Box | None, far: Box | None, change: Change) -> Box | None:
    """The room between a word and the next one on its line, which has no width where there is none."""
    if box is None:
        return None
    left, top, right, bottom = map(round, room(_corners(box), _corners(far) if far else None, before=change.before))
    return Box(left=left, top=top, right=right, bottom=bottom)


def _corners(box: Box) -> Corners:
    return box.left, box.top, box.right, box.bottom


def _rewritten(
    markup: Markup, element: etree._Element, text: str, told: dict[str, str], box: Box | None
) -> Iterator[Edit]:
    """The element with another text, its old one told of in `custom` and, from 2016 on, kept as a second reading."""
    yield _retagged(markup, element, {"custom": _custom(element, told)})
    coords = element.find("{*}Coords")
    if box is not None and coords is not None:
        yield _retagged(markup, coords, {"points": _points(box)})
    readings = readings_of(element)
    yield from _with_text(markup, readings[0], text)
    if _year(element) < 2016 or told.get("original", text) == text:
        return
    ranks = [int(rank) for reading in readings if (rank := reading.get("index") or "").isdigit()]
    if readings[0].get("index") is None:
        yield _retagged(markup, readings[0], {"index": "0"})
    prefix = _prefix(markup, element)
    sure = f' conf="{sure}"' if (sure := readings[0].get("conf")) else ""
    at = markup.places[max(readings, key=lambda r: markup.places[r].start)].end
    yield Edit(
        start=at,
        end=at,
        text=f'<{prefix}TextEquiv index="{max([0, *ranks]) + 1}"{sure} comments="{_COMMENT}">'
        f"<{prefix}Unicode>{escaped(told['original'])}</{prefix}Unicode></{prefix}TextEquiv>",
    )


def _with_text(markup: Markup, reading: etree._Element, text: str) -> Iterator[Edit]:
    for name in ("PlainText", "Unicode"):
        for element in reading.iterchildren(f"{{*}}{name}"):
            place, prefix = markup.places[element], _prefix(markup, element)
            if place.inner == place.end:
                whole = f"<{prefix}{name}>{escaped(text)}</{prefix}{name}>"
                yield Edit(start=place.start, end=place.end, text=whole)
            else:
                yield Edit(start=place.inner, end=place.close, text=escaped(text))


def _rows(markup: Markup, region: etree._Element, changed: dict[int, str]) -> Iterator[Edit]:
    """A region of which only the text as a whole is told, with other lines in the places of some."""
    before = _text(region)
    made: list[str] = []
    number = 0
    for row in before.splitlines():
        made.append(changed.get(number, row) if row.strip() else row)
        number += bool(row.strip())
    yield from _rewritten(markup, region, "\n".join(made), {"original": before}, None)


def _echoes(markup: Markup, texts: dict[etree._Element, str]) -> Iterator[Edit]:
    """The texts of lines and regions that repeat those of their words or lines, after these became `texts`."""
    level = texts
    for name in ("Word", "TextLine"):
        above: dict[etree._Element, str] = {}
        holders = dict.fromkeys(p for e in level if local_name(e) == name and (p := e.getparent()) is not None)
        for holder in holders:
            parts = list(holder.iterchildren(f"{{*}}{name}"))
            old = _text(holder)
            above[holder] = (" " if name == "Word" else "\n").join(
                filter(None, (level.get(p, _text(p)) for p in parts))
            )
            if old and old.split() == " ".join(map(_text, parts)).split():
                yield from _with_text(markup, readings_of(holder)[0], above[holder])
        level = {e: text for e, text in texts.items() if local_name(e) == "TextLine"} | above


def _text(element: etree._Element) -> str:
    readings = readings_of(element)
    if not readings:
        return ""
    return words_of(readings[0].find("{*}Unicode")) or words_of(readings[0].find("{*}PlainText"))


def _new(markup: Markup, like: etree._Element, text: str, told: dict[str, str], box: Box | None) -> str:
    """A word like another, with an id of its own."""
    prefix = _prefix(markup, like)
    tag = with_attributes(
        markup.tag(like), {"id": new_id(markup, like.get("id") or "word"), "custom": _custom(None, told)}
    )
    coords = like.find("{*}Coords")
    shape = ""
    if coords is not None:
        place = markup.places[coords]
        shape = markup.text[place.start : place.end]
        if box is not None:
            shape = f'<{prefix}Coords points="{_points(box)}"/>'
    reading = f"<{prefix}TextEquiv><{prefix}Unicode>{escaped(text)}</{prefix}Unicode></{prefix}TextEquiv>"
    return f"{tag}{shape}{reading}</{prefix}Word>"


def _retagged(markup: Markup, element: etree._Element, values: dict[str, str | None]) -> Edit:
    place = markup.places[element]
    return Edit(start=place.start, end=place.inner, text=with_attributes(markup.tag(element), values))


def _custom(element: etree._Element | None, told: dict[str, str]) -> str:
    """The custom attribute of `element` with what is `told`, in the form that others write theirs in."""
    theirs = _OURS.sub("", (element.get("custom") or "") if element is not None else "")
    ours = "".join(f"{name}:{_quoted(value)};" for name, value in told.items())
    return f"{theirs} corrigenda {{{ours}}}".strip()


def _quoted(text: str) -> str:
    return "".join(quote(letter) if ord(letter) < 127 and letter not in _SAFE else letter for letter in text)


def _prefix(markup: Markup, element: etree._Element) -> str:
    found = _PREFIX.match(markup.tag(element))
    return (found[1] or "") if found else ""


def _year(element: etree._Element) -> int:
    """The year of the schema, by the namespace; 0 where there is none."""
    namespace = (str(element.tag).partition("}")[0]).removeprefix("{")
    dated = _DATED.search(namespace)
    return int(dated[1]) if dated else 0


def _around(reads: Iterable[Read]) -> Box | None:
    """The box around all that have one."""
    boxes = [read.box for read in reads if read.box]
    if not boxes:
        return None
    return Box(
        left=min(b.left for b in boxes),
        top=min(b.top for b in boxes),
        right=max(b.right for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )


def _shared(box: Box | None, texts: Sequence[str]) -> Sequence[Box | None]:
    if box is None:
        return [None] * len(texts)
    return [
        Box(left=round(a), top=box.top, right=round(b), bottom=box.bottom) for a, b in share(box.left, box.right, texts)
    ]


def _points(box: Box) -> str:
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"


def restoring(markup: Markup, root: etree._Element) -> Iterator[Edit]:
    """The edits that put the originals back which `edits` kept: words that were split are whole again."""
    marked = {e: told for e in root.iter() if (told := _told_of(e))}
    texts: dict[etree._Element, str] = {}
    for element, told in marked.items():
        place = markup.places[element]
        if "continued" in told or told.get("original") == "":
            yield Edit(start=place.start, end=place.end, text="")
            texts[element] = ""
            continue
        custom = _OURS.sub("", element.get("custom") or "").strip()
        yield _retagged(markup, element, {"custom": custom or None})
        if "original" in told:
            texts[element] = told["original"]
            yield from _put_back(markup, element, told["original"], marked)
    yield from _echoes(markup, texts)


def _told_of(element: etree._Element) -> dict[str, str]:
    found = _OURS.search(element.get("custom") or "")
    pairs = (one.partition(":") for one in found[1].split(";") if one) if found else ()
    return {name.strip(): unquote(value) for name, _, value in pairs}


def _put_back(
    markup: Markup, element: etree._Element, original: str, marked: dict[etree._Element, dict[str, str]]
) -> Iterator[Edit]:
    readings = readings_of(element)
    yield from _with_text(markup, readings[0], original)
    for reading in readings[1:]:
        if reading.get("comments") == _COMMENT:
            place = markup.places[reading]
            yield Edit(start=place.start, end=place.end, text="")
    parts = [element]
    for other in element.itersiblings():
        if "continued" not in marked.get(other, {}):
            break
        parts.append(other)
    coords = [c for part in parts if (c := part.find("{*}Coords")) is not None]
    if len(parts) > 1 and coords:
        yield _retagged(markup, coords[0], {"points": _points(_box_of(coords))})


def _box_of(coords: Sequence[etree._Element]) -> Box:
    """The box around rectangles that `edits` has drawn."""
    points = [[int(side) for side in point.split(",")] for c in coords for point in (c.get("points") or "").split()]
    across, down = zip(*points, strict=True)
    return Box(left=min(across), top=min(down), right=max(across), bottom=max(down))
