"""A lexicon and a language model with gaps, as they have for texts of another field."""

from __future__ import annotations

from corrigenda.learn.forgetting import forget

RARE = {f"{a}{b}ndle": 40 for a in "bcdfghjklm" for b in "aeiou"}


def test_a_share_of_the_rarer_words_is_forgotten(make_words, harbour_language):
    """About so many as were asked for, and never a word that every text has."""
    words = make_words("", {**RARE, "the": 90_000, "of": 2001})
    gapped, _ = forget(words, harbour_language, share=0.5)
    left = [word for word in RARE if gapped.count(word)]
    assert 0.25 * len(RARE) < len(left) < 0.75 * len(RARE)
    assert (gapped.count("the"), gapped.count("of")) == (90_000, 2001)
    assert all(words.count(word) for word in RARE)


def test_the_same_words_are_forgotten_each_time(make_words, harbour_language):
    """Which ones hangs on the words alone, so that a model is learned alike everywhere."""
    one, two = (forget(make_words("", RARE), harbour_language, share=0.5)[0] for _ in "ab")
    assert one.lexicon.entries == two.lexicon.entries


def test_the_language_model_forgets_what_the_lexicon_forgets(make_words, harbour_language):
    """And nothing else: a word that is no longer known there is an unknown one here."""
    gapped_words, gapped = forget(make_words("harbour winter closed consul letter ships"), harbour_language, share=0.5)
    for word in ("harbour", "winter", "closed", "consul", "letter", "ships"):
        assert gapped.known(word) == bool(gapped_words.count(word))
    assert gapped.known("mission")
    assert len(gapped.vocabulary) == len(harbour_language.vocabulary)


def test_nothing_is_forgotten_where_nothing_is_to_be(make_words, harbour_language):
    """A share of nothing leaves both as they were."""
    words = make_words("", RARE)
    gapped, language = forget(words, harbour_language, share=0.0)
    assert gapped.lexicon.entries == words.lexicon.entries
    assert language.vocabulary == harbour_language.vocabulary
