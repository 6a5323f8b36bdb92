"""`apply` and `undo`: the other side of a ledger, byte for byte, whole or in part."""

from __future__ import annotations

import json
import shutil

import pytest

TRANSCRIPTION = "\nTRANSCRIBED PAGES FOLLOW\n\nThe Counselor of the Embassy has received the draft — “in full”.\n"


def mixed(text):
    """Every kind of line end in one file, as after a merge of pages from several machines."""
    pieces = text.split("\n")
    ends = ("\r\n", "\n", "\r\n", "\n", "\r")
    return "".join(piece + ends[i % len(ends)] for i, piece in enumerate(pieces[:-1])) + pieces[-1]


def crlf(text):
    """Line ends as DOS has them."""
    return text.replace("\n", "\r\n")


FILES = {
    "plain": lambda text: text.encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "crlf": lambda text: crlf(text).encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "mixed": lambda text: mixed(text).encode(),
    "windows-1252": lambda text: text.replace("Embassy", "“Señorío”").encode("cp1252"),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "blank lines at the end": lambda text: (text + "\n\n \n\t\n").encode(),
    "form feeds": lambda text: ("\f" + text + "\f\n" + text).encode(),
    "decomposed and wide letters": lambda text: text.replace("Embassy", "Ene\u0301mbas\U0001d538").encode(),
    "transcription": lambda text: (text + TRANSCRIPTION).encode(),
    "bom, crlf, transcription": lambda text: b"\xef\xbb\xbf" + crlf(text + TRANSCRIPTION).encode(),
    "windows-1252, mixed, transcription": lambda text: mixed(text + TRANSCRIPTION).encode("cp1252"),
}


@pytest.fixture(scope="module")
def folder(corrigenda, letter, tmp_path_factory):
    """Each of `FILES` as box/NAME.txt, and its results below out/."""
    here = tmp_path_factory.mktemp("undo")
    (here / "box").mkdir()
    for name, make in FILES.items():
        (here / "box" / f"{name}.txt").write_bytes(make(letter))
    done = corrigenda("correct", "box", "-o", "out", "-q", cwd=here)
    assert (done.returncode, done.said) == (0, "")
    return here


@pytest.fixture(scope="module")
def seed(corrigenda, ocr, edition, tmp_path_factory):
    """The ledger of the seed with its witness, which has corrections of many kinds."""
    out = tmp_path_factory.mktemp("seed")
    assert corrigenda("run", ocr, "--witness", edition, "-o", out, "-q").returncode == 0
    return out / f"{ocr.stem}.corrections.jsonl"


def records(ledger):
    """The first line of a ledger, and its corrections."""
    header, *corrections = (json.loads(line) for line in ledger.read_text(encoding="utf-8").split("\n") if line)
    return header, corrections


def with_only(original, corrections):
    """`original` with these corrections made, from the last to the first so that no offset moves."""
    for c in sorted(corrections, key=lambda c: (c["start"], c["end"]), reverse=True):
        assert original[c["start"] : c["end"]] == c["before"]
        original = original[: c["start"]] + c["after"] + original[c["end"] :]
    return original


@pytest.mark.parametrize("name", FILES)
def test_apply_gives_the_corrected_file(name, folder, corrigenda):
    """From the raw file the ledger makes the corrected text again, with the file's own encoding and line ends."""
    done = corrigenda("apply", f"out/{name}.corrections.jsonl", cwd=folder)
    assert (done.returncode, done.said) == (0, "")
    assert done.stdout == (folder / "out" / f"{name}.corrected.txt").read_bytes()
    assert done.stdout != (folder / "box" / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_undo_gives_the_original_file(name, folder, corrigenda, tmp_path):
    """From the corrected text the ledger makes the file that came in, BOM, line ends and transcription included."""
    back = tmp_path / "back.txt"
    done = corrigenda("undo", f"out/{name}.corrections.jsonl", "-o", back, cwd=folder)
    assert (done.returncode, done.stdout, done.said) == (0, b"", "")
    assert back.read_bytes() == (folder / "box" / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_corrections_change_only_what_they_name(name, folder):
    """Each file was really corrected, and outside the five misreadings it is what it was, line ends and all."""
    original, corrected = folder / "box" / f"{name}.txt", folder / "out" / f"{name}.corrected.txt"
    header, corrections = records(folder / "out" / f"{name}.corrections.jsonl")
    codec = {"utf-8": "utf-8-sig" if header["source"]["bom"] else "utf-8", "windows-1252": "cp1252"}
    text = original.read_bytes().decode(codec[header["source"]["encoding"]]).removesuffix(header["aside"])
    assert {c["before"] for c in corrections} >= {"rcceived", "agrecment", "thc", "mectings"}
    assert corrected.read_bytes().decode(codec[header["source"]["encoding"]]) == with_only(text, corrections)


CHOICES = {
    "by id": (["--only", "id=3"], lambda c: c["id"] == 3),
    "by two ids": (["--only", "id=3", "--only", "id=8"], lambda c: c["id"] in {3, 8}),
    "by kind": (["--only", "kind=name"], lambda c: c["kind"] == "name"),
    "all but a kind": (["--without", "kind=restoration"], lambda c: c["kind"] != "restoration"),
    "by rule": (["--only", "rule=edition"], lambda c: any(e["rule"] == "edition" for e in c["evidence"])),
    "by probability": (["--only", "probability=0.98"], lambda c: c["probability"] >= 0.98),
    "all but the sure": (["--without", "probability=0.98"], lambda c: c["probability"] < 0.98),
    "kind and not id": (
        ["--only", "kind=name", "--without", "id=1"],
        lambda c: c["kind"] == "name" and c["id"] != 1,
    ),
    "kind and probability": (
        ["--only", "kind=name", "--only", "kind=number", "--only", "probability=0.98"],
        lambda c: c["kind"] in {"name", "number"} and c["probability"] >= 0.98,
    ),
}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("verb", ["apply", "undo"])
def test_some_corrections_are_chosen(verb, choice, seed, corrigenda, ocr):
    """Those chosen are made, or taken back; every other stands as it was."""
    options, fits = CHOICES[choice]
    header, corrections = records(seed)
    chosen = [c for c in corrections if fits(c)]
    assert chosen
    done = corrigenda(verb, seed, *options)
    assert (done.returncode, done.said) == (0, "")
    whole = ocr.read_text(encoding="utf-8")
    original = whole.removesuffix(header["aside"])
    if verb == "apply":
        assert done.out == with_only(original, chosen)
    else:
        assert done.out == with_only(original, [c for c in corrections if c not in chosen]) + header["aside"]


@pytest.mark.parametrize("choice", ["kind=nmae", "colour=red", "id=first", "probability=1.5", "kind"])
def test_impossible_choice_is_a_usage_error(choice, seed, corrigenda):
    """A key, kind, id or probability that cannot be is exit 2, and says what can be."""
    done = corrigenda("undo", seed, "--only", choice)
    assert (done.returncode, done.stdout) == (2, b"")
    assert choice.partition("=")[2] in done.said
    assert "--only" in done.said


def test_apply_from_another_working_directory(folder, corrigenda, tmp_path):
    """With the raw text named, the ledger works from anywhere."""
    done = corrigenda("apply", folder / "out/plain.corrections.jsonl", folder / "box/plain.txt", cwd=tmp_path)
    assert (done.returncode, done.said) == (0, "")
    assert done.stdout == (folder / "out/plain.corrected.txt").read_bytes()


def test_undo_from_another_working_directory(folder, corrigenda, tmp_path):
    """The corrected text is sought beside the ledger, wherever one stands."""
    done = corrigenda("undo", folder / "out/plain.corrections.jsonl", cwd=tmp_path)
    assert (done.returncode, done.said) == (0, "")
    assert done.stdout == (folder / "box/plain.txt").read_bytes()


def test_apply_finds_the_raw_text_beside_its_ledger(letter, corrigenda, tmp_path):
    """A folder with texts and results in one place can be moved and read from elsewhere."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "memo.txt").write_text(letter, encoding="utf-8")
    assert corrigenda("correct", "old/memo.txt", "-o", "old", cwd=tmp_path).returncode == 0
    (tmp_path / "old").rename(tmp_path / "new")
    done = corrigenda("apply", "new/memo.corrections.jsonl", cwd=tmp_path)
    assert (done.returncode, done.said) == (0, "")
    assert done.stdout == (tmp_path / "new/memo.corrected.txt").read_bytes()


@pytest.mark.parametrize("verb", ["apply", "undo"])
def test_another_file_is_refused(verb, folder, corrigenda):
    """A text that the ledger is not of is exit 3, with the name of that text and nothing on standard output."""
    wrong = {"apply": "box/form feeds.txt", "undo": "out/form feeds.corrected.txt"}[verb]
    done = corrigenda(verb, "out/plain.corrections.jsonl", wrong, cwd=folder)
    assert (done.returncode, done.stdout) == (3, b"")
    assert wrong in done.said
    assert "Name that file after the ledger" in done.said


@pytest.mark.parametrize("verb", ["apply", "undo"])
def test_an_edited_file_is_refused(verb, folder, corrigenda, tmp_path):
    """One letter changed by hand since the run is enough: the ledger's offsets are no longer those of the text."""
    source = {"apply": folder / "box/plain.txt", "undo": folder / "out/plain.corrected.txt"}[verb]
    edited = tmp_path / "edited.txt"
    edited.write_bytes(source.read_bytes().replace(b"Geneva", b"Genova"))
    done = corrigenda(verb, folder / "out/plain.corrections.jsonl", edited)
    assert (done.returncode, done.stdout) == (3, b"")
    assert str(edited) in done.said
    assert "edited since" in done.said


def test_missing_files_are_named(corrigenda, tmp_path):
    """A ledger that is not there, and a ledger whose text is not there, are exit 3 with the name of what is missing."""
    done = corrigenda("undo", "lost.corrections.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert "lost.corrections.jsonl: cannot be read" in done.said
    assert "Check the name" in done.said


DAMAGE = {
    "not JSON": (3, lambda line: line[:-5]),
    "not an object": (3, lambda _: "17"),
    "no such kind": (3, lambda line: line.replace('"kind": "', '"kind": "un')),
    "a field lost": (3, lambda line: line.replace('"before"', '"bevor"')),
    "a span that runs backwards": (3, lambda line: line.replace('"start": ', '"start": 9')),
    "another format": (1, lambda line: line.replace("corrigenda ledger 1", "corrigenda ledger 9")),
    "a header without source": (1, lambda line: line.replace('"source"', '"sauce"')),
}


@pytest.fixture
def damaged(folder, tmp_path):
    """A copy of a ledger, with its text beside it and one line (from 1) changed."""

    def make(number, change):
        path = tmp_path / "plain.corrections.jsonl"
        lines = (folder / "out/plain.corrections.jsonl").read_text(encoding="utf-8").split("\n")
        if change:
            assert change(lines[number - 1]) != lines[number - 1]
            lines[number - 1] = change(lines[number - 1])
        else:
            del lines[number - 1]
        path.write_text("\n".join(lines), encoding="utf-8")
        shutil.copy(folder / "out/plain.corrected.txt", tmp_path)
        return path

    return make


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_ledger_is_refused_with_its_line(damage, damaged, corrigenda):
    """A ledger that was damaged is exit 3, with the file, the line and what to do."""
    number, change = DAMAGE[damage]
    path = damaged(number, change)
    done = corrigenda("undo", path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert f"{path}, line {number}: " in done.said
    assert "Give the x.corrections.jsonl that corrigenda wrote" in done.said
    assert "Traceback" not in done.said


def test_ledger_that_lost_a_correction_is_refused(damaged, corrigenda):
    """A line that is missing would leave one correction standing unseen."""
    path = damaged(3, None)
    done = corrigenda("undo", path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "5 corrections were announced, 4 follow" in done.said
    assert str(path) in done.said


def test_text_in_place_of_a_ledger_is_refused(folder, corrigenda):
    """The raw text given as a ledger, or bytes that are no text, are exit 3 and name the file."""
    for name in ("box/plain.txt", "box/windows-1252.txt"):
        done = corrigenda("undo", name, cwd=folder)
        assert (done.returncode, done.stdout) == (3, b"")
        assert name in done.said
        assert "Give the x.corrections.jsonl" in done.said


@pytest.mark.parametrize("verb", ["apply", "undo"])
def test_word_changed_in_the_ledger_is_noticed(verb, damaged, corrigenda, folder):
    """A ledger whose words were edited must not pass other bytes off as the original, or as the correction."""
    old, new = {"apply": ('"after": "the"', '"after": "xyz"'), "undo": ('"before": "thc"', '"before": "xyz"')}[verb]
    path = damaged(5, lambda line: line.replace(old, new))
    done = corrigenda(verb, path, *([folder / "box/plain.txt"] if verb == "apply" else []))
    assert (done.returncode, done.stdout) == (3, b"")
    assert str(path) in done.said


def test_word_that_does_not_stand_in_the_text_is_refused_with_its_line(damaged, corrigenda):
    """Where the text has another word than the ledger says, the message leads to the line of the ledger."""
    path = damaged(5, lambda line: line.replace('"after": "the"', '"after": "xyz"'))
    done = corrigenda("undo", path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert f"{path}, line 5: " in done.said


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (5, '"after": "the"', '"after": 5'),
        (5, '"probability": 0.', '"probability": "0." , "p": 0.'),
        (1, '"aside": ""', '"aside": null'),
        (1, '"encoding": "utf-8"', '"encoding": "koi8-r"'),
        (1, '"bom": false', '"bom": "no"'),
    ],
    ids=["after", "probability", "aside", "encoding", "bom"],
)
def test_field_of_another_type_is_refused_with_its_line(number, old, new, damaged, corrigenda):
    """A number where a text is due, or an encoding that is not read, is a damaged ledger and not a crash."""
    path = damaged(number, lambda line: line.replace(old, new))
    done = corrigenda("undo", path, "--only", "probability=0.1")
    assert (done.returncode, done.stdout) == (3, b"")
    assert f"{path}, line {number}: " in done.said


def test_output_in_the_way_is_refused_without_force(folder, corrigenda, tmp_path):
    """A file that -o names and that holds something else stays as it is, until --force is given."""
    mine = tmp_path / "mine.txt"
    mine.write_text("my notes", encoding="utf-8")
    arguments = ("undo", folder / "out/plain.corrections.jsonl", "-o", mine)
    done = corrigenda(*arguments)
    assert done.returncode == 2
    assert f"{mine}: is in the way" in done.said
    assert mine.read_text(encoding="utf-8") == "my notes"
    assert corrigenda(*arguments, "--force").returncode == 0
    assert mine.read_bytes() == (folder / "box/plain.txt").read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_an_id_that_the_ledger_lacks_is_refused(seed, corrigenda):
    """A mistyped id would else give back the corrected text as if something had been undone."""
    done = corrigenda("undo", seed, "--only", "id=99")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "no correction has the id 99" in done.said
    assert "ids run from 1 to 19" in done.said


def test_a_choice_of_nothing_is_said(seed, corrigenda):
    """Where no correction is of the kind that was named, the text stays and the user is told."""
    done = corrigenda("undo", seed, "--only", "kind=hyphen")
    assert done.returncode == 0
    assert "none of the 19 corrections is chosen" in done.said
