"""The graph as two tables that Gephi's spreadsheet import takes without a question."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from tracer.report.cells import decimal, inert
from tracer.report.exports.saved_items import edges, nodes
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES

_OF_NODES = NODE_ATTRIBUTES[1:]
_NODE_HEAD = ("Id", "Label", *(name.capitalize() for name in _OF_NODES))
_EDGE_HEAD = (
    *("Source", "Target", "Type", "Weight", "Id", "Label"),
    *(name.capitalize() for name in (*EDGE_TEXTS, *EDGE_NUMBERS, "passages")),
)


def gephi_nodes(directory: Path) -> Iterator[str]:
    """The text of ``gephi_nodes.csv``: articles, then sources.

    Raises:
        InputError: when a table cannot be read.
    """
    return _lines(
        _NODE_HEAD,
        ([name, values["label"], *(values[attribute] for attribute in _OF_NODES)] for name, values in nodes(directory)),
    )


def gephi_edges(directory: Path) -> Iterator[str]:
    """The text of ``gephi_edges.csv``: directed, weighted by ``confidence``, numbered from 0.

    Raises:
        InputError: when a table cannot be read.
    """
    return _lines(_EDGE_HEAD, _edge_rows(directory))


def _edge_rows(directory: Path) -> Iterator[list[str]]:
    for place, (source, target, values) in enumerate(edges(directory)):
        ends = [source, target, "Directed", decimal(float(values["weight"])), str(place), str(values["relation"])]
        texts = [str(values[name]) for name in EDGE_TEXTS]
        numbers = [decimal(float(values[name])) for name in EDGE_NUMBERS]
        yield [*ends, *texts, *numbers, str(values["passages"])]


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
        writer.writerow(map(inert, row))
    yield stream.getvalue()
