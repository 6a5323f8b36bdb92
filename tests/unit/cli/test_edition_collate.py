"""`edition collate` tells of every difference between a page and its edition."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from corrigenda.cli.edition import edition
from corrigenda.cli.edition_collate import collate

PAGE = (
    "The Ambassador said that the submiasion of the report to the Secretary was delayed b(1) by the weather in the "
    "Carribean, and that no answer had come from the Department."
)
PRINTED = (
    "The Ambassador said that the submission of the report to the Secretary was delayed for a week by the weather in "
    "the Caribbean, and that no answer had come from the Department."
)


@pytest.fixture
def told(tmp_path):
    """Collate a made-up page, perhaps with more options, and give what is printed."""
    page, printed = tmp_path / "letter.txt", tmp_path / "edition.txt"
    page.write_text(PAGE, encoding="utf-8")
    printed.write_text(PRINTED, encoding="utf-8")

    def run(*options: str) -> str:
        done = CliRunner().invoke(collate, [str(page), "--witness", str(printed), *options])
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_each_difference_has_a_line_with_its_class(told):
    """The counts first, then places in the order of the page."""
    lines = told().splitlines()
    assert lines[1].strip() == "1 OCR error, 1 edition variant, 1 redacted in the release"
    assert [line.split(": ")[0] for line in lines[2:]] == [
        "1:30 OCR error",
        "1:84 redacted in the release",
        "1:111 edition variant",
    ]
    assert "'submiasion' | 'submission'" in lines[2]
    assert "'b(1)' | 'for a week'" in lines[3]


def test_json_is_one_line_with_all_of_it(told):
    """Offsets are those of the page, and what nobody asked the probability of has none."""
    (line,) = told("--json").splitlines()
    record = json.loads(line)
    assert set(record) == {"id", "citation", "agreed", "entries"}
    assert [PAGE[e["start"] : e["end"]] for e in record["entries"]] == [e["page"] for e in record["entries"]]
    error, redacted, variant = record["entries"]
    assert error["probability"] > 0.9
    assert (redacted["edition"], redacted["probability"]) == ("for a week", None)
    assert (variant["class"], variant["why"]) == ("edition variant", "spelling")


def test_other_readings_are_listed_below(told, tmp_path):
    """What another engine has there, and what that settles."""
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("Carribean", "Caribbean"), encoding="utf-8")
    lines = told("--reading", str(other)).splitlines()
    assert lines[-2].startswith("1:111 OCR error: 'Carribean' | 'Caribbean'")
    assert lines[-1] == f"    {other} has 'Caribbean,'"


def test_a_page_of_something_else_is_refused(tmp_path):
    """The error names the page and what to do."""
    page, printed = tmp_path / "letter.txt", tmp_path / "edition.txt"
    page.write_text(PAGE, encoding="utf-8")
    printed.write_text("Every harvest summer apples ripened early, growers wrote, wherever rain came. " * 3, "utf-8")
    done = CliRunner().invoke(collate, [str(page), "--witness", str(printed)])
    assert "does not look like a copy" in str(done.exception)


WORDS = (
    "The envoy told the minister that {} ships had left the southern harbour before the storm and that {} men stayed"
)


def test_the_edition_is_looked_for_in_an_index(tmp_path):
    """A page that it prints is laid beside the stretch that was found; one that it does not print has no apparatus."""
    volume, index = tmp_path / "frus1951v01.txt", tmp_path / "small.index"
    said = ". ".join(WORDS.format(f"number{n}teen", f"number{n}ty") for n in "abcdefgh")
    volume.write_text(f"1. Telegram of the Envoy\n\n{said}.\n", encoding="utf-8")
    assert CliRunner().invoke(edition, ["index", str(volume), "-o", str(index)]).exit_code == 0
    page, other = tmp_path / "page.txt", tmp_path / "other.txt"
    page.write_text(said.replace("minister", "ministcr", 1), encoding="utf-8")
    other.write_text("Apples ripened early wherever rain came, growers wrote in every letter of that summer.", "utf-8")
    done = CliRunner().invoke(edition, ["collate", str(page), str(other), "--edition", str(index), "--json"])
    assert done.exit_code == 0, done.output
    found, none = map(json.loads, done.stdout.splitlines())
    assert [(e["class"], e["page"], e["edition"]) for e in found["entries"]] == [("OCR error", "ministcr", "minister")]
    assert found["citation"] == "FRUS 1951 vol. I, document 1, Telegram of the Envoy"
    assert none == {"id": "other", "citation": None, "agreed": 0, "entries": []}


@pytest.mark.parametrize("verb", ["collate", "match"])
def test_what_of_a_folder_is_not_taken_is_said(verb, tmp_path):
    """A box of scans with one text among them is not silently a box of one page."""
    volume, index, box = tmp_path / "frus1951v01.txt", tmp_path / "small.index", tmp_path / "box"
    volume.write_text("1. Telegram of the Envoy\n\nThe harbour was closed for the winter.\n", encoding="utf-8")
    assert CliRunner().invoke(edition, ["index", str(volume), "-o", str(index)]).exit_code == 0
    box.mkdir()
    for name in ("a.txt", "b.jpg", "c.jpg", "d.hocr"):
        (box / name).write_text(PAGE, encoding="utf-8")
    done = CliRunner().invoke(edition, [verb, str(box), "--edition", str(index)])
    assert done.exit_code == 0, done.output
    assert f"2 scans passed over, such as {box / 'b.jpg'}: `corrigenda run` reads and corrects scans" in done.stderr
    assert f"1 layout file passed over, such as {box / 'd.hocr'}" in done.stderr


def test_a_volume_without_a_document_is_warned_of(tmp_path):
    """Prose without a heading can be indexed, but will be cited by its characters."""
    diary, index = tmp_path / "diary.txt", tmp_path / "small.index"
    diary.write_text("The harbour was closed for the winter.\n", encoding="utf-8")
    done = CliRunner().invoke(edition, ["index", str(diary), "-o", str(index)])
    assert done.exit_code == 0
    assert f"{diary}: no document was told apart in it" in done.stderr


def test_an_edition_must_be_named(tmp_path):
    """Neither a witness nor an index is an error of usage that names both."""
    page = tmp_path / "letter.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = CliRunner().invoke(collate, [str(page)])
    assert done.exit_code == 2
    assert "--witness" in done.output
    assert "--edition" in done.output


def test_a_long_passage_is_shortened(tmp_path):
    """Of what the page skips the text has both ends and the number of words between, JSON all of it."""
    skipped = " ".join(f"word{n}x" for n in range(100))
    page, printed = tmp_path / "letter.txt", tmp_path / "edition.txt"
    page.write_text(PAGE, encoding="utf-8")
    printed.write_text(PRINTED.replace("that the submission", f"that {skipped} the submission"), encoding="utf-8")
    done = CliRunner().invoke(collate, [str(page), "--witness", str(printed)])
    (line,) = [one for one in done.stdout.splitlines() if "word0x" in one]
    assert "word11x [76 more words] word88x" in line
    done = CliRunner().invoke(collate, [str(page), "--witness", str(printed), "--json"])
    assert skipped in done.stdout
