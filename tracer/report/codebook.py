"""The codebook of the tables, as the page ``docs/reference/report-columns.md``."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.report.columns import SCHEMA_VERSION, SCHEMAS
from tracer.report.schema import Schema

_INTRODUCTION = f"""# Columns of the report

Schema version {SCHEMA_VERSION} (the manifest names the version a report was written with). This page is made from
`tracer/report/columns.py`; a test compares the two.

`tracer report` writes each table as `<name>.csv`; `tracer.tables(trace).<name>` is the same table in Python, with
`to_pandas()` and `to_arrow()`.

**Form of the CSV files.** UTF-8, fields and quotation marks as in RFC 4180, lines end with `\\n`, the first line names
the columns. Rows are sorted by the key columns. Numbers have at most six decimals and no exponent; a cell without a
value is empty; truth is `true` or `false`.

**What is done to text.** A text that a spreadsheet would take for a formula (one that begins, behind any spaces or
apostrophes, with `=`, `+`, `-`, `@`, one of their full-width forms, or a tab) has one apostrophe put in front: take
one away to have the text again. Control characters other than tab and line end are written out, such as `\\x1b`; line
ends are `\\n`. Offsets always count the code points of the raw text as it was handed in. Tables in Python and Parquet
hold the texts untouched (halves of surrogate pairs, which cannot be stored, are written out).

**Direction.** `left` and `right` only say which id sorts first. `source` and `target` say who is upstream: arrows run
from the source to what is derived from it.
"""


def codebook_markdown() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_INTRODUCTION, *(line for schema in SCHEMAS for line in _section(schema))])


def _section(schema: Schema) -> Iterator[str]:
    yield f"## `{schema.name}`"
    yield ""
    asked = f" Written with `{schema.option}` alone." if schema.option else ""
    yield f"One row per {schema.row}. Key: {', '.join(f'`{name}`' for name in schema.key)}.{asked}"
    yield ""
    yield "| column | type | meaning | values | empty |"
    yield "|---|---|---|---|---|"
    for column in schema.columns:
        cells = (f"`{column.name}`", column.type.value, column.meaning, column.values, column.empty)
        yield f"| {' | '.join(cells)} |"
    yield ""
