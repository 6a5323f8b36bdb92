"""Which file is the truth of which: by name, in one folder or in parallel ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corrigenda.errors import BadInputError
from corrigenda.files.outputs import write_folder
from corrigenda.files.pairing import Pairing, pair_up

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path) -> Folder:
    """Make a folder with these files, each with its own name in it."""

    def make(name: str, *files: str) -> Path:
        for file in files:
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file, encoding="utf-8")
        (tmp_path / name).mkdir(exist_ok=True)
        return tmp_path / name

    return make


def told(found: Pairing, root: Path) -> list[tuple[str | None, ...]]:
    """Id, OCR, truth and correction of each pair, paths below `root`."""

    def short(path: str | None) -> str | None:
        return None if path is None else os.path.relpath(path, root)

    return [(p.id, short(p.ocr), short(p.truth), short(p.corrected)) for p in found.pairs]


def test_two_files_are_a_pair_whatever_their_names(folder):
    """What is given is taken as it is, a truth or a result by its name as well."""
    box = folder("box", "a.txt", "b.corrected.txt", "c.gt.txt")
    found = pair_up(str(box / "c.gt.txt"), str(box / "a.txt"), corrected=str(box / "b.corrected.txt"))
    assert told(found, box) == [("c.gt", "c.gt.txt", "a.txt", "b.corrected.txt")]


def test_one_file_has_its_truth_beside_it_or_in_itself(folder):
    """Without x.gt.txt the transcription must follow in the file."""
    box = folder("box", "a.txt", "a.gt.txt", "b.txt", "truth/b.txt")
    assert told(pair_up(str(box / "a.txt")), box) == [("a", "a.txt", "a.gt.txt", None)]
    assert told(pair_up(str(box / "b.txt")), box) == [("b", "b.txt", None, None)]
    found = pair_up(str(box / "b.txt"), truth_pattern="truth/{stem}.txt")
    assert told(found, box) == [("b", "b.txt", "truth/b.txt", None)]


def test_standard_input_is_a_file(folder):
    """Its truth is another file."""
    box = folder("box", "a.gt.txt")
    (pair,) = pair_up("-", str(box / "a.gt.txt")).pairs
    assert (pair.ocr, pair.truth) == ("-", str(box / "a.gt.txt"))


def test_one_folder_with_truths_beside(folder):
    """Texts with their truths, in folders inside as well; a text without one may have it in itself."""
    box = folder("box", "a.txt", "a.gt.txt", "b.md", "b.gt.txt", "one/c.txt", "one/c.gt.txt", "d.txt")
    found = pair_up(str(box))
    assert told(found, box) == [
        ("a", "a.txt", "a.gt.txt", None),
        ("b", "b.md", "b.gt.txt", None),
        ("d", "d.txt", None, None),
        ("one/c", "one/c.txt", "one/c.gt.txt", None),
    ]
    assert found.lone == ()


def test_a_name_with_its_engine_has_the_truth_of_the_page(folder):
    """x.ENGINE.txt has that of x; its own goes first, and a name with a dot in it is no engine."""
    box = folder("box", "x.rapid.v2.txt", "x.gt.txt", "y.tess.txt", "y.gt.txt", "y.tess.gt.txt", "no.1.txt")
    assert told(pair_up(str(box)), box) == [
        ("no.1", "no.1.txt", None, None),
        ("x.rapid.v2", "x.rapid.v2.txt", "x.gt.txt", None),
        ("y.tess", "y.tess.txt", "y.tess.gt.txt", None),
    ]
    # That y.gt.txt belongs to nothing is told.
    assert pair_up(str(box)).lone == (str(box / "y.gt.txt"),)
    alone = pair_up(str(box / "x.rapid.v2.txt"))
    assert told(alone, box) == [("x.rapid.v2", "x.rapid.v2.txt", "x.gt.txt", None)]


def test_two_readings_of_one_page_are_not_pooled(folder):
    """One page would count twice, as two; the message says how to choose an engine, and choosing works."""
    box = folder("box", "x.tess.txt", "x.rapid.txt", "x.gt.txt")
    with pytest.raises(BadInputError, match=r"x\.rapid\.txt and .*x\.tess\.txt are two readings of one page") as caught:
        pair_up(str(box))
    assert "--ocr-pattern" in caught.value.remedy
    chosen = pair_up(str(box), ocr_pattern="{stem}.tess.txt")
    assert told(chosen, box) == [("x", "x.tess.txt", "x.gt.txt", None)]


def test_an_engine_is_chosen_by_pattern(folder):
    """The id is the stem; files of other engines are neither scored nor told as lone."""
    box = folder("box", "x.tess.txt", "x.rapid.txt", "x.gt.txt", "in/y.tess.txt", "in/y.gt.txt", "z.rapid.txt")
    found = pair_up(str(box), ocr_pattern="{stem}.tess.txt")
    assert told(found, box) == [
        ("in/y", "in/y.tess.txt", "in/y.gt.txt", None),
        ("x", "x.tess.txt", "x.gt.txt", None),
    ]
    assert found.lone == ()


def test_a_pattern_is_no_regular_expression(folder):
    """A dot in it is a dot, and a stem has a letter at least."""
    box = folder("box", "x.tess.txt", "xytess.txt", ".tess.txt", "tess.txt")
    assert [p.id for p in pair_up(str(box), ocr_pattern="{stem}.tess.txt").pairs] == ["x"]
    box = folder("other", "ocr(1)_a.txt", "ocr1_b.txt")
    assert [p.id for p in pair_up(str(box), ocr_pattern="ocr(1)_{stem}.txt").pairs] == ["a"]


def test_layout_files_are_scored_where_there_is_no_text(folder):
    """ALTO, PAGE and hOCR, with a text as their truth; the role in a name is not part of the id."""
    box = folder("box", "a.alto.xml", "a.gt.txt", "b.hocr", "b.gt.txt", "c.HTML", "d.page.xml", "e.jpg")
    assert told(pair_up(str(box)), box) == [
        ("a", "a.alto.xml", "a.gt.txt", None),
        ("b", "b.hocr", "b.gt.txt", None),
        ("c", "c.HTML", None, None),
        ("d", "d.page.xml", None, None),
    ]


def test_texts_go_before_layout_files(folder):
    """The same page lies there twice; the layout is scored where a pattern asks for it."""
    box = folder("box", "a.txt", "a.xml", "a.gt.txt")
    assert [p.ocr for p in pair_up(str(box)).pairs] == [str(box / "a.txt")]
    assert [p.ocr for p in pair_up(str(box), ocr_pattern="{stem}.xml").pairs] == [str(box / "a.xml")]


def test_parallel_folders_agree_but_for_their_endings(folder):
    """Folders inside are parallel too."""
    ocr = folder("ocr", "a.txt", "b.tess.txt", "in/c.txt", "d.txt")
    truth = folder("truth", "a.gt.txt", "b.txt", "in/c.xml", "d.tess.md")
    found = pair_up(str(ocr), str(truth))
    assert told(found, ocr.parent) == [
        ("a", "ocr/a.txt", "truth/a.gt.txt", None),
        ("b.tess", "ocr/b.tess.txt", "truth/b.txt", None),
        ("in/c", "ocr/in/c.txt", "truth/in/c.xml", None),
    ]
    assert found.lone == (str(ocr / "d.txt"), str(truth / "d.tess.md"))


def test_layout_files_and_texts_in_parallel_folders(folder):
    """The OCR has boxes, the truth has none."""
    ocr, truth = folder("ocr", "a.alto.xml", "b.hocr"), folder("truth", "a.txt", "b.page.xml")
    assert [(p.id, p.truth) for p in pair_up(str(ocr), str(truth)).pairs] == [
        ("a", str(truth / "a.txt")),
        ("b", str(truth / "b.page.xml")),
    ]


def test_files_without_a_partner_are_lone_on_both_sides(folder):
    """Neither is scored, and both are told; a name in another folder is another name."""
    ocr = folder("ocr", "a.txt", "b.txt", "in/c.txt")
    truth = folder("truth", "a.txt", "c.txt", "z.txt")
    found = pair_up(str(ocr), str(truth))
    assert [p.id for p in found.pairs] == ["a"]
    assert found.lone == tuple(str(p) for p in (ocr / "b.txt", ocr / "in/c.txt", truth / "c.txt", truth / "z.txt"))


def test_truths_in_one_folder_that_belong_to_nothing_are_lone(folder):
    """Its text may have been lost."""
    box = folder("box", "a.txt", "a.gt.txt", "gone.gt.txt", "in/gone.gt.txt")
    assert pair_up(str(box)).lone == (str(box / "gone.gt.txt"), str(box / "in/gone.gt.txt"))


@pytest.mark.parametrize("pattern", ["../truth/{stem}.txt", "../truth/{stem}.human.txt"])
def test_truths_in_a_folder_beside(folder, pattern: str):
    """The pattern leads there; the OCR texts themselves are no truths, and are not told as lone."""
    ending = pattern.removeprefix("../truth/{stem}")
    box = folder("box", "a.txt", "b.txt")
    truth = folder("truth", f"a{ending}", f"z{ending}")
    found = pair_up(str(box), truth_pattern=pattern)
    assert told(found, box.parent) == [("a", "box/a.txt", f"truth/a{ending}", None), ("b", "box/b.txt", None, None)]
    assert [os.path.relpath(one, box.parent) for one in found.lone] == [f"truth/z{ending}"]
    assert truth.is_dir()


def test_truths_in_a_folder_inside(folder):
    """They are no texts to be scored, though they look like texts."""
    box = folder("box", "a.txt", "truth/a.txt", "in/b.txt", "in/truth/b.txt", "truth/z.txt")
    found = pair_up(str(box), truth_pattern="truth/{stem}.txt")
    assert told(found, box) == [("a", "a.txt", "truth/a.txt", None), ("in/b", "in/b.txt", "in/truth/b.txt", None)]
    assert found.lone == (str(box / "truth/z.txt"),)


def test_truths_in_a_folder_beside_that_of_the_texts_and_in_the_same_box(folder):
    """The box is given, in which one folder holds the OCR and one what a human read."""
    box = folder("box", "ocr/a.txt", "truth/a.txt", "truth/z.txt")
    found = pair_up(str(box), truth_pattern="../truth/{stem}.txt")
    assert told(found, box) == [("ocr/a", "ocr/a.txt", "truth/a.txt", None)]
    assert found.lone == (str(box / "truth/z.txt"),)


def test_a_text_is_never_its_own_truth(folder):
    """Where the truth is the plain x.txt beside what an engine read."""
    box = folder("box", "x.txt", "x.tess.txt", "y.txt")
    found = pair_up(str(box), truth_pattern="{stem}.txt")
    assert told(found, box) == [("x.tess", "x.tess.txt", "x.txt", None), ("y", "y.txt", None, None)]
    assert found.lone == ()


RESULTS = ["a.corrected.txt", "a.corrections.jsonl", "a.flags.jsonl", "a.score.json", "a.report.html"]


def test_results_are_no_texts(folder):
    """A folder in which `run` has left its results is scored as before, and the report of `score` is none of it."""
    box = folder("box", "a.txt", "a.gt.txt", *RESULTS)
    write_folder(box / "report", {"index.html": b"<html>", "pages/a.html": b"<html>"})
    found = pair_up(str(box))
    assert told(found, box) == [("a", "a.txt", "a.gt.txt", None)]
    assert found.lone == ()


def test_results_among_layout_files_are_no_texts(folder):
    """Their HTML is a report, not hOCR."""
    box = folder("box", "a.xml", "a.gt.txt", "a.report.html")
    write_folder(box / "report", {"index.html": b"<html>", "pages/a.html": b"<html>"})
    assert told(pair_up(str(box)), box) == [("a", "a.xml", "a.gt.txt", None)]


def test_results_among_truths_are_no_truths(folder):
    """A corrected text is not what a human read, whatever stands beside it."""
    ocr, truth = folder("ocr", "a.txt"), folder("truth", "a.txt", "a.corrected.txt", "a.report.html", "b.corrected.txt")
    found = pair_up(str(ocr), str(truth))
    assert told(found, ocr.parent) == [("a", "ocr/a.txt", "truth/a.txt", None)]
    assert found.lone == ()


def test_the_truth_of_a_folder_with_both_is_the_truth(folder):
    """A pilot folder holds x.txt with x.gt.txt; another engine is scored against the latter."""
    other, pilot = folder("other", "a.txt", "b.txt"), folder("pilot", "a.txt", "a.gt.txt", "b.txt", "b.gt.txt")
    found = pair_up(str(other), str(pilot))
    assert [p.truth for p in found.pairs] == [str(pilot / "a.gt.txt"), str(pilot / "b.gt.txt")]
    assert found.lone == ()


def test_corrected_texts_are_scored_where_a_pattern_asks_for_them(folder):
    """Two versions of a corrector are compared by their results."""
    out = folder("out", *RESULTS, "b.corrected.txt")
    truth = folder("truth", "a.txt", "b.gt.txt")
    found = pair_up(str(out), str(truth), ocr_pattern="{stem}.corrected.txt")
    assert told(found, out.parent) == [
        ("a", "out/a.corrected.txt", "truth/a.txt", None),
        ("b", "out/b.corrected.txt", "truth/b.gt.txt", None),
    ]


def test_the_best_account_of_a_correction_is_taken(folder):
    """A ledger before a text of the same run, a corrected text before another; layouts last."""
    ocr = folder("ocr", "a.txt", "b.txt", "c.txt", "in/d.txt", *(f"{s}.gt.txt" for s in ("a", "b", "c", "in/d")))
    made = folder(
        "made", "a.corrections.jsonl", "a.corrected.txt", "a.txt", "b.corrected.txt", "b.txt", "c.txt", "c.xml"
    )
    folder("made", "in/d.md")
    assert [os.path.relpath(p.corrected or "", made) for p in pair_up(str(ocr), corrected=str(made)).pairs] == [
        "a.corrections.jsonl",
        "b.corrected.txt",
        "c.txt",
        "in/d.md",
    ]


def test_a_text_that_was_not_corrected_is_lone(folder):
    """Scored as it is, it would count as a correction that did nothing."""
    ocr = folder("ocr", "a.txt", "a.gt.txt", "b.txt", "b.gt.txt")
    found = pair_up(str(ocr), corrected=str(folder("made", "a.txt")))
    assert [p.id for p in found.pairs] == ["a"]
    assert found.lone == (str(ocr / "b.txt"),)


def test_hidden_files_are_nothing(folder):
    """Editors and file systems leave them; hidden folders are theirs too."""
    box = folder("box", "a.txt", "a.gt.txt", "._a.txt", ".b.txt", ".git/c.txt", ".b.gt.txt")
    assert told(pair_up(str(box)), box) == [("a", "a.txt", "a.gt.txt", None)]
    assert pair_up(str(box)).lone == ()
    truth = folder("truth", "a.txt", ".z.txt")
    assert pair_up(str(box), str(truth)).lone == ()


@pytest.mark.parametrize("files", [(), ("a.gt.txt",), ("a.jpg",), ("a.corrected.txt",), (".a.txt",)])
def test_a_folder_with_nothing_to_score_is_refused(folder, files):
    """The message names the folder, what would be scored, and the remedy."""
    box = folder("box", *files)
    with pytest.raises(BadInputError, match="holds no OCR text, ALTO, PAGE or hOCR") as caught:
        pair_up(str(box))
    assert (caught.value.where, "--ocr-pattern" in caught.value.remedy) == (str(box), True)


def test_a_pattern_that_fits_nothing_is_refused(folder):
    """The message says what was sought."""
    with pytest.raises(BadInputError, match=r"holds no \*\.tess\.txt"):
        pair_up(str(folder("box", "a.txt")), ocr_pattern="{stem}.tess.txt")


@pytest.mark.parametrize("second", ["truth", "corrected"])
def test_a_folder_and_a_file_are_no_pair(folder, second: str):
    """Either way round the one that does not fit is named."""
    box = folder("box", "a.txt", "b.txt")
    given = {"truth": None, "corrected": None}
    with pytest.raises(BadInputError, match=r"a\.txt: is no folder, but .*box is one"):
        pair_up(str(box), **{**given, second: str(box / "a.txt")})
    with pytest.raises(BadInputError, match=r"box: is a folder, but .*a\.txt is a file"):
        pair_up(str(box / "a.txt"), **{**given, second: str(box)})


@pytest.mark.parametrize("missing", ["truth", "corrected", "ocr"])
def test_a_folder_that_is_not_there_is_told_as_missing(folder, missing: str):
    """That it is no folder is not what is wrong with it."""
    box, gone = str(folder("box", "a.txt")), "nowhere/at/all"
    given = (gone, box, None) if missing == "ocr" else (box, gone if missing == "truth" else None, gone)
    with pytest.raises(BadInputError, match="nowhere/at/all: cannot be read: No such file") as caught:
        pair_up(given[0], given[1], corrected=None if missing == "truth" else given[2])
    assert caught.value.remedy == "Check the name"


@pytest.mark.parametrize("files", [("a.txt", "a.md"), ("a.alto.xml", "a.page.xml"), ("a.hocr", "a.xml")])
def test_two_files_with_one_id_are_refused(folder, files):
    """One would be scored under the name of the other; both are named, and how to choose."""
    box = folder("box", *files)
    with pytest.raises(BadInputError, match="has the same id 'a' as") as caught:
        pair_up(str(box))
    assert all(name in str(caught.value) for name in (*sorted(files), "--ocr-pattern"))


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a file have any name")
def test_a_name_that_is_no_text_is_refused(folder):
    """No result could name it."""
    box = folder("box", "a.txt")
    (box / os.fsdecode(b"b\xff.txt")).write_text("b")
    with pytest.raises(BadInputError, match=r"b\\udcff\.txt: the file's name is not UTF-8"):
        pair_up(str(box))


@pytest.mark.parametrize("which", [0, 1])
def test_a_name_that_is_too_long_is_refused(folder, which: int):
    """Somebody has pasted the text itself."""
    given = [str(folder("box", "a.txt") / "a.txt")] * 2
    given[which] = "The harbour was closed. " * 400
    with pytest.raises(BadInputError, match="cannot be read: File name too long"):
        pair_up(*given)
