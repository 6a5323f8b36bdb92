"""Input that cannot be used, output that cannot be written: the documented exit code, a message, nothing half done."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest
from click.testing import CliRunner

from corrigenda.cli import cli
from corrigenda.correct.store import find_model

TEXT = "The delegation will take up the matter of the ferry with the port authorities on Tuesday.\n"
VERBS = ["run", "correct"]


def write(data):
    """A maker of a file with this content."""

    def make(path):
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return make


def long_line(path):
    """200 MB without a line end, written a megabyte at a time."""
    megabyte = b"ferry " * (1_000_000 // 6)
    with path.open("wb") as file:
        while file.tell() < 200_000_000:
            file.write(megabyte)


# What makes the input, what the message says is wrong, and the remedy that it offers.
INPUTS = {
    "missing": (lambda _: None, "cannot be read: No such file", "Check the name"),
    "empty": (write(""), "the file is empty", "Check that OCR ran on this record"),
    "white space": (write(" \n\t\r\n\f"), "nothing but white space", "Check that OCR ran on this record"),
    "empty folder": (lambda path: path.mkdir(), "the folder holds no text", "Give a folder with the raw OCR text"),
    "image": (write(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9), "a PNG image, not text", "`corrigenda ocr`"),
    "binary": (write(bytes(range(128, 256)) * 40), "neither UTF-8 nor Windows-1252", "convert it: iconv"),
    "NUL bytes": (write(TEXT + "\nThe next li\0ne.\n"), "line 3, byte offset 102: NUL byte", "Give the plain text"),
    "UTF-16": (write(TEXT.encode("utf-16-le")), "in UTF-16LE, which is not read", "Convert it: iconv -f UTF-16LE"),
    "200 MB in a line": (
        long_line,
        "more than the 10,000,000 bytes that one record may have",
        "Split it into one file",
    ),
    "no body": (write("~~SECRET~~\n\nb(1)\n\n- 2 -\n"), "no body: ", "Check that OCR read the page"),
    "only a transcription": (
        write(f"\nTRANSCRIBED PAGES FOLLOW\n\n{TEXT}"),
        "only a transcription: ",
        "Put the OCR text above that line",
    ),
}


@pytest.fixture(scope="module", params=INPUTS)
def bad(request, tmp_path_factory):
    """One bad input, what is wrong with it, and the remedy."""
    make, wrong, remedy = INPUTS[request.param]
    path = tmp_path_factory.mktemp("bad") / "page.txt"
    make(path)
    yield path, wrong, remedy
    if path.is_file():
        path.unlink()


def is_refused(done, code, *fragments):
    """Whether a process ended with this code, nothing on standard output, and one message with these fragments."""
    assert "Traceback" not in done.said
    assert (done.returncode, done.stdout) == (code, b"")
    (message,) = done.said.splitlines()
    assert message.startswith("corrigenda: ")
    for fragment in fragments:
        assert str(fragment) in message
    return True


@pytest.mark.parametrize("verb", VERBS)
def test_bad_input_is_refused(verb, bad, corrigenda, contents, small_lexicon, tmp_path):
    """Exit 3, the file, what is wrong and the remedy on one line, and not one file written."""
    path, wrong, remedy = bad
    done = corrigenda(verb, path, "-o", tmp_path, "--lexicon", small_lexicon)
    assert is_refused(done, 3, path, wrong, remedy)
    assert contents(tmp_path) == {}
    assert [p.name for p in path.parent.iterdir()] == ([path.name] if path.exists() else [])


def test_far_too_large_a_file_is_refused_without_reading_it(shell, small_lexicon, tmp_path):
    """200 MB are refused in 300 MB of address space, from a file and from a pipe: no more is read than may be."""
    path = tmp_path / "large.txt"
    long_line(path)
    arguments = f"correct --lexicon {small_lexicon}"
    try:
        for line in (f"corrigenda {arguments} large.txt", f"corrigenda {arguments} - < large.txt"):
            assert is_refused(shell(f"ulimit -v 300000; {line}", cwd=tmp_path), 3, "Split it into one file")
    finally:
        path.unlink()


def test_size_that_is_told_is_the_size_of_the_file(corrigenda, small_lexicon, tmp_path):
    """The message does not say 10,000,001 bytes of a file that has twice as many."""
    path = tmp_path / "large.txt"
    path.write_bytes(b"ferry " * 3_500_000)
    done = corrigenda("correct", path, "--lexicon", small_lexicon)
    assert is_refused(done, 3, path)
    assert "10,000,001" not in done.said


@pytest.fixture
def page(tmp_path):
    """A good input, in a folder of its own."""
    path = tmp_path / "in" / "page.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_unreadable_file_is_refused(verb, page, without_rights, contents, small_lexicon, tmp_path):
    """A file that this user may not read is exit 3 with the right to ask for."""
    page.chmod(0)
    out = tmp_path / "out"
    done = without_rights(verb, page, "-o", out, "--lexicon", small_lexicon)
    assert is_refused(done, 3, page, "Permission denied", "Ask for the right to read it")
    assert contents(out) == {}


@pytest.mark.parametrize("verb", VERBS)
def test_unwritable_output_is_refused(verb, page, without_rights, contents, small_lexicon, tmp_path):
    """A folder that this user may not write to is exit 2, before any work is done."""
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    for target in (out, out / "below"):
        done = without_rights(verb, page, "-o", target, "--lexicon", small_lexicon)
        assert is_refused(done, 2, target, "Permission denied", "Name a folder that you may write to")
    assert contents(out) == {}


@pytest.mark.parametrize("verb", VERBS)
def test_file_in_place_of_the_output_folder_is_refused(verb, page, corrigenda, small_lexicon, tmp_path):
    """-o with the name of a file is exit 2, and the file stays."""
    out = tmp_path / "out"
    out.write_text("my notes", encoding="utf-8")
    done = corrigenda(verb, page, "-o", out, "--lexicon", small_lexicon)
    assert done.returncode == 2
    assert "Traceback" not in done.said
    assert str(out) in done.said
    assert out.read_text(encoding="utf-8") == "my notes"


@pytest.mark.parametrize("ending", [".corrected.txt", ".corrections.jsonl", ".flags.jsonl"])
@pytest.mark.parametrize("verb", VERBS)
def test_foreign_file_in_the_way_is_refused(verb, ending, page, corrigenda, contents, small_lexicon, tmp_path):
    """A file of somebody else under the name of a result is exit 2; it stays, and nothing is put beside it."""
    out = tmp_path / "out"
    out.mkdir()
    (out / f"page{ending}").write_text("my notes", encoding="utf-8")
    done = corrigenda(verb, page, "-o", out, "--lexicon", small_lexicon)
    assert is_refused(done, 2, out / f"page{ending}", "is in the way", "-o", "--force")
    assert contents(out) == {f"page{ending}": b"my notes"}


def test_folder_under_the_name_of_a_result_leaves_nothing(page, corrigenda, contents, small_lexicon, tmp_path):
    """Even with --force, results that cannot all be written are not written at all."""
    out = tmp_path / "out"
    (out / "page.report.html").mkdir(parents=True)
    done = corrigenda("run", page, "-o", out, "--force", "-q", "--lexicon", small_lexicon)
    assert is_refused(done, 2, out)
    assert contents(out) == {}


@pytest.mark.parametrize("what", ["input", "folder", "output", "lexicon", "undo"])
def test_sealed_folder_is_refused(what, page, corrigenda, without_rights, small_lexicon, tmp_path):
    """A folder that this user may not enter is never passed over: an error as any other, with name and remedy."""
    sealed = tmp_path / "sealed"
    (sealed / "in").mkdir(parents=True)
    out = ["-q", "-o", tmp_path / "out"]
    assert corrigenda("run", page, *out, "--lexicon", small_lexicon).returncode == 0
    box = tmp_path / "box"
    (box / "in").mkdir(parents=True)
    (box / "in" / "page.txt").write_bytes(page.read_bytes())
    (sealed / "in").chmod(0)
    command, code = {
        "input": (["run", sealed / "in" / "page.txt", *out, "--lexicon", small_lexicon], 3),
        "folder": (["run", sealed, *out, "--lexicon", small_lexicon], 3),
        "output": (["run", box, "-q", "-o", sealed, "--lexicon", small_lexicon], 2),
        "lexicon": (["run", page, *out, "--lexicon", sealed / "in" / "lexicon"], 5),
        "undo": (["undo", tmp_path / "out" / "page.corrections.jsonl", "-o", sealed / "in" / "page.txt"], 2),
    }[what]
    done = without_rights(*command)
    (sealed / "in").chmod(0o755)
    assert is_refused(done, code, sealed)


@pytest.mark.parametrize("option", ["--witness", "truth", "apply", "undo"])
def test_folder_where_a_file_is_needed_is_refused(option, page, corrigenda, contents, small_lexicon, tmp_path):
    """A folder given for a witness, a transcription or a text is exit 3, with its name."""
    folder, out = tmp_path / "folder", tmp_path / "out"
    folder.mkdir()
    assert corrigenda("correct", page, "-o", tmp_path / "done", "--lexicon", small_lexicon).returncode == 0
    ledger = tmp_path / "done" / "page.corrections.jsonl"
    command, what = {
        "--witness": (["run", page, "-o", out, "--lexicon", small_lexicon, "--witness", folder], "Is a directory"),
        "truth": (["score", page, folder], "is a folder"),
    }.get(option, ([option, ledger, folder], "Is a directory"))
    assert is_refused(corrigenda(*command), 3, folder, what, "Give ")
    assert contents(out) == {}


# Witnesses and lexicons


@pytest.mark.parametrize("verb", VERBS)
def test_missing_witness_is_refused(verb, page, corrigenda, contents, small_lexicon, tmp_path):
    """A witness that is not there is exit 3 under its own name, not that of the text."""
    out = tmp_path / "out"
    done = corrigenda(verb, page, "-o", out, "--lexicon", small_lexicon, "--witness", "lost.txt", cwd=tmp_path)
    assert is_refused(done, 3, "lost.txt: cannot be read", "Check the name")
    assert contents(out) == {}


@pytest.mark.parametrize("verb", VERBS)
def test_witness_of_another_text_is_refused(verb, letter, edition, corrigenda, contents, small_lexicon, tmp_path):
    """A witness that shares next to nothing with the page is exit 3, and names both."""
    (tmp_path / "memo.txt").write_text(letter * 3, encoding="utf-8")
    out = tmp_path / "out"
    done = corrigenda(verb, "memo.txt", "-o", out, "--lexicon", small_lexicon, "--witness", edition, cwd=tmp_path)
    assert is_refused(done, 3, "memo.txt: does not look like a copy of FRUS, document 539", "Give the clean edition")
    assert contents(out) == {}


def test_transcription_of_another_page_is_refused(letter, ocr, corrigenda, contents, small_lexicon, tmp_path):
    """Text and truth that are not of one page are exit 3; no score that means nothing is written."""
    (tmp_path / "memo.txt").write_text(letter * 4, encoding="utf-8")
    (tmp_path / "memo.gt.txt").write_bytes(ocr.read_bytes())
    done = corrigenda("run", "memo.txt", "-o", "out", "--lexicon", small_lexicon, cwd=tmp_path)
    assert is_refused(done, 3, "memo.txt: does not look like the page that memo.gt.txt transcribes")
    assert contents(tmp_path / "out") == {}


def test_transcription_of_another_length_is_refused(page, ocr, corrigenda, contents, small_lexicon, tmp_path):
    """A line of text with the transcription of two pages is exit 3, with both names and nothing written."""
    page.with_name("page.gt.txt").write_bytes(ocr.read_bytes())
    done = corrigenda("run", "page.txt", "-o", tmp_path / "out", "--lexicon", small_lexicon, cwd=page.parent)
    assert is_refused(done, 3, "page.txt: does not look like the page that page.gt.txt", "belong together")
    assert contents(tmp_path / "out") == {}


def test_unknown_lexicon_lists_the_shipped_ones(page, corrigenda, contents, tmp_path):
    """A name that is no lexicon is exit 5, and the message says which names there are."""
    done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", "frus-1945-86")
    assert is_refused(done, 5, "frus-1945-86: is neither a folder nor the name of", "frus-1945-68")
    assert contents(tmp_path / "out") == {}


@pytest.fixture
def own_lexicon(small_lexicon, tmp_path):
    """A copy of the small lexicon that a test may damage."""
    return shutil.copytree(small_lexicon, tmp_path / "own")


def test_damaged_words_are_refused(page, own_lexicon, corrigenda, contents, tmp_path):
    """One count changed in words.tsv is exit 5 under the name of that file."""
    words = own_lexicon / "words.tsv"
    words.write_bytes(words.read_bytes().replace(b"1", b"7", 1))
    done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", own_lexicon)
    assert is_refused(done, 5, words, "is not the file that the manifest was written for", "Build the lexicon again")
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "another program's lexicon"}, "is not the manifest of a lexicon"),
        ({"format_version": 2}, "has format version 2"),
        ({"sources": [{"file": "a"}]}, "does not describe its words"),
        (None, "is not JSON"),
    ],
    ids=["format", "version", "sources", "JSON"],
)
def test_foreign_manifest_is_refused(change, says, page, own_lexicon, corrigenda, tmp_path):
    """A manifest that this version does not read is exit 5 under the name of the manifest."""
    path = own_lexicon / "manifest.json"
    manifest = json.loads(path.read_bytes()) | (change or {})
    path.write_text(json.dumps(manifest) if change else "{", encoding="utf-8")
    done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", own_lexicon)
    assert is_refused(done, 5, path, says, "Build the lexicon again")


@pytest.mark.parametrize(
    ("lexicon", "what"), [("", "empty"), (",", "empty"), ("small,", "empty"), ("small,small", "given twice")]
)
def test_no_lexicon_or_one_twice_is_refused(lexicon, what, page, small_lexicon, corrigenda, tmp_path):
    """--lexicon with nothing in it, or with one lexicon twice, is exit 5 and says what to give."""
    done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", lexicon, cwd=small_lexicon.parent)
    assert is_refused(done, 5, what, "Name ")


def test_empty_name_of_a_model_is_refused(page, small_lexicon, corrigenda, contents, tmp_path):
    """--model with nothing in it is exit 5, also where the current folder is a model."""
    options = ["--lexicon", small_lexicon, "--model", ""]
    done = corrigenda("run", page, "-o", tmp_path / "out", *options, cwd=find_model())
    assert is_refused(done, 5, "model: an empty name is given", "Name a shipped model (typescripts)")
    assert contents(tmp_path / "out") == {}


def test_unknown_model_is_refused(page, small_lexicon, corrigenda, contents, tmp_path):
    """--model with a name that nobody ships, or a lexicon's, is exit 5 and names those that are shipped."""
    for name in ("typescript", small_lexicon.name):
        done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", small_lexicon, "--model", name)
        assert is_refused(done, 5, name, "neither a folder nor the name of a shipped model", "typescripts")
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize("name", ["gate.json", "channels.json", "manifest.json"])
def test_damaged_model_is_refused(name, page, small_lexicon, corrigenda, tmp_path):
    """One byte changed in a model is exit 5 under the name of the file."""
    folder = shutil.copytree(find_model(), tmp_path / "model")
    path = folder / name
    path.write_bytes(path.read_bytes().replace(b"1", b"7", 1) if name != "manifest.json" else b"{")
    done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", small_lexicon, "--model", folder)
    says = "is not JSON" if name == "manifest.json" else "is not the file that the manifest was written for"
    assert is_refused(done, 5, path, says, "Learn the model again")


def test_folder_that_is_no_model_is_refused(page, small_lexicon, corrigenda, tmp_path):
    """--model with a lexicon's folder is exit 5, and nothing is corrected with half of it."""
    done = corrigenda("run", page, "-o", tmp_path / "out", "--lexicon", small_lexicon, "--model", small_lexicon)
    assert is_refused(done, 5, small_lexicon / "manifest.json", "is not the manifest of a model", "Learn the model")


# Usage


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["correct", "page.txt", "--max-harm", "100.5"], "--max-harm"),
        (["correct", "page.txt", "--max-harm", "-1"], "--max-harm"),
        (["correct", "page.txt", "--max-harm", "much"], "--max-harm"),
        (["correct", "page.txt", "--threshold", "0.9"], "--threshold"),
        (["run", "page.txt"], "--output"),
        (["correct", "page.txt", "--max-harn", "1"], "--max-harn"),
        (["correct"], "INPUT"),
        (["corect", "page.txt"], "corect"),
    ],
)
def test_wrong_usage_is_exit_2(arguments, named, page, corrigenda):
    """An option, a value or a verb that is not known is exit 2 with its name, and nothing is read or written."""
    done = corrigenda(*arguments, cwd=page.parent)
    assert (done.returncode, done.stdout) == (2, b"")
    assert named in done.said
    assert "Usage: " in done.said
    assert [p.name for p in page.parent.iterdir()] == [page.name]


def test_two_texts_cannot_share_stdout(page, corrigenda):
    """`correct` with two texts and no folder is exit 2 and says what to give."""
    done = corrigenda("correct", page.parent, page, "-q", cwd=page.parent)
    assert (done.returncode, done.stdout) == (2, b"")
    other = page.with_name("other.txt")
    other.write_text(TEXT, encoding="utf-8")
    done = corrigenda("correct", page, other)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "-o" in done.said


def test_limit_of_harm_that_is_no_number_is_exit_2(page, corrigenda):
    """`nan` is between no two numbers; taken as a limit it would let every doubtful correction through."""
    assert corrigenda("correct", page, "--max-harm", "nan").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "", "-o", "out"],
        ["run", "page.txt", "-o", ""],
        ["run", "page.txt", "-o", "out", "--witness", ""],
        ["correct", ""],
        ["correct", "page.txt", ""],
        ["correct", "page.txt", "-o", ""],
        ["score", ""],
        ["score", "page.txt", ""],
        ["score", "page.txt", "--corrected", ""],
        ["score", "--compare", "", "page.txt"],
        ["score", ".", "-o", ""],
        ["apply", ""],
        ["undo", "page.corrections.jsonl", ""],
        ["train", ""],
        ["train", "pairs.jsonl", "-o", ""],
        ["lexicon", "build", ""],
        ["lexicon", "build", "page.txt", "-o", ""],
        ["lexicon", "check", ""],
    ],
    ids=" ".join,
)
def test_empty_name_is_exit_2(arguments, page, monkeypatch):
    """What a script has left out is no name of the current folder, of standard output, or of nothing at all."""
    monkeypatch.chdir(page.parent)
    done = CliRunner().invoke(cli, arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "an empty name is given; the current folder is ." in done.stderr
    assert [p.name for p in page.parent.iterdir()] == [page.name]


@pytest.mark.parametrize("pattern", ["{name}.gt.txt", "{stem", "{}.gt.txt"])
def test_impossible_truth_pattern_is_exit_2(pattern, page, corrigenda, tmp_path):
    """A pattern with another field than {stem} is a usage error that names the option."""
    done = corrigenda("run", page, "-o", tmp_path / "out", "-q", "--truth-pattern", pattern)
    assert "Traceback" not in done.said
    assert done.returncode == 2
    assert "--truth-pattern" in done.said


def test_truth_pattern_with_a_folder(page, corrigenda, small_lexicon, tmp_path):
    """Transcriptions are often kept in a folder beside: it is found there, or the pattern is a usage error."""
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / page.name).write_text(TEXT, encoding="utf-8")
    options = ["-q", "--lexicon", small_lexicon, "--truth-pattern", "../truth/{stem}.txt"]
    done = corrigenda("run", page, "-o", tmp_path / "out", *options)
    assert "Traceback" not in done.said
    if done.returncode != 2:
        assert done.returncode == 0
        assert (tmp_path / "out" / "page.score.json").exists()


def test_dash_is_standard_output_everywhere(page, corrigenda, small_lexicon):
    """`-` is a pipe wherever a file is named, so `-o -` does what leaving it out does, as with apply and undo."""
    done = corrigenda("correct", page, "-o", "-", "--lexicon", small_lexicon, cwd=page.parent)
    assert (done.returncode, done.out) == (0, TEXT)
    assert [p.name for p in page.parent.iterdir()] == [page.name]


# Names of files


@pytest.mark.parametrize("length", [240, 300])
def test_name_that_is_too_long_is_refused(length, corrigenda, contents, small_lexicon, tmp_path):
    """A name that no file can have is bad input; one that leaves no room for the endings is an output error."""
    name = "a" * length + ".txt"
    if length < 250:
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    done = corrigenda("correct", name, "-o", "out", "--lexicon", small_lexicon, cwd=tmp_path)
    assert is_refused(done, 2 if length < 250 else 3, "a" * length, "too long")
    assert contents(tmp_path / "out") == {}


def test_name_that_is_not_utf8(corrigenda, contents, small_lexicon, tmp_path):
    """Old archives have names in Latin-1: such a file is corrected, or refused with a message, but is no crash."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123 (pathlib takes no bytes)
        file.write(TEXT.encode())
    done = corrigenda("correct", path, "-o", tmp_path / "out", "--lexicon", small_lexicon)
    assert "Traceback" not in done.said
    assert done.returncode in {0, 3}
    assert len(contents(tmp_path / "out")) == (3 if done.returncode == 0 else 0)


@pytest.mark.parametrize("name", ["memo [draft].txt", "memo[/draft].txt"])
def test_brackets_in_a_name_are_shown(name, corrigenda, small_lexicon, tmp_path):
    """The table names the document as its file is called."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    done = corrigenda("run", ".", "-o", tmp_path / "out", "--lexicon", small_lexicon, cwd=tmp_path)
    assert (done.returncode, done.said) == (0, "")
    assert name.removesuffix(".txt") in done.out.split("Results in")[0]


# Help


@pytest.mark.parametrize(
    "verb",
    [["run"], ["correct"], ["apply"], ["undo"], ["score"], ["lexicon"], ["lexicon", "build"], ["lexicon", "show"]],
    ids=" ".join,
)
def test_help_of_each_verb_shows_an_example(verb):
    """--help has a line that can be copied, which begins with the very verb."""
    shown = CliRunner().invoke(cli, [*verb, "--help"])
    assert shown.exit_code == 0
    assert re.search(rf"Examples?:\n +corrigenda {' '.join(verb)} ", shown.output)
    assert CliRunner().invoke(cli, [*verb, "-h"]).output == shown.output


def test_help_and_version(corrigenda):
    """`--help` lists the verbs, `--version` names program and version; both go to standard output with exit 0."""
    shown, version = corrigenda("--help"), corrigenda("--version")
    assert (shown.returncode, shown.said, version.returncode, version.said) == (0, "", 0, "")
    for verb in ("run", "correct", "apply", "undo", "score", "lexicon"):
        assert f"\n  {verb} " in shown.out
    assert version.out.rstrip().endswith("version 0.1.0")
