"""`corrigenda edition index` and `match`, and `run` and `correct` with an index, as processes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from corrigenda.edition.index import open_index

PAGE = """\
The Counselor of the Embassy has received the draft of the note and will answer it in due course. The Department hopes
that the agreement will be signed, and that the delegation must prepare a new paper before the conference opens in
Lausanne. Ambassador Marchetti asked for the return of the ferry, and for payment of the harbour dues of the season.
"""
OTHER = """\
It was raining when the ministers met, and nobody had thought of bringing the maps of the northern lakes. So they spoke
of the price of timber, of the new bridge, and of the schools that were to be built before the end of the decade.
"""
THIRD = """\
Seven wagons of barley reached the frontier on Sunday, and the customs officers weighed every sack before they let the
drivers sleep. Two of the horses were lame. The merchant from the valley complained to the prefect about the delay, but
was told that without a stamped certificate nothing could cross the bridge until Thursday evening.
"""
VOLUME = (
    f"7. Memorandum by the Consul\n\n{' '.join(PAGE.split())}\n\n\n8. Telegram\n\n{' '.join(OTHER.split())} It rains.\n"
)
CITATION = "FRUS 1951 vol. IX, document 7, Memorandum by the Consul"


@pytest.fixture
def index(corrigenda, tmp_path):
    """An index of one small volume."""
    (tmp_path / "frus1951v09.txt").write_text(VOLUME, encoding="utf-8")
    done = corrigenda("edition", "index", tmp_path / "frus1951v09.txt", "-o", tmp_path / "small.index")
    assert done.returncode == 0
    assert "small.index: 1 volumes, 2 documents told apart, " in done.said
    return tmp_path / "small.index"


@pytest.fixture
def page(tmp_path):
    """The page as the OCR has it: a name and two words misread."""
    path = tmp_path / "page.txt"
    text = PAGE.replace("Marchetti", "Marcbetli").replace("signed", "sigued").replace("season", "seascn")
    path.write_text(text, encoding="utf-8")
    return path


def test_pages_are_matched(corrigenda, index, page, tmp_path):
    """A copy is cited with its place and probability; another page is of none."""
    (tmp_path / "b.txt").write_text("Nobody knows why the lighthouse keeper left the island that autumn, or with whom.")
    done = corrigenda("edition", "match", page, tmp_path / "b.txt", "--edition", index)
    assert done.returncode == 0
    first, second, third = done.stdout.decode().splitlines()
    assert first == f"{page}: {CITATION}"
    assert second.startswith("    characters 0 to ")
    assert third == f"{tmp_path / 'b.txt'}: none"


def test_matches_as_json(corrigenda, index, page):
    """One line a document, with the places in page and volume."""
    done = corrigenda("edition", "match", page, "--edition", index, "--json")
    record = json.loads(done.stdout)
    (found,) = record["matches"]
    text = page.read_text(encoding="utf-8")
    assert (record["id"], found["volume"], found["document"]) == ("page", "frus1951v09", "7")
    assert text[slice(*found["page"])] == text.removesuffix(".\n")
    assert VOLUME[slice(*found["span"])] == " ".join(PAGE.split()).removesuffix(".")
    assert (found["also"], found["probability"] > 0.99) == ([], True)


def test_a_page_is_corrected_by_the_edition_that_is_found(corrigenda, index, page, tmp_path):
    """The name is mended with the citation as evidence; the signature names the index, the run the document."""
    done = corrigenda("run", page, "--edition", index, "-o", tmp_path / "out", "--no-progress")
    assert done.returncode == 0
    assert f"Looked for in the edition small (1 volumes): {CITATION}" in done.stdout.decode()
    assert "Ambassador Marchetti asked" in (tmp_path / "out" / "page.corrected.txt").read_text(encoding="utf-8")
    head, *ledger = map(json.loads, (tmp_path / "out" / "page.corrections.jsonl").read_text("utf-8").splitlines())
    assert " | edition small@" in head["signature"]
    (name,) = (one for one in ledger if one["after"] == "Marchetti")
    assert name["evidence"][0]["citation"].startswith(CITATION)


def test_a_page_of_two_documents_is_told_of_both(corrigenda, index, page, tmp_path):
    """The run ends with the one that it was not corrected by, and the head of the report has it too."""
    second_volume = tmp_path / "frus1951v10.txt"
    second_volume.write_text(f"8. Telegram\n\n{' '.join(THIRD.split())} It snows.\n", encoding="utf-8")
    assert corrigenda("edition", "index", second_volume, "-o", index).returncode == 0
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{THIRD}", encoding="utf-8")
    done = corrigenda("run", page, "--edition", index, "-o", tmp_path / "out")
    assert f"Looked for in the edition small (2 volumes): {CITATION}\n" in done.out
    second = "FRUS 1951 vol. X, document 8, Telegram, found with 0.99 ("
    assert f"\nAlso on page: {second}" in done.out
    report = (tmp_path / "out" / "page.report.html").read_text(encoding="utf-8")
    assert f"<div><dt>Edition</dt><dd>{CITATION}, found with 0.99 (" in report
    assert f"<div><dt>Also on the page</dt><dd>{second}" in report
    assert f"{page}: also in the edition: {second}" in corrigenda("correct", page, "--edition", index).said
    collated = corrigenda("edition", "collate", page, "--edition", index)
    assert f"{page}: also on the page: FRUS 1951 vol. X, document 8, Telegram; not laid beside it" in collated.said


def test_the_report_names_witness_and_readings(corrigenda, page, tmp_path):
    """Whoever reads the report alone learns by what the page was corrected."""
    (tmp_path / "frus1951v09.txt").write_text(VOLUME, encoding="utf-8")
    (tmp_path / "vision.txt").write_text(PAGE, encoding="utf-8")
    witness, reading = tmp_path / "frus1951v09.txt", tmp_path / "vision.txt"
    done = corrigenda("run", page, "--witness", witness, "--reading", reading, "-o", tmp_path / "out")
    assert done.returncode == 0
    report = (tmp_path / "out" / "page.report.html").read_text(encoding="utf-8")
    assert "<dt>Edition</dt><dd>FRUS 1951 vol. IX, document 7" in report
    assert "; given as its witness, frus1951v09</dd>" in report
    assert f"<dt>Other reading</dt><dd>{reading}</dd>" in report


def test_a_page_that_is_not_found_is_corrected_without(corrigenda, index, tmp_path):
    """None found is said, and the corrections are those of a run without an index."""
    text = "The lighthouse keeper has rcceived the money that he asked for, and the agrecment with his brother ends."
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    done = corrigenda("run", tmp_path / "letter.txt", "--edition", index, "-o", tmp_path / "with")
    assert "Looked for in the edition small (1 volumes): none found" in done.stdout.decode()
    corrigenda("run", tmp_path / "letter.txt", "-o", tmp_path / "without")
    texts = [(tmp_path / way / "letter.corrected.txt").read_bytes() for way in ("with", "without")]
    assert texts[0] == texts[1] != text.encode()


def test_correct_tells_what_was_found(corrigenda, index, page):
    """On standard error, since the text goes to standard output."""
    done = corrigenda("correct", page, "--edition", index)
    assert f"{page}: in the edition: {CITATION}" in done.said
    assert b"Ambassador Marchetti asked" in done.stdout


def test_a_witness_and_an_index_are_one_too_many(corrigenda, index, page, tmp_path):
    """Which of the two would count is not guessed."""
    volume = tmp_path / "frus1951v09.txt"
    done = corrigenda("run", page, "--edition", index, "--witness", volume, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "--witness gives the edition and --edition looks for it; name one of them" in done.said


def test_a_file_that_is_no_index_is_exit_5(corrigenda, page, tmp_path):
    """It is named with the remedy, before any work is done."""
    done = corrigenda("run", page, "--edition", page, "-o", tmp_path / "out")
    assert done.returncode == 5
    assert f"{page}: is no index of an edition. Give the edition of this very document with --witness" in done.said
    assert "corrigenda edition index FRUS... -o INDEX" in done.said


def test_a_bad_volume_does_not_stop_the_others(corrigenda, index, tmp_path):
    """Exit 6, with the bad one named; all bad and alone, its own exit code, and no index is made."""
    (tmp_path / "frus1951v08.xml").write_text("<TEI>", encoding="utf-8")
    (tmp_path / "frus1951v07.txt").write_text("The harbour was closed for the winter.", encoding="utf-8")
    volumes = [tmp_path / "frus1951v08.xml", tmp_path / "frus1951v07.txt"]
    done = corrigenda("edition", "index", *volumes, "-o", index)
    assert done.returncode == 6
    assert "frus1951v08.xml, line 1: the XML is not well-formed" in done.said
    assert "2 volumes" in done.said
    alone = corrigenda("edition", "index", volumes[0], "-o", tmp_path / "new.index")
    assert (alone.returncode, (tmp_path / "new.index").exists()) == (3, False)
    assert alone.said.count("the XML is not well-formed") == 1


def test_an_index_is_no_text(corrigenda, index, page):
    """Given as a page or as a witness, it is named as what it is, with the option that takes it."""
    for args in (("match", index, "--edition", index), ("collate", page, "--witness", index)):
        done = corrigenda("edition", *args)
        assert done.returncode == 3
        assert f"{index}, byte offset 0: this is a database, as an index of an edition is, not text" in done.said
        assert "Give an index of an edition with --edition" in done.said


def test_a_kill_leaves_the_old_index(index, tmp_path):
    """Killed while it reads a volume, it has changed nothing: the index opens and has what it had."""
    (tmp_path / "frus1951v10.txt").write_text("The harbour was closed for the winter. " * 100_000, encoding="utf-8")
    before = index.read_bytes()
    command = [sys.executable, "-m", "corrigenda", "edition", "index", tmp_path / "frus1951v10.txt", "-o", index]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert "indexing" in process.stderr.readline()
        process.kill()
    assert index.read_bytes() == before
    assert [volume.name for volume in open_index(index).volumes.values()] == ["frus1951v09"]
