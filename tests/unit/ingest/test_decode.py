"""Bytes to text: what is read, what is refused, and with what message."""

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest import decode as module
from corrigenda.ingest.decode import decode, encode


def refused(data):
    """The error that `data` raises."""
    with pytest.raises(BadInputError) as caught:
        decode(data, path="box/a.txt")
    assert caught.value.where.startswith("box/a.txt")
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom", "line_ends"),
    [
        (b"plain\n", "plain\n", "utf-8", False, "lf"),
        ("Señor —\r\n".encode(), "Señor —\r\n", "utf-8", False, "crlf"),
        (b"\xef\xbb\xbfone\rtwo", "one\rtwo", "utf-8", True, "cr"),
        (b"one\r\ntwo\n", "one\r\ntwo\n", "utf-8", False, "mixed"),
        (b"Se\xf1or \x93Ruiz\x94", "Señor “Ruiz”", "windows-1252", False, "none"),
        (b"page\x0cnext\ttab", "page\x0cnext\ttab", "utf-8", False, "none"),
        (b"from DOS\r\n\x1a", "from DOS\r\n\x1a", "utf-8", False, "crlf"),
    ],
)
def test_text_is_read_with_all_that_is_needed_to_write_it_back(data, text, encoding, bom, line_ends):
    """Encoding, mark and line ends are recognised; encoding the text again gives the same bytes."""
    found = decode(data, path="a.txt")
    assert (found.text, found.encoding, found.bom, found.line_ends) == (text, encoding, bom, line_ends)
    assert encode(found.text, encoding=found.encoding, bom=found.bom) == data


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b" \r\n\x0c\t", "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"\n\x1a", "nothing but white space"),
    ],
)
def test_a_file_without_text_is_refused(data, what):
    """Empty, blank, only a byte order mark, only the end mark of DOS."""
    assert what in refused(data).what


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_encodings_are_named_with_the_command_that_converts_them(encoding, mark):
    """UTF-16 and UTF-32 are recognised with and without byte order mark."""
    name = encoding.upper().replace("6-", "6").replace("2-", "2")
    error = refused((mark + "The harbour was closed.\n").encode(encoding))
    assert name in error.what
    assert f"iconv -f {name} -t UTF-8" in error.remedy


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n...", "a PNG image"),
        (b"\xff\xd8\xff\xe0...", "a JPEG image"),
        (b"II*\x00...", "a TIFF image"),
        (b"MM\x00*...", "a TIFF image"),
        (b"PK\x03\x04...", "office document"),
        (b"\x1f\x8b\x08...", "a gzip archive"),
        (b"\xfd7zXZ\x00...", "an xz archive"),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n...", "a JPEG 2000 image"),
        (b"SQLite format 3\x00...", "a database, as an index of an edition is"),
    ],
)
def test_a_binary_file_is_named(data, kind):
    """The message says what kind of file this is, so that the user knows what to do with it."""
    assert kind in refused(data).what


def test_an_index_is_sent_to_its_option_however_large_it_is():
    """Nobody is told to split an index of an edition that was given as a text."""
    error = refused(b"SQLite format 3\x00" + bytes(module.MAX_BYTES))
    assert "--edition" in error.remedy


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00"])
def test_a_scan_is_sent_to_what_reads_scans(data):
    """The verbs that take scans are named."""
    error = refused(data)
    assert "`corrigenda ocr`" in error.remedy
    assert "`corrigenda run`" in error.remedy


@pytest.mark.parametrize(
    ("data", "line", "offset", "what"),
    [
        (b"one\ntwo\x00three\n", 2, 7, "NUL byte"),
        (b"one\ntwo \x07\n", 2, 8, "0x07"),
        (b"\xef\xbb\xbfone\x08", 1, 6, "0x08"),
        (b"one\r\ntwo\r\nSe\xf1or\x02", 3, 15, "0x02"),
        (b"end\x1a\x1a", 1, 3, "0x1A"),
        ("Señor\n".encode() + b"Se\xf1or", 2, 9, "damaged UTF-8"),
        (b"\xef\xbb\xbfSe\xf1or", 1, 5, "damaged UTF-8"),
        (b"don\xe2\x80t", 1, 3, "damaged UTF-8"),
        (b"one\rtwo \x81", 2, 8, "neither UTF-8 nor Windows-1252"),
        ("Гавань закрыта".encode("koi8-r"), 1, 0, "nor plausible Windows-1252"),
    ],
)
def test_an_error_names_line_and_byte(data, line, offset, what):
    """The place can be found in an editor or with `dd`, also after letters of several bytes."""
    error = refused(data)
    assert error.where == f"box/a.txt, line {line}, byte offset {offset}"
    assert what in error.what


def test_a_file_above_the_limit_is_refused_before_it_is_read(monkeypatch):
    """One record has no 10 MB; the remedy is to split the file."""
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    assert decode(b"x" * 10, path="a.txt").text
    assert "Split" in refused(b"x" * 11).remedy
