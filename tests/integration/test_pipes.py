"""`corrigenda` as a part of a pipe: data on standard output, messages on standard error, no noise in either."""

from __future__ import annotations

import json
import re

import pytest

ESCAPE = b"\x1b"


def test_stdin_to_stdout(corrigenda, letter):
    """`correct -` writes the corrected text and nothing else; that it keeps no ledger is said on standard error."""
    done = corrigenda("correct", "-", input=letter)
    assert done.returncode == 0
    (said,) = done.said.splitlines()
    assert said.startswith("-: 5 corrections made, ")
    assert said.endswith(" places flagged; to keep their ledger name a folder with -o, to see them add --explain")
    assert corrigenda("correct", "-", "-q", input=letter).said == ""
    mended = {"rcceived": "received", "ans-\nwer ": "answer\n", "agrecment": "agreement", "thc ": "the "}
    for wrong, right in {**mended, "mectings": "meetings"}.items():
        letter = letter.replace(wrong, right)
    assert done.out == letter


def test_stdin_keeps_bom_and_line_ends(corrigenda, letter):
    """A pipe is bytes: no line end is turned into another on the way in or out."""
    data = b"\xef\xbb\xbf" + letter.replace("\n", "\r\n").encode()
    done = corrigenda("correct", "-", input=data)
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbfMEMORANDUM")
    assert done.stdout.count(b"\r\n") == data.count(b"\r\n")
    assert b"\n" not in done.stdout.replace(b"\r\n", b"")


def test_explain_goes_to_stderr(corrigenda, letter):
    """--explain tells of each correction with its place and evidence, and leaves standard output as it was."""
    plain, explained = corrigenda("correct", "-", input=letter), corrigenda("correct", "-", "--explain", input=letter)
    assert explained.returncode == 0
    assert explained.stdout == plain.stdout
    assert "add --explain" in plain.said
    assert "add --explain" not in explained.said
    line = next(line for line in explained.said.split("\n") if "rcceived" in line)
    assert line.startswith("3:34 'rcceived' -> 'received'  (character, 0.9")
    assert "lexicon: 'received' is counted" in explained.said


@pytest.mark.parametrize("options", [[], ["--explain"]], ids=["plain", "explained"])
def test_that_nothing_was_found_is_said(options, corrigenda):
    """Silence could also mean that nothing was looked at: one line says how much was, and -q takes it away."""
    text = "The Minister said that the mission will answer in due course.\n"
    done = corrigenda("correct", "-", *options, input=text)
    assert (done.returncode, done.out) == (0, text)
    assert done.said == "-: nothing corrected, nothing flagged; of 11 words that may be corrected none looks misread\n"
    assert corrigenda("correct", "-", "-q", *options, input=text).said == ""


@pytest.mark.parametrize("limit", ["0", "0.01"])
def test_a_limit_that_nothing_vouches_for_is_said(limit, corrigenda, letter):
    """Nothing is corrected, and standard error says why, and from which limit on something would be."""
    done = corrigenda("correct", "-", "--max-harm", limit, input=letter)
    assert (done.returncode, done.out) == (0, letter)
    said, *_ = done.said.splitlines()
    assert said.startswith(
        f"--max-harm {limit}: nothing is corrected, what is doubtful is flagged; the model typescripts "
    )
    (lowest,) = re.findall(r"vouches for ([\d.]+) at the lowest$", said)
    kept = corrigenda("correct", "-", "--max-harm", lowest, input=letter)
    assert kept.out != letter
    assert "--max-harm" not in kept.said


def test_a_limit_of_harm_holds_for_a_witness_too(corrigenda, letter, tmp_path):
    """Without any harm nothing is vouched for; at the usual limit what the edition prints is put in."""
    edition = tmp_path / "edition.txt"
    edition.write_text(letter.replace("rcceived", "received"), encoding="utf-8")
    none = corrigenda("correct", "-", "--max-harm", "0", "--witness", edition, input=letter)
    assert none.said.startswith("--max-harm 0: nothing is corrected, ")
    assert "rcceived" in none.out
    assert "rcceived" not in corrigenda("correct", "-", "--witness", edition, input=letter).out


def test_json_is_one_line_with_everything(corrigenda, letter):
    """--json gives a line that parses, with the text, its corrections and flags, and what they were made with."""
    done = corrigenda("correct", "-", "--json", input=letter)
    assert (done.returncode, done.said) == (0, "")
    assert done.out.count("\n") == 1
    record = json.loads(done.out)
    assert set(record) == {"id", "corrected", "corrections", "flags", "signature"}
    assert record["id"] == "stdin"
    assert record["corrected"].encode() == corrigenda("correct", "-", input=letter).stdout
    assert [c["after"] for c in record["corrections"]] == ["received", "answer\n", "agreement", "the", "meetings"]


def test_json_of_many_documents_has_a_line_each(corrigenda, letter, tmp_path):
    """`run --json` over several texts writes JSON Lines and no table."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(letter, encoding="utf-8")
    done = corrigenda("run", tmp_path, "-o", tmp_path / "out", "--json")
    assert (done.returncode, done.said) == (0, "")
    assert [json.loads(line)["document_id"] for line in done.out.splitlines()] == ["a", "b", "c"]


def test_undo_and_correct_make_a_pipe(corrigenda, letter, tmp_path):
    """A ledger written from standard input works with the text named, and its undoing is the input again."""
    assert corrigenda("correct", "-", "-o", "out", input=letter, cwd=tmp_path).returncode == 0
    done = corrigenda("undo", "out/stdin.corrections.jsonl", cwd=tmp_path)
    assert (done.returncode, done.out) == (0, letter)
    done = corrigenda("apply", "out/stdin.corrections.jsonl", "-", input=letter, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, (tmp_path / "out/stdin.corrected.txt").read_bytes())


def test_bad_stdin_leaves_stdout_empty(corrigenda):
    """An error in the input of a pipe is a message and an exit code, and not one byte for the next in the pipe."""
    done = corrigenda("correct", "-", input=b"")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.said.startswith("corrigenda: -: the file is empty. ")


def test_quiet_says_nothing(corrigenda, letter, ocr, tmp_path):
    """-q leaves both streams of `run` empty, one document or several, while the results are written."""
    (tmp_path / "a.txt").write_text(letter, encoding="utf-8")
    done = corrigenda("run", ocr, tmp_path / "a.txt", "-o", tmp_path / "out", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "out/a.report.html").exists()


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_no_colours_where_there_is_no_terminal(term, corrigenda, ocr, edition, tmp_path):
    """Tables, progress and explanations in a pipe are plain text, whatever the terminal outside can do."""
    env = {"TERM": term, "COLORTERM": "truecolor", "CLICOLOR": "1"}
    run = corrigenda("run", ocr, edition, "-o", tmp_path, "--witness", edition, env=env)
    assert b"fixed" in run.stdout
    assert ESCAPE not in run.stdout + run.stderr


def test_a_row_stays_a_line_in_a_pipe(corrigenda, ocr, tmp_path):
    """The table does not wrap at the width of a terminal that nobody looks at."""
    done = corrigenda("run", ocr, "-o", tmp_path, env={"COLUMNS": "40"})
    (row,) = (line for line in done.out.splitlines() if ocr.stem in line and "→" in line)
    assert "6.02 → 6.02" in row
    assert "8.10 → 8.10" in row


def test_without_a_transcription_the_table_has_what_there_is(corrigenda, letter, tmp_path):
    """Words, corrections, flags and by what, without a column that is empty; and every file that was written."""
    (tmp_path / "a.txt").write_text(letter, encoding="utf-8")
    done = corrigenda("run", "a.txt", "-o", "out", cwd=tmp_path)
    assert not {"CER", "fixed", "harmed"} & set(done.out.split())
    flags = (tmp_path / "out/a.flags.jsonl").read_text(encoding="utf-8").count("\n")
    (row,) = (line for line in done.out.splitlines() if line.startswith("│ a "))
    name, words, corrections, flagged, share = row.strip("│").split("│")
    every = len(letter.split())
    assert (name.strip(), int(words), int(corrections), int(flagged)) == ("a", every, 5, flags)
    assert float(share) == round(100 * flags / every, 2)
    *_, by, last = done.out.splitlines()
    told = "lexicon frus-1945-68, model typescripts, engine as the text tells, no witness, max harm 0.1%"
    assert by == f"Corrected by {told}"
    where, _, files = last.partition(": ")
    assert where == "Results in out"
    assert sorted(files.split(", ")) == sorted(path.name for path in (tmp_path / "out").iterdir())


def test_several_documents_without_a_transcription_are_added_up(corrigenda, letter, tmp_path):
    """The last row has the sums, and one document with a transcription brings the table of rates back."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(letter, encoding="utf-8")
    done = corrigenda("run", tmp_path, "-o", tmp_path / "out")
    (row,) = (line for line in done.out.splitlines() if line.startswith("│ all 2 "))
    assert [cell.strip() for cell in row.strip("│").split("│")][1:3] == [str(2 * len(letter.split())), "10"]
    assert "*.corrections.jsonl, " in done.out
    (tmp_path / "a.gt.txt").write_text(letter, encoding="utf-8")
    scored = corrigenda("run", tmp_path, "-o", tmp_path / "out", "--force").out
    assert "CER" in scored
    assert "*.score.json" in scored


@pytest.fixture(scope="module")
def much(letter, tmp_path_factory):
    """A folder with a text of more bytes than a pipe holds, so that its writer meets the reader's absence."""
    path = tmp_path_factory.mktemp("much") / "much.txt"
    path.write_text("\n".join([letter] * 400), encoding="utf-8")
    assert path.stat().st_size > 2 * 65536
    return path.parent


def test_closed_pipe_is_quiet(much, shell):
    """`correct FILE | head -1`: the first line comes, and no complaint about the rest that nobody wanted."""
    done = shell("corrigenda correct much.txt | head -1", cwd=much)
    assert (done.out, done.said) == ("MEMORANDUM FOR THE FILES\n", "")


def test_closed_pipe_is_no_error(much, shell):
    """A reader that has seen enough is no failure of the writer: exit 0, so `set -o pipefail` goes on."""
    done = shell("corrigenda correct much.txt | head -1 > /dev/null; exit ${PIPESTATUS[0]}", cwd=much)
    assert (done.returncode, done.said) == (0, "")


def test_reader_that_is_gone_at_once(much, shell):
    """A reader that takes nothing at all is no cause for a trace either."""
    done = shell("corrigenda correct much.txt --json | true", cwd=much)
    assert (done.out, done.said) == ("", "")


@pytest.mark.parametrize(
    ("options", "encoding"),
    [([], "cp1252"), ([], "ascii"), (["--json"], "cp1252")],
    ids=["table, cp1252", "table, ascii", "json, cp1252"],
)
def test_stream_that_is_not_utf8(options, encoding, corrigenda, letter, tmp_path):
    """Redirected output on Windows is cp1252: what it cannot show may be shown otherwise, but is no crash."""
    text, truth = tmp_path / "a.txt", tmp_path / "a.gt.txt"
    text.write_text(f"{letter}\nThe ferry → “Ångström” of Łódź was mentioned.\n", encoding="utf-8")
    truth.write_text(f"{letter}\nThe ferry → “Ångström” of Łódź was mentioned.\n", encoding="utf-8")
    verb = ["correct", text] if options else ["run", text, "-o", tmp_path / "out"]
    done = corrigenda(*verb, *options, env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.said) == (0, "")


def test_windows_1252_is_said(corrigenda, small_lexicon, tmp_path):
    """A file that is not UTF-8 is read as Windows-1252, and the user is told so on standard error, but not with -q."""
    page = tmp_path / "page.txt"
    page.write_bytes("The envoy, Señor Ruiz, left the harbour.\r\n".encode("cp1252"))
    told = corrigenda("correct", page, "--lexicon", small_lexicon)
    assert (told.returncode, told.stdout) == (0, page.read_bytes())
    assert b"page.txt: not UTF-8; read, and written, as Windows-1252" in told.stderr
    assert corrigenda("correct", page, "--lexicon", small_lexicon, "-q").stderr == b""
