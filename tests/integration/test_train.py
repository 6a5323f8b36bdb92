"""Learning a model from pairs as people do it, on made-up pages with made-up damage, and correcting with it at once."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from corrigenda.cli import cli
from corrigenda.errors import MissingToolError
from corrigenda.files.neural import open_neural

_WHO = (
    "The minister", "The harbour committee", "Our delegation", "The ambassador", "The department",
    "The foreign secretary", "A senior member of the cabinet",
)  # fmt: skip
_DID = (
    "said that", "has agreed that", "informed the government that", "hoped that", "expected that",
    "was told in confidence that",
)  # fmt: skip
_WHAT = (
    "the ferry would leave before evening", "the negotiations might begin again", "the proposal was dead",
    "the conference would continue", "no further concession was possible", "the agreement had been signed",
    "another meeting was necessary",
)  # fmt: skip
_SYLLABLES = ("kor", "vel", "nik", "ta", "dro", "mis", "len", "bar", "o", "shi")
_MISREAD = {"e": "c", "h": "b", "m": "rn", "l": "1", "i": "l", "n": "u", "o": "0"}


def page(chance: random.Random, sentences: int = 25) -> str:
    """A page of about 250 words, some of which no lexicon has, so that there is something to leave alone."""

    def who() -> str:
        name = "".join(chance.choices(_SYLLABLES, k=3))
        return chance.choice((*_WHO, f"Mr. {name.title()}", f"A certain {name}"))

    return " ".join(f"{who()} {chance.choice(_DID)} {chance.choice(_WHAT)}." for _ in range(sentences))


def damaged(text: str, chance: random.Random, rate: float = 0.04) -> str:
    """The page as a machine reads it that takes one letter for another now and then."""
    return "".join(_MISREAD[c] if c in _MISREAD and chance.random() < rate else c for c in text)


def records(pages: int, seed: int, **fields: object) -> str:
    """Pairs as JSONL."""
    chance = random.Random(seed)
    truths = [page(chance) for _ in range(pages)]
    lines = (
        {"id": str(number), "ocr": damaged(truth, chance), "gt": truth, **fields} for number, truth in enumerate(truths)
    )
    return "".join(json.dumps(line) + "\n" for line in lines)


@pytest.fixture(scope="module")
def lexicon(corrigenda, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lexicon with a language model of such text, made of other pages."""
    folder = tmp_path_factory.mktemp("lexicons")
    chance = random.Random(99)
    (folder / "clean.txt").write_text("\n\n".join(page(chance) for _ in range(20)))
    assert corrigenda("lexicon", "build", folder / "clean.txt", "-o", folder / "talks").returncode == 0
    return folder / "talks"


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten pages beside their truth, that name no engine."""
    file = tmp_path_factory.mktemp("pairs") / "pairs.jsonl"
    file.write_text(records(10, seed=1))
    return file


@pytest.fixture(scope="module")
def trained(corrigenda, lexicon: Path, pairs: Path, tmp_path_factory: pytest.TempPathFactory):
    """The model of those pairs, and what the command said."""
    folder = tmp_path_factory.mktemp("models") / "scanner"
    done = corrigenda(
        "train", pairs, "-o", folder, "--lexicon", lexicon, "--json",
        env={"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.said
    return folder, done


def test_what_was_learned_corrects_at_once(corrigenda, lexicon: Path, trained, tmp_path: Path):
    """A page of the same engine gets better, and no right word of it worse; the result is signed with the model."""
    folder, done = trained
    chance = random.Random(7)
    truth = page(chance, sentences=60)
    read = damaged(truth, chance)
    (tmp_path / "page.txt").write_text(read)
    corrected = corrigenda(
        "correct", tmp_path / "page.txt", "--model", folder, "--lexicon", lexicon, "--max-harm", "1", "--json"
    )
    assert corrected.returncode == 0, corrected.said
    result = json.loads(corrected.out)
    words = list(zip(truth.split(), read.split(), result["corrected"].split(), strict=True))
    wrong, left = (sum(word[i] != word[0] for word in words) for i in (1, 2))
    assert wrong > 40
    assert left < wrong * 0.6
    assert [word for word in words if word[1] == word[0] != word[2]] == []
    language = json.loads((lexicon / "language" / "manifest.json").read_text())
    assert f"model scanner@{json.loads(done.out)['sha256'][:12]}" in result["signature"]
    assert f"language model {language['name']}@" in result["signature"]


def test_the_manifest_says_what_was_learned_from_what(trained, pairs: Path):
    """Lexicon and language model by hash, each file with its hash, passages and words; the JSON says the same."""
    folder, done = trained
    manifest, told = json.loads((folder / "manifest.json").read_text()), json.loads(done.out)
    assert (manifest["name"], manifest["created"]) == ("scanner", "1970-01-01")
    assert manifest["lexicon"] == told["lexicon"]
    assert manifest["lexicon"].startswith("talks@")
    assert ", language model talks@" in manifest["lexicon"]
    assert manifest["sources"] == told["sources"]
    assert manifest["judged_on_right_words"] == told["harm"][0]["right_words"] > 1500
    (source,) = manifest["sources"]
    truths = [json.loads(line)["gt"].split() for line in pairs.read_text().splitlines()]
    assert (source["file"], source["passages"], source["words"]) == ("pairs.jsonl", 10, sum(map(len, truths)))
    assert list(told["channels"]) == ["base"]


def test_the_harm_that_each_limit_stands_for_is_told_in_words(trained):
    """A limit that so few pages cannot vouch for is said to correct nothing, and what it would take."""
    _, done = trained
    judged = json.loads(done.out)["harm"]
    assert [limit["max_harm"] for limit in judged] == [0.05, 0.1, 0.2, 0.5, 1.0]
    assert judged[0]["threshold"] is None
    assert "at --max-harm 0.05 nothing is corrected; the pairs have " in done.said
    assert "right words, and to vouch for it takes 5,992" in done.said
    assert f"at --max-harm 1 corrections from {judged[-1]['threshold']:g} up are made" in done.said


def test_the_same_pairs_give_the_same_bytes(corrigenda, lexicon: Path, pairs: Path, trained, contents, tmp_path: Path):
    """Whatever Python's hashes and the folder of the pairs are."""
    folder, _ = trained
    (tmp_path / "pairs.jsonl").write_bytes(pairs.read_bytes())
    again = tmp_path / "scanner"
    done = corrigenda(
        "train", tmp_path / "pairs.jsonl", "-o", again, "--lexicon", lexicon, "-q",
        env={"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "2"},
    )  # fmt: skip
    assert (done.returncode, done.out, done.said) == (0, "", "")
    assert contents(again) == contents(folder)


def sure(line: str, chance: random.Random) -> str:
    """A record whose engine was less sure of the words that it misread."""
    record = json.loads(line)
    words = zip(record["ocr"].split(), record["gt"].split(), strict=True)
    confidences = [chance.uniform(0.85, 0.97) if read == meant else chance.uniform(0.3, 0.93) for read, meant in words]
    return json.dumps({**record, "confidences": confidences}) + "\n"


def test_what_confidences_are_worth_is_learned_from_pages_of_their_own(corrigenda, lexicon: Path, tmp_path: Path):
    """The model has a weight for the engine that was named, and names the file among its sources."""
    pairs, confident = tmp_path / "pairs.jsonl", tmp_path / "sure.jsonl"
    pairs.write_text(records(10, seed=1, engine="scanner"))
    made = records(30, seed=2, engine="scanner")
    confident.write_text("".join(sure(line, random.Random(n)) for n, line in enumerate(made.splitlines())))
    done = corrigenda(
        "train", pairs, "--confidences", confident, "-o", tmp_path / "model", "--lexicon", lexicon, "--json"
    )
    assert done.returncode == 0, done.said
    told = json.loads(done.out)
    assert told["confidence"]["scanner"]["weight"] > 0.5
    assert [source["file"] for source in told["sources"]] == ["pairs.jsonl", "sure.jsonl"]
    stored = json.loads((tmp_path / "model/confidence.json").read_text())["scanner"]
    assert stored["alternative"] == told["confidence"]["scanner"]["alternative"] == 0.0
    assert stored["weight"] == pytest.approx(told["confidence"]["scanner"]["weight"], abs=1e-3)
    assert "confidences of scanner are weighed" in done.said


def test_a_neural_models_word_is_learned_from_those_pages_too(corrigenda, lexicon: Path, tmp_path: Path):
    """Where they are there, and where they have enough doubtful words; else that is said."""
    try:
        open_neural()
    except MissingToolError as error:
        pytest.skip(str(error))
    pairs, few = tmp_path / "pairs.jsonl", tmp_path / "few.jsonl"
    pairs.write_text(records(10, seed=1, engine="scanner"))
    few.write_text("".join(sure(line, random.Random(3)) for line in records(1, seed=2, engine="scanner").splitlines()))
    output = ("-o", tmp_path / "model", "--lexicon", lexicon)
    assert "learns from the pages of --confidences" in refused(corrigenda, pairs, "--neural", *output, code=2)
    done = corrigenda("train", pairs, "--confidences", few, "--neural", *output, "--json")
    assert done.returncode == 0, done.said
    assert "is not weighed: the pages have fewer than 500 doubtful words" in done.said
    assert json.loads(done.out)["neural"] is False


def refused(corrigenda, *arguments, code: int = 3) -> str:
    """What `train` says when it refuses."""
    done = corrigenda("train", *arguments)
    assert done.returncode == code, done.said
    return done.said


def test_too_little_to_learn_from_is_refused_at_once(corrigenda, lexicon: Path, tmp_path: Path):
    """Too few groups, or too few misread words; rendered pages do not make up for it. File and remedy are named."""
    few, same, clean = (tmp_path / f"{name}.jsonl" for name in ("few", "same", "clean"))
    few.write_text(records(4, seed=1))
    same.write_text(records(10, seed=1, group="one box"))
    clean.write_text("".join(records(1, seed=n).replace('"0"', f'"{n}"') for n in range(8)))
    output = ("-o", tmp_path / "model", "--lexicon", lexicon)
    said = refused(corrigenda, few, "--rendered", same, *output)
    assert "few.jsonl, same.jsonl: 4 groups with" in said
    assert "Give 5 groups" in said
    assert "same.jsonl: 1 groups with" in refused(corrigenda, same, *output)
    lines = [json.loads(line) for line in clean.read_text().splitlines()]
    clean.write_text("".join(json.dumps({**line, "ocr": line["gt"]}) + "\n" for line in lines))
    assert "clean.jsonl: 8 groups with 0 misread words are too little" in refused(corrigenda, clean, *output)
    assert not (tmp_path / "model").exists()


def test_a_file_given_twice_is_refused(corrigenda, lexicon: Path, pairs: Path, tmp_path: Path):
    """Under another name too, since its figures would count double."""
    (tmp_path / "copy.jsonl").write_bytes(pairs.read_bytes())
    said = refused(corrigenda, pairs, "--rendered", tmp_path / "copy.jsonl", "-o", tmp_path / "m", "--lexicon", lexicon)
    assert "pairs.jsonl: is the same file as copy.jsonl" in said


def test_a_field_that_is_named_must_be_there(corrigenda, pairs: Path, tmp_path: Path):
    """A slip in the name of a field is no reason to learn of one engine what all read."""
    for option in ("--engine-field", "--group-field"):
        said = refused(corrigenda, pairs, option, "machine", "-o", tmp_path / "m")
        assert "pairs.jsonl, line 1: 'machine' is missing" in said


def test_where_a_model_cannot_go_is_told_before_anything_is_learned(corrigenda, pairs: Path):
    """What is somebody's is not replaced, and no folder can be made inside a file."""
    said = refused(corrigenda, pairs, "-o", pairs.parent, code=2)
    assert "is in the way and is not a model" in said
    assert "learning" not in said
    said = refused(corrigenda, pairs, "-o", pairs / "model", code=2)
    assert "cannot be written" in said
    assert "learning" not in said


@pytest.mark.parametrize("verb", [["train"], ["lexicon", "build"]])
def test_what_is_replaced_without_being_asked_is_told_in_the_help(verb: list[str]):
    """A model or a lexicon of other sources gives way to the new one, which nobody should learn from its loss."""
    told = " ".join(CliRunner().invoke(cli, [*verb, "--help"]).stdout.split())
    assert re.search(r"An earlier (model|lexicon) in DIR is replaced by the new one when that is whole\.", told)
