"""TF-IDF rows and the search among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tracer.candidates import tfidf_vectors
from tracer.candidates.vectors import nearest_neighbours
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article

FERRY = "The ferry struck the Hollin breakwater before dawn and lost its bell."
BELL = "Divers raised the bell of the ferry from the Hollin breakwater."
CHEESE = "A cheesemaker in Dunmore has banned clocks from the ripening room."
GERMAN = "Der Käser von Dunmore verbannt alle Uhren aus dem Reiferaum."
DUTCH = "De kaasmaker van Dunmore verbant alle klokken uit de rijpkamer."


def parsed(*texts: str, language: str = "en") -> list[ParsedArticle]:
    return [parse_article(Article(str(place), text), language) for place, text in enumerate(texts)]


def cosines(articles: Sequence[ParsedArticle]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    vectors = tfidf_vectors(articles)
    found: np.ndarray[tuple[int, int], np.dtype[np.float64]] = (vectors @ vectors.T).toarray()
    return found


def test_rows_have_length_one_and_like_texts_lie_close() -> None:
    """A cosine of 1 with itself; more with an article on the same event than with a stranger."""
    table = cosines(parsed(FERRY, BELL, CHEESE))
    assert table.diagonal() == pytest.approx(1.0)
    assert table[0, 1] > table[0, 2]


def test_a_row_depends_on_its_article_alone_where_there_is_a_model() -> None:
    """Cosines of English articles do not move when others join."""
    alone = cosines(parsed(FERRY, BELL))
    joined = cosines(parsed(FERRY, BELL, CHEESE, FERRY))
    assert joined[:2, :2] == pytest.approx(alone, abs=1e-12)


def test_other_languages_are_weighted_by_the_articles_at_hand() -> None:
    """Without a model, what all articles of the language share weighs less; other languages do not interfere."""
    pair = cosines(parsed(GERMAN, GERMAN + " Uhren ticken.", language="xx"))
    mixed = [*parsed(GERMAN, GERMAN + " Uhren ticken.", language="xx"), *parsed(FERRY)]
    assert pair[0, 1] < 1
    assert cosines(mixed)[:2, :2] == pytest.approx(pair, abs=1e-12)


def test_quotations_and_boilerplate_do_not_count() -> None:
    """Two reports that share only a quotation are as far apart as without it."""
    quotation = " “Nobody rings a bell under water,” Ann Lee said."
    table = cosines(parsed(FERRY + quotation, CHEESE + quotation))
    bare = cosines(parsed(FERRY + " Ann Lee said.", CHEESE + " Ann Lee said."))
    assert table[0, 1] == pytest.approx(bare[0, 1], abs=1e-12)


def anybody(_row: int, _other: int) -> bool:
    return True


@pytest.mark.parametrize("texts", [(), ("",), ("", "…"), ("“All of it is quoted.”",), ("", FERRY)])
def test_articles_without_words_have_empty_rows(texts: tuple[str, ...]) -> None:
    """One row per article, whatever it holds."""
    vectors = tfidf_vectors(parsed(*texts))
    assert vectors.shape[0] == len(texts)
    assert list(nearest_neighbours(vectors, 0.1, 8, anybody)) == []


def test_rows_come_in_the_order_of_the_articles() -> None:
    """Languages are weighed apart and put back in place."""
    articles = [*parsed(GERMAN, language="xx"), *parsed(FERRY), *parsed(DUTCH, language="xy"), *parsed(FERRY)]
    table = cosines(articles)
    assert table[1, 3] == pytest.approx(1.0)
    assert table[0, 1] < 0.3


def test_nearest_neighbours_are_few_close_and_in_order() -> None:
    """At most so many of those let through, at least so close, ties to the smaller position, never itself."""
    vectors = tfidf_vectors(parsed(FERRY, FERRY, FERRY, CHEESE))
    found = [(row, other) for row, other, _ in nearest_neighbours(vectors, 0.9, 1, anybody)]
    assert found == [(0, 1), (1, 0), (2, 0)]
    assert [other for row, other, _ in nearest_neighbours(vectors, 0.9, 8, anybody) if row == 0] == [1, 2]
    assert [row for row, *_ in nearest_neighbours(vectors, 0.9, 1, lambda _row, other: other == 2)] == [0, 1]
