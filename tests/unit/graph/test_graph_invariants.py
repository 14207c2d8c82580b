"""What holds for every provenance graph."""

from __future__ import annotations

import networkx as nx
import pytest
from graph_prose import STORIES, traced

from tracer.graph import Relation
from tracer.story import StoryTrace


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> StoryTrace:
    """Each of the small stories in turn."""
    return traced(*STORIES[request.param])


def test_edges_have_no_cycle(story: StoryTrace) -> None:
    """From source to derived text, never round."""
    graph: nx.DiGraph[str] = nx.DiGraph([(edge.source, edge.target) for edge in story.graph.edges])
    assert nx.is_directed_acyclic_graph(graph)


def test_ids_are_unique_and_sorted(story: StoryTrace) -> None:
    """Of sources and of claims; edges stand by target, source and relation, each once."""
    sources = [source.id for source in story.graph.sources]
    assert sources == sorted(set(sources))
    claims = [claim.id for claim in story.graph.claims]
    assert len(claims) == len(set(claims))
    keys = [(edge.target, edge.source, edge.relation) for edge in story.graph.edges]
    assert keys == sorted(set(keys))


def test_edges_join_known_nodes(story: StoryTrace) -> None:
    """Every end is an article of the story or one of its sources."""
    known = set(story.articles) | {source.id for source in story.graph.sources}
    assert {end for edge in story.graph.edges for end in (edge.source, edge.target)} <= known


def test_probabilities_are_probabilities(story: StoryTrace) -> None:
    """Edges lie above 0 and their confidence never above P(upstream); parents and accounts sum to 1."""
    for edge in story.graph.edges:
        assert 0 < edge.confidence <= edge.p_upstream <= 1
        assert 0 <= edge.share <= 1
        assert edge.reason
        assert (edge.share > 0) == (edge.relation is not Relation.CREDITS)
    for parents in story.graph.parents.values():
        assert sum(parent.probability for parent in parents) == pytest.approx(1.0)
        assert parents[0].probability == max(parent.probability for parent in parents)
    for name, account in story.graph.accounts.items():
        words = len(story.articles[name].tokens)
        total = account.original + account.lineage + account.statement
        assert total == pytest.approx(1.0 if words else 0.0)
        assert min(account.original, account.lineage, account.statement) >= 0


def test_evidence_lies_in_the_texts(story: StoryTrace) -> None:
    """Every span points into the article it names."""
    for owner in (*story.graph.sources, *story.graph.edges):
        for entry in owner.evidence:
            assert entry.span.stop <= len(story.articles[entry.article].article.text)
            assert entry.span.of(story.articles[entry.article].article.text).strip()


def test_origins_stay_within_the_carriers(story: StoryTrace) -> None:
    """At least one, at most one per article, and inside their interval."""
    for claim in story.graph.claims:
        assert 1 <= claim.low <= claim.high <= len(claim.family.articles)
        assert 1 <= claim.origins <= len(claim.family.articles)
        assert claim.low - 1 < claim.origins < claim.high + 1
        assert any(claim.text in entry.article.text for entry in story.articles.values())


def test_distance_is_known_exactly_when_direction_is(story: StoryTrace) -> None:
    """Also for pairs judged again in view of a third article."""
    for entry in story.graph.comparisons:
        is_resolved = entry.direction is not None and "→" in entry.direction
        assert (entry.distance is not None) == is_resolved
