"""Files of volumes, and the index that they become."""

from __future__ import annotations

import gzip
import lzma
import os

import pytest

from corrigenda.edition.index import open_index
from corrigenda.errors import BadInputError
from corrigenda.files.editions import index_volumes, read_volume, read_witness, volume_files

TEXT = "7. Letter on the Harbour\n\nThe harbour was closed for the winter and the mission went home.\n"
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" n="8"><head>8. Letter on Grain</head>'
    "<p>The grain that was sent to the mission has not come.</p></div></body></text></TEI>"
)


@pytest.fixture
def box(tmp_path):
    """A folder with a volume of each kind, and a file that is none."""
    folder = tmp_path / "box"
    (folder / "old").mkdir(parents=True)
    (folder / "frus1951v01.txt").write_text(TEXT)
    (folder / "frus1951v02.xml").write_text(TEI)
    (folder / "old" / "frus1947v01.txt.xz").write_bytes(lzma.compress(TEXT.encode()))
    (folder / "old" / "frus1947v02.xml.gz").write_bytes(gzip.compress(TEI.encode()))
    (folder / "list.csv").write_text("none")
    return folder


def test_every_kind_of_file_is_a_volume(box, tmp_path):
    """Text and TEI, packed or not, are found below a folder and told apart by their endings."""
    files = volume_files([box])
    assert [path.name.split(".")[0] for path in files] == ["frus1951v01", "frus1951v02", "frus1947v01", "frus1947v02"]
    assert [read_volume(path).parts[0].number for path in files] == ["7", "8", "7", "8"]
    done = index_volumes(files, tmp_path / "small.index")
    assert (len(done.read), done.known, done.failed) == (4, (), ())
    assert {v.name for v in open_index(tmp_path / "small.index").volumes.values()} == {
        p.name.split(".")[0] for p in files
    }


def test_a_volume_without_a_document_is_told_of(box, tmp_path):
    """It goes in, and whoever indexed a text of another kind learns why nothing in it has a number."""
    (box / "diary.txt").write_text("The harbour was closed for the winter.")
    done = index_volumes([box / "diary.txt", box / "frus1951v01.txt"], tmp_path / "small.index")
    assert (len(done.read), done.bare) == (2, (str(box / "diary.txt"),))


@pytest.mark.parametrize(("ending", "pack"), [("xz", lzma.compress), ("gz", gzip.compress)])
def test_what_was_packed_in_pieces_is_whole(tmp_path, ending, pack):
    """Each piece is a stream of its own, and a volume that ends with the first would have lost the rest."""
    path = tmp_path / f"frus1951v01.txt.{ending}"
    path.write_bytes(pack(TEXT.encode()) + pack(b"\nThe grain has come at last.") + bytes(8))
    assert read_volume(path).text.endswith("went home.\n\nThe grain has come at last.")


def test_endings_in_capitals_are_endings(tmp_path):
    """A TEI volume that another system named is no running text full of tags, and is found below a folder."""
    (tmp_path / "FRUS1951V02.XML").write_text(TEI)
    (tmp_path / "FRUS1951V03.XML.GZ").write_bytes(gzip.compress(TEI.encode()))
    (tmp_path / "FRUS1951V04.Txt.XZ").write_bytes(lzma.compress(TEXT.encode()))
    (tmp_path / "sc.py").write_text("print()")
    (tmp_path / "list.gz").write_bytes(gzip.compress(b"none"))
    found = volume_files([tmp_path])
    assert [path.name[:11] for path in found] == ["FRUS1951V02", "FRUS1951V03", "FRUS1951V04"]
    assert [read_volume(path).parts[0].number for path in found] == ["8", "8", "7"]
    done = index_volumes(found, tmp_path / "small.index")
    names = {volume.name for volume in open_index(tmp_path / "small.index").volumes.values()}
    assert (names, done.failed) == ({"FRUS1951V02", "FRUS1951V03", "FRUS1951V04"}, ())


def test_what_is_known_is_not_read_again(box, tmp_path):
    """The second time only the file that has changed is read, and what was in the index stays."""
    index_volumes(volume_files([box]), tmp_path / "small.index")
    (box / "frus1951v01.txt").write_text(TEXT.replace("winter", "summer"))
    told = []
    done = index_volumes(
        [box / "frus1951v02.xml", box / "frus1951v01.txt"], tmp_path / "small.index", on_file=told.append
    )
    assert told == [box / "frus1951v01.txt"]
    assert (done.read, done.known) == ((str(box / "frus1951v01.txt"),), (str(box / "frus1951v02.xml"),))
    index = open_index(tmp_path / "small.index")
    assert (len(index.volumes), len(index.windows_with("summermission", most=9))) == (4, 1)
    # The packed volume of 1947 has the old words too.
    assert len(index.windows_with("wintermission", most=9)) == 1


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("empty.txt", b" \n", "nothing but white space"),
        ("image.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("cut.txt.xz", lzma.compress(TEXT.encode())[:-20], "is not packed as its name says, or cut off"),
        ("cut.txt.gz", gzip.compress(TEXT.encode())[:-12], "is not packed as its name says, or cut off"),
        ("text.xml.gz", TEI.encode(), "is not packed as its name says, or cut off"),
        ("cut.xml", TEI[:-30].encode(), "line 1: the XML is not well-formed"),
        ("bomb.xml", b'<!DOCTYPE T [<!ENTITY a "b">]>' + TEI.encode(), "line 1: the XML declares entities"),
        ("rest.txt.xz", lzma.compress(TEXT.encode()) + b"none of it", "is not packed as its name says, or cut off"),
        ("rest.txt.gz", gzip.compress(TEXT.encode()) + b"none of it", "is not packed as its name says, or cut off"),
        ("large.txt.xz", lzma.compress(b"a" * 2001), "has more than the 2,000 bytes"),
        ("large.txt.gz", gzip.compress(b"a" * 2001), "has more than the 2,000 bytes"),
        ("many.txt.xz", lzma.compress(b"a" * 1500) * 2, "has more than the 2,000 bytes"),
        ("many.txt.gz", gzip.compress(b"a" * 1500) * 2, "has more than the 2,000 bytes"),
        ("large.txt", b"a" * 2001, "has more than the 2,000 bytes"),
        ("sc.py", TEXT.encode(), "is no volume by its name, which ends neither in .xml nor in .txt"),
        ("list", TEXT.encode(), "is no volume by its name"),
        ("frus1951v02.gz", gzip.compress(TEXT.encode()), "is no volume by its name"),
    ],
)
def test_a_bad_file_is_named_and_the_others_go_in(tmp_path, monkeypatch, name, data, what):
    """The error names the file, what is wrong and the remedy; a good file after it is indexed."""
    monkeypatch.setattr("corrigenda.files.editions._MOST_BYTES", 2000)
    (tmp_path / name).write_bytes(data)
    (tmp_path / "frus1951v01.txt").write_text(TEXT)
    done = index_volumes([tmp_path / name, tmp_path / "frus1951v01.txt"], tmp_path / "small.index")
    (error,) = done.failed
    assert isinstance(error, BadInputError)
    assert str(tmp_path / name) in error.where
    assert what in str(error)
    assert len(done.read) == 1


def test_a_missing_file_and_an_empty_folder(tmp_path):
    """Neither passes for a volume."""
    done = index_volumes([tmp_path / "lost.xml"], tmp_path / "small.index")
    assert "cannot be read" in done.failed[0].what
    assert not (tmp_path / "small.index").exists()
    with pytest.raises(BadInputError, match=r"the folder holds no \.xml or \.txt file"):
        volume_files([tmp_path])


def test_a_volume_given_twice_is_refused(box, tmp_path):
    """Two files of one name would replace each other for ever; the second is an error, whatever it is packed in."""
    (box / "frus1951v01.txt.gz").write_bytes(gzip.compress(b"Another text."))
    files = [box / "frus1951v01.txt", box / "frus1951v01.txt.gz"]
    done = index_volumes(files, tmp_path / "small.index")
    assert len(done.read) == 1
    assert f"which {os.fspath(files[0])} has been taken for" in done.failed[0].what


@pytest.mark.parametrize("name", ["frus1951v01.txt", "old/frus1947v01.txt.xz"])
def test_a_witness_as_text(box, name):
    """The text of a document is read, packed or not, and cited by the name of its volume."""
    (document,) = read_witness(box / name).documents
    assert document.paragraphs == (TEXT.splitlines()[2],)
    assert document.citation.startswith("FRUS 19")


@pytest.mark.parametrize("name", ["frus1951v02.xml", "old/frus1947v02.xml.gz", "letter.txt"])
def test_a_witness_as_tei_has_no_markup(box, name):
    """TEI is told by its ending, or by how it begins: its paragraphs are read, and none of its tags."""
    (box / "letter.txt").write_text(f'<?xml version="1.0"?>\n{TEI}')
    (document,) = read_witness(box / name).documents
    assert (document.number, document.title) == ("8", "Letter on Grain")
    assert document.paragraphs == ("The grain that was sent to the mission has not come.",)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<html><body><div>The grain</div></body></html>", "outermost element is 'html'"),
        ("<alto><Layout/></alto>", "holds no div of type document"),
        ("<TEI><text/></TEI>", "holds no div of type document"),
    ],
)
def test_a_witness_of_other_xml_is_refused(tmp_path, text, what):
    """Markup that is no TEI would come into the record; the error names the file and what to give."""
    path = tmp_path / "edition.xml"
    path.write_text(text)
    with pytest.raises(BadInputError, match=what) as caught:
        read_witness(path)
    assert caught.value.where == str(path)
    assert "TEI" in caught.value.remedy


@pytest.mark.parametrize("name", ["letter.md", "letter", "LETTER.TXT", "letter.Txt.GZ"])
def test_a_witness_may_be_called_anything(tmp_path, name):
    """A text is one under any name; only of what an index is made of the name must tell which of the two it is."""
    data = TEXT.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("GZ") else data)
    (document,) = read_witness(tmp_path / name).documents
    assert document.number == "7"
