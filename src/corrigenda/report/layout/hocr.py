"""hOCR corrected in place: what stood there goes into the `title` of the word, as `x_original`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from corrigenda.ingest.alto import HYPHENS
from corrigenda.report.layout.changes import CONTINUED, Change, Corners, room, share
from corrigenda.report.layout.markup import Edit, Markup, escaped, new_id, with_attributes

if TYPE_CHECKING:
    from lxml import etree

    from corrigenda.ingest.compose import Read

__all__ = ["edits", "flagging", "restoring"]

# What begins with x_ is for programs of their own; the readers of the others leave it aside.
_ORIGINAL, _CONTINUED, _WORD, _FLAG = "x_original", "x_original_continued", "x_word", "x_flag"
_OURS = re.compile(rf'\s*;?\s*(?:{_CONTINUED}|(?:{_ORIGINAL}|{_WORD}|{_FLAG}) "[^"]*")')
_KEPT = re.compile(rf'(?:\A|;)\s*{_ORIGINAL} "([^"]*)"')
_CONTINUES = re.compile(rf"(?:\A|;)\s*{_CONTINUED}\b")
_BBOX = re.compile(r"((?:\A|;)\s*bbox)((?:\s+-?\d+(?:\.\d+)?){4})")
# Values stand in quotes and properties end with a semicolon, and not every reader minds the one inside the other.
_SAFE = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"%;\\')
_SOFT_HYPHEN = "\xad"


def edits(markup: Markup, reads: Sequence[Read], changes: Iterable[Change]) -> Iterator[Edit]:
    """The edits that make `changes` of the words `reads`.

    A word that is split, merged or put in gets boxes of its own. A word that is broken at a line's end has the soft
    hyphen that the format asks for there, and says in `x_word` what it is as a whole.
    """
    for change in changes:
        if change.first == change.stop:
            yield _put_in(markup, reads, change)
        else:
            yield from _changed(markup, [read.elements[0] for read in reads[change.first : change.stop]], change)


def flagging(markup: Markup, reads: Sequence[Read], flags: dict[int, str]) -> Iterator[Edit]:
    """The edits that say at the words of these numbers why they are doubtful."""
    for number, why in flags.items():
        element = reads[number].elements[0]
        title = f'{element.get("title") or ""}; {_FLAG} "{_quoted(why)}"'.removeprefix("; ")
        place = markup.places[element]
        yield Edit(start=place.start, end=place.inner, text=with_attributes(markup.tag(element), {"title": title}))


def _changed(markup: Markup, words: Sequence[etree._Element], change: Change) -> Iterator[Edit]:
    boxes = _divided(words, change.texts) if change.divide else [None] * len(change.texts)
    both = min(len(words), len(change.texts))
    end = markup.places[words[-1]].end
    for i, (text, original, box) in enumerate(zip(change.texts, change.originals, boxes, strict=True)):
        like = words[min(i, len(words) - 1)]
        title = _titled(like, original, box, change)
        if i < both:
            yield from _rewritten(markup, like, _hyphenated(text, change), title)
        else:
            yield Edit(start=end, end=end, text=" " + _new(markup, like, text, title))
    if len(words) > both:
        yield Edit(start=markup.places[words[both - 1]].end, end=end, text="")


def _put_in(markup: Markup, reads: Sequence[Read], change: Change) -> Edit:
    """Words that were not read, in the gap beside their neighbour."""
    at = change.first if change.before else change.first - 1
    neighbour = reads[at].elements[0]
    other = at - 1 if change.before else at + 1
    beside = reads[other].elements[0] if 0 <= other < len(reads) else None
    boxes = _shared(_gap(neighbour, beside, before=change.before), change.texts)
    made = [
        _new(markup, neighbour, text, _titled(neighbour, "", box, change))
        for text, box in zip(change.texts, boxes, strict=True)
    ]
    place = markup.places[neighbour]
    where = place.start if change.before else place.end
    return Edit(start=where, end=where, text="".join(f"{m} " if change.before else f" {m}" for m in made))


def _gap(word: etree._Element, beside: etree._Element | None, *, before: bool) -> Corners | None:
    """The room between a word and the next one on its line, which has no width where there is none."""
    box = _box(word)
    far = _box(beside) if beside is not None and beside.getparent() is word.getparent() else None
    return room(box, far, before=before) if box else None


def _hyphenated(text: str, change: Change) -> str:
    """`text` with the hyphen at the line's end that tells it from one that belongs to the word."""
    if change.half and change.half.first and text.endswith(HYPHENS) and not change.half.whole.startswith(text):
        return text[:-1] + _SOFT_HYPHEN
    return text


def _titled(like: etree._Element, original: str | None, box: Sequence[float] | None, change: Change) -> str:
    """The title of `like` with another box, and with what stood there."""
    title = _OURS.sub("", like.get("title") or "")
    if box is not None:
        title = _boxed(title, box)
    if original == "":
        # No engine has read the word, so that none was sure of it.
        title = re.sub(r"\s*;\s*x_confs?[^;]*|\s*;\s*x_wconf[^;]*", "", title)
    title += f"; {_CONTINUED}" if original is CONTINUED else f'; {_ORIGINAL} "{_quoted(original or "")}"'
    if change.half:
        title += f'; {_WORD} "{_quoted(change.half.whole)}"'
    return title.removeprefix("; ")


def _boxed(title: str, box: Sequence[float]) -> str:
    return _BBOX.sub(lambda found: found[1] + "".join(f" {round(side)}" for side in box), title)


def _quoted(text: str) -> str:
    return "".join(quote(letter) if ord(letter) < 127 and letter not in _SAFE else letter for letter in text)


def _rewritten(markup: Markup, word: etree._Element, text: str, title: str) -> Iterator[Edit]:
    place = markup.places[word]
    yield Edit(start=place.start, end=place.inner, text=with_attributes(markup.tag(word), {"title": title}))
    yield Edit(start=place.inner, end=place.close, text=_filled(markup.inside(word), text))


def _filled(inside: str, text: str) -> str:
    """What stands in an element with other text in it, in the same tags where all its letters are in one place.

    Readings that were rejected stand in it as deleted, and stay.

    >>> _filled("<strong>Tbe</strong> ", "The"), _filled("T<i>be</i>", "The")
    ('<strong>The</strong> ', 'The')
    >>> _filled('<ins class="alt">Tbe</ins><del class="alt">Tne</del>', "The")
    '<ins class="alt">The</ins><del class="alt">Tne</del>'
    """
    parts = re.split(r"(<[^>]*>)", inside)
    deleted = list(accumulate(part.startswith("<del") - part.startswith("</del") for part in parts))
    filled = [i for i, part in enumerate(parts) if i % 2 == 0 and part.strip() and not deleted[i]]
    if len(filled) != 1:
        return escaped(text)
    part = parts[filled[0]]
    lead, trail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    parts[filled[0]] = lead + escaped(text) + trail
    return "".join(parts)


def _new(markup: Markup, like: etree._Element, text: str, title: str) -> str:
    """A word like another, with an id of its own."""
    old = like.get("id")
    tag = with_attributes(markup.tag(like), {"title": title, **({"id": new_id(markup, old)} if old else {})})
    return f"{tag}{escaped(text)}</{like.tag}>"


def _divided(words: Sequence[etree._Element], texts: Sequence[str]) -> Sequence[Corners | None]:
    return _shared(_around(words), texts)


def _around(words: Sequence[etree._Element]) -> Corners | None:
    """The box around all that have one."""
    boxes = [box for word in words if (box := _box(word))]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _shared(box: Corners | None, texts: Sequence[str]) -> Sequence[Corners | None]:
    if box is None:
        return [None] * len(texts)
    return [(a, box[1], b, box[3]) for a, b in share(box[0], box[2], texts)]


def _box(word: etree._Element) -> Corners | None:
    found = _BBOX.search(word.get("title") or "")
    if not found:
        return None
    left, top, right, bottom = map(float, found[2].split())
    return left, top, right, bottom


def restoring(markup: Markup, root: etree._Element) -> Iterator[Edit]:
    """The edits that put the originals back which `edits` kept: words that were split are whole again."""
    marked = [e for e in root.iter() if _OURS.search(e.get("title") or "")]
    kept = {word: found for word in marked if (found := _KEPT.search(word.get("title") or ""))}
    continued = {word for word in marked if _CONTINUES.search(word.get("title") or "")}
    put_in = {word for word, found in kept.items() if not found[1]}
    before: etree._Element | None = None
    for number, word in enumerate(marked):
        if word in put_in:
            if before not in put_in or not _is_next(markup, before, word):
                run = [word, *takewhile(put_in.__contains__, marked[number + 1 :])]
                yield _taken_out(markup, run)
        elif word not in continued:
            parts = [word, *takewhile(continued.__contains__, marked[number + 1 :])]
            yield from _put_back(markup, parts, unquote(kept[word][1]) if word in kept else None)
        before = word


def _put_back(markup: Markup, parts: Sequence[etree._Element], original: str | None) -> Iterator[Edit]:
    """The first of `parts` as it was before it was parted, without what was said of it."""
    word, place = parts[0], markup.places[parts[0]]
    title = _OURS.sub("", word.get("title") or "")
    if len(parts) > 1:
        yield Edit(start=place.end, end=markup.places[parts[-1]].end, text="")
        if box := _around(parts):
            title = _boxed(title, box)
    yield Edit(start=place.start, end=place.inner, text=with_attributes(markup.tag(word), {"title": title or None}))
    if original is not None:
        yield Edit(start=place.inner, end=place.close, text=_filled(markup.inside(word), original))


def _is_next(markup: Markup, word: etree._Element | None, other: etree._Element) -> bool:
    return word is not None and not markup.text[markup.places[word].end : markup.places[other].start].strip()


def _taken_out(markup: Markup, run: Sequence[etree._Element]) -> Edit:
    """Take words out that were put in side by side, with the blank that came with them."""
    near = [run[0]]
    for word in run[1:]:
        if not _is_next(markup, near[-1], word):
            break
        near.append(word)
    start, end = markup.places[near[0]].start, markup.places[near[-1]].end
    if markup.text.startswith(" ", end):
        return Edit(start=start, end=end + 1, text="")
    return Edit(start=start - markup.text[:start].endswith(" "), end=end, text="")
