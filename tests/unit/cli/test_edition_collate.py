"""`edition collate` tells of every difference between a page and its edition."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

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
