"""Plots are read back as XML: what is drawn stands where the numbers say, and the numbers stand beside it."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from corrigenda.report.bars import class_bars, confusion_bars
from corrigenda.report.plots import Calibrated, Dot, abstention, calibration, documents
from corrigenda.score.calibration import Kept
from corrigenda.score.resample import Interval
from corrigenda.score.values import ClassCounts, Confusion, Counts


def _dots(count, *, corrected=False):
    return [
        Dot(name=f"<{n}>", link=f"pages/{n}.html", before=n / 1000, after=n / 2000 if corrected else None)
        for n in range(count)
    ]


def _circles(root, name):
    """The centres of the circles of a class, without those of the key."""
    found = root.findall(f".//div/svg//circle[@class='{name}']")
    return [(float(c.get("cx")), float(c.get("cy"))) for c in found]


def _rows(root):
    """The cells of the tables, row by row."""
    return [["".join(cell.itertext()).replace("\xa0", " ") for cell in row] for row in root.findall(".//tbody/tr")]


def test_few_documents_have_a_line_each_with_name_and_page():
    """The worst stands on top, places go with the root of the rate, and name and mark lead to the page."""
    dots = [Dot(name=n, link=f"{n}.html", before=v, after=None) for n, v in (("b", 0.0), ("c", 0.01), ("a", 0.04))]
    root = ET.fromstring(documents(dots, "CER"))
    assert [a.get("href") for a in root.iter("a")] == ["a.html", "a.html", "c.html", "c.html", "b.html", "b.html"]
    (worst, _), (middle, _), (none, _) = _circles(root, "only")
    assert worst - none == pytest.approx(2 * (middle - none), abs=0.2)
    assert [text.text for text in root.findall(".//a/text")] == ["a", "c", "b"]


def test_a_correction_is_a_line_from_ring_to_dot():
    """A document that became worse is told from one that became better, and one that did not change has no line."""
    dots = [Dot(name=str(n), link=None, before=0.02, after=after) for n, after in enumerate((0.01, 0.03, 0.02))]
    root = ET.fromstring(documents(dots, "CER"))
    assert [line.get("class") for line in root.iter("line") if line.get("class") != "grid"] == ["better", "worse"]
    before, after = _circles(root, "before"), _circles(root, "after")
    assert after[0][0] < before[0][0] == before[1][0] < after[1][0]
    assert after[2] == before[2]
    assert list(root.iter("a")) == []


@pytest.mark.parametrize(("count", "links", "lines"), [(40, 80, 0), (41, 41, 0), (400, 400, 0), (401, 0, 2)])
def test_more_documents_are_drawn_with_less(count, links, lines):
    """Names up to forty, dots up to four hundred, then a curve for each text."""
    root = ET.fromstring(documents(_dots(count, corrected=True), "CER"))
    assert len(list(root.iter("a"))) == links
    assert len(list(root.iter("polyline"))) == lines


def test_ten_thousand_documents_are_a_curve_with_its_numbers():
    """The curve rises to all documents at the highest rate; the table beside it has the median of both texts."""
    plot = documents(_dots(10_000, corrected=True), "CER")
    assert len(plot) < 10_000
    root = ET.fromstring(plot)
    points = [tuple(map(float, pair.split(","))) for pair in root.find(".//polyline").get("points").split()]
    assert points == sorted(points, key=lambda p: (p[0], -p[1]))
    assert len(points) == 120
    assert ["50 %", "499.90 %", "249.95 %"] in _rows(root)


def test_labels_do_not_overlap():
    """No two labels of an axis stand nearer to each other than they are wide, whatever the highest rate."""
    for most in (0.004, 0.03, 0.27, 0.9, 3.0, 12.0):
        dots = [Dot(name="a", link=None, before=most, after=None), Dot(name="b", link=None, before=0.0, after=None)]
        root = ET.fromstring(documents(dots, "CER"))
        places = [float(t.get("x")) for t in root.iter("text") if t.get("class") == "mid"]
        assert len(places) >= 2
        assert min(b - a for a, b in pairwise(places)) >= 46


@pytest.mark.parametrize("count", [3, 50, 500])
def test_no_errors_are_drawn_too(count):
    """A corpus without an error has its axis, and all its documents at zero."""
    dots = [Dot(name=str(n), link=None, before=0.0, after=None) for n in range(count)]
    root = ET.fromstring(documents(dots, "CER"))
    assert "0\xa0%" in [text.text for text in root.iter("text")]


def _point(stated, share, count=10, low=0.5, high=1.0):
    return Calibrated(stated=stated, share=share, count=count, interval=Interval(low=low, high=high))


def _calibrated(points):
    return calibration(points, title="T", stated="stated <p>", right="right", counted="n")


def test_what_is_as_sure_as_it_says_lies_on_the_line():
    """A share that equals its probability is on the diagonal, a lower one beneath it; whiskers reach their limits."""
    root = ET.fromstring(_calibrated([_point(0.6, 0.6), _point(0.9, 0.7, count=40, low=0.55, high=0.95)]))
    (ideal,) = [line for line in root.iter("line") if line.get("class") == "ideal"]
    x1, y1, x2, y2 = (float(ideal.get(name)) for name in ("x1", "y1", "x2", "y2"))
    on, beneath = _circles(root, "after")
    assert (on[1] - y1) / (y2 - y1) == pytest.approx((on[0] - x1) / (x2 - x1), abs=0.01)
    assert (beneath[1] - y1) / (y2 - y1) < (beneath[0] - x1) / (x2 - x1)
    whisker = [line for line in root.iter("line") if line.get("class") == "whisker"][1]
    assert float(whisker.get("y1")) > beneath[1] > float(whisker.get("y2"))
    radii = [float(c.get("r")) for c in root.iter("circle")]
    assert radii[0] == pytest.approx(3 + (radii[1] - 3) / 2)
    assert _rows(root)[1] == ["90.0 %", "70.0 %", "55.0 % to 95.0 %", "40"]


def test_low_probabilities_are_inside_the_plot():
    """The axes begin at a half only where nothing lies below it."""
    for points in ([_point(0.1, 0.2, low=0.0, high=0.4)], [_point(0.9, 0.9, low=0.2)]):
        root = ET.fromstring(_calibrated(points))
        assert all(float(line.get("y1")) <= 330 for line in root.iter("line"))
        assert "0\xa0%" in [text.text for text in root.iter("text")]


def _kept(corrections, precision, harm):
    return Kept(
        threshold=1 - corrections / 1000,
        corrections=corrections,
        fixed=0,
        harmed_words=0,
        precision=precision,
        recall=0.1,
        harm=harm,
    )


def test_abstention_falls_from_the_surest_to_all():
    """Precision and harm are drawn over the number of corrections; a threshold that leaves none is not."""
    steps = [_kept(n, 1 - n / 1000, n / 100_000) for n in range(400, 0, -1)] + [_kept(0, None, 0.0)]
    root = ET.fromstring(abstention(steps))
    precise, harmful = (
        [tuple(map(float, pair.split(","))) for pair in line.get("points").split()] for line in root.iter("polyline")
    )
    assert len(precise) == len(harmful) == 120
    assert precise == sorted(precise)
    assert [y for _, y in harmful] == sorted((y for _, y in harmful), reverse=True)
    rows = _rows(root)
    assert len(rows) == 25
    assert rows[0] == ["0.999", "1", "99.9 %", "0.001 %"]
    assert rows[-1] == ["0.600", "400", "60.0 %", "0.400 %"]


@pytest.mark.parametrize(
    "plot",
    [
        documents(_dots(3), "CER"),
        documents(_dots(41), "CER"),
        documents(_dots(500), "CER"),
        _calibrated([_point(0.6, 0.6)]),
        abstention([_kept(5, 0.5, 0.0), _kept(9, 0.5, 0.0)]),
    ],
)
def test_a_plot_is_told_in_words_and_needs_no_style_or_script(plot):
    """Each picture has a name and a description, and nothing that the page's policy would refuse."""
    root = ET.fromstring(plot)
    svg = root.find(".//div/svg")
    assert svg.get("role") == "img"
    assert len(svg.get("aria-label")) > 20
    assert len(svg.find("desc").text) > 20
    assert not re.search(r"style=|<script|\son[a-z]+=|url\(|https?:", plot)
    assert "nan" not in plot.lower().replace("dominant", "")


def test_confusions_are_ordered_and_named():
    """What cannot be seen has a name; the longest bar is the most frequent; a new confusion is told as well."""
    before = [Confusion(truth=" ", read="", count=8), Confusion(truth="\u0301", read="<", count=2)]
    after = [Confusion(truth=" ", read="", count=4), Confusion(truth="e", read="\u0430", count=6)]
    root = ET.fromstring(confusion_bars(before, after))
    assert _rows(root) == [
        ["␣ blank", " nothing", "", "8", "4", "80.0 %"],
        ["e", "\u0430 cyrillic small letter a", "", "0", "6", "0.0 %"],
        ["◌\u0301 combining acute accent", "< less-than sign", "", "2", "0", "20.0 %"],
    ]
    assert [r.get("width") for r in root.iter("rect")][:2] == ["100.0%", "50.0%"]


def test_only_the_most_frequent_confusions_are_told():
    """The caption says of how many they are; without a corrected text there is one bar a row."""
    many = [Confusion(truth=chr(0x4E00 + n), read="x", count=100 - n) for n in range(50)]
    root = ET.fromstring(confusion_bars(many, None))
    assert len(_rows(root)) == len(list(root.iter("rect"))) == 20
    assert root.find("caption").text.endswith("20 of 50 kinds")


def test_classes_have_rates_with_their_counts():
    """Shares of the truth, without what was read too much; a class that the truth does not have is left out."""
    names = [
        ClassCounts(name="digit", counts=Counts(hits=30, substitutions=6, deletions=4, insertions=5)),
        ClassCounts(name="capital", counts=Counts(hits=90, deletions=10)),
        ClassCounts(name="other", counts=Counts(insertions=3)),
    ]
    root = ET.fromstring(class_bars("By class", names, None))
    assert _rows(root) == [["digit", "", "25.0 %", "10 of 40"], ["capital", "", "10.0 %", "10 of 100"]]
    assert [r.get("width") for r in root.iter("rect")] == ["100.0%", "40.0%"]
