"""JSONL: two schemas, ids and groups, and errors that name line and field."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.errors import BadInputError
from corrigenda.ingest.records import Record, intake_of, read_records
from corrigenda.values import SegmentKind

DATA = Path(__file__).parents[4] / "shared/data"


def lines(*records: object) -> bytes:
    """The records as JSONL."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def pair(**fields: object) -> dict[str, object]:
    """A plain record."""
    return {"id": "a", "ocr": "Tbe", "gt": "The", **fields}


def hipe(output: object = None, **metadata: object) -> dict[str, object]:
    """A record of the HIPE-OCRepair schema."""
    return {
        "document_metadata": {"document_id": "d1", "primary_dataset_name": "set", "language": "en", **metadata},
        "ocr_hypothesis": {"transcription_unit": "Tbe", "num_tokens": 1},
        "ground_truth": {"transcription_unit": "The", "num_tokens": 1},
        **({} if output is None else {"ocr_postcorrection_output": output}),
    }


def read(*records: object, **options: str) -> tuple[Record, ...]:
    """The records, written and read again."""
    return read_records(lines(*records), path="box/a.jsonl", **options)


def refused(data: bytes, **options: str) -> BadInputError:
    """The error that `data` raises."""
    with pytest.raises(BadInputError) as caught:
        read_records(data, path="box/a.jsonl", **options)
    assert caught.value.remedy
    return caught.value


def test_a_pair_is_read_with_all_its_fields():
    """Group and correction may be there; other fields are passed over; the line counts from 1."""
    (record,) = read(pair(group="box 1", corrected="The", words=1))
    assert record == Record(id="a", group="box 1", ocr="Tbe", truth="The", corrected="The", line=1)


def test_the_engine_is_read_where_it_is_asked_for():
    """Only then: scoring passes over a field of that name, whatever it holds."""
    records = read(pair(engine="tesseract"), pair(id="b", engine=""), pair(id="c"), engine_field="engine")
    assert [record.engine for record in records] == ["tesseract", None, None]
    assert read(pair(engine={"name": "tesseract"}))[0].engine is None
    (record,) = read(hipe(machine="tesseract"), engine_field="machine")
    assert record.engine == "tesseract"
    assert "'machine' is missing" in refused(lines(pair()), engine_field="machine").what
    assert "'engine' must be text" in refused(lines(pair(engine=[])), engine_field="engine").what


def test_group_and_correction_may_be_missing_or_null():
    """Neither is made up."""
    for record in read(pair(), pair(id="b", group=None, corrected=None)):
        assert (record.group, record.corrected) == (None, None)


def test_ids_and_groups_may_be_whole_numbers():
    """They are names all the same."""
    (record,) = read(pair(id=7, group=1950))
    assert (record.id, record.group) == ("7", "1950")


@pytest.mark.parametrize(
    ("output", "corrected"),
    [
        ({"transcription_unit": "The"}, "The"),
        ({"transcription_unit": ""}, ""),
        ({"transcription_unit": "None"}, None),
        ({"transcription_unit": None}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_record_of_hipe_is_read(output, corrected):
    """The word None, in the schema's own sample, says that no system has answered; an empty answer is one."""
    (record,) = read(hipe(output))
    assert record == Record(id="d1", group=None, ocr="Tbe", truth="The", corrected=corrected, line=1)


@pytest.mark.parametrize(("title", "group"), [("The Herald", "The Herald"), ("n/a", None), ("", None)])
def test_the_publication_groups_the_records_of_hipe(title, group):
    """Pages of one newspaper belong together; many data sets do not know the title."""
    assert read(hipe(publication_title=title))[0].group == group


def test_the_field_of_the_group_can_be_named():
    """In a plain record a field of its own, in HIPE one of the metadata; then each record must have it."""
    assert read(pair(cluster="c"), group_field="cluster")[0].group == "c"
    assert read(hipe(), group_field="primary_dataset_name")[0].group == "set"
    assert "'cluster' is missing" in refused(lines(pair()), group_field="cluster").what
    assert "'document_metadata.cluster' is missing" in refused(lines(hipe()), group_field="cluster").what


def test_schemas_may_alternate():
    """Each line is judged by itself."""
    assert [record.id for record in read(pair(), hipe(), pair(id="b"))] == ["a", "d1", "b"]


def test_repeated_ids_are_made_unique_and_become_the_group():
    """Lines of one document often share its id; a group that is given stays."""
    found = read(pair(id=7), pair(id="x"), pair(id="7"), pair(id=7, group="g"))
    assert [(record.id, record.group) for record in found] == [("7", "7"), ("x", None), ("7#2", "7"), ("7#3", "g")]


def test_a_made_id_never_meets_a_given_one():
    """`7#2` may be somebody's id already."""
    found = read(pair(id="7"), pair(id="7"), pair(id="7#2"), pair(id="7"))
    assert [record.id for record in found] == ["7", "7#3", "7#2", "7#4"]


@given(st.lists(st.sampled_from(["a", "a#2", "a#3", "a#2#2", "b"]), min_size=1, max_size=8))
def test_ids_are_unique_whatever_they_were(ids):
    """An id that stood alone stays, and the rest begin with what they were."""
    found = read(*(pair(id=name) for name in ids))
    assert len({record.id for record in found}) == len(ids)
    for name, record in zip(ids, found, strict=True):
        assert record.id.startswith(name)
        assert ids.count(name) > 1 or (record.id, record.group) == (name, None)


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    """They count as lines, and Windows ends them with two characters."""
    data = b"\xef\xbb\xbf\r\n" + lines(pair()).replace(b"\n", b"\r\n") + b"  \n\n" + lines(pair(id="b"))
    assert [(record.id, record.line) for record in read_records(data, path="a")] == [("a", 2), ("b", 5)]


def test_separators_of_unicode_end_no_line():
    """JSON lets U+2028 and U+0085 stand in a text."""
    text = "one\u2028two\x85three\n"
    assert read(pair(ocr=text))[0].ocr == text


def test_empty_texts_are_legal():
    """OCR may have read nothing, and a page may have nothing on it."""
    (record,) = read(pair(ocr="", gt="", corrected=""))
    assert (record.ocr, record.truth, record.corrected) == ("", "", "")


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (pair(gt=3), "'gt' must be text, not a number"),
        (pair(ocr=None), "'ocr' must be text, not null"),
        (pair(ocr=["x"]), "'ocr' must be text, not a list"),
        (pair(corrected=False), "'corrected' must be text, not true or false"),
        (pair(id=1.5), "'id' must be text, not a number"),
        (pair(id=True), "'id' must be text, not true or false"),
        (pair(id=""), "'id' is empty"),
        (pair(group={}), "'group' must be text, not an object"),
        (pair(gt="a\0b"), "'gt' holds NUL at character 2, which no text has"),
        ({"id": "a", "ocr": "x"}, "'gt' is missing"),
        ({"ocr": "x", "gt": "x"}, "'id' is missing"),
        ({}, "'id' is missing"),
        ("text", "a record must be an object, not text"),
        ({"document_metadata": {}}, "'document_metadata.document_id' is missing"),
        ({"ocr_hypothesis": {}}, "'document_metadata' is missing"),
        ({"document_metadata": 1}, "'document_metadata' must be an object, not a number"),
        (hipe(7), "'ocr_postcorrection_output' must be an object, not a number"),
        (hipe({"transcription_unit": 7}), "'ocr_postcorrection_output.transcription_unit' must be text, not a number"),
        ({**hipe(), "ground_truth": {}}, "'ground_truth.transcription_unit' is missing"),
        ({**hipe(), "ground_truth": None}, "'ground_truth' must be an object, not null"),
    ],
)
def test_an_error_names_line_and_field(record, what):
    """The seventh line, after three good ones and three blank ones."""
    data = lines(*(pair(id=str(i)) for i in range(3))) + b"\n\n\n" + lines(record)
    error = refused(data)
    assert error.where == "box/a.jsonl, line 7"
    assert error.what == what


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", "box/a.jsonl", "no records"),
        (b" \n\n", "box/a.jsonl", "no records"),
        (b"\n" + json.dumps([pair()], indent=1).encode(), "box/a.jsonl, line 2", "one JSON array"),
        (json.dumps(pair(), indent=1).encode(), "box/a.jsonl, line 1", "no JSON"),
        (lines(pair()) + b'{"id": "b", "ocr', "box/a.jsonl, line 2", "no JSON: Unterminated string"),
        (lines(pair()) + b"[1]\n", "box/a.jsonl, line 2", "must be an object, not a list"),
        (lines(pair()) + b'{"id": "\xe9"}', "box/a.jsonl, line 2", "byte 0xE9 at column 9 is not UTF-8"),
        (b'{"id": "a", "ocr": "\\ud800", "gt": ""}', "box/a.jsonl, line 1", r"'ocr' holds half a letter, \ud800"),
        (b'{"a":' * 100_000, "box/a.jsonl, line 1", "no JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "box/a.jsonl, line 1", "no JSON"),
    ],
)
def test_what_is_no_jsonl_is_refused(data, where, what):
    """Nothing, an array, an object over many lines, a cut line, another encoding, half letters, what would not end."""
    error = refused(data)
    assert error.where == where
    assert what in error.what


def test_an_array_comes_with_the_command_that_converts_it():
    """So does an object that is spread over lines."""
    assert "jq -c '.[]'" in refused(b"[{}]").remedy
    assert "jq -c . " in refused(b"{\n}").remedy


def test_a_record_becomes_document_and_transcription():
    """Texts are taken whole: a marking is body, a redaction and a doubt are not, and each has its hash and its line."""
    (record,) = read(pair(ocr="SECRET talks b(1) in Bonn", gt="SECRET talks in [Bonn?]"))
    intake = intake_of(record, "a.jsonl")
    document, transcript = intake.document, intake.transcript
    assert transcript is not None
    assert (document.id, document.text, transcript.document_id) == ("a", record.ocr, "a")
    assert [word.text for word in document.words] == record.ocr.split()
    body, redaction = SegmentKind.BODY, SegmentKind.REDACTION
    assert [part.kind for part in document.segments] == [body, redaction, body]
    assert [(part.kind, part.span.of(transcript.text)) for part in transcript.segments] == [
        (body, "SECRET talks in"),
        (redaction, "[Bonn?]"),
    ]
    assert document.source.path == transcript.source.path == "a.jsonl, line 1"
    assert document.source.sha256 != transcript.source.sha256


def test_an_empty_record_has_no_segments():
    """Nothing is there to compare or to correct."""
    intake = intake_of(read(pair(ocr="", gt=" "))[0], "a.jsonl")
    assert intake.transcript is not None
    assert (intake.document.segments, intake.document.words, intake.transcript.segments) == ((), (), ())


@given(st.text(max_size=30))
def test_segments_of_a_record_are_the_text_but_for_white_space(text):
    """Disjoint, in order, and nothing but white space outside."""
    segments = intake_of(Record(id="a", group=None, ocr=text, truth="", corrected=None, line=1), "a").document.segments
    assert "".join("".join(part.span.of(text).split()) for part in segments) == "".join(text.split())
    assert all(a.span.end <= b.span.start for a, b in pairwise(segments))


@pytest.mark.skipif(not DATA.is_dir(), reason="the measuring data are not in this checkout")
def test_the_pairs_of_the_archive_are_read_by_cluster():
    """Real pairs: 258 of them in 37 clusters."""
    data = (DATA / "archive-frus-pairs/segments.jsonl").read_bytes()
    found = read_records(data, path="segments.jsonl", group_field="cluster")
    assert (len(found), len({record.group for record in found})) == (258, 37)


def test_alternatives_are_read_word_by_word():
    """A list for each white-space word of the reading, which may be empty; a record need have none."""
    records = read(pair(ocr="a  b\nc", alternatives=[["o", "e"], [], ["d"]]), pair(id="b"))
    assert [record.alternatives for record in records] == [(("o", "e"), (), ("d",)), ()]


@pytest.mark.parametrize(
    ("alternatives", "what"),
    [
        ("o", "'alternatives' must be a list, not text"),
        ([["o"]], "'alternatives' has 1 lists for the 2 words of 'ocr'"),
        ([["o"], "e"], r"'alternatives\[1\]' is no list of texts"),
        ([["o", None], []], r"'alternatives\[0\]' is no list of texts"),
    ],
)
def test_alternatives_that_are_none_are_refused(alternatives: object, what: str):
    """The other readings of one word are none of the next."""
    assert re.search(what, refused(lines(pair(ocr="a b", alternatives=alternatives))).what)


def test_confidences_are_read_word_by_word():
    """One for each white-space word of the reading, none where the engine did not say; a record need have none."""
    records = read(pair(ocr="a  b\nc", confidences=[0.5, None, 1]), pair(id="b"))
    assert [record.confidences for record in records] == [(0.5, None, 1.0), ()]


@pytest.mark.parametrize(
    ("confidences", "what"),
    [
        ("high", "'confidences' must be a list, not text"),
        ([0.5], "'confidences' has 1 figures for the 2 words of 'ocr'"),
        ([0.5, 96], r"'confidences\[1\]' is no number from 0 to 1"),
        ([True, 0.5], r"'confidences\[0\]' is no number from 0 to 1"),
    ],
)
def test_confidences_that_are_none_are_refused(confidences: object, what: str):
    """What does not belong to the words of the reading would teach that confidences are worth nothing."""
    assert re.search(what, refused(lines(pair(ocr="a b", confidences=confidences))).what)
