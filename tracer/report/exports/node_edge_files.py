"""Graph files for other tools: each lists nodes, then edges, so that one pass over the tables writes them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from tracer.report.article_columns import ARTICLES
from tracer.report.exports.cytoscape import Cytoscape
from tracer.report.exports.gephi_tables import GephiEdges, GephiNodes
from tracer.report.exports.gexf import Gexf
from tracer.report.exports.saved_items import Edge, Node, edges, nodes
from tracer.report.growing_files import HashedFile
from tracer.report.saved_report import saved_rows

_ITEMS_AT_ONCE = 1_000
T = TypeVar("T")


class NodeEdgeFile(Protocol):
    """What stands in such a file; ``first`` is the number of the first of some nodes or edges, counted from 0."""

    between: bytes
    """Stands after the nodes."""
    tail: bytes
    """Stands after the edges."""

    def head(self, *, dated: bool) -> bytes:
        """What stands before the nodes; ``dated``: some article has a date."""

    def nodes(self, found: Sequence[Node], first: int) -> bytes:
        """Some nodes."""

    def edges(self, found: Sequence[Edge], first: int) -> bytes:
        """Some edges."""


NODE_EDGE_FILES: Mapping[str, NodeEdgeFile] = {
    "gephi_edges.csv": GephiEdges(),
    "gephi_nodes.csv": GephiNodes(),
    "graph.cytoscape.json": Cytoscape(),
    "graph.gexf": Gexf(),
}


def write_node_edge_files(directory: Path, folder: Path) -> dict[str, str]:
    """Write all of ``NODE_EDGE_FILES`` of the report in ``directory`` to ``folder``; gives their names and SHA-256.

    Raises:
        InputError: when a table cannot be read.
        OSError: when a file cannot be written.
    """
    dated = any(published for (published,) in saved_rows(directory, ARTICLES, ["published"]))
    with ExitStack() as stack:
        files = [(form, HashedFile(folder / name, stack)) for name, form in NODE_EDGE_FILES.items()]
        for form, file in files:
            file.write(form.head(dated=dated))
        for first, some_nodes in _batches(nodes(directory)):
            for form, file in files:
                file.write(form.nodes(some_nodes, first))
        for form, file in files:
            file.write(form.between)
        for first, some_edges in _batches(edges(directory)):
            for form, file in files:
                file.write(form.edges(some_edges, first))
        for form, file in files:
            file.write(form.tail)
    return {file.path.name: file.digest() for _, file in files}


def _batches(items: Iterable[T]) -> Iterator[tuple[int, list[T]]]:
    """Some items at a time, each time with the number of those before."""
    found, first = iter(items), 0
    while batch := list(islice(found, _ITEMS_AT_ONCE)):
        yield first, batch
        first += len(batch)
