"""``tracer audit``: look at a story in the terminal."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.loading import load_and_trace, note_skips
from tracer.cli.options import Format, Inputs, RunOptions, Width, with_options
from tracer.cli.progress import StageObserver
from tracer.cli.streams import output_width, write_out
from tracer.cli.table_output import as_json, csv_text, json_rows

if TYPE_CHECKING:
    from tracer.pipeline import Trace
    from tracer.report import Tables


class TableName(StrEnum):
    """The tables of a run."""

    ARTICLES = "articles"
    SENTENCES = "sentences"
    PAIRS = "pairs"
    EDGES = "edges"
    PASSAGES = "passages"
    SOURCES = "sources"
    CLAIMS = "claims"
    CLAIM_MEMBERS = "claim_members"
    CLUES = "clues"
    OUTLETS = "outlets"
    SKIPPED = "skipped"


@with_options(RunOptions)
def audit(
    inputs: Inputs,
    format_: Annotated[
        Format, typer.Option("--format", help="table: to read; json: all tables; csv: one; markdown: to paste.")
    ] = Format.TABLE,
    table: Annotated[
        TableName | None,
        typer.Option(
            metavar="NAME",
            help="Print this table of a report alone, whole (csv without it: edges). NAME is one of "
            f"{', '.join(TableName)}.",
        ),
    ] = None,
    width: Width = None,
    *,
    options: RunOptions,
) -> None:
    """Look at a story in the terminal.

    Who draws on whom, how surely, from how many independent origins, and what cannot be told from the texts.
    """
    from tracer.report import tables  # noqa: PLC0415 - --help must stay light

    trace = load_and_trace(inputs, options, StageObserver())
    made = tables(trace)
    if table is not None or format_ in {Format.CSV, Format.JSON}:
        note_skips(len(trace.skipped), "--table skipped lists them")
    if table is None and format_ is not Format.CSV:
        write_out(_whole(trace, made, format_, width or output_width()))
    else:
        write_out(_one(made, table or TableName.EDGES, format_, width or output_width()))


def _whole(trace: Trace, made: Tables, format_: Format, width: int) -> str:
    from tracer.report.terminal import audit_markdown, audit_text  # noqa: PLC0415 - --help must stay light

    if format_ is Format.JSON:
        return as_json({table.name: json_rows(table) for table in made} | {"warnings": list(trace.warnings)})
    return audit_markdown(trace, made) if format_ is Format.MARKDOWN else audit_text(trace, made, width)


def _one(made: Tables, name: TableName, format_: Format, width: int) -> str:
    from tracer.report.terminal import table_markdown, table_text  # noqa: PLC0415 - --help must stay light

    table = next(entry for entry in made if entry.name == name.value)
    if format_ is Format.CSV:
        return csv_text(table)
    if format_ is Format.JSON:
        return as_json(json_rows(table))
    return table_markdown(table) if format_ is Format.MARKDOWN else table_text(table, width)
