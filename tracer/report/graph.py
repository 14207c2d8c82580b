"""The provenance graph as one networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracer.report.graph_items import edge, edge_key, node
from tracer.report.tables import Tables

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.DiGraph[str]


def provenance_graph(tables: Tables) -> Graph:
    """The graph of all articles, sources and edges; edges run from the source to what is derived from it.

    Nodes have ``label``, ``kind``, ``outlet``, ``title``, ``published`` and ``story`` (empty text where there is
    nothing to say); edges ``relation``, ``direction``, ``immediacy``, ``confidence``, ``p_upstream``,
    ``share_of_target``, ``passages`` and, for tools that look for it, ``weight``, which is ``confidence``. Texts are
    made printable, so that ids here are those of the CSV files but for the apostrophe before a formula sign. A
    ``MultiDiGraph`` where some source and target have several relations, else a ``DiGraph``.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    ends = [(row["source"], row["target"]) for row in tables.edges]
    graph: Graph = nx.DiGraph() if len(set(ends)) == len(ends) else nx.MultiDiGraph()
    for table in (tables.articles, tables.sources):
        for row in table:
            name, texts = node(row)
            graph.add_node(name, **texts)
    for row in tables.edges:
        source, target, attributes = edge(row)
        key = {"key": edge_key(source, target, row["relation"])} if graph.is_multigraph() else {}
        graph.add_edge(source, target, **key, **attributes)
    return graph
