"""Each id of a stream once: the streaming choice against its plain definition."""

from __future__ import annotations

import tracemalloc
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article, SkippedArticle
from tracer.read import UniqueArticles
from tracer.read.content import content_digest

ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.sampled_from(["q1", "q2", "q\ud800"]),
        text=st.sampled_from(["The ferry stays.", "The ferry goes.", "The ferry sinks."]),
        path=st.sampled_from(["a.jsonl", "b.jsonl"]),
        line=st.none() | st.integers(1, 3),
    ),
    max_size=30,
)
ALLOWED_PER_ARTICLE = 240


def rank(numbered: tuple[int, Article]) -> tuple[bytes, str, int, int]:
    number, article = numbered
    return content_digest(article), article.path, article.line or 0, number


def plain(articles: list[Article]) -> tuple[list[int], list[SkippedArticle]]:
    """Of each id the article of lowest rank; the others are skips that name it."""
    kept, skipped = [], []
    by_id = sorted(enumerate(articles), key=lambda numbered: numbered[1].id)
    for id_, group in groupby(by_id, key=lambda numbered: numbered[1].id):
        (number, winner), *losers = sorted(group, key=rank)
        kept.append(number)
        place = f"{winner.path}:{winner.line}" if winner.line else winner.path
        same = f"is a duplicate of {id_!r} at {place}: same id, same content"
        other = (
            f"has the id {id_!r}, which {place} has with other content; that one is kept. "
            "Give each article an id of its own"
        )
        for _, loser in losers:
            reason = same if content_digest(loser) == content_digest(winner) else other
            skipped.append(SkippedArticle(loser.path, loser.line or 0, reason))
    return sorted(kept), sorted(skipped)


def streamed(articles: list[Article]) -> tuple[list[int], list[SkippedArticle]]:
    unique = UniqueArticles()
    passed = [number for number, article in enumerate(articles) if unique.offer(article, number)]
    withdrawn = unique.withdrawn()
    assert set(withdrawn) <= set(passed)
    assert withdrawn == sorted(set(withdrawn))
    return [number for number in passed if number not in withdrawn], sorted(unique.skips())


@given(ARTICLES)
def test_as_defined(articles: list[Article]) -> None:
    """The same articles stay, and the same skips say why the others do not."""
    assert streamed(articles) == plain(articles)


@given(st.data(), ARTICLES)
def test_order_does_not_matter(data: st.DataObject, articles: list[Article]) -> None:
    """Content and place decide."""
    shuffled = data.draw(st.permutations(articles))
    kept, skipped = streamed(articles)
    again, skipped_again = streamed(shuffled)
    assert {articles[number].id: articles[number] for number in kept} == {
        shuffled[number].id: shuffled[number] for number in again
    }
    assert skipped == skipped_again


def test_nothing_is_withdrawn_without_conflict() -> None:
    """The usual stream: all ids differ, or the same article comes twice in the order of its places."""
    articles = [Article(f"q{number}", "The ferry stays.", path="a.jsonl", line=number + 1) for number in range(9)]
    assert streamed([*articles, articles[0]])[0] == list(range(9))
    assert streamed([]) == ([], [])


def test_memory_per_article() -> None:
    """No text, no id and no article is held."""
    unique = UniqueArticles()
    count, path = 20_000, "a.jsonl"
    tracemalloc.start()
    for number in range(count):
        assert unique.offer(Article(f"quill-bay-post-{number:09}", "The ferry stays.", path=path, line=number), number)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < ALLOWED_PER_ARTICLE * count
