"""The editors' habits, and the slips that a typist makes and a machine does not."""

import pytest

from corrigenda.correct.variants import is_label, is_typists_slip, odd_capitals, one_stem


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("beleive", "believe"),
        ("carribean", "caribbean"),
        ("committment", "commitment"),
        ("acommodate", "accommodate"),
        ("labour", "labor"),
        ("recognise", "recognize"),
    ],
)
def test_a_typists_slip_is_told(page, word):
    """Exchanged neighbours, letters doubled or single, and British forms are what a typist writes."""
    assert is_typists_slip(page, word)


@pytest.mark.parametrize(
    ("page", "word"),
    [("impreesion", "impression"), ("tbe", "the"), ("goverment", "government"), ("xhe", "the"), ("form", "force")],
)
def test_a_misreading_is_no_slip(page, word):
    """A letter misread or lost is the machine's, also where the wrong letter happens to double its neighbour."""
    assert not is_typists_slip(page, word)


@pytest.mark.parametrize(
    ("a", "b", "related"),
    [
        ("statement", "restatement", True),
        ("shifts", "shift", True),
        ("stated", "states", True),
        ("more", "here", False),
        ("form", "from", False),
        ("his", "this", False),
    ],
)
def test_one_stem(a, b, related):
    """A prefix or an ending alone parts words of one stem; words that merely look alike are of two."""
    assert one_stem(a, b) is related
    assert one_stem(b, a) is related


@pytest.mark.parametrize(
    ("token", "label"), [("4.", True), ("b)", True), ("(iii)", True), ("4", False), ("IL-28", False)]
)
def test_a_list_label_has_its_punctuation(token, label):
    """A bare figure or letter is no label: in running text it is a reading as any other."""
    assert is_label(token) is label


@pytest.mark.parametrize(
    ("word", "odd"), [("OUr", True), ("our", False), ("Our", False), ("OUR", False), ("US-led", False)]
)
def test_odd_capitals(word, odd):
    """Only capitals that no typist sets are odd: all capitals, and parts of a compound, are not."""
    assert odd_capitals(word) is odd
