"""Many documents: folders, truth files, failures among them, results already there, and jobs that are cut short."""

from __future__ import annotations

import json
import signal
import time
from hashlib import sha256

import pytest

MENDED = {"rcceived": "received", "ans-\nwer ": "answer\n", "agrecment": "agreement", "thc ": "the "}
ENDINGS = (".corrected.txt", ".corrections.jsonl", ".flags.jsonl", ".report.html")


@pytest.fixture(scope="session")
def clean(letter):
    """What a human would have typed off the letter."""
    for wrong, right in {**MENDED, "mectings": "meetings"}.items():
        letter = letter.replace(wrong, right)
    return letter


def names(*ids, scored=()):
    """The results that `run` leaves for these documents."""
    return {f"{i}{ending}" for i in ids for ending in ENDINGS} | {f"{i}.score.json" for i in scored}


def lay(folder, files):
    """Write these texts below `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def signed(folder, document_id):
    """The signature in a ledger."""
    path = folder / f"{document_id}.corrections.jsonl"
    return json.loads(path.read_text(encoding="utf-8").split("\n")[0])["signature"]


# Folders and truth files


def test_results_mirror_the_folder(corrigenda, contents, letter, clean, tmp_path):
    """Each text below the folder, .txt or .md, has its results under the same relative path; no other file is read.

    The scan of a text is none, since it was read before.
    """
    box = tmp_path / "box"
    lay(box, {"one.txt": letter, "1962/two.md": letter, "1962/11/three.TXT": letter, "1962/two.tif": "read already"})
    lay(box, {".hidden.txt": letter, "1962/notes.docx": "no text"})
    done = corrigenda("run", box, "-o", tmp_path / "out")
    assert (done.returncode, done.said) == (0, "")
    found = contents(tmp_path / "out")
    assert set(found) == names("one", "1962/two", "1962/11/three")
    assert {d.decode() for name, d in found.items() if name.endswith(".corrected.txt")} == {clean}
    for row in ("│ one ", "│ 1962/two ", "│ 1962/11/three "):
        assert row in done.out


def test_results_and_truth_are_no_inputs(corrigenda, contents, letter, clean, tmp_path):
    """With -o the input folder itself, a second run takes the same documents again and nothing that the first left."""
    lay(tmp_path, {"one.txt": letter, "one.gt.txt": clean, "sub/two.txt": letter, "sub/two.gt.txt": clean})
    inputs = set(contents(tmp_path))
    first = corrigenda("run", tmp_path, "-o", tmp_path, "--json")
    assert [json.loads(line)["document_id"] for line in first.out.splitlines()] == ["one", "sub/two"]
    after = contents(tmp_path)
    assert set(after) == inputs | names("one", "sub/two", scored=("one", "sub/two"))
    second = corrigenda("run", tmp_path, "-o", tmp_path, "--json")
    assert (second.returncode, second.stdout) == (0, first.stdout)
    assert contents(tmp_path) == after


def test_results_and_truth_are_no_inputs_of_a_wildcard(shell, contents, letter, clean, tmp_path):
    """`box/*.txt`, as a shell spells it out, means the same documents as `box/`."""
    lay(tmp_path, {"box/one.txt": letter, "box/one.gt.txt": clean})
    for _ in range(2):
        done = shell("corrigenda run box/*.txt -o box -q", cwd=tmp_path)
        assert (done.returncode, done.said) == (0, "")
        assert set(contents(tmp_path / "box")) == {"one.txt", "one.gt.txt"} | names("one", scored=("one",))


def test_truth_without_its_text_is_no_input(corrigenda, contents, letter, clean, tmp_path):
    """A transcription whose scan has not been read yet is not corrected as if it were OCR."""
    lay(tmp_path, {"box/one.txt": letter, "box/two.gt.txt": clean})
    assert corrigenda("run", tmp_path / "box", "-o", tmp_path / "out", "-q").returncode == 0
    assert set(contents(tmp_path / "out")) == names("one")


def test_truth_beside_the_text_is_scored(corrigenda, letter, clean, tmp_path):
    """x.gt.txt scores x.txt: all that was wrong in the letter is mended, and no right word is harmed."""
    lay(tmp_path, {"memo.txt": letter, "memo.gt.txt": clean})
    done = corrigenda("run", tmp_path / "memo.txt", "-o", tmp_path / "out", "--json")
    (record,) = map(json.loads, done.out.splitlines())
    score = json.loads((tmp_path / "out/memo.score.json").read_text(encoding="utf-8"))
    assert record["outcomes"] == score["outcomes"]
    assert (score["outcomes"]["fixed"], score["outcomes"]["harmed"], score["outcomes"]["missed"]) == (5, 0, 0)
    assert record["folded"]["cer"]["before"] > record["folded"]["cer"]["after"] == 0.0


def test_truth_pattern(corrigenda, contents, letter, clean, tmp_path):
    """--truth-pattern finds truth files of another habit, in a folder too, and takes none of them for an input."""
    lay(tmp_path / "box", {"a.txt": letter, "a_truth.txt": clean, "sub/b.txt": letter, "sub/b_truth.txt": clean})
    lay(tmp_path / "box", {"c.txt": letter})
    options = ["-q", "--truth-pattern", "{stem}_truth.txt"]
    assert corrigenda("run", tmp_path / "box", "-o", tmp_path / "out", *options).returncode == 0
    assert set(contents(tmp_path / "out")) == names("a", "sub/b", "c", scored=("a", "sub/b"))


def test_correct_reads_no_truth(corrigenda, contents, letter, tmp_path):
    """`correct` leaves text, ledger and flags, and does not so much as open the transcription."""
    lay(tmp_path, {"box/memo.txt": letter})
    (tmp_path / "box/memo.gt.txt").write_bytes(b"\x00\xff no text at all")
    done = corrigenda("correct", tmp_path / "box", "-o", tmp_path / "out")
    assert (done.returncode, done.stdout, done.said) == (0, b"", "")
    assert set(contents(tmp_path / "out")) == {f"memo{ending}" for ending in ENDINGS[:3]}


# Failures


@pytest.mark.parametrize("verb", ["run", "correct"])
def test_one_bad_file_does_not_stop_the_others(verb, corrigenda, contents, letter, clean, tmp_path):
    """Exit 6; what failed is listed at the end with its reason, and every other document is complete."""
    box, out = tmp_path / "box", tmp_path / "out"
    lay(box, {"a.txt": letter, "b.txt": "", "c.txt": letter, "d.txt": "~~SECRET~~\n", "e.txt": letter})
    done = corrigenda(verb, box, "-o", out)
    assert done.returncode == 6
    *failed, last = done.said.splitlines()
    assert [line.split(": ")[:2] for line in failed] == [["failed", str(box / f"{name}.txt")] for name in "bd"]
    assert last.startswith("corrigenda: 2 of 5 documents: failed")
    results = names("a", "c", "e") if verb == "run" else {f"{i}{e}" for i in "ace" for e in ENDINGS[:3]}
    found = contents(out)
    assert set(found) == results
    assert {data.decode() for name, data in found.items() if name.endswith(".corrected.txt")} == {clean}


def test_run_again_after_mending(corrigenda, contents, letter, tmp_path):
    """After a failure the same command goes through once the bad file is mended: what is done is no obstacle."""
    box, out = tmp_path / "box", tmp_path / "out"
    lay(box, {"a.txt": letter, "b.txt": ""})
    assert corrigenda("run", box, "-o", out, "-q").returncode == 6
    lay(box, {"b.txt": letter})
    done = corrigenda("run", box, "-o", out, "-q")
    assert (done.returncode, done.said) == (0, "")
    assert set(contents(out)) == names("a", "b")


@pytest.mark.parametrize(
    "given", [["a/memo.txt", "b/memo.txt"], ["a/memo.txt", "a/memo.txt"], ["a", "b"], ["a/memo.txt", "a/memo.md"]]
)
def test_the_same_id_twice_is_refused(given, corrigenda, letter, tmp_path):
    """Two inputs whose results would overwrite each other are exit 2 before any work, with both names."""
    lay(tmp_path, {"a/memo.txt": letter, "b/memo.txt": letter})
    if given[-1].endswith(".md"):
        lay(tmp_path, {"a/memo.md": letter})
    done = corrigenda("run", *given, "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "has the same id 'memo' as a/memo.txt" in done.said
    assert given[-1] in done.said
    assert "rename one" in done.said
    assert not (tmp_path / "out").exists()


# Results already there


@pytest.fixture
def done_once(corrigenda, letter, clean, small_lexicon, tmp_path):
    """The folder `out` with the results of memo.txt, scored; and how to run it again."""
    lay(tmp_path, {"memo.txt": letter, "memo.gt.txt": clean})

    def again(*options):
        command = ["run", "memo.txt", "-o", "out", "-q", "--lexicon", small_lexicon]
        return corrigenda(*command, *options, cwd=tmp_path)

    assert again().returncode == 0
    return tmp_path / "out", again


def test_results_of_the_same_signature_are_replaced(done_once, contents):
    """The same run again is exit 0 and silent; the results are the same, and nothing else comes to lie there."""
    out, again = done_once
    before = contents(out)
    done = again()
    assert (done.returncode, done.stdout, done.said) == (0, b"", "")
    assert contents(out) == before


def test_results_that_no_longer_apply_are_removed(done_once, contents, tmp_path):
    """Where the transcription is gone, the same run leaves no score of it behind."""
    out, again = done_once
    (tmp_path / "memo.gt.txt").unlink()
    assert again().returncode == 0
    assert set(contents(out)) == names("memo")


def refused(done, out, before, contents):
    """Whether a run was refused with exit 2, name and remedy, and left the folder as it was."""
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.said.startswith("corrigenda: out/memo.")
    assert "is in the way" in done.said
    assert "--force" in done.said
    assert contents(out) == before
    return True


def test_results_of_other_options_are_refused(done_once, contents):
    """Another limit of harm would replace results by others: not without --force."""
    out, again = done_once
    before, signature = contents(out), signed(out, "memo")
    assert refused(again("--max-harm", "0.01"), out, before, contents)
    assert again("--max-harm", "0.01", "--force").returncode == 0
    assert signed(out, "memo") != signature
    assert set(contents(out)) == set(before)


def test_text_edited_by_hand_is_refused(done_once, contents):
    """Hours of work on the corrected text are not overwritten by the same run: not without --force."""
    out, again = done_once
    made, edited = contents(out), out / "memo.corrected.txt"
    edited.write_bytes(edited.read_bytes().replace(b"ferry", b"steam ferry"))
    before = contents(out)
    assert refused(again(), out, before, contents)
    assert again("--force").returncode == 0
    assert contents(out) == made


@pytest.mark.parametrize("ending", [*ENDINGS, ".score.json"])
def test_foreign_file_is_refused(ending, corrigenda, contents, letter, clean, small_lexicon, tmp_path):
    """A file that corrigenda did not write is in the way under any name of a result: not without --force."""
    lay(tmp_path, {"memo.txt": letter, "memo.gt.txt": clean, f"out/memo{ending}": "my notes"})
    run = ["run", "memo.txt", "-o", "out", "-q", "--lexicon", small_lexicon]
    out, before = tmp_path / "out", contents(tmp_path / "out")
    assert refused(corrigenda(*run, cwd=tmp_path), out, before, contents)
    assert corrigenda(*run, "--force", cwd=tmp_path).returncode == 0
    assert set(contents(out)) == names("memo", scored=("memo",))
    assert b"my notes" not in contents(out).values()


def test_results_of_another_document_are_refused(done_once, contents, corrigenda, letter, small_lexicon, tmp_path):
    """memo.txt of another box, with the same options: its results do not quietly replace those of the first."""
    out, _ = done_once
    before = contents(out)
    lay(tmp_path, {"box2/memo.txt": letter.replace("Geneva", "Lausanne")})
    done = corrigenda("run", "box2/memo.txt", "-o", "out", "-q", "--lexicon", small_lexicon, cwd=tmp_path)
    assert refused(done, out, before, contents)


def test_foreign_file_among_many_stops_only_its_own_document(corrigenda, contents, letter, tmp_path):
    """In a folder of documents, the one whose results would land on a foreign file fails, and the others are done."""
    lay(tmp_path, {"box/a.txt": letter, "box/b.txt": letter, "out/a.report.html": "my notes"})
    done = corrigenda("run", tmp_path / "box", "-o", tmp_path / "out", "-q")
    assert done.returncode == 6
    assert "a.report.html: is in the way" in done.said
    assert set(contents(tmp_path / "out")) == {"a.report.html"} | names("b")
    assert contents(tmp_path / "out")["a.report.html"] == b"my notes"


# Cut short


@pytest.fixture(scope="module")
def many(letter, tmp_path_factory):
    """A folder of 40 documents that keep a run busy for some seconds."""
    box = tmp_path_factory.mktemp("many")
    lay(box, {f"page{n:02}.txt": "\n".join([letter] * 20) + f"\nEnclosure {n}.\n" for n in range(40)})
    return box


def is_complete(found, document_id):
    """Whether the results of a document are all there, and agree with each other."""
    assert {name for name in found if name.startswith(f"{document_id}.")} == names(document_id)
    header, *corrections = found[f"{document_id}.corrections.jsonl"].decode().splitlines()
    assert json.loads(header)["corrections"] == len([json.loads(line) for line in corrections])
    assert json.loads(header)["corrected_sha256"] == sha256(found[f"{document_id}.corrected.txt"]).hexdigest()
    assert found[f"{document_id}.report.html"].rstrip().endswith(b"</html>")
    return True


def wait_for_results(process, out, number):
    """Wait until `number` ledgers are written; the process must still be at work."""
    deadline = time.monotonic() + 60
    while len(list(out.glob("*.corrections.jsonl"))) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)


def ids(found):
    """The documents that have any result."""
    return {name.partition(".")[0] for name in found}


def test_interrupted_job_leaves_finished_documents(start, contents, many, tmp_path):
    """Ctrl-C in the middle: exit 130 and a sentence; what is there is complete, and nothing else is there."""
    with start("run", many, "-o", tmp_path, "-q") as process:
        wait_for_results(process, tmp_path, 3)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    message = "corrigenda: interrupted; finished documents are complete, the one at work left nothing"
    assert said.decode().strip() == message
    found = contents(tmp_path)
    assert 3 <= len(ids(found)) < 40
    assert "" not in ids(found)
    assert all(is_complete(found, i) for i in ids(found))


def test_killed_job_leaves_only_whole_files(start, corrigenda, contents, many, tmp_path):
    """kill -9 in the middle: every result that is there is whole, and the same command finishes the job."""
    with start("run", many, "-o", tmp_path, "-q") as process:
        wait_for_results(process, tmp_path, 3)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    found = {name: data for name, data in contents(tmp_path).items() if not name.startswith(".")}
    whole = sorted(ids(found))
    assert 3 <= len(whole) < 40
    assert all(is_complete(found, i) for i in whole[:-1])
    done = corrigenda("run", many, "-o", tmp_path, "-q")
    assert (done.returncode, done.said) == (0, "")
    found = {name: data for name, data in contents(tmp_path).items() if not name.startswith(".")}
    assert ids(found) == {f"page{n:02}" for n in range(40)}
    assert all(is_complete(found, i) for i in ids(found))


# Python runs this at its start; it stops the process between two results of one document, where chance seldom would.
_STOP_AFTER = """
import os, signal
moved, move = [], os.replace
def replace(*args, **kwargs):
    move(*args, **kwargs)
    moved.append(1)
    if len(moved) == {number}:
        os.kill(os.getpid(), signal.{signal})
os.replace = replace
"""


@pytest.fixture
def stop_after(corrigenda, small_lexicon, tmp_path):
    """Run memo.txt into out/, and send the process a signal as soon as it has moved so many results into place."""

    def run(number, name):
        (tmp_path / "site").mkdir()
        (tmp_path / "site/sitecustomize.py").write_text(_STOP_AFTER.format(number=number, signal=name))
        env = {"PYTHONPATH": str(tmp_path / "site")}
        command = ["run", "memo.txt", "-o", "out", "-q", "--lexicon", small_lexicon]
        return corrigenda(*command, cwd=tmp_path, env=env)

    return run


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_killed_between_two_results(number, stop_after, corrigenda, contents, letter, small_lexicon, tmp_path):
    """Wherever among its results a document was cut off, the same command finishes it without --force."""
    lay(tmp_path, {"memo.txt": letter})
    assert stop_after(number, "SIGKILL").returncode == -signal.SIGKILL
    standing = [p for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")]
    assert len(standing) == number
    done = corrigenda("run", "memo.txt", "-o", "out", "-q", "--lexicon", small_lexicon, cwd=tmp_path)
    assert (done.returncode, done.said) == (0, "")
    found = {name: data for name, data in contents(tmp_path / "out").items() if not name.startswith(".")}
    assert is_complete(found, "memo")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_interrupted_between_two_results(number, stop_after, contents, letter, tmp_path):
    """Ctrl-C while results are moved into place leaves all of them or none, as the message says."""
    lay(tmp_path, {"memo.txt": letter})
    assert stop_after(number, "SIGINT").returncode == 130
    found = contents(tmp_path / "out")
    assert found == {} or is_complete(found, "memo")


def test_interrupted_at_once_leaves_nothing(start, contents, many, tmp_path):
    """Ctrl-C before the first document is done leaves an empty folder or none, and no trace of a program."""
    with start("run", many, "-o", tmp_path / "out", "-q") as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "out").exists():
            assert time.monotonic() < deadline
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert all(is_complete(contents(tmp_path / "out"), i) for i in ids(contents(tmp_path / "out")))


def test_transcriptions_without_a_text_are_told(corrigenda, small_lexicon, letter, tmp_path):
    """A transcription whose name fits no text is named, not passed over in silence."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.tesseract.txt").write_text(letter, encoding="utf-8")
    (tmp_path / "in" / "page.gt.txt").write_text(letter, encoding="utf-8")
    done = corrigenda("run", tmp_path / "in", "-o", tmp_path / "out", "--lexicon", small_lexicon)
    assert done.returncode == 0
    assert "1 transcriptions belong to no text" in done.said
    assert "page.gt.txt" in done.said
