"""The ledger: written and read back the same, and damage named with its line."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from corrigenda.correct.apply import apply
from corrigenda.errors import BadInputError
from corrigenda.report import ledger
from corrigenda.values import Corrected, CorrectionKind, Evidence, Flag, FlagKind, Span, Suggestion

PAGE = "Tbe harbour of “Señor” was clo sed\r\nfor winter.\u2028\r\n"
ASIDE = "TRANSCRIBED PAGES FOLLOW\r\nThe harbour."


@pytest.fixture
def corrected(make_change) -> Corrected:
    """A page with three corrections, one with all that evidence may have."""
    changes = (
        replace(
            make_change(PAGE, "Tbe", "The"),
            evidence=(
                Evidence(rule="edition", says="“quoted”\nand broken", figure=0.5, citation="FRUS, document 7"),
                Evidence(rule="lexicon", says="counted"),
            ),
        ),
        make_change(PAGE, "clo sed", "closed", kind=CorrectionKind.SPACING),
        make_change(PAGE, "", "the ", at=PAGE.index("winter"), kind=CorrectionKind.RESTORATION),
    )
    return Corrected(
        document_id="page", text=apply(PAGE, changes), corrections=changes, flags=(), signature="corrigenda 0 | made up"
    )


@pytest.fixture
def written(make_intake, corrected) -> str:
    """The ledger of that page, as text."""
    return ledger.dump(make_intake("\ufeff" + PAGE + ASIDE), corrected)


def test_a_ledger_read_back_is_the_same(make_intake, corrected, written):
    """Corrections with their evidence, the source, the aside and the signature all come back."""
    intake = make_intake("\ufeff" + PAGE + ASIDE)
    found = ledger.load(written, where="x.jsonl")
    assert found.corrections == corrected.corrections
    assert found.source == intake.document.source
    assert (found.document_id, found.signature, found.aside) == ("page", corrected.signature, intake.aside)
    assert (intake.document.text, found.aside) == (PAGE, ASIDE)
    assert apply(PAGE, found.corrections) == corrected.text


def test_the_hashes_are_of_the_documents_bytes(make_intake, corrected):
    """With byte order mark and in the file's own encoding, before and after."""
    bom = ledger.load(ledger.dump(make_intake("\ufeff" + PAGE), corrected), where="x")
    assert bom.original_sha256 == hashlib.sha256(b"\xef\xbb\xbf" + PAGE.encode()).hexdigest()
    assert bom.corrected_sha256 == hashlib.sha256(b"\xef\xbb\xbf" + corrected.text.encode()).hexdigest()
    ansi = replace(corrected, text="señor", corrections=())
    old = ledger.load(ledger.dump(make_intake("The señor.".encode("cp1252")), ansi), where="x")
    assert old.corrected_sha256 == hashlib.sha256("señor".encode("cp1252")).hexdigest()


def test_a_ledger_is_one_json_object_a_line(written):
    """Also where a correction's evidence has line breaks or the separators that only Unicode knows."""
    lines = written.split("\n")
    assert lines.pop() == ""
    records = [json.loads(line) for line in lines]
    assert records[0]["format"] == "corrigenda ledger 1"
    assert records[0]["corrections"] == 3
    assert [r["id"] for r in records[1:]] == [1, 2, 3]
    assert records[1] == {
        "id": 1,
        "start": 0,
        "end": 3,
        "before": "Tbe",
        "after": "The",
        "kind": "character",
        "probability": 0.95,
        "evidence": [
            {"rule": "edition", "says": "“quoted”\nand broken", "figure": 0.5, "citation": "FRUS, document 7"},
            {"rule": "lexicon", "says": "counted"},
        ],
    }


def test_no_figure_of_a_ledger_depends_on_time_or_machine(make_intake, corrected, written):
    """The same run gives the same bytes."""
    assert ledger.dump(make_intake("\ufeff" + PAGE + ASIDE), corrected) == written


def test_blank_lines_do_no_harm(written):
    """An editor may have added one at the end."""
    assert ledger.load(written + "\n\n", where="x") == ledger.load(written, where="x")


def changed(written: str, line: int, **fields: object) -> str:
    """The ledger with these fields of one line changed; a field that is None is taken out."""
    lines = written.split("\n")
    record = json.loads(lines[line - 1])
    record.update(fields)
    lines[line - 1] = json.dumps({k: v for k, v in record.items() if v is not None})
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("line", "fields", "says"),
    [
        (1, {"format": "corrigenda ledger 9"}, "does not say 'corrigenda ledger 1'"),
        (1, {"format": None}, "does not say"),
        (1, {"source": None}, "'source'"),
        (1, {"source": {"path": "x"}}, "'encoding' is missing"),
        (1, {"source": "x"}, "'source' is missing or is no dict"),
        (1, {"document_id": None}, "'document_id'"),
        (1, {"original_sha256": None}, "'original_sha256'"),
        (1, {"aside": None}, "'aside'"),
        (2, {"start": None}, "'start'"),
        (2, {"start": "0"}, "not a correction"),
        (3, {"start": 99, "end": 3}, "not a span"),
        (3, {"start": -1}, "not a span"),
        (3, {"kind": "magic"}, "magic"),
        (3, {"kind": None}, "'kind'"),
        (4, {"evidence": [{"says": "no rule"}]}, "'rule'"),
        (4, {"evidence": 7}, "not a correction"),
        (4, {"probability": None}, "'probability'"),
    ],
)
def test_each_kind_of_damage_names_its_line(written, line: int, fields: dict[str, object], says: str):
    """The file, the line, the fact and the remedy are in the message."""
    with pytest.raises(BadInputError, match=says) as caught:
        ledger.load(changed(written, line, **fields), where="x.corrections.jsonl")
    assert caught.value.where == f"x.corrections.jsonl, line {line}"
    assert "unaltered" in caught.value.remedy
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (2, {"before": 7}),
        (2, {"after": 7}),
        (3, {"start": 1.5, "end": 2.5}),
        (3, {"probability": "high"}),
        (3, {"end": True}),
        (4, {"evidence": ["x"]}),
        (1, {"aside": 7}),
        (1, {"source": dict.fromkeys(("path", "sha256", "encoding", "bom", "line_ends"), "x")}),
    ],
)
def test_a_field_of_the_wrong_type_names_its_line(written, line: int, fields: dict[str, object]):
    """Such a ledger is refused at once, not with a traceback when it is applied."""
    with pytest.raises(BadInputError, match=f"line {line}:"):
        ledger.load(changed(written, line, **fields), where="x")


@pytest.mark.parametrize(
    ("damage", "line", "says"),
    [
        (lambda _: "", 1, "does not say"),
        (lambda t: "{" + t, 1, "not JSON"),
        (lambda t: t.replace('{"id": 2', '{"id": ', 1), 3, "not JSON"),
        (lambda t: t.replace('{"id": 3', '3\n{"id": 3', 1), 4, "not a JSON object"),
        (lambda t: "\n".join(t.split("\n")[:3]), 3, "3 corrections were announced, 2 follow"),
        (lambda t: t + t.split("\n")[3], 5, "3 corrections were announced, 4 follow"),
        (lambda t: "\n".join(t.split("\n")[1:]), 1, "does not say"),
        (lambda t: t[:-9], 4, "not JSON"),
    ],
    ids=["empty", "no JSON", "a line cut into", "no object", "a line lost", "a line too many", "no head", "cut short"],
)
def test_a_damaged_file_names_its_line(written, damage, line: int, says: str):
    """What is no ledger, or not all of one, is refused."""
    with pytest.raises(BadInputError, match=says) as caught:
        ledger.load(damage(written), where="x")
    assert caught.value.where == f"x, line {line}"


def test_a_flag_says_what_stands_there():
    """A reader of the flags needs no text beside them."""
    flag = Flag(
        span=Span(start=0, end=3),
        kind=FlagKind.EDITION_VARIANT,
        why="case",
        suggestions=(Suggestion(text="The", probability=0.4),),
        citation="FRUS",
    )
    assert ledger.flag_record(flag, PAGE) == {
        "start": 0,
        "end": 3,
        "text": "Tbe",
        "kind": "edition variant",
        "why": "case",
        "suggestions": [{"text": "The", "probability": 0.4}],
        "citation": "FRUS",
    }
