"""XML from strangers: what is refused, where, and with which remedy."""

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest import xml as module
from corrigenda.ingest.xml import local_name, parse, words_of

LAUGHS = (
    "<?xml version='1.0'?>\n<!DOCTYPE alto [\n <!ENTITY a 'ha'>\n"
    + "".join(f" <!ENTITY {b} '{f'&{a};' * 10}'>\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>\n<alto>&i;</alto>"
)
OUTSIDE = "<!DOCTYPE alto [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>\n<alto>&x;</alto>"


def refused(data: bytes) -> BadInputError:
    """The error that `data` raises."""
    with pytest.raises(BadInputError) as caught:
        parse(data, path="box/a.xml")
    assert caught.value.remedy
    return caught.value


def test_elements_are_found_in_any_namespace_without_comments_and_instructions():
    """Names come without their namespace, text without what only programs read."""
    root = parse(b"<a:alto xmlns:a='urn:x'><?skip me?><a:b> one <!-- no --><a:c>two</a:c></a:b></a:alto>", path="a.xml")
    assert local_name(root) == "alto"
    assert words_of(root) == "one two"
    assert words_of(root.find("{*}nothing")) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize(("text", "line"), [(LAUGHS, 3), (OUTSIDE, 1)])
def test_declared_entities_are_refused_with_their_line(encoding, text, line):
    """A file that would swell to gigabytes and one that would read another file are not even parsed."""
    error = refused(text.encode(encoding))
    assert error.where == f"box/a.xml, line {line}"
    assert "entities" in error.what


def test_entities_hidden_by_an_unusual_encoding_are_refused_too():
    """In UTF-7 the angle and the exclamation mark of the declaration may be spelt otherwise, and the parser knows."""
    data = b"<?xml version='1.0' encoding='UTF-7'?>" + OUTSIDE.encode().replace(b"<!ENTITY", b"+ADwAIQ-ENTITY")
    assert "entities" in refused(data).what


def test_a_document_type_without_entities_is_read():
    """Old files name a DTD; it is not fetched."""
    assert local_name(parse(b"<!DOCTYPE alto SYSTEM 'http://localhost:9/alto.dtd'><alto/>", path="a.xml")) == "alto"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"<alto>\n<Layout>\n<Page>", 3),
        (b"<alto>\n<Layout></alto>", 2),
        (b"<alto>\n&unknown;\n</alto>", 2),
        (b"<alto>\n\xff\xfe</alto>", 2),
    ],
)
def test_ill_formed_xml_is_refused_with_its_line(data, line):
    """Cut off, wrongly nested, with an entity that nobody declared, or with damaged letters."""
    error = refused(data)
    assert error.where == f"box/a.xml, line {line}"
    assert error.what.startswith("the XML is not well-formed: ")


def test_a_tree_of_boundless_depth_is_refused():
    """Elements in elements without end would fill the stack of whoever walks them."""
    assert "not well-formed" in refused(b"<a>" * 5000 + b"</a>" * 5000).what


def test_a_file_above_the_limit_is_refused(monkeypatch):
    """The limit is that of raw text."""
    monkeypatch.setattr(module, "MAX_BYTES", 7)
    assert local_name(parse(b"<alto/>", path="a.xml")) == "alto"
    assert "Split" in refused(b"<alto />").remedy
