"""What is proposed for a word, whatever stands around it: each way of proposing by itself."""

from __future__ import annotations

import pytest

from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.spellings import Option, Speller
from corrigenda.values import CorrectionKind

PLAIN = "the harbour was closed for winter government letter will which be of to in old grain and is long term all"
COUNTS = {
    "the": 90_000,
    "of": 50_000,
    "quarantine": 90,
    "mission": 900,
    "Kuznetsov": 400,
    "co-operate": 90,
    "cooperate": 90,
    "bomb": 300,
    "bomber": 400,
    "statement": 300,
    "rarely": 9,
    "soviet": 5000,
}


@pytest.fixture(scope="module")
def speller(make_words, make_channel) -> Speller:
    """Spellings from a made-up lexicon and a channel that reads e as c, rn as m and such."""
    return Speller(make_words(PLAIN, COUNTS), ChannelCosts(make_channel()))


def by_text(options: tuple[Option, ...]) -> dict[str, Option]:
    """The options by the text that they would put in; each stands there once."""
    found = {o.text: o for o in options}
    assert len(found) == len(options)
    return found


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("govemment", "government"),
        ("lctter", "letter"),
        ("harbo1ur", "harbour"),
        ("1etter", "letter"),
        ("g0vernment", "government"),
        ("har'bour", "harbour"),
        ("wi|nter", "winter"),
        ("har_bour", "harbour"),
        ("long-tcrm", "long-term"),
        ("harb-our", "harbour"),
        ("rnission", "mission"),
        ("quarxxntine", "quarantine"),
        ("ststexxnt", "statement"),
    ],
    ids=[
        "letters as one", "one letter", "a figure put in", "a figure for a letter", "a nought for an o",
        "an apostrophe", "a stroke inside", "a line inside", "one part of a compound", "a hyphen inside",
        "one letter as two", "two letters", "three letters",
    ],
)  # fmt: skip
def test_a_misread_word_has_its_reading(speller: Speller, token: str, text: str):
    """Each way in which a machine spoils a word is undone, by the rule of the lexicon, at what the channel asks."""
    option = by_text(speller.options(token, doubted=True))[text]
    assert (option.rule, option.kind, option.core) == ("lexicon", CorrectionKind.CHARACTER, text)
    assert option.cost == pytest.approx(speller.costs.cost(text, token.strip("(,.")))


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("Govemment", "Government"),
        ("GOVEMMENT", "GOVERNMENT"),
        ("GOVEMMeNT", "GOVERNMENT"),
        ("goveMment", "government"),
        ("kuznctsov", "Kuznetsov"),
        ("KUZNCTSOV", "KUZNETSOV"),
        ("Long-tcrm", "Long-Term"),
    ],
)
def test_a_reading_is_in_the_case_of_the_page(speller: Speller, token: str, text: str):
    """What is capitalised or in capitals stays so, and a name gets its capital."""
    assert text in by_text(speller.options(token, doubted=True))


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("(govemment,", "(government,"),
        ("“govemment”", "“government”"),
        ("govemment's", "government's"),
        ("govemment’s.", "government's."),
    ],
)
def test_what_stands_around_a_word_stays(speller: Speller, token: str, text: str):
    """Brackets, quotes and stops stay as they are, and a possessive keeps its ending."""
    assert text in by_text(speller.options(token, doubted=True))


@pytest.mark.parametrize(("token", "text"), [("!etter", "letter"), ("wil1", "will"), ("{letter", "letter")])
def test_a_mark_at_the_edge_may_be_a_letter(speller: Speller, token: str, text: str):
    """Marks that a typist hardly sets beside a word are letters that were misread, or are none of its own."""
    assert text in by_text(speller.options(token, doubted=True))


def test_the_word_itself_is_never_proposed(speller: Speller):
    """What stands there is no reading that could take its place."""
    for token in ("govemment", "government", "Letter", "thc", "co-operate", "(the"):
        for doubted in (True, False):
            assert token not in by_text(speller.options(token, doubted=doubted))


def test_a_known_word_is_one_slip_away_only(speller: Speller):
    """A word that the lexicon has is taken for another only where one letter tells them apart, and never cut."""
    known = speller.options("bomber", doubted=False)
    assert {o.text for o in known} == set()
    assert "was" in by_text(speller.options("wan", doubted=False))
    assert "was" not in by_text(speller.options("wxn", doubted=False))
    assert all(o.rule == "lexicon" for o in speller.options("ofthe", doubted=False))


@pytest.mark.parametrize("token", ["a", "-", "1962", "", "…"])
def test_a_known_word_of_one_letter_or_none_has_no_others(speller: Speller, token: str):
    """There is nothing to go by in a single letter, and nothing at all in marks and figures."""
    assert speller.options(token, doubted=False) == ()


def test_a_short_word_is_not_taken_for_any_other(speller: Speller):
    """Two slips in three letters leave little to see: only the most everyday words are in reach then."""
    assert "the" in by_text(speller.options("txc", doubted=True))
    assert "old" not in by_text(speller.options("oxx", doubted=True))


@pytest.mark.parametrize(
    ("token", "text"),
    [("whichwill", "which will"), ("Whichwill,", "Which will,"), ("ofthe", "of the"), ("(tobe", "(to be")],
)
def test_a_lost_blank_is_a_split(speller: Speller, token: str, text: str):
    """Two common words that ran together are parted; the rarer of them is the option's count."""
    option = by_text(speller.options(token, doubted=True))[text]
    assert (option.rule, option.kind) == ("split", CorrectionKind.SPACING)
    left, right = option.core.split()
    assert option.count == min(speller.words.count(left), speller.words.count(right))


@pytest.mark.parametrize(
    ("token", "text"),
    [("thegovernmcnt", "the government"), ("governmcntof", "government of"), ("Theharb0ur", "The harbour")],
)
def test_a_lost_blank_beside_a_misread_word(speller: Speller, token: str, text: str):
    """One of two words that ran together may be misread as well, where the other is one of the smallest."""
    assert by_text(speller.options(token, doubted=True))[text].rule == "split"


@pytest.mark.parametrize(("count", "parted"), [(1000, False), (100, True)])
def test_where_one_word_would_do_no_misread_one_is_split_off(make_words, make_channel, count: int, *, parted: bool):
    """`becone` is *become*, not *be come*, if that is a common word; of a rare one both are offered."""
    words = make_words("come be", {"become": count})
    found = by_text(Speller(words, ChannelCosts(make_channel())).options("becone", doubted=True))
    assert "become" in found
    assert ("be come" in found) is parted


def test_rare_words_and_lone_letters_are_not_parted(speller: Speller):
    """What is rare would be found by chance, and a single letter is seldom a word."""
    assert not [o for o in speller.options("rarelywill", doubted=True) if o.text == "rarely will"]
    assert not [o for o in speller.options("bwill", doubted=True) if o.text == "b will"]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("qua", "rantine"), "quarantine"),
        (("“qua", "rantine,”"), "“quarantine,”"),
        (("Qua", "rantine"), "Quarantine"),
        (("gov", "er", "nment"), "government"),
        (("qua", "rantinc"), "quarantine"),
        (("qua.", "rantine"), "quarantine"),
        (("Kuz", "netsov"), "Kuznetsov"),
    ],
    ids=["two", "with quotes", "a capital", "three", "misread as well", "a stray mark", "a name"],
)
def test_parts_of_a_word_are_joined(speller: Speller, parts: tuple[str, ...], text: str):
    """A blank that was read into a word goes, what stands around the whole stays."""
    option = by_text(speller.joined(parts, doubted=True))[text]
    assert (option.rule, option.kind) == ("join", CorrectionKind.SPACING)
    assert option.cost == pytest.approx(speller.costs.cost(text, " ".join(parts)))


@pytest.mark.parametrize(
    ("parts", "text"),
    [(("gov-", "emment"), "government"), (("quxx=", "rantine,"), "quarantine,"), (("Stxt-", "emxnt"), "Statement")],
    ids=["letters as one", "another hyphen", "a capital"],
)
def test_a_word_broken_by_a_hyphen_is_joined_though_it_is_misread(speller: Speller, parts: tuple[str, ...], text: str):
    """What the end of a line broke is priced as if it stood in one piece, and something for the break."""
    option = by_text(speller.joined(parts, doubted=True))[text]
    assert option.rule == "join"
    in_one_piece = speller.costs.cost(text, parts[0][:-1] + parts[1])
    assert in_one_piece < option.cost < in_one_piece + 2.0


def test_a_compound_with_a_blank_in_it_is_not_priced_as_broken(speller: Speller):
    """`co-operate` is met as often as the whole, so that nothing says that the hyphen is a line's end."""
    parts = ("co-", "operate")
    option = by_text(speller.joined(parts, doubted=True))["cooperate"]
    assert option.cost == speller.costs.cost("cooperate", "co- operate")


def test_two_slips_are_looked_for_only_where_no_part_is_a_word(speller: Speller):
    """`quxx rantine` is no two words; `the rxxely` begins with one, and is not made another."""
    assert "quarantine" in by_text(speller.joined(("quxx", "rantine"), doubted=True))
    assert speller.joined(("the", "ststexxnt"), doubted=True) == ()
    assert "government" not in by_text(speller.joined(("government", "xx"), doubted=True))


def test_a_blank_is_moved(speller: Speller):
    """`ofth e` and `o fthe` have the blank a letter or two beside its place."""
    assert by_text(speller.joined(("o", "fthe"), doubted=True))["of the"].rule == "moved blank"
    assert by_text(speller.joined(("ofth", "e"), doubted=True))["of the"].rule == "moved blank"
    assert "of the" not in by_text(speller.joined(("of", "the"), doubted=True))


def test_known_words_are_joined_as_they_stand(speller: Speller):
    """Where nothing is doubtful only the whole that the lexicon has is offered: nothing is misread, no blank moves."""
    assert {o.text for o in speller.joined(("bomb", "er"), doubted=False)} == {"bomber"}
    assert speller.joined(("qua", "rantinc"), doubted=False) == ()
    assert speller.joined(("ofth", "e"), doubted=False) == ()


def test_too_little_to_join_is_left(speller: Speller):
    """Two letters in all are no word that a blank fell into."""
    assert speller.joined(("t", "o"), doubted=True) == ()
    assert speller.joined(("xq", "zk"), doubted=True) == ()


@pytest.mark.parametrize(
    ("token", "at_end", "text"),
    [("quarant", True, "quarantine"), ("(Gover", True, "(Government"), ("ntine,", False, "quarantine,")],
)
def test_letters_lost_at_the_edge_are_completed(speller: Speller, token: str, *, at_end: bool, text: str):
    """The end of a line may be cut off, or its beginning; the punctuation on the whole side stays."""
    option = by_text(speller.completed(token, at_end=at_end))[text]
    assert option.rule == "lost at the edge"


@pytest.mark.parametrize(
    ("token", "at_end"), [("quarant,", True), ("(ntine", False), ("q", True), ("19", True), ("", True), ("xqzk", True)]
)
def test_what_cannot_have_lost_letters_is_not_completed(speller: Speller, token: str, *, at_end: bool):
    """Punctuation closes the word on that side; a lone letter, a figure or nothing could be anything."""
    assert speller.completed(token, at_end=at_end) == ()


def test_more_missing_letters_cost_more(speller: Speller):
    """Of two words that a stump may be the shorter is cheaper."""
    found = by_text(speller.completed("bom", at_end=True))
    assert found["bomb"].cost < found["bomber"].cost


def test_the_likeliest_come_first(speller: Speller):
    """Options are ranked by what the channel asks and how common the word is, in the same order each time."""
    options = speller.options("tbe", doubted=True)
    assert options[0].text == "the"
    assert speller.options("tbe", doubted=True) is options


def test_a_missing_word_has_no_readings(speller: Speller):
    """Where nothing is near there is nothing to propose."""
    assert speller.options("xqzkxqzkxqzk", doubted=True) == ()
