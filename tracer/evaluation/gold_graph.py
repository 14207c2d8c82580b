"""Checks on what a gold file says about sources, edges and stories taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from tracer.evaluation.gold import DRAWS_ON, Gold, GoldEdge

T = TypeVar("T", bound=Hashable)


def graph_problems(gold: Gold) -> Iterator[str]:
    """What cannot be true: two sources of one id, an article in two stories, texts in a ring."""
    yield from _twice("sources", (source.id for source in gold.sources or ()))
    yield from _twice("stories", (story.id for story in gold.stories))
    for article in _repeated(name for story in gold.stories for name in story.articles):
        yield f"stories: {article!r} stands in two stories; keep it in one"
    members = [(member.article, member.span) for family in gold.families or () for member in family]
    for article, span in _repeated(members):
        yield f"families: {article!r} {span.start}:{span.stop} is a member twice; keep it in one family"
    if ring := _ring(gold.edges or ()):
        yield f"edges: {' → '.join(ring)} is a ring; a text cannot draw on itself"


def _twice(key: str, ids: Iterable[str]) -> Iterator[str]:
    return (f"{key}: the id {name!r} is used twice; give each its own" for name in _repeated(ids))


def _repeated(values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]


def _ring(edges: Iterable[GoldEdge]) -> list[str]:
    """The nodes of a ring of texts that draw on each other, its first node again at the end; empty without one."""
    import networkx as nx  # noqa: PLC0415 - heavy

    graph = nx.DiGraph((edge.source, edge.target) for edge in sorted(set(edges)) if edge.relation == DRAWS_ON)
    try:
        ring = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return []
    return [source for source, _ in ring] + [ring[0][0]]
