"""The main job on the seed, measured by a ruler of its own that shares no code with the package."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from rapidfuzz.distance import Levenshtein

REPOSITORY = Path(__file__).resolve().parents[2]
MARKER = "TRANSCRIBED PAGES FOLLOW"

# What the measure leaves out on both sides: the inside address, classification marks, page numbers, redactions, and
# the scrap of handwriting above the address.
_ADDRESS = (
    "The Honorable",
    "John J. ",
    "United States Mission to the",
    "770 W. Plaza",
    "799 UN Plaza",
    "New York, New York",
)
_APART = re.compile(r"~~.*~~|- \d+ -|b\(\d\)|\[Excised\]|W/ 12")
_FOLD = str.maketrans("‘’“”–—", "''\"\"--")


def body(text: str) -> str:
    """The letter's own words, from its first sentence to its closing, quotes, dashes and white space folded."""
    text = text[text.index("I am sending you") : text.index("Sincerely,") + len("Sincerely,")]
    lines = [line for line in text.split("\n") if not line.startswith(_ADDRESS) and not _APART.fullmatch(line)]
    return " ".join(" ".join(lines).replace("[?]", " ").translate(_FOLD).split())


def rates(text: str, truth: str) -> tuple[float, float]:
    """CER and WER (white-space words) of the body of `text`."""
    ours, theirs = body(text), body(truth)
    # What the transcriber could not read, and marked [?], matches whatever word was read between the same words.
    before, after = re.search(r"(\S+ \S+) \[\?\] (\S+ \S+)", truth).groups()
    ours = re.sub(f"({re.escape(before)}) \\S+ ({re.escape(after)})", r"\1 \2", ours)
    words = theirs.split()
    return Levenshtein.distance(ours, theirs) / len(theirs), Levenshtein.distance(ours.split(), words) / len(words)


@dataclass(frozen=True)
class Results:
    """The files of one run, read."""

    files: dict[str, bytes]

    @property
    def text(self):
        """The corrected text."""
        return self._ending(".corrected.txt").decode()

    @property
    def corrections(self):
        """The ledger without its first line."""
        return self._lines(".corrections.jsonl")[1:]

    @property
    def flags(self):
        """The doubtful words; mere variants of the edition are not doubts."""
        return [flag for flag in self._lines(".flags.jsonl") if flag["kind"] == "doubtful"]

    @property
    def score(self):
        """The evaluation."""
        return json.loads(self._ending(".score.json"))

    def _ending(self, ending):
        (found,) = (data for name, data in self.files.items() if name.endswith(ending))
        return found

    def _lines(self, ending):
        return [json.loads(line) for line in self._ending(ending).decode().split("\n") if line]


@pytest.fixture(scope="module")
def run_seed(corrigenda, contents, ocr, tmp_path_factory):
    """Run the seed with these options into a fresh folder."""

    def run(*options, source=ocr):
        out = tmp_path_factory.mktemp("out")
        done = corrigenda("run", source, "-o", out, "-q", *options)
        assert (done.returncode, done.said) == (0, "")
        return Results(contents(out))

    return run


@pytest.fixture(scope="module")
def with_witness(run_seed, edition):
    """The results with the published edition as a witness."""
    return run_seed("--witness", edition)


@pytest.fixture(scope="module")
def with_lexicon(run_seed):
    """The results with the shipped lexicon alone."""
    return run_seed()


@pytest.fixture(scope="module")
def raw(ocr):
    """What OCR read, without the transcription."""
    return ocr.read_text(encoding="utf-8").partition(MARKER)[0]


@pytest.fixture(scope="module")
def truth(ocr):
    """The human transcription, which only the measure sees."""
    return ocr.read_text(encoding="utf-8").partition(MARKER)[2]


def test_witness_reaches_the_goal(with_witness, raw, truth):
    """An independent measure finds 6.0 % and 8.1 % in the raw text, and at most 2.0 % and 3.2 % after correction."""
    before, after = rates(raw, truth), rates(with_witness.text, truth)
    assert [f"{100 * rate:.1f}" for rate in before] == ["6.0", "8.1"]
    assert after[0] <= 0.020
    assert after[1] <= 0.032


@pytest.mark.parametrize("way", ["with_witness", "with_lexicon"])
def test_score_file_agrees_with_the_independent_measure(way, raw, truth, request):
    """The figures in x.score.json are those that another ruler reads, before and after."""
    results = request.getfixturevalue(way)
    raw_side, clean_side = (side["profiles"]["folded"] for side in (results.score, results.score["corrected"]))
    for name, before, after in zip(("cer", "wer_ws"), rates(raw, truth), rates(results.text, truth), strict=True):
        assert raw_side[name]["micro"] == pytest.approx(before, abs=1e-9)
        assert clean_side[name]["micro"] == pytest.approx(after, abs=1e-9)


@pytest.mark.parametrize(
    "sentence",
    [
        "in connection with your meeting with Kuznetsov tomorrow",
        "between the President and Khrushchev.",
        "get Soviet assurances that the IL-28's will be withdrawn",
        "You should point out to Kuznetsov the difficult position",
        "The letter which Adlai Stevenson suggested might be sent to Kuznetsov is",
        "your Sunday walking and talking with Kuznetsov, and the Soviet reply on the IL-28's before writing Kuznetsov",
        "in the Soviet position, particularly on the IL-28's.",
    ],
)
def test_witness_puts_names_and_numbers_where_they_belong(with_witness, sentence):
    """Each misread name stands mended in its sentence, in the page's own quotes; the one right Khrushchev stays."""
    assert sentence in with_witness.text


def test_nothing_misread_is_left_in_the_body(with_witness):
    """None of the words that OCR made up for a name or a number survives in the body."""
    found = body(with_witness.text)
    assert not [word for word in ("Sumner", "Alistair", "K-23's", "XI-10's") if word in found]
    assert found.count("Khrushchev") == 1


def test_another_word_of_the_stem_is_flagged_and_not_adopted(with_witness):
    """The edition's `restatement` may be its own: the page's `statement` stands, with a flag that says so."""
    assert "restatement" not in with_witness.text
    assert "an admirably clear statement of the U.S. position" in with_witness.text
    (flag,) = (flag for flag in with_witness.flags if flag["text"] == "statement")
    assert [suggestion["text"] for suggestion in flag["suggestions"]] == ["restatement"]


def test_every_correction_by_the_witness_cites_the_document(with_witness):
    """Whatever was taken from the edition says from which document and paragraph."""
    cited = [[e["citation"] for e in c["evidence"] if e["rule"] == "edition"] for c in with_witness.corrections]
    assert cited
    for citations in cited:
        assert citations
        assert all(re.search(r"document 539\b.*paragraph \d", citation) for citation in citations)


def test_only_small_omissions_are_restored(with_witness):
    """Words that OCR lost come back as restorations of three words at most; the excised sentences never do."""
    restored = [c for c in with_witness.corrections if c["kind"] == "restoration"]
    assert restored
    assert all(c["before"] == "" and len(c["after"].split()) <= 3 for c in restored)
    assert "larger package" not in with_witness.text
    assert "Under these conditions" not in with_witness.text


@pytest.fixture(scope="module")
def excised(with_witness):
    """What the redactions of the seed hide, as its file has it."""
    (data,) = (data for name, data in with_witness.files.items() if name.endswith(".redactions.json"))
    record = json.loads(data)
    schema = (REPOSITORY / "docs" / "redactions.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(record, json.loads(schema))
    return [one for one in record["redactions"] if one["edition"]]


def test_both_excised_passages_are_shown_beside_the_edition(with_witness, excised):
    """File and report have the two passages with the paragraph they stand in; the third mark hides a letterhead."""
    first, second = excised
    assert first["edition"].startswith("This does not preclude a larger package later on")
    assert second["edition"].startswith("Under these conditions, the President would undoubtedly")
    assert [one["release"] for one in excised] == ["b(1)", "b(1)"]
    assert ["document 539" in one["citation"] and one["citation"][-11:] for one in excised] == [
        "paragraph 3",
        "paragraph 4",
    ]
    (report,) = (data.decode() for name, data in with_witness.files.items() if name.endswith(".report.html"))
    section = report.partition('<section id="redactions">')[2].partition("</section>")[0]
    assert all(one["edition"][:60] in section for one in excised)
    assert "<mark>b(1)</mark>" in section


def test_no_witness_gives_no_redactions(with_lexicon):
    """Without an edition there is nothing to show beside the marks, and no file."""
    assert not [name for name in with_lexicon.files if name.endswith(".redactions.json")]
    (report,) = (data.decode() for name, data in with_lexicon.files.items() if name.endswith(".report.html"))
    assert 'id="redactions"' not in report


def test_filled_redactions_are_told_scored_apart_and_taken_back(corrigenda, run_seed, edition, ocr, tmp_path):
    """The passages stand in brackets, cost nothing in the score, and undoing gives the file byte for byte."""
    filled = run_seed("--witness", edition, "--fill-redactions")
    (one, two) = (c for c in filled.corrections if c["kind"] == "redaction")
    assert one["after"].startswith("[FRUS, document 539")
    assert one["after"].endswith("both sides. But]")
    assert filled.text.count(one["after"]) == filled.text.count(two["after"]) == 1
    assert filled.score["outcomes"]["unscorable"] >= 2
    assert filled.score["outcomes"]["harmed"] == 0
    for name, data in filled.files.items():
        (tmp_path / name).write_bytes(data)
    (ledger,) = (name for name in filled.files if name.endswith(".corrections.jsonl"))
    assert corrigenda("undo", tmp_path / ledger).stdout == ocr.read_bytes()


def test_no_restore_gives_no_restoration(run_seed, edition, with_witness):
    """With --no-restore all other corrections stay as they were, and nothing is put in where nothing stood."""
    without = run_seed("--witness", edition, "--no-restore")

    def readings(results):
        return [(c["start"], c["before"], c["after"]) for c in results.corrections if c["kind"] != "restoration"]

    assert all(c["before"] and c["kind"] != "restoration" for c in without.corrections)
    assert readings(without) == readings(with_witness)


def test_lexicon_alone_breaks_no_right_word(with_lexicon):
    """Without a witness no right word is harmed."""
    assert with_lexicon.score["outcomes"]["harmed"] == 0
    assert with_lexicon.score["harm"] == 0.0


@pytest.fixture(scope="module")
def flagged(with_lexicon):
    """The words of the body that are flagged without a witness."""
    text = with_lexicon.text
    start, end = text.index("I am sending you"), text.index("Sincerely,")
    return [flag["text"] for flag in with_lexicon.flags if start <= flag["start"] < end]


def test_lexicon_alone_flags_little(flagged):
    """A reader has at most 15 flagged words to look at in the body."""
    assert sum(len(words.split()) for words in flagged) <= 15


def test_lexicon_alone_flags_what_is_wrong(flagged):
    """The four inventions of OCR are flagged."""
    assert {"K-23's", "XI-10's", "Alistair", "Sumner"} <= set(flagged)


@pytest.mark.parametrize(
    "replacement",
    [
        b"",
        b"TRANSCRIBED PAGES FOLLOW",
        b"TRANSCRIBED PAGES FOLLOW\n\nQuite another page: the Alistair of Sumner's K-23's is right as it stands.",
    ],
    ids=["no marker", "nothing after the marker", "other text"],
)
@pytest.mark.parametrize("way", ["with_witness", "with_lexicon"])
def test_the_transcription_changes_nothing(way, replacement, request, corrigenda, ocr, edition, tmp_path):
    """Correction does not see what follows the marker, with a witness or without: the text is the same to the byte."""
    data = ocr.read_bytes()
    other = tmp_path / ocr.name
    other.write_bytes(data[: data.index(MARKER.encode())] + replacement)
    witness = ["--witness", edition] if way == "with_witness" else []
    done = corrigenda("correct", other, *witness, "-q")
    assert (done.returncode, done.said) == (0, "")
    assert done.stdout == request.getfixturevalue(way).text.encode()


def test_two_runs_give_the_same_bytes(with_witness, run_seed, edition):
    """Six files, and a second run into another folder gives every one of them again, to the byte."""
    assert len(with_witness.files) == 6
    assert run_seed("--witness", edition).files == with_witness.files


def test_results_do_not_depend_on_the_working_directory(with_witness, corrigenda, contents, ocr, edition, tmp_path):
    """From another folder, with the paths as seen from there, only the name of the source differs."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "scan").mkdir()
    (here / "scan" / ocr.name).write_bytes(ocr.read_bytes())
    (here / edition.name).write_bytes(edition.read_bytes())
    done = corrigenda("run", f"scan/{ocr.name}", "--witness", edition.name, "-o", "results", "-q", cwd=here)
    assert (done.returncode, done.said) == (0, "")
    known = {str(ocr).encode(): b"SOURCE", f"scan/{ocr.name}".encode(): b"SOURCE"}

    def without_path(files):
        for path, name in known.items():
            files = {ending: data.replace(path, name) for ending, data in files.items()}
        return files

    assert without_path(contents(here / "results")) == without_path(with_witness.files)


def test_filling_without_an_edition_says_that_nothing_is_filled(corrigenda, ocr, raw):
    """The option alone changes no mark, and standard error tells why."""
    done = corrigenda("correct", ocr, "--fill-redactions")
    assert done.returncode == 0
    assert "--fill-redactions: nothing is filled, since no edition is given" in done.said
    assert done.out.count("b(1)") == raw.count("b(1)")
