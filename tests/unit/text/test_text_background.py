"""The background model: how ordinary words and runs of words are."""

from __future__ import annotations

import numpy as np
import pytest

from tracer.text import Background, background, tokenise

COMMON = "the prime minister said on monday that the government would not"
ODD = "eleven heron barrels squinted beneath zxqvian cooperage"


@pytest.fixture
def model() -> Background:
    found = background("en")
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["", "xx", "de/../en", "../data/en", "e1", "EN\x00"])
def test_a_language_without_a_model_has_none(language: str) -> None:
    """Nothing is guessed, and no path is followed."""
    assert background(language) is None


@pytest.mark.parametrize("text", ["", "the", "zxqvian", COMMON, ODD, "the " * 50, f"{COMMON} {ODD}"])
def test_every_probability_lies_below_one(model: Background, text: str) -> None:
    """Log probabilities are negative and finite, one per word; rarity is at least 1."""
    ids = tokenise(text).ids
    logs = model.log_probabilities(ids)
    assert logs.shape == ids.shape == model.word_log_probabilities(ids).shape
    assert (logs < 0).all()
    assert np.isfinite(logs).all()
    assert (model.rarity(ids) >= 1).all()


def test_known_runs_surprise_less_than_odd_ones(model: Background) -> None:
    """An everyday phrase is likelier than invented words, and likelier in its order than backwards."""
    common, odd = (model.log_probabilities(tokenise(text).ids).mean() for text in (COMMON, ODD))
    backwards = model.log_probabilities(tokenise(" ".join(reversed(COMMON.split()))).ids).mean()
    assert common > backwards > odd


def test_an_unknown_word_is_the_rarest(model: Background) -> None:
    """It counts zero times and stands in no document."""
    the, unknown = model.rarity(tokenise("the zxqvian").ids).tolist()
    assert model.count(tokenise("zxqvian").ids).tolist() == [0.0]
    assert the < 2 < unknown == pytest.approx(np.log(1 + model.documents) + 1)


def test_context_helps_where_words_go_together(model: Background) -> None:
    """A word is likelier after its usual neighbours than alone, and likelier alone than after strangers."""
    alone = model.word_log_probabilities(tokenise("minister").ids)[-1]
    usual = model.log_probabilities(tokenise("the prime minister").ids)[-1]
    strange = model.log_probabilities(tokenise("heron barrels minister").ids)[-1]
    assert usual > alone > strange


def test_a_frequent_word_is_likelier_than_a_rare_one(model: Background) -> None:
    """Whatever stands around them; an unknown word counts as seen once."""
    the, minister, unknown = model.word_log_probabilities(tokenise("the minister zxqvian").ids).tolist()
    assert 0 > the > minister > unknown == pytest.approx(-np.log(model.total))


def test_the_model_holds_no_text(model: Background) -> None:
    """Only sorted hashes and counts that go with them."""
    for keys, values in (
        (model.words, model.counts),
        (model.words, model.frequencies),
        (model.bigrams, model.bigram_logs),
        (model.trigrams, model.trigram_logs),
    ):
        assert len(keys) == len(values)
        assert (keys[:-1] < keys[1:]).all()
    assert (model.frequencies <= model.documents).all()
