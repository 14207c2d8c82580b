"""TF-IDF rows, and how rare words are in languages without a model."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from tracer.candidates import Rarities, cosine, counted_words, tfidf_row
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article
from tracer.text import background, word_id

FERRY = "The ferry struck the Hollin breakwater before dawn and lost its bell."
BELL = "Divers raised the bell of the ferry from the Hollin breakwater."
CHEESE = "A cheesemaker in Dunmore has banned clocks from the ripening room."
GERMAN = "Der Käser von Dunmore verbannt alle Uhren aus dem Reiferaum."
DUTCH = "De kaasmaker van Dunmore verbant alle klokken uit de rijpkamer."


def parsed(*texts: str, language: str = "en") -> list[ParsedArticle]:
    return [parse_article(Article(str(place), text), language) for place, text in enumerate(texts)]


def cosines(articles: Sequence[ParsedArticle]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    rarities = Rarities.of(articles)
    rows = [tfidf_row(article, rarities) for article in articles]
    return np.array([[cosine(row, other) for other in rows] for row in rows])


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


@pytest.mark.parametrize("text", ["", "…", "“All of it is quoted.”"])
@pytest.mark.parametrize("language", ["en", "xx"])
def test_articles_without_words_have_empty_rows(text: str, language: str) -> None:
    """No words, no weights, and a cosine of 0 with anything."""
    (empty,) = parsed(text, language=language)
    row = tfidf_row(empty, Rarities.of([empty]))
    assert len(row[0]) == len(row[1]) == 0
    (other,) = parsed(FERRY)
    assert cosine(row, tfidf_row(other, Rarities.of([other]))) == 0.0


def test_a_row_is_sublinear_tf_times_idf() -> None:
    """Against the definition, word by word; sorted by word id."""
    (article,) = parsed("Herring, herring, herring in every barrel in Hollin.")
    words, weights = tfidf_row(article, Rarities({}))
    model = background("en")
    assert model is not None
    raw = {}
    for word, count in Counter(article.tokens.words).items():
        raw[word_id(word)] = (1 + math.log(count)) * float(model.rarity(np.array([word_id(word)], np.uint64))[0])
    length = math.sqrt(sum(weight**2 for weight in raw.values()))
    assert words.tolist() == sorted(raw)
    assert weights.tolist() == pytest.approx([raw[word] / length for word in sorted(raw)])


def test_rarities_of_parts_are_those_of_the_whole() -> None:
    """Counts of parts of a corpus add up, in any order; a language with a model is not counted."""
    articles = [*parsed(GERMAN, GERMAN + " Uhren ticken.", "", language="xx"), *parsed(DUTCH, language="xy")]
    articles += parsed(FERRY)
    whole = Rarities.of(articles)
    parts = [part for place in (3, 0, 4, 2, 1) for part in counted_words([articles[place]])]
    merged = Rarities.merged(parts)
    assert whole.counted.keys() == merged.counted.keys() == {"xx", "xy"}
    for language, counts in whole.counted.items():
        assert counts.articles == merged.counted[language].articles
        assert counts.words.tolist() == merged.counted[language].words.tolist()
        assert counts.counts.tolist() == merged.counted[language].counts.tolist()
    assert whole.counted["xx"].articles == 3


def test_rarity_without_a_model_is_the_smoothed_idf() -> None:
    """ln((1 + N) / (1 + df)) + 1; a word never met counts as standing in no article; so does any of no articles."""
    articles = parsed(GERMAN, GERMAN + " Uhren ticken.", language="xx")
    words = np.array([word_id(word) for word in ("uhren", "ticken", "fähre")], dtype=np.uint64)
    expected = [math.log(3 / (1 + df)) + 1 for df in (2, 1, 0)]
    assert Rarities.of(articles).of_words("xx", words).tolist() == pytest.approx(expected)
    assert Rarities.of([]).of_words("xx", words).tolist() == [1.0, 1.0, 1.0]


def test_rows_come_in_the_order_of_the_articles() -> None:
    """Languages are weighed apart and put back in place."""
    articles = [*parsed(GERMAN, language="xx"), *parsed(FERRY), *parsed(DUTCH, language="xy"), *parsed(FERRY)]
    table = cosines(articles)
    assert table[1, 3] == pytest.approx(1.0)
    assert table[0, 1] < 0.3
