"""From editions to a model: the vocabulary, the sequences, and what a model says of itself."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_text import Edition
from corrigenda.language.build import build_language
from corrigenda.language.model import LanguageModel
from corrigenda.language.words import SPECIAL, model_words


def build(*editions: Edition, **options) -> LanguageModel:
    """A model of nothing but `editions`, hardly pruned."""
    options = {"least": (1, 1), "thresholds": (0.0, 0.0), **options}
    return build_language(editions, name="small", version="1", created="2025-01-01", **options)


def likelihood(model: LanguageModel, text: str) -> float:
    """The mean log-probability of the words of a text, as the beginning of a paragraph."""
    ids = np.concatenate([[1, 1], model.ids(model_words(text))]).astype(np.uint16)
    return float(model.log_probability(ids[:-2], ids[1:-1], ids[2:]).mean())


def test_a_model_foresees_what_it_has_read(edition):
    """The sentence as it stood is likelier than with its words in another order, and that than with unknown ones."""
    model = build(edition)
    said = likelihood(model, "Mr. Stevenson said that the U.S. proposal was dead.")
    assert said > likelihood(model, "said that Mr. Stevenson the dead U.S. was proposal.")
    assert said > likelihood(model, "Mr. Stevenson sald that thc U.S. proposal was dead.")


def test_words_met_once_are_the_unknown_ones(edition):
    """`found<number>` stands once for each number: the model knows the place, not the words."""
    model = build(edition)
    assert not any(word.startswith("found") for word in model.vocabulary)
    context = model.ids(["not"]), model.ids(["not"])
    after_not = model.log_probability(*context, np.zeros(1, np.uint16))[0]
    after_the = model.log_probability(model.ids(["that"]), model.ids(["the"]), np.zeros(1, np.uint16))[0]
    assert after_not > math.log(0.2)
    assert after_the < math.log(0.01)


def test_the_vocabulary_is_in_the_order_of_frequency_then_of_the_alphabet(edition):
    """Special words first; what was met equally often does not hang on the order of reading."""
    model = build(edition)
    assert model.vocabulary[: len(SPECIAL)] == SPECIAL
    assert model.vocabulary[len(SPECIAL)] == "the"
    backwards = replace(edition, documents=edition.documents[::-1])
    assert build(backwards).vocabulary == model.vocabulary


def test_words_may_be_kept_out(edition):
    """What a lexicon rejects as a misprint is no word, and lends its letters to no spelling either."""
    model = build(edition, without={"kuznetsov"})
    assert build(edition).known("kuznetsov")
    assert not model.known("kuznetsov")
    spelled = [m.spelling.log_probability("kuznetsov") for m in (build(edition), model)]
    assert spelled[0] > spelled[1] + 1


def test_paragraphs_titles_and_notes_are_sequences_of_their_own(edition):
    """A paragraph begins as paragraphs do, not as what would follow the one before."""
    model = build(edition)
    begin = model.ids(["<s>"])
    assert math.exp(model.log_probability(begin, begin, model.ids(["telegram"]))[0]) == pytest.approx(1 / 5, rel=0.1)
    end = model.log_probability(model.ids(["the"]), model.ids(["department"]), model.ids(["</s>"]))[0]
    assert math.exp(end) > 0.9


def test_a_model_says_what_it_was_made_of(edition):
    """Sources with their hashes and words, and how many n-grams it holds."""
    other = replace(edition, name="other", sha256="1" * 64, documents=edition.documents[:10])
    about = build(edition, other).about
    assert [(source.name, source.sha256[:1]) for source in about.sources] == [("made-up", "0"), ("other", "1")]
    texts = [t for d in other.documents for t in (d.title, *d.paragraphs, d.source_note, *d.footnotes)]
    assert about.sources[1].words == sum(len(model_words(text)) for text in texts)
    assert build(edition).about.ngrams == tuple(
        len(getattr(build(edition).tables, name)) for name in ("word_log", "bigram_key", "trigram_word")
    )


@pytest.mark.parametrize("documents", [0, 1], ids=["nothing", "one document"])
def test_too_little_text_is_refused(edition, documents):
    """A model of nothing would only be asked for nonsense later."""
    small = replace(edition, documents=edition.documents[:documents])
    with pytest.raises(BadInputError, match="too little text for a language model"):
        build(small, least=(1, 9))
    with pytest.raises(BadInputError, match="small: there is too little text"):
        build()
