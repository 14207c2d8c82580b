"""One story: pure, seeded, independent of order."""

from __future__ import annotations

from itertools import combinations

import pytest

from tracer.candidates import CandidatePair
from tracer.domain import Article
from tracer.evidence import Kind
from tracer.split import ParsedArticle, parse_article
from tracer.story import StorySettings, compare_candidates, trace_story

STORY = (
    "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell. "
    "Divers from two villages quarrelled over the wreck while the harbour master hid his only winch."
)
CLOCKS = "A cheesemaker in Dunmore has banned every clock from the ripening room after losing a wager to the mayor."


@pytest.fixture
def articles() -> list[ParsedArticle]:
    texts = {"a": STORY, "b": f"{CLOCKS} {STORY}", "c": CLOCKS, "d": "Snow fell."}
    return [parse_article(Article(name, text), "en") for name, text in texts.items()]


def all_pairs(size: int) -> list[CandidatePair]:
    return [CandidatePair(left, right, 0.5) for left, right in combinations(range(size), 2)]


def test_pairs_that_share_nothing_are_left_out(articles: list[ParsedArticle]) -> None:
    """A candidate is no finding: only pairs with a kind of link come back, in the order given."""
    found = compare_candidates(articles, all_pairs(4))
    assert [(entry.left, entry.right) for entry in found] == [("a", "b"), ("b", "c")]
    assert all(entry.kind.verdict is not Kind.NONE for entry in found)
    assert found[0].cosine == 0.5


def test_a_story_does_not_depend_on_the_order_of_its_articles(articles: list[ParsedArticle]) -> None:
    """Articles come back sorted by id; the graph is equal."""
    found = compare_candidates(articles, all_pairs(4))
    forwards, backwards = trace_story(articles, found), trace_story(reversed(articles), found[::-1])
    assert list(forwards.articles) == list(backwards.articles) == ["a", "b", "c", "d"]
    assert forwards.graph == backwards.graph


def test_a_story_of_one_article_is_that_article(articles: list[ParsedArticle]) -> None:
    """No pair, no edge, all of it its own."""
    story = trace_story(articles[:1], [])
    assert story.graph.edges == story.graph.sources == story.graph.claims == ()
    assert story.graph.accounts["a"].original == 1


@pytest.mark.parametrize(("seed", "problems"), [(0, 0), (7, 0), (-1, 1)])
def test_a_seed_must_not_be_negative(seed: int, problems: int) -> None:
    """One sentence when it is."""
    assert len(StorySettings(seed).problems()) == problems
