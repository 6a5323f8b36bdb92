"""Which places are doubted, why, and which readings are proposed; nothing here decides."""

from __future__ import annotations

import pytest

from corrigenda.correct.candidates import Slot, slots
from corrigenda.correct.known import known
from corrigenda.correct.surroundings import Surroundings
from corrigenda.text import tokens
from corrigenda.values import CorrectionKind

PLAIN = "the harbour was closed for winter and government letter talks which will be under again in a to by with"
COUNTS = {
    "quarantine": 90,
    "Kuznetsov": 40,
    "Orchard": 9,
    "founder": 90,
    "mission": 900,
    "co-operate": 40,
    "cooperate": 90,
    "long-term": 90,
    "longterm": 5,
    "Embtel": 30,
    "rare": 2,
    "a.m.": 50,
}


@pytest.fixture(scope="session")
def found(make_words):
    """The slots of a made-up sentence, with the names it uses."""
    words = make_words(PLAIN, COUNTS)

    def slots_of(text: str) -> list[Slot]:
        run = list(tokens(text))
        return list(slots(text, run, words, Surroundings.of([run])))

    return slots_of


def proposed(slot: Slot) -> set[str]:
    """The readings that a slot proposes."""
    return {c.after for c in slot.candidates}


def test_known_words_are_not_doubted(found):
    """Case, quotes, punctuation and possessives do not make a known word doubtful."""
    assert found("The Harbour's “quarantine”, (and) THE government’s letter.") == []


def test_a_misspelt_word_has_its_neighbours_as_candidates(found):
    """The nearest word of the lexicon is proposed in the case of the page, with cost and count."""
    (slot,) = found("The letter of Govemment again. Govemment will be closed.")[1:]
    assert (slot.before, slot.why, slot.guarded) == (
        "Govemment",
        "a name or capitals that the lexicon does not know",
        True,
    )
    (slot,) = found("the govemment was closed")
    assert (slot.before, slot.why, slot.guarded, slot.count) == ("govemment", "not in the lexicon", False, 0)
    (candidate,) = [c for c in slot.candidates if c.after == "government"]
    assert (candidate.kind, candidate.cost, candidate.count, candidate.rule) == (
        CorrectionKind.CHARACTER,
        0.5,
        1000,
        "lexicon",
    )


@pytest.mark.parametrize(
    ("text", "after"), [("Govemment talks", "Government"), ("the govemment", "government"), ("GOVEMMENT", "GOVERNMENT")]
)
def test_a_reading_is_cased_like_the_page(found, text: str, after: str):
    """What began a sentence or was typed in capitals stays so."""
    (slot,) = found(text)
    assert after in proposed(slot)


def test_a_short_word_is_searched_one_edit_away(found):
    """Two edits would turn a word of four letters into any other."""
    (slot,) = found("the wixx was closed")
    assert "will" not in proposed(slot)
    (slot,) = found("the harxxur was closed")
    assert "harbour" in proposed(slot)


def test_a_lost_space_is_a_split_of_two_common_words(found):
    """Both parts must be common: a rare one would be found by chance."""
    (slot,) = found("talks whichwill be closed")
    (split,) = [c for c in slot.candidates if c.kind is CorrectionKind.SPACING]
    assert (split.after, split.rule, split.count) == ("which will", "split", 1000)
    (slot,) = found("talks quarantineorchard be closed")
    assert not [c for c in slot.candidates if c.kind is CorrectionKind.SPACING]


def test_a_space_read_into_a_word_is_a_merge(found):
    """The two parts are one slot; at least one of them is no word by itself."""
    (slot,) = found("the qua rantine was closed")
    assert (slot.before, proposed(slot)) == ("qua rantine", {"quarantine"})
    assert slot.candidates[0].kind is CorrectionKind.SPACING
    assert found("talks be under") == []


@pytest.mark.parametrize("text", ["the qua, rantine", "the qua (rantine", "the qua Rantine"])
def test_no_merge_over_punctuation_lines_or_capitals(found, text: str):
    """A space was read into a word only where nothing but one space stands between the parts."""
    assert all(slot.before != "qua rantine" for slot in found(text))
    assert "quarantine" not in {reading for slot in found(text) for reading in proposed(slot)}


@pytest.mark.parametrize("text", ["the qua\nrantine", "by kuzne tsov"])
def test_a_lost_hyphen_and_a_name_are_offered_only(found, text: str):
    """Neither half of a broken word is taken for another word, and no name is made; the whole is a suggestion."""
    (slot,) = found(text)
    assert [c.guarded for c in slot.candidates] == [True]


def test_words_that_stand_alone_are_not_merged(found):
    """`be under` is two words, though somebody may write them as one."""
    assert found("the talks will be under the harbour") == []


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("the quaran-\ntine was", "quaran-\ntine ", "quarantine\n"),
        ("the quaran-\ntine.", "quaran-\ntine.", "quarantine."),
        ("the quaran-\ntine,\nand", "quaran-\ntine,", "quarantine,"),
        ("the quaran-\n  tine was", "quaran-\n  tine ", "quarantine\n  "),
        ("the co-\noperate was", "co-\noperate ", "cooperate\n"),
    ],
)
def test_a_word_broken_at_a_lines_end_is_joined_and_the_line_break_kept(found, text: str, before: str, after: str):
    """The break goes after the whole word, so that lines stay lines."""
    (slot,) = found(text)
    assert (slot.before, proposed(slot)) == (before, {after})
    assert slot.candidates[0].kind is CorrectionKind.HYPHEN


def test_a_compound_broken_at_its_hyphen_keeps_it(found):
    """Where the compound is commoner than the whole the hyphen is the typist's."""
    assert not [s for s in found("the long-\nterm talks") if "\n" in s.before]


@pytest.mark.parametrize(
    ("text", "before", "why"),
    [
        ("the letter to Fraenkel was", "Fraenkel", "a name or capitals that the lexicon does not know"),
        ("the letter to Orchard was", "Orchard", "a name that the lexicon hardly knows"),
        ("the FRAENKEL talks", "FRAENKEL", "a name or capitals that the lexicon does not know"),
        ("FRAENKEL talks", "FRAENKEL", "a name or capitals that the lexicon does not know"),
        ("the letter to Mr. Fraenkel", "Fraenkel", "a name or capitals that the lexicon does not know"),
        ("the letter to J. Fraenkel", "Fraenkel", "a name or capitals that the lexicon does not know"),
        ("the K-23's was closed", "K-23's", "a designator that the lexicon does not know"),
        ("the ABC-23 was closed", "ABC-23", "a designator that the lexicon does not know"),
        ("the w1nter was closed", "w1nter", "letters and figures mixed"),
    ],
)
def test_names_designators_and_mixtures_are_guarded(found, text: str, before: str, why: str):
    """What only an edition can tell is doubted, and guarded against any guess."""
    (slot,) = [s for s in found(text) if s.before == before]
    assert (slot.why, slot.guarded) == (why, True)


@pytest.mark.parametrize("word", ["K-23", "XI-10", "K23"])
def test_a_designator_is_doubted_without_a_possessive_too(found, word: str):
    """K-23 is no surer than K-23's."""
    assert [s.before for s in found(f"the {word} was closed")] == [word]


def test_a_name_at_the_beginning_of_a_sentence_is_known_from_within_others(found):
    """What the document uses as a name is guarded wherever it stands."""
    first, second = found("Fraenkel was closed. Talks with Fraenkel will be.")
    assert first.guarded
    assert second.guarded
    (alone,) = found("Fraenkel was closed.")
    assert not alone.guarded


def test_names_are_capitalised_where_no_sentence_starts():
    """The first word, and one after a full stop or a list label, may be any word; after a title it is a name."""
    text = "Ships came. Grain did not. 2. Boats with Mr. Smythe and NATO of Quay: Perhaps"
    assert Surroundings.of([list(tokens(text))]).names == {"Mr", "Smythe", "Quay"}


@pytest.mark.parametrize(
    "text",
    ["1962", "5,000", "12.5%", "$1,200", "May 4th", "1960s", "at 9 a.m. again", "6 (b)", "2.", "I", "161234Z"],
)
def test_ordinary_figures_are_not_doubted(found, text: str):
    """Years, sums, percentages, times and labels are no words, and no sign of error."""
    assert [s.before for s in found(f"the letter in {text} was") if s.before != "May"] == []


@pytest.mark.parametrize("word", ["colour", "organise", "labour", "harbours", "elephant"])
def test_general_english_is_not_doubted(found, word: str):
    """British and everyday words that the archive's sources lack are left alone."""
    assert found(f"the {word} was closed") == []


def test_a_word_seen_less_than_three_times_is_doubted_and_carries_its_count(make_words):
    """Two sightings may be a misprint of the sources; the gate weighs what stands there by them."""
    text = "the harbourx was closed"
    words = make_words(PLAIN, {"harbourx": 2})
    (slot,) = slots(text, list(tokens(text)), words, Surroundings.of([]))
    assert slot.count == 2


def test_a_compound_is_known_by_its_parts(make_words):
    """quarantine-letter was never counted, but both of its parts were; a designator is not known by its letters."""
    words = make_words(PLAIN, {**COUNTS, "XI": 90, "mid": 900})
    assert known("mid-1962", words)
    assert not known("XI-10", words)
    assert known("quarantine-letter", words)
    assert known("harbour/mission", words)
    assert not known("quarantine-xletter", words)
    assert not known("rare", words)
    assert not known("-", words)


def test_a_name_is_not_merged_with_the_word_after_it(found):
    """Mr. Fo under is no founder: a capitalised unknown word inside a sentence may be a name."""
    assert all(slot.guarded for slot in found("the letter by Mr. Fo under the harbour"))


def test_a_broken_word_at_the_end_of_a_run_stays_inside_it(make_words):
    """Before a redaction the blank after the word is not the segment's, so the correction may not cover it."""
    text = "the quaran-\ntine b(1)"
    run = list(tokens(text))[:-1]
    (slot,) = slots(text, run, make_words(PLAIN, COUNTS), Surroundings.of([]))
    assert slot.span.end <= run[-1].span.end


@pytest.mark.parametrize("text", ["Wintcr was closed.", "Lettre was closed."])
def test_a_capital_that_opens_a_sentence_may_be_a_names(found, text: str):
    """At a sentence's start only letters of like shape speak for a misreading; anything else is offered, not made."""
    (slot,) = found(text)
    best = min(slot.candidates, key=lambda c: c.cost)
    assert (slot.guarded, best.guarded) == (False, best.cost > 0.5)


def test_no_candidate_makes_a_name(found):
    """A name that would take the place of a word is offered only: the machine must not put names on a page."""
    (slot,) = found("the letter to uznetsov was")
    assert {c.after: c.guarded for c in slot.candidates} == {"kuznetsov": True}


def test_what_comes_again_and_again_is_the_typists(found):
    """A form that the document has three times is not taken for a misreading unless the shapes are alike."""
    (once, *_) = found("the lettxr was")
    thrice = found("the lettxr was lettxr with lettxr")
    assert [c.guarded for c in once.candidates if c.after == "letter"] == [False]
    assert all(c.guarded for slot in thrice for c in slot.candidates)


def test_a_foreign_passage_is_left_alone(found):
    """Between small words of another language nothing is made English."""
    assert [s.guarded for s in found('he read "y que la missión con goverment por favr" again')] != []
    assert all(s.guarded for s in found("y que la misson con el govermment"))


def test_regular_plurals_of_known_words_are_known(found):
    """An inflected form that the lexicon lacks is no misreading of its base."""
    assert found("the quarantines and missions") == []


def test_shapes_of_other_length_are_found(found):
    """One slip of the machine may be two edits: leam is learn, and a figure may be a letter."""
    (slot,) = found("the rnission was")
    assert "mission" in proposed(slot)
    (slot,) = found("the 1etter was")
    assert (proposed(slot), slot.guarded) == ({"letter"}, True)
