"""The provenance graph as one networkx graph, and that graph as GraphML and node-link JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracer.report.cells import printable, rounded
from tracer.report.json_text import json_text
from tracer.report.table import Cell, Table
from tracer.report.tables import Tables

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.DiGraph[str]

_LONGEST_LABEL = 120
_NODE_TEXTS = ("outlet", "title", "published", "story")
_EDGE_TEXTS = ("relation", "direction", "immediacy")
_EDGE_NUMBERS = ("confidence", "p_upstream", "share_of_target")


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
    _add_nodes(graph, tables.articles)
    _add_nodes(graph, tables.sources)
    for row in tables.edges:
        source, target = _text(row["source"]), _text(row["target"])
        key = {"key": f"{source} {row['relation']} {target}"} if graph.is_multigraph() else {}
        graph.add_edge(source, target, **key, **_edge_attributes(row))
    return graph


def _add_nodes(graph: Graph, table: Table) -> None:
    for row in table:
        kind = _text(row.get("kind") or "article")
        texts = {name: _text(row.get(name)) for name in _NODE_TEXTS}
        graph.add_node(_text(row["id"]), label=_label(row), kind=kind, **texts)


def _label(row: dict[str, Cell]) -> str:
    """Name of a source; outlet and title of an article, or its id where it has neither."""
    parts = [_text(part) for part in (row.get("name"), row.get("outlet"), row.get("title")) if part]
    label = " ".join((": ".join(parts) or _text(row["id"])).split())
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _edge_attributes(row: dict[str, Cell]) -> dict[str, str | int | float]:
    texts = {name: _text(row[name]) for name in _EDGE_TEXTS}
    numbers = {name: rounded(float(row[name] or 0.0)) for name in _EDGE_NUMBERS}
    return {**texts, **numbers, "passages": int(row["passages"] or 0), "weight": numbers["confidence"]}


def _text(cell: Cell) -> str:
    return "" if cell is None else printable(str(cell))


def write_graphml(graph: Graph, path: Path) -> None:
    """Write the graph as GraphML, by the writer that gives the same bytes whether or not lxml is installed."""
    import networkx as nx  # noqa: PLC0415 - heavy

    nx.write_graphml_xml(graph, path, encoding="utf-8", prettyprint=True)


def write_node_link(graph: Graph, path: Path) -> None:
    """Write the graph as node-link JSON, which ``networkx.node_link_graph(data, edges="edges")`` reads back."""
    import networkx as nx  # noqa: PLC0415 - heavy

    path.write_text(json_text(nx.node_link_data(graph, edges="edges")), encoding="utf-8", newline="")
