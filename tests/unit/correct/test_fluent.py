"""Pages of machines that make up names, weapons and figures."""

from __future__ import annotations

import pytest

from corrigenda.correct.fluent import fluent_probability, is_fluent, is_renamed
from corrigenda.edition.collate import collate

PLAIN = "the harbour was closed for winter and letter of sent to mission by ships list men old on"
NAMES = {"Kuznetsov": 400, "Khrushchev": 4000, "Adlai": 90, "Alistair": 9}
FRAME = "The harbour was closed for winter and the letter of %s was sent to the mission of %s by ships."


@pytest.fixture(scope="session")
def words(make_words):
    """A lexicon with a few names."""
    return make_words(PLAIN, NAMES)


@pytest.fixture(scope="session")
def differences(make_document, make_edition):
    """The differences of a page that differs from its edition in two places."""

    def found(page: tuple[str, str], edition: tuple[str, str]):
        return collate(make_document(FRAME % page), make_edition(FRAME % edition)).differences

    return found


@pytest.mark.parametrize(
    ("page", "edition", "renamed"),
    [
        ("Alistair", "Kuznetsov", True),
        ("K-23", "IL-28", True),
        ("24", "42", True),
        ("Kuznetzov", "Kuznetsov", False),
        ("men", "old", False),
        ("Alistair and men", "Kuznetsov", False),
        ("men", "Kuznetsov", False),
        ("Xyz", "Kuznetsov", False),
    ],
)
def test_what_no_editor_exchanges(differences, words, page: str, edition: str, renamed: bool):
    """One known name for another that is unlike it, one designator or figure for another; nothing else."""
    (difference,) = differences((page, "men"), (edition, "men"))
    assert is_renamed(difference, words) is renamed


def test_two_of_them_tell_of_the_machine(differences, words):
    """One may be anything, and the same one twice is one; two different ones were made up."""
    assert not is_fluent(differences(("Alistair", "men"), ("Kuznetsov", "men")), words)
    assert not is_fluent(differences(("Alistair", "Alistair"), ("Kuznetsov", "Kuznetsov")), words)
    assert is_fluent(differences(("Alistair", "24"), ("Kuznetsov", "42")), words)


def test_the_less_agrees_around_the_less_it_is_believed(differences):
    """All eight words around give .99; words of one stem, and words beside others that are unlike, none."""
    (alone,) = differences(("list", "men"), ("old", "men"))
    assert fluent_probability(alone) == pytest.approx(0.99)
    (lost,) = differences(("men", "men"), ("men old", "men"))
    assert fluent_probability(lost) == pytest.approx(0.95)
    (stem,) = differences(("ship", "men"), ("ships", "men"))
    assert fluent_probability(stem) == 0
