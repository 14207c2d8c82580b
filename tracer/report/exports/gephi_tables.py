"""The graph as two tables that Gephi's spreadsheet import takes without a question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tracer.report.exports.saved_items import edges, nodes
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES
from tracer.report.schema import Column, ColumnType, Schema
from tracer.report.table import Row
from tracer.report.table_files import csv_header, csv_lines

_OF_NODES = NODE_ATTRIBUTES[1:]
_OF_EDGES = (*EDGE_TEXTS, *EDGE_NUMBERS, "passages")
_TYPES = {"Id": ColumnType.INTEGER, "Weight": ColumnType.NUMBER, "Passages": ColumnType.INTEGER} | {
    name.capitalize(): ColumnType.NUMBER for name in EDGE_NUMBERS
}
_ROWS_AT_ONCE = 1_000


def _table(name: str, columns: tuple[str, ...], further: tuple[str, ...], types: dict[str, ColumnType]) -> Schema:
    names = (*columns, *(attribute.capitalize() for attribute in further))
    return Schema(name, "", names[:1], tuple(Column(one, types.get(one, ColumnType.TEXT), "", "") for one in names))


_NODES = _table("gephi_nodes", ("Id", "Label"), _OF_NODES, {})
_EDGES = _table("gephi_edges", ("Source", "Target", "Type", "Weight", "Id", "Label"), _OF_EDGES, _TYPES)


def gephi_nodes(directory: Path) -> Iterator[str]:
    """The text of ``gephi_nodes.csv``: articles, then sources.

    Raises:
        InputError: when a table cannot be read.
    """
    rows = (
        (name, values["label"], *(values[attribute] for attribute in _OF_NODES)) for name, values in nodes(directory)
    )
    return _lines(_NODES, rows)


def gephi_edges(directory: Path) -> Iterator[str]:
    """The text of ``gephi_edges.csv``: directed, weighted by ``confidence``, numbered from 0.

    Raises:
        InputError: when a table cannot be read.
    """
    return _lines(_EDGES, _edge_rows(directory))


def _edge_rows(directory: Path) -> Iterator[Row]:
    for place, (source, target, values) in enumerate(edges(directory)):
        further = (values[name] for name in _OF_EDGES)
        yield source, target, "Directed", values["weight"], place, values["relation"], *further


def _lines(table: Schema, rows: Iterator[Row]) -> Iterator[str]:
    yield csv_header(table)
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield from csv_lines(table, batch)
