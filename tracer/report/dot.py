"""The provenance graph for Graphviz.

Written by hand: networkx writes DOT only through pydot or pygraphviz, of which neither is in core, and refuses ids
with a colon, as ours have. All that is needed here is one quoting rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

_LABEL_WIDTH = 28
_SHAPES = {"article": "box", "statement": "note", "agency": "ellipse", "outlet": "ellipse", "unseen": "ellipse"}
_LINES = {"draws_on": "solid", "quotes": "dashed", "credits": "dotted"}
_THINNEST, _THICKEST = 0.5, 5.0


def write_dot(graph: nx.DiGraph[str], path: Path) -> None:
    """Write the graph in the DOT language.

    Articles are boxes, statements notes, named sources ellipses, unseen texts dashed ellipses. An edge is as thick as
    its share of the target is great; it is solid for ``draws_on``, dashed for ``quotes``, dotted for ``credits``.
    """
    path.write_text("\n".join(_lines(graph)) + "\n", encoding="utf-8", newline="")


def _lines(graph: nx.DiGraph[str]) -> Iterator[str]:
    yield "digraph provenance {"
    yield '  graph [rankdir="LR"];'
    yield '  node [fontname="sans-serif"];'
    for node, data in graph.nodes(data=True):
        style = {"style": "dashed"} if data["kind"] == "unseen" else {}
        label = "\n".join(wrap(data["label"], _LABEL_WIDTH, break_on_hyphens=False))
        yield f"  {_quoted(node)} {_attributes({'label': label, 'shape': _SHAPES[data['kind']], **style})};"
    for source, target, data in graph.edges(data=True):
        yield f"  {_quoted(source)} -> {_quoted(target)} {_attributes(_edge_style(data))};"
    yield "}"


def _edge_style(data: Mapping[str, object]) -> dict[str, str]:
    share, confidence = float(str(data["share_of_target"])), float(str(data["confidence"]))
    return {
        "label": f"{confidence:.2f}",
        "style": _LINES[str(data["relation"])],
        "penwidth": f"{_THINNEST + (_THICKEST - _THINNEST) * share:.2f}",
    }


def _attributes(values: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_quoted(value)}' for name, value in values.items())}]"


def _quoted(text: str) -> str:
    r"""A quoted string of the DOT language; backslashes are doubled, because labels take ``\N`` for an order."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
