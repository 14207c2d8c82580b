"""The graph as W3C PROV, in its JSON form. Its arrows run from what is derived to its source, ours the other way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from urllib.parse import quote

from tracer.graph import Relation
from tracer.report.article_columns import ARTICLES
from tracer.report.exports.saved_items import Cells, cells, described, is_body, web_address
from tracer.report.graph_columns import EDGES, SOURCES
from tracer.report.graph_items import EDGE_NUMBERS, node
from tracer.report.json_text import json_line
from tracer.report.saved_report import saved_rows
from tracer.report.table import Cell

NAMESPACE = "urn:x-tracer:"
"""What ids of tracer's own begin with in files that want web-wide names."""
_TEXT, _PUBLISHER, _NAMED = "text", "publisher", "named"
_OF_EDGES = ("source", "source_kind", "target", "relation", *EDGE_NUMBERS)
_DERIVING = [kind for kind in Relation if kind is not Relation.CREDITS]
_Member = tuple[str, Mapping[str, object]]


def prov_json(directory: Path) -> Iterator[str]:
    """The text of ``prov.json``.

    Articles and sources are entities; outlets and agencies are agents, to which articles are attributed that they
    published, and the texts that articles have from them. ``draws_on`` and ``quotes`` become ``wasDerivedFrom``, the
    latter of type ``prov:Quotation``; ``credits`` becomes ``wasInfluencedBy``. Each carries the probabilities of its
    edge. Ids are percent-encoded; ``tracer:id`` has them as they are.

    Raises:
        InputError: when a table cannot be read.
    """
    prefixes = {name: f"{NAMESPACE}{name}:" for name in (_TEXT, _PUBLISHER, _NAMED)} | {"tracer": NAMESPACE}
    yield f'{{\n"prefix": {json_line(prefixes)}'
    sections = {
        "entity": _entities(directory),
        "agent": _agents(directory),
        "wasAttributedTo": _numbered("a", _attributions(directory)),
        "wasDerivedFrom": _numbered("d", _derivations(directory)),
        "wasInfluencedBy": _numbered("i", _influences(directory)),
    }
    for name, members in sections.items():
        first = next(members, None)
        if first is not None:
            yield f',\n"{name}": {{\n{_member(first)}'
            yield from map(",\n{}".format, map(_member, members))
            yield "\n}"
    yield "\n}\n"


def _member(member: _Member) -> str:
    return f"{json_line(member[0])}: {json_line(member[1])}"


def _numbered(letter: str, relations: Iterator[Mapping[str, object]]) -> Iterator[_Member]:
    return zip(map(f"_:{letter}{{}}".format, count()), relations)  # noqa: B905 - the numbers have no end


def _id(prefix: str, text: Cell) -> str:
    return f"{prefix}:{quote(str(text), safe='')}"


def _entities(directory: Path) -> Iterator[_Member]:
    for row in described(directory, ["url"]):
        name, values = node(row)
        told = {
            "prov:label": values["label"],
            "tracer:id": name,
            "tracer:kind": values["kind"],
            "tracer:published": values["published"],
            "tracer:story": values["story"],
            "tracer:url": web_address(row.get("url")),
        }
        yield _id(_TEXT, name), {key: value for key, value in told.items() if value}


def _agents(directory: Path) -> Iterator[_Member]:
    known: set[str] = set()
    for (outlet,) in saved_rows(directory, ARTICLES, ["outlet"]):
        if outlet and outlet not in known:
            known.add(str(outlet))
            yield _id(_PUBLISHER, outlet), _organisation(str(outlet))
    for source, kind, name in saved_rows(directory, SOURCES, ["id", "kind", "name"]):
        if is_body(kind, source):
            yield _id(_NAMED, source), _organisation(str(name))


def _organisation(name: str) -> dict[str, object]:
    return {"prov:type": _prov("Organization"), "prov:label": name}


def _prov(name: str) -> dict[str, str]:
    return {"$": f"prov:{name}", "type": "prov:QUALIFIED_NAME"}


def _attributions(directory: Path) -> Iterator[dict[str, object]]:
    for article, outlet in saved_rows(directory, ARTICLES, ["id", "outlet"]):
        if outlet:
            yield {"prov:entity": _id(_TEXT, article), "prov:agent": _id(_PUBLISHER, outlet)}
    for source, kind in saved_rows(directory, SOURCES, ["id", "kind"]):
        if is_body(kind, source):
            yield {"prov:entity": _id(_TEXT, source), "prov:agent": _id(_NAMED, source)}


def _derivations(directory: Path) -> Iterator[dict[str, object]]:
    for row in cells(directory, EDGES, _OF_EDGES, {"relation": _DERIVING}):
        ends = {"prov:generatedEntity": _id(_TEXT, row["target"]), "prov:usedEntity": _id(_TEXT, row["source"])}
        quoted = {"prov:type": _prov("Quotation")} if row["relation"] == Relation.QUOTES else {}
        yield {**ends, **quoted, **_told(row)}


def _influences(directory: Path) -> Iterator[dict[str, object]]:
    for row in cells(directory, EDGES, _OF_EDGES, {"relation": [Relation.CREDITS]}):
        credited = _id(_NAMED if is_body(row["source_kind"], row["source"]) else _TEXT, row["source"])
        yield {"prov:influencee": _id(_TEXT, row["target"]), "prov:influencer": credited, **_told(row)}


def _told(row: Cells) -> dict[str, object]:
    return {"tracer:relation": row["relation"], **{f"tracer:{name}": row[name] for name in EDGE_NUMBERS}}
