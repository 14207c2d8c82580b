"""What must hold where articles are handed in as statements and agencies' copy."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import shrink
from newsroom_strategies import FEW, marked_newsrooms, newsrooms
from test_property_newsrooms import ONE_JOB, STRANGER, essence
from textbook_engine import textbook_trace

from tracer.domain import Article, ArticleKind
from tracer.pipeline import trace


def stated(articles: list[Article]) -> set[str]:
    return {article.id for article in articles if article.kind is ArticleKind.STATEMENT}


@FEW
@given(marked_newsrooms())
def test_a_statement_draws_on_no_article(articles: list[Article]) -> None:
    """Neither by an edge nor by a verdict; nor does it bring a cycle, or a second node of itself."""
    statements = stated(articles)
    for story in trace(articles, ONE_JOB).stories:
        graph = story.graph
        assert nx.is_directed_acyclic_graph(nx.DiGraph([(edge.source, edge.target) for edge in graph.edges]))
        assert [edge for edge in graph.edges if edge.target in statements and edge.relation != "credits"] == []
        assert not statements & {source.id for source in graph.sources}
        for entry in graph.comparisons:
            given_ = {entry.left, entry.right} & statements
            if len(given_) == 2:
                assert not entry.is_lineage
            elif given_ and entry.is_lineage:
                assert entry.direction == ("left→right" if entry.left in given_ else "right→left")
        for edge in graph.edges:
            if edge.source in statements:
                assert edge.source_kind == "statement"


@FEW
@given(marked_newsrooms(), st.randoms(use_true_random=False))
def test_order_changes_nothing(articles: list[Article], draw: Random) -> None:
    once = essence(trace(articles, ONE_JOB))
    shuffled = list(articles)
    draw.shuffle(shuffled)
    assert essence(trace(shuffled, ONE_JOB)) == once


@FEW
@given(marked_newsrooms(), st.sampled_from([1, 3, 512]))
def test_the_engine_does_what_the_textbook_says(articles: list[Article], pairs: int) -> None:
    """Marks of statements do not depend on how the work is divided."""
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        patch.setattr("tracer.engine.reading.ARTICLES_PER_BATCH", 2)
        patch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", pairs)
        found = essence(trace(articles, ONE_JOB))
    assert found == essence(textbook_trace(articles, ONE_JOB))


@FEW
@given(newsrooms())
def test_a_statement_that_nobody_has_words_of_changes_nothing(articles: list[Article]) -> None:
    foreign = replace(STRANGER, kind=ArticleKind.STATEMENT)
    after = essence(trace([*articles, foreign], ONE_JOB))
    assert [entry for entry in after if entry != essence(trace([foreign], ONE_JOB))[0]] == essence(
        trace(articles, ONE_JOB)
    )
