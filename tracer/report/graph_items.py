"""Nodes and edges of the graph files, made from rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping

from tracer.report.cells import printable, rounded
from tracer.report.table import Cell

_LONGEST_LABEL = 120
NODE_ATTRIBUTES = ("label", "kind", "outlet", "title", "published", "story")
"""The attributes of every node, all of them texts."""
EDGE_TEXTS = ("relation", "direction", "immediacy")
"""The attributes of every edge that are texts; they come first."""
EDGE_NUMBERS = ("confidence", "p_upstream", "share_of_target")
"""Those that are numbers; ``passages`` and ``weight`` follow."""


def node(row: Mapping[str, Cell]) -> tuple[str, dict[str, str]]:
    """The id and the attributes of a node, from a row of ``articles`` or ``sources``."""
    name, outlet, title = _text(row["id"]), _text(row.get("outlet")), _text(row.get("title"))
    told = ": ".join(filter(None, (_text(row.get("name")), outlet, title)))
    return name, {
        "label": _label(told or name),
        "kind": _text(row.get("kind")) or "article",
        "outlet": outlet,
        "title": title,
        "published": _text(row.get("published")),
        "story": _text(row.get("story")),
    }


def edge(row: Mapping[str, Cell]) -> tuple[str, str, dict[str, str | int | float]]:
    """The two ends and the attributes of an edge, from a row of ``edges``."""
    texts = {name: _text(row[name]) for name in EDGE_TEXTS}
    numbers = {name: rounded(float(row[name] or 0.0)) for name in EDGE_NUMBERS}
    rest = {"passages": int(row["passages"] or 0), "weight": numbers["confidence"]}
    return _text(row["source"]), _text(row["target"]), {**texts, **numbers, **rest}


def edge_key(source: str, target: str, relation: object) -> str:
    """What tells an edge from others between the same ends."""
    return f"{source} {relation} {target}"


def _label(told: str) -> str:
    """In one line the name of a source, the outlet and title of an article, or the id of one that has neither."""
    label = " ".join(told.split())
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _text(cell: Cell) -> str:
    return "" if cell is None else printable(str(cell))
