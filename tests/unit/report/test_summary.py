"""The page of many documents is read back as a distrustful reader would: every figure, and what it is worth."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corrigenda.report.summary import page_names, render
from corrigenda.score.corpus import NotScored, corpus
from corrigenda.score.corrections import correction_scores
from corrigenda.score.metrics import scores
from corrigenda.score.resample import FEW_GROUPS
from corrigenda.score.values import Sureness
from corrigenda.text import Profile
from corrigenda.values import Evidence, SegmentKind

sys.path.append(str(Path(__file__).parent))
import report_letter as letter

_TRUTH = "the men of the ministry"


def _document(name, read, after=None, group=None, **changed):
    """The letter with a text of its own; where `after` is None nothing was corrected."""
    measured = [
        replace(letter.EVALUATION.before, scores=tuple(s for p in Profile for s in scores(text, _TRUTH, p)))
        for text in (read, after or read)
    ]
    verdicts = letter.VERDICTS if after else letter.ONLY_SCORED.verdicts
    return replace(
        letter.EVALUATION,
        document_id=name,
        group=group or name,
        before=measured[0],
        after=measured[1],
        verdicts=verdicts,
        **changed,
    )


def _render(documents, pages=None, **given):
    corrected = any(v.correction for d in documents for v in d.verdicts)
    told = corpus(documents, corrected=corrected, signature="signed <here>", **given)
    return render(told, correction_scores(documents) if corrected else None, pages or {})


def _text(html):
    """What a reader reads, its white space collapsed."""
    html = re.sub(r"<(style|script|title)>.*?</\1>|<desc>.*?</desc>", "", html, flags=re.DOTALL)
    found = " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").replace("&nbsp;", " ").split())
    return re.sub(r" (?=[.,:;)])", "", found).replace("( ", "(")


def _cells(html):
    """The table of documents, row by row."""
    (table,) = re.findall(r'<table class="docs.*?</table>', html, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


def test_the_headline_says_the_rate_and_what_it_is_of():
    """Errors in a hundred characters, the rate, its interval, documents, groups and profile stand in one sentence."""
    documents = [_document(f"d{n}", "tbe men of the ministry", group=f"g{n % 3}") for n in range(6)]
    text = _text(_render(documents))
    assert "In a hundred characters of the transcriptions the OCR makes 4.3 errors: CER 4.35 % (95 % interval" in text
    assert "micro average over 6 documents in 3 groups, profile folded." in text
    assert "After correction" not in text
    assert "signed &lt;here&gt;" in text


def test_one_document_has_no_interval():
    """Nobody can say from one document how much documents differ, and the page says so instead of a figure."""
    text = _text(_render([_document("d", "tbe men of the ministry")]))
    assert "over 1 document, profile folded. One document alone has no interval." in text
    assert "Few groups" not in text


@pytest.mark.parametrize(("groups", "warned"), [(FEW_GROUPS - 1, True), (FEW_GROUPS, False)])
def test_few_groups_are_warned_of(groups, warned):
    """Below the number from which on intervals can be relied on they are shown with a warning."""
    documents = [_document(f"d{n}", "tbe men of the ministry") for n in range(groups)]
    assert (f"{groups} groups are fewer than the {FEW_GROUPS}" in _text(_render(documents))) is warned


def test_a_correction_is_told_as_a_change():
    """Before, after, difference with its sign, p, and how many documents gained, in all and for each measure."""
    documents = [_document(f"d{n}", "tbe nen of the ministry", "the nen of the ministry") for n in range(3)]
    documents.append(_document("d4", _TRUTH, "the mem of the ministry"))
    text = _text(_render(documents))
    assert "After correction it makes 4.3: CER 4.35 %" in text
    assert "a change of −2.17 points" in text
    assert "3 documents are better, 1 worse, 0 the same." in text
    assert re.search(r"cer character error rate −2\.17 −\d+\.\d\d to \+\d+\.\d\d 0\.\d{3} 3 1 0 \+0\.50", text)


def test_every_profile_is_told_that_of_the_headline_first():
    """All measures in all profiles, with micro, macro and median, and with the counts where there is one text."""
    documents = [replace(_document(n, "tbe men of the ministry"), headline="strict") for n in ("a", "b")]
    text = _text(_render(documents))
    assert (
        text.index("profile strict (every") < text.index("profile folded (quotes") < text.index("profile hipe (lower")
    )
    assert text.count("wer_ws error rate of words with punctuation 20.00 %") == 3
    assert "20.00 % 20.00 % 2 of 10" in text


def test_corrections_are_told_by_kind_and_rule():
    """Precision, recall, gain and harm with their counts; what the transcription says nothing of is not counted in."""
    text = _text(_render([_document(n, _TRUTH, "the mem of the ministry") for n in ("a", "b")]))
    assert (
        "12 corrections and 14 wrong places of the OCR; of 2 of the corrections the transcriptions say nothing" in text
    )
    assert re.search(r"Correction: precision 40\.0 % \S+ to \S+ 4 of 10", text)
    assert re.search(r"Gain 14\.3 % \S+ to \S+ 4 − 2 of 14", text)
    assert re.search(r"Harm 2\.500 % \S+ to \S+ 2 of 80", text)
    assert re.search(r"real word 2 0 0 0 2 0 0\.0 %", text)
    assert re.search(r"edition 12 4 2 2 2 2 40\.0 %", text)
    assert "Can the probabilities be believed?" in text
    assert "If only the surest corrections were made" in text


def test_corrections_that_were_found_by_comparing_are_told_without_reasons():
    """They have outcomes, but no kind, rule or probability that would mean anything."""
    evidence = (Evidence(rule="comparison", says="the corrected text that was given reads so"),)
    verdicts = tuple(
        replace(v, correction=replace(v.correction, evidence=evidence, probability=1.0)) if v.correction else v
        for v in letter.VERDICTS
    )
    documents = [replace(_document(n, _TRUTH, "the mem of the ministry"), verdicts=verdicts) for n in ("a", "b")]
    text = _text(_render(documents))
    assert "Correction: precision 40.0 %" in text
    assert "neither their reasons nor their probabilities are known" in text
    assert not re.search("By kind|By rule|Calibration|believed|surest|flags", text)


def test_without_corrections_nothing_speaks_of_them():
    """A page of pure scoring has no column, section or word about correcting."""
    text = _text(_render([_document(n, "tbe men") for n in ("a", "b")]))
    assert not re.search("correct(?!ed by)|harm|fixed|missed", text, re.IGNORECASE)


def test_documents_are_listed_the_worst_first_with_their_pages():
    """Each has its length and rates in per cent, is linked where it has a page, and its name is never markup."""
    documents = [_document("<a>", _TRUTH), _document("b", "tbe nen of the ministry"), _document("c", "tbe men of")]
    html = _render(documents, {"b": "pages/b.html"})
    assert _cells(html) == [
        ["Document", "Words", "CER", "order\N{NON-BREAKING HYPHEN}free CER", "WER"],
        ["c", "5", "60.87", "60.87", "60.00"],
        ["b", "5", "8.70", "8.70", "40.00"],
        ["&lt;a&gt;", "5", "0.00", "0.00", "0.00"],
    ]
    (table,) = re.findall(r"<table class=\"docs.*?</table>", html, re.DOTALL)
    assert re.findall(r'href="(.*?)"', table) == ["pages/b.html"]
    assert "1 document has a page of its own" in html
    assert 'aria-sort="descending">CER<' in table


def test_corrected_documents_have_their_outcomes():
    """Both rates, corrections, fixed, harmed and missed, and the group where documents are in groups."""
    head, row = _cells(_render([_document("a", "tbe men of the ministry", _TRUTH, group="box")]))
    assert head[1:5] == ["Group", "Words", "CER OCR", "CER corrected"]
    assert row[:5] == ["a", "box", "5", "4.35", "0.00"]
    assert row[-4:] == ["6", "2", "1", "3"]


def test_what_is_left_out_is_told():
    """Words that are not compared, what stands against marks, repeats, lone files, failures, and disputed truth."""
    left = NotScored(repeats=3, lone=("box/<7>.txt",), failed=("box/9.txt: no text",))
    text = _text(_render([_document(n, _TRUTH) for n in ("a", "b")], not_scored=left))
    for words in (
        *("stamp 6, marking 2.", "4 words that stand against 2 marks", "3 exact repeats", "1 file without a partner"),
        *("box/&lt;7&gt;.txt", "1 document failed", "box/9.txt: no text", "at 4 places another witness contradicts"),
    ):
        assert words in text


def test_where_nothing_is_left_out_that_is_told():
    """An empty section would leave open whether anybody looked."""
    document = _document("a", _TRUTH, left_out=((SegmentKind.STAMP, 0),), marks=0, set_aside=0)
    assert "Nothing: every word of every document is compared." in _text(_render([document]))


def test_the_confidence_of_the_engine_is_drawn_where_there_is_one():
    """How many of the words of which the engine was so sure are right."""
    sure = tuple(Sureness(confidence=0.96, right=n > 0) for n in range(10))
    text = _text(_render([_document("a", _TRUTH, sureness=sure)]))
    assert "Can the confidence of the OCR be believed?" in text
    assert "96.0 % 90.0 % 59.6 % to 98.2 % 10" in text
    assert "confidence of the OCR" not in _text(_render([_document("a", _TRUTH)]))


def test_the_page_is_small_and_loads_nothing():
    """A hundred documents stay far below a megabyte, and no address but of the pages stands in it."""
    documents = [_document(f"collection/box/record-{n:03}", "tbe men of the ministry", _TRUTH) for n in range(100)]
    html = _render(documents, {d.document_id: f"pages/{n}.html" for n, d in enumerate(documents)})
    assert len(html) < 150_000
    assert not re.search(r"https?:|//[a-z]|url\(|@import|\sstyle=|\son[a-z]+=", re.sub(r"(?m)^\s*//.*", "", html))
    assert "default-src 'none'; style-src 'sha256-" in html


def test_names_of_pages_are_safe_and_differ():
    """Slashes, letters that a file system lacks, length, and names that differ only in case lead to no clash."""
    ids = ["a/b", "a_b", "a-b", "A_b", "../a", "ä", "ö", "..", "x" * 300, "x" * 301, "con fusion", "a b"]
    names = page_names(ids)
    assert list(names) == ids
    assert len({name.lower() for name in names.values()}) == len(ids)
    assert all(re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]{0,120}\.html", name) for name in names.values())
    assert names["a_b"] == "a_b.html"


def test_a_name_that_another_would_get_is_given_once():
    """An id that looks like the safe name of another one does not take its page."""
    safe = page_names(["a/b"])["a/b"].removesuffix(".html")
    assert len(set(page_names([safe, "a/b"]).values())) == 2
