"""What a job over many documents says of those that failed."""

from __future__ import annotations

import pytest

from corrigenda.cli.jobs import each
from corrigenda.cli.options import Talk
from corrigenda.errors import BadInputError, CorrigendaError, OutputError, PartialFailureError
from corrigenda.files.inputs import Input

IN_THE_WAY = OutputError(where="out/a.report.html", what="is in the way", remedy="Use --force")
EMPTY = BadInputError(where="a.txt", what="the file is empty", remedy="Check that OCR ran on this record")


def failing(errors: dict[str, CorrigendaError]) -> str:
    """The last message of a job over the documents a, b and c, of which some have an error."""

    def work(one: Input) -> None:
        if one.id in errors:
            raise errors[one.id]

    inputs = [Input(path=f"{name}.txt", id=name) for name in "abc"]
    with pytest.raises(PartialFailureError) as raised:
        each(inputs, work, talk=Talk(as_json=False, quiet=True, no_progress=True))
    return str(raised.value)


def test_files_that_cannot_be_read_are_to_be_mended():
    """The others are done, and need not be left out of the next run."""
    told = failing({"a": EMPTY, "c": EMPTY})
    assert told.startswith("2 of 3 documents: failed, for the reasons above; all others are done. Mend or leave out")
    assert told.endswith("those files and run again: finished results are replaced quietly")


def test_files_whose_results_have_no_place_are_not_at_fault():
    """Nothing is to be mended in them; the message of each says what to do."""
    told = failing({"a": IN_THE_WAY, "b": EMPTY})
    assert "all others are done. Do as each of them says, and run again: finished results" in told
    assert "Mend" not in told


@pytest.mark.parametrize("error", [IN_THE_WAY, EMPTY])
def test_where_all_failed_no_others_are_said_to_be_done(error: CorrigendaError):
    """Of three documents that failed there are no others, and no results to be replaced."""
    told = failing(dict.fromkeys("abc", error))
    assert told.startswith("3 of 3 documents: failed, for the reasons above; none is done. ")
    assert "others" not in told
    assert "finished" not in told
