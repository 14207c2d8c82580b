"""The provenance graph for Graphviz.

Written by hand: networkx writes DOT only through pydot or pygraphviz, of which neither is in core, and refuses ids
with a colon, as ours have. All that is needed here is one quoting rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

_LABEL_WIDTH = 28
_SHAPES = {"article": "box", "statement": "note", "agency": "ellipse", "outlet": "ellipse", "unseen": "ellipse"}
_LINES = {"draws_on": "solid", "quotes": "dashed", "credits": "dotted"}
_THINNEST, _THICKEST = 0.5, 5.0


DOT_HEAD = 'digraph provenance {\n  graph [rankdir="LR"];\n  node [fontname="sans-serif"];\n'
DOT_TAIL = "}\n"
"""What stands before the nodes, and after the edges.

Articles are boxes, statements notes, named sources ellipses, unseen texts dashed ellipses. An edge is as thick as its
share of the target is great; it is solid for ``draws_on``, dashed for ``quotes``, dotted for ``credits``.
"""


def dot_node(name: str, texts: Mapping[str, str]) -> str:
    """The line of a node with these attributes."""
    style = {"style": "dashed"} if texts["kind"] == "unseen" else {}
    label = "\n".join(_lines(texts["label"]))
    return f"  {_quoted(name)} {_attributes({'label': label, 'shape': _SHAPES[texts['kind']], **style})};\n"


def _lines(label: str) -> list[str]:
    """A label cut into lines between words, as ``textwrap.wrap`` does it, which is slow."""
    words = label.split(" ")
    if "" in words or not label.isprintable() or max(map(len, words)) > _LABEL_WIDTH:
        return wrap(label, _LABEL_WIDTH, break_on_hyphens=False)
    lines = words[:1]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= _LABEL_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def dot_edge(source: str, target: str, values: Mapping[str, object]) -> str:
    """The line of an edge with these attributes."""
    return f"  {_quoted(source)} -> {_quoted(target)} {_attributes(_edge_style(values))};\n"


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
