"""The lexicon verbs as people use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXT = "The naval quarantine of Quorle began. Bundy met Bundy. heffalump\n" * 10
PEOPLE = "id\tpreferred\tvariants\tvolumes\n1\tBundy, McGeorge\tBundy, Mac\tfrus1961-63v10 frus1964-68v12\n"


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a made-up volume and a table of persons."""
    folder = tmp_path_factory.mktemp("volumes")
    (folder / "frus1961-63v05.txt").write_text(TEXT, encoding="utf-8")
    (folder / "people.tsv").write_text(PEOPLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(corrigenda, volume: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lexicon of that volume."""
    folder = tmp_path_factory.mktemp("lexicons") / "quorle"
    done = corrigenda(
        "lexicon", "build", volume / "frus1961-63v05.txt", "-o", folder, "--persons", volume / "people.tsv"
    )
    assert done.returncode == 0, done.said
    return folder


def test_build_makes_the_language_model_of_the_same_text_too(corrigenda, volume: Path, built: Path, tmp_path: Path):
    """The folder `language` lies in the lexicon's, unless it is not wanted; what was made is said."""
    assert json.loads((built / "language" / "manifest.json").read_text())["name"] == "quorle"
    file = volume / "frus1961-63v05.txt"
    done = corrigenda("lexicon", "build", file, "-o", tmp_path / "both")
    assert "both/language: a language model of" in done.said
    done = corrigenda("lexicon", "build", file, "-o", tmp_path / "both", "--no-language")
    assert (done.returncode, "language model" in done.said) == (0, False)
    assert not (tmp_path / "both" / "language").exists()


def test_a_text_too_small_for_a_language_model_is_said_to_be_so(corrigenda, tmp_path: Path):
    """The lexicon is made all the same, and the message says what will be used instead, and the remedy."""
    (tmp_path / "note.txt").write_text("Peace at last.")
    done = corrigenda("lexicon", "build", tmp_path / "note.txt", "-o", tmp_path / "note")
    assert done.returncode == 0
    assert "no language model, the text is too little for one" in done.said
    assert "Give several pages" in done.said
    assert {path.name for path in (tmp_path / "note").iterdir()} >= {"words.tsv", "manifest.json"}


def test_what_is_in_the_way_is_refused_before_the_work(corrigenda, volume: Path, tmp_path: Path):
    """Nobody counts for a minute to be told that the folder is taken."""
    (tmp_path / "thesis.txt").write_text("mine")
    done = corrigenda("lexicon", "build", volume / "frus1961-63v05.txt", "-o", tmp_path)
    assert done.returncode == 2
    assert "is in the way and is not a lexicon" in done.said
    assert "counting" not in done.said


def test_show_tells_counts_years_company_and_persons(corrigenda, built: Path):
    """One word, all that is known of it."""
    done = corrigenda("lexicon", "show", "Bundy", "--lexicon", built, "--year", "1962")
    assert done.returncode == 0
    assert done.out.startswith("Bundy: 20 times in 1 documents of 1 volumes, 1961 to 1963 (capitalised 20)\n")
    assert "  before it: began (10), met (10)\n" in done.out
    assert "  person: Bundy, McGeorge, 1961 to 1968, listed in 2 volumes (also Bundy, Mac)\n" in done.out


def test_show_as_json_says_the_same(corrigenda, built: Path):
    """Programs get the record whole."""
    done = corrigenda("lexicon", "show", "Bundy", "--lexicon", built, "--json")
    record = json.loads(done.out)
    assert record["entry"]["total"] == 20
    assert record["persons"][0]["last"] == 1968
    assert record["rejected"] is None


def test_show_of_two_words_tells_of_the_pair_and_of_each(corrigenda, built: Path):
    """How often the second stood behind the first, or that no count is kept; then what is known of either."""
    done = corrigenda("lexicon", "show", "met  Bundy", "--lexicon", built)
    assert done.returncode == 0
    lines = done.out.splitlines()
    assert lines[:2] == ["met Bundy: 2 words, each told of below", "  Bundy behind met: met 10 times"]
    assert [line.split(":")[0] for line in lines if line[0] != " "] == ["met Bundy", "met", "Bundy"]
    other = corrigenda("lexicon", "show", "Bundy quarantine began", "--lexicon", built).out.splitlines()
    assert other[1:3] == [
        f"  {pair}: not among those that stand most tellingly beside either; of others no count is kept"
        for pair in ("quarantine behind Bundy", "began behind quarantine")
    ]


def test_show_of_two_words_as_json_says_the_same(corrigenda, built: Path):
    """The records of the words, as of each alone, and the pairs."""
    record = json.loads(corrigenda("lexicon", "show", "met Bundy", "--lexicon", built, "--json").out)
    alone = json.loads(corrigenda("lexicon", "show", "met", "--lexicon", built, "--json").out)
    assert record["words"][0] == alone
    assert record["pairs"] == [{"left": "met", "right": "Bundy", "count": 10, "written": None}]


def test_show_of_no_word_is_refused(corrigenda, built: Path):
    """Blanks alone are no question."""
    done = corrigenda("lexicon", "show", " ", "--lexicon", built)
    assert (done.returncode, done.out) == (3, "")
    assert "WORD: is empty. Give a word" in done.said


def test_check_lists_what_is_not_known(corrigenda, built: Path, tmp_path: Path):
    """Line, count, word and the nearest known ones, by tabs; finding some is no failure."""
    page = tmp_path / "page.txt"
    page.write_text("The naval quarantine\nof Quorlc, of Quorlc\n", encoding="utf-8")
    done = corrigenda("lexicon", "check", page, "--lexicon", built)
    assert (done.returncode, done.out) == (0, "2\t2\tQuorlc\tquorle\n")
    record = json.loads(corrigenda("lexicon", "check", page, "--lexicon", built, "--json").out)
    assert record["unknown"] == [{"word": "Quorlc", "count": 2, "line": 2, "rejected": None, "near": ["quorle"]}]


def test_a_word_list_makes_words_known_to_every_verb(corrigenda, built: Path, tmp_path: Path):
    """A list given beside a lexicon is asked by check and used by correct."""
    page, mine = tmp_path / "page.txt", tmp_path / "mine.txt"
    page.write_text("The naval quarantine of Zorkville began.\n", encoding="utf-8")
    mine.write_text("Zorkville\n", encoding="utf-8")
    both = f"{built},{mine}"
    assert corrigenda("lexicon", "check", page, "--lexicon", built).out == "1\t1\tZorkville\t\n"
    assert corrigenda("lexicon", "check", page, "--lexicon", both).out == ""
    done = corrigenda("correct", page, "--lexicon", both)
    assert (done.returncode, done.out) == (0, "The naval quarantine of Zorkville began.\n")


def test_a_word_list_alone_adds_to_the_shipped_lexicon(corrigenda, tmp_path: Path):
    """The list's words are known beside the shipped ones, for asking and for correcting; nothing else is doubted."""
    page, mine = tmp_path / "page.txt", tmp_path / "mine.txt"
    page.write_text("The Minister said that thc mission in Zorkville will answer in due course.\n", encoding="utf-8")
    mine.write_text("Zorkville\n", encoding="utf-8")
    assert corrigenda("lexicon", "check", page, "--lexicon", mine).out.split("\t")[2] == "thc"
    done = corrigenda("correct", page, "--lexicon", mine, "--json")
    record = json.loads(done.out)
    assert [(c["before"], c["after"]) for c in record["corrections"]] == [("thc", "the")]
    assert record["flags"] == []
    assert "lexicon frus-1945-68+mine@" in record["signature"]


def test_whose_language_model_is_taken_is_said_where_it_is_not_the_lexicons(corrigenda, volume: Path, tmp_path: Path):
    """A folder without one uses the shipped one, which is said once for a job of two documents, and not with -q."""
    bare = tmp_path / "bare"
    assert corrigenda("lexicon", "build", volume / "frus1961-63v05.txt", "-o", bare, "--no-language").returncode == 0
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a", "b"):
        (pages / f"{name}.txt").write_text("The naval quarantine of Quorle began.\n", encoding="utf-8")
    told = f"{bare}: has no language model; that of frus-1945-68 is taken"
    done = corrigenda("correct", pages, "-o", tmp_path / "out", "--lexicon", bare)
    assert (done.returncode, done.said.count(told)) == (0, 1)
    assert corrigenda("run", pages, "-o", tmp_path / "out2", "--lexicon", bare, "-q").said == ""


def test_stretches_left_out_are_not_counted(corrigenda, volume: Path, tmp_path: Path):
    """Build says what it left out, and which names of the list were none of its files."""
    stretches = tmp_path / "stretches.tsv"
    stretches.write_text(f"frus1961-63v05.txt.xz\t0\t{len(TEXT) - 12}\nother\t0\t5\n", encoding="utf-8")
    folder = tmp_path / "cut"
    done = corrigenda("lexicon", "build", volume / "frus1961-63v05.txt", "-o", folder, "--exclude", stretches)
    assert done.returncode == 0
    assert "1 stretches of" in done.said
    assert "other is none of the files" in done.said
    assert "never met" in corrigenda("lexicon", "show", "quarantine", "--lexicon", folder).out


@pytest.mark.parametrize(("line", "code"), [("frus1961-63v05\t5\n", 3), ("frus1961-63v05\t0\t99999\n", 3)])
def test_a_bad_list_of_stretches_is_refused(line: str, code: int, corrigenda, volume: Path, tmp_path: Path):
    """A line that is no stretch, and one behind the text, end the build with an error and without a lexicon."""
    stretches = tmp_path / "stretches.tsv"
    stretches.write_text(line, encoding="utf-8")
    done = corrigenda("lexicon", "build", volume / "frus1961-63v05.txt", "-o", tmp_path / "l", "--exclude", stretches)
    assert done.returncode == code
    assert not (tmp_path / "l").exists()


def test_the_shipped_lexicon_says_why_foe_is_not_in(corrigenda):
    """The edition's own misreading is told with the word that it stands for."""
    done = corrigenda("lexicon", "show", "foe")
    assert 'misread for "be"' in done.out
    assert corrigenda("lexicon", "show", "Kuznetsov").out.count("person: Kuznetsov, Vasily V.") == 1
    assert "designator: weapon" in corrigenda("lexicon", "show", "IL-28").out
