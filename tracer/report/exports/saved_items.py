"""Nodes and edges of a finished report, one at a time, and how the lists of a text file are put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from tracer.domain import is_latent
from tracer.evidence import GENERIC_AGENCIES
from tracer.report.article_columns import ARTICLES
from tracer.report.graph_columns import EDGES, SOURCES
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES, edge, node
from tracer.report.saved_report import ANYTHING, Among, saved_rows
from tracer.report.schema import Schema
from tracer.report.table import Cell

_STAMP = re.compile(r"(\d{4}-\d\d)(-\d\d)?(?:T(\d\d)(:\d\d)?Z)?")
_NAMELESS = f"agency:{GENERIC_AGENCIES}"
_OF_NODES = frozenset({"id", "name", *NODE_ATTRIBUTES})
_OF_EDGES = ("source", "target", *EDGE_TEXTS, *EDGE_NUMBERS, "passages")

Cells = dict[str, Cell]
Node = tuple[str, dict[str, str]]
"""Id and attributes."""
Edge = tuple[str, str, dict[str, str | int | float]]
"""Source, target and attributes."""


def cells(directory: Path, schema: Schema, names: Sequence[str] = (), among: Among = ANYTHING) -> Iterator[Cells]:
    """Rows of a table by the names of its columns, or of those that are named; see :func:`saved_rows`."""
    known = names or schema.names
    return (dict(zip(known, row, strict=True)) for row in saved_rows(directory, schema, names, among))


def described(directory: Path, further: Collection[str] = (), among: Among = ANYTHING) -> Iterator[Cells]:
    """Of every article, then of every source, the cells that :func:`node` makes a node of, and further ones."""
    for schema in (ARTICLES, SOURCES):
        names = [name for name in schema.names if name in _OF_NODES or name in further]
        yield from cells(directory, schema, names, among)


def nodes(directory: Path, among: Among = ANYTHING) -> Iterator[Node]:
    """Id and attributes of every article, then of every source, or of those ``among`` some ids."""
    return map(node, described(directory, among=among))


def edges(directory: Path) -> Iterator[Edge]:
    """Source, target and attributes of every edge."""
    return map(edge, cells(directory, EDGES, _OF_EDGES))


def is_body(kind: Cell, name: Cell) -> bool:
    """Whether a source is an agency or outlet with a name; others are texts (some handed in), or agencies unnamed."""
    return kind in {"agency", "outlet"} and is_latent(name) and name != _NAMELESS


def separated(pieces: Iterable[str], between: str = ",\n") -> Iterator[str]:
    """The pieces with something between them."""
    mark = ""
    for piece in pieces:
        yield mark + piece
        mark = between


def moment(published: object, *, whole: bool = False) -> str:
    """A stamp of ``articles`` as XML Schema and schema.org want it: with minutes wherever it has hours.

    ``whole`` gives the first second of what the stamp leaves open, as a date with time. Empty for what is no stamp.
    """
    found = _STAMP.fullmatch(str(published or ""))
    if found is None:
        return ""
    month, day, hour, minute = found.groups("")
    if whole:
        return f"{month}{day or '-01'}T{hour or '00'}{minute or ':00'}:00Z"
    return f"{month}{day}T{hour}{minute or ':00'}Z" if hour else f"{month}{day}"


def web_address(url: object) -> str:
    """An address that leads to the web, else nothing: ``javascript:`` and the like are no links to hand on."""
    text = str(url or "")
    return text if re.match(r"(?i)https?://[^\s/]", text) else ""
