"""Sources nobody handed in: statements, agencies, unseen texts."""

from __future__ import annotations

import pytest
from graph_prose import (
    CLOCKS,
    COMMON,
    QUOTED,
    SNOW,
    STORY,
    TWICE,
    UNRESOLVED_ENDS,
    UNSEEN,
    WIRED,
    WORDS,
    edges,
    parsed,
    traced,
)

from tracer.graph import NodeKind
from tracer.graph.nodes import slug, text_digest


def test_a_quotation_that_two_articles_share_is_one_statement() -> None:
    """It has the speaker's name and words, an edge to each carrier, and no edge joins the articles."""
    graph = traced(*QUOTED).graph
    (statement,) = graph.sources
    assert statement.kind is NodeKind.STATEMENT
    assert statement.name == "Odd Grimsey statement"
    assert statement.text.rstrip(",") == WORDS
    assert edges(graph, "quotes") == [(statement.id, "a"), (statement.id, "b")]
    assert edges(graph, "draws_on") == []


@pytest.mark.parametrize(
    ("left", "right", "statements"),
    [
        ("said Odd Grimsey", "said Odd Grimsey", 1),
        ("said Odd Grimsey", "Grimsey said", 1),
        ("said Odd Grimsey", "he said", 1),
        ("said Odd Grimsey", "said Ann Lee", 0),
    ],
)
def test_speakers_must_be_compatible(left: str, right: str, statements: int) -> None:
    """A surname, a pronoun or nobody may be anyone; two different names may not."""
    words = "We shall raise her before the herring"
    graph = traced(parsed("a", f"{SNOW} “{words},” {left}."), parsed("b", f"{CLOCKS} “{words},” {right}.")).graph
    assert len(graph.sources) == statements


def test_a_statement_said_twice_is_one_statement() -> None:
    """The same words in one article again make no second source."""
    graph = traced(*TWICE).graph
    assert len([source for source in graph.sources if source.kind is NodeKind.STATEMENT]) == 1


def test_the_agency_that_both_credit_is_the_common_source() -> None:
    """One node, an edge to each paper, none between them, and nothing unseen."""
    graph = traced(*COMMON).graph
    assert [(source.id, source.name) for source in graph.sources] == [("agency:ap", "AP")]
    assert edges(graph, "credits") == [("agency:ap", "a"), ("agency:ap", "b")]
    assert edges(graph, "draws_on") == []


def test_an_agency_that_is_among_the_articles_is_no_latent_source() -> None:
    """The paper draws on the agency's article instead."""
    graph = traced(*WIRED).graph
    assert edges(graph, "draws_on") == [("a", "b")]
    assert not [source for source in graph.sources if source.kind is NodeKind.AGENCY]


def test_siblings_without_a_known_source_demand_an_unseen_text() -> None:
    """With what they share as its text, and an edge to each."""
    graph = traced(*UNSEEN).graph
    (source,) = graph.sources
    assert source.kind is NodeKind.UNSEEN
    assert source.text.startswith("The ferry Gudrun struck the Hollin breakwater")
    assert edges(graph, "draws_on") == [(source.id, "a"), (source.id, "b")]


def test_the_ends_of_a_chain_demand_no_unseen_text() -> None:
    """What the first and the third share, the second carried over."""
    graph = traced(*UNRESOLVED_ENDS).graph
    assert edges(graph, "draws_on") == [("a", "b"), ("b", "c")]


@pytest.mark.parametrize(
    ("cue", "source"),
    [
        ("The bell was lost, according to Reuters.", "agency:reuters"),
        ("“I swam,” the cook told CNN.", "outlet:cnn"),
        ("Photo by Ann Lee/Reuters", None),
    ],
)
def test_a_named_source_is_a_node(cue: str, source: str | None) -> None:
    """By attribution; a photo credit names none. The edge rests on the words that name it."""
    graph = traced(parsed("a", f"{STORY}\n\n{cue}")).graph
    assert [entry.id for entry in graph.sources] == ([source] if source else [])
    assert edges(graph, "credits") == ([(source, "a")] if source else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("IANS/EFE", "ians-efe"), ("Ärzte Zeitung", "ärzte-zeitung"), ("  ", ""), ("x" * 99, "x" * 40), ("ТАСС!", "тасс")],
)
def test_names_are_made_fit_for_ids(name: str, expected: str) -> None:
    """Lower case, hyphens, at most forty characters."""
    assert slug(name) == expected


def test_a_digest_depends_on_the_parts_alone() -> None:
    """Not on their order; lone surrogates are no obstacle; borders between parts count."""
    assert text_digest(["a", "b\ud800"]) == text_digest(["b\ud800", "a"])
    assert text_digest(["ab", "c"]) != text_digest(["a", "bc"])
