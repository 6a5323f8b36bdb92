"""What is to be scored, read from files."""

from __future__ import annotations

import json

import pytest

from corrigenda.correct.apply import apply
from corrigenda.errors import BadInputError, PairingError
from corrigenda.files.cases import Case, from_pair, from_record, is_records, records
from corrigenda.files.pairing import Pair
from corrigenda.report import ledger
from corrigenda.values import Corrected, CorrectionKind, Flag, FlagKind, Intake, SegmentKind, Span, Suggestion

TRUTH = "The harbour was closed for the winter by the consul."
PAGE = TRUTH.replace("harbour", "harbuor").replace("consul", "cansul")


@pytest.fixture
def case(tmp_path):
    """Read a pair of made-up files: x.txt, its truth and its correction, where they are given."""

    def read(page: str = PAGE, truth: str | None = TRUTH, corrected: dict[str, str] | None = None, **options) -> Case:
        files = {"x.txt": page, **({"x.gt.txt": truth} if truth is not None else {}), **(corrected or {})}
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        pair = Pair(
            id="box/x",
            ocr=str(tmp_path / "x.txt"),
            truth=str(tmp_path / "x.gt.txt") if truth is not None else None,
            corrected=str(tmp_path / next(iter(corrected))) if corrected else None,
        )
        return from_pair(pair, **{"whole": False, "trusted": False, "group": None, "piped": None, **options})

    return read


def told(made: Corrected) -> list[tuple[str, str]]:
    """What was changed into what."""
    return [(c.before, c.after) for c in made.corrections]


def test_document_and_truth_have_the_name_of_the_pair(case):
    """And name the files that they come from."""
    found = case(group="box")
    assert (found.intake.document.id, found.intake.transcript.document_id, found.group) == ("box/x", "box/x", "box")
    assert found.intake.transcript.source.path.endswith("x.gt.txt")


def test_without_a_correction_the_text_stands_as_it_is(case):
    """Nothing was changed, and nobody claims that something was given."""
    found = case()
    assert (found.corrected.text, found.corrected.corrections, found.corrected_given) == (PAGE, (), False)


def test_a_truth_that_follows_in_the_file_is_found(case):
    """One in a file of its own goes before it; without either there is none."""
    page = f"{PAGE}\n\nTRANSCRIBED PAGES FOLLOW\n\nIt follows."
    assert case(page, None).intake.transcript.text == "It follows."
    assert case(page, TRUTH).intake.transcript.text == TRUTH
    assert case(PAGE, None).intake.transcript is None


def test_whole_texts_are_taken_whole(case):
    """On both sides nothing is cut but marks, and either may be empty."""
    found = case("SECRET\n\n- 2 -\n", "SECRET b(1)", whole=True)
    assert {s.kind for s in found.intake.document.segments} == {SegmentKind.BODY}
    assert [s.kind for s in found.intake.transcript.segments] == [SegmentKind.BODY, SegmentKind.REDACTION]
    assert case("", "", whole=True).intake.transcript.text == ""


def test_what_was_piped_is_the_text(case, tmp_path):
    """The truth is read from its file."""
    case()
    pair = Pair(id="-", ocr="-", truth=str(tmp_path / "x.gt.txt"))
    found = from_pair(pair, whole=False, trusted=False, group=None, piped=b"Tbe harbour.")
    assert (found.intake.document.text, found.intake.transcript.text) == ("Tbe harbour.", TRUTH)


def test_a_corrected_text_is_compared_word_by_word(case):
    """Who made it is not asked; line ends and spacing are no corrections."""
    found = case(corrected={"x.corrected.txt": TRUTH.replace(" ", "\r\n")})
    assert told(found.corrected) == [("harbuor", "harbour"), ("cansul.", "consul.")]
    assert found.corrected_given
    assert case(corrected={"y.txt": PAGE}).corrected.corrections == ()


def test_a_corrected_text_of_another_page_is_refused(case):
    """As a correction it would be one of every word."""
    page = " ".join(f"wordnumber{n}" for n in range(30))
    with pytest.raises(PairingError, match="do not look like the same page"):
        case(page, page, corrected={"y.txt": " ".join(f"otherword{n}" for n in range(30))})


def test_a_corrected_layout_file_is_read_as_its_text(case):
    """hOCR of a corrector, against raw text."""
    line = "".join(f"<span class='ocrx_word'>{w}</span> " for w in TRUTH.split())
    hocr = f"<html><body><div class='ocr_page'><span class='ocr_line'>{line}</span></div></body></html>"
    assert told(case(corrected={"x.hocr": hocr}).corrected) == [("harbuor", "harbour"), ("cansul.", "consul.")]


@pytest.fixture
def made(make_intake, make_change) -> tuple[Intake, Corrected]:
    """A run that mended one word of `PAGE` and flagged the other."""
    intake = make_intake(PAGE)
    change = make_change(PAGE, "harbuor", "harbour", kind=CorrectionKind.NAME)
    at = PAGE.index("cansul")
    flag = Flag(
        span=Span(start=at, end=at + 6),
        kind=FlagKind.DOUBTFUL,
        why="made up",
        suggestions=(Suggestion(text="consul", probability=0.4), Suggestion(text="casual", probability=0.1)),
        citation="made-up citation",
    )
    return intake, Corrected(
        document_id="x", text=apply(PAGE, [change]), corrections=(change,), flags=(flag,), signature="sig of the run"
    )


def flags_of(made: tuple[Intake, Corrected]) -> str:
    """The flags of a run as it writes them."""
    return "".join(json.dumps(ledger.flag_record(f, PAGE), ensure_ascii=False) + "\n" for f in made[1].flags)


def test_a_ledger_says_more_than_a_text(case, made):
    """Kinds, probabilities, evidence, flags and signature come back as they were written."""
    found = case(corrected={"x.corrections.jsonl": ledger.dump(*made), "x.flags.jsonl": flags_of(made)}).corrected
    assert (found.corrections, found.flags, found.signature) == (made[1].corrections, made[1].flags, "sig of the run")
    assert found.text == made[1].text
    assert found.document_id == "box/x"


def test_a_ledger_may_stand_without_flags(case, made):
    """Then there are none."""
    assert case(corrected={"x.corrections.jsonl": ledger.dump(*made)}).corrected.flags == ()


def test_a_ledger_of_another_text_is_refused(case, made):
    """Correction, place and the remedy are told."""
    with pytest.raises(BadInputError, match=r"x\.corrections\.jsonl: correction 1 does not fit .*x\.txt") as caught:
        case("The harbour was closed, and the consul went home.", corrected={"x.corrections.jsonl": ledger.dump(*made)})
    assert "the OCR text that this ledger was written for" in caught.value.remedy


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ("{", "line 1: not JSON"),
        ("\n[]\n", "line 2: not a JSON object"),
        ('{"start": 5, "end": 2, "kind": "doubtful", "why": "", "suggestions": []}', "line 1: not a flag: not a span"),
        ('{"start": 1, "end": 2, "kind": "sure", "why": "", "suggestions": []}', "line 1: not a flag: 'sure'"),
        ('{"start": 1, "end": 2, "kind": "doubtful", "why": ""}', "line 1: not a flag: field 'suggestions'"),
        ('{"start": 1, "end": 2, "kind": "doubtful", "why": "", "suggestions": ["consul"]}', "line 1: not a flag"),
    ],
)
def test_damaged_flags_are_refused(case, made, flags: str, says: str):
    """File and line are told."""
    with pytest.raises(BadInputError, match=r"x\.flags\.jsonl") as caught:
        case(corrected={"x.corrections.jsonl": ledger.dump(*made), "x.flags.jsonl": flags})
    assert says in str(caught.value)


def test_a_damaged_ledger_is_refused(case, made):
    """The line is told; half a ledger is none."""
    text = ledger.dump(*made)
    with pytest.raises(BadInputError, match="line 1"):
        case(corrected={"x.corrections.jsonl": text.splitlines()[0] + "\n"})


@pytest.mark.parametrize(
    ("path", "piped", "expected"),
    [
        ("a.jsonl", None, True),
        ("a.ndjson", None, True),
        ("a.txt", None, False),
        ("jsonl", None, False),
        ("-", b' \n{"id": 1}', True),
        ("-", b'\xef\xbb\xbf{"id": 1}', True),
        ("-", b"The harbour {was} closed.", False),
        ("-", b"", False),
    ],
)
def test_what_is_jsonl(path: str, piped: bytes | None, expected: bool):
    """A file says it by its name, a pipe by its first letter."""
    assert is_records(path, piped) is expected


def test_records_become_cases(tmp_path):
    """Group, truth and correction are those of the record; what was given as corrected is compared."""
    lines = [
        {"id": "a", "ocr": PAGE, "gt": TRUTH, "group": "g", "corrected": TRUTH},
        {"id": 2, "ocr": "", "gt": "", "volume": "v"},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n\n".join(json.dumps(one) for one in lines), encoding="utf-8")
    first, second = (from_record(r, str(path)) for r in records(str(path), None, None))
    assert (first.group, first.corrected_given, told(first.corrected)) == (
        "g",
        True,
        [("harbuor", "harbour"), ("cansul.", "consul.")],
    )
    assert (second.intake.document.id, second.group, second.corrected_given, second.corrected.text) == (
        "2",
        None,
        False,
        "",
    )
    assert second.intake.document.source.path == f"{path}, line 3"


def test_a_field_names_the_group():
    """It must then be in every record."""
    line = json.dumps({"id": "a", "ocr": "x", "gt": "x", "volume": 7})
    (found,) = records("-", "volume", line.encode())
    assert found.group == "7"
    with pytest.raises(BadInputError, match="line 1: 'box' is missing"):
        records("-", "box", line.encode())
