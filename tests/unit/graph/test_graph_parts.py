"""The small parts that the graph is built with: own names, word places."""

from __future__ import annotations

import pytest
from graph_prose import STORY, parsed

from tracer.domain import Span
from tracer.evidence import mentions
from tracer.graph.houses import sources_named
from tracer.graph.places import Places


@pytest.mark.parametrize("outlet", [None, "Reuters", "Hollin Post"])
def test_sources_named_are_those_of_the_mentions(outlet: str | None) -> None:
    """Its own outlet is none of them."""
    text = f"HOLLIN (Reuters) — {STORY} The mayor told the Post. The bell is gone, according to the Associated Press."
    article = parsed("a", text, outlet)
    assert sources_named(article) == tuple(sorted({mention.source for mention in mentions(article)}))
    assert sources_named(article)


def test_places_are_those_of_the_words() -> None:
    """Any stretch, and every sentence."""
    article = parsed("a", STORY)
    places = Places({"a": article})
    for start in range(0, len(STORY), 7):
        span = Span(start, min(len(STORY), start + 23))
        assert places.within("a", span) == article.tokens.within(span)
    for sentence in range(len(article.split.sentences)):
        assert places.sentence("a", sentence) == article.words_of(sentence)
