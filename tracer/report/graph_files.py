"""The graph files, put together from the pieces of merged articles, sources and edges.

Each reads as ``networkx`` would have written the graph of :func:`~tracer.report.graph.provenance_graph`: GraphML as by
``write_graphml_xml``, JSON as by ``node_link_data``. Nodes are articles, then sources; edges go by their source in the
order of the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracer.report.dot import DOT_HEAD, DOT_TAIL
from tracer.report.graph_items import NODE_ATTRIBUTES
from tracer.report.graph_pieces import EDGE_ATTRIBUTES, settled
from tracer.report.growing_files import write_hashed
from tracer.report.json_text import json_entries

_NODES, _EDGES = ("articles", "sources"), ("early", "late")
_GRAPHML_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {"passages": "long"} | dict.fromkeys(("confidence", "p_upstream", "share_of_target", "weight"), "double")


@dataclass(frozen=True, slots=True)
class GraphTask:
    """Where the pieces stand, in stretches of these lengths by the name of the file, and what the graph is like.

    ``several``: some two ends have more than one edge.
    """

    folder: Path
    scratch: Path
    streams: Mapping[str, Sequence[int]]
    several: bool

    def pieces(self, names: Sequence[str], form: str) -> Iterator[bytes]:
        """The pieces of these streams in order, some at a time."""
        for name in names:
            lengths = self.streams.get(f"{name}.{form}", ())
            if lengths:
                with (self.scratch / f"{name}.{form}").open("rb") as stream:
                    for length in lengths:
                        yield settled(stream.read(length), several=self.several)

    def holds(self, names: Sequence[str]) -> bool:
        """Whether any of these streams has pieces."""
        return any(sum(self.streams.get(f"{name}.dot", ())) for name in names)


def write_graphml(task: GraphTask) -> dict[str, str]:
    """Write ``graph.graphml``; gives its name and SHA-256. Memory: one stretch of pieces.

    Raises:
        OSError: when the file cannot be written.
    """
    return write_hashed(task.folder / "graph.graphml", _graphml(task))


def write_dot(task: GraphTask) -> dict[str, str]:
    """Write ``graph.dot``; as :func:`write_graphml`."""
    return write_hashed(task.folder / "graph.dot", _dot(task))


def write_node_link(task: GraphTask) -> dict[str, str]:
    """Write ``graph.json``; as :func:`write_graphml`."""
    return write_hashed(task.folder / "graph.json", _node_link(task))


def _graphml(task: GraphTask) -> Iterator[bytes]:
    yield _GRAPHML_HEAD.encode()
    nodes = [("node", name) for name in NODE_ATTRIBUTES] if task.holds(_NODES) else []
    edges = [("edge", name) for name in EDGE_ATTRIBUTES] if task.holds(_EDGES) else []
    for place, (scope, name) in reversed(list(enumerate([*nodes, *edges]))):
        kind = _TYPES.get(name, "string")
        yield f'  <key id="d{place}" for="{scope}" attr.name="{name}" attr.type="{kind}" />\n'.encode()
    if not nodes:
        yield b'  <graph edgedefault="directed" />\n</graphml>\n'
        return
    yield b'  <graph edgedefault="directed">\n'
    yield from task.pieces((*_NODES, *_EDGES), "graphml")
    yield b"  </graph>\n</graphml>\n"


def _dot(task: GraphTask) -> Iterator[bytes]:
    yield DOT_HEAD.encode()
    yield from task.pieces((*_NODES, *_EDGES), "dot")
    yield DOT_TAIL.encode()


def _node_link(task: GraphTask) -> Iterator[bytes]:
    several = "true" if task.several else "false"
    yield b'{\n "directed": true,\n "edges": '
    yield from json_entries(task.pieces(_EDGES, "json"), "[]")
    yield f',\n "graph": {{}},\n "multigraph": {several},\n "nodes": '.encode()
    yield from json_entries(task.pieces(_NODES, "json"), "[]")
    yield b"\n}\n"
