"""Statements and agency texts that were handed in, as sources in the graph."""

from __future__ import annotations

from dataclasses import replace

from graph_prose import ASIDE, CLOCKS, SNOW, STORY, WORDS, edges, parsed, sentence

from tracer.domain import Article, ArticleKind
from tracer.graph import NodeKind, ProvenanceGraph
from tracer.graph.accounts import CreditStatus
from tracer.pipeline import Settings, trace
from tracer.split import ParsedArticle

RELEASE = f"{STORY} “{WORDS},” said Odd Grimsey, who owns her."


def graph_of(*articles: ParsedArticle, **kinds: ArticleKind) -> ProvenanceGraph:
    """The graph of the one story of some articles, of which some are handed in as something else."""
    given = [replace(entry.article, kind=kinds.get(entry.id, ArticleKind.ARTICLE)) for entry in articles]
    stories = [story for story in trace(given, Settings(jobs=1, language="en")).stories if len(story.articles) > 1]
    assert len(stories) == 1
    return stories[0].graph


def test_who_prints_it_draws_on_it_and_who_quotes_it_quotes_it() -> None:
    """Two papers have its words as their own, one quotes its speaker; between the papers there is nothing."""
    graph = graph_of(
        parsed("m", RELEASE),
        parsed("a", f"{SNOW} {STORY}", "Hollin Post"),
        parsed("b", f"{STORY} {CLOCKS}", "Dunmore Echo"),
        parsed("c", f"{ASIDE} “{WORDS},” said Odd Grimsey.", "Wick Times"),
        m=ArticleKind.STATEMENT,
    )
    assert edges(graph, "draws_on") == [("m", "a"), ("m", "b")]
    assert edges(graph, "quotes") == [("m", "c")]
    assert {edge.source_kind for edge in graph.edges} == {NodeKind.STATEMENT}
    assert graph.sources == ()
    assert all(claim.origins < 1.1 for claim in graph.claims)
    assert graph.accounts["a"].lineage == 0
    assert graph.accounts["a"].statement > 0.5
    assert graph.accounts["a"].status is CreditStatus.NONE


def test_without_the_mark_the_papers_share_a_lineage() -> None:
    """Which is what the mark is for."""
    graph = graph_of(parsed("a", f"{SNOW} {STORY}"), parsed("b", f"{STORY} {CLOCKS}"), parsed("m", RELEASE))
    assert {entry.is_lineage for entry in graph.comparisons} == {True}


def test_words_that_it_lacks_are_another_statement() -> None:
    """It covers what it has and nothing else."""
    more = "The herring have been told, and they have agreed to wait until the tide serves"
    tag = "said Ann Lee"
    graph = graph_of(
        parsed("m", RELEASE),
        parsed("a", f"{SNOW} “{WORDS},” said Odd Grimsey. “{more},” {tag}."),
        parsed("b", f"{CLOCKS} “{WORDS},” said Odd Grimsey. “{more},” {tag}."),
        m=ArticleKind.STATEMENT,
    )
    assert edges(graph, "quotes") == sorted(
        [("m", "a"), ("m", "b"), *((source.id, name) for source in graph.sources for name in "ab")],
        key=lambda ends: (ends[1], ends[0]),
    )
    assert [source.text for source in graph.sources] == [f"{more},"]


def test_a_copy_of_an_article_has_the_statement_by_way_of_it() -> None:
    """Who copies a paper, and says so, has the release's words from the paper."""
    paper = f"{SNOW} {STORY} {CLOCKS}"
    graph = graph_of(
        parsed("m", RELEASE),
        parsed("a", paper, "Hollin Post"),
        parsed("b", f"{paper} {sentence(ASIDE, 0)} The Hollin Post reported.", "Dunmore Echo"),
        m=ArticleKind.STATEMENT,
    )
    assert edges(graph, "draws_on") == [("m", "a"), ("a", "b")]
    origins = {parents[0].source for member, parents in graph.parents.items() if member.article == "b"}
    assert origins == {"a"}


def test_a_named_issuer_can_be_credited() -> None:
    """With an outlet, a statement is a source that an article may name or leave unnamed."""
    stated = parsed("m", f"The Skerrow Water Board is sorry. {RELEASE}", "Skerrow Water Board")
    graph = graph_of(
        stated,
        parsed("a", f"{SNOW} {STORY}", "Hollin Post"),
        parsed("b", f"{STORY} {CLOCKS} That is so, the Skerrow Water Board said.", "Dunmore Echo"),
        m=ArticleKind.STATEMENT,
    )
    assert graph.accounts["a"].status is CreditStatus.STRIPPED
    assert graph.accounts["b"].status is CreditStatus.KEPT


def test_edges_from_an_agency_article_are_an_agencys() -> None:
    graph = graph_of(
        parsed("a", STORY, "Hollin Wire"),
        parsed("b", f"{STORY} {SNOW} The Hollin Wire reported.", "Hollin Post"),
        a=ArticleKind.AGENCY,
    )
    assert [(edge.source, edge.source_kind, edge.target) for edge in graph.edges] == [("a", NodeKind.AGENCY, "b")]


def test_the_kind_of_an_article_says_nothing_where_it_shares_nothing() -> None:
    articles = [Article("a", f"{SNOW} {CLOCKS}"), Article("b", ASIDE)]
    marked = [articles[0], replace(articles[1], kind=ArticleKind.STATEMENT)]
    one, other = (trace(given, Settings(jobs=1, language="en")) for given in (articles, marked))
    assert [story.graph for story in one.stories] == [story.graph for story in other.stories]
