"""The graph for Gephi, as GEXF 1.2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracer.report.exports.saved_items import Edge, Node, moment
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES
from tracer.report.graph_pieces import xml_attribute

_OF_NODES = NODE_ATTRIBUTES[1:]
_OF_EDGES = dict.fromkeys(EDGE_TEXTS, "string") | dict.fromkeys(EDGE_NUMBERS, "double") | {"passages": "integer"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
 <meta>
  <creator>tracer</creator>
  <description>Who draws on whom: arrows run from the source to what is derived from it.</description>
 </meta>
"""


class Gexf:
    """``graph.gexf``: nodes with ``start``, the time of publication, where there is one; edges by weight."""

    between = b"  </nodes>\n  <edges>\n"
    tail = b"  </edges>\n </graph>\n</gexf>\n"

    def head(self, *, dated: bool) -> bytes:
        """What stands before the nodes: their attributes are declared, and those of edges."""
        mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
        declared = _declared("node", dict.fromkeys(_OF_NODES, "string")) + _declared("edge", _OF_EDGES)
        return f'{_HEAD} <graph defaultedgetype="directed" {mode}>\n{declared}  <nodes>\n'.encode()

    def nodes(self, found: Sequence[Node], first: int) -> bytes:  # noqa: ARG002 - they have ids of their own
        """Some nodes."""
        return "".join([_node(name, values) for name, values in found]).encode()

    def edges(self, found: Sequence[Edge], first: int) -> bytes:
        """Some edges."""
        return "".join([_edge(place, entry) for place, entry in enumerate(found, start=first)]).encode()


def _declared(scope: str, kinds: Mapping[str, str]) -> str:
    lines = "".join(
        f'   <attribute id="{place}" title="{name}" type="{kind}"/>\n'
        for place, (name, kind) in enumerate(kinds.items())
    )
    return f'  <attributes class="{scope}">\n{lines}  </attributes>\n'


def _node(name: str, values: Mapping[str, str]) -> str:
    start = moment(values["published"], whole=True)
    since = f' start="{start}"' if start else ""
    attributes = _values([values[attribute] for attribute in _OF_NODES])
    head = f'   <node id="{xml_attribute(name)}" label="{xml_attribute(values["label"])}"{since}>\n'
    return f"{head}{attributes}   </node>\n"


def _edge(place: int, entry: Edge) -> str:
    source, target = map(xml_attribute, entry[:2])
    values = entry[2]
    attributes = _values([str(values[attribute]) for attribute in _OF_EDGES])
    head = f'   <edge id="{place}" source="{source}" target="{target}" weight="{values["weight"]}"'
    return f'{head} label="{values["relation"]}">\n{attributes}   </edge>\n'


def _values(values: list[str]) -> str:
    lines = "".join(
        [
            f'     <attvalue for="{place}" value="{xml_attribute(value)}"/>\n'
            for place, value in enumerate(values)
            if value
        ]
    )
    return f"    <attvalues>\n{lines}    </attvalues>\n"
