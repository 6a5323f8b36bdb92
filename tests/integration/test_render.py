"""Training pairs from rendered pages: the text is set, typed, worn and read, and the truth stays what the page says."""

from __future__ import annotations

import argparse
import doctest
import importlib
import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import numpy as np
import pytest

from corrigenda.errors import BadInputError, MissingToolError
from corrigenda.ingest.records import read_records
from corrigenda.text import join_broken_words

pytest.importorskip("PIL", reason="pages are drawn with Pillow, of the extra scan")

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.append(str(SCRIPTS))
layout = importlib.import_module("rendering.layout")
typewriter = importlib.import_module("rendering.typewriter")
damage = importlib.import_module("rendering.damage")
reading = importlib.import_module("rendering.reading")


def script():
    """The command itself, which has no ending that Python would find it by."""
    loader = SourceFileLoader("render_pairs", str(SCRIPTS / "render_pairs"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("render_pairs", loader))
    loader.exec_module(module)
    return module


render_pairs = script()

SENTENCE = "The harbour committee reported particular difficulties with considerable shipments of ammunition."
STEADY = typewriter.Touch(weak=0, tilt=0, jitter=0, double=0, slip=0)
UNHARMED = damage.Damage(
    dirt=0, touch=STEADY, uneven=0, fading=0, spread=0, bleed=1, contrast=0.9, grain=0, copied=None, specks=0, skew=0,
    scale=1, quality=95,
)  # fmt: skip


def rng(seed=7):
    """Numbers that are the same in every run."""
    return np.random.default_rng(seed)


def blocks():
    """A machine whose types are plain blocks, each letter as wide as its pitch."""
    return typewriter.Machine(pitch=20, rows=30, types=dict.fromkeys("ab", np.ones((30, 20), dtype=np.float32)))


def test_examples_in_the_layout_hold():
    """The examples in the docstrings, which no test run collects from scripts, are true."""
    tried = doctest.testmod(layout)
    assert tried.attempted >= 2
    assert tried.failed == 0


def test_paragraph_without_keys_for_it_is_left_out(make_edition):
    """A typewriter has no Cyrillic, so such a paragraph is on no page and in no truth."""
    document = make_edition(" ".join(["port"] * 60), "Да здравствует мир")
    (only,) = layout.passages(document)
    assert only.paragraphs == (" ".join(["port"] * 60),)


def test_passages_hold_every_word_once_in_like_parts(make_edition):
    """The parts of a document are about as long as was asked, and together they are the document."""
    paragraphs = [" ".join(f"w{i}x{n}" for n in range(120 + i)) for i in range(9)]
    found = layout.passages(make_edition(*paragraphs))
    words = [passage.truth.split() for passage in found]
    assert [w for part in words for w in part] == " ".join(paragraphs).split()
    assert max(map(len, words)) - min(map(len, words)) <= 1
    assert 250 < len(words[0]) < 350


def test_document_of_a_few_words_gives_no_passage(make_edition):
    """A document of which only a dateline is printed makes no page."""
    assert layout.passages(make_edition("Moscow, May 21, 1961.")) == ()


@pytest.mark.parametrize("columns", [30, 52, 71])
def test_lines_fit_and_say_what_the_truth_says(columns):
    """No line is too long, some words are broken, and whole again they are the words of the truth."""
    passage = layout.Passage(document="7", part=1, paragraphs=(" ".join([SENTENCE] * 8), SENTENCE))
    lines = layout.typed_lines(passage, columns, 1.0, rng())
    assert max(map(len, lines)) <= columns
    assert any(line.endswith("-") for line in lines)
    assert join_broken_words("\n".join(lines)).split() == passage.truth.split()


def test_share_of_broken_words_is_what_was_asked():
    """A typist who breaks no words breaks none."""
    passage = layout.Passage(document="7", part=1, paragraphs=(" ".join([SENTENCE] * 8),))
    assert not any(line.endswith("-") for line in layout.typed_lines(passage, 40, 0.0, rng()))


def test_ink_stands_where_letters_do():
    """A steady hand prints letters at their places and nothing on a blank."""
    page = typewriter.typed(["a b"], blocks(), 50, STEADY, rng())
    rows, columns = np.nonzero(page)
    assert set(columns) == {*range(100, 120), *range(140, 160)}
    assert set(rows) == set(range(100, 130))
    assert page.max() == 1


def test_carriage_that_slips_crowds_the_letters():
    """Where the carriage goes half its way the next letter lies on the one before, and ink is never more than black."""
    slipping = typewriter.Touch(weak=0.3, tilt=0.3, jitter=1, double=0.5, slip=1)
    page = typewriter.typed(["ababab"], blocks(), 50, slipping, rng())
    assert np.nonzero(page)[1].max() < 100 + 6 * 20
    assert 0 < page.max() <= 1


def test_scan_without_damage_is_black_on_white():
    """With no damage the scan has the letters black, the paper light, and the size of the page."""
    page = typewriter.typed(["ab ab"], blocks(), 50, STEADY, rng())
    scan = np.asarray(damage.scanned(page, UNHARMED, rng()))
    assert scan.shape == page.shape
    assert scan[page == 1].max() < 80
    assert scan[page == 0].min() > 180


def test_damage_of_a_seed_is_always_the_same():
    """The same seed draws the same damages and wears a page the same, to the dot; another seed does not."""
    page = typewriter.typed(["ab ab"] * 4, blocks(), 50, STEADY, rng())
    worn = [damage.scanned(page, damage.drawn(rng(seed)), rng(seed)) for seed in (1, 1, 2)]
    assert damage.drawn(rng(1)) == damage.drawn(rng(1)) != damage.drawn(rng(2))
    assert worn[0].tobytes() == worn[1].tobytes() != worn[2].tobytes()


def test_folder_without_typewriter_fonts_is_refused(tmp_path):
    """A folder of other fonts is named with what it should hold."""
    (tmp_path / "kalam.ttf").touch()
    with pytest.raises(BadInputError, match=r"holds no typewriter font\..*courier-prime"):
        typewriter.faces(tmp_path)


def test_documents_are_given_as_a_range():
    """A range has both its ends, a number is itself, and anything else is refused."""
    assert list(render_pairs.numbers("3-5")) == [3, 4, 5]
    assert list(render_pairs.numbers("7")) == [7]
    with pytest.raises(argparse.ArgumentTypeError, match="no range"):
        render_pairs.numbers("3-")


def test_passages_are_spread_over_the_documents_wanted(make_edition):
    """Fewer passages than there are come from the whole of the range, not from its beginning."""
    document = make_edition(" ".join(["word"] * 3000))
    every = render_pairs.chosen([document], range(1, 10), None)
    some = render_pairs.chosen([document], range(1, 10), 3)
    assert len(every) == 10
    assert [passage.part for passage in some] == [1, 4, 7]
    assert render_pairs.chosen([document], range(1, 7), None) == []


def test_volume_without_the_documents_asked_for_is_refused(tmp_path, monkeypatch, capsys):
    """Documents that the volume lacks are bad input: exit code 3, and the remedy."""
    volume = tmp_path / "frus1951v09.txt"
    volume.write_text("7. Letter, May 21\n" + SENTENCE * 9, encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["render_pairs", str(volume), "-o", str(tmp_path / "x.jsonl"), "--documents", "8-9"]
    )
    assert render_pairs.main() == 3
    assert "--documents" in capsys.readouterr().err


def test_command_writes_records_that_the_scorer_reads(tmp_path, monkeypatch):
    """A volume becomes records with ids, groups and truth; made again from the same seed they are the same."""
    if not render_pairs.FONTS.is_dir():
        pytest.skip(f"no fonts at {render_pairs.FONTS}")
    try:
        reading.version()
    except MissingToolError as error:
        pytest.skip(str(error))
    volume = tmp_path / "frus1951v09.txt"
    volume.write_text("7. Letter, May 21\n" + "\n".join([SENTENCE] * 6), encoding="utf-8")
    made = []
    for name in ("a.jsonl", "b.jsonl"):
        monkeypatch.setattr(sys, "argv", ["render_pairs", str(volume), "-o", str(tmp_path / name), "--seed", "3"])
        assert render_pairs.main() == 0
        made.append((tmp_path / name).read_bytes())
    (record,) = read_records(made[0], path="a.jsonl")
    assert (record.id, record.group) == ("frus1951v09-007-01", "7")
    assert record.truth == "\n".join([SENTENCE] * 6)
    assert render_pairs.error_rate(record.ocr, record.truth) <= render_pairs.WORST
    assert len(record.confidences) == len(record.ocr.split())
    assert min(record.confidences) < max(record.confidences)
    assert len(record.alternatives) == len(record.confidences)
    assert any(record.alternatives)
    assert made[0] == made[1]
