"""The articles as schema.org describes them, in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from tracer.report.article_columns import ARTICLES
from tracer.report.exports.incoming_edges import Incoming, incoming_edges
from tracer.report.exports.prov_json import NAMESPACE
from tracer.report.exports.saved_items import Cells, cells, is_body, moment, separated, web_address
from tracer.report.graph_columns import SOURCES
from tracer.report.graph_items import EDGE_NUMBERS
from tracer.report.json_text import json_line
from tracer.report.table import Cell

_CONTEXT = {"@vocab": "https://schema.org/", "tracer": NAMESPACE}
_PROPERTY = {"draws_on": "isBasedOn", "quotes": "citation", "credits": "citation"}
_OF_ARTICLES = ("id", "kind", "title", "url", "published", "outlet", "language", "words", "story")
_OF_SOURCES = ("id", "kind", "name")
_BETWEEN, _BESIDE = ",\n  ", ',\n "{}": [\n  {}\n ]'


def json_ld(directory: Path) -> Iterator[str]:
    """The text of ``articles.jsonld``: a ``NewsArticle`` for each article, else a ``CreativeWork``.

    ``draws_on`` becomes ``isBasedOn``, ``quotes`` and ``credits`` become ``citation``, each by way of a ``Role`` that
    has the probabilities of the edge. Ids are local: ``#`` and the percent-encoded id. The text can stand in a page:
    it holds no ``<``.

    Raises:
        InputError: when a table cannot be read.
        OSError: when the scratch file for edges cannot be written.
    """
    with incoming_edges(directory, _role) as incoming:
        described = chain(
            (_described(_article(row), incoming, row["id"]) for row in cells(directory, ARTICLES, _OF_ARTICLES)),
            (_described(_source(row), incoming, row["id"]) for row in cells(directory, SOURCES, _OF_SOURCES)),
        )
        yield f'{{\n"@context": {json_line(_CONTEXT)},\n"@graph": [\n'
        yield from separated(described)
        yield "\n]\n}\n"


def _id(name: Cell) -> str:
    return f"#{quote(str(name), safe='')}"


def _article(row: Cells) -> dict[str, object]:
    return {
        "@id": _id(row["id"]),
        "@type": "CreativeWork" if row["kind"] == "statement" else "NewsArticle",
        "genre": "statement" if row["kind"] == "statement" else None,
        "identifier": row["id"],
        "headline": row["title"],
        "url": web_address(row["url"]),
        "datePublished": moment(row["published"]),
        "publisher": _organisation(row["outlet"]) if row["outlet"] else None,
        "inLanguage": row["language"],
        "wordCount": row["words"],
        "tracer:story": row["story"],
    }


def _source(row: Cells) -> dict[str, object]:
    return {
        "@id": _id(row["id"]),
        "@type": "CreativeWork",
        "identifier": row["id"],
        "name": row["name"],
        "publisher": _organisation(row["name"]) if is_body(row["kind"], row["id"]) else None,
        "tracer:kind": row["kind"],
    }


def _organisation(name: Cell) -> dict[str, Cell]:
    return {"@type": "Organization", "name": name}


def _role(row: Cells) -> str:
    numbers = {f"tracer:{name}": row[name] for name in EDGE_NUMBERS}
    target = {_PROPERTY[str(row["relation"])]: {"@id": _id(row["source"])}}
    return _safe({"@type": "Role", "roleName": row["relation"], **target, **numbers})


def _described(known: dict[str, object], incoming: Incoming, name: Cell) -> str:
    text = _safe({key: value for key, value in known.items() if value is not None and value != ""})
    roles: dict[str, list[str]] = {}
    for relation, role in incoming(str(name)):
        roles.setdefault(_PROPERTY[relation], []).append(role)
    links = "".join(_BESIDE.format(key, _BETWEEN.join(found)) for key, found in sorted(roles.items()))
    return f"{text[:-1]}{links}}}"


def _safe(values: dict[str, object]) -> str:
    return json_line(values).replace("<", "\\u003c")
