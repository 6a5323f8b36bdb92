"""Texts that make scorers stumble, each with the counts that the definitions ask for."""

from __future__ import annotations

import math
import random
import unicodedata

import pytest

from corrigenda.ingest.records import Record, intake_of
from corrigenda.score.corpus import Corpus, corpus
from corrigenda.score.evaluate import evaluate
from corrigenda.score.metrics import Stretch, measure
from corrigenda.score.values import Evaluation, Outcome
from corrigenda.text import Profile
from corrigenda.values import Corrected

TEXT = "The harbour was closed for the winter by the consul."


def evaluated(page: str, truth: str, name: str = "passage") -> Evaluation:
    """A passage of a record, on which nothing was corrected, against its truth."""
    intake = intake_of(Record(id=name, group=None, ocr=page, truth=truth, corrected=None, line=1), "made-up.jsonl")
    unchanged = Corrected(document_id=name, text=page, corrections=(), flags=(), signature="sig")
    return evaluate(intake.document, unchanged, intake.transcript)


def errors(page: str, truth: str, name: str = "cer") -> tuple[int, int, int]:
    """The errors of one measure in the profiles strict, folded and hipe."""
    found = evaluated(page, truth)
    strict, folded, hipe = (found.before.score(name, profile).counts.errors for profile in Profile)
    return strict, folded, hipe


def values(found: Evaluation) -> set[float]:
    """The values of all measures in all profiles."""
    return {s.value for s in found.before.scores}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("truth_form", ["NFC", "NFD"])
def test_accents_composed_or_not_are_the_same(form: str, truth_form: str):
    """A mark is no character of its own: nothing is wrong, and a lost one is one substitution of one word."""
    text = "The café in São Tomé was Málaga’s naïve façade."
    page, truth = unicodedata.normalize(form, text), unicodedata.normalize(truth_form, text)
    assert values(evaluated(page, truth)) == {0.0}
    assert (evaluated(page, truth).verdicts, evaluated(page, truth).right_words) == ((), 9)
    lost = page.replace(unicodedata.normalize(form, "é"), "e", 1)
    assert errors(lost, truth) == (1, 1, 1)
    assert errors(lost, truth, "wer") == (1, 1, 1)


def test_marks_that_no_letter_composes_with():
    """Two marks on a letter make one character, whatever the profile's normal form can do for them."""
    assert errors("the q x", "the q\u0323\u0307 x")[:2] == (1, 1)
    assert errors("the q\u0323 x", "the q\u0323\u0307 x")[:2] == (1, 1)


def test_ligatures_are_letters_to_strict_alone():
    """ﬁ for fi is a substitution and a deletion; `folded` takes printers' ligatures for their letters."""
    assert errors("ﬁrst oﬃce", "first office") == (5, 0, 5)
    assert errors("first office", "ﬁrst oﬃce")[:2] == (5, 0)
    found = evaluated("ﬁrst oﬃce", "first office")
    assert (found.verdicts, found.right_words) == ((), 2)


def test_letters_in_one_are_folded_by_hipe_alone():
    """æ, œ and ß are letters that an author writes, not how a printer sets two."""
    assert errors("Caesar's oeuvre, Strasse", "Cæsar's œuvre, Straße") == (6, 6, 0)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff"])
def test_what_nobody_sees_is_an_insertion_to_strict_alone(unseen: str):
    """A soft hyphen or a mark of direction was read and does not stand in the truth; folded drops it on both sides."""
    soft = TEXT.replace("harbour", f"har{unseen}bour")
    assert errors(soft, TEXT)[:2] == errors(TEXT, soft)[:2] == (1, 0)
    assert errors(soft, soft) == (0, 0, 0)


@pytest.mark.parametrize(("hyphen", "whole"), [("-", 2), ("\u00ad", 1), ("\u2010", 2)])
def test_a_hyphen_at_a_line_end_is_none_where_the_truth_keeps_its_lines(hyphen: str, whole: int):
    """Whichever character it is; without line ends in the truth, hyphen (if it is seen) and line end are errors."""
    page = TEXT.replace("harbour", f"har{hyphen}\nbour")
    truth = TEXT.replace("winter", "win-\nter")
    assert errors(page, truth)[1:] == (0, 0)
    assert errors(page, TEXT)[1] == whole


@pytest.mark.parametrize(
    ("page", "truth", "value"),
    [("", "", 0.0), (" \r\n\t", "\n\n", 0.0), (TEXT, "", 1.0), ("", TEXT, 1.0), (" \n", TEXT, 1.0), ("x", "", 1.0)],
)
def test_empty_texts(page: str, truth: str, value: float):
    """Nothing read of something is all wrong, something read of nothing is 1, nothing of nothing is right."""
    found = evaluated(page, truth)
    assert values(found) == {value}
    assert all(math.isfinite(v) for v in values(found))
    assert found.right_words == 0
    assert found.harm == 0.0


def test_an_empty_page_is_one_error_that_was_missed():
    """The whole of the truth was lost at one place; what was read of an empty truth should not be there."""
    (lost,) = evaluated("", TEXT).verdicts
    assert (lost.before, lost.outcome) == ("", Outcome.MISSED)
    assert lost.truth == TEXT.rstrip(".")
    (added,) = evaluated(TEXT, "").verdicts
    assert (added.before, added.truth, added.outcome) == (TEXT.rstrip("."), "", Outcome.MISSED)


def test_a_page_of_punctuation_alone():
    """It has characters, and tokens between blanks, and no words."""
    found = evaluated("... — !", "... — ?")
    told = {s.name: (s.counts.errors, s.counts.reference) for s in found.before.scores if s.profile == "strict"}
    assert (told["cer"], told["wer"], told["wer_ws"]) == ((1, 7), (0, 0), (1, 3))
    assert values(evaluated("...", "...")) == {0.0}


@pytest.mark.parametrize(
    ("page", "truth", "expected"),
    [
        ("The 👍 note", "The 👍🏽 note", 1),
        ("The  note", "The 👩\u200d👩\u200d👧 note", 2),
        ("The 🇫🇷 note", "The 🇩🇪 note", 1),
        ("The :-) note", "The 🙂 note", 3),
    ],
)
def test_an_emoji_is_one_character(page: str, truth: str, expected: int):
    """Whatever it is made of; lost in mid-sentence it takes one blank along. In `hipe` it is a blank as all symbols."""
    assert errors(page, truth) == (expected, expected, 0)
    assert errors(truth, truth) == (0, 0, 0)


def test_right_to_left_is_compared_in_the_order_of_reading():
    """Letters count as they follow each other, not as they stand; a lost point is part of its letter."""
    hebrew, arabic = "הנמל היה סגור לחורף", "كان الميناء مغلقا"
    assert values(evaluated(f"{hebrew} {arabic}", f"{hebrew} {arabic}")) == {0.0}
    assert errors(hebrew.replace("סגור", "סגוד"), hebrew) == (1, 1, 1)
    assert errors(hebrew, hebrew, "wer") == (0, 0, 0)
    assert errors("שלום לכם", "שָׁלוֹם לכם")[:2] == (2, 2)
    assert errors(f"The {hebrew} port", f"The {hebrew} fort") == (1, 1, 1)
    assert errors(f"The {hebrew} port", f"The {hebrew} fort", "wer") == (1, 1, 1)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n\n", "\f", "\u2028", " \n "])
def test_line_ends_are_white_space(ends: str):
    """However a file ends its lines, a line end is one blank, and no error beside another."""
    page = TEXT.replace(" ", ends)
    assert values(evaluated(page, TEXT)) == {0.0}
    assert values(evaluated(TEXT, page)) == {0.0}
    assert evaluated(page, TEXT).verdicts == ()


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_broken_words_are_joined_whatever_the_line_end(ends: str):
    """The hyphen stands before CRLF as before LF."""
    page, truth = TEXT.replace("harbour", f"har-{ends}bour"), TEXT.replace("consul", "con-\nsul")
    assert errors(page, truth)[1:] == (0, 0)


def made_up(characters: int, generator: random.Random) -> str:
    """Running text of so many characters, from words of letters alone."""
    words = ["".join(generator.choices("abcdefghijklmnopqrstuvwxyz", k=generator.randint(2, 9))) for _ in range(5_000)]
    return " ".join(generator.choices(words, k=characters // 5))[: characters - 1] + "."


def with_noise(text: str, share: float, generator: random.Random) -> tuple[str, int]:
    """`text` with this share of its letters read as figures, and how many these are."""
    places = [i for i, c in enumerate(text) if c.isalpha() and generator.random() < share]
    letters = list(text)
    for at in places:
        letters[at] = str(generator.randrange(10))
    return "".join(letters), len(places)


def test_a_million_characters_are_counted_exactly():
    """6% of noise is found to the letter: nothing is cut off, sampled or estimated."""
    generator = random.Random(7)
    truth = made_up(1_000_000, generator)
    page, made = with_noise(truth, 0.06, generator)
    assert (len(truth), made > 40_000) == (1_000_000, True)
    found = {s.name: s for s in measure([Stretch(read=page, truth=truth)], Profile.STRICT).scores}
    assert [name for name, s in found.items() if not s.exact] == ["cer_free"]  # lines of a book are not sought
    assert (found["cer"].counts.hits, found["cer"].counts.substitutions) == (1_000_000 - made, made)
    assert (found["cer"].counts.deletions, found["cer"].counts.insertions) == (0, 0)
    wrong = sum(a != b for a, b in zip(page.split(), truth.split(), strict=True))
    assert found["wer_ws"].counts.errors == wrong


def test_a_page_of_many_thousand_characters_is_evaluated_as_made():
    """Also judged place by place: each wrong word is missed, and none that is right."""
    generator = random.Random(8)
    truth = made_up(40_000, generator)
    page, made = with_noise(truth, 0.06, generator)
    found = evaluated(page, truth)
    assert found.before.score("cer", "folded").counts.errors == made
    wrong = sum(a != b for a, b in zip(page.split(), truth.split(), strict=True))
    assert sum(max(1, len(v.before.split())) for v in found.verdicts) == wrong
    assert found.right_words == len(truth.split()) - wrong


def together(*pairs: tuple[str, str]) -> Corpus:
    """The corpus of made-up passages."""
    found = [evaluated(page, truth, f"passage {n}") for n, (page, truth) in enumerate(pairs)]
    return corpus(found, corrected=False, signature="sig")


def test_one_document_without_an_error():
    """All figures are 0, and there is no interval to claim that they are sure."""
    told = together((TEXT, TEXT))
    assert {(f.micro, f.macro, f.median, f.interval) for f in told.before.figures} == {(0.0, 0.0, 0.0, None)}
    assert told.before.confusions == ()
    assert told.documents[0].right_words == 10


def test_documents_without_an_error_are_not_known_to_have_none():
    """The rate is 0, and the interval says how many errors such documents may still have."""
    interval = together((TEXT, TEXT), (TEXT.upper(), TEXT.upper())).before.figure("cer", "folded").interval
    assert interval
    assert interval.low == 0.0
    assert 0.0 < interval.high < 0.1


def test_documents_that_are_all_wrong():
    """Not one character right: rates of 1, finite limits, and every word missed."""
    told = together(("xx yy", "ab cd"), ("", "efg hij"), ("qq", "rs"))
    figure = told.before.figure("cer", "strict")
    assert (figure.counts.hits, figure.counts.substitutions, figure.counts.deletions) == (1, 6, 7)
    word = told.before.figure("wer", "strict")
    assert (word.micro, word.macro, word.median) == (1.0, 1.0, 1.0)
    assert word.interval
    assert 0 <= word.interval.low <= 1.0 <= word.interval.high < math.inf
    assert sum(d.right_words for d in told.documents) == 0
    assert sum(max(1, len(v.before.split())) for d in told.documents for v in d.verdicts) == 2 + 1 + 1


def test_one_wrong_document_among_right_ones():
    """It weighs by its length in the micro average, and as one of four in the macro."""
    told = together((TEXT, TEXT), (TEXT.upper(), TEXT.upper()), (TEXT.lower(), TEXT.lower()), ("xx", "ab"))
    figure = told.before.figure("cer", "strict")
    assert figure.micro == pytest.approx(2 / (3 * len(TEXT) + 2))
    assert (figure.macro, figure.median) == (0.25, 0.0)
