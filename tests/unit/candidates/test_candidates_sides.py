"""What confirming asks of each article."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from tracer.candidates import (
    CandidateSettings,
    Rarities,
    confirm,
    confirm_sides,
    cosine,
    rare_shingles,
    sides_of,
    tfidf_row,
)
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_articles

SETTINGS = CandidateSettings()
LEAST = SETTINGS.least_surprisal
TEXTS = [
    "The ferry to Port Ellen was cancelled on Monday because a swan had nested in the engine room, its owner said.",
    "“The swan will stay,” Ann Lee said. The ferry to Port Ellen was cancelled on Monday because a swan had nested.",
    "Der Schwan bleibt, sagte Anna Lee am Montag. Die Fähre nach Port Ellen fährt nicht, weil der Schwan brütet.",
    "Die Fähre nach Port Ellen fährt nicht, weil der Schwan brütet, und der Schwan bleibt bis zum Sommer.",
    "",
]


@pytest.fixture(name="parsed")
def articles() -> list[ParsedArticle]:
    """Some in a language with a model, some in one without, and one without words."""
    return parse_articles(
        Article(str(place), text, outlet=f"Echo {place}", language=language)
        for place, (text, language) in enumerate(zip(TEXTS, ["en", "en", "de", "de", "en"], strict=True))
    )


def test_a_side_is_what_was_read_out_of_its_article_alone(parsed: list[ParsedArticle]) -> None:
    """Made together or one by one, kept on disk or not."""
    for entry, side in zip(parsed, sides_of(parsed, LEAST), strict=True):
        shingles = rare_shingles(entry, LEAST)
        (alone,) = sides_of([entry], LEAST)
        for same in (side, alone, pickle.loads(pickle.dumps(side))):  # noqa: S301 - just made
            assert same.shingles.hashes.tolist() == shingles.hashes.tolist()
            assert same.shingles.quoted.tolist() == shingles.quoted.tolist()
            assert same.terms[1].tolist() == side.terms[1].tolist()
            assert same.place == side.place
            assert same.language == entry.split.language


def test_rows_weigh_words_as_the_corpus_does(parsed: list[ParsedArticle]) -> None:
    """Also where the side was made before anything was known of the corpus."""
    rarities = Rarities.of(parsed)
    assert {entry.split.language for entry in parsed} >= {"de", "en"}
    for entry, side in zip(parsed, sides_of(parsed, LEAST), strict=True):
        words, weights = tfidf_row(entry, rarities)
        row = side.row(rarities)
        assert row[0].tolist() == words.tolist()
        assert np.allclose(row[1], weights, rtol=0, atol=1e-12)
        assert cosine(row, row) == (1.0 if len(words) else 0.0)


def test_articles_and_their_sides_are_confirmed_alike(parsed: list[ParsedArticle]) -> None:
    """Pairs, cosines and versions."""
    pairs = [(left, right) for right in range(len(parsed)) for left in range(right)]
    sides = dict(enumerate(sides_of(parsed, LEAST)))
    found = confirm_sides(sides, pairs, SETTINGS, Rarities.of(parsed))
    assert found == confirm(parsed, pairs, SETTINGS)
    assert {(pair.left, pair.right) for pair in found.pairs} >= {(0, 1), (2, 3)}
    assert found.places() >= {0, 1, 2, 3}
    assert found.places().isdisjoint({4})
