"""Edges between articles, sentence parents, accounts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from graph_prose import ASIDE, CHAIN, CLOCKS, COMMON, ONE, SNOW, STORY, THREE, TWO, edges, parsed, traced

from tracer.align import Member
from tracer.domain import Article, Precision, Published
from tracer.evidence import Direction, compare, shipped_weights
from tracer.graph import CreditStatus
from tracer.graph.lineage import article_edges, resolved_descents, shared_words
from tracer.graph.owned import owned, remembering_owners
from tracer.graph.witnesses import version_descents, with_third_witnesses
from tracer.split import ParsedArticle, parse_article
from tracer.story import StoryTrace


@pytest.fixture(scope="module")
def chain() -> StoryTrace:
    """A copy of a copy."""
    return traced(*CHAIN)


def test_a_transitive_edge_is_explained_away(chain: StoryTrace) -> None:
    """The third is derived from the first, but has everything by way of the second."""
    directions = {(entry.left, entry.right): entry.direction for entry in chain.graph.comparisons}
    assert directions["a", "b"] is directions["b", "c"] is Direction.LEFT
    assert edges(chain.graph, "draws_on") == [("a", "b"), ("b", "c")]


def test_a_second_parent_is_kept_where_it_explains_more() -> None:
    """Words that the nearer ancestor lacks keep the farther edge."""
    third = f"{THREE} {SNOW} The Hollin Post added."
    story = traced(
        parsed("a", f"{ONE} {SNOW}", "Hollin Post"), parsed("b", TWO, "Dunmore Echo"), parsed("c", third, "Wick Times")
    )
    assert edges(story.graph, "draws_on") == [("a", "b"), ("a", "c"), ("b", "c")]


def test_no_edge_closes_a_circle() -> None:
    """Three papers that each credit the one before: of the ring of descents the least sure one gives way."""
    outlets = {"a": "Hollin Post", "b": "Dunmore Echo", "c": "Wick Times"}
    credited = {"a": "c", "b": "a", "c": "b"}
    articles = {
        name: parsed(name, f"{STORY} The {outlets[credited[name]]} reported.", outlets[name]) for name in outlets
    }
    found = [compare(articles[left], articles[right], 1.0) for left, right in ("ab", "ac", "bc")]
    ring = resolved_descents(articles, found)
    assert {(entry.source, entry.target) for entry in ring} == {("a", "b"), ("b", "c"), ("c", "a")}
    assert len(article_edges(articles, ring)) == 2


def test_shared_words_are_counted_per_side() -> None:
    """Positions on the side asked for, quotations left out."""
    left, right = parsed("a", f"{CLOCKS} {STORY}"), parsed("b", STORY)
    found = compare(left, right, 1.0)
    articles = {"a": left, "b": right}
    assert shared_words(articles, found, "b") == frozenset(range(len(right.tokens)))
    assert min(shared_words(articles, found, "a")) == len(parsed("x", CLOCKS).tokens)


def test_descents_run_from_source_to_target(chain: StoryTrace) -> None:
    """Sorted by target, with P(upstream) of the pair's verdict; the ends of the chain, looked at alone, stay open."""
    found = resolved_descents(chain.articles, chain.graph.comparisons)
    assert [(entry.source, entry.target) for entry in found] == [("a", "b"), ("b", "c")]
    assert all(0.8 < entry.p_upstream <= 1 and 0 < entry.p_direct < 1 for entry in found)


def test_sentences_have_parents(chain: StoryTrace) -> None:
    """A copied sentence comes from its source, one's own sentence from the article itself."""
    parents = chain.graph.parents
    assert parents[Member("b", 0)][0].source == "a"
    assert Member("a", 0) not in parents
    added = next(index for index, one in enumerate(chain.articles["b"].split.sentences) if "cheese" in one.span.of(TWO))
    assert Member("b", added) not in parents
    assert parents[Member("c", added)][0].source == "b"


def test_an_account_tells_whose_words_an_article_holds(chain: StoryTrace) -> None:
    """All of the first is its own; what the second added is its own; the third has next to nothing."""
    accounts = chain.graph.accounts
    assert accounts["a"].original == 1
    assert accounts["a"].status is CreditStatus.NONE
    assert accounts["c"].original < accounts["b"].original < 0.6
    assert accounts["b"].lineage == pytest.approx(1 - accounts["b"].original)


def test_a_credit_that_resolved_the_direction_is_a_credit_kept(chain: StoryTrace) -> None:
    """``The Hollin Post reported`` settles whose words they are, so the copy cannot have stripped its credit."""
    assert chain.graph.accounts["b"].status is CreditStatus.KEPT


def test_nobody_is_said_to_strip_credit_while_the_direction_is_open() -> None:
    """One of two equal texts may well be the first."""
    accounts = traced(parsed("a", STORY), parsed("b", STORY)).graph.accounts
    assert CreditStatus.STRIPPED not in {account.status for account in accounts.values()}


@pytest.mark.parametrize(
    ("credit", "status"),
    [
        ("HOLLIN, May 2 (AP) — ", CreditStatus.KEPT),
        ("HOLLIN, May 2 (UPI) — ", CreditStatus.ALTERED),
        ("", CreditStatus.STRIPPED),
    ],
)
def test_what_became_of_a_credit(credit: str, status: CreditStatus) -> None:
    """A copy of an agency's article that names it, names another, or names nobody."""
    copy = credit + STORY.replace("northern", "northren").replace("A goat", "An goat")
    story = traced(parsed("a", STORY, "Associated Press"), parsed("b", copy, "Hollin Post"))
    assert ("a", "b") in edges(story.graph, "draws_on")
    assert story.graph.accounts["b"].status is status


def test_siblings_of_a_seen_parent_are_judged_again() -> None:
    """Two copies of one article are no parent of each other: the third article is their common source."""
    first = parsed("a", STORY, "Hollin Post")
    copies = [
        parsed(name, f"{STORY.replace('northern', change)} The Hollin Post reported.", outlet)
        for name, change, outlet in (("b", "northren", "Dunmore Echo"), ("c", "northern", "Wick Times"))
    ]
    story = traced(first, *copies)
    between = next(entry for entry in story.graph.comparisons if (entry.left, entry.right) == ("b", "c"))
    assert between.direction is Direction.COMMON
    assert between.descent is not None
    assert "third_witness" in {clue.name for clue in between.descent.origin.clues}
    assert edges(story.graph, "draws_on") == [("a", "b"), ("a", "c")]


def test_without_a_third_article_nothing_is_judged_again() -> None:
    """The comparisons come back as they were."""
    story = traced(*COMMON)
    before = list(story.graph.comparisons)
    assert with_third_witnesses(story.articles, before, [], shipped_weights()) == before


def dated(name: str, text: str, day: int) -> ParsedArticle:
    when = Published(datetime(2022, 5, day, tzinfo=UTC), Precision.DAY)
    return parse_article(Article(name, text, outlet="Hollin Post", published=when), "en")


def test_an_update_descends_from_the_earlier_version() -> None:
    """By date; versions that no dates order descend from nobody."""
    left, right = dated("a", STORY, 2), dated("b", f"{STORY} {ASIDE}", 1)
    (update,) = version_descents({"a": left, "b": right}, [compare(left, right, 1.0)])
    assert (update.source, update.target) == ("b", "a")
    left, right = parsed("a", STORY, "Hollin Post"), parsed("b", f"{STORY} {ASIDE}", "Hollin Post")
    assert version_descents({"a": left, "b": right}, [compare(left, right, 1.0)]) == []


def test_owners_are_remembered_for_a_story_and_no_longer(chain: StoryTrace) -> None:
    """Inside the block a pair is asked once; outside anew, with the same answer, and nothing is held."""
    articles = {entry.id: entry for entry in CHAIN}
    pair = chain.graph.comparisons[0]
    with remembering_owners():
        known = owned(articles, pair)
        assert owned(articles, pair) is known
        swapped = {**articles, pair.left: parsed(pair.left, "Other words stand here.")}
        assert owned(swapped, pair).left is swapped[pair.left]
    assert owned(articles, pair) is not known
    assert owned(articles, pair).owners == known.owners
