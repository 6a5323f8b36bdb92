"""The invariants of a correction, over made-up pages with made-up editions.

The examples are derived, not random, so that a run today and a run tomorrow see the same pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from corrigenda.correct.apply import apply, inverted
from corrigenda.correct.corrector import Options, correct
from corrigenda.correct.engine import Engine
from corrigenda.edition.collate import Collation, collate
from corrigenda.edition.compare import compare
from corrigenda.edition.redaction import redactions as beside_marks
from corrigenda.errors import BadInputError, PairingError
from corrigenda.files.engines import open_engine
from corrigenda.ingest.decode import decode_as, encode
from corrigenda.ingest.frus_text import Edition, EditionDocument
from corrigenda.ingest.rawtext import read
from corrigenda.lexicon.designators import is_designator
from corrigenda.pipeline import Setup, run
from corrigenda.report import ledger
from corrigenda.values import (
    Corrected,
    Correction,
    CorrectionKind,
    Document,
    Intake,
    Segment,
    SegmentKind,
    Source,
    Span,
)


@cache
def engine() -> Engine:
    """What a user gets who chooses nothing, opened once for all pages."""
    return open_engine()


# Written out here too, so that a kind which comes to be corrected by mistake is noticed.
CORRECTABLE = {SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.ADDRESS}

KNOWN = (
    "the harbor was closed for winter and government letter which will be under again in a to by with of is it "
    "mission has been told that grain ships sent not come from office consul quarantine statement present guidance"
)
BOLD = 100.0
"""As much harm as can be allowed, so that much is done."""

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
FEW = settings(SETTINGS, max_examples=25)

known = st.sampled_from(KNOWN.split())
damaged = st.sampled_from(
    [
        "govemment", "harbuor", "tbe", "quarantinc", "qua rantine", "whichwill", "prcsent", "guid ance", "gov er nment",
        "missionof", "(letlcr,", "“statcment.”", "ofth e", "w1nter", "sh|ps", "con-sul", "rnission's", "TBE", "Grian",
    ]
)  # fmt: skip
names = st.sampled_from(["Fraenkel", "Kuznctsov", "Kuznetsov", "NATO", "McXyz", "O'Nei1l", "Mr. Ru5k", "Khruschev"])
designators = st.sampled_from(["K-23's", "IL–28’s", "ABC-23", "IL -28", "MIG-2l", "U2", "SA- 2s"])
figures = st.sampled_from(
    ["1962", "5,000", "12.5%", "770", "2.", "(b)", "$1", "9", "25OO", "l962", "3O", "1 962", "12 th"]
)
odd = st.sampled_from(
    [
        "cafe\u0301", "señor", "👩\u200d🚀", "ﬁnal", "—", "--", "“the", "it’s", "a\u00a0b", "x\u200by", "Å", "…",
        "\u00ad", "~", "{|}", "'s", "tbe\u00a0govemment", "qua\trantine", "x" * 60, "\u0301\u0302", "y que la", "-",
    ]
)  # fmt: skip
redactions = st.sampled_from(["b(1)", "[redacted]", "(b)(1)", "[?]", "1.3(a)(5)", "[1 line not declassified]"])
broken = st.sampled_from(
    [
        "guid-\nance", "quaran-\ntine", "mis-\nsion", "Anglo-\nAmerican", "well-\nknown", "let-\n\nter", "gover\nnment",
        "quaran-\ntinc,", "stat\nthe", "(mis-\n  sion)", "quaran\u00ad\ntine", "tbe-\n", "-\nance",
    ]
)  # fmt: skip
item = st.one_of(*[known] * 7, damaged, damaged, names, designators, figures, odd, redactions, broken)
plain = st.lists(known, min_size=6, max_size=12).map(" ".join)
lines = st.one_of(plain, st.lists(item, min_size=1, max_size=9).map(" ".join))
apart = st.sampled_from(
    [
        "SECRET", "~~CONFIDENTIAL~~", "- 2 -", "DECLASSIFIED", "DEPARTMENT OF STATE A/CDC/MB", "b(1)", "298", "W/ 12",
        "Dear Mr. Govemment:", "The Honorable\nJohn Smythe,\n12 Strect,\nNew York.", "Sincerely,", "AB:CD:tbe",
        "cc: The Govemment", "SUBJECT: Harbuor", "\f", "## Page 2",
    ]
)  # fmt: skip
paragraphs = st.lists(lines, min_size=1, max_size=3).map("\n".join).map(lambda text: f"{text}.")
parts = st.lists(st.one_of(paragraphs, paragraphs, apart), min_size=1, max_size=5)


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


# Chance alone would seldom have a page and an edition agree so closely that words are put back.
MENDED = Case(
    data=(
        b"~~SECRET~~\n\nThe letter to Kuznctsov of the mission was sent\nj from the office of K-23's in the winter "
        b"b(1)\n"
        b"and the govemment has been told that the quaran-\ntine of grain was closed for the winter of 1924 "
        b"by the consul.\n\n"
        b"- 2 -\n"
    ),
    edition=EditionDocument(
        number="7",
        title="Letter",
        paragraphs=(
            (
                "The letter to Kuznetsov of the mission was sent from the office of IL–28’s in the winter and "
                "the government has been told that the quarantine of old grain was closed for the winter of 1942 "
                "by the consul."
            ),
        ),
        source_note=None,
        footnotes=(),
        citation="FRUS 1951 vol. IX, document 7",
    ),
)

# Of a machine that made up a name and two weapons, so that what it lost is put back.
MADE_UP = Case(
    data=(
        b"The letter to Sumner of the mission was sent from the office of the K-23's in the winter and the government "
        b"has been told by the consul that the XI-10's of grain were closed for the winter.\n"
    ),
    edition=EditionDocument(
        number="7",
        title="Letter",
        paragraphs=(
            (
                "The letter to Kuznetsov of the mission was sent from the office of the IL–28’s in the winter and the "
                "old government has been told by the consul that the U–2’s of grain were closed for the winter."
            ),
        ),
        source_note=None,
        footnotes=(),
        citation="FRUS 1951 vol. IX, document 7",
    ),
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
    chosen = Options(**{"max_harm": BOLD, **options})
    hidden = beside_marks(intake.document, collation) if collation else ()
    made = correct(intake.document, engine(), collation=collation, hidden=hidden, options=chosen, signature="made up")
    return intake, made


def test_the_made_up_pages_are_worth_testing():
    """Among the pages there are corrections of every kind, with and without an edition, and redactions beside them."""
    seen: set[str] = set()

    @settings(SETTINGS, max_examples=100)
    @given(cases())
    @example(MENDED)
    @example(MADE_UP)
    def look(case: Case) -> None:
        intake, made = corrected(case)
        seen.update(c.kind.value for c in made.corrections)
        seen.update(s.kind.value for s in intake.document.segments)
        seen.update(e.rule for c in made.corrections for e in c.evidence)
        seen.update({intake.document.source.encoding, intake.document.source.line_ends})

    look()
    assert {
        "spacing", "hyphen", "character", "name", "number", "restoration", "deletion", "redaction", "marking",
        "stamp", "page_number", "edition", "lexicon", "join", "line end", "windows-1252", "crlf",
    } <= seen  # fmt: skip


@SETTINGS
@given(cases())
@example(MENDED)
@example(MADE_UP)
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
@example(MENDED)
@example(MADE_UP)
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
@example(MENDED)
@example(MADE_UP)
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


HIDDEN = Case(
    data=MENDED.data.replace(b"sent\nj from the office of", b"sent from b(1) [redacted] of"),
    edition=MENDED.edition,
)


@SETTINGS
@given(cases(with_edition=True))
@example(HIDDEN)
def test_filling_redactions_overwrites_nothing_but_marks(case: Case):
    """What is filled held redactions and white space alone; all else is done as without, and undoing gives the page."""
    intake, made = corrected(case, fill_redactions=True)
    _, plain_ = corrected(case)
    text = intake.document.text
    filled = [c for c in made.corrections if c.kind is CorrectionKind.REDACTION]
    assert case is not HIDDEN or filled
    assert tuple(c for c in made.corrections if c not in filled) == plain_.corrections
    assert apply(made.text, inverted(made.corrections)) == text
    for c in filled:
        rest = set(range(c.span.start, c.span.end))
        for s in intake.document.segments:
            rest -= set(range(s.span.start, s.span.end)) if s.kind is SegmentKind.REDACTION else set()
        assert not "".join(text[i] for i in rest).strip()
        assert c.after.startswith("[FRUS 1951 vol. IX, document 7, paragraph ")
        assert c.after.endswith("]")


@SETTINGS
@given(cases(with_edition=False), cases(with_edition=False))
@example(MENDED, HIDDEN)
def test_two_releases_are_compared_or_refused(one: Case, other: Case):
    """Whatever the pages: every stretch stands where it is said to, is told once, and has a reason."""
    documents = [taken_in(case)[0].document for case in (one, other)]
    try:
        found = compare(*documents, engine().words).findings
    except PairingError:
        return
    for f in found:
        text, there = documents[f.shown_in].text, documents[1 - f.shown_in].text
        assert f.span.of(text) == f.text
        assert f.place.end <= len(there)
        assert f.why
    for side in (0, 1):
        spans = [f.span for f in found if f.shown_in == side]
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def outside(text: str, corrections: tuple[Correction, ...]) -> list[str]:
    """The stretches of `text` between the corrections."""
    edges = [0, *(e for c in corrections for e in (c.span.start, c.span.end)), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


@FEW
@given(cases(with_edition=False))
def test_without_harm_nothing_is_changed(case: Case):
    """Where no right word may be broken the output is the input; the flags still fit the page."""
    intake, made = corrected(case, max_harm=0.0)
    assert (made.text, made.corrections) == (intake.document.text, ())
    assert all(f.span.end <= len(made.text) for f in made.flags)


@FEW
@given(cases(with_edition=False))
def test_what_is_put_in_when_bold_is_put_in_or_flagged_when_cautious(case: Case):
    """A strict limit of harm never hides a place: the same reading is offered there, or what stands was likely."""
    _, bold = corrected(case)
    _, shy = corrected(case, max_harm=0.0)
    for c in bold.corrections:
        reasons = {e.rule: e for e in c.evidence}
        likely = reasons["runner-up"].says == "what stands there" and reasons["runner-up"].figure >= 0.5
        assert likely or any(f.span.overlaps(c.span) for f in shy.flags), c


@FEW
@given(cases())
@example(MENDED)
@example(MADE_UP)
def test_without_restore_no_words_are_added(case: Case):
    """Every correction then replaces something that stands on the page."""
    _, made = corrected(case, restore=False)
    assert all(c.before for c in made.corrections)


@FEW
@given(cases())
@example(MENDED)
@example(MADE_UP)
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
        engine=engine(),
        edition=Edition(name="made-up", sha256="0" * 64, documents=documents) if documents else None,
        options=Options(max_harm=BOLD),
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
@example(Case(data=b"The letter to Kuznctsov of K-23's was sent to the 25OO ships in 1962 and l962.", edition=None))
def test_figures_are_unchanged_without_an_edition(case: Case):
    """No figure and no designator is made, unmade or altered; a figure in a word was a misread letter (w1nter)."""
    _, made = corrected(case)
    for c in made.corrections:
        before, after = ("".join(re.findall(r"\d", text)) for text in (c.before, c.after))
        if before != after:
            assert after == ""
            assert any(letter.isalpha() for letter in c.before)
        assert not any(is_designator(word.strip("“”(),.")) for word in c.before.split())


@SETTINGS
@given(cases(with_edition=False))
def test_what_the_engine_puts_in_is_of_the_lexicon(case: Case):
    """Each word that comes onto the page is one that the lexicon vouches for, or parts of compounds that it does."""
    _, made = corrected(case)
    for c in made.corrections:
        for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", c.after):
            if word not in c.before:
                assert engine().words.count(word) > 0, c


@FEW
@given(cases(with_edition=False))
def test_every_correction_gives_all_its_reasons_and_every_flag_its_why(case: Case):
    """A reader can follow each change: doubt, source, channel, language model, runner-up and threshold."""
    intake, made = corrected(case)
    text = intake.document.text
    for c in made.corrections:
        first, source, *rest = [e.rule for e in c.evidence]
        assert (first, rest) == ("doubt", ["channel", "language model", "runner-up", "threshold"])
        assert source in {"lexicon", "split", "join", "moved blank", "line end", "lost at the edge"}
        assert all(e.figure is not None for e in c.evidence)
        assert c.probability >= c.evidence[-1].figure >= 0.5
        assert c.before.count("\n") == c.after.count("\n") or c.kind.value in {"hyphen", "spacing"}
    for f in made.flags:
        assert f.why
        assert f.span.of(text).strip() == f.span.of(text)
        assert all(s.probability is None or 0 <= s.probability <= 1 for s in f.suggestions)


odd_pieces = st.sampled_from(
    [
        "", " ", "\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u00a0", " " * 10_000, "\n" * 500,
        "\0", "\0\0the", "...", "!?!", "---", "—", "“”", "'", "-", "-\n", "- \n", "x" * 400, "tbe" * 60, "1" * 200,
        "\u0301", "e\u0301", "ha\u0301\u0302rbor", "theharborwasclosedbythegovemment", "\ufeff", "\ud7ff", "\U0010fffd",
        "tbe", "govemment", "quaran-", "tine", "qua", "rantine", "1962", "IL-28", "K-23's", "İi", "ß", "ﬁ", "ǅ", "A",
        "I", "_", "~|{}", "<>", "s'", "'s", "Mr.", "(b)", "b(1)", "y", "que", "the", "of", "lettcr",
    ]
)  # fmt: skip
odd_texts = st.one_of(
    st.lists(odd_pieces, max_size=30).map("".join),
    st.lists(odd_pieces, max_size=30).map(" ".join),
    st.text(max_size=60),
)


@SETTINGS
@given(odd_texts)
@example("")
@example("\0")
@example(" " * 10_000)
@example("the" + " " * 10_000 + "govemment")
@example("x" * 2_000 + " tbe")
@example(",.;:!?" * 500)
@example("the harbor\r\nquaran-\r\ntine\r\n")
@example("theharborwasclosedbythegovemmentforwinter" * 5)
@example("e\u0301\u0302\u0303" * 200)
@example("-\n" * 100)
def test_the_engine_goes_through_any_text(text: str):
    """Whatever stands in a segment: no error, spans in order and apart inside it, and all of it can be undone."""
    stripped = text.strip()
    start = text.index(stripped)
    body = Segment(span=Span(start=start, end=start + len(stripped)), kind=SegmentKind.BODY, why="all of it")
    document = Document(
        id="odd",
        text=text,
        pages=(Span(start=0, end=len(text)),),
        words=(),
        segments=(body,) if stripped else (),
        source=Source(path="odd", sha256="0" * 64, encoding="utf-8", bom=False, line_ends="mixed"),
    )
    decided = list(engine().decide(document, max_harm=BOLD))
    end = 0
    for one in decided:
        assert end <= one.span.start <= one.span.end <= len(text)
        assert body.span.covers(one.span)
        end = one.span.end
    corrections = [one for one in decided if isinstance(one, Correction)]
    assert all(c.span.of(text) == c.before != c.after for c in corrections)
    done = apply(text, corrections)
    assert apply(done, inverted(corrections)) == text
