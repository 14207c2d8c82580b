"""Nodes and edges of a finished report, one at a time, and how the lists of a text file are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from tracer.domain import is_latent
from tracer.evidence import GENERIC_AGENCIES
from tracer.report.article_columns import ARTICLES
from tracer.report.graph_columns import EDGES, SOURCES
from tracer.report.graph_items import edge, node
from tracer.report.saved_report import saved_rows
from tracer.report.schema import Schema
from tracer.report.table import Cell

_STAMP = re.compile(r"(\d{4}-\d\d)(-\d\d)?(?:T(\d\d)(:\d\d)?Z)?")
_NAMELESS = f"agency:{GENERIC_AGENCIES}"

Cells = dict[str, Cell]


def cells(directory: Path, schema: Schema) -> Iterator[Cells]:
    """The rows of a table by the names of its columns."""
    names = schema.names
    return (dict(zip(names, row, strict=True)) for row in saved_rows(directory, schema))


def nodes(directory: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Id and attributes of every article, then of every source."""
    return map(node, chain(cells(directory, ARTICLES), cells(directory, SOURCES)))


def edges(directory: Path) -> Iterator[tuple[str, str, dict[str, str | int | float]]]:
    """Source, target and attributes of every edge."""
    return map(edge, cells(directory, EDGES))


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
