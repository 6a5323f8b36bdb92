"""Pages of machines that make up names, weapons and figures."""

from __future__ import annotations

import pytest

from corrigenda.correct.fluent import fluent_probability, is_fluent, is_renamed
from corrigenda.edition.collate import collate

PLAIN = "the harbour was closed for winter and letter of sent to mission by ships list men old on"
NAMES = {"Kuznetsov": 400, "Khrushchev": 4000, "Adlai": 90, "Alistair": 9, "Ku": 9, "Al": 9, "Kh": 9}
FRAME = "The harbour was closed for winter and the letter of %s was sent to the mission of %s by ships."

LINE = "The harbour was closed for winter and the letter of %s was sent to the mission by ships."


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


MADE_UP = (("Alistair", "Adlai"), ("Khrushchev", "Kuznetsov"), ("K-23", "IL-28"))


@pytest.fixture(scope="session")
def page(make_document, make_edition):
    """A page of the lines of a letter, each with a word that the edition has otherwise, and ten lines like it."""

    def collated(*changes: tuple[str, str], lines: int = 10):
        ours, theirs = (
            "\n\n".join([*(LINE % change[side] for change in changes), *([LINE % "men"] * lines)]) for side in (0, 1)
        )
        return collate(make_document(ours), make_edition(*theirs.split("\n\n")))

    return collated


def test_three_that_are_made_up_tell_of_the_machine(page, words):
    """Two may be anything, and the same one again and again is one."""
    assert is_fluent(page(*MADE_UP), words)
    assert not is_fluent(page(*MADE_UP[:2]), words)
    assert not is_fluent(page(*MADE_UP[:2], *MADE_UP[:2]), words)


@pytest.mark.parametrize(
    "misread",
    [
        (("l7", "17"), ("3", "4"), ("8", "4"), ("1C", "10")),
        (("l2", "12"), ("24", "42"), ("1460", "1400"), ("i1", "14")),
        (("K-23", "K-28"), ("IL-23", "IL-28"), ("U-2", "U-3")),
        (("SH12", "IL-28"), ("1L", "K-23"), ("2B", "U-2")),
        (("Ku", "Adlai"), ("Al", "Kuznetsov"), ("Kh", "Alistair")),
    ],
)
def test_letters_and_figures_misread_are_not_made_up(page, words, misread: tuple[tuple[str, str], ...]):
    """Every engine misreads a figure, a letter of a designator, or all of a name but its first letters."""
    assert not is_fluent(page(*misread), words)


def test_a_page_that_is_misread_otherwise_was_read_letter_by_letter(page, words):
    """Words that are none, and figures, tell of noise: three beside three made up, or more than 1 % of all words."""
    noise = (("lettcr", "letter"), ("harhour", "harbour"), ("24", "42"))
    assert is_fluent(page(*MADE_UP, *noise[:2], lines=20), words)
    assert not is_fluent(page(*MADE_UP, *noise, lines=20), words)
    assert is_fluent(page(*MADE_UP, noise[0], lines=5), words)
    assert not is_fluent(page(*MADE_UP, noise[0], lines=0), words)


def test_the_less_agrees_around_the_less_it_is_believed(differences):
    """All eight words around give .99; words of one stem, and words beside others that are unlike, none."""
    (alone,) = differences(("list", "men"), ("old", "men"))
    assert fluent_probability(alone) == pytest.approx(0.99)
    (lost,) = differences(("men", "men"), ("men old", "men"))
    assert fluent_probability(lost) == pytest.approx(0.95)
    (stem,) = differences(("ship", "men"), ("ships", "men"))
    assert fluent_probability(stem) == 0
