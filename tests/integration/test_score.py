"""`corrigenda score` as people use it: every kind of input, every option, what it writes, and what it refuses."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / "docs" / "score.schema.json").read_text(encoding="utf-8"))

TRUTH = "The harbour was closed for the winter by the consul of the mission."
PAGE = TRUTH.replace("harbour", "harbxur").replace("consul", "cansul")
BETTER = TRUTH.replace("consul", "cansul")
OTHER = "Apples ripen early if summers bring rain, and growers everywhere complain that prices fall."
SIZE = len(TRUTH)
FIGURES = ("micro", "macro", "median", "low", "high")


# A process that has the package loaded and forks for each command, since loading takes longer than most of what is
# tested here. Each command is a process of its own all the same, with its own streams, folder and exit code.
_FORKS = """
import json, os, signal, sys
from corrigenda.cli import main
import corrigenda.files.cases, corrigenda.report.folder
for request in iter(lambda: os.read(0, 1 << 20), b""):
    args, folder, *streams = json.loads(request)
    pid = os.fork()
    if pid == 0:
        for number, path in enumerate(streams):
            os.dup2(os.open(path, os.O_RDWR), number)
        os.chdir(folder)
        sys.argv = ["corrigenda", *args]
        signal.alarm(120)
        main()
    os.write(1, b"%d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""
_UNSET = ("COLUMNS", "FORCE_COLOR", "PYTHONIOENCODING", "TTY_COMPATIBLE")


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote where."""

    returncode: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.stdout.decode()

    @property
    def said(self) -> str:
        """Standard error as text."""
        return self.stderr.decode()


@pytest.fixture(scope="module")
def score(tmp_path_factory) -> Iterator[Callable[..., Done]]:
    """Run `corrigenda score ARGS`, which must never end in a traceback."""
    folder = tmp_path_factory.mktemp("streams")
    streams = [folder / name for name in ("in", "out", "err")]
    environment = {k: v for k, v in os.environ.items() if k not in _UNSET}
    command = [sys.executable, "-W", "ignore", "-c", _FORKS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0) as forks:

        def run(*args, input="", cwd=folder) -> Done:  # noqa: A002 (subprocess calls it so)
            for path, data in zip(streams, (input.encode(), b"", b""), strict=True):
                path.write_bytes(data)
            forks.stdin.write(json.dumps([["score", *map(str, args)], str(cwd), *map(str, streams)]).encode())
            done = Done(int(forks.stdout.read(16)), streams[1].read_bytes(), streams[2].read_bytes())
            assert "Traceback" not in done.said
            assert done.returncode in {0, 2, 3, 6}, done.said
            return done

        yield run
        forks.stdin.close()


def test_the_command_is_a_real_one(corrigenda, score, files):
    """What the other tests run is what a shell runs: the same bytes on both streams, and the same exit code."""
    folder = files({"x.txt": PAGE, "x.gt.txt": TRUTH, "y.txt": PAGE})
    for args in (("x.txt",), ("x.txt", "--json"), ("y.txt",), ("-", "x.gt.txt"), (".", "--plan", "x")):
        forked, real = score(*args, input=PAGE, cwd=folder), corrigenda("score", *args, input=PAGE, cwd=folder)
        assert (forked.returncode, forked.stdout) == (real.returncode, real.stdout)
        assert forked.said == real.said.replace("python -m corrigenda", "corrigenda")


@pytest.fixture(scope="module")
def scored(score) -> Callable[..., dict]:
    """The record that `corrigenda score ARGS --json` prints, which fits the schema and has no NaN in it."""

    def run(*args, code: int = 0, **options) -> dict:
        done = score(*args, "--json", **options)
        assert done.returncode == code, done.said
        record = json.loads(done.out, parse_constant=pytest.fail)
        if record["format"] == "corrigenda score 1":
            jsonschema.validate(record, SCHEMA)
        return record

    return run


@pytest.fixture
def files(tmp_path) -> Callable[..., Path]:
    """Write files by their path in a folder of this test, and give that folder."""

    def write(contents: dict[str, str | bytes], folder: str = "box") -> Path:
        for name, text in contents.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return tmp_path / folder

    return write


def cer(record: dict, profile: str = "folded") -> tuple[int, int]:
    """Errors and length of the truth, in characters."""
    of = record["profiles"][profile]["cer"]
    lost = of["substitutions"] + of["deletions"]
    return lost + of["insertions"], of["hits"] + lost


def each(record: dict, name: str = "cer") -> dict[str, int]:
    """The errors of each document."""
    return {
        d["document_id"]: sum(d["before"]["folded"][name][k] for k in ("substitutions", "deletions", "insertions"))
        for d in record["per_document"]
    }


def alto(text: str) -> str:
    """A made-up ALTO file; the engine is less sure of words with an x."""
    words = "".join(f'<String CONTENT="{w}" WC="{0.35 if "x" in w else 0.96}"/><SP/>' for w in text.split())
    return (
        '<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page><PrintSpace>'
        f"<TextBlock><TextLine>{words}</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
    )


def page_xml(text: str) -> str:
    """A made-up PAGE file."""
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page><TextRegion id="r">'
        f'<TextLine id="l"><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>'
    )


def hocr(text: str) -> str:
    """A made-up hOCR file."""
    words = " ".join(f"<span class='ocrx_word' title='x_wconf 91'>{w}</span>" for w in text.split())
    return (
        "<html><body><div class='ocr_page'><p class='ocr_par'>"
        f"<span class='ocr_line'>{words}</span></p></div></body></html>"
    )


FORMATS = {"a.xml": alto, "b.page.xml": page_xml, "c.hocr": hocr, "d.html": hocr}


# Inputs.


def test_a_text_with_its_truth_beside_or_named(score, scored, files):
    """Two misread letters of one line; the table says the same as the record."""
    box = files({"x.txt": PAGE, "x.gt.txt": TRUTH})
    record = scored(box / "x.txt")
    assert cer(record) == (2, SIZE)
    assert (record["documents"], record["groups"], record["corrected"]) == (1, 1, None)
    assert scored(box / "x.txt", box / "x.gt.txt") == record
    done = score(box / "x.txt")
    assert (done.returncode, done.said) == (0, "")
    assert f"{200 / SIZE:.2f}" in next(line for line in done.out.splitlines() if " cer " in line)
    quiet = score(box / "x.txt", "-q")
    assert (quiet.stdout, quiet.said) == (b"", "")


def test_a_text_with_its_truth_in_the_same_file(scored, files):
    """As the records of the collection come."""
    box = files({"x.txt": f"{PAGE}\n\nTRANSCRIBED PAGES FOLLOW\n\n{TRUTH}\n"})
    assert cer(scored(box / "x.txt")) == (2, SIZE)


def test_layout_files_in_one_folder(scored, files):
    """ALTO, PAGE and hOCR, each with a text as its truth; what the engines thought is told beside what was right."""
    names = {name: name.split(".")[0] for name in FORMATS}
    box = files({name: make(PAGE) for name, make in FORMATS.items()} | {f"{n}.gt.txt": TRUTH for n in names.values()})
    # Four equal texts are one document, so each page has a word of its own.
    for n in names.values():
        (box / f"{n}.gt.txt").write_text(f"{TRUTH} Note {n}.")
    record = scored(box)
    assert each(record) == dict.fromkeys(names.values(), 2 + len(" Note x."))
    steps = {(c["low"], c["high"]): (c["words"], c["right"]) for c in record["confidence"]}
    assert steps[0.3, 0.5] == (1, 0)
    assert steps[0.9, 0.93] == (2 * 13, 2 * 11)


def test_layout_files_against_layout_files(scored, files):
    """In parallel folders, of other kinds."""
    ocr = files({"a.xml": alto(PAGE), "b.hocr": hocr(BETTER)}, "ocr")
    truth = files({"a.hocr": hocr(TRUTH), "b.page.xml": page_xml(TRUTH)}, "truth")
    assert each(scored(ocr, truth)) == {"a": 2, "b": 1}


def lines(*records: dict) -> str:
    """JSONL."""
    return "".join(json.dumps(r) + "\n" for r in records)


PAIRS = [
    {"id": "a", "ocr": PAGE, "gt": TRUTH, "group": "one", "volume": 1},
    {"id": "b", "ocr": BETTER, "gt": TRUTH, "group": "one", "volume": 2},
    {"id": "c", "ocr": "", "gt": "Not read.", "volume": 3},
    {"id": "d", "ocr": "", "gt": "", "volume": 3},
]


def test_pairs_in_jsonl(scored, files):
    """From a file and from a pipe, which give the same figures; groups as the records say, or as a field does."""
    box = files({"pairs.jsonl": lines(*PAIRS)})
    record = scored(box / "pairs.jsonl")
    assert each(record) == {"a": 2, "b": 1, "c": 9, "d": 0}
    assert (record["documents"], record["groups"]) == (4, 3)
    assert record["profiles"]["folded"]["cer"]["median"] == pytest.approx((1 / SIZE + 2 / SIZE) / 2)
    assert scored("-", input=lines(*PAIRS)) == record
    assert scored(box / "pairs.jsonl", "--group", "volume")["groups"] == 3
    by_volume = scored("-", "--group", "volume", input=lines(*PAIRS))["per_document"]
    assert [d["group"] for d in by_volume] == ["1", "2", "3", "3"]


def test_corrections_in_jsonl(scored):
    """Before and after, the change between them, and what became of each place."""
    given = [{**PAIRS[0], "corrected": BETTER}, {**PAIRS[1], "corrected": TRUTH}, {**PAIRS[2], "corrected": ""}]
    record = scored("-", input=lines(*given))
    assert cer(record)[0] == 12
    assert cer(record["corrected"])[0] == 10
    change = record["corrected"]["change"]["folded"]["cer"]
    assert (change["improved"], change["worsened"], change["same"], change["preference"]) == (2, 0, 1, 2 / 3)
    assert (record["outcomes"]["fixed"], record["outcomes"]["missed"], record["outcomes"]["harmed"]) == (2, 2, 0)


def hipe(name: str, ocr: str, truth: str, title: str, made: str | None = None) -> dict:
    """A record in the schema of HIPE-OCRepair."""
    return {
        "document_metadata": {"document_id": name, "publication_title": title},
        "ocr_hypothesis": {"transcription_unit": ocr},
        "ground_truth": {"transcription_unit": truth},
        "ocr_postcorrection_output": {"transcription_unit": made},
    }


def test_records_of_hipe(scored):
    """Grouped by their publication; in their profile case and punctuation are nothing; without an answer it is lone."""
    records = [
        hipe("p-1", PAGE, TRUTH.upper().rstrip("."), "Gazette", TRUTH),
        hipe("p-2", BETTER, TRUTH, "Gazette", BETTER),
        hipe("p-3", TRUTH, TRUTH, "n/a", TRUTH),
        hipe("p-4", PAGE, TRUTH, "n/a"),
    ]
    record = scored("-", "--profile", "hipe", input=lines(*records))
    assert (record["headline"], record["groups"]) == ("hipe", 2)
    assert cer(record, "hipe")[0] == 3
    assert cer(record["corrected"], "hipe")[0] == 1
    assert cer(record, "strict")[0] > 20
    assert record["not_scored"]["without_partner"] == ["-, line 4: no corrected text"]


def test_a_text_from_a_pipe(scored, files):
    """Its truth is a file."""
    box = files({"x.gt.txt": TRUTH})
    assert cer(scored("-", box / "x.gt.txt", input=PAGE)) == (2, SIZE)
    assert cer(scored("-", input=f"{PAGE}\nTRANSCRIBED PAGES FOLLOW\n{TRUTH}")) == (2, SIZE)


# Folders.


@pytest.fixture(scope="module")
def box(tmp_path_factory) -> Path:
    """Two boxes with three texts each, of several pages, and their truths."""
    folder = tmp_path_factory.mktemp("score") / "box"
    for n, (name, text) in enumerate(
        [("one/p1_1", PAGE), ("one/p1_2", BETTER), ("one/p2_1", TRUTH), ("two/p3_1", PAGE), ("two/p3_2", TRUTH)]
    ):
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text} Note {n}.", encoding="utf-8")
        path.with_suffix(".gt.txt").write_text(f"{TRUTH} Note {n}.", encoding="utf-8")
    return folder


def test_files_are_grouped_by_nothing_by_folder_or_by_their_names(scored, box):
    """The averages over documents stay; those over groups and the intervals do not."""
    alone, folder, name = scored(box), scored(box, "--group", "folder"), scored(box, "--group", r"(p\d+)_")
    assert (alone["groups"], folder["groups"], name["groups"]) == (5, 2, 3)
    assert [d["group"] for d in name["per_document"]] == ["p1", "p1", "p2", "p3", "p3"]
    assert [d["group"] for d in folder["per_document"]] == [*["one"] * 3, *["two"] * 2]
    length = SIZE + len(" Note 0.")
    for record in (alone, folder, name):
        figure = record["profiles"]["folded"]["cer"]
        assert figure["micro"] == pytest.approx(5 / (5 * length))
        assert figure["low"] < figure["micro"] < figure["high"]
    assert folder["profiles"]["folded"]["cer"]["macro"] == pytest.approx((1 / length + 1 / length) / 2)
    assert name["profiles"]["folded"]["cer"]["macro"] == pytest.approx((1.5 + 0 + 1) / 3 / length)


@pytest.mark.parametrize("group", ["volume", "(", "(a)(b)"])
def test_a_grouping_that_says_nothing_is_refused(score, box, group: str):
    """The message shows how to group files."""
    done = score(box, "--group", group)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "--group folder" in done.said


def test_parallel_folders_with_files_that_have_no_partner(score, box, tmp_path):
    """They are named on standard error and in the record, and are in no figure."""
    truth = tmp_path / "truth"
    (truth / "one").mkdir(parents=True)
    for name in ("one/p1_1", "one/gone"):
        (truth / f"{name}.md").write_text(f"{TRUTH} Note 0.", encoding="utf-8")
    done = score(box, truth, "--json")
    record = json.loads(done.out)
    lone = record["not_scored"]["without_partner"]
    assert (done.returncode, record["documents"], len(lone)) == (0, 1, 5)
    assert [line for line in done.said.splitlines() if "without a partner" in line] == [
        f"without a partner: {one}" for one in lone
    ]
    assert str(truth / "one/gone.md") in lone


def test_patterns_say_which_files_are_meant(scored, files):
    """One engine of two; truths in a folder of their own."""
    box = files(
        {"x.tess.txt": PAGE, "x.rapid.txt": BETTER, "x.gt.txt": TRUTH, "y.tess.txt": f"{PAGE} No.", "y.gt.txt": TRUTH}
    )
    assert each(scored(box, "--ocr-pattern", "{stem}.tess.txt")) == {"x": 2, "y": 6}
    files({"x.tess.txt": OTHER, "x.rapid.txt": TRUTH}, "box/human")
    assert each(scored(box, "--ocr-pattern", "{stem}.rapid.txt", "--truth-pattern", "human/{stem}.rapid.txt")) == {
        "x": 1
    }


def test_exact_repeats_are_counted_once(scored, files):
    """The same text with the same truth under another name says nothing new."""
    record = scored(files({"a.txt": PAGE, "a.gt.txt": TRUTH, "b.txt": PAGE, "b.gt.txt": TRUTH}))
    assert (record["documents"], record["not_scored"]["repeats"]) == (1, 1)


# Corrections.


def test_a_corrected_text(score, scored, files):
    """By whomever it was made: before, after, and each place."""
    box = files({"x.txt": PAGE, "x.gt.txt": TRUTH, "y.txt": BETTER.replace("winter", "wintry")})
    record = scored(box / "x.txt", "--corrected", box / "y.txt")
    assert (cer(record)[0], cer(record["corrected"])[0]) == (2, 3)
    outcomes = {k: n for k, n in record["outcomes"].items() if n}
    assert outcomes == {"fixed": 1, "harmed": 1, "missed": 1}
    assert (record["right_words"], record["harmed_words"]) == (11, 1)
    table = score(box / "x.txt", "--corrected", box / "y.txt").out
    assert "corrected" in table
    assert "harmed 1" in table


@pytest.fixture(scope="module")
def cleaned(corrigenda, letter, tmp_path_factory) -> tuple[Path, Path]:
    """A folder with a letter and its truth, and what `corrigenda run` made of it with the shipped lexicon."""
    folder = tmp_path_factory.mktemp("cleaned")
    page, truth = folder / "box" / "in" / "letter.txt", folder / "box" / "in" / "letter.gt.txt"
    page.parent.mkdir(parents=True)
    page.write_text(letter + "\nHe met Mr. Zbrqwk there.\n", encoding="utf-8")
    right = letter
    for wrong, mended in (
        ("rcceived", "received"),
        ("agrecment", "agreement"),
        ("thc", "the"),
        ("mectings", "meetings"),
    ):
        assert wrong in right
        right = right.replace(wrong, mended)
    truth.write_text(right + "\nHe met Mr. Zbrigniew there.\n", encoding="utf-8")
    assert corrigenda("run", folder / "box", "-o", folder / "out", "-q").returncode == 0
    return folder / "box", folder / "out"


def test_results_of_a_run_are_judged_with_all_that_they_know(score, scored, cleaned, tmp_path):
    """Kinds, probabilities and flags of the ledger reach the record, and the folder of the report."""
    box, out = cleaned
    ledger = [json.loads(line) for line in (out / "in/letter.corrections.jsonl").read_text().splitlines()[1:]]
    record = scored(box, "--corrected", out)
    (document,) = record["per_document"]
    made = [(v["start"], v["kind"], v["probability"]) for v in document["verdicts"] if v["kind"]]
    assert made == [(c["start"], c["kind"], c["probability"]) for c in ledger]
    assert record["outcomes"]["fixed"] >= 4
    assert cer(record["corrected"])[0] < cer(record)[0]
    # What the ledger has more than a text: the flag on the name that nobody knows.
    assert (out / "in/letter.flags.jsonl").read_text().count('"doubtful"') > 0
    told = record["corrections"]
    assert told["detection_with_flags"]["recall"] != told["detection"]["recall"]
    assert score(box, "--corrected", out, "-o", tmp_path / "report", "-q").returncode == 0
    rows = table(tmp_path / "report" / "corrections.csv")
    assert [(int(r["start"]), r["kind"], float(r["probability"])) for r in rows if r["kind"]] == made


def test_a_ledger_may_be_named_itself(scored, cleaned):
    """As one file for one document; the text alone gives the same rates and no kinds."""
    box, out = cleaned
    ledger = scored(box / "in/letter.txt", "--corrected", out / "in/letter.corrections.jsonl")
    text = scored(box / "in/letter.txt", "--corrected", out / "in/letter.corrected.txt")
    assert ledger["corrected"]["profiles"] == text["corrected"]["profiles"]
    assert {v["probability"] for d in ledger["per_document"] for v in d["verdicts"] if v["kind"]} != {1.0}


def test_a_ledger_of_another_text_is_refused(score, cleaned, files):
    """Ledger, place and remedy are told."""
    box = files({"x.txt": PAGE, "x.gt.txt": TRUTH})
    done = score(box / "x.txt", "--corrected", cleaned[1] / "in/letter.corrections.jsonl")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "does not fit" in done.said
    assert "Give the OCR text that this ledger was written for" in done.said


# Comparison and plan.


def test_two_systems_in_folders(score, scored, files, box):
    """Over what both have, against one folder of truths that holds the texts of a third."""
    ours, theirs = (
        files({"one/p1_1.txt": f"{PAGE} Note 0.", "two/p3_2.txt": f"{TRUTH} Note 4."}, "ours"),
        files(
            {
                "one/p1_1.txt": f"{BETTER} Note 0.",
                "one/p2_1.txt": f"{TRUTH} Note 2.",
                "two/p3_2.txt": f"{TRUTH} Note 4.",
            },
            "theirs",
        ),
    )
    record = scored(box, "--compare", ours, theirs)
    assert (record["format"], record["documents"], record["groups"]) == ("corrigenda comparison 1", 2, 2)
    told = record["profiles"]["folded"]["cer"]
    assert (told["improved"], told["worsened"], told["same"], told["preference"]) == (1, 0, 1, 0.5)
    assert told["b"]["micro"] - told["a"]["micro"] == pytest.approx(told["difference"])
    assert told["low"] <= told["difference"] <= told["high"]
    done = score(box, "--compare", ours, theirs)
    assert done.returncode == 0
    assert str(theirs / "one/p2_1.txt") in done.said or "one/p2_1" in done.said


def test_the_table_of_a_comparison_says_how_many_documents(score, files):
    """Two, in two groups; their names are no title."""
    for name, text in (("a", PAGE), ("b", BETTER)):
        files({f"{name}.jsonl": lines(*({"id": n, "ocr": f"{text} {n}", "gt": f"{TRUTH} {n}"} for n in (7, 8)))})
    folder = files({})
    done = score("--compare", "a.jsonl", "b.jsonl", cwd=folder)
    assert " ".join(done.out.split()).startswith(
        "a.jsonl (a) and b.jsonl (b): rates in per cent over 2 documents in 2 groups"
    )


def test_two_systems_in_jsonl(scored, files):
    """Paired by id, in whatever order; each has its truths, which must be the same."""
    given = [{"id": n, "ocr": f"{PAGE} {n}", "gt": f"{TRUTH} {n}"} for n in range(6)]
    better = [{**one, "ocr": one["ocr"].replace("harbxur", "harbour")} for one in reversed(given)]
    folder = files({"a.jsonl": lines(*given), "b.jsonl": lines(*better)})
    told = scored("--compare", "a.jsonl", "b.jsonl", cwd=folder)["profiles"]["strict"]["cer"]
    assert (told["improved"], told["preference"]) == (6, 1.0)
    assert told["p"] == pytest.approx(2 / 2**6)
    assert told["low"] <= told["difference"] < 0


def test_systems_that_cannot_be_compared_are_refused(score, files):
    """Other documents, other truths, the same system twice, or options that say nothing there."""
    folder = files(
        {
            "a.jsonl": lines({"id": 1, "ocr": PAGE, "gt": TRUTH}),
            "b.jsonl": lines({"id": 2, "ocr": PAGE, "gt": TRUTH}),
            "c.jsonl": lines({"id": 1, "ocr": PAGE, "gt": BETTER}),
        }
    )
    for arguments, code, says in (
        (("--compare", "a.jsonl", "b.jsonl"), 3, "a.jsonl and b.jsonl: have no document in common"),
        (("--compare", "a.jsonl", "c.jsonl"), 3, "two different truths"),
        (("--compare", "a.jsonl", "a.jsonl"), 2, "two different systems"),
        (("--compare", "a.jsonl", "b.jsonl", "-o", "out"), 2, "--output does not go with --compare"),
        (("x", "y", "--compare", "a.jsonl", "b.jsonl"), 2, "one thing at most"),
    ):
        done = score(*arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (code, b"")
        assert says in done.said
    assert not (folder / "out").exists()


def test_a_plan_and_what_to_transcribe(score, scored, files, box):
    """How many, and which: from every folder of the collection, never what the pilot holds, the same each time."""
    names = [f"{folder}/q{n}" for folder in ("one", "two", "three") for n in range(30)]
    collection = files({f"{name}.txt": f"{PAGE} {name}" for name in (*names, "one/p1_1")}, "collection")
    arguments = (box, "--plan", "0.4", "--collection", collection)
    made = scored(*arguments)
    assert (made["format"], made["measure"], made["profile"], made["pilot"]) == (
        "corrigenda plan 1",
        "cer",
        "folded",
        5,
    )
    drawn = made["drawn"]
    assert set(drawn) == {"one", "two", "three"}
    assert all(len(ids) >= 2 and set(ids) <= set(names) and len(set(ids)) == len(ids) for ids in drawn.values())
    assert sum(map(len, drawn.values())) >= made["more"] > 0
    assert made["needed"] == made["pilot"] + made["more"]
    done = score(*arguments, "-q")
    assert (done.returncode, done.out.splitlines()) == (0, [one for ids in drawn.values() for one in ids])
    without = scored(box, "--plan", "0.4")
    assert without["drawn"] == {}
    assert without["needed"] >= made["needed"]


def test_a_plan_knows_the_pilot_and_the_size_of_the_collection(scored, score, files):
    """What the pilot holds is not drawn again, whatever engine its names tell; no more is needed than there is."""
    texts = [PAGE, BETTER, TRUTH, PAGE]
    pilot = {f"p{n}.tess.txt": f"{text} {n}." for n, text in enumerate(texts)}
    folder = files({**pilot, **{f"p{n}.gt.txt": f"{TRUTH} {n}." for n in range(4)}}, "pilot")
    collection = files({**pilot, "q1.txt": "x", "q2.txt": "y", "z.gt.txt": "z"}, "all")
    made = scored(folder, "--plan", "0.01", "--collection", collection)
    assert (made["needed"], made["more"], made["drawn"]) == (6, 2, {".": ["q1", "q2"]})
    grouped = score(
        "-", "--plan", "1", input=lines(*({"id": n, "group": "g", "ocr": PAGE, "gt": f"{TRUTH} {n}"} for n in "ab"))
    )
    assert (grouped.returncode, "is grouped (1 groups)" in grouped.said) == (3, True)


def test_a_plan_that_cannot_be_made_is_refused(score, files, box):
    """From one document, without a width, or from a folder of nothing."""
    folder = files({"x.txt": PAGE, "x.gt.txt": TRUTH, "empty/a.jpg": "no text"})
    for arguments, code, says in (
        ((folder / "x.txt", "--plan", "0.5"), 3, "is one document"),
        ((box, "--plan", "0"), 2, "above 0"),
        ((box, "--plan", "nan"), 2, "above 0"),
        ((box, "--collection", folder), 2, "needs --plan"),
        ((box, "--plan", "0.5", "--collection", folder / "empty"), 3, "holds no OCR text"),
    ):
        done = score(*arguments)
        assert (done.returncode, done.stdout) == (code, b"")
        assert says in done.said


# What is compared.


def test_the_profile_is_what_is_told_first(score, scored, files):
    """All are in the record; the table and the confusions are in the one that was asked for."""
    box = files({"x.txt": TRUTH.upper().replace("'", "’"), "x.gt.txt": TRUTH})
    done = score(box / "x.txt", "--profile", "hipe")
    assert "profile hipe" in done.out
    assert "0.00" in next(line for line in done.out.splitlines() if " cer " in line)
    record = scored(box / "x.txt", "--profile", "strict")
    assert (record["headline"], cer(record, "hipe")[0]) == ("strict", 0)
    assert sum(c["count"] for c in record["confusions"]) == cer(record, "strict")[0] > 0


def test_whole_texts_are_compared_with_all_that_is_on_them(scored, files):
    """Else markings and the like are cut, and counted by kind."""
    box = files({"x.txt": f"SECRET\n\n{PAGE}\n\n- 2 -\n", "x.gt.txt": f"CONFIDENTIAL\n\n{TRUTH}\n"})
    record, whole = scored(box / "x.txt"), scored(box / "x.txt", "--whole")
    assert cer(record) == (2, SIZE)
    assert record["not_compared"] == {"marking": 1, "page_number": 3}
    assert cer(whole)[1] == SIZE + len("CONFIDENTIAL ")
    assert cer(whole)[0] > 8
    assert whole["not_compared"] == {}


def test_texts_that_look_like_two_pages_are_refused_until_somebody_knows_better(score, scored, files):
    """The message names both files and the option."""
    box = files({"x.txt": OTHER, "x.gt.txt": TRUTH})
    done = score(box / "x.txt")
    assert (done.returncode, done.stdout) == (3, b"")
    for part in (box / "x.txt", box / "x.gt.txt", "does not look like the page", "--trust-pairing"):
        assert str(part) in done.said
    assert cer(scored(box / "x.txt", "--trust-pairing"))[0] > SIZE / 2


def test_marks_stand_for_what_cannot_be_compared(scored, files):
    """A word against a mark is in no figure, and both are counted."""
    box = files({"x.txt": PAGE, "x.gt.txt": TRUTH.replace("consul", "[illegible]").replace("closed", "b(1)")})
    record = scored(box / "x.txt")
    assert (record["marks"], record["set_aside_words"]) == (2, 2)
    assert cer(record)[0] == 1


# The report folder.


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, every one as long as its head."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


@pytest.fixture(scope="module")
def hundred(tmp_path_factory) -> Path:
    """A hundred made-up texts of some thousand characters, with their truths."""
    generator, folder = random.Random(4), tmp_path_factory.mktemp("hundred") / "box"
    folder.mkdir()
    vocabulary = ["".join(generator.choices("abcdefghijklmnop", k=generator.randint(2, 9))) for _ in range(800)]
    for n in range(100):
        truth = " ".join(generator.choices(vocabulary, k=250)) + f', "no. {n}"; end.'
        page = "".join("x" if c.isalpha() and generator.random() < 0.02 else c for c in truth)
        (folder / f"d{n:02}.txt").write_text(page, encoding="utf-8")
        (folder / f"d{n:02}.gt.txt").write_text(truth, encoding="utf-8")
    return folder


def test_a_report_of_a_hundred_documents(score, hundred, tmp_path):
    """JSON, CSV, a summary and the pages that were asked for, a few megabytes; written again as it was."""
    out = tmp_path / "a" / "report"
    done = score(hundred, "-o", out, "--pages", "5", "--json")
    assert done.returncode == 0, done.said
    assert str(out / "index.html") in done.said
    made = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert sum(map(len, made.values())) < 5_000_000
    assert {name for name in made if "/" not in name} == {
        "index.html", "score.json", "scores.csv", "documents.csv", "corrections.csv", "files.txt",
    }  # fmt: skip
    assert made["files.txt"].decode().splitlines()[1:] == sorted(made)
    pages = [name for name in made if name.startswith("pages/")]
    assert len(pages) == 5
    assert all(f'href="{name}"' in made["index.html"].decode() for name in pages)
    record = json.loads(made["score.json"])
    jsonschema.validate(record, SCHEMA)
    assert record == json.loads(done.out)
    worst = sorted(each(record).items(), key=lambda one: (-one[1], one[0]))[:5]
    assert sorted(pages) == sorted(f"pages/{name}.html" for name, _ in worst)
    assert score(hundred, "-o", out, "--pages", "5", "-q").returncode == 0
    assert {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()} == made
    _check_tables(out, record)


def _check_tables(out: Path, record: dict) -> None:
    """What the tables say is what the record says."""
    rows = {(r["text"], r["profile"], r["measure"]): r for r in table(out / "scores.csv")}
    assert set(rows) == {("ocr", p, m) for p, measures in record["profiles"].items() for m in measures}
    for (_, profile, measure), row in rows.items():
        figure = record["profiles"][profile][measure]
        assert {k: float(row[k]) for k in FIGURES} == {k: figure[k] for k in FIGURES}
    documents = table(out / "documents.csv")
    assert [d["document_id"] for d in documents] == [d["document_id"] for d in record["per_document"]]
    assert [float(d["ocr_cer"]) for d in documents] == [
        d["before"]["folded"]["cer"]["value"] for d in record["per_document"]
    ]
    places = [(d["document_id"], v["start"], v["before"]) for d in record["per_document"] for v in d["verdicts"]]
    assert [(r["document_id"], int(r["start"]), r["before"]) for r in table(out / "corrections.csv")] == places
    assert len(places) > 100


def test_a_report_with_fewer_pages_leaves_none_of_the_former(score, files):
    """The folder is what this run made, and is no input of the next."""
    box = files({"a.txt": PAGE, "a.gt.txt": TRUTH, "b.txt": BETTER, "b.gt.txt": f"{TRUTH} Yes."})
    out = box / "report"
    assert score(box, "-o", out, "-q").returncode == 0
    assert len(list((out / "pages").iterdir())) == 2
    done = score(box, "-o", out, "--pages", "1", "-q")
    assert (done.returncode, done.said) == (0, "")
    assert [p.name for p in (out / "pages").iterdir()] == ["b.html"]


def test_a_folder_with_something_of_somebody_else_is_refused(score, files):
    """Exit 2, nothing touched; with --force it stays beside the report."""
    box = files({"x.txt": PAGE, "x.gt.txt": TRUTH})
    out = files({"notes.txt": "mine", "files.txt": "notes.txt\nfiles.txt\n"}, "out")
    done = score(box, "-o", out)
    assert done.returncode == 2
    assert str(out / "files.txt") in done.said
    assert "--force" in done.said
    assert sorted(p.name for p in out.iterdir()) == ["files.txt", "notes.txt"]
    assert score(box, "-o", out, "--force", "-q").returncode == 0
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "index.html").exists()


def test_names_and_texts_that_mean_something_to_html_and_csv(score, files):
    """Quotes, tags, commas and line ends come out as they went in."""
    name = 'a "b", <i>c</i> & [red]d[/red]'.replace("/", "_")
    text = TRUTH.replace("consul", '<b>"con,sul"</b>')
    box = files({f"{name}.txt": text, f"{name}.gt.txt": TRUTH, "e.txt": PAGE, "e.gt.txt": TRUTH})
    out = box.parent / "report"
    done = score(box, "-o", out)
    assert done.returncode == 0, done.said
    assert {r["document_id"] for r in table(out / "documents.csv")} == {name, "e"}
    assert any("con,sul" in r["before"] for r in table(out / "corrections.csv"))
    for page in out.rglob("*.html"):
        assert "<b>&#34;con" not in (shown := page.read_text(encoding="utf-8"))
        assert '<b>"con' not in shown
        assert "<i>c<" not in shown


def test_a_report_without_an_error(score, files):
    """Every table has its head, also the one without a row."""
    box = files({"x.txt": TRUTH, "x.gt.txt": TRUTH})
    out = box.parent / "report"
    assert score(box, "-o", out, "-q").returncode == 0
    assert table(out / "corrections.csv") == []
    assert len(table(out / "scores.csv")) > 0


# What is refused.


TRUNCATED = alto(PAGE)[:-30]
ENTITIES = '<?xml version="1.0"?>\n<!DOCTYPE alto [<!ENTITY a "b">]>\n<alto><Layout/></alto>'
BAD = {
    "truncated XML": ("x.xml", TRUNCATED, "x.xml, line 1", "not well-formed"),
    "entities": ("x.xml", ENTITIES, "x.xml, line 2", "entities"),
    "unknown XML": ("x.xml", '<?xml version="1.0"?><tei/>', "x.xml", "<tei>"),
    "hOCR cut off": ("x.hocr", hocr(PAGE)[:-20], "x.hocr", "cut off"),
    "binary": ("x.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "x.txt", "PNG"),
    "NUL": ("x.txt", b"The\0 harbour", "x.txt", "NUL"),
    "UTF-16": ("x.txt", PAGE.encode("utf-16"), "x.txt", "UTF-16"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused(score, files, what: str):
    """Exit 3, one message with file, fact and remedy, nothing on standard output."""
    name, data, where, fact = BAD[what]
    box = files({name: data, "x.gt.txt": TRUTH})
    done = score(box / name, box / "x.gt.txt")
    assert (done.returncode, done.stdout) == (3, b"")
    (message,) = done.said.splitlines()
    assert where in message
    assert fact in message
    assert message.count(". ") >= 1


@pytest.mark.parametrize("blank", ["", " \n\n"])
def test_a_page_on_which_nothing_was_read_is_all_wrong(scored, score, files, blank: str):
    """It counts, since leaving it out would flatter the engine; a page that nobody has transcribed does not."""
    box = files({"x.txt": blank, "x.gt.txt": TRUTH})
    assert cer(scored(box / "x.txt")) == (SIZE, SIZE)
    box = files({"x.txt": PAGE, "x.gt.txt": blank})
    done = score(box / "x.txt")
    assert done.returncode == 3
    assert "x.gt.txt: the transcription is empty. Transcribe the page, or leave the file out" in done.said


@pytest.mark.parametrize("side", ["truth", "corrected"])
def test_a_bad_file_on_another_side_is_refused_as_well(score, files, side: str):
    """The file that is bad is named."""
    box = files({"x.txt": PAGE, "x.gt.txt": TRUTH, "bad.xml": TRUNCATED})
    given = [box / "bad.xml"] if side == "truth" else ["--corrected", box / "bad.xml"]
    done = score(box / "x.txt", *given)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "bad.xml, line 1" in done.said


GOOD_LINE = json.dumps(PAIRS[0])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "b", "ocr": "x"', "line 2: no JSON"),
        ('{"id": "b", "ocr": "x"}', "line 2: 'gt' is missing"),
        ('{"id": "b", "ocr": 7, "gt": "x"}', "line 2: 'ocr' must be text, not a number"),
        ("[1]", "line 2: a record must be an object"),
        ('"x"', "line 2: a record must be an object"),
        ('{"id": "", "ocr": "x", "gt": "x"}', "line 2: 'id' is empty"),
        ('{"id": "b", "ocr": "\\ud800", "gt": "x"}', "line 2: 'ocr' holds half a letter"),
        ("[" * 100_000, "line 2: no JSON"),
    ],
)
def test_a_bad_line_of_jsonl_is_refused(score, files, line: str, says: str):
    """With its number, before anything is told of the good ones."""
    box = files({"x.jsonl": f"{GOOD_LINE}\n{line}\n"})
    done = score(box / "x.jsonl")
    assert (done.returncode, done.stdout) == (3, b"")
    assert f"x.jsonl, {says}" in done.said


def test_what_is_missing_is_named_with_the_remedy(score, files):
    """No truth, no file, no folder, nothing in it, a file too many, and nothing at all."""
    box = files({"x.txt": PAGE, "x.jsonl": GOOD_LINE, "empty/a.jpg": "no text", "pages/x.txt": PAGE})
    for arguments, code, parts in (
        ((box / "x.txt",), 3, (box / "x.txt", "no transcription", "x.gt.txt")),
        ((box / "pages",), 3, (box / "pages/x.txt", "no transcription", "x.gt.txt")),
        ((box / "gone.txt",), 3, (box / "gone.txt", "cannot be read", "Check the name")),
        ((box / "x.txt", box / "gone.txt"), 3, (box / "gone.txt", "cannot be read")),
        ((box / "pages", box / "gone"), 3, (box / "gone", "cannot be read")),
        ((box / "empty",), 3, (box / "empty", "no OCR text", "--ocr-pattern")),
        ((box / "pages", box / "x.txt"), 3, (box / "x.txt", "is no folder")),
        ((box / "x.jsonl", box / "x.txt"), 3, (box / "x.txt", "one file too many")),
        ((), 2, ("give the OCR text to be scored",)),
        ((box / "x.txt", "--ocr-pattern", "x.txt"), 2, ("{stem}",)),
        ((box / "x.txt", "--profile", "loose"), 2, ("loose", "folded")),
    ):
        done = score(*arguments)
        assert (done.returncode, done.stdout) == (code, b""), done.said
        assert all(str(part) in done.said for part in parts), done.said


def test_bad_documents_among_good_ones_do_not_stop_them(score, files):
    """Exit 6: the figures of the others, and each failure with its reason, in the record too."""
    box = files(
        {
            "a.txt": PAGE,
            "a.gt.txt": TRUTH,
            "b.txt": b"The\0 harbour",
            "b.gt.txt": TRUTH,
            "c.txt": OTHER,
            "c.gt.txt": TRUTH,
            "d.txt": "No truth is known of this one.",
        }
    )
    out = box.parent / "report"
    done = score(box, "--json", "-o", out)
    assert done.returncode == 6
    record = json.loads(done.out)
    jsonschema.validate(record, SCHEMA)
    assert each(record) == {"a": 2}
    failed, lone = record["not_scored"]["failed"], record["not_scored"]["without_partner"]
    assert [("b.txt" in failed[0], "c.txt" in failed[1]), len(failed)] == [(True, True), 2]
    assert lone == [str(box / "d.txt")]
    for name in (*failed, *lone):
        assert name in done.said
    assert json.loads((out / "score.json").read_text()) == record


def test_where_all_documents_fail_nothing_is_told(score, files):
    """Exit 3 with the first reason, and no report."""
    box = files({"a.txt": b"\0", "a.gt.txt": TRUTH, "c.txt": OTHER, "c.gt.txt": TRUTH})
    done = score(box, "-o", box.parent / "report")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "no document could be scored" in done.said
    assert not (box.parent / "report").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a file have any name")
def test_a_name_that_is_no_text_is_refused(score, files):
    """No record could name it."""
    box = files({"a.txt": PAGE, "a.gt.txt": TRUTH})
    (box / os.fsdecode(b"b\xff.txt")).write_text(PAGE)
    for arguments in ((box,), (box / os.fsdecode(b"b\xff.txt"),)):
        done = score(*arguments, "--json", "-o", box.parent / "report")
        assert (done.returncode, done.stdout) == (3, b"")
        assert "UTF-8" in done.said
