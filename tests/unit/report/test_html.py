"""The HTML report is parsed and read back, as a browser and as a distrustful reader would."""

import base64
import hashlib
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corrigenda.report.html import render
from corrigenda.score.compare import as_corrected
from corrigenda.score.metrics import MEASURES
from corrigenda.score.values import Outcome, Score
from corrigenda.values import Corrected, Evidence, Intake, SegmentKind, Span

sys.path.append(str(Path(__file__).parent))
import report_letter as letter

_VOID = {"meta", "input", "br", "hr", "link", "img"}


class _Page(HTMLParser):
    """Checks that tags are balanced, and collects texts by the class of the element that they stand in."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.elements = []
        self.columns = {"ocr": [], "cor": [], "tru": []}
        self.by_id = {}
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if found.get("id"):
            assert found["id"] not in self.by_id
            self.by_id[found["id"]] = ""
        if tag == "td" and found.get("class") in self.columns:
            self.columns[found["class"]].append("")
        if tag not in _VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(tag in {"style", "script"} for tag, _ in self.open):
            return
        self.text += data
        for _, attrs in self.open:
            if attrs.get("id"):
                self.by_id[attrs["id"]] += data
        classes = [attrs.get("class") for _, attrs in self.open]
        for name, cells in self.columns.items():
            if name in classes and "tip" not in classes:
                cells[-1] += data

    def column(self, name):
        return "".join("".join(self.columns[name]).split())


def _shown(text):
    """How the page shows `text`: its bell as a picture, its white space left to the layout."""
    return "".join(text.replace("\x07", "␇").split())


@pytest.fixture(scope="module")
def html():
    """The report on the letter."""
    return render(letter.INTAKE, letter.CORRECTED, letter.EVALUATION, notes=[("Lexicon", "from <two> volumes")])


@pytest.fixture(scope="module")
def page(html):
    """The same, parsed."""
    return _Page(html)


def test_every_word_of_every_text_stands_in_its_column_in_order(page):
    """With the tags stripped, the columns are the three texts, whole, whatever marks cut them."""
    assert page.column("ocr") == _shown(letter.TEXT)
    assert page.column("cor") == _shown(letter.CORRECTED.text)
    assert page.column("tru") == _shown(letter.TRUTH)


def test_each_row_holds_one_segment_and_what_transcribes_it(page):
    """The columns stay level: marking and stamp have no transcription, and each paragraph has its own."""
    assert len(page.columns["ocr"]) == len(page.columns["cor"]) == len(page.columns["tru"]) == 5
    assert [cell.split()[:2] for cell in page.columns["tru"]] == [[], ["I", "am"], [], ["We", "have"], ["Sincerely,"]]
    assert page.columns["ocr"][1].startswith("I arn sending\nyou")


@pytest.mark.parametrize("number", range(len(letter.CORRECTIONS)))
def test_every_correction_is_told_with_its_evidence_at_its_mark_and_in_the_list(page, number):
    """What was changed, to what, how surely, on what grounds and with what outcome is said twice: there and below."""
    correction, (outcome, truth) = letter.CORRECTIONS[number], letter.OUTCOMES[number]
    told = [
        *(correction.before.strip(), correction.after.strip(), correction.kind.value, outcome.value.replace("_", " ")),
        *(part for e in correction.evidence for part in (e.rule, e.says, e.citation or "")),
        *("agreement 88\xa0%", "99.8\xa0%" if correction.probability > 0.99 else "97\xa0%"),
        truth or "silent",
    ]
    place = _mark_of(page, correction.evidence[0].citation)
    # The number that undoes it is its place in the ledger, and stands nowhere but here.
    assert place == str(number + 1)
    told += [f"correction {place}", f"--only id={place}"]
    for part in told:
        assert part in page.by_id[f"t{place}"]
        assert part in page.by_id[f"n{place}"]
    assert page.by_id[f"m{place}"] == correction.after.strip()


def _mark_of(page, words):
    return next(name[1:] for name, text in page.by_id.items() if name[0] == "n" and words in text)


def test_flags_are_told_with_their_suggestions(page):
    """A flag says why, what may have stood there, how likely that is, and where an edition was read."""
    doubt = page.by_id["t" + _mark_of(page, "odd <here>")]
    assert "here & now" in doubt
    assert "40\xa0%" in doubt
    assert "0.4\xa0%" in doubt
    variant = page.by_id["t" + _mark_of(page, "the edition prints 'shift was'")]
    assert "edition variant" in variant
    assert "FRUS, document 5" in variant


def test_one_place_has_one_mark(page):
    """A flag over a correction, and a missed error that was flagged, are told in one account each."""
    assert "quoted oddly" in page.by_id["n" + _mark_of(page, "on Torn")]
    missed = page.by_id["n" + _mark_of(page, "odd <here>")]
    assert "missed, but flagged" in missed
    assert "3 doubtful (1 of them on missed errors)" in page.text
    assert "The transcription has here" in missed
    assert len([name for name in page.by_id if re.fullmatch(r"m(\d+|[a-z]+-\d+)", name)]) == 11


def test_only_corrections_have_ids(page):
    """Flags and missed errors have names of their own, and the way to take back one correction is told once."""
    marks = [name[1:] for name in page.by_id if name[0] == "m"]
    assert sorted(marks) == sorted(
        [*map(str, range(1, 7)), "missed-1", "missed-2", "missed-3", "doubtful-1", "variant-1"]
    )
    assert "edition variant 1" in page.by_id["nvariant-1"]
    assert "--only" not in page.by_id["nmissed-1"]
    assert page.text.count("corrigenda undo 'letter <1>.corrections.jsonl' --only id=3") == 1


def test_the_legend_counts_as_the_figures_do(page):
    """Flags that lie on corrections or missed errors are counted, and the legend says where they went."""
    assert "3 doubtful (1 of them on missed errors), 1 where" in page.text
    legend = page.text[page.text.index("How to read") :]
    assert re.search(r"doubtful 3\b.*Of these, 1 marked missed, 1 on corrections and told with them\.", legend)
    assert re.search(r"missed 3\b", legend)
    assert re.search(r"edition variant 1\b", legend)


@pytest.mark.parametrize(
    ("rule", "says", "figure", "told"),
    [
        ("edition", "the edition reads 'x', and 7 of the 8 words around agree", 0.875, ""),
        ("edition", "8 of 8 words agree", 1.0, ""),
        ("edition", "the words on both sides agree", 0.75, " (agreement 75\xa0%)"),
        ("lexicon", "'x' is counted 1437050 times", 1437050.0, ""),
        ("lexicon", "'x' is counted 1,437,050 times", 1437050.0, ""),
        ("lexicon", "'x2' is frequent", 1437050.0, " (1,437,050)"),
        ("channel", "a likely misreading, cost 1.25", 1.25, ""),
        ("channel", "a likely misreading", 2.0, " (cost 2)"),
        ("runner-up", "'y'", 0.012, " (probability 1\xa0%)"),
        ("lexicon", "no figure", None, ""),
    ],
)
def test_a_figure_is_shown_with_its_unit_unless_the_sentence_has_it(rule, says, figure, told):
    """No bare 1, no power of ten, and nothing twice."""
    correction = replace(letter.CORRECTIONS[0], evidence=(Evidence(rule=rule, says=says, figure=figure, citation="C"),))
    corrected = replace(letter.CORRECTED, corrections=(correction,), flags=())
    page = _Page(render(Intake(document=letter.DOCUMENT, transcript=None, aside=""), corrected, None))
    assert f"{rule} {says}{told} C\n" in page.by_id["t1"]


def test_line_breaks_are_seen_in_accounts():
    """A word that was joined over a line's end shows where the line ended."""
    correction = replace(letter.CORRECTIONS[0], span=letter.at("sending\nyou"), before="sending\nyou", after="\n")
    corrected = replace(letter.CORRECTED, corrections=(correction,), flags=())
    page = _Page(render(Intake(document=letter.DOCUMENT, transcript=None, aside=""), corrected, None))
    for name in ("t1", "n1"):
        assert "sending⏎you → line break" in page.by_id[name]


def test_measures_have_the_names_that_are_defined():
    """The measures of docs/metrics.md cannot be taken for one another."""
    names = MEASURES
    scores = tuple(replace(letter.EVALUATION.before.scores[0], name=name) for name in names)
    measured = replace(letter.EVALUATION.before, scores=scores)
    page = _Page(render(letter.INTAKE, letter.CORRECTED, replace(letter.EVALUATION, before=measured, after=measured)))
    words = [re.search(rf"\n{name} ([a-z -]+)", page.text)[1] for name in names]
    assert len(set(words)) == len(names)


def test_a_lost_word_is_a_caret_in_the_ocr_column(page):
    """A restoration has an empty mark where the OCR has nothing, which a screen reader calls nothing."""
    place = _mark_of(page, "on  of time")
    marks = [a for tag, a in page.elements if tag == "a" and a.get("href") == f"#m{place}"]
    assert [a["aria-label"] for a in marks if a.get("class", "").startswith("m ")] == ["nothing"]


def test_marks_are_links_that_lead_to_the_list_and_back(page):
    """Each mark is reached by Tab, describes itself by its account, and every anchor on the page exists."""
    anchors = [a for tag, a in page.elements if tag == "a"]
    assert all(a["href"].startswith("#") and a["href"][1:] in page.by_id for a in anchors)
    marks = [a for a in anchors if re.fullmatch(r"m(\d+|[a-z]+-\d+)", a.get("id", ""))]
    assert marks
    for mark in marks:
        assert mark["href"] == "#n" + mark["id"][1:]
        assert mark["aria-describedby"] == "t" + mark["id"][1:]
        assert "tabindex" not in mark
        assert f"#{mark['id']}" in {a["href"] for a in anchors}


def test_outcomes_are_marked_by_style_and_by_word(page):
    """Every outcome has its own class for colour, line and sign, in the text and in the legend's filters."""
    classes = " ".join(a["class"] for _, a in page.elements if a.get("class"))
    ids = {a.get("id") for tag, a in page.elements if tag == "input"}
    for name in (*(o.value for o in Outcome), "doubtful", "variant"):
        assert f"m {name}" in classes
        assert f"show-{name}" in ids


def test_the_figures_are_for_people(page):
    """Error rates in per cent, counts of each outcome, harm, what was left out, and disputed places."""
    for words in (
        *("6.0\xa0%", "2.0\xa0%", "30 → 30 of 1,523", "1 of 40 right words (2.5\xa0%)", "folded", "strict", "hipe"),
        *("marking\xa01", "stamp\xa03", "Adlai <E.>", "nowhere", "from <two> volumes", "<engine> 5", "Windows-1252"),
    ):
        assert words in page.text
    assert "nan" not in page.text.lower().split()
    assert page.text.index("folded") < page.text.index("strict")


def test_a_rate_that_is_no_number_is_a_dash():
    """Whatever a measure returns, the page never says NaN or inf."""
    broken = [
        Score(name=s.name, profile=s.profile, value=float("nan"), counts=s.counts)
        for s in letter.EVALUATION.before.scores
    ]
    measured = replace(letter.EVALUATION.before, scores=tuple(broken))
    evaluation = replace(letter.EVALUATION, before=measured, right_words=0)
    text = _Page(render(letter.INTAKE, letter.CORRECTED, evaluation)).text
    assert "nan" not in text.lower().split()
    assert "1 of 0 right words (–)" in text


def test_nothing_is_loaded_from_anywhere(html, page):
    """No address but anchors on the page, and a policy that allows only this one style and this one script."""
    assert not re.search(r"https?:|//[a-z]|url\(|@import", re.sub(r"(?m)^\s*//.*|; //.*", "", html))
    assert not [a for _, a in page.elements if {"src", "srcset", "action", "style", "onclick"} & a.keys()]
    (policy,) = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text(html, page):
    """What a page holds is never markup, in no column, popover, list or heading; control characters become visible."""
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "<script>alert" in page.text
    assert "\x07" not in html
    assert "letter <1>" in page.text


@pytest.mark.parametrize(
    ("raw", "seen"), [("a\r\nb", "a\nb"), ("a\fb", "a\nb"), ("a\x00b", "a␀b"), ("a\u202eb", "a�b")]
)
def test_control_characters_are_seen_or_are_line_breaks(raw, seen):
    """Line ends of every kind break the line once; other controls, and overrides of direction, are shown."""
    text = raw + letter.TEXT[len(raw) :]
    intake = Intake(document=replace(letter.DOCUMENT, text=text), transcript=None, aside="")
    corrected = Corrected(document_id="x", text=text, corrections=(), flags=(), signature="s")
    assert _Page(render(intake, corrected, None)).columns["ocr"][0].startswith(seen)


def test_without_a_transcription_there_are_two_columns_and_no_verdicts():
    """Corrections are counted by kind instead, marked neutrally, and the page says that nobody has judged them."""
    page = _Page(render(Intake(document=letter.DOCUMENT, transcript=None, aside=""), letter.CORRECTED, None))
    assert page.column("cor") == _shown(letter.CORRECTED.text)
    assert page.columns["tru"] == []
    classes = {a.get("class") for tag, a in page.elements if tag == "a"}
    assert "m corrected" in classes
    assert "m fixed" not in classes
    assert "no transcription" in page.text
    assert "restoration" in page.text
    assert "3 doubtful, 1 where page and edition differ" in page.text


def test_without_any_change_the_page_says_so():
    """A clean page is a result, not an empty table."""
    corrected = Corrected(document_id="x", text=letter.TEXT, corrections=(), flags=(), signature="s")
    page = _Page(render(Intake(document=letter.DOCUMENT, transcript=None, aside=""), corrected, None))
    assert "Nothing was corrected." in page.text
    assert "Nothing was changed, and nothing is flagged." in page.text
    assert page.column("ocr") == page.column("cor") == _shown(letter.TEXT)


def test_a_missed_error_is_marked_only_where_it_is_compared():
    """A missed run of words that a stamp interrupts is marked on both sides of it, not on it, with one account.

    Nor does it cover a correction that stands inside it.
    """
    span = replace(letter.at("is to withdraw"), end=letter.at("We").end)
    missed = replace(letter.VERDICTS[-1], span=span, before=span.of(letter.TEXT))
    stamp = replace(letter.FLAGS[1], span=letter.at("DECLASSIFIED"))
    corrected = replace(letter.CORRECTED, flags=(stamp,))
    html = render(letter.INTAKE, corrected, replace(letter.EVALUATION, verdicts=(missed,), disputed=()))
    cut = _Page(html)
    assert cut.column("ocr") == _shown(letter.TEXT)
    assert cut.column("cor") == _shown(corrected.text)
    assert sum(a.get("class") == "tip" for _, a in cut.elements) == len(corrected.corrections) + 2
    parts = re.findall(r'<a class="m (\w+)" href="#m[^"]*" tabindex="-1"[^>]*>([^<]*)</a>', html)
    assert parts[3:8] == [
        *(("missed", "is to withdraw in a period"), ("corrected", ""), ("missed", ".")),
        *(("doubtful", "DECLASSIFIED"), ("missed", "We")),
    ]
    assert "is to withdraw in a period … . … We" in cut.by_id["nmissed-1"]


@pytest.mark.parametrize(("place", "row"), [(letter.at("NND").start, 1), (len(letter.TEXT), 4)])
def test_a_word_lost_where_nothing_is_compared_is_missed_before(place, row):
    """Its caret stands at the end of the compared part before it."""
    missed = replace(letter.VERDICTS[-1], span=Span(start=place, end=place), before="")
    corrected = Corrected(document_id="x", text=letter.TEXT, corrections=(), flags=(), signature="s")
    html = render(letter.INTAKE, corrected, replace(letter.EVALUATION, verdicts=(missed,), disputed=()))
    cells = re.findall(r'<td class="ocr">(.*?)</td>', html, re.DOTALL)
    assert [n for n, cell in enumerate(cells) if 'aria-label="nothing"></a>' in cell] == [row]


def test_markup_stays_lean():
    """A long document costs an element for each row of some hundred letters, not one for each word."""
    words = " ".join(["the Government of the Union"] * 4000)
    span = replace(letter.SEGMENTS[1].span, start=0, end=len(words))
    segment = replace(letter.SEGMENTS[1], span=span, kind=SegmentKind.BODY)
    document = replace(letter.DOCUMENT, text=words, segments=(segment,), pages=(span,))
    corrected = Corrected(document_id="x", text=words, corrections=(), flags=(), signature="s")
    html = render(Intake(document=document, transcript=None, aside=""), corrected, None)
    assert len(html) < 2.2 * len(words) + 30_000


@pytest.fixture(scope="module")
def scored():
    """The report on the letter where nothing was corrected, as one page of a folder."""
    return _Page(render(letter.INTAKE, letter.UNTOUCHED, letter.ONLY_SCORED, index="../index.html"))


def test_where_nothing_was_corrected_ocr_and_transcription_stand_side_by_side(scored):
    """There is no column of corrected text, no outcome and no harm, and an error is called one."""
    assert scored.column("ocr") == _shown(letter.TEXT)
    assert scored.column("tru") == _shown(letter.TRUTH)
    assert scored.columns["cor"] == []
    assert "3 places where the OCR differs from the transcription; 40 words of the OCR are right." in scored.text
    for words in ("missed", "Harm", "fixed", "undo", "ledger", "changes"):
        assert words not in scored.text
    assert "error 3" in scored.by_id["nerror-3"]
    assert "The transcription has Adlai" in scored.by_id["terror-3"]


def test_what_stands_against_a_mark_is_a_link_to_it():
    """Words of the transcription lead to the error that they correct, also where the OCR has other or fewer of them."""
    html = render(letter.INTAKE, letter.UNTOUCHED, letter.ONLY_SCORED)
    found = re.findall(r'<a class="t error" href="#merror-(\d)" tabindex="-1">(.*?)</a>', html)
    assert found == [("1", "have gone"), ("2", "here."), ("3", "Adlai")]


def test_words_that_the_ocr_lost_are_linked_to_their_caret():
    """They have no word beside them, only the place between two."""
    place = letter.at("period").end
    lost = replace(letter.VERDICTS[-1], span=Span(start=place, end=place), before="", truth="of time")
    html = render(letter.INTAKE, letter.UNTOUCHED, replace(letter.ONLY_SCORED, verdicts=(lost,)))
    assert re.findall(r'<a class="t error" href="#merror-1" tabindex="-1">(.*?)</a>', html) == ["of time."]


def test_a_page_of_a_folder_leads_back(scored):
    """The link to the page of all documents stands first, and only where there is one."""
    assert next(a["href"] for tag, a in scored.elements if tag == "a") == "../index.html"
    assert "All documents" not in _Page(render(letter.INTAKE, letter.UNTOUCHED, letter.ONLY_SCORED)).text


def test_what_cannot_be_compared_is_counted(scored):
    """Words that stand against marks are neither right nor wrong, and the page says how many they are."""
    assert "2 words that stand against 1 mark" in scored.text


def test_confusions_name_what_cannot_be_seen(scored):
    """A bell that was read where nothing stands is told by name."""
    assert re.search(r"nothing\s*␇ control U\+0007", scored.text)


def _passage(text, truth, verdicts=()):
    """Columns of a passage without a page around it, which nobody corrected."""
    spans = [Span(start=0, end=len(part)) for part in (text, truth)]
    segments = [(replace(letter.SEGMENTS[1], span=span, kind=SegmentKind.BODY),) for span in spans]
    document = replace(letter.DOCUMENT, text=text, segments=segments[0], pages=(spans[0],))
    intake = Intake(
        document=document, transcript=replace(letter.TRANSCRIPT, text=truth, segments=segments[1]), aside=""
    )
    return _Page(render(intake, replace(letter.UNTOUCHED, text=text), replace(letter.ONLY_SCORED, verdicts=verdicts)))


def test_a_long_passage_is_cut_into_rows_that_stay_beside_each_other():
    """Rows end between sentences, none is longer than can be seen at once, and each has its own transcription."""
    sentences = [f"In sentence number {n} the delegation of country {n} spoke at some length." for n in range(60)]
    text = " ".join(sentences)
    page = _passage(text, "\n".join(sentences))
    assert page.column("ocr") == page.column("tru") == _shown(text)
    assert len(page.columns["ocr"]) > 6
    assert max(map(len, page.columns["ocr"])) <= 600
    for ocr, truth in zip(page.columns["ocr"], page.columns["tru"], strict=True):
        assert ocr.startswith("In sentence")
        assert ocr.split() == truth.split()
    assert page.text.count("continued") == len(page.columns["ocr"]) - 1


def test_no_row_ends_inside_a_mark():
    """An error that is longer than a row keeps its row whole."""
    text = " ".join(["word"] * 400)
    missed = replace(letter.VERDICTS[-1], span=Span(start=100, end=1500), before=text[100:1500], truth="x")
    page = _passage(text, text, (missed,))
    assert max(map(len, page.columns["ocr"])) >= 1400
    assert page.column("ocr") == _shown(text)


def test_corrections_that_were_found_by_comparing_are_told_without_reasons():
    """Nobody knows why or how surely they were made, and there is no ledger to take them back from."""
    corrected = as_corrected(letter.DOCUMENT, letter.CORRECTED.text, signature="s")
    found = tuple(
        replace(letter.VERDICTS[0], span=c.span, before=c.before, after=c.after, correction=c)
        for c in corrected.corrections
    )
    page = _Page(render(letter.INTAKE, corrected, replace(letter.EVALUATION, verdicts=found, disputed=())))
    assert page.column("cor") == _shown(letter.CORRECTED.text)
    assert "arn → am" in page.by_id["t1"]
    assert "The transcription has am" in page.by_id["n1"]
    for words in ("probability", "100", "undo", "ledger", "--only", "evidence", "comparison"):
        assert words not in page.text
