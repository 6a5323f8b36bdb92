"""The invariants of a correction, over made-up pages with made-up editions.

The examples are derived, not random, so that a run today and a run tomorrow see the same pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from corrigenda.correct.apply import apply, inverted
from corrigenda.correct.corrector import Options, correct
from corrigenda.edition.collate import Collation, collate
from corrigenda.errors import BadInputError, PairingError
from corrigenda.ingest.decode import decode_as, encode
from corrigenda.ingest.frus_text import Edition, EditionDocument
from corrigenda.ingest.rawtext import read
from corrigenda.lexicon.values import Entry, Lexicon
from corrigenda.lexicon.words import WordIndex
from corrigenda.pipeline import Setup, run
from corrigenda.report import ledger
from corrigenda.values import Corrected, Correction, Intake, SegmentKind

KNOWN = (
    "the harbour was closed for winter and government letter which will be under again in a to by with of is it "
    "mission has been told that grain ships sent not come from office consul quarantine statement present guidance"
)
COUNTS = {**dict.fromkeys(KNOWN.split(), 5000), "kuznetsov": 400, "fiancé": 90, "il-28's": 40, "il-28": 40}
NAMES = {"kuznetsov"}
LEXICON = Lexicon(
    name="made-up",
    version="0",
    created="1951-05-04",
    parameters={},
    totals={},
    sources=(),
    entries={
        word: Entry(
            total=count,
            lower=0 if word in NAMES else count,
            capital=count if word in NAMES else 0,
            upper=0,
            documents=count,
            volumes=1,
        )
        for word, count in COUNTS.items()
    },
    sha256="0" * 64,
)
WORDS = WordIndex(LEXICON)

# Written out here too, so that a kind which comes to be corrected by mistake is noticed.
CORRECTABLE = {SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.ADDRESS}

SETTINGS = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
FEW = settings(SETTINGS, max_examples=120)

known = st.sampled_from(KNOWN.split())
damaged = st.sampled_from(
    [
        "govemment", "harbuor", "tbe", "quarantinc", "qua rantine", "whichwill", "prcsent", "guid ance", "fiané",
        "missionof",
    ]
)  # fmt: skip
guarded = st.sampled_from(["Fraenkel", "Kuznctsov", "K-23's", "IL–28’s", "ABC-23", "w1nter", "25OO", "NATO", "McXyz"])
figures = st.sampled_from(["1962", "5,000", "12.5%", "770", "2.", "(b)", "$1", "9"])
odd = st.sampled_from(
    [
        "cafe\u0301", "señor", "👩\u200d🚀", "ﬁnal", "—", "--", "“the", "it’s", "a\u00a0b", "x\u200by", "Å", "…",
        "\u00ad",
    ]
)  # fmt: skip
redactions = st.sampled_from(["b(1)", "[redacted]", "(b)(1)", "[?]", "1.3(a)(5)", "[1 line not declassified]"])
broken = st.sampled_from(
    [
        "guid-\nance", "quaran-\ntine", "mis-\nsion", "Anglo-\nAmerican", "well-\nknown", "let-\n\nter",
    ]
)  # fmt: skip
item = st.one_of(known, known, known, known, damaged, guarded, figures, odd, redactions, broken)
plain = st.lists(known, min_size=6, max_size=12).map(" ".join)
lines = st.one_of(plain, st.lists(item, min_size=1, max_size=12).map(" ".join))
apart = st.sampled_from(
    [
        "SECRET", "~~CONFIDENTIAL~~", "- 2 -", "DECLASSIFIED", "DEPARTMENT OF STATE A/CDC/MB", "b(1)", "298", "W/ 12",
        "Dear Mr. Govemment:", "The Honorable\nJohn Smythe,\n12 Strect,\nNew York.", "Sincerely,", "AB:CD:tbe",
        "cc: The Govemment", "SUBJECT: Harbuor", "\f", "## Page 2",
    ]
)  # fmt: skip
paragraphs = st.lists(lines, min_size=1, max_size=3).map("\n".join).map(lambda text: f"{text}.")
parts = st.lists(st.one_of(paragraphs, paragraphs, apart), min_size=1, max_size=6)


@dataclass(frozen=True)
class Case:
    """A page as bytes, and the edition made from it, if there is one."""

    data: bytes
    edition: EditionDocument | None


@st.composite
def cases(draw: st.DrawFn, *, with_edition: bool | None = None) -> Case:
    """A page, in UTF-8 (with or without a mark) or Windows-1252, and an edition with words replaced and dropped."""
    text = draw(st.sampled_from(["\n\n", "\n", "\n \n"])).join(draw(parts))
    wanted = draw(st.booleans()) if with_edition is None else with_edition
    edition = draw(editions(text)) if wanted else None
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "cp1252"]))
    return Case(data=text.replace("\n", end).encode(encoding, errors="ignore"), edition=edition)


prints = st.sampled_from([
    [], ["Kuznetsov"], ["IL–28’s"], ["old", "grain"], ["that", "was", "sent"], ["a", "b", "c", "d"], ["U.S."],
    ["[2 lines cut]"], ["5"],
])  # fmt: skip


@st.composite
def editions(draw: st.DrawFn, text: str) -> EditionDocument:
    """What an edition may print of `text`: some words otherwise, some lost, some added, brackets for cuts."""
    paragraphs_: list[str] = []
    if draw(st.booleans()):
        text = text.replace("Kuznctsov", "Kuznetsov").replace("Fraenkel", "Kuznetsov").replace("K-23's", "IL–28’s")
    for paragraph in text.split("\n\n"):
        words = paragraph.replace("-\n", "").split()
        for _ in range(draw(st.integers(min_value=0, max_value=3))):
            if not words:
                break
            at = draw(st.integers(min_value=0, max_value=len(words) - 1))
            other = draw(
                st.sampled_from([[], ["Kuznetsov"], ["IL–28’s"], ["the", "grain"], ["U.S."], ["[2 lines cut]"], ["5"]])
            )
            words[at : at + draw(st.integers(min_value=0, max_value=2))] = other
        if words:
            paragraphs_.append(" ".join(words))
    return EditionDocument(
        number="7",
        title="Letter",
        paragraphs=tuple(paragraphs_),
        source_note=None,
        footnotes=(),
        citation="FRUS 1951 vol. IX, document 7",
    )


def taken_in(case: Case) -> tuple[Intake, Collation | None]:
    """The page read and collated; pages without text, and editions that are plainly of another, are passed over."""
    try:
        intake = read(case.data, path="page.txt", document_id="page")
    except BadInputError:
        assume(False)
        raise
    try:
        return intake, collate(intake.document, case.edition) if case.edition else None
    except PairingError:
        return intake, None


def corrected(case: Case, **options: float) -> tuple[Intake, Corrected]:
    """The page with what was done to it; bold by default, so that much is done."""
    intake, collation = taken_in(case)
    chosen = Options(**{"threshold": 0.5, **options})
    return intake, correct(intake.document, WORDS, collation=collation, options=chosen, signature="made up")


def test_the_made_up_pages_are_worth_testing():
    """Among the pages there are corrections of every kind, with and without an edition, and redactions beside them."""
    seen: set[str] = set()

    @SETTINGS
    @given(cases())
    def look(case: Case) -> None:
        intake, made = corrected(case)
        seen.update(c.kind.value for c in made.corrections)
        seen.update(s.kind.value for s in intake.document.segments)
        seen.update(e.rule for c in made.corrections for e in c.evidence)
        seen.update({intake.document.source.encoding, intake.document.source.line_ends})

    look()
    assert {
        "spacing", "hyphen", "character", "name", "number", "restoration", "redaction", "marking", "stamp",
        "page_number", "edition", "lexicon", "windows-1252", "crlf",
    } <= seen  # fmt: skip


@SETTINGS
@given(cases())
def test_applying_the_corrections_gives_the_corrected_text_and_undoing_gives_the_page(case: Case):
    """Whole, and any one alone; and the bytes of the file come back too."""
    intake, made = corrected(case)
    text = intake.document.text
    assert apply(text, made.corrections) == made.text
    back = inverted(made.corrections)
    assert apply(made.text, back) == text
    for n in range(len(back)):
        assert apply(made.text, back[n : n + 1]) == apply(text, made.corrections[:n] + made.corrections[n + 1 :])
        assert apply(text, made.corrections[n : n + 1])
    source = intake.document.source
    written = encode(made.text, encoding=source.encoding, bom=source.bom)
    again = apply(decode_as(written, encoding=source.encoding, bom=source.bom), back) + intake.aside
    assert encode(again, encoding=source.encoding, bom=source.bom) == case.data


@SETTINGS
@given(cases())
def test_corrections_are_sorted_apart_and_inside_one_segment_that_may_be_corrected(case: Case):
    """None overlaps another, and none touches a redaction, a marking, a stamp or a page number."""
    intake, made = corrected(case)
    document, end = intake.document, 0
    for c in made.corrections:
        assert c.span.start >= end
        assert c.span.of(document.text) == c.before != c.after
        assert 0 <= c.probability <= 1
        assert c.evidence
        end = c.span.end
        homes = [s for s in document.segments if s.span.covers(c.span)]
        assert len(homes) == 1
        assert homes[0].kind in CORRECTABLE
        assert not any(s.span.overlaps(c.span) for s in document.segments if s is not homes[0])


@SETTINGS
@given(cases())
def test_what_is_protected_stands_in_the_corrected_text_as_on_the_page(case: Case):
    """Everything outside the corrections, and so each redaction and mark, is there letter for letter, in order."""
    intake, made = corrected(case)
    text, at = intake.document.text, 0
    for before, after in zip(
        outside(text, made.corrections), outside(made.text, inverted(made.corrections)), strict=True
    ):
        assert before == after
    for s in intake.document.segments:
        if s.kind not in CORRECTABLE:
            at = made.text.index(s.span.of(text), at) + len(s.span)


def outside(text: str, corrections: tuple[Correction, ...]) -> list[str]:
    """The stretches of `text` between the corrections."""
    edges = [0, *(e for c in corrections for e in (c.span.start, c.span.end)), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


@FEW
@given(cases())
def test_nothing_above_the_threshold_changes_nothing(case: Case):
    """What is sure to the last is never reached, so the output is the input; the flags still fit the page."""
    intake, made = corrected(case, threshold=1.0)
    assert (made.text, made.corrections) == (intake.document.text, ())
    assert all(f.span.end <= len(made.text) for f in made.flags)


@FEW
@given(cases())
def test_a_lower_threshold_never_loses_a_flag_or_a_place(case: Case):
    """What is corrected when bold is corrected or flagged when cautious."""
    _, bold = corrected(case, threshold=0.5)
    _, shy = corrected(case, threshold=0.95)
    places = {(x.span.start, x.span.end) for x in (*shy.corrections, *shy.flags)}
    assert {(c.span.start, c.span.end) for c in bold.corrections} <= places


@FEW
@given(cases())
def test_without_restore_no_words_are_added(case: Case):
    """Every correction then replaces something that stands on the page."""
    _, made = corrected(case, restore=False)
    assert all(c.before for c in made.corrections)


@FEW
@given(cases())
def test_the_ledger_comes_back_and_is_the_same_each_time(case: Case):
    """Dumped twice the bytes are equal, and loaded the corrections are those that were made."""
    intake, made = corrected(case)
    _, again = corrected(case)
    written = ledger.dump(intake, made)
    assert ledger.dump(intake, again).encode() == written.encode()
    found = ledger.load(written, where="x")
    assert found.corrections == made.corrections
    assert found.source == intake.document.source
    assert apply(intake.document.text, found.corrections) == made.text


MARKER = "\nTRANSCRIBED PAGES FOLLOW\n"


@FEW
@given(cases(), st.lists(lines, min_size=1, max_size=3).map("\n".join))
def test_the_transcript_has_no_influence(case: Case, other: str):
    """Another transcription below the same page leaves every letter of the result as it is."""
    text = case.data.decode("utf-8-sig" if b"\xef\xbb\xbf" in case.data else "utf-8", errors="ignore")
    documents = (case.edition,) if case.edition else ()
    setup = Setup(
        words=WORDS,
        edition=Edition(name="made-up", sha256="0" * 64, documents=documents) if documents else None,
        options=Options(threshold=0.5),
    )
    results = []
    for truth in (text, other, text + other):
        try:
            intake = read((text + MARKER + truth).encode(), path="page.txt", document_id="page")
            results.append(run(replace(intake, transcript=None), setup).corrected)
            results.append(run(intake, setup).corrected)
        except PairingError:
            continue
        except BadInputError:
            assume(False)
    assert all(r == results[0] for r in results)


@SETTINGS
@given(cases(with_edition=False))
@example(Case(data=b"The letter to Kuznctsov of K-23's was sent to the 25OO ships.", edition=None))
def test_guarded_words_are_unchanged_without_an_edition(case: Case):
    """Words with figures, and unknown names inside a sentence, are for a reader or an edition to tell."""
    _, made = corrected(case, threshold=0.01)
    for c in made.corrections:
        for word in c.before.split():
            assert not any(letter.isdigit() for letter in word)
            assert word.strip("“.,") not in {"Fraenkel", "Kuznctsov", "NATO", "McXyz"}
