"""The grammar of designators: every kind by example, and what is none."""

from __future__ import annotations

import pytest

from corrigenda.lexicon.designators import Designator, classify, find, normal, papers

EXAMPLES = {
    Designator.WEAPON: "IL-28|IL–28’s|Il-28|U-2|U-2s|MIG-21|MiG-21s|Mig-15's|SA-2|TU-104|B-52|F-84F|C-47|PT-76|P2V",
    Designator.PAPER: "NSC 5412/2|NSC 68|NSAM 181|NIE 11-4-60|SNIE 85–3–62|JCS 1888/1|MC-70|MC 70|PSB D-21|JCSM-57-61",
    Designator.TELEGRAM: "Deptel 1234|Embtel 12|telegram 1234|Circular telegram 88|Tosec 15|Topol 3|A-324|CA-6009",
    Designator.FILE: "737.56361/11–1762|033.1100-KE/6-361|740.00119|611.37/8-2262|POL 27 VIET S|747C.00/11-1654",
    Designator.LAW: "Public Law 480|PL-480|P.L. 480|P.L. 87-195",
    Designator.DATE: "October 22, 1962|Oct. 22|22 Oct 62|22 October 1962|10/22/62|1962-10-22|May 1962",
    Designator.TIME: "1630Z|221630Z|8 p.m.|10:45 a.m.|1500 hours|12:45|9 o’clock",
    Designator.MONEY: "$5.25|$300 million|£20,000|$1,500,000|5 million dollars",
    Designator.PERCENT: "12.5%|5 percent|3 per cent|100%",
    Designator.MEASURE: "90mm|20 kt|12-mile|500 km|1,000 tons",
    Designator.ORDINAL: "1st|2nd|3d|11th|19th|82nd|101st|112th",
    Designator.DECADE: "1960s|1930's|30’s",
    Designator.SERIES: "G-2|D-4|K-23's|FY-1958|W-130",
}


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, ts in EXAMPLES.items() for text in ts.split("|")])
def test_every_kind_is_told_by_its_shape(text: str, kind: Designator):
    """A designator is of its kind with the dashes and quotes of print or of a typewriter."""
    assert classify(text) is kind


@pytest.mark.parametrize(
    "text", ["Cuba", "1962", "1,500", "342.18", "l970", "I960", "U", "IL-", "28", "19st", "", "-2", "u-2"]
)
def test_words_numbers_and_misread_years_are_none(text: str):
    """A word, a plain number, and a year with a letter in it are no designators."""
    assert classify(text) is None


def test_designators_are_found_in_running_text():
    """Each is found where it stands, in the typography of the text, and no number beside it is."""
    text = "On October 22, 1962, at 8 p.m. the 42 IL–28’s (NSC 5412/2; 737.56361/11–1762) cost $300 million."
    found = [(span.of(text), str(kind)) for span, kind in find(text)]
    assert found == [
        ("October 22, 1962", "date"),
        ("8 p.m.", "time"),
        ("IL–28’s", "weapon"),
        ("NSC 5412/2", "paper"),
        ("737.56361/11–1762", "file"),
        ("$300 million", "money"),
    ]


def test_papers_are_listed_as_they_stand():
    """Numbered papers and laws are listed each time that they are named; aircraft are not papers."""
    assert papers("NSC 68 and NSC 68/2, not B-52 but PL-480 and NSC 68") == ["NSC 68", "NSC 68/2", "PL-480", "NSC 68"]


def test_one_designator_has_one_form():
    """Dashes, capitals, blanks and a plural do not make two of one."""
    assert {normal(t) for t in ("IL–28", "Il-28's", "IL-28s", "il-28’s")} == {"IL-28"}
    assert normal("F-84Fs") == "F-84F"
    assert normal("NSC\u00a05412/2") == "NSC 5412/2"
