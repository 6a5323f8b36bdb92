"""XML that strangers wrote, read without harm: no entities, no network, no tree of boundless size.

What a layout format needs of XML is elements and attributes alone. So a file that declares entities of its own is
refused before it is parsed: they can name files of this machine, or grow to gigabytes out of a few lines.
"""

from __future__ import annotations

import re

from lxml import etree

from corrigenda.errors import BadInputError
from corrigenda.ingest.decode import MAX_BYTES

__all__ = ["local_name", "not_well_formed", "parse", "refuse_entities", "words_of"]

_ENTITY = re.compile(rb"<!ENTITY\b")


def parse(data: bytes, *, path: str) -> etree._Element:
    """The root element of the XML in `data`, without comments and processing instructions; `path` is for errors.

    Raises BadInputError that names the line where the file is too large, declares entities, or is not well-formed.
    """
    if len(data) > MAX_BYTES:
        raise BadInputError(
            where=path,
            what=f"the file has more than the {MAX_BYTES:,} bytes that one record may have",
            remedy="Split it into one file for each record",
        )
    refuse_entities(data, path=path)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, path=path) from error
    # The search above knows the encodings that keep ASCII; UTF-7 hides the word from it.
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):  # type: ignore[union-attr]  # the stubs lack it
        raise _entities(path)
    return root


def refuse_entities(data: bytes, *, path: str) -> None:
    """Raise BadInputError that names the line where the XML in `data` declares an entity."""
    # Without NULs UTF-16 reads as ASCII here.
    plain = data.replace(b"\x00", b"")
    if declared := _ENTITY.search(plain):
        line = plain.count(b"\n", 0, declared.start()) + 1
        raise _entities(f"{path}, line {line}")


def not_well_formed(error: etree.XMLSyntaxError, *, path: str) -> BadInputError:
    """The error for XML that cannot be read, with the line."""
    why = " ".join((error.msg or "").split())
    return BadInputError(
        where=f"{path}, line {error.lineno}",
        what=f"the XML is not well-formed: {why}",
        remedy="Get the file again, since it may be cut off, or export it anew",
    )


def _entities(where: str) -> BadInputError:
    return BadInputError(
        where=where,
        what="the XML declares entities, which are not resolved because they can read files and fill the memory",
        remedy="Take the declaration out and write the text itself: xmllint --noent FILE, if you trust its source",
    )


def local_name(element: etree._Element) -> str:
    """The name of `element` without its namespace."""
    return etree.QName(element).localname


def words_of(element: etree._Element | None) -> str:
    """The text in `element` and all below it, stripped; empty where there is no such element."""
    return "".join(str(part) for part in element.itertext()).strip() if element is not None else ""
