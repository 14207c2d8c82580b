"""What must hold for any newsroom, traced whole."""

from __future__ import annotations

import math
from random import Random

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from newsroom_strategies import FEW, newsrooms

from tracer.domain import Article
from tracer.pipeline import Settings, Trace, trace

ONE_JOB = Settings(jobs=1)
STRANGER = Article(
    "m",
    "Trombones were carried home under blankets while snow lay nine days upon a bandstand nobody had swept. "
    "Its conductor, asked about spring, recommended mittens.",
    outlet="Larne Gazette",
    language="en",
)
"""Shares no run of words with anything the strategies compose; its id falls behind the others."""


def essence(result: Trace) -> list[object]:
    return [(list(story.articles), story.graph) for story in result.stories]


@FEW
@given(newsrooms(), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_twice_is_the_same(articles: list[Article], draw: Random) -> None:
    """The same articles give the same trace, in whatever order they come."""
    once = essence(trace(articles, ONE_JOB))
    assert essence(trace(articles, ONE_JOB)) == once
    shuffled = list(articles)
    draw.shuffle(shuffled)
    assert essence(trace(shuffled, ONE_JOB)) == once


@FEW
@given(newsrooms())
def test_a_stranger_changes_nothing_for_the_others(articles: list[Article]) -> None:
    """Comparisons, sources, edges and claims stay as they were, to the last digit."""
    before = trace(articles, ONE_JOB)
    after = trace([*articles, STRANGER], ONE_JOB)
    assert [entry for entry in essence(after) if entry != essence(trace([STRANGER], ONE_JOB))[0]] == essence(before)
    assert after.version_of == before.version_of


@FEW
@given(newsrooms())
def test_graphs_are_sound(articles: list[Article]) -> None:
    """No cycle, known nodes, unique ids; origins within their carriers; accounts sum to one; spans inside the texts."""
    result = trace(articles, ONE_JOB)
    for story in result.stories:
        graph = story.graph
        assert nx.is_directed_acyclic_graph(nx.DiGraph([(edge.source, edge.target) for edge in graph.edges]))
        sources = [source.id for source in graph.sources]
        assert len(sources) == len(set(sources))
        assert {edge.target for edge in graph.edges} | {edge.source for edge in graph.edges} <= {
            *story.articles,
            *sources,
        }
        for claim in graph.claims:
            assert 1 <= claim.low <= claim.high <= len(claim.family.articles)
            assert 1 <= claim.origins <= len(claim.family.articles)
        assert len({claim.id for claim in graph.claims}) == len(graph.claims)
        for account in graph.accounts.values():
            assert math.isclose(account.original + account.lineage + account.statement, 1.0, abs_tol=1e-9)
        for owner in (*graph.sources, *graph.edges):
            for entry in owner.evidence:
                assert entry.span.stop <= len(story.articles[entry.article].article.text)
        for parents in graph.parents.values():
            assert math.isclose(sum(parent.probability for parent in parents), 1.0)


@FEW
@given(newsrooms())
def test_every_article_stands_in_one_story(articles: list[Article]) -> None:
    """None is lost, none is doubled."""
    members = [name for story in trace(articles, ONE_JOB).stories for name in story.articles]
    assert sorted(members) == sorted(article.id for article in articles)
