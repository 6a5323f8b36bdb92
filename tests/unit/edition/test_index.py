"""The index on disk: what it holds, how it grows, what stops it."""

from __future__ import annotations

import sqlite3

import pytest

from corrigenda.edition.index import BLOCK, identity, open_index
from corrigenda.edition.writing import writing
from corrigenda.errors import EditionError, OutputError
from corrigenda.ingest.frus_volume import Part, Volume, text_volume
from corrigenda.values import Span


def put(path, *volumes: Volume) -> None:
    """Write volumes into the index at `path`; the hash of each is made of its text."""
    with writing(path, version="1.2") as writer:
        for volume in volumes:
            writer.put(volume, file=f"{volume.name}.txt", sha256=f"{len(volume.text):064}", size=len(volume.text))


def test_what_was_put_in_is_there(made_index, made_volume):
    """Counts, hashes and the text itself, over the edges of blocks, come back."""
    volume = made_volume(2, "frus1951v02")
    indexed = next(one for one in made_index.volumes.values() if one.name == volume.name)
    assert (indexed.file, indexed.sha256, indexed.documents) == ("frus1951v02.txt", "2" * 64, 6)
    assert (indexed.words, indexed.characters) == (len(volume.text.split()), len(volume.text))
    assert made_index.text(indexed, Span(start=30, end=1000)) == volume.text[30:1000]
    assert made_index.version() == "0"


def test_text_comes_back_over_the_edges_of_blocks(tmp_path):
    """A stretch that begins in one block and ends in the third is whole."""
    text = " ".join(f"harbour{n}" for n in range(9000))
    put(tmp_path / "i", text_volume(text, name="long"))
    index = open_index(tmp_path / "i")
    span = Span(start=BLOCK - 5, end=2 * BLOCK + 5)
    assert index.text(index.volumes[1], span) == span.of(text)


def test_a_changed_volume_is_replaced(tmp_path):
    """The pairs of the old text are gone with it, and those of other volumes stay."""
    path = tmp_path / "small.index"
    put(path, text_volume("Grain harbour ferry. " * 40, name="a"), text_volume("Salt mine; copper kettle.", name="b"))
    put(path, text_volume("Quarry bridge.", name="a"))
    index = open_index(path)
    places = [index.windows_with(pair, most=64) for pair in ("grainharbour", "quarrybridge", "copperkettle")]
    assert [[index.volume_of(window).name for window in found] for found in places] == [[], ["a"], ["b"]]
    assert len(index.volumes) == 2


def test_an_index_is_named_by_what_is_in_it(tmp_path, made_volume):
    """The same volumes give the same hash in whatever order they came; another volume gives another."""
    one, two = made_volume(1, "frus1951v01"), made_volume(2, "frus1951v02")
    put(tmp_path / "a", one, two)
    put(tmp_path / "b", two)
    before = open_index(tmp_path / "b").sha256
    put(tmp_path / "b", one)
    assert open_index(tmp_path / "a").sha256 == open_index(tmp_path / "b").sha256 != before
    assert identity({"x": "1"}) != identity({"x": "2"})


def test_what_stops_in_the_middle_leaves_the_old_index(tmp_path, made_volume):
    """Nothing of a volume that was being put in is seen, and no file of it is left."""
    path = tmp_path / "small.index"
    put(path, made_volume(1, "frus1951v01"))
    before = path.read_bytes()

    def stop() -> None:
        with writing(path, version="2") as writer:
            writer.put(made_volume(2, "frus1951v02"), file="x", sha256="2" * 64, size=1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_new_leaves_the_file_alone(tmp_path, made_volume):
    """An index to which nothing was added is not written again."""
    path = tmp_path / "small.index"
    put(path, made_volume(1, "frus1951v01"))
    before = path.stat().st_mtime_ns
    with writing(path, version="9"):
        pass
    assert (path.stat().st_mtime_ns, open_index(path).version()) == (before, "1.2")


def test_a_pair_of_every_page_leads_nowhere(tmp_path):
    """What stands in more windows than asked for is passed over."""
    put(tmp_path / "i", text_volume("grain harbour " * 500, name="dull"))
    index = open_index(tmp_path / "i")
    assert index.windows_with("grainharbour", most=5) == []
    assert len(index.windows_with("grainharbour", most=64)) == 32


@pytest.mark.parametrize(
    ("contents", "what"),
    [
        (None, "there is no such file"),
        (b"The harbour was closed. " * 99, "is no index of an edition"),
        ("other", "is a database, but no index of an edition"),
        ("newer", "has format version 99"),
        ("cut", "is no index of an edition, or a damaged one"),
    ],
)
def test_what_is_no_index_is_refused(tmp_path, made_volume, contents, what):
    """A missing file, a text, another database, a later format and half an index: each is named, and how to mend it."""
    path = tmp_path / "small.index"
    if isinstance(contents, bytes):
        path.write_bytes(contents)
    elif contents == "other":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
    elif contents:
        put(path, made_volume(1, "frus1951v01"))
        if contents == "newer":
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()
        else:
            path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(EditionError, match=what) as error:
        open_index(path)
    assert (error.value.exit_code, error.value.where) == (5, str(path))
    assert "corrigenda edition index" in error.value.remedy
    assert ("--witness" in error.value.remedy) == isinstance(contents, bytes)


def test_damage_is_told_when_it_is_met(tmp_path, made_volume):
    """Pages in the middle that are not what they were: the file opens, and a search that comes upon them names it."""
    path = tmp_path / "small.index"
    put(path, made_volume(1, "frus1951v01"))
    data = bytearray(path.read_bytes())
    data[3 * 4096 :] = b"x" * (len(data) - 3 * 4096)
    path.write_bytes(data)
    with pytest.raises(EditionError, match="a damaged one") as error:
        open_index(path).windows_with("grainharbour", most=9)
    assert error.value.where == str(path)


def spoil(path, statement: str) -> None:
    """Do something to the database at `path`."""
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM windows WHERE id % 2", r"\d+ of \d+ windows of text are there"),
        ("DELETE FROM blocks", "0 of 1 blocks of text are there"),
        ("DELETE FROM volumes", r"\d+ of 0 windows of text are there"),
    ],
)
def test_an_index_that_lacks_something_is_refused(tmp_path, made_volume, statement, what):
    """It is not opened, and what it had of a volume does not count as known: both messages say what to do."""
    path = tmp_path / "small.index"
    put(path, made_volume(1, "frus1951v01"))
    spoil(path, statement)
    with pytest.raises(EditionError, match=what) as error:
        open_index(path)
    assert (error.value.where, error.value.exit_code) == (str(path), 5)
    assert error.value.remedy.startswith("Make it anew under another name, or delete it first")
    with pytest.raises(OutputError, match=what), writing(path, version="1"):
        pytest.fail("nothing may be added to it")


def test_text_that_cannot_be_unpacked_is_told(tmp_path, made_volume):
    """A block that is not what it was is an error with the file's name, for a reader and for a writer."""
    path = tmp_path / "small.index"
    put(path, made_volume(1, "frus1951v01"))
    spoil(path, "UPDATE blocks SET text = x'00'")
    index = open_index(path)
    with pytest.raises(EditionError, match="the text of frus1951v01 cannot be unpacked") as error:
        index.text(index.volumes[1], Span(start=0, end=9))
    assert error.value.where == str(path)
    with pytest.raises(EditionError, match="a text in it cannot be unpacked"):
        put(path, text_volume("Quarry bridge.", name="frus1951v01"))


def test_windows_that_lead_nowhere_are_told(tmp_path, made_volume):
    """Rows that are there but of no volume, and none where a volume has its own, are damage and no traceback."""
    path = tmp_path / "small.index"
    put(path, made_volume(1, "frus1951v01"))
    spoil(path, "UPDATE windows SET volume = 9")
    index = open_index(path)
    volume = index.volumes[1]
    for asked in (lambda: index.volume_of(volume.first), lambda: index.stretch(volume, volume.first, volume.last)):
        with pytest.raises(EditionError, match="a damaged one"):
            asked()
    with pytest.raises(EditionError, match="window 7 is of no volume"):
        index.volume_of(7)


def test_a_foreign_file_is_not_written_over(tmp_path, made_volume):
    """What is no index stays as it is, and is named as being in the way."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear Consul")
    with pytest.raises(OutputError, match="is in the way"):
        put(path, made_volume(1, "frus1951v01"))
    assert path.read_text() == "Dear Consul"


def test_documents_are_cited_by_what_is_known(tmp_path):
    """Number, title and printed page where mark-up tells; the notes as such; else the place in the text."""
    letter = "7. Letter of the Consul\n\nThe harbour was closed.\n\nGrain is short."
    text = f"{letter}\n\nSource: Harbour files.\n\nList of ships"
    letter, notes, rest = len(letter), text.index("\n\nList"), len(text)
    at = text.index("Grain")
    parts = (
        Part(
            kind="document", number="7", title="Letter", span=Span(start=0, end=letter), pages=((25, "11"), (at, "12"))
        ),
        Part(kind="notes", number="7", title="Letter", span=Span(start=letter + 2, end=notes)),
    )
    put(tmp_path / "i", Volume(name="frus1951v09", text=text, parts=parts, glued=False))
    index = open_index(tmp_path / "i")
    volume = index.volumes[1]

    def cited(start: int, end: int) -> str:
        span = Span(start=start, end=end)
        return index.document(volume, index.part_at(volume, span), span).citation

    assert cited(at, letter) == "FRUS 1951 vol. IX, document 7, Letter, p. 12"
    assert cited(30, letter) == "FRUS 1951 vol. IX, document 7, Letter, pp. 11–12"
    assert cited(letter + 2, notes) == "FRUS 1951 vol. IX, document 7, Letter, notes"
    assert cited(notes + 2, rest) == f"FRUS 1951 vol. IX, characters {notes + 2} to {rest}"
    whole = index.part_at(volume, Span(start=at, end=letter))
    document = index.document(volume, whole, Span(start=at, end=letter))
    assert (document.paragraphs, document.first_paragraph) == (("Grain is short.",), 2)
