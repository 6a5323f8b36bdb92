"""The report in a real browser, where there is one: it loads, its script runs under its policy, and it fits a phone."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corrigenda.report import html, summary
from corrigenda.score.corpus import corpus
from corrigenda.score.corrections import correction_scores
from corrigenda.score.metrics import scores
from corrigenda.score.values import Sureness
from corrigenda.text import Profile
from corrigenda.values import Box, Word

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "report")]
import devtools
import report_letter as letter

pytestmark = pytest.mark.skipif(devtools.PROGRAM is None, reason="no Chromium on the PATH")

_READ = {"box/3": "the men", "box/1": "tbe men", "annex": "tbe mcn", "box/20": "the men and"}


def _measured(read):
    """The letter's measures with scores of their own."""
    told = tuple(s for profile in Profile for s in scores(read, "the men", profile))
    return replace(letter.EVALUATION.before, scores=told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder as the report on four documents has it: the letter under four names, corrected and only scored."""
    root = tmp_path_factory.mktemp("report")
    for kind, corrected, evaluation in (
        ("corrected", letter.CORRECTED, letter.EVALUATION),
        ("scored", letter.UNTOUCHED, letter.ONLY_SCORED),
    ):
        documents = [
            replace(
                evaluation,
                document_id=name,
                group="one" if "/" in name else "another",
                before=_measured(read),
                after=_measured("the men" if kind == "corrected" else read),
                sureness=(Sureness(confidence=0.4, right=False), Sureness(confidence=0.99, right=True)),
            )
            for name, read in _READ.items()
        ]
        names = summary.page_names(_READ)
        (root / kind / "pages").mkdir(parents=True)
        told = corpus(documents, corrected=kind == "corrected", signature="made up")
        given = correction_scores(documents) if kind == "corrected" else None
        index = summary.render(told, given, {one: f"pages/{name}" for one, name in names.items()})
        (root / kind / "index.html").write_text(index, encoding="utf-8")
        for document in documents:
            page = html.render(letter.INTAKE, corrected, document, index="../index.html")
            (root / kind / "pages" / names[document.document_id]).write_text(page, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all tests of this file."""
    with devtools.Browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


def _page(folder, kind):
    return folder / kind / "pages" / summary.page_names(_READ)["annex"]


@pytest.mark.parametrize("kind", ["corrected", "scored"])
def test_nothing_is_refused_and_nothing_is_asked_for(browser, folder, kind):
    """Index and page run their script and style under their policy, log nothing, and ask for no file but themselves."""
    for path in (folder / kind / "index.html", _page(folder, kind)):
        page = browser.open(path)
        assert page.get("[...document.querySelectorAll('.with-script')].every((e) => !e.hidden)")
        assert page.get("getComputedStyle(document.querySelector('h1')).fontFamily.includes('Palatino')")
        assert page.complaints == []
        assert page.requests == [path.as_uri()]


@pytest.mark.parametrize("kind", ["corrected", "scored"])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_reaches_beyond_the_window(browser, folder, kind, width):
    """No sideways scrolling at any width, and each account, when its mark has the focus, lies inside the window."""
    opened = "document.querySelectorAll('details').forEach((one) => (one.open = true)),"
    beyond = f"{opened} document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.open(folder / kind / "index.html", width=width).get(beyond) == 0
    page = browser.open(_page(folder, kind), width=width)
    assert page.get(beyond) == 0
    accounts = """[...document.querySelectorAll("a.m[id]")].map((mark) => {
      mark.focus();
      const box = mark.nextElementSibling.getBoundingClientRect();
      return box.width > 0 && box.left >= 0 && box.right <= document.documentElement.clientWidth;
    })"""
    assert set(page.get(accounts)) == {True}


def test_keys_walk_the_marks_and_filters_hide_them(browser, folder):
    """n and p go from mark to mark, Escape lets go, a box without its tick hides its marks from keys and list."""
    page = browser.open(_page(folder, "corrected"))
    seen = []
    for key in ("n", "n", "p", "Escape"):
        page.press(key)
        seen.append(page.get("document.activeElement.id"))
    assert seen == ["m1", "m2", "m1", ""]
    page.point("#show-fixed", click=True)
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
    page.get("document.activeElement.blur()")
    page.press("n")
    assert page.get("document.activeElement.id") == "m2"
    assert page.get("getComputedStyle(document.getElementById('n1')).display") == "none"
    assert page.get("getComputedStyle(document.querySelector('.t.fixed')).textDecorationLine") == "none"


def test_a_mark_is_lit_in_every_column(browser, folder):
    """Pointing at a place of one text lights its partners, whichever of the texts it is, and shows its account."""
    page = browser.open(_page(folder, "corrected"))
    lit = "[...document.querySelectorAll('.lit')].map((e) => e.closest('td').className)"
    for column in ("ocr", "cor", "tru"):
        page.point(f"td.{column} a:is([href='#m1'], #m1)")
        assert page.get(lit) == ["ocr", "cor", "tru"]
    page.point("td.ocr a[href='#m1']")
    assert page.get("getComputedStyle(document.querySelector('td.ocr a[href=\"#m1\"] + .tip')).display") == "block"
    page.point("h1")
    assert page.get(lit) == []


def test_the_account_of_a_mark_shows_the_scan(browser, tmp_path):
    """In both columns and once each, from the list; the policy of the page lets the picture through."""
    image = pytest.importorskip("PIL.Image", reason="the extra `scan` is not installed").new("L", (300, 200), 90)
    from corrigenda.scan.values import PageImage

    word = Word(text="arn", span=letter.at("arn"), box=Box(left=40, top=50, right=100, bottom=80))
    intake = replace(letter.INTAKE, document=replace(letter.DOCUMENT, words=(word,)))
    pages = [PageImage(number=1, image=image, dpi=None, text=None), None]
    path = tmp_path / "scan.report.html"
    path.write_text(html.render(intake, letter.CORRECTED, letter.EVALUATION, images=pages), encoding="utf-8")
    page = browser.open(path)
    assert page.get("document.querySelectorAll('#n1 img').length") == 1
    for column in ("ocr", "cor"):
        for _ in range(2):
            page.point(f"td.{column} a:is([href='#m1'], #m1)")
            page.point("h1")
        widths = f"[...document.querySelectorAll('td.{column} .tip img')].map((e) => e.naturalWidth > 0)"
        assert page.get(widths) == [True]
    assert page.complaints == []


def test_an_only_scored_page_lights_errors_and_shows_the_truth(browser, folder):
    """Where nothing was corrected the OCR has the accounts, and the transcription is lit beside it."""
    page = browser.open(_page(folder, "scored"))
    page.press("n")
    assert page.get("document.activeElement.textContent") == "gave"
    assert page.get("[...document.querySelectorAll('td.tru .lit')].map((e) => e.textContent)") == ["have gone"]
    assert "have gone" in page.get("document.activeElement.nextElementSibling.innerText")


_IDS = "[...document.querySelectorAll('#docs tbody tr:not([hidden]) th')].map((e) => e.textContent)"
_SORTED = (
    "[...document.querySelectorAll('#docs th[aria-sort]')].map((e) => [e.textContent, e.getAttribute('aria-sort')])"
)


def test_the_table_sorts_by_click_and_by_key(browser, folder):
    """The worst stands first; a click sorts by name with numbers in their order, Enter turns the order round."""
    page = browser.open(folder / "scored" / "index.html")
    assert page.get(_IDS) == ["box/20", "annex", "box/1", "box/3"]
    assert page.get(_SORTED) == [["CER", "descending"]]
    page.point("#docs thead th:first-child button", click=True)
    assert page.get(_IDS) == ["annex", "box/1", "box/3", "box/20"]
    page.press("Enter")
    assert page.get(_IDS) == ["box/20", "box/3", "box/1", "annex"]
    assert page.get(_SORTED) == [["Document", "descending"]]
    page.press("Tab")
    page.press("Tab")
    page.press("Tab")
    page.press(" ")
    assert page.get(_SORTED) == [["CER", "descending"]]


def test_the_table_is_filtered_as_one_types(browser, folder):
    """Only documents whose name or group has the letters stay, and their number is said."""
    page = browser.open(folder / "scored" / "index.html")
    page.point("#filter", click=True)
    for key in "BOX/":
        page.press(key)
    assert page.get(_IDS) == ["box/20", "box/1", "box/3"]
    assert page.get("document.getElementById('found').textContent") == "3 of 4"


def test_index_and_pages_lead_to_each_other(browser, folder):
    """From the table and from the plot to a page, and from it back, without a server."""
    index = folder / "corrected" / "index.html"
    page = browser.open(index)
    for selector in ("#docs tbody a[href*='annex']", ".plot a[href*='annex'] circle"):
        page.arriving(lambda chosen=selector: page.point(chosen, click=True))
        assert page.get("location.href") == _page(folder, "corrected").as_uri()
        page.arriving(lambda: page.point(".up a", click=True))
        assert page.get("location.href") == index.as_uri()
    assert page.complaints == []
