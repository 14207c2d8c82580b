"""The graph for Cytoscape and Cytoscape.js, as elements in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracer.report.exports.saved_items import edges, nodes, separated
from tracer.report.graph_items import edge_key
from tracer.report.json_text import json_line

_HEAD = """{
 "data": {"name": "provenance"},
 "directed": true,
 "multigraph": true,
 "elements": {
  "nodes": [
"""


def cytoscape(directory: Path) -> Iterator[str]:
    """The text of ``graph.cytoscape.json``; edges have no ids of their own, so that none can be that of a node.

    Raises:
        InputError: when a table cannot be read.
    """
    yield _HEAD
    yield from separated(map(_element, _nodes(directory)))
    yield '\n  ],\n  "edges": [\n'
    yield from separated(map(_element, _edges(directory)))
    yield "\n  ]\n }\n}\n"


def _nodes(directory: Path) -> Iterator[dict[str, str]]:
    for name, values in nodes(directory):
        yield {"id": name, "name": values["label"], "value": name, **values}


def _edges(directory: Path) -> Iterator[dict[str, str | int | float]]:
    for source, target, values in edges(directory):
        yield {"source": source, "target": target, "key": edge_key(source, target, values["relation"]), **values}


def _element(data: object) -> str:
    return f'   {{"data": {json_line(data)}}}'
