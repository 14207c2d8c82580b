"""Whether two articles share a rare shingle: the quick answer is the thorough one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tracer.candidates import rare_shingles
from tracer.candidates.sharing import UsableShingles, share_rare_shingle
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article

ODD = "Eleven heron barrels drifted beneath Hollin cooperage."
COMMON = "It was the first time in a year that so many of them had been there at the same time."
TEXTS = [
    "",
    "Five words are too few.",
    ODD,
    f"{ODD} {ODD}",
    f"{COMMON} {ODD}",
    COMMON,
    f"He said: “{ODD}” {COMMON}",
    f"{ODD}\n\n{COMMON}\n\nNobody in the village had expected barrels from that side.",
    f"{COMMON} {COMMON} Nobody in the village had expected barrels from that side.",
]


def parsed(language: str) -> Sequence[ParsedArticle]:
    articles = [parse_article(Article(str(place), text), language) for place, text in enumerate(TEXTS)]
    return [*articles, parse_article(Article("t", TEXTS[-2], title=ODD.rstrip(".")), language)]


@pytest.mark.parametrize("language", ["en", "xx"])
@pytest.mark.parametrize("least", [0.0, 20.0, 25.0, 30.0, 60.0])
def test_a_few_shingles_tell_what_all_would(language: str, least: float) -> None:
    """Against both sets of rare shingles, for every pair and on every level."""
    articles = parsed(language)
    rare = [set(rare_shingles(article, least).hashes.tolist()) for article in articles]
    usable = [UsableShingles.of(article) for article in articles]
    for left, ours in enumerate(usable):
        for right, theirs in enumerate(usable):
            assert share_rare_shingle(ours, theirs, least) is bool(rare[left] & rare[right])


@pytest.mark.parametrize("least", [20.0, 25.0, 30.0])
def test_rare_ones_are_found_among_those_asked_for(least: float) -> None:
    """Each alone, all together, and none; a hash that is not there is not rare."""
    for article in parsed("en"):
        expected = rare_shingles(article, least).hashes
        shingles = UsableShingles.of(article)
        assert shingles.rare_among(shingles.distinct, least).tolist() == expected.tolist()
        for wanted in shingles.distinct:
            found = shingles.rare_among(np.array([wanted]), least)
            assert found.tolist() == ([int(wanted)] if wanted in expected else [])
        assert not len(shingles.rare_among(np.empty(0, np.uint64), least))
        assert not len(shingles.rare_among(np.array([1], np.uint64), least))
