"""`corrigenda edition compare`: what people and programs are told of two releases."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from corrigenda.cli.edition_compare import compare

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "releases.schema.json"
FIRST = (
    "The embassy reported on Monday that the meeting with the minister had been put off, and\n"
    "that the officer who was sent to see him in had returned without an answer to the note.\n"
    "The department asked for a full account of the matter before the end of the week.\n"
)
SECOND = (
    FIRST.replace("see him in had", "see him in Guatemala had")
    .replace("with the minister", "with the Venezuelan minister")
    .replace("full account", "full written account")
)


@pytest.fixture
def releases(tmp_path) -> tuple[str, str]:
    """Two releases of one made-up record."""
    paths = (tmp_path / "record.2018.txt", tmp_path / "record.2025.txt")
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    return str(paths[0]), str(paths[1])


def test_people_see_the_name_in_its_context(releases):
    """The hidden name stands in brackets among its words; what is only possible waits for --possible."""
    done = CliRunner().invoke(compare, releases)
    assert done.exit_code == 0
    assert "only in B, page 1:\n  … officer who was sent to see him in [[Guatemala]] had returned" in done.stdout
    assert "2 stretches shown in one release and hidden in the other\n1 more are possible (--possible" in done.stdout
    assert "[[written]]" not in done.stdout


def test_possible_ones_are_listed_when_asked_for(releases):
    """A word without a name may have been lost by a machine, and is called possible."""
    done = CliRunner().invoke(compare, [*releases, "--possible"])
    assert "possibly only in B, page 1:\n" in done.stdout
    assert "[[written]]" in done.stdout


def test_the_json_has_all_and_fits_its_schema(releases):
    """Every stretch is there with its standing and its place in the file that shows it."""
    done = CliRunner().invoke(compare, [*releases, "--json"])
    record = json.loads(done.stdout)
    jsonschema.validate(record, json.loads(SCHEMA.read_text(encoding="utf-8")))
    told = [(f["shown_in"], f["standing"], SECOND[f["start"] : f["end"]]) for f in record["findings"]]
    assert told == [
        ("B", "released", "Venezuelan"),
        ("B", "released", "Guatemala"),
        ("B", "possible", "written"),
    ]


def test_a_file_that_is_no_release_of_the_record_is_refused(releases, tmp_path):
    """The message names the file and the remedy."""
    other = tmp_path / "other.txt"
    other.write_text("Forty barrels of salted fish lay on a quay where seven men counted them twice.\n" * 3)
    done = CliRunner().invoke(compare, [releases[0], str(other)])
    assert done.exit_code != 0
    assert "does not look like another release" in str(done.exception)
    assert "Give two releases of the same record" in str(done.exception)


@pytest.mark.parametrize("text", ["", " \n", "~~SECRET~~\n"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_release_without_a_word_is_said_to_be_empty(releases, tmp_path, text, place):
    """Nothing was read of it, which is not the same as being of another record."""
    empty = tmp_path / "empty.txt"
    empty.write_text(text, encoding="utf-8")
    given = [releases[0], releases[0]]
    given[place] = str(empty)
    done = CliRunner().invoke(compare, given)
    assert done.exception.where == str(empty)
    assert "is empty: it holds no word that could be compared" in str(done.exception)
