"""ALTO corrected in place: what stood there becomes an `ALTERNATIVE` of the word, with a purpose that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from corrigenda.ingest.alto import HYPHENS
from corrigenda.ingest.xml import local_name, words_of
from corrigenda.report.layout.changes import CONTINUED, Change, Corners, room, share
from corrigenda.report.layout.markup import Edit, Markup, attribute, escaped, new_id, with_attributes

if TYPE_CHECKING:
    from lxml import etree

    from corrigenda.ingest.compose import Read

__all__ = ["edits", "restoring"]

_ORIGINAL = "original"
_CONTINUED = "original with the word before"
_PREFIX = re.compile(r"<([^\s:<>/]+:)?")
_SIDES = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
_BROKEN = {"SUBS_TYPE": None, "SUBS_CONTENT": None}


def edits(markup: Markup, reads: Sequence[Read], changes: Iterable[Change]) -> Iterator[Edit]:
    """The edits that make `changes` of the words `reads`.

    A word that is split, merged or put in gets boxes and blanks (SP) of its own, and its style is that of the word
    beside it. The list of character confidences (CC) goes where it no longer has a figure for each character.
    """
    for change in changes:
        if change.first == change.stop:
            yield _put_in(markup, reads, change)
        else:
            yield from _changed(markup, reads[change.first : change.stop], change)


def _changed(markup: Markup, reads: Sequence[Read], change: Change) -> Iterator[Edit]:
    strings = [read.elements[0] for read in reads]
    texts = list(change.texts)
    hyphen = _hyphen_behind(strings[-1])
    if hyphen is not None and not texts[-1].endswith(HYPHENS):
        yield _without(markup, strings[-1], hyphen)
    elif len(reads[-1].elements) > 1:
        texts[-1] = _without_hyphen(texts[-1])
    boxes = _divided(strings, texts) if change.divide else [None] * len(texts)
    made = [
        _string(markup, strings[min(i, len(strings) - 1)], text, original, box=box, more=_halved(change))
        for i, (text, original, box) in enumerate(zip(texts, change.originals, boxes, strict=True))
    ]
    both = min(len(made), len(strings))
    for string, (tag, child) in zip(strings[:both], made, strict=False):
        yield from _rewritten(markup, string, tag, child)
    end = markup.places[strings[-1]].end
    if len(strings) > both:
        yield _without(markup, strings[both - 1], strings[-1])
    for i in range(both, len(made)):
        gap = _gap(markup, strings[-1], boxes[i - 1], boxes[i])
        yield Edit(start=end, end=end, text=gap + _whole(markup, strings[-1], *made[i]))


def _hyphen_behind(string: etree._Element) -> etree._Element | None:
    """The element for the hyphen at the end of the line, where it belongs to this word."""
    following = next(string.itersiblings(), None)
    return following if following is not None and local_name(following) == "HYP" else None


def _without_hyphen(text: str) -> str:
    """`text` without the hyphen that an element of its own has; of two the reader would miss one."""
    return text[:-1] if text.endswith(HYPHENS) and not text[:-1].endswith(HYPHENS) else text


def _put_in(markup: Markup, reads: Sequence[Read], change: Change) -> Edit:
    """Strings for words that were not read, in the gap beside their neighbour."""
    at = change.first if change.before else change.first - 1
    neighbour = reads[at].elements[0]
    box = _gap_beside(neighbour, reads, at, before=change.before)
    boxes = _divided_box(box, change.texts)
    text = ""
    for one, place in zip(change.texts, boxes, strict=True):
        made = _whole(markup, neighbour, *_string(markup, neighbour, one, "", box=place, more={"WC": None, **_BROKEN}))
        gap = _gap(markup, neighbour, None, None)
        text += made + gap if change.before else gap + made
    place_ = markup.places[neighbour]
    where = place_.start if change.before else place_.end
    return Edit(start=where, end=where, text=text)


def _gap_beside(neighbour: etree._Element, reads: Sequence[Read], at: int, *, before: bool) -> Corners | None:
    """The room between a word and the next one on its line, which has no width where there is none."""
    box = _box(neighbour)
    other = at - 1 if before else at + 1
    beside = reads[other].elements[0] if 0 <= other < len(reads) else None
    far = _box(beside) if beside is not None and beside.getparent() is neighbour.getparent() else None
    return room(box, far, before=before) if box else None


def _halved(change: Change) -> dict[str, str | None]:
    if change.half is None:
        return {}
    return {"SUBS_TYPE": "HypPart1" if change.half.first else "HypPart2", "SUBS_CONTENT": change.half.whole}


def _string(
    markup: Markup,
    like: etree._Element,
    text: str,
    original: str | None,
    *,
    box: Corners | None,
    more: dict[str, str | None],
) -> tuple[str, str]:
    """The start tag of a String with `text`, made of that of `like`, and its ALTERNATIVE with the original."""
    values: dict[str, str | None] = {"CONTENT": text, **more}
    if box is not None:
        left, top, right, bottom = box
        values |= dict(zip(_SIDES, map(_figure, (left, top, right - left, bottom - top)), strict=True))
    if len(text) != len(like.get("CONTENT") or "") and like.get("CC") is not None:
        values["CC"] = None
    tag = with_attributes(markup.tag(like), values)
    prefix = _prefix(markup, like)
    purpose = _CONTINUED if original is CONTINUED else _ORIGINAL
    kept = escaped(original or "")
    return tag, f"<{prefix}ALTERNATIVE PURPOSE={attribute(purpose)}>{kept}</{prefix}ALTERNATIVE>"


def _rewritten(markup: Markup, string: etree._Element, tag: str, child: str) -> Iterator[Edit]:
    place = markup.places[string]
    if place.inner == place.end:
        yield Edit(start=place.start, end=place.end, text=_closed(markup, string, tag, child))
        return
    yield Edit(start=place.start, end=place.inner, text=tag)
    # The schema has the shape of a word before all else in it.
    shape = string.find("{*}Shape")
    at = place.inner if shape is None else markup.places[shape].end
    yield Edit(start=at, end=at, text=child)


def _whole(markup: Markup, like: etree._Element, tag: str, child: str) -> str:
    """A String of its own: what it is like keeps its id."""
    old = like.get("ID")
    return _closed(markup, like, with_attributes(tag, {"ID": new_id(markup, old)}) if old else tag, child)


def _closed(markup: Markup, like: etree._Element, tag: str, child: str) -> str:
    opened = tag[:-2].rstrip() + ">" if tag.endswith("/>") else tag
    return f"{opened}{child}</{_prefix(markup, like)}String>"


def _prefix(markup: Markup, element: etree._Element) -> str:
    found = _PREFIX.match(markup.tag(element))
    return (found[1] or "") if found else ""


def _gap(markup: Markup, string: etree._Element, before: Corners | None, after: Corners | None) -> str:
    """The SP between two words, where the program that made the file writes them."""
    line = string.getparent()
    assert line is not None  # noqa: S101 (a String was found in a TextLine)
    if line.find("{*}SP") is None and line.find("{*}String[2]") is not None:
        return ""
    values = ""
    if before and after:
        values = f' WIDTH="{_figure(after[0] - before[2])}" VPOS="{_figure(before[1])}" HPOS="{_figure(before[2])}"'
    return f"<{_prefix(markup, string)}SP{values}/>"


def _without(markup: Markup, kept: etree._Element, last: etree._Element) -> Edit:
    """Take away what follows `kept` up to and with `last`."""
    return Edit(start=markup.places[kept].end, end=markup.places[last].end, text="")


def _divided(strings: Sequence[etree._Element], texts: Sequence[str]) -> Sequence[Corners | None]:
    return _divided_box(_around(strings), texts)


def _around(strings: Sequence[etree._Element]) -> Corners | None:
    """The box around all that have one."""
    boxes = [box for string in strings if (box := _box(string))]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _divided_box(box: Corners | None, texts: Sequence[str]) -> Sequence[Corners | None]:
    if box is None:
        return [None] * len(texts)
    left, top, right, bottom = box
    # Whole figures stay whole; a box that has parts of a pixel is divided as finely.
    digits = 0 if all(side == round(side) for side in box) else 2
    return [(round(a, digits), top, round(b, digits), bottom) for a, b in share(left, right, texts)]


def _box(string: etree._Element) -> Corners | None:
    try:
        left, top, width, height = (float(string.get(side) or "") for side in _SIDES)
    except ValueError:
        return None
    return left, top, left + width, top + height


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def restoring(markup: Markup, root: etree._Element) -> Iterator[Edit]:
    """The edits that put the originals back which `edits` kept: words that were split are whole again."""
    kept = {string: found for string in root.iter("{*}String") if (found := _kept(string)) is not None}
    continued = {string for string, found in kept.items() if found.get("PURPOSE") == _CONTINUED}
    put_in = {string for string, found in kept.items() if string not in continued and not words_of(found)}
    for string, alternative in kept.items():
        if string in continued:
            continue
        if string not in put_in:
            parts = [string, *_following(string, continued)]
            yield from _put_back(markup, string, alternative, words_of(alternative), parts)
        elif next(string.itersiblings("{*}String", preceding=True), None) not in put_in:
            yield _taken_out(markup, [string, *_following(string, put_in)])


def _following(string: etree._Element, among: set[etree._Element]) -> Iterator[etree._Element]:
    """The words after one on its line for as long as they are `among` these."""
    return takewhile(among.__contains__, string.itersiblings("{*}String"))


def _kept(string: etree._Element) -> etree._Element | None:
    purposes = (_ORIGINAL, _CONTINUED)
    return next((a for a in string.iterchildren("{*}ALTERNATIVE") if a.get("PURPOSE") in purposes), None)


def _put_back(
    markup: Markup, string: etree._Element, alternative: etree._Element, original: str, parts: list[etree._Element]
) -> Iterator[Edit]:
    if _hyphen_behind(parts[-1]) is not None:
        original = _without_hyphen(original)
    values: dict[str, str | None] = {"CONTENT": original}
    if string.get("SUBS_TYPE"):
        values |= _BROKEN
    if len(parts) > 1 and (box := _around(parts)):
        left, top, right, bottom = box
        values |= dict(zip(_SIDES, map(_figure, (left, top, right - left, bottom - top)), strict=True))
        yield _without(markup, parts[0], parts[-1])
    tag = with_attributes(markup.tag(string), values)
    place, child = markup.places[string], markup.places[alternative]
    alone = not (markup.text[place.inner : child.start] + markup.text[child.end : place.close]).strip()
    if alone and _closes_at_once(markup, string):
        yield Edit(start=place.start, end=place.end, text=tag[:-1].rstrip() + "/>")
    else:
        yield Edit(start=place.start, end=place.inner, text=tag)
        yield Edit(start=child.start, end=child.end, text="")


def _closes_at_once(markup: Markup, string: etree._Element) -> bool:
    """Whether the file writes words that have nothing inside as `<String/>`, by the first one, and not in two tags."""
    others = (markup.places[other] for other in string.getroottree().getroot().iter("{*}String") if not len(other))
    return all(place.inner == place.end for place in islice(others, 1))


def _taken_out(markup: Markup, run: list[etree._Element]) -> Edit:
    """Take words out that were put in side by side, with the blank beside them."""
    start, end = markup.places[run[0]].start, markup.places[run[-1]].end
    before, after = next(run[0].itersiblings(preceding=True), None), next(run[-1].itersiblings(), None)
    if after is not None and local_name(after) == "SP":
        end = markup.places[after].end
    elif before is not None and local_name(before) == "SP":
        start = markup.places[before].start
    return Edit(start=start, end=end, text="")
