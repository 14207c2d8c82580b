"""The graph for Cytoscape and Cytoscape.js, as elements in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracer.report.exports.saved_items import Edge, Node
from tracer.report.graph_items import edge_key
from tracer.report.json_text import json_line

_HEAD = b"""{
 "data": {"name": "provenance"},
 "directed": true,
 "multigraph": true,
 "elements": {
  "nodes": [
"""
_BETWEEN = ",\n"


class Cytoscape:
    """``graph.cytoscape.json``; edges have no ids of their own, so that none can be that of a node."""

    between = b'\n  ],\n  "edges": [\n'
    tail = b"\n  ]\n }\n}\n"

    def head(self, *, dated: bool) -> bytes:  # noqa: ARG002 - dates stand with the nodes
        """What stands before the nodes."""
        return _HEAD

    def nodes(self, found: Sequence[Node], first: int) -> bytes:
        """The elements of some nodes."""
        return _elements(
            ({"id": name, "name": values["label"], "value": name, **values} for name, values in found), first
        )

    def edges(self, found: Sequence[Edge], first: int) -> bytes:
        """The elements of some edges."""
        return _elements(
            (
                {"source": source, "target": target, "key": edge_key(source, target, values["relation"]), **values}
                for source, target, values in found
            ),
            first,
        )


def _elements(data: Iterable[object], first: int) -> bytes:
    lines = _BETWEEN.join([f'   {{"data": {json_line(entry)}}}' for entry in data])
    return ((_BETWEEN if first else "") + lines).encode()
