"""What the CSV files hold, as a Frictionless data package: the codebook for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tracer.report.columns import SCHEMA_VERSION, SCHEMAS
from tracer.report.growing_files import file_digest
from tracer.report.json_text import json_text
from tracer.report.schema import ARTICLE_ID, Column, ColumnType, Schema

_TYPES = {ColumnType.TEXT: "string"}
_WORDS = re.compile(r"`[^`]+`(?:, `[^`]+`)*")
_AS_IN = re.compile(r"as in `(\w+)`")
_LEAST_OF = re.compile(
    r"(?:at least |minutes, at least )?(\d+)\b(?: to| or more|$)|above (\d+)\b|.*counted from (\d+)$"
)
_MOST_OF = re.compile(r"\d+ to (\d+)$|.*at most (\d+)$")
_SEVERAL = frozenset({"skipped"})
"""Tables in which one row may come twice."""
_PAIR_TABLES = frozenset({"passages", "clues", "regions"})


def data_package(directory: Path) -> Iterator[str]:
    """The text of ``datapackage.json``: a tabular data resource for each CSV file, with its SHA-256 and its size.

    Its table schema is made from ``tracer.report.SCHEMAS``. Reads every CSV file once, for its digest.

    Raises:
        OSError: when a file cannot be read.
    """
    files = ((schema, directory / f"{schema.name}.csv") for schema in SCHEMAS)
    yield json_text(
        {
            "profile": "tabular-data-package",
            "name": "tracer-report",
            "title": "Which articles drew on which, as far as can be inferred",
            "description": "Tables of a report of tracer. A text that a spreadsheet would take for a formula has one "
            "apostrophe put in front. Arrows run from the source to what is derived from it.",
            "version": SCHEMA_VERSION,
            "resources": [_resource(schema, path) for schema, path in files if path.exists() or not schema.option],
        }
    )


def _resource(schema: Schema, path: Path) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": path.name,
        "description": f"One row per {schema.row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\n", "quoteChar": '"'},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_digest(path)}",
        "schema": _table_schema(schema),
    }


def _table_schema(schema: Schema) -> dict[str, object]:
    keys = {} if schema.name in _SEVERAL else {"primaryKey": list(schema.key)}
    foreign = list(_foreign_keys(schema))
    return {
        "fields": [_field(column) for column in schema.columns],
        "missingValues": [""],
        **keys,
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(column: Column) -> dict[str, object]:
    empty = "" if column.empty == "never" else f" Empty: {column.empty}."
    values = f" Values: {column.values}." if column.values else ""
    form: dict[str, object] = {"trueValues": ["true"], "falseValues": ["false"]}
    return {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type.value),
        "description": f"{column.meaning}{values}{empty}",
        **({"constraints": bounds} if (bounds := _constraints(column)) else {}),
        **(form if column.type is ColumnType.BOOLEAN else {}),
    }


def _constraints(column: Column) -> dict[str, object]:
    found: dict[str, object] = {"required": True} if column.empty == "never" else {}
    if column.type is ColumnType.TEXT:
        words = _words(column)
        return found | ({"enum": words} if words else {})
    if column.type is not ColumnType.BOOLEAN:
        for name, pattern in (("minimum", _LEAST_OF), ("maximum", _MOST_OF)):
            if bound := pattern.match(column.values):
                found[name] = int(next(filter(None, bound.groups())))
    return found


def _words(column: Column) -> list[str]:
    """The words that may stand in a column, of its own or of the table that it refers to."""
    if other := _AS_IN.fullmatch(column.values):
        named = next(schema for schema in SCHEMAS if schema.name == other[1])
        column = next((known for known in named.columns if known.name == column.name), column)
    return column.values.replace("`", "").split(", ") if _WORDS.fullmatch(column.values) else []


def _foreign_keys(schema: Schema) -> Iterator[dict[str, object]]:
    for column in schema.columns:
        if column.values == ARTICLE_ID:
            yield _foreign_key([column.name], "articles", ["id"], schema)
    if schema.name in _PAIR_TABLES:
        yield _foreign_key(["left", "right"], "pairs", ["left", "right"], schema)
    if schema.name == "claim_members":
        yield _foreign_key(["claim", "story"], "claims", ["id", "story"], schema)


def _foreign_key(fields: list[str], table: str, others: list[str], schema: Schema) -> dict[str, object]:
    return {"fields": fields, "reference": {"resource": "" if table == schema.name else table, "fields": others}}
