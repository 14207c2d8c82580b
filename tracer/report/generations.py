"""The nodes of a drawn graph in columns, each to the right of all that leads to it."""

from __future__ import annotations

from collections.abc import Iterable


def generations(names: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Nodes by the longest path to them, in no order within a column; nodes that lead to each other share one.

    ``names`` may hold nodes that no link has. Linear.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    graph = nx.DiGraph(links)
    graph.add_nodes_from(names)
    knots = nx.condensation(graph)
    return [
        [name for knot in generation for name in knots.nodes[knot]["members"]]
        for generation in nx.topological_generations(knots)
    ]
