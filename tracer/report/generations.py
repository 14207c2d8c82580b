"""The nodes of a drawn graph in columns, each to the right of all that leads to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter


def generations(names: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Nodes by the longest path to them, in no order within a column; nodes that lead to each other share one.

    ``names`` may hold nodes that no link has. Linear.
    """
    sources: dict[str, set[str]] = defaultdict(set, {name: set() for name in names})
    for source, target in links:
        sources[target].add(source)
    sorter = TopologicalSorter(sources)
    try:
        sorter.prepare()
    except CycleError:
        return _with_knots(sources)
    return list(_ready(sorter))


def _ready(sorter: TopologicalSorter[str]) -> Iterator[list[str]]:
    while found := sorter.get_ready():
        yield list(found)
        sorter.done(*found)


def _with_knots(sources: dict[str, set[str]]) -> list[list[str]]:
    import networkx as nx  # noqa: PLC0415 - heavy, and few graphs run round in a circle

    graph = nx.DiGraph((source, target) for target, found in sources.items() for source in found)
    graph.add_nodes_from(sources)
    knots = nx.condensation(graph)
    return [
        [name for knot in generation for name in knots.nodes[knot]["members"]]
        for generation in nx.topological_generations(knots)
    ]
