"""The graph as two tables that Gephi's spreadsheet import takes without a question."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.report.exports.saved_items import Edge, Node
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES
from tracer.report.schema import Column, ColumnType, Schema
from tracer.report.table_files import csv_header, csv_lines

_OF_NODES = NODE_ATTRIBUTES[1:]
_OF_EDGES = (*EDGE_TEXTS, *EDGE_NUMBERS, "passages")
_TYPES = {"Id": ColumnType.INTEGER, "Weight": ColumnType.NUMBER, "Passages": ColumnType.INTEGER} | {
    name.capitalize(): ColumnType.NUMBER for name in EDGE_NUMBERS
}


def _table(name: str, columns: tuple[str, ...], further: tuple[str, ...], types: dict[str, ColumnType]) -> Schema:
    names = (*columns, *(attribute.capitalize() for attribute in further))
    return Schema(name, "", names[:1], tuple(Column(one, types.get(one, ColumnType.TEXT), "", "") for one in names))


_NODES = _table("gephi_nodes", ("Id", "Label"), _OF_NODES, {})
_EDGES = _table("gephi_edges", ("Source", "Target", "Type", "Weight", "Id", "Label"), _OF_EDGES, _TYPES)


class GephiNodes:
    """``gephi_nodes.csv``: articles, then sources."""

    between = tail = b""

    def head(self, *, dated: bool) -> bytes:  # noqa: ARG002 - dates stand with the nodes
        """The line that names the columns."""
        return csv_header(_NODES)

    def nodes(self, found: Sequence[Node], first: int) -> bytes:  # noqa: ARG002 - they have ids of their own
        """The lines of some nodes."""
        rows = [(name, values["label"], *(values[attribute] for attribute in _OF_NODES)) for name, values in found]
        return b"".join(csv_lines(_NODES, rows))

    def edges(self, found: Sequence[Edge], first: int) -> bytes:  # noqa: ARG002 - they stand in the other table
        """Nothing."""
        return b""


class GephiEdges:
    """``gephi_edges.csv``: directed, weighted by ``confidence``, numbered from 0."""

    between = tail = b""

    def head(self, *, dated: bool) -> bytes:  # noqa: ARG002 - dates stand with the nodes
        """The line that names the columns."""
        return csv_header(_EDGES)

    def nodes(self, found: Sequence[Node], first: int) -> bytes:  # noqa: ARG002 - they stand in the other table
        """Nothing."""
        return b""

    def edges(self, found: Sequence[Edge], first: int) -> bytes:
        """The lines of some edges."""
        rows = [
            (
                *(source, target, "Directed", values["weight"], place, values["relation"]),
                *(values[name] for name in _OF_EDGES),
            )
            for place, (source, target, values) in enumerate(found, start=first)
        ]
        return b"".join(csv_lines(_EDGES, rows))
