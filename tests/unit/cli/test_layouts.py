"""ALTO, PAGE and hOCR on the command line: in, corrected, out, and back."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from corrigenda.cli import cli
from corrigenda.errors import BadInputError, OutputError
from corrigenda.files.inputs import discover, truth_path
from corrigenda.ingest import formats

# Plain typed prose with a few misreadings that the shipped lexicon is sure to mend; no record says this.
LETTER = """\
The Counselor of the Embassy has rcceived the draft of the note and will ans-
wer it in due course. The Department hopes that the agrecment will be signed, and that
thc delegation must prepare a new paper before the conference opens in Geneva.
""".splitlines()


def alto(lines: list[str]) -> bytes:
    """An ALTO file of these lines."""
    rows = "".join(
        f"<TextLine>{'<SP/>'.join(f'<String CONTENT={chr(34)}{escape(w)}{chr(34)}/>' for w in line.split())}</TextLine>"
        for line in lines
    )
    space = f"<PrintSpace><TextBlock>{rows}</TextBlock></PrintSpace>"
    return f"<alto><Layout><Page>{space}</Page></Layout></alto>".encode()


@pytest.fixture(scope="module")
def box(tmp_path_factory) -> Path:
    """A folder with a page in ALTO, and in `out` what a run has made of it."""
    folder = tmp_path_factory.mktemp("box")
    (folder / "letter.alto.xml").write_bytes(alto(LETTER))
    (folder / "letter.gt.txt").write_text("\n".join(LETTER).replace("thc", "the"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["run", str(folder), "-o", str(folder / "out"), "-q"], catch_exceptions=False)
    assert done.exit_code == 0
    return folder


def call(*args: object):
    """Run a verb."""
    return CliRunner().invoke(cli, list(map(str, args)), catch_exceptions=False)


def text(data: bytes) -> str:
    """The text of a page."""
    return formats.read(data, path="page", document_id="page").document.text


def test_a_run_gives_the_page_back_in_its_format(box):
    """Beside the text, under the name of the page without its ending; the transcription beside it is scored."""
    names = sorted(path.name for path in (box / "out").iterdir())
    results = ("corrected.alto.xml", "corrected.txt", "corrections.jsonl", "flags.jsonl", "report.html", "score.json")
    assert names == [f"letter.{result}" for result in results]
    made = (box / "out" / "letter.corrected.alto.xml").read_bytes()
    assert "the delegation" in text(made)
    assert b'SUBS_CONTENT="answer"' in made


def test_undo_gives_the_page_or_the_page_with_the_other_corrections(box):
    """All taken back is the file byte for byte; one taken back leaves the others."""
    ledger, page = box / "out" / "letter.corrections.jsonl", box / "out" / "letter.corrected.alto.xml"
    assert call("undo", ledger, page).stdout_bytes == alto(LETTER)
    first = call("undo", ledger, page, "--only", "id=1").stdout_bytes
    assert "has rcceived the" in text(first)
    assert "the delegation" in text(first)


def test_apply_makes_the_corrected_page_again(box):
    """The ledger names the page, and a choice of corrections can be made."""
    ledger, page = box / "out" / "letter.corrections.jsonl", box / "out" / "letter.corrected.alto.xml"
    assert call("apply", ledger).stdout_bytes == page.read_bytes()
    some = text(call("apply", ledger, "--without", "id=1").stdout_bytes)
    assert "has rcceived the" in some
    assert "the delegation" in some


def test_a_page_that_was_edited_since_is_refused(box, tmp_path):
    """A ledger undoes what it has done, and nothing else."""
    ledger, page = box / "out" / "letter.corrections.jsonl", tmp_path / "page.xml"
    made = (box / "out" / "letter.corrected.alto.xml").read_bytes()
    for old, new in ((b'CONTENT="draft"', b'CONTENT="note"'), (b'CONTENT="the"><', b'CONTENT="thy"><')):
        page.write_bytes(made.replace(old, new))
        with pytest.raises(BadInputError, match="edited since"):
            call("undo", ledger, page)


def test_a_page_in_a_pipe_stays_a_page(box):
    """What comes in as ALTO goes out as ALTO."""
    done = CliRunner().invoke(cli, ["correct", "-"], input=alto(LETTER), catch_exceptions=False)
    assert done.stdout_bytes == (box / "out" / "letter.corrected.alto.xml").read_bytes()


def test_pages_are_inputs_where_a_folder_holds_no_text(tmp_path):
    """Else the text is what was read, and the page the same once more."""
    for name in ("a.alto.xml", "b.page.xml", "c.hocr", "c.corrected.hocr", "d.png", "a.gt.txt"):
        (tmp_path / name).write_text("x")
    assert [one.id for one in discover([str(tmp_path)])] == ["a", "b", "c"]
    assert truth_path("box/a.alto.xml") == "box/a.gt.txt"
    (tmp_path / "c.page.xml").write_text("x")
    with pytest.raises(OutputError, match="same id 'c'"):
        discover([str(tmp_path)])
    (tmp_path / "e.txt").write_text("x")
    assert [one.id for one in discover([str(tmp_path)])] == ["e"]
