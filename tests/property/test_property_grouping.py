"""What must hold for stories made of any links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from newsroom_strategies import MODEST

from tracer.story import Grouping, Link, group_articles

_NAMES = [f"a{number:02}" for number in range(24)]
_STARTS = st.one_of(st.none(), st.integers(0, 5).map(lambda day: datetime(2031, 5, 2, tzinfo=UTC) + timedelta(day)))
_ENDS = st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)).filter(lambda ends: ends[0] < ends[1])

dated = st.fixed_dictionaries(dict.fromkeys(_NAMES, _STARTS))
linked = st.dictionaries(_ENDS, st.sampled_from([0.05, 0.3, 0.301, 0.5, 0.9, 1.0]), max_size=60).map(
    lambda found: [Link(*ends, strength) for ends, strength in found.items()]
)
bounds = st.integers(2, 26)


def textbook(articles: dict[str, datetime | None], links: list[Link], most: int) -> set[frozenset[str]]:
    """Kruskal with a bound, on plain sets."""

    def rank(link: Link) -> tuple[float, bool, float, str, str]:
        one, other = articles[link.left], articles[link.right]
        known = one is not None and other is not None
        apart = abs(one.timestamp() - other.timestamp()) if one and other else 0.0
        return -round(link.strength, 2), not known, apart, link.left, link.right

    groups = {frozenset({name}) for name in articles}
    for link in sorted(links, key=rank):
        one, other = (next(group for group in groups if side in group) for side in (link.left, link.right))
        if one != other and len(one) + len(other) <= most:
            groups = (groups - {one, other}) | {one | other}
    return groups


@MODEST
@given(dated, linked, bounds)
def test_agrees_with_the_textbook(articles: dict[str, datetime | None], links: list[Link], most: int) -> None:
    """Every article in exactly one story, none above the bound; every link inside a story or cut."""
    found = group_articles(articles, links, most)
    assert {frozenset(story) for story in found.stories} == textbook(articles, links, most)
    assert sorted(name for story in found.stories for name in story) == sorted(articles)
    assert all(len(story) <= most for story in found.stories)
    assert all(list(story) == sorted(story) for story in found.stories)
    assert all(one < other for one, other in pairwise(found.stories))
    assert {name: found.stories[number] for name, number in found.story_of.items()} == {
        name: story for story in found.stories for name in story
    }
    assert list(found.cut) == sorted(
        (link for link in links if found.is_cut(link.left, link.right)), key=lambda link: (link.left, link.right)
    )
    assert bool(found.cut) == bool(found.components) == bool(found.warnings(most))


@MODEST
@given(dated, linked, bounds, st.randoms(use_true_random=False))
def test_order_changes_nothing(
    articles: dict[str, datetime | None], links: list[Link], most: int, draw: Random
) -> None:
    """Neither that of the articles nor that of the links."""
    names = list(articles)
    once = group_articles(articles, links, most)
    draw.shuffle(names)
    draw.shuffle(links)
    again: Grouping = group_articles({name: articles[name] for name in names}, links, most)
    assert again == once


@MODEST
@given(dated, linked, bounds)
def test_only_what_is_too_large_is_cut(articles: dict[str, datetime | None], links: list[Link], most: int) -> None:
    """Components up to the bound stay whole, larger ones do not, and a cut link is too weak to have joined its ends."""
    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(articles)
    joined.add_edges_from((link.left, link.right) for link in links)
    components = [tuple(sorted(group)) for group in nx.connected_components(joined)]
    found = group_articles(articles, links, most)
    assert {group for group in components if len(group) <= most} <= set(found.stories)
    assert found.components == sum(len(group) > most for group in components)
    for link in found.cut:
        stronger: nx.Graph[str] = nx.Graph([(link.left, link.right)])
        stronger.add_edges_from((o.left, o.right) for o in links if round(o.strength, 2) >= round(link.strength, 2))
        assert len(nx.node_connected_component(stronger, link.left)) > most
