"""Taking a page apart, on made-up pages and on the seed."""

import json
from pathlib import Path

import pytest

from corrigenda.ingest.segment import pages, segment
from corrigenda.values import SegmentKind

ROOT = Path(__file__).parents[3]
CASES = json.loads((ROOT / "tests" / "cases" / "segment.json").read_text(encoding="utf-8"))
SEED = ROOT / "seeds" / "002_d2941e0c2a04d3b9.txt"


def parts(text):
    """Kind and text of each segment."""
    return [(part.kind.value, part.span.of(text)) for part in segment(text, pages(text))]


def kinds(text):
    """The kinds alone."""
    return [kind for kind, _ in parts(text)]


@pytest.mark.parametrize(("line", "kind"), CASES["lines"])
def test_a_line_that_is_not_text_is_told_from_the_text_below_it(line, kind):
    """A marking, stamp, redaction and so on is a segment of its own, of its kind, whole, with a reason."""
    text = f"{line}\n\nThe harbour was closed on Tuesday, and nobody knew why.\nIt opened later."
    first, *rest = segment(text, pages(text))
    assert (first.kind.value, first.span.of(text)) == (kind, line)
    assert first.why
    assert [part.kind for part in rest] == [SegmentKind.BODY]


@pytest.mark.parametrize("line", CASES["body"])
def test_text_that_resembles_a_mark_stays_body(line):
    """Words of a mark inside running text do not make it one."""
    text = f"The harbour was closed on Tuesday.\n\n{line}\n\nIt opened again on Friday."
    assert ("body", line) in parts(text)


def test_every_word_of_the_seed_letter_is_where_a_reader_would_put_it():
    """The seed's OCR: stamps, marks, address, closing and so on, and the paragraphs between as body."""
    text = SEED.read_text(encoding="utf-8").partition("TRANSCRIBED")[0]
    found = [(kind, words.split()[0]) for kind, words in parts(text)]
    assert found == [
        ("marking", "~~CONFIDENTIAL~~"),
        ("stamp", "DEPARTMENT"),
        ("stamp", "298"),
        ("stamp", "E"),
        ("redaction", "b(1)"),
        ("salutation", "Dear"),
        ("redaction", "[redacted]"),
        ("body", "I"),
        ("body", "We"),
        ("body", "1."),
        ("redaction", "b(1)"),
        ("body", "we"),
        ("body", "2."),
        ("redaction", "b(1)"),
        ("handwriting", "W/"),
        ("address", "The"),
        ("marking", "~~CONFIDENTIAL~~"),
        ("marking", "~~CONFIDENTIAL~~"),
        ("page_number", "-"),
        ("body", "5."),
        ("body", "Good"),
        ("body", "With"),
        ("closing", "Sincerely,"),
        ("signature", "Dean"),
        ("copy", "Copy"),
        ("drafting", "IO:EB:ZL"),
        ("marking", "~~CONFIDENTIAL~~"),
    ]


def test_the_address_at_the_foot_of_the_seed_is_one_segment():
    """Five lines with blank lines between them are one address."""
    text = SEED.read_text(encoding="utf-8").partition("TRANSCRIBED")[0]
    (address,) = [words for kind, words in parts(text) if kind == "address"]
    assert len(address.split("\n\n")) == 5


def test_an_address_in_capitals_is_no_letterhead():
    """`THE SECRETARY OF STATE` heads paper, but below `THE HONORABLE` it is the addressee."""
    text = "THE HONORABLE\nTHE SECRETARY OF STATE,\nWASHINGTON.\n\nSIR:\n\nThe harbour is closed."
    assert kinds(text) == ["address", "salutation", "body"]


@pytest.mark.parametrize("address", CASES["addresses"])
@pytest.mark.parametrize("end", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "below", ["Dear Ambassador:\n\nThe harbour is closed.", "The harbour is closed for the winter."]
)
def test_an_address_goes_on_in_lower_case(address, end, below):
    """What did not fit on the line of an office, deeper and deeper indented, is still the address."""
    address = end.join(address)
    assert parts(f"The mission left.\n\n{address}\n\n{below}")[1] == ("address", address)


def test_a_sentence_below_an_address_is_not_in_it():
    """Lower case that is running text, or that follows the end of the address, stays body."""
    for line in ("to the harbour of the north", "of the mission to Port Orchard"):
        assert parts(f"The Honorable\nJohn Smythe,\nHarbour Office\n{line}")[-1] == ("body", line)
    assert parts("The Honorable\nJohn Smythe,\nPort Orchard.\n\nto the United Nations")[-1][0] == "body"


def test_private_paper_has_a_letterhead_above_the_date():
    """Names and places at the very top of a letter, when a date follows them."""
    text = "ANN ORCHARD\n12 QUAY STREET\n\nMay 4, 1951\n\nDear Sirs:\n\nThe harbour is closed."
    assert kinds(text) == ["letterhead", "heading", "salutation", "body"]


def test_a_report_has_no_private_letterhead():
    """Without a greeting the lines above the date are titles."""
    assert "letterhead" not in kinds("Annex to Chapter Two\n\nMay 4, 1951\n\nThe harbour is closed.")


def test_a_redaction_inside_a_paragraph_splits_it():
    """Nothing is joined or corrected across words that were taken out."""
    text = "The mission b(1) was told\nby [1 line of source text\nnot declassified] of the flood."
    assert parts(text) == [
        ("body", "The mission"),
        ("redaction", "b(1)"),
        ("body", "was told\nby"),
        ("redaction", "[1 line of source text\nnot declassified]"),
        ("body", "of the flood."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r\n\r\n", " \n \n   "])
@pytest.mark.parametrize("bracket", CASES["broken redactions"])
def test_a_redaction_is_one_also_where_the_line_ends_in_it(bracket, end):
    """A bracket goes over the line end, hyphen and blank line and all; what follows it goes on with the sentence."""
    bracket = bracket.replace("/", end)
    for rest in ("twice.", "of it."):
        text = f"The report cites {bracket} {rest}{end}The harbour was closed."
        first, redaction, (kind, after), *_ = parts(text)
        assert (first, redaction, kind) == (("body", "The report cites"), ("redaction", bracket), "body")
        assert after.startswith(rest)
    assert kinds(f"{bracket} of it.") == ["redaction", "body"]


def test_a_law_that_is_cited_is_not_an_exemption_code():
    """`section 6 (b)(1)` in running text names a law."""
    assert kinds("Under section 6 (b)(1) of the Act the harbour is closed.") == ["body"]


def test_blank_lines_between_paragraphs_part_them():
    """Each paragraph is a segment."""
    assert kinds("The harbour was closed.\n\nThe mission left.\n\nNobody came.") == ["body"] * 3


def test_a_blank_line_inside_a_sentence_does_not_part_it():
    """Engines that put a blank line after every line still give whole paragraphs."""
    text = "The harbour was\n\nclosed for the win-\n\nter months.\n\nThe mission left."
    assert [words for _, words in parts(text)] == [
        "The harbour was\n\nclosed for the win-\n\nter months.",
        "The mission left.",
    ]


def test_a_full_line_goes_on_where_all_lines_are_parted():
    """A name at the beginning of a line does not end the paragraph of a page with a blank after every line."""
    lines = [
        "The mission has been told that the harbour of",
        "Port Orchard will be closed for the winter by",
        "Captain Smythe, who has asked for the consent",
        "of the consul and for the grain that was sent.",
        "No reply has come.",
    ]
    assert kinds("\n\n".join(lines)) == ["body", "body"]


def test_a_blank_line_after_a_full_line_does_not_end_the_paragraph():
    """Engines put stray blank lines; a sentence open at the right margin goes on, one open before it does not."""
    text = (
        "The mission has been told that the harbour of\n\nPort Orchard is closed for the whole of winter.\n"
        "It asks for grain\n\nThe consul agrees."
    )
    assert [len(words.splitlines()) for _, words in parts(text)] == [4, 1]


def test_a_lost_full_stop_does_not_join_paragraphs_that_are_one_line_each():
    """Without a margin the length of a line says nothing."""
    text = "\n\n".join(["The harbour was closed on Tuesday and the mission left " * 3 + "at last"] * 3)
    assert kinds(text) == ["body"] * 3


@pytest.mark.parametrize("line", CASES["ends of paragraphs"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_short_line_just_below_an_open_one_ends_its_paragraph(line, end):
    """What makes no words is text where a sentence needs it; alone between blank lines it is handwriting."""
    text = f"The harbour was closed by the order of{end}{line}"
    assert parts(f"{text}{end}{end}It opened later.") == [("body", text), ("body", "It opened later.")]
    assert kinds(f"{text}{end}{end}W/ 12") == ["body", "handwriting"]


@pytest.mark.parametrize("row", ["IL-28  42  3O  39", "IL-28  42", "GDR  12  3O", "U-2  --  l2", "12  MIG-21  4"])
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_a_row_of_figures_and_designators_is_text(row, end):
    """A misread figure of a table is as doubtful as a misread word; specks beside a number are still handwriting."""
    assert set(kinds(f"The harbour counted these:\n\n{row}{end}SA-2  24  6{end}{row}\n\nNo more came.")) == {"body"}
    assert kinds(f"{row}{end}OP 2, 011{end}W/ 12{end}IL-28 42 xq") == ["body", "handwriting"]


def test_a_small_word_inside_a_paragraph_stays():
    """A sentence may begin at the end of a line, and an engine may put that word on a line of its own."""
    text = "The harbour was closed on Tuesday.\nIn\nwinter it opens late."
    assert parts(text) == [("body", text)]


def test_a_heap_of_scraps_below_an_open_line_is_not_its_paragraph():
    """One line may end a sentence; what stands below that is read from handwriting again."""
    assert kinds("The harbour was closed by\nxq Rv\nW/ jq\nqk |.") == ["body", "handwriting"]


def test_lines_without_blank_lines_are_one_paragraph_but_marks_stay_apart():
    """In a dump without blank lines a marking inside the text is still cut out."""
    text = "The harbour was closed\nand the mission\nSECRET\n- 3 -\nwent home by boat.\nNobody came."
    assert kinds(text) == ["body", "marking", "page_number", "body"]


def test_a_paragraph_runs_over_a_page_break_with_nothing_between():
    """A form feed is white space."""
    assert parts("The harbour was\n\fclosed.") == [("body", "The harbour was\n\fclosed.")]


def test_the_number_of_a_paragraph_on_its_own_line_belongs_to_it():
    """`1.` alone is neither noise nor a page number."""
    text = "Reference is made to the flood.\n\n1.\n\nThe harbour was closed."
    assert parts(text)[1] == ("body", "1.\n\nThe harbour was closed.")


def test_a_bare_number_is_a_page_number_only_at_the_edge_of_a_page():
    """In the middle of a page it may be a figure of the text."""
    text = "2\n\nThe number of boats was\n\n12\n\nand no more."
    assert kinds(text) == ["page_number", "body"]


def test_a_number_beside_a_stamp_belongs_to_the_stamp():
    """Copy numbers and ticked boxes stand around stamps."""
    assert kinds("DECLASSIFIED\n\n298\n\nE\n\nThe harbour was closed.") == ["stamp", "stamp", "stamp", "body"]


def test_an_address_above_the_greeting_needs_no_title():
    """Short lines of names and numbers just above the salutation are the address; the date above is not."""
    text = "May 4, 1951\n\nHarbour Office,\n12 Quay Street,\nPort Orchard.\n\nDear Sirs:\n\nThe harbour is closed."
    assert kinds(text) == ["heading", "address", "salutation", "body"]


def test_a_list_of_those_present_is_not_an_address():
    """Two or more persons with titles in a row were at a meeting."""
    assert "address" not in kinds("Mr. Orchard\nMr. Smythe\nMiss Quay\nDr. Port\n\nThe harbour was discussed.")


def test_letterhead_and_city_are_one():
    """The printed head of the first page is one segment."""
    text = "DEPARTMENT OF STATE\nWASHINGTON\n\nDear Sir:\n\nThe harbour is closed."
    assert parts(text)[0] == ("letterhead", "DEPARTMENT OF STATE\nWASHINGTON")


def test_signature_takes_name_and_title_past_specks():
    """The handwriting between closing and typed name is read as specks."""
    text = "The harbour is closed.\n\nSincerely yours,\n\n~ |.\n\nJohn Smythe\nHarbour Master\n\ncc: The Consul"
    assert kinds(text) == ["body", "closing", "noise", "signature", "copy"]


def test_a_distribution_list_is_one_segment():
    """Entries such as `2 - DDP` belong to the line that announces them."""
    assert kinds("The harbour is closed.\n\nDistribution:\n1 - DDP\n2 - Registry") == ["body", "copy"]


def test_capitals_of_a_telegram_are_body():
    """A telegram is all capitals; its lines are neither titles nor markings."""
    text = "\n".join(["HARBOUR CLOSED SINCE TUESDAY AND NO GRAIN HAS COME", "REQUEST INSTRUCTIONS SOONEST"] * 4)
    assert set(kinds(text)) == {"body"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\fTwo\f", ["one\f", "Two\f"]),
        (
            "# 7\n\n## Page 1\n\none\n\n---\n\n## Page 2\n\ntwo",
            ["# 7\n\n## Page 1\n\none\n\n---\n\n", "## Page 2\n\ntwo"],
        ),
        ("one\n\nSECRET\n\nSECRET\n\n- 2 -\n\ntwo", ["one\n\nSECRET\n\n", "SECRET\n\n- 2 -\n\ntwo"]),
        ("one\n- 1 -\ntwo\n- 2 -\n", ["one\n- 1 -", "\ntwo\n- 2 -\n"]),
        ("one\n---\ntwo", ["one\n---\n", "two"]),
        ("one", ["one"]),
        ("", [""]),
    ],
)
def test_pages_are_found_by_the_mark_that_the_dump_uses(text, expected):
    """Form feeds, page headings, typed numbers at head or foot, rules; the pages are the whole text."""
    assert [page.of(text) for page in pages(text)] == expected


def test_a_segment_says_which_rule_made_it():
    """The report shows the reason."""
    text = "b(1)\n\nThe harbour is closed."
    assert segment(text, pages(text))[0].why == "exemption code of the Freedom of Information Act"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The port is shut.\n\nSincerely,\n\nJohn Roe\n\nThe Honorable Ann Poe, Envoy to the Mission.", "address"),
        ("The Honorable Ann Poe, Envoy to the Mission.\n\nDear Ann:\n\nThe port is shut.", "address"),
        ("The port is shut.\n\nThe Honorable Ann Poe, Envoy to the Mission, agreed.\n\nThe rest is known.", "body"),
    ],
)
def test_an_address_on_one_line(text, kind):
    """Transcribers set addresses on one line; below a signature or above a greeting that is no text of the letter."""
    (found,) = [s for s in segment(text, pages(text)) if "Honorable" in s.span.of(text)]
    assert found.kind == kind
