"""What is remembered about an article: once worked out, never mixed up, and not without bound."""

from __future__ import annotations

from tracer.align.remembered import MOST_ARTICLES, once_per_article
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article


def test_a_fact_is_worked_out_once_per_article() -> None:
    """Equal articles are told apart by identity; two functions do not share their facts."""
    asked: list[str] = []

    @once_per_article
    def length(parsed: ParsedArticle) -> int:
        """How many words it has."""
        asked.append(parsed.id)
        return len(parsed.tokens)

    @once_per_article
    def name(parsed: ParsedArticle) -> str:
        return parsed.id

    one, other = (parse_article(Article("a", "Snow fell on Wick."), "en") for _ in range(2))
    assert [length(one), length(one), length(other), name(one)] == [4, 4, 4, "a"]
    assert asked == ["a", "a"]
    assert length.__doc__ == "How many words it has."


def test_old_articles_are_forgotten() -> None:
    """Only so many articles are held; an early one is worked out again, with the same result."""
    asked: list[str] = []

    @once_per_article
    def words(parsed: ParsedArticle) -> tuple[str, ...]:
        asked.append(parsed.id)
        return parsed.tokens.words

    articles = [parse_article(Article(f"{number}", f"goat {number}"), "en") for number in range(MOST_ARTICLES + 1)]
    found = [words(article) for article in articles]
    assert found == [("goat", str(number)) for number in range(MOST_ARTICLES + 1)]
    assert words(articles[-1]) == found[-1]
    assert len(asked) == MOST_ARTICLES + 1
    assert words(articles[0]) == found[0]
    assert len(asked) == MOST_ARTICLES + 2
