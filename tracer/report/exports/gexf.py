"""The graph for Gephi, as GEXF 1.2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tracer.report.article_columns import ARTICLES
from tracer.report.exports.saved_items import edges, moment, nodes
from tracer.report.graph_items import EDGE_NUMBERS, EDGE_TEXTS, NODE_ATTRIBUTES
from tracer.report.graph_pieces import xml_attribute
from tracer.report.saved_report import saved_rows

_OF_NODES = NODE_ATTRIBUTES[1:]
_OF_EDGES = dict.fromkeys(EDGE_TEXTS, "string") | dict.fromkeys(EDGE_NUMBERS, "double") | {"passages": "integer"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
 <meta>
  <creator>tracer</creator>
  <description>Who draws on whom: arrows run from the source to what is derived from it.</description>
 </meta>
"""


def gexf(directory: Path) -> Iterator[str]:
    """The text of ``graph.gexf``: nodes with ``start``, the time of publication, where there is one; edges by weight.

    Raises:
        InputError: when a table cannot be read.
    """
    dated = any(published for (published,) in saved_rows(directory, ARTICLES, ["published"]))
    mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
    yield f'{_HEAD} <graph defaultedgetype="directed" {mode}>\n'
    yield _declared("node", dict.fromkeys(_OF_NODES, "string"))
    yield _declared("edge", _OF_EDGES)
    yield "  <nodes>\n"
    yield from (_node(name, values) for name, values in nodes(directory))
    yield "  </nodes>\n  <edges>\n"
    for place, (source, target, values) in enumerate(edges(directory)):
        yield _edge(place, (source, target), values)
    yield "  </edges>\n </graph>\n</gexf>\n"


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


def _edge(place: int, ends: tuple[str, str], values: Mapping[str, str | int | float]) -> str:
    source, target = map(xml_attribute, ends)
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
