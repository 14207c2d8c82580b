"""Pieces of the graph files: what stands in each for one node or one edge, in the forms that networkx writes.

What only a graph with several edges between two ends has stands between two NULs; :func:`settled` takes it or leaves
it. No other NUL is left in a printable text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from tracer.report.dot import dot_edge, dot_node
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES, edge, edge_key, node
from tracer.report.json_text import json_members
from tracer.report.table import Cell

_IN_ATTRIBUTE = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
_ESCAPED = re.compile(r'[&<>"\r\n\t]')
_OPTIONAL = re.compile(rb"\0[^\0]*\0")
_INDENT = 3
_BETWEEN = f",\n{' ' * _INDENT}"
EDGE_ATTRIBUTES = (*EDGE_TEXTS, *EDGE_NUMBERS, "passages", "weight")


class Pieces(NamedTuple):
    """One node or edge in each graph file; a JSON entry begins with the comma after the entry before it."""

    graphml: bytes
    dot: bytes
    json: bytes


def node_pieces(row: Mapping[str, Cell]) -> Pieces:
    """The pieces of a row of ``articles`` or ``sources``."""
    name, texts = node(row)
    data = _data(texts.values(), 0)
    return Pieces(
        f'    <node id="{xml_attribute(name)}">\n{data}    </node>\n'.encode(),
        dot_node(name, texts).encode(),
        _object(json_members({**texts, "id": name}, _INDENT)),
    )


def edge_pieces(row: Mapping[str, Cell]) -> Pieces:
    """The pieces of a row of ``edges``."""
    source, target, values = edge(row)
    key = edge_key(source, target, row["relation"])
    head = (
        f'    <edge source="{xml_attribute(source)}" target="{xml_attribute(target)}"\0 id="{xml_attribute(key)}"\0>\n'
    )
    data = _data(map(str, values.values()), len(NODE_ATTRIBUTES))
    members = {**values, "source": source, "target": target}
    before, after = (
        {name: value for name, value in members.items() if (name < "key") is side} for side in (True, False)
    )
    optional = f"\0{_BETWEEN}{json_members({'key': key}, _INDENT)}\0"
    return Pieces(
        f"{head}{data}    </edge>\n".encode(),
        dot_edge(source, target, values).encode(),
        _object(f"{json_members(before, _INDENT)}{optional}{_BETWEEN}{json_members(after, _INDENT)}"),
    )


def settled(pieces: bytes, *, several: bool) -> bytes:
    """Pieces as they stand in the file of a graph that has, or has not, several edges between some two ends."""
    return pieces.replace(b"\0", b"") if several else _OPTIONAL.sub(b"", pieces)


def _data(values: Iterable[str], first: int) -> str:
    return "".join(
        [
            f'      <data key="d{place}">{escape(value)}</data>\n' if value else f'      <data key="d{place}" />\n'
            for place, value in enumerate(values, start=first)
        ]
    )


def xml_attribute(text: str) -> str:
    """A printable text as it stands in a quoted attribute of XML, line ends and tabs kept."""
    return escape(text, _IN_ATTRIBUTE) if _ESCAPED.search(text) else text


def _object(members: str) -> bytes:
    return f",\n  {{\n{' ' * _INDENT}{members}\n  }}".encode()
