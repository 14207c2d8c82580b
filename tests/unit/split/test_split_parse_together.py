"""Parsing many articles at once gives what parsing each alone gives."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article, parse_articles
from tracer.text import background

TEXTS = [
    "",
    "Ash fell.",
    "“We will mend the sluice by Friday,” said Orla Finch, who keeps it. Nobody in Hollin had asked.",
    "Der Nebel über dem Hafen löste sich erst gegen Mittag auf, und die Fähre nach Wick blieb im Dock.",
    "The ferry to Wick stayed in dock for a third day, harbour officials said on Tuesday.\n\n(Grimsey Press Agency)",
]


def same(one: ParsedArticle, other: ParsedArticle) -> bool:
    """Whether all fields are the same, arrays by value."""
    arrays = ("classes", "sentence_of", "surprisal", "model_places")
    return (
        one.split == other.split
        and one.tokens.words == other.tokens.words
        and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
    )


@pytest.mark.parametrize("language", [None, "en", "xx"])
def test_together_is_as_alone(language: str | None) -> None:
    """In their order, in any company, languages with and without a model mixed."""
    articles = [Article(str(place), text) for place, text in enumerate([*TEXTS, *reversed(TEXTS)])]
    together = parse_articles(articles, language)
    assert [entry.id for entry in together] == [article.id for article in articles]
    assert all(same(entry, parse_article(article, language)) for entry, article in zip(together, articles, strict=True))
    assert parse_articles([]) == []


def test_what_the_model_says_is_of_the_whole_text() -> None:
    """Surprisal and place, one of each a word; none where the language has no model."""
    model = background("en")
    assert model is not None
    known, foreign = parse_articles([Article("a", TEXTS[2])], "en") + parse_articles([Article("b", TEXTS[2])], "xx")
    assert known.surprisal.tolist() == (-model.log_probabilities(known.tokens.ids)).tolist()
    assert known.surprisal.min() >= 0
    assert known.model_places.tolist() == model.places(known.tokens.ids).tolist()
    assert len(foreign.surprisal) == len(foreign.model_places) == 0


def test_nothing_waits_for_garbage_collection() -> None:
    """What is read of an article is freed with it: among millions, whatever waited would fill the memory."""
    articles = [Article(str(place), text) for place, text in enumerate(TEXTS)]
    parse_articles(articles)
    gc.collect()
    gc.disable()
    try:
        parse_articles(articles)
        assert gc.collect() == 0
    finally:
        gc.enable()
